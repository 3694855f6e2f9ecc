//! What a redaction removed: the texts, the URLs of tags, the sources of images.
//!
//! These are the very texts that must not be seen again, so nothing here has a `Debug` (contract C2).

use std::ops::Range;

use crate::html::{Fragment, Kind, Name, TextMap, Token, addresses, tokenize};
use crate::mask::joins;
use crate::policy::BAR;
use crate::redaction::Redaction;

/// What was removed, to be searched for in the rest of a record.
#[derive(Default)]
pub(crate) struct Removals {
    /// Texts as people read them, one per range and inline run.
    pub(crate) texts: Vec<String>,
    /// Addresses in the attributes of tags that were taken out.
    pub(crate) urls: Vec<String>,
    /// What may be the address of a file, of `img` tags alone.
    pub(crate) images: Vec<String>,
}

impl Removals {
    /// Adds what a redaction of HTML removed.
    pub(crate) fn add_html(&mut self, redaction: &Redaction<'_>) {
        let fragment = tokenize(&redaction.source);
        let ranges = changed(redaction);
        let mut ranges = ranges.as_slice();
        let (mut run, mut map) = (Run::default(), TextMap::default());
        for (index, token) in fragment.tokens().iter().enumerate() {
            ranges = ranges.get(ranges.partition_point(|range| range.end <= token.start())..).unwrap_or_default();
            let gone = ranges.first().is_some_and(|range| range.start <= token.start() && token.end() <= range.end);
            if token.is_text() {
                if fragment.is_read(index) {
                    map.clear();
                    map.push(&fragment, token, true);
                    run.push(&map, ranges);
                }
            } else if !joins(token) && !gone {
                run.finish(&mut self.texts);
            }
            if token.kind() == Kind::StartTag {
                self.add_tag(&fragment, token, ranges);
            }
        }
        run.finish(&mut self.texts);
    }

    /// Adds what a redaction of plain text removed.
    pub(crate) fn add_text(&mut self, redaction: &Redaction<'_>) {
        let mut run = Run { text: redaction.source.to_string(), removed: changed(redaction) };
        run.finish(&mut self.texts);
    }

    /// Adds the attributes of a tag that stand in `ranges`.
    fn add_tag(&mut self, fragment: &Fragment<'_>, token: &Token, ranges: &[Range<usize>]) {
        let end = ranges.partition_point(|range| range.start < token.end());
        let Some(ranges) = ranges.get(..end).filter(|ranges| !ranges.is_empty()) else { return };
        for attribute in fragment.attributes(token) {
            let value = &attribute.value;
            if !ranges.iter().any(|range| range.start <= value.start && value.end <= range.end) {
                continue;
            }
            let name = fragment.source().get(attribute.name.clone()).unwrap_or_default();
            let value = attribute.decoded_value(fragment.source());
            let first = self.urls.len();
            self.urls.extend(addresses(name, &value).map(str::to_owned));
            if token.opens(Name::Img) {
                match self.urls.get(first..) {
                    // An attribute of a mail program may name the file behind an image as well.
                    None | Some([]) => self.images.push(value.trim().to_owned()),
                    Some(urls) => self.images.extend_from_slice(urls),
                }
            }
        }
    }
}

/// The ranges of the source that changed. A mask that was masked again is none.
fn changed(redaction: &Redaction<'_>) -> Vec<Range<usize>> {
    let edits = redaction.edits.iter();
    let changes = edits.filter(|edit| redaction.source.get(edit.range.clone()) != Some(edit.replacement));
    changes.map(|edit| edit.range).filter(|range| !range.is_empty()).collect()
}

/// The text of an inline run, and which of it was removed.
#[derive(Default)]
struct Run {
    text: String,
    removed: Vec<Range<usize>>,
}

impl Run {
    /// Adds the text of a token. `ranges` are of the source, sorted.
    fn push(&mut self, map: &TextMap, mut ranges: &[Range<usize>]) {
        let base = self.text.len();
        self.text.push_str(map.text());
        for piece in map.pieces() {
            let source = piece.source..piece.source + piece.source_len;
            ranges = ranges.get(ranges.partition_point(|range| range.end <= source.start)..).unwrap_or_default();
            for range in ranges.iter().take_while(|range| range.start < source.end) {
                let start = base + piece.text;
                let part = if piece.is_verbatim {
                    let (from, to) = (range.start.max(source.start), range.end.min(source.end));
                    start + (from - source.start)..start + (to - source.start)
                } else {
                    start..start + piece.text_len
                };
                self.remove(part);
            }
        }
    }

    /// Notes that `part` was removed; parts that touch are one.
    fn remove(&mut self, part: Range<usize>) {
        match self.removed.last_mut() {
            Some(last) if last.end >= part.start => last.end = last.end.max(part.end),
            _ => self.removed.push(part),
        }
    }

    /// What was removed on both sides of blank text, as one: white space may be kept between words, and together they may tell
    /// what none of them does.
    fn joined(&self) -> Vec<Range<usize>> {
        let is_blank = |text: Option<&str>| text.is_some_and(|text| text.chars().all(char::is_whitespace));
        let rows = self.removed.chunk_by(|last, next| is_blank(self.text.get(last.end..next.start)));
        rows.filter_map(|row| match row {
            [first, .., last] => Some(first.start..last.end),
            _ => None,
        })
        .collect()
    }

    /// Adds the removed texts to `texts` and begins anew.
    fn finish(&mut self, texts: &mut Vec<String>) {
        let joined = self.joined();
        let removed = self.removed.iter().chain(&joined).filter_map(|range| self.text.get(range.clone()));
        // A `<` at the edge may be kept text that had to be written `&lt;` (C35).
        let trimmed = removed.map(|text| text.trim_matches(|c: char| c.is_whitespace() || c == '<'));
        let told = trimmed.filter(|text| text.chars().any(|c| c != BAR && !c.is_whitespace()));
        texts.extend(told.map(str::to_owned));
        *self = Self::default();
    }
}
