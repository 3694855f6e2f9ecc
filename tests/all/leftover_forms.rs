//! What was removed is found in a record in whatever form it stands there (rule C86).

use blackbar::records::RecordError;
use serde_json::json;

use crate::leftovers::{gone, left, note, redact_marked};

/// Old scripts, languages that write bytes, and Markdown have escapes of their own.
#[test]
fn escapes_of_every_kind_are_undone() {
    for text in [
        "%u004a%u0061%u006ee D%u00f6e",
        r"Jane D\xc3\xb6e",
        r"Jane D\xf6e",
        r"&#92;x4aane D&ouml;e",
        r"%5Cx4aane D%C3%B6e",
    ] {
        left("Jane Döe", "", note(text));
    }
    left("jo_doe@example.com", "", note(r"jo\_doe@example\.com"));
    left("*847*564*", "", note(r"\*847\*564\*"));
    gone("Jane Döe", "", note(r"%u004 Jane D\xc3e %uzzzz"));
}

/// Neither a place where a word may be broken nor the sign around an emoji of a digit ends a word.
#[test]
fn what_people_do_not_see_parts_no_word() {
    left("847564", "", note("my no. 847<wbr>564"));
    left("847564", "", note("<!-- 847<wbr>564 -->"));
    left(
        "847564",
        "",
        note(
            "my no. 8\u{fe0f}\u{20e3}4\u{fe0f}\u{20e3}7\u{fe0f}\u{20e3}5\u{fe0f}\u{20e3}6\u{fe0f}\u{20e3}4\u{fe0f}\u{20e3}",
        ),
    );
    left("8\u{fe0f}\u{20e3}4\u{20e3}7\u{20e3}5\u{20e3}", "", note(8475));
    gone("847564", "", note("my no. 847<br>564"));
}

/// A field and the name of a file spell a name in their own way. In bodies and messages case is the caller's choice.
#[test]
fn names_are_found_in_any_case_and_with_any_sign_between() {
    for text in
        ["JANE DOE", "jane doe", "Jane_Doe.pdf", "jane-doe", "x/jane.doe?a", "Jane, Doe", "Jane%5FDOE", "&#74;ANE__doe"]
    {
        left("Jane Doe", "", note(text));
        left("Jane Doe", "", json!({"attachments": [{"id": 7, "file_name": text}]}));
    }
    left("Jane Doe", "", json!({"jane_doe": 1}));
    for field in ["url", "content_url", "mapped_content_url"] {
        let url = "https://desk.example.com/attachments/token/a1/?name=jane_doe.pdf";
        left("Jane Doe", "", json!({"attachments": [{"id": 7, field: url}]}));
    }
    left("12 Main Street", "", note("12-MAIN-STREET"));
    left("ИВАН ПЕТРОВ", "", note("Иван_Петров"));
    let long = "We met in the Garden of the House, ".repeat(20);
    left(&long, "", note(long.to_uppercase()));
    for text in ["jane doesburg", "mary-jane does", "janedoe", "jane x doe"] {
        gone("Jane Doe", "", note(text));
    }
    gone("Jane Doe", "<p>JANE DOE", json!({"data": {"title": "jane doe"}}));
    gone("Mark", "", note("mark"));
    gone("10 30", "", note("2026-10-30"));
    gone("follow-up", "", note("Follow up"));
}

