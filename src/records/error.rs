//! Why a record or a request about one was refused.

use thiserror::Error;

/// Why a record or a request was refused. Nothing was changed.
///
/// Like [`crate::Error`] it holds numbers only: no value of a record or a request, and no message of the JSON reader,
/// which would quote them (rule C2).
///
/// ```
/// use blackbar::records::{RecordError, StringRedaction};
///
/// let error = StringRedaction::from_json(r#"{"text": 987654320}"#).unwrap_err();
/// assert_eq!(error, RecordError::WrongType { line: 1, column: 18 });
/// assert_eq!(error.code(), "wrong_type");
/// assert_eq!(error.to_string(), "a field at line 1, column 18 has the wrong type");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A text of the record could not be redacted as asked. If it takes a marked copy, [`crate::Error::marked_offset`]
    /// tells which of the two the offset is in. A request that searches goes over all texts of a record, and then the
    /// offset is in the one that refused, which need not be the body: do not slice the body by it.
    #[error(transparent)]
    Redaction(#[from] crate::Error),
    /// The text is not JSON, or it is nested too deeply, or a field has a name that `serde_json` keeps for itself.
    #[error("not readable as json at line {line}, column {column}")]
    BadJson {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A request has a field that the endpoint does not know.
    #[error("unknown field at line {line}, column {column}")]
    UnknownField {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A field stands twice in one object.
    #[error("field at line {line}, column {column} stands twice")]
    DuplicateField {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A field of a request has the wrong type.
    #[error("a field at line {line}, column {column} has the wrong type")]
    WrongType {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A request lacks a field that it needs.
    #[error("a required field is missing in the object that ends at line {line}, column {column}")]
    MissingField {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A record does not have the shape that the help desk documents: a field that this crate reads has another type.
    #[error("not a record of this kind")]
    BadRecord,
    /// A record that an audit event must name has no id.
    #[error("record has no id")]
    MissingId,
    /// A comment has no `html_body` to redact, and for a request that searches no other body either.
    #[error("comment has no html body")]
    NoHtmlBody,
    /// A request asks for nothing: it has neither `html_body` nor an attachment's URL.
    #[error("nothing is asked for")]
    NothingAsked,
    /// All that a request asks for is redacted already.
    #[error("already redacted")]
    AlreadyRedacted,
    /// A URL is not that of an attachment of this comment.
    #[error("url {index} is not of this comment")]
    UnknownUrl {
        /// Which of the request's URLs, from 0.
        index: usize,
    },
    /// The chat is still going on; the host said so.
    #[error("chat is active")]
    ActiveChat,
    /// The request is for another chat than the record's.
    #[error("request is for another chat")]
    OtherChat,
    /// A request names no event: no index, no message id, or only empty lists of them.
    #[error("no event is named")]
    NoSelector,
    /// The indexes and the message ids of a request name different events.
    #[error("indexes and message ids name different events")]
    SelectorsDisagree,
    /// No event of the chat has this index or message id.
    #[error("no event is named by selector {index}")]
    UnknownEvent {
        /// Which of the list of indexes or message ids, from 0.
        index: usize,
    },
    /// More than one event of the chat has this index or message id.
    #[error("more than one event is named by selector {index}")]
    DuplicateEvent {
        /// Which of the list of indexes or message ids, from 0.
        index: usize,
    },
    /// An event is of another type than the endpoint redacts.
    #[error("event named by selector {index} is of another type")]
    WrongEventType {
        /// Which of the list of indexes or message ids, from 0.
        index: usize,
    },
    /// What was removed is still in other fields of the record. The error does not say in which, since the name of a
    /// field may be content too. [`super::RecordPolicy`] has the ways out. A [label](crate::Mask::Label) that holds the
    /// removed words counts as well: `[name]` cannot stand for a removed "name".
    #[error("removed text is left in {count} places of the record")]
    LeftInRecord {
        /// How many strings, numbers and names of fields hold it.
        count: usize,
    },
}

impl RecordError {
    /// A stable name for programs, such as `left_in_record`; for [`RecordError::Redaction`] that of the error inside.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Redaction(error) => error.code(),
            Self::BadJson { .. } => "bad_json",
            Self::UnknownField { .. } => "unknown_field",
            Self::DuplicateField { .. } => "duplicate_field",
            Self::WrongType { .. } => "wrong_type",
            Self::MissingField { .. } => "missing_field",
            Self::BadRecord => "bad_record",
            Self::MissingId => "missing_id",
            Self::NoHtmlBody => "no_html_body",
            Self::NothingAsked => "nothing_asked",
            Self::AlreadyRedacted => "already_redacted",
            Self::UnknownUrl { .. } => "unknown_url",
            Self::ActiveChat => "active_chat",
            Self::OtherChat => "other_chat",
            Self::NoSelector => "no_selector",
            Self::SelectorsDisagree => "selectors_disagree",
            Self::UnknownEvent { .. } => "unknown_event",
            Self::DuplicateEvent { .. } => "duplicate_event",
            Self::WrongEventType { .. } => "wrong_event_type",
            Self::LeftInRecord { .. } => "left_in_record",
        }
    }

    /// Where the JSON text is at fault: line and column, where the error has them.
    #[must_use]
    pub const fn position(&self) -> Option<(usize, usize)> {
        match *self {
            Self::BadJson { line, column }
            | Self::UnknownField { line, column }
            | Self::DuplicateField { line, column }
            | Self::WrongType { line, column }
            | Self::MissingField { line, column } => Some((line, column)),
            _ => None,
        }
    }
}
