//! Masks on the decoded text of one run (rules C30–C34).
//!
//! The unit of masking is a grapheme cluster, or the few clusters that share one character reference. A unit comes from
//! one or more stretches of source; it is masked if the selection holds all of it, and by the policy for edges if it
//! holds a part.

use std::ops::Range;

use crate::error::Error;
use crate::gallop::count_first;
use crate::grapheme::{self, is_bidi_control};
use crate::html::{TextMap, TextPiece};
use crate::mask::apart::count_masked;
use crate::mask::windows::Windows;
use crate::mask::{Fill, Masker};
use crate::policy::{BAR, ClusterEdge, Mask, Whitespace};

/// Masks the selected text of a run, or of a part of it that begins and ends between clusters.
///
/// `layout` are the ranges of its decoded text whose white space is layout and stays; `selected` need not begin before
/// the text; `last_masked` is where the last range begins that has its `Fixed` or `Label` mask in this run.
/// The changes come in no order where HTML drops something.
pub(super) fn mask_map(
    map: &TextMap,
    layout: &[Range<usize>],
    selected: &[Range<usize>],
    last_masked: &mut Option<usize>,
    masker: &mut Masker<'_>,
) -> Result<(), Error> {
    let (text, pieces) = (map.text(), map.pieces());
    if !pieces.iter().any(TextPiece::is_dropped) {
        return mask_pieces(text, Run { pieces, next: 0, layout, selected, last_masked }, masker);
    }
    // NULs that HTML drops belong to no cluster and go where they are selected themselves.
    let (dropped, pieces): (Vec<TextPiece>, Vec<TextPiece>) = pieces.iter().partition(|piece| piece.is_dropped());
    mask_pieces(text, Run { pieces: &pieces, next: 0, layout, selected, last_masked }, masker)?;
    let mut selected = selected;
    for piece in dropped {
        let source = piece.source..piece.source_end();
        skip_ranges_before(&mut selected, source.start);
        overlaps(selected, &source).for_each(|range| masker.change(range, Fill::Nothing));
    }
    Ok(())
}

/// Masks a run of which no piece is empty.
fn mask_pieces(text: &str, mut run: Run<'_>, masker: &mut Masker<'_>) -> Result<(), Error> {
    for window in Windows::new(text, run.pieces, run.selected) {
        run.next += count_first(&run.pieces[run.next..], |piece| piece.text_end() <= window.start);
        if !run.mask_whole(text, &window, masker) {
            run.mask_window(text, window, masker)?;
        }
    }
    Ok(())
}

struct Unit {
    text: Range<usize>,
    clusters: usize,
}

struct Run<'r> {
    pieces: &'r [TextPiece],
    /// The first piece that ends after the last unit.
    next: usize,
    layout: &'r [Range<usize>],
    /// The selected ranges that do not end before the last unit.
    selected: &'r [Range<usize>],
    /// Where the last range that has its `Fixed` or `Label` mask begins.
    last_masked: &'r mut Option<usize>,
}

/// How much of something is selected.
#[derive(Clone, Copy, PartialEq)]
enum Share {
    None,
    Part,
    All,
}

