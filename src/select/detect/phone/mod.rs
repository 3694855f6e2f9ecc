//! Phone numbers: international, North American, national, and others that the words before announce.

mod announced;
mod cue;
mod international;
mod national;
mod other;
mod plan;

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::ops::Range;

use super::Scan;
use super::context::{after, before, goes_on, is_rest, word_after, word_before};
use super::digits::{Group, gap};

use cue::Cue;

pub(super) fn scan(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let groups = scan.groups();
    let (mut at, mut last_end) = (0, None);
    while at < groups.len() {
        let number = Candidate { text: scan.text, groups, at, last_end }.find();
        let Some((number, count)) = number.filter(|(number, _)| !scan.in_url(number.start)) else {
            at += 1;
            continue;
        };
        last_end = Some(number.end);
        hit(number);
        at += count;
    }
}

/// The largest signed number of 32 bits, the one after it, and all the digits.
const OF_PROGRAMS: [&str; 4] = ["2147483647", "2147483648", "0123456789", "01234567890"];

/// A place at which a number may begin.
struct Candidate<'t> {
    text: &'t str,
    groups: &'t [Group],
    at: usize,
    /// Where the number before ends, if there is one.
    last_end: Option<usize>,
}

/// The range of a number and how many groups of digits it takes.
type Found = Option<(Range<usize>, usize)>;

