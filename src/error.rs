//! Why a request was refused.
//!
//! An error says where and how much, never what: its fields are numbers and kinds, so it can be logged and sent to a
//! client without telling anything of the text (rule C2).

use thiserror::Error;

use crate::boundary::floor_char_boundary;

/// How a text differs from the stored one (rule C42).
///
/// This is a hint at the likely cause. The kinds are tried one at a time, in this order;
/// the text is refused in any case.
///
/// ```
/// use blackbar::{Error, MismatchKind, Redactor};
///
/// let kind = |stored: &str, marked: &str| match Redactor::default().chat(stored, marked) {
///     Err(Error::TextMismatch { kind, .. }) => Some(kind),
///     _ => None,
/// };
/// assert_eq!(kind("a\r\nb", "a\n<redact>b</redact>"), Some(MismatchKind::LineEnds));
/// assert_eq!(kind("caf\u{e9} 12", "cafe\u{301} <redact>12</redact>"), Some(MismatchKind::Normalization));
/// assert_eq!(kind("a & b", "a &amp; <redact>b</redact>"), Some(MismatchKind::Entities));
/// assert_eq!(kind("a  b ", "a <redact>b</redact>"), Some(MismatchKind::Whitespace));
/// assert_eq!(kind("ID 12!", "ID <redact>REMOVED</redact>!"), Some(MismatchKind::MarkedTextDiffers));
/// assert_eq!(kind("ID 12!", "My ID <redact>12</redact>!"), Some(MismatchKind::Other));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MismatchKind {
    /// The texts are equal once every line end is written alike (`\r\n`, `\r`, `\n`).
    LineEnds,
    /// The texts are equal once both are in Unicode normalization form C.
    Normalization,
    /// The texts are equal once the character references, such as `&amp;`, in one or both of them are decoded.
    Entities,
    /// The texts are equal once each run of white space is one space and the white space at both ends is dropped.
    Whitespace,
    /// The text outside the marks is equal; the words inside were changed.
    MarkedTextDiffers,
    /// None of the above.
    Other,
}

impl MismatchKind {
    /// A stable name for programs, such as `line_ends`.
    ///
    /// ```
    /// assert_eq!(blackbar::MismatchKind::LineEnds.code(), "line_ends");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LineEnds => "line_ends",
            Self::Normalization => "normalization",
            Self::Entities => "entities",
            Self::Whitespace => "whitespace",
            Self::MarkedTextDiffers => "marked_text_differs",
            Self::Other => "other",
        }
    }

    /// The end of the message that says that the texts differ.
    const fn hint(self) -> &'static str {
        match self {
            Self::LineEnds => ", only in its line ends",
            Self::Normalization => ", only in its unicode normalization",
            Self::Entities => ", only in its character references",
            Self::Whitespace => ", only in its white space",
            Self::MarkedTextDiffers => ", only inside its marks",
            Self::Other => "",
        }
    }
}