impl Run<'_> {
    fn mask_window(&mut self, text: &str, window: Range<usize>, masker: &mut Masker<'_>) -> Result<(), Error> {
        let (mut start, mut count) = (window.start, 0);
        for (at, cluster) in grapheme::clusters(&text[window.clone()]) {
            let end = window.start + at + cluster.len();
            count += 1;
            if !self.splits_a_reference(end) {
                self.mask_unit(text, &Unit { text: start..end, clusters: count }, masker)?;
                (start, count) = (end, 0);
            }
        }
        Ok(())
    }

    /// The short way for a window of which all is selected and masked, and no tag stands in it:
    /// its clusters need only be counted.
    fn mask_whole(&mut self, text: &str, window: &Range<usize>, masker: &mut Masker<'_>) -> bool {
        if !self.layout.is_empty() || masker.policy.whitespace != Whitespace::Mask {
            return false;
        }
        let pieces = &self.pieces[self.next..];
        let pieces = &pieces[..count_first(pieces, |piece| piece.text < window.end)];
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
        let part = first.source_of(window).start..last.source_of(window).end;
        skip_ranges_before(&mut self.selected, part.start);
        let is_one = |pair: &[TextPiece]| pair[0].source_end() == pair[1].source;
        if share(self.selected, &part) != Share::All || !pieces.windows(2).all(is_one) {
            return false;
        }
        let Some(clusters) = count_masked(&text[window.clone()]) else { return false };
        let fill = self.fill(&Unit { text: window.clone(), clusters }, pieces, masker);
        masker.change(part, fill);
        true
    }

    /// Whether `end` lies inside of what one reference or line end stands for.
    fn splits_a_reference(&self, end: usize) -> bool {
        let mut pieces = self.pieces[self.next..].iter();
        let piece = pieces.find(|piece| end <= piece.text_end());
        piece.is_some_and(|piece| !piece.is_verbatim && piece.text < end && end < piece.text_end())
    }

    fn mask_unit(&mut self, text: &str, unit: &Unit, masker: &mut Masker<'_>) -> Result<(), Error> {
        let first = self.next;
        while self.pieces.get(self.next).is_some_and(|piece| piece.text_end() <= unit.text.end) {
            self.next += 1;
        }
        let last = self.next + usize::from(self.pieces.get(self.next).is_some_and(|piece| piece.text < unit.text.end));
        let pieces = &self.pieces[first..last];
        let Some(piece) = pieces.first() else { return Ok(()) };
        let unit_start = piece.source_of(&unit.text).start;
        skip_ranges_before(&mut self.selected, unit_start);

        let mut shares = parts(pieces, unit, self.selected).map(|(_, part, selected)| share(selected, &part));
        let first = shares.next().unwrap_or(Share::None);
        let whole = if shares.all(|share| share == first) { first } else { Share::Part };
        if whole == Share::None
            || (self.stays(text, unit, masker.policy.whitespace)
                && !self.is_in_label(text, unit, pieces, &masker.policy.mask))
        {
            return Ok(());
        }
        // What has come to stand beside a mask and joins it is no other half of what was removed (C6).
        if whole == Share::Part && is_masked(text, parts(pieces, unit, self.selected), &masker.policy.mask) {
            self.mask_again(text, unit, pieces, masker);
            return Ok(());
        }
        let exact = whole == Share::Part && is_cut(unit_start, masker)?;
        let mut fill = self.fill(unit, pieces, masker);
        let mut change = |range| masker.change(range, std::mem::replace(&mut fill, Fill::Nothing));
        if !exact {
            let all = pieces.iter().map(|piece| piece.source_of(&unit.text));
            all.filter(|part| !part.is_empty()).for_each(change);
            return Ok(());
        }
        for (piece, part, selected) in parts(pieces, unit, self.selected) {
            if piece.is_verbatim {
                overlaps(selected, &part).for_each(&mut change);
            } else if share(selected, &part) != Share::None {
                change(part);
            }
        }
        Ok(())
    }

    /// Masks what is selected of a unit, all of it masks already, each for itself: an emoji as a mask is one cluster
    /// with another behind a zero-width joiner.
    fn mask_again(&mut self, text: &str, unit: &Unit, pieces: &[TextPiece], masker: &mut Masker<'_>) {
        let is_whole = !matches!(masker.policy.mask, Mask::PerGrapheme(_));
        for (piece, part, selected) in parts(pieces, unit, self.selected) {
            for (range, here) in touching(selected, &part).zip(overlaps(selected, &part)) {
                let start = piece.text + here.start - piece.source;
                let masks = text[start..start + here.len()].chars().count();
                let is_done = is_whole && self.last_masked.replace(range.start) == Some(range.start);
                let fill = if is_done { Fill::Nothing } else { Fill::Mask(masks) };
                masker.clusters += if is_whole { 0 } else { masks };
                masker.change(here, fill);
            }
        }
        masker.clusters += if is_whole { unit.clusters } else { 0 };
    }

    /// What the unit's first stretch is replaced by; `Fixed` and `Label` stand once per range and run (C34).
    fn fill(&mut self, unit: &Unit, pieces: &[TextPiece], masker: &mut Masker<'_>) -> Fill {
        masker.clusters += unit.clusters;
        if matches!(masker.policy.mask, Mask::PerGrapheme(_)) {
            return Fill::Mask(unit.clusters);
        }
        // A range between the parts of the unit that holds nothing of it, such as a tag alone, has no mask here.
        let start = parts(pieces, unit, self.selected)
            .find_map(|(_, part, selected)| touching(selected, &part).next())
            .map(|range| range.start);
        if start.is_none() || start == *self.last_masked {
            return Fill::Nothing;
        }
        *self.last_masked = start;
        Fill::Mask(unit.clusters)
    }

    /// Whether a unit stays although it is selected: white space by the policy and as layout, bidi controls (C33).
    fn stays(&mut self, text: &str, unit: &Unit, whitespace: Whitespace) -> bool {
        while self.layout.first().is_some_and(|range| range.end <= unit.text.start) {
            self.layout = &self.layout[1..];
        }
        let in_layout = |range: &Range<usize>| range.start <= unit.text.start && unit.text.end <= range.end;
        let text = &text[unit.text.clone()];
        if self.layout.first().is_some_and(in_layout) {
            return true;
        }
        let mut chars = text.chars();
        let kept: fn(char) -> bool = match whitespace {
            Whitespace::Mask => is_bidi_control,
            Whitespace::KeepLineEnds => |c| is_bidi_control(c) || is_line_end(c),
            Whitespace::Keep => |c| is_bidi_control(c) || c.is_whitespace(),
        };
        chars.all(kept)
    }

    /// Whether a unit is a space of a label that is selected as a whole. Such a space is a part of the mask: if it
    /// stayed, masking the label again would leave one more (C6).
    fn is_in_label(&self, text: &str, unit: &Unit, pieces: &[TextPiece], mask: &Mask) -> bool {
        let (Mask::Label(label), [piece], Some(range)) = (mask, pieces, self.selected.first()) else { return false };
        let label = label.as_str();
        label.match_indices(' ').any(|(space, _)| {
            let Some(start) = unit.text.start.checked_sub(space) else { return false };
            let label_range = start..start + label.len();
            piece.is_verbatim
                && piece.text <= label_range.start
                && label_range.end <= piece.text_end()
                && text.get(label_range.clone()) == Some(label)
                && range.start <= piece.source + (label_range.start - piece.text)
                && piece.source + (label_range.end - piece.text) <= range.end
        })
    }
}

