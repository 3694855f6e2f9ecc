//! What stands beside a candidate.

use crate::lanes::{LANES, Lanes};
use crate::select::chars::{first, is_word, last};

/// The character before `at`, which mostly is ASCII.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at.checked_sub(1)?) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        _ => text.get(..at).and_then(last),
    }
}

/// The character at `at`, which mostly is ASCII.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(b) if b.is_ascii() => Some(char::from(*b)),
        _ => text.get(at..).and_then(first),
    }
}

/// Whether the character before `at` is part of a word. Underscores are where a word stands before them: those of
/// `id_536` are, those of `_536-22-1234_` are emphasis.
pub(super) fn word_before(text: &str, at: usize) -> bool {
    match before(text, at) {
        Some('_') => text.get(..at).and_then(|head| last(head.trim_end_matches('_'))).is_some_and(is_word),
        c => c.is_some_and(is_word),
    }
}

/// Whether the character at `at` is part of a word, with underscores as in [`word_before`].
pub(super) fn word_after(text: &str, at: usize) -> bool {
    match after(text, at) {
        Some('_') => text.get(at..).and_then(|tail| first(tail.trim_start_matches('_'))).is_some_and(is_word),
        c => c.is_some_and(is_word),
    }
}

/// Whether `text` ends with `suffix`, which is ASCII, at `at`, without regard to case.
pub(super) fn ends_with(text: &str, at: usize, suffix: &str) -> bool {
    let end = at.checked_sub(suffix.len()).and_then(|start| text.as_bytes().get(start..at));
    end.is_some_and(|end| end.eq_ignore_ascii_case(suffix.as_bytes()))
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

/// Whether a number that ends at `at` goes on: after `separator`, which is ASCII, comes a digit.
pub(super) fn goes_on(text: &str, at: usize, separator: u8) -> bool {
    let tail = text.as_bytes().get(at..);
    matches!(tail, Some([between, b'0'..=b'9', ..]) if *between == separator)
}

/// Whether a number that begins at `at` is the rest of a longer one: before `separator`, which is ASCII, stands a
/// digit.
pub(super) fn is_rest(text: &str, at: usize, separator: u8) -> bool {
    let head = text.as_bytes().get(..at);
    matches!(head, Some([.., b'0'..=b'9', between]) if *between == separator)
}

/// Up to where letters and ends of sentences may stand in `text`. Before a number may stand a long row of others; to
/// look at each byte of it took half the time of a row of IPv4 addresses.
fn end_of_telling(mut text: &[u8]) -> usize {
    while let Some((rest, last)) = text.split_last_chunk::<LANES>() {
        let last = Lanes::new(last);
        // The question mark, and all that follows it in ASCII.
        if (last.at_least(b'?') | last.is(b'!') | last.is(b'\n')).first().is_some() {
            break;
        }
        text = rest;
    }
    text.len()
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
        let near = rest.get(..end_of_telling(rest))?;
        let last = near.iter().rposition(|b| is_letter(b) || matches!(b, b'\n' | b'!' | b'?'))?;
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

#[cfg(test)]
mod tests {
    use super::words_before;
    use crate::random::Random;

    /// The slow twin looks at each byte before the number for the last one of a word.
    #[test]
    fn a_row_of_numbers_hides_no_word() {
        let mut random = Random::new(1);
        for count in (0..60).cycle().take(3000) {
            let text = random.text(count, &["1", " ", "-", "@", "\u{7f}", "12345678", "wort", "é", "!", "?", "\n"]);
            let is_letter = |b: u8| b.is_ascii_alphabetic() || !b.is_ascii();
            let near = &text.as_bytes()[text.len().saturating_sub(96)..];
            let telling = near.iter().rposition(|&b| is_letter(b) || matches!(b, b'\n' | b'!' | b'?'));
            let last = telling.filter(|&at| is_letter(near[at]));
            let word = last.map(|at| near[..=at].rsplit(|b| !is_letter(*b)).next().unwrap_or_default());
            assert_eq!(words_before(&text, text.len()).next().map(|word| word.text), word, "{text:?}");
        }
    }
}
