//! URLs of attachments: by what two of them are the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::object::{Object, objects};
use crate::audit::attachment_token;

/// What two URLs of one attachment have in common: the token, or else the whole URL.
fn key(url: &str) -> Cow<'_, str> {
    attachment_token(url).unwrap_or(Cow::Borrowed(url))
}

/// Whether a string is a URL that can be fetched.
fn is_url(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://") || starts("//") || attachment_token(text).is_some()
}

/// The URLs in an attachment or a file event, at any depth, in their order. A name is none, whatever it looks like: who
/// sends a file chooses it, and could name it after the URL of another.
pub(crate) fn urls_in(object: &Object) -> Vec<&str> {
    let urls = texts_in(object).into_iter().filter(|(field, text)| !is_name(field) && is_url(text));
    urls.map(|(_, text)| text).collect()
}

/// The names of files in an attachment or a file event, at any depth, in their order; a number may be one.
pub(crate) fn names_in(object: &Object) -> Vec<&str> {
    texts_in(object).into_iter().filter(|(field, _)| is_name(field)).map(|(_, text)| text).collect()
}

/// Whether a field holds the name of a file.
fn is_name(field: &str) -> bool {
    matches!(field, "file_name" | "filename" | "name" | "mapped_file_name")
}

/// All strings and numbers in an object, each with the nearest field around it.
fn texts_in(object: &Object) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut open: Vec<(&str, &Value)> = object.iter().rev().map(|(field, value)| (field.as_str(), value)).collect();
    while let Some((field, value)) = open.pop() {
        match value {
            Value::String(text) => found.push((field, text.as_str())),
            Value::Number(number) => found.push((field, number.as_str())),
            Value::Array(items) => open.extend(items.iter().rev().map(|item| (field, item))),
            Value::Object(object) => open.extend(object.iter().rev().map(|(field, value)| (field.as_str(), value))),
            _ => {}
        }
    }
    found
}

/// Finds the attachments of a comment by URL.
pub(crate) struct Attachments<'c> {
    places: BTreeMap<Cow<'c, str>, Vec<usize>>,
}

impl<'c> Attachments<'c> {
    pub(crate) fn of(comment: &'c Object) -> Self {
        let mut places: BTreeMap<Cow<'_, str>, Vec<usize>> = BTreeMap::new();
        for (place, attachment) in objects(comment, "attachments").enumerate() {
            for url in urls_in(attachment) {
                places.entry(key(url)).or_default().push(place);
            }
        }
        Self { places }
    }

    /// The places of the attachments that `url` is of, more than one if they are the same file; none the second time.
    /// Nothing if it is of no attachment of the comment.
    pub(crate) fn take(&mut self, url: &str) -> Option<Vec<usize>> {
        self.places.get_mut(&*key(url)).map(std::mem::take)
    }
}
