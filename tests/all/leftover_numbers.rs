//! Numbers that were removed are found in a record by value and by their digits (rule C86),
//! and not in any longer number.

use blackbar::records::{Comment, CommentRedaction, RecordRedactor};
use serde_json::json;

use crate::leftovers::{gone, left, note};

/// A PIN stands in long numbers by chance, and is the same number with zeros before it.
#[test]
fn only_a_short_number_may_stand_in_a_longer_one() {
    for text in ["91234", "12345", "https://files.example.net/51234/"] {
        gone("1234", "", note(text));
    }
    for text in ["1234", "001234", "x1234y", "4111-1234", "PIN 00001234."] {
        left("1234", "", note(text));
    }
    for text in ["847564", "10847564", "REF00847564001"] {
        left("847564", "", note(text));
    }
}

/// Two that overlap or touch are two, and no longer number.
#[test]
fn numbers_that_touch_are_taken_by_themselves() {
    for (removed, value) in [
        ("5555", json!(55555)),
        ("5555", json!("55555555")),
        ("1234", json!(12341234)),
        ("1234", json!("ref 12341234 from")),
        ("123123", json!(123_123_123_123_u64)),
    ] {
        gone(removed, "", note(value));
    }
    gone("000000", "<b style='color:#00000000'>x</b>", json!({}));
    left("1234", "", note("1234 1234"));
}

/// In a row of zeros each four are a number with zeros before it.
#[test]
fn a_row_of_zeros_takes_no_time() {
    left("0000", "", note("0".repeat(400_000)));
    gone("0000", "", note("0".repeat(400_000) + "1"));
}

/// The digits of a number may be parted by anything but letters.
#[test]
fn letters_part_numbers() {
    for (removed, text) in [
        ("555-0199", "Order 5550 of 1990"),
        ("555-0199", "Room 55, floor 5, 01 Main, 99 Str"),
        ("1,000,000", "Chrome/10.0.0.0.0 build 0"),
    ] {
        gone(removed, "", note(text));
    }
    for text in ["555 0199", "(555) - 01.99", "tel:5550199", "5-5-5-0-1-9-9 home", "555ー0199"] {
        left("555-0199", "", note(text));
    }
    for removed in ["03ー1234ー5678", "03\u{FF70}1234\u{FF70}5678"] {
        left(removed, "", note("0312345678"));
        left("0312345678", "", note(removed));
    }
}

/// Other copies have the number without the words around it.
#[test]
fn a_number_in_a_sentence_is_found_alone() {
    left("no. 512345678 ok", "", note(512_345_678));
    left("numberno 512345678", "", note("x512 345 678"));
    left("the number of my order is 512345678", "", note("512-345-678"));
    gone("the number of my order is 51234567", "", note("51234567"));
    gone("my code is x512345678", "", note("512345678"));
    for (sentence, number) in [
        ("My card is 4111 1111 1111 1111, thanks a lot", json!("4111111111111111")),
        ("My card is 4111 1111 1111 1111, thanks a lot", json!(4_111_111_111_111_111_u64)),
        ("Hello, my SSN is 536-22-1234 ok?", json!("536221234")),
        ("please call me on +49 30 901820 tomorrow", json!("tel:+4930901820")),
        ("please call me on +49 171 1234567 tomorrow", json!("0171 1234567")),
        ("the account DE89 3704 0044 0532 0130 00 of somebody", json!("DE89370400440532013000")),
        ("call 51234567", json!("5123-4567")),
    ] {
        left(sentence, "", note(number));
    }
    left("card 4111 1111 1111 1111, thanks a lot", "<p>4111-1111-1111-1111</p>", json!({}));
    // Dates and hours are not such numbers.
    gone("we booked the room upstairs from 2026-01-15 10:30 to 2026-01-16 11:30", "", note("2026-01-15 10:30"));
    left("5123456", "", note("512-3456"));
    gone("512345", "", note("512-345"));
}

/// A number of JSON has no zeros before it.
#[test]
fn zeros_before_a_long_number_need_not_be_there() {
    for (removed, number) in [("01234567", 1_234_567), ("0170123456d", 170_123_456), ("000 1234567", 1_234_567)] {
        left(removed, "", note(number));
    }
    gone("0055512", "", note("55512"));
    gone("0123456d", "", note("123-456"));
}

