//! The help desk's records: every endpoint is one pure call (rules, "Records").

use blackbar::records::*;
use blackbar::{ClusterEdge, Limits, Mask, Policy, Redactor};
use proptest::prelude::*;
use serde_json::Value;

use crate::laws::records::{is_granted, planted_record, planted_record_law, records_law};
use crate::support::soup::cases as cases_of;

/// What an endpoint made of a record: the outcome's parts as JSON, or the error.
type Applied = Result<Parts, RecordError>;

struct Parts {
    response: String,
    events: String,
    follow_up: String,
    shown: String,
}

macro_rules! parts {
    ($outcome:expr) => {
        $outcome.map(|outcome| Parts {
            response: outcome.response().to_json(),
            events: serde_json::to_string(outcome.events()).expect("events are json"),
            follow_up: serde_json::to_string(outcome.follow_up()).expect("what is left to do is json"),
            shown: format!("{outcome:?}"),
        })
    };
}

fn redactor(case: &Value) -> RecordRedactor {
    let policy = match case.get("policy") {
        Some(policy) => serde_json::from_value(policy.clone()).expect("a policy"),
        None => RecordPolicy::default(),
    };
    RecordRedactor::default().policy(policy)
}

fn state(case: &Value) -> ChatState {
    if case["state"] == "active" { ChatState::Active } else { ChatState::Ended }
}

/// Calls the endpoint as a host does, with text in and text out.
fn apply(endpoint: &str, case: &Value) -> Applied {
    let (redactor, state) = (redactor(case), state(case));
    let (record, request) = (case["record"].to_string(), case["request"].to_string());
    match endpoint {
        "comment" => {
            let (record, request) = (Comment::from_json(&record)?, CommentRedaction::from_json(&request)?);
            let outcome = redactor.comment(&record, &request);
            assert_eq!(
                redactor.dry_run().comment(&record, &request),
                outcome.clone().map(|done| done.report().clone())
            );
            parts!(outcome)
        }
        "string" => {
            let (record, request) = (Comment::from_json(&record)?, StringRedaction::from_json(&request)?);
            let outcome = redactor.string(&record, &request);
            assert_eq!(redactor.dry_run().string(&record, &request), outcome.clone().map(|done| done.report().clone()));
            parts!(outcome)
        }
        "chat" => {
            let (record, request) = (ChatEvent::from_json(&record)?, ChatRedaction::from_json(&request)?);
            let outcome = redactor.chat(&record, &request, state);
            let report = redactor.dry_run().chat(&record, &request, state);
            assert_eq!(report, outcome.clone().map(|done| done.report().clone()));
            parts!(outcome)
        }
        "chat_files" => {
            let (record, request) = (ChatEvent::from_json(&record)?, ChatFileRedaction::from_json(&request)?);
            let outcome = redactor.chat_files(&record, &request, state);
            let report = redactor.dry_run().chat_files(&record, &request, state);
            assert_eq!(report, outcome.clone().map(|done| done.report().clone()));
            parts!(outcome)
        }
        other => panic!("no endpoint {other}"),
    }
}

/// An error is expected as its code, or as its name with its one number.
#[track_caller]
fn expect_error(title: &Value, expected: &Value, error: RecordError) {
    match expected {
        Value::String(code) => assert_eq!(error.code(), code, "{title}"),
        Value::Object(fields) => {
            let (name, number) = fields.iter().next().expect("a name and a number");
            let digits: String = format!("{error:?}").chars().filter(char::is_ascii_digit).collect();
            assert!(format!("{error:?}").starts_with(name.as_str()), "{title}: {error:?}");
            assert_eq!(digits, number.to_string(), "{title}: {error:?}");
        }
        _ => panic!("{title}: neither a response nor an error is expected"),
    }
}

