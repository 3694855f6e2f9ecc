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

/// Whether the character before `at` is part of a word.
pub(super) fn word_before(text: &str, at: usize) -> bool {
    before(text, at).is_some_and(is_word)
}

/// Whether the character at `at` is part of a word.
pub(super) fn word_after(text: &str, at: usize) -> bool {
    after(text, at).is_some_and(is_word)
}

/// Whether `text` ends with `suffix` at `at`, without regard to ASCII case.
pub(super) fn ends_with(text: &str, at: usize, suffix: &str) -> bool {
    let start = at.checked_sub(suffix.len());
    start.and_then(|start| text.get(start..at)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
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

/// The words before `at` in the same sentence, nearest first, at most eight of them, in ASCII lower case.
///
/// With each word comes whether a full stop stands after it, as in `Tel. 555-0100`.
pub(super) fn words_before(text: &str, at: usize) -> impl Iterator<Item = (String, bool)> {
    /// Enough for eight words; a longer word is cut, so that it is no cue.
    const REACH: usize = 96;
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut rest = text.get(from..at).unwrap_or_default();
    std::iter::from_fn(move || {
        let end = rest.rfind(|c: char| c.is_alphabetic() || matches!(c, '\n' | '!' | '?'))?;
        let until = end + rest.get(end..).and_then(first).map_or(1, char::len_utf8);
        let stop = rest.get(until..)?.starts_with('.');
        let word = rest.get(..until)?;
        let start = word
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
        let word = word.get(start..).filter(|word| !word.is_empty())?.to_ascii_lowercase();
        rest = rest.get(..start)?;
        Some((word, stop))
    })
    .take(8)
}
