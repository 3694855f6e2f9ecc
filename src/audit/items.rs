//! What to search for: the removed texts, what identifies somebody inside of them, and what removed tags pointed to.

use std::borrow::Cow;

use crate::edit::Edits;
use crate::html::{Attribute, Fragment, addresses};

use super::attachment::attachment_token;
use super::decode::percent_decoded;
use super::fold::fold;
use super::removed::Texts;

/// A text to search for.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) source: Source,
}

/// Where a text to search for comes from; a later one is searched for more freely.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The address of a site, without a page.
    Host,
    /// The address of a page, a file or a person.
    Address,
    /// The words of an attribute.
    Attribute,
    /// The name of a file.
    FileName,
    /// A hit of a detector of which something is kept.
    Hit,
    /// Removed text.
    Text,
    /// The token that opens an attachment.
    Token,
}

impl Item {
    fn new(text: impl Into<String>, source: Source) -> Self {
        Self { text: text.into(), source }
    }
}

/// What the removed texts give: each as a whole, and the addresses in it, since an address is often written elsewhere
/// without the words around it.
pub(super) fn of_texts(texts: &Texts) -> Vec<Item> {
    let mut items = Vec::new();
    let hits = texts.hits().map(|text| (text, Source::Hit));
    for (text, source) in hits.chain(texts.others().map(|text| (text, Source::Text))) {
        items.push(Item::new(text, source));
        page_addresses(text).for_each(|address| of_url(address, &mut items));
        let mails = mail_addresses(text).filter(|address| address.len() < text.len());
        items.extend(mails.map(|address| Item::new(address, Source::Text)));
    }
    items
}

/// The addresses of pages in a text, without the words around them and the marks that end a sentence.
pub(crate) fn page_addresses(text: &str) -> impl Iterator<Item = &str> {
    words(text)
        .filter(|word| is_page(word))
        .map(|word| word.trim_end_matches(['.', '!', '?', ':', '*', '…', '。', '“', '”']))
}

/// The mail addresses in a text, without the words and marks around them, outside of addresses of pages.
pub(crate) fn mail_addresses(text: &str) -> impl Iterator<Item = &str> {
    // What stands in addresses, of what is neither letter nor digit; more is allowed, and not used.
    let is_around = |c: char| !c.is_alphanumeric() && !matches!(c, '@' | '.' | '-' | '_' | '+' | '%' | '#' | '~');
    let parts = words(text).filter(|word| !is_page(word)).flat_map(move |word| word.split(is_around));
    let parts = parts.map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()));
    parts.filter(|part| part.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c| matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '"' | '\'' | '|');
    text.split(move |c: char| parts(c) || c.is_whitespace())
}

fn is_page(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.")
}

/// Whom an address names that begins a mail, a call or a chat.
pub(crate) fn person_of(url: &str) -> Option<String> {
    if !names_person(url) {
        return None;
    }
    let decoded = decoded(url);
    let (_, person) = split_scheme(&decoded);
    person.split('?').next().map(str::to_owned)
}

/// Whom the address of a person names, and each mail address in it: there may be several, also in its query,
/// and beside a port or a place.
pub(crate) fn persons_of(url: &str) -> Vec<String> {
    let Some(person) = person_of(url) else { return Vec::new() };
    let decoded = decoded(url);
    let mails = mail_addresses(split_scheme(&decoded).1).filter(|mail| *mail != person).map(str::to_owned);
    let mut persons: Vec<String> = mails.collect();
    persons.push(person);
    persons
}

pub(super) fn names_person(url: &str) -> bool {
    let (scheme, _) = split_scheme(url);
    ["mailto", "tel", "sms", "callto", "sip", "xmpp", "skype"].iter().any(|known| known.eq_ignore_ascii_case(scheme))
}

/// What the tags give that `edits` took out or left with their name alone: addresses, and words that people read.
pub(super) fn of_tags(source: &Fragment<'_>, edits: &Edits, items: &mut Vec<Item>) {
    let mut removed = edits.iter().map(|edit| edit.range).peekable();
    for token in source.tokens() {
        while removed.next_if(|range| range.end <= token.start()).is_some() {}
        let Some(range) = removed.peek().filter(|range| range.start < token.end() && token.is_tag()) else { continue };
        if token.is_watched() {
            continue;
        }
        let lies_inside =
            |attribute: &Attribute| range.start <= attribute.value.start && attribute.value.end <= range.end;
        for attribute in source.attributes(token).filter(lies_inside) {
            of_attribute(source.source(), &attribute, items);
        }
    }
}

/// Attributes that hold words for people.
const WORDS: &[&str] =
    &["alt", "aria-label", "content", "download", "label", "placeholder", "summary", "title", "value"];

fn of_attribute(source: &str, attribute: &Attribute, items: &mut Vec<Item>) {
    let name = &source[attribute.name.clone()];
    let value = attribute.decoded_value(source);
    addresses(name, &value).for_each(|url| of_url(url, items));
    if says_something(name, &value) {
        items.push(Item::new(value, Source::Attribute));
    }
}

