//! The walk inside of tables (WHATWG 13.2.6.4.9 to 13.2.6.4.15).

use super::rules::Rules;
use super::stack::Place;
use super::tree::Tree;
use super::visitor::Visitor;
use crate::html::{Name, Token};

impl<'t, V: Visitor> Tree<'t, V> {
    /// Whether a table begins here. One that stands directly in a table ends that table (13.2.6.4.9).
    pub(super) fn before_table(&mut self) -> bool {
        if !self.between_cells() {
            self.end_paragraph();
            return true;
        }
        let outer = self.stack.nearest().table_scope();
        let is_table = self.stack.innermost(Name::Table) == outer;
        if is_table {
            self.pop_to(outer);
        }
        is_table
    }

    /// The start tag of a part of a table (13.2.6.4.9 to 13.2.6.4.15): what is implied begins first, what cannot hold
    /// the part ends first. `colgroup` and `col` show nothing and are not kept.
    pub(super) fn table_part(&mut self, token: &'t Token) {
        use Name::{Caption, Col, Colgroup, Table, Tbody, Td, Template, Tfoot, Th, Thead, Tr};
        let name = token.name();
        loop {
            let place = self.stack.nearest().part();
            let (can_hold, implied) = match (self.part(), name) {
                // Outside of tables the tag is ignored, and so it is in a template where other elements have begun.
                (None, _) => return,
                (Some(Template), _) if self.stack.top() != place => return,
                (Some(Td | Th | Caption), _) => (false, None),
                (Some(Tr), _) => (matches!(name, Td | Th), None),
                (Some(Tbody | Thead | Tfoot), Td | Th) => (true, Some(Tr)),
                (Some(Tbody | Thead | Tfoot), _) => (name == Tr, None),
                (Some(Table), Tr | Td | Th) => (true, Some(Tbody)),
                (Some(_), _) => (true, None),
            };
            self.pop_to(place + Place::from(can_hold));
            match implied {
                _ if !can_hold => {}
                Some(implied) => self.push(implied, Rules::of(implied).traits, implied as usize, None),
                None if matches!(name, Col | Colgroup) => return self.visitor.insert(),
                None => return self.push(name, Rules::of(name).traits, name as usize, Some(token)),
            }
        }
    }

    /// The end tag of a table, or of a part of one: ends the innermost of its name in this table.
    pub(super) fn end_table_part(&mut self, name: Name) {
        let place = self.stack.innermost(name);
        let table = self.stack.nearest().table_scope();
        if place > table || (name == Name::Table && place == table) {
            self.pop_to(place);
        }
    }

    /// The element that the insertion mode goes by, if it is one of a table or a template.
    fn part(&self) -> Option<Name> {
        self.stack.name_at(self.stack.nearest().part())
    }

    pub(super) fn between_cells(&self) -> bool {
        matches!(self.part(), Some(Name::Table | Name::Tbody | Name::Thead | Name::Tfoot | Name::Tr))
    }
}
