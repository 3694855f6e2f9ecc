//! The leak audit: what was removed is found wherever it is left, and nothing else is (rules C50, C51).

use std::time::{Duration, Instant};

use blackbar::{Detector, Leak, Patterns, Policy, Redactor, Whitespace};
use proptest::prelude::*;

use crate::laws::audit::{audit_law, leaky};
use crate::support::cases::cases;
use crate::support::soup;

proptest! {
    #![proptest_config(soup::cases(512))]

    #[test]
    fn a_copy_is_found_in_any_place_and_encoding(bytes in prop::collection::vec(any::<u8>(), 3..80)) {
        audit_law(&leaky(&bytes));
    }
}

#[test]
fn leaks() {
    for case in cases(include_str!("../data/audit.txt")) {
        let redaction = Redactor::default().html(&case.input).expect("the case is a good redaction");
        case.expect("leaks", &written(&redaction.leaks()));
    }
}

#[test]
fn hits_in_a_row_are_searched_one_by_one() {
    let redactor = Redactor::default();
    let html = "<p>Annabel Annabel <img alt=\"for Annabel\" src=\"1.png\">";
    let redaction = redactor.html_strings(html, &["Annabel"]).expect("a hit");
    assert_eq!(redaction.text(), "<p>▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇ <img alt=\"for Annabel\" src=\"1.png\">");
    assert_eq!(written(&redaction.leaks()), "61 Attribute Plain");
    // The groups of a number with its spaces kept are one: another number with such a group tells nothing.
    let cards = Patterns::new().detector(Detector::PaymentCard.keep_first(6).keep_last(4).keep_separators(true));
    let text = "4111 1111 1111 1111, and 1111";
    let redaction = redactor.text_patterns(text, &cards).expect("a card number");
    assert_eq!(redaction.text(), "4111 11▇▇ ▇▇▇▇ 1111, and 1111");
    assert_eq!(redaction.leaks(), []);
    // Nor does the group that is kept, as UnionPay prints its numbers.
    let text = "620550 0000000000004, and 620550";
    let redaction = redactor.text_patterns(text, &cards).expect("a card number");
    assert_eq!(redaction.text(), "620550 ▇▇▇▇▇▇▇▇▇0004, and 620550");
    assert_eq!(redaction.leaks(), []);
}

#[test]
fn white_space_that_a_policy_keeps_parts_no_text() {
    let redactor = Redactor::new(Policy::default().whitespace(Whitespace::Keep)).expect("a good policy");
    let redaction = redactor.html("<redact>meet with Jonesey</redact> with <b>meet, with Jonesey").expect("good");
    assert_eq!(redaction.text(), "▇▇▇▇ ▇▇▇▇ ▇▇▇▇▇▇▇ with <b>meet, with Jonesey");
    assert_eq!(written(&redaction.leaks()), "56 VisibleText Folded");
}