/// Whether only what is selected of a unit is masked, and not the rest of it (C32).
fn is_cut(unit_start: usize, masker: &mut Masker<'_>) -> Result<bool, Error> {
    match masker.policy.cluster_edge {
        ClusterEdge::Exact => Ok(true),
        ClusterEdge::Reject => Err(Error::ClusterCut { offset: unit_start }),
        ClusterEdge::Expand => {
            masker.expanded += 1;
            Ok(false)
        }
    }
}

/// The pieces of a unit that hold something, the part of each that belongs to it,
/// and the ranges that do not end before.
fn parts<'p>(
    pieces: &'p [TextPiece],
    unit: &Unit,
    mut selected: &'p [Range<usize>],
) -> impl Iterator<Item = (&'p TextPiece, Range<usize>, &'p [Range<usize>])> {
    let parts = pieces.iter().map(move |piece| (piece, piece.source_of(&unit.text)));
    parts.filter(|(_, part)| !part.is_empty()).map(move |(piece, part)| {
        skip_ranges_before(&mut selected, part.start);
        (piece, part, selected)
    })
}

/// What the ranges have in common with `part`.
fn overlaps<'r>(selected: &'r [Range<usize>], part: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'r> {
    let (start, end) = (part.start, part.end);
    touching(selected, part).map(move |range| range.start.max(start)..range.end.min(end))
}

/// The ranges, of which none ends before `part`, that have something in common with it.
fn touching<'r>(selected: &'r [Range<usize>], part: &Range<usize>) -> impl Iterator<Item = &'r Range<usize>> + use<'r> {
    let end = part.end;
    selected.iter().take_while(move |range| range.start < end)
}

/// Whether all that is selected of a unit is a mask already, or the beginning or end
/// of a label all of which is selected.
fn is_masked<'p>(
    text: &str,
    mut parts: impl Iterator<Item = (&'p TextPiece, Range<usize>, &'p [Range<usize>])>,
    mask: &Mask,
) -> bool {
    parts.all(|(piece, part, selected)| {
        touching(selected, &part).all(|range| {
            let here = range.start.max(part.start)..range.end.min(part.end);
            // Only where each byte stands for itself are offsets of the source and of the text as far apart.
            let Some((_, rest)) = text.split_at_checked(piece.text + here.start - piece.source) else { return false };
            let Some((chars, after)) = rest.split_at_checked(here.len()).filter(|_| piece.is_verbatim) else {
                return false;
            };
            match mask {
                Mask::PerGrapheme(mask) => chars.chars().all(|c| c == *mask),
                Mask::Fixed(_) => chars.chars().all(|c| c == BAR),
                Mask::Label(label) => {
                    let (label, len) = (label.as_str(), label.as_str().len());
                    let begins = rest.starts_with(label) && here.start + len <= range.end;
                    let ends = text[..text.len() - after.len()].ends_with(label) && range.start + len <= here.end;
                    begins || ends
                }
            }
        })
    })
}

/// Leaves out the ranges that end before `source`.
pub(super) fn skip_ranges_before(selected: &mut &[Range<usize>], source: usize) {
    while selected.first().is_some_and(|range| range.end <= source) {
        *selected = &selected[1..];
    }
}

fn share(selected: &[Range<usize>], part: &Range<usize>) -> Share {
    let Some(range) = selected.iter().find(|range| part.start < range.end) else { return Share::None };
    if part.end <= range.start {
        Share::None
    } else if range.start <= part.start && part.end <= range.end {
        Share::All
    } else {
        Share::Part
    }
}

/// Line feed, carriage return, vertical tab, form feed, and the line ends of Unicode (UAX #14 BK, CR, LF, NL).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
