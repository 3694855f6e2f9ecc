//! Records that are redacted by patterns, on their way in.

#[cfg(feature = "patterns")]
use blackbar::Limits;
use blackbar::records::*;
use blackbar::{Detector, Patterns};
use blackbar::{Policy, Redactor};

/// The limit is one of the call, not of each text in it.
#[cfg(feature = "patterns")]
#[test]
fn the_work_of_patterns_is_limited_for_all_messages_together() {
    let messages: Vec<_> = (0..20)
        .map(|number| serde_json::json!({"type": "ChatMessage", "message_id": number.to_string(), "message": "ax".repeat(500)}))
        .collect();
    let chat = ChatEvent::from_value(serde_json::json!({"type": "ChatStartedEvent", "value": {"history": messages}}));
    let chat = chat.expect("a chat");
    let patterns = Patterns::new().regex("x", regex::Regex::new("(?s)x.*z|x").expect("a good expression"));
    let redactor = |work| {
        let limits = Limits::default().pattern_work(work);
        RecordRedactor::new(Redactor::new(Policy::default().limits(limits)).expect("a good policy"))
    };
    let one = 600_000;
    let done = redactor(one * 40).chat_patterns(&chat, &patterns).expect("enough work");
    assert!(done.record().to_json().contains("a▇a▇"));
    assert_eq!(
        redactor(one).chat_patterns(&chat, &patterns).expect_err("enough for one or two").code(),
        "too_much_work"
    );
}

/// A comment with a card number, spread over formatting.
fn card_comment(extra: &str) -> Comment {
    let text = r#"{"html_body": "<p>card <b>5555</b> 5555 5555 4444</p>", "plain_body": "old", "body": "old", "note": "EXTRA"}"#;
    Comment::from_json(&text.replace("EXTRA", extra)).expect("a comment")
}