#[track_caller]
fn check(endpoint: &str, file: &str) {
    let cases: Vec<Value> = serde_json::from_str(file).expect("a list of cases");
    for case in cases {
        let title = &case["title"];
        match (apply(endpoint, &case), case.get("response")) {
            (Ok(parts), Some(response)) => {
                assert_eq!(parts.response, response.to_string(), "{title}");
                for (name, actual) in [("events", &parts.events), ("follow_up", &parts.follow_up)] {
                    if let Some(expected) = case.get(name) {
                        assert_eq!(*actual, expected.to_string(), "{title}");
                    }
                }
                assert!(!parts.shown.contains("847564") && !parts.shown.contains("files.example"), "{title}");
            }
            (Ok(parts), None) => panic!("{title}: not refused: {}", parts.response),
            (Err(error), None) => expect_error(title, &case["error"], error),
            (Err(error), Some(_)) => panic!("{title}: refused: {error:?}"),
        }
    }
}

#[test]
fn comments_are_redacted() {
    check("comment", include_str!("../data/records/comment.json"));
}

#[test]
fn strings_are_redacted() {
    check("string", include_str!("../data/records/string.json"));
}

#[test]
fn chat_messages_are_redacted() {
    check("chat", include_str!("../data/records/chat.json"));
}

#[test]
fn chat_files_are_redacted() {
    check("chat_files", include_str!("../data/records/chat_files.json"));
}

#[test]
fn selectors_name_events_by_their_fields() {
    let file: Value = serde_json::from_str(include_str!("../data/records/selectors.json")).expect("json");
    let record = serde_json::json!({"id": 1, "value": {"chat_id": "c", "history": file["history"]}});
    for endpoint in ["chat", "chat_files"] {
        for case in file[endpoint].as_array().expect("a list of cases") {
            let title = &case["title"];
            let mut request = case.as_object().expect("a case").clone();
            request.retain(|field, _| !["title", "changed", "error"].contains(&field.as_str()));
            request.insert("chat_id".into(), "c".into());
            if endpoint == "chat" {
                request.insert("text".into(), "H<redact>i</redact>".into());
            }
            let applied = apply(endpoint, &serde_json::json!({"record": record, "request": request}));
            match (applied, case.get("changed")) {
                (Ok(parts), Some(changed)) => {
                    let response: Value = serde_json::from_str(&parts.response).expect("json");
                    let history = &response["chat_event"]["value"]["history"];
                    let places = 0..history.as_array().expect("a history").len();
                    let differs: Vec<usize> = places.filter(|&at| history[at] != file["history"][at]).collect();
                    assert_eq!(serde_json::json!(differs), *changed, "{title}");
                }
                (Err(error), None) => expect_error(title, &case["error"], error),
                (Ok(_), None) => panic!("{title}: not refused"),
                (Err(error), Some(_)) => panic!("{title}: refused: {error:?}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(cases_of(1024))]

    #[test]
    fn nothing_removed_is_left_in_a_planted_record(bytes in proptest::collection::vec(any::<u8>(), 0..96)) {
        planted_record_law(&planted_record(&bytes));
    }

    #[test]
    fn any_record_with_any_request_is_refused_or_changed_where_it_may(record in any_json(), request in any_json()) {
        records_law(&record.to_string(), &request.to_string());
    }
}

/// JSON of any shape, with the fields that the endpoints read strewn in.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..3_u64).prop_map(Value::from),
        prop::sample::select(TEXTS).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(FIELDS), inner), 0..7)
                .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    });
    value.prop_map(|value| if value.is_object() { value } else { serde_json::json!({ "html_body": value }) })
}

const FIELDS: &[&str] = &[
    "id",
    "type",
    "html_body",
    "plain_body",
    "body",
    "attachments",
    "data",
    "value",
    "history",
    "chat_id",
    "chat_index",
    "message_id",
    "message",
    "filename",
    "file_name",
    "content_url",
    "thumbnails",
    "text",
    "chat_indexes",
    "message_ids",
    "ticket_id",
    "external_attachment_urls",
    "transcription_text",
    "via",
    "x",
];

const TEXTS: &[&str] = &[
    "abcd",
    "<redact>abcd</redact>",
    "<p>abcd</p>",
    "ChatMessage",
    "ChatFileAttachment",
    "VoiceComment",
    "c",
    "https://desk.example.com/attachments/token/abcd/",
    "redacted.txt",
    "",
];

