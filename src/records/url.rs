//! URLs of attachments: by what two of them are the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::object::{Object, objects};
use super::search::percent_decoded;

/// What stands before the token in the path of an attachment's URL.
const MARKER: &str = "/attachments/token/";

/// The token of an attachment in an URL, absolute or relative: it alone says which file is meant, the name behind it and
/// the domain before it do not (contract C85).
pub(crate) fn token(url: &str) -> Option<Cow<'_, str>> {
    let path = url.split(['?', '#']).next()?;
    match token_in(path) {
        Some(token) if !token.contains(['%', '\t', '\n', '\r']) => Some(Cow::Borrowed(token)),
        _ => {
            // Browsers drop tabs and line ends, and read `\` as `/`.
            let path = path.replace(['\t', '\n', '\r'], "").replace('\\', "/");
            let path = percent_decoded(&path).unwrap_or(path);
            token_in(&path).map(|token| Cow::Owned(token.to_owned()))
        }
    }
}

fn token_in(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once(MARKER)?;
    rest.split('/').next().filter(|token| !token.is_empty())
}

/// What two URLs of one attachment have in common: the token, or else the whole URL.
pub(crate) fn key(url: &str) -> Cow<'_, str> {
    token(url).unwrap_or(Cow::Borrowed(url))
}

/// Whether a string is an URL that can be fetched.
pub(crate) fn is_url(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://") || starts("//") || token(text).is_some()
}

/// The URLs in the value of a `srcset` (WHATWG 4.8.4, parsing a srcset attribute). What stands behind one, such as its width,
/// ends at a comma outside of parentheses, whether or not white space follows.
pub(crate) fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| is_space(c) || c == ',');
        let (candidate, behind) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
        let url = candidate.trim_end_matches(',');
        let mut in_parentheses = false;
        let ends = |c: char| {
            in_parentheses = if in_parentheses { c != ')' } else { c == '(' };
            c == ',' && !in_parentheses
        };
        let has_ended = url.len() < candidate.len();
        rest = if has_ended { behind } else { behind.split_once(ends).map_or("", |(_, next)| next) };
        Some(url).filter(|url| !url.is_empty())
    })
}

/// The URLs in an attachment or a file event, at any depth, in their order.
pub(crate) fn urls_in(object: &Object) -> Vec<&str> {
    strings_in(object).into_iter().map(|(_, text)| text).filter(|text| is_url(text)).collect()
}

/// The names of files in an attachment or a file event, at any depth, in their order.
pub(crate) fn names_in(object: &Object) -> Vec<&str> {
    let is_name = |field: &str| matches!(field, "file_name" | "filename" | "name" | "mapped_file_name");
    strings_in(object).into_iter().filter(|(field, _)| is_name(field)).map(|(_, text)| text).collect()
}

/// All strings in an object, each with the nearest field around it.
fn strings_in(object: &Object) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut open: Vec<(&str, &Value)> = object.iter().rev().map(|(field, value)| (field.as_str(), value)).collect();
    while let Some((field, value)) = open.pop() {
        match value {
            Value::String(text) => found.push((field, text.as_str())),
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
            ("\\attachments\\token\\ab%63123\\x", Some("abc123")),
            ("/attachments/to\nken/abc\t123/", Some("abc123")),
            ("", None),
        ];
        for (url, expected) in cases {
            assert_eq!(token(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn candidates_of_a_srcset_end_at_commas() {
        let cases: [(&str, &[&str]); 7] = [
            ("", &[]),
            (" , ", &[]),
            ("a.png", &["a.png"]),
            (",a.png, b.png 2x", &["a.png", "b.png"]),
            ("a.png 1x,b.png 2x\n,\tc.png", &["a.png", "b.png", "c.png"]),
            ("a,b.png 1x, c.png,,", &["a,b.png", "c.png"]),
            ("a.png (x, y) 1x, b.png (x, c.png", &["a.png", "b.png"]),
        ];
        for (srcset, expected) in cases {
            assert_eq!(candidates(srcset).collect::<Vec<_>>(), expected, "{srcset}");
        }
    }
}
