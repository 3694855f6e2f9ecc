//! The walk at end tags (WHATWG 13.2.6.4.7): which elements each ends.

use super::rules::{End, Rules};
use super::tree::{GONE, Tree};
use super::visitor::Visitor;
use crate::html::rules::HEADINGS;
use crate::html::{Name, Namespace, Token};

impl<'t, V: Visitor> Tree<'t, V> {
    pub(super) fn end_tag(&mut self, token: &'t Token) {
        let name = token.name();
        if self.keeps_all && self.end_foreign(token) {
            return;
        }
        if self.templates.last() == Some(&(self.stack.top(), false)) && name != Name::Template {
            return;
        }
        let Rules { end, traits, .. } = Rules::of(name);
        match end {
            End::Ordinary => self.end_ordinary(token),
            End::Formatting => self.end_formatting(name),
            End::Scoped => self.end_in_scope(name),
            End::Paragraph => {
                if !self.is_in_paragraph() {
                    self.push(name, traits, name as usize, None);
                }
                self.end_paragraph();
            }
            End::ListItem => {
                if self.stack.innermost(name) > self.stack.nearest().list_scope() {
                    self.pop_to(self.stack.innermost(name));
                }
            }
            End::Heading => {
                let innermost = HEADINGS.map(|heading| self.stack.innermost(heading)).into_iter().max().unwrap_or(0);
                if innermost > self.stack.nearest().scope() {
                    self.pop_to(innermost);
                }
            }
            End::Form => self.end_form(),
            End::TablePart => self.end_table_part(name),
            End::Template => self.pop_to(self.stack.innermost(name)),
            End::Break => {
                let element = self.element(name, Namespace::Html, None);
                self.visitor.void(&element);
            }
        }
    }

    /// "Any other end tag" (13.2.6.4.7): not past a special element.
    fn end_ordinary(&mut self, token: &'t Token) {
        let id = self.id(token);
        let place = self.stack.innermost_id(id);
        if place >= self.stack.nearest().special() {
            self.pop_to(place);
        }
    }

    /// The adoption agency algorithm (13.2.6.4.7), as far as it ends elements: where a special element is open inside,
    /// only the formatting element ends.
    pub(super) fn end_formatting(&mut self, name: Name) {
        let place = self.stack.innermost(name);
        let nearest = self.stack.nearest();
        if place < nearest.scope() {
            return;
        }
        if place > nearest.special() {
            self.pop_to(place);
        } else {
            self.stack.detach(place);
        }
    }

    /// `</form>`: the form leaves the stack, and what is open in it stays open (13.2.6.4.7).
    fn end_form(&mut self) {
        if self.stack.innermost(Name::Template) != 0 {
            return self.end_in_scope(Name::Form);
        }
        let form = std::mem::take(&mut self.form);
        if form == 0 || form == GONE || form < self.stack.nearest().scope() {
            return;
        }
        self.end_implied(None);
        if self.stack.top() == form {
            self.pop();
        } else {
            // An element is inside of at most one form that leaves this way, so this is linear in all.
            self.stack.detach(form);
            self.stack.look_past(form);
        }
    }
}
