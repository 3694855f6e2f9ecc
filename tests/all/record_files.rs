//! Files in records: which are meant by a URL or a picture, and which of their names are searched for (rules C85, C86).

use blackbar::records::*;
use serde_json::{Value, json};

const URL: &str = "https://d.example.com/attachments/token/abcdef/?name=p.jpg";

fn comment(html: &str, attachments: Value, more: Value) -> Comment {
    let mut record = json!({"id": 1, "html_body": html, "attachments": attachments});
    record.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    Comment::from_value(record).expect("a comment")
}

fn by_url(record: &Comment, url: &str) -> Result<Outcome<Comment>, RecordError> {
    RecordRedactor::default().comment(record, &CommentRedaction::new(1).external_attachment_url(url))
}

#[test]
fn a_file_is_redacted_if_nothing_else_of_it_is_left() {
    let record = comment("x", json!([{"id": 7, "file_name": "p.jpg", "content_url": URL}]), json!({}));
    assert_eq!(record.attachments().map(|file| file.is_redacted()).collect::<Vec<_>>(), [false]);
    let outcome = by_url(&record, URL).expect("it is a file of the comment");
    assert_eq!(outcome.record().attachments().map(|file| file.is_redacted()).collect::<Vec<_>>(), [true]);
    let redacted =
        json!({"id": 7, "file_name": "redacted.txt", "content_type": "text/plain", "size": 0, "thumbnails": []});
    for (field, value) in [("url", json!(URL)), ("size", json!(1)), ("thumbnails", json!([{"id": 8}]))] {
        let mut other = redacted.clone();
        other.as_object_mut().expect("an object").insert(field.into(), value);
        let record = comment("x", json!([redacted, other]), json!({}));
        assert_eq!(record.attachments().map(|file| file.is_redacted()).collect::<Vec<_>>(), [true, false], "{field}");
    }
}

/// Who sends a file chooses its name, and could name it after the URL of another.
#[test]
fn a_name_is_no_url() {
    for field in ["file_name", "filename", "name", "mapped_file_name"] {
        let record =
            comment("x", json!([{"id": 7, "content_url": "https://d.example.com/other", field: URL}]), json!({}));
        assert_eq!(by_url(&record, URL).err(), Some(RecordError::UnknownUrl { index: 0 }), "{field}");
    }
}

#[test]
fn a_file_is_found_by_any_kind_of_url() {
    for url in [
        "http://d.example.com/1.jpg",
        "HTTPS://d.example.com/1.jpg",
        "//d.example.com/1.jpg",
        "/attachments/token/abcdef",
    ] {
        for field in ["content_url", "mapped_content_url", "url", "inner"] {
            let record = comment("x", json!([{"id": 7, "file_name": "p.jpg", field: url}]), json!({}));
            let outcome = by_url(&record, url).expect("it is a file of the comment");
            assert_eq!(outcome.report().attachments(), 1, "{url} {field}");
            assert_eq!(outcome.follow_up().urls_to_delete(), [url], "{field}");
        }
    }
}

/// The picture's own kind of tag: in a drawing, `image` is another one.
#[test]
fn a_removed_picture_redacts_its_file_and_other_tags_do_not() {
    let record = |html: &str| comment(html, json!([{"id": 7, "file_name": "p.jpg", "content_url": URL}]), json!({}));
    let call = |stored: &str, marked: &str| {
        RecordRedactor::default().comment(&record(stored), &CommentRedaction::new(1).html_body(marked))
    };
    for name in ["img", "image", "IMG"] {
        let (stored, marked) = (format!("<{name} src='{URL}'>"), format!("<{name} redact src='{URL}'>"));
        assert_eq!(call(&stored, &marked).expect("a picture").report().attachments(), 1, "{name}");
    }
    for (stored, marked) in [
        (format!("<svg><image xlink:href='{URL}'/></svg>"), format!("<svg redact><image xlink:href='{URL}'/></svg>")),
        (format!("<table background={URL}><td>x"), format!("<table redact background={URL}><td>x")),
    ] {
        assert!(matches!(call(&stored, &marked), Err(RecordError::LeftInRecord { .. })), "{stored}");
    }
}

/// A blank name stands in every record, and that of a redacted file in many.
#[test]
fn names_that_tell_nothing_are_not_searched_for() {
    for name in ["", " ", "redacted.txt"] {
        let files = json!([{"id": 7, "file_name": name, "content_url": URL}, {"id": 8, "file_name": "redacted.txt"}]);
        let record = comment("x", files, json!({"note": name, "other": ["", " ", "redacted.txt"]}));
        assert!(by_url(&record, URL).is_ok(), "{name:?}");
    }
    let record = comment("x", json!([{"id": 7, "file_name": "a.b", "content_url": URL}]), json!({"note": "a.b"}));
    assert_eq!(by_url(&record, URL).err(), Some(RecordError::LeftInRecord { count: 1 }));
}

#[test]
fn a_file_that_is_named_twice_is_redacted_once() {
    let file = |index: u64| {
        json!({
            "chat_index": index, "message_id": format!("m{index}"), "type": "ChatFileAttachment",
            "filename": format!("p{index}.jpg"), "url": format!("{URL}{index}"),
        })
    };
    let record = ChatEvent::from_value(json!({"id": 1, "value": {"chat_id": "c", "history": [file(0), file(7)]}}));
    let record = record.expect("an event");
    for request in [
        ChatFileRedaction::new("c").chat_indexes([7, 7, 0, 7]),
        ChatFileRedaction::new("c").message_ids(["m7", "m0", "m7"]),
        ChatFileRedaction::new("c").chat_indexes([7, 7, 0]).message_ids(["m0", "m7"]),
    ] {
        let outcome =
            RecordRedactor::default().chat_files(&record, &request, ChatState::Ended).expect("both are files");
        assert_eq!((outcome.report().files(), outcome.follow_up().urls_to_delete().len()), (2, 2), "{request:?}");
    }
}

#[test]
fn nulled_fields_are_counted() {
    let record =
        json!({"id": 1, "html_body": "<p>847564</p>", "a": "847564", "b": {"c": [847564, "no 847564"]}, "d": "x"});
    let record = Comment::from_value(record).expect("a comment");
    let nulling = RecordRedactor::default().policy(RecordPolicy::default().leftovers(Leftovers::Null));
    let request = CommentRedaction::new(1).html_body("<p><redact>847564</redact></p>");
    let outcome = nulling.comment(&record, &request).expect("all can be nulled");
    assert_eq!(outcome.report().nulled(), 3);
    let left = json!({"id": 1, "html_body": "<p>▇▇▇▇▇▇</p>", "a": null, "b": {"c": [null, null]}, "d": "x"});
    assert_eq!(outcome.into_record().into_value(), left);
    let error = RecordRedactor::default().comment(&record, &request).expect_err("three are left");
    assert_eq!(error, RecordError::LeftInRecord { count: 3 });
}
