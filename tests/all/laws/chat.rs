//! What holds for every chat redaction and every diff, whatever the texts (rule C42).

use blackbar::{ClusterEdge, Error, Mask, Piece, Policy, Redaction, Redactor, Unit, diff};

use super::choices::Choices;
use super::html::{kept_bytes_law, units_law};

#[path = "chat_twin.rs"]
mod chat_twin;
#[path = "diff_twin.rs"]
mod diff_twin;

use chat_twin::Outcome;
use diff_twin::Recovered;

/// The laws of one call of [`Redactor::chat`].
pub fn chat_law(stored: &str, marked: &str, policy: Policy) {
    let redactor = Redactor::new(policy).expect("the policy is good");
    let outcome = redactor.chat(stored, marked);
    twin_law(stored, marked, &redactor, &outcome);
    match &outcome {
        Ok(redaction) => {
            redaction_law(stored, redaction, &redactor);
            marked_text_law(stored, redaction);
        }
        Err(Error::TextMismatch { offset, .. } | Error::ClusterCut { offset }) => {
            assert!(stored.is_char_boundary(*offset), "the offset is not between characters");
        }
        Err(error) => {
            let is_tag = |at: usize| marked.get(at..).is_some_and(|rest| rest.starts_with('<'));
            assert_eq!(error.offset(), error.marked_offset(), "the error is about the marks");
            assert!(error.offset().is_none_or(is_tag), "there is no tag at the offset: {error:?}");
        }
    }
}

/// The outcome is that of trying every choice of marks: the same ranges, or the same error at the same place.
fn twin_law(stored: &str, marked: &str, redactor: &Redactor, outcome: &Result<Redaction<'_>, Error>) {
    let Some(expected) = chat_twin::outcome(stored, marked) else { return };
    let expected = match expected {
        Outcome::Ranges(ranges) => {
            let expected = redactor.text_ranges(stored, &ranges, Unit::Bytes);
            // A mark of what stays is told by its place in the copy, a range by that in the stored text.
            let place = |e: &Error| if let Error::EmptyMark { .. } = e { Error::EmptyMark { offset: 0 } } else { *e };
            let texts = |r: &Result<Redaction<'_>, Error>| r.as_ref().map(|r| r.text().to_owned()).map_err(place);
            assert_eq!(texts(outcome), texts(&expected), "not what the ranges of the twin give");
            let ranges = |r: &Result<Redaction<'_>, Error>| r.as_ref().ok().map(|r| r.edits().clone());
            return assert!(ranges(outcome) == ranges(&expected), "other edits than those of the twin's ranges");
        }
        Outcome::NothingToRedact => Error::NothingToRedact,
        Outcome::EmptyMark(offset) => Error::EmptyMark { offset },
        Outcome::Ambiguous(offset) => Error::AmbiguousMarks { offset },
        Outcome::Stray(offset) => Error::StrayMark { offset },
        Outcome::Unclosed(offset) => Error::UnclosedMark { offset },
        Outcome::Mismatch(expected) => match outcome {
            Err(Error::TextMismatch { offset, .. }) => return assert_eq!(*offset, expected, "offset of the mismatch"),
            _ => panic!("expected a mismatch, got {outcome:?}"),
        },
    };
    assert_eq!(outcome.as_ref().err(), Some(&expected), "not what the twin finds");
}

/// The laws of a redaction of plain text, by whatever entry point.
pub fn redaction_law(stored: &str, redaction: &Redaction<'_>, redactor: &Redactor) {
    let edits = redaction.edits();
    assert_eq!(edits.apply(stored).expect("edits fit their source"), redaction.text());
    assert!(edits.apply(&format!("{stored} ")).is_err(), "edits were applied to a text of another length");
    kept_bytes_law(stored, redaction.text(), edits);
    units_law(stored, edits);
    pieces_law(stored, redaction);
    if *redactor.policy() == Policy::default() {
        recovered_law(stored, redaction, redactor);
    }
}

