//! After a redaction: is anything of what was removed left in the record (rule C86)?

use serde_json::Value;

use super::RecordError;
use super::known::{Known, Place, Role, Scope, is_documented, place_of};
use super::object::Object;
use super::policy::{Leftovers, RecordPolicy};
use super::search::Ready;

/// Searches every string, number and unknown name of a record. What is found is refused or nulled, by the policy.
///
/// Returns how many fields were nulled.
pub(crate) fn settle(
    record: &mut Object,
    kind: Scope,
    search: &Ready,
    policy: &RecordPolicy,
) -> Result<usize, RecordError> {
    if search.is_empty() {
        return Ok(0);
    }
    let (mut left, mut nulled) = (0, 0);
    let mut open: Vec<(&mut Value, Place)> = Vec::new();
    left += enter(record, kind, search, &mut open);
    while let Some((value, place)) = open.pop() {
        let found = match value {
            Value::String(text) => match place.known {
                Known::Html => search.finds_html(text),
                Known::File => search.finds_in_name(Known::File.content(text)),
                known if place.role == Role::Text => search.finds_in_file(known.content(text)),
                known => search.finds(known.content(text)),
            },
            Value::Number(number) => {
                !matches!(place.role, Role::Assigned | Role::AssignedEach) && search.finds_number(number.as_str())
            }
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
        };
        if found {
            match (policy.leftovers, place.role) {
                (_, Role::Text) if policy.allow_unmarked_copies => {}
                (Leftovers::Null, Role::Open) => {
                    *value = Value::Null;
                    nulled += 1;
                }
                _ => left += 1,
            }
            continue;
        }
        match value {
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (item, place.of_item()))),
            Value::Object(fields) => left += enter(fields, place.scope, search, &mut open),
            _ => {}
        }
    }
    if left > 0 { Err(RecordError::LeftInRecord { count: left }) } else { Ok(nulled) }
}

/// Opens the fields of an object. Returns how many of their names hold something: a name cannot be nulled.
fn enter<'v>(object: &'v mut Object, scope: Scope, search: &Ready, open: &mut Vec<(&'v mut Value, Place)>) -> usize {
    let mut left = 0;
    for (name, value) in object.iter_mut() {
        // The names that the help desk documents are not content.
        if !is_documented(name) && search.finds(name) {
            left += 1;
        }
        open.push((value, place_of(scope, name)));
    }
    left
}
