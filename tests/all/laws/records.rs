//! What holds for every record and every request (rules, "Records"): an error and nothing changed, or a record in which
//! only the named fields changed and nothing of what was removed is left.

use blackbar::records::*;
use serde_json::{Map, Value, json};

use super::choices::Choices;

/// The laws of every endpoint, for any two texts.
pub fn records_law(record: &str, request: &str) {
    let redactor = RecordRedactor::default();
    for state in [ChatState::Ended, ChatState::Active] {
        let _ = ChatRequest::read(record, request, state).map(|request| request.law(&redactor));
        let _ = FileRequest::read(record, request, state).map(|request| request.law(&redactor));
    }
    if let Ok(comment) = Comment::from_json(record) {
        assert_eq!(comment, Comment::from_json(&comment.to_json()).expect("what is written can be read"));
        if let Ok(request) = CommentRedaction::from_json(request) {
            let before = comment.clone();
            if let Ok(outcome) = redactor.comment(&comment, &request) {
                comment_law(&before, outcome.record());
                if let Ok(again) = redactor.comment(outcome.record(), &request) {
                    assert_eq!(again.record(), outcome.record(), "redacted twice, it differs");
                }
            }
            assert_eq!(before, comment);
        }
        let by_string = StringRedaction::from_json(request).and_then(|request| redactor.string(&comment, &request));
        if let Ok(outcome) = by_string {
            comment_law(&comment, outcome.record());
        }
    }
}

struct ChatRequest(ChatEvent, ChatRedaction, ChatState);

impl ChatRequest {
    fn read(record: &str, request: &str, state: ChatState) -> Result<Self, RecordError> {
        Ok(Self(ChatEvent::from_json(record)?, ChatRedaction::from_json(request)?, state))
    }

    fn law(&self, redactor: &RecordRedactor) {
        if let Ok(outcome) = redactor.chat(&self.0, &self.1, self.2) {
            assert_eq!(self.2, ChatState::Ended);
            assert_eq!(chat_law(&self.0, outcome.record(), "message"), 1, "not one message changed");
        }
    }
}

struct FileRequest(ChatEvent, ChatFileRedaction, ChatState);

impl FileRequest {
    fn read(record: &str, request: &str, state: ChatState) -> Result<Self, RecordError> {
        Ok(Self(ChatEvent::from_json(record)?, ChatFileRedaction::from_json(request)?, state))
    }

    fn law(&self, redactor: &RecordRedactor) {
        if let Ok(outcome) = redactor.chat_files(&self.0, &self.1, self.2) {
            assert_eq!(self.2, ChatState::Ended);
            assert_eq!(chat_law(&self.0, outcome.record(), "filename"), outcome.report().files());
            let again = redactor.chat_files(outcome.record(), &self.1, self.2);
            assert_eq!(again.err(), Some(RecordError::AlreadyRedacted));
        }
    }
}

/// Fields of a comment that a redaction may change.
const NAMED: [&str; 11] = [
    "html_body", "plain_body", "body", "attachments", "data", "transcription_text", "from", "to", "formatted_from",
    "formatted_to", "location",
];

/// Only the named fields changed, none came or went, and attachments are as they were or redacted.
pub fn comment_law(before: &Comment, after: &Comment) {
    let names = |comment: &Comment| comment.fields().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(before), names(after), "a field came, went or moved");
    for (name, value) in before.fields() {
        if !NAMED.contains(&name.as_str()) && name != "answered_by_name" {
            assert_eq!(Some(value), after.fields().get(name), "{name} changed");
        }
    }
    assert_eq!(before.attachments().count(), after.attachments().count());
    for (before, after) in before.attachments().zip(after.attachments()) {
        assert!(before == after || after.is_redacted() && before.id() == after.id());
    }
}

