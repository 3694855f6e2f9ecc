//! The endpoints: one pure call each (rule C81).

mod chat;
mod comment;
mod copies;

use super::outcome::{Outcome, RecordReport};
use super::request::{ChatFileRedaction, ChatRedaction, CommentRedaction, StringRedaction};
use super::{ChatEvent, Comment, RecordError, RecordPolicy};
use crate::limits::Limits;
use crate::policy::Policy;
use crate::redactor::Redactor;
use crate::select::Patterns;

/// Whether a chat is still going on. Only the host knows.
///
/// ```
/// use blackbar::records::{ChatEvent, ChatFileRedaction, ChatState, RecordError, RecordRedactor};
///
/// let chat = ChatEvent::from_json(r#"{"value": {"chat_id": "1.22.Abc"}}"#)?;
/// let request = ChatFileRedaction::new("1.22.Abc").chat_indexes([4]);
/// let refused = RecordRedactor::default().chat_files(&chat, &request, ChatState::Active);
/// assert_eq!(refused, Err(RecordError::ActiveChat));
/// # Ok::<(), RecordError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChatState {
    /// It has ended; it can be redacted.
    Ended,
    /// It is going on; the call is refused with [`RecordError::ActiveChat`].
    Active,
}

/// Redacts records as the help desk's endpoints do.
///
/// Each method takes the stored record and the request, and gives the new record with what belongs to it, or an error;
/// it changes nothing by itself. Everything is validated first: there is no half-done record.
///
/// The default has the default [`Policy`] with [`Limits::zendesk`].
///
/// ```
/// use blackbar::records::{Comment, CommentRedaction, RecordRedactor};
///
/// let comment = Comment::from_json(
///     r#"{"id": 35436, "html_body": "<p>My ID number is 847564!</p>", "plain_body": "My ID number is 847564!"}"#,
/// )?;
/// let request = CommentRedaction::new(100).html_body("<p>My ID number is <redact>847564</redact>!</p>");
/// let outcome = RecordRedactor::default().comment(&comment, &request)?;
/// assert_eq!(outcome.record().html_body(), Some("<p>My ID number is ▇▇▇▇▇▇!</p>"));
/// assert_eq!(outcome.record().plain_body(), Some("My ID number is ▇▇▇▇▇▇!"));
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordRedactor {
    redactor: Redactor,
    policy: RecordPolicy,
}

impl Default for RecordRedactor {
    fn default() -> Self {
        let zendesk = Policy::default().limits(Limits::zendesk());
        Self::new(Redactor::new(zendesk).unwrap_or_default())
    }
}

impl RecordRedactor {
    /// Redacts the texts of records with `redactor`.
    #[must_use]
    pub fn new(redactor: Redactor) -> Self {
        Self { redactor, policy: RecordPolicy::default() }
    }

    /// Chooses what is done about records. Default: [`RecordPolicy::default`].
    #[must_use]
    pub const fn policy(mut self, policy: RecordPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The same calls, of which only the report is wanted.
    ///
    /// ```
    /// use blackbar::records::{Comment, RecordRedactor, StringRedaction};
    ///
    /// let comment = Comment::from_json(r#"{"id": 7, "html_body": "<p>ab ab</p>", "plain_body": "ab ab"}"#)?;
    /// let report = RecordRedactor::default().dry_run().string(&comment, &StringRedaction::new("ab"))?;
    /// assert_eq!((report.text().map(|text| text.ranges()), report.copies()), (Some(2), 1));
    /// # Ok::<(), blackbar::records::RecordError>(())
    /// ```
    #[must_use]
    pub const fn dry_run(&self) -> DryRun<'_> {
        DryRun(self)
    }

    /// `PUT comment_redactions/{comment_id}`: redacts marked text and tags of the comment,
    /// attachments by their URLs, or both.
    ///
    /// The request's `html_body` is compared with the stored one.
    /// An attachment is also redacted if the `img` that shows it is taken out.
    ///
    /// # Errors
    /// [`RecordError::NothingAsked`], [`RecordError::UnknownUrl`], [`RecordError::NoHtmlBody`],
    /// [`RecordError::MissingId`], [`RecordError::LeftInRecord`], and those of [`Redactor::html_stored`].
    ///
    /// ```
    /// use blackbar::records::{Comment, CommentRedaction, RecordRedactor};
    ///
    /// let comment = Comment::from_json(
    ///     r#"{"id": 7, "html_body": "<p>See below</p>", "attachments": [{"id": 8, "file_name": "passport.jpg",
    ///         "content_url": "https://desk.example.com/attachments/token/t0k3n/?name=passport.jpg", "size": 2532}]}"#,
    /// )?;
    /// let request = CommentRedaction::new(100)
    ///     .external_attachment_url("https://desk.example.com/attachments/token/t0k3n/?name=passport.jpg");
    /// let outcome = RecordRedactor::default().comment(&comment, &request)?;
    /// assert_eq!(
    ///     outcome.record().attachments().next().map(|attachment| attachment.to_json()).as_deref(),
    ///     Some(r#"{"id":8,"file_name":"redacted.txt","content_type":"text/plain","size":0,"thumbnails":[]}"#)
    /// );
    /// assert_eq!(outcome.follow_up().urls_to_delete().len(), 1);
    /// # Ok::<(), blackbar::records::RecordError>(())
    /// ```
    pub fn comment(&self, comment: &Comment, request: &CommentRedaction) -> Result<Outcome<Comment>, RecordError> {
        comment::marked(self, comment, request)
    }