/// A sum of money is written with signs, and with zeros that no number of JSON need have.
#[test]
fn numbers_are_compared_by_value_however_they_were_written() {
    for (removed, number) in [
        ("12,345.67", "12345.67"),
        ("12.345,67", "12345.67"),
        ("12 345,67", "1.234567e4"),
        ("-$12,345.67.", "-12345.67"),
        ("1,234,567.50", "1234567.5"),
        ("1234567.50", "1234567.5"),
        ("$1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.50", "1234.5"),
        ("52,520008", "52.520008"),
        ("12,50", "12.5"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("847-564", "847564"),
        ("84 75 64", "847564"),
        ("001234", "1234"),
        ("٨٤٧٥٦٤", "847564"),
    ] {
        left(removed, "", serde_json::from_str(&format!("{{\"at\": [{number}]}}")).expect("JSON"));
    }
    for (removed, number) in [
        ("12,345.67", "1234567.1"),
        ("12,345.67", "345.67"),
        ("12.00", "12"),
        ("12:34", "1234"),
        ("12-34", "1234"),
        ("12 34", "1234"),
        ("1.2.2026", "122026"),
        ("00123", "123"),
        ("1, 234", "1234"),
        ("v1,234", "1234"),
        ("12.5678", "125678"),
        ("1,5", "1.5"),
        ("9,99", "9.99"),
    ] {
        gone(removed, "", serde_json::from_str(&format!("{{\"at\": [{number}]}}")).expect("JSON"));
    }
}

/// The digits of other scripts are digits.
#[test]
fn a_short_number_is_found_in_any_digits() {
    for (removed, text) in [("847564", "٨٤٧٥٦٤"), ("८४७५", "PIN 8475"), ("8475", "۸۴۷۵")] {
        left(removed, "", note(text));
    }
    gone("8475", "", note("۸۴۷۵۶"));
}

/// A number of JSON is the same number however it is written.
#[test]
fn numbers_are_found_by_value() {
    for (removed, number) in [
        ("847564", "847564"),
        ("847564", "-847564"),
        ("847564", "847564.0"),
        ("847564", "8.47564e5"),
        ("847564", "8475.640E+2"),
        ("4111 1111 1111 1111", "4.111111111111111e15"),
        ("4111 1111 1111 1111", "4111111111111111.00"),
        ("122.4194", "-122.4194"),
        ("-122.4194", "-122.4194"),
        ("847000", "847e3"),
        ("847564", "0.847564e6"),
        ("847564", "84756400e-2"),
        ("12.5", "1250E-2"),
        ("0.0125", "125e-4"),
        ("0171 1234567", "1711234567"),
        ("(555) 010-0199", "15550100199"),
        ("0171 1234567", "491711234567"),
    ] {
        left(removed, "", serde_json::from_str(&format!("{{\"at\": [{number}]}}")).expect("JSON"));
    }
    for number in [
        "8475641",
        "1847564",
        "847564.5",
        "847564e1",
        "84756400",
        "0.847564",
        "847564e999999999999999999999",
        "3e245678",
        "3e-41",
    ] {
        gone("847564", "", serde_json::from_str(&format!("{{\"at\": [{number}]}}")).expect("JSON"));
    }
    gone("123456789", "", serde_json::from_str(r#"{"at": 12.123456789}"#).expect("JSON"));
    for number in [155_501_001_991_u64, 12_345_550_100_199, 555_010_019_900] {
        gone("(555) 010-0199", "", note(number));
    }
}

/// The country code is often left out, or a zero stands for it.
#[test]
fn phone_numbers_are_found_without_their_country_code() {
    for (removed, text) in [
        ("+1 (555) 010-0199", "555-010-0199"),
        ("tel. +1 (555) 010-0199", "5550100199"),
        ("+49 171 1234567", "0171/1234567"),
        ("+44 20 7946 0958", "020 7946 0958"),
        ("0044 20 7946 0958", "020 7946 0958"),
        ("+353 (0)86 123 4567", "+353861234567"),
        ("+45 32 12 34 56", "32123456"),
        ("+852 2123 4567", "2123-4567"),
        ("+354 581 2345", "call 581 2345"),
    ] {
        left(removed, "", note(text));
    }
    left("+45 32 12 34 56", "", note(32_123_456));
    gone("0004420794609", "", note("20794609"));
    gone("1 555 010-0199", "", note("555-010-0199"));
}

/// What is a text in most records may be a number in one, also where texts are redacted and not nulled.
#[test]
fn numbers_in_the_place_of_texts_are_found() {
    for field in ["title", "content", "transcription_text"] {
        left("847564", "", json!({"data": {field: 847_564}}));
        left("847564", "", json!({"data": {field: [1, [847_564.0]]}}));
        gone("847564", "", json!({"data": {field: 8_475_641}}));
    }
    left("847564", "", json!({"attachments": [{"id": 1, "url": 847_564}]}));
    gone("847564", "", json!({"attachments": [{"id": 847_564, "size": 847_564}], "author_id": 847_564}));
    // An array is no id, unless the help desk documents it.
    for value in [json!([847_564]), json!([[847_564]]), json!({"x": 847_564}), json!([{"x": 847_564}])] {
        left("847564", "", json!({"author_id": value}));
        left("847564", "", json!({"attachments": [{"id": 1, "size": value}]}));
    }
    let merged = |value| json!({"via": {"channel": "web", "source": {"from": {"ticket_ids": value}}}});
    gone("847564", "", merged(json!([1, 847_564])));
    left("847564", "", merged(json!([1, [847_564]])));
}

/// Nor does a file's name have to be a text.
#[test]
fn the_name_of_a_file_may_be_a_number() {
    let url = "https://desk.example.com/attachments/token/a1/";
    let file = json!({"id": 8, "content_url": url, "thumbnails": [{"id": 9, "name": 847_564}]});
    let request = CommentRedaction::new(1).external_attachment_url(url);
    for (note, expected) in
        [(json!(8_475_641), true), (json!(847_564), false), (json!("it is 847564"), false), (json!(1), true)]
    {
        let comment = Comment::from_value(json!({"id": 7, "note": note, "attachments": [file]})).expect("a comment");
        let outcome = RecordRedactor::default().comment(&comment, &request);
        assert_eq!(outcome.is_ok(), expected, "{note}");
    }
}