/// Only events of the history changed, each into its redacted shape; returns how many.
pub fn chat_law(before: &ChatEvent, after: &ChatEvent, kept: &str) -> usize {
    let without_history = |chat: &ChatEvent| {
        let mut value = chat.clone().into_value();
        if let Some(value) = value.get_mut("value").and_then(Value::as_object_mut) {
            value.shift_remove("history");
        }
        value.to_string()
    };
    assert_eq!(without_history(before), without_history(after));
    assert_eq!(before.history().count(), after.history().count());
    let mut changed = 0;
    for (before, after) in before.history().zip(after.history()) {
        if before == after && !keeps_all(&after, kept) {
            continue;
        }
        if before != after {
            changed += 1;
            assert!(keeps_all(&after, kept), "a redacted event has other fields");
        } else if kept == "message" && before.message().is_some_and(|message| message.contains('▇')) {
            // Masks masked again.
            changed += usize::from(changed == 0);
        }
        for (name, value) in before.fields() {
            if name != kept && keeps(name, kept) {
                assert_eq!(Some(value), after.fields().get(name));
            }
        }
    }
    changed
}

fn keeps(name: &str, kept: &str) -> bool {
    ["chat_index", "type", "message_id", "timestamp", kept].contains(&name) || name.starts_with("actor_")
}

fn keeps_all(entry: &ChatEntry, kept: &str) -> bool {
    entry.fields().keys().all(|name| keeps(name, kept))
}

/// What is planted: a text, and a file by its name and its URL's token.
const SECRET: &str = "zqsecret-847564";
const FILE: &str = "zqpassport.jpg";
const TOKEN: &str = "zqt0k3nab";

/// A record and a request about it, both with secrets in them.
#[derive(Clone)]
pub struct PlantedRecord {
    record: Value,
    request: Value,
    /// What the request asks to remove.
    removed: Vec<&'static str>,
}

impl std::fmt::Debug for PlantedRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "records_law({:?}, {:?})", self.record.to_string(), self.request.to_string())
    }
}

/// Nothing of what was removed is left anywhere, or the call was refused and no error shows it.
pub fn planted_record_law(planted: &PlantedRecord) {
    let (record, request) = (planted.record.to_string(), planted.request.to_string());
    records_law(&record, &request);
    for leftovers in [Leftovers::Reject, Leftovers::Null] {
        let redactor = RecordRedactor::default().policy(RecordPolicy::default().leftovers(leftovers));
        for endpoint in ["comment", "string", "chat", "chat_files"] {
            match call(&redactor, endpoint, &record, &request) {
                Ok((response, shown)) => {
                    for secret in &planted.removed {
                        assert!(!response.contains(secret), "{endpoint}: {secret} is left in {response}");
                        assert!(!shown.contains(secret), "{endpoint}: {secret} is shown");
                    }
                }
                Err(error) => {
                    let shown = format!("{error} {error:?}");
                    assert!([SECRET, FILE, TOKEN].iter().all(|secret| !shown.contains(secret)));
                }
            }
        }
    }
    let shown = format!("{:?} {:?}", Comment::from_json(&record).ok(), ChatEvent::from_json(&record).ok());
    assert!([SECRET, FILE, TOKEN].iter().all(|secret| !shown.contains(secret)), "{shown}");
}

/// Whether an endpoint grants the request.
#[allow(dead_code, reason = "the fuzzer does not ask")]
pub fn is_granted(planted: &PlantedRecord) -> bool {
    let (record, request) = (planted.record.to_string(), planted.request.to_string());
    let redactor = RecordRedactor::default();
    ["comment", "string", "chat", "chat_files"]
        .iter()
        .any(|endpoint| call(&redactor, endpoint, &record, &request).is_ok())
}

