//! What the host may choose about records.

use crate::plain::PlainStyle;

/// What becomes of `body`, the third copy of a comment's text (rule C82).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BodyCopy {
    /// It is written anew from the redacted HTML, as rendered text.
    #[default]
    Derive,
    /// It is taken out of the record.
    Drop,
}

/// What happens when something that was removed is found in another field of the record (rule C86).
///
/// ```
/// use blackbar::records::{Comment, Leftovers, RecordError, RecordPolicy, RecordRedactor, StringRedaction};
///
/// let comment = Comment::from_json(r#"{"id": 1, "html_body": "<p>847564</p>", "metadata": {"note": "is 847564"}}"#)?;
/// let request = StringRedaction::new("847564");
/// let error = RecordRedactor::default().string(&comment, &request).unwrap_err();
/// assert_eq!(error, RecordError::LeftInRecord { count: 1 });
///
/// let redactor = RecordRedactor::default().policy(RecordPolicy::default().leftovers(Leftovers::Null));
/// let outcome = redactor.string(&comment, &request)?;
/// assert_eq!(outcome.record().to_json(), r#"{"id":1,"html_body":"<p>▇▇▇▇▇▇</p>","metadata":{"note":null}}"#);
/// # Ok::<(), RecordError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Leftovers {
    /// The call is refused with [`super::RecordError::LeftInRecord`].
    #[default]
    Reject,
    /// The field becomes `null`. A text, file name or URL that this crate redacts when asked to, an id, a type or the
    /// name of a field is never nulled: a find there is refused all the same.
    Null,
}

/// What the host chooses about records. In the default, every relaxation is off.
///
/// ```
/// use blackbar::records::{BodyCopy, Comment, RecordPolicy, RecordRedactor, StringRedaction};
///
/// let comment = Comment::from_json(r#"{"id": 1, "html_body": "<p>ID 847564</p>", "body": "ID 847564"}"#)?;
/// let redactor = RecordRedactor::default().policy(RecordPolicy::default().body(BodyCopy::Drop));
/// let outcome = redactor.string(&comment, &StringRedaction::new("847564"))?;
/// assert_eq!(outcome.record().to_json(), r#"{"id":1,"html_body":"<p>ID ▇▇▇▇▇▇</p>"}"#);
/// # Ok::<(), blackbar::records::RecordError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordPolicy {
    pub(super) plain_style: PlainStyle,
    pub(super) body: BodyCopy,
    pub(super) leftovers: Leftovers,
    pub(super) allow_unmarked_copies: bool,
}

impl RecordPolicy {
    /// How `plain_body` is written. Default: [`PlainStyle::Zendesk`], since it is the vendor's field.
    #[must_use]
    pub const fn plain_style(mut self, style: PlainStyle) -> Self {
        self.plain_style = style;
        self
    }

    /// What becomes of `body`. Default: it is derived anew.
    #[must_use]
    pub const fn body(mut self, body: BodyCopy) -> Self {
        self.body = body;
        self
    }

    /// What happens when removed text is found in another field. Default: the call is refused.
    #[must_use]
    pub const fn leftovers(mut self, leftovers: Leftovers) -> Self {
        self.leftovers = leftovers;
        self
    }

    /// Whether what was removed may still stand, unmarked, in a text that this crate redacts when asked to: in a body
    /// of the comment, in another message of the chat, in the name or URL of another file. Default: no.
    ///
    /// An agent who marks one of two messages that hold the same number needs this: the endpoint takes one at a time.
    #[must_use]
    pub const fn allow_unmarked_copies(mut self, allow: bool) -> Self {
        self.allow_unmarked_copies = allow;
        self
    }
}

impl Default for RecordPolicy {
    fn default() -> Self {
        Self {
            plain_style: PlainStyle::Zendesk,
            body: BodyCopy::Derive,
            leftovers: Leftovers::Reject,
            allow_unmarked_copies: false,
        }
    }
}