/// Whether an attribute holds words for people that tell something: one ordinary word, such as `logo`, says nothing of
/// what was removed.
pub(crate) fn says_something(name: &str, value: &str) -> bool {
    if !WORDS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return false;
    }
    let words = fold(value);
    let stem = stem(value).unwrap_or(value);
    words.text().len() >= 6 && words.text().contains(|c: char| c == ' ' || c.is_numeric()) && !is_generic(stem)
}

/// Takes an address apart: who or what it names, the attachment it opens, the file it ends in.
fn of_url(url: &str, items: &mut Vec<Item>) {
    if names_person(url) {
        items.extend(persons_of(url).into_iter().map(|person| Item::new(person, Source::Text)));
        return;
    }
    let decoded = decoded(url);
    let (scheme, rest) = split_scheme(url);
    match scheme.to_ascii_lowercase().as_str() {
        "javascript" => return,
        "data" => return of_data(rest, items),
        _ => {}
    }
    let page = rest.trim_start_matches('/').trim_end_matches('/');
    let is_host = rest.starts_with("//") && !page.contains(['/', '?', '#']);
    if !rest.starts_with('#') {
        let source = if is_host { Source::Host } else { Source::Address };
        items.push(Item::new(last_piece(page), source));
        if decoded != url {
            let page = split_scheme(&decoded).1.trim_matches('/');
            items.push(Item::new(last_piece(page), source));
        }
    }
    if let Some(token) = attachment_token(url) {
        items.push(Item::new(token, Source::Token));
    }
    for part in decoded.split(['?', '&', '#', ';']).skip(1) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if matches!(name.to_ascii_lowercase().as_str(), "name" | "filename" | "file_name") {
            of_file_name(value, items);
        } else if value.split_once('@').is_some_and(|(_, host)| host.contains('.')) {
            items.push(Item::new(value, Source::Text));
        }
    }
    if !is_host {
        let path = decoded.split(['?', '#']).next().unwrap_or_default();
        of_file_name(path.rsplit('/').next().unwrap_or_default(), items);
    }
}

/// An address without its percent-encoding.
fn decoded(url: &str) -> Cow<'_, str> {
    percent_decoded(url).map_or(Cow::Borrowed(url), Cow::Owned)
}

/// The scheme of an address and what follows its colon; no scheme if it is relative (RFC 3986, 3.1).
pub(super) fn split_scheme(url: &str) -> (&str, &str) {
    match url.split_once(':') {
        Some((scheme, rest))
            if scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) =>
        {
            (scheme, rest)
        }
        _ => ("", url),
    }
}

/// Data is recognized by a stretch from its middle: many pictures begin alike.
fn of_data(rest: &str, items: &mut Vec<Item>) {
    let data = rest.split_once(',').map_or("", |(_, data)| data);
    let stretch = data.get(data.len() / 2..).and_then(|half| half.get(..half.len().min(DATA)));
    if let Some(stretch) = stretch.filter(|stretch| stretch.len() >= DATA / 2) {
        items.push(Item::new(stretch, Source::Address));
    }
}

/// How much of a data address is searched for, in bytes.
const DATA: usize = 64;

/// The end of an address, which tells it from others of its site: long ones often begin alike.
fn last_piece(page: &str) -> &str {
    let start = page.len().saturating_sub(LONGEST_ADDRESS);
    page.get(start..).unwrap_or(page)
}

const LONGEST_ADDRESS: usize = 90;

fn of_file_name(name: &str, items: &mut Vec<Item>) {
    let Some(stem) = stem(name) else { return };
    if stem.chars().filter(|c| c.is_alphanumeric()).count() >= 4 && !is_generic(stem) {
        items.push(Item::new(name, Source::FileName));
    }
}

/// The name of a file without its extension; nothing if it has none.
fn stem(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    is_extension(extension.as_bytes()).then_some(stem)
}

/// Whether what follows the last full stop of a name can be the extension of a file.
pub(super) fn is_extension(end: &[u8]) -> bool {
    (1..=5).contains(&end.len()) && end.iter().all(u8::is_ascii_alphanumeric)
}

/// Names that programs give to pictures and files by themselves: the same name elsewhere is another file.
const GENERIC: &[&str] = &[
    "attachment", "avatar", "banner", "blank", "bullet", "document", "download", "facebook", "file", "footer",
    "header", "icon", "image", "img", "index", "inline", "instagram", "linkedin", "logo", "noname", "photo", "picture",
    "pixel", "scan", "screenshot", "signature", "spacer", "twitter", "unnamed", "untitled", "youtube",
];

/// Whether a file has a name that programs give by themselves.
#[cfg(feature = "serde")]
pub(crate) fn is_generic_file(name: &str) -> bool {
    stem(name).is_some_and(is_generic)
}

/// Whether a name says nothing: a generic word, maybe numbered.
fn is_generic(name: &str) -> bool {
    let word: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    digits <= 3 && (word.is_empty() || GENERIC.contains(&word.as_str()))
}
