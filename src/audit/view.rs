//! Text that was gathered or decoded from somewhere, with the way back to where each part of it stands.

use std::ops::Range;

use crate::html::{Class, Name, Token, tokenize};

/// Stands where text was left out, so that nothing is found across the gap. A noncharacter:
/// secrets are searched without it.
pub(super) const GAP: char = '\u{FFFF}';

/// Where the bytes of a text come from: from the first number on, byte by byte, what stands from the second number on.
#[derive(Default)]
struct Origins(Vec<(u32, u32)>);

impl Origins {
    /// Notes that what is at `at` from now on comes from `origin` on.
    fn note(&mut self, at: usize, origin: usize) {
        if self.0.last().is_none_or(|&(text, from)| from as usize + (at - text as usize) != origin) {
            self.0.push((at as u32, origin as u32));
        }
    }

    /// Where the byte at `at` comes from.
    fn of(&self, at: usize) -> usize {
        self.stretches(at..at + 1).next().map_or(0, |(_, origin)| origin)
    }

    /// The stretches of `range`, each with where it begins and where that comes from.
    fn stretches(&self, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
        let first = self.0.partition_point(|&(text, _)| text as usize <= range.start).saturating_sub(1);
        let inside =
            self.0[first.min(self.0.len())..].iter().take_while(move |&&(text, _)| (text as usize) < range.end);
        inside.map(move |&(text, origin)| {
            let start = range.start.max(text as usize);
            (start, origin as usize + (start - text as usize))
        })
    }
}

/// A text, and for each of its bytes the offset that it came from.
#[derive(Default)]
pub(super) struct View {
    text: String,
    origins: Origins,
}

impl View {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), origins: Origins::default() }
    }

    /// A text that stands at `origin`.
    pub(super) fn of(text: &str, origin: usize) -> Self {
        let mut view = Self::default();
        view.push_str(text, origin);
        view
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Where the byte at `at` comes from.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.origins.of(at)
    }

    /// The stretches of `range`, each with where it begins and where that comes from.
    pub(super) fn stretches(&self, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> {
        self.origins.stretches(range)
    }

    pub(super) fn push_str(&mut self, text: &str, origin: usize) {
        if !text.is_empty() {
            self.origins.note(self.text.len(), origin);
            self.text.push_str(text);
        }
    }

    pub(super) fn push(&mut self, c: char, origin: usize) {
        self.origins.note(self.text.len(), origin);
        self.text.push(c);
    }

    /// Adds a part of another text, with where that came from.
    pub(super) fn push_part(&mut self, from: &Self, part: Range<usize>) {
        for (start, origin) in from.origins.stretches(part.clone()) {
            self.origins.note(self.text.len() + (start - part.start), origin);
        }
        self.text.push_str(&from.text[part]);
    }

    /// The text without its tags, read as HTML; nothing if it has none.
    pub(super) fn without_tags(&self) -> Option<Self> {
        let bytes = self.text.as_bytes();
        let opens = |at| bytes.get(at + 1).is_some_and(|byte: &u8| byte.is_ascii_alphabetic() || b"/!".contains(byte));
        if !memchr::memchr_iter(b'<', bytes).any(opens) {
            return None;
        }
        let fragment = tokenize(&self.text);
        let mut plain = Self::with_capacity(self.text.len());
        for (index, token) in fragment.tokens().iter().enumerate() {
            if fragment.is_read(index) {
                plain.push_part(self, fragment.content(token));
            } else if separates(token) {
                plain.push('\n', self.origin(token.start()));
            }
        }
        Some(plain)
    }
}

/// Bytes with their origins, to be read as text.
#[derive(Default)]
pub(super) struct Bytes {
    bytes: Vec<u8>,
    origins: Origins,
}

impl Bytes {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), origins: Origins::default() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// Where the byte at `at` comes from.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.origins.of(at)
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.origins.0.clear();
    }

    pub(super) fn push(&mut self, bytes: &[u8], origin: usize) {
        self.origins.note(self.bytes.len(), origin);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn push_char(&mut self, c: char, origin: usize) {
        self.push(c.encode_utf8(&mut [0; 4]).as_bytes(), origin);
    }

    /// Adds a part of a text, with where that came from.
    pub(super) fn copy(&mut self, view: &View, start: usize, end: usize) {
        for (at, origin) in view.stretches(start..end) {
            self.origins.note(self.bytes.len() + (at - start), origin);
        }
        self.bytes.extend_from_slice(&view.text().as_bytes()[start..end]);
    }

    /// Reads the bytes as UTF-8, and those that are not valid UTF-8 as Latin-1, which old mail is written in.
    pub(super) fn into_view(self) -> View {
        let Self { bytes, origins } = self;
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return View { text, origins },
            Err(error) => error.into_bytes(),
        };
        let mut view = View::with_capacity(bytes.len() * 2);
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                view.push(c, origins.of(at));
                at += c.len_utf8();
            }
            for &byte in chunk.invalid() {
                view.push(char::from(byte), origins.of(at));
                at += 1;
            }
        }
        view
    }
}

/// Whether the text before a token and the text after it are not one word: so it is for all tags but those that text
/// runs through (rule C21) and `wbr`, which only tells where a word may be broken.
pub(super) fn separates(token: &Token) -> bool {
    let name = token.name();
    token.is_tag() && !name.is(Class::PHRASING) && !name.is_unknown() && name != Name::Wbr
}
