//! The other copies of a comment's text (rule C82).

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::comment::matched;
use crate::edit::Unit;
use crate::error::Error;
use crate::html::tokenize;
use crate::plain::{PlainStyle, plain};
use crate::records::object::{Object, text};
use crate::records::policy::{BodyCopy, RecordPolicy};
use crate::records::search::{COUNTRY_CODE, MIN_DIGITS, NATIONAL_NUMBER, Ready, numbers_in, parts_numbers};
use crate::records::words::is_telling;
use crate::records::{Comment, RecordError};
use crate::redaction::Redaction;
use crate::redactor::Redactor;
use crate::select::{Needles, Patterns, Work, visible_clusters};

/// Redacted plain texts of a voice comment, by where they stand.
pub(super) type Copies<'c> = BTreeMap<Site, Redaction<'c>>;

/// A field that may repeat words of a voice comment, or of one that came from a social network.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Site {
    /// Whether it stands in `data`, or beside it.
    in_data: bool,
    field: &'static str,
}

/// The fields of such a comment that hold words and numbers of people. Others, such as `recording_url` and
/// `started_at`, would be broken by a mask; what is found there is left to C86.
const FIELDS: [&str; 9] = [
    "title", "content", "transcription_text", "from", "to", "formatted_from", "formatted_to", "location",
    "answered_by_name",
];

/// The bodies that are texts of their own where the HTML has no text that they could be derived from.
const BODIES: [&str; 2] = ["plain_body", "body"];

fn sites(comment: &Comment, bodies: Bodies) -> impl Iterator<Item = (Site, &str)> {
    let data = comment.fields().get("data").and_then(Value::as_object);
    let voice = comment.is_voice().then(|| comment.fields());
    let alone = (bodies == Bodies::Alone).then(|| comment.fields());
    let objects = [(false, voice, &FIELDS[..]), (true, data, &FIELDS), (false, alone, &BODIES)];
    objects.into_iter().flat_map(|(in_data, object, fields)| {
        let sites = fields.iter().map(move |field| (Site { in_data, field }, field));
        sites.filter_map(move |(site, field)| Some((site, text(object?, field)?)))
    })
}

/// What `plain_body` and `body` are.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Bodies {
    /// Derived from the HTML (C82).
    #[default]
    Derived,
    /// Texts of their own: derived anew they would be blank, and all their words lost.
    Alone,
}

impl Bodies {
    pub(super) fn of(comment: &Comment) -> Self {
        if comment.html_body().is_some_and(has_text) { Self::Derived } else { Self::Alone }
    }
}

/// Whether texts can be derived from a body.
fn has_text(html: &str) -> bool {
    derived(html).iter().all(|text| !text.trim().is_empty())
}

/// The ways to write a string in a body that is no HTML: as it is, and as a `plain_body` of the help desk has it (C61),
/// with its spaces as they are or kept from breaking.
pub(super) fn spellings(string: &str) -> [String; 3] {
    let html = string.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;");
    let unbroken = html.replace(' ', "&nbsp;");
    [string.to_owned(), html, unbroken]
}

/// The texts that are derived from a body.
pub(super) fn derived(html: &str) -> [String; 2] {
    let fragment = tokenize(html);
    [PlainStyle::Rendered, PlainStyle::Zendesk].map(|style| plain(&fragment, style))
}

/// Redacts marked texts in the copies, and the numbers in them: a call repeats a number without the words around it.
pub(super) fn texts<'c>(
    redactor: &Redactor,
    comment: &'c Comment,
    texts: &[String],
) -> Result<Copies<'c>, RecordError> {
    if sites(comment, Bodies::Derived).next().is_none() {
        return Ok(Copies::new());
    }
    let min_clusters = redactor.policy().min_needle_clusters;
    let telling = |text: &&str| is_telling(text) && visible_clusters(text) >= min_clusters;
    let texts = || texts.iter().map(String::as_str);
    let told: Vec<&str> = texts().filter(telling).collect();
    let numbers: Vec<&str> = texts().flat_map(numbers_in).filter(telling).collect();
    strings(redactor, comment, Bodies::Derived, &told, &numbers)
}

