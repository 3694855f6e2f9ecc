//! Attributes that stayed on tags inside a mark (rule C51).

use super::fold::fold;
use super::places::Place;
use super::{Encoding, LeakKind};
use crate::edit::{Edits, Ranges};
use crate::html::{Fragment, addresses};

/// Attributes that only say how something is laid out or read.
const LAYOUT: &[&str] = &[
    "align", "bgcolor", "border", "cellpadding", "cellspacing", "checked", "class", "clear", "color", "colspan",
    "cols", "compact", "coords", "dir", "disabled", "display", "face", "frame", "frameborder", "height", "hidden",
    "hspace", "id", "lang", "language", "loading", "marginheight", "marginwidth", "media", "noshade", "nowrap", "open",
    "rel", "reversed", "role", "rowspan", "rows", "rules", "scope", "scrolling", "shape", "size", "sizes", "span",
    "spellcheck", "start", "style", "tabindex", "target", "translate", "type", "valign", "vspace", "width", "wrap",
    "xml:lang",
];

/// Whether an attribute only says how something is laid out. A style that shows a picture does more.
pub(crate) fn only_lays_out(name: &str, value: &str) -> bool {
    LAYOUT.iter().any(|known| known.eq_ignore_ascii_case(name)) && addresses(name, value).next().is_none()
}

/// The values of attributes that stayed in a mark, in ranges of the result. Those that only lay out are left aside, and
/// so are those of tags that the edits touch.
pub(super) fn attributes(source: &Fragment<'_>, edits: &Edits, covered: &Ranges) -> Vec<Place> {
    let mut edited = edits.replaced().peekable();
    // What was added to offsets of the source by the edits before, as an end in the source and one in the result.
    let mut before = (0, 0);
    let mut places = Vec::new();
    for token in source.tokens() {
        while let Some((range, result)) = edited.next_if(|(range, _)| range.end <= token.start()) {
            before = (range.end, result.end);
        }
        let is_edited = edited.peek().is_some_and(|(range, _)| range.start < token.end());
        if is_edited || !token.is_tag() || !token.has_attributes() || !covered.cover(&token.range()) {
            continue;
        }
        for attribute in source.attributes(token) {
            let name = &source.source()[attribute.name.clone()];
            let value = attribute.decoded_value(source.source());
            let says_something = !fold(&value).text().is_empty();
            if says_something && !only_lays_out(name, &value) {
                let range = attribute.value.start - before.0 + before.1..attribute.value.end - before.0 + before.1;
                places.push(Place { range, encoding: Encoding::Plain, kind: Some(LeakKind::AttributeInMark) });
            }
        }
    }
    places
}
