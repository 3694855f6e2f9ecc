//! What an endpoint gives back: the new record, the events for the audit, what is left to do for the host.

use std::fmt;

use serde::Serialize;

use super::object::write;
use super::{ChatEvent, Comment, Id};
use crate::report::Report;

/// The result of an endpoint. Nothing is changed until the host stores the record.
///
/// ```
/// use blackbar::records::{AuditEvent, Comment, RecordRedactor, StringRedaction};
///
/// let comment = Comment::from_json(r#"{"id": 7, "html_body": "<p>SSN: 987-65-4320</p>"}"#)?;
/// let outcome = RecordRedactor::default().string(&comment, &StringRedaction::new("987-65-4320"))?;
/// assert_eq!(outcome.record().html_body(), Some("<p>SSN: ▇▇▇▇▇▇▇▇▇▇▇</p>"));
/// assert_eq!(outcome.events(), [AuditEvent::CommentRedaction { comment_id: 7.into() }]);
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an outcome changes nothing by itself: store its record"]
pub struct Outcome<R> {
    pub(super) record: R,
    pub(super) events: Vec<AuditEvent>,
    pub(super) follow_up: FollowUp,
    pub(super) report: RecordReport,
}

impl<R> Outcome<R> {
    /// The new record.
    #[must_use]
    pub fn record(&self) -> &R {
        &self.record
    }

    /// The new record, without a copy.
    #[must_use]
    pub fn into_record(self) -> R {
        self.record
    }

    /// The events to add to the ticket's audit. None for chats: the help desk documents none.
    #[must_use]
    pub fn events(&self) -> &[AuditEvent] {
        &self.events
    }

    /// What the host must do next.
    #[must_use]
    pub fn follow_up(&self) -> &FollowUp {
        &self.follow_up
    }

    /// What was done, in numbers.
    #[must_use]
    pub fn report(&self) -> &RecordReport {
        &self.report
    }
}

impl Outcome<Comment> {
    /// The endpoint's response, `{"comment": …}`.
    #[must_use]
    pub fn response(&self) -> CommentResponse<'_> {
        CommentResponse { comment: &self.record }
    }
}

impl Outcome<ChatEvent> {
    /// The endpoint's response, `{"chat_event": …}`.
    #[must_use]
    pub fn response(&self) -> ChatEventResponse<'_> {
        ChatEventResponse { chat_event: &self.record }
    }
}

/// The response of the endpoints about comments, `{"comment": …}`.
///
/// ```
/// use blackbar::records::{Comment, CommentResponse};
///
/// let comment = Comment::from_json(r#"{"id": 7}"#)?;
/// assert_eq!(CommentResponse { comment: &comment }.to_json(), r#"{"comment":{"id":7}}"#);
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CommentResponse<'r> {
    /// The comment as it is now.
    pub comment: &'r Comment,
}

impl CommentResponse<'_> {
    /// The response as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        write(self)
    }
}

/// The response of the endpoints about chats, `{"chat_event": …}`.
///
/// ```
/// use blackbar::records::{ChatEvent, ChatEventResponse};
///
/// let chat = ChatEvent::from_json(r#"{"id": 7, "type": "ChatStartedEvent"}"#)?;
/// let response = ChatEventResponse { chat_event: &chat };
/// assert_eq!(response.to_json(), r#"{"chat_event":{"id":7,"type":"ChatStartedEvent"}}"#);
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChatEventResponse<'r> {
    /// The chat as it is now.
    pub chat_event: &'r ChatEvent,
}

impl ChatEventResponse<'_> {
    /// The response as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        write(self)
    }
}

/// An event for the ticket's audit (rule C81). It is written as the help desk's JSON.
///
/// ```
/// use blackbar::records::AuditEvent;
///
/// let event = AuditEvent::AttachmentRedaction { attachment_id: 498483.into(), comment_id: 7.into() };
/// assert_eq!(event.to_json(), r#"{"type":"AttachmentRedactionEvent","attachment_id":498483,"comment_id":7}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum AuditEvent {
    /// Text of a comment was redacted.
    #[serde(rename = "CommentRedactionEvent")]
    CommentRedaction {
        /// The comment.
        comment_id: Id,
    },
    /// An attachment of a comment was redacted.
    #[serde(rename = "AttachmentRedactionEvent")]
    AttachmentRedaction {
        /// The attachment.
        attachment_id: Id,
        /// The comment that it belongs to.
        comment_id: Id,
    },
}

