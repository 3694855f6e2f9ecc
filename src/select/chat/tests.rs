use proptest::prelude::*;

use super::*;

#[path = "../../../tests/all/laws/chat_twin.rs"]
mod twin;
use twin::Outcome;

fn outcome(stored: &str, marked: &str) -> Outcome {
    match align(stored, marked, usize::MAX) {
        Ok(ranges) => Outcome::Ranges(ranges.as_slice().to_vec()),
        Err(Error::NothingToRedact) => Outcome::NothingToRedact,
        Err(Error::EmptyMark { offset }) => Outcome::EmptyMark(offset),
        Err(Error::AmbiguousMarks { offset }) => Outcome::Ambiguous(offset),
        Err(Error::StrayMark { offset }) => Outcome::Stray(offset),
        Err(Error::UnclosedMark { offset }) => Outcome::Unclosed(offset),
        Err(Error::TextMismatch { offset, .. }) => Outcome::Mismatch(offset),
        Err(error) => panic!("{error}"),
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just("<redact>"), 4 => Just("</redact>"),
        2 => prop::sample::select(vec!["<", "<red", "act>", "</re", "dact>", "</", "redact>", "<redac", "t>"]),
        2 => prop::sample::select(vec!["a", "b", "é", "è", " "]),
    ]
}

fn pair() -> impl Strategy<Value = (String, String)> {
    (
        prop::collection::vec(piece(), 0..16),
        any::<u32>(),
        prop::option::weighted(0.2, (any::<prop::sample::Index>(), piece())),
    )
        .prop_map(|(pieces, choice, change)| {
            let marked = pieces.concat();
            let mut stored = String::new();
            let mut from = 0;
            for (index, (at, len, _)) in twin::tags(&marked).into_iter().enumerate() {
                if choice >> (index % 32) & 1 == 1 {
                    stored.push_str(&marked[from..at]);
                    from = at + len;
                }
            }
            stored.push_str(&marked[from..]);
            if let Some((index, piece)) = change {
                let at = index.index(stored.len() + 1);
                let at = (0..=at).rev().find(|at| stored.is_char_boundary(*at)).unwrap();
                stored.insert_str(at, piece);
            }
            (stored, marked)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn agrees_with_the_twin((stored, marked) in pair()) {
        if let Some(expected) = twin::outcome(&stored, &marked) {
            prop_assert_eq!(outcome(&stored, &marked), expected);
        }
    }
}
