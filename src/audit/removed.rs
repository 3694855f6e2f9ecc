//! What a redaction took away, as text: gathered from the source and the edits, and kept nowhere.

use std::ops::Range;

use zeroize::Zeroizing;

use super::items::{names_person, person_of};
use super::view::separates;
use crate::edit::{Chosen, Edits, Ranges, ValueHit};
use crate::html::{Attribute, Fragment, Token, push_decoded, reference_at};
use crate::select::is_ignorable;

/// The removed texts. Cleared from memory when dropped.
#[derive(Default)]
pub(crate) struct Texts {
    /// Filled without growing, so that no copy is left behind.
    buffer: Zeroizing<String>,
    /// The texts: one for each range of an inline run, then the addresses that HTML takes for tags, then what was found
    /// in attributes.
    parts: Vec<Part>,
    /// The rows of texts with white space between that stays.
    rows: Vec<Range<usize>>,
}

struct Part {
    range: Range<usize>,
    /// Whether it is a hit of a detector of which something is kept.
    is_hit: bool,
}

impl Texts {
    /// The texts that `edits` took out of an HTML body.
    pub(crate) fn of_html(source: &Fragment<'_>, edits: &Edits, chosen: &Chosen) -> Self {
        let mut gather = Gather::new(source.source(), edits, chosen, true);
        let mut addresses = Vec::new();
        for (index, token) in source.tokens().iter().enumerate() {
            if source.is_read(index) {
                gather.text(source.source(), source.content(token), token.may_have_references());
            } else if separates(token) {
                gather.end_row();
            } else if let Some(address) = address(source, token)
                && gather.has_gone(&token.range())
            {
                addresses.push(address);
            }
        }
        gather.end_row();
        for address in addresses {
            gather.address(address);
        }
        for hits in chosen.in_values.chunk_by(|one, other| one.value == other.value) {
            gather.value(source.source(), hits);
        }
        gather.texts
    }

    /// The texts that `edits` took out of a plain text.
    pub(crate) fn of_text(source: &str, edits: &Edits, chosen: &Chosen) -> Self {
        let mut gather = Gather::new(source, edits, chosen, false);
        gather.text(source, 0..source.len(), false);
        gather.end_row();
        gather.texts
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| self.part(&part.range))
    }

    /// The texts that are hits of a detector of which something is kept.
    pub(super) fn hits(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(|part| part.is_hit).map(|part| self.part(&part.range))
    }

    /// The other texts, and those that stand in a row as one.
    pub(super) fn others(&self) -> impl Iterator<Item = &str> {
        let others = self.parts.iter().filter(|part| !part.is_hit).map(|part| &part.range);
        others.chain(&self.rows).map(|range| self.part(range))
    }

    /// The texts, and those that stand in a row as one: together they may tell what none of them does.
    #[cfg(feature = "serde")]
    pub(crate) fn with_rows(&self) -> impl Iterator<Item = &str> {
        self.hits().chain(self.others())
    }

    /// A part of the buffer without the white space at its edges, and without a `<` there:
    /// that may be kept text that had to be written `&lt;` (C35).
    fn part(&self, range: &Range<usize>) -> &str {
        self.buffer[range.clone()].trim_matches(|c: char| c.is_whitespace() || c == '<')
    }
}

struct Gather<'c> {
    texts: Texts,
    /// What went from the source.
    gone: Vec<Range<usize>>,
    /// The first of it that may touch what comes next.
    next: usize,
    chosen: &'c Chosen,
    /// Whether NULs are no part of a text, as in HTML.
    drops_nuls: bool,
    /// Where in the source that ends which was gathered last, and whether white space stays after it.
    last: usize,
    is_parted: bool,
    /// Where the row and the text at hand begin in the buffer.
    row: usize,
    text: usize,
    /// Whether the text at hand is a hit of a detector so far.
    is_hit: bool,
}

impl<'c> Gather<'c> {
    fn new(source: &str, edits: &Edits, chosen: &'c Chosen, drops_nuls: bool) -> Self {
        // A mask that is masked again is not removed.
        let changes = edits.iter().filter(|edit| source.get(edit.range.clone()) != Some(edit.replacement));
        let changes = changes.map(|edit| edit.range).chain(chosen.wholes.as_slice().iter().cloned());
        let gone = Ranges::from_unsorted(changes.collect()).into_vec();
        let in_values: usize = chosen.in_values.iter().map(|hit| hit.end.0 - hit.start).sum();
        let bytes: usize = in_values + gone.iter().map(|range| range.len() + 1).sum::<usize>();
        // Two references stand for one byte more than they are written with: `&nLt;` and `&nGt;`.
        let buffer = Zeroizing::new(String::with_capacity(bytes + bytes / 4));
        let texts = Texts { buffer, ..Texts::default() };
        Self { texts, gone, next: 0, chosen, drops_nuls, last: 0, is_parted: false, row: 0, text: 0, is_hit: true }
    }

    /// Takes the removed parts of text at `range`. Kept text between two of them ends the first, unless it is blank.
    fn text(&mut self, source: &str, range: Range<usize>, has_references: bool) {
        let mut at = range.start;
        while at < range.end {
            self.pass(at);
            let gone = self.gone.get(self.next).cloned().unwrap_or(range.end..range.end);
            let start = gone.start.clamp(at, range.end);
            self.kept(&source[at..start], has_references);
            at = gone.end.clamp(start, range.end);
            self.removed(source, start..at, has_references);
        }
    }