/// The pieces cover the source, and tell the result.
fn pieces_law(stored: &str, redaction: &Redaction<'_>) {
    let (mut end, mut result) = (0, String::new());
    for piece in redaction.edits().pieces(stored).expect("edits fit their source") {
        assert_eq!(piece.range().start, end, "a gap between pieces");
        end = piece.range().end;
        match piece {
            Piece::Kept(range) => result.push_str(&stored[range]),
            Piece::Redacted(edit) => result.push_str(edit.replacement),
        }
    }
    assert_eq!(end, stored.len());
    assert_eq!(result, redaction.text());
}

/// The marked text made of the edits asks for the same edits, unless the message's own tags leave a choice.
fn marked_text_law(stored: &str, redaction: &Redaction<'_>) {
    let marked = redaction.edits().mark(stored).expect("edits fit their source");
    let exact = Redactor::new(Policy::default().cluster_edge(ClusterEdge::Exact)).expect("the policy is good");
    match exact.chat(stored, &marked) {
        Ok(again) => {
            let ranges = |r: &Redaction<'_>| r.edits().iter().map(|edit| edit.range).collect::<Vec<_>>();
            assert_eq!(ranges(&again), ranges(redaction), "the marked text asks for other edits");
        }
        Err(error) => {
            assert!(matches!(error, Error::AmbiguousMarks { .. }), "the marked text is refused: {error}");
            assert!(stored.contains('<'));
        }
    }
}

/// The two texts tell the ranges, unless the stored text holds masks itself.
fn recovered_law(stored: &str, redaction: &Redaction<'_>, redactor: &Redactor) {
    match diff(stored, redaction.text(), Mask::default()) {
        // What was masked was a mask already.
        Ok(ranges) if ranges.is_empty() => assert_eq!(stored, redaction.text()),
        Ok(ranges) => {
            let again = redactor.text_ranges(stored, &ranges, Unit::Bytes).expect("they are good ranges");
            assert_eq!(again.text(), redaction.text(), "the recovered ranges give another text");
        }
        Err(error) => {
            assert!(matches!(error, Error::AmbiguousMarks { .. }), "not recovered: {error}");
            assert!(stored.contains('▇'));
        }
    }
}

/// The laws of one call of [`diff`].
pub fn diff_law(stored: &str, redacted: &str, mask: Mask) {
    let outcome = diff(stored, redacted, mask);
    if let Some(expected) = diff_twin::recovered(stored, redacted, mask) {
        let found = match &outcome {
            Ok(ranges) => Recovered::Ranges(ranges.clone()),
            Err(Error::AmbiguousMarks { .. }) => Recovered::Ambiguous,
            Err(Error::TextMismatch { .. }) => Recovered::Mismatch,
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, expected, "not what the twin finds");
    }
    match outcome {
        Ok(ranges) if ranges.is_empty() => assert_eq!(stored, redacted),
        Ok(ranges) => {
            let redactor = Redactor::new(Policy::default().mask(mask)).expect("the mask is good");
            let again = redactor.text_ranges(stored, &ranges, Unit::Bytes).expect("they are good ranges");
            assert_eq!(again.text(), redacted, "the ranges give another text");
        }
        Err(Error::TextMismatch { offset, .. }) => assert!(stored.is_char_boundary(offset)),
        Err(error) => assert!(error.offset().is_some_and(|offset| offset <= redacted.len())),
    }
}

/// Texts as the bytes say, many of them nearly aligned: a case that proptest can shrink and the fuzzer can steer.
pub struct ChatCase {
    pub stored: String,
    pub marked: String,
}

impl std::fmt::Debug for ChatCase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "chat_law({:?}, {:?}, Policy::default())", self.stored, self.marked)
    }
}

const TAGS: [&str; 2] = ["<redact>", "</redact>"];

