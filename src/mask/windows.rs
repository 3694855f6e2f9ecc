//! Which stretches of decoded text have to be cut into grapheme clusters.
//!
//! Where [`is_edge`] tells of an edge between two characters, what comes after does not depend on what came before. So
//! a text need only be segmented from the last such place before a selected range to the first one after it, and where
//! all of that is selected, its clusters need only be counted.

use std::ops::Range;

use crate::gallop::count_first;
use crate::html::TextPiece;
use crate::mask::apart::is_edge;

/// Iterates over the windows that hold the selected ranges, in order and disjoint. No piece may be empty.
pub(super) struct Windows<'w> {
    text: &'w str,
    pieces: &'w [TextPiece],
    selected: &'w [Range<usize>],
    /// What comes before is in a window or in none.
    done: usize,
    /// The piece that was found last; offsets of the source are asked for in order.
    near: usize,
}

impl<'w> Windows<'w> {
    pub(super) fn new(text: &'w str, pieces: &'w [TextPiece], selected: &'w [Range<usize>]) -> Self {
        Self { text, pieces, selected, done: 0, near: 0 }
    }
}

impl Iterator for Windows<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let last = self.pieces.last()?;
        loop {
            let (range, rest) = self.selected.split_first()?;
            if last.source_end() <= range.start {
                return None;
            }
            self.selected = rest;
            let start = self.text_offset(range.start, false).max(self.done);
            let end = self.text_offset(range.end, true);
            if start < end {
                let (start, end) = (self.boundary_before(start), self.boundary_after(end));
                self.done = end;
                return Some(start..end);
            }
        }
    }
}

impl Windows<'_> {
    /// Where a source offset stands in the text; inside of a reference its beginning or, rounding `up`, its end.
    fn text_offset(&mut self, source: usize, up: bool) -> usize {
        self.near += count_first(&self.pieces[self.near..], |piece| piece.source_end() <= source);
        let Some(piece) = self.pieces.get(self.near) else { return self.text.len() };
        match source.saturating_sub(piece.source) {
            0 => piece.text,
            inside if piece.is_verbatim => piece.text + inside,
            _ if up => piece.text_end(),
            _ => piece.text,
        }
    }

    fn boundary_before(&self, at: usize) -> usize {
        (self.done..=at).rev().find(|&at| self.is_boundary(at)).unwrap_or(self.done)
    }

    fn boundary_after(&self, at: usize) -> usize {
        (at..self.text.len()).find(|&at| self.is_boundary(at)).unwrap_or(self.text.len())
    }

    /// The piece of an offset of the text: the way back to it is no longer than the range that was found last.
    fn piece_of(&self, text: usize) -> Option<&TextPiece> {
        let mut until_near = self.pieces.iter().take(self.near + 1);
        let first = until_near.rposition(|piece| piece.text <= text).unwrap_or(0);
        self.pieces.get(first + count_first(&self.pieces[first..], |piece| piece.text_end() <= text))
    }

    /// Whether clusters certainly part at `at`, and no reference stands
    /// for characters on both sides (`&fjlig;` is `fj`).
    fn is_boundary(&self, at: usize) -> bool {
        let Some((before, after)) = self.text.split_at_checked(at) else { return false };
        let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return true };
        if !is_edge(last, next) {
            return false;
        }
        self.piece_of(at - last.len_utf8()).is_none_or(|piece| piece.is_verbatim || piece.text_end() <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grapheme;
    use crate::html::{TextMap, tokenize};
    use crate::random::Random;

    /// The slow twin: wherever a window begins and ends, segmenting all of the text finds an edge as well,
    /// and in between the same clusters.
    #[test]
    fn windows_cut_where_the_whole_text_is_cut() {
        let units = [
            "a", "1", " ", "\r", "\n", "\u{301}", "é", "🇦", "👩", "\u{200D}", "क", "\u{94D}", "ж", "字", "\u{AD}",
            "\u{600}", "\0", "&fjlig;", "&zwj;",
        ];
        let mut random = Random::new(1);
        for _ in 0..4_000 {
            let html = random.text(8, &units);
            let fragment = tokenize(&html);
            let mut map = TextMap::default();
            map.push(&fragment, &fragment.tokens()[0], true);
            let text = map.text();
            let mut edges: Vec<usize> = grapheme::clusters(text).map(|(at, _)| at).collect();
            edges.push(text.len());
            for (start, piece) in map.pieces().iter().enumerate() {
                let selected = [piece.source..piece.source + 1 + start.min(piece.source_len - 1)];
                for window in Windows::new(text, map.pieces(), &selected) {
                    let inside: Vec<usize> = edges.iter().copied().filter(|at| window.contains(at)).collect();
                    let found: Vec<usize> =
                        grapheme::clusters(&text[window.clone()]).map(|(at, _)| window.start + at).collect();
                    assert_eq!(found, inside, "{html:?} {window:?}");
                    assert!(edges.contains(&window.end), "{html:?} {window:?}");
                }
            }
        }
    }
}