    fn kept(&mut self, kept: &str, has_references: bool) {
        match has_space(kept, has_references) {
            Some(has_space) => self.is_parted |= has_space && self.row < self.texts.buffer.len(),
            None => self.end_row(),
        }
    }

    fn removed(&mut self, source: &str, removed: Range<usize>, has_references: bool) {
        let text = &source[removed.clone()];
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.is_parted) {
            let end = self.texts.buffer.len();
            let between = self.last..removed.start;
            // By some policies white space in a range stays.
            if !self.chosen.covered.cover(&between) && !self.chosen.hits.cover(&between) {
                self.end_text(end);
                self.text = end + 1;
            }
            self.texts.buffer.push(' ');
        }
        self.is_hit &= self.chosen.wholes.cover(&removed);
        self.last = removed.end;
        push_characters(&mut self.texts.buffer, text, has_references, self.drops_nuls);
    }

    fn end_row(&mut self) {
        let end = self.texts.buffer.len();
        if self.text < end {
            self.end_text(end);
        }
        if self.row < self.text {
            self.texts.rows.push(self.row..end);
        }
        (self.row, self.text, self.is_parted) = (end, end, false);
    }

    fn end_text(&mut self, end: usize) {
        self.texts.parts.push(Part { range: self.text..end, is_hit: std::mem::replace(&mut self.is_hit, true) });
    }

    /// Adds an address, a text of its own; of one that names a person, the person.
    fn address(&mut self, text: &str) {
        let person = person_of(text).map(Zeroizing::new);
        push_characters(&mut self.texts.buffer, person.as_deref().map_or(text, String::as_str), false, true);
        self.is_hit = false;
        self.end_row();
    }

    /// Adds what was found in one attribute, each hit as a text of its own: the tag went for it.
    fn value(&mut self, source: &str, hits: &[ValueHit]) {
        let Some(&ValueHit { value: (start, end), .. }) = hits.first() else { return };
        let value = Attribute { name: start..start, value: start..end }.decoded_value(source).into_owned();
        let value = Zeroizing::new(value);
        for hit in hits {
            self.texts.buffer.push_str(value.get(hit.start..hit.end.0).unwrap_or_default());
            self.is_hit = hit.is_whole;
            self.end_row();
        }
    }

    /// Whether all of `range`, which comes after all that was gathered, went.
    fn has_gone(&mut self, range: &Range<usize>) -> bool {
        self.pass(range.start);
        self.gone.get(self.next).is_some_and(|gone| gone.start <= range.start && range.end <= gone.end)
    }

    /// Passes over what went before `at`.
    fn pass(&mut self, at: usize) {
        while self.gone.get(self.next).is_some_and(|gone| gone.end <= at) {
            self.next += 1;
        }
    }
}

/// What people read in a tag such as `<jo@x.com>`, `<mailto:jo@x.com>` or `<https://x.com/jo>`:
/// these are elements to HTML.
fn address<'s>(source: &Fragment<'s>, token: &Token) -> Option<&'s str> {
    if !token.is_tag() || !token.name().is_unknown() || token.is_watched() {
        return None;
    }
    let (name, text) = (source.raw_name(token), source.text(token).trim_matches(['<', '>', '/']));
    // `<v:image src="cid:a@b">` is a tag to people as well.
    let is_prose = || !text.contains('=') && (text.contains('@') || text.contains("://"));
    let is_page = || name.ends_with(':') && text.strip_prefix(name).is_some_and(|rest| rest.starts_with("//"));
    (names_person(text) || name.contains('@') || is_prose() || is_page()).then_some(text)
}

/// Whether blank text has white space, or nothing but invisible characters; nothing if it is not blank.
fn has_space(text: &str, has_references: bool) -> Option<bool> {
    let (mut at, mut has_space) = (0, false);
    while let Some(c) = text[at..].chars().next() {
        let reference = if c == '&' && has_references { reference_at(text.as_bytes(), at, false) } else { None };
        let (chars, len) = match &reference {
            Some(reference) => (reference.chars(), reference.len()),
            None => (&[c][..], c.len_utf8()),
        };
        for c in chars {
            if c.is_whitespace() {
                has_space = true;
            } else if !is_ignorable(*c) {
                return None;
            }
        }
        at += len;
    }
    Some(has_space)
}

/// Adds the characters of text as written in HTML.
fn push_characters(buffer: &mut String, text: &str, has_references: bool, drops_nuls: bool) {
    if drops_nuls && text.contains('\0') {
        // A NUL ends a reference before it.
        text.split('\0').for_each(|text| push_characters(buffer, text, has_references, false));
    } else if has_references {
        push_decoded(text, buffer);
    } else {
        buffer.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::edit::{Chosen, EditsBuilder};
    use crate::html::tokenize;

    #[test]
    fn no_reference_makes_the_buffer_grow() {
        for entity in entities::ENTITIES.iter() {
            let source = entity.entity.repeat(9);
            let mut edits = EditsBuilder::new(source.len(), 0, 0);
            edits.grow(0..source.len());
            let edits = edits.finish();
            let texts = Texts::of_html(&tokenize(&source), &edits, &Chosen::default());
            let room = source.len() + 1;
            assert!(texts.buffer.len() <= room + room / 4, "{}", entity.entity);
        }
    }
}
