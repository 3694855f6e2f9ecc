//! Where in a result something can be left: what people read, what tags carry, what only programs read.

use std::ops::Range;

use super::decode::{base64, quoted_printable, unescape};
use super::secrets::{Hit, Likeness, Secrets};
use super::view::{GAP, View, is_read, separates};
use super::{Encoding, LeakKind};
use crate::html::{Fragment, Kind};

/// How many decodings deep a secret is looked for: base64 in an address that is percent-encoded is two.
const DEPTH: usize = 2;

/// A leak with the bytes of the result that it takes.
pub(super) struct Place {
    pub(super) range: Range<usize>,
    pub(super) encoding: Encoding,
    pub(super) kind: Option<LeakKind>,
}

/// Finds every place of an HTML result that holds a secret. `masks` are the ranges that were put in by the redaction.
pub(super) fn in_html(result: &Fragment<'_>, masks: &[Range<usize>], secrets: &Secrets) -> Vec<Place> {
    let mut search = Search { raw: result.source(), secrets, places: Vec::new() };
    search.deep(&read(result, masks), 0, Via::Nothing);
    search.deep(&carried(result), 0, Via::Nothing);
    search.deep(&hidden(result, false), 0, Via::Nothing);
    search.deep(&hidden(result, true), 0, Via::Nothing);
    search.places
}

/// Finds every place of a plain text that holds a secret.
pub(super) fn in_text(result: &str, masks: &[Range<usize>], secrets: &Secrets) -> Vec<Place> {
    let mut view = View::with_capacity(result.len());
    push_unmasked(&mut view, result, 0..result.len(), &mut masks.iter());
    let mut search = Search { raw: result, secrets, places: Vec::new() };
    search.deep(&view, 0, Via::Nothing);
    search.places
}

/// What people read, with a line end where a tag separates words and a gap where something was masked.
fn read(result: &Fragment<'_>, masks: &[Range<usize>]) -> View {
    let mut view = View::with_capacity(result.source().len());
    let mut masks = masks.iter();
    for (index, token) in result.tokens().iter().enumerate() {
        if is_read(result, index) {
            push_unmasked(&mut view, result.source(), result.content(token), &mut masks);
        } else if separates(token) {
            view.push('\n', token.start());
        }
    }
    view
}

/// Adds the text at `range` without the masks in it.
fn push_unmasked(view: &mut View, text: &str, range: Range<usize>, masks: &mut std::slice::Iter<'_, Range<usize>>) {
    let mut at = range.start;
    loop {
        while masks.as_slice().first().is_some_and(|mask| mask.end <= at) {
            masks.next();
        }
        let mask = masks.as_slice().first().filter(|mask| mask.start < range.end && !mask.is_empty());
        let Some(mask) = mask else { break };
        view.push_str(text.get(at..mask.start).unwrap_or_default(), at);
        view.push(GAP, mask.start);
        at = mask.end.clamp(at, range.end);
        if at == range.end {
            break;
        }
    }
    view.push_str(&text[at..range.end], at);
}

/// The attributes of tags: their values, and names that no table of names would hold.
fn carried(result: &Fragment<'_>) -> View {
    let source = result.source();
    let mut view = View::default();
    let mut add = |range: Range<usize>| {
        view.push(GAP, range.start);
        view.push_str(&source[range.clone()], range.start);
    };
    let is_plain = |byte: u8| byte.is_ascii_alphabetic() || b"-:_".contains(&byte);
    for token in result.tokens().iter().filter(|token| token.is_tag()) {
        if token.name().is_unknown() {
            add(token.range());
            continue;
        }
        for attribute in result.attributes(token) {
            if !source[attribute.name.clone()].bytes().all(is_plain) {
                add(attribute.name);
            }
            add(attribute.value);
        }
    }
    view
}

