//! The help desk's records, as the JSON of its API, and its endpoints as pure calls.
//!
//! A host reads the stored record and the request, calls one method of [`RecordRedactor`], stores the new record, adds
//! the [events](Outcome::events) to the audit and does what is [left to do](Outcome::follow_up):
//!
//! ```
//! use blackbar::records::{Comment, CommentRedaction, RecordRedactor};
//!
//! let stored = r#"{"id": 35436, "type": "Comment", "html_body": "<p>My ID number is 847564!</p>",
//!     "plain_body": "My ID number is 847564!", "public": true}"#;
//! let request = r#"{"ticket_id": 100, "html_body": "<p>My ID number is <redact>847564</redact>!</p>"}"#;
//!
//! let outcome = RecordRedactor::default()
//!     .comment(&Comment::from_json(stored)?, &CommentRedaction::from_json(request)?)?;
//! assert_eq!(
//!     outcome.response().to_json(),
//!     r#"{"comment":{"id":35436,"type":"Comment","html_body":"<p>My ID number is ▇▇▇▇▇▇!</p>","#.to_owned()
//!         + r#""plain_body":"My ID number is ▇▇▇▇▇▇!","public":true}}"#
//! );
//! # Ok::<(), blackbar::records::RecordError>(())
//! ```
//!
//! - Records keep all their fields, in their order, and their numbers digit for digit;
//!   only an exponent is written anew, `1e3` as `1e+3`.
//! - All copies of a text are rewritten together: `html_body`, `plain_body`, `body`,
//!   and what the `data` of a call or a post repeats, such as its `title`.
//! - After a redaction the whole record is searched for what was removed: texts of 4 clusters or more, URLs, names of
//!   files; as written, read as HTML, percent-decoded, as JSON in a string, as an encoded word of a mail, up to two of
//!   these deep, and in base64; in another Unicode normalization form, with other apostrophes and hyphens; several
//!   words in any case and with any signs between them, but for bodies and messages. The digits of a long number are
//!   found however they are parted, but by letters; numbers of JSON are compared by value. Of a sentence, the addresses
//!   in it, the numbers that a [detector](crate::Detector) knows and those of nine digits or more are searched for
//!   alone as well, and of a `mailto:` or `tel:` address, whom it names. If any of it is found, also unmarked in the
//!   same body, the call is refused; see [`RecordPolicy`] for the ways out.
//! - That search leaves out what the help desk itself writes: words such as the `type` `Comment` and the `image` of a
//!   `content_type`, the names of its fields, times such as `created_at`, and numbers that it assigned or measured,
//!   such as ids and the size of a file. In `html_body` it leaves out the names of tags, and a single word or a short
//!   number in an attribute that only lays out. It leaves out lines such as `-----`, the pages of a site whose own
//!   address was removed, addresses that go on with a letter or digit, longer numbers that hold a short one by chance,
//!   and in texts and other files a name that programs give to files by themselves, such as `image.png`.
//! - Neither errors nor `Debug` show anything of a record but ids and lengths.

mod apply;
mod attachment;
mod chat;
mod comment;
mod error;
mod forms;
mod id;
mod json;
mod known;
mod leftovers;
mod object;
mod outcome;
mod policy;
mod removed;
mod request;
mod search;
mod selector;
mod url;
mod words;

pub use apply::{ChatState, DryRun, RecordRedactor};
pub use attachment::Attachment;
pub use chat::{ChatEntry, ChatEvent};
pub use comment::Comment;
pub use error::RecordError;
pub use id::Id;
pub use outcome::{AuditEvent, ChatEventResponse, CommentResponse, FollowUp, OtherCopy, Outcome, RecordReport};
pub use policy::{BodyCopy, Leftovers, RecordPolicy};
pub use request::{ChatFileRedaction, ChatRedaction, CommentRedaction, StringRedaction};
