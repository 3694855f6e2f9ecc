//! Which kind of place an offset of an attribute's value is.

use super::LeakKind;
use super::items::{is_extension, split_scheme};
use crate::html::{Attribute, holds_address, holds_addresses};

/// The value of an attribute, and how far it has been taken apart. Places in it are asked for in order, and all
/// questions together look at each byte a bounded number of times: one value may be all of the input, and full of hits.
pub(super) struct Value<'v> {
    bytes: &'v [u8],
    /// What any place in it is, if that is the same for all.
    kind: Option<LeakKind>,
    /// Up to `seen`, the last `?`, `&` or `;` and the last `/`.
    seen: usize,
    separator: Option<usize>,
    slash: Option<usize>,
    ahead: Ahead,
}

/// The part of an address that ends at the next `?`, `#` or `&`, and what is last in it.
#[derive(Default)]
struct Ahead {
    end: Option<usize>,
    dot: Option<usize>,
    slash: Option<usize>,
}

/// The names of parameters that hold the name of a file.
const NAMES: [&str; 3] = ["name", "filename", "file_name"];

impl<'v> Value<'v> {
    pub(super) fn new(source: &'v str, attribute: &Attribute) -> Self {
        let (name, value) = (&source[attribute.name.clone()], &source[attribute.value.clone()]);
        let kind = if name.eq_ignore_ascii_case("download") {
            Some(LeakKind::FileName)
        } else if is_address(name, value.trim_start()) {
            None
        } else {
            Some(LeakKind::Attribute)
        };
        Self { bytes: value.as_bytes(), kind, seen: 0, separator: None, slash: None, ahead: Ahead::default() }
    }

    /// What the place at `at`, an offset in the value, is.
    pub(super) fn kind_at(&mut self, at: usize) -> LeakKind {
        if let Some(kind) = self.kind {
            kind
        } else if self.is_file_name(at) {
            LeakKind::FileName
        } else {
            LeakKind::Url
        }
    }

    /// Whether the place at `at` of an address belongs to the name of a file: the last part of the path, with an
    /// extension, or a parameter that is a name.
    fn is_file_name(&mut self, at: usize) -> bool {
        self.look_back(at);
        if let Some(separator) = self.separator {
            let parameter = self.bytes.get(separator + 1..at).unwrap_or_default();
            let is_called = |name: &&str| {
                parameter.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
                    && parameter.get(name.len()).is_none_or(|&next| next == b'=')
            };
            return NAMES.iter().any(is_called);
        }
        self.look_ahead(at);
        let extension = match self.ahead {
            Ahead { end: Some(end), dot: Some(dot), .. } if dot >= at => &self.bytes[dot + 1..end],
            _ => return false,
        };
        let is_last_part = self.ahead.slash.is_none_or(|slash| slash < at);
        let is_host = self.slash.is_none_or(|slash| self.bytes[..slash].ends_with(b"/"));
        is_extension(extension) && is_last_part && !is_host
    }

    fn look_back(&mut self, at: usize) {
        debug_assert!(self.seen <= at, "places are asked for in order");
        for index in self.seen..at {
            match self.bytes[index] {
                b'?' | b'&' | b';' => self.separator = Some(index),
                b'/' => self.slash = Some(index),
                _ => {}
            }
        }
        self.seen = self.seen.max(at);
    }

    fn look_ahead(&mut self, at: usize) {
        if self.ahead.end.is_some_and(|end| at <= end) {
            return;
        }
        let rest = &self.bytes[at..];
        let length = rest.iter().position(|byte| b"?#&".contains(byte)).unwrap_or(rest.len());
        let last = |wanted: u8| memchr::memrchr(wanted, &rest[..length]).map(|found| at + found);
        self.ahead = Ahead { end: Some(at + length), dot: last(b'.'), slash: last(b'/') };
    }
}

/// Whether the value of the attribute called `name` is the address of something.
fn is_address(name: &str, value: &str) -> bool {
    let (scheme, rest) = split_scheme(value);
    let is_page = rest.starts_with("//")
        || ["cid", "data", "file", "blob"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    is_page || ((holds_address(name) || holds_addresses(name)) && scheme.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// The slow twin takes the address apart at each place anew.
    #[test]
    fn places_are_of_the_kind_that_the_address_around_them_tells() {
        let units = [
            "a", "b1", "/", "//", ".", ".png", "?", "&", ";", "#", "=", "name=", "file_name", "filename=", "long.exte",
        ];
        let mut random = Random::new(11);
        for _ in 0..20_000 {
            let count = random.below(12);
            let text = format!("/{}", random.text(count, &units));
            let attribute = Attribute { name: 0..0, value: 0..text.len() };
            let mut value = Value { kind: None, ..Value::new(&text, &attribute) };
            let mut at = 0;
            while at < text.len() {
                assert_eq!(value.is_file_name(at), is_file_name(&text[..at], &text[at..]), "{text:?} {at}");
                at += random.below(4);
                if random.below(3) == 0 {
                    at += 1;
                }
            }
        }
    }

    fn is_file_name(before: &str, after: &str) -> bool {
        if let Some((_, parameter)) = before.rsplit_once(['?', '&', ';']) {
            return NAMES.contains(&parameter.split('=').next().unwrap_or_default());
        }
        let rest = after.split(['?', '#', '&']).next().unwrap_or_default();
        let has_extension = rest.rsplit_once('.').is_some_and(|(_, extension)| {
            (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let is_host = before.rsplit_once('/').is_none_or(|(path, _)| path.ends_with('/'));
        has_extension && !rest.contains('/') && !is_host
    }
}
