//! Which tags a tree builder certainly passes over, so that a browser does not write them.

use super::OpenElements;
use crate::html::rules::{HEADINGS, ends_in_scope, is_formatting, is_heading, is_table_part};
use crate::html::{Fragment, Kind, Name, Token, canonical_name};

impl OpenElements<'_> {
    /// Whether a tree builder certainly passes over `token`: a doctype, a tag of the document around the body,
    /// a part of a table outside of tables, a form in a form, an end tag that finds nothing to close, `</>`.
    pub(in crate::select::stored) fn ignores(&self, fragment: &Fragment<'_>, token: &Token) -> bool {
        match token.kind() {
            Kind::Nothing => true,
            Kind::Doctype => self.goes_by_body(),
            Kind::StartTag => self.opens_nothing(token.name()),
            Kind::EndTag => self.closes_nothing(fragment, token),
            _ => false,
        }
    }

    /// Whether a start tag of HTML certainly makes nothing and closes nothing, by the rules "in body" or right among
    /// the rows of a table (13.2.6.4.7 to 13.2.6.4.15): one of the document around the body, of a part of a table with
    /// no table open, or of a form in a form. A `select` ignores these as well, to readers old and new; a template need
    /// not, since its content tells by which rules it goes on.
    fn opens_nothing(&self, name: Name) -> bool {
        let nearest = self.nearest();
        if nearest.has_template || self.has_own_rules() {
            return false;
        }
        match name {
            Name::Html | Name::Head | Name::Body | Name::Frameset | Name::Frame => true,
            Name::Form => self.in_form,
            // In a table, it goes where it belongs.
            _ if is_table_part(name) => nearest.table == 0,
            _ => false,
        }
    }

    /// Whether an ignored `token` may stand in the marked body. A form there would be opened if the body has ended the
    /// one around it.
    pub(in crate::select::stored) fn may_keep(&self, token: &Token) -> bool {
        !(self.ended_form && token.opens(Name::Form))
    }

    /// Whether an end tag of HTML certainly closes nothing and makes nothing, by the same rules or those of a `select`
    /// or a template: nothing of its name is open, or not as far out as it looks.
    fn closes_nothing(&self, fragment: &Fragment<'_>, token: &Token) -> bool {
        if self.has_own_rules() {
            return false;
        }
        let nearest = self.nearest();
        let name = token.name();
        let bound = match name {
            // They make an element, but for some places in a select or a template.
            Name::P | Name::Br => return false,
            // It lets the next form open, if it stands in no template.
            Name::Form if self.in_form && !nearest.has_template => return false,
            // It may be taken for the end of what was lost.
            _ if is_formatting(name) && self.lost.all > 0 => return false,
            // It looks past everything.
            Name::Template => 0,
            Name::Li => nearest.item_scope,
            _ if name == Name::Table || is_table_part(name) => {
                self.named[Name::Table as usize].max(self.named[Name::Template as usize])
            }
            _ if ends_in_scope(name) || is_formatting(name) => nearest.scope,
            _ => nearest.special,
        };
        let innermost = match name {
            _ if is_heading(name) => HEADINGS.map(|heading| self.named[heading as usize]).into_iter().max(),
            _ if name.is_shared() => self.others.get(&canonical_name(fragment.raw_name(token))).copied(),
            _ => Some(self.named[name as usize]),
        };
        innermost.is_none_or(|innermost| innermost == 0 || innermost < bound)
    }

    /// Whether the next tag goes by other rules: in SVG or MathML, or right in a group of columns, which any tag ends.
    fn has_own_rules(&self) -> bool {
        self.foreign > 0 || self.open.last().is_some_and(|open| open.name == Name::Colgroup)
    }
}
