//! The attributes of a tag, found by walking its bytes as the tokenizer does (WHATWG 13.2.5.32–40).

use std::borrow::Cow;
use std::ops::Range;

use super::fragment::canonical_name;
use super::reference::reference_at;
use super::scan::{ShortName, short_name};
use crate::lanes::{LANES, Lanes};
use crate::until::until_end;

/// One attribute of a tag: where its name and its value stand in the source, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Attribute {
    /// The name as written.
    pub name: Range<usize>,
    /// The value as written, without its quotes; empty where there is none.
    pub value: Range<usize>,
}

impl Attribute {
    /// The name as the standard reads it: ASCII letters in lower case, NUL as U+FFFD. `source` is the source of the
    /// fragment; if the range does not fit it, the name is empty.
    #[must_use]
    pub fn canonical_name<'s>(&self, source: &'s str) -> Cow<'s, str> {
        canonical_name(source.get(self.name.clone()).unwrap_or_default())
    }

    /// The value with character references decoded, and line ends and NUL as the standard reads them. `source` is the
    /// source of the fragment; if the range does not fit it, the value is empty.
    #[must_use]
    pub fn decoded_value<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let value = source.get(self.value.clone()).unwrap_or_default();
        if value.is_empty() { Cow::Borrowed("") } else { decode_value(value) }
    }
}

/// Decodes an attribute's value as written.
fn decode_value(raw: &str) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    if memchr::memchr3(b'&', b'\r', 0, bytes).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut decoded = String::with_capacity(raw.len());
    let (mut at, mut kept) = (0, 0);
    while let Some(next) = memchr::memchr3(b'&', b'\r', 0, &bytes[at..]).map(|found| at + found) {
        at = next + 1;
        let reference = if bytes[next] == b'&' { reference_at(bytes, next, true) } else { None };
        if bytes[next] == b'&' && reference.is_none() {
            continue;
        }
        decoded.push_str(&raw[kept..next]);
        match bytes[next] {
            b'\r' => {
                decoded.push('\n');
                at += usize::from(bytes.get(at) == Some(&b'\n'));
            }
            0 => decoded.push('\u{FFFD}'),
            _ => {
                if let Some(reference) = reference {
                    decoded.extend(reference.chars());
                    at = next + reference.len();
                }
            }
        }
        kept = at;
    }
    decoded.push_str(&raw[kept..]);
    Cow::Owned(decoded)
}

/// Iterates over the attributes of one tag in the order written, duplicates included.
///
/// ```
/// let fragment = blackbar::html::tokenize("<a HREF=\"?a&amp;b\" title>");
/// let mut attributes = fragment.attributes(&fragment.tokens()[0]);
/// let href = attributes.next().unwrap();
/// assert_eq!(href.canonical_name(fragment.source()), "href");
/// assert_eq!(href.decoded_value(fragment.source()), "?a&b");
/// assert!(attributes.next().is_some_and(|title| title.value.is_empty()));
/// ```
#[derive(Clone)]
pub struct Attributes<'s> {
    bytes: &'s [u8],
    at: usize,
}

impl<'s> Attributes<'s> {
    /// Begins after the name of a tag, at `at`.
    pub(super) fn new(bytes: &'s [u8], at: usize) -> Self {
        Self { bytes, at }
    }
}

impl std::fmt::Debug for Attributes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attributes").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        match step(self.bytes, self.at) {
            Step::Attribute(attribute, end, _) => {
                self.at = end;
                Some(attribute)
            }
            Step::Close { .. } | Step::CutOff => None,
        }
    }
}

/// What comes next inside a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An attribute, where it ends, and whether there is a `<` in it.
    Attribute(Attribute, usize, bool),
    /// The end of the tag: the offset after `>`.
    Close { end: usize, self_closing: bool },
    /// The input ends inside the tag.
    CutOff,
}

/// The white space of the standard; a carriage return counts, since it would have become a line feed.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}

/// The end of a tag or attribute name: white space, `/` or `>`.
pub(crate) const fn ends_name(byte: u8) -> bool {
    is_space(byte) || byte == b'/' || byte == b'>'
}

/// Reads on from `at`, which is in the "before attribute name" or "after attribute value" state.
#[inline(always)]
fn step(bytes: &[u8], at: usize) -> Step {
    match usual_attribute(bytes, at) {
        Some(Usual { name, value }) => Step::Attribute(Attribute { name, value: value.clone() }, value.end + 1, false),
        None => attribute_or_end(bytes, at),
    }
}