/// Redacts strings in the copies, numbers where they are no part of longer ones, and a number as a whole that is one of
/// either in another writing: a call from `(555) 010-0199` is one from `+15550100199`.
pub(super) fn strings<'c>(
    redactor: &Redactor,
    comment: &'c Comment,
    bodies: Bodies,
    strings: &[&str],
    numbers: &[&str],
) -> Result<Copies<'c>, RecordError> {
    if strings.is_empty() {
        return Ok(Copies::new());
    }
    let known: Vec<String> = strings.iter().chain(numbers).filter_map(|text| number(text)).collect();
    // One mark can hold any number of texts.
    let policy = redactor.policy().limits(redactor.policy().limits.marks(usize::MAX));
    let redactor = Redactor::new(policy)?;
    let numbers = if numbers.is_empty() { None } else { Some(Needles::new(numbers, &policy)?) };
    redact(comment, bodies, |text| {
        let mut ranges = Vec::new();
        if let Some(numbers) = &numbers {
            numbers.find_each(text, &mut ranges);
            ranges.retain(|range| !is_in_number(text, range));
        }
        if number(text).is_some_and(|copy| known.iter().any(|known| is_same(known, &copy))) {
            ranges.push(0..text.len());
        }
        let selection = redactor.select_text(text)?.strings_if_any(strings)?.ranges(&ranges, Unit::Bytes)?;
        if selection.is_empty() { Ok(None) } else { matched(selection.redact()) }
    })
}

/// Whether digits at an edge of `range` go on beyond it.
fn is_in_number(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let inside = &text[range.clone()];
    let is_digit = |c: char| c.is_ascii_digit();
    inside.starts_with(is_digit) && before.ends_with(is_digit)
        || inside.ends_with(is_digit) && after.starts_with(is_digit)
}

/// The digits of a text that is a phone number and nothing else, but for the zeros that may stand for a country code.
fn number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = digits.len() >= MIN_DIGITS && !text.contains(parts_numbers);
    is_number.then(|| digits.trim_start_matches('0').to_owned())
}

/// Whether two phone numbers are one, with its country code or without.
fn is_same(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let is_part = short.len() >= NATIONAL_NUMBER && long.len() <= short.len() + COUNTRY_CODE && long.ends_with(short);
    one == other || is_part
}

/// Redacts what the patterns find in the copies.
pub(super) fn patterns<'c>(
    redactor: &Redactor,
    comment: &'c Comment,
    bodies: Bodies,
    patterns: &Patterns,
    work: &mut Work,
) -> Result<Copies<'c>, RecordError> {
    redact(comment, bodies, |text| patterns_in(redactor, text, patterns, work))
}

/// Redacts what the patterns find in one plain text, if they find something, with the work that is left of the call.
pub(super) fn patterns_in<'t>(
    redactor: &Redactor,
    text: &'t str,
    patterns: &Patterns,
    work: &mut Work,
) -> Result<Option<Redaction<'t>>, Error> {
    let mut selection = redactor.select_text(text)?;
    if selection.add_patterns_within(patterns, work)? { matched(selection.redact()) } else { Ok(None) }
}

fn redact<'c>(
    comment: &'c Comment,
    bodies: Bodies,
    mut redact: impl FnMut(&'c str) -> Result<Option<Redaction<'c>>, Error>,
) -> Result<Copies<'c>, RecordError> {
    let mut copies = Copies::new();
    for (site, text) in sites(comment, bodies) {
        if let Some(redaction) = redact(text)? {
            copies.insert(site, redaction);
        }
    }
    Ok(copies)
}

/// Writes redacted copies into the record; returns their number.
pub(super) fn put(record: &mut Object, copies: &Copies<'_>) -> usize {
    for (site, redaction) in copies {
        let object =
            if site.in_data { record.get_mut("data").and_then(Value::as_object_mut) } else { Some(&mut *record) };
        if let Some(value) = object.and_then(|object| object.get_mut(site.field)) {
            *value = redaction.text().into();
        }
    }
    copies.len()
}

/// Writes `plain_body` and `body` anew where the record has them: both from the HTML, never by replacing strings (C62).
/// If the HTML was not changed, or they are texts of their own, only what holds something that was removed. If it was
/// not changed, nothing of which no word would be left. Returns how many were written or dropped.
pub(super) fn derive(
    record: &mut Object,
    html_changed: bool,
    bodies: Bodies,
    policy: &RecordPolicy,
    search: &Ready,
) -> usize {
    let Some(html) = text(record, "html_body").map(str::to_owned) else { return 0 };
    if !html_changed && !has_text(&html) {
        return 0;
    }
    let fragment = tokenize(&html);
    let stale = |old: &str| html_changed && bodies == Bodies::Derived || search.finds(old);
    let mut count = 0;
    if text(record, "plain_body").is_some_and(stale) {
        record.insert("plain_body".to_owned(), plain(&fragment, policy.plain_style).into());
        count += 1;
    }
    if text(record, "body").is_some_and(stale) {
        match policy.body {
            BodyCopy::Derive => {
                record.insert("body".to_owned(), plain(&fragment, PlainStyle::Rendered).into());
            }
            BodyCopy::Drop => {
                record.shift_remove("body");
            }
        }
        count += 1;
    }
    count
}
