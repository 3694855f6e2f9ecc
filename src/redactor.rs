//! The entry points: each is a few lines over a selection.

use std::ops::Range;

use crate::edit::Unit;
use crate::error::Error;
use crate::policy::Policy;
use crate::redaction::Redaction;
use crate::select::Patterns;
use crate::selection::{HtmlSelection, TextSelection, redact_marked};

/// Redacts by a policy. It holds nothing else, so it can be copied and shared between threads.
///
/// Beside the errors that each entry point lists, it may refuse with [`Error::InputTooLarge`],
/// [`Error::OutputTooLarge`] or [`Error::TooManyMarks`], by the policy's [`crate::Limits`], and with [`Error::Leak`] if
/// [`Policy::deny_leaks`] asks for that.
///
/// ```
/// use blackbar::Redactor;
///
/// let redaction = Redactor::default().html("<p>My ID number is <redact>847564</redact>!</p>")?;
/// assert_eq!(redaction.text(), "<p>My ID number is ▇▇▇▇▇▇!</p>");
/// # Ok::<(), blackbar::Error>(())
/// ```
///
/// A batch on all cores, with rayon:
///
/// ```
/// use blackbar::{Error, Redaction, Redactor};
/// use rayon::prelude::*;
///
/// let redactor = Redactor::default();
/// let marked = ["<p>ID <redact>847564</redact></p>", "<p>ID 847564</p>"];
/// let results: Vec<Result<String, Error>> =
///     marked.par_iter().map(|marked| redactor.html(marked).map(Redaction::into_text)).collect();
/// assert_eq!(results, [Ok("<p>ID ▇▇▇▇▇▇</p>".to_owned()), Err(Error::NothingToRedact)]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Redactor {
    policy: Policy,
}

impl Redactor {
    /// A redactor with a policy.
    ///
    /// # Errors
    /// [`Error::BadMask`] if the policy's mask cannot be used; [`crate::Mask`] tells which can.
    ///
    /// ```
    /// use blackbar::{Error, Mask, Policy, Redactor};
    ///
    /// assert!(Redactor::new(Policy::default().mask(Mask::PerGrapheme('█'))).is_ok());
    /// assert_eq!(Redactor::new(Policy::default().mask(Mask::PerGrapheme('<'))).unwrap_err(), Error::BadMask);
    /// ```
    pub fn new(policy: Policy) -> Result<Self, Error> {
        policy.check()?;
        Ok(Self { policy })
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Redacts an HTML body by the marks in it: text in `<redact>…</redact>`, tags with the `redact` attribute.
    ///
    /// The body is trusted to be the stored one with marks added by the agent. Where that is not certain, use
    /// [`Redactor::html_stored`].
    ///
    /// # Errors
    /// For the marks: [`Error::NothingToRedact`], [`Error::UnclosedMark`], [`Error::StrayMark`], [`Error::HiddenMark`],
    /// [`Error::SuspiciousMark`], [`Error::EmptyMark`]. For what they hold: [`Error::EmbeddedInMark`],
    /// [`Error::CannotRemove`], [`Error::ClusterCut`]. For the markup: [`Error::AmbiguousMarkup`],
    /// [`Error::UnsafeRemoval`].
    ///
    /// ```
    /// let marked = r#"<a href="http://example.com" redact><redact>some link</redact></a>"#;
    /// assert_eq!(blackbar::Redactor::default().html(marked)?.text(), "▇▇▇▇▇▇▇▇▇");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn html<'s>(&self, marked: &'s str) -> Result<Redaction<'s>, Error> {
        redact_marked(&self.policy, marked)
    }

