//! The names of elements and what the rules say of each.
//!
//! A row is a name and its classes. HTML's names are those of the living standard, with the obsolete ones of its
//! section 16.2. The names of SVG and MathML of which the rules say nothing more are in [`super::foreign_names`].

use std::ops::BitOr;

use super::names::read_name;

/// What an element is an element of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    Html,
    Svg,
    MathMl,
}

/// A set of classes that an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Class(u16);

impl Class {
    const NONE: Self = Self(0);
    /// Phrasing wrappers: text runs through them (rule C21).
    pub const PHRASING: Self = Self(1);
    /// Elements without content or end tag (WHATWG 13.1.2 and 16.2).
    pub const VOID: Self = Self(1 << 1);
    /// Elements that are removed together with their content (C23): media, frames, scripts,
    /// style sheets, SVG and the like.
    pub const EMBEDDED: Self = Self(1 << 2);
    /// End tags of other names never match past these (C25).
    pub const BARRIER: Self = Self(1 << 3);
    /// Blocks, parts of tables and lists, and what stands in a `select`: white space next to them is layout (C33).
    pub const STRUCTURE: Self = Self(1 << 4);
    /// `table` and the elements that only it can hold (C33).
    pub const TABLE: Self = Self(1 << 5);
    /// Start tags that leave SVG and MathML (WHATWG 13.2.6.5).
    pub const BREAKOUT: Self = Self(1 << 6);
    /// Names that belong to SVG or MathML and not to HTML.
    pub const FOREIGN: Self = Self(1 << 7);

