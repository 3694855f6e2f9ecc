//! What the help desk itself writes in a record, so that it is no content: names of fields,
//! its own words, what it measured.

use super::attachment::REDACTED_NAME;

/// Where an object stands in a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Comment,
    Attachment,
    Via,
    /// The `source` of a [`Scope::Via`].
    Source,
    /// The `from` and `to` of a [`Scope::Source`].
    End,
    ChatEvent,
    /// The `value` of a chat event.
    ChatValue,
    /// One of its `history`.
    ChatEntry,
    /// The `data` of a voice comment, or of one that came from a social network.
    Call,
    /// Anywhere else: none of its fields is documented.
    Any,
}

/// What may be done about a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It can be nulled.
    Open,
    /// The help desk assigned or measured it, as an id, a type or a size, so a number there is no content. It is never
    /// nulled: the record is found again by it, or nothing is gained.
    Assigned,
    /// The same of each item of its array.
    AssignedEach,
    /// A text, or the name or URL of a file, that this crate redacts when asked to. It is never nulled.
    Text,
}

/// What a field is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Where the objects in it stand.
    pub(super) scope: Scope,
    pub(super) role: Role,
    pub(super) known: Known,
}

impl Place {
    /// What an item of an array in the field is. The help desk assigns no arrays but those that it documents.
    pub(super) fn of_item(self) -> Self {
        let role = match self.role {
            Role::AssignedEach => Role::Assigned,
            Role::Assigned => Role::Open,
            role => role,
        };
        Self { role, ..self }
    }
}

/// What the field `name` of an object is.
pub(super) fn place_of(scope: Scope, name: &str) -> Place {
    let row = TABLE.iter().find(|row| row.scope == scope && row.field == name);
    row.map_or(Place { scope: Scope::Any, role: Role::Open, known: NOTHING }, |row| row.place)
}

/// Whether the help desk documents a field of this name, wherever it stands.
pub(super) fn is_documented(name: &str) -> bool {
    NAMES.contains(&name) || TABLE.iter().any(|row| row.field == name)
}

/// What the help desk itself writes in a field, so not content.
#[derive(Clone, Copy)]
pub(super) enum Known {
    /// These words.
    Words(&'static [&'static str]),
    /// When something happened: `2024-01-15T10:30:00Z`.
    Time,
    /// The kind of a file, such as the `image` of `image/png`.
    MediaType,
    /// The markup of a body.
    Html,
    /// The name or the address of a file, and the name of one that was redacted before.
    File,
}