/// Why a request was refused. Nothing was changed.
///
/// Every offset is in bytes and lies between two characters. If a call takes one text, the offset is in that text. If
/// it takes a stored text and a marked copy, the offset is in the copy for an error about the marks, and in the stored
/// text otherwise; [`Error::marked_offset`] tells which. (For [`crate::diff`], the redacted text is the copy.)
///
/// ```
/// use blackbar::{Error, Redactor};
///
/// let error = Redactor::default().html("<p><redact>847564</p>").unwrap_err();
/// assert_eq!(error, Error::UnclosedMark { offset: 3 });
/// assert_eq!((error.code(), error.offset()), ("unclosed_mark", Some(3)));
/// assert_eq!(error.to_string(), "mark opened at byte 3 is never closed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Error {
    /// A mark is opened and never closed; `<redact/>` opens one too.
    #[error("mark opened at byte {offset} is never closed")]
    UnclosedMark {
        /// Where the mark opens.
        offset: usize,
    },
    /// A mark is closed that was never opened.
    #[error("mark closed at byte {offset} was never opened")]
    StrayMark {
        /// Where the closing tag stands.
        offset: usize,
    },
    /// Bytes that look like a mark stand where HTML sees no tag: in a comment, an attribute, a script.
    #[error("mark at byte {offset} stands where html sees no tag")]
    HiddenMark {
        /// Where the bytes stand.
        offset: usize,
    },
    /// Bytes that are nearly a mark stand beside a real one.
    #[error("something at byte {offset} is nearly a mark")]
    SuspiciousMark {
        /// Where the bytes stand.
        offset: usize,
    },
    /// There is no mark and no `redact` attribute.
    #[error("nothing is marked")]
    NothingToRedact,
    /// A mark removes nothing.
    #[error("mark at byte {offset} removes nothing")]
    EmptyMark {
        /// Where the mark opens.
        offset: usize,
    },
    /// More than one alignment of the marked (or redacted) text with the stored text is possible.
    #[error("marks can be read in more than one way at byte {offset}")]
    AmbiguousMarks {
        /// Where the choice stands, in the marked (or redacted) text.
        offset: usize,
    },
    /// Browsers could read this markup as other tokens than this crate does.
    #[error("markup at byte {offset} can be read in more than one way")]
    AmbiguousMarkup {
        /// Where the markup stands.
        offset: usize,
    },
    /// An element cannot be taken out without touching what is outside it.
    #[error("element at byte {offset} cannot be removed")]
    CannotRemove {
        /// Where its start tag stands.
        offset: usize,
    },
    /// An image or another embedded element stands in a mark and has no `redact` attribute of its own.
    #[error("embedded element at byte {offset} stands in a mark")]
    EmbeddedInMark {
        /// Where its start tag stands.
        offset: usize,
    },
    /// What remains would be read as something other than before.
    #[error("removal would change how the text at byte {offset} is read")]
    UnsafeRemoval {
        /// Where the reading would change, in the source.
        offset: usize,
    },
    /// A range begins or ends inside a grapheme cluster, and the policy is to refuse that.
    #[error("range edge at byte {offset} cuts a character")]
    ClusterCut {
        /// Where the cluster or character reference begins.
        offset: usize,
    },
    /// The mask cannot be used: it could be read as text or as markup, it is blank, or its count or length is out of
    /// bounds; see [`crate::Mask`].
    #[error("mask cannot be used")]
    BadMask,
    /// The marked body without its marks is not the stored body.
    #[error(
        "marked body differs from the stored body at byte {stored_offset} of the stored, {marked_offset} of the marked"
    )]
    NotTheStoredBody {
        /// Where they part, in the stored body.
        stored_offset: usize,
        /// Where they part, in the marked body.
        marked_offset: usize,
    },
    /// The stored body holds marks of its own.
    #[error("stored body holds a mark at byte {offset}")]
    StoredHasMarks {
        /// Where the mark stands in the stored body.
        offset: usize,
    },
    /// The marked message without its marks is not the stored message.
    #[error("marked text differs from the stored text at byte {offset}{}", kind.hint())]
    TextMismatch {
        /// Where they part, in the stored message.
        offset: usize,
        /// How they differ, if it is in one thing only.
        kind: MismatchKind,
    },
    /// A range is empty, reaches past the end of the text, or begins or ends inside a character.
    #[error("range {index} does not fit the text")]
    BadRange {
        /// Which of the ranges, from 0.
        index: usize,
    },
    /// A range begins or ends inside a tag, a comment or raw text.
    #[error("range edge at byte {offset} lies inside markup")]
    RangeInMarkup {
        /// Where the edge lies.
        offset: usize,
    },
    /// Edits were applied to a text that they were not made for: its length is another, or an edit would begin or end
    /// inside one of its characters.
    #[error("edits do not fit this text: made for {expected} bytes, it has {actual}")]
    WrongSource {
        /// The length that the edits were made for, in bytes.
        expected: usize,
        /// The length of the text at hand, in bytes.
        actual: usize,
    },
    /// No string, or no pattern, has a hit, or nothing in the hits can be removed.
    #[error("no match")]
    NoMatch,
    /// A string to search for is empty, blank or shorter than the policy allows.
    #[error("string {index} is blank or too short to search for")]
    BadNeedle {
        /// Which of the strings, from 0.
        index: usize,
    },
    /// The input is larger than the limit.
    #[error("input has {actual} bytes, the limit is {limit}")]
    InputTooLarge {
        /// The limit, in bytes.
        limit: usize,
        /// The input's size, in bytes.
        actual: usize,
    },
    /// The output would be larger than the limit.
    #[error("output would exceed {limit} bytes")]
    OutputTooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// There are more marks, ranges or strings than the limit.
    #[error("more than {limit} marks, ranges or strings")]
    TooManyMarks {
        /// The limit.
        limit: usize,
    },
    /// The caller's regular expressions need more work than the limit, [`crate::Limits::pattern_work`].
    #[error("patterns may look at more than {limit} bytes in all")]
    TooMuchWork {
        /// The limit, in bytes looked at.
        limit: u64,
    },
    /// What was removed is still somewhere in the result, and the policy is to refuse that.
    #[error("removed text is left in {count} places")]
    Leak {
        /// The number of places.
        count: usize,
    },
}

