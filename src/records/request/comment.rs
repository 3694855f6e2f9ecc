//! The requests about comments.

use std::fmt;

use serde::Serialize;

use super::fields::{Field, Kind, read};
use crate::records::{Id, RecordError};

/// The body of `PUT /api/v2/comment_redactions/{comment_id}`: the marked `html_body`, URLs of attachments, or both.
///
/// ```
/// use blackbar::records::CommentRedaction;
///
/// let request = CommentRedaction::from_json(
///     r#"{"ticket_id": 100, "html_body": "<div dir=\"auto\">My ID number is <redact>847564</redact>!</div>"}"#,
/// )?;
/// assert_eq!(request.ticket_id().as_u64(), Some(100));
/// assert!(request.external_attachment_urls().is_empty());
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CommentRedaction {
    ticket_id: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    html_body: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external_attachment_urls: Vec<String>,
}

impl CommentRedaction {
    /// A request that asks for nothing yet.
    ///
    /// ```
    /// use blackbar::records::CommentRedaction;
    ///
    /// let request = CommentRedaction::new(100).html_body("<p>Call <redact>555-0100</redact></p>");
    /// assert_eq!(request.marked_html(), Some("<p>Call <redact>555-0100</redact></p>"));
    /// ```
    #[must_use]
    pub fn new(ticket_id: impl Into<Id>) -> Self {
        Self { ticket_id: ticket_id.into(), html_body: None, external_attachment_urls: Vec::new() }
    }

    /// Adds the comment's `html_body` with marks in it.
    #[must_use]
    pub fn html_body(mut self, marked: impl Into<String>) -> Self {
        self.html_body = Some(marked.into());
        self
    }

    /// Adds the URL of an attachment to redact.
    #[must_use]
    pub fn external_attachment_url(mut self, url: impl Into<String>) -> Self {
        self.external_attachment_urls.push(url.into());
        self
    }

    /// Reads the request from JSON. An optional field may be `null`.
    ///
    /// # Errors
    /// [`RecordError::BadJson`], [`RecordError::UnknownField`], [`RecordError::DuplicateField`],
    /// [`RecordError::WrongType`] or [`RecordError::MissingField`], each with its line and column.
    ///
    /// ```
    /// use blackbar::records::{CommentRedaction, RecordError};
    ///
    /// let error = CommentRedaction::from_json(r#"{"ticket_id": 1, "htmlbody": ""}"#).unwrap_err();
    /// assert_eq!(error, RecordError::UnknownField { line: 1, column: 27 });
    /// ```
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        let [mut ticket, mut html, mut urls] = read(text, &FIELDS)?;
        let ticket_id = ticket.take_ids().pop().ok_or(RecordError::BadRecord)?;
        Ok(Self { ticket_id, html_body: html.take_texts().pop(), external_attachment_urls: urls.take_texts() })
    }

    /// The ticket that the comment belongs to.
    #[must_use]
    pub fn ticket_id(&self) -> &Id {
        &self.ticket_id
    }

    /// The comment's `html_body` with marks in it, if the request has it.
    #[must_use]
    pub fn marked_html(&self) -> Option<&str> {
        self.html_body.as_deref()
    }

    /// The URLs of the attachments to redact.
    #[must_use]
    pub fn external_attachment_urls(&self) -> &[String] {
        &self.external_attachment_urls
    }
}

const FIELDS: [Field; 3] = [
    Field { name: "ticket_id", kind: Kind::Integer, required: true },
    Field { name: "html_body", kind: Kind::Text, required: false },
    Field { name: "external_attachment_urls", kind: Kind::Texts, required: false },
];

impl fmt::Debug for CommentRedaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommentRedaction")
            .field("ticket_id", &self.ticket_id)
            .field("html_body_bytes", &self.html_body.as_ref().map(String::len))
            .field("external_attachment_urls", &self.external_attachment_urls.len())
            .finish()
    }
}

/// The body of `PUT /api/v2/tickets/{ticket_id}/comments/{comment_id}/redact`: a string to redact wherever it stands.
///
/// ```
/// use blackbar::records::StringRedaction;
///
/// let request = StringRedaction::from_json(r#"{"text": "987-65-4320"}"#)?;
/// assert_eq!(request, StringRedaction::new("987-65-4320"));
/// assert_eq!(format!("{request:?}"), "StringRedaction { text_bytes: 11 }");
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StringRedaction {
    text: String,
}

impl StringRedaction {
    /// A request to redact `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// Reads the request from JSON.
    ///
    /// # Errors
    /// As [`CommentRedaction::from_json`].
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        let [mut needle] = read(text, &[Field { name: "text", kind: Kind::Text, required: true }])?;
        Ok(Self { text: needle.take_texts().pop().ok_or(RecordError::BadRecord)? })
    }

    /// The string to redact.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for StringRedaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StringRedaction").field("text_bytes", &self.text.len()).finish()
    }
}