/// The response and all that can be shown of a call.
fn call(
    redactor: &RecordRedactor,
    endpoint: &str,
    record: &str,
    request: &str,
) -> Result<(String, String), RecordError> {
    let state = ChatState::Ended;
    Ok(match endpoint {
        "comment" => {
            let request = CommentRedaction::from_json(request)?;
            let outcome = redactor.comment(&Comment::from_json(record)?, &request)?;
            (outcome.response().to_json(), format!("{outcome:?} {request:?}"))
        }
        "string" => {
            let request = StringRedaction::from_json(request)?;
            let outcome = redactor.string(&Comment::from_json(record)?, &request)?;
            (outcome.response().to_json(), format!("{outcome:?} {request:?}"))
        }
        "chat" => {
            let request = ChatRedaction::from_json(request)?;
            let outcome = redactor.chat(&ChatEvent::from_json(record)?, &request, state)?;
            (outcome.response().to_json(), format!("{outcome:?} {request:?}"))
        }
        _ => {
            let request = ChatFileRedaction::from_json(request)?;
            let outcome = redactor.chat_files(&ChatEvent::from_json(record)?, &request, state)?;
            (outcome.response().to_json(), format!("{outcome:?} {request:?}"))
        }
    })
}

/// Builds a record and a request out of a stream of bytes.
pub fn planted_record(bytes: &[u8]) -> PlantedRecord {
    let mut builder = Builder { choices: Choices::new(bytes), nothing: false };
    // Every other record holds nothing but what it is asked to remove, so that it is not refused.
    builder.nothing = builder.choices.below(2) == 0;
    match builder.choices.below(4) {
        0 | 1 => builder.comment(),
        2 => builder.chat(),
        _ => builder.files(),
    }
}

struct Builder<'b> {
    choices: Choices<'b>,
    nothing: bool,
}

