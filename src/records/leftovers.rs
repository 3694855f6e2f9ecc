//! After a redaction: is anything of what was removed left in the record (contract C86)?

use serde_json::Value;

use super::RecordError;
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
                known => search.finds(known.content(text)),
            },
            Value::Number(number) => place.role == Role::Open && search.finds_number(number.as_str()),
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
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (item, place))),
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
        let row = TABLE.iter().find(|row| row.scope == scope && row.field == name);
        let place =
            row.map_or(Place { scope: Scope::Any, role: Role::Open, known: Known::Words(&[]) }, |row| row.place);
        // The names that the help desk documents are not content.
        let documented = || NAMES.contains(&name.as_str()) || TABLE.iter().any(|row| row.field == name);
        if row.is_none() && search.finds(name) && !documented() {
            left += 1;
        }
        open.push((value, place));
    }
    left
}

/// Where an object stands in a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Comment,
    Attachment,
    Via,
    ChatEvent,
    ChatValue,
    ChatEntry,
    Call,
    Any,
}

/// What may be done about a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It can be nulled.
    Open,
    /// The record could not be found again without it; the help desk assigned it, so its digits are no content.
    Address,
    /// A text, or the name or URL of a file, that this crate redacts when asked to. It is never nulled.
    Text,
}

#[derive(Clone, Copy)]
struct Place {
    scope: Scope,
    role: Role,
    known: Known,
}

/// What the help desk itself writes in a field, so not content.
#[derive(Clone, Copy)]
enum Known {
    /// These words.
    Words(&'static [&'static str]),
    /// When something happened: `2024-01-15T10:30:00Z`.
    Time,
    /// The kind of a file, such as the `image` of `image/png`.
    MediaType,
    /// The markup of a body.
    Html,
}

impl Known {
    /// The part of a field's `text` that may be content.
    fn content(self, text: &str) -> &str {
        match self {
            Self::Words(words) if words.contains(&text) => "",
            Self::Time if is_time(text) => "",
            Self::MediaType => match text.split_once('/') {
                Some((kind, rest)) if KINDS.contains(&kind) => rest,
                _ => text,
            },
            Self::Words(_) | Self::Time | Self::Html => text,
        }
    }
}

/// Whether a text is a date, or a date and a time, as RFC 3339 has them, and nothing else.
fn is_time(text: &str) -> bool {
    let form = |form: &str, part: &str| {
        let fits = |(wanted, byte): (u8, u8)| if wanted == b'0' { byte.is_ascii_digit() } else { wanted == byte };
        part.len() == form.len() && form.bytes().zip(part.bytes()).all(fits)
    };
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00Z"));
    let (clock, zone) = time.split_at_checked(8).unwrap_or((time, ""));
    // No clock tells more than nanoseconds: more digits are something else.
    let fraction = |rest: &str| rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let zone = zone.strip_prefix('.').map_or(zone, |rest| &rest[fraction(rest)..]);
    let zones = ["", "Z", " UTC", "+00:00", "-00:00", "+0000", "-0000", " +0000", " -0000"];
    form("0000-00-00", date) && form("00:00:00", clock) && zones.iter().any(|known| form(known, zone))
}

/// The kinds of media (RFC 6838, 4.2).
const KINDS: [&str; 9] = ["application", "audio", "font", "image", "message", "model", "multipart", "text", "video"];

struct Row {
    scope: Scope,
    field: &'static str,
    place: Place,
}

