//! Which white space is layout: it stays where it is, since a mask in its place would become content (rule C33).

use std::ops::Range;

use crate::html::rules::is_table_frame;
use crate::html::{Class, Kind, Name, Token};

/// Follows the open `pre` and table elements while runs are visited in order.
pub(super) struct Layout<'t> {
    tokens: &'t [Token],
    next: usize,
    preformatted: usize,
    /// The open elements of tables, each with how many `pre` and the like are open around it.
    tables: Vec<(Name, usize)>,
    /// How many of each name are in `tables`, so that a stray end tag costs nothing.
    open: Vec<usize>,
}

impl<'t> Layout<'t> {
    pub(super) fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, next: 0, preformatted: 0, tables: Vec::new(), open: Vec::new() }
    }

    /// Whether the white space that the tokens of `group` hold is layout. Groups come in order.
    pub(super) fn is_layout(&mut self, group: Range<usize>) -> bool {
        while self.next < group.start {
            let token = self.tokens[self.next];
            self.next += 1;
            self.follow(&token);
        }
        // White space between the rows of a table is layout in a `pre` too: a mask would be moved out of the table.
        let in_table =
            self.tables.last().is_some_and(|&(name, around)| is_table_frame(name) && around >= self.preformatted);
        let beside_structure =
            || is_structure(self.tokens[..group.start].iter().rev()) || is_structure(self.tokens[group.end..].iter());
        in_table || (self.preformatted == 0 && beside_structure())
    }

    fn follow(&mut self, token: &Token) {
        let name = token.name();
        let preformats = name.is_preformatted();
        match token.kind() {
            Kind::StartTag if preformats => self.preformatted += 1,
            Kind::EndTag if preformats => self.preformatted = self.preformatted.saturating_sub(1),
            Kind::StartTag if name.is(Class::TABLE) => {
                self.tables.push((name, self.preformatted));
                self.open.resize(Name::COUNT, 0);
                self.open[name as usize] += 1;
            }
            Kind::EndTag if name.is(Class::TABLE) && self.open.get(name as usize).is_some_and(|&open| open > 0) => {
                while let Some((open, _)) = self.tables.pop() {
                    self.open[open as usize] -= 1;
                    if open == name {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether the nearest of `tokens` that is neither comment nor watched tag is a block, table, list or select tag.
fn is_structure<'t>(mut tokens: impl Iterator<Item = &'t Token>) -> bool {
    let passes =
        |token: &&Token| token.is_watched() || matches!(token.kind(), Kind::Comment | Kind::Doctype | Kind::Nothing);
    tokens.find(|token| !passes(token)).is_some_and(|token| token.is_tag() && token.name().is(Class::STRUCTURE))
}
