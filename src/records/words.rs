//! Which words of a removed text are searched for, and in which form.

use std::borrow::Cow;

use super::forms::normal;
use crate::audit::folded;
use crate::select::{is_ignorable, visible_clusters};

/// Shorter texts stand everywhere.
const MIN_CLUSTERS: usize = 4;

/// Of fewer digits than this, a number stands in longer ones by chance.
const MIN_DIGITS_INSIDE: usize = 6;

/// Of what is longer than this only the end is searched: who reads the last 256 bytes of a removed text reads too much.
/// Not the beginning, since pictures in `data:` URLs begin alike.
const MAX_BYTES: usize = 256;

/// A text in the form in which it is searched for; nothing if it is too short.
pub(super) fn words(text: &str) -> Option<String> {
    let text = &*without_nuls(text);
    is_telling(text).then(|| end_of(&squeezed(&normal(text))).trim_start().to_owned())
}

/// A text of several words as [`folded`] writes it; nothing if it has fewer than two of letters: a date, a compound.
pub(super) fn phrase(text: &str) -> Option<String> {
    // The first word of one that is cut may be the end of another.
    let whole = if text.len() > MAX_BYTES - 4 { text.split_once(' ').map_or("", |(_, rest)| rest) } else { text };
    let is_of_words = whole.contains([' ', '_']);
    let folded = folded(whole);
    let words = folded.split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
    (is_of_words && words > 1 && is_telling(&folded)).then_some(folded)
}

/// A text of letters and digits, such as the number of a passport or a plate, in the form in which it stands whatever
/// parts it: `b mw 1234` and `BMW-1234` are `bmw1234`. Nothing if it is too short not to stand anywhere by chance.
pub(super) fn code(text: &str) -> Option<String> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 7..=34;
    let code = folded(text).replace(' ', "");
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let is_code = code.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !text.contains('@');
    (is_code && LENGTHS.contains(&code.len()) && digits > 2 && digits < code.len()).then_some(code)
}

pub(super) fn is_short_number(text: &str) -> bool {
    text.len() < MIN_DIGITS_INSIDE && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is long enough to be searched for (rule C86).
pub(crate) fn is_telling(text: &str) -> bool {
    text.len() >= MIN_CLUSTERS && visible_clusters(text) >= MIN_CLUSTERS
}

/// Whether a text is one sign over and over, such as a line of dashes: it parts others, and tells nothing.
pub(super) fn is_divider(text: &str) -> bool {
    let mut signs = text.chars().filter(|&c| !c.is_whitespace() && !is_ignorable(c));
    let first = signs.next();
    first.is_none_or(|first| !first.is_alphanumeric() && signs.all(|sign| sign == first))
}

/// A text without NULs, which HTML drops and most programs do not show.
pub(super) fn without_nuls(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "").into() } else { text.into() }
}

/// A text without what a search passes over, so that its end is not all of that.
fn squeezed(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_ignorable(c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last bytes of a text that is longer than [`MAX_BYTES`].
fn end_of(text: &str) -> &str {
    let start = (text.len().saturating_sub(MAX_BYTES)..text.len()).find(|&at| text.is_char_boundary(at));
    start.and_then(|start| text.get(start..)).unwrap_or(text)
}
