//! What to redact in a plain text.

use std::fmt;
use std::ops::Range;

use super::finish::{Finished, in_bytes, in_copy};
use crate::edit::Unit;
use crate::error::Error;
use crate::gallop::Forward;
use crate::mask::mask_text;
use crate::policy::Policy;
use crate::redaction::Redaction;
use crate::report::Report;
use crate::select::{Draft, Needles, Part, Patterns, Search, Seen, Space, Work, chat};

/// What to redact in one plain text. Made by [`crate::Redactor::select_text`].
///
/// Marks, ranges, strings and patterns are united before anything is masked.
///
/// ```
/// use blackbar::{Detector, Patterns, Redactor};
///
/// let redaction = Redactor::default()
///     .select_text("Jo Doe, ID 847564, jo@example.com")?
///     .marked("Jo Doe, ID <redact>847564</redact>, jo@example.com")?
///     .strings(&["Jo Doe"])?
///     .patterns(&Patterns::new().detector(Detector::Email))?
///     .redact()?;
/// assert_eq!(redaction.text(), "▇▇▇▇▇▇, ID ▇▇▇▇▇▇, ▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "nothing is redacted before `redact`"]
pub struct TextSelection<'s> {
    policy: Policy,
    source: &'s str,
    draft: Draft,
    work: Work,
    /// For each mark of a marked copy, where it begins in the source and where it opens in the copy.
    openings: Vec<(usize, usize)>,
    report: Report,
}

impl<'s> TextSelection<'s> {
    pub(crate) fn new(policy: &Policy, source: &'s str) -> Result<Self, Error> {
        policy.limits.check_input(source.len())?;
        policy.limits.check_unmarked(source.len())?;
        let (draft, report) = (Draft::default(), Report::default());
        Ok(Self { policy: *policy, source, draft, work: Work::new(policy), openings: Vec::new(), report })
    }

    /// Adds what the marks in a copy of the text cover; see [`crate::Redactor::chat`].
    ///
    /// # Errors
    /// [`Error::InputTooLarge`] and [`Error::TooManyMarks`]; otherwise those of [`crate::Redactor::chat`] but for
    /// [`Error::ClusterCut`].
    pub fn marked(mut self, marked: &str) -> Result<Self, Error> {
        self.policy.limits.check_input(marked.len())?;
        let aligned = chat::align(self.source, marked, self.policy.limits.marks)?;
        self.draft.covered.extend_from_slice(aligned.ranges.as_slice());
        self.openings.extend(aligned.openings);
        Ok(self)
    }

    /// Adds explicit ranges, in `unit`s.
    ///
    /// # Errors
    /// [`Error::BadRange`] and [`Error::TooManyMarks`].
    pub fn ranges(mut self, ranges: &[Range<usize>], unit: Unit) -> Result<Self, Error> {
        self.draft.covered.extend(in_bytes(&self.policy, self.source, ranges, unit)?);
        Ok(self)
    }

    /// Adds all occurrences of strings; see [`crate::Redactor::text_strings`].
    ///
    /// # Errors
    /// [`Error::BadNeedle`], [`Error::NoMatch`], [`Error::TooManyMarks`], and [`Error::InputTooLarge`] if the strings
    /// together, in all spellings that are searched for, are larger than the limit.
    pub fn strings<S: AsRef<str>>(mut self, strings: &[S]) -> Result<Self, Error> {
        if self.add_strings(strings)? { Ok(self) } else { Err(Error::NoMatch) }
    }

    /// Adds all occurrences of strings, if there are any: that none is there is no error.
    ///
    /// # Errors
    /// Those of [`TextSelection::strings`] but for [`Error::NoMatch`].
    pub fn strings_if_any<S: AsRef<str>>(mut self, strings: &[S]) -> Result<Self, Error> {
        self.add_strings(strings)?;
        Ok(self)
    }

    /// Adds the occurrences of strings, and tells whether there are any.
    fn add_strings<S: AsRef<str>>(&mut self, strings: &[S]) -> Result<bool, Error> {
        let before = self.draft.hits.len();
        Needles::new(strings, &self.policy)?.find(self.source, &mut self.draft.hits);
        Ok(self.draft.hits.len() > before)
    }

    /// Adds the occurrences of strings, if there are any, and notes which they are.
    pub(crate) fn needles(&mut self, needles: &Needles, seen: &mut Seen) {
        needles.find_seen(self.source, &mut self.draft.hits, seen);
    }

    /// Whether nothing is selected yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.draft.is_empty()
    }

    /// Adds all hits of patterns; see [`crate::Redactor::text_patterns`].
    ///
    /// # Errors
    /// [`Error::NoMatch`] and [`Error::TooMuchWork`].
    pub fn patterns(mut self, patterns: &Patterns) -> Result<Self, Error> {
        if self.add_patterns(patterns)? { Ok(self) } else { Err(Error::NoMatch) }
    }

    /// Adds all hits of patterns, if there are any: that none has one is no error.
    ///
    /// # Errors
    /// [`Error::TooMuchWork`].
    pub fn patterns_if_any(mut self, patterns: &Patterns) -> Result<Self, Error> {
        self.add_patterns(patterns)?;
        Ok(self)
    }

    /// Adds the hits of patterns, and tells whether there are any.
    fn add_patterns(&mut self, patterns: &Patterns) -> Result<bool, Error> {
        let mut work = self.work;
        let found = self.add_patterns_within(patterns, &mut work)?;
        self.work = work;
        Ok(found)
    }

    /// The same with `work`, which is what is left of a call with more than one text.
    pub(crate) fn add_patterns_within(&mut self, patterns: &Patterns, work: &mut Work) -> Result<bool, Error> {
        let Draft { hits, wholes, .. } = &mut self.draft;
        let mut search = Search::new(patterns, work);
        search.find(self.source, Space::Kept, |part, hit| match part {
            Part::Masked => hits.push(hit),
            Part::Whole => wholes.push(hit),
        })?;
        Ok(search.report(&mut self.report.patterns))
    }

    /// Redacts what was selected.
    ///
    /// # Errors
    /// [`Error::NothingToRedact`] if that is nothing, [`Error::EmptyMark`] if a mark or range holds nothing that can be
    /// removed, [`Error::NoMatch`] if nothing in the hits can be; [`Error::ClusterCut`] and [`Error::Leak`] by the
    /// policy; and [`Error::OutputTooLarge`].
    pub fn redact(self) -> Result<Redaction<'s>, Error> {
        let Self { policy, source, draft, openings, mut report, .. } = self;
        let chosen = draft.into_chosen();
        let selected = chosen.all();
        if selected.is_empty() {
            return Err(Error::NothingToRedact);
        }
        let masked = mask_text(source, &selected, &policy)?;
        let mut masks = Forward::new(masked.text.as_slice());
        if let Some(range) = chosen.covered.as_slice().iter().find(|range| !masks.intersects(range)) {
            return Err(in_copy(Error::EmptyMark { offset: range.start }, &openings));
        }
        let text = masked.edits.apply(source)?;
        report.ranges = selected.as_slice().len();
        Finished::new(source, text, masked, report, None, chosen).finish("", &policy, Error::NoMatch)
    }
}

impl fmt::Debug for TextSelection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextSelection").field("bytes", &self.source.len()).finish_non_exhaustive()
    }
}
