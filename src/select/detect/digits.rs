//! Groups of digits: what cards, Social Security and phone numbers, IBANs and IPv4 addresses begin with.

use std::ops::RangeInclusive;

use crate::lanes::{Hits, Lanes};
use crate::until::until_end;

/// A run of ASCII digits with no digit before or after it.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands between this group and the next, if that is one ASCII character; else 0. With this, most groups of
    /// ordinary text are told from the parts of a number at a glance.
    pub(super) joint: u8,
}

impl Group {
    pub(super) fn len(self) -> usize {
        self.end - self.start
    }

    /// Its digits.
    pub(super) fn digits(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// All groups of digits in `text`, in order.
pub(super) fn groups(text: &[u8]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut start = until_end(text, 0, is_digit);
    while start < text.len() {
        let end = start + text[start..].iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len() - start);
        // In numbers that are written in groups, the next one mostly begins after one character.
        match text.get(end + 1).filter(|b| b.is_ascii_digit()) {
            Some(_) => {
                groups.push(Group { start, end, joint: text[end] });
                start = end + 1;
            }
            None => {
                groups.push(Group { start, end, joint: 0 });
                start = until_end(text, end, is_digit);
            }
        }
    }
    groups
}

#[inline(always)]
fn is_digit(byte: Lanes, _: Lanes) -> Hits {
    byte.at_least(b'0') & byte.at_most(b'9')
}

/// Whether digits are a number within `bounds`.
pub(super) fn is_within(digits: &str, bounds: RangeInclusive<u16>) -> bool {
    digits.parse().is_ok_and(|number| bounds.contains(&number))
}

/// What stands between two groups.
pub(super) fn gap(text: &str, before: Group, after: Group) -> &str {
    text.get(before.end..after.start).unwrap_or_default()
}
