//! Edits as data, for an audit trail.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::edits::{Edits, EditsBuilder};

#[derive(Serialize, Deserialize)]
#[serde(rename = "Edits", deny_unknown_fields)]
struct Data<'e> {
    source_len: usize,
    edits: Vec<Item<'e>>,
}

/// One edit, in bytes of the source.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Edit", deny_unknown_fields)]
struct Item<'e> {
    start: usize,
    end: usize,
    replacement: Cow<'e, str>,
}

impl Serialize for Edits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.iter().map(|edit| Item {
            start: edit.range.start,
            end: edit.range.end,
            replacement: edit.replacement.into(),
        });
        Data { source_len: self.source_len(), edits: items.collect() }.serialize(serializer)
    }
}

/// No error quotes what was read (rule C2): who confuses two columns of an audit trail may have given a text.
impl<'de> Deserialize<'de> for Edits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = Data::deserialize(deserializer).map_err(|_| D::Error::custom("not edits as data"))?;
        read(&data).ok_or_else(|| D::Error::custom("edits that overlap, touch, or do not fit their source"))
    }
}

/// The edits, if they are such as a redaction has: in order, none empty or touching the next, in less than 4 GiB.
fn read(data: &Data<'_>) -> Option<Edits> {
    let replaced: usize = data.edits.iter().map(|item| item.replacement.len()).sum();
    u32::try_from(data.source_len.checked_add(replaced)?).ok()?;
    let mut edits = EditsBuilder::new(data.source_len, data.edits.len(), replaced);
    let mut free = 0;
    for item in &data.edits {
        if item.start < free || item.end <= item.start || data.source_len < item.end {
            return None;
        }
        edits.grow(item.start..item.end);
        edits.append(&item.replacement);
        free = item.end + 1;
    }
    Some(edits.finish())
}
