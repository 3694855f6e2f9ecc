//! Which stretches of decoded text have to be cut into grapheme clusters.
//!
//! Where [`is_edge`] tells of an edge between two characters, what comes after does not depend on what came before. So
//! a text need only be segmented from the last such place before a selected range to the first one after it, and where
//! all of that is selected, its clusters need only be counted.

use std::ops::Range;

use crate::gallop::count_first;
use crate::grapheme;
use crate::html::TextPiece;
use crate::mask::apart::is_edge;

/// Iterates over the windows that hold the selected ranges, in order and disjoint. No piece may be empty.
pub(super) struct Windows<'w> {
    text: &'w str,
    pieces: &'w [TextPiece],
    selected: &'w [Range<usize>],
    /// What comes before is in a window or in none.
    done: usize,
    /// Up to where in the source that is.
    done_source: usize,
    /// The piece that was found last; offsets of the source are asked for in order.
    near: usize,
}

impl<'w> Windows<'w> {
    pub(super) fn new(text: &'w str, pieces: &'w [TextPiece], selected: &'w [Range<usize>]) -> Self {
        Self { text, pieces, selected, done: 0, done_source: 0, near: 0 }
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
            if range.end <= self.done_source {
                continue;
            }
            let start = self.text_offset(range.start, false).max(self.done);
            let end = self.text_offset(range.end, true);
            if start < end {
                let (start, end) = (self.boundary_before(start), self.boundary_after(end));
                self.done = end;
                self.done_source = self.piece_of(end - 1).map_or(0, |piece| piece.source_of(&(start..end)).end);
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

    /// The last place, not before `done`, at which clusters certainly part.
    fn boundary_before(&self, mut at: usize) -> usize {
        let Some(mut next) = self.text[at..].chars().next() else { return at };
        for last in self.text[self.done..at].chars().rev() {
            if self.is_boundary(last, at, next) {
                return at;
            }
            at -= last.len_utf8();
            next = last;
        }
        self.done
    }

    /// The first such place that is not before `at`.
    fn boundary_after(&self, at: usize) -> usize {
        let (before, after) = self.text.split_at(at);
        let Some(mut last) = before.chars().next_back() else { return at };
        let mut chars = after.chars();
        let mut is_simple = grapheme::is_simple(last);
        while let Some(next) = chars.next() {
            let was_simple = std::mem::replace(&mut is_simple, grapheme::is_simple(next));
            if was_simple || is_simple {
                let at = self.text.len() - chars.as_str().len() - next.len_utf8();
                if self.is_boundary(last, at, next) {
                    return at;
                }
            }
            grapheme::skip_row(&mut chars, next);
            last = next;
        }
        self.text.len()
    }

    /// The piece of an offset of the text: the way back to it is no longer than the range that was found last.
    fn piece_of(&self, text: usize) -> Option<&TextPiece> {
        let mut until_near = self.pieces.iter().take(self.near + 1);
        let first = until_near.rposition(|piece| piece.text <= text).unwrap_or(0);
        self.pieces.get(first + count_first(&self.pieces[first..], |piece| piece.text_end() <= text))
    }

    /// Whether clusters certainly part at `at`, between two characters, and no reference stands for both
    /// (`&fjlig;` is `fj`).
    fn is_boundary(&self, last: char, at: usize, next: char) -> bool {
        is_edge(last, next)
            && self.piece_of(at - last.len_utf8()).is_none_or(|piece| piece.is_verbatim || piece.text_end() <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{TextMap, tokenize};
    use crate::random::Random;

    /// The slow twin: wherever a window begins and ends, segmenting all of the text finds an edge as well,
    /// and in between the same clusters.
    #[test]
    fn windows_cut_where_the_whole_text_is_cut() {
        let row = ["\u{301}", "\u{36F}"].concat().repeat(9);
        let units = [
            "a", "1", " ", "\r", "\n", "\u{301}", "é", "🇦", "👩", "\u{200D}", "क", "\u{94D}", "ж", "字", "\u{AD}",
            "\u{600}", "\0", "&fjlig;", "&zwj;", &row,
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
                let inside = piece.source + 1 + start.min(piece.source_len - 1);
                let end = (inside..).find(|&at| html.is_char_boundary(at)).unwrap();
                let selected = [piece.source..end];
                for window in Windows::new(text, map.pieces(), &selected) {
                    let inside: Vec<usize> = edges.iter().copied().filter(|at| window.contains(at)).collect();
                    let found: Vec<usize> =
                        grapheme::clusters(&text[window.clone()]).map(|(at, _)| window.start + at).collect();
                    assert_eq!(found, inside, "{html:?} {window:?}");
                    assert!(edges.contains(&window.end), "{html:?} {window:?}");
                }
            }
            // Of many ranges, each is in a window as it is alone.
            let ranges: Vec<Range<usize>> = (0..html.len())
                .filter(|&at| html.is_char_boundary(at) && random.below(3) == 0)
                .map(|at| at..(at + 1..).find(|&at| html.is_char_boundary(at)).unwrap())
                .collect();
            let windows: Vec<Range<usize>> = Windows::new(text, map.pieces(), &ranges).collect();
            let alone: Vec<Range<usize>> =
                ranges.chunks(1).flat_map(|range| Windows::new(text, map.pieces(), range)).collect();
            assert!(windows.is_sorted_by(|one, next| one.end <= next.start), "{html:?}");
            for at in 0..text.len() {
                let is_in = |windows: &[Range<usize>]| windows.iter().any(|window| window.contains(&at));
                assert_eq!(is_in(&windows), is_in(&alone), "{html:?} {at}");
            }
        }
    }
}
