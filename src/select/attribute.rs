//! The `redact` attribute: what becomes of the element that has it (rules C20–C24).

use crate::edit::Action;
use crate::error::Error;
use crate::html::{Class, Name};
use crate::select::decisions::Decisions;
use crate::select::pairs::{Pairs, is_empty};

impl Decisions<'_, '_> {
    /// Decides on the element whose start tag is the token at `index`.
    pub(super) fn redact_element(&mut self, pairs: &Pairs<'_>, index: usize) -> Result<(), Error> {
        let token = &self.fragment.tokens()[index];
        let name = token.name();
        if name.is(Class::EMBEDDED) || (name.is(Class::REPLACED) && !is_empty(token)) {
            return self.remove_whole(pairs, index);
        }
        if name.is(Class::REPLACED) {
            self.take_out(index);
            return Ok(());
        }
        let wraps = name.is(Class::PHRASING) || name.is_unknown();
        match pairs.clean_end(index) {
            Some(end) if wraps => {
                self.take_out(index);
                self.take_out(end);
            }
            _ if wraps && is_empty(token) => self.take_out(index),
            _ => {
                self.bare_kept(index, true);
                if let Some(end) = pairs.partner(index) {
                    // An end tag that is bare already is not counted, as in a mark.
                    self.bare_kept(end, !self.fragment.after_name(&self.fragment.tokens()[end]).is_empty());
                }
            }
        }
        Ok(())
    }

    /// Takes out a tag, unless it has gone with an element around it, with which it was counted.
    fn take_out(&mut self, index: usize) {
        if self.actions[index] != Action::Remove {
            self.counts.tags_removed += 1;
            self.actions[index] = Action::Remove;
        }
    }

    fn bare_kept(&mut self, index: usize, counts: bool) {
        if self.actions[index] == Action::Keep {
            self.counts.tags_bared += usize::from(counts);
            self.actions[index] = Action::Bare;
        }
    }

    /// Takes an element out with all its content (C23).
    pub(super) fn remove_whole(&mut self, pairs: &Pairs<'_>, index: usize) -> Result<(), Error> {
        let tokens = self.fragment.tokens();
        let token = &tokens[index];
        let end = if is_empty(token) {
            index
        } else {
            // An end tag of another namespace closes something else: a start tag in between broke out of svg or math.
            let end = pairs.clean_end(index).filter(|&end| tokens[end].is_foreign() == token.is_foreign());
            end.ok_or(Error::CannotRemove { offset: token.start() })?
        };
        if self.fragment.is_uncertain() && (token.is_foreign() || token.name() == Name::Template) {
            return Err(Error::CannotRemove { offset: token.start() });
        }
        self.counts.embedded_removed += 1;
        // What has gone with an element around it is gone up to its end:
        // nested elements cost no more than the outermost.
        if self.actions[index] != Action::Remove {
            self.actions[index..=end].fill(Action::Remove);
        }
        debug_assert!(self.actions[end] == Action::Remove, "an element ends in the one around it");
        Ok(())
    }
}
