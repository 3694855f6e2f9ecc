//! The tables of elements say what the rules and html5ever say.

use std::collections::BTreeSet;

use blackbar::html::{Class, Kind, Name, tokenize};
use markup5ever_rcdom::{Handle, NodeData};

use crate::laws::parse::parse_body;
use crate::laws::tokens::{in_tree_law, peer_in_tree};
use crate::support::names::HTML;

/// Names of SVG and MathML that the rules of HTML mention, and one for each kind of thing that the others are.
const FOREIGN: &str = "foreignObject desc annotation-xml malignmark mglyph mi mn mo ms mtext g path linearGradient \
    clipPath feGaussianBlur textPath font-face tspan mrow mfrac msup mtable semantics annotation";

#[track_caller]
fn expect(class: Class, names: &str) {
    let listed: BTreeSet<&str> = names.split_whitespace().collect();
    let ours: BTreeSet<&str> = HTML.split_whitespace().filter(|name| Name::of(name.as_bytes()).is(class)).collect();
    assert_eq!(ours, listed);
}

#[test]
fn phrasing_wrappers_are_those_of_c21() {
    expect(
        Class::PHRASING,
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span \
        strike strong sub sup time tt u var",
    );
}

#[test]
fn void_elements_that_can_be_taken_out_are_those_of_c22() {
    expect(
        Class::REPLACED,
        "area base bgsound basefont embed frame image img input keygen link meta param source track wbr",
    );
}

#[test]
fn embedded_elements_are_those_of_c23() {
    expect(
        Class::EMBEDDED,
        "applet audio canvas iframe math noembed noframes object picture script style svg template video",
    );
}

#[test]
fn matching_stops_at_the_elements_of_c25() {
    expect(Class::BARRIER, "table caption td th template select object applet marquee button svg math");
}

#[test]
fn the_family_of_tables_is_that_of_c33() {
    expect(Class::TABLE, "caption colgroup table tbody td tfoot th thead tr");
}

#[test]
fn the_classes_that_c20_to_c24_tell_apart_do_not_overlap() {
    let classes = [Class::PHRASING, Class::REPLACED, Class::EMBEDDED, Class::STRUCTURE];
    for name in HTML.split_whitespace() {
        let of = Name::of(name.as_bytes());
        assert!(classes.iter().filter(|class| of.is(**class)).count() <= 1, "{name}");
    }
}

#[test]
fn names_are_known_in_any_case_and_others_are_not() {
    for name in HTML.split_whitespace().chain(FOREIGN.split_whitespace()) {
        let of = Name::of(name.as_bytes());
        assert!(!of.is_unknown(), "{name}");
        assert_eq!(Name::of(name.to_ascii_uppercase().as_bytes()), of);
        assert_eq!(Name::of(name.to_ascii_lowercase().as_bytes()), of);
        assert!(["", name.to_ascii_lowercase().as_str()].contains(&of.as_str()), "{name}");
        for other in [format!("{name}x"), format!("x{name}"), format!("{name}-"), format!("{name}\0")] {
            assert!(Name::of(other.as_bytes()).is_unknown(), "{other}");
        }
        assert_eq!(of.is(Class::FOREIGN), FOREIGN.split_whitespace().any(|foreign| foreign == name), "{name}");
    }
    for name in ["", "x", "redact", "o:p", "jo.doe@example.com", "custom-element", "h7", "tdx", "@", "@\u{1}"] {
        assert!(Name::of(name.as_bytes()).is_unknown(), "{name}");
    }
}

#[test]
fn start_tags_leave_svg_and_mathml_as_in_html5ever() {
    for root in ["svg", "math"] {
        for name in HTML.split_whitespace() {
            // What follows is foreign, unless the tag before has left.
            let (_, foreign) = peer_in_tree(&format!("<{root}><{name}><x-y>"));
            let leaves = foreign[1] != Some(true) && foreign[2] == Some(false);
            assert_eq!(Name::of(name.as_bytes()).is(Class::BREAKOUT), leaves, "{name} in {root}");
        }
    }
    for (tag, leaves) in [("font", false), ("font color", true), ("FONT a Size=1", true), ("font face", true)] {
        let source = format!("<svg><{tag}><x-y>");
        let (_, foreign) = peer_in_tree(&source);
        assert_eq!(foreign[2], Some(!leaves));
        assert_eq!(tokenize(&source).tokens()[2].is_foreign(), !leaves, "{tag}");
    }
}