impl Candidate<'_> {
    fn find(&self) -> Found {
        self.number().map(|(number, count)| (self.with_brackets(number), count))
    }

    /// The number that begins here, without the bracket before it.
    fn number(&self) -> Found {
        let first = self.group(0)?;
        if self.follows_plus(first) {
            return self.international(0, 0).or_else(|| self.announced_with_plus());
        }
        // Or an item of a list, `+ 212-555-0123`.
        if self.follows_plus_and_space(first)
            && let Some(number) = self.international(0, 0)
        {
            return Some(number);
        }
        // What is no part of a number at a glance: most numbers of ordinary text.
        if first.len() > 17 || first.len() < 7 && !self.joins(0) || self.is_amid_row() || !self.may_begin(first) {
            return None;
        }
        let known = OnceCell::new();
        let told = || *known.get_or_init(|| cue::before(self.text, first.start));
        // The words say it of the number before, not of what stands right beside that.
        let gap = self.gap_before();
        let is_beside = self.follows_number() && matches!(gap, " " | "-" | "." | "(" | " (" | ") (");
        let cue = || if is_beside && told() == Cue::Phone { Cue::None } else { told() };
        let is_binary = |(number, _): &(Range<usize>, usize)| {
            let digits = self.text.get(number.clone()).unwrap_or_default();
            digits.bytes().all(|b| !b.is_ascii_digit() || matches!(b, b'0' | b'1'))
        };
        self.of_any_form(&cue, &told).filter(|found| !is_binary(found) || cue() == Cue::Phone)
    }

    /// The number without a plus that begins here. `cue` gives what the words before say of it; `told` gives the same
    /// even where they speak of a number right before it.
    fn of_any_form(&self, cue: &dyn Fn() -> Cue, told: &dyn Fn() -> Cue) -> Found {
        self.dialled_abroad(cue)
            .or_else(|| self.north_american(0, told))
            .or_else(|| self.after_code().and_then(|skip| self.north_american(skip, told)))
            .or_else(|| self.national(cue))
            .or_else(|| self.ten_digits(cue))
            .or_else(|| self.trunk_digits(cue))
            .or_else(|| self.announced().filter(|(_, count)| self.is_announced(*count, cue)))
            .or_else(|| self.digit_by_digit(cue))
    }

    /// Whether a row of numbers goes on here, other than with a North American number: nothing else is looked for in
    /// one. Nor does a number begin in the middle of digits one by one. Rows of short groups take a third of the time
    /// for it.
    fn is_amid_row(&self) -> bool {
        let len = |index| self.group(index).map(Group::len);
        let may_be_area = |index| len(index) == Some(3) && matches!(len(index + 1), Some(3 | 7));
        let is_row = self.in_row() && !may_be_area(0) && !may_be_area(1) && !self.follows_hours();
        is_row || (0..3).all(|index| len(index) == Some(1)) && self.joined_before().is_some()
    }

    /// 1 if a calling code without its plus comes first, as in `1 212 555 0123` or `91-212-555-0123`.
    fn after_code(&self) -> Option<usize> {
        let code = self.digits(0)?;
        let joined = matches!(self.group(0)?.joint, b'-' | b'.') || code == "1" && self.joins(0);
        // The area first, since to look up a code costs more.
        (joined && self.group(1)?.len() == 3 && plan::is_calling_code(code)).then_some(1)
    }

    /// `(212) 555-0123`, `212-555-0123`, `212.555.0123`, `212 5550123`, with an extension if one follows.
    fn north_american(&self, skip: usize, cue: &dyn Fn() -> Cue) -> Found {
        let area = self.group(skip).filter(|area| area.len() == 3 && self.joins(skip))?;
        let first = self.group(0)?;
        let opened = [first, area].iter().any(|group| self.bracket_before(group.start).is_some());
        let closed = self.gap(skip).starts_with(')');
        let rest = [self.group(skip + 1).map(Group::len), self.group(skip + 2).map(Group::len)];
        let parts = match rest {
            [Some(3), Some(4)] if self.joins(skip + 1) && !self.gap(skip + 1).contains('(') => 3,
            // `356/2097152` is a share.
            [Some(7), _] if self.gap(skip) != "/" => 2,
            _ => return None,
        };
        if closed && !opened {
            return None;
        }
        let last = self.group(skip + parts - 1)?;
        let exchange = self.digits(skip + 1)?.get(..3)?;
        let spaced = (0..skip + parts - 1).all(|index| self.gap(index) == " ");
        let end = self.end_after(last)?;
        // What has an extension is a number; and 555 is no area, but that of the numbers that people make up,
        // as is 123 in `123-456-7890`.
        let made_up = match self.digits(skip)? {
            "555" => true,
            "123" => exchange == "456" && last.digits(self.text).ends_with("7890"),
            _ => false,
        };
        // `588 / 828 / 1104` and `593/828/1104` are rows, the second unless the area is in use.
        let slashes = parts == 3 && [skip, skip + 1].iter().all(|&index| self.gap(index).contains('/'));
        let in_row = slashes && (self.gap(skip) != "/" || !plan::is_area(self.digits(skip)?));
        let plausible =
            !in_row && plan::is_north_american(self.digits(skip)?, exchange) || end > last.end || made_up && !spaced;
        let announced = || {
            matches!(cue(), Cue::Phone | Cue::Number) && !self.digits(skip).is_some_and(|area| area.starts_with('0'))
        };
        let count = skip + parts;
        let goes_on = || {
            let more = !self.follows_number() && self.group(count).is_some() && self.gap(count - 1) == " ";
            more && !self.repeats(skip, count) && !self.begins_further(count)
        };
        let part = spaced && (self.in_row() || goes_on());
        let bands = slashes && skip == 0 && self.is_other(&[3, 3, 4]);
        (!part && !bands && (plausible || announced())).then_some((first.start..end, count))
    }

    /// Whether one more number of the same form follows `count` groups, as in `212 555 0123 212 555 0199`.
    fn repeats(&self, skip: usize, count: usize) -> bool {
        let is_same = |index: usize| {
            let len = |index| self.group(index).map(Group::len);
            len(count + index) == len(index) && self.gap(count + index - 1) == " "
        };
        (0..count).all(is_same) && !self.digits(count + skip).is_some_and(|area| area.starts_with(['0', '1']))
    }

    /// `2125550123` or `12125550123` with an area code that is in use, unless the words before say what else it is.
    fn ten_digits(&self, cue: &dyn Fn() -> Cue) -> Found {
        let group = self.group(0)?;
        let digits = self.digits(0)?;
        let number = match digits.len() {
            10 => digits,
            11 => digits.strip_prefix('1')?,
            _ => return None,
        };
        let (area, exchange) = (number.get(..3)?, number.get(3..6)?);
        let likely = plan::is_north_american(area, exchange) && plan::is_area(area);
        let end = self.end_after(group)?;
        // What has an extension is a number; `x 2` may be a count.
        let extended = || self.text.get(group.end..end).is_some_and(|extension| extension.contains(['e', 'E']));
        ((likely || extended()) && self.is_alone(cue)).then_some((group.start..end, 1))
    }

    /// Whether the first group may be a number by itself: neither part of a row, nor negative, nor one of those that
    /// programs are full of, nor what the words before say is something else's.
    fn is_alone(&self, cue: &dyn Fn() -> Cue) -> bool {
        let Some(first) = self.group(0) else { return false };
        let head = self.text.get(..first.start).unwrap_or_default();
        // At the beginning of a line a hyphen opens an item of a list.
        let is_minus =
            |head: &str| !head.trim_end_matches(' ').is_empty() && !head.trim_end_matches(' ').ends_with('\n');
        let negative = head.strip_suffix('-').is_some_and(is_minus);
        let in_row = matches!(self.joined_before(), Some(" " | "-" | "."));
        let told = || match cue() {
            Cue::Phone => true,
            Cue::None | Cue::Number => !negative && !cue::counts(self.text, first.start),
            Cue::Other => false,
        };
        !in_row && !OF_PROGRAMS.contains(&first.digits(self.text)) && told()
    }

    fn group(&self, index: usize) -> Option<Group> {
        self.groups.get(self.at + index).copied()
    }

    fn digits(&self, index: usize) -> Option<&str> {
        self.group(index).map(|group| group.digits(self.text))
    }

    /// What stands after the group `index` and before the next.
    fn gap(&self, index: usize) -> &str {
        match (self.group(index), self.group(index + 1)) {
            (Some(before), Some(after)) => gap(self.text, before, after),
            _ => "",
        }
    }

    /// Whether what stands after the group `index` joins it to the next one.
    fn joins(&self, index: usize) -> bool {
        match (self.group(index), self.group(index + 1)) {
            (Some(before), Some(after)) => joins(self.text, before, after),
            _ => false,
        }
    }

    /// The group before the first one.
    fn group_before(&self) -> Option<Group> {
        self.at.checked_sub(1).and_then(|before| self.groups.get(before)).copied()
    }

    /// What joins the first group to the one before it, if something does. A number that was found is over: what
    /// follows it is joined to nothing.
    fn joined_before(&self) -> Option<&str> {
        let (before, first) = self.group_before().zip(self.group(0))?;
        (joins(self.text, before, first) && !self.follows_number()).then(|| gap(self.text, before, first))
    }

    /// Whether a space alone does, as in a row of numbers.
    fn in_row(&self) -> bool {
        self.group_before().is_some_and(|before| before.joint == b' ') && !self.follows_number()
    }

    /// What stands after the group before, if there is one.
    fn gap_before(&self) -> &str {
        self.group_before().zip(self.group(0)).map_or("", |(before, first)| gap(self.text, before, first))
    }

    /// Whether the group before is the last of a number that was found.
    fn follows_number(&self) -> bool {
        self.group_before().is_some_and(|before| self.last_end.is_some_and(|end| before.end <= end))
    }

    /// What stands before the first group, in bytes.
    fn head(&self, first: Group) -> &[u8] {
        self.text.as_bytes().get(..first.start).unwrap_or_default()
    }

    fn follows_plus(&self, first: Group) -> bool {
        match self.head(first) {
            [outer @ .., b'+'] | [outer @ .., b'+', b'('] => !matches!(outer, [.., b'+' | b'0'..=b'9']),
            _ => false,
        }
    }

    /// Whether a plus and a space stand before, and no sum such as `2 + 44`.
    fn follows_plus_and_space(&self, first: Group) -> bool {
        let [outer @ .., b'+', b' '] = self.head(first) else { return false };
        let summand = outer.iter().rfind(|b| **b != b' ');
        !matches!(summand, Some(b'+' | b')' | b'0'..=b'9'))
    }

    /// Whether nothing before the number says that it is part of something longer, a sum or an identifier.
    fn may_begin(&self, first: Group) -> bool {
        let start = first.start - usize::from(before(self.text, first.start) == Some('('));
        match before(self.text, start) {
            Some('#' | '$' | '€' | '£' | '¥' | '@' | '%') => false,
            // A list: `212-555-0123/212-555-0199`.
            Some(',' | '/' | '-') if self.last_end == Some(start - 1) => true,
            // `tel.2125550123`
            Some('.') if cue::is_name_at(self.text, start - 1) => true,
            Some(c @ ('-' | '.' | '/' | ',' | ':')) => {
                let word = word_before(self.text, start - 1);
                !word || c == ':' && !is_rest(self.text, start, b':')
            }
            _ => !word_before(self.text, start),
        }
    }

    /// The number with both brackets or with none: one that opens before it and closes after it stays, one that
    /// opens before it and closes in it, or the other way round, goes too.
    fn with_brackets(&self, number: Range<usize>) -> Range<usize> {
        let inner = self.text.get(number.clone()).unwrap_or_default();
        match inner.matches('(').count().cmp(&inner.matches(')').count()) {
            Ordering::Greater if after(self.text, number.end) == Some(')') => number.start..number.end + 1,
            Ordering::Less => self.bracket_before(number.start).unwrap_or(number.start)..number.end,
            _ => number,
        }
    }

    /// Where a bracket stands that opens before `at`, with a space at most in between.
    fn bracket_before(&self, at: usize) -> Option<usize> {
        let head = self.text.get(..at)?;
        head.strip_suffix("( ").or_else(|| head.strip_suffix('(')).map(str::len)
    }

    /// Where a number ends whose last group of digits is `last`, with its extension, unless it goes on.
    fn end_after(&self, last: Group) -> Option<usize> {
        let end = self.extension_end(last.end);
        (end > last.end || self.may_end(last)).then_some(end)
    }

    /// Whether nothing after the group says that a number goes on there.
    fn may_end(&self, last: Group) -> bool {
        let hyphen = after(self.text, last.end) == Some('-') && word_after(self.text, last.end + 1);
        let longer = [b'.', b':'].iter().any(|separator| goes_on(self.text, last.end, *separator));
        !hyphen && !longer && !word_after(self.text, last.end) && after(self.text, last.end) != Some('%')
    }

    /// The end of an extension after `end`: `x12`, `ext. 12`, `#12`, `;ext=12` (RFC 3966).
    fn extension_end(&self, end: usize) -> usize {
        let tail = self.text.get(end..).unwrap_or_default();
        let rest = tail.trim_start_matches([' ', ',', ';']);
        if !rest.starts_with(['e', 'E', 'i', 'I', 'x', 'X', '#']) {
            return end;
        }
        let lower = |name: &str| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let Some(name) = ["extension", "extn", "ext", "int", "x", "#"].iter().find(|name| lower(name)) else {
            return end;
        };
        let rest = rest.get(name.len()..).unwrap_or_default().trim_start_matches(['.', ':', '=', ' ']);
        let digits = rest.bytes().take(8).take_while(u8::is_ascii_digit).count();
        let extension = self.text.len() - rest.len() + digits;
        // A few spaces at most, so that the search for an extension costs little.
        let near = extension - end < 24 && (1..=7).contains(&digits);
        if near && !word_after(self.text, extension) { extension } else { end }
    }
}

