//! The walk at start tags (WHATWG 13.2.6.4.7): which elements each ends, and whether it opens one.

use super::rules::{Rules, Start, Traits};
use super::tree::{GONE, Tree};
use super::visitor::{TooShallow, Visitor};
use crate::html::rules::is_of_head;
use crate::html::{Name, Namespace, Token};

impl<'t, V: Visitor> Tree<'t, V> {
    pub(super) fn start_tag(&mut self, index: usize, token: &'t Token) -> Result<(), TooShallow> {
        let name = token.name();
        let Rules { start, traits, .. } = Rules::of(name);
        if !self.templates.is_empty() {
            self.begin_template(name);
        }
        if !self.keeps_all {
            if traits.has(Traits::DELICATE) || (start == Start::Heading && self.is_right_in_heading()) {
                return Err(TooShallow);
            }
            if start.is_phrasing() && !traits.has(Traits::SPECIAL) {
                self.visitor.insert();
                // What begins first in a template tells what its cells and rows begin in (13.2.6.4.18).
                let begins_template = self.current() == Some(Name::Template);
                return if begins_template || self.changes_text(token) { Err(TooShallow) } else { Ok(()) };
            }
        }
        match self.foreign_parent(name).filter(|_| !self.breaks_out(token)) {
            Some(traits) => self.foreign_start_tag(token, traits),
            None => self.html_start_tag(index, token, start, traits),
        }
        Ok(())
    }

    /// Begins the content of the innermost template, if `name` is not one of the elements of a head.
    fn begin_template(&mut self, name: Name) {
        if let Some((_, has_begun)) = self.templates.last_mut() {
            *has_begun |= !is_of_head(name);
        }
    }

    /// Whether an element that is not special hides what it holds, or folds the white space of a `pre`.
    fn changes_text(&self, token: &Token) -> bool {
        let in_pre = || self.stack.innermost(Name::Pre) != 0 || self.stack.innermost(Name::Listing) != 0;
        token.has_hiding_attribute() || (token.name() == Name::Nobr && in_pre())
    }

    /// Whether a heading is around a tag that ends an open `p` first. An element that is not kept may stand in between.
    fn is_right_in_heading(&self) -> bool {
        let around = if self.is_in_paragraph() { self.stack.innermost(Name::P) - 1 } else { self.stack.top() };
        self.stack.name_at(around).is_some_and(|name| Rules::of(name).start == Start::Heading)
    }

    fn html_start_tag(&mut self, index: usize, token: &'t Token, rule: Start, traits: Traits) {
        if !self.before_element(index, token, rule) {
            return;
        }
        let name = token.name();
        let id = self.id(token);
        self.push(name, traits, id, Some(token));
        if name == Name::Template {
            self.templates.push((self.stack.top(), false));
        }
    }

    /// Ends what an element of HTML ends when it begins (13.2.6.4.7). Tells whether it is put on the stack; if not, its
    /// tag has been dealt with.
    #[inline(always)]
    fn before_element(&mut self, index: usize, token: &'t Token, rule: Start) -> bool {
        let name = token.name();
        match rule {
            Start::Ignore => return false,
            Start::Ordinary | Start::Formatting => {}
            Start::ExclusiveFormatting => self.end_formatting(name),
            Start::Block => self.end_paragraph(),
            Start::Heading => self.before_heading(),
            Start::ListItem => self.before_item(),
            Start::Description => self.before_description(),
            Start::Preformatted => {
                self.end_paragraph();
                self.line_end_at = index + 1;
            }
            Start::Textarea => self.line_end_at = index + 1,
            Start::Form => return self.before_form(),
            Start::Button => self.end_in_scope(name),
            Start::Table => return self.before_table(),
            Start::TablePart => {
                self.table_part(token);
                return false;
            }
            Start::Foreign => {
                let parent = if name == Name::Svg { Traits::FOREIGN.or(Traits::SVG) } else { Traits::FOREIGN };
                self.foreign_start_tag(token, parent);
                return false;
            }
            Start::Void => {
                self.insert_void(token, Namespace::Html);
                return false;
            }
            Start::Input => {
                self.end_in_scope(Name::Select);
                self.insert_void(token, Namespace::Html);
                return false;
            }
            Start::Rule => {
                self.end_paragraph();
                if self.is_in_scope(Name::Select) {
                    self.end_implied(None);
                }
                self.insert_void(token, Namespace::Html);
                return false;
            }
            Start::Select => {
                if self.is_in_scope(name) {
                    self.end_in_scope(name);
                    return false;
                }
            }
            Start::Option => self.before_option(Some(Name::Optgroup)),
            Start::Optgroup => self.before_option(None),
            Start::RubyBase => self.before_ruby(None),
            Start::RubyText => self.before_ruby(Some(Name::Rtc)),
        }
        true
    }

    fn before_heading(&mut self) {
        self.end_paragraph();
        if self.is_in_heading() {
            self.pop();
        }
    }

    fn is_in_heading(&self) -> bool {
        self.current().is_some_and(|name| Rules::of(name).start == Start::Heading)
    }

    fn before_item(&mut self) {
        if self.is_in_item() {
            self.pop_to(self.stack.innermost(Name::Li));
        }
        self.end_paragraph();
    }

    fn before_description(&mut self) {
        let item = self.stack.innermost(Name::Dd).max(self.stack.innermost(Name::Dt));
        if item >= self.stack.nearest().item() {
            self.pop_to(item);
        }
        self.end_paragraph();
    }

    fn before_option(&mut self, kept: Option<Name>) {
        if self.is_in_scope(Name::Select) {
            self.end_implied(kept);
        } else if self.current() == Some(Name::Option) {
            self.pop();
        }
    }

    fn before_ruby(&mut self, kept: Option<Name>) {
        if self.is_in_scope(Name::Ruby) {
            self.end_implied(kept);
        }
    }

    /// Whether a form begins here; not inside of another one.
    fn before_form(&mut self) -> bool {
        let in_template = self.stack.innermost(Name::Template) != 0;
        if self.form != 0 && !in_template {
            return false;
        }
        if self.between_cells() {
            // 13.2.6.4.9: it is popped at once, and the style sheet hides it (15.3.10).
            self.form = if in_template { self.form } else { GONE };
            self.visitor.insert();
            return false;
        }
        self.end_paragraph();
        if !in_template {
            self.form = self.stack.top() + 1;
        }
        true
    }
}