impl Known {
    /// The part of a field's `text` that may be content.
    pub(super) fn content(self, text: &str) -> &str {
        match self {
            Self::Words(words) if words.contains(&text) => "",
            Self::Time if is_time(text) => "",
            Self::File if text == REDACTED_NAME => "",
            Self::MediaType if MEDIA_TYPES.contains(&text) => "",
            Self::MediaType => match text.split_once('/') {
                Some((kind, rest)) if KINDS.contains(&kind) => rest,
                _ => text,
            },
            Self::Words(_) | Self::Time | Self::Html | Self::File => text,
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

/// Where nothing is the help desk's own.
const NOTHING: Known = Known::Words(&[]);

const fn row(scope: Scope, field: &'static str, role: Role, known: Known) -> Row {
    Row { scope, field, place: Place { scope: Scope::Any, role, known } }
}

/// A field that holds objects with documented fields.
const fn holder(scope: Scope, field: &'static str, inside: Scope) -> Row {
    Row { scope, field, place: Place { scope: inside, role: Role::Open, known: NOTHING } }
}

/// The fields that are not like any other.
const TABLE: &[Row] = &[
    row(Scope::Comment, "id", Role::Assigned, NOTHING),
    row(
        Scope::Comment,
        "type",
        Role::Assigned,
        Known::Words(&["Comment", "VoiceComment", "FacebookComment", "TpeVoiceComment"]),
    ),
    row(Scope::Comment, "audit_id", Role::Assigned, NOTHING),
    row(Scope::Comment, "author_id", Role::Assigned, NOTHING),
    row(Scope::Comment, "html_body", Role::Text, Known::Html),
    row(Scope::Comment, "plain_body", Role::Text, NOTHING),
    row(Scope::Comment, "body", Role::Text, NOTHING),
    holder(Scope::Comment, "attachments", Scope::Attachment),
    row(Scope::Comment, "created_at", Role::Open, Known::Time),
    row(Scope::Comment, "updated_at", Role::Open, Known::Time),
    holder(Scope::Comment, "data", Scope::Call),
    row(Scope::Comment, "transcription_text", Role::Text, NOTHING),
    row(Scope::Call, "transcription_text", Role::Text, NOTHING),
    row(Scope::Call, "content", Role::Text, NOTHING),
    row(Scope::Call, "title", Role::Text, NOTHING),
    row(Scope::Call, "started_at", Role::Open, Known::Time),
    row(Scope::Call, "answered_by_id", Role::Assigned, NOTHING),
    row(Scope::Call, "app_id", Role::Assigned, NOTHING),
    row(Scope::Call, "author_id", Role::Assigned, NOTHING),
    row(Scope::Call, "brand_id", Role::Assigned, NOTHING),
    row(Scope::Call, "call_id", Role::Assigned, NOTHING),
    row(Scope::Call, "direction", Role::Open, Known::Words(&["inbound", "outbound"])),
    row(Scope::Call, "line_type", Role::Open, Known::Words(&["digital", "phone"])),
    row(Scope::Call, "recording_type", Role::Open, Known::Words(&["call", "voicemail"])),
    row(Scope::Call, "transcription_status", Role::Open, Known::Words(&["completed", "failed", "pending"])),
    row(Scope::Call, "call_duration", Role::Assigned, NOTHING),
    row(Scope::Call, "recording_duration", Role::Assigned, NOTHING),
    row(Scope::Comment, "ticket_id", Role::Assigned, NOTHING),
    holder(Scope::Comment, "via", Scope::Via),
    row(Scope::Via, "channel", Role::Open, Known::Words(&CHANNELS)),
    holder(Scope::Via, "source", Scope::Source),
    row(Scope::Source, "rel", Role::Open, Known::Words(&RELATIONS)),
    holder(Scope::Source, "from", Scope::End),
    holder(Scope::Source, "to", Scope::End),
    row(Scope::End, "ticket_id", Role::Assigned, NOTHING),
    row(Scope::End, "ticket_ids", Role::AssignedEach, NOTHING),
    row(Scope::End, "topic_id", Role::Assigned, NOTHING),
    row(Scope::End, "revision_id", Role::Assigned, NOTHING),
    row(Scope::Attachment, "id", Role::Assigned, NOTHING),
    row(Scope::Attachment, "file_name", Role::Text, Known::File),
    row(Scope::Attachment, "content_type", Role::Open, Known::MediaType),
    row(Scope::Attachment, "size", Role::Assigned, NOTHING),
    row(Scope::Attachment, "width", Role::Assigned, NOTHING),
    row(Scope::Attachment, "height", Role::Assigned, NOTHING),
    row(Scope::Attachment, "malware_scan_result", Role::Open, Known::Words(&SCAN_RESULTS)),
    row(Scope::Attachment, "url", Role::Text, Known::File),
    row(Scope::Attachment, "content_url", Role::Text, Known::File),
    row(Scope::Attachment, "mapped_content_url", Role::Text, Known::File),
    holder(Scope::Attachment, "thumbnails", Scope::Attachment),
    row(Scope::ChatEvent, "id", Role::Assigned, NOTHING),
    row(Scope::ChatEvent, "type", Role::Assigned, Known::Words(&["ChatStartedEvent", "ChatEndedEvent"])),
    row(Scope::ChatEvent, "created_at", Role::Open, Known::Time),
    holder(Scope::ChatEvent, "value", Scope::ChatValue),
    row(Scope::ChatValue, "chat_id", Role::Assigned, NOTHING),
    holder(Scope::ChatValue, "history", Scope::ChatEntry),
    row(Scope::ChatEntry, "chat_index", Role::Assigned, NOTHING),
    row(Scope::ChatEntry, "message_id", Role::Assigned, NOTHING),
    row(Scope::ChatEntry, "timestamp", Role::Assigned, Known::Time),
    row(Scope::ChatEntry, "actor_id", Role::Assigned, NOTHING),
    row(Scope::ChatEntry, "actor_type", Role::Open, Known::Words(&["agent", "end-user", "system", "bot", "trigger"])),
    row(
        Scope::ChatEntry,
        "type",
        Role::Assigned,
        Known::Words(&["ChatMessage", "ChatFileAttachment", "ChatJoin", "ChatLeave"]),
    ),
    row(Scope::ChatEntry, "message", Role::Text, NOTHING),
    row(Scope::ChatEntry, "filename", Role::Text, Known::File),
    row(Scope::ChatEntry, "url", Role::Text, Known::File),
    row(Scope::ChatEntry, "size", Role::Assigned, NOTHING),
    row(Scope::ChatEntry, "mime_type", Role::Open, Known::MediaType),
];

/// By which way a comment came.
const CHANNELS: [&str; 11] =
    ["api", "chat", "email", "facebook", "mobile", "native_messaging", "rule", "sms", "twitter", "voice", "web"];

/// What a ticket has to do with where it comes from.
const RELATIONS: [&str; 14] = [
    "direct_message", "follow_up", "help_center", "inbound", "mention", "merge", "message", "mobile_sdk", "outbound",
    "post", "problem", "trigger", "voicemail", "web_widget",
];

/// What became of the search for malware in a file.
const SCAN_RESULTS: [&str; 4] = ["failed_to_scan", "malware_found", "malware_not_found", "not_scanned"];

/// Kinds of files that people send. Of others, what stands behind the slash may be anything.
const MEDIA_TYPES: [&str; 25] = [
    "application/json",
    "application/msword",
    "application/octet-stream",
    "application/pdf",
    "application/vnd.ms-excel",
    "application/vnd.ms-outlook",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/xml",
    "application/zip",
    "audio/mpeg",
    "image/gif",
    "image/heic",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/webp",
    "message/rfc822",
    "text/calendar",
    "text/html",
    "text/plain",
    "video/mp4",
    "video/quicktime",
];

/// Other names of fields that the help desk documents or writes.
const NAMES: [&str; 66] = [
    "actor_name",
    "address",
    "answered_by_name",
    "app_name",
    "client",
    "comment",
    "content",
    "conversation_id",
    "custom",
    "decoration",
    "deleted",
    "email_ccs",
    "email_id",
    "eml_redacted",
    "external_id",
    "facebook_id",
    "flags",
    "flags_options",
    "formatted_from",
    "formatted_phone",
    "formatted_to",
    "from",
    "graph_object_id",
    "inline",
    "ip_address",
    "json_email_identifier",
    "latitude",
    "location",
    "longitude",
    "malware_access_override",
    "message_source",
    "metadata",
    "name",
    "notifications_suppressed_for",
    "original_message_type",
    "original_recipients",
    "outbound",
    "phone",
    "profile_url",
    "public",
    "raw_email_identifier",
    "recorded",
    "recording_consent_action",
    "recording_url",
    "reference_message_id",
    "registered_integration_service_name",
    "service_info",
    "status",
    "subject",
    "supports_channelback",
    "supports_clickthrough",
    "suspension_type_id",
    "system",
    "title",
    "to",
    "topic_name",
    "transcription_text",
    "transcription_visible",
    "trusted",
    "uploads",
    "user",
    "username",
    "via_id",
    "via_zendesk",
    "visitor_id",
    "voice_transcription",
];
