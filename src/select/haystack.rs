//! The inline runs of a body as texts to search in, and the way back from a hit to the source (rules C70, C71).

use std::ops::Range;

use crate::gallop::count_first;
use crate::html::{Fragment, Name, TextMap, Token};
use crate::mask::joins;

/// The text of one inline run, or of all of them with a line feed between any two.
pub(crate) struct Haystack {
    map: TextMap,
    /// Where a run ends in the text and a line feed follows.
    seams: Vec<usize>,
}

impl Haystack {
    /// All runs of a body as one text.
    pub(crate) fn whole(fragment: &Fragment<'_>) -> Self {
        let mut haystack = Self { map: TextMap::default(), seams: Vec::new() };
        for_each_run(fragment, |texts| {
            if !haystack.map.text().is_empty() {
                haystack.seams.push(haystack.map.text().len());
                haystack.map.push_separator();
            }
            haystack.push(fragment, texts);
        });
        haystack
    }

    /// Gives each run of a body to `search`.
    ///
    /// # Errors
    /// The first error of `search`.
    pub(crate) fn each<E>(fragment: &Fragment<'_>, mut search: impl FnMut(&Self) -> Result<(), E>) -> Result<(), E> {
        let mut haystack = Self { map: TextMap::default(), seams: Vec::new() };
        let mut outcome = Ok(());
        for_each_run(fragment, |texts| {
            if outcome.is_ok() {
                haystack.map.clear();
                haystack.push(fragment, texts);
                outcome = search(&haystack);
            }
        });
        outcome
    }

    pub(crate) fn text(&self) -> &str {
        self.map.text()
    }

    /// Adds the ranges of the source that `hit` stands for: one in each run that it goes through.
    pub(crate) fn source_ranges(&self, hit: &Range<usize>, ranges: &mut Vec<Range<usize>>) {
        let mut start = hit.start;
        let first = self.seams.partition_point(|&seam| seam < hit.start);
        let inside = self.seams[first..].iter().copied().take_while(|&seam| seam < hit.end);
        for end in inside.chain([hit.end]) {
            ranges.extend(self.source_range(&(start..end)));
            start = end + 1;
        }
    }

    fn source_range(&self, text: &Range<usize>) -> Option<Range<usize>> {
        let pieces = self.map.pieces();
        let from = pieces.partition_point(|piece| piece.text_end() <= text.start);
        let pieces = &pieces[from..];
        let first = pieces.first()?;
        let last = &pieces[count_first(pieces, |piece| piece.text < text.end).checked_sub(1)?];
        let source = first.source_of(text).start..last.source_of(text).end;
        (!source.is_empty()).then_some(source)
    }

    fn push(&mut self, fragment: &Fragment<'_>, texts: &[usize]) {
        texts.iter().for_each(|&index| self.map.push_read(fragment, index));
    }
}

/// Gives the text tokens of each inline run that has any, by their indices. A `wbr` is searched through like a
/// zero-width space: it only tells where a word may be broken.
fn for_each_run(fragment: &Fragment<'_>, mut run: impl FnMut(&[usize])) {
    let tokens = fragment.tokens();
    let mut texts = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.is_text() {
            if is_searched(fragment, index) {
                texts.push(index);
            }
        } else if !joins(token) && token.name() != Name::Wbr && !texts.is_empty() {
            run(&texts);
            texts.clear();
        }
    }
    if !texts.is_empty() {
        run(&texts);
    }
}

/// Whether the text at `index` is searched: if people read it. That of scripts, style sheets and frames is left to the
/// leak audit. (In SVG and MathML the tokenizer reads a script or style sheet as ordinary text,
/// so the tag before it tells.)
fn is_searched(fragment: &Fragment<'_>, index: usize) -> bool {
    let is_sheet = |tag: &Token| {
        (tag.opens(Name::Script) || tag.opens(Name::Style)) && !(tag.is_foreign() && tag.is_self_closing())
    };
    fragment.is_read(index) && !fragment.before(index).is_some_and(is_sheet)
}
