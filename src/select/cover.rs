//! What becomes of the tokens inside of a marked range (rule C15).

use std::ops::Range;

use crate::edit::{Action, Ranges};
use crate::error::Error;
use crate::gallop::count_first;
use crate::html::{Class, Fragment, Kind, Name, TextKind, Token};
use crate::policy::{EmbeddedInMarks, Policy};
use crate::select::decisions::Decisions;
use crate::select::pairs::Pairs;

/// How marked ranges are covered.
struct Cover<'p> {
    policy: &'p Policy,
    /// Found when they are first needed.
    pairs: Option<Pairs<'static>>,
}

impl Cover<'_> {
    fn pairs(&mut self, fragment: &Fragment<'_>) -> &Pairs<'static> {
        self.pairs.get_or_insert_with(|| Pairs::of_all(fragment))
    }
}

impl Decisions<'_, '_> {
    /// Decides on the tokens in `ranges` that are neither text nor decided yet. The tags of marks are among them,
    /// each in its own mark, and go.
    pub(super) fn cover(&mut self, ranges: &Ranges, policy: &Policy) -> Result<(), Error> {
        let tokens = self.fragment.tokens();
        let mut next = 0;
        let mut cover = Cover { policy, pairs: None };
        for range in ranges.as_slice() {
            // The tokens that lie in the range as a whole.
            next += count_first(&tokens[next..], |token| token.start() < range.start);
            while let Some(token) = tokens.get(next).filter(|token| token.end() <= range.end) {
                if token.is_watched() {
                    self.actions[next] = Action::Remove;
                } else {
                    self.cover_token(next, range, &mut cover)?;
                }
                next += 1;
            }
        }
        Ok(())
    }

    /// Decides on a token, no tag of a mark, that lies in `range`.
    fn cover_token(&mut self, index: usize, range: &Range<usize>, cover: &mut Cover<'_>) -> Result<(), Error> {
        let fragment = self.fragment;
        let token = &fragment.tokens()[index];
        // The attribute bares what it cannot pair (C24), but an unknown name is a word of the text, and goes.
        if self.actions[index] == Action::Bare && token.name().is_unknown() {
            let was_counted = token.kind() == Kind::StartTag || !fragment.after_name(token).is_empty();
            self.counts.tags_bared -= usize::from(was_counted);
            self.actions[index] = Action::Keep;
        }
        if self.actions[index] != Action::Keep {
            return Ok(());
        }
        match token.kind() {
            Kind::Comment | Kind::Doctype | Kind::Nothing => {
                self.counts.comments_removed += 1;
                self.actions[index] = Action::Remove;
            }
            Kind::StartTag | Kind::EndTag if token.name().is_unknown() => {
                self.counts.tags_removed += 1;
                self.actions[index] = Action::Remove;
            }
            Kind::EndTag => self.bare(index),
            Kind::StartTag => self.cover_start_tag(index, range, cover)?,
            // A range can hold the content of a script and not its tags.
            Kind::Text(_) if !fragment.is_read(index) => self.actions[index] = Action::Remove,
            Kind::Text(_) | Kind::Cdata => {}
        }
        Ok(())
    }

    fn cover_start_tag(&mut self, index: usize, range: &Range<usize>, cover: &mut Cover<'_>) -> Result<(), Error> {
        let fragment = self.fragment;
        let token = &fragment.tokens()[index];
        if token.name().is_embedded() {
            match cover.policy.embedded_in_marks {
                EmbeddedInMarks::Reject => return Err(Error::EmbeddedInMark { offset: token.start() }),
                EmbeddedInMarks::Keep => self.remove_content(cover.pairs(fragment), index, range)?,
                EmbeddedInMarks::Remove => return self.remove_embedded(cover.pairs(fragment), index),
            }
        }
        if cover.policy.strip_attributes_in_marks {
            self.bare(index);
        }
        Ok(())
    }

    fn bare(&mut self, index: usize) {
        let token = &self.fragment.tokens()[index];
        if !self.fragment.after_name(token).is_empty() {
            self.counts.tags_bared += 1;
            self.actions[index] = Action::Bare;
        }
    }

    fn remove_embedded(&mut self, pairs: &Pairs<'_>, index: usize) -> Result<(), Error> {
        if self.fragment.tokens()[index].name().is(Class::EMBEDDED) {
            return self.remove_whole(pairs, index);
        }
        self.redact_element(pairs, index)
    }

    /// Takes out the content of elements whose content is not text that people read, and leaves their tags.
    fn remove_content(&mut self, pairs: &Pairs<'_>, index: usize, range: &Range<usize>) -> Result<(), Error> {
        let tokens = self.fragment.tokens();
        let token = &tokens[index];
        let has_hidden_content = matches!(
            token.name(),
            Name::Script | Name::Style | Name::Iframe | Name::Noembed | Name::Noframes | Name::Template
        );
        if !has_hidden_content || (token.is_foreign() && token.is_self_closing()) {
            return Ok(());
        }
        if token.name() != Name::Template && !token.is_foreign() {
            if let Some(Kind::Text(TextKind::RawText | TextKind::Script)) = tokens.get(index + 1).map(Token::kind) {
                self.actions[index + 1] = Action::Remove;
            }
            return Ok(());
        }
        // Half of a template's content cannot go: what is left could be read anew.
        let end = pairs.clean_end(index).filter(|&end| tokens[end].end() <= range.end);
        let end = end.ok_or(Error::CannotRemove { offset: token.start() })?;
        self.actions[index + 1..end].fill(Action::Remove);
        Ok(())
    }
}
