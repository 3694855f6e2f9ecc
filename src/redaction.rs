//! The result of a redaction.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::audit::{Leak, leaks_in_html, leaks_in_text};
use crate::edit::{Chosen, Edits, Unit, from_bytes};
use crate::html::{Fragment, Options, Token, tokenize_with};
use crate::plain::{PlainStyle, plain};
use crate::report::Report;

/// A finished redaction: the result, the edits that made it, and the counts.
///
/// It keeps the source, so that the result can be compared with it. Its `Debug` shows counts only, and it has no
/// `Display`: show or store [`Redaction::text`].
///
/// ```
/// let redaction = blackbar::Redactor::default().html("ID <redact>847564</redact>")?;
/// assert_eq!(redaction.text(), "ID ▇▇▇▇▇▇");
/// assert_eq!(redaction.edits().apply("ID <redact>847564</redact>")?, redaction.text());
/// assert!(!format!("{redaction:?}").contains("847564"));
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a redaction changes nothing by itself: store its text"]
pub struct Redaction<'s> {
    pub(crate) source: Cow<'s, str>,
    pub(crate) text: String,
    pub(crate) edits: Edits,
    pub(crate) report: Report,
    /// The tokens of the result; none for plain text.
    pub(crate) tokens: Option<Vec<Token>>,
    /// What was asked for, in bytes of the source.
    pub(crate) chosen: Chosen,
    /// The name of the marks in the source; empty if it has none that are marks.
    pub(crate) watch: &'static str,
}

impl Redaction<'_> {
    /// The redacted text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The redacted text, without copying it.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// What was replaced, in offsets of the source: the stored text, or for [`crate::Redactor::html`] the marked one.
    #[must_use]
    pub fn edits(&self) -> &Edits {
        &self.edits
    }

    /// The replaced ranges of the source in the caller's unit: one for each of the [edits](Redaction::edits).
    #[must_use]
    pub fn ranges_in(&self, unit: Unit) -> Vec<Range<usize>> {
        from_bytes(&self.source, self.edits.iter().map(|edit| edit.range), unit)
    }

    /// Where the replacements stand in the result, in the caller's unit: one range for each of the
    /// [edits](Redaction::edits), empty where text was only removed. For bytes there is also [`Edits::result_ranges`].
    ///
    /// With [`Redaction::ranges_in`] a client can show what goes and what will stand there:
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// let redaction = Redactor::default().chat("👍 847564, Jo", "👍 <redact>847564</redact>, <redact>Jo</redact>")?;
    /// assert_eq!(redaction.text(), "👍 ▇▇▇▇▇▇, ▇▇");
    /// assert_eq!(redaction.ranges_in(Unit::Utf16), [3..9, 11..13]);
    /// assert_eq!(redaction.result_ranges_in(Unit::Utf16), [3..9, 11..13]);
    /// assert_eq!(redaction.result_ranges_in(Unit::Bytes), [5..23, 25..31]);
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    #[must_use]
    pub fn result_ranges_in(&self, unit: Unit) -> Vec<Range<usize>> {
        from_bytes(&self.text, self.edits.result_ranges(), unit)
    }

    /// What was done, in numbers.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The plain text of the result; a redacted plain text is already that.
    ///
    /// It is derived from the redacted body, never by replacing strings in an older plain text (rule C62).
    ///
    /// ```
    /// use blackbar::{PlainStyle, Redactor};
    ///
    /// let redaction = Redactor::default().html("<p>Fish &amp; <redact>chips</redact></p><p>peas</p>")?;
    /// assert_eq!(redaction.plain_body(PlainStyle::Rendered), "Fish & ▇▇▇▇▇\n\npeas");
    /// assert_eq!(redaction.plain_body(PlainStyle::Zendesk), "Fish &amp; ▇▇▇▇▇  peas");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    #[must_use]
    pub fn plain_body(&self, style: PlainStyle) -> String {
        match self.fragment() {
            Some(fragment) => plain(&fragment, style),
            None => self.text.clone(),
        }
    }

    /// Searches the result for what was removed, and lists the places where it,
    /// or something that gives it away, is left.
    ///
    /// - Removed texts are searched for in visible text, also where an image or a hidden word stands in a word; in
    ///   attributes, comments, scripts and style sheets: in any case, with other punctuation, white space or zero-width
    ///   characters; with character references, percent-encoded, escaped, in quoted-printable and base64; numbers also
    ///   with punctuation or white space between their digits.
    /// - If a detector keeps a part of its hits, each whole hit is searched for.
    /// - So are the addresses, files and attachments that removed tags pointed to.
    /// - An attribute that stayed on a tag inside a mark is a leak, unless it only affects the layout, as `style` and
    ///   `class` do.
    /// - A text with fewer than four clusters, or fewer than four letters and digits, is only searched for as it was
    ///   written, as a word of its own. Punctuation, white space, accents and the like alone are not searched for.
    ///
    /// See [`Leak`] for an example, and [`crate::Policy::deny_leaks`] to have leaks refused.
    #[must_use]
    pub fn leaks(&self) -> Vec<Leak> {
        match self.fragment() {
            Some(result) => leaks_in_html(&self.source_fragment(), &self.edits, &self.chosen, &result),
            None => leaks_in_text(&self.source, &self.edits, &self.chosen, &self.text),
        }
    }

    /// Has html5ever, a browser's parser, read the result as well, and compares what it sees with what was to be kept:
    /// no mark, the same text in the same order, and no element, attribute or value that the source lacks.
    ///
    /// A redacted plain text is not parsed, and always passes.
    ///
    /// html5ever writes what it parses, the redacted text, to the host's log by the `log` crate, at the levels debug
    /// and trace. If that must not be there, filter out the target `html5ever`.
    ///
    /// # Errors
    /// What differs, as a [`crate::VerifyError`]; [`crate::VerifyError::OverCap`] if the result cannot be parsed in
    /// bounded time, so that it is not verified.
    ///
    /// ```
    /// let redaction = blackbar::Redactor::default().html("<p>ID <redact>847564</p><p>Jane</redact> Doe")?;
    /// redaction.verify()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "verify")]
    pub fn verify(&self) -> Result<(), crate::verify::VerifyError> {
        let Some(result) = self.fragment() else { return Ok(()) };
        crate::verify::verify(&self.source_fragment(), &self.edits, &result, self.watch)
    }

    /// The same redaction, with a copy of its source instead of a borrow.
    pub fn into_owned(self) -> Redaction<'static> {
        Redaction { source: Cow::Owned(self.source.into_owned()), ..self }
    }

    /// The tokens of the source, if it is HTML.
    pub(crate) fn source_fragment(&self) -> Fragment<'_> {
        tokenize_with(&self.source, &Options::default().watch(self.watch))
    }

    /// The tokens of the result; none for plain text.
    pub(crate) fn fragment(&self) -> Option<Fragment<'_>> {
        self.tokens.as_ref().map(|tokens| Fragment::from_tokens(&self.text, tokens))
    }
}

impl fmt::Debug for Redaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redaction")
            .field("edits", &self.edits.len())
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}
