//! The self-check of every HTML result (rule C7).
//!
//! The result is tokenized again (around the edits only, where that is certain to read the same, see
//! [`crate::html::retokenize`]), and its tokens must be the kept tokens of the source in order: the same kind, name,
//! namespace and bytes where the source's were kept, and the same characters where text was masked or joined. What a
//! removal brings to life, or swallows, shows up as a token too many or too few.

mod texts;

use std::ops::Range;

use crate::edit::{Action, Edits, Selection};
use crate::error::Error;
use crate::gallop::count_first;
use crate::html::rules::{is_of_head, is_table_part};
use crate::html::{Fragment, Kind, Name, TextKind, Token};

/// Compares `result` with what was to be kept of `source`.
///
/// # Errors
/// [`Error::UnsafeRemoval`] with the offset in the source at which the readings part.
pub(crate) fn check(
    source: &Fragment<'_>,
    selection: &Selection,
    edits: &Edits,
    result: &Fragment<'_>,
) -> Result<(), Error> {
    let mut walk = Walk { source, result, replaced: replaced(edits), edit: 0, next: 0, last_end: 0 };
    walk.refuse_uncertain(selection)?;
    refuse_other_beginning(source, selection)?;
    let tokens = source.tokens();
    let mut texts = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        index += walk.untouched(&tokens[index..])?;
        // The next kept token that is no ordinary text, and the kept texts before it.
        texts.clear();
        let mut kept = None;
        while index < tokens.len() && kept.is_none() {
            if selection.actions.get(index) != Some(&Action::Remove) {
                match tokens[index].kind() {
                    Kind::Text(TextKind::Data) => texts.push(index),
                    _ => kept = Some(index),
                }
            }
            index += 1;
        }
        walk.texts(&texts, kept.map_or(source.source().len(), |kept| tokens[kept].start()))?;
        if let Some(kept) = kept {
            walk.token(kept)?;
        }
    }
    if walk.next == result.tokens().len() { Ok(()) } else { Err(walk.refuse()) }
}

/// The first element in a template decides which parts of tables a tree builder keeps there (13.2.6.4.18). If it is
/// removed, no part of a table may become the first.
fn refuse_other_beginning(source: &Fragment<'_>, selection: &Selection) -> Result<(), Error> {
    #[derive(Clone, Copy)]
    enum Content {
        NotBegun,
        BeginningGone,
        Begun,
    }
    if source.is_stateless() {
        return Ok(());
    }
    let mut templates = Vec::new();
    for (token, action) in source.tokens().iter().zip(&selection.actions).filter(|(token, _)| !token.is_watched()) {
        let name = token.name();
        if token.kind() == Kind::StartTag
            && !is_of_head(name)
            && let Some(content) = templates.last_mut()
        {
            *content = match content {
                Content::BeginningGone if *action != Action::Remove && is_table_part(name) => {
                    return Err(Error::UnsafeRemoval { offset: token.start() });
                }
                Content::NotBegun | Content::BeginningGone if *action == Action::Remove => Content::BeginningGone,
                _ => Content::Begun,
            };
        }
        if token.opens(Name::Template) {
            templates.push(Content::NotBegun);
        } else if token.closes(Name::Template) {
            templates.pop();
        }
    }
    Ok(())
}

/// What was replaced where: the range in the source, the range in the result, and the replacement.
struct Replaced<'e> {
    source: Range<usize>,
    result: Range<usize>,
    text: &'e str,
}

fn replaced(edits: &Edits) -> Vec<Replaced<'_>> {
    let in_result = edits.result_ranges();
    edits
        .iter()
        .zip(in_result)
        .map(|(edit, result)| Replaced { source: edit.range, result, text: edit.replacement })
        .collect()
}

struct Walk<'w> {
    source: &'w Fragment<'w>,
    result: &'w Fragment<'w>,
    replaced: Vec<Replaced<'w>>,
    /// The first replacement that ends after the last token.
    edit: usize,
    /// The next token of the result.
    next: usize,
    /// Where the last token of the source that was compared ends.
    last_end: usize,
}

impl Walk<'_> {
    fn refuse(&self) -> Error {
        Error::UnsafeRemoval { offset: self.last_end }
    }

    /// Where tags other than marks were removed, or lost the attributes by which they leave or enter SVG and MathML,
    /// both the source and the result must be read without doubt.
    fn refuse_uncertain(&self, selection: &Selection) -> Result<(), Error> {
        if self.result.ambiguous().is_some() {
            return Err(self.refuse());
        }
        if !self.source.is_uncertain() && !self.result.is_uncertain() {
            return Ok(());
        }
        let mut tokens = self.source.tokens().iter().zip(&selection.actions);
        let changed = tokens.find(|(token, action)| match action {
            Action::Keep => false,
            Action::Remove => token.is_tag() && !token.is_watched(),
            // By their attributes these leave SVG and MathML, or lead to HTML in it.
            Action::Bare => token.opens(Name::Font) || token.opens(Name::AnnotationXml),
        });
        match changed {
            Some((token, _)) => Err(Error::UnsafeRemoval { offset: token.start() }),
            None => Ok(()),
        }
    }

    /// The offset in the result of an offset in the source that is not inside a replaced range.
    fn in_result(&mut self, offset: usize) -> usize {
        while self.replaced.get(self.edit).is_some_and(|replaced| replaced.source.end <= offset) {
            self.edit += 1;
        }
        match self.edit.checked_sub(1).map(|last| &self.replaced[last]) {
            Some(last) => last.result.end + (offset - last.source.end),
            None => offset,
        }
    }

    /// Compares the tokens up to the next replacement, and returns how many they are. They must have moved,
    /// and not changed otherwise.
    fn untouched(&mut self, tokens: &[Token]) -> Result<usize, Error> {
        let Some(first) = tokens.first() else { return Ok(0) };
        let moved = self.in_result(first.start()).wrapping_sub(first.start());
        let until = self.replaced.get(self.edit).map_or(usize::MAX, |replaced| replaced.source.start);
        let results = self.result.tokens().get(self.next..).unwrap_or_default();
        let mut count = count_first(tokens, |token| token.end() < until);
        // Text before a replacement may go on in it.
        let touching = tokens.get(count).filter(|token| token.end() == until);
        count += usize::from(touching.is_some_and(|token| token.kind() != Kind::Text(TextKind::Data)));
        let alike =
            tokens[..count].iter().zip(results).take_while(|(token, found)| token.moved(moved) == **found).count();
        if let Some(last) = alike.checked_sub(1) {
            self.last_end = tokens[last].end();
        }
        self.next += alike;
        if alike == count { Ok(count) } else { Err(self.refuse()) }
    }

    /// A kept token that is not ordinary text must stand where it is expected, and be read as it was.
    fn token(&mut self, index: usize) -> Result<(), Error> {
        let token = &self.source.tokens()[index];
        let start = self.in_result(token.start());
        let first_edit = self.edit;
        let end = self.in_result(token.end());
        self.last_end = token.end();
        if token.is_text() && start == end {
            return Ok(());
        }
        let found = self.result.tokens().get(self.next);
        self.next += 1;
        match found {
            Some(found)
                if found.range() == (start..end)
                    && found.is_read_like(token)
                    && self.has_expected_characters(index, first_edit..self.edit) =>
            {
                Ok(())
            }
            _ => Err(Error::UnsafeRemoval { offset: token.start() }),
        }
    }
}

#[cfg(test)]
mod tests;
