//! Strings: every place where the decoded text holds one of them (rule C70).
//!
//! The texts are folded first: what the search passes over is dropped, a run of white space is one space, case is
//! folded if the policy says so. On the folded bytes a search for plain strings is left, which [`Automaton`] does
//! for all of them in one pass.

mod automaton;
mod folding;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::grapheme;
use crate::policy::Policy;
use crate::select::chars::is_ignorable;

pub(crate) use automaton::Automaton;
use folding::{Folding, Prepared};

/// Strings to search for, made ready once and used on many texts. It holds them, so it has no `Debug` (C2).
pub(crate) struct Needles {
    folding: Folding,
    automaton: Automaton,
    crosses_lines: bool,
}

/// Which of the strings were found in one or more texts.
#[derive(Default)]
pub(crate) struct Seen(Vec<bool>);

impl Needles {
    /// Makes `needles` ready. Each is searched in all its [`spellings`].
    ///
    /// # Errors
    /// [`Error::BadNeedle`] if one is blank or shorter than the policy allows; [`Error::TooManyMarks`] and
    /// [`Error::InputTooLarge`] if they, in all their spellings, are past the limits together.
    pub(crate) fn new<S: AsRef<str>>(needles: &[S], policy: &Policy) -> Result<Self, Error> {
        policy.limits.check_marks(needles.len())?;
        policy.limits.check_input(needles.iter().map(|needle| needle.as_ref().len()).sum())?;
        let mut spellings = Vec::with_capacity(needles.len());
        for (index, needle) in needles.iter().enumerate() {
            let needle = needle.as_ref();
            let decoded = decode_basic(needle).filter(|decoded| !is_blank(decoded));
            let shortest = decoded.as_deref().unwrap_or(needle);
            if is_blank(needle) || visible_clusters(shortest) < policy.min_needle_clusters {
                return Err(Error::BadNeedle { index });
            }
            spellings.extend(self::spellings(needle));
        }
        policy.limits.check_input(spellings.iter().map(String::len).sum())?;
        Ok(Self::build(&spellings, policy))
    }

    fn build(spellings: &[String], policy: &Policy) -> Self {
        let spaces = spellings.iter().any(|needle| needle.contains(char::is_whitespace));
        let mut folding = Folding::new(policy, spaces);
        let folded: Vec<Vec<u8>> = spellings.iter().map(|needle| folding.fold(needle).into_bytes()).collect();
        folding.pad = folded.iter().any(|needle| needle.starts_with(b" ") || needle.ends_with(b" "));
        let crosses_lines = spaces && folded.iter().any(|needle| needle.trim_ascii().contains(&b' '));
        Self { folding, automaton: Automaton::new(folded), crosses_lines }
    }

    /// Whether a needle has white space between other characters, so that it can hit across a line or block.
    ///
    /// If so, the haystack should be the runs of the document in order with a `\n` between any two.
    pub(crate) fn crosses_lines(&self) -> bool {
        self.crosses_lines
    }

    /// Adds the hits in `haystack` to `hits`: sorted, hits that overlap or touch are one. The start and end of the
    /// haystack count as white space. Time and memory are linear in the haystack, whatever the number of hits.
    pub(crate) fn find(&self, haystack: &str, hits: &mut Vec<Range<usize>>) {
        let first = hits.len();
        self.search(haystack, hits, |hits, hit, _| push_union(hits, first, hit));
    }

    /// The same, but each hit by itself, in the order of their ends; of those with one end, the longest.
    #[cfg(feature = "serde")]
    pub(crate) fn find_each(&self, haystack: &str, hits: &mut Vec<Range<usize>>) {
        self.search(haystack, hits, |hits, hit, _| hits.push(hit));
    }

    /// As [`Needles::find`], and notes which of the strings were found.
    pub(crate) fn find_seen(&self, haystack: &str, hits: &mut Vec<Range<usize>>, seen: &mut Seen) {
        seen.0.resize(self.automaton.len(), false);
        let first = hits.len();
        self.search(haystack, hits, |hits, hit, state| {
            self.automaton.see(state, &mut seen.0);
            push_union(hits, first, hit);
        });
    }

