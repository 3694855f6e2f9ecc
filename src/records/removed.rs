//! What a redaction removed: the texts, the URLs of tags, the sources of images.
//!
//! These are the very texts that must not be seen again, so nothing here has a `Debug` (rule C2).

use std::ops::Range;

use crate::audit::{Texts, says_something};
use crate::html::{Fragment, Kind, Name, Token, addresses, tokenize};
use crate::policy::BAR;
use crate::redaction::Redaction;

/// What was removed, to be searched for in the rest of a record.
#[derive(Default)]
pub(crate) struct Removals {
    /// Texts as people read them, one per range and inline run, then the addresses that HTML takes for tags, and what
    /// the attributes of tags that were taken out say.
    pub(crate) texts: Vec<String>,
    /// Addresses in the attributes of tags that were taken out.
    pub(crate) urls: Vec<String>,
    /// What may be the address of a file, of `img` tags alone, which may be called `image`.
    pub(crate) images: Vec<String>,
}

impl Removals {
    /// Adds what a redaction of HTML removed.
    pub(crate) fn add_html(&mut self, redaction: &Redaction<'_>) {
        let fragment = tokenize(&redaction.source);
        self.add_texts(&Texts::of_html(&fragment, &redaction.edits, &redaction.chosen));
        let ranges: Vec<Range<usize>> = redaction.edits.iter().map(|edit| edit.range).collect();
        let mut ranges = ranges.as_slice();
        for token in fragment.tokens().iter().filter(|token| token.kind() == Kind::StartTag) {
            ranges = ranges.get(ranges.partition_point(|range| range.end <= token.start())..).unwrap_or_default();
            self.add_tag(&fragment, token, ranges);
        }
    }

    /// Adds what a redaction of plain text removed.
    pub(crate) fn add_text(&mut self, redaction: &Redaction<'_>) {
        self.add_texts(&Texts::of_text(&redaction.source, &redaction.edits, &redaction.chosen));
    }

    fn add_texts(&mut self, texts: &Texts) {
        self.add_told(texts.with_rows());
    }

    fn add_told<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let told = texts.filter(|text| text.chars().any(|c| c != BAR && !c.is_whitespace()));
        // Records are searched without NULs, as HTML reads them.
        self.texts.extend(told.map(|text| text.replace('\0', "")));
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
            if says_something(name, &value) {
                self.add_told(std::iter::once(&*value));
            }
            let first = self.urls.len();
            self.urls.extend(addresses(name, &value).map(str::to_owned));
            if token.opens(Name::Img) || (token.opens(Name::Image) && !token.is_foreign()) {
                match self.urls.get(first..) {
                    // An attribute of a mail program may name the file behind an image as well.
                    None | Some([]) => self.images.push(value.trim().to_owned()),
                    Some(urls) => self.images.extend_from_slice(urls),
                }
            }
        }
    }
}