/// An attribute as nearly all are written: a space, a name of up to fifteen letters, `=`,
/// a value in double quotes and no `<` in it.
pub(super) struct Usual {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

/// Reads an attribute if it is a usual one. (Asking for it first saves a third of the cost of an attribute.)
#[inline(always)]
pub(super) fn usual_attribute(bytes: &[u8], at: usize) -> Option<Usual> {
    let rest = bytes.get(at..)?;
    if rest.first() != Some(&b' ') {
        return None;
    }
    let len = match short_name(rest, 1) {
        ShortName::Stopped { len: len @ 1.., stop: b'=', .. } => len,
        ShortName::Stopped { .. } => return None,
        ShortName::Longer(_) => match short_name(rest, 9) {
            ShortName::Stopped { len, stop: b'=', .. } => 8 + len,
            _ => return None,
        },
    };
    if rest.get(len + 2) != Some(&b'"') {
        return None;
    }
    let name = at + 1..at + 1 + len;
    let value = name.end + 2;
    let ends = |byte: Lanes| byte.is(b'"') | byte.is(b'<');
    // The first quote is that before the value. A short value ends in the same sixteen bytes,
    // and to find it there does not wait for where the name ends.
    let end = match rest.first_chunk().map(|block| ends(Lanes::new(block)).second()) {
        Some(Some(end)) => at + end,
        _ => until_end(bytes, value.max(at + LANES), |byte, _| ends(byte)),
    };
    if bytes.get(end) != Some(&b'"') {
        return None;
    }
    Some(Usual { name, value: value..end })
}

/// An attribute, however it is written, or the end of the tag.
#[inline(always)]
pub(super) fn attribute_or_end(bytes: &[u8], at: usize) -> Step {
    if bytes.get(at..).is_some_and(|rest| rest.starts_with(b" />")) {
        return Step::Close { end: at + 3, self_closing: true };
    }
    attribute_or_any_end(bytes, at)
}

/// The same, without trying ` />` first.
#[inline(never)]
fn attribute_or_any_end(bytes: &[u8], mut at: usize) -> Step {
    loop {
        match bytes.get(at) {
            None => return Step::CutOff,
            Some(b'>') => return Step::Close { end: at + 1, self_closing: false },
            Some(b'/') if bytes.get(at + 1) == Some(&b'>') => return Step::Close { end: at + 2, self_closing: true },
            Some(b'/') => at += 1,
            Some(&byte) if is_space(byte) => at += 1,
            Some(_) => break,
        }
    }
    // (A `<` is looked for on the way: another look at each attribute took a fourteenth of the cost of a tag full of
    // unusual ones.)
    let (name, mut has_less_than) = match letters_end(bytes, at) {
        // An attribute such as `hidden`, at the end of its tag.
        Some(end) if bytes.get(end) == Some(&b'>') => {
            return Step::Attribute(Attribute { name: at..end, value: end..end }, end, false);
        }
        Some(end) => (at..end, false),
        None => {
            let end = name_end(bytes, at);
            (at..end, bytes[at..end].contains(&b'<'))
        }
    };
    at = name.end;
    let mut value_at = at;
    while bytes.get(value_at).is_some_and(|&byte| is_space(byte)) {
        value_at += 1;
    }
    if bytes.get(value_at) != Some(&b'=') {
        return Step::Attribute(Attribute { name, value: at..at }, at, has_less_than);
    }
    at = value_at + 1;
    while bytes.get(at).is_some_and(|&byte| is_space(byte)) {
        at += 1;
    }
    let (value, end) = match bytes.get(at) {
        None => return Step::CutOff,
        Some(b'>') => (at..at, at),
        Some(&quote @ (b'"' | b'\'')) => {
            let mut end = until_end(bytes, at + 1, |byte, _| byte.is(quote) | byte.is(b'<'));
            if bytes.get(end) == Some(&b'<') {
                has_less_than = true;
                end = until_end(bytes, end, |byte, _| byte.is(quote));
            }
            if end == bytes.len() {
                return Step::CutOff;
            }
            (at + 1..end, end + 1)
        }
        Some(_) => {
            let start = at;
            while let Some(&byte) = bytes.get(at).filter(|&&byte| !is_space(byte) && byte != b'>') {
                has_less_than |= byte == b'<';
                at += 1;
            }
            (start..at, at)
        }
    };
    Step::Attribute(Attribute { name, value }, end, has_less_than)
}

/// Where the attribute name that begins at `at` ends, if it is no more than seven letters and the like, none of them
/// a `<`.
#[inline(always)]
fn letters_end(bytes: &[u8], at: usize) -> Option<usize> {
    match short_name(bytes, at) {
        ShortName::Stopped { len: len @ 1.., stop, .. } if stop == b'=' || ends_name(stop) => Some(at + len),
        _ => None,
    }
}

/// Where the attribute name that begins at `at` ends. A `=` in the first place belongs to the name.
#[inline(always)]
fn name_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while bytes.get(end).is_some_and(|&byte| !ends_name(byte) && byte != b'=') {
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// The short ways read what the long way reads.
    #[test]
    fn usual_attributes_are_attributes_like_any() {
        let units = [
            " ", "\n", "/", ">", "=", "\"", "'", "<", "a", "HREF", "class", "data-x", "longestname", "é", "\0", "@",
            "x y", "=\"", "\" ", " a=\"b\"", "&quot;",
        ];
        let (mut random, mut usual_ones) = (Random::new(5), 0);
        for _ in 0..50_000 {
            let tag = random.text(8, &units);
            for at in (0..tag.len()).filter(|&at| tag.is_char_boundary(at)) {
                usual_ones += usize::from(usual_attribute(tag.as_bytes(), at).is_some());
                assert_eq!(step(tag.as_bytes(), at), attribute_or_any_end(tag.as_bytes(), at), "{tag:?} at {at}");
            }
        }
        assert!(usual_ones > 3_000, "{usual_ones}");
    }
}
