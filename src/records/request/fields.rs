//! Reads a flat JSON object by a table of the fields that it may have.

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Number;

use crate::records::json::{Fault, FieldName, read_with};
use crate::records::{Id, RecordError};

/// A field that a request may have.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A number without sign, point or exponent, of any size.
    Integer,
    /// A string.
    Text,
    /// An array of [`Kind::Integer`].
    Integers,
    /// An array of strings.
    Texts,
}

/// What a field held; [`Kind::Integer`] and [`Kind::Text`] give one value. `Absent` is also an optional field's `null`.
pub(super) enum Held {
    Absent,
    Ids(Vec<Id>),
    Texts(Vec<String>),
}

impl Held {
    pub(super) fn take_ids(&mut self) -> Vec<Id> {
        match std::mem::replace(self, Self::Absent) {
            Self::Ids(ids) => ids,
            _ => Vec::new(),
        }
    }

    pub(super) fn take_texts(&mut self) -> Vec<String> {
        match std::mem::replace(self, Self::Absent) {
            Self::Texts(texts) => texts,
            _ => Vec::new(),
        }
    }
}

/// Reads an object with the fields of `table` and no others, each at most once; the result is in the table's order.
pub(super) fn read<const N: usize>(text: &str, table: &[Field; N]) -> Result<[Held; N], RecordError> {
    let fault = Cell::new(Fault::None);
    read_with(text, Object { table, fault: &fault }, &fault)
}

struct Object<'t, const N: usize> {
    table: &'t [Field; N],
    fault: &'t Cell<Fault>,
}

impl<'de, const N: usize> DeserializeSeed<'de> for Object<'_, N> {
    type Value = [Held; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Object<'_, N> {
    type Value = [Held; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut held: [Option<Held>; N] = [const { None }; N];
        while let Some(name) = fields.next_key::<String>()? {
            let mut rows = self.table.iter().zip(&mut held);
            let Some((field, slot)) = rows.find(|(field, _)| field.name == name) else {
                return Err(Fault::Unknown.raise(self.fault));
            };
            if slot.is_some() {
                return Err(Fault::Duplicate.raise(self.fault));
            }
            *slot = Some(fields.next_value_seed(field)?);
        }
        if self.table.iter().zip(&held).any(|(field, slot)| field.required && slot.is_none()) {
            return Err(Fault::Missing.raise(self.fault));
        }
        Ok(held.map(|slot| slot.unwrap_or(Held::Absent)))
    }
}

impl<'de> DeserializeSeed<'de> for &Field {
    type Value = Held;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Held, D::Error> {
        let held = match self.kind {
            Kind::Integer => Option::<Integer>::deserialize(deserializer)?.map(|id| Held::Ids(vec![id.0])),
            Kind::Text => Option::<String>::deserialize(deserializer)?.map(|text| Held::Texts(vec![text])),
            Kind::Integers => Option::<Vec<Integer>>::deserialize(deserializer)?
                .map(|ids| Held::Ids(ids.into_iter().map(|id| id.0).collect())),
            Kind::Texts => Option::<Vec<String>>::deserialize(deserializer)?.map(Held::Texts),
        };
        match held {
            Some(held) => Ok(held),
            None if self.required => Err(serde::de::Error::custom("")),
            None => Ok(Held::Absent),
        }
    }
}

/// A number that is written in digits only.
struct Integer(Id);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = deserializer.deserialize_any(Digits)?.filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
        let number: Option<Number> = digits.and_then(|digits| digits.parse().ok());
        number.map(|number| Self(number.into())).ok_or_else(|| serde::de::Error::custom(""))
    }
}

/// Reads how a number is written, or nothing if it has a sign. `serde_json` hands out large numbers and fractions as
/// objects; an object of the text that looks the same is none.
struct Digits;

impl<'de> Visitor<'de> for Digits {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Option<String>, A::Error> {
        match fields.next_key_seed(FieldName)? {
            Some(None) => fields.next_value().map(Some),
            _ => Err(serde::de::Error::custom("")),
        }
    }
}
