//! What stands beside a candidate.

use crate::select::chars::{first, is_word, last};

/// The character before `at`.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(last)
}

/// The character at `at`.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(first)
}

/// Whether the character before `at` is part of a word. Underscores are where a word stands before them: those of
/// `id_536` are, those of `_536-22-1234_` are emphasis.
pub(super) fn word_before(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let beside = |c| if c == '_' { last(head.trim_end_matches('_')).is_some_and(is_word) } else { is_word(c) };
    last(head).is_some_and(beside)
}

/// Whether the character at `at` is part of a word, with underscores as in [`word_before`].
pub(super) fn word_after(text: &str, at: usize) -> bool {
    let tail = text.get(at..).unwrap_or_default();
    let beside = |c| if c == '_' { first(tail.trim_start_matches('_')).is_some_and(is_word) } else { is_word(c) };
    first(tail).is_some_and(beside)
}

/// Whether `text` ends with `suffix` at `at`, without regard to ASCII case.
pub(super) fn ends_with(text: &str, at: usize, suffix: &str) -> bool {
    let start = at.checked_sub(suffix.len());
    start.and_then(|start| text.get(start..at)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// Whether `word` is one of the `known`, without regard to ASCII case.
pub(super) fn is_one_of<K: AsRef<[u8]>>(word: &[u8], known: &[K]) -> bool {
    known.iter().any(|known| known.as_ref().eq_ignore_ascii_case(word))
}

/// Whether the `name` of a number stands directly before it at `at`: `SSN536-22-1234`, `ssn_536-22-1234`.
pub(super) fn is_named(text: &str, at: usize, name: &str) -> bool {
    let head = text.get(..at).unwrap_or_default();
    ends_with(text, head.trim_end_matches('_').len(), name)
}

/// Whether a number that ends at `at` goes on: after `separator` comes a digit.
pub(super) fn goes_on(text: &str, at: usize, separator: char) -> bool {
    let mut chars = text.get(at..).unwrap_or_default().chars();
    chars.next() == Some(separator) && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a number that begins at `at` is the rest of a longer one: before `separator` stands a digit.
pub(super) fn is_rest(text: &str, at: usize, separator: char) -> bool {
    let mut chars = text.get(..at).unwrap_or_default().chars();
    chars.next_back() == Some(separator) && chars.next_back().is_some_and(|c| c.is_ascii_digit())
}

/// A word before a number.
pub(super) struct Word<'t> {
    pub(super) text: &'t [u8],
    /// Whether it is the end of a name with full stops, as in `example.ph`.
    pub(super) ends_name: bool,
    /// Whether it is the name of a field, as in `text = 5` and `"text": 5`.
    pub(super) is_field: bool,
    /// Whether a full stop stands after it, as in `Tel. 555-0100`.
    pub(super) stop: bool,
    /// How many digits stand after it, before the next word.
    pub(super) digits: usize,
}

/// The words before `at` in the same sentence, nearest first, at most eight of them.
pub(super) fn words_before(text: &str, at: usize) -> impl Iterator<Item = Word<'_>> {
    /// Enough for eight words, in bytes. The part of a word that is cut off there is no word that tells anything.
    const REACH: usize = 96;
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    let mut rest = text.as_bytes().get(at.saturating_sub(REACH)..at).unwrap_or_default();
    std::iter::from_fn(move || {
        let last = rest.iter().rposition(|b| is_letter(b) || matches!(b, b'\n' | b'!' | b'?'))?;
        let (head, after) = rest.split_at_checked(last + 1)?;
        let (stop, digits) = (after.starts_with(b"."), after.iter().filter(|b| b.is_ascii_digit()).count());
        let start = head.iter().rposition(|b| !is_letter(b)).map_or(0, |at| at + 1);
        let (before, word) = head.split_at_checked(start)?;
        rest = before;
        let ends_name = matches!(before, [.., b, b'.'] if b.is_ascii_alphanumeric());
        let is_field = after.starts_with(b"\"") || after.trim_ascii_start().starts_with(b"=");
        // Nothing after a line end or the end of a sentence.
        (!word.is_empty()).then_some(Word { text: word, ends_name, is_field, stop, digits })
    })
    .take(8)
}