/// Parts of tags come up as often as words: they form tags where a mark between them is taken out.
const WORDS: [&str; 24] = [
    "a", "<", "<red", "act>", "</re", "dact>", "</", "redact>", "b", "<redac", "t>", ">", " ", "\r\n", "é", "e",
    "\u{301}", "👩", "\u{200D}", "🇩", "🇪", "▇", "\u{202E}", "&amp;",
];

/// Draws a marked text, then a stored one by taking out some of its tags; now and then the stored text is changed.
pub fn chat_case(bytes: &[u8]) -> ChatCase {
    let mut choices = Choices::new(bytes);
    let (mut stored, mut marked) = (String::new(), String::new());
    // Half of the texts have marks that open and close in turn, as an agent sets them.
    let careful = choices.once_in(2);
    let mut depth = 0;
    while !choices.is_empty() && marked.len() < 4_000 {
        let word = match choices.below(9) {
            0..=2 => choices.pick(&TAGS),
            8 => {
                // A tag that forms across marks.
                let (tag, mark) = (choices.pick(&TAGS), choices.pick(&TAGS));
                let at = 1 + choices.below(tag.len() - 1);
                stored.push_str(tag);
                marked.extend([&tag[..at], mark, &tag[at..]]);
                continue;
            }
            3..=4 => {
                let closes = usize::from(careful && depth > 0 || !careful && choices.once_in(2));
                depth += if closes == 0 { 1 } else { -1 };
                marked.push_str(TAGS[closes]);
                continue;
            }
            _ => choices.pick(&WORDS),
        };
        stored.push_str(word);
        marked.push_str(word);
    }
    if careful && depth > 0 {
        marked.push_str(TAGS[1]);
    }
    if choices.byte() == 0 && bytes.last().is_some_and(|last| last % 8 == 7) {
        stored = changed(&stored, bytes.len());
    }
    ChatCase { stored, marked }
}

/// One of the changes that messages suffer on their way.
fn changed(text: &str, how: usize) -> String {
    match how % 6 {
        0 => text.replace("\r\n", "\n"),
        1 => text.replace("e\u{301}", "é"),
        2 => text.replace('&', "&amp;"),
        3 => text.replace(' ', "  "),
        4 => text.replacen(char::is_alphabetic, "x", 1),
        _ => format!("{text}<redact>"),
    }
}

/// Draws a stored text and what became of it under `mask`; now and then something else than what became of it.
pub fn diff_case(bytes: &[u8]) -> (String, String, Mask) {
    const WORDS: [&str; 13] =
        ["a", "b", "ab", "▇", "▇▇", "[x]", "x", "[", "\u{202E}", "e\u{301}", "\u{301}", " ", "\r\n"];
    let mut choices = Choices::new(bytes);
    let label = |text| Mask::label(text).expect("a good label");
    let masks = [Mask::default(), Mask::Fixed(1), Mask::Fixed(2), label("[x]"), label("x"), label("aba"), label("▇a▇")];
    let mask = choices.pick(&masks);
    let (mut stored, mut ranges) = (String::new(), Vec::new());
    while !choices.is_empty() && stored.len() < 2_000 {
        let start = stored.len();
        stored.push_str(choices.pick(&WORDS));
        if choices.once_in(3) {
            ranges.push(start..stored.len());
        }
    }
    let redactor = Redactor::new(Policy::default().mask(mask)).expect("the mask is good");
    let redacted = redactor.text_ranges(&stored, &ranges, Unit::Bytes).map(|redaction| redaction.text().to_owned());
    let mut redacted = redacted.unwrap_or_else(|_| stored.clone());
    if bytes.last().is_some_and(|last| last % 8 == 7) {
        redacted = redacted.replacen(WORDS[bytes.len() % WORDS.len()], WORDS[usize::from(bytes[0]) % WORDS.len()], 1);
    }
    (stored, redacted, mask)
}
