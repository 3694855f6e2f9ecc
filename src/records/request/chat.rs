//! The requests about chats.

use std::fmt;

use serde::Serialize;

use super::fields::{Field, Kind, read};
use crate::records::{Id, RecordError};

/// The body of `PUT /api/v2/chat_redactions/{ticket_id}`: one message of a chat, with marks in it.
///
/// The message is named by its `chat_index`, by its `message_id`, or by both if they agree.
///
/// ```
/// use blackbar::records::ChatRedaction;
///
/// let request = ChatRedaction::from_json(
///     r#"{"chat_id": "1.22.Abc", "chat_index": 0, "text": "My ID number is <redact>847564</redact>!"}"#,
/// )?;
/// let same = ChatRedaction::new("1.22.Abc", "My ID number is <redact>847564</redact>!").chat_index(0);
/// assert_eq!(request, same);
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ChatRedaction {
    chat_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_index: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<Id>,
    text: String,
}

impl ChatRedaction {
    /// A request about the chat `chat_id`; `marked` is the stored message with marks in it.
    #[must_use]
    pub fn new(chat_id: impl Into<String>, marked: impl Into<String>) -> Self {
        Self { chat_id: chat_id.into(), chat_index: None, message_id: None, text: marked.into() }
    }

    /// Names the message by the value of its field `chat_index`.
    #[must_use]
    pub fn chat_index(mut self, index: u64) -> Self {
        self.chat_index = Some(index.into());
        self
    }

    /// Names the message by the value of its field `message_id`.
    #[must_use]
    pub fn message_id(mut self, id: &str) -> Self {
        self.message_id = Some(id.into());
        self
    }

    /// Reads the request from JSON. An optional field may be `null`.
    ///
    /// # Errors
    /// As [`super::CommentRedaction::from_json`].
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        let [mut chat, mut index, mut message, mut marked] = read(text, &CHAT_FIELDS)?;
        Ok(Self {
            chat_id: chat.take_texts().pop().ok_or(RecordError::BadRecord)?,
            chat_index: index.take_ids().pop(),
            message_id: message.take_texts().pop().as_deref().map(Id::from),
            text: marked.take_texts().pop().ok_or(RecordError::BadRecord)?,
        })
    }

    /// The chat that the message belongs to.
    #[must_use]
    pub fn chat_id(&self) -> &str {
        &self.chat_id
    }

    /// The message with marks in it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The values of `chat_index` and of `message_id` that name the message.
    pub(crate) fn selectors(&self) -> (&[Id], &[Id]) {
        (self.chat_index.as_slice(), self.message_id.as_slice())
    }
}

const CHAT_FIELDS: [Field; 4] = [
    Field { name: "chat_id", kind: Kind::Text, required: true },
    Field { name: "chat_index", kind: Kind::Integer, required: false },
    Field { name: "message_id", kind: Kind::Text, required: false },
    Field { name: "text", kind: Kind::Text, required: true },
];

impl fmt::Debug for ChatRedaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatRedaction")
            .field("chat_id", &Id::from(self.chat_id.as_str()))
            .field("chat_index", &self.chat_index)
            .field("message_id", &self.message_id)
            .field("text_bytes", &self.text.len())
            .finish()
    }
}

/// The body of `PUT /api/v2/chat_file_redactions/{ticket_id}`: files of a chat.
///
/// They are named by their `chat_index`, by their `message_id`, or by both if the lists name the same files.
///
/// ```
/// use blackbar::records::ChatFileRedaction;
///
/// let request = ChatFileRedaction::from_json(r#"{"chat_id": "1.22.Abc", "chat_indexes": [0, 1]}"#)?;
/// assert_eq!(request, ChatFileRedaction::new("1.22.Abc").chat_indexes([0, 1]));
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ChatFileRedaction {
    chat_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chat_indexes: Vec<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    message_ids: Vec<Id>,
}

impl ChatFileRedaction {
    /// A request about the chat `chat_id` that names no file yet.
    #[must_use]
    pub fn new(chat_id: impl Into<String>) -> Self {
        Self { chat_id: chat_id.into(), chat_indexes: Vec::new(), message_ids: Vec::new() }
    }

    /// Names files by the values of their fields `chat_index`.
    #[must_use]
    pub fn chat_indexes(mut self, indexes: impl IntoIterator<Item = u64>) -> Self {
        self.chat_indexes = indexes.into_iter().map(Id::from).collect();
        self
    }

    /// Names files by the values of their fields `message_id`.
    #[must_use]
    pub fn message_ids<'i>(mut self, ids: impl IntoIterator<Item = &'i str>) -> Self {
        self.message_ids = ids.into_iter().map(Id::from).collect();
        self
    }

    /// Reads the request from JSON. An optional field may be `null`; an empty list counts as absent.
    ///
    /// # Errors
    /// As [`super::CommentRedaction::from_json`].
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        let [mut chat, mut indexes, mut messages] = read(text, &FILE_FIELDS)?;
        Ok(Self {
            chat_id: chat.take_texts().pop().ok_or(RecordError::BadRecord)?,
            chat_indexes: indexes.take_ids(),
            message_ids: messages.take_texts().iter().map(|id| Id::from(id.as_str())).collect(),
        })
    }

    /// The chat that the files belong to.
    #[must_use]
    pub fn chat_id(&self) -> &str {
        &self.chat_id
    }

    /// The values of `chat_index` and of `message_id` that name the files.
    pub(crate) fn selectors(&self) -> (&[Id], &[Id]) {
        (&self.chat_indexes, &self.message_ids)
    }
}

const FILE_FIELDS: [Field; 3] = [
    Field { name: "chat_id", kind: Kind::Text, required: true },
    Field { name: "chat_indexes", kind: Kind::Integers, required: false },
    Field { name: "message_ids", kind: Kind::Texts, required: false },
];

impl fmt::Debug for ChatFileRedaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatFileRedaction")
            .field("chat_id", &Id::from(self.chat_id.as_str()))
            .field("chat_indexes", &self.chat_indexes)
            .field("message_ids", &self.message_ids)
            .finish()
    }
}
