//! Plain text in both styles, against cases and against a walk over a tree (rules C60 to C62).

use blackbar::{PlainStyle, plain_text};
use proptest::prelude::*;

use crate::laws::plain::{plain_law, plain_tree_law};
use crate::support::cases::cases;
use crate::support::documents::{blocks, document, tangle};
use crate::support::soup;

#[test]
fn rendered() {
    check(include_str!("../data/rendered.txt"), PlainStyle::Rendered);
}

#[test]
fn zendesk() {
    check(include_str!("../data/zendesk.txt"), PlainStyle::Zendesk);
}

#[track_caller]
fn check(file: &str, style: PlainStyle) {
    for case in cases(file) {
        let text = plain_text(&case.input, style).expect("a case is within the limits");
        case.expect("text", &text);
        plain_law(&case.input);
        if case.find("differs").is_none() {
            plain_tree_law(&case.input);
        }
    }
}

proptest! {
    #![proptest_config(soup::cases(512))]

    #[test]
    fn documents_read_like_their_tree(html in documents()) {
        plain_tree_law(&html);
    }

    #[test]
    fn tags_in_any_order_read_like_their_tree(html in tangles()) {
        plain_tree_law(&html);
    }

    #[test]
    fn blocks_in_any_order_read_like_their_tree(html in block_tags()) {
        plain_tree_law(&html);
    }

    #[test]
    fn text_reads_like_its_tree(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..80)) {
        let text = pieces.concat();
        plain_tree_law(&text);
        plain_tree_law(&format!("<pre>x{text}</pre>"));
    }

    #[test]
    fn the_laws_hold_for_any_text(html in prop_oneof![soup::soup(), soup::foreign(), soup::raw_text()]) {
        plain_law(&html);
    }
}

fn documents() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<[u8; 2]>(), 0..60).prop_map(|bytes| document(bytes.as_flattened()))
}

fn tangles() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<[u8; 2]>(), 0..24).prop_map(|bytes| tangle(bytes.as_flattened()))
}

fn block_tags() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<[u8; 2]>(), 0..24).prop_map(|bytes| blocks(bytes.as_flattened()))
}

/// What text is made of where white space, references and escapes meet.
const PIECES: &[&str] = &[
    "a",
    "b",
    "words",
    " ",
    " ",
    " ",
    "\n",
    "\t",
    "\r",
    "\r\n",
    "&",
    "&amp;",
    "&#32;",
    "&nbsp",
    "\u{A0}",
    "é",
    "»",
    "\0",
    "\u{C}",
    "\u{1}",
    ">",
    "< ",
    "a line of text that is longer than a window",
    "&NotEqualTilde;",
    "\u{1F469}",
    "&#10;",
];