#[test]
fn escapes_of_line_ends_and_of_surrogate_pairs_are_undone() {
    for (secret, script) in [
        ("Jane Doe", r#"["Jane\tDoe"]"#),
        ("Jane Doe", r#"["Jane\r\nDoe"]"#),
        ("555-010-0122", r#"["555\t010\n0122"]"#),
        ("Jane Doe", r#"{"mail": "J=61ne D=\r\noe"}"#),
        ("Jane Doe", r#"{"mail": "SmFuZS\r\nBEb2U="}"#),
        ("𠮷野太郎", r#"["\ud842\udfb7\u91ce\u592a\u90ce"]"#),
    ] {
        let html = format!("<redact>{secret}</redact><script>{script}</script>");
        let redaction = Redactor::default().html(&html).expect("the mark is good");
        assert_eq!(redaction.leaks().len(), 1, "{script}");
    }
}

/// What a detector keeps is no part of what went, but what went tells nothing without it.
#[test]
fn the_whole_of_a_number_is_searched_if_a_part_is_kept() {
    let redactor = Redactor::default();
    let cards = Patterns::new().detector(Detector::PaymentCard);
    for copy in
        ["<a title=\"5500005555555559\">x</a>", "<!-- 5500-0055-5555-5559 -->", "<a href=\"?c=5500+0055+5555+5559\">"]
    {
        let html = format!("<p>5500 0055 5555 5559</p>{copy}");
        let redaction = redactor.html_patterns(&html, &cards).expect("a card number");
        assert!(redaction.text().starts_with("<p>5500 00▇▇ ▇▇▇▇ 5559</p>"));
        assert_eq!(redaction.leaks().len(), 1, "{copy}");
    }
    let denying = Redactor::new(Policy::default().deny_leaks(true)).expect("a good policy");
    let hyphens = "<p>Card 5500-0055-5555-5559, I bought 55 items and 5555</p>";
    assert!(denying.html_patterns(hyphens, &cards).is_ok(), "parts of it tell nothing");
    let mails = Patterns::new().detector(Detector::Email.keep_first(1).keep_separators(true));
    let mail = "jo.doe@example.com, see https://shop.com";
    assert!(denying.text_patterns(mail, &mails).is_ok(), "nor does com");
    let left = "jo.doe@example.com <a href=\"mailto:jo.doe@example.com\">";
    assert!(denying.html_patterns(left, &mails).is_err(), "the address is left");
    let redaction = redactor.text_patterns("Card 5500 0055 5555 5559", &cards).expect("a card number");
    let copied = redactor.text_copy("Card 5500 0055 5555 5559", &redaction.removed()).expect("a copy");
    assert_eq!(copied.text(), "Card ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
}

/// In each of these, every hit once cost a look at all of the value or at all spellings: a minute and more.
#[test]
fn many_leaks_in_one_place_take_bounded_time() {
    let cased = |number: usize| -> String {
        let upper = |(place, letter): (usize, char)| {
            if number >> place & 1 == 1 { letter.to_ascii_uppercase() } else { letter }
        };
        "abcdefghijklmnopq".chars().enumerate().map(upper).collect()
    };
    let spellings: String = (0..12_000).map(|number| format!("<p>{}</p>", cased(number))).collect();
    let rows: String = (0..40_000).map(|row| format!("<p>12{row}")).collect();
    let shapes = [
        ("an address", format!("<redact>secretword</redact><a href=\"/{}\">", "secretword/".repeat(30_000))),
        ("a parameter", format!("<redact>secretword</redact><a href=\"/?{}\">", "secretword/".repeat(30_000))),
        ("files", format!("<redact>secretword</redact><a href=\"/{}\">", "secretword.".repeat(30_000))),
        ("words", format!("<redact>secretword</redact><img alt=\"{}\">", "secretword ".repeat(60_000))),
        ("row numbers", format!("<redact>{rows}</redact>{rows}")),
        ("spellings", format!("<redact>{spellings}</redact>{spellings}")),
    ];
    for (name, body) in shapes {
        let redaction = Redactor::default().html(&body).expect("the marks are good");
        let start = Instant::now();
        assert!(redaction.leaks().len() >= 12_000, "{name}");
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
    }
}

fn written(leaks: &[Leak]) -> String {
    let line = |leak: &Leak| format!("{} {:?} {:?}", leak.offset, leak.kind, leak.encoding);
    leaks.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is typically redacted: people, addresses, numbers. Many look like words and numbers of the clean mails.
const SECRETS: &[&str] = &[
    "Mark",
    "Rose",
    "Anne",
    "Will",
    "Ross",
    "Jane Doe",
    "Mark Grant",
    "Rosa Parkson",
    "Summer Page",
    "Dr. Anne-Marie Long",
    "René Müller",
    "Łukasz Żak",
    "田中太郎",
    "Мария",
    "jo@example.com",
    "help.me@example.org",
    "rose@mail.example.net",
    "12 Long Lane",
    "99 Acre Road, Springfield",
    "SW1A 1AA",
    "0998",
    "1234",
    "8475",
    "847564",
    "203142",
    "55 20932",
    "555-0100",
    "+44 20 7946 0958",
    "(030) 23125778",
    "987-65-4320",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "1985-04-12",
    "12.02.1985",
    "17.80",
    "P<UTODOE<<JANE",
    "AB123456C",
    "hunter2",
    "correct horse",
    "192.0.2.7",
    "https://example.com/jane",
    "www.example.org",
    "example.co",
    "Bo",
    "Al",
    "NY",
    "7a",
    "x9",
];

/// Random but always the same: tokens of tracking links, numbers in hex, a picture.
fn with_noise(mail: &str, seed: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed as u64 + 1);
    let mut noise = |alphabet: &[u8], length: usize| -> String {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(alphabet[(state >> 33) as usize % alphabet.len()])
        };
        (0..length).map(|_| next()).collect()
    };
    let base64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = mail.to_owned();
    for (name, alphabet, length) in
        [("%token%", &base64[..62], 180), ("%hex%", &b"0123456789abcdef"[..], 40), ("%image%", &base64[..], 10_000)]
    {
        while let Some(at) = text.find(name) {
            text.replace_range(at..at + name.len(), &noise(alphabet, length));
        }
    }
    text
}

/// How many leaks are told in all that people would not call one: the name Will is found in "and will", and the site
/// `example.co` twice in `example.co.uk`. There are 245 redactions of clean mail, more than half of it random tokens.
const FALSE_LEAKS: usize = 3;

#[test]
fn clean_mail_has_hardly_a_leak() {
    let mut leaks = Vec::new();
    for (seed, case) in cases(include_str!("../data/clean_mail.txt")).iter().enumerate() {
        let mail = with_noise(&case.input, seed);
        let (before, after) = mail.split_once('$').expect("the mail has a place for a secret");
        for secret in SECRETS {
            let escaped = secret.replace('<', "&lt;");
            let marked = format!("{before}<redact>{escaped}</redact>{after}");
            let redaction = Redactor::default().html(&marked).expect("the mail is a good redaction");
            let found = redaction.leaks();
            leaks.extend(found.iter().map(|leak| format!("{secret} in {}: {leak:?}", case.title)));
        }
    }
    assert!(leaks.len() == FALSE_LEAKS, "{} leaks: {leaks:#?}", leaks.len());
}
