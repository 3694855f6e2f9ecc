//! Detectors find what they say and little else (rule C72): precision and recall on a labelled set, the law of
//! each check, and growth on hostile text.

use std::ops::Range;
use std::time::{Duration, Instant};

use blackbar::{Detector, DetectorRule, Error, Patterns, Redactor};
use proptest::prelude::*;

use crate::laws::find::detectors_law;
use crate::support::cases::unescape;
use crate::support::soup;

/// A text and what should be found in it.
struct Labelled {
    line: usize,
    text: String,
    expected: Vec<Range<usize>>,
}

/// The texts of one section.
fn labelled(section: &str) -> Vec<Labelled> {
    let mut texts = Vec::new();
    let mut open = "";
    for (index, line) in include_str!("../data/detectors.txt").lines().enumerate() {
        if let Some(name) =
            line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).filter(|name| !name.contains('{'))
        {
            open = name;
        } else if open == section && !line.is_empty() && !line.starts_with("# ") && line != "#" {
            texts.push(label(index + 1, line));
        }
    }
    assert!(!texts.is_empty(), "no section `{section}`");
    texts
}

fn label(line: usize, marked: &str) -> Labelled {
    let (mut text, mut expected) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, tail)) = rest.split_once("{{") {
        // In `\u{61}}}` the hit ends at the last two of the braces.
        let end = tail.find("}}").map(|at| at + tail[at + 2..].bytes().take_while(|b| *b == b'}').count());
        let (hit, after) = tail.split_at(end.unwrap_or_else(|| panic!("line {line}: a hit does not end")));
        text.push_str(&unescape(before, line));
        let start = text.len();
        text.push_str(&unescape(hit, line));
        expected.push(start..text.len());
        rest = &after[2..];
    }
    text.push_str(&unescape(rest, line));
    Labelled { line, text, expected: joined(expected) }
}

/// Edits that touch are one, so hits that touch are one here too.
fn joined(mut hits: Vec<Range<usize>>) -> Vec<Range<usize>> {
    hits.dedup_by(|next, last| {
        let touches = next.start == last.end;
        if touches {
            last.end = next.end;
        }
        touches
    });
    hits
}

/// The whole hits, nothing kept.
fn whole(detector: Detector) -> DetectorRule {
    detector.keep_first(0).keep_last(0).keep_separators(false)
}

fn hits(patterns: &Patterns, text: &str) -> Vec<Range<usize>> {
    match Redactor::default().text_patterns(text, patterns) {
        Ok(redaction) => redaction.edits().iter().map(|edit| edit.range).collect(),
        Err(Error::NoMatch) => Vec::new(),
        Err(error) => panic!("{error}"),
    }
}