/// Another program may have written them of another body. They are derived anew, as if a string were to go.
#[test]
fn a_card_number_goes_from_texts_that_are_not_those_of_the_body() {
    let patterns = Patterns::new().detector(Detector::PaymentCard).detector(Detector::Email);
    let redact = |record: &str| {
        let record = Comment::from_json(record).expect("a comment");
        let outcome = RecordRedactor::default().comment_patterns(&record, &patterns);
        outcome.map(|outcome| outcome.record().to_json()).map_err(|error| error.code())
    };
    let card = "5555 5555 5555 4444";
    for field in ["plain_body", "body"] {
        let record = format!(r#"{{"html_body":"<p>hi</p>","{field}":"hi {card}"}}"#);
        assert_eq!(redact(&record), Ok(format!(r#"{{"html_body":"<p>hi</p>","{field}":"hi"}}"#)));
        let record = format!(r#"{{"html_body":"<p>hi</p>","{field}":"hi {card}","note":"5555555555554444"}}"#);
        assert_eq!(redact(&record), Err("left_in_record"));
    }
    // Those of a body without a text are texts of their own: derived from it they would lose every word.
    for html in ["", "<p>&nbsp;</p>", "<img src='a.png'>"] {
        let record = format!(r#"{{"html_body":"{html}","body":"hi {card}"}}"#);
        assert_eq!(redact(&record), Ok(format!(r#"{{"html_body":"{html}","body":"hi 5555 55▇▇ ▇▇▇▇ 4444"}}"#)));
    }
    assert_eq!(
        redact(&format!(r#"{{"plain_body":"{card}"}}"#)),
        Ok(r#"{"plain_body":"5555 55▇▇ ▇▇▇▇ 4444"}"#.to_owned())
    );
    assert_eq!(redact(&format!(r#"{{"html_body":"","body":"{card}","note":"{card}"}}"#)), Err("left_in_record"));
    assert_eq!(redact(&format!(r#"{{"id":1,"note":"{card}"}}"#)), Err("no_html_body"));
    // Texts that would be no other stay.
    for html in ["<p>5555 5555</p><p>5555 4444</p>", "<a href='?c=5555555555554444'>hi</a>"] {
        assert_eq!(redact(&format!(r#"{{"html_body":"{html}","body":"hi {card}"}}"#)), Err("no_match"), "{html}");
    }
    assert_eq!(redact(r#"{"html_body":"<a href='mailto:jo@x.com'>me</a>","body":"[me](jo@x.com)"}"#), Err("no_match"));
}

/// They stay so where a tag of the body goes, unless they hold more of what went than can be masked.
#[test]
fn texts_beside_a_body_of_an_image_outlive_it() {
    let policy = Policy::default().redact_tags_with_hits(true);
    let redactor = RecordRedactor::new(Redactor::new(policy).expect("a good policy"));
    let patterns = Patterns::new().detector(Detector::Email);
    let image = "https://a.example/x.png";
    let record = |text: &str| {
        let html = format!("<img src='{image}' alt='jo@x.com'>");
        Comment::from_value(serde_json::json!({"id": 1, "html_body": html, "plain_body": text, "body": text}))
    };
    for (text, expected) in [("Write to jo@x.com.", "Write to ▇▇▇▇▇▇▇▇."), (&format!("![jo@x.com]({image})"), "")]
    {
        let record = record(text).expect("a comment");
        let by_string = redactor.string(&record, &StringRedaction::new("jo@x.com"));
        for outcome in [by_string, redactor.comment_patterns(&record, &patterns)] {
            let record = outcome.expect("a hit").into_record();
            assert_eq!(record.html_body(), Some(""));
            assert_eq!((record.plain_body(), record.body()), (Some(expected), Some(expected)));
        }
    }
}

#[test]
fn a_card_number_goes_on_its_way_in() {
    let cards = Patterns::new().detector(Detector::PaymentCard);
    let redactor = RecordRedactor::default();
    let outcome = redactor.comment_patterns(&card_comment("none"), &cards).expect("a card number");
    assert_eq!(
        outcome.response().to_json(),
        r#"{"comment":{"html_body":"<p>card <b>5555</b> 55▇▇ ▇▇▇▇ 4444</p>","plain_body":"card 5555 55▇▇ ▇▇▇▇ 4444","body":"card 5555 55▇▇ ▇▇▇▇ 4444","note":"none"}}"#
    );
    assert_eq!(outcome.events(), [], "a comment without an id has no event");
    let hits: Vec<_> = outcome.report().text().expect("a report").patterns().collect();
    assert_eq!(hits, [("payment_card", 1)]);
    assert_eq!(redactor.dry_run().comment_patterns(&card_comment("none"), &cards).as_ref(), Ok(outcome.report()));
    let again = redactor.comment_patterns(outcome.record(), &cards);
    assert_eq!(again.expect_err("nothing is left").code(), "no_match");
    let elsewhere = redactor.comment_patterns(&card_comment("5555 5555 5555 4444"), &cards);
    assert_eq!(elsewhere.expect_err("it is in the note"), RecordError::LeftInRecord { count: 1 });
}

#[test]
fn card_numbers_of_one_digit_do_not_hide_in_what_is_kept() {
    // The six masked digits are those that are kept before them.
    let cards = Patterns::new().detector(Detector::PaymentCard);
    let comment = Comment::from_json(r#"{"id": 1, "html_body": "5555555555554444"}"#).expect("a comment");
    let outcome = RecordRedactor::default().comment_patterns(&comment, &cards).expect("a card number");
    assert_eq!(outcome.record().html_body(), Some("555555▇▇▇▇▇▇4444"));
    assert_eq!(outcome.events().len(), 1);
}

#[test]
fn messages_of_a_chat_are_redacted_on_their_way_in() {
    let patterns = Patterns::new().detector(Detector::PaymentCard).detector(Detector::Email);
    let chat = ChatEvent::from_json(
        r#"{"value": {"chat_id": "c", "history": [
            {"chat_index": 0, "type": "ChatMessage", "message": "4111111111111111", "rich": "4111111111111111"},
            {"chat_index": 1, "type": "ChatMessage", "message": "thanks", "rich": "thanks"},
            {"chat_index": 2, "type": "ChatMessage", "message": "I am jo@example.com"},
            {"chat_index": 3, "type": "ChatFileAttachment", "message": "al@example.com", "filename": "a"},
            {"chat_index": 4, "message": "al@example.com", "rich": "thanks"},
            {"chat_index": 5, "type": null, "message": "al@example.com"}]}}"#,
    )
    .expect("a chat");
    let outcome = RecordRedactor::default().chat_patterns(&chat, &patterns).expect("five messages");
    let expected = concat!(
        r#"{"chat_event":{"value":{"chat_id":"c","history":["#,
        r#"{"chat_index":0,"type":"ChatMessage","message":"411111▇▇▇▇▇▇1111"},"#,
        r#"{"chat_index":1,"type":"ChatMessage","message":"thanks","rich":"thanks"},"#,
        r#"{"chat_index":2,"type":"ChatMessage","message":"I am ▇▇▇▇▇▇▇▇▇▇▇▇▇▇"},"#,
        r#"{"chat_index":3,"type":"ChatFileAttachment","message":"▇▇▇▇▇▇▇▇▇▇▇▇▇▇","filename":"a"},"#,
        r#"{"chat_index":4,"message":"▇▇▇▇▇▇▇▇▇▇▇▇▇▇","rich":"thanks"},"#,
        r#"{"chat_index":5,"type":null,"message":"▇▇▇▇▇▇▇▇▇▇▇▇▇▇"}]}}}"#,
    );
    assert_eq!(outcome.response().to_json(), expected);
    assert_eq!(outcome.report().messages(), 5);
    let report = RecordRedactor::default().dry_run().chat_patterns(&chat, &patterns);
    assert_eq!(report.as_ref(), Ok(outcome.report()));
    let again = RecordRedactor::default().chat_patterns(outcome.record(), &patterns);
    assert_eq!(again.expect_err("nothing is left").code(), "no_match");
}

/// Mail programs make links of addresses, so that the address stands in the link as well.
#[test]
fn a_linked_address_goes_with_its_link_if_the_policy_says_so() {
    let body = r#"{"id": 1, "html_body": "<p>Mail <a href='mailto:jo@example.com'>jo@example.com</a></p>"}"#;
    let comment = Comment::from_json(body).expect("a comment");
    let string = StringRedaction::new("jo@example.com");
    let emails = Patterns::new().detector(Detector::Email);
    let refused = RecordRedactor::default().string(&comment, &string).expect_err("the link is left");
    assert_eq!(refused, RecordError::LeftInRecord { count: 1 });
    let policy = Policy::default().redact_tags_with_hits(true);
    let redactor = RecordRedactor::new(Redactor::new(policy).expect("a good policy"));
    for outcome in [redactor.string(&comment, &string), redactor.comment_patterns(&comment, &emails)] {
        let record = outcome.expect("nothing is left").into_record();
        assert_eq!(record.to_json(), r#"{"id":1,"html_body":"<p>Mail ▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>"}"#);
    }
}

#[test]
fn what_goes_from_an_attribute_may_not_be_left_elsewhere() {
    let body = r#"{"id":1,"html_body":"<p title='4111 1111 1111 1111'>Hi</p>","custom":"4111 1111 1111 1111"}"#;
    let comment = Comment::from_json(body).expect("a comment");
    let redactor = Redactor::new(Policy::default().redact_tags_with_hits(true)).expect("a good policy");
    let cards = Patterns::new().detector(Detector::PaymentCard);
    let left = RecordRedactor::new(redactor).comment_patterns(&comment, &cards).expect_err("it is left");
    assert_eq!(left, RecordError::LeftInRecord { count: 1 });
}

/// Where a tag is redacted as if by the attribute, what the attribute does to an image counts as well (C85).
#[test]
fn the_attachment_of_an_inline_image_goes_with_its_tag() {
    let redactor = Redactor::new(Policy::default().redact_tags_with_hits(true)).expect("a good policy");
    let redactor = RecordRedactor::new(redactor);
    let (string, emails) = (StringRedaction::new("jo@example.com"), Patterns::new().detector(Detector::Email));
    let body = r#""html_body":"<p>Mail<img src='https://desk.example.com/attachments/token/t0k3n/?name=a.png' alt='jo@example.com'></p>""#;
    let listed = r#""attachments":[{"id":8,"file_name":"a.png","content_url":"https://desk.example.com/attachments/token/t0k3n/?name=a.png"}]"#;
    for attachments in ["", &format!(",{listed}")] {
        let comment = Comment::from_json(&format!(r#"{{"id":7,{body}{attachments}}}"#)).expect("a comment");
        for outcome in [redactor.string(&comment, &string), redactor.comment_patterns(&comment, &emails)] {
            let outcome = outcome.expect("nothing is left");
            assert_eq!(outcome.record().html_body(), Some("<p>Mail</p>"));
            assert_eq!(outcome.follow_up().urls_to_delete().len(), 1);
            assert_eq!(outcome.report().attachments(), usize::from(!attachments.is_empty()));
        }
    }
}
