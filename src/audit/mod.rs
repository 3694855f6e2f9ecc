//! The leak audit: whether what was removed is still somewhere in the result (rules C50, C51).
//!
//! The removed texts are worked out of the source and the edits ([`removed`], [`items`]), the result is taken apart
//! into what people read, what tags carry and what only programs read ([`places`]), and both are compared as words in
//! one case ([`fold`]), decoded up to two deep ([`decode`]). What is told of a hit is where and how, never what.
//!
//! The cost is linear in the result: each decoding is a pass over its text, and there is a fixed number of them; the
//! automata look at each byte a bounded number of times ([`secrets`]).

mod attachment;
mod base64;
#[cfg(feature = "serde")]
mod content;
mod decode;
mod fold;
mod items;
mod kept;
mod kinds;
mod phone;
mod places;
mod removed;
mod secrets;
mod shown;
mod utf16;
mod value;
mod view;

use std::ops::Range;

use crate::edit::{Chosen, Edits};
use crate::html::Fragment;

#[cfg(feature = "serde")]
pub(crate) use attachment::attachment_token;
#[cfg(feature = "serde")]
pub(crate) use base64::base64_decoded;
#[cfg(feature = "serde")]
pub(crate) use content::{content_texts, layout_values};
#[cfg(feature = "serde")]
pub(crate) use decode::{backslash_decoded, percent_decoded, words_decoded};
#[cfg(feature = "serde")]
pub(crate) use fold::folded;
use items::Item;
#[cfg(feature = "serde")]
pub(crate) use items::{is_generic_file, mail_addresses, page_addresses, persons_of, says_something};
pub(crate) use kept::only_lays_out;
use kinds::Kinds;
#[cfg(feature = "serde")]
pub(crate) use phone::national;
use places::Place;
pub(crate) use removed::Texts;
use secrets::Secrets;
#[cfg(feature = "serde")]
pub(crate) use secrets::stands_as_host;

/// A place of a result where something is left that the redaction removed.
///
/// It tells where and how, never what.
///
/// ```
/// use blackbar::{Encoding, LeakKind, Redactor};
///
/// let redaction = Redactor::default().html(r#"<a href="mailto:jo@x.com"><redact>jo@x.com</redact></a>"#)?;
/// let leaks = redaction.leaks();
/// assert_eq!((leaks.len(), leaks[0].offset), (1, 16));
/// assert_eq!((leaks[0].kind, leaks[0].encoding), (LeakKind::Attribute, Encoding::Plain));
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Leak {
    /// Where it begins in the result, in bytes.
    pub offset: usize,
    /// What kind of place that is.
    pub kind: LeakKind,
    /// How it is written there.
    pub encoding: Encoding,
}

/// The kind of place that a leak stands in. With the feature `serde` it is written in snake case, as in `visible_text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LeakKind {
    /// The token of an attachment whose element was removed: whoever has it can still open the file.
    AttachmentToken,
    /// Text that people read, the text of `title` and `textarea` included.
    VisibleText,
    /// The value of an attribute, `mailto:` and `tel:` addresses included.
    Attribute,
    /// An attribute that holds the address of a page or a file.
    Url,
    /// The part of such an address that names a file, or a `download` attribute.
    FileName,
    /// A comment, including conditional content that only some mail programs show.
    Comment,
    /// A script, a style sheet or other text that no one reads.
    RawText,
    /// The name of a tag or an attribute, a doctype, a tag that is cut off.
    Markup,
    /// An attribute that stayed on a tag inside a mark: it belongs to what was removed.
    AttributeInMark,
}

/// How a leak is written. With the feature `serde` it is written in snake case, as in `quoted_printable`.
///
/// ```
/// use blackbar::{Encoding, LeakKind, Redactor};
///
/// let marked = "<a href='https://example.com/?q=jo.doe%40example.org'><redact>jo.doe@example.org</redact></a>";
/// let leaks = Redactor::default().html(marked)?.leaks();
/// assert_eq!((leaks[0].kind, leaks[0].encoding), (LeakKind::Url, Encoding::Percent));
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Encoding {
    /// As it was removed.
    Plain,
    /// In another case, with other white space or punctuation, with characters of no width in it, or in another
    /// Unicode normalization form.
    Folded,
    /// The same digits with something else between them.
    Digits,
    /// With character references, such as `&#64;`.
    Entity,
    /// Percent-encoded, such as `%40`, or with `+` for a space in the query of a URL.
    Percent,
    /// With the escapes of scripts or style sheets, such as `\u0040`.
    Backslash,
    /// In quoted-printable, such as `=40`.
    QuotedPrintable,
    /// In base64.
    Base64,
}

/// Searches the result of an HTML redaction. `chosen` are the ranges of the source that were asked for.
pub(crate) fn leaks_in_html(source: &Fragment<'_>, edits: &Edits, chosen: &Chosen, result: &Fragment<'_>) -> Vec<Leak> {
    let mut items = items::of_texts(&Texts::of_html(source, edits, chosen));
    items::of_tags(source, edits, &mut items);
    let masks: Vec<_> = edits.result_ranges().collect();
    search_html(result, &masks, &items, kept::attributes(source, edits, &chosen.covered))
}

/// Searches the result of a redaction of plain text.
pub(crate) fn leaks_in_text(source: &str, edits: &Edits, chosen: &Chosen, result: &str) -> Vec<Leak> {
    let masks: Vec<_> = edits.result_ranges().collect();
    leaks_in_text_copy(&Texts::of_text(source, edits, chosen), result, &masks)
}

/// Searches HTML for `texts` that were removed from another copy of it. `masks` are the ranges that a redaction put in.
pub(crate) fn leaks_in_html_copy(texts: &Texts, result: &Fragment<'_>, masks: &[Range<usize>]) -> Vec<Leak> {
    search_html(result, masks, &items::of_texts(texts), Vec::new())
}

/// The same for plain text.
pub(crate) fn leaks_in_text_copy(texts: &Texts, result: &str, masks: &[Range<usize>]) -> Vec<Leak> {
    let secrets = Secrets::new(&items::of_texts(texts));
    let places = if secrets.is_empty() { Vec::new() } else { places::in_text(result, masks, &secrets) };
    report(places, |_| LeakKind::VisibleText)
}

/// Searches HTML for `items`, and reports what is found with the `others`.
fn search_html(result: &Fragment<'_>, masks: &[Range<usize>], items: &[Item], others: Vec<Place>) -> Vec<Leak> {
    let secrets = Secrets::new(items);
    let mut places = if secrets.is_empty() { Vec::new() } else { places::in_html(result, masks, &secrets) };
    places.extend(others);
    let mut kinds = Kinds::new(result);
    report(places, |range| kinds.of(range))
}

/// Sorts the places, makes one of those that overlap, and tells their kinds.
fn report(mut places: Vec<Place>, mut kind: impl FnMut(&Range<usize>) -> LeakKind) -> Vec<Leak> {
    places.sort_by_key(|place| (place.range.start, place.encoding));
    let mut merged: Vec<Place> = Vec::new();
    for place in places {
        match merged.last_mut().filter(|last| place.range.start < last.range.end) {
            Some(last) => last.merge(place),
            None => merged.push(place),
        }
    }
    let leak = |place: Place| {
        let kind = place.kind.unwrap_or_else(|| kind(&place.range));
        Leak { offset: place.range.start, kind, encoding: place.encoding }
    };
    merged.into_iter().map(leak).collect()
}
