//! Runs of text: the same characters, however written, and where the marks between them stand in the stored bytes.

use std::ops::Range;

use crate::boundary::floor_char_boundary;
use crate::html::{Fragment, Kind, TextKind, TextMap, TextPiece, Token};

use super::tag::{Difference, is_written_as};
use crate::select::common_prefix;

/// A mark tag among text.
pub(super) struct Placed {
    /// Its token in the marked body.
    pub(super) token: usize,
    /// Where it stands in the stored bytes if it opens: before the first byte that it can cover.
    pub(super) opening: usize,
    /// Where it stands if it closes: after the last byte that it can cover.
    pub(super) closing: usize,
}

/// Tokens in a row: the text of a stored body, or the text and the mark tags of a marked one.
#[derive(Clone, Copy)]
pub(super) struct Run<'r> {
    fragment: &'r Fragment<'r>,
    /// The index of the first token.
    first: usize,
    tokens: &'r [Token],
}

impl<'r> Run<'r> {
    pub(super) fn new(fragment: &'r Fragment<'r>, range: &Range<usize>) -> Self {
        let tokens = fragment.tokens().get(range.clone()).unwrap_or_default();
        Self { fragment, first: range.start, tokens }
    }

    /// The bytes of the tokens; where they would stand, if there are none.
    fn bytes(&self) -> Range<usize> {
        let source = self.fragment.source();
        let start_of = |index: usize| self.fragment.tokens().get(index).map_or(source.len(), Token::start);
        start_of(self.first)..start_of(self.first + self.tokens.len())
    }

    fn texts(&self) -> impl Iterator<Item = &'r Token> + use<'r> {
        self.tokens.iter().filter(|token| token.is_text())
    }

    fn has_nul(&self) -> bool {
        self.texts().any(|token| memchr::memchr(0, self.fragment.text(token).as_bytes()).is_some())
    }
}

/// Buffers that are used again from run to run.
#[derive(Default)]
pub(super) struct Texts {
    stored: TextMap,
    marked: TextMap,
}

impl Texts {
    /// Compares the texts of the stored body with those of the marked one, and places the marks.
    ///
    /// A mark tag between two characters that the stored body writes as one reference is placed inside of the
    /// reference, where the policy on cut clusters decides (C32). `keeps_nul`: a NUL must be in the marked body, too.
    pub(super) fn align(
        &mut self,
        stored: Run<'_>,
        marked: Run<'_>,
        keeps_nul: impl FnOnce() -> bool,
        places: &mut Vec<Placed>,
    ) -> Result<(), Difference> {
        let Some(first) = stored.tokens.first() else { return Ok(()) };
        if let Some(other) = marked.texts().find(|token| !same_kind(first.kind(), token.kind())) {
            return Err((first.start(), other.start()));
        }
        if align_verbatim(stored, marked, places) {
            return Ok(());
        }
        if (marked.has_nul() || (stored.has_nul() && keeps_nul()))
            && let Some(difference) = byte_difference(stored, marked)
        {
            return Err(difference);
        }
        self.align_decoded(stored, marked, places)
    }

    fn align_decoded(&mut self, stored: Run<'_>, marked: Run<'_>, places: &mut Vec<Placed>) -> Result<(), Difference> {
        self.stored.clear();
        self.marked.clear();
        for token in stored.texts() {
            self.stored.push(stored.fragment, token, true);
        }
        let mut tags = Vec::new();
        for (index, token) in (marked.first..).zip(marked.tokens) {
            if token.is_watched() {
                tags.push((index, self.marked.text().len()));
            } else {
                self.marked.push(marked.fragment, token, true);
            }
        }
        let bytes = stored.bytes();
        let may_drop = stored.fragment.dropped_newline(stored.first) > 0;
        let Some(kept) = self.kept(may_drop) else {
            return Err(self.difference(&bytes, &marked.bytes(), may_drop));
        };
        let mut openings = Cursor::new(&self.stored, &bytes);
        let mut closings = Cursor::new(&self.stored, &bytes);
        places.extend(tags.iter().map(|&(token, at)| Placed {
            token,
            opening: openings.opening(kept.ours(at)),
            closing: closings.closing(if at == 0 { 0 } else { kept.ours(at) }),
        }));
        Ok(())
    }

    /// The part of our text that theirs is a copy of; nothing if they differ. A serializer need not write the line end
    /// that HTML drops after `<pre>`.
    fn kept(&self, may_drop: bool) -> Option<Kept> {
        let (ours, theirs) = (self.stored.text(), self.marked.text());
        let starts = [Some(0), Some(1).filter(|_| may_drop)];
        let same = |start: &usize| ours.get(*start..).is_some_and(|ours| is_written_as(ours, theirs));
        let start = starts.into_iter().flatten().find(same)?;
        let ours = &ours[start..];
        let shortened = if ours == theirs { "" } else { ours };
        let line_ends = shortened.match_indices("\r\n").enumerate().map(|(before, (at, _))| at - before).collect();
        Some(Kept { start, line_ends })
    }