    /// Redacts a stored HTML body by the marks in a marked copy of it. The copy is not trusted: without its marks it
    /// must have the same tokens as the stored body. What is redacted are the bytes of the stored body,
    /// never those of the copy.
    ///
    /// The copy may be what a browser's `innerHTML` makes of the stored body. These differences are ignored:
    ///
    /// | Stored | Marked | |
    /// |---|---|---|
    /// | `<p class=x>`, `<p class='x'>` | `<p class="x">` | quotes |
    /// | `<p  class = "x" >` | `<p class="x">` | white space in tags |
    /// | `<P CLASS="x">` | `<p class="x">` | case of names |
    /// | `<p id=a id=b>` | `<p id=a>` | attributes that repeat a name |
    /// | `&#65;`, `"`, `<![CDATA[A]]>` | `A`, `&quot;`, `A` | spelling of characters, in text and in values |
    /// | CR LF, CR, NUL | LF, LF, U+FFFD or nothing | line ends and NUL, as the standard reads them |
    /// | `&#13;` LF, `&#13;` | LF, LF | carriage returns: a browser writes the bare character, which is read as a line end |
    /// | `<?x>`, `<!-- x` | `<!--?x-->`, `<!-- x-->` | what begins and ends a comment |
    /// | `<br/>`, `<o:p/>` | `<br>`, `<o:p>` | the slash of an element of HTML |
    /// | `</p x>` | `</p>` | attributes of end tags |
    /// | `<image>` | `<img>` | the name of an image |
    /// | `</br>` | `<br>` | a line break written as an end tag |
    /// | `<path/>` | `<path></path>` | the slash that ends an element of SVG or MathML |
    /// | `<p>a<p>b` | `<p>a</p><p>b</p>` | end tags, where the standard implies them |
    /// | `<table><td>` | `<table><tbody><tr><td>` | `tbody`, `tr` and `colgroup`, where the standard implies them |
    /// | `<h3>a</h2>` | `<h3>a</h3>` | the end tag of one heading for that of another |
    /// | `</p>` with no `p` open | `<p></p>` | the empty paragraph that the standard makes of it |
    /// | `<!doctype html>`, `<html>`, `<head>`, `<body>` and their end tags, `<td>`, `<tr>` and the like outside of tables, `<form>` in a form, `</i>` with no `i` open or none that it reaches, `</>` | | what the standard ignores in a body |
    /// | `<pre>` LF `a` | `<pre>a` | the line end that HTML drops after `pre`, `listing` and `textarea` |
    ///
    /// Where the two columns differ in spelling alone, either may be the stored one; the same is true of the slash of
    /// an HTML element and of what an end tag holds. Other tags and attributes, line ends, carriage returns, a NUL in
    /// text, the name of an image and `</br>` may be written or left out only as shown. Everything else is refused: a
    /// changed word, another attribute or another order of attributes, a dropped image. Bodies whose tags a browser
    /// moves or doubles (text directly inside a `table`, `<b><p></b>`) must come back with the tags that are stored.
    ///
    /// # Errors
    /// [`Error::NotTheStoredBody`] with the first difference. [`Error::StoredHasMarks`] if the stored body has marks of
    /// its own; redact such a body by [`Redactor::html_ranges`]. [`Error::NothingToRedact`] also if only tags are
    /// marked and none of them has anything to lose. Otherwise those of [`Redactor::html`] but for
    /// [`Error::SuspiciousMark`]: what is nearly a mark is a difference here. Offsets about marks are in the marked
    /// copy, all others in the stored body.
    ///
    /// ```
    /// use blackbar::{Error, Redactor};
    ///
    /// let redactor = Redactor::default();
    /// let stored = "<P CLASS=x>Jo&#32;Doe, ID 847564<br/>";
    /// let marked = r#"<p class="x">Jo Doe, ID <redact>847564</redact><br></p>"#;
    /// assert_eq!(redactor.html_stored(stored, marked)?.text(), "<P CLASS=x>Jo&#32;Doe, ID ▇▇▇▇▇▇<br/>");
    ///
    /// let edited = "<P CLASS=x>Jim Doe, ID <redact>847564</redact><br/>";
    /// let error = redactor.html_stored(stored, edited).unwrap_err();
    /// assert_eq!(error, Error::NotTheStoredBody { stored_offset: 12, marked_offset: 12 });
    /// # Ok::<(), Error>(())
    /// ```
    pub fn html_stored<'s>(&self, stored: &'s str, marked: &str) -> Result<Redaction<'s>, Error> {
        self.select_html(stored)?.marked(marked)?.redact()
    }

    /// Redacts explicit ranges of an HTML body. A range acts like a mark around the same bytes, but does not take apart
    /// what stands for one character: if it begins or ends inside a character reference, or between CR and LF, it takes
    /// in all of that, or is refused by the policy, see [`crate::ClusterEdge`].
    ///
    /// For ranges of the text that the body shows, such as what an agent selects in a browser, see
    /// [`HtmlSelection::rendered_ranges`].
    ///
    /// # Errors
    /// [`Error::BadRange`] and [`Error::RangeInMarkup`]; [`Error::NothingToRedact`] if there is no range, and
    /// [`Error::EmptyMark`] if one holds nothing that can be removed;
    /// and those of [`Redactor::html`] about the content of marks and about the markup.
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// let redaction = Redactor::default().html_ranges("<p>ID 847564</p>", &[6..12], Unit::Bytes)?;
    /// assert_eq!(redaction.text(), "<p>ID ▇▇▇▇▇▇</p>");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn html_ranges<'s>(
        &self,
        stored: &'s str,
        ranges: &[Range<usize>],
        unit: Unit,
    ) -> Result<Redaction<'s>, Error> {
        self.select_html(stored)?.ranges(ranges, unit)?.redact()
    }

    /// Redacts all occurrences of strings in the text of an HTML body.
    ///
    /// A string is found across inline tags, however its characters are written as references, with other white space,
    /// and with soft hyphens and zero-width characters in it; not across blocks, cells or `<br>`, unless it has white
    /// space there. It is also found with the other apostrophe (`O'Neil`, `O’Neil`), with all its accents apart or
    /// all of them composed, and, as it may be copied from a plain body, with its own `&amp;`, `&lt;`, `&gt;` and
    /// `&nbsp;` read as the characters that they stand for.
    ///
    /// Attributes, comments, scripts and styles are not searched: the address in `<a href="mailto:…">` stays, and
    /// [`Redaction::leaks`] tells of it, unless [`Policy::redact_tags_with_hits`] is on.
    ///
    /// It is enough if one of the strings is found. To require every string, select them one by one, as below.
    ///
    /// # Errors
    /// [`Error::BadNeedle`], and [`Error::NoMatch`] if none is found; [`Error::ClusterCut`] by the policy; and those of
    /// [`Redactor::html`] about the markup.
    ///
    /// ```
    /// let stored = "<p>Card <b>4111</b>&nbsp;1111, again: 4111 1111</p>";
    /// let redaction = blackbar::Redactor::default().html_strings(stored, &["4111 1111"])?;
    /// assert_eq!(redaction.text(), "<p>Card <b>▇▇▇▇</b>▇▇▇▇▇, again: ▇▇▇▇▇▇▇▇▇</p>");
    ///
    /// let selection = blackbar::Redactor::default().select_html(stored)?.strings(&["4111 1111"])?;
    /// assert_eq!(selection.strings(&["Jane Doe"]).unwrap_err(), blackbar::Error::NoMatch);
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn html_strings<'s, S: AsRef<str>>(&self, stored: &'s str, strings: &[S]) -> Result<Redaction<'s>, Error> {
        self.select_html(stored)?.strings(strings)?.redact()
    }

    /// Redacts all hits of patterns in the text of an HTML body. Each inline run is searched by itself.
    ///
    /// # Errors
    /// [`Error::NoMatch`] if no pattern has a hit, as in a clean body; [`Error::TooMuchWork`]; [`Error::ClusterCut`] by
    /// the policy; and those of [`Redactor::html`] about the markup.
    ///
    /// ```
    /// use blackbar::{Detector, Patterns, Redactor};
    ///
    /// let patterns = Patterns::new().detector(Detector::PaymentCard);
    /// let redaction = Redactor::default().html_patterns("<p><b>4111</b>&nbsp;1111 1111 1111</p>", &patterns)?;
    /// assert_eq!(redaction.text(), "<p><b>4111</b>&nbsp;11▇▇ ▇▇▇▇ 1111</p>");
    /// assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("payment_card", 1)]);
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn html_patterns<'s>(&self, stored: &'s str, patterns: &Patterns) -> Result<Redaction<'s>, Error> {
        self.select_html(stored)?.patterns(patterns)?.redact()
    }

    /// Begins a redaction of an HTML body by any mix of marks, ranges, strings and patterns.
    ///
    /// # Errors
    /// [`Error::InputTooLarge`] and [`Error::AmbiguousMarkup`].
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// let stored = "<p>Jo Doe, ID 847564</p>";
    /// let selection = Redactor::default().select_html(stored)?;
    /// let redaction = selection.ranges(&[3..9], Unit::Bytes)?.strings(&["847564"])?.redact()?;
    /// assert_eq!(redaction.text(), "<p>▇▇▇▇▇▇, ID ▇▇▇▇▇▇</p>");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn select_html<'s>(&self, stored: &'s str) -> Result<HtmlSelection<'s>, Error> {
        HtmlSelection::new(&self.policy, stored)
    }

    /// Redacts a chat message by the marks in a copy of it.
    ///
    /// The message is plain text: nothing in it is decoded, and `marked` without its marks must be `stored`, byte for
    /// byte. The message may hold `<redact>` and `</redact>` itself, as long as there is only one way to tell which
    /// tags are marks. More than 64 tags side by side, some of them marks and some not, count as ambiguous.
    ///
    /// # Errors
    /// [`Error::TextMismatch`] if the texts differ, with the kind of difference; [`Error::AmbiguousMarks`];
    /// [`Error::UnclosedMark`], [`Error::StrayMark`], [`Error::EmptyMark`], [`Error::NothingToRedact`];
    /// [`Error::ClusterCut`] by the policy.
    ///
    /// ```
    /// use blackbar::{Error, MismatchKind, Redactor};
    ///
    /// let redactor = Redactor::default();
    /// let stored = "My ID number is 847564!";
    /// let redaction = redactor.chat(stored, "My ID number is <redact>847564</redact>!")?;
    /// assert_eq!(redaction.text(), "My ID number is ▇▇▇▇▇▇!");
    /// assert_eq!(redaction.edits().iter().next().map(|edit| edit.range), Some(16..22));
    ///
    /// let error = redactor.chat(stored, "My ID number is <redact>000000</redact>!").unwrap_err();
    /// assert_eq!(error, Error::TextMismatch { offset: 16, kind: MismatchKind::MarkedTextDiffers });
    /// # Ok::<(), Error>(())
    /// ```
    pub fn chat<'s>(&self, stored: &'s str, marked: &str) -> Result<Redaction<'s>, Error> {
        self.select_text(stored)?.marked(marked)?.redact()
    }

    /// Redacts explicit ranges of a plain text.
    ///
    /// # Errors
    /// [`Error::BadRange`], [`Error::NothingToRedact`], [`Error::EmptyMark`], and [`Error::ClusterCut`] by the policy.
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// let redaction = Redactor::default().text_ranges("ID 847564", &[3..9], Unit::Scalars)?;
    /// assert_eq!(redaction.text(), "ID ▇▇▇▇▇▇");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn text_ranges<'s>(
        &self,
        stored: &'s str,
        ranges: &[Range<usize>],
        unit: Unit,
    ) -> Result<Redaction<'s>, Error> {
        self.select_text(stored)?.ranges(ranges, unit)?.redact()
    }

    /// Redacts all occurrences of strings in a plain text. It is enough if one of the strings is found.
    ///
    /// The text is taken as it is, nothing in it is decoded; of the strings the same spellings are looked for as in
    /// [`Redactor::html_strings`].
    ///
    /// # Errors
    /// [`Error::BadNeedle`], [`Error::NoMatch`] if none is found, and [`Error::ClusterCut`] by the policy.
    ///
    /// ```
    /// let redaction = blackbar::Redactor::default().text_strings("ID 847564, 847564", &["847564"])?;
    /// assert_eq!(redaction.text(), "ID ▇▇▇▇▇▇, ▇▇▇▇▇▇");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn text_strings<'s, S: AsRef<str>>(&self, stored: &'s str, strings: &[S]) -> Result<Redaction<'s>, Error> {
        self.select_text(stored)?.strings(strings)?.redact()
    }

    /// Redacts all hits of patterns in a plain text.
    ///
    /// # Errors
    /// [`Error::NoMatch`] if no pattern has a hit, [`Error::TooMuchWork`], and [`Error::ClusterCut`] by the policy.
    ///
    /// ```
    /// use blackbar::{Detector, Patterns, Redactor};
    ///
    /// let patterns = Patterns::new().detector(Detector::Email).detector(Detector::Ipv4);
    /// let redaction = Redactor::default().text_patterns("jo@example.com from 192.0.2.7", &patterns)?;
    /// assert_eq!(redaction.text(), "▇▇▇▇▇▇▇▇▇▇▇▇▇▇ from ▇▇▇▇▇▇▇▇▇");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn text_patterns<'s>(&self, stored: &'s str, patterns: &Patterns) -> Result<Redaction<'s>, Error> {
        self.select_text(stored)?.patterns(patterns)?.redact()
    }

    /// Begins a redaction of a plain text by any mix of marks, ranges, strings and patterns.
    ///
    /// # Errors
    /// [`Error::InputTooLarge`].
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// let selection = Redactor::default().select_text("Jo Doe, ID 847564")?;
    /// let redaction = selection.ranges(&[0..6], Unit::Bytes)?.strings(&["847564"])?.redact()?;
    /// assert_eq!(redaction.text(), "▇▇▇▇▇▇, ID ▇▇▇▇▇▇");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn select_text<'s>(&self, stored: &'s str) -> Result<TextSelection<'s>, Error> {
        TextSelection::new(&self.policy, stored)
    }
}
