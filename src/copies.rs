//! Other copies of a text: what one redaction removed is removed from them too.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::audit::{Leak, Texts, leaks_in_html_copy, leaks_in_text_copy};
use crate::error::Error;
use crate::grapheme;
use crate::html::tokenize;
use crate::redaction::Redaction;
use crate::redactor::Redactor;
use crate::select::{Needles, Seen};

/// The texts that a redaction removed, to be removed from other copies.
///
/// Marks and ranges only fit the text that they were made for; the plain text part of the original mail, an export or
/// a search index hold the same words at other places. This type carries the words there. It has no `Debug`, `Display`
/// or serialized form, and clears its memory when dropped; the tables that a search builds of it are dropped, but not
/// cleared.
///
/// ```
/// use blackbar::Redactor;
///
/// let redactor = Redactor::default();
/// let redaction = redactor.html("<p><redact>Jane Doe</redact>, <redact>847564</redact></p>")?;
/// let mail = redactor.text_copy("From: Jane\r\n Doe\r\n\r\nMy ID is 84 75 64.", &redaction.removed())?;
/// assert_eq!(mail.text(), "From: ▇▇▇▇▇▇▇▇▇\r\n\r\nMy ID is 84 75 64.");
/// assert_eq!((mail.hits(), mail.misses().collect::<Vec<_>>()), (1, vec![1]));
/// assert_eq!(mail.leaks()[0].encoding, blackbar::Encoding::Digits);
/// # Ok::<(), blackbar::Error>(())
/// ```
#[allow(missing_debug_implementations, reason = "it holds what must never be printed")]
pub struct Removed {
    texts: Texts,
}

/// In clusters. A shorter text is only removed from a copy where it stands as a word of its own.
const SHORT: usize = 4;

impl Removed {
    /// The number of texts: one for each removed range of an inline run, one for each address that HTML takes for a
    /// tag, such as `<jo@example.com>`, and one for each hit in an attribute
    /// ([`crate::Policy::redact_tags_with_hits`]).
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.iter().count()
    }

    /// Whether there is no text: only tags and their attributes were removed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.iter().next().is_none()
    }

    /// The texts that can be searched for, with their numbers: the short ones, or the others.
    fn searched(&self, short: bool) -> (Vec<usize>, Vec<&str>) {
        let has_letter = |text: &str| text.contains(char::is_alphanumeric);
        self.texts
            .iter()
            .enumerate()
            .filter(|(_, text)| has_letter(text) && (grapheme::count(text) < SHORT) == short)
            .unzip()
    }
}

impl Redaction<'_> {
    /// The texts that were removed, to be removed from other copies with [`Redactor::html_copy`] and
    /// [`Redactor::text_copy`].
    #[must_use]
    pub fn removed(&self) -> Removed {
        let texts = match &self.tokens {
            Some(_) => Texts::of_html(&self.source_fragment(), &self.edits, &self.chosen),
            None => Texts::of_text(&self.source, &self.edits, &self.chosen),
        };
        Removed { texts }
    }
}

/// Another copy of a text, without what was removed from the first; see [`Redactor::html_copy`].
/// Its `Debug` shows counts only.
#[derive(Clone)]
#[must_use = "nothing is changed by itself: store its text"]
pub struct RedactedCopy<'s> {
    source: &'s str,
    redaction: Option<Redaction<'s>>,
    found: Vec<bool>,
    leaks: Vec<Leak>,
}

impl<'s> RedactedCopy<'s> {
    /// The copy's text: redacted, or as it was if nothing was found.
    #[must_use]
    pub fn text(&self) -> &str {
        self.redaction.as_ref().map_or(self.source, Redaction::text)
    }

    /// The same, without copying it once more if it was redacted.
    #[must_use]
    pub fn into_text(self) -> String {
        self.redaction.map_or_else(|| self.source.to_owned(), Redaction::into_text)
    }

    /// The redaction of the copy; `None` if nothing was found.
    #[must_use]
    pub fn redaction(&self) -> Option<&Redaction<'s>> {
        self.redaction.as_ref()
    }

    /// How many of the removed texts were found.
    #[must_use]
    pub fn hits(&self) -> usize {
        self.found.iter().filter(|found| **found).count()
    }

    /// Which of the removed texts were not found, by their place in the redaction that removed them, from 0. Addresses
    /// that HTML takes for tags are numbered after all others, and after them the hits in attributes.
    pub fn misses(&self) -> impl Iterator<Item = usize> {
        self.found.iter().enumerate().filter(|(_, found)| !**found).map(|(index, _)| index)
    }

    /// The places in the redacted copy where any of the removed texts is left, see [`Redaction::leaks`].
    #[must_use]
    pub fn leaks(&self) -> &[Leak] {
        &self.leaks
    }
}

impl fmt::Debug for RedactedCopy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RedactedCopy");
        debug.field("hits", &self.hits()).field("texts", &self.found.len()).field("leaks", &self.leaks.len());
        debug.finish_non_exhaustive()
    }
}

