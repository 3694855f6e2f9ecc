//! The leak audit: what was removed is found wherever it is left, and nothing else is (contract C50, C51).

use blackbar::{Leak, Redactor};

use crate::support::cases::cases;

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
