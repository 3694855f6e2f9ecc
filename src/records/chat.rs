//! Chats: the event of a ticket's audit that holds a chat's history.

use std::fmt;

use super::object::{Object, Shape, check, id, objects, record, text};
use super::{Id, RecordError};

/// A chat of a ticket: a `ChatStartedEvent` of the ticket's audit, with its history.
/// All fields are kept, in their order.
///
/// ```
/// use blackbar::records::ChatEvent;
///
/// let chat = ChatEvent::from_json(
///     r#"{"id": 1932802680168, "type": "ChatStartedEvent", "value": {"chat_id": "1.22.Abc", "history": [
///         {"chat_index": 0, "type": "ChatMessage", "message": "My ID number is 847564!"}]}}"#,
/// )?;
/// assert_eq!(chat.chat_id().ok_or("no chat id")?.as_str(), "1.22.Abc");
/// let first = chat.history().next().ok_or("no history")?;
/// assert_eq!(first.message(), Some("My ID number is 847564!"));
/// assert_eq!(format!("{chat:?}"), r#"ChatEvent { id: Some(1932802680168), chat_id: Some("1.22.Abc"), history: 1 }"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ChatEvent(Object);

record!(ChatEvent);

impl ChatEvent {
    fn check(object: &Object) -> Result<(), RecordError> {
        check(object, &[("id", Shape::Id), ("type", Shape::Text), ("value", Shape::Object)])?;
        let Some(value) = value(object) else { return Ok(()) };
        check(value, &[("chat_id", Shape::Id), ("history", Shape::Objects)])?;
        objects(value, "history").try_for_each(ChatEntry::check)
    }

    /// The id of the chat.
    #[must_use]
    pub fn chat_id(&self) -> Option<Id> {
        id(value(&self.0)?, "chat_id")
    }

    /// The messages, files and other events of the chat, in their order.
    pub fn history(&self) -> impl Iterator<Item = ChatEntry> {
        self.entries().map(|entry| ChatEntry(entry.clone()))
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Object> {
        value(&self.0).into_iter().flat_map(|value| objects(value, "history"))
    }

    pub(crate) fn into_object(self) -> Object {
        self.0
    }
}

fn value(event: &Object) -> Option<&Object> {
    event.get("value")?.as_object()
}

impl fmt::Debug for ChatEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatEvent")
            .field("id", &self.id())
            .field("chat_id", &self.chat_id())
            .field("history", &self.entries().count())
            .finish()
    }
}

/// One event of a chat's history: a message, a file, someone who joins or leaves. All fields are kept, in their order.
///
/// ```
/// use blackbar::records::ChatEntry;
///
/// let entry = ChatEntry::from_json(r#"{"chat_index": 3, "type": "ChatFileAttachment", "filename": "passport.jpg"}"#)?;
/// assert_eq!((entry.message(), entry.filename()), (None, Some("passport.jpg")));
/// let shown = "ChatEntry { chat_index: Some(3), message_id: None, fields: 3, message_bytes: None }";
/// assert_eq!(format!("{entry:?}"), shown);
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ChatEntry(Object);

record!(ChatEntry);

impl ChatEntry {
    fn check(object: &Object) -> Result<(), RecordError> {
        check(object, &ENTRY_FIELDS)
    }

    /// The number that the help desk gave the event. It need not be its place in the history.
    #[must_use]
    pub fn chat_index(&self) -> Option<Id> {
        id(&self.0, "chat_index")
    }

    /// The id that the help desk gave the event in a conversation.
    #[must_use]
    pub fn message_id(&self) -> Option<Id> {
        id(&self.0, "message_id")
    }

    /// The text of a message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        text(&self.0, "message")
    }

    /// The name of a file.
    #[must_use]
    pub fn filename(&self) -> Option<&str> {
        text(&self.0, "filename")
    }
}

/// The fields that this crate reads.
const ENTRY_FIELDS: [(&str, Shape); 5] = [
    ("chat_index", Shape::Id),
    ("message_id", Shape::Id),
    ("type", Shape::Text),
    ("message", Shape::Text),
    ("filename", Shape::Text),
];

/// The `type` of a message.
pub(crate) const MESSAGE: &str = "ChatMessage";
/// The `type` of a file.
pub(crate) const FILE: &str = "ChatFileAttachment";

/// Takes every field from an event but those that a redacted one keeps, and `kept` (rule C84).
pub(crate) fn strip(entry: &mut Object, kept: &str) {
    entry.retain(|field, _| keeps(field) || field == kept);
}

/// Whether a redacted event keeps a field as it is (C84).
pub(crate) fn keeps(field: &str) -> bool {
    matches!(field, "chat_index" | "type" | "message_id" | "timestamp") || field.starts_with("actor_")
}

impl fmt::Debug for ChatEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatEntry")
            .field("chat_index", &self.chat_index())
            .field("message_id", &self.message_id())
            .field("fields", &self.0.len())
            .field("message_bytes", &self.message().map(str::len))
            .finish()
    }
}
