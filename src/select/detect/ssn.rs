//! US Social Security numbers.

use std::ops::Range;

use super::Scan;
use super::context::{goes_on, is_named, is_rest, word_after, word_before, words_before};
use super::digits::{Group, gap};

/// Numbers that were printed for show and are void (Social Security Administration, "Social Security Cards Issued
/// by Woolworth" and pamphlet of 1940).
const VOID: [&str; 2] = ["078051120", "219099999"];

/// Words that say what nine digits are.
const CUES: [&[u8]; 5] = [b"ssn", b"ssns", b"social", b"socialsecurity", b"socialsecuritynumber"];

pub(super) fn scan(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let groups = scan.groups();
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let found = match group.len() {
            3 => groups.get(at..at + 3).and_then(|groups| separated(scan.text, groups)),
            9 => bare(scan.text, *group),
            _ => None,
        };
        at += match (found, group.len()) {
            (Some(ssn), len) => {
                hit(ssn);
                if len == 3 { 3 } else { 1 }
            }
            _ => 1,
        };
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
    let part = ['-', '.', '/', char::from(area.joint)]
        .iter()
        .any(|&c| is_rest(text, ssn.start, c) || goes_on(text, ssn.end, c));
    let word = in_word(text, &ssn);
    let digits = [area.digits(text), group.digits(text), serial.digits(text)].concat();
    (!part && !word && is_assigned(&digits)).then_some(ssn)
}

/// Nine digits, if the sentence says so: `my SSN is 536221234`.
fn bare(text: &str, group: Group) -> Option<Range<usize>> {
    let part = ['-', '.', '/'].iter().any(|&c| is_rest(text, group.start, c) || goes_on(text, group.end, c));
    let ssn = group.start..group.end;
    if part || in_word(text, &ssn) || !is_assigned(group.digits(text)) {
        return None;
    }
    let cued = words_before(text, group.start).any(|word| CUES.iter().any(|cue| cue.eq_ignore_ascii_case(word.text)));
    cued.then_some(ssn)
}

/// Whether a number is part of a longer word, other than of its own name, as in `SSN536-22-1234`.
fn in_word(text: &str, ssn: &Range<usize>) -> bool {
    word_before(text, ssn.start) && !is_named(text, ssn.start, "ssn") || word_after(text, ssn.end)
}

/// Whether a number can have been assigned: no area 000, 666 or 900 to 999, no group 00, no serial 0000
/// (20 CFR 422.103; SSA Program Operations Manual RM 10201.035).
fn is_assigned(digits: &str) -> bool {
    let area = digits.get(..3).unwrap_or_default();
    let never = area == "000" || area == "666" || area.starts_with('9');
    !never && digits.get(3..5) != Some("00") && digits.get(5..) != Some("0000") && !VOID.contains(&digits)
}
