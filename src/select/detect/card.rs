//! Payment card numbers (ISO/IEC 7812-1), as the vendor's automatic redaction finds them (rule C72).

use std::ops::{Range, RangeInclusive};

use super::Scan;
use super::context::{after, before, ends_with, is_rest};
use super::digits::{Group, gap, is_within};
use crate::select::chars::{is_common_letter, is_word};

/// The fewest and the most digits of a card number.
const LENGTHS: RangeInclusive<usize> = 12..=19;

/// The places for a number with zeros in front of it: an even number, so that of each two the first counts twice.
const MAX_PADDED: usize = 20;

/// The most characters between two digits of a number.
const MAX_NOISE: usize = 5;

/// Which numbers, by their first four digits, have which lengths: issuer identification numbers as the networks publish
/// them, and all that the vendor's automatic redaction takes for a card.
const NETWORKS: &[(RangeInclusive<u16>, &[usize])] = &[
    // UATP: a 1 and an airline's accounting code, of which there is no 000.
    (1001..=1999, &[15]),
    // JCB, before 2000.
    (1800..=1800, &[15]),
    (2131..=2131, &[15]),
    // Mir, Borica.
    (2200..=2205, &[16, 17, 18, 19]),
    // Mastercard.
    (2221..=2720, &[16]),
    // Diners Club; 389 is Carte Blanche.
    (3000..=3059, &[14, 16, 17, 18, 19]),
    (3095..=3095, &[14, 16, 17, 18, 19]),
    (3600..=3699, &[14, 15, 16, 17, 18, 19]),
    (3800..=3999, &[14, 16, 17, 18, 19]),
    // JCB, the older ranges.
    (3088..=3094, &[16]),
    (3096..=3102, &[16]),
    (3112..=3120, &[16]),
    (3158..=3159, &[16]),
    (3337..=3349, &[16]),
    // American Express.
    (3400..=3499, &[15]),
    (3700..=3799, &[15]),
    // JCB.
    (3528..=3589, &[16, 17, 18, 19]),
    // Visa.
    (4000..=4999, &[13, 16, 19]),
    // Switch.
    (4903..=4903, &[18]),
    (4905..=4905, &[18]),
    (4911..=4911, &[18]),
    (4936..=4936, &[18]),
    // Maestro, Dankort, Elo, Verve.
    (5000..=5099, &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Mastercard.
    (5100..=5599, &[16]),
    // Maestro, Bankcard.
    (5600..=5899, &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Discover, UnionPay, Maestro, RuPay, Laser, Solo, InstaPayment, BC Global, Forbrugsforeningen.
    (6000..=6999, &[12, 13, 14, 15, 16, 17, 18, 19]),
    // UnionPay, RuPay.
    (8100..=8199, &[16, 17, 18, 19]),
    (8200..=8299, &[16]),
    // Uzcard.
    (8600..=8600, &[16]),
    // Korean domestic cards, Troy, Humo.
    (9000..=9999, &[16]),
];

/// How networks print their numbers, the longer before the shorter. A card among other numbers is known by this.
const PRINTED: &[&[usize]] =
    &[&[4, 4, 4, 4, 3], &[4, 4, 4, 4, 2], &[4, 4, 4, 4, 1], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 3]];

/// The digits of the first group of each of them.
const PRINTED_FIRST: usize = 4;

/// Words that a number may follow without a space, as in `card4111…`; `%B` is the beginning of a magnetic stripe
/// (ISO/IEC 7813).
const WORDS_BEFORE: [&str; 7] = ["cc", "card", "cardno", "visa", "amex", "mc", "%b"];

/// The beginnings of words that a number may have after it without a space,
/// as in `4111…1111exp 12/30` and `4111…1111cvv`.
const WORDS_AFTER: [&str; 2] = ["ex", "cv"];

pub(super) fn scan(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let mut rest = scan.groups();
    while let Some((first, tail)) = rest.split_first() {
        let (mut last, mut digits, mut count) = (*first, first.len(), 1);
        for next in tail {
            if !is_noise(scan.text, last, *next) {
                break;
            }
            digits += next.len();
            count += 1;
            last = *next;
        }
        let (number, tail) = rest.split_at(count);
        rest = tail;
        if digits >= *LENGTHS.start() && !scan_whole(scan, number, hit) {
            scan_between_dates(scan, number, hit);
        }
    }
}

/// Looks at groups that only noise stands between, with the dates of expiry among them left out.
fn scan_between_dates(scan: &Scan<'_>, mut number: &[Group], hit: &mut dyn FnMut(Range<usize>)) {
    while let Some(month) = number.iter().position(|group| begins_expiry(scan.text, *group)) {
        let (head, tail) = number.split_at(month);
        if !scan_whole(scan, head, hit) {
            scan_parts(scan, head, hit);
        }
        // The month and the year.
        number = tail.get(2..).unwrap_or_default();
    }
    if !scan_whole(scan, number, hit) {
        scan_parts(scan, number, hit);
    }
}

/// Whether all of the groups are one card number, which is reported then; no groups count as one.
fn scan_whole(scan: &Scan<'_>, number: &[Group], hit: &mut dyn FnMut(Range<usize>)) -> bool {
    let (Some(first), Some(last)) = (number.first(), number.last()) else { return true };
    may_begin(scan.text, first.start) && may_end(scan.text, last.end) && scan_card(scan, number, hit)
}

/// Whether the groups are a card number, which is reported then.
fn scan_card(scan: &Scan<'_>, card: &[Group], hit: &mut dyn FnMut(Range<usize>)) -> bool {
    let (Some(first), Some(last)) = (card.first(), card.last()) else { return false };
    let is_hit = is_card(scan.text, card) && !scan.in_url(first.start) && !scan.in_iban(first.start);
    if is_hit {
        hit(first.start..last.end);
    }
    is_hit
}

/// Looks for groups that are printed as a card number among others.
fn scan_parts(scan: &Scan<'_>, number: &[Group], hit: &mut dyn FnMut(Range<usize>)) {
    let text = scan.text;
    let (Some(first), Some(last)) = (number.first(), number.last()) else { return };
    let digits: usize = number.iter().map(|group| group.len()).sum();
    let (begins, ends) = (may_begin(text, first.start), may_end(text, last.end));
    // No phone number is longer than 15 digits (ITU-T E.164), so in a longer one a card may follow the first group.
    if before(text, first.start) == Some('+') && digits <= 15 {
        return;
    }
    let (mut rest, mut starts) = (number, begins);
    while let Some(first) = rest.first() {
        let stops = |len: usize| match rest.get(len - 1..=len) {
            Some([last, next]) => parts_numbers(text, *last, *next),
            _ => ends,
        };
        let mut is_card = |len: &usize| stops(*len) && scan_card(scan, &rest[..*len], hit);
        let card = match first.len() {
            _ if !starts => None,
            PRINTED_FIRST => {
                PRINTED.iter().filter(|shape| is_printed(text, rest, shape)).map(|shape| shape.len()).find(&mut is_card)
            }
            digits => Some(1).filter(|len| LENGTHS.contains(&digits) && is_card(len)),
        };
        let len = card.unwrap_or(1);
        starts = rest.len() > len && stops(len);
        rest = &rest[len..];
    }
}

/// Whether the digits of `groups` are a card number.
fn is_card(text: &str, groups: &[Group]) -> bool {
    let len = groups.iter().map(|group| group.len()).sum();
    if !LENGTHS.contains(&len) {
        return false;
    }
    let mut padded = [b'0'; MAX_PADDED];
    let mut at = MAX_PADDED - len;
    for group in groups {
        padded[at..at + group.len()].copy_from_slice(&text.as_bytes()[group.start..group.end]);
        at += group.len();
    }
    passes_luhn(&padded) && has_network(&padded[MAX_PADDED - len..]) && !holds_date(text, groups)
}

/// Whether a day stands among the digits, as in `400105 2024-01-15 10:30`, with something else than hyphens around it.
fn holds_date(text: &str, groups: &[Group]) -> bool {
    let is_hyphen = |pair: &[Group]| pair[0].joint == b'-';
    let is_date = |day: &[Group]| {
        day.windows(2).all(is_hyphen)
            && [day[0].len(), day[1].len(), day[2].len()] == [4, 2, 2]
            && is_within(day[0].digits(text), 1900..=2099)
            && is_within(day[1].digits(text), 1..=12)
            && is_within(day[2].digits(text), 1..=31)
    };
    groups.windows(3).any(is_date) && !groups.windows(2).all(is_hyphen)
}

fn has_network(digits: &[u8]) -> bool {
    let prefix = digits.iter().take(4).fold(0, |prefix, digit| prefix * 10 + u16::from(digit - b'0'));
    NETWORKS.iter().any(|(prefixes, lengths)| prefixes.contains(&prefix) && lengths.contains(&digits.len()))
}

/// The check of ISO/IEC 7812-1, annex B: every second digit from the right counts twice. The zeros in front of a number
/// count for nothing; with them, all numbers have one length, for which the compiler needs no loop.
fn passes_luhn(padded: &[u8; MAX_PADDED]) -> bool {
    let sum = padded.as_chunks().0.iter().fold(0, |sum, [twice, once]| {
        let (twice, once) = (twice - b'0', once - b'0');
        sum + once + twice * 2 - if twice < 5 { 0 } else { 9 }
    });
    sum % 10 == 0
}

/// Whether `groups` begin as `shape`, with the same separator throughout.
fn is_printed(text: &str, groups: &[Group], shape: &[usize]) -> bool {
    let Some(groups) = groups.get(..shape.len()) else { return false };
    // From the end, where the shapes differ.
    groups.iter().zip(shape).rev().all(|(group, len)| group.len() == *len)
        && groups.windows(3).all(|three| has_one_gap(text, three))
}

/// Whether the same stands between the first two of three groups and the last two.
fn has_one_gap(text: &str, three: &[Group]) -> bool {
    let (first, second) = (three[0].joint, three[1].joint);
    first == second && (first != 0 || gap(text, three[0], three[1]) == gap(text, three[1], three[2]))
}

/// Whether what stands between two groups may stand in a card number.
fn is_noise(text: &str, before: Group, after: Group) -> bool {
    let noise = |c: char| match c {
        ',' | '(' | ')' | '&' | '.' | '/' | ':' | ';' | '<' | '>' => false,
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => false,
        // Block elements, of which the mask is one: it stands for a digit.
        '\u{2580}'..='\u{259f}' => false,
        '_' => true,
        '\0'..='\u{7f}' => !c.is_ascii_alphanumeric(),
        _ if is_common_letter(c) => false,
        _ => !c.is_alphanumeric() && !is_word(c),
    };
    match before.joint {
        // No character has more than four bytes.
        0 if after.start - before.end > MAX_NOISE * 4 => false,
        0 => {
            let gap = gap(text, before, after);
            gap.chars().all(noise) && gap.chars().count() <= MAX_NOISE
        }
        b' ' | b'-' => true,
        joint => noise(char::from(joint)),
    }
}

/// Whether what stands between two groups can part two numbers: more than what joins the parts of an identifier.
fn parts_numbers(text: &str, before: Group, after: Group) -> bool {
    let parts = |c| !matches!(c, '-' | '_' | '*');
    match before.joint {
        0 => gap(text, before, after).contains(parts),
        joint => parts(char::from(joint)),
    }
}

/// Whether `group` is the month of a date of expiry: after white space, before `/` or `-` and a year;
/// or after `-`, before `/` and a year.
fn begins_expiry(text: &str, group: Group) -> bool {
    if group.len() > 2 || !matches!(group.joint, b'-' | b'/') {
        return false;
    }
    let begins = match before(text, group.start) {
        Some('-') => group.joint == b'/',
        Some(c) => c.is_whitespace(),
        None => false,
    };
    let month = || matches!(group.digits(text).as_bytes(), [b'1'..=b'9'] | [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
    if !begins || !month() {
        return false;
    }
    let year = text.as_bytes().get(group.end + 1..).unwrap_or_default();
    let digits = year.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    matches!(digits, 2 | 4)
}

/// Whether a card number may begin at `at`.
fn may_begin(text: &str, at: usize) -> bool {
    let Some(c) = before(text, at) else { return true };
    let start = at - c.len_utf8();
    match c {
        '+' | '/' => false,
        // The places after the point of a decimal fraction.
        '.' => !is_rest(text, at, b'.'),
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
        Some(c) if is_word(c) => {
            let begins = |word: &&str| text.get(at..at + 2).is_some_and(|start| start.eq_ignore_ascii_case(word));
            WORDS_AFTER.iter().any(begins)
        }
        _ => true,
    }
}

/// Whether the letters, digits and hyphens that end at `at` hold a digit: the number after them is part of an
/// identifier such as a UUID.
fn is_identifier(text: &str, at: usize) -> bool {
    let token = text.bytes().take(at).rev();
    token.take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{MAX_PADDED, PRINTED, PRINTED_FIRST, passes_luhn};
    use crate::random::Random;

    #[test]
    fn printed_numbers_begin_with_groups_of_one_length() {
        assert!(PRINTED.iter().all(|shape| shape.first() == Some(&PRINTED_FIRST)));
    }

    /// The slow twin goes from the right, digit by digit.
    #[test]
    fn zeros_in_front_of_a_number_do_not_change_its_check() {
        let mut random = Random::new(1);
        for len in (0..MAX_PADDED).cycle().take(4000) {
            let digits: Vec<u32> = (0..len).map(|_| random.below(10) as u32).collect();
            let twice = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
            let value = |(place, digit): (usize, &u32)| if place % 2 == 0 { *digit } else { twice(*digit) };
            let sum: u32 = digits.iter().rev().enumerate().map(value).sum();
            let mut padded = [b'0'; MAX_PADDED];
            for (place, digit) in padded.iter_mut().rev().zip(digits.iter().rev()) {
                *place += *digit as u8;
            }
            assert_eq!(passes_luhn(&padded), sum.is_multiple_of(10), "{digits:?}");
        }
    }
}
