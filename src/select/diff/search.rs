//! One mask text per range, where that text may stand in the stored text too.

use std::ops::Range;

use super::{Fault, is_bidi_control};
use crate::grapheme::clusters;

/// How many steps of readings may be followed: a base, and some more per byte.
const WORK_BASE: usize = 1 << 17;
const WORK_PER_BYTE: usize = 2;

/// Follows all readings side by side, cluster by cluster of the stored text.
pub(super) fn recover(stored: &str, redacted: &str, mask: &str) -> Result<Vec<Range<usize>>, Fault> {
    let mut search = Search { redacted, mask, next: Vec::new(), closed: Vec::new(), furthest: 0 };
    let mut readings = vec![Reading { at: 0, state: State::Kept, gap: 0, last: None, choice: None }];
    let mut work = WORK_BASE + WORK_PER_BYTE * (stored.len() + redacted.len());
    for (start, cluster) in clusters(stored) {
        let Some(left) = work.checked_sub(readings.len()) else {
            return Err(Fault::Ambiguous(redacted.find(mask).unwrap_or(0)));
        };
        work = left;
        for reading in &readings {
            search.step(reading, start, cluster);
        }
        readings.clear();
        readings.append(&mut search.next);
        merge(&mut readings);
    }
    let mut ends = readings.iter().filter(|reading| reading.at == redacted.len() && reading.state != State::InBidi);
    let (Some(&end), other) = (ends.next(), ends.next()) else { return Err(Fault::Mismatch(search.furthest)) };
    match end.choice.or(other.map(|other| other.at)) {
        Some(at) => Err(Fault::Ambiguous(at)),
        None => Ok(search.ranges(end, stored.len())),
    }
}

/// What became of the cluster before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Kept,
    Masked,
    /// It is a bidi control that stands in a range, so the range goes on.
    InBidi,
}

#[derive(Clone, Copy)]
struct Reading {
    /// How much of the redacted text is read.
    at: usize,
    state: State,
    /// Where the range begins, unless the cluster before was kept.
    gap: usize,
    /// The last range that ended.
    last: Option<usize>,
    /// Where readings met that are alike from there on.
    choice: Option<usize>,
}

struct Search<'s> {
    redacted: &'s str,
    mask: &'s str,
    next: Vec<Reading>,
    /// Ranges that ended, each with the one before it.
    closed: Vec<(Range<usize>, Option<usize>)>,
    furthest: usize,
}

impl Search<'_> {
    fn step(&mut self, reading: &Reading, start: usize, cluster: &str) {
        let rest = &self.redacted[reading.at..];
        let bidi = is_bidi_control(cluster);
        let stands = rest.starts_with(cluster);
        let behind = reading.at + cluster.len();
        if stands && reading.state != State::InBidi {
            let last = match reading.state {
                State::Kept => reading.last,
                _ => Some(self.close(reading, start)),
            };
            self.furthest = self.furthest.max(start + cluster.len());
            self.next.push(Reading { at: behind, state: State::Kept, last, ..*reading });
        }
        match reading.state {
            State::Kept if !bidi && rest.starts_with(self.mask) => {
                let at = reading.at + self.mask.len();
                self.next.push(Reading { at, state: State::Masked, gap: start, ..*reading });
            }
            State::Kept => {}
            _ if !bidi => self.next.push(Reading { state: State::Masked, ..*reading }),
            _ if stands => self.next.push(Reading { at: behind, state: State::InBidi, ..*reading }),
            _ => {}
        }
    }

    fn close(&mut self, reading: &Reading, end: usize) -> usize {
        self.closed.push((reading.gap..end, reading.last));
        self.closed.len() - 1
    }

    fn ranges(&mut self, end: Reading, len: usize) -> Vec<Range<usize>> {
        let mut last = match end.state {
            State::Kept => end.last,
            _ => Some(self.close(&end, len)),
        };
        let mut ranges = Vec::new();
        while let Some((range, before)) = last.and_then(|last| self.closed.get(last)) {
            ranges.push(range.clone());
            last = *before;
        }
        ranges.reverse();
        ranges
    }
}

/// Makes readings that are alike from here on one, which then has a choice.
fn merge(readings: &mut Vec<Reading>) {
    let key = |reading: &Reading| (reading.at, reading.state);
    readings.sort_unstable_by_key(key);
    readings.dedup_by(|next, kept| {
        let same = key(next) == key(kept);
        if same {
            let met = [kept.choice, next.choice, Some(kept.at)];
            kept.choice = met.into_iter().flatten().min();
        }
        same
    });
}
