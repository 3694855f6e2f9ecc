//! What a browser's tree of a result may hold.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::edit::Edits;
use crate::html::{Fragment, Kind, TextMap, Token, canonical_name};

/// The elements that the tree may have.
pub(super) struct Expected {
    /// Each with its attributes, as its [`signature`].
    elements: HashSet<String>,
    /// Their names alone.
    names: HashSet<String>,
}

/// Elements that a parser adds where a tag of theirs is missing (WHATWG 13.2.6.4): around rows and columns, and for a
/// stray `</p>` or `</br>`.
const IMPLIED: &[&str] = &["html", "tbody", "tr", "colgroup", "p", "br"];

/// An attribute's name and its value.
type Pair<'s> = (Cow<'s, str>, Cow<'s, str>);

impl Expected {
    /// The start tags of `source` that `edits` leave, as they are or with their name alone.
    pub(super) fn new(source: &Fragment<'_>, edits: &Edits) -> Self {
        let mut expected = Self { elements: HashSet::new(), names: HashSet::new() };
        for name in IMPLIED {
            expected.add(name, &[]);
        }
        // One edit may take many tags, so its replacement is looked through once.
        let mut edits = edits.iter().map(|edit| (edit.range, edit.replacement.contains('<'))).peekable();
        for token in source.tokens() {
            while edits.next_if(|(range, _)| range.end <= token.start()).is_some() {}
            if token.kind() != Kind::StartTag {
                continue;
            }
            let name = canonical_name(source.raw_name(token)).into_owned();
            match edits.peek().filter(|(range, _)| range.start < token.end()) {
                None => expected.add_tag(&name, &attributes(source, token)),
                Some((range, has_tag)) if range.start > token.start() || *has_tag => {
                    expected.add_tag(&name, &[]);
                }
                Some(_) => {}
            }
        }
        expected
    }

    fn add_tag(&mut self, name: &str, attributes: &[Pair<'_>]) {
        self.add(name, attributes);
        match name {
            // 13.2.6.4.7: "Don't ask."
            "image" => self.add("img", attributes),
            // Their attributes go to the elements that are there already, those that these have not.
            "html" | "body" => {
                for attribute in attributes {
                    self.add(name, std::slice::from_ref(attribute));
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, name: &str, attributes: &[Pair<'_>]) {
        let attributes = attributes.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        self.elements.insert(signature(name, attributes));
        if !self.names.contains(name) {
            self.names.insert(name.to_owned());
        }
    }

    /// Whether there may be an element called `name`, and whether with these attributes; names in lower case.
    pub(super) fn knows<'a>(&self, name: &str, attributes: impl Iterator<Item = (&'a str, &'a str)>) -> (bool, bool) {
        (self.names.contains(name), self.elements.contains(&signature(name, attributes)))
    }
}

/// An element as one string that no other element has: lengths keep apart what follows them.
fn signature<'a>(name: &str, attributes: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut signature = format!("{}:{name}", name.len());
    for (name, value) in attributes {
        signature.push_str(&format!(" {}:{name}={}:{value}", name.len(), value.len()));
    }
    signature
}

/// The attributes of a tag as a tree has them: the first of each name, in order.
fn attributes<'s>(source: &Fragment<'s>, token: &Token) -> Vec<Pair<'s>> {
    let mut names = HashSet::new();
    let mut attributes = Vec::new();
    for attribute in source.attributes(token) {
        let name = canonical_name(&source.source()[attribute.name.clone()]);
        if names.insert(name.clone()) {
            attributes.push((name, attribute.decoded_value(source.source())));
        }
    }
    attributes
}

/// Whether a parser moves text of the result where it moves text of the source, and nowhere else: it goes by the tags,
/// of which only marks went, and by which texts are white space,
/// of which none was masked (WHATWG 13.2.6.4.9 and 13.2.6.4.10).
pub(super) fn keeps_order(source: &Fragment<'_>, edits: &Edits) -> bool {
    let mut edits = edits.iter().map(|edit| edit.range).peekable();
    let is_blank = |token: &Token| source.decoded(token).bytes().all(|byte| byte == 0 || byte.is_ascii_whitespace());
    source.tokens().iter().all(|token| {
        while edits.next_if(|range| range.end <= token.start()).is_some() {}
        let is_touched = edits.peek().is_some_and(|range| range.start < token.end());
        !is_touched || token.is_watched() || token.is_text() && !is_blank(token)
    })
}

/// Where in `result` the text of its tokens parts from `found`, in bytes; nothing if they are the same.
pub(super) fn text_differs(result: &Fragment<'_>, found: &str) -> Option<usize> {
    let mut map = TextMap::default();
    for (index, token) in result.tokens().iter().enumerate().filter(|(_, token)| token.is_text()) {
        let dropped = result.dropped_newline(index);
        map.push_from(result, token, if forgets_to_drop(result, index, dropped) { 0 } else { dropped }, true);
    }
    if map.text() == found {
        return None;
    }
    let same = map.text().bytes().zip(found.bytes()).take_while(|(ours, theirs)| ours == theirs).count();
    let piece = map.pieces().iter().rfind(|piece| piece.text <= same);
    Some(piece.map_or(0, |piece| piece.source + (same - piece.text).min(piece.source_len)))
}

/// Whether html5ever keeps the `dropped` bytes that begin the text at `index`, a line end after `pre` and the like. It
/// forgets to drop one as soon as it tells of an error: a `</>` between the two, or a reference without its semicolon.
fn forgets_to_drop(result: &Fragment<'_>, index: usize, dropped: usize) -> bool {
    let text = result.text(&result.tokens()[index]).as_bytes();
    let lacks_semicolon = || text.starts_with(b"&") && text.get(dropped - 1) != Some(&b';');
    dropped > 0 && (result.before(index).is_some_and(|token| token.kind() == Kind::Nothing) || lacks_semicolon())
}
