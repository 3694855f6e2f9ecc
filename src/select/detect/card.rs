//! Payment card numbers (ISO/IEC 7812-1), as the vendor's automatic redaction finds them (contract C72).

use std::ops::Range;

use super::Scan;
use super::context::{after, before, ends_with, is_rest};
use super::digits::{Group, gap};
use crate::select::chars::is_word;

/// The fewest and the most digits of a card number.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// The most characters between two digits of a number.
const MAX_NOISE: usize = 5;

/// Which prefixes (from, to) have which lengths: issuer identification numbers as the networks publish them, and all
/// that the vendor's automatic redaction takes for a card.
const NETWORKS: &[(&str, &str, &[usize])] = &[
    // UATP: a 1 and an airline's accounting code, of which there is no 000.
    ("1001", "1999", &[15]),
    // JCB, before 2000.
    ("1800", "1800", &[15]),
    ("2131", "2131", &[15]),
    // Mir, Borica.
    ("2200", "2205", &[16, 17, 18, 19]),
    // Mastercard.
    ("2221", "2720", &[16]),
    // Diners Club; 389 is Carte Blanche.
    ("300", "305", &[14, 16, 17, 18, 19]),
    ("3095", "3095", &[14, 16, 17, 18, 19]),
    ("36", "36", &[14, 15, 16, 17, 18, 19]),
    ("38", "39", &[14, 16, 17, 18, 19]),
    // American Express.
    ("34", "34", &[15]),
    ("37", "37", &[15]),
    // JCB.
    ("3528", "3589", &[16, 17, 18, 19]),
    // Visa.
    ("4", "4", &[13, 16, 19]),
    // Switch.
    ("4903", "4903", &[18]),
    ("4905", "4905", &[18]),
    ("4911", "4911", &[18]),
    ("4936", "4936", &[18]),
    // Maestro, Dankort, Elo, Verve.
    ("50", "50", &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Mastercard.
    ("51", "55", &[16]),
    // Maestro, Bankcard.
    ("56", "58", &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Discover, UnionPay, Maestro, RuPay, Laser, Solo, InstaPayment, BC Global, Forbrugsforeningen.
    ("6", "6", &[12, 13, 14, 15, 16, 17, 18, 19]),
    // UnionPay, RuPay.
    ("81", "81", &[16, 17, 18, 19]),
    ("82", "82", &[16]),
    // Uzcard.
    ("8600", "8600", &[16]),
    // Korean domestic cards, Troy, Humo.
    ("9", "9", &[16]),
];

/// How networks print their numbers, the longer before the shorter. A card among other numbers is known by this.
const PRINTED: &[&[usize]] =
    &[&[4, 4, 4, 4, 3], &[4, 4, 4, 4, 2], &[4, 4, 4, 4, 1], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 3]];

/// Words that a number may follow without a space, as in `card4111…`.
const WORDS_BEFORE: [&str; 4] = ["cc", "card", "visa", "amex"];

pub(super) fn scan(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let mut rest = scan.groups();
    while let Some((first, _)) = rest.split_first() {
        let mut last = *first;
        let joins =
            |next: &Group, last: Group| is_noise(gap(scan.text, last, *next)) && !begins_expiry(scan.text, *next);
        let mut count = 1;
        while let Some(next) = rest.get(count).filter(|next| joins(next, last)) {
            last = *next;
            count += 1;
        }
        let (number, tail) = rest.split_at(count);
        scan_number(scan, number, hit);
        // The month and year of expiry are no part of the next number.
        let expiry = tail.first().is_some_and(|next| begins_expiry(scan.text, *next));
        rest = tail.get(if expiry { 2 } else { 0 }..).unwrap_or_default();
    }
}

/// Looks at groups that only noise stands between: all of them are a card number, or some printed as one.
fn scan_number(scan: &Scan<'_>, number: &[Group], hit: &mut dyn FnMut(Range<usize>)) {
    let text = scan.text;
    let (Some(first), Some(last)) = (number.first(), number.last()) else { return };
    let digits: usize = number.iter().map(|group| group.len()).sum();
    if digits < *LENGTHS.start() {
        return;
    }
    let begins = may_begin(text, first.start);
    let ends = may_end(text, last.end);
    let mut tell = |card: &[Group]| {
        let is_hit = is_card(text, card) && !card.first().is_some_and(|group| scan.in_url(group.start));
        if let (true, Some(first), Some(last)) = (is_hit, card.first(), card.last()) {
            hit(first.start..last.end);
        }
        is_hit
    };
    if begins && ends && tell(number) {
        return;
    }
    // No phone number is longer than 15 digits (ITU-T E.164), so in a longer one a card may follow the first group.
    if before(text, first.start) == Some('+') && digits <= 15 {
        return;
    }
    let mut at = 0;
    while at < number.len() {
        let rest = &number[at..];
        let starts = if at == 0 { begins } else { has_space(gap(text, number[at - 1], number[at])) };
        let printed = |len: usize| {
            let card = rest.get(..len)?;
            let stops = match (card.last(), rest.get(len)) {
                (Some(last), Some(next)) => has_space(gap(text, *last, *next)),
                _ => ends,
            };
            stops.then_some(card)
        };
        let shapes = PRINTED.iter().filter(|shape| is_printed(text, rest, shape)).map(|shape| shape.len());
        let card = shapes.chain([1]).filter_map(printed).find(|card| starts && tell(card));
        at += card.map_or(1, <[_]>::len);
    }
}

/// Whether the digits of `groups` are a card number.
fn is_card(text: &str, groups: &[Group]) -> bool {
    let mut digits = String::with_capacity(*LENGTHS.end());
    for group in groups {
        if digits.len() + group.len() > *LENGTHS.end() {
            return false;
        }
        digits.push_str(group.digits(text));
    }
    LENGTHS.contains(&digits.len()) && has_network(&digits) && passes_luhn(&digits)
}

fn has_network(digits: &str) -> bool {
    NETWORKS.iter().any(|(from, to, lengths)| {
        let prefix = digits.get(..from.len()).unwrap_or_default();
        (*from..=*to).contains(&prefix) && lengths.contains(&digits.len())
    })
}

/// The check of ISO/IEC 7812-1, annex B: every second digit from the right counts twice.
fn passes_luhn(digits: &str) -> bool {
    let value = |(place, digit): (usize, u8)| {
        let digit = u32::from(digit - b'0');
        match (place % 2, digit) {
            (0, _) => digit,
            (_, 0..5) => digit * 2,
            _ => digit * 2 - 9,
        }
    };
    digits.bytes().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// Whether `groups` begin as `shape`, with the same separator throughout.
fn is_printed(text: &str, groups: &[Group], shape: &[usize]) -> bool {
    let Some(groups) = groups.get(..shape.len()) else { return false };
    let mut gaps = groups.windows(2).map(|pair| gap(text, pair[0], pair[1]));
    let separator = gaps.next();
    groups.iter().map(|group| group.len()).eq(shape.iter().copied()) && gaps.all(|gap| Some(gap) == separator)
}

/// Whether what stands between two groups may stand in a card number.
fn is_noise(gap: &str) -> bool {
    let noise = |c: char| match c {
        ',' | '(' | ')' | '&' | '.' | '/' | ':' | ';' | '<' | '>' => false,
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
        _ => !c.is_alphanumeric() && !is_word(c),
    };
    // No character has more than four bytes.
    gap.len() <= MAX_NOISE * 4 && gap.chars().count() <= MAX_NOISE && gap.chars().all(noise)
}

fn has_space(gap: &str) -> bool {
    gap.contains(char::is_whitespace)
}

/// Whether `group` is the month of a date of expiry: after white space, before `/` or `-` and a year.
fn begins_expiry(text: &str, group: Group) -> bool {
    let month = matches!(group.digits(text).as_bytes(), [b'1'..=b'9'] | [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
    if !month || !before(text, group.start).is_some_and(char::is_whitespace) {
        return false;
    }
    let Some(year) = text.get(group.end..).and_then(|rest| rest.strip_prefix(['/', '-'])) else { return false };
    let digits = year.bytes().take(5).take_while(u8::is_ascii_digit).count();
    digits == 2 || digits == 4
}

/// Whether a card number may begin at `at`.
fn may_begin(text: &str, at: usize) -> bool {
    let Some(c) = before(text, at) else { return true };
    let start = at - c.len_utf8();
    match c {
        '+' | '/' => false,
        // The places after the point of a decimal fraction.
        '.' => !is_rest(text, at, '.'),
        '_' => !before(text, start).is_some_and(char::is_alphanumeric),
        '-' => !is_identifier(text, start),
        ':' => !["tel", "sms", "fax", "callto"].iter().any(|scheme| ends_with(text, start, scheme)),
        _ if is_word(c) => WORDS_BEFORE.iter().any(|word| ends_with(text, at, word)),
        _ => true,
    }
}

/// Whether a card number may end at `at`.
fn may_end(text: &str, at: usize) -> bool {
    match after(text, at) {
        Some('_') => !after(text, at + 1).is_some_and(char::is_alphanumeric),
        // `4111…1111exp 12/30`.
        Some(c) if is_word(c) => text.get(at..at + 2).is_some_and(|word| word.eq_ignore_ascii_case("ex")),
        _ => true,
    }
}

/// Whether the letters, digits and hyphens that end at `at` hold a digit: the number after them is part of an
/// identifier such as a UUID.
fn is_identifier(text: &str, at: usize) -> bool {
    let token = text.bytes().take(at).rev();
    token.take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').any(|b| b.is_ascii_digit())
}
