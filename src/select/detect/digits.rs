//! Groups of digits: what cards, Social Security and phone numbers, IBANs and IPv4 addresses begin with.

use std::ops::RangeInclusive;

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
    let mut end = 0;
    loop {
        let start = until_end(text, end, |byte, _| byte.at_least(b'0') & byte.at_most(b'9'));
        if start == text.len() {
            return groups;
        }
        end = start + text[start..].iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len() - start);
        if let Some(last) = groups.last_mut().filter(|last| last.end + 1 == start) {
            last.joint = text[start - 1];
        }
        groups.push(Group { start, end, joint: 0 });
    }
}

/// Whether digits are a number within `bounds`.
pub(super) fn is_within(digits: &str, bounds: RangeInclusive<u16>) -> bool {
    digits.parse().is_ok_and(|number| bounds.contains(&number))
}

/// What stands between two groups.
pub(super) fn gap(text: &str, before: Group, after: Group) -> &str {
    text.get(before.end..after.start).unwrap_or_default()
}
