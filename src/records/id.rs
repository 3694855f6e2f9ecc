//! Ids, kept exactly as the help desk wrote them.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

/// An id of a record: a JSON number of any size, or a string.
///
/// Ids above 2⁵³ do not survive a detour through floating point, so the digits are kept as they stand.
///
/// ```
/// use blackbar::records::Comment;
///
/// let comment = Comment::from_json(r#"{"id": 36028797018963969123456789}"#)?;
/// let id = comment.id().ok_or("no id")?;
/// assert_eq!(id.as_str(), "36028797018963969123456789");
/// assert_eq!(id.as_u64(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Id(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Number(Number),
    Text(String),
}

/// The longest string id that `Debug` shows; what is longer, or not of letters, digits and `.-_`, may be a text.
const MAX_SHOWN: usize = 64;

impl Id {
    /// The id in a JSON value, if it is a number or a string.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(number.clone().into()),
            Value::String(text) => Some(text.as_str().into()),
            _ => None,
        }
    }

    /// The id as text: the digits of a number, the characters of a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Form::Number(number) => number.as_str(),
            Form::Text(text) => text,
        }
    }

    /// The id as a number, if it is one that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Form::Number(number) => number.as_u64(),
            Form::Text(_) => None,
        }
    }
}

impl From<u64> for Id {
    fn from(id: u64) -> Self {
        Self(Form::Number(id.into()))
    }
}

impl From<Number> for Id {
    fn from(id: Number) -> Self {
        Self(Form::Number(id))
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self(Form::Text(id.to_owned()))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
        match &self.0 {
            Form::Number(number) => f.write_str(number.as_str()),
            Form::Text(text) if text.len() <= MAX_SHOWN && plain(text) => write!(f, "{text:?}"),
            Form::Text(text) => write!(f, "{} bytes", text.len()),
        }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Number(number) => number.serialize(serializer),
            Form::Text(text) => serializer.serialize_str(text),
        }
    }
}
