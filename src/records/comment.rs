//! Comments of tickets.

use std::fmt;

use super::object::{Object, Shape, check, objects, record, text};
use super::{Attachment, RecordError};

/// A comment of a ticket, also a voice comment, as the help desk's API gives it. All fields are kept, in their order.
///
/// ```
/// use blackbar::records::Comment;
///
/// let comment = Comment::from_json(
///     r#"{"id": 35436, "html_body": "<p>Hello</p>", "plain_body": "Hello", "attachments": [{"id": 1}], "x": [1.50]}"#,
/// )?;
/// assert_eq!(comment.html_body(), Some("<p>Hello</p>"));
/// assert_eq!(comment.attachments().count(), 1);
/// assert!(comment.to_json().ends_with(r#""x":[1.50]}"#));
/// assert_eq!(
///     format!("{comment:?}"),
///     "Comment { id: Some(35436), fields: 5, html_body_bytes: Some(12), plain_body_bytes: Some(5), body_bytes: None, \
///      attachments: [Some(1)] }"
/// );
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Comment(Object);

record!(Comment);

impl Comment {
    fn check(object: &Object) -> Result<(), RecordError> {
        check(object, &FIELDS)?;
        objects(object, "attachments").try_for_each(Attachment::check)
    }

    /// The body as HTML, the copy that redaction begins with.
    #[must_use]
    pub fn html_body(&self) -> Option<&str> {
        text(&self.0, "html_body")
    }

    /// The body as plain text.
    #[must_use]
    pub fn plain_body(&self) -> Option<&str> {
        text(&self.0, "plain_body")
    }

    /// The body as the author wrote it, or another plain text of it.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        text(&self.0, "body")
    }

    /// The attachments.
    pub fn attachments(&self) -> impl Iterator<Item = Attachment> {
        objects(&self.0, "attachments").filter_map(|attachment| Attachment::from_object(attachment.clone()).ok())
    }

    /// Whether this is a call or a voice message.
    #[must_use]
    pub fn is_voice(&self) -> bool {
        matches!(text(&self.0, "type"), Some("VoiceComment" | "TpeVoiceComment"))
    }

    /// How the comment came in, such as `email` or `web`.
    pub(crate) fn channel(&self) -> Option<&str> {
        text(self.0.get("via")?.as_object()?, "channel")
    }

    pub(crate) fn into_object(self) -> Object {
        self.0
    }
}

/// The fields that this crate reads.
const FIELDS: [(&str, Shape); 6] = [
    ("id", Shape::Id),
    ("type", Shape::Text),
    ("html_body", Shape::Text),
    ("plain_body", Shape::Text),
    ("body", Shape::Text),
    ("attachments", Shape::Objects),
];

impl fmt::Debug for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.attachments().map(|attachment| attachment.id()).collect();
        f.debug_struct("Comment")
            .field("id", &self.id())
            .field("fields", &self.0.len())
            .field("html_body_bytes", &self.html_body().map(str::len))
            .field("plain_body_bytes", &self.plain_body().map(str::len))
            .field("body_bytes", &self.body().map(str::len))
            .field("attachments", &ids)
            .finish()
    }
}