const fn row(scope: Scope, field: &'static str, role: Role, inside: Scope, words: &'static [&'static str]) -> Row {
    Row { scope, field, place: Place { scope: inside, role, known: Known::Words(words) } }
}

const fn formal(scope: Scope, field: &'static str, role: Role, known: Known) -> Row {
    Row { scope, field, place: Place { scope: Scope::Any, role, known } }
}

/// The fields that are not like any other.
const TABLE: &[Row] = &[
    row(Scope::Comment, "id", Role::Address, Scope::Any, &[]),
    row(
        Scope::Comment,
        "type",
        Role::Address,
        Scope::Any,
        &["Comment", "VoiceComment", "FacebookComment", "TpeVoiceComment"],
    ),
    row(Scope::Comment, "audit_id", Role::Address, Scope::Any, &[]),
    row(Scope::Comment, "author_id", Role::Address, Scope::Any, &[]),
    formal(Scope::Comment, "html_body", Role::Text, Known::Html),
    row(Scope::Comment, "plain_body", Role::Text, Scope::Any, &[]),
    row(Scope::Comment, "body", Role::Text, Scope::Any, &[]),
    row(Scope::Comment, "attachments", Role::Open, Scope::Attachment, &[]),
    formal(Scope::Comment, "created_at", Role::Open, Known::Time),
    formal(Scope::Comment, "updated_at", Role::Open, Known::Time),
    row(Scope::Comment, "data", Role::Open, Scope::Call, &[]),
    formal(Scope::Call, "started_at", Role::Open, Known::Time),
    row(Scope::Comment, "via", Role::Open, Scope::Via, &[]),
    row(Scope::Via, "channel", Role::Open, Scope::Any, &CHANNELS),
    row(Scope::Attachment, "id", Role::Address, Scope::Any, &[]),
    row(Scope::Attachment, "file_name", Role::Text, Scope::Any, &[]),
    formal(Scope::Attachment, "content_type", Role::Open, Known::MediaType),
    row(Scope::Attachment, "url", Role::Text, Scope::Any, &[]),
    row(Scope::Attachment, "content_url", Role::Text, Scope::Any, &[]),
    row(Scope::Attachment, "mapped_content_url", Role::Text, Scope::Any, &[]),
    row(Scope::Attachment, "thumbnails", Role::Open, Scope::Attachment, &[]),
    row(Scope::ChatEvent, "id", Role::Address, Scope::Any, &[]),
    row(Scope::ChatEvent, "type", Role::Address, Scope::Any, &["ChatStartedEvent", "ChatEndedEvent"]),
    formal(Scope::ChatEvent, "created_at", Role::Open, Known::Time),
    row(Scope::ChatEvent, "value", Role::Open, Scope::ChatValue, &[]),
    row(Scope::ChatValue, "chat_id", Role::Address, Scope::Any, &[]),
    row(Scope::ChatValue, "history", Role::Open, Scope::ChatEntry, &[]),
    row(Scope::ChatEntry, "chat_index", Role::Address, Scope::Any, &[]),
    row(Scope::ChatEntry, "message_id", Role::Address, Scope::Any, &[]),
    formal(Scope::ChatEntry, "timestamp", Role::Address, Known::Time),
    row(Scope::ChatEntry, "actor_id", Role::Address, Scope::Any, &[]),
    row(Scope::ChatEntry, "actor_type", Role::Open, Scope::Any, &["agent", "end-user", "system", "bot", "trigger"]),
    row(
        Scope::ChatEntry,
        "type",
        Role::Address,
        Scope::Any,
        &["ChatMessage", "ChatFileAttachment", "ChatJoin", "ChatLeave"],
    ),
    row(Scope::ChatEntry, "message", Role::Text, Scope::Any, &[]),
    row(Scope::ChatEntry, "filename", Role::Text, Scope::Any, &[]),
    row(Scope::ChatEntry, "url", Role::Text, Scope::Any, &[]),
];

const CHANNELS: [&str; 11] =
    ["api", "chat", "email", "facebook", "mobile", "native_messaging", "rule", "sms", "twitter", "voice", "web"];

/// Other names of fields that the help desk documents.
const NAMES: [&str; 44] = [
    "actor_name",
    "address",
    "answered_by_id",
    "answered_by_name",
    "call_duration",
    "call_id",
    "client",
    "content_type",
    "content_url",
    "created_at",
    "custom",
    "data",
    "deleted",
    "flags",
    "flags_options",
    "formatted_from",
    "formatted_to",
    "from",
    "height",
    "inline",
    "ip_address",
    "latitude",
    "line_type",
    "location",
    "longitude",
    "malware_access_override",
    "malware_scan_result",
    "mapped_content_url",
    "metadata",
    "name",
    "public",
    "recording_url",
    "rel",
    "size",
    "source",
    "started_at",
    "system",
    "ticket_ids",
    "title",
    "transcription_text",
    "transcription_visible",
    "visitor_id",
    "width",
    "suspension_type_id",
];