#[test]
fn planted_records_are_not_all_refused() {
    // The law above would hold of a crate that refuses everything.
    let mut state = 1_u32;
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let granted =
        (0..400).filter(|_| is_granted(&planted_record(&std::array::from_fn::<u8, 64, _>(|_| byte())))).count();
    assert!((100..350).contains(&granted), "{granted} of 400 were granted");
}

#[test]
fn a_body_past_the_vendors_size_is_refused_and_never_cut() {
    let comment = |bytes: usize| {
        Comment::from_value(serde_json::json!({"id": 1, "html_body": "x".repeat(bytes)})).expect("a comment")
    };
    let request =
        |bytes: usize| CommentRedaction::new(1).html_body(format!("<redact>x</redact>{}", "x".repeat(bytes - 1)));
    let zendesk = RecordRedactor::default();
    assert!(zendesk.comment(&comment(65_536), &request(65_536)).is_ok());
    let error = zendesk.comment(&comment(65_537), &request(65_537)).expect_err("one byte more");
    assert_eq!(error.code(), "input_too_large");
    assert_eq!(
        zendesk.string(&comment(65_537), &StringRedaction::new("x")).expect_err("too large").code(),
        "input_too_large"
    );
    let unbounded = RecordRedactor::new(Redactor::default());
    assert!(unbounded.comment(&comment(65_537), &request(65_537)).is_ok());
    assert!(Redactor::new(Policy::default().limits(Limits::zendesk())).is_ok());
}

/// A short string is searched for nowhere else, but where the HTML should have it, it is.
#[test]
fn a_short_string_of_a_call_leaves_the_texts_derived_from_html() {
    let record = serde_json::json!({"id": 1, "type": "VoiceComment", "html_body": "<p>Call</p>", "plain_body": "Call Bob",
        "body": "Call Bob", "data": {"transcription_text": "Bob is here"}});
    let record = Comment::from_value(record).expect("a comment");
    let outcome = RecordRedactor::default().string(&record, &StringRedaction::new("Bob")).expect("it is in the call");
    assert!(!outcome.record().to_json().contains("Bob"), "{}", outcome.record().to_json());
}

/// Each number is compared with the caller's: to pass over its zeros anew each time took quadratic time.
#[test]
fn a_caller_of_many_zeros_takes_no_time() {
    let numbers: Vec<String> = (1_000_000..1_008_000).map(|number| number.to_string()).collect();
    let record = serde_json::json!({"id": 1, "type": "VoiceComment", "html_body": numbers.join("x"),
        "data": {"from": "0".repeat(400_000)}});
    let record = Comment::from_value(record).expect("a comment");
    let marked = format!("<redact>{}</redact>", numbers.join("</redact>x<redact>"));
    let redactor = RecordRedactor::new(Redactor::default());
    let outcome = redactor.comment(&record, &CommentRedaction::new(1).html_body(marked)).expect("it is in the body");
    assert_eq!(outcome.record().fields().get("data"), record.fields().get("data"));
}

/// The limit is on what is asked for, not on the texts that one mark holds.
#[test]
fn one_mark_over_many_paragraphs_of_a_call_is_one_mark() {
    let policy = Policy::default().limits(Limits::zendesk().marks(1));
    let redactor = RecordRedactor::new(Redactor::new(policy).expect("a good policy"));
    let record = serde_json::json!({"id": 1, "type": "VoiceComment", "html_body": "<p>Jane Doe</p><p>847564</p>",
        "data": {"transcription_text": "I am Jane Doe, 847564"}});
    let record = Comment::from_value(record).expect("a comment");
    let request = CommentRedaction::new(1).html_body("<redact><p>Jane Doe</p><p>847564</p></redact>");
    let outcome = redactor.comment(&record, &request).expect("one mark");
    assert!(outcome.record().to_json().contains("I am ▇▇▇▇▇▇▇▇, ▇▇▇▇▇▇"), "{}", outcome.record().to_json());
}

/// A call repeats a number without the words around it.
#[test]
fn the_number_of_a_marked_sentence_goes_from_the_call() {
    let record = serde_json::json!({"id": 1, "type": "VoiceComment", "html_body": "<p>Call from +1 555 010 0199 about a bill</p>",
        "data": {"from": "+15550100199", "transcription_text": "I am +1 555 010 0199, hello"}});
    let record = Comment::from_value(record).expect("a comment");
    let request = CommentRedaction::new(1).html_body("<p><redact>Call from +1 555 010 0199 about a bill</redact></p>");
    let outcome = RecordRedactor::default().comment(&record, &request).expect("it is in the call");
    let json = outcome.record().to_json();
    assert!(json.contains("I am ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇, hello") && !json.contains("0199"), "{json}");
}