/// What a detector does on its section and on the section for all: precision and recall.
fn measure(detector: Detector) -> (f64, f64, Vec<String>) {
    let patterns = Patterns::new().detector(whole(detector));
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for case in labelled(detector.name()).iter().chain(&labelled("all")) {
        let hits = hits(&patterns, &case.text);
        right += hits.iter().filter(|hit| case.expected.contains(hit)).count();
        found += hits.len();
        wanted += case.expected.len();
        if hits != case.expected {
            wrong.push(format!("line {}: {:?} in {:?}", case.line, hits, case.text));
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    (share(right, found), share(right, wanted), wrong)
}

/// What the detectors reach on the labelled set. The figures may rise and not fall.
#[test]
fn precision_and_recall_do_not_fall() {
    let floors = [
        (Detector::PaymentCard, 1.0, 1.0),
        (Detector::Email, 1.0, 1.0),
        (Detector::UsSsn, 1.0, 0.976),
        (Detector::Phone, 1.0, 0.986),
        (Detector::Iban, 1.0, 1.0),
        (Detector::Ipv4, 1.0, 1.0),
        (Detector::Ipv6, 1.0, 1.0),
        (Detector::Url, 1.0, 1.0),
    ];
    assert_eq!(floors.map(|(detector, ..)| detector), Detector::ALL);
    let mut fallen = Vec::new();
    for (detector, least_precision, least_recall) in floors {
        let (precision, recall, wrong) = measure(detector);
        println!("{detector:?}: precision {precision:.3}, recall {recall:.3}");
        if precision < least_precision || recall < least_recall {
            fallen.push(format!("{detector:?}: precision {precision:.3}, recall {recall:.3}\n{}", wrong.join("\n")));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// What one detector finds is no hit of another but where it is both: a number is not a card and a phone number.
#[test]
fn detectors_together_leave_ordinary_text_alone() {
    for case in labelled("all") {
        let hits = hits(&Patterns::all_detectors(), &case.text);
        assert!(hits.is_empty(), "line {}: {hits:?} in {:?}", case.line, case.text);
    }
}

/// A URL that is known by several things is one hit, and so is one with the full stop of a sentence after it.
#[test]
fn each_url_is_counted_once() -> Result<(), Error> {
    let patterns = Patterns::new().detector(Detector::Url);
    let text = "www.example.com. See https://example.com/x.example.com. Or example.com/y.example.org.";
    let redaction = Redactor::default().text_patterns(text, &patterns)?;
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("url", 3)]);
    Ok(())
}

/// The check digit of ISO/IEC 7812-1, computed the slow way.
fn with_luhn(digits: &str) -> String {
    let passes = |number: &str| {
        let doubled = |(place, digit): (usize, u32)| {
            let value = if place % 2 == 1 { digit * 2 } else { digit };
            value / 10 + value % 10
        };
        number.chars().rev().filter_map(|c| c.to_digit(10)).enumerate().map(doubled).sum::<u32>() % 10 == 0
    };
    let number = (0..10).map(|check| format!("{digits}{check}")).find(|number| passes(number));
    number.expect("one of ten digits passes")
}

/// The IBAN with its check digits, computed over the whole number as text.
fn with_check(country: &str, account: &str) -> String {
    let remainder = format!("{account}{country}00").chars().fold(0, |remainder, c| {
        let value = c.to_digit(36).expect("letters and digits only");
        (if value < 10 { remainder * 10 } else { remainder * 100 } + value) % 97
    });
    format!("{country}{:02}{account}", 98 - remainder)
}

proptest! {
    #![proptest_config(soup::cases(256))]

    #[test]
    fn a_card_number_is_found_with_any_noise_and_keeps_its_first_6_and_last_4_digits(
        prefix in prop::sample::select(vec!["4", "51", "55", "2221", "2720", "6011", "65", "62", "3530", "9"]),
        digits in "[0-9]{15}",
        noise in prop::collection::vec("[- *#\u{a0}\u{ad}\u{200b}]{0,5}", 15),
    ) {
        let number = with_luhn(&format!("{prefix}{digits}")[..15]);
        let spread = |number: &str| {
            let gaps = noise.iter().map(String::as_str).chain([""]);
            number.chars().zip(gaps).map(|(digit, gap)| format!("{digit}{gap}")).collect::<String>()
        };
        let text = format!("card {} ok", spread(&number));
        let masked = format!("{}▇▇▇▇▇▇{}", &number[..6], &number[12..]);
        let patterns = Patterns::new().detector(Detector::PaymentCard);
        let redaction = Redactor::default().text_patterns(&text, &patterns)?;
        prop_assert_eq!(redaction.text(), format!("card {} ok", spread(&masked)));
    }

    #[test]
    fn one_wrong_digit_is_no_card_number(digits in "4[0-9]{14}", place in 0..16_usize, add in 1..10_u8) {
        let mut number = with_luhn(&digits).into_bytes();
        number[place] = (number[place] - b'0' + add) % 10 + b'0';
        let patterns = Patterns::new().detector(Detector::PaymentCard);
        let number = String::from_utf8(number)?;
        prop_assert_eq!(Redactor::default().text_patterns(&number, &patterns).err(), Some(Error::NoMatch));
    }

    #[test]
    fn an_iban_is_found_in_groups_and_one_wrong_digit_is_none(
        account in "[0-9]{18}",
        place in 2..22_usize,
        add in 1..10_u8,
        size in 4..23_usize,
    ) {
        let patterns = Patterns::new().detector(Detector::Iban);
        let iban = with_check("DE", &account);
        let groups: Vec<&str> = (0..iban.len()).step_by(size).map(|at| &iban[at..iban.len().min(at + size)]).collect();
        let text = groups.join(" ");
        prop_assert_eq!(hits(&patterns, &text), [0..text.len()]);
        let mut wrong = iban.into_bytes();
        wrong[place] = (wrong[place] - b'0' + add) % 10 + b'0';
        prop_assert!(hits(&patterns, &String::from_utf8(wrong)?).is_empty());
    }

    #[test]
    fn an_ip_address_is_found_in_every_form(v4: std::net::Ipv4Addr, v6: std::net::Ipv6Addr) {
        let text = format!("a {v4} b");
        prop_assert_eq!(hits(&Patterns::new().detector(Detector::Ipv4), &text), [2..text.len() - 2]);
        let text = format!("a {v6} b");
        let expected = if v6.is_unspecified() { vec![] } else { vec![2..text.len() - 2] };
        prop_assert_eq!(hits(&Patterns::new().detector(Detector::Ipv6), &text), expected);
    }

    #[test]
    fn a_social_security_number_is_found_if_it_can_be_assigned(area in 0..1000, group in 0..100, serial in 0..10_000) {
        let text = format!("{area:03}-{group:02}-{serial:04}");
        let void = ["078-05-1120", "219-09-9999"].contains(&&text[..]);
        let assigned = ![0, 666].contains(&area) && area < 900 && group > 0 && serial > 0 && !void;
        prop_assert_eq!(!hits(&Patterns::new().detector(Detector::UsSsn), &text).is_empty(), assigned);
    }

    #[test]
    fn any_text_can_be_searched(text in hostile()) {
        detectors_law(&text);
    }
}

/// What detectors look for, side by side.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "4111", " ", "-", "@", "%40", ".", ":", "/", "//", "http", "www", "1", "0", "00", "+", "(", ")", "a",
        "example", "com", "co.uk", "example.com", "电话", "tel.", ",", "DE89", "::", "%", "é", "王", "\u{ad}",
        "\u{a0}", "４", "٤", "\u{2013}", "\"", "\\", "[", "]", "=", "_", "x", "ext", "\n", "\t", "ssn", "call",
        "12/27", "255", "fe80", "#", "{", "IPv6", "Source:", "2001:db8", "555-0123", "\u{20e3}", "𝟎", "\u{e0061}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Work that grew with the square of such texts would take minutes.
/// What grows and by how much, `benches/scaling` shows.
#[test]
fn repeats_of_what_detectors_look_for_take_bounded_time() {
    let shapes = [
        "4", "4111 ", "4 ", "1-", "@", "a@", "a.", "a@b.", "\"@", ".", ":", "1:", "1.", "::", "http://", "ab://(",
        "www.", "www.a?", "www.[[", "www._", "+1 ", "+", "(", "0 ", "00", "DE89 ", "DE", "a=", "call 1 ", "1/", "é@",
        "\u{ad}", "4\u{ad}", "[", "a@[", "=", "a=b+", "-", "a-", "_", "1_", "_1", "f", "f:", "fe80:", "::1:", "1::",
        "x", "1x", "1x1 ", "(1", "1)(", "(212-55", "+1 (", "0 (0", "ssn_", "1, ", "a@b.c-", "a@b.Cd.", "a@b.com-",
        "a.com", "a.com/", "_a.", "//a.com ", "a.co.uk", "é.", "a.王", "a@b.com1", "a@王a.", "ssn 5 ", "tel.1",
        "电话1", "+ 1 ", "(11) 1", "DE95.", "%40", "a%40", "a%40b.", "%2F", "call 1-",
    ];
    for shape in shapes.into_iter().chain(["212-555-0123/", "2125550123,"]) {
        let text = shape.repeat((1 << 16) / shape.len());
        let start = Instant::now();
        let found = hits(&Patterns::all_detectors(), &text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{shape} took {took:?}");
        assert!(found.iter().all(|hit| text.get(hit.clone()).is_some_and(|hit| !hit.is_empty())), "{shape}");
    }
}
