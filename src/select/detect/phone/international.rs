//! Numbers with a calling code, and where they end if further numbers follow.

use std::ops::Range;

use super::cue::{self, Cue};
use super::{Candidate, Found, Group, is_year, plan};

impl Candidate<'_> {
    /// `+44 20 7946 0958`, `+49 (0)30 23125012`, `(+41) 22 000 0000`: a calling code and as many digits as numbers of
    /// that country have. The code stands in the group `skip`, after `prefix` digits.
    pub(super) fn international(&self, skip: usize, prefix: usize) -> Found {
        let head = self.digits(skip)?.get(prefix..)?;
        let (code, min, max) = plan::calling_code(head)?;
        // The zero that is dialled only within the country: by itself it counts for nothing,
        // and with the area it is one more.
        let area =
            head.get(code..).filter(|area| !area.is_empty()).or_else(|| self.digits(skip + 1)).unwrap_or_default();
        let max = max + usize::from(area.len() > 1 && area.starts_with('0'));
        let (code, mut digits) = (code + prefix, 0);
        let (mut found, mut least) = (None, None);
        for count in skip + 1.. {
            let Some(group) = self.group(count - 1).filter(|_| count == skip + 1 || self.joins(count - 2)) else {
                break;
            };
            // What a bracket opens after a number is no part of it: `+49 171 1234567 (9-17 Uhr)`.
            if least.is_some() && matches!(self.gap(count - 2), "(" | " (" | ") (") {
                // Before a city stands the digit that is dialled within the country: `8 (495) 123-45-67`.
                let begins_further = matches!(self.digits(count - 2), Some("0" | "8")) && group.len() == 3;
                found = self.end_of(count - 1).filter(|_| !begins_further).or(found);
                break;
            }
            if digits != code || group.digits(self.text) != "0" {
                digits += group.len();
            }
            if digits > code + max {
                found = least.and_then(|least| self.before_further(least..count)).or(found);
                break;
            }
            if digits >= code + min {
                least = least.or(Some(count));
                // A single digit is the extension of a switchboard, as in `+49 30 901820-0`, or counts something.
                let is_part = group.len() > 1 || self.gap(count - 2) == "-";
                found = self.end_of(count).filter(|_| is_part).or(found);
            }
        }
        let (end, count) = found?;
        Some((self.start_with_plus()?..end, count))
    }

    /// Where the first group begins, with the plus before it if there is one.
    pub(super) fn start_with_plus(&self) -> Option<usize> {
        let head = self.text.get(..self.group(0)?.start)?;
        let plus = ["+(", "+ ", "+"].iter().find_map(|plus| head.strip_suffix(plus));
        Some(plus.unwrap_or(head).len())
    }

    /// `0044 20 7946 0958`, `00442079460958`, `011 44 20 7946 0958`, `01144 20 7946 0958`, `0011 44 20 7946 0958`: a
    /// prefix for calls abroad, then as after a plus.
    pub(super) fn dialled_abroad(&self, cue: &dyn Fn() -> Cue) -> Found {
        let first = self.group(0)?;
        let digits = first.digits(self.text);
        if !digits.starts_with('0') || self.joined_before().is_some() {
            return None;
        }
        const PREFIXES: [&str; 3] = ["0011", "00", "011"];
        if PREFIXES.contains(&digits) {
            // `011 784 1234` is a number of Johannesburg.
            if digits == "011" && self.digits(1).is_some_and(|code| code.len() < 8 && !plan::is_calling_code(code)) {
                return None;
            }
            return self.joins(0).then(|| self.international(1, 0)).flatten();
        }
        let prefix = PREFIXES.into_iter().find(|prefix| digits.starts_with(prefix))?;
        // `0117 496 0355` is a number of Bristol.
        let is_code = |code: &str| code.len() > 1 && plan::is_calling_code(code);
        if prefix == "011" && digits.len() < 10 && !digits.strip_prefix(prefix).is_some_and(is_code) {
            return None;
        }
        let found = (cue() != Cue::Other).then(|| self.international(0, prefix.len())).flatten()?;
        // In one row of digits, a zero after the code is rather one that numbers of things are filled up with.
        let filled = || {
            let head = digits.get(prefix.len()..).unwrap_or_default();
            let most = plan::calling_code(head).map(|(code, _, max)| code + max);
            prefix == "0011" || most.is_some_and(|most| head.len() > most)
        };
        (found.1 > 1 || !filled() || cue() == Cue::Phone).then_some(found)
    }

    /// Where a number of `count` groups ends, unless it goes on, and `count`.
    fn end_of(&self, count: usize) -> Option<(usize, usize)> {
        Some((self.end_after(self.group(count - 1)?)?, count))
    }

    /// Where a number ends that has one of the `counts` of groups, if a further number follows: more groups are joined
    /// than one number can have. `+49 30 901820 / 0171 1234567` would else end with the `0171`.
    fn before_further(&self, counts: Range<usize>) -> Option<(usize, usize)> {
        // Fewer digits are rather the beginning of this number, and what follows its last group: `+86 138 1234 0538`.
        let is_whole =
            |count: usize| (0..count).filter_map(|index| self.group(index)).map(Group::len).sum::<usize>() > 9;
        let ends = |count: usize| (is_whole(count) || self.is_wide(count)) && self.begins_further(count);
        let further = counts.clone().rev().find(|&count| ends(count));
        let count = further.or_else(|| counts.rev().find(|&count| self.is_far(count)))?;
        let last = self.group(count - 1)?;
        Some((self.end_after(last).unwrap_or(last.end), count))
    }

    /// Whether after `count` groups a number begins with a zero, as it is dialled within a country or abroad. What the
    /// words before say is something else is here judged by its form alone if it begins with an area, and not with two
    /// digits of a pair: it is no part of this number either.
    pub(super) fn begins_further(&self, count: usize) -> bool {
        let Some(last_end) = self.group(count - 1).map(|last| last.end) else { return false };
        let further = Candidate { at: self.at + count, last_end: Some(last_end), ..*self };
        let Some(digits) = further.digits(0).filter(|digits| digits.starts_with('0')) else { return false };
        if digits.starts_with("00") {
            let is_date = || digits == "00" && further.digits(1).is_some_and(is_year);
            return !further.is_wide(1) && !is_date() && further.dialled_abroad(&|| Cue::None).is_some();
        }
        // The zero of a switchboard, and pairs that are too few for a number of France: `04 05 10115`.
        let pairs = (0..5).take_while(|&index| further.group(index).is_some_and(|group| group.len() == 2)).count();
        if (2..=4).contains(&pairs) || digits == "0" && self.gap(count - 1) == "-" {
            return false;
        }
        let said = cue::before(self.text, last_end);
        let cue = || if said == Cue::Other && digits.len() > 2 { Cue::None } else { said };
        let announced =
            || further.announced().filter(|_| digits.len() > 2).filter(|(_, count)| further.is_announced(*count, &cue));
        further.national(&cue).or_else(|| further.trunk_digits(&cue)).or_else(announced).is_some()
    }

    /// Whether more than a space or the hyphen of an extension stands after `count` groups.
    fn is_wide(&self, count: usize) -> bool {
        matches!(self.gap(count - 1), "  " | " / " | "/ ")
    }

    /// Whether then enough for a number follows.
    fn is_far(&self, count: usize) -> bool {
        self.is_wide(count) && Candidate { at: self.at + count, ..*self }.has_digits(9)
    }

    /// Whether at least `wanted` digits stand here in joined groups.
    fn has_digits(&self, wanted: usize) -> bool {
        let mut digits = 0;
        for index in 0..wanted {
            if digits >= wanted || index > 0 && !self.joins(index - 1) {
                break;
            }
            digits += self.group(index).map_or(0, Group::len);
        }
        digits >= wanted
    }
}