/// What only programs read: comments, scripts, style sheets, doctypes, cut-off tags; without the tags in it, or as it is.
fn hidden(result: &Fragment<'_>, without_tags: bool) -> View {
    let mut view = View::default();
    for (index, token) in result.tokens().iter().enumerate() {
        if token.is_tag() || is_read(result, index) {
            continue;
        }
        let text = result.text(token);
        let (start, end) = match token.kind() {
            Kind::Comment if text.starts_with("<!--") => (4, text.len() - if text.len() >= 7 { 3 } else { 0 }),
            _ => (0, text.len()),
        };
        let mut content = View::default();
        content.push_str(text.get(start..end).unwrap_or(text), token.start() + start);
        let content = if without_tags { content.without_tags() } else { Some(content) };
        if let Some(content) = content {
            view.push(GAP, token.start());
            view.push_part(&content, 0..content.text().len());
        }
    }
    view
}

/// The last decoding that led to a view.
#[derive(Clone, Copy, PartialEq)]
enum Via {
    Nothing,
    Escapes,
    QuotedPrintable,
    Base64,
}

struct Search<'r> {
    raw: &'r str,
    secrets: &'r Secrets,
    places: Vec<Place>,
}

impl Search<'_> {
    /// Searches a view and, up to [`DEPTH`] decodings deep, what it gives when it is decoded.
    fn deep(&mut self, view: &View, depth: usize, via: Via) {
        self.view(view, via);
        self.decodings(view, depth, via);
    }

    /// Searches what a view gives when it is decoded. Calls itself no deeper than [`DEPTH`].
    fn decodings(&mut self, view: &View, depth: usize, via: Via) {
        if depth == DEPTH {
            return;
        }
        let then = |this| if via == Via::Base64 { via } else { this };
        if let Some(decoded) = unescape(view) {
            self.deep(&decoded, depth + 1, then(Via::Escapes));
        }
        if let Some(decoded) = quoted_printable(view) {
            self.deep(&decoded, depth + 1, then(Via::QuotedPrintable));
        }
        for decoded in base64(view) {
            self.view(&decoded, Via::Base64);
            self.decodings(&readable(&decoded), depth + 1, Via::Base64);
        }
        if let Some(plain) = view.without_tags().filter(|_| depth > 0) {
            self.view(&plain, via);
        }
    }

    fn view(&mut self, view: &View, via: Via) {
        let mut hits = Vec::new();
        self.secrets.search(view, via == Via::Nothing || via == Via::Escapes, &mut hits);
        for hit in hits {
            let range = self.in_result(view, &hit.range);
            let encoding = self.encoding(&range, &hit, via);
            self.places.push(Place { range, encoding, kind: hit.is_token.then_some(LeakKind::AttachmentToken) });
        }
    }

    fn in_result(&self, view: &View, hit: &Range<usize>) -> Range<usize> {
        let start = view.origin(hit.start);
        let last = view.origin(hit.end.saturating_sub(1)).max(start);
        start..(last + 1).min(self.raw.len()).max(start)
    }

    fn encoding(&self, range: &Range<usize>, hit: &Hit, via: Via) -> Encoding {
        let raw = self.raw.as_bytes().get(range.clone()).unwrap_or_default();
        match via {
            Via::Base64 => Encoding::Base64,
            Via::QuotedPrintable => Encoding::QuotedPrintable,
            Via::Escapes if raw.contains(&b'%') => Encoding::Percent,
            Via::Escapes if raw.contains(&b'&') => Encoding::Entity,
            Via::Escapes if raw.contains(&b'\\') => Encoding::Backslash,
            _ => match hit.likeness {
                Likeness::Same => Encoding::Plain,
                Likeness::Folded => Encoding::Folded,
                Likeness::Digits => Encoding::Digits,
            },
        }
    }
}

/// The shortest stretch of decoded base64 that is worth decoding again.
const SHORTEST_READABLE: usize = 6;

/// The stretches of decoded base64 that read as text. Most are words that never were base64: what they decode to is
/// noise, and need not be decoded any further.
fn readable(decoded: &View) -> View {
    let mut view = View::default();
    let mut at = 0;
    for stretch in decoded.text().split(GAP) {
        let range = at..at + stretch.len();
        at = range.end + GAP.len_utf8();
        let printable = stretch.bytes().filter(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()).count();
        if stretch.len() >= SHORTEST_READABLE && printable * 4 >= stretch.len() * 3 {
            view.push_part(decoded, range);
            view.push(GAP, decoded.origin(at.min(decoded.text().len()).saturating_sub(1)));
        }
    }
    view
}