    /// Where the texts part.
    fn difference(&self, our_run: &Range<usize>, their_run: &Range<usize>, may_drop: bool) -> Difference {
        let (ours, theirs) = (self.stored.text(), self.marked.text());
        let dropped = usize::from(may_drop && !theirs.starts_with('\n'));
        let common = common_prefix(ours.get(dropped..).unwrap_or_default(), theirs);
        let our_place = Cursor::new(&self.stored, our_run).opening(dropped + common);
        (our_place, Cursor::new(&self.marked, their_run).opening(common))
    }
}

/// Our text from `start` on, with a line feed for each CR LF if there are `line_ends`.
struct Kept {
    start: usize,
    /// Where such line feeds stand in their text.
    line_ends: Vec<usize>,
}

impl Kept {
    /// Where in our text stands what is at `theirs` in theirs.
    fn ours(&self, theirs: usize) -> usize {
        self.start + theirs + self.line_ends.partition_point(|&line_end| line_end < theirs)
    }
}

/// Where the bytes of a text part from the stored ones, if it holds a NUL. A browser writes none, and though text drops
/// it, it ends a `colgroup` (13.2.6.4.12): the copy may leave it out where none can be open, but not set it.
fn byte_difference(stored: Run<'_>, marked: Run<'_>) -> Option<Difference> {
    let mut ours = stored.texts().flat_map(Token::range);
    let mut theirs = marked.texts().flat_map(Token::range);
    let byte = |run: Run<'_>, at: Option<usize>| run.fragment.source().as_bytes().get(at?).copied();
    loop {
        let (our, their) = (ours.next(), theirs.next());
        if our.is_none() && their.is_none() {
            return None;
        }
        if byte(stored, our) != byte(marked, their) {
            let place = |run: Run<'_>, at: Option<usize>| {
                let at = at.unwrap_or_else(|| run.bytes().end);
                floor_char_boundary(run.fragment.source(), at)
            };
            return Some((place(stored, our), place(marked, their)));
        }
    }
}

/// Whether text of two kinds is read by the same rules, once it is text.
fn same_kind(left: Kind, right: Kind) -> bool {
    let plain = |kind| matches!(kind, Kind::Text(TextKind::Data) | Kind::Cdata);
    left == right || (plain(left) && plain(right))
}

/// The short way, for text that is written alike and needs no decoding where a mark cuts it.
fn align_verbatim(stored: Run<'_>, marked: Run<'_>, places: &mut Vec<Placed>) -> bool {
    let [ours] = stored.tokens else { return false };
    if ours.kind() == Kind::Cdata {
        return false;
    }
    let is_cut = marked.texts().count() > 1;
    let mut rest = stored.fragment.text(ours);
    for token in marked.texts() {
        let text = marked.fragment.text(token);
        let must_decode =
            is_cut && (token.may_have_references() || memchr::memchr2(b'\r', 0, text.as_bytes()).is_some());
        match rest.strip_prefix(text) {
            Some(after) if !must_decode && token.kind() == ours.kind() => rest = after,
            _ => return false,
        }
    }
    if !rest.is_empty() {
        return false;
    }
    let mut at = ours.start();
    for (index, token) in (marked.first..).zip(marked.tokens) {
        if token.is_watched() {
            places.push(Placed { token: index, opening: at, closing: at });
        } else {
            at += token.range().len();
        }
    }
    true
}

/// Finds source bytes for places in a decoded text, in ascending order.
struct Cursor<'m> {
    pieces: &'m [TextPiece],
    /// The bytes of the run.
    run: &'m Range<usize>,
}

impl<'m> Cursor<'m> {
    fn new(map: &'m TextMap, run: &'m Range<usize>) -> Self {
        Self { pieces: map.pieces(), run }
    }

    /// Where the character at `at` begins; the end of the run if there is none.
    fn opening(&mut self, at: usize) -> usize {
        while let Some((piece, others)) = self.pieces.split_first() {
            if at < piece.text_end() {
                return inside(piece, at.saturating_sub(piece.text));
            }
            self.pieces = others;
        }
        self.run.end
    }

    /// Where the character before `at` ends; the start of the run if there is none.
    fn closing(&mut self, at: usize) -> usize {
        if at == 0 {
            return self.run.start;
        }
        while let Some((piece, others)) = self.pieces.split_first() {
            if at == piece.text_end() {
                return piece.source_end();
            }
            if at < piece.text_end() {
                return inside(piece, at - piece.text);
            }
            self.pieces = others;
        }
        self.run.end
    }
}

/// The source byte of a place in the text of a piece.
fn inside(piece: &TextPiece, at: usize) -> usize {
    piece.source + if piece.is_verbatim { at } else { usize::from(at > 0) }
}
