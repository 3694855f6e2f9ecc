//! The inline runs of a body as texts to search in, and the way back from a hit to the source (rules C70, C71).

use std::ops::Range;

use crate::edit::Action;
use crate::gallop::count_first;
use crate::html::{Fragment, Name, TextMap, Token};
use crate::mask::joins;

/// The text of one inline run, or of all of them with a line feed between any two.
#[derive(Default)]
pub(crate) struct Haystack {
    map: TextMap,
    /// Where a run ends in the text, and how many line feeds follow: none where the runs are joined, because what stood
    /// between them goes.
    seams: Vec<(usize, usize)>,
}

impl Haystack {
    /// All runs of a body as one text.
    pub(crate) fn whole(fragment: &Fragment<'_>, actions: &[Action]) -> Self {
        let mut haystack = Self::default();
        for_each_run(fragment, actions, |texts| {
            if !haystack.map.text().is_empty() {
                haystack.seams.push((haystack.map.text().len(), 1));
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
    pub(crate) fn each<E>(fragment: &Fragment<'_>, search: impl FnMut(&Self) -> Result<(), E>) -> Result<(), E> {
        Self::each_joined(fragment, &[], search)
    }

    /// The same of a body without the tokens that `actions` remove. If there are `actions`, only what they join is
    /// given.
    ///
    /// # Errors
    /// The first error of `search`.
    pub(crate) fn each_joined<E>(
        fragment: &Fragment<'_>,
        actions: &[Action],
        mut search: impl FnMut(&Self) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut haystack = Self::default();
        let mut outcome = Ok(());
        for_each_run(fragment, actions, |texts| {
            if outcome.is_ok() && (actions.is_empty() || texts.iter().any(|text| text.is_joined)) {
                haystack.map.clear();
                haystack.seams.clear();
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
        let first = self.seams.partition_point(|&(seam, _)| seam < hit.start);
        let inside = self.seams[first..].iter().copied().take_while(|&(seam, _)| seam < hit.end);
        for (end, line_feeds) in inside.chain([(hit.end, 0)]) {
            ranges.extend(self.source_range(&(start..end)));
            start = end + line_feeds;
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

    fn push(&mut self, fragment: &Fragment<'_>, texts: &[Text]) {
        for text in texts {
            if text.is_joined {
                self.seams.push((self.map.text().len(), 0));
            }
            self.map.push_read(fragment, text.index);
        }
    }
}

/// A text token of a run.
struct Text {
    index: usize,
    /// Whether what stands before it ends a run, and goes.
    is_joined: bool,
}

/// Gives the text tokens of each inline run that has any, without those that `actions` remove. A `wbr` is searched
/// through like a zero-width space: it only tells where a word may be broken.
fn for_each_run(fragment: &Fragment<'_>, actions: &[Action], mut run: impl FnMut(&[Text])) {
    let tokens = fragment.tokens();
    let (mut texts, mut is_joined) = (Vec::new(), false);
    for (index, token) in tokens.iter().enumerate() {
        let goes = actions.get(index) == Some(&Action::Remove);
        if token.is_text() {
            if !goes && is_searched(fragment, index) {
                texts.push(Text { index, is_joined: std::mem::take(&mut is_joined) });
            }
        } else if !joins(token) && token.name() != Name::Wbr && !texts.is_empty() {
            if goes {
                is_joined = true;
                continue;
            }
            run(&texts);
            texts.clear();
            is_joined = false;
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
