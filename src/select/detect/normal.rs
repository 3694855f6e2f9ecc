//! The text that detectors read: what people see, in as few characters as possible.
//!
//! Soft hyphens and zero-width characters are gone, digits of other scripts and full-width forms are ASCII, every
//! kind of space is a space and every kind of hyphen in a number a hyphen.

use std::ops::Range;

use crate::select::chars::{ascii_digit, first, is_unseen};
use crate::select::folded::Folded;
use crate::until::{is_uneven, until_end};

/// What white space in a haystack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// As written: a chat message. A line end ends a number.
    Kept,
    /// As in HTML outside of `pre`: a run of ASCII white space is one space, also if it holds line ends.
    Collapsed,
}

/// A text and the way back to its source.
pub(super) enum Normal<'h> {
    Same(&'h str),
    Changed(Folded),
}

impl<'h> Normal<'h> {
    pub(super) fn new(source: &'h str, space: Space) -> Self {
        if plain_len(source, space) == source.len() {
            return Self::Same(source);
        }
        let mut normal = Folded::with_capacity(source.len());
        let mut rest = source;
        loop {
            let (plain, tail) = rest.split_at(plain_len(rest, space));
            normal.bytewise(source.len() - rest.len(), plain.as_bytes());
            rest = tail;
            let at = source.len() - rest.len();
            let Some(c) = first(rest) else { break };
            let mut len = c.len_utf8();
            if space == Space::Collapsed && c.is_ascii_whitespace() {
                len = rest.find(|c: char| !c.is_ascii_whitespace()).unwrap_or(rest.len());
                normal.whole(at..at + len, b" ");
            } else if let Some(to) = change(c, normal.bytes().last()) {
                if !is_unseen(c) {
                    normal.whole(at..at + len, &[to]);
                }
            } else {
                normal.bytewise(at, rest.get(..len).unwrap_or_default().as_bytes());
            }
            rest = rest.get(len..).unwrap_or_default();
        }
        Self::Changed(normal)
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Same(text) => text,
            // Only whole characters were added.
            Self::Changed(normal) => std::str::from_utf8(normal.bytes()).unwrap_or_default(),
        }
    }

    /// Reports the part of the source that `range` stands for; with `parts`,
    /// in several parts that leave out what was dropped.
    pub(super) fn to_source(&self, range: &Range<usize>, parts: bool, report: &mut impl FnMut(Range<usize>)) {
        match self {
            Self::Same(_) => report(range.clone()),
            Self::Changed(normal) if parts => normal.to_source_parts(range, report),
            Self::Changed(normal) => report(normal.to_source(range)),
        }
    }
}

/// How many bytes at the start of `text` stay as they are.
fn plain_len(text: &str, space: Space) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at = match space {
            Space::Kept => until_end(bytes, at, |byte, _| byte.at_least(0xC0)),
            Space::Collapsed => until_end(bytes, at, |byte, next| byte.at_least(0xC0) | is_uneven(byte, next)),
        };
        // What is not ASCII mostly comes in rows.
        while let Some(c) = text.get(at..).and_then(first) {
            if is_special(c, bytes.get(at + 1), space) {
                return at;
            }
            at += c.len_utf8();
            if c.is_ascii() {
                break;
            }
        }
        if at == bytes.len() {
            return at;
        }
    }
}

/// Whether a character may be read as another one; `next` is the byte after it.
fn is_special(c: char, next: Option<&u8>, space: Space) -> bool {
    match c {
        ' ' => space == Space::Collapsed && next.is_some_and(u8::is_ascii_whitespace),
        _ if c.is_ascii() => space == Space::Collapsed && c.is_ascii_whitespace(),
        _ => change(c, Some(&b' ')).is_some(),
    }
}

/// The ASCII character that `c` is read as after `last`, or nothing if it stays. Ignorable ones are read as NUL.
fn change(c: char, last: Option<&u8>) -> Option<u8> {
    let code = u32::from(c);
    let hyphen = || last.filter(|b| matches!(b, b'0'..=b'9' | b' ' | b')')).map(|_| b'-');
    match c {
        '\0'..='\u{7f}' => None,
        // What a keyboard for Japanese gives for a hyphen.
        '\u{30fc}' => hyphen(),
        // The short way for most letters: Latin, Greek, Cyrillic, Hebrew; Han, kana, Hangul.
        '\u{ae}'..='\u{34e}' | '\u{350}'..='\u{61b}' | '\u{3001}'..='\u{fdff}' => None,
        _ if is_unseen(c) => Some(0),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(b' '),
        // In a number only: in prose, a dash ends a URL.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => hyphen(),
        // Full-width forms of the printable ASCII characters.
        '\u{ff01}'..='\u{ff5e}' => Some((code - 0xff01) as u8 + b'!'),
        // Mathematical digits: five alphabets in a row.
        '\u{1d7ce}'..='\u{1d7ff}' => Some(((code - 0x1d7ce) % 10) as u8 + b'0'),
        _ => ascii_digit(c).map(|digit| digit as u8),
    }
}