impl Builder<'_> {
    fn comment(&mut self) -> PlantedRecord {
        let mut marked = String::from("<p>");
        let by_string = self.choices.below(3) == 0;
        let mut removed = Vec::new();
        for _ in 0..1 + self.choices.below(4) {
            // Marks side by side are one, and one text is searched for.
            marked.push_str(". ");
            match self.choices.below(6) {
                0 => marked.push_str("a &amp; b "),
                1 => marked.push_str("<b>c</b><br>"),
                2 => marked.push_str("</p><p>"),
                3 if !by_string => {
                    marked.push_str(&format!("<img src=\"/attachments/token/{TOKEN}/?n\" redact>"));
                    removed.extend([FILE, TOKEN]);
                }
                _ if by_string => {
                    marked.push_str(self.choices.pick(&["zqsecret-847564", "zq<i>secret</i>-8475&#54;4"]));
                    removed.push(SECRET);
                }
                _ => {
                    marked.push_str(self.choices.pick(&[
                        "<redact>zqsecret-847564</redact>",
                        "zq<redact></redact>",
                        "<b><redact>zqsec<i>ret</i></redact></b><redact>-847564</redact>",
                        "<redact>z&#113;secret&#x2d;847564</redact>",
                    ]));
                    if marked.ends_with("zq<redact></redact>") {
                        let length = marked.len() - "zq<redact></redact>".len();
                        marked.truncate(length);
                    } else {
                        removed.push(SECRET);
                    }
                }
            }
        }
        let stored = blackbar::unmark(&marked).unwrap_or_default().replace(" redact>", ">");
        let mut request = Map::new();
        if by_string {
            request.insert("text".into(), SECRET.into());
        } else {
            request.insert("ticket_id".into(), 7.into());
            request.insert("html_body".into(), marked.into());
            if self.choices.below(2) == 0 {
                let url = format!("https://help.example.org/attachments/token/{TOKEN}");
                request.insert("external_attachment_urls".into(), json!([url]));
                removed.extend([FILE, TOKEN]);
            }
        }
        let mut record = vec![("id", json!(7)), ("html_body", stored.into())];
        let attachments = json!([
            {"id": 1, "file_name": self.planted("other.txt"), "content_url": "https://desk.example.com/attachments/token/oth3r/"},
            {"id": 2, "file_name": FILE, "content_url": format!("https://desk.example.com/attachments/token/{TOKEN}/?name={FILE}"),
                "thumbnails": [{"id": 3, "file_name": FILE, "content_url": format!("https://desk.example.com/attachments/token/{TOKEN}th/")}]},
        ]);
        record.push(("attachments", attachments));
        record.push(("type", self.choices.pick(&["Comment", "VoiceComment"]).into()));
        for field in ["plain_body", "body"] {
            if self.choices.below(3) > 0 {
                record.push((field, format!("stale {SECRET} {FILE}").into()));
            }
        }
        if self.choices.below(2) == 0 {
            let said = format!("I said {SECRET}");
            record.push((
                "data",
                json!({"transcription_text": said, "recording_url": self.planted("x"), "call_duration": 5}),
            ));
        }
        for field in ["via", "metadata", "subject", "formatted_from", "created_at"] {
            if self.choices.below(2) == 0 {
                record.push((field, self.value()));
            }
        }
        PlantedRecord { record: self.object(record), request: request.into(), removed }
    }

    fn chat(&mut self) -> PlantedRecord {
        let message = format!("my word is {SECRET}!");
        let event = vec![
            ("chat_index", json!(0)),
            ("type", json!("ChatMessage")),
            ("message", message.clone().into()),
            ("original", message.clone().into()),
            ("actor_name", self.planted("Visitor").into()),
        ];
        let history = vec![self.object(event), self.other_event()];
        let marked = message.replace(SECRET, &format!("<redact>{SECRET}</redact>"));
        let request = json!({"chat_id": "c.1", "chat_index": 0, "text": marked});
        PlantedRecord { record: self.chat_event(history), request, removed: vec![SECRET] }
    }

    fn files(&mut self) -> PlantedRecord {
        let event = vec![
            ("chat_index", json!(0)),
            ("type", json!("ChatFileAttachment")),
            ("filename", json!(FILE)),
            ("attachment", json!({"url": format!("https://desk.example.com/attachments/token/{TOKEN}/?name={FILE}")})),
            ("actor_name", self.planted("Visitor").into()),
        ];
        let history = vec![self.other_event(), self.object(event)];
        let request = json!({"chat_id": "c.1", "chat_indexes": [0, 0]});
        PlantedRecord { record: self.chat_event(history), request, removed: vec![FILE, TOKEN] }
    }

    fn other_event(&mut self) -> Value {
        json!({"chat_index": 1, "type": "ChatMessage", "message": self.planted("well"), "options": self.value()})
    }

    fn chat_event(&mut self, history: Vec<Value>) -> Value {
        let value =
            vec![("chat_id", json!("c.1")), ("visitor_id", self.planted("v").into()), ("history", history.into())];
        let fields = vec![("id", json!(9)), ("value", self.object(value)), ("extra", self.value())];
        self.object(fields)
    }

    /// The fields in an order of their own.
    fn object(&mut self, mut fields: Vec<(&str, Value)>) -> Value {
        let mut object = Map::new();
        while !fields.is_empty() {
            let (name, value) = fields.remove(self.choices.below(fields.len()));
            object.insert(name.into(), value);
        }
        object.into()
    }

    /// A text that may hold something planted, in one of many writings.
    fn planted(&mut self, usual: &str) -> String {
        if self.nothing || self.choices.below(4) > 0 {
            return usual.into();
        }
        let secret = self.choices.pick(&[SECRET, FILE, TOKEN]);
        match self.choices.below(5) {
            0 => secret.into(),
            1 => format!("{usual} {secret}."),
            2 => format!("{usual}/{secret}/x"),
            3 => format!("<b>{usual}</b>{secret}"),
            _ => format!("\"{secret}\"\n"),
        }
    }

    fn value(&mut self) -> Value {
        let text = self.planted("usual");
        match self.choices.below(5) {
            0 => text.into(),
            1 => json!([1.50, null, text]),
            2 => json!({"custom": {"deep": [[text]]}}),
            3 if !self.nothing => json!({ text: true }),
            _ => json!({"channel": text, "n": 36028797018963969_u64}),
        }
    }
}