    /// `PUT tickets/{ticket_id}/comments/{comment_id}/redact`:
    /// redacts a string wherever it stands in the comment's text.
    ///
    /// `plain_body` and `body` are derived anew from the HTML. If that has no text, they are texts of their own, which
    /// would lose every word: the string is masked in them.
    ///
    /// If a link or an image holds the string too, as links made of addresses do, the call is refused, unless
    /// [`crate::Policy::redact_tags_with_hits`] is on.
    ///
    /// # Errors
    /// [`RecordError::NoHtmlBody`], [`RecordError::MissingId`], [`RecordError::LeftInRecord`], and those of
    /// [`Redactor::html_strings`].
    ///
    /// ```
    /// use blackbar::records::{Comment, RecordRedactor, StringRedaction};
    ///
    /// let comment = Comment::from_json(r#"{"id": 7, "html_body": "<p>SSN: <b>987</b>-65-4320</p>"}"#)?;
    /// let outcome = RecordRedactor::default().string(&comment, &StringRedaction::new("987-65-4320"))?;
    /// let response = r#"{"comment":{"id":7,"html_body":"<p>SSN: <b>▇▇▇</b>▇▇▇▇▇▇▇▇</p>"}}"#;
    /// assert_eq!(outcome.response().to_json(), response);
    /// # Ok::<(), blackbar::records::RecordError>(())
    /// ```
    pub fn string(&self, comment: &Comment, request: &StringRedaction) -> Result<Outcome<Comment>, RecordError> {
        comment::string(self, comment, request)
    }

    /// Automatic redaction of a comment on its way in. It needs no id yet; without one there is no event for the audit.
    /// What goes from which text is as for [`RecordRedactor::string`].
    ///
    /// # Errors
    /// [`crate::Error::NoMatch`] if there is nothing to redact, and [`crate::Error::TooMuchWork`] of the patterns;
    /// otherwise as [`RecordRedactor::string`].
    ///
    /// ```
    /// use blackbar::records::{Comment, RecordRedactor};
    /// use blackbar::{Detector, Patterns};
    ///
    /// let comment = Comment::from_json(r#"{"html_body": "<p>4111 1111 <b>1111</b> 1111</p>"}"#)?;
    /// let cards = Patterns::new().detector(Detector::PaymentCard);
    /// let outcome = RecordRedactor::default().comment_patterns(&comment, &cards)?;
    /// assert_eq!(outcome.record().html_body(), Some("<p>4111 11▇▇ <b>▇▇▇▇</b> 1111</p>"));
    /// # Ok::<(), blackbar::records::RecordError>(())
    /// ```
    pub fn comment_patterns(&self, comment: &Comment, patterns: &Patterns) -> Result<Outcome<Comment>, RecordError> {
        comment::patterns(self, comment, patterns)
    }

