//! US Social Security numbers.

use std::ops::Range;

use super::Scan;
use super::context::{ends_with, goes_on, is_named, is_one_of, is_rest, word_after, word_before, words_before};
use super::digits::{Group, gap};

/// Numbers that were printed for show and are void (Social Security Administration, "Social Security Cards Issued
/// by Woolworth" and pamphlet of 1940).
const VOID: [&[u8; 9]; 2] = [b"078051120", b"219099999"];

/// Words that say what nine digits are.
const CUES: [&[u8]; 6] = [b"ssn", b"ssns", b"social", b"socialsecurity", b"socialsecuritynumber", b"socsec"];

/// Words after `social` that say it is not about security.
const SOCIAL: [&[u8]; 6] = [b"media", b"network", b"networks", b"networking", b"distancing", b"login"];

/// Words that may stand between such a word and the digits.
const LINKS: [&[u8]; 8] = [b"security", b"number", b"num", b"no", b"nr", b"is", b"was", b"are"];

pub(super) fn scan(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let groups = scan.groups();
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let written =
            groups.get(at..at + 3).filter(|_| group.len() == 3).and_then(|groups| separated(scan.text, groups));
        let found = written.map(|ssn| (ssn, 3)).or_else(|| announced(scan.text, groups.get(at..).unwrap_or_default()));
        at += found.map_or(1, |(ssn, count)| {
            hit(ssn);
            count
        });
    }
}

/// `536-22-1234`, `536 22 1234`, `536.22.1234`, `536 - 22 - 1234`.
fn separated(text: &str, groups: &[Group]) -> Option<Range<usize>> {
    let [area, group, serial] = *groups else { return None };
    if group.len() != 2 || serial.len() != 4 {
        return None;
    }
    let between = gap(text, area, group);
    if !matches!(between, "-" | " " | "." | " - ") || between != gap(text, group, serial) {
        return None;
    }
    let ssn = area.start..serial.end;
    // Beside the hyphen or full stop of another number too, it is part of a longer one.
    let part = is_part(text, &ssn, &[b'-', b'.', area.joint]);
    (!part && !in_word(text, &ssn) && is_assigned(&nine_digits(text, groups)?)).then_some(ssn)
}

/// Nine digits, if the sentence says so, and how many groups they take: `my SSN is 536221234`; where the words directly
/// before say so, in any groups: `SSN: 536 221234`.
fn announced(text: &str, groups: &[Group]) -> Option<(Range<usize>, usize)> {
    let first = groups.first()?;
    let rest_of = |separators: &[u8]| separators.iter().any(|separator| is_rest(text, first.start, *separator));
    // Most groups are asked no further than this where there are many: in a row.
    if rest_of(b"-.") || first.len() < 9 && rest_of(b" /") {
        return None;
    }
    let count = count_of_nine(text, groups)?;
    let groups = groups.get(..count)?;
    let ssn = first.start..groups.last()?.end;
    let part = is_part(text, &ssn, b"-.") || count > 1 && is_part(text, &ssn, b" /");
    if part || in_word(text, &ssn) || !is_assigned(&nine_digits(text, groups)?) {
        return None;
    }
    let cued = is_cued(text, ssn.start, count > 1) || is_signed(text, ssn.start);
    cued.then_some((ssn, count))
}

/// How many of the `groups`, joined one to another, have nine digits.
fn count_of_nine(text: &str, groups: &[Group]) -> Option<usize> {
    let first = groups.first()?;
    if first.len() >= 9 {
        return (first.len() == 9).then_some(1);
    }
    let mut digits = first.len();
    for (pair, count) in groups.windows(2).zip(2..) {
        digits += pair[1].len();
        // Four groups may be a date and a time; nine are so many digits one by one.
        if digits > 9 || count > 3 && digits > count || !joins(text, pair[0], pair[1]) {
            return None;
        }
        if digits == 9 {
            return Some(count);
        }
    }
    None
}

/// Whether what stands between two groups joins them.
fn joins(text: &str, before: Group, after: Group) -> bool {
    match before.joint {
        // No gap is longer than three bytes.
        0 => after.start - before.end <= 3 && matches!(gap(text, before, after), " - " | " -" | "- " | "--"),
        joint => matches!(joint, b'-' | b' ' | b'.' | b'/'),
    }
}

/// The digits of groups that have nine.
fn nine_digits(text: &str, groups: &[Group]) -> Option<[u8; 9]> {
    let mut digits = [0; 9];
    let mut rest = &mut digits[..];
    for group in groups {
        let (place, after) = rest.split_at_mut_checked(group.len())?;
        place.copy_from_slice(group.digits(text).as_bytes());
        rest = after;
    }
    rest.is_empty().then_some(digits)
}

/// Whether a word before says what digits are, and if it must be `near`, no other words but links in between.
fn is_cued(text: &str, at: usize, near: bool) -> bool {
    let mut next: &[u8] = b"";
    for word in words_before(text, at) {
        let other = is_one_of(word.text, &[b"social"]) && is_one_of(next, &SOCIAL);
        if is_one_of(word.text, &CUES) && !other {
            return true;
        }
        if near && !is_one_of(word.text, &LINKS) {
            return false;
        }
        next = word.text;
    }
    false
}

/// Whether `SS#` stands before: without the sign, the letters may be anything.
fn is_signed(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default().trim_end_matches([' ', ':']);
    let name = head.strip_suffix('#').map(|name| name.trim_end_matches(' ').len());
    name.is_some_and(|end| ends_with(text, end, "ss") && !word_before(text, end - 2))
}

/// Whether a number goes on before or after one of `separators`.
fn is_part(text: &str, ssn: &Range<usize>, separators: &[u8]) -> bool {
    separators.iter().any(|&c| is_rest(text, ssn.start, c) || goes_on(text, ssn.end, c))
}

/// Whether a number is part of a longer word, other than of its own name, as in `SSN536-22-1234`.
fn in_word(text: &str, ssn: &Range<usize>) -> bool {
    word_before(text, ssn.start) && !is_named(text, ssn.start, "ssn") || word_after(text, ssn.end)
}

/// Whether a number can have been assigned: no area 000, 666 or 900 to 999, no group 00, no serial 0000
/// (20 CFR 422.103; SSA Program Operations Manual RM 10201.035).
fn is_assigned(digits: &[u8; 9]) -> bool {
    let never = matches!(digits, [b'0', b'0', b'0', ..] | [b'6', b'6', b'6', ..] | [b'9', ..])
        || matches!(digits, [_, _, _, b'0', b'0', ..] | [.., b'0', b'0', b'0', b'0']);
    !never && !VOID.contains(&digits)
}