#[test]
fn void_elements_hold_nothing_in_html5ever() {
    // HTML ignores these where they are not in a table or a frameset.
    const ELSEWHERE: &[(&str, &str)] = &[
        ("caption", "<table>"),
        ("col", "<table><colgroup>"),
        ("colgroup", "<table>"),
        ("tbody", "<table>"),
        ("tfoot", "<table>"),
        ("thead", "<table>"),
        ("tr", "<table>"),
        ("td", "<table><tr>"),
        ("th", "<table><tr>"),
    ];
    const IGNORED: &[&str] = &["html", "head", "body", "frameset", "frame"];
    for name in HTML.split_whitespace().filter(|name| !IGNORED.contains(name)) {
        let around = ELSEWHERE.iter().find(|(known, _)| *known == name).map_or("", |(_, around)| around);
        let source = format!("{around}<{name}><!--x--></{name}>");
        let dom = parse_body(&source);
        let made = if name == "image" { "img" } else { name };
        let element = find(&dom.document, made).unwrap_or_else(|| panic!("no {made} in {source}"));
        let in_template = matches!(&element.data, NodeData::Element { template_contents, .. }
            if template_contents.borrow().as_ref().is_some_and(|contents| !contents.children.borrow().is_empty()));
        let holds = in_template || !element.children.borrow().is_empty();
        assert_eq!(Name::of(name.as_bytes()).is(Class::VOID), !holds, "{name}");
    }
    assert!(Name::Frame.is(Class::VOID));
}

#[test]
fn every_element_is_read_as_html5ever_reads_it() {
    for name in HTML.split_whitespace().chain(FOREIGN.split_whitespace()) {
        for around in
            ["", "<svg>", "<math>", "<svg><desc>", "<math><mi>", "<table>", "<table><tr><td>", "<select>", "<b><p>"]
        {
            in_tree_law(&format!("{around}<{name} a=1><!--x-->&amp;<x-y>\0<![CDATA[z]]></{name}><b>\0</b>"));
            in_tree_law(&format!("{around}<{name}/>t</{name}></{name}><svg><{name}></svg><style>a</style>"));
        }
    }
}

#[test]
fn nothing_in_ordinary_mail_is_ambiguous() {
    for source in [
        "<style>td > a { color: red } /* &amp; <b> */</style><table><tr><td><style>a<b</style></td></tr></table>",
        "<svg viewBox=\"0 0 1 1\"><title>A &amp; B</title><style>.a{fill:red}</style><path d=\"M0\"/></svg><style><!-- a --></style>",
        "<math><mi>x</mi><mo>&lt;</mo></math><script>if (a < b) {}</script>",
        "<!--[if mso]><table><tr><td><![endif]--><div>a</div><!--[if mso]></td></tr></table><![endif]-->",
        "<select><option>a<option>b</select><textarea>a <b> &amp; c</textarea><template><p>a</p></template><xmp><b></xmp>",
        "<svg><foreignObject><div><p>a</p><ul><li>b</li></ul></div></foreignObject></svg><title>a < b</title>",
    ] {
        let fragment = tokenize(source);
        assert_eq!(fragment.ambiguous(), None, "{source}");
        assert!(!fragment.is_uncertain(), "{source}");
        assert!(fragment.tokens().iter().all(|token| token.kind() != Kind::Nothing), "{source}");
        in_tree_law(source);
    }
}

fn find(node: &Handle, name: &str) -> Option<Handle> {
    let mut next = vec![Handle::clone(node)];
    while let Some(node) = next.pop() {
        if matches!(&node.data, NodeData::Element { name: found, .. } if *found.local == *name) {
            return Some(node);
        }
        next.extend(node.children.borrow().iter().cloned());
    }
    None
}
