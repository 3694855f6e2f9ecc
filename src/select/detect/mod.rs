//! Detectors: payment cards, addresses and numbers that are found by their form and a check (rule C72).
//!
//! Each is a table of facts and a scanner that looks at every byte a bounded number of times. They read a text in
//! which what people do not see is gone (see [`normal`]), so `41&shy;11 1111 …` is found like `4111 1111 …`.

mod card;
mod context;
mod digits;
mod email;
mod iban;
mod ip;
mod normal;
mod phone;
mod ssn;
mod top;
mod url;

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;

use digits::Group;
use normal::Normal;
pub(crate) use normal::Space;

/// A kind of data that is found by its form and a check.
///
/// ```
/// use blackbar::{Detector, Patterns, Redactor};
///
/// let patterns = Patterns::new().detector(Detector::PaymentCard).detector(Detector::Email);
/// let text = "Card 4111 1111 1111 1111, bill to jo@example.com";
/// let redaction = Redactor::default().text_patterns(text, &patterns)?;
/// assert_eq!(redaction.text(), "Card 4111 11▇▇ ▇▇▇▇ 1111, bill to ▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Detector {
    /// Payment card numbers: 12 to 19 digits, a known network prefix, the Luhn check; up to 5 characters that are no
    /// letters, line ends or `,()&./:;<>` between digits. Not after `+` or `/`, in a URL or an IBAN, or inside a longer
    /// word or number. The first 6 and last 4 digits and all separators stay.
    PaymentCard,
    /// Email addresses: RFC 5321 and 5322 without comments, with a dot in the domain; international ones too, and those
    /// whose `@` is encoded as in the query of a URL, `%40`.
    Email,
    /// US Social Security numbers, as `123-45-6789` with `-`, ` - `, `.` or space; nine digits alone or in other groups
    /// only after `SSN`, `SS#` or `social security`. Areas, groups and serials that are never assigned do not match.
    UsSsn,
    /// Phone numbers, by their form: international with `+` or `00`, North American, national with a leading 0, Russian
    /// with a leading 8. After a word such as `phone`, `call` or `fax`, digits in nearly any form. Dates, hours,
    /// amounts, versions and numbers that are announced as something else, such as an order's, are left alone.
    ///
    /// ```
    /// use blackbar::{Detector, Error, Patterns, Redactor};
    ///
    /// let patterns = Patterns::new().detector(Detector::Phone);
    /// let redactor = Redactor::default();
    /// let masked = |text| redactor.text_patterns(text, &patterns).map(|redaction| redaction.text().to_owned());
    /// for number in ["+44 20 7946 0958", "0044 20 7946 0958", "(212) 555-0123", "020 7946 0958", "8 800 555-35-35"] {
    ///     assert_eq!(masked(number)?, "▇".repeat(number.len()));
    /// }
    /// assert_eq!(masked("call 5550123")?, "call ▇▇▇▇▇▇▇");
    /// for other in ["5550123", "order 02079460958", "2026-01-02 10:30", "1 000 000 items"] {
    ///     assert_eq!(masked(other), Err(Error::NoMatch));
    /// }
    /// # Ok::<(), Error>(())
    /// ```
    Phone,
    /// International bank account numbers: the country's length and structure, and the check by 97.
    Iban,
    /// IPv4 addresses, with their prefix length if one follows.
    Ipv4,
    /// IPv6 addresses, with their zone and prefix length if they follow; not `::` alone.
    Ipv6,
    /// URLs that begin with a scheme and `//`, with `www.`, or with a host. Of hosts without a scheme, `example.com`
    /// and `example.co.uk` count alone; those of other top-level domains only with a path, as in `example.de/x`. The
    /// punctuation that follows is not part of it.
    Url,
}

impl Detector {
    /// All detectors.
    pub const ALL: [Self; 8] =
        [Self::PaymentCard, Self::Email, Self::UsSsn, Self::Phone, Self::Iban, Self::Ipv4, Self::Ipv6, Self::Url];

    /// The name in reports, such as `payment_card`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PaymentCard => "payment_card",
            Self::Email => "email",
            Self::UsSsn => "us_ssn",
            Self::Phone => "phone",
            Self::Iban => "iban",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Url => "url",
        }
    }

    /// This detector, with the first `count` letters and digits of each hit kept; see [`DetectorRule::keep_first`].
    #[must_use]
    pub const fn keep_first(self, count: usize) -> DetectorRule {
        DetectorRule::new(self).keep_first(count)
    }

    /// This detector, with the last `count` letters and digits of each hit kept; see [`DetectorRule::keep_last`].
    #[must_use]
    pub const fn keep_last(self, count: usize) -> DetectorRule {
        DetectorRule::new(self).keep_last(count)
    }

    /// This detector, with the separators of each hit kept or masked; see [`DetectorRule::keep_separators`].
    #[must_use]
    pub const fn keep_separators(self, keep: bool) -> DetectorRule {
        DetectorRule::new(self).keep_separators(keep)
    }

    fn scan(self, scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
        match self {
            Self::PaymentCard => card::scan(scan, hit),
            Self::Email => email::scan(scan.text, hit),
            Self::UsSsn => ssn::scan(scan, hit),
            Self::Phone => phone::scan(scan, hit),
            Self::Iban => iban::scan(scan, hit),
            Self::Ipv4 => ip::scan_v4(scan, hit),
            Self::Ipv6 => ip::scan_v6(scan.text, hit),
            Self::Url => url::scan(scan.text, hit),
        }
    }
}