impl AuditEvent {
    /// The event as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        write(self)
    }
}

/// What the host must do after it has stored the record. Its `Debug` shows no URL.
///
/// ```
/// use blackbar::records::{ChatEvent, ChatFileRedaction, ChatState, OtherCopy, RecordRedactor};
///
/// let chat = ChatEvent::from_json(
///     r#"{"value": {"chat_id": "1.22.Abc", "history": [
///         {"chat_index": 4, "type": "ChatFileAttachment", "url": "https://files.example.net/1/front.jpg"}]}}"#,
/// )?;
/// let request = ChatFileRedaction::new("1.22.Abc").chat_indexes([4]);
/// let outcome = RecordRedactor::default().chat_files(&chat, &request, ChatState::Ended)?;
/// assert_eq!(outcome.follow_up().urls_to_delete(), ["https://files.example.net/1/front.jpg"]);
/// assert!(outcome.follow_up().copies_to_check().contains(&OtherCopy::ChatTranscript));
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    #[serde(rename = "urls_to_delete")]
    pub(super) urls: Vec<String>,
    #[serde(rename = "copies_to_check")]
    pub(super) copies: Vec<OtherCopy>,
}

impl FollowUp {
    /// The URLs behind which the content of redacted files is, each once: it must be deleted there.
    ///
    /// Among them are those of inline images that the record does not list as attachments. They were written by whoever
    /// wrote the comment, so the host must check whether the file is one of this comment before it deletes it.
    #[must_use]
    pub fn urls_to_delete(&self) -> &[String] {
        &self.urls
    }

    /// Where else the help desk may keep what was removed.
    #[must_use]
    pub fn copies_to_check(&self) -> &[OtherCopy] {
        &self.copies
    }
}

impl fmt::Debug for FollowUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FollowUp").field("urls", &self.urls.len()).field("copies", &self.copies).finish()
    }
}

/// Where else the help desk may keep what was removed from a record. This crate sees the record only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OtherCopy {
    /// The original email, if the comment came by email or does not say how it came.
    OriginalEmail,
    /// Tickets that this one was merged into or from: their comments quote it.
    MergedTickets,
    /// The ticket's description, which is its first comment.
    TicketDescription,
    /// The sound of a call or voice message.
    Recording,
    /// The comment that holds a chat's transcript, and the email with it.
    ChatTranscript,
}

/// What was done to a record, in numbers.
///
/// ```
/// use blackbar::records::{Comment, RecordRedactor, StringRedaction};
///
/// let comment = Comment::from_json(
///     r#"{"id": 7, "type": "VoiceComment", "html_body": "<p>ID 847564</p>", "plain_body": "ID 847564",
///         "data": {"transcription_text": "my ID is 847564"}}"#,
/// )?;
/// let outcome = RecordRedactor::default().string(&comment, &StringRedaction::new("847564"))?;
/// assert_eq!((outcome.report().copies(), outcome.report().nulled()), (2, 0));
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordReport {
    pub(super) text: Option<Report>,
    pub(super) copies: usize,
    pub(super) attachments: usize,
    pub(super) messages: usize,
    pub(super) files: usize,
    pub(super) nulled: usize,
    #[serde(rename = "urls_to_delete")]
    pub(super) urls: usize,
}

impl RecordReport {
    /// What was done to the comment's `html_body` or the one chat message, if anything.
    #[must_use]
    pub fn text(&self) -> Option<&Report> {
        self.text.as_ref()
    }

    /// Other copies of a comment's text that were rewritten or dropped: `plain_body`, `body`, those of a voice comment.
    #[must_use]
    pub fn copies(&self) -> usize {
        self.copies
    }

    /// Redacted attachments.
    #[must_use]
    pub fn attachments(&self) -> usize {
        self.attachments
    }

    /// Redacted chat messages.
    #[must_use]
    pub fn messages(&self) -> usize {
        self.messages
    }

    /// Redacted files of a chat.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files
    }

    /// Fields that became `null` because they held what was removed, by [`super::Leftovers::Null`].
    #[must_use]
    pub fn nulled(&self) -> usize {
        self.nulled
    }

    /// URLs behind which content must be deleted.
    #[must_use]
    pub fn urls_to_delete(&self) -> usize {
        self.urls
    }
}
