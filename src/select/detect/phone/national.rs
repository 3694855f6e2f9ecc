//! Numbers with the zero that is dialled within a country.

use super::cue::Cue;
use super::{Candidate, Found, is_year};
use crate::select::detect::context::before;
use crate::select::detect::digits::Group;

impl Candidate<'_> {
    /// `020 7946 0958`, `(030) 23125012`, `01 99 00 12 34`, `0171-3920012`: a leading zero, 9 to 12 digits in groups.
    pub(super) fn national(&self, cue: &dyn Fn() -> Cue) -> Found {
        let first = self.group(0)?;
        let lead = self.digits(0)?;
        if lead == "0" || lead == "8" {
            return self.after_trunk_prefix(cue);
        }
        if !lead.starts_with('0') {
            return self.with_city_in_brackets(cue);
        }
        if lead.starts_with("00") || !(2..=5).contains(&lead.len()) || self.in_row() {
            return None;
        }
        let closed = before(self.text, first.start) != Some('(') && self.gap(0).starts_with(')');
        if closed || cue() == Cue::Other {
            return None;
        }
        // The prefixes of Mexico for mobile numbers stand before 10 digits, and so does, with the zero, the 15 of
        // Argentina among them. Austria and Germany have the longest numbers,
        // with the area in brackets or before a slash.
        let is_long = matches!(lead, "044" | "045") || self.digits(1) == Some("15");
        let most = if is_long || matches!(self.gap(0), "/" | ")" | ") " | ") / ") { 13 } else { 12 };
        let mut digits = first.len();
        let mut found = None;
        for count in 2..=5 {
            let gap = self.gap(count - 2);
            // In Hungary a slash stands after the area, and the area after 06. `06/10/200` is rather a date.
            let city =
                self.gap(0) != "/" && self.digits(1).is_some_and(|area| area.len() == 1 || !area.starts_with('1'));
            let slash = gap != "/" || count == 2 || count == 3 && lead == "06" && city;
            let Some(group) = self.group(count - 1).filter(|_| self.joins(count - 2) && slash) else {
                break;
            };
            digits += group.len();
            // Four and four and four digits are a mobile number of Indonesia, Germany or Austria, or something else.
            let mobile = ["015", "016", "017", "06", "08"].iter().any(|prefix| lead.starts_with(prefix));
            let fours = count == 3 && group.len() == 4 && (!mobile || self.goes_on_after(count));
            let whole = digits < 12 || !fours && !self.goes_on_within(count);
            let announced = || cue() == Cue::Phone;
            if (9..=most).contains(&digits) && whole && self.is_national(count) && (!self.is_row(count) || announced())
            {
                let end = self.end_after(group).map(|end| (end, count)).or_else(|| self.extension(count));
                found = end.map(|(end, count)| (first.start..end, count)).or(found);
            }
        }
        found
    }

    /// The end of an extension after a hyphen, as in `030 23125012-13`, where no hyphen stands in the `count` groups
    /// before it, and how many groups there are then.
    fn extension(&self, count: usize) -> Option<(usize, usize)> {
        let extension = self.group(count).filter(|group| group.len() <= 4 && self.gap(count - 1) == "-")?;
        let apart = (0..count - 1).all(|index| !self.gap(index).contains('-'));
        let ends = !self.goes_on_after(count + 1) && self.may_end(extension);
        (apart && ends).then_some((extension.end, count + 1))
    }

    /// `0 532 123 45 67`, `0 (532) 123 4567`, `0-532-123-45-67`, `8 (495) 123-45-67`: the leading zero, or the 8 that
    /// stands for it in Russia, by itself, then 10 digits; or 8 in Thailand, as `0-2123-4567`.
    fn after_trunk_prefix(&self, cue: &dyn Fn() -> Cue) -> Found {
        if self.joined_before().is_some() || self.digits(1)?.starts_with('0') {
            return None;
        }
        let lengths: Vec<usize> = (1..5).map_while(|index| self.group(index)).map(Group::len).collect();
        let count = match lengths[..] {
            [3, 3, 2, 2] => 5,
            [3, 3, 4, ..] => 4,
            [3, 7, ..] => 3,
            // No area begins with 1, and `0-1000-2000` is rather a range.
            [4, 4, ..] if self.digits(0)? == "0" && self.gap(0) == "-" && self.gap(1) == "-" => {
                (!self.digits(1)?.starts_with('1')).then_some(3)?
            }
            _ => return None,
        };
        let is_eight = self.digits(0)? == "8";
        // What the codes of Russia and Kazakhstan begin with.
        if is_eight && !self.digits(1)?.starts_with(['3', '4', '7', '8', '9']) {
            return None;
        }
        let spaced = (0..count - 1).all(|index| self.gap(index) == " ");
        // Three and three and four digits may be a row of numbers.
        let row = spaced
            && (count == 4 || is_eight && count < 5 || self.group(count).is_some() && self.gap(count - 1) == " ");
        // After a full stop come decimals, as in `0.123 456.7890`.
        let decimal = self.gap(0) == "." && (1..count - 1).any(|index| self.gap(index) != ".");
        let joined = (0..count - 1).all(|index| self.joins(index));
        if row || decimal || !joined || cue() == Cue::Other {
            return None;
        }
        let first = self.group(0)?;
        Some((first.start..self.end_after(self.group(count - 1)?)?, count))
    }

    /// `(495) 123-45-67`, `(11) 98765-4321`, `(123) 456-7890`: an area in brackets, in Russia,
    /// Latin America or anywhere.
    fn with_city_in_brackets(&self, cue: &dyn Fn() -> Cue) -> Found {
        let first = self.group(0)?;
        if !matches!(self.gap(0), ")" | ") ") || self.bracket_before(first.start).is_none() {
            return None;
        }
        let lengths: Vec<usize> = (0..4).map_while(|index| self.group(index)).map(Group::len).collect();
        let count = match lengths[..] {
            [3, 3, 2, 2] if self.gap(1) == "-" && self.gap(2) == "-" => 4,
            [3, 3, 4, ..] | [2, 4 | 5, 4, ..] if matches!(self.gap(1), "-" | "." | " ") => 3,
            _ => return None,
        };
        let years = [1, 2].iter().all(|&index| self.digits(index).is_some_and(is_year));
        if years || self.goes_on_after(count) || cue() == Cue::Other {
            return None;
        }
        Some((first.start..self.end_after(self.group(count - 1)?)?, count))
    }

    /// Whether the group after `count` groups is joined to them.
    pub(super) fn goes_on_after(&self, count: usize) -> bool {
        self.joins(count - 1)
    }

    /// The same, unless that group begins as another number does.
    fn goes_on_within(&self, count: usize) -> bool {
        let is_other = self.digits(count).is_some_and(|next| next.len() > 2 && next.starts_with('0'));
        self.goes_on_after(count) && !is_other
    }

    /// Whether the lengths of `count` groups are those of a number rather than of a date, a ZIP+4 code, a Social
    /// Security number or a row of small numbers.
    fn is_national(&self, count: usize) -> bool {
        let lengths: Vec<usize> = (0..count).filter_map(|index| self.group(index)).map(Group::len).collect();
        let gaps = || (0..count - 1).map(|index| self.gap(index));
        match lengths[..] {
            // France.
            [2, 2, 2, 2, 2] => !self.is_short_date(),
            // Belgium, as `02/123.45.67`; Switzerland, as `022.123.45.67`.
            [2 | 3, 3, 2, 2] | [3 | 4, 2, 2, 2] if gaps().skip(1).all(|gap| gap == ".") => {
                matches!(self.gap(0), "/" | ".")
            }
            // Australia, Belgium, the Netherlands.
            [3, 3, 4] | [4, 3, 3] | [2, 4, 4] if gaps().all(|gap| gap == ".") => true,
            _ if gaps().any(|gap| gap.contains('.')) => false,
            // Sweden.
            [2, 3, 3, 2] if self.digits(0) == Some("08") => self.gap(0) == "-" && gaps().skip(1).all(|gap| gap == " "),
            [4, 3, 2] => self.gap(0) == "-" && gaps().skip(1).all(|gap| gap == " "),
            // Switzerland, Sweden, Turkey; Belgium.
            [2..=4, 3, 2, 2] | [3 | 4, 2, 2, 2] => true,
            // Germany, Austria: one more pair than there, which must not stay behind.
            [3..=5, 2, 2, 2, 2] | [3..=5, 3, 3, 2] | [2 | 3, 3, 2, 2, 2] => {
                !self.goes_on_within(count) && !self.is_amount(count)
            }
            // Hungary, where Budapest is 1.
            [2, 1, 3, 4] => self.digits(0) == Some("06") && gaps().any(|gap| gap != " "),
            [5, 4] => self.gap(0).starts_with(')'),
            [3, 2, 4] | [2, 2, 4, ..] => false,
            [.., last] => last > 2 && lengths.iter().all(|len| *len > 1),
            [] => false,
        }
    }

    /// Whether `count` groups, unless the words before say that they are a phone number, are a part of a row of bytes,
    /// a number of a Belgian company, or a month and a year.
    fn is_row(&self, count: usize) -> bool {
        let lengths: Vec<usize> = (0..count).filter_map(|index| self.group(index)).map(Group::len).collect();
        let dotted = || (0..count - 1).all(|index| self.gap(index) == ".");
        match lengths[..] {
            // Numbers may stand one beside another, and one more group may begin what follows, as in `24 heures`.
            [2, 2, 2, 2, 2] => {
                let joined =
                    |index: &usize| self.gap(index - 1) == " " && self.group(*index).is_some_and(|g| g.len() == 2);
                let run = 1 + (1..16).take_while(joined).count();
                run > 6 && run % 5 != 0
            }
            [4, 3, 3] if dotted() => {
                let digits: String = (0..count).filter_map(|index| self.digits(index)).collect();
                let (number, check) = digits.split_at(8);
                let check = number.parse::<u32>().ok().zip(check.parse::<u32>().ok());
                check.is_some_and(|(number, check)| 97 - number % 97 == check)
            }
            [2, 4, 4] if dotted() => self.digits(0) <= Some("12") && self.digits(1).is_some_and(is_year),
            _ => false,
        }
    }

    /// `07700900123`, `0199001234`: a leading zero and 10 or 11 digits in all,
    /// unless the words before say what else it is.
    pub(super) fn trunk_digits(&self, cue: &dyn Fn() -> Cue) -> Found {
        let group = self.group(0)?;
        let digits = self.digits(0)?;
        if !(10..=11).contains(&digits.len()) || !digits.starts_with('0') || digits.starts_with("00") {
            return None;
        }
        let end = self.end_after(group)?;
        self.is_alone(cue).then_some((group.start..end, 1))
    }
}
