//! Which events of a chat a request means (rule C83).

use std::collections::{BTreeMap, BTreeSet};

use super::object::{Object, id_text, text};
use super::{Id, RecordError};

/// The places in `history` of the events that a request names, each once, in the order named.
///
/// `indexes` are values of the field `chat_index`, `messages` of the field `message_id`; an empty list counts as
/// absent. If both are given they must name the same events. Every event must be of type `wanted`.
pub(crate) fn resolve(
    history: &[&Object],
    (indexes, messages): (&[Id], &[Id]),
    wanted: &str,
) -> Result<Vec<usize>, RecordError> {
    let by_index = find(history, "chat_index", indexes, wanted)?;
    let by_message = find(history, "message_id", messages, wanted)?;
    match (by_index.is_empty(), by_message.is_empty()) {
        (true, true) => Err(RecordError::NoSelector),
        (false, true) => Ok(by_index),
        (true, false) => Ok(by_message),
        (false, false) => {
            let set: BTreeSet<usize> = by_message.iter().copied().collect();
            let same = set.len() == by_index.len() && by_index.iter().all(|place| set.contains(place));
            if same { Ok(by_index) } else { Err(RecordError::SelectorsDisagree) }
        }
    }
}

/// The places of the events whose `field` is one of `selectors`, each once.
fn find(history: &[&Object], field: &str, selectors: &[Id], wanted: &str) -> Result<Vec<usize>, RecordError> {
    if selectors.is_empty() {
        return Ok(Vec::new());
    }
    // The place of each value; nothing if more than one event has it.
    let mut places: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (place, event) in history.iter().enumerate() {
        if let Some(value) = id_text(event, field) {
            places.entry(value).and_modify(|place| *place = None).or_insert(Some(place));
        }
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, selector) in selectors.iter().enumerate() {
        let place = *places.get(selector.as_str()).ok_or(RecordError::UnknownEvent { index })?;
        let place = place.ok_or(RecordError::DuplicateEvent { index })?;
        if history.get(place).and_then(|event| text(event, "type")) != Some(wanted) {
            return Err(RecordError::WrongEventType { index });
        }
        if seen.insert(place) {
            found.push(place);
        }
    }
    Ok(found)
}