/// As links to newsletters and the heads of mails carry it.
#[test]
fn base64_and_encoded_words_are_undone() {
    for text in [
        "am8uZG9lQGV4YW1wbGUuY29t",
        "https://news.example.net/u?e=am8uZG9lQGV4YW1wbGUuY29t&x=1",
        "x%2Fam8uZG9lQGV4YW1wbGUuY29t%3D",
        "=?utf-8?B?am8uZG9lQGV4YW1wbGUuY29t?=",
        "From: =?iso-8859-1?q?jo=2Edoe=40example.com?= today",
        "=?UTF-8?Q?=6A=6F.doe=40example.com?=",
    ] {
        left("jo.doe@example.com", "", note(text));
        left("jo.doe@example.com", &format!("<a href='{text}'>x</a>"), json!({}));
    }
    left("René Müller", "", note("=?utf-8?Q?Ren=C3=A9_M=C3=BCller?="));
    left("René Müller", "", note("=?iso-8859-1?Q?Ren=E9_M=FC?=\r\n =?utf-8?Q?ller?= x"));
    // Cut between words, between the bytes of a letter, and in another character set.
    left("jo.doe@example.com", "", note("=?utf-8?b?am8uZG9lQGV4?=\r\n =?utf-8?b?YW1wbGUuY29t?="));
    left("Иван", "", note("=?utf-8?B?0JjQstA=?= =?utf-8?B?sNC9?="));
    left("René Müller", "", note("=?iso-8859-1?B?UmVu6SBN/GxsZXI=?="));
    for text in
        ["=?utf-8?x?jo=2Edoe=40example.com?=", "=?utf-8?Q?jo=2Edoe=40example.com", "=?Q?jo=2Edoe=40example.com?="]
    {
        gone("jo.doe@example.com", "", note(text));
    }
    // The digits in the noise of other words are those of nobody.
    gone("1234567", "", note("MTIzNDU2, Nzg5MDEy, MTIz NDU2 Nzg5"));
    gone("847564", "", note("=?a?q?".repeat(200_000)));
    gone("847564", "", note("=?a?b?".repeat(200_000)));
    gone("847564", "", note("=?a?b?ODQ3?= ODQ3, =?a?b?NTY0"));
}

/// What the attributes of a tag say goes with it.
#[test]
fn the_words_of_a_removed_tag_are_found() {
    for tag in [
        "<a redact title='Jane Doe'>x</a>",
        "<img redact alt='of J&#97;ne Doe, 1980' src=a>",
        "<input redact value='Jane Doe'>",
        "<td redact aria-label=\"Jane Doe's\">x",
    ] {
        let found = redact_marked(
            tag.replace(" redact", ""),
            tag.to_owned(),
            note(json!(["x", "of Jane Doe, 1980", "Jane Doe's"])),
        );
        assert!(matches!(found, Err(RecordError::LeftInRecord { .. })), "{tag}: {found:?}");
    }
    for tag in ["<img redact alt=logo src=a>", "<img redact alt='image 12.png' src=a>", "<p redact class='Jane Doe'>x"]
    {
        let found = redact_marked(tag.replace(" redact", ""), tag.to_owned(), note("logo image 12.png Jane Doe"));
        assert_eq!(found, Ok(()), "{tag}");
    }
}

/// A page has the same address with another scheme, or without one.
#[test]
fn the_address_of_a_page_is_found_without_its_scheme() {
    let page = "https://www.shop.example/orders/12?u=Jane";
    for text in [
        "http://www.shop.example/orders/12?u=Jane",
        "see shop.example/orders/12?u=Jane.",
        "//shop.example/orders/12?u=Jane&x",
        "https%3A%2F%2Fshop.example%2Forders%2F12%3Fu%3DJane",
    ] {
        left(page, "", note(text));
        left(page, &format!("<a href='{text}'>x</a>"), json!({}));
    }
    for text in
        ["http://myshop.example/orders/12?u=Jane", "a.shop.example/orders/12?u=Jane", "shop.example/orders/12?u=Janet"]
    {
        gone(page, "", note(text));
    }
}

/// The number of a passport, a plate or an insurance is written with spaces and signs, or without.
#[test]
fn codes_are_found_whatever_parts_them() {
    for (removed, text) in [
        ("AB 123 456 C", "AB123456C"),
        ("AB123456C", "no. ab-12-34-56-c, thanks"),
        ("B-MW 1234", "bmw1234"),
        ("JaneDoe1984", "jane.doe.1984"),
        ("DE 123.456.78", "<b>DE</b>12345678"),
    ] {
        left(removed, "", note(text));
        left(removed, &format!("<p>{text}</p>"), json!({}));
    }
    for (removed, text) in
        [("AB 123 456 C", "AB 123 457 C"), ("W1A 1AA", "w1a1aa"), ("12 May", "12may"), ("10 to 12", "10-TO 12 12")]
    {
        gone(removed, "", note(text));
    }
}