/// Whether digits are a year of our time.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether what stands between two groups joins them.
fn joins(text: &str, before: Group, after: Group) -> bool {
    match before.joint {
        // No gap is longer than four bytes.
        0 => after.start - before.end <= 4 && is_gap(gap(text, before, after)),
        joint => matches!(joint, b'-' | b'.' | b'/' | b' ' | b')' | b'('),
    }
}

/// Whether what stands between two groups may stand in a phone number.
fn is_gap(gap: &str) -> bool {
    // In bytes, since this is asked of most groups, and strings are compared one after another.
    matches!(
        gap.as_bytes(),
        [b'-' | b'.' | b'/' | b' ' | b')' | b'(']
            | [b' ', b' ' | b'(']
            | [b'/', b' ']
            | [b'-', b'(']
            | [b')', b' ' | b'-' | b'.' | b'/']
            | [b' ', b'-' | b'/' | b')', b' ']
            | [b')', b' ', b'-' | b'(']
            | [b')', b' ', b'/', b' ']
    )
}

#[cfg(test)]
mod tests {
    use super::is_gap;

    const GAPS: [&str; 20] = [
        "-", ".", "/", " ", "  ", " - ", " / ", "/ ", ") / ", ")", ") ", " ) ", ")-", ").", "(", " (", "-(", ") -",
        ")/", ") (",
    ];

    /// The slow twin compares with the list.
    #[test]
    fn gaps_are_those_of_the_list() {
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            for text in std::mem::take(&mut texts) {
                assert_eq!(is_gap(&text), GAPS.contains(&&text[..]), "{text:?}");
                texts.extend([' ', '-', '.', '/', '(', ')', ':', 'é'].map(|c| format!("{text}{c}")));
            }
        }
    }
}
