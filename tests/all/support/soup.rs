//! Generators of nasty HTML: each piece is something that the tokenizer or the tree builder treats as special.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// The cases that a property is tried with: `usual` of them, the same each time, so that a change is judged by what it
/// changes; or `BLACKBAR_CASES`, at random.
pub fn cases(usual: u32) -> ProptestConfig {
    let more = std::env::var("BLACKBAR_CASES").ok().map(|cases| cases.parse().expect("BLACKBAR_CASES is a number"));
    let rng_seed = if more.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) };
    ProptestConfig { cases: more.unwrap_or(usual), rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// Pieces of everything, side by side.
pub fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => tag(ANY),
        3 => text(),
        2 => markup(),
        2 => select(REFERENCES).prop_map(str::to_owned),
        1 => select(CONTROLS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Raw text elements and what ends or does not end them.
pub fn raw_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => tag(RAW),
        3 => select(SCRIPT).prop_map(str::to_owned),
        2 => text(),
        1 => markup(),
        1 => select(REFERENCES).prop_map(str::to_owned),
        1 => select(CONTROLS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// SVG and MathML, with HTML and raw text inside.
pub fn foreign() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => tag(FOREIGN),
        3 => tag(AROUND_FOREIGN),
        1 => tag(RAW),
        1 => select(CDATA).prop_map(str::to_owned),
        1 => text(),
    ];
    let opening = select(&["<svg>", "<math>", "<svg><desc>", "<math><mi>", "<table><tr><td><svg><desc>", ""][..]);
    (opening, prop::collection::vec(piece, 0..24)).prop_map(|(opening, pieces)| format!("{opening}{}", pieces.concat()))
}

/// Comments, doctypes and what is nearly one.
pub fn declarations() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => select(COMMENTS), 2 => select(DOCTYPES), 1 => select(CONTROLS)];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Tags with attributes of every ill form.
pub fn attributes() -> impl Strategy<Value = String> {
    let name = select(&["a", "P", "svg", "font", "x-y", "a\0", "script", "/a", "É"][..]);
    let attribute = prop_oneof![
        4 => select(ATTRIBUTES).prop_map(str::to_owned),
        2 => select(REFERENCES).prop_map(str::to_owned),
        1 => select(CONTROLS).prop_map(str::to_owned),
    ];
    let tag = (name, prop::collection::vec(attribute, 0..10), select(&[">", "/>", " >", "/ >", "", ">>"][..]));
    let tag = tag.prop_map(|(name, attributes, end)| format!("<{name}{}{end}", attributes.concat()));
    prop::collection::vec(tag, 0..4).prop_map(|tags| tags.concat())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(
            &["a", "x y", "\u{1F469}\u{200D}\u{1F4BB}", "é", " ", "\n", "\r\n", "\r", "\u{FEFF}", "]]>", "--", "-"][..]
        )
        .prop_map(str::to_owned),
        "[a-z<>&;#/!= \\-'\"]{0,6}",
        any::<char>().prop_map(String::from),
    ]
}

fn markup() -> impl Strategy<Value = String> {
    prop_oneof![select(COMMENTS), select(DOCTYPES), select(CDATA)].prop_map(str::to_owned)
}

fn tag(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(names), 0..12_u8).prop_map(|(name, form)| match form {
        0..5 => format!("<{name}>"),
        5..9 => format!("</{name}>"),
        9 => format!("<{name}/>"),
        10 => format!("<{} a=\"b<c>\" B=\"&amp;\">", name.to_uppercase()),
        _ => format!("</{name} "),
    })
}

const RAW: &[&str] =
    &["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext", "noscript"];

const FOREIGN: &[&str] = &[
    "svg",
    "math",
    "desc",
    "foreignObject",
    "title",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "mglyph",
    "malignmark",
    "g",
    "annotation-xml",
    "annotation-xml encoding=text/html",
    "a",
    "style",
    "script",
    "font",
    "font color=red",
    "b\0",
    "p",
    "br",
];

const AROUND_FOREIGN: &[&str] = &[
    "p", "b", "a", "div", "li", "button", "table", "tr", "td", "caption", "select", "option", "template", "form", "h1",
    "nobr", "frameset", "col", "tbody", "object", "body", "html", "span", "i",
];

