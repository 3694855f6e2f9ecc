//! Which kind of place an offset of a result is.

use std::ops::Range;

use super::LeakKind;
use super::value::Value;
use crate::html::{Attribute, Attributes, Fragment, Kind};

/// Gives the kinds of places, which are asked for in order.
pub(super) struct Kinds<'k> {
    result: &'k Fragment<'k>,
    token: usize,
    /// The attributes of the tag at `token`, from the one that was asked for last.
    attributes: Option<(Attributes<'k>, Option<(Attribute, Value<'k>)>)>,
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
            _ if self.result.is_read(self.token) => LeakKind::VisibleText,
            Kind::StartTag | Kind::EndTag => {
                let (rest, current) = self.attributes.get_or_insert_with(|| (self.result.attributes(token), None));
                while current.as_ref().is_none_or(|(attribute, _)| attribute.value.end <= range.start) {
                    let Some(attribute) = rest.next() else { return LeakKind::Markup };
                    let value = Value::new(self.result.source(), &attribute);
                    *current = Some((attribute, value));
                }
                match current {
                    Some((attribute, value)) if attribute.value.start <= range.start => {
                        value.kind_at(range.start - attribute.value.start)
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
