//! What a redaction took away, as text: gathered from the source and the edits, and kept nowhere.

use std::ops::Range;

use zeroize::Zeroizing;

use super::view::separates;
use crate::edit::Edits;
use crate::html::{Fragment, reference_at};

/// The removed texts, one for each stretch of an inline run. Cleared from memory when dropped.
#[derive(Default)]
pub(crate) struct Texts {
    /// Filled without growing, so that no copy is left behind.
    buffer: Zeroizing<String>,
    ends: Vec<usize>,
}

impl Texts {
    /// The texts that `edits` took out of an HTML body.
    pub(crate) fn of_html(source: &Fragment<'_>, edits: &Edits) -> Self {
        let mut gather = Gather::new(edits);
        for (index, token) in source.tokens().iter().enumerate() {
            if source.is_read(index) {
                gather.text(source.source(), source.content(token), token.may_have_references());
            } else if separates(token) {
                gather.end();
            }
        }
        gather.finish()
    }

    /// The texts that `edits` took out of a plain text.
    pub(crate) fn of_text(source: &str, edits: &Edits) -> Self {
        let mut gather = Gather::new(edits);
        gather.text(source, 0..source.len(), false);
        gather.finish()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.buffer[std::mem::replace(&mut start, end)..end])
    }
}

struct Gather {
    texts: Texts,
    edits: Vec<Range<usize>>,
    /// The first edit that may touch what comes next.
    next: usize,
}

impl Gather {
    fn new(edits: &Edits) -> Self {
        let edits: Vec<_> = edits.iter().map(|edit| edit.range).collect();
        let bytes: usize = edits.iter().map(|range| range.len() + 1).sum();
        // Two references stand for one byte more than they are written with: `&nLt;` and `&nGt;`.
        let buffer = Zeroizing::new(String::with_capacity(bytes + bytes / 4));
        Self { texts: Texts { buffer, ends: Vec::new() }, edits, next: 0 }
    }

    /// Takes the removed parts of text at `range`. Kept text between two of them ends the first, unless it is blank: by
    /// some policies white space stays.
    fn text(&mut self, source: &str, range: Range<usize>, has_references: bool) {
        let mut at = range.start;
        while at < range.end {
            while self.edits.get(self.next).is_some_and(|edit| edit.end <= at) {
                self.next += 1;
            }
            let edit = self.edits.get(self.next).cloned().unwrap_or(range.end..range.end);
            let kept = &source[at..edit.start.clamp(at, range.end)];
            self.kept(kept);
            at += kept.len();
            let removed = &source[at..edit.end.clamp(at, range.end)];
            at += removed.len();
            push_decoded(&mut self.texts.buffer, removed, has_references);
        }
    }

    fn kept(&mut self, kept: &str) {
        if !kept.trim().is_empty() {
            self.end();
        } else if !kept.is_empty() && !self.is_at_start() && !self.texts.buffer.ends_with(' ') {
            self.texts.buffer.push(' ');
        }
    }

    fn is_at_start(&self) -> bool {
        self.texts.buffer.len() == self.texts.ends.last().copied().unwrap_or(0)
    }

    fn end(&mut self) {
        if !self.is_at_start() {
            self.texts.ends.push(self.texts.buffer.len());
        }
    }

    fn finish(mut self) -> Texts {
        self.end();
        self.texts
    }
}

/// Adds the characters of text as written in HTML.
fn push_decoded(buffer: &mut String, text: &str, has_references: bool) {
    let bytes = text.as_bytes();
    let (mut at, mut kept) = (0, 0);
    while let Some(next) = memchr::memchr(b'&', &bytes[at..]).map(|found| at + found).filter(|_| has_references) {
        at = next + 1;
        if let Some(reference) = reference_at(bytes, next, false) {
            buffer.push_str(&text[kept..next]);
            buffer.extend(reference.chars());
            at = next + reference.len;
            kept = at;
        }
    }
    buffer.push_str(&text[kept..]);
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::edit::EditsBuilder;
    use crate::html::tokenize;

    #[test]
    fn no_reference_makes_the_buffer_grow() {
        for entity in entities::ENTITIES.iter() {
            let source = entity.entity.repeat(9);
            let mut edits = EditsBuilder::new(source.len(), 0, 0);
            edits.grow(0..source.len());
            let edits = edits.finish();
            let texts = Texts::of_html(&tokenize(&source), &edits);
            let room = source.len() + 1;
            assert!(texts.buffer.len() <= room + room / 4, "{}", entity.entity);
        }
    }
}
