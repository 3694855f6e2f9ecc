//! What nearly every token of a body is, the short way: words, blocks, line breaks, and tags that show nothing.
//!
//! Each function here does what the walk of [`super::tree`] does with such a token, where all that it would ask is
//! known to be so; it tells whether it did. (A block costs less than two thirds of what it costs the long way, and a
//! tenth of the whole job is saved.)

use super::lines::is_space;
use super::rules::{Rules, Start, Traits};
use super::tree::Tree;
use super::visitor::Visitor;
use crate::html::{Kind, Name, TextKind, Token};

impl<'t, V: Visitor> Tree<'t, V> {
    /// Goes over a token if it is usual.
    #[inline(always)]
    pub(super) fn usual(&mut self, index: usize, token: &'t Token) -> bool {
        let kind = token.kind();
        kind == Kind::Text(TextKind::Data) && self.usual_text(index, token)
            || kind == Kind::StartTag && self.usual_start(token)
            || kind == Kind::EndTag && self.usual_end(token)
    }

    /// Words in a row, perhaps with references, or white space that leaves no trace.
    #[inline(always)]
    fn usual_text(&mut self, index: usize, token: &Token) -> bool {
        if token.is_blank() {
            return self.visitor.drops_space();
        }
        let text = self.fragment.text(token);
        let Some(&first) = text.as_bytes().first() else { return true };
        if first <= b' ' && self.visitor.drops_space() && text.bytes().all(is_space) {
            return true;
        }
        // A reference may be the line end that `pre` drops.
        if !token.is_even_apart_from_references() || text == " " || (first == b'&' && self.drops_line_end(index)) {
            return false;
        }
        if token.may_have_references() {
            self.visitor.words_with_references(self.fragment.source(), token.range());
        } else {
            self.visitor.words(text, token.start());
        }
        true
    }

    /// What shows nothing, a line break, a block that ends no more than one like it, or a part of a table right in what
    /// holds it.
    #[inline(always)]
    fn usual_start(&mut self, token: &'t Token) -> bool {
        let name = token.name();
        let Rules { start, traits, .. } = Rules::of(name);
        if !self.keeps_special_only() || token.has_hiding_attribute() {
            return false;
        }
        if traits.has(Traits::QUIET) {
            self.visitor.insert();
            return true;
        }
        if name == Name::Br {
            self.visitor.line_break();
            return true;
        }
        if !traits.has(Traits::BLOCK) {
            let begins = match start {
                Start::TablePart => self.comes_into_holder(name),
                Start::Table => self.comes_into_no_table(),
                _ => false,
            };
            if begins {
                self.insert_usual(name, Some(token));
            }
            return begins;
        }
        // What it ends is mostly innermost; if not, the long way ends it. Where a leaf is open,
        // a paragraph around it is not.
        let has_ended_item = start == Start::ListItem && self.leaf == Name::Li;
        if self.leaf == Name::P || has_ended_item {
            self.end_leaf();
        } else if self.leaf != Name::Unknown {
            self.push_leaf();
        } else if self.is_in_paragraph() && !self.end_innermost(Name::P) {
            return false;
        }
        // A tag ends one item at most. This comes last, since the long way, taken after it, would end another.
        let ends_item = start == Start::ListItem && !has_ended_item && self.is_in_item();
        if ends_item && !self.end_innermost(Name::Li) {
            return false;
        }
        debug_assert!(!self.is_in_paragraph(), "an item begins by ending the paragraph, so none is open around it");
        if self.visitor.begin_block(name) {
            self.leaf = name;
        } else {
            self.push(name, traits, name as usize, Some(token));
        }
        true
    }

    /// Inserts an element that has no attribute `hidden`.
    #[inline(always)]
    fn insert_usual(&mut self, name: Name, token: Option<&'t Token>) {
        let traits = Rules::of(name).traits;
        if !self.visitor.begin_block(name) {
            self.push(name, traits, name as usize, token);
        } else if matches!(name, Name::Td | Name::Th) {
            self.leaf = name;
        } else {
            self.push_block(name);
        }
    }

    /// Ends the paragraph that a table ends where it is innermost; whether the table then begins in no other one, but
    /// perhaps in a cell. If not, the long way goes on from here.
    fn comes_into_no_table(&mut self) -> bool {
        self.push_leaf();
        !self.between_cells() && (!self.is_in_paragraph() || self.end_innermost(Name::P))
    }

    /// Ends the cell or row that a part of a table ends where it is innermost; whether the part then stands right in
    /// what holds it. If not, the long way goes on from here.
    fn comes_into_holder(&mut self, part: Name) -> bool {
        use Name::{Table, Tbody, Td, Tfoot, Th, Thead, Tr};
        let is_in_row = matches!(part, Td | Th | Tr);
        if is_in_row && matches!(self.leaf, Td | Th) {
            self.end_leaf();
        } else {
            self.push_leaf();
            let _ = is_in_row && (self.end_innermost(Td) || self.end_innermost(Th));
        }
        if part == Tr {
            self.end_innermost(Tr);
        }
        let Some(around) = self.stack.last().map(|open| open.name) else { return false };
        match part {
            Td | Th => around == Tr,
            Tr if around == Table => {
                self.insert_usual(Tbody, None);
                true
            }
            Tr => matches!(around, Tbody | Thead | Tfoot),
            Tbody | Thead | Tfoot => around == Table,
            _ => false,
        }
    }

    /// The end tag of what shows nothing, or of the innermost element.
    #[inline(always)]
    fn usual_end(&mut self, token: &Token) -> bool {
        let name = token.name();
        if !self.keeps_special_only() {
            return false;
        }
        let traits = Rules::of(name).traits;
        if traits.has(Traits::QUIET) {
            return true;
        }
        let is_leaf = self.leaf == name && name != Name::Unknown;
        if is_leaf {
            self.end_leaf();
        }
        is_leaf || (self.leaf == Name::Unknown && traits.has(Traits::TIDY) && self.end_innermost(name))
    }

    #[inline(always)]
    fn end_leaf(&mut self) {
        self.visitor.end_block(self.leaf);
        self.leaf = Name::Unknown;
    }

    /// Ends the innermost element if it is called so.
    #[inline(always)]
    fn end_innermost(&mut self, name: Name) -> bool {
        let ends = self.stack.last().is_some_and(|open| open.name == name);
        if ends && let Some(state) = self.stack.pop() {
            self.visitor.close(state);
        }
        ends
    }
}
