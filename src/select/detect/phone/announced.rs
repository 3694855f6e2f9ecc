//! Numbers in forms that only the words before say to be phone numbers.

use std::ops::{Range, RangeInclusive};

use super::cue::{self, Cue};
use super::{Candidate, Found, is_gap, is_year};

impl Candidate<'_> {
    /// 7 to 15 digits in any grouping, if the words before say that they are a phone number.
    pub(super) fn announced(&self) -> Found {
        let first = self.group(0)?;
        let mut lengths = [0; 8];
        let mut count = 0;
        // All groups that are joined, up to a single digit after which no more come: `555-0123 2 times`.
        while let Some(group) =
            self.group(count).filter(|group| count == 0 || group.len() > 1 || self.goes_on_long(count))
        {
            if count > 0 && !is_gap(self.gap(count - 1)) {
                break;
            }
            *lengths.get_mut(count)? = group.len();
            count += 1;
        }
        let lengths = lengths.get(..count)?;
        // A Social Security number, a ZIP+4 code, dates.
        let other = match lengths {
            [3, 2, 4] | [5, 4] => true,
            [4, 1 | 2, 1 | 2, ..] => self.digits(0).is_some_and(is_year),
            [1 | 2, 1 | 2, 4, ..] => self.digits(2).is_some_and(is_year),
            _ => false,
        };
        let last = self.group(count.checked_sub(1)?)?;
        let date = count == 1 && is_date(self.digits(0)?) && !cue::is_name_before(self.text, first.start);
        let years = count == 2 && is_year(self.digits(0)?) && is_year(self.digits(1)?);
        let part = date || years || self.joined_before() == Some(" ");
        if other || part || !(7..=15).contains(&lengths.iter().sum::<usize>()) {
            return None;
        }
        Some((first.start..self.end_after(last)?, count))
    }

    /// `0 7 7 0 0 9 0 0 1 2 3`: 10 to 15 digits one by one, if the words before say that they are a phone number.
    pub(super) fn digit_by_digit(&self, cue: &dyn Fn() -> Cue) -> Found {
        let first = self.group(0)?;
        let single = |index: &usize| {
            let joined = *index == 0 || matches!(self.gap(index - 1), " " | "-" | ".");
            joined && self.group(*index).is_some_and(|group| group.len() == 1)
        };
        if self.joined_before().is_some() {
            return None;
        }
        let count = (0..=15).take_while(single).count();
        let last = self.group(count.checked_sub(1)?)?;
        let told = || match cue() {
            Cue::Phone => true,
            Cue::Number => !cue::counts(self.text, first.start),
            Cue::Other | Cue::None => false,
        };
        let whole = (10..=15).contains(&count) && !self.goes_on_after(count);
        (whole && told()).then_some((first.start..self.end_after(last)?, count))
    }

    /// What follows a plus, in the length of no country or with no calling code, if the words before say that it is
    /// a phone number.
    pub(super) fn announced_with_plus(&self) -> Found {
        let (number, count) = self.announced()?;
        let announced = cue::before(self.text, number.start) == Cue::Phone;
        announced.then_some((self.start_with_plus()?..number.end, count))
    }

    /// Whether another group of more than one digit is joined to the group `index`, other than by a full stop, as in an address.
    fn goes_on_long(&self, index: usize) -> bool {
        let gap = self.gap(index);
        self.group(index + 1).is_some_and(|next| next.len() > 1) && is_gap(gap) && !gap.contains('.')
    }

    /// Whether the words before say that `count` groups of digits are a phone number. `My number is` says so of groups, or of
    /// as many digits as numbers of mobile phones have where no zero is dialled before them.
    pub(super) fn is_announced(&self, count: usize, cue: &dyn Fn() -> Cue) -> bool {
        let mobile = || match self.digits(0).unwrap_or_default().as_bytes() {
            // China; Russia; India.
            digits @ ([b'1', b'3'..=b'9', ..] | [b'8', b'9', ..]) if digits.len() == 11 => true,
            digits @ [b'6'..=b'9', ..] => digits.len() == 10,
            _ => false,
        };
        match cue() {
            Cue::Phone => true,
            Cue::Number => count > 1 || mobile() && self.is_alone(cue),
            Cue::Other | Cue::None => false,
        }
    }
}

/// Whether digits are a date such as `20240115`: after `call`, eight digits are that sooner than a number.
fn is_date(digits: &str) -> bool {
    let within = |part: Range<usize>, bounds: RangeInclusive<u16>| {
        digits.get(part).and_then(|part| part.parse().ok()).is_some_and(|number| bounds.contains(&number))
    };
    digits.len() == 8 && within(0..4, 1900..=2099) && within(4..6, 1..=12) && within(6..8, 1..=31)
}
