//! Plain text in both styles, against cases and against a walk over a tree (contract C60 to C62).

use blackbar::{PlainStyle, plain_text};
use proptest::prelude::*;

use crate::laws::plain::{plain_law, plain_tree_law};
use crate::support::cases::cases;
use crate::support::documents::{document, tangle};
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
    #![proptest_config(soup::cases(2048))]

    #[test]
    fn documents_read_like_their_tree(html in documents()) {
        plain_tree_law(&html);
    }

    #[test]
    fn tags_in_any_order_read_like_their_tree(html in tangles()) {
        plain_tree_law(&html);
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
