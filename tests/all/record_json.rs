//! The JSON of records and requests: what is read is written as it was, and no error quotes what cannot be read (C80).

use blackbar::records::*;
use serde::Deserialize as _;
use serde_json::Value;

#[test]
fn what_is_read_is_written_byte_for_byte() {
    let text = r#"{"b":[1e+5,-0.0,1.10,1e+2,18446744073709551616],"a":{"z":"\u0001é\"","y":null},"id":"007"}"#;
    assert_eq!(Comment::from_json(text).expect("a comment").to_json(), text);
    assert_eq!(ChatEvent::from_json(text).expect("an event").to_json(), text);
    let through_serde: Comment = serde_json::from_str(text).expect("a comment");
    assert_eq!(serde_json::to_string(&through_serde).expect("json"), text);
}

#[test]
fn requests_are_written_as_the_endpoints_read_them() {
    let comment =
        CommentRedaction::new(100).html_body("<redact>a</redact>").external_attachment_url("https://x.example/1");
    let text = serde_json::to_string(&comment).expect("json");
    assert_eq!(comment.external_attachment_urls(), ["https://x.example/1"]);
    assert_eq!(CommentRedaction::from_json(&text), Ok(comment));
    let chat = ChatRedaction::new("c", "a").chat_index(0).message_id("m");
    let text = serde_json::to_string(&chat).expect("json");
    assert_eq!(text, r#"{"chat_id":"c","chat_index":0,"message_id":"m","text":"a"}"#);
    assert_eq!(ChatRedaction::from_json(&text), Ok(chat));
    let files = ChatFileRedaction::new("c").chat_indexes([0, 7]).message_ids(["a"]);
    let text = serde_json::to_string(&files).expect("json");
    assert_eq!(text, r#"{"chat_id":"c","chat_indexes":[0,7],"message_ids":["a"]}"#);
    assert_eq!(ChatFileRedaction::from_json(&text), Ok(files));
    let big = CommentRedaction::from_json(r#"{"ticket_id":18446744073709551617}"#).expect("a request");
    assert_eq!((big.ticket_id().as_str(), big.ticket_id().as_u64()), ("18446744073709551617", None));
}

#[test]
fn requests_that_cannot_be_read_are_refused_by_line_and_column() {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../data/records/requests.json")).expect("a list of cases");
    for case in cases {
        let title = &case["title"];
        let text = |endpoint: &str| case.get(endpoint).and_then(Value::as_str);
        let error = None
            .or(text("comment").and_then(|text| CommentRedaction::from_json(text).err()))
            .or(text("string").and_then(|text| StringRedaction::from_json(text).err()))
            .or(text("chat").and_then(|text| ChatRedaction::from_json(text).err()))
            .or(text("chat_files").and_then(|text| ChatFileRedaction::from_json(text).err()));
        let Some(error) = error else { panic!("{title}: not refused") };
        assert_eq!(error.code(), case["error"], "{title}: {error:?}");
        let (line, column) = error.position().expect("an error of the reader has a position");
        assert_eq!(serde_json::json!([line, column]), case["at"], "{title}");
        assert!(!format!("{error} {error:?}").contains("SENTINEL"), "{title}");
    }
}

#[test]
fn records_that_are_none_are_refused() {
    let comments = [
        "[]",
        "null",
        "7",
        r#"{"html_body": 7}"#,
        r#"{"attachments": {}}"#,
        r#"{"attachments": [7]}"#,
        r#"{"id": true}"#,
        r#"{"attachments": [{"file_name": ["SENTINEL"]}]}"#,
        r#"{"attachments": [{"thumbnails": "SENTINEL"}]}"#,
    ];
    for text in comments {
        assert_eq!(Comment::from_json(text), Err(RecordError::BadRecord), "{text}");
        let error = serde_json::from_str::<Comment>(text).expect_err("refused by serde as well").to_string();
        assert!(!error.contains("SENTINEL"), "{error}");
    }
    let chats = [
        r#"{"value": 7}"#,
        r#"{"value": {"history": {}}}"#,
        r#"{"value": {"history": [7]}}"#,
        r#"{"value": {"history": [{"message": ["SENTINEL"]}]}}"#,
        r#"{"value": {"chat_id": {}}}"#,
    ];
    for text in chats {
        assert_eq!(ChatEvent::from_json(text), Err(RecordError::BadRecord), "{text}");
    }
    let twice = Comment::from_json("{\"id\": 1, \"x\": {\"a\": 1,\n \"a\": \"SENTINEL\"}}").expect_err("stands twice");
    assert_eq!((twice.code(), twice.position().map(|(line, _)| line)), ("duplicate_field", Some(2)));
    for reserved in ["Number", "RawValue"] {
        let text = format!("{{\"id\": 1, \"x\": [{{\"$serde_json::private::{reserved}\": \"847564\"}}]}}");
        let error = Comment::from_json(&text).expect_err("it would become something else");
        assert_eq!((error.code(), error.position().map(|(line, _)| line)), ("bad_json", Some(1)), "{reserved}");
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Comment::from_json(&deep).expect_err("too deep").code(), "bad_json");
}

#[test]
fn a_deep_value_is_refused_without_recursion() {
    let mut deep = Value::Null;
    for _ in 0..200 {
        deep = serde_json::json!([deep]);
    }
    assert_eq!(Comment::from_value(serde_json::json!({"id": 1, "x": deep})), Err(RecordError::BadRecord));
}

/// To drop it recurses too, so who hands it over is rid of it.
#[test]
fn the_deepest_value_is_taken_apart_without_recursion() {
    let mut deep = Value::Null;
    for level in 0..300_000 {
        deep = if level % 2 == 0 {
            Value::Array(vec![deep])
        } else {
            Value::Object([("x".to_owned(), deep)].into_iter().collect())
        };
    }
    assert_eq!(Attachment::from_value(deep), Err(RecordError::BadRecord));
}

/// The reader of JSON values shows what stands where it wants the digits of a number, or a string.
#[test]
fn no_error_of_serde_quotes_a_record() {
    use serde::de::value::{Error, MapDeserializer};
    let number = r#"{"id": 1, "x": {"$serde_json::private::Number": 847564}}"#;
    let error = serde_json::from_str::<Comment>(number).expect_err("no number").to_string();
    assert!(!error.contains("847564"), "{error}");
    let named_by_number = MapDeserializer::<_, Error>::new([(847_564_u64, "x")].into_iter());
    let error = ChatEvent::deserialize(named_by_number).expect_err("no name").to_string();
    assert_eq!(error, "not a record of this kind");
}

#[test]
fn a_value_may_be_as_deep_as_a_text() {
    let read = |depth: usize, inside: serde_json::Value| {
        let text = format!("{{\"id\": 1, \"x\": {}{inside}{}}}", "[".repeat(depth), "]".repeat(depth));
        let value = (0..depth).fold(inside, |value, _| serde_json::json!([value]));
        let value = Comment::from_value(serde_json::json!({"id": 1, "x": value}));
        (Comment::from_json(&text).is_ok(), value.is_ok())
    };
    let insides = [serde_json::json!(1), serde_json::json!([]), serde_json::json!({"y": "z"})];
    let both = (120..140).flat_map(|depth| insides.iter().map(move |inside| (depth, inside.clone())));
    let both: Vec<(bool, bool)> = both.map(|(depth, inside)| read(depth, inside)).collect();
    assert!(both.iter().all(|(text, value)| text == value), "{both:?}");
    assert!(both.contains(&(true, true)) && both.contains(&(false, false)));
}