const ANY: &[&str] = &[
    "a", "b", "p", "div", "br", "img", "td", "table", "tr", "tbody", "caption", "col", "colgroup", "select", "option",
    "optgroup", "template", "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "noscript",
    "svg", "math", "desc", "foreignObject", "mi", "mglyph", "li", "form", "button", "input", "frameset", "frame",
    "head", "body", "html", "pre", "listing", "x-y", "nobr", "font", "a\0b", "É", "ruby", "rt", "hr", "object",
    "keygen", "image",
];

const SCRIPT: &[&str] = &[
    "<!--", "-->", "--!>", "<!-", "->", "-", "--", "<script>", "</script>", "</script", "<script ", "<SCRIPT/",
    "</SCRIPT/", "<scriptx>", "<", "</", "<!", ">", "</style", "</title/", "</textarea\t>", "</xmp\n",
    "</iframe\u{C}>", "<!-->", "<!--->",
];

const COMMENTS: &[&str] = &[
    "<!--a-->", "<!-->", "<!--->", "<!---->", "<!----->", "<!--a--!>", "<!----!>", "<!---!>", "<!--a--!-->",
    "<!--a--!a-->", "<!--<!--a-->", "<!--<!-->", "<!--<!->", "<!--a", "<!--a-", "<!--a--", "<!--a--!", "<!--", "<!-",
    "<!", "<!>", "<!a>", "<?a?>", "<?", "<?>", "</>", "</ a>", "</", "</1>", "<1>", "<>", "< a>", "<!--a\0b\r\nc-->",
    "<!--a- -->", "<!-- -- -->", "<!--[if mso]>", "<![endif]-->", "<![if !mso]>", "<![endif]>", "-->", "<!--<!",
    "<!--<!-", "<!--<",
];

const DOCTYPES: &[&str] = &[
    "<!doctype html>",
    "<!DOCTYPE>",
    "<!doctype",
    "<!doctype ",
    "<!doctypeHTML>",
    "<!doctype h\0 >",
    "<!doctype html public>",
    "<!doctype html PUBLIC \"a\">",
    "<!doctype html PUBLIC 'a' \"b\">",
    "<!doctype html PUBLIC\"a\"'b'>",
    "<!doctype html PUBLIC 'a",
    "<!doctype html PUBLIC 'a>",
    "<!doctype html SYSTEM 'a' >",
    "<!doctype html SYSTEM a>",
    "<!doctype html SYSTEM 'a\r\n\0' b>",
    "<!doctype html SYSTEM 'a' b",
    "<!doctype html bogus",
    "<!doctype html publix 'a'>",
    "<!doctype html PUBLIC 'a' ",
    "<!doctype html SYSTEM \"a\"",
    "<!doctype é x>",
    "<!doctyp html>",
    "<!doctype html éééé>",
];

const CDATA: &[&str] = &[
    "<![CDATA[", "<![CDATA[x]]>", "<![CDATA[<p>&amp;]]>", "<![CDATA[]]]]>", "<![CDATA[\0\r]]>", "<![cdata[x]]>", "]]>",
    "]]", "<![CDATA[]>", "<![CDATA[]", "<![CDATA",
];

const REFERENCES: &[&str] = &[
    "&amp;", "&amp", "&nbsp;", "&notit;", "&not", "&NotEqualTilde;", "&fjlig;", "&#65;", "&#65", "&#x1F469;", "&#x",
    "&#", "&", "&#0;", "&#128;", "&#xD800;", "&#x110000;", "&#13;", "&#10;", "&copy=1", "&copy", "&am", "&zz;", "&;",
    "&lt", "&ltx=",
];

const CONTROLS: &[&str] =
    &["\0", "\r", "\n", "\t", "\u{C}", "\u{B}", "\u{FEFF}", "\u{FFFD}", "\u{85}", "\u{7F}", "\u{1}", " "];

const ATTRIBUTES: &[&str] = &[
    " a",
    " A",
    " a=b",
    " a=\"b\"",
    " a='b'",
    " a=",
    " a =b",
    " a= b",
    " a = \"b",
    "=b",
    " =",
    " ==",
    "/",
    "/a",
    " a/b",
    " a=\"b\"c",
    " a\0=\0",
    " \"",
    " '",
    " a\"b'c<d",
    " a=b\"c'd<e=f`g",
    " a=\"&copy=1&copy;&amp\"",
    " color",
    " COLOR=x",
    " é=é",
    "\r\na\r\n=\r\n'\r\n'",
    "\u{C}b",
    " a=\"\r\"",
    " b b b=1",
    " a='\"'",
    " a=&amp",
    " a=/",
    " a=//",
    ">",
    "<",
    " <b",
    " a==b",
];