impl Error {
    /// A stable name for programs, such as `unclosed_mark`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnclosedMark { .. } => "unclosed_mark",
            Self::StrayMark { .. } => "stray_mark",
            Self::HiddenMark { .. } => "hidden_mark",
            Self::SuspiciousMark { .. } => "suspicious_mark",
            Self::NothingToRedact => "nothing_to_redact",
            Self::EmptyMark { .. } => "empty_mark",
            Self::AmbiguousMarks { .. } => "ambiguous_marks",
            Self::AmbiguousMarkup { .. } => "ambiguous_markup",
            Self::CannotRemove { .. } => "cannot_remove",
            Self::EmbeddedInMark { .. } => "embedded_in_mark",
            Self::UnsafeRemoval { .. } => "unsafe_removal",
            Self::ClusterCut { .. } => "cluster_cut",
            Self::BadMask => "bad_mask",
            Self::NotTheStoredBody { .. } => "not_the_stored_body",
            Self::StoredHasMarks { .. } => "stored_has_marks",
            Self::TextMismatch { .. } => "text_mismatch",
            Self::BadRange { .. } => "bad_range",
            Self::RangeInMarkup { .. } => "range_in_markup",
            Self::WrongSource { .. } => "wrong_source",
            Self::NoMatch => "no_match",
            Self::BadNeedle { .. } => "bad_needle",
            Self::InputTooLarge { .. } => "input_too_large",
            Self::OutputTooLarge { .. } => "output_too_large",
            Self::TooManyMarks { .. } => "too_many_marks",
            Self::TooMuchWork { .. } => "too_much_work",
            Self::Leak { .. } => "leak",
        }
    }

    /// The offset that the error is about, in bytes, if it has one.
    /// For [`Error::NotTheStoredBody`] it is the one in the marked body.
    ///
    /// It lies between two characters; [`Error::line_and_column`] tells where that is.
    #[must_use]
    pub const fn offset(&self) -> Option<usize> {
        if let Some(offset) = self.marked_offset() {
            return Some(offset);
        }
        match *self {
            Self::AmbiguousMarkup { offset }
            | Self::CannotRemove { offset }
            | Self::EmbeddedInMark { offset }
            | Self::UnsafeRemoval { offset }
            | Self::ClusterCut { offset }
            | Self::StoredHasMarks { offset }
            | Self::TextMismatch { offset, .. }
            | Self::RangeInMarkup { offset } => Some(offset),
            _ => None,
        }
    }

    /// The line and the column of [`Error::offset`] in `text`, both from 1, the column in scalars, for a message to an
    /// agent. Lines end with a line feed. In another text, the offset may be past the end, and is taken for the end, or
    /// inside a character, and is taken for its start. `None` if the error has no offset.
    ///
    /// ```
    /// let marked = "<p>Grüße,\n<redact>Jo</p>";
    /// let error = blackbar::Redactor::default().html(marked).unwrap_err();
    /// assert_eq!(error.line_and_column(marked), Some((2, 1)));
    /// assert_eq!(error.line_and_column("<p>Jo</p>"), Some((1, 10)));
    /// assert_eq!(error.line_and_column("<p>Jo, ääää</p>"), Some((1, 10)));
    /// assert_eq!(blackbar::Error::NothingToRedact.line_and_column(marked), None);
    /// ```
    #[must_use]
    pub fn line_and_column(&self, text: &str) -> Option<(usize, usize)> {
        let before = &text[..floor_char_boundary(text, self.offset()?)];
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        Some((line, column))
    }

    /// [`Error::offset`], if it is in the marked copy; `None` if it is in the stored text, or if there is none.
    ///
    /// The offset of [`Error::EmptyMark`] counts as one in the copy. If the error is about an explicit range, with a
    /// copy or without any, the offset is in the stored text all the same, and perhaps past the end of the copy.
    ///
    /// ```
    /// let (stored, marked) = ("<p>Jo</p><img src=a>", "<p><redact>Jo</p><img src=a></redact>");
    /// let error = blackbar::Redactor::default().html_stored(stored, marked).unwrap_err();
    /// assert_eq!(error.to_string(), "embedded element at byte 9 stands in a mark");
    ///
    /// let text = if error.marked_offset().is_some() { marked } else { stored };
    /// assert_eq!(error.line_and_column(text), Some((1, 10)));
    /// assert_eq!(&text[9..], "<img src=a>");
    /// ```
    #[must_use]
    pub const fn marked_offset(&self) -> Option<usize> {
        match *self {
            Self::UnclosedMark { offset }
            | Self::StrayMark { offset }
            | Self::HiddenMark { offset }
            | Self::SuspiciousMark { offset }
            | Self::EmptyMark { offset }
            | Self::AmbiguousMarks { offset } => Some(offset),
            Self::NotTheStoredBody { marked_offset, .. } => Some(marked_offset),
            _ => None,
        }
    }
}