impl Redactor {
    /// Redacts another copy of an HTML body: every occurrence of what was removed from the first, by the rules of
    /// [`Redactor::html_strings`].
    ///
    /// A text of fewer than four clusters is only removed where it is a word of its own, and a text without a letter or
    /// digit is not removed at all. An address in angle brackets is a tag in the copy too: it is not masked, but
    /// reported by [`RedactedCopy::leaks`].
    ///
    /// It is no error if nothing is found: see [`RedactedCopy::misses`].
    ///
    /// # Errors
    /// Those of [`Redactor::html_strings`] but for [`Error::NoMatch`] and [`Error::BadNeedle`]; [`Error::Leak`] if the
    /// policy denies leaks and any of the texts is left.
    ///
    /// ```
    /// use blackbar::Redactor;
    ///
    /// let redactor = Redactor::default();
    /// let removed = redactor.html("<p>Jane <redact>Doe 847564</redact></p>")?.removed();
    /// let export = redactor.html_copy("<td>Jane <b>Doe</b>&nbsp;847564</td>", &removed)?;
    /// assert_eq!(export.text(), "<td>Jane <b>▇▇▇</b>▇▇▇▇▇▇▇</td>");
    /// assert_eq!(export.hits(), 1);
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn html_copy<'s>(&self, copy: &'s str, removed: &Removed) -> Result<RedactedCopy<'s>, Error> {
        let mut selection = self.select_html(copy)?;
        let found = self.find(removed, |needles, seen| selection.needles(needles, seen))?;
        let redaction = if selection.is_empty() { None } else { Some(selection.redact()?) };
        let result = redaction.as_ref().and_then(|redaction| Some((redaction.fragment()?, masks(redaction))));
        let leaks = match &result {
            Some((result, masks)) => leaks_in_html_copy(&removed.texts, result, masks),
            None => leaks_in_html_copy(&removed.texts, &tokenize(copy), &[]),
        };
        self.checked(RedactedCopy { source: copy, redaction, found, leaks })
    }

    /// Redacts another copy of a text, in plain text; see [`Redactor::html_copy`].
    ///
    /// # Errors
    /// [`Error::ClusterCut`] by the policy, those about the [`crate::Limits`], and [`Error::Leak`] as for
    /// [`Redactor::html_copy`].
    ///
    /// ```
    /// use blackbar::Redactor;
    ///
    /// let redactor = Redactor::default();
    /// let removed = redactor.html("<p>Jane <redact>Doe</redact></p>")?.removed();
    /// assert_eq!(redactor.text_copy("Jane Doe, Doesburg", &removed)?.text(), "Jane ▇▇▇, Doesburg");
    /// assert_eq!(redactor.text_copy("nobody", &removed)?.text(), "nobody");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn text_copy<'s>(&self, copy: &'s str, removed: &Removed) -> Result<RedactedCopy<'s>, Error> {
        let mut selection = self.select_text(copy)?;
        let found = self.find(removed, |needles, seen| selection.needles(needles, seen))?;
        let redaction = if selection.is_empty() { None } else { Some(selection.redact()?) };
        let leaks = match &redaction {
            Some(redaction) => leaks_in_text_copy(&removed.texts, redaction.text(), &masks(redaction)),
            None => leaks_in_text_copy(&removed.texts, copy, &[]),
        };
        self.checked(RedactedCopy { source: copy, redaction, found, leaks })
    }

    /// Searches for the texts and tells which were found.
    fn find(&self, removed: &Removed, mut search: impl FnMut(&Arc<Needles>, &mut Seen)) -> Result<Vec<bool>, Error> {
        let mut found = vec![false; removed.len()];
        // The caller did not choose these texts: any number of them may come from one mark, and some may be short.
        let policy = self.policy().limits(self.policy().limits.marks(usize::MAX)).min_needle_clusters(0);
        for short in [false, true] {
            let (indices, texts) = removed.searched(short);
            if texts.is_empty() {
                continue;
            }
            let needles = Arc::new(Needles::new(&texts, &policy.whole_words(short || policy.whole_words))?);
            let mut seen = Seen::default();
            search(&needles, &mut seen);
            for (index, text) in indices.into_iter().zip(texts) {
                found[index] = needles.has_seen(text, &seen);
            }
        }
        Ok(found)
    }

    /// The copy, unless leaks are left in it and the policy denies them.
    fn checked<'s>(&self, copy: RedactedCopy<'s>) -> Result<RedactedCopy<'s>, Error> {
        let count = copy.leaks.len();
        if count > 0 && self.policy().deny_leaks { Err(Error::Leak { count }) } else { Ok(copy) }
    }
}

fn masks(redaction: &Redaction<'_>) -> Vec<Range<usize>> {
    redaction.edits().result_ranges().collect()
}
