//! Where in a result something can be left: what people read, what tags carry, what only programs read.

use std::ops::Range;

use super::base64::{base64, base64_in_decoded};
use super::decode::{backslash, form, percent, quoted_printable, references, without_references};
use super::secrets::{Likeness, Origin, Secrets};
use super::shown::shown;
use super::view::{GAP, View, separates};
use super::{Encoding, LeakKind};
use crate::html::{Attribute, Fragment, Token};

/// How many decodings deep a secret is looked for: base64 in an address that is percent-encoded is two.
const DEPTH: usize = 2;

/// A leak with the bytes of the result that it takes.
pub(super) struct Place {
    pub(super) range: Range<usize>,
    pub(super) encoding: Encoding,
    pub(super) kind: Option<LeakKind>,
}

impl Place {
    /// Takes in a place that overlaps this one. The simplest reading of the two is told, and an attribute that stayed
    /// in a mark gives way to a secret in it.
    pub(super) fn merge(&mut self, other: Self) {
        self.range.end = self.range.end.max(other.range.end);
        let stayed = |place: &Self| place.kind == Some(LeakKind::AttributeInMark);
        if stayed(self) != stayed(&other) {
            if stayed(self) {
                (self.range.start, self.encoding, self.kind) = (other.range.start, other.encoding, other.kind);
            }
            return;
        }
        self.encoding = self.encoding.min(other.encoding);
        self.kind = self.kind.or(other.kind);
    }
}

/// Finds every place of an HTML result that holds a secret. `masks` are the ranges that were put in by the redaction.
pub(super) fn in_html(result: &Fragment<'_>, masks: &[Range<usize>], secrets: &Secrets) -> Vec<Place> {
    let mut search = Search { raw: result.source(), secrets, places: Vec::new() };
    search.all(&read(result, masks));
    if let Some(joined) = shown(result, masks) {
        search.all(&joined);
    }
    search.all(&carried(result, |_| true));
    search.all(&hidden(result, false));
    search.all(&hidden(result, true));
    search.places
}

/// Finds every place of a plain text that holds a secret.
pub(super) fn in_text(result: &str, masks: &[Range<usize>], secrets: &Secrets) -> Vec<Place> {
    let mut view = View::with_capacity(result.len());
    push_unmasked(&mut view, result, 0..result.len(), &mut masks.iter());
    let mut search = Search { raw: result, secrets, places: Vec::new() };
    search.all(&view);
    search.places
}

/// What people read, with a line end where a tag separates words and a gap where something was masked.
pub(super) fn read(result: &Fragment<'_>, masks: &[Range<usize>]) -> View {
    let mut view = View::with_capacity(result.source().len());
    let mut masks = masks.iter();
    for (index, token) in result.tokens().iter().enumerate() {
        if result.is_read(index) {
            push_unmasked(&mut view, result.source(), result.content(token), &mut masks);
        } else if separates(token) {
            view.push('\n', token.start());
        }
    }
    view
}

/// Adds the text at `range` without the masks in it.
pub(super) fn push_unmasked(
    view: &mut View,
    text: &str,
    range: Range<usize>,
    masks: &mut std::slice::Iter<'_, Range<usize>>,
) {
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

/// Attributes that stand for themselves, without a value.
const SWITCHES: &[&str] = &[
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "controls", "default", "defer",
    "disabled", "download", "hidden", "inert", "ismap", "loop", "multiple", "muted", "nohref", "noshade", "novalidate",
    "nowrap", "open", "playsinline", "readonly", "redact", "required", "reversed", "selected",
];

/// The attributes of tags: their values, names that no table of names would hold, and words without quotes.
/// Only those values count that are `wanted`.
pub(super) fn carried(result: &Fragment<'_>, wanted: impl Fn(&Attribute) -> bool) -> View {
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
                add(attribute.name.clone());
            }
            if wanted(&attribute) {
                add(attribute.value);
            }
        }
        loose_words(result, token, &mut add);
    }
    view
}

