//! Numbers in forms that only the words before say to be phone numbers.

use super::cue::{self, Cue};
use super::{Candidate, Found};

impl Candidate<'_> {
    /// 7 to 15 digits in any grouping, if the words before say that they are a phone number.
    pub(super) fn announced(&self) -> Found {
        let first = self.group(0)?;
        // Most groups are asked no further than this where there are many: in a row.
        if self.in_row() && !self.follows_hours() {
            return None;
        }
        let mut lengths = [0; 8];
        let (mut count, mut digits) = (0, 0);
        // All groups that are joined, up to a single digit after which no more come: `555-0123 2 times`.
        while let Some(group) =
            self.group(count).filter(|group| count == 0 || group.len() > 1 || self.goes_on_long(count))
        {
            if count > 0 && !self.joins(count - 1) {
                break;
            }
            digits += group.len();
            if digits > 15 {
                return None;
            }
            *lengths.get_mut(count)? = group.len();
            count += 1;
        }
        let lengths = lengths.get(..count)?;
        let last = self.group(count.checked_sub(1)?)?;
        if digits < 7 || self.is_other(lengths) {
            return None;
        }
        if self.may_be_other(lengths) && !cue::is_name_before(self.text, first.start) {
            return None;
        }
        Some((first.start..self.end_after(last)?, count))
    }

    /// `0 7 7 0 0 9 0 0 1 2 3`: 10 to 15 digits one by one, if the words before say that they are a phone number.
    pub(super) fn digit_by_digit(&self, cue: &dyn Fn() -> Cue) -> Found {
        let first = self.group(0)?;
        if first.len() != 1 || self.joined_before().is_some() {
            return None;
        }
        let single = |index: &usize| {
            let joined =
                *index == 0 || self.group(index - 1).is_some_and(|last| matches!(last.joint, b' ' | b'-' | b'.'));
            joined && self.group(*index).is_some_and(|group| group.len() == 1)
        };
        let count = (0..=15).take_while(single).count();
        if !(10..=15).contains(&count) || self.goes_on_after(count) {
            return None;
        }
        let last = self.group(count - 1)?;
        let told = || match cue() {
            Cue::Phone => true,
            Cue::Number => !cue::counts(self.text, first.start),
            Cue::Other | Cue::None => false,
        };
        let digits = |from: usize| (from..count).filter_map(|index| self.digits(index));
        // `call 1 2 3 4 5 6 7 8 9 0`, bits.
        let counted =
            digits(0).zip(digits(1)).all(|(one, next)| next.parse() == one.parse().map(|one: u8| (one + 1) % 10));
        let bits = digits(0).all(|digit| matches!(digit, "0" | "1"));
        (!counted && !bits && told()).then_some((first.start..self.end_after(last)?, count))
    }

    /// What follows a plus, in the length of no country or with no calling code, if the words before say that it is
    /// a phone number.
    pub(super) fn announced_with_plus(&self) -> Found {
        let (number, count) = self.announced()?;
        let announced = cue::before(self.text, number.start) == Cue::Phone;
        announced.then_some((self.start_with_plus()?..number.end, count))
    }

    /// Whether another group of more than one digit is joined to the group `index`, other than by a full stop, as in an
    /// address, or after hours, as in `24/7 555-0123` and `9-5 555-0123`.
    fn goes_on_long(&self, index: usize) -> bool {
        if !self.joins(index) || self.group(index + 1).is_none_or(|next| next.len() == 1) {
            return false;
        }
        let gap = self.gap(index);
        let is_hours = |from: &str| match self.gap(0) {
            "/" => from == "24" && self.digits(1) == Some("7"),
            "-" => gap == " " && !from.starts_with('0') && from.parse().is_ok_and(|from: u8| from <= 12),
            _ => false,
        };
        let hours = index == 1 && self.digits(0).is_some_and(is_hours);
        !hours && !gap.contains('.')
    }

    /// Whether `count` groups are two numbers of which the second is little more than the first: `20000-20009`.
    fn is_range(&self, count: usize) -> bool {
        let (Some(from), Some(to)) = (self.digits(0), self.digits(1)) else { return false };
        let half = from.len().div_ceil(2);
        count == 2
            && from.len() == to.len()
            && from < to
            && from.get(..half) == to.get(..half)
            && self.gap(0).contains('-')
    }

    /// Whether hours such as `24/7` or `9-5` stand before.
    pub(super) fn follows_hours(&self) -> bool {
        let before = self.at.checked_sub(2).and_then(|at| self.groups.get(at..self.at));
        matches!(before, Some([from, to]) if from.len() <= 2 && to.len() == 1 && matches!(from.joint, b'/' | b'-'))
    }

    /// Whether the words before say that `count` groups of digits are a phone number. `My number is` says so of groups,
    /// or of as many digits as numbers of mobile phones have where no zero is dialled before them.
    pub(super) fn is_announced(&self, count: usize, cue: &dyn Fn() -> Cue) -> bool {
        let mobile = || match self.digits(0).unwrap_or_default().as_bytes() {
            // China; Russia; India.
            digits @ ([b'1', b'3'..=b'9', ..] | [b'8', b'9', ..]) if digits.len() == 11 => true,
            digits @ [b'6'..=b'9', ..] => digits.len() == 10,
            _ => false,
        };
        match cue() {
            Cue::Phone => true,
            Cue::Number => count > 1 && !self.is_range(count) || mobile() && self.is_alone(cue),
            Cue::Other | Cue::None => false,
        }
    }
}
