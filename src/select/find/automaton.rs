//! One pass over bytes for many strings (Aho and Corasick, 1975).
//!
//! At each end only the longest hit is reported: the union of all hits is the same, and so neither building nor
//! searching costs more than a constant for each byte, also for a thousand strings that end in one another.

use std::collections::VecDeque;
use std::ops::Range;

use memchr::memmem;

use crate::lanes::Lanes;
use crate::until::until_end;

/// The strings, as a trie with failure links. State 0 is the root; states are numbered in breadth-first order, so the
/// children of a state stand side by side.
pub(crate) struct Automaton {
    states: Vec<State>,
    /// The byte that leads into each state.
    labels: Vec<u8>,
    /// Where each byte leads from the root.
    root: [u32; 256],
    skip: Skip,
}

#[derive(Clone, Copy, Default)]
struct State {
    first_child: u32,
    children: u32,
    /// The state of the longest proper suffix that is in the trie.
    failure: u32,
    /// The length of the longest string that ends in this state, or 0.
    longest: u32,
}

/// The quick way to the next place where a string may begin.
enum Skip {
    /// The only string there is.
    One(Box<memmem::Finder<'static>>),
    /// The first two bytes of strings that begin in no more than four ways; some stand there more than once.
    Few([[u8; 2]; FEW]),
    /// The first two bytes of every string, as a set of bits; a string of one byte sets all pairs that begin with it.
    Pairs(Box<[u64; 1024]>),
}

impl Automaton {
    /// Builds the automaton in time linear in the bytes of `needles`, none of which is empty, after sorting them.
    pub(crate) fn new(mut needles: Vec<Vec<u8>>) -> Self {
        needles.sort_unstable();
        needles.dedup();
        let bytes: usize = needles.iter().map(Vec::len).sum();
        let mut automaton = Self {
            states: Vec::with_capacity(bytes + 1),
            labels: Vec::with_capacity(bytes + 1),
            root: [0; 256],
            skip: Skip::new(&needles),
        };
        automaton.states.push(State::default());
        automaton.labels.push(0);
        // The strings that begin with the bytes which lead to a state, and the number of those bytes, of the states
        // that have no children yet: kept for all states, they would be more than half of the memory.
        let mut prefixed = VecDeque::from([(0..needles.len(), 0)]);
        let mut parent = 0;
        while let Some((range, depth)) = prefixed.pop_front() {
            automaton.add_children(parent, &needles, range, depth, &mut prefixed);
            parent += 1;
        }
        automaton
    }

    fn add_children(
        &mut self,
        parent: usize,
        needles: &[Vec<u8>],
        range: Range<usize>,
        depth: usize,
        prefixed: &mut VecDeque<(Range<usize>, usize)>,
    ) {
        let first_child = self.states.len();
        let failure = self.states[parent].failure;
        let mut rest = range;
        while let Some(needle) = needles[rest.clone()].first() {
            // The shortest string with this prefix sorts first: it may be the prefix itself, told by its parent.
            let Some(&label) = needle.get(depth) else {
                rest.start += 1;
                continue;
            };
            let end = rest.start + needles[rest.clone()].partition_point(|needle| needle.get(depth) <= Some(&label));
            let failure = if parent == 0 { 0 } else { self.step(failure, label) };
            let longest = if needle.len() == depth + 1 { needle.len() as u32 } else { self.longest(failure) };
            let child = self.states.len() as u32;
            if parent == 0 {
                self.root[usize::from(label)] = child;
            }
            self.states.push(State { failure, longest, ..State::default() });
            self.labels.push(label);
            prefixed.push_back((rest.start..end, depth + 1));
            rest.start = end;
        }
        let children = (self.states.len() - first_child) as u32;
        let state = &mut self.states[parent];
        (state.first_child, state.children) = (first_child as u32, children);
    }

    /// The number of states.
    pub(crate) fn len(&self) -> usize {
        self.states.len()
    }

    /// Notes in `seen` that every string was found which ends in `state`. A state that was seen before ends the walk,
    /// so all walks together are no longer than there are states.
    pub(super) fn see(&self, mut state: u32, seen: &mut [bool]) {
        while state != 0 && !std::mem::replace(&mut seen[state as usize], true) {
            state = self.states[state as usize].failure;
        }
    }

    /// Whether `needle`, one of the strings, was found.
    pub(super) fn has_seen(&self, needle: &[u8], seen: &[bool]) -> bool {
        seen[self.state_of(needle) as usize]
    }

    /// The state that `needle`, one of the strings, ends in.
    pub(crate) fn state_of(&self, needle: &[u8]) -> u32 {
        needle.iter().fold(0, |state, &byte| self.step(state, byte))
    }

    /// The strings that end in `state`, the longest first: each by the state that is its own, and its length.
    pub(crate) fn ends(&self, mut state: u32) -> impl Iterator<Item = (u32, usize)> {
        std::iter::from_fn(move || {
            while self.longest(state) > 0 {
                let own = state;
                state = self.states[own as usize].failure;
                if self.longest(own) > self.longest(state) {
                    return Some((own, self.longest(own) as usize));
                }
            }
            None
        })
    }

