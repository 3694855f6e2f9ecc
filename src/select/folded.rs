//! A text rewritten for searching, with a map back to its source.

use std::ops::Range;

/// Bytes made from a source text, piece by piece in its order. What no piece covers was dropped.
#[derive(Default)]
pub(super) struct Folded {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
}

/// Bytes from `at` up to the next piece stand for `start..end` of the source.
struct Piece {
    at: u32,
    start: u32,
    end: u32,
    /// Whether each byte stands for the source byte at the same place in the piece; else all stand for the whole.
    bytewise: bool,
}

impl Folded {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), pieces: Vec::new() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Adds `bytes`, each of which stands for one byte of the source from `start` on.
    pub(super) fn bytewise(&mut self, start: usize, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let end = (start + bytes.len()) as u32;
        match self.pieces.last_mut() {
            Some(last) if last.bytewise && last.end == start as u32 => last.end = end,
            _ => self.pieces.push(Piece { at: self.bytes.len() as u32, start: start as u32, end, bytewise: true }),
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds `bytes`, which as a whole stand for `source`.
    pub(super) fn whole(&mut self, source: Range<usize>, bytes: &[u8]) {
        let (start, end) = (source.start as u32, source.end as u32);
        self.pieces.push(Piece { at: self.bytes.len() as u32, start, end, bytewise: false });
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn make_ascii_lowercase(&mut self) {
        self.bytes.make_ascii_lowercase();
    }

    /// The part of the source that `folded`, not empty, stands for. It begins and ends in what was not dropped.
    pub(super) fn to_source(&self, folded: &Range<usize>) -> Range<usize> {
        let piece = |at: usize| self.pieces.partition_point(|piece| piece.at as usize <= at).checked_sub(1);
        let edge = |at: usize, last: bool| match piece(at).and_then(|index| self.pieces.get(index)) {
            Some(piece) if piece.bytewise => piece.start as usize + (at - piece.at as usize) + usize::from(last),
            Some(piece) if last => piece.end as usize,
            Some(piece) => piece.start as usize,
            None => 0,
        };
        edge(folded.start, false)..edge(folded.end.saturating_sub(1), true)
    }

    /// Like [`Folded::to_source`], but in parts, without what was dropped in between.
    pub(super) fn to_source_parts(&self, folded: &Range<usize>, mut part: impl FnMut(Range<usize>)) {
        let mut at = folded.start;
        let first = self.pieces.partition_point(|piece| piece.at as usize <= at).saturating_sub(1);
        for next in self.pieces.iter().skip(first + 1).map(|piece| piece.at as usize).chain([self.bytes.len()]) {
            let end = next.min(folded.end);
            if at < end {
                part(self.to_source(&(at..end)));
                at = end;
            }
            if at == folded.end {
                return;
            }
        }
    }
}
