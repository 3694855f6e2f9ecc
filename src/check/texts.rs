//! Whether the characters of a result are those that were to be kept, and the masks.

use std::ops::Range;

use super::{Replaced, Walk};
use crate::error::Error;
use crate::gallop::count_first;
use crate::html::{Kind, TextKind, TextMap, Token, reference_at};
use crate::mask::EMPTY_COMMENT;

impl Walk<'_> {
    /// Whether the text that was read last has the characters of the source's at `index` but for what `edits` replaced.
    /// In a `title` or `textarea` there are references, and no comment can keep a label apart
    /// from the beginning of one.
    pub(super) fn has_expected_characters(&self, index: usize, edits: Range<usize>) -> bool {
        let token = &self.source.tokens()[index];
        if edits.is_empty() || token.kind() != Kind::Text(TextKind::Rcdata) {
            return true;
        }
        // (Where all of a long title is masked, the short way saves half of the whole job.)
        let is_plain = self.is_read_byte_by_byte(self.next - 1)
            && self.source.dropped_newline(index) == 0
            && self.joints_hold(token.start(), &self.replaced[edits.clone()]);
        debug_assert!(
            !is_plain || self.has_expected_text(index, edits.clone()),
            "the short way must pass no other text"
        );
        is_plain || self.has_expected_text(index, edits)
    }

    /// The same, by comparing the characters.
    fn has_expected_text(&self, index: usize, edits: Range<usize>) -> bool {
        let mut map = TextMap::default();
        map.push_read(self.result, self.next - 1);
        map.text() == self.expected(&[index], &self.replaced[edits])
    }

    /// The text between the last kept token and the next one, which begins at `end`, must have the same characters but
    /// for the masks.
    pub(super) fn texts(&mut self, texts: &[usize], end: usize) -> Result<(), Error> {
        let result_start = self.in_result(self.last_end);
        let first_edit = self.edit;
        let result_end = self.in_result(end);
        let first = self.next;
        let tokens = self.result.tokens();
        while tokens.get(self.next).is_some_and(|token| token.start() < result_end) {
            self.next += 1;
        }
        let found = &tokens[first..self.next];
        let edits = &self.replaced[first_edit..];
        let edits = &edits[..count_first(edits, |replaced| replaced.source.end <= end)];
        if !self.is_read_in_one_place(texts, found) {
            return Err(self.refuse());
        }
        let may_have_references = |texts: &[usize], found: &Token| {
            let tokens = self.source.tokens();
            found.may_have_references() || texts.iter().any(|&text| tokens[text].may_have_references())
        };
        if let [found] = found
            && found.kind() == Kind::Text(TextKind::Data)
            && found.range() == (result_start..result_end)
            && self.is_read_byte_by_byte(first)
            && texts.iter().all(|&text| self.source.dropped_newline(text) == 0)
            && (!may_have_references(texts, found) || self.joints_hold(self.last_end, edits))
        {
            return Ok(());
        }
        if edits.is_empty() {
            // The same bytes, read from the same state.
            let same = |(index, token): (&usize, &Token)| {
                let kept = &self.source.tokens()[*index];
                kept.range().len() == token.range().len() && kept.is_read_like(token)
            };
            let alike = texts.len() == found.len() && texts.iter().zip(found).all(same);
            return if alike { Ok(()) } else { Err(self.refuse()) };
        }
        if self.expected(texts, edits) == self.found(first..self.next)? { Ok(()) } else { Err(self.refuse()) }
    }

    /// Whether texts of the source, and what the result has in their place, are all in HTML, all in SVG or all in
    /// MathML. Text of HTML that ended up directly in an `svg` would no longer be shown.
    fn is_read_in_one_place(&self, texts: &[usize], found: &[Token]) -> bool {
        let Some((&first, others)) = texts.split_first() else { return true };
        let tokens = self.source.tokens();
        let mut all = others.iter().map(|&text| &tokens[text]).chain(found.iter().filter(|token| token.is_text()));
        all.all(|token| token.is_read_like(&tokens[first]))
    }

    /// Whether the text of the result at `index` is one whose bytes are its characters, but for references. The bytes
    /// were written as they are expected, so there is nothing to compare but that nothing else is read out of them.
    fn is_read_byte_by_byte(&self, index: usize) -> bool {
        let token = &self.result.tokens()[index];
        memchr::memchr2(b'\r', 0, self.result.text(token).as_bytes()).is_none()
            && self.result.dropped_newline(index) == 0
    }

    /// Whether no reference spans a joint: each is the same before and after, and within what was kept or replaced.
    /// What was kept before the first of the edits begins at `kept`.
    fn joints_hold(&self, mut kept: usize, edits: &[Replaced<'_>]) -> bool {
        let source = self.source.source().as_bytes();
        let result = self.result.source().as_bytes();
        edits.iter().all(|edit| {
            let Some(before) = source.get(kept..edit.source.start) else { return false };
            let before = memchr::memrchr(b'&', before).map(|found| kept + found);
            kept = edit.source.end;
            let holds = before.is_none_or(|at| {
                let alone = reference_at(&source[..edit.source.start], at, false);
                let in_result = edit.result.start - (edit.source.start - at);
                alone == reference_at(source, at, false) && alone == reference_at(result, in_result, false)
            });
            let inside = memchr::memrchr(b'&', &source[edit.source.clone()]).map(|found| edit.source.start + found);
            let ends =
                |at: usize| reference_at(source, at, false).is_none_or(|found| at + found.len() <= edit.source.end);
            // A mask is no `&`; what begins with one is a `<` that has become a reference.
            let is_mask = !edit.text.starts_with(['<', '&']);
            holds && is_mask && inside.is_none_or(ends) && source.get(edit.source.end - 1) != Some(&b'\r')
        })
    }

    /// The characters that stay of `texts`, with the replacements as they are to be read.
    fn expected(&self, texts: &[usize], edits: &[Replaced<'_>]) -> String {
        let mut map = TextMap::default();
        texts.iter().for_each(|&index| map.push_read(self.source, index));
        let mut expected = String::with_capacity(map.text().len() * 2);
        let mut edits = edits.iter().peekable();
        let mut replaced = 0;
        for piece in map.pieces() {
            let end = piece.source_end();
            let mut at = piece.source.max(replaced);
            loop {
                while let Some(edit) = edits.next_if(|edit| edit.source.start <= at) {
                    push_read(&mut expected, edit.text);
                    replaced = edit.source.end;
                    at = at.max(replaced);
                }
                let next = edits.peek().map_or(end, |edit| edit.source.start.min(end));
                if at < next {
                    if piece.is_verbatim {
                        expected
                            .push_str(&map.text()[piece.text + at - piece.source..piece.text + next - piece.source]);
                    } else {
                        // All that a reference stands for, even where it is cut: what is found then differs.
                        expected.push_str(&map.text()[piece.text..piece.text_end()]);
                    }
                    at = next;
                }
                if at >= end {
                    break;
                }
            }
        }
        edits.for_each(|edit| push_read(&mut expected, edit.text));
        expected
    }

    /// The characters of the result's tokens in `range`, which are text and empty comments.
    fn found(&self, range: Range<usize>) -> Result<String, Error> {
        let mut map = TextMap::default();
        for index in range {
            let token = &self.result.tokens()[index];
            match token.kind() {
                Kind::Text(TextKind::Data) => map.push_read(self.result, index),
                Kind::Comment if self.result.text(token) == EMPTY_COMMENT => {}
                _ => return Err(self.refuse()),
            }
        }
        Ok(map.into_text())
    }
}

/// Adds what a replacement is to be read as.
fn push_read(text: &mut String, replacement: &str) {
    // Most are nothing but masks, and there may be many.
    if memchr::memchr2(b'<', b'&', replacement.as_bytes()).is_none() {
        text.push_str(replacement);
    } else {
        text.extend(read(replacement));
    }
}

/// How a replacement is to be read: empty comments are no text, and `&lt;` is one character. A mask holds neither.
fn read(replacement: &str) -> impl Iterator<Item = char> {
    let mut rest = replacement;
    std::iter::from_fn(move || {
        while let Some(after) = rest.strip_prefix(EMPTY_COMMENT) {
            rest = after;
        }
        if let Some(after) = rest.strip_prefix("&lt;") {
            rest = after;
            return Some('<');
        }
        let mut chars = rest.chars();
        let next = chars.next();
        rest = chars.as_str();
        next
    })
}