/// Reports what follows where the quotes of a value are missing: of `title=Jane Doe` HTML makes the value `Jane` and
/// the name `Doe`. It is a value without quotes, or nothing, and the names without a value after it.
fn loose_words(result: &Fragment<'_>, tag: &Token, report: &mut impl FnMut(Range<usize>)) {
    let source = result.source();
    // The range so far, and whether it has more than a value and switches.
    let mut words: Option<(Range<usize>, bool)> = None;
    let mut end = |words: Option<(Range<usize>, bool)>| {
        if let Some((range, true)) = words {
            report(range);
        }
    };
    for Attribute { name, value } in result.attributes(tag) {
        let is_quoted = source[..value.start].ends_with(['"', '\'']);
        if !value.is_empty() || is_quoted {
            end(words.take());
            words = (!is_quoted).then_some((value, false));
            continue;
        }
        let says = !SWITCHES.iter().any(|known| known.eq_ignore_ascii_case(&source[name.clone()]));
        words = match words {
            Some((range, said)) => Some((range.start..name.end, said || says)),
            None => Some((name, says)),
        };
    }
    end(words);
}

/// What only programs read: comments, scripts, style sheets, doctypes, cut-off tags;
/// without the tags in it, or as it is.
pub(super) fn hidden(result: &Fragment<'_>, without_tags: bool) -> View {
    let mut view = View::default();
    for (index, token) in result.tokens().iter().enumerate() {
        if token.is_tag() || result.is_read(index) {
            continue;
        }
        // Without the dashes, which would be read as a comment again.
        let text = result.text(token);
        let inside = text.strip_prefix("<!--").unwrap_or(text);
        let start = token.start() + text.len() - inside.len();
        let inside = inside.strip_suffix("-->").unwrap_or(inside);
        if !without_tags {
            view.push(GAP, token.start());
            view.push_str(inside, start);
        } else if let Some(content) = View::of(inside, start).without_tags() {
            view.push(GAP, token.start());
            view.push_part(&content, 0..content.text().len());
        }
    }
    view
}

struct Search<'r> {
    raw: &'r str,
    secrets: &'r Secrets,
    places: Vec<Place>,
}

impl Search<'_> {
    /// Searches a view of the result. Character references are how HTML writes text, so they do not count as a
    /// decoding; the text is also searched without them, since in comments and scripts they are not decoded.
    fn all(&mut self, view: &View) {
        match references(view) {
            Some(decoded) => {
                self.view(without_references(view).as_ref().unwrap_or(view), None);
                self.deep(&decoded, 0, Some(Encoding::Entity));
            }
            None => self.deep(view, 0, None),
        }
    }

    /// Searches a view and what it gives when it is decoded, up to [`DEPTH`] times. `via` is the last decoding before,
    /// or base64 if that was one of them. It calls itself no deeper than that, whatever the input.
    fn deep(&mut self, view: &View, depth: usize, via: Option<Encoding>) {
        self.view(view, via);
        if depth == DEPTH {
            return;
        }
        type Decoder = fn(&View) -> Option<View>;
        let decoders: [(Decoder, Encoding); 5] = [
            (references, Encoding::Entity),
            (percent, Encoding::Percent),
            (form, Encoding::Percent),
            (backslash, Encoding::Backslash),
            (quoted_printable, Encoding::QuotedPrintable),
        ];
        let base64_before = via.filter(|encoding| *encoding == Encoding::Base64);
        for (decoder, encoding) in decoders {
            if let Some(decoded) = decoder(view) {
                self.deep(&decoded, depth + 1, base64_before.or(Some(encoding)));
            }
        }
        let rows = self.secrets.rows.as_ref();
        let from_base64 = if depth == 0 { base64(view, rows) } else { base64_in_decoded(view, rows) };
        for decoded in from_base64 {
            self.deep(&decoded, depth + 1, Some(Encoding::Base64));
        }
        if let Some(plain) = view.without_tags().filter(|_| via.is_some()) {
            self.view(&plain, via);
        }
    }

    fn view(&mut self, view: &View, via: Option<Encoding>) {
        let mut hits = Vec::new();
        let origin = match via {
            Some(Encoding::Base64) => Origin::Noise,
            Some(Encoding::QuotedPrintable) => Origin::Guess,
            _ => Origin::Text,
        };
        self.secrets.search(view, origin, &mut hits);
        for hit in hits {
            let range = self.in_result(view, &hit.range);
            let encoding = via.unwrap_or(match hit.likeness {
                Likeness::Same => Encoding::Plain,
                Likeness::Folded => Encoding::Folded,
                Likeness::Digits => Encoding::Digits,
            });
            self.places.push(Place { range, encoding, kind: hit.is_token.then_some(LeakKind::AttachmentToken) });
        }
    }

    fn in_result(&self, view: &View, hit: &Range<usize>) -> Range<usize> {
        let start = view.origin(hit.start);
        let last = view.origin(hit.end.saturating_sub(1)).max(start);
        start..(last + 1).min(self.raw.len()).max(start)
    }
}
