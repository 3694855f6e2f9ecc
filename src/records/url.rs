//! URLs of attachments: by what two of them are the same.

use std::collections::BTreeMap;

use serde_json::Value;

use super::object::{Object, objects};

/// What stands before the token in the path of an attachment's URL.
const MARKER: &str = "/attachments/token/";

/// The token of an attachment in an URL, absolute or relative: it alone says which file is meant, the name behind it and
/// the domain before it do not (contract C85).
pub(crate) fn token(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    let (_, rest) = path.split_once(MARKER)?;
    let token = rest.split('/').next()?;
    (!token.is_empty()).then_some(token)
}

/// What two URLs of one attachment have in common: the token, or else the whole URL.
pub(crate) fn key(url: &str) -> &str {
    token(url).unwrap_or(url)
}

/// Whether a string is an URL that can be fetched.
pub(crate) fn is_url(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://") || token(text).is_some()
}

/// The URLs in an attachment or a file event, at any depth, each once, in their order.
pub(crate) fn urls_in(object: &Object) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = object.values().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if is_url(text) => found.push(text.as_str()),
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => open.extend(fields.values().rev()),
            _ => {}
        }
    }
    found
}

/// Finds the attachments of a comment by URL.
pub(crate) struct Attachments<'c> {
    places: BTreeMap<&'c str, Vec<usize>>,
}

impl<'c> Attachments<'c> {
    pub(crate) fn of(comment: &'c Object) -> Self {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, attachment) in objects(comment, "attachments").enumerate() {
            for url in urls_in(attachment) {
                places.entry(key(url)).or_default().push(place);
            }
        }
        Self { places }
    }

    /// The places of the attachments that `url` is of; more than one if they are the same file.
    pub(crate) fn places(&self, url: &str) -> &[usize] {
        self.places.get(key(url)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_what_follows_the_marker_in_the_path() {
        let cases = [
            ("https://desk.example.com/attachments/token/abc123/?name=a.png", Some("abc123")),
            ("/attachments/token/abc123", Some("abc123")),
            ("/attachments/token/abc123#x", Some("abc123")),
            ("https://desk.example.com/x?u=/attachments/token/abc123/", None),
            ("/attachments/token//?name=a", None),
            ("https://desk.example.com/attachments/tokens/abc", None),
            ("", None),
        ];
        for (url, expected) in cases {
            assert_eq!(token(url), expected, "{url}");
        }
    }
}
