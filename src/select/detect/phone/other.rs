//! What digits are that are no phone number: dates, addresses, amounts.

use super::{Candidate, is_year};
use crate::select::detect::digits::is_within;

/// Bands of mobile phones, in megahertz: `GSM 850/900/1800/1900`.
const BANDS: [&str; 6] = ["850", "900", "1700", "1800", "1900", "2100"];

impl Candidate<'_> {
    /// Whether groups of such `lengths` are not a phone number, whatever stands before them:
    /// a Social Security number, dates, bands.
    pub(super) fn is_other(&self, lengths: &[usize]) -> bool {
        let is_year = |index| self.digits(index).is_some_and(is_year);
        match lengths {
            [3, 2, 4] => true,
            [4, 1 | 2, 1 | 2, ..] => is_year(0),
            [1 | 2, 1 | 2, 4, ..] => is_year(2),
            [4, 4] if is_year(0) && is_year(1) => true,
            _ => {
                let ascend = (1..lengths.len()).all(|index| {
                    let values = [index - 1, index].map(|index| self.digits(index).and_then(|d| d.parse::<u16>().ok()));
                    values[0] < values[1]
                });
                ascend && self.all_groups(lengths, |digits| BANDS.contains(&digits))
            }
        }
    }

    /// Whether groups of such `lengths` are something else unless the word directly before names a phone: a ZIP+4 code,
    /// a date, a time, an IPv4 address, an amount.
    pub(super) fn may_be_other(&self, lengths: &[usize]) -> bool {
        let (Some(first), count) = (self.digits(0), lengths.len()) else { return false };
        let gap_is = |wanted: &str| (0..count - 1).all(|index| self.gap(index) == wanted);
        // `192.0.2.100`, but not `33.00.00.00`.
        let is_octet = |digits: &str| digits.len() == 1 || !digits.starts_with('0') && is_within(digits, 0..=255);
        let address =
            count == 4 && gap_is(".") && lengths.iter().any(|len| *len != 2) && self.all_groups(lengths, is_octet);
        // `5.50.4616.200`, but not `1.212.555.0123`.
        let version = count == 4 && gap_is(".") && matches!(lengths, [1, 1 | 2, ..]);
        let zip = matches!(lengths, [5, 4]);
        let instant = match lengths {
            [8] => is_date(first),
            [12 | 14] => is_date_and_time(first),
            [8, 4 | 6] => is_date(first) && self.digits(1).is_some_and(is_time),
            // Milliseconds.
            [13] => first.starts_with("16") || first.starts_with("17"),
            _ => self.is_short_date(),
        };
        // `1 000 000`, `10,5` and what has a currency.
        let thousands = |digits: &str| digits == "000";
        let round = match lengths {
            [_] => first.trim_end_matches('0').len() == 1 && !first.starts_with('0'),
            [1..=3, 3, 3, ..] => (1..count).all(|index| self.digits(index).is_some_and(thousands)),
            _ => false,
        };
        address || version || zip || instant || round || self.is_amount(count)
    }

    /// `01.02.24 10.30`: a day and a month, a year of two digits, something else.
    pub(super) fn is_short_date(&self) -> bool {
        let gap = self.gap(0);
        let part =
            |index, bounds| self.digits(index).is_some_and(|digits| digits.len() <= 2 && is_within(digits, bounds));
        let is_day_and_month = || part(0, 1..=31) && part(1, 1..=12) || part(0, 1..=12) && part(1, 1..=31);
        let is_year = || self.digits(2).is_some_and(|year| year.len() == 2);
        matches!(gap, "." | "/" | "-") && gap == self.gap(1) && self.gap(2) == " " && is_year() && is_day_and_month()
    }

    /// Whether decimals or a currency stand after `count` groups.
    pub(super) fn is_amount(&self, count: usize) -> bool {
        let end = count.checked_sub(1).and_then(|last| self.group(last)).map_or(0, |last| last.end);
        let tail = self.text.get(end..).unwrap_or_default();
        let after = tail.trim_start_matches(' ').strip_prefix(['€', '£', '¥', '$']);
        // `$5` after a number is another one.
        if after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_digit())) {
            return true;
        }
        let decimals = tail.strip_prefix(',').unwrap_or_default();
        let digits = decimals.bytes().take(3).take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && !decimals.get(digits..).is_some_and(|rest| rest.starts_with(['-', '.', '/']))
    }

    /// Whether all groups of such `lengths` are what `is` says.
    fn all_groups(&self, lengths: &[usize], is: impl Fn(&str) -> bool) -> bool {
        (0..lengths.len()).all(|index| self.digits(index).is_some_and(&is))
    }
}

/// Whether digits are a date such as `20240115`: after `call`, eight digits are that sooner than a number.
fn is_date(digits: &str) -> bool {
    let part = |from, to, bounds| digits.get(from..to).is_some_and(|part| is_within(part, bounds));
    digits.len() == 8 && part(0, 4, 1900..=2099) && part(4, 6, 1..=12) && part(6, 8, 1..=31)
}

/// Whether digits are a time such as `1030` or `103059`.
fn is_time(digits: &str) -> bool {
    let part = |from, to, bounds| digits.get(from..to).is_some_and(|part| is_within(part, bounds));
    part(0, 2, 0..=23) && part(2, 4, 0..=59) && (digits.len() == 4 || digits.len() == 6 && part(4, 6, 0..=60))
}

/// Whether digits are a date and a time, as in `202401151030`.
fn is_date_and_time(digits: &str) -> bool {
    digits.split_at_checked(8).is_some_and(|(date, time)| is_date(date) && is_time(time))
}
