//! The leak audit: what was removed is found wherever it is left, and nothing else is (contract C50, C51).

use blackbar::{Leak, Redactor};
use proptest::prelude::*;

use crate::laws::audit::{audit_law, leaky};
use crate::support::cases::cases;
use crate::support::soup;

proptest! {
    #![proptest_config(soup::cases(512))]

    #[test]
    fn a_copy_is_found_in_any_place_and_encoding(bytes in prop::collection::vec(any::<u8>(), 3..80)) {
        audit_law(&leaky(&bytes));
    }
}

#[test]
fn leaks() {
    for case in cases(include_str!("../data/audit.txt")) {
        let redaction = Redactor::default().html(&case.input).expect("the case is a good redaction");
        case.expect("leaks", &written(&redaction.leaks()));
    }
}

fn written(leaks: &[Leak]) -> String {
    let line = |leak: &Leak| format!("{} {:?} {:?}", leak.offset, leak.kind, leak.encoding);
    leaks.iter().map(line).collect::<Vec<_>>().join("\n")
}