/// Where it is part of a longer one, it is another number.
#[test]
fn the_number_of_a_marked_sentence_stays_in_a_longer_one() {
    let html = "<p>ring me on 5550123 or see invoice 987654321 of May</p>";
    let record = serde_json::json!({"id": 1, "type": "VoiceComment", "html_body": html,
        "data": {"transcription_text": "order 5550123456, 15550123, then 987654321"}});
    let record = Comment::from_value(record).expect("a comment");
    let marked = html.replace("<p>", "<p><redact>").replace("</p>", "</redact></p>");
    let request = CommentRedaction::new(1).html_body(marked);
    let policy = RecordPolicy::default().allow_unmarked_copies(true);
    let outcome = RecordRedactor::default().policy(policy).comment(&record, &request).expect("it is in the call");
    let json = outcome.record().to_json();
    assert!(json.contains("order 5550123456, 15550123, then ▇▇▇▇▇▇▇▇▇"), "{json}");
}

/// The texts derived from HTML are not masked, so it does not matter that the policy would not cut a cluster in them.
#[test]
fn a_string_that_cuts_a_cluster_of_a_derived_text_goes_from_it() {
    let policy = Policy::default().cluster_edge(ClusterEdge::Reject);
    let redactor = RecordRedactor::new(Redactor::new(policy).expect("a good policy"));
    let record = serde_json::json!({"id": 1, "type": "VoiceComment", "html_body": "<p>Call</p>", "plain_body": "Bob\u{301}",
        "body": "Call", "data": {"transcription_text": "Bob is here"}});
    let record = Comment::from_value(record).expect("a comment");
    let outcome = redactor.string(&record, &StringRedaction::new("Bob")).expect("it is in the call");
    assert!(!outcome.record().to_json().contains("Bob"), "{}", outcome.record().to_json());
}

#[test]
fn a_word_is_left_in_longer_words_if_whole_words_were_asked_for() {
    let policy = Policy::default().whole_words(true);
    let redactor = RecordRedactor::new(Redactor::new(policy).expect("a good policy"));
    let comment = |note: &str| {
        let text = r#"{"id": 1, "html_body": "Mark wrote in Markdown", "note": "NOTE"}"#;
        Comment::from_json(&text.replace("NOTE", note)).expect("a comment")
    };
    let request = StringRedaction::new("Mark");
    let outcome = redactor.string(&comment("Markdown"), &request).expect("another word");
    assert_eq!(outcome.record().html_body(), Some("▇▇▇▇ wrote in Markdown"));
    for (redactor, note) in [(&redactor, "by Mark."), (&RecordRedactor::default(), "Markdown")] {
        let error = redactor.string(&comment(note), &request).expect_err("it is in the note");
        assert_eq!(error, RecordError::LeftInRecord { count: 1 }, "{note}");
    }
}

#[test]
fn masks_of_any_policy_can_be_marked_again() {
    let label = Mask::label("[removed]").expect("a label");
    for mask in [Mask::PerGrapheme('█'), Mask::Fixed(4), label] {
        let redactor = RecordRedactor::new(Redactor::new(Policy::default().mask(mask)).expect("a policy"));
        let comment =
            Comment::from_json(r#"{"id": 1, "html_body": "<p>ab 847564 cd</p>", "body": ""}"#).expect("a comment");
        let request = CommentRedaction::new(1).html_body("<p>ab <redact>847564</redact> cd</p>");
        let once = redactor.comment(&comment, &request).expect("good").into_record();
        let html = once.html_body().expect("a body");
        let marked = html.replace("<p>ab ", "<p>ab <redact>").replace(" cd</p>", "</redact> cd</p>");
        let twice = redactor.comment(&once, &CommentRedaction::new(1).html_body(marked)).expect("good");
        assert_eq!(*twice.record(), once);
    }
}