    /// Whether `needle`, one of the strings, is among those found.
    pub(crate) fn has_seen(&self, needle: &str, seen: &Seen) -> bool {
        // The strings were folded before it was known whether the ends of texts are to be padded.
        let folding = self.folding.unpadded();
        let found = |spelling: &String| self.automaton.has_seen(folding.fold(spelling).bytes(), &seen.0);
        !seen.0.is_empty() && spellings(needle).iter().any(found)
    }

    /// Lets `add` add each hit, told with its state, in what is searched,
    /// and takes what was added back to the haystack.
    fn search(
        &self,
        haystack: &str,
        hits: &mut Vec<Range<usize>>,
        mut add: impl FnMut(&mut Vec<Range<usize>>, Range<usize>, u32),
    ) {
        let first = hits.len();
        let mut hit = |hit, state| add(hits, hit, state);
        match self.folding.prepare(haystack) {
            Prepared::Bytewise(bytes) => self.automaton.find(&bytes, &mut hit),
            Prepared::Folded(folded) => {
                self.automaton.find(folded.bytes(), &mut hit);
                for hit in hits.iter_mut().skip(first) {
                    *hit = folded.to_source(&self.folding.trim(folded.bytes(), hit));
                }
            }
        }
    }
}

/// Adds `hit`, which ends after all hits from `first` on, and joins it with those that it overlaps or touches.
fn push_union(hits: &mut Vec<Range<usize>>, first: usize, mut hit: Range<usize>) {
    while let Some(last) = hits.get(first..).and_then(<[_]>::last).filter(|last| last.end >= hit.start) {
        hit.start = hit.start.min(last.start);
        hits.pop();
    }
    hits.push(hit);
}

fn is_blank(needle: &str) -> bool {
    needle.chars().all(|c| c.is_whitespace() || is_ignorable(c))
}

/// The number of grapheme clusters without those that the search passes over and the white space at the ends.
pub(crate) fn visible_clusters(needle: &str) -> usize {
    let visible: String = needle.chars().filter(|&c| !is_ignorable(c)).collect();
    grapheme::count(visible.trim())
}

/// The ways to write a needle that people read alike: as given; with `&amp;`, `&lt;`, `&gt;` and `&nbsp;` decoded, as
/// it stands in a `plain_body`; with the apostrophe of keyboards or that of print; with letters and their accents in
/// one character each, or apart (UAX #15, canonical equivalence).
fn spellings(needle: &str) -> Vec<String> {
    let mut spellings = vec![needle.to_owned()];
    spellings.extend(decode_basic(needle).filter(|decoded| !is_blank(decoded)));
    let ways: [fn(&str) -> String; 4] = [
        |text| text.replace(PRINTED_APOSTROPHE, "'"),
        |text| text.replace('\'', PRINTED_APOSTROPHE),
        |text| text.nfc().collect(),
        |text| text.nfd().collect(),
    ];
    for way in ways.iter().filter(|_| needle.contains('\'') || !needle.is_ascii()) {
        for index in 0..spellings.len() {
            let other = way(&spellings[index]);
            if !spellings.contains(&other) {
                spellings.push(other);
            }
        }
    }
    spellings
}

const PRINTED_APOSTROPHE: &str = "\u{2019}";

/// `needle` with the four references decoded that a `plain_body` may hold (C61), or nothing if it has none.
fn decode_basic(needle: &str) -> Option<String> {
    const BASIC: [(&str, char); 4] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", '\u{a0}')];
    let mut rest = needle;
    let mut decoded = String::new();
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at);
        decoded.push_str(before);
        let basic = BASIC.iter().find_map(|(name, c)| Some((tail.strip_prefix(name)?, *c)));
        let (after, c) = basic.unwrap_or((tail.get(1..).unwrap_or_default(), '&'));
        decoded.push(c);
        rest = after;
    }
    decoded.push_str(rest);
    (decoded.len() < needle.len()).then_some(decoded)
}

#[cfg(test)]
mod tests;
