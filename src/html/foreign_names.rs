//! The names of SVG and MathML that [`super::elements`] has no row for:
//! all of SVG are alike to the rules, and all of MathML.

/// Those of SVG 1.1 and 2, in lower case.
pub(super) const SVG_NAMES: &[&str] = &[
    "altglyph", "altglyphdef", "altglyphitem", "animate", "animatecolor", "animatemotion", "animatetransform",
    "circle", "clippath", "color-profile", "cursor", "defs", "discard", "ellipse", "feblend", "fecolormatrix",
    "fecomponenttransfer", "fecomposite", "feconvolvematrix", "fediffuselighting", "fedisplacementmap",
    "fedistantlight", "fedropshadow", "feflood", "fefunca", "fefuncb", "fefuncg", "fefuncr", "fegaussianblur",
    "feimage", "femerge", "femergenode", "femorphology", "feoffset", "fepointlight", "fespecularlighting",
    "fespotlight", "fetile", "feturbulence", "filter", "font-face", "font-face-format", "font-face-name",
    "font-face-src", "font-face-uri", "g", "glyph", "glyphref", "hatch", "hatchpath", "hkern", "line",
    "lineargradient", "marker", "mask", "mesh", "meshgradient", "meshpatch", "meshrow", "metadata", "missing-glyph",
    "mpath", "path", "pattern", "polygon", "polyline", "radialgradient", "rect", "set", "solidcolor", "stop", "switch",
    "symbol", "text", "textpath", "tref", "tspan", "use", "view", "vkern",
];

/// Those of MathML Core and of MathML 3's presentation markup.
pub(super) const MATHML_NAMES: &[&str] = &[
    "annotation", "maction", "maligngroup", "menclose", "merror", "mfenced", "mfrac", "mlabeledtr", "mlongdiv",
    "mmultiscripts", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "mscarries", "mscarry", "msgroup",
    "msline", "mspace", "msqrt", "msrow", "mstack", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtr",
    "munder", "munderover", "none", "semantics",
];
