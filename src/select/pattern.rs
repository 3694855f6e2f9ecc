//! Patterns: the caller's regular expressions, and detectors (rule C71).

use std::fmt;
use std::ops::Range;

use crate::error::Error;
use crate::policy::Policy;
use crate::select::detect::{Detection, Detector, DetectorRule, Part, Space};

/// What to look for: the caller's regular expressions, and built-in [detectors](crate::Detector).
///
/// Each has a name, under which the report counts its hits. `Debug` shows how many patterns there are, not what they
/// look for.
///
/// ```
/// use blackbar::{Detector, Patterns, Redactor};
///
/// # #[cfg(feature = "patterns")] {
/// let patterns = Patterns::new()
///     .regex("employee", regex::Regex::new(r"\bE-\d{5}\b").unwrap())
///     .detector(Detector::Email);
/// let redaction = Redactor::default().html_patterns("<b>E-</b>10423, jo@example.com", &patterns)?;
/// assert_eq!(redaction.text(), "<b>▇▇</b>▇▇▇▇▇, ▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
/// # }
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Patterns {
    list: Vec<(String, Pattern)>,
}

#[derive(Clone)]
enum Pattern {
    Detector(DetectorRule),
    #[cfg(feature = "patterns")]
    Regex(regex::Regex),
}

impl Pattern {
    fn detector(&self) -> Option<&DetectorRule> {
        match self {
            Self::Detector(rule) => Some(rule),
            #[cfg(feature = "patterns")]
            Self::Regex(_) => None,
        }
    }
}

impl Patterns {
    /// No patterns yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// Adds a regular expression. Each inline run of HTML, or the whole of a plain text, is searched by itself. The
    /// text is decoded but otherwise as written: an expression that should pass over soft hyphens or line ends has to
    /// allow for them. Empty matches are ignored.
    ///
    /// Each match is one search, which takes time in proportion to the text, so that all of them together can take
    /// quadratic time; [`Limits::pattern_work`](crate::Limits::pattern_work) bounds it. Each search counts as if it
    /// read the text to its end, since it may have to.
    #[cfg(feature = "patterns")]
    #[must_use]
    pub fn regex(mut self, name: impl Into<String>, regex: regex::Regex) -> Self {
        self.list.push((name.into(), Pattern::Regex(regex)));
        self
    }

    /// Adds a detector under its own name: [`Detector::name`](crate::Detector::name). Detectors also find what can be
    /// told only when what stands beside it is masked, such as the card in `jo@example.com4111 1111 1111 1111`.
    #[must_use]
    pub fn detector(self, detector: impl Into<DetectorRule>) -> Self {
        let rule = detector.into();
        self.named_detector(rule.name(), rule)
    }

    /// Adds a detector under another name.
    #[must_use]
    pub fn named_detector(mut self, name: impl Into<String>, detector: impl Into<DetectorRule>) -> Self {
        self.list.push((name.into(), Pattern::Detector(detector.into())));
        self
    }

    /// Every detector, under its own name.
    #[must_use]
    pub fn all_detectors() -> Self {
        Detector::ALL.into_iter().fold(Self::new(), Self::detector)
    }

    /// The number of patterns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The names of the patterns in the order in which they were added.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.list.iter().map(|(name, _)| &name[..])
    }
}

impl fmt::Debug for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patterns").field("len", &self.list.len()).finish_non_exhaustive()
    }
}

/// How often detectors look at a text, each time with what they have found masked: a fixed number of times, so that
/// many things in a row that each hide the next take linear time.
const LOOKS: usize = 4;

/// A search for patterns in the haystacks of one source.
pub(crate) struct Search<'p> {
    patterns: &'p Patterns,
    /// The hits of each pattern so far.
    counts: Vec<usize>,
    #[cfg_attr(not(feature = "patterns"), allow(dead_code, reason = "only the caller's expressions are counted"))]
    work: &'p mut Work,
}

impl<'p> Search<'p> {
    pub(crate) fn new(patterns: &'p Patterns, work: &'p mut Work) -> Self {
        Self { patterns, counts: vec![0; patterns.len()], work }
    }

    /// Calls `found` with each range of `haystack` to mask, in no order. If a hit has several ranges, or if a part of
    /// it is kept, `found` is also called with the whole hit.
    ///
    /// # Errors
    /// [`Error::TooMuchWork`] if the caller's regular expressions need more work than is left.
    pub(crate) fn find(
        &mut self,
        haystack: &str,
        space: Space,
        mut found: impl FnMut(Part, Range<usize>),
    ) -> Result<(), Error> {
        let patterns = || self.patterns.list.iter().map(|(_, pattern)| pattern);
        let mut detection = Detection::new(haystack, space);
        for _ in 0..LOOKS {
            for (pattern, count) in patterns().zip(&mut self.counts) {
                *count += pattern.detector().map_or(0, |rule| detection.find(rule, &mut found));
            }
            let Some(rest) = detection.without_hits() else { break };
            detection = rest;
        }
        #[cfg(feature = "patterns")]
        for (pattern, count) in patterns().zip(&mut self.counts) {
            if let Pattern::Regex(regex) = pattern {
                *count += find_regex(regex, haystack, self.work, &mut |hit| found(Part::Masked, hit))?;
            }
        }
        Ok(())
    }

    /// Adds the name and the number of hits of each pattern that had one to `report`, and tells whether any had.
    pub(crate) fn report(self, report: &mut Vec<(String, usize)>) -> bool {
        let mut found = false;
        for ((name, _), count) in self.patterns.list.iter().zip(self.counts).filter(|(_, count)| *count > 0) {
            found = true;
            match report.iter_mut().find(|(known, _)| known == name) {
                Some((_, total)) => *total += count,
                None => report.push((name.clone(), count)),
            }
        }
        found
    }
}

/// How much the caller's regular expressions may look at, and how much of that is left, in bytes.
#[cfg_attr(not(feature = "patterns"), allow(dead_code, reason = "only the caller's expressions are counted"))]
#[derive(Clone, Copy)]
pub(crate) struct Work {
    limit: u64,
    left: u64,
}

impl Work {
    /// What one call may do in all, however many texts and patterns it has.
    pub(crate) fn new(policy: &Policy) -> Self {
        let limit = policy.limits.pattern_work;
        Self { limit, left: limit }
    }
}

#[cfg(feature = "patterns")]
impl Work {
    fn spend(&mut self, bytes: usize) -> Result<(), Error> {
        let left = self.left.checked_sub(bytes as u64);
        self.left = left.ok_or(Error::TooMuchWork { limit: self.limit })?;
        Ok(())
    }
}

/// Calls `mask` with each match and returns their number.
#[cfg(feature = "patterns")]
fn find_regex(
    regex: &regex::Regex,
    haystack: &str,
    work: &mut Work,
    mask: &mut impl FnMut(Range<usize>),
) -> Result<usize, Error> {
    let mut count = 0;
    let mut from = 0;
    while from <= haystack.len() {
        work.spend(haystack.len() - from + 1)?;
        let Some(found) = regex.find_at(haystack, from) else { break };
        from = found.end();
        if found.is_empty() {
            // The next character may begin a match that is not empty.
            from += haystack.get(from..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        } else {
            count += 1;
            mask(found.range());
        }
    }
    Ok(count)
}