/// A detector and what it keeps of a hit.
///
/// ```
/// use blackbar::{Detector, Patterns, Redactor};
///
/// let patterns = Patterns::new().detector(Detector::UsSsn.keep_last(4).keep_separators(true));
/// let redaction = Redactor::default().text_patterns("SSN 536-22-1234", &patterns)?;
/// assert_eq!(redaction.text(), "SSN ▇▇▇-▇▇-1234");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DetectorRule {
    detector: Detector,
    keep_first: usize,
    keep_last: usize,
    keep_separators: bool,
}

impl From<Detector> for DetectorRule {
    fn from(detector: Detector) -> Self {
        Self::new(detector)
    }
}

impl DetectorRule {
    const fn new(detector: Detector) -> Self {
        let (keep_first, keep_last, keep_separators) = match detector {
            // What the vendor's automatic redaction keeps; more may not be shown of a card number (PCI DSS 3.4.1).
            Detector::PaymentCard => (6, 4, true),
            _ => (0, 0, false),
        };
        Self { detector, keep_first, keep_last, keep_separators }
    }

    /// How many letters and digits at the start of a hit stay. Default: 6 of a payment card, none of anything else.
    ///
    /// A hit that has no more letters and digits than are to be kept in all is masked as a whole.
    #[must_use]
    pub const fn keep_first(mut self, count: usize) -> Self {
        self.keep_first = count;
        self
    }

    /// How many letters and digits at the end of a hit stay. Default: 4 of a payment card, none of anything else.
    #[must_use]
    pub const fn keep_last(mut self, count: usize) -> Self {
        self.keep_last = count;
        self
    }

    /// Whether all that is no letter or digit stays: spaces, hyphens, brackets. Default: only in a payment card.
    #[must_use]
    pub const fn keep_separators(mut self, keep: bool) -> Self {
        self.keep_separators = keep;
        self
    }

    /// The name of the detector.
    pub(crate) const fn name(&self) -> &'static str {
        self.detector.name()
    }

    const fn masks_all(&self) -> bool {
        self.keep_first == 0 && self.keep_last == 0 && !self.keep_separators
    }

    /// The parts of `hit` to mask, in the order of the text.
    fn masked(&self, text: &str, hit: Range<usize>, masked: &mut dyn FnMut(Range<usize>)) {
        if self.masks_all() {
            return masked(hit);
        }
        let hit_text = text.get(hit.clone()).unwrap_or_default();
        let units = || hit_text.char_indices().filter(|(_, c)| c.is_alphanumeric());
        let count = units().count();
        let (first, last) = match self.keep_first.checked_add(self.keep_last) {
            Some(kept) if kept < count => (self.keep_first, self.keep_last),
            _ => (0, 0),
        };
        let mut open: Option<Range<usize>> = None;
        for (at, c) in units().skip(first).take(count - first - last) {
            let unit = hit.start + at..hit.start + at + c.len_utf8();
            open = match open {
                Some(open) if !self.keep_separators || open.end == unit.start => Some(open.start..unit.end),
                Some(open) => {
                    masked(open);
                    Some(unit)
                }
                None if self.keep_separators || first > 0 => Some(unit),
                None => Some(hit.start..unit.end),
            };
        }
        if let Some(mut open) = open {
            if !self.keep_separators && last == 0 {
                open.end = hit.end;
            }
            masked(open);
        }
    }
}

/// What is reported of a hit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A range to mask.
    Masked,
    /// All of a hit of which a part is kept.
    Whole,
}

/// A text made ready for detectors. What several of them need is found once.
pub(crate) struct Detection<'h> {
    normal: Normal<'h>,
    /// The normal text with the hits so far written over, if it was looked at before.
    covered: Option<String>,
    /// What was hit in it since, and whether a digit stands right beside a hit.
    hits: RefCell<Vec<Range<usize>>>,
    is_joined: Cell<bool>,
    groups: OnceCell<Vec<Group>>,
    urls: OnceCell<Vec<Range<usize>>>,
    ibans: OnceCell<Vec<Range<usize>>>,
}

impl<'h> Detection<'h> {
    pub(crate) fn new(haystack: &'h str, space: Space) -> Self {
        Self::of(Normal::new(haystack, space), None)
    }

