//! How texts are rewritten before strings are searched in them.

use std::borrow::Cow;
use std::ops::Range;

use crate::lanes::Lanes;
use crate::policy::Policy;
use crate::select::chars::{first, is_ignorable, is_word, may_lead_special};
use crate::select::{case, folded::Folded};
use crate::until::until_end;

/// Stands at both ends of every word when only whole words are searched. No UTF-8 text holds this byte.
const WORD_EDGE: u8 = 0xff;

/// What the search does not tell apart. The same folding is done to the strings and to the text.
#[derive(Clone, Copy)]
pub(super) struct Folding {
    ignore_case: bool,
    whole_words: bool,
    /// Whether white space matters: some string has it.
    spaces: bool,
    /// Whether the ends of the text are to count as white space: some string begins or ends with it.
    pub(super) pad: bool,
}

/// A text ready to be searched.
pub(super) enum Prepared<'h> {
    /// Byte for byte as long as the text.
    Bytewise(Cow<'h, [u8]>),
    /// Rewritten.
    Folded(Folded),
}

impl Folding {
    pub(super) fn new(policy: &Policy, spaces: bool) -> Self {
        Self { ignore_case: policy.ignore_case, whole_words: policy.whole_words, spaces, pad: false }
    }

    /// The same, as strings are folded.
    pub(super) fn unpadded(self) -> Self {
        Self { pad: false, ..self }
    }

    pub(super) fn prepare<'h>(&self, text: &'h str) -> Prepared<'h> {
        if self.whole_words || self.pad || self.plain_len(text) < text.len() {
            return Prepared::Folded(self.fold(text));
        }
        let bytes = text.as_bytes();
        // All of it is ASCII in this case.
        let folded = if self.ignore_case { bytes.to_ascii_lowercase().into() } else { bytes.into() };
        Prepared::Bytewise(folded)
    }

    pub(super) fn fold(&self, text: &str) -> Folded {
        let mut folded = Folded::with_capacity(text.len() + 2);
        let pad = |folded: &mut Folded, at: usize| {
            if self.pad {
                folded.whole(at..at, b" ");
            }
        };
        pad(&mut folded, 0);
        let mut in_word = false;
        let mut rest = text;
        loop {
            // The short way over what folds to itself; word edges need a look at each character.
            if !self.whole_words {
                let (plain, tail) = rest.split_at(self.plain_len(rest));
                folded.bytewise(text.len() - rest.len(), plain.as_bytes());
                rest = tail;
            }
            let at = text.len() - rest.len();
            let Some(c) = first(rest) else { break };
            if is_ignorable(c) {
                rest = rest.trim_start_matches(is_ignorable);
                continue;
            }
            if self.whole_words && is_word(c) != in_word {
                in_word = !in_word;
                folded.whole(at..at, &[WORD_EDGE]);
            }
            let len = if self.spaces && c.is_whitespace() {
                fold_space(rest, at, &mut folded)
            } else {
                self.fold_char(c, at, &mut folded)
            };
            rest = rest.get(len..).unwrap_or_default();
        }
        if in_word {
            folded.whole(text.len()..text.len(), &[WORD_EDGE]);
        }
        pad(&mut folded, text.len());
        if self.ignore_case {
            folded.make_ascii_lowercase();
        }
        folded
    }

    fn fold_char(&self, c: char, at: usize, folded: &mut Folded) -> usize {
        let to = if self.ignore_case { case::fold(c) } else { c };
        let mut utf8 = [0; 4];
        let bytes = to.encode_utf8(&mut utf8).as_bytes();
        if bytes.len() == c.len_utf8() {
            folded.bytewise(at, bytes);
        } else {
            folded.whole(at..at + c.len_utf8(), bytes);
        }
        c.len_utf8()
    }

    /// How many bytes at the start of `text` fold to themselves, but for the case of ASCII letters.
    fn plain_len(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        // A single space between visible ASCII characters is plain.
        let is_space = |byte: Lanes, next: Lanes| {
            byte.at_least(b'\t') & byte.at_most(b'\r') | byte.is(b' ') & (next.at_most(b' ') | next.at_least(0x7F))
        };
        let mut at = 0;
        loop {
            let found = if self.spaces {
                until_end(bytes, at, |byte, next| byte.at_least(0x80) | is_space(byte, next))
            } else {
                until_end(bytes, at, |byte, _| byte.at_least(0x80))
            };
            at = found;
            while let Some(&byte) = bytes.get(at).filter(|byte| !byte.is_ascii()) {
                let is_special = || text.get(at..).and_then(first).is_some_and(|c| self.is_special(c));
                if self.ignore_case || (may_lead_special(byte) && is_special()) {
                    return at;
                }
                at += 1;
            }
            if at == found {
                return at;
            }
        }
    }

    fn is_special(&self, c: char) -> bool {
        is_ignorable(c) || self.spaces && c.is_whitespace()
    }

    /// `hit` without the word edges and padding at its ends, which stand for nothing in the text.
    pub(super) fn trim(&self, bytes: &[u8], hit: &Range<usize>) -> Range<usize> {
        let mut hit = hit.clone();
        if self.pad && hit.start == 0 {
            hit.start = 1;
        }
        if self.pad && hit.end == bytes.len() {
            hit.end -= 1;
        }
        if self.whole_words {
            let edge = |at: usize| bytes.get(at) == Some(&WORD_EDGE);
            hit.start += usize::from(edge(hit.start));
            hit.end -= usize::from(edge(hit.end.saturating_sub(1)));
        }
        hit
    }
}

/// Adds one space for the white space that `text` begins with, and for what the search passes over within it.
fn fold_space(text: &str, at: usize, folded: &mut Folded) -> usize {
    let mut len = 0;
    for (offset, c) in text.char_indices() {
        if c.is_whitespace() {
            len = offset + c.len_utf8();
        } else if !is_ignorable(c) {
            break;
        }
    }
    match text.get(..len) {
        Some(" ") => folded.bytewise(at, b" "),
        _ => folded.whole(at..at + len, b" "),
    }
    len
}
