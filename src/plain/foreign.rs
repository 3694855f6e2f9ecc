//! The walk inside of SVG and MathML (WHATWG 13.2.6.5, and the dispatcher of 13.2.6).

use super::rules::{self, Traits};
use super::tree::Tree;
use super::visitor::Visitor;
use crate::html::rules::{leaves_foreign_content, stays_in_mathml};
use crate::html::{Name, Token};

impl<'t, V: Visitor> Tree<'t, V> {
    /// What an element of this name has in common with the foreign element that it begins in, unless it begins in HTML:
    /// the dispatcher of 13.2.6.
    pub(super) fn foreign_parent(&self, name: Name) -> Option<Traits> {
        let open = self.stack.last().filter(|open| open.traits.has(Traits::FOREIGN))?;
        let is_mathml = !open.traits.has(Traits::SVG);
        let is_html = if open.traits.has(Traits::INTEGRATION) {
            !is_mathml || !stays_in_mathml(name)
        } else {
            name == Name::Svg && open.name == Name::AnnotationXml && is_mathml
        };
        if is_html { None } else { Some(open.traits) }
    }

    /// 13.2.6.5: whether a start tag leaves foreign content, and if so, ends what it leaves.
    pub(super) fn breaks_out(&mut self, token: &Token) -> bool {
        let source = self.fragment.source();
        let names = || self.fragment.attributes(token).map(|attribute| source[attribute.name].as_bytes());
        let breaks_out = leaves_foreign_content(token.name(), names);
        if breaks_out {
            self.leave_foreign_content();
        }
        breaks_out
    }

    /// Ends foreign elements up to an integration point.
    fn leave_foreign_content(&mut self) {
        let held = Traits::INTEGRATION;
        while self.stack.last().is_some_and(|open| open.traits.has(Traits::FOREIGN) && !open.traits.has(held)) {
            self.pop();
        }
    }

    /// Inserts an element of SVG or MathML.
    pub(super) fn foreign_start_tag(&mut self, token: &'t Token, parent: Traits) {
        let name = token.name();
        if token.is_self_closing() {
            self.insert_void(token, parent.namespace());
            return;
        }
        let id = self.stack.id(token.name(), true, || self.fragment.raw_name(token));
        let is_of_html = |value: &str| {
            value.eq_ignore_ascii_case("text/html") || value.eq_ignore_ascii_case("application/xhtml+xml")
        };
        let holds_html = name == Name::AnnotationXml
            && self.element(name, parent.namespace(), Some(token)).attribute("encoding", is_of_html);
        self.push(name, rules::foreign_traits(name, parent.has(Traits::SVG), holds_html), id, Some(token));
    }

    /// 13.2.6.5, end tags: whether the tag ends a foreign element. The search goes outwards up to an element of HTML.
    pub(super) fn end_foreign(&mut self, token: &'t Token) -> bool {
        if !self.stack.last().is_some_and(|open| open.traits.has(Traits::FOREIGN)) {
            return false;
        }
        if matches!(token.name(), Name::P | Name::Br) {
            self.leave_foreign_content();
            return false;
        }
        let id = self.stack.id(token.name(), true, || self.fragment.raw_name(token));
        let place = self.stack.innermost_id(id);
        let is_found = place > self.stack.nearest().html();
        if is_found {
            self.pop_to(place);
        }
        is_found
    }
}