    /// `PUT chat_redactions/{ticket_id}`: redacts marked text of one chat message.
    ///
    /// The redacted event keeps `chat_index`, `type`, `message_id`, `timestamp` and `actor_*`,
    /// and has the new `message`; all else is gone.
    ///
    /// # Errors
    /// [`RecordError::ActiveChat`] and [`RecordError::OtherChat`]; about selectors [`RecordError::NoSelector`],
    /// [`RecordError::SelectorsDisagree`], [`RecordError::UnknownEvent`], [`RecordError::DuplicateEvent`] and
    /// [`RecordError::WrongEventType`]; [`RecordError::LeftInRecord`]; [`RecordError::BadRecord`] if the event has no
    /// message; and those of [`Redactor::chat`].
    ///
    /// ```
    /// use blackbar::records::{ChatEvent, ChatRedaction, ChatState, RecordRedactor};
    ///
    /// let chat = ChatEvent::from_json(
    ///     r#"{"id": 9, "value": {"chat_id": "1.22.Abc", "history": [
    ///         {"chat_index": 0, "type": "ChatMessage", "message": "My ID number is 847564!"}]}}"#,
    /// )?;
    /// let request = ChatRedaction::new("1.22.Abc", "My ID number is <redact>847564</redact>!").chat_index(0);
    /// let outcome = RecordRedactor::default().chat(&chat, &request, ChatState::Ended)?;
    /// let message = outcome.record().history().next().ok_or("no message")?;
    /// assert_eq!(message.message(), Some("My ID number is ▇▇▇▇▇▇!"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn chat(
        &self,
        chat: &ChatEvent,
        request: &ChatRedaction,
        state: ChatState,
    ) -> Result<Outcome<ChatEvent>, RecordError> {
        chat::marked(self, chat, request, state)
    }

    /// `PUT chat_file_redactions/{ticket_id}`: redacts files of a chat.
    ///
    /// A redacted event keeps `chat_index`, `type`, `message_id`, `timestamp` and `actor_*`, and its `filename` is
    /// `redacted.txt`; all else is gone.
    ///
    /// # Errors
    /// [`RecordError::ActiveChat`] and [`RecordError::OtherChat`]; about selectors the same as of
    /// [`RecordRedactor::chat`]; [`RecordError::AlreadyRedacted`] and [`RecordError::LeftInRecord`].
    ///
    /// ```
    /// use blackbar::records::{ChatEvent, ChatFileRedaction, ChatState, RecordRedactor};
    ///
    /// let chat = ChatEvent::from_json(
    ///     r#"{"id": 9, "value": {"chat_id": "1.22.Abc", "history": [
    ///         {"chat_index": 0, "type": "ChatFileAttachment", "filename": "passport.jpg"}]}}"#,
    /// )?;
    /// let request = ChatFileRedaction::new("1.22.Abc").chat_indexes([0]);
    /// let outcome = RecordRedactor::default().chat_files(&chat, &request, ChatState::Ended)?;
    /// let file = outcome.record().history().next().ok_or("no file")?;
    /// assert_eq!(file.filename(), Some("redacted.txt"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn chat_files(
        &self,
        chat: &ChatEvent,
        request: &ChatFileRedaction,
        state: ChatState,
    ) -> Result<Outcome<ChatEvent>, RecordError> {
        chat::files(self, chat, request, state)
    }

    /// Automatic redaction of a chat's messages on their way in, also of an active chat. A text in the `message` of an
    /// event that is no `ChatMessage`, or says nothing of its type, is masked as well; its other fields stay.
    ///
    /// # Errors
    /// [`crate::Error::NoMatch`] if there is nothing to redact, [`RecordError::LeftInRecord`], and those of
    /// [`Redactor::text_patterns`].
    ///
    /// ```
    /// use blackbar::records::{ChatEvent, RecordRedactor};
    /// use blackbar::{Detector, Patterns};
    ///
    /// let chat = ChatEvent::from_json(
    ///     r#"{"value": {"history": [{"chat_index": 0, "type": "ChatMessage", "message": "I am jo@example.com"}]}}"#,
    /// )?;
    /// let emails = Patterns::new().detector(Detector::Email);
    /// let outcome = RecordRedactor::default().chat_patterns(&chat, &emails)?;
    /// let message = outcome.record().history().next().ok_or("no message")?;
    /// assert_eq!(message.message(), Some("I am ▇▇▇▇▇▇▇▇▇▇▇▇▇▇"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn chat_patterns(&self, chat: &ChatEvent, patterns: &Patterns) -> Result<Outcome<ChatEvent>, RecordError> {
        chat::patterns(self, chat, patterns)
    }
}

/// The calls of [`RecordRedactor`] that give the report alone: what a call would do, or why it would be refused.
#[derive(Clone, Copy, Debug)]
pub struct DryRun<'r>(&'r RecordRedactor);

impl DryRun<'_> {
    /// Reports on [`RecordRedactor::comment`].
    ///
    /// # Errors
    /// Those of [`RecordRedactor::comment`].
    pub fn comment(&self, comment: &Comment, request: &CommentRedaction) -> Result<RecordReport, RecordError> {
        self.0.comment(comment, request).map(|outcome| outcome.report)
    }

    /// Reports on [`RecordRedactor::string`].
    ///
    /// # Errors
    /// Those of [`RecordRedactor::string`].
    pub fn string(&self, comment: &Comment, request: &StringRedaction) -> Result<RecordReport, RecordError> {
        self.0.string(comment, request).map(|outcome| outcome.report)
    }

    /// Reports on [`RecordRedactor::comment_patterns`].
    ///
    /// # Errors
    /// Those of [`RecordRedactor::comment_patterns`].
    pub fn comment_patterns(&self, comment: &Comment, patterns: &Patterns) -> Result<RecordReport, RecordError> {
        self.0.comment_patterns(comment, patterns).map(|outcome| outcome.report)
    }

    /// Reports on [`RecordRedactor::chat`].
    ///
    /// # Errors
    /// Those of [`RecordRedactor::chat`].
    pub fn chat(
        &self,
        chat: &ChatEvent,
        request: &ChatRedaction,
        state: ChatState,
    ) -> Result<RecordReport, RecordError> {
        self.0.chat(chat, request, state).map(|outcome| outcome.report)
    }

    /// Reports on [`RecordRedactor::chat_files`].
    ///
    /// # Errors
    /// Those of [`RecordRedactor::chat_files`].
    pub fn chat_files(
        &self,
        chat: &ChatEvent,
        request: &ChatFileRedaction,
        state: ChatState,
    ) -> Result<RecordReport, RecordError> {
        self.0.chat_files(chat, request, state).map(|outcome| outcome.report)
    }

    /// Reports on [`RecordRedactor::chat_patterns`].
    ///
    /// # Errors
    /// Those of [`RecordRedactor::chat_patterns`].
    pub fn chat_patterns(&self, chat: &ChatEvent, patterns: &Patterns) -> Result<RecordReport, RecordError> {
        self.0.chat_patterns(chat, patterns).map(|outcome| outcome.report)
    }
}
