//! One mask text per range, whatever the range's length.

use std::iter::once;
use std::ops::Range;

use memchr::memmem;

use super::{Fault, is_bidi_control, search};
use crate::grapheme::clusters;
use crate::select::common_prefix;

/// Splits the redacted text at the masks and looks for the places of the pieces.
///
/// The first piece begins the stored text and the last ends it. The others are placed as far to the front as they go,
/// then as far to the back; if both give the same places, there are no others. Between two pieces something was masked.
pub(super) fn recover(stored: &str, redacted: &str, mask: &str) -> Result<Vec<Range<usize>>, Fault> {
    let edges = if masks_are_plain(stored, mask) { edges_of(stored) } else { None };
    let Some(mut edges) = edges else { return search::recover(stored, redacted, mask) };
    let pieces: Vec<&str> = redacted.split(mask).collect();
    let [first, middle @ .., last] = pieces.as_slice() else {
        let same = common_prefix(stored, redacted);
        return if stored == redacted { Ok(Vec::new()) } else { Err(Fault::Mismatch(same)) };
    };
    let front = common_prefix(stored, first);
    let back = stored.len().saturating_sub(last.len());
    if front < first.len() || !edges[front] {
        return Err(Fault::Mismatch(front));
    }
    let fits = stored.as_bytes().ends_with(last.as_bytes()) && edges[back];
    let forward = place(stored.as_bytes(), &edges, front, middle.iter().map(|piece| piece.as_bytes()));
    let end = forward.iter().zip(middle).next_back().map_or(front, |(start, piece)| start + piece.len());
    if forward.len() < middle.len() || !fits || end >= back {
        return Err(Fault::Mismatch(end));
    }
    edges.reverse();
    let reversed = |text: &[u8]| text.iter().rev().copied().collect::<Vec<u8>>();
    let pieces = middle.iter().rev().map(|piece| reversed(piece.as_bytes()));
    let backward = place(&reversed(stored.as_bytes()), &edges, last.len(), pieces);
    if backward.len() < middle.len() {
        return Err(Fault::Mismatch(front));
    }
    let (mut ranges, mut from, mut at) = (Vec::with_capacity(middle.len() + 1), front, front + mask.len());
    for ((piece, &start), from_back) in middle.iter().zip(&forward).zip(backward.iter().rev()) {
        if start + from_back + piece.len() != stored.len() {
            return Err(Fault::Ambiguous(at));
        }
        ranges.push(from..start);
        from = start + piece.len();
        at += piece.len() + mask.len();
    }
    ranges.extend(once(from..back));
    Ok(ranges)
}

/// Where clusters begin, and the end of the text. Nothing if there is a bidi control: none is ever masked (C33).
fn edges_of(text: &str) -> Option<Vec<bool>> {
    let mut edges = vec![false; text.len() + 1];
    for (start, cluster) in clusters(text) {
        if is_bidi_control(cluster) {
            return None;
        }
        edges[start] = true;
    }
    edges[text.len()] = true;
    Some(edges)
}

/// Whether the masks can be told from the stored text wherever they stand.
///
/// They can if what they begin with does not occur in it; or if they do not occur in it and cannot overlap themselves,
/// so that no kept text can make up a mask together with the masks beside it.
fn masks_are_plain(stored: &str, mask: &str) -> bool {
    let overlaps = || (1..mask.len()).any(|len| mask.as_bytes().ends_with(&mask.as_bytes()[..len]));
    let begins = mask.chars().next().is_some_and(|first| stored.contains(first));
    !begins || (!overlaps() && memmem::find(stored.as_bytes(), mask.as_bytes()).is_none())
}

/// Places the pieces one after another as far to the front as they go, each with something between it and the one
/// before, which ends at `from`, and each between two `edges`. It stops at the first that has no place.
fn place(text: &[u8], edges: &[bool], mut from: usize, pieces: impl Iterator<Item: AsRef<[u8]>>) -> Vec<usize> {
    let mut starts = Vec::new();
    for piece in pieces {
        let piece = piece.as_ref();
        let Some(start) = find(text, edges, from + 1, piece) else { break };
        starts.push(start);
        from = start + piece.len();
    }
    starts
}

/// The first place of `piece` between two edges, at or after `from`.
///
/// This is the search of Knuth, Morris and Pratt. It finds overlapping places too, so that looking past those that are
/// not between edges takes linear time.
fn find(text: &[u8], edges: &[bool], from: usize, piece: &[u8]) -> Option<usize> {
    if piece.is_empty() {
        // Two masks side by side would have been one range.
        return None;
    }
    let borders = borders(piece);
    let mut matched = 0;
    for (at, &byte) in text.iter().enumerate().skip(from) {
        while matched > 0 && (matched == piece.len() || piece[matched] != byte) {
            matched = borders[matched - 1];
        }
        matched += usize::from(piece[matched] == byte);
        if matched == piece.len() && edges[at + 1] && edges[at + 1 - matched] {
            return Some(at + 1 - matched);
        }
    }
    None
}

/// For each prefix of `piece` the length of the longest shorter prefix that it ends in.
fn borders(piece: &[u8]) -> Vec<usize> {
    let mut borders = vec![0; piece.len()];
    let mut len = 0;
    for at in 1..piece.len() {
        while len > 0 && piece[len] != piece[at] {
            len = borders[len - 1];
        }
        len += usize::from(piece[len] == piece[at]);
        borders[at] = len;
    }
    borders
}
