//! Attachments of comments.

use std::fmt;

use serde_json::Value;

use super::RecordError;
use super::object::{Object, Shape, check, objects, record, text};

/// An attachment of a comment, as the help desk's API gives it. All fields are kept, in their order.
///
/// ```
/// use blackbar::records::Attachment;
///
/// let attachment = Attachment::from_json(
///     r#"{"id": 498483, "file_name": "passport.jpg", "size": 2532, "thumbnails": []}"#,
/// )?;
/// assert_eq!(attachment.file_name(), Some("passport.jpg"));
/// assert_eq!(format!("{attachment:?}"), "Attachment { id: Some(498483), fields: 4, thumbnails: 0 }");
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment(Object);

record!(Attachment);

impl Attachment {
    pub(super) fn check(object: &Object) -> Result<(), RecordError> {
        check(object, &FIELDS)
    }

    /// The name of the file.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        text(&self.0, "file_name")
    }

    /// Where the file's content is.
    #[must_use]
    pub fn content_url(&self) -> Option<&str> {
        text(&self.0, "content_url")
    }

    /// Where the file's content is on the host's own domain.
    #[must_use]
    pub fn mapped_content_url(&self) -> Option<&str> {
        text(&self.0, "mapped_content_url")
    }

    /// Whether the file's content is gone: [redacted](super::RecordRedactor::comment) by this crate.
    #[must_use]
    pub fn is_redacted(&self) -> bool {
        is_redacted(&self.0)
    }
}

/// The fields that this crate reads.
const FIELDS: [(&str, Shape); 5] = [
    ("id", Shape::Id),
    ("file_name", Shape::Text),
    ("content_url", Shape::Text),
    ("mapped_content_url", Shape::Text),
    ("thumbnails", Shape::Objects),
];

/// The name that a redacted file gets (rules C84, C85).
pub(crate) const REDACTED_NAME: &str = "redacted.txt";

/// Takes every field from an attachment but its id.
pub(crate) fn strip(attachment: &mut Object) {
    attachment.retain(|field, _| field == "id");
}

/// Gives a stripped attachment the fields of a redacted one (C85).
pub(crate) fn fill_redacted(attachment: &mut Object) {
    attachment.insert("file_name".to_owned(), REDACTED_NAME.into());
    attachment.insert("content_type".to_owned(), "text/plain".into());
    attachment.insert("size".to_owned(), 0.into());
    attachment.insert("thumbnails".to_owned(), Value::Array(Vec::new()));
}

pub(crate) fn is_redacted(attachment: &Object) -> bool {
    let mut redacted = attachment.clone();
    strip(&mut redacted);
    fill_redacted(&mut redacted);
    redacted == *attachment
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("id", &self.id())
            .field("fields", &self.0.len())
            .field("thumbnails", &objects(&self.0, "thumbnails").count())
            .finish()
    }
}
