//! Decoded text with a map back to the bytes that it came from.

use std::borrow::Cow;
use std::ops::Range;

use super::fragment::Fragment;
use super::reference::{last_ampersand, reference_at};
use super::token::{Kind, TextKind, Token};
use crate::until::until_end;

/// A text with a line feed for each line end (13.2.3.5).
pub(crate) fn line_feeds(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A stretch of decoded text and the source bytes that it stands for.
#[derive(Clone, Copy)]
pub(crate) struct TextPiece {
    /// Where it begins in the decoded text.
    pub(crate) text: usize,
    /// Its length there; 0 for a row of NULs that HTML drops.
    pub(crate) text_len: usize,
    /// Where it begins in the source.
    pub(crate) source: usize,
    /// Its length there.
    pub(crate) source_len: usize,
    /// Whether the text is the source, byte for byte, with a line feed for each carriage return; otherwise it is one
    /// reference, line end of two bytes or NUL and has no inside, or a row of NULs.
    pub(crate) is_verbatim: bool,
}

impl TextPiece {
    /// Where it ends in the decoded text.
    #[inline]
    pub(crate) fn text_end(&self) -> usize {
        self.text + self.text_len
    }

    /// Where it ends in the source.
    #[inline]
    pub(crate) fn source_end(&self) -> usize {
        self.source + self.source_len
    }

    /// The part of its source that stands for `text`, a range of the decoded text; all of it if it has no inside.
    pub(crate) fn source_of(&self, text: &Range<usize>) -> Range<usize> {
        if !self.is_verbatim {
            return self.source..self.source_end();
        }
        let start = text.start.max(self.text) - self.text;
        let end = text.end.min(self.text_end()).saturating_sub(self.text);
        self.source + start..self.source + end.max(start)
    }

    /// Whether HTML drops it, as it does NULs.
    pub(crate) fn is_dropped(&self) -> bool {
        self.text_len == 0
    }
}

/// Text of one or more tokens, decoded, with the piece of source behind each part.
#[derive(Default)]
pub(crate) struct TextMap {
    text: String,
    pieces: Vec<TextPiece>,
}

impl TextMap {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn pieces(&self) -> &[TextPiece] {
        &self.pieces
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Adds a line feed that stands for nothing in the source.
    pub(crate) fn push_separator(&mut self) {
        self.text.push('\n');
    }

    /// Adds plain text, in which nothing is decoded.
    pub(crate) fn push_plain(&mut self, text: &str) {
        self.push_verbatim(text, 0, false);
    }

    /// Adds the characters of a text token as a tree builder gets them (`in_tree`) or as the tokenizer emits them.
    pub(crate) fn push(&mut self, fragment: &Fragment<'_>, token: &Token, in_tree: bool) {
        self.push_from(fragment, token, 0, in_tree);
    }

    /// Adds the characters of the text token at `index` as they stand in a tree: without the line end that HTML drops.
    pub(crate) fn push_read(&mut self, fragment: &Fragment<'_>, index: usize) {
        self.push_from(fragment, &fragment.tokens()[index], fragment.dropped_newline(index), true);
    }

    /// Adds the characters of a text token but for its first `skip` bytes.
    pub(crate) fn push_from(&mut self, fragment: &Fragment<'_>, token: &Token, skip: usize, in_tree: bool) {
        let source = fragment.source();
        let content = fragment.content(token);
        let (start, end) = (content.start + skip, content.end);
        if token.is_even() {
            return self.push_verbatim(source.get(start..end).unwrap_or_default(), start, false);
        }
        let decodes = token.may_have_references();
        // WHATWG 13.2.6.4.7 drops NUL, 13.2.6.5 and the raw text states replace it.
        let nul = match token.kind() {
            Kind::Text(TextKind::Data) | Kind::Cdata if !in_tree => "\0",
            Kind::Text(TextKind::Data) | Kind::Cdata if !token.is_foreign() => "",
            _ => "\u{FFFD}",
        };
        self.push_range(source, start, end, decodes, nul);
    }

    fn push_range(&mut self, source: &str, start: usize, end: usize, decodes: bool, nul: &str) {
        let bytes = &source.as_bytes()[..end];
        let (mut at, mut kept) = (start, start);
        // Whether a carriage return stands between `kept` and `at`.
        let mut returns = false;
        while let Some(next) = next_special(bytes, at) {
            at = next + 1;
            let mut buffer = [0; 8];
            let (text, length) = match bytes[next] {
                b'\r' if bytes.get(at) == Some(&b'\n') => ("\n", 2),
                b'\r' => {
                    returns = true;
                    continue;
                }
                // What HTML drops is one piece, however much it is: there may be nothing else.
                0 if nul.is_empty() => ("", bytes[next..].iter().take_while(|&&byte| byte == 0).count()),
                0 => (nul, 1),
                _ if !decodes => continue,
                _ => match reference_at(bytes, next, false) {
                    Some(reference) => (reference.text(&mut buffer), reference.len()),
                    None => continue,
                },
            };
            self.push_verbatim(source.get(kept..next).unwrap_or_default(), kept, returns);
            self.push_piece(text, next, length, false);
            at = next + length;
            (kept, returns) = (at, false);
        }
        self.push_verbatim(source.get(kept..end).unwrap_or_default(), kept, returns);
    }

    /// Adds text that is as long as its source, a line feed for each carriage return if there are any.
    fn push_verbatim(&mut self, text: &str, source: usize, returns: bool) {
        if returns {
            self.push_piece(&text.replace('\r', "\n"), source, text.len(), true);
        } else if !text.is_empty() {
            self.push_piece(text, source, text.len(), true);
        }
    }

    fn push_piece(&mut self, text: &str, source: usize, source_len: usize, is_verbatim: bool) {
        self.pieces.push(TextPiece { text: self.text.len(), text_len: text.len(), source, source_len, is_verbatim });
        self.text.push_str(text);
    }
}

/// Where the next byte stands that may not stand for itself. Such bytes come in rows more often than by chance.
fn next_special(bytes: &[u8], at: usize) -> Option<usize> {
    let next = match bytes.get(at)? {
        b'&' | b'\r' | 0 => at,
        _ => until_end(bytes, at, |byte, _| byte.is(b'&') | byte.is(b'\r') | byte.is(0)),
    };
    match bytes.get(next)? {
        b'&' => Some(last_ampersand(bytes, next)),
        _ => Some(next),
    }
}
