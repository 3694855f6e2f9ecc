//! Reading JSON so that no error quotes it (rule C2), and so that nothing in it is read in two ways.

use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

use super::RecordError;

/// Reads a value in which no object has a field twice. Which of the two counts is up to the reader, so a host and this
/// crate could see different records.
pub(crate) fn read(text: &str) -> Result<Value, RecordError> {
    let fault = Cell::new(Fault::None);
    read_with(text, Unique(&fault), &fault)?;
    serde_json::from_str(text).map_err(|error| RecordError::BadJson { line: error.line(), column: error.column() })
}

/// Reads `text` with `seed`, which says through `fault` what was wrong with a value that is JSON.
pub(crate) fn read_with<'de, S: DeserializeSeed<'de>>(
    text: &'de str,
    seed: S,
    fault: &Cell<Fault>,
) -> Result<S::Value, RecordError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let result = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    result.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match (fault.get(), error.classify()) {
            (_, Category::Syntax | Category::Eof | Category::Io) => RecordError::BadJson { line, column },
            (Fault::Reserved, Category::Data) => RecordError::BadJson { line, column },
            (Fault::None, Category::Data) => RecordError::WrongType { line, column },
            (Fault::Unknown, Category::Data) => RecordError::UnknownField { line, column },
            (Fault::Duplicate, Category::Data) => RecordError::DuplicateField { line, column },
            (Fault::Missing, Category::Data) => RecordError::MissingField { line, column },
        }
    })
}

/// What is wrong with a field, as far as the reader of JSON does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    Unknown,
    Duplicate,
    Missing,
    /// The reader of JSON keeps its name for itself.
    Reserved,
}

impl Fault {
    /// An error for the reader to add the position to. Its text says nothing.
    pub(crate) fn raise<E: serde::de::Error>(self, fault: &Cell<Self>) -> E {
        fault.set(self);
        E::custom("")
    }
}

/// Accepts any value whose objects have no field twice. It recurses, but not past the 128 levels of `serde_json`.
#[derive(Clone, Copy)]
struct Unique<'f>(&'f Cell<Fault>);

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(name) = fields.next_key_seed(FieldName)? {
            if name.as_deref().is_some_and(|name| name.starts_with(RESERVED)) {
                return Err(Fault::Reserved.raise(self.0));
            }
            if name.is_some_and(|name| !seen.insert(name)) {
                return Err(Fault::Duplicate.raise(self.0));
            }
            fields.next_value_seed(self)?;
        }
        Ok(())
    }
}

/// How the names begin under which `serde_json` hands out numbers that it keeps digit for digit: as objects with one
/// such field. An object of the text with such a field would become a number.
const RESERVED: &str = "$serde_json::private::";

/// Reads the name of a field of the text; nothing for that of an object that stands for a number.
pub(crate) struct FieldName;

impl<'de> DeserializeSeed<'de> for FieldName {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // The two differ in nothing else: the name of a field counts as given here, the other is shown as it is.
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for FieldName {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        String::deserialize(deserializer).map(Some)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
}
