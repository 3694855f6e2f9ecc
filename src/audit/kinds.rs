//! Which kind of place an offset of a result is.

use std::ops::Range;

use super::LeakKind;
use super::items::{holds_address, split_scheme};
use super::view::is_read;
use crate::html::{Attribute, Attributes, Fragment, Kind};

/// Tells the kind of places, asked for in the order in which they stand.
pub(super) struct Kinds<'k> {
    result: &'k Fragment<'k>,
    token: usize,
    /// The attributes of the tag at `token`, from the one that was asked for last.
    attributes: Option<(Attributes<'k>, Option<Attribute>)>,
}

impl<'k> Kinds<'k> {
    pub(super) fn new(result: &'k Fragment<'k>) -> Self {
        Self { result, token: 0, attributes: None }
    }

    pub(super) fn of(&mut self, range: &Range<usize>) -> LeakKind {
        let tokens = self.result.tokens();
        while tokens.get(self.token).is_some_and(|token| token.end() <= range.start) {
            self.token += 1;
            self.attributes = None;
        }
        let Some(token) = tokens.get(self.token) else { return LeakKind::VisibleText };
        match token.kind() {
            _ if is_read(self.result, self.token) => LeakKind::VisibleText,
            Kind::StartTag | Kind::EndTag => {
                let (rest, current) = self.attributes.get_or_insert_with(|| (self.result.attributes(token), None));
                while current.as_ref().is_none_or(|attribute| attribute.value.end <= range.start) {
                    match rest.next() {
                        Some(attribute) => *current = Some(attribute),
                        None => return LeakKind::Markup,
                    }
                }
                match current {
                    Some(attribute) if attribute.value.start <= range.start => {
                        of_attribute(self.result, attribute, range)
                    }
                    _ => LeakKind::Markup,
                }
            }
            Kind::Text(_) => LeakKind::RawText,
            Kind::Comment => LeakKind::Comment,
            _ => LeakKind::Markup,
        }
    }
}

fn of_attribute(result: &Fragment<'_>, attribute: &Attribute, range: &Range<usize>) -> LeakKind {
    let name = &result.source()[attribute.name.clone()];
    if name.eq_ignore_ascii_case("download") {
        return LeakKind::FileName;
    }
    let value = result.source()[attribute.value.clone()].trim_start();
    let (scheme, rest) = split_scheme(value);
    let is_page = rest.starts_with("//")
        || ["cid", "data", "file", "blob"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let is_address = is_page || ((holds_address(name) || name.eq_ignore_ascii_case("srcset")) && scheme.is_empty());
    if !is_address {
        return LeakKind::Attribute;
    }
    let before = &result.source()[attribute.value.start..range.start];
    let after = &result.source()[range.start..attribute.value.end];
    if is_file_name(before, after) { LeakKind::FileName } else { LeakKind::Url }
}

/// Whether the place between `before` and `after` in an address belongs to the name of a file: the last part of the
/// path, with an extension, or a parameter that is a name.
fn is_file_name(before: &str, after: &str) -> bool {
    if let Some((_, parameter)) = before.rsplit_once(['?', '&', ';']) {
        let name = parameter.split('=').next().unwrap_or_default();
        return ["name", "filename", "file_name"].iter().any(|known| known.eq_ignore_ascii_case(name));
    }
    let rest = after.split(['?', '#', '&']).next().unwrap_or_default();
    let has_extension = rest.rsplit_once('.').is_some_and(|(_, extension)| {
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let is_host = before.rsplit_once('/').is_none_or(|(path, _)| path.ends_with('/'));
    has_extension && !rest.contains('/') && !is_host
}