    fn of(normal: Normal<'h>, covered: Option<String>) -> Self {
        Self {
            normal,
            covered,
            hits: RefCell::default(),
            is_joined: Cell::default(),
            groups: OnceCell::new(),
            urls: OnceCell::new(),
            ibans: OnceCell::new(),
        }
    }

    fn text(&self) -> &str {
        self.covered.as_deref().unwrap_or_else(|| self.normal.text())
    }

    /// Reports each range to mask, in bytes of the haystack, and returns the number of hits. A hit may have several
    /// ranges, for what it keeps; then the whole is reported too.
    pub(crate) fn find(&self, rule: &DetectorRule, found: &mut impl FnMut(Part, Range<usize>)) -> usize {
        let text = self.text();
        let scan = Scan { text, groups: &self.groups, urls: &self.urls, ibans: &self.ibans };
        let mut hits = 0;
        rule.detector.scan(&scan, &mut |hit| {
            hits += 1;
            if !rule.masks_all() {
                self.normal.to_source(&hit, false, &mut |whole| found(Part::Whole, whole));
            }
            self.is_joined.set(self.is_joined.get() || joins_number(text, &hit));
            let mut mask = |masked| found(Part::Masked, masked);
            rule.masked(text, hit.clone(), &mut |part| {
                self.normal.to_source(&part, rule.keep_separators, &mut mask);
            });
            self.hits.borrow_mut().push(hit);
        });
        hits
    }

    /// The text without its hits, to be looked at once more, if that can show anything: what stands right beside a hit
    /// may be told from it only now, as the card in `jo@example.com4111 1111 1111 1111`. What a rule keeps of a hit is
    /// no text for that: it would be a hit again, of which nothing is kept.
    pub(crate) fn without_hits(self) -> Option<Self> {
        /// Joins nothing, and is part of nothing that a detector looks for, as a mask.
        const COVER: u8 = b'<';
        if !self.is_joined.get() {
            return None;
        }
        let mut bytes = self.text().as_bytes().to_vec();
        self.hits.into_inner().into_iter().for_each(|range| bytes[range].fill(COVER));
        Some(Self::of(self.normal, Some(String::from_utf8(bytes).ok()?)))
    }
}

/// Whether a digit stands right beside a hit, with a sign or two in between; or after a space, if the hit may have
/// taken the `+1` of a telephone number.
fn joins_number(text: &str, hit: &Range<usize>) -> bool {
    /// A sign or two and the country of an IBAN.
    const REACH: usize = 4;
    let bytes = text.as_bytes();
    let took_plus = bytes[hit.clone()].iter().rev().take(REACH + 1).any(|byte| *byte == b'+');
    let before = bytes[..hit.start].iter().rev().take(REACH).take_while(|byte| !byte.is_ascii_whitespace());
    let after = bytes[hit.end..].iter().take(REACH);
    let after = after.take_while(|byte| !byte.is_ascii_whitespace() || took_plus && **byte == b' ');
    before.chain(after).any(u8::is_ascii_digit)
}

/// The numbers in a text that stand for a person or an account: those that detectors know.
#[cfg(feature = "serde")]
pub(crate) fn numbers(text: &str) -> Vec<&str> {
    let detection = Detection::new(text, Space::Kept);
    let mut numbers = Vec::new();
    for detector in [Detector::PaymentCard, Detector::UsSsn, Detector::Phone, Detector::Iban] {
        let whole = DetectorRule { detector, keep_first: 0, keep_last: 0, keep_separators: false };
        detection.find(&whole, &mut |_, range| numbers.extend(text.get(range)));
    }
    numbers
}

/// What a detector looks at.
struct Scan<'t> {
    text: &'t str,
    groups: &'t OnceCell<Vec<Group>>,
    urls: &'t OnceCell<Vec<Range<usize>>>,
    ibans: &'t OnceCell<Vec<Range<usize>>>,
}

impl Scan<'_> {
    /// The groups of ASCII digits in the text.
    fn groups(&self) -> &[Group] {
        self.groups.get_or_init(|| digits::groups(self.text.as_bytes()))
    }

    /// Whether `at` lies in a URL that says that it is one: of `shop.example?card=4111…` nobody can be sure.
    fn in_url(&self, at: usize) -> bool {
        lies_in(at, self.urls.get_or_init(|| hits(|hit| url::scan_marked(self.text, hit))))
    }

    /// Whether `at` lies in an IBAN.
    fn in_iban(&self, at: usize) -> bool {
        lies_in(at, self.ibans.get_or_init(|| hits(|hit| iban::scan(self, hit))))
    }
}

/// All that a scanner reports, in order.
fn hits(scan: impl FnOnce(&mut dyn FnMut(Range<usize>))) -> Vec<Range<usize>> {
    let mut hits = Vec::new();
    scan(&mut |hit| hits.push(hit));
    hits
}

/// Whether `at` lies in one of `ranges`, which are in order.
fn lies_in(at: usize, ranges: &[Range<usize>]) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}
