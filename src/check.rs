//! The self-check of every HTML result (rule C7).
//!
//! The result is tokenized again (around the edits only, where that is certain to read the same, see
//! [`crate::html::retokenize`]), and its tokens must be the kept tokens of the source in order: the same kind, name,
//! namespace and bytes where the source's were kept, and the same characters where text was masked or joined. What a
//! removal brings to life, or swallows, shows up as a token too many or too few.

use std::ops::Range;

use crate::edit::{Action, Edits, Selection};
use crate::error::Error;
use crate::gallop::count_first;
use crate::html::rules::{is_of_head, is_table_part};
use crate::html::{Fragment, Kind, Name, TextKind, TextMap, Token, reference_at};
use crate::mask::EMPTY_COMMENT;

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
        texts.clear();
        let mut end = source.source().len();
        let mut kept = None;
        while let Some(token) = tokens.get(index).filter(|_| kept.is_none()) {
            if selection.actions.get(index) != Some(&Action::Remove) {
                if token.kind() == Kind::Text(TextKind::Data) {
                    texts.push(index);
                } else {
                    end = token.start();
                    kept = Some(token);
                }
            }
            index += 1;
        }
        walk.texts(&texts, end)?;
        if let Some(token) = kept {
            walk.token(token, index - 1)?;
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
    fn token(&mut self, token: &Token, index: usize) -> Result<(), Error> {
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

    /// Whether the text that was read last has the characters of the source's at `index` but for what `edits` replaced.
    /// In a `title` or `textarea` there are references, and no comment can keep a label apart
    /// from the beginning of one.
    fn has_expected_characters(&self, index: usize, edits: Range<usize>) -> bool {
        let token = &self.source.tokens()[index];
        if edits.is_empty() || token.kind() != Kind::Text(TextKind::Rcdata) {
            return true;
        }
        // (Where all of a long title is masked, the short way saves half of the whole job.)
        let is_plain = self.is_read_byte_by_byte(self.next - 1)
            && self.source.dropped_newline(index) == 0
            && self.joints_hold(token.start(), &self.replaced[edits.clone()]);
        debug_assert!(
            !is_plain || self.has_expected_text(index, edits.clone()),
            "the short way must pass no other text"
        );
        is_plain || self.has_expected_text(index, edits)
    }

    /// The same, by comparing the characters.
    fn has_expected_text(&self, index: usize, edits: Range<usize>) -> bool {
        let mut map = TextMap::default();
        map.push_read(self.result, self.next - 1);
        map.text() == self.expected(&[index], &self.replaced[edits])
    }

    /// The text between the last kept token and the next one, which begins at `end`, must have the same characters but
    /// for the masks.
    fn texts(&mut self, texts: &[usize], end: usize) -> Result<(), Error> {
        let result_start = self.in_result(self.last_end);
        let first_edit = self.edit;
        let result_end = self.in_result(end);
        let first = self.next;
        let tokens = self.result.tokens();
        while tokens.get(self.next).is_some_and(|token| token.start() < result_end) {
            self.next += 1;
        }
        let found = &tokens[first..self.next];
        let edits = &self.replaced[first_edit..];
        let edits = &edits[..count_first(edits, |replaced| replaced.source.end <= end)];
        if !self.is_read_in_one_place(texts, found) {
            return Err(self.refuse());
        }
        let may_have_references = |texts: &[usize], found: &Token| {
            let tokens = self.source.tokens();
            found.may_have_references() || texts.iter().any(|&text| tokens[text].may_have_references())
        };
        if let [found] = found
            && found.kind() == Kind::Text(TextKind::Data)
            && found.range() == (result_start..result_end)
            && self.is_read_byte_by_byte(first)
            && texts.iter().all(|&text| self.source.dropped_newline(text) == 0)
            && (!may_have_references(texts, found) || self.joints_hold(self.last_end, edits))
        {
            return Ok(());
        }
        if edits.is_empty() {
            // The same bytes, read from the same state.
            let same = |(index, token): (&usize, &Token)| {
                let kept = &self.source.tokens()[*index];
                kept.range().len() == token.range().len() && kept.is_read_like(token)
            };
            let alike = texts.len() == found.len() && texts.iter().zip(found).all(same);
            return if alike { Ok(()) } else { Err(self.refuse()) };
        }
        if self.expected(texts, edits) == self.found(first..self.next)? { Ok(()) } else { Err(self.refuse()) }
    }

    /// Whether texts of the source, and what the result has in their place, are all in HTML, all in SVG or all in
    /// MathML. Text of HTML that ended up directly in an `svg` would no longer be shown.
    fn is_read_in_one_place(&self, texts: &[usize], found: &[Token]) -> bool {
        let Some((&first, others)) = texts.split_first() else { return true };
        let tokens = self.source.tokens();
        let mut all = others.iter().map(|&text| &tokens[text]).chain(found.iter().filter(|token| token.is_text()));
        all.all(|token| token.is_read_like(&tokens[first]))
    }

    /// Whether the text of the result at `index` is one whose bytes are its characters, but for references. The bytes
    /// were written as they are expected, so there is nothing to compare but that nothing else is read out of them.
    fn is_read_byte_by_byte(&self, index: usize) -> bool {
        let token = &self.result.tokens()[index];
        memchr::memchr2(b'\r', 0, self.result.text(token).as_bytes()).is_none()
            && self.result.dropped_newline(index) == 0
    }

    /// Whether no reference spans a joint: each is the same before and after, and within what was kept or replaced.
    /// What was kept before the first of the edits begins at `kept`.
    fn joints_hold(&self, mut kept: usize, edits: &[Replaced<'_>]) -> bool {
        let source = self.source.source().as_bytes();
        let result = self.result.source().as_bytes();
        edits.iter().all(|edit| {
            let Some(before) = source.get(kept..edit.source.start) else { return false };
            let before = memchr::memrchr(b'&', before).map(|found| kept + found);
            kept = edit.source.end;
            let holds = before.is_none_or(|at| {
                let alone = reference_at(&source[..edit.source.start], at, false);
                let in_result = edit.result.start - (edit.source.start - at);
                alone == reference_at(source, at, false) && alone == reference_at(result, in_result, false)
            });
            let inside = memchr::memrchr(b'&', &source[edit.source.clone()]).map(|found| edit.source.start + found);
            let ends =
                |at: usize| reference_at(source, at, false).is_none_or(|found| at + found.len() <= edit.source.end);
            // A mask is no `&`; what begins with one is a `<` that has become a reference.
            let is_mask = !edit.text.starts_with(['<', '&']);
            holds && is_mask && inside.is_none_or(ends) && source.get(edit.source.end - 1) != Some(&b'\r')
        })
    }

    /// The characters that stay of `texts`, with the replacements as they are to be read.
    fn expected(&self, texts: &[usize], edits: &[Replaced<'_>]) -> String {
        let mut map = TextMap::default();
        texts.iter().for_each(|&index| map.push_read(self.source, index));
        let mut expected = String::with_capacity(map.text().len() * 2);
        let mut edits = edits.iter().peekable();
        let mut replaced = 0;
        for piece in map.pieces() {
            let end = piece.source_end();
            let mut at = piece.source.max(replaced);
            loop {
                while let Some(edit) = edits.next_if(|edit| edit.source.start <= at) {
                    push_read(&mut expected, edit.text);
                    replaced = edit.source.end;
                    at = at.max(replaced);
                }
                let next = edits.peek().map_or(end, |edit| edit.source.start.min(end));
                if at < next {
                    if piece.is_verbatim {
                        expected
                            .push_str(&map.text()[piece.text + at - piece.source..piece.text + next - piece.source]);
                    } else {
                        expected.push_str(&map.text()[piece.text..piece.text_end()]);
                    }
                    at = next;
                }
                if at >= end {
                    break;
                }
            }
        }
        edits.for_each(|edit| push_read(&mut expected, edit.text));
        expected
    }

    /// The characters of the result's tokens in `range`, which are text and empty comments.
    fn found(&self, range: Range<usize>) -> Result<String, Error> {
        let mut map = TextMap::default();
        for index in range {
            let token = &self.result.tokens()[index];
            match token.kind() {
                Kind::Text(TextKind::Data) => map.push_read(self.result, index),
                Kind::Comment if self.result.text(token) == EMPTY_COMMENT => {}
                _ => return Err(self.refuse()),
            }
        }
        Ok(map.into_text())
    }
}

/// Adds what a replacement is to be read as.
fn push_read(text: &mut String, replacement: &str) {
    // Most are nothing but masks, and there may be many.
    if memchr::memchr2(b'<', b'&', replacement.as_bytes()).is_none() {
        text.push_str(replacement);
    } else {
        text.extend(read(replacement));
    }
}

/// How a replacement is to be read: empty comments are no text, and `&lt;` is one character. A mask holds neither.
fn read(replacement: &str) -> impl Iterator<Item = char> {
    let mut rest = replacement;
    std::iter::from_fn(move || {
        while let Some(after) = rest.strip_prefix(EMPTY_COMMENT) {
            rest = after;
        }
        if let Some(after) = rest.strip_prefix("&lt;") {
            rest = after;
            return Some('<');
        }
        let mut chars = rest.chars();
        let next = chars.next();
        rest = chars.as_str();
        next
    })
}

#[cfg(test)]
mod tests;
