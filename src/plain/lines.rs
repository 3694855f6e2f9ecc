//! Text laid out in lines: white space as CSS processes it, and required line breaks as `innerText` does.

use std::ops::Range;

use super::MapPiece;
use super::scan::words_end;
use super::visitor::Characters;
use crate::html::{Reference, last_ampersand, reference_at};
use crate::until::until;

/// What wants to know where the text comes from. `()` does not, and costs nothing.
pub(super) trait Trace: Default {
    /// The next `len` bytes of the text, which begin at `text`, stand for `source`.
    fn piece(&mut self, text: usize, len: usize, source: Range<usize>);

    /// The last byte of the text, a space, is taken back.
    fn take_back(&mut self);
}

impl Trace for () {
    #[inline]
    fn piece(&mut self, _text: usize, _len: usize, _source: Range<usize>) {}

    #[inline]
    fn take_back(&mut self) {}
}

impl Trace for Vec<MapPiece> {
    fn piece(&mut self, text: usize, len: usize, source: Range<usize>) {
        self.push(MapPiece { text: text..text + len, source });
    }

    fn take_back(&mut self) {
        match self.last_mut() {
            Some(MapPiece { text, source }) if text.len() > 1 => {
                text.end -= 1;
                source.end -= 1;
            }
            _ => drop(self.pop()),
        }
    }
}

/// Writes text line by line.
#[derive(Default)]
pub(super) struct Lines<T> {
    text: String,
    trace: T,
    /// The largest of the required line breaks since the last characters (3.2.7, `innerText`, step 6).
    breaks: u8,
    line: Line,
    /// Where collapsed white space stands that waits for required line breaks.
    space: Range<usize>,
}

/// What the line at hand ends in.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Line {
    /// Nothing, so white space that collapses is removed (CSS Text 3, 4.1.2, rule 1).
    #[default]
    Start,
    Content,
    /// White space that is removed if nothing follows on the line (rule 4). It is written already, unless required line
    /// breaks come before it: those are not written before something else is. (Writing it with the words before it, and
    /// taking it back at the end of a line, saved a tenth of the instructions of plain text.)
    Space,
}

