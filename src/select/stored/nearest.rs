//! What is open around a place of the stored body.

use crate::html::Name;
use crate::html::rules::{bounds_scope, is_special, is_table_part, sets_marker};

/// What is open around, found without a walk: a place on the stack plus one, or 0 for none.
#[derive(Clone, Copy, Default)]
pub(super) struct Nearest {
    /// The `p` in button scope.
    pub(super) p: u32,
    /// The `li` that another `li` would close.
    pub(super) item: u32,
    /// The `dd` or `dt` that another would close.
    pub(super) description: u32,
    /// The innermost `table` or part of one, within a template.
    pub(super) table: u32,
    /// The element that bounds scope (13.2.4.2): end tags of blocks and of formatting do not look past it.
    pub(super) scope: u32,
    /// The same for `</li>`, which does not look past a list either.
    pub(super) item_scope: u32,
    /// The special element (13.2.4.2): most other end tags do not look past it.
    pub(super) special: u32,
    pub(super) is_select: bool,
    pub(super) has_ruby: bool,
    pub(super) has_button: bool,
    pub(super) has_a: bool,
    pub(super) has_nobr: bool,
    pub(super) has_template: bool,
}

impl Nearest {
    /// Notes that an element of HTML is opened at `place` (plus one).
    pub(super) fn enter(&mut self, name: Name, place: u32) {
        if bounds_scope(name) {
            *self = Self { table: self.table, has_template: self.has_template, has_a: self.has_a, ..Self::default() };
            self.scope = place;
        }
        if bounds_scope(name) || matches!(name, Name::Ol | Name::Ul) {
            self.item_scope = place;
        }
        // html5ever does not count `search`.
        if is_special(name) && name != Name::Search {
            self.special = place;
        }
        if sets_marker(name) {
            self.has_a = false;
        }
        if may_be_special(name) && !matches!(name, Name::Address | Name::Div | Name::P) {
            (self.item, self.description) = (0, 0);
        }
        match name {
            Name::P => self.p = place,
            Name::Button => (self.p, self.has_button) = (0, true),
            Name::Li => self.item = place,
            Name::Dd | Name::Dt => self.description = place,
            Name::Ruby => self.has_ruby = true,
            Name::A => self.has_a = true,
            Name::Nobr => self.has_nobr = true,
            Name::Template => (self.table, self.has_template) = (0, true),
            _ if name == Name::Table || is_table_part(name) => self.table = place,
            _ => {}
        }
        self.is_select = name == Name::Select || (self.is_select && matches!(name, Name::Option | Name::Optgroup));
    }
}

/// Whether an element is special to any reader: html5ever still counts `isindex`, the standard does no more.
pub(super) const fn may_be_special(name: Name) -> bool {
    is_special(name) || matches!(name, Name::Isindex)
}
