//! What to redact in an HTML body.

use std::cmp::Reverse;
use std::convert::Infallible;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::finish::in_bytes;
use super::job::Job;
use super::joined::{Searched, add_joined};
use crate::audit::only_lays_out;
use crate::edit::{Unit, ValueHit};
use crate::error::Error;
use crate::html::{Fragment, Kind, Options, tokenize_with};
use crate::plain::rendered_with_map;
use crate::policy::Policy;
use crate::redaction::Redaction;
use crate::report::Report;
use crate::select::{Draft, Haystack, MARK, Needles, Part, Patterns, Search, Seen, Space, Work, own_mark, project};

/// What to redact in one HTML body. Made by [`crate::Redactor::select_html`].
///
/// Marks, ranges, strings and patterns are united before anything is masked.
///
/// ```
/// use blackbar::{Detector, Patterns, Redactor};
///
/// let stored = "<p>Jo Doe, ID 847564, jo@example.com</p>";
/// let redaction = Redactor::default()
///     .select_html(stored)?
///     .marked("<p>Jo Doe, ID <redact>847564</redact>, jo@example.com</p>")?
///     .strings(&["Jo Doe"])?
///     .patterns(&Patterns::new().detector(Detector::Email))?
///     .redact()?;
/// assert_eq!(redaction.text(), "<p>▇▇▇▇▇▇, ID ▇▇▇▇▇▇, ▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "nothing is redacted before `redact`"]
pub struct HtmlSelection<'s> {
    policy: Policy,
    fragment: Fragment<'s>,
    /// The name of marks; empty if the body has such tags or attributes of its own, which are content.
    watch: &'static str,
    /// Where the first of those stands (C41).
    own_mark: Option<usize>,
    draft: Draft,
    /// What was searched for, to be searched again where a removal joins text.
    searched: Vec<Searched>,
    work: Work,
    /// For each mark of a marked copy, where it begins in the source and where it opens in the copy.
    openings: Vec<(usize, usize)>,
    report: Report,
}

impl<'s> HtmlSelection<'s> {
    /// Selects nothing yet of a body that has no marks, or whose marks are content.
    pub(crate) fn new(policy: &Policy, stored: &'s str) -> Result<Self, Error> {
        policy.limits.check_input(stored.len())?;
        policy.limits.check_unmarked(stored.len())?;
        let mut fragment = tokenize_with(stored, &Options::default().watch(MARK));
        let own_mark = own_mark(&fragment);
        if own_mark.is_some() {
            fragment = tokenize_with(stored, &Options::default());
        }
        if let Some(offset) = fragment.ambiguous() {
            return Err(Error::AmbiguousMarkup { offset });
        }
        let watch = if own_mark.is_some() { "" } else { MARK };
        let (draft, report) = (Draft::default(), Report::default());
        let (searched, work, openings) = (Vec::new(), Work::new(policy), Vec::new());
        Ok(Self { policy: *policy, fragment, watch, own_mark, draft, searched, work, openings, report })
    }

    /// Adds what the marks in a marked copy of the body say; see [`crate::Redactor::html_stored`].
    ///
    /// # Errors
    /// [`Error::NotTheStoredBody`], [`Error::StoredHasMarks`], [`Error::UnclosedMark`], [`Error::StrayMark`],
    /// [`Error::HiddenMark`] and [`Error::EmptyMark`]; [`Error::InputTooLarge`] of the copy,
    /// and [`Error::TooManyMarks`].
    pub fn marked(mut self, marked: &str) -> Result<Self, Error> {
        self.policy.limits.check_input(marked.len())?;
        if let Some(offset) = self.own_mark {
            return Err(Error::StoredHasMarks { offset });
        }
        let projection = project(&self.fragment, &tokenize_with(marked, &Options::default().watch(MARK)))?;
        self.policy.limits.check_marks(projection.opened + projection.attributes.len())?;
        self.draft.attributes.extend(projection.attributes);
        self.draft.attributes.sort_unstable();
        self.draft.attributes.dedup();
        self.openings.extend(projection.ranges.iter().map(|range| range.start).zip(projection.openings));
        self.draft.covered.extend(projection.ranges);
        Ok(self)
    }