impl<T: Trace> Lines<T> {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), ..Self::default() }
    }

    /// The text. Required line breaks at its end are dropped (step 5).
    pub(super) fn finish(mut self) -> (String, T) {
        self.finish_line();
        (self.text, self.trace)
    }

    /// A required line break count: a block begins or ends.
    #[inline(always)]
    pub(super) fn require_breaks(&mut self, count: u8) {
        self.finish_line();
        self.breaks = self.breaks.max(count);
    }

    /// A character that ends the line: what `<br>`, the end of a cell or of a row leave.
    pub(super) fn end_line(&mut self, end: char) {
        self.finish_line();
        if self.breaks != 0 {
            self.write_breaks();
        }
        self.text.push(end);
    }

    /// Something on the line that is not text, such as an image.
    pub(super) fn object(&mut self) {
        if self.breaks != 0 && self.line == Line::Space {
            self.write_pending();
        }
        self.line = Line::Content;
    }

    /// The inside of a block that stands in the line begins.
    pub(super) fn begin_inner(&mut self) {
        self.object();
        self.line = Line::Start;
    }

    /// The inside of a block that stands in the line ends.
    pub(super) fn end_inner(&mut self) {
        self.finish_line();
        self.line = Line::Content;
    }

    /// Whether white space that collapses would be removed.
    #[inline]
    pub(super) fn drops_space(&self) -> bool {
        self.line != Line::Content
    }

    /// Words with single spaces in between, and perhaps around. The first byte stands at `start` in the source.
    #[inline(always)]
    pub(super) fn words(&mut self, text: &str, start: usize, preserves: bool) {
        if preserves {
            return self.write(text, start..start + text.len());
        }
        self.write_even(text, start);
    }

    /// The same, with character references among the words, where white space collapses. Not for preserved text, see
    /// [`Lines::preserve`].
    #[inline(never)]
    pub(super) fn words_with_references(&mut self, source: &str, Range { start: mut words, end }: Range<usize>) {
        let bytes = source.as_bytes();
        let mut at = words;
        loop {
            at = until(bytes, at..end, |byte, _| byte.is(b'&'));
            let reference = if at < end { reference_at(bytes, at, false) } else { None };
            if at < end && reference.is_none() {
                at = last_ampersand(bytes, at).max(at + 1);
                continue;
            }
            match source.get(words..at).unwrap_or_default() {
                " " => self.space(words..at),
                text => self.write_even(text, words),
            }
            let Some(reference) = reference else { return };
            words = at + reference.len();
            self.reference(&reference, at..words);
            at = words;
        }
    }

    /// Words with single spaces in between, perhaps around, and not a space alone.
    #[inline(always)]
    fn write_even(&mut self, text: &str, start: usize) {
        debug_assert!(words_end(text.as_bytes(), 0..text.len(), false) == text.len(), "a text is as even as it says");
        match text.strip_prefix(' ').filter(|_| self.line != Line::Content) {
            Some(text) => self.write_words(text, start + 1),
            None => self.write_words(text, start),
        }
    }

    fn reference(&mut self, reference: &Reference, source: Range<usize>) {
        match reference.only_char() {
            Some(' ' | '\t' | '\n' | '\r') => self.space(source),
            Some(c) => self.write_char(c, source),
            None => self.write(reference.text(&mut [0; 8]), source),
        }
    }

    /// Characters with `white-space: normal`: runs of spaces, tabs and line ends are one space (CSS Text 3, 4.1.1).
    pub(super) fn collapse(&mut self, source: &str, characters: &Characters) {
        let Range { start: mut at, end } = characters.range;
        let bytes = source.as_bytes();
        loop {
            if self.line != Line::Content {
                at = spaces_end(bytes, at..end);
            }
            let start = at;
            at = words_end(bytes, start..end, characters.decodes);
            match source.get(start..at).unwrap_or_default() {
                "" => {}
                " " => self.space(start..at),
                words => self.write_words(words, start),
            }
            let Some(&byte) = bytes.get(at).filter(|_| at < end) else { return };
            let start = at;
            at += 1;
            let is_reference = byte == b'&' && characters.decodes;
            if is_space(byte) {
                at = spaces_end(bytes, at..end);
                self.space(start..at);
            } else if byte == 0 && !characters.replaces_nul {
                at = until(bytes, at..end, |byte, _| byte.at_least(1));
            } else if let Some(reference) = if is_reference { reference_at(bytes, start, false) } else { None } {
                at = start + reference.len();
                self.reference(&reference, start..at);
            } else {
                // NUL is dropped or replaced. Other controls, and what is only an ampersand, are characters like any.
                if is_reference {
                    at = at.max(last_ampersand(&bytes[..end], start));
                }
                let text = if byte == 0 { characters.nul() } else { source.get(start..at).unwrap_or_default() };
                self.write(text, start..at);
            }
        }
    }

    /// Characters with `white-space: pre`: as they are.
    pub(super) fn preserve(&mut self, source: &str, characters: &Characters) {
        let Range { start: mut at, end } = characters.range;
        let bytes = source.as_bytes();
        let mut kept = at;
        loop {
            let next = until(bytes, at..end, |byte, _| byte.is(b'&') | byte.is(b'\r') | byte.is(0));
            let Some(&byte) = bytes.get(next).filter(|_| next < end) else { break };
            at = next + 1;
            if byte == b'&' {
                let reference = if characters.decodes { reference_at(bytes, next, false) } else { None };
                if let Some(reference) = reference {
                    self.write_preserved(source.get(kept..next).unwrap_or_default(), kept..next);
                    at = next + reference.len();
                    self.write_reference(&reference, next..at);
                    kept = at;
                }
                continue;
            }
            self.write_preserved(source.get(kept..next).unwrap_or_default(), kept..next);
            let text = if byte == b'\r' {
                // The input stream has no carriage returns (13.2.3.5).
                at += usize::from(bytes.get(at) == Some(&b'\n'));
                "\n"
            } else {
                characters.nul()
            };
            self.write_preserved(text, next..at);
            kept = at;
        }
        self.write_preserved(source.get(kept..end).unwrap_or_default(), kept..end);
    }

    /// A reference where white space is preserved.
    fn write_reference(&mut self, reference: &Reference, source: Range<usize>) {
        match reference.only_char() {
            Some(c) if c != '\n' => self.write_char(c, source),
            _ => self.write_preserved(reference.text(&mut [0; 8]), source),
        }
    }

    #[inline]
    fn space(&mut self, source: Range<usize>) {
        if self.line == Line::Content {
            self.line = Line::Space;
            if self.breaks == 0 {
                self.trace.piece(self.text.len(), 1, source);
                self.text.push(' ');
            } else {
                self.space = source;
            }
        }
    }

    /// Words with single spaces in between, perhaps one before and one after, and not a space alone.
    #[inline(always)]
    fn write_words(&mut self, words: &str, start: usize) {
        self.write(words, start..start + words.len());
        if words.ends_with(' ') {
            self.line = Line::Space;
        }
    }

    #[inline(always)]
    fn write(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        if self.breaks != 0 {
            self.write_pending();
        }
        self.trace.piece(self.text.len(), text.len(), source);
        self.text.push_str(text);
        self.line = Line::Content;
    }

    #[inline]
    fn write_char(&mut self, c: char, source: Range<usize>) {
        if self.breaks != 0 {
            self.write_pending();
        }
        self.trace.piece(self.text.len(), c.len_utf8(), source);
        self.text.push(c);
        self.line = Line::Content;
    }

    fn write_preserved(&mut self, text: &str, source: Range<usize>) {
        if text.starts_with('\n') {
            self.finish_line();
        }
        self.write(text, source);
        if text.ends_with('\n') {
            self.line = Line::Start;
        }
    }

    /// Writes what had to wait for something to follow.
    #[inline(never)]
    fn write_pending(&mut self) {
        self.write_breaks();
        if self.line == Line::Space {
            self.trace.piece(self.text.len(), 1, self.space.clone());
            self.text.push(' ');
        }
    }

    /// Takes back the white space that the line ends in.
    #[inline]
    fn finish_line(&mut self) {
        if self.line == Line::Space && self.breaks == 0 {
            self.text.pop();
            self.trace.take_back();
        }
        self.line = Line::Start;
    }

    /// Required line breaks at the start are dropped (step 5); others become as many line feeds as the largest says.
    fn write_breaks(&mut self) {
        if !self.text.is_empty() {
            for _ in 0..self.breaks {
                self.text.push('\n');
            }
        }
        self.breaks = 0;
    }
}

/// White space that collapses: CSS Text 3, 4.1, where a carriage return counts as a space.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The end of the white space at the start of `range`.
#[inline]
fn spaces_end(bytes: &[u8], Range { start: mut at, end }: Range<usize>) -> usize {
    while at < end && bytes.get(at).is_some_and(|&byte| is_space(byte)) {
        at += 1;
    }
    at
}