    /// Void elements that can be removed by themselves (C22).
    pub const REPLACED: Self = Self(1 << 8);
    /// Tags after which a tree builder has the tokenizer read on by other rules, or ignores tags (WHATWG 13.2.6.4).
    pub(super) const STATE: Self = Self(1 << 9);

    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOr for Class {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

macro_rules! elements {
    ($($variant:ident $name:literal $($class:ident)*;)*) => {
        /// The name of an element, known by the tables of HTML, SVG and MathML.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a variant is the name it stands for")]
        pub enum Name { $($variant,)* OtherSvg, OtherMathMl, Unknown }

        pub(super) const NAMES: &[(&str, Name, Class)] =
            &[$(($name, Name::$variant, Class::NONE$(.or(Class::$class))*),)*];
    };
}

elements! {
    A "a" PHRASING;
    Abbr "abbr" PHRASING;
    Acronym "acronym" PHRASING;
    Address "address" STRUCTURE;
    AnnotationXml "annotation-xml" FOREIGN;
    Applet "applet" EMBEDDED BARRIER;
    Area "area" VOID REPLACED;
    Article "article" STRUCTURE;
    Aside "aside" STRUCTURE;
    Audio "audio" EMBEDDED;
    B "b" PHRASING BREAKOUT;
    Base "base" VOID REPLACED;
    Basefont "basefont" VOID REPLACED;
    Bdi "bdi" PHRASING;
    Bdo "bdo" PHRASING;
    Bgsound "bgsound" VOID REPLACED;
    Big "big" PHRASING BREAKOUT;
    Blink "blink";
    Blockquote "blockquote" STRUCTURE BREAKOUT;
    Body "body" STRUCTURE BREAKOUT;
    Br "br" VOID BREAKOUT;
    Button "button" BARRIER;
    Canvas "canvas" EMBEDDED;
    Caption "caption" BARRIER STRUCTURE TABLE;
    Center "center" STRUCTURE BREAKOUT;
    Cite "cite" PHRASING;
    Code "code" PHRASING BREAKOUT;
    Col "col" VOID STRUCTURE;
    Colgroup "colgroup" STRUCTURE TABLE;
    Data "data" PHRASING;
    Datalist "datalist";
    Dd "dd" STRUCTURE BREAKOUT;
    Del "del" PHRASING;
    Desc "desc" FOREIGN;
    Details "details" STRUCTURE;
    Dfn "dfn" PHRASING;
    Dialog "dialog" STRUCTURE;
    Dir "dir" STRUCTURE;
    Div "div" STRUCTURE BREAKOUT;
    Dl "dl" STRUCTURE BREAKOUT;
    Dt "dt" STRUCTURE BREAKOUT;
    Em "em" PHRASING BREAKOUT;
    Embed "embed" VOID REPLACED BREAKOUT;
    Fieldset "fieldset" STRUCTURE;
    Figcaption "figcaption" STRUCTURE;
    Figure "figure" STRUCTURE;
    Font "font" PHRASING;
    Footer "footer" STRUCTURE;
    ForeignObject "foreignobject" FOREIGN;
    Form "form" STRUCTURE;
    Frame "frame" VOID REPLACED;
    Frameset "frameset" STRUCTURE STATE;
    H1 "h1" STRUCTURE BREAKOUT;
    H2 "h2" STRUCTURE BREAKOUT;
    H3 "h3" STRUCTURE BREAKOUT;
    H4 "h4" STRUCTURE BREAKOUT;
    H5 "h5" STRUCTURE BREAKOUT;
    H6 "h6" STRUCTURE BREAKOUT;
    Head "head" BREAKOUT;
    Header "header" STRUCTURE;
    Hgroup "hgroup" STRUCTURE;
    Hr "hr" VOID STRUCTURE BREAKOUT;
    Html "html" STRUCTURE;
    I "i" PHRASING BREAKOUT;
    Iframe "iframe" EMBEDDED STATE;
    Image "image" VOID REPLACED;
    Img "img" VOID REPLACED BREAKOUT;
    Input "input" VOID REPLACED;
    Ins "ins" PHRASING;
    Isindex "isindex";
    Kbd "kbd" PHRASING;
    Keygen "keygen" VOID REPLACED;
    Label "label" PHRASING;
    Legend "legend" STRUCTURE;
    Li "li" STRUCTURE BREAKOUT;
    Link "link" VOID REPLACED;
    Listing "listing" STRUCTURE BREAKOUT;
    Main "main" STRUCTURE;
    Malignmark "malignmark" FOREIGN;
    Map "map";
    Mark "mark" PHRASING;
    Marquee "marquee" BARRIER STRUCTURE;
    Math "math" EMBEDDED BARRIER STATE;
    Menu "menu" STRUCTURE BREAKOUT;
    Menuitem "menuitem";
    Meta "meta" VOID REPLACED BREAKOUT;
    Meter "meter";
    Mglyph "mglyph" FOREIGN;
    Mi "mi" FOREIGN;
    Mn "mn" FOREIGN;
    Mo "mo" FOREIGN;
    Ms "ms" FOREIGN;
    Mtext "mtext" FOREIGN;
    Multicol "multicol" STRUCTURE;
    Nav "nav" STRUCTURE;
    Nextid "nextid";
    Nobr "nobr" PHRASING BREAKOUT;
    Noembed "noembed" EMBEDDED STATE;
    Noframes "noframes" EMBEDDED STATE;
    Noscript "noscript" STATE;
    Object "object" EMBEDDED BARRIER;
    Ol "ol" STRUCTURE BREAKOUT;
    Optgroup "optgroup" STRUCTURE;
    Option "option" STRUCTURE;
    Output "output";
    P "p" STRUCTURE BREAKOUT;
    Param "param" VOID REPLACED;
    Picture "picture" EMBEDDED;
    Plaintext "plaintext" STRUCTURE STATE;
    Pre "pre" STRUCTURE BREAKOUT;
    Progress "progress";
    Q "q" PHRASING;
    Rb "rb";
    Rp "rp";
    Rt "rt";
    Rtc "rtc";
    Ruby "ruby" BREAKOUT;
    S "s" PHRASING BREAKOUT;
    Samp "samp" PHRASING;
    Script "script" EMBEDDED STATE;
    Search "search" STRUCTURE;
    Section "section" STRUCTURE;
    Select "select" BARRIER STRUCTURE STATE;
    Selectedcontent "selectedcontent";
    Slot "slot";
    Small "small" PHRASING BREAKOUT;
    Source "source" VOID REPLACED;
    Spacer "spacer";
    Span "span" PHRASING BREAKOUT;
    Strike "strike" PHRASING BREAKOUT;
    Strong "strong" PHRASING BREAKOUT;
    Style "style" EMBEDDED STATE;
    Sub "sub" PHRASING BREAKOUT;
    Summary "summary" STRUCTURE;
    Sup "sup" PHRASING BREAKOUT;
    Svg "svg" EMBEDDED BARRIER STATE;
    Table "table" BARRIER STRUCTURE TABLE BREAKOUT;
    Tbody "tbody" STRUCTURE TABLE;
    Td "td" BARRIER STRUCTURE TABLE;
    Template "template" EMBEDDED BARRIER STATE;
    Textarea "textarea" STATE;
    Tfoot "tfoot" STRUCTURE TABLE;
    Th "th" BARRIER STRUCTURE TABLE;
    Thead "thead" STRUCTURE TABLE;
    Time "time" PHRASING;
    Title "title" STATE;
    Tr "tr" STRUCTURE TABLE;
    Track "track" VOID REPLACED;
    Tt "tt" PHRASING BREAKOUT;
    U "u" PHRASING BREAKOUT;
    Ul "ul" STRUCTURE BREAKOUT;
    Var "var" PHRASING BREAKOUT;
    Video "video" EMBEDDED;
    Wbr "wbr" VOID REPLACED;
    Xmp "xmp" STRUCTURE STATE;
}

impl Name {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Unknown as usize + 1;

    /// All names, each at its number.
    pub(crate) const ALL: [Self; Self::COUNT] = {
        let mut all = [Self::Unknown; Self::COUNT];
        let mut index = 0;
        while index < NAMES.len() {
            all[NAMES[index].1 as usize] = NAMES[index].1;
            index += 1;
        }
        all[Self::OtherSvg as usize] = Self::OtherSvg;
        all[Self::OtherMathMl as usize] = Self::OtherMathMl;
        all
    };

    /// The element called `name`, in any case.
    #[must_use]
    pub fn of(name: &[u8]) -> Self {
        let (found, end) = read_name(name, 0);
        if end == name.len() { found } else { Self::Unknown }
    }

    /// Whether the element is in any of the classes.
    #[must_use]
    pub const fn is(self, class: Class) -> bool {
        CLASSES[self as usize] & class.0 != 0
    }

    /// Whether the element shows something of its own: a mark around it does not say what is to become of it (C15).
    pub(crate) fn is_embedded(self) -> bool {
        self.is(Class::EMBEDDED) || (self.is(Class::REPLACED) && self != Self::Wbr)
    }

    /// Whether white space is content in the element, and HTML drops a line end at its start (13.2.6.4.7).
    pub(crate) fn is_preformatted(self) -> bool {
        matches!(self, Self::Pre | Self::Listing | Self::Textarea)
    }

    /// The name in lower case; empty for the variants that stand for many names.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |(name, ..)| name)
    }

    /// Whether elements of different names share the variant.
    pub(crate) fn is_shared(self) -> bool {
        matches!(self, Self::Unknown | Self::OtherSvg | Self::OtherMathMl)
    }

    /// Whether the name is in none of the tables.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown)
    }
}

const CLASSES: [u16; Name::COUNT] = {
    let mut classes = [0; Name::COUNT];
    let mut index = 0;
    while index < NAMES.len() {
        classes[index] = NAMES[index].2.0;
        index += 1;
    }
    classes[Name::OtherSvg as usize] = Class::FOREIGN.0;
    classes[Name::OtherMathMl as usize] = Class::FOREIGN.0;
    classes
};