    /// Adds explicit ranges, in `unit`s of the body's source. Each acts like a mark.
    ///
    /// # Errors
    /// [`Error::BadRange`] and [`Error::TooManyMarks`].
    pub fn ranges(mut self, ranges: &[Range<usize>], unit: Unit) -> Result<Self, Error> {
        self.draft.covered.extend(in_bytes(&self.policy, self.fragment.source(), ranges, unit)?);
        Ok(self)
    }

    /// Adds explicit ranges of the body's rendered text ([`crate::PlainStyle::Rendered`]), in `unit`s. Each acts like a
    /// mark from the first of its characters that stands in the source to the last.
    ///
    /// # Errors
    /// [`Error::BadRange`], also for a range that holds only line ends and tabs added by rendering, and
    /// [`Error::TooManyMarks`].
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// // The text is shown as "Fish & chips\n\npeas".
    /// let selection = Redactor::default().select_html("<p>Fish &amp; chips</p><p>peas</p>")?;
    /// let redaction = selection.rendered_ranges(&[5..6, 10..16], Unit::Utf16)?.redact()?;
    /// assert_eq!(redaction.text(), "<p>Fish ▇ chi▇▇</p><p>▇▇as</p>");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn rendered_ranges(mut self, ranges: &[Range<usize>], unit: Unit) -> Result<Self, Error> {
        let (text, pieces) = rendered_with_map(&self.fragment);
        for (index, range) in in_bytes(&self.policy, &text, ranges, unit)?.into_iter().enumerate() {
            let first = pieces.partition_point(|piece| piece.text.end <= range.start);
            let last = pieces.partition_point(|piece| piece.text.start < range.end);
            let (Some(first), Some(last)) = (pieces.get(first), last.checked_sub(1).and_then(|last| pieces.get(last)))
            else {
                return Err(Error::BadRange { index });
            };
            let covered = first.source_of(range.start).start..last.source_of(range.end).end;
            if covered.is_empty() {
                return Err(Error::BadRange { index });
            }
            self.draft.covered.push(covered);
        }
        Ok(self)
    }

    /// Adds all occurrences of strings; see [`crate::Redactor::html_strings`].
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
    /// Those of [`HtmlSelection::strings`] but for [`Error::NoMatch`].
    ///
    /// ```
    /// use blackbar::{Detector, Patterns, Redactor};
    ///
    /// let redaction = Redactor::default()
    ///     .select_html("<p>Jo Doe, ID 847564</p>")?
    ///     .strings(&["847564"])?
    ///     .strings_if_any(&["Jane Doe"])?
    ///     .patterns_if_any(&Patterns::new().detector(Detector::Email))?
    ///     .redact()?;
    /// assert_eq!(redaction.text(), "<p>Jo Doe, ID ▇▇▇▇▇▇</p>");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn strings_if_any<S: AsRef<str>>(mut self, strings: &[S]) -> Result<Self, Error> {
        self.add_strings(strings)?;
        Ok(self)
    }

    /// Adds the occurrences of strings, and tells whether there are any.
    fn add_strings<S: AsRef<str>>(&mut self, strings: &[S]) -> Result<bool, Error> {
        let needles = Arc::new(Needles::new(strings, &self.policy)?);
        Ok(self.add_hits(&needles, |haystack, hits| needles.find(haystack, hits)))
    }

    /// Adds the occurrences of strings, if there are any, and notes which they are.
    pub(crate) fn needles(&mut self, needles: &Arc<Needles>, seen: &mut Seen) {
        self.add_hits(needles, |haystack, hits| needles.find_seen(haystack, hits, seen));
    }

    /// Adds what `find` finds, and tells whether it is anything.
    fn add_hits(&mut self, needles: &Arc<Needles>, mut find: impl FnMut(&str, &mut Vec<Range<usize>>)) -> bool {
        self.searched.push(Searched::Needles(Arc::clone(needles)));
        let before = self.draft.hits.len();
        let mut hits = Vec::new();
        let mut search = |haystack: &Haystack| {
            find(haystack.text(), &mut hits);
            for hit in hits.drain(..) {
                haystack.source_ranges(&hit, &mut self.draft.hits);
            }
        };
        if needles.crosses_lines() {
            search(&Haystack::whole(&self.fragment, &[]));
        } else {
            let never: Result<(), Infallible> = Haystack::each(&self.fragment, |haystack| {
                search(haystack);
                Ok(())
            });
            let Ok(()) = never;
        }
        let never: Result<bool, Infallible> = self.add_tags(|value, found| {
            find(value, &mut hits);
            found.extend(hits.drain(..).map(|hit| (hit, Part::Masked)));
            Ok(())
        });
        let Ok(has_tags) = never;
        has_tags || self.draft.hits.len() > before
    }

    /// Adds the start tags with an attribute in whose value `find` finds something,
    /// if the policy is to redact these, and tells whether there are any.
    fn add_tags<E>(
        &mut self,
        mut find: impl FnMut(&str, &mut Vec<(Range<usize>, Part)>) -> Result<(), E>,
    ) -> Result<bool, E> {
        if !self.policy.redact_tags_with_hits {
            return Ok(false);
        }
        let Draft { attributes, in_values, .. } = &mut self.draft;
        let (before, mut hits) = (attributes.len(), Vec::new());
        let source = self.fragment.source();
        for (index, token) in self.fragment.tokens().iter().enumerate() {
            if token.kind() != Kind::StartTag {
                continue;
            }
            let found = in_values.len();
            for attribute in self.fragment.attributes(token) {
                let value = attribute.decoded_value(source);
                if only_lays_out(&source[attribute.name], &value) {
                    continue;
                }
                find(&value, &mut hits)?;
                let value = (attribute.value.start, attribute.value.end);
                in_values.extend(hits.drain(..).map(|(hit, part)| ValueHit {
                    value,
                    start: hit.start,
                    end: Reverse(hit.end),
                    is_whole: part == Part::Whole,
                }));
            }
            if in_values.len() > found {
                attributes.push(index);
            }
        }
        let has_any = attributes.len() > before;
        attributes.sort_unstable();
        attributes.dedup();
        Ok(has_any)
    }

    /// Whether nothing is selected yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.draft.is_empty()
    }

    /// Adds all hits of patterns; see [`crate::Redactor::html_patterns`].
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
        self.add_patterns_within(patterns, &mut self.work.clone())
    }

    /// The same with `work`, which is what is left of a call with more than one text.
    pub(crate) fn add_patterns_within(&mut self, patterns: &Patterns, work: &mut Work) -> Result<bool, Error> {
        self.searched.push(Searched::Patterns(patterns.clone()));
        let mut search = Search::new(patterns, work);
        let Draft { hits, wholes, .. } = &mut self.draft;
        Haystack::each(&self.fragment, |haystack| {
            search.find(haystack.text(), Space::Collapsed, |part, hit| {
                haystack.source_ranges(&hit, if part == Part::Masked { &mut *hits } else { &mut *wholes });
            })
        })?;
        self.add_tags(|value, found| search.find(value, Space::Kept, |part, hit| found.push((hit, part))))?;
        let found = search.report(&mut self.report.patterns);
        self.work = *work;
        Ok(found)
    }

    /// Redacts what was selected.
    ///
    /// # Errors
    /// [`Error::NothingToRedact`] if that is nothing, [`Error::EmptyMark`] if a mark or range holds nothing that can be
    /// removed, [`Error::NoMatch`] if nothing in the hits can be; [`Error::RangeInMarkup`]; [`Error::EmbeddedInMark`],
    /// [`Error::CannotRemove`] and [`Error::ClusterCut`] for the content; [`Error::AmbiguousMarkup`] and
    /// [`Error::UnsafeRemoval`] for the markup; [`Error::OutputTooLarge`], and [`Error::Leak`] by the policy.
    pub fn redact(self) -> Result<Redaction<'s>, Error> {
        let Self { ref policy, fragment, watch, mut draft, ref searched, mut work, ref openings, report, .. } = self;
        add_joined(&fragment, &mut draft, searched, policy, &mut work)?;
        Job { policy, watch, openings }.redact(fragment, draft, report)
    }
}

impl fmt::Debug for HtmlSelection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HtmlSelection").field("bytes", &self.fragment.source().len()).finish_non_exhaustive()
    }
}