    /// Reports the longest hit at each end, in the order of the ends, and the state that it ends in.
    pub(crate) fn find(&self, haystack: &[u8], hit: &mut impl FnMut(Range<usize>, u32)) {
        let mut state = 0;
        let mut at = 0;
        while at < haystack.len() {
            if state == 0 {
                match self.skip.next(&haystack[at..]) {
                    Some(skipped) => at += skipped,
                    None => return,
                }
            }
            state = self.step(state, haystack[at]);
            at += 1;
            let longest = self.longest(state) as usize;
            if longest > 0 {
                hit(at - longest..at, state);
            }
        }
    }

    /// The state after `byte`. Each failure makes the state shallower and each byte makes it at most one deeper, so
    /// the loop runs at most twice a byte on average.
    fn step(&self, mut state: u32, byte: u8) -> u32 {
        while state != 0 {
            let State { first_child, children, failure, .. } = self.states[state as usize];
            let labels = &self.labels[first_child as usize..(first_child + children) as usize];
            let child = match labels {
                [only] => (*only == byte).then_some(0),
                _ => labels.binary_search(&byte).ok(),
            };
            if let Some(child) = child {
                return first_child + child as u32;
            }
            state = failure;
        }
        self.root[usize::from(byte)]
    }

    fn longest(&self, state: u32) -> u32 {
        self.states[state as usize].longest
    }
}

const FEW: usize = 4;

impl Skip {
    fn new(needles: &[Vec<u8>]) -> Self {
        if let [only] = needles {
            return Self::One(Box::new(memmem::Finder::new(only).into_owned()));
        }
        if let Some(few) = few_beginnings(needles) {
            return Self::Few(few);
        }
        let mut pairs = Box::new([0; 1024]);
        for needle in needles {
            match needle[..] {
                [first] => pairs[usize::from(first) * 4..][..4].fill(u64::MAX),
                [first, second, ..] => {
                    let pair = usize::from(first) << 8 | usize::from(second);
                    pairs[pair / 64] |= 1 << (pair % 64);
                }
                [] => {}
            }
        }
        Self::Pairs(pairs)
    }

    /// How far it is to the next byte at which a string may begin. The last byte always counts as one.
    fn next(&self, haystack: &[u8]) -> Option<usize> {
        match self {
            Self::One(finder) => finder.find(haystack),
            Self::Few(pairs) => {
                let begins = |byte: Lanes, next: Lanes| {
                    let [one, two, three, four] = pairs.map(|[first, second]| byte.is(first) & next.is(second));
                    one | two | three | four
                };
                Some(until_end(haystack, 0, begins)).filter(|&found| found < haystack.len())
            }
            Self::Pairs(pairs) => {
                let begins = |pair: &[u8]| match *pair {
                    [first, second] => {
                        let pair = usize::from(first) << 8 | usize::from(second);
                        pairs[pair / 64] >> (pair % 64) & 1 == 1
                    }
                    _ => true,
                };
                Some(haystack.windows(2).position(begins).unwrap_or(haystack.len().saturating_sub(1)))
            }
        }
    }
}

/// The beginnings of the sorted `needles`, if they are few and each needle has one.
fn few_beginnings(needles: &[Vec<u8>]) -> Option<[[u8; 2]; FEW]> {
    let mut beginnings = Vec::new();
    for needle in needles {
        let beginning = *needle.first_chunk::<2>()?;
        if beginnings.last() != Some(&beginning) {
            beginnings.push(beginning);
        }
        if beginnings.len() > FEW {
            return None;
        }
    }
    let last = *beginnings.last()?;
    beginnings.resize(FEW, last);
    beginnings.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::Automaton;
    use crate::random::Random;

    #[test]
    fn all_strings_that_end_at_a_place_are_told_the_longest_first() {
        let mut random = Random::new(7);
        for _ in 0..2_000 {
            let mut needles: Vec<Vec<u8>> = Vec::new();
            for _ in 0..1 + random.below(8) {
                let count = 1 + random.below(4);
                needles.push(random.text(count, &["a", "b"]).into_bytes());
            }
            let haystack = random.text(12, &["a", "b", "c"]).into_bytes();
            let automaton = Automaton::new(needles.clone());
            let mut told = Vec::new();
            automaton.find(&haystack, &mut |hit, state| {
                told.extend(automaton.ends(state).map(|(own, length)| (hit.end, length, own)));
            });
            let mut expected = Vec::new();
            for end in 1..=haystack.len() {
                let mut at_end: Vec<&Vec<u8>> =
                    needles.iter().filter(|needle| haystack[..end].ends_with(needle)).collect();
                at_end.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
                at_end.dedup();
                expected.extend(at_end.iter().map(|needle| (end, needle.len(), automaton.state_of(needle))));
            }
            assert_eq!(told, expected, "{needles:?} {haystack:?}");
        }
    }
}
