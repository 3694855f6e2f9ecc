//! What the records have in common: each is a JSON object, kept whole and in its order.

use serde_json::{Map, Value};

use super::{Id, RecordError};

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

/// The string in a field; nothing if the field is absent or not a string.
pub(crate) fn text<'o>(object: &'o Object, field: &str) -> Option<&'o str> {
    object.get(field).and_then(Value::as_str)
}

/// The id in a field, a number or a string.
pub(crate) fn id(object: &Object, field: &str) -> Option<Id> {
    object.get(field).and_then(Id::of)
}

/// The id in a field as text: the digits of a number, the characters of a string. So `"7"` and `7` are the same.
pub(crate) fn id_text<'o>(object: &'o Object, field: &str) -> Option<&'o str> {
    match object.get(field)? {
        Value::Number(number) => Some(number.as_str()),
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The objects in a field that holds an array of them.
pub(crate) fn objects<'o>(object: &'o Object, field: &str) -> impl Iterator<Item = &'o Object> {
    object.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// What a field that this crate reads may hold. All of them may be absent or `null`.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Id,
    Text,
    Object,
    Objects,
}

/// Checks the fields of `table`; others may hold anything.
pub(crate) fn check(object: &Object, table: &[(&str, Shape)]) -> Result<(), RecordError> {
    let fits = |value: &Value, shape| match shape {
        _ if value.is_null() => true,
        Shape::Id => value.is_number() || value.is_string(),
        Shape::Text => value.is_string(),
        Shape::Object => value.is_object(),
        Shape::Objects => value.as_array().is_some_and(|items| items.iter().all(Value::is_object)),
    };
    let good = |&(field, shape): &(&str, Shape)| object.get(field).is_none_or(|value| fits(value, shape));
    if table.iter().all(good) { Ok(()) } else { Err(RecordError::BadRecord) }
}

/// How many levels of arrays and objects a record may have: what `serde_json` reads without being told otherwise.
const MAX_DEPTH: usize = 127;

/// Gives a value back that is not nested past [`MAX_DEPTH`]: copying and writing it recurses. So does dropping it, so
/// what is refused is taken apart here.
pub(crate) fn check_depth(value: Value) -> Result<Value, RecordError> {
    if !is_deep(&value) {
        return Ok(value);
    }
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.into_values()),
            _ => {}
        }
    }
    Err(RecordError::BadRecord)
}

fn is_deep(value: &Value) -> bool {
    let mut open = vec![(value, 0)];
    while let Some((value, depth)) = open.pop() {
        if depth >= MAX_DEPTH && (value.is_array() || value.is_object()) {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => open.extend(fields.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    false
}

/// Gives a record type over [`Object`] its ways in and out. The type has a function `check(&Object)`.
macro_rules! record {
    ($record:ident) => {
        impl $record {
            /// Reads the record from JSON.
            ///
            /// # Errors
            /// [`RecordError::BadJson`](crate::records::RecordError::BadJson),
            /// [`RecordError::DuplicateField`](crate::records::RecordError::DuplicateField), or
            /// [`RecordError::BadRecord`](crate::records::RecordError::BadRecord) if it is not an object, or a field
            /// that this crate reads has another type than the help desk documents.
            pub fn from_json(text: &str) -> Result<Self, crate::records::RecordError> {
                Self::from_value(crate::records::json::read(text)?)
            }

            /// Takes the record from a JSON value.
            ///
            /// # Errors
            /// [`RecordError::BadRecord`](crate::records::RecordError::BadRecord), as for
            #[doc = concat!("[`", stringify!($record), "::from_json`].")]
            pub fn from_value(value: serde_json::Value) -> Result<Self, crate::records::RecordError> {
                match crate::records::object::check_depth(value)? {
                    serde_json::Value::Object(object) => Self::from_object(object),
                    _ => Err(crate::records::RecordError::BadRecord),
                }
            }

            pub(crate) fn from_object(
                object: crate::records::object::Object,
            ) -> Result<Self, crate::records::RecordError> {
                Self::check(&object)?;
                Ok(Self(object))
            }

            /// All fields, in their order.
            #[must_use]
            pub fn fields(&self) -> &serde_json::Map<String, serde_json::Value> {
                &self.0
            }

            /// The record as a JSON value.
            #[must_use]
            pub fn into_value(self) -> serde_json::Value {
                serde_json::Value::Object(self.0)
            }

            /// The record as JSON text.
            #[must_use]
            pub fn to_json(&self) -> String {
                crate::records::object::write(&self.0)
            }

            /// The record's id, if it has one.
            #[must_use]
            pub fn id(&self) -> Option<crate::records::Id> {
                crate::records::object::id(&self.0, "id")
            }
        }

        impl serde::Serialize for $record {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        /// No error quotes what was read (rule C2): that of a JSON value shows a number where none belongs, such as
        /// the name of a field in formats that have such names. So none has a position, as those of `from_json` have.
        /// A field that stands twice, or has a name that `serde_json` keeps for itself, is not noticed here, only by
        /// `from_json`.
        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)
                    .map_err(|_| serde::de::Error::custom(crate::records::RecordError::BadRecord))?;
                Self::from_value(value).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use record;

/// JSON text. Writing a map with string keys to memory cannot fail.
pub(crate) fn write(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
