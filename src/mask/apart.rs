//! What can be told of a text without looking at what it is joined to: its clusters, and whether any goes on beyond it.

use crate::grapheme::{self, is_bidi_control, is_simple};
use crate::html::{Token, reference_at};

/// How many clusters a decoded text has, if all of them would be masked.
pub(super) fn count_masked(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if grapheme::is_plain(bytes) {
        return Some(bytes.len());
    }
    let is_masked = |c: char| !matches!(c, '\r' | '\0') && !is_bidi_control(c);
    grapheme::known_count(text).or_else(|| text.chars().all(is_masked).then(|| grapheme::count(text)))
}

/// Whether there is certainly an edge between clusters here. If one of the two has no property that the rules ask for,
/// what stands further off has no say (UAX #29, GB9c to GB13).
#[inline]
pub(super) fn is_edge(last: char, next: char) -> bool {
    match (is_simple(last), is_simple(next)) {
        (true, true) => true,
        (false, false) => false,
        // HTML drops a NUL, and what stands behind it counts.
        _ if last == '\0' || next == '\0' => false,
        _ => grapheme::are_apart(last, next),
    }
}

/// The last character, decoded, of a text token or of its part before `at`.
/// Nothing if `at` is inside of a reference, or that is not easily told.
pub(super) fn char_before(source: &str, token: &Token, at: usize) -> Option<char> {
    // As long as the longest name.
    const LONGEST: usize = 34;
    let at = at.min(token.end());
    let text = &source[token.start()..at];
    if !token.may_have_references() {
        return text.chars().next_back();
    }
    let bytes = &source.as_bytes()[..token.end()];
    let near = at.saturating_sub(LONGEST).max(token.start());
    let Some(found) = memchr::memrchr(b'&', &bytes[near..at]) else {
        // A number may have any count of digits.
        let may_be_in_number = near > token.start() && bytes[near..at].iter().all(|&byte| is_of_reference(byte));
        return if may_be_in_number { None } else { text.chars().next_back() };
    };
    match reference_at(bytes, near + found, false) {
        Some(reference) if near + found + reference.len() > at => None,
        Some(reference) if near + found + reference.len() == at => reference.chars().last().copied(),
        _ => text.chars().next_back(),
    }
}

fn is_of_reference(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'#' || byte == b';'
}

/// The first character, decoded, of a text token or of its part from `at` on, which is not inside of a reference.
pub(super) fn char_after(source: &str, token: &Token, at: usize) -> Option<char> {
    let text = &source[at.max(token.start())..token.end()];
    let reference = if text.starts_with('&') { reference_at(text.as_bytes(), 0, false) } else { None };
    match reference {
        Some(reference) => reference.chars().first().copied(),
        None => text.chars().next(),
    }
}
