//! Which of the open elements a tag closes right before it, by the standard's rules "in body", "in table" and so on.
//!
//! Each question is answered by how many elements are left. Nothing is answered where a tree builder would move, drop
//! or double something, or where tree builders differ.

use super::{Open, OpenElements, look};
use crate::html::rules::{
    bounds_scope, closes_p, ends_in_scope, has_implied_end, is_formatting, is_heading, is_row_group, is_table_frame,
    is_table_part,
};
use crate::html::{Fragment, Name, Namespace, Token};
use crate::select::stored::nearest::{Nearest, may_be_special};
use crate::select::stored::tag::same_name;

impl OpenElements<'_> {
    /// How many elements are left when a start tag is read. Its own is not one of them.
    pub(super) fn before_start_tag(&self, token: &Token) -> Option<usize> {
        let len = self.open.len();
        let name = token.name();
        let nearest = self.nearest();
        if let Some(open) = self.open.last() {
            if open.is_foreign_inside() {
                // Anything else breaks out of SVG or MathML.
                return token.is_foreign().then_some(len);
            }
            let is_table_frame = open.namespace == Namespace::Html && is_table_frame(open.name);
            let stays = is_table_part(name)
                || name == Name::Template
                || (matches!(name, Name::Script | Name::Style) && open.name != Name::Colgroup);
            if is_table_frame && !stays {
                return None;
            }
        }
        if nearest.is_select && !matches!(name, Name::Option | Name::Optgroup) {
            // Tree builders have come to differ in what else they let into a select.
            return None;
        }
        match name {
            _ if token.is_foreign() => Some(len),
            Name::Html | Name::Head | Name::Body | Name::Frameset | Name::Frame => None,
            Name::Form if self.in_form || nearest.has_template => None,
            Name::Button if nearest.has_button => None,
            Name::A if nearest.has_a => self.without_link(),
            Name::Nobr if nearest.has_nobr => None,
            _ if is_table_part(name) => self.before_table_part(name),
            Name::Li => self.without_item(|nearest| nearest.item),
            Name::Dd | Name::Dt => self.without_item(|nearest| nearest.description),
            Name::Option => Some(self.without(len, |open| open == Name::Option)),
            Name::Optgroup if nearest.is_select => {
                let options = self.without(len, |open| open == Name::Option);
                Some(self.without(options, |open| open == Name::Optgroup))
            }
            Name::Optgroup => Some(self.without(len, |open| open == Name::Option)),
            Name::Rb | Name::Rtc if nearest.has_ruby => Some(self.without_all(len, has_implied_end)),
            Name::Rp | Name::Rt if nearest.has_ruby => {
                Some(self.without_all(len, |open| has_implied_end(open) && open != Name::Rtc))
            }
            _ if is_heading(name) => Some(self.without(self.without_p(len), is_heading)),
            _ if closes_p(name) => Some(self.without_p(len)),
            _ => Some(len),
        }
    }

    /// 13.2.6.4.9 to 13.2.6.4.15: out of cells, rows and groups to where a part of a table belongs.
    fn before_table_part(&self, name: Name) -> Option<usize> {
        let innermost = (self.nearest().table as usize).checked_sub(1)?;
        let mut survivors = self.open.len();
        if !is_table_frame(self.open.get(innermost)?.name) {
            survivors = innermost;
        } else if innermost + 1 != survivors {
            return None;
        }
        loop {
            look();
            let belongs = match self.open.get(survivors.checked_sub(1)?)?.name {
                Name::Table => true,
                Name::Tr => matches!(name, Name::Td | Name::Th),
                Name::Colgroup => name == Name::Col,
                group if is_row_group(group) => matches!(name, Name::Tr | Name::Td | Name::Th),
                _ => return None,
            };
            if belongs {
                return Some(survivors);
            }
            survivors -= 1;
        }
    }

    /// How many elements are left when an end tag is read. Its own is one of them.
    pub(super) fn before_end_tag(&self, fragment: &Fragment<'_>, token: &Token) -> Option<usize> {
        let name = token.name();
        let raw_name = fragment.raw_name(token);
        if name == Name::Form && (!self.in_form || self.nearest().has_template) {
            return None;
        }
        if is_formatting(name) && self.lost.all > 0 {
            // It may be taken for the end of what was lost, and close nothing.
            return None;
        }
        for (place, open) in self.open.iter().enumerate().rev() {
            look();
            if (open.namespace == Namespace::Html) == token.is_foreign() {
                return None;
            }
            let is_called_so = open.name == name && same_name(open.raw_name, raw_name);
            if is_called_so || is_heading(name) && is_heading(open.name) {
                return Some(place + 1);
            }
            if !token.is_foreign() && !end_tag_closes(name, open.name) {
                return None;
            }
        }
        None
    }

    /// Closes the `a` that another one ends (13.2.6.4.7, the adoption agency), unless that moves something.
    fn without_link(&self) -> Option<usize> {
        let survivors = (self.named[Name::A as usize] as usize).checked_sub(1)?;
        let moves = |open: &Open<'_>| {
            look();
            may_be_special(open.name)
        };
        (!self.open.get(survivors..)?.iter().any(moves)).then_some(survivors)
    }

    /// Closes the item that another one ends, and the `p` around the other. Nothing if that closes what kept a further
    /// item open: a copy with these end tags written would have that item closed, too.
    fn without_item(&self, item: impl Fn(&Nearest) -> u32) -> Option<usize> {
        let survivors = self.without_p(below(item(&self.nearest()), self.open.len()));
        let innermost = survivors.checked_sub(1).and_then(|innermost| self.open.get(innermost));
        innermost.is_none_or(|open| item(&open.nearest) == 0).then_some(survivors)
    }

    /// Closes the `p` in button scope of the outer `survivors` elements.
    fn without_p(&self, survivors: usize) -> usize {
        let nearest = survivors.checked_sub(1).and_then(|innermost| self.open.get(innermost));
        below(nearest.map_or(0, |open| open.nearest.p), survivors)
    }

    /// Closes the innermost of the outer `survivors` elements if it is one of those.
    fn without(&self, survivors: usize, is_closed: impl Fn(Name) -> bool) -> usize {
        look();
        let innermost = survivors.checked_sub(1).and_then(|innermost| self.open.get(innermost));
        let closes = innermost.is_some_and(|open| open.namespace == Namespace::Html && is_closed(open.name));
        survivors - usize::from(closes)
    }

    /// Closes the innermost elements as long as they are some of those.
    fn without_all(&self, mut survivors: usize, is_closed: impl Fn(Name) -> bool) -> usize {
        loop {
            let closed = self.without(survivors, &is_closed);
            if closed == survivors {
                return survivors;
            }
            survivors = closed;
        }
    }
}

/// How many elements are left when the one at `place` (plus one) is closed; all `len` if it is none.
fn below(place: u32, len: usize) -> usize {
    (place as usize).checked_sub(1).unwrap_or(len)
}

/// Whether the end tag `end`, on its way to its own element, closes an element called `open` and no more than that.
const fn end_tag_closes(end: Name, open: Name) -> bool {
    match end {
        // 13.2.6.4.9 to 13.2.6.4.15: through table scope.
        Name::Caption | Name::Table | Name::Tbody | Name::Td | Name::Tfoot | Name::Th | Name::Thead | Name::Tr => {
            !matches!(open, Name::Select | Name::Table | Name::Template)
        }
        Name::Colgroup => false,
        // A form is taken from among the open elements, whatever is open inside of it.
        Name::Form => has_implied_end(open),
        Name::Template => true,
        Name::Li => !bounds_scope(open) && !matches!(open, Name::Ol | Name::Ul),
        Name::P => !bounds_scope(open) && !matches!(open, Name::Button),
        _ if ends_in_scope(end) => !bounds_scope(open),
        // "Any other end tag"; and the adoption agency, which moves things once it meets a special element.
        _ => !may_be_special(open),
    }
}
