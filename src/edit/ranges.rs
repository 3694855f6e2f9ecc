//! Sorted, disjoint ranges, and the selection that a redaction begins with.

use std::cmp::Reverse;
use std::ops::Range;

/// Byte ranges of one text: sorted, disjoint, not touching, none empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Ranges(Vec<Range<usize>>);

impl Ranges {
    /// Sorts `ranges`, drops the empty ones, and joins those that overlap or touch.
    pub(crate) fn from_unsorted(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.retain(|range| range.start < range.end);
        if !ranges.is_sorted_by_key(|range| range.start) {
            ranges.sort_unstable_by_key(|range| range.start);
        }
        ranges.dedup_by(|next, last| take_in(last, next));
        Self(ranges)
    }

    /// The same of ranges that are in order, and of which none is empty.
    pub(crate) fn from_sorted(sorted: impl ExactSizeIterator<Item = Range<usize>>) -> Self {
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
        for range in sorted {
            if !ranges.last_mut().is_some_and(|last| take_in(last, &range)) {
                ranges.push(range);
            }
        }
        Self(ranges)
    }

    /// All that is in `self` or in `other`.
    pub(crate) fn union(self, other: Self) -> Self {
        if other.0.is_empty() {
            return self;
        }
        let mut all = self.0;
        all.extend(other.0);
        Self::from_unsorted(all)
    }

    pub(crate) fn as_slice(&self) -> &[Range<usize>] {
        &self.0
    }

    pub(crate) fn into_vec(self) -> Vec<Range<usize>> {
        self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any of the ranges has a byte in `range`.
    pub(crate) fn intersects(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|r| r.end <= range.start);
        self.0.get(next).is_some_and(|r| r.start < range.end)
    }

    /// Whether one of the ranges holds all of `range`.
    pub(crate) fn cover(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|r| r.end < range.end);
        self.0.get(next).is_some_and(|r| r.start <= range.start)
    }
}

/// Whether `next`, which begins no earlier, overlaps or touches `last`; if so, the two become one.
fn take_in(last: &mut Range<usize>, next: &Range<usize>) -> bool {
    let joins = next.start <= last.end;
    if joins {
        last.end = last.end.max(next.end);
    }
    joins
}

/// The ranges of one source that were asked for, before what grows and what stays is known.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Ranges of which everything goes: marks and explicit ranges.
    pub(crate) covered: Ranges,
    /// Ranges of which the text goes: hits of strings and patterns, without what a detector keeps of them.
    pub(crate) hits: Ranges,
    /// The whole hits of detectors that keep a part: only together do the parts tell what must not be seen again.
    pub(crate) wholes: Ranges,
    /// Hits in the attributes of tags that are redacted for them, in order and apart.
    pub(crate) in_values: Vec<ValueHit>,
}

/// A hit in the value of an attribute.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ValueHit {
    /// Where the value as written begins in the source, and where it ends.
    pub(crate) value: (usize, usize),
    /// Where the hit begins in the decoded value.
    pub(crate) start: usize,
    /// Where it ends there. Of hits that begin at one place, the one that ends last comes first.
    pub(crate) end: Reverse<usize>,
    /// Whether it is the whole hit of a detector that keeps a part.
    pub(crate) is_whole: bool,
}

impl ValueHit {
    /// Puts hits in order, and makes one of those that overlap or touch.
    pub(crate) fn unite(mut hits: Vec<Self>) -> Vec<Self> {
        hits.sort_unstable();
        hits.dedup_by(|next, last| {
            let is_part = next.value == last.value && next.start <= last.end.0;
            if is_part && next.end.0 > last.end.0 {
                last.end = next.end;
                last.is_whole = false;
            }
            is_part
        });
        hits
    }
}

impl Chosen {
    /// The ranges whose text goes.
    pub(crate) fn all(&self) -> Ranges {
        self.covered.clone().union(self.hits.clone())
    }
}

/// What becomes of one token as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Action {
    /// It stays; if it is text, its selected parts are masked.
    #[default]
    Keep,
    /// It is taken out.
    Remove,
    /// A tag is written with its name alone, and `/` where it had one.
    Bare,
}

/// What became of tags, elements and comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) tags_removed: usize,
    pub(crate) tags_bared: usize,
    pub(crate) embedded_removed: usize,
    pub(crate) comments_removed: usize,
}

/// What to remove from one source, before masks and seams are known (rule C43).
#[derive(Clone, Default)]
pub(crate) struct Selection {
    /// Ranges of the source, in bytes, whose text is masked.
    pub(crate) text: Ranges,
    /// What becomes of each token, in the order of the tokens.
    pub(crate) actions: Vec<Action>,
}
