//! What stands in and beside ranges that are masked the direct way,
//! and whether it could join what comes to stand there.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::{Class, Fragment, Kind, TextKind, Token, push_decoded, reference_at};
use crate::mask::apart::{char_after, char_before, is_edge};
use crate::mask::{ByAttribute, joins};

pub(super) struct Beside<'w> {
    fragment: &'w Fragment<'w>,
    tokens: &'w [Token],
    by_attribute: ByAttribute<'w>,
    /// How many tokens may still be passed over beside ranges: all ranges together pass over no more than there are.
    looks: usize,
    /// Whether a part of a text was decoded, of which something stays.
    has_decoded_part: bool,
    /// Which elements open anywhere in which white space has another meaning, once that has been asked.
    opens: Option<Opens>,
}

struct Opens {
    preformatted: bool,
    table: bool,
}

impl<'w> Beside<'w> {
    pub(super) fn new(fragment: &'w Fragment<'w>, by_attribute: ByAttribute<'w>) -> Self {
        let tokens = fragment.tokens();
        Self { fragment, tokens, by_attribute, looks: tokens.len(), has_decoded_part: false, opens: None }
    }

    pub(super) fn has_decoded_part(&self) -> bool {
        self.has_decoded_part
    }

    /// Whether two tokens may come to stand side by side, and nothing need come between (C35).
    pub(super) fn meet(&self, before: Option<&Token>, after: Option<&Token>) -> bool {
        let is_easy = |token: &Token| token.is_tag() || token.is_even();
        let bytes = self.fragment.source().as_bytes();
        let braces = |token: &Token, at: usize| token.is_text() && bytes.get(at) == Some(&b'{');
        before.is_none_or(is_easy)
            && after.is_none_or(is_easy)
            && !before.is_some_and(|token| braces(token, token.end() - 1))
            && !after.is_some_and(|token| braces(token, token.start()))
    }

    /// Whether white space, the `part` of a text that is in a range, is layout (C33), if that is easily told: there is
    /// more than white space beside it, or tags that stay, or nothing.
    pub(super) fn is_layout(&mut self, index: usize, part: &Range<usize>) -> Option<bool> {
        let tokens = self.tokens;
        if *part != tokens[index].range() {
            return self.is_no_space(index).then_some(false);
        }
        let before = (0..index).rev().find(|&at| !tokens[at].is_watched());
        let after = (index + 1..tokens.len()).find(|&at| !tokens[at].is_watched());
        // White space is layout with all of its text or not at all, and marks do not end a text.
        if [before, after].into_iter().flatten().any(|at| self.is_no_space(at)) {
            return Some(false);
        }
        let stays =
            |&at: &usize| tokens[at].is_tag() && !tokens[at].name().is_unknown() && !self.by_attribute.removes(at);
        if ![before, after].iter().flatten().all(stays) {
            return None;
        }
        let is_structure = [before, after].iter().flatten().any(|&at| tokens[at].name().is(Class::STRUCTURE));
        let opens = self.opens.get_or_insert_with(|| Opens {
            preformatted: tokens.iter().any(preformats),
            table: tokens.iter().any(|token| token.kind() == Kind::StartTag && token.name().is(Class::TABLE)),
        });
        match is_structure {
            true if !opens.preformatted => Some(true),
            false if !opens.table => Some(false),
            _ => None,
        }
    }

    /// Whether a token is text and certainly more than white space. Not all of it is looked at: many ranges may ask.
    fn is_no_space(&self, index: usize) -> bool {
        const FIRST: usize = 64;
        let token = &self.tokens[index];
        let is_shown = |byte: u8| byte != 0 && !byte.is_ascii_whitespace();
        token.kind() == Kind::Text(TextKind::Data)
            && !token.may_have_references()
            && self.fragment.text(token).bytes().take(FIRST).any(is_shown)
    }

    /// A part of a text, decoded. Of a text of which something stays,
    /// it must have no carriage return, and end in no reference.
    pub(super) fn text_in(&mut self, index: usize, part: &Range<usize>) -> Option<Cow<'w, str>> {
        let token = &self.tokens[index];
        let source = &self.fragment.source()[part.clone()];
        if token.is_even() {
            return Some(Cow::Borrowed(source));
        }
        let text = match memchr::memchr2(b'\r', 0, source.as_bytes()) {
            Some(_) if source.contains('\0') => return None,
            None if !token.may_have_references() && !token.has_less_than() => Cow::Borrowed(source),
            _ if *part == token.range() => self.fragment.decoded(token),
            None => {
                self.has_decoded_part = true;
                self.decoded_part(token, part)?
            }
            Some(_) => return None,
        };
        // HTML may drop a line end at the start of a text.
        let is_dropped =
            part.start == token.start() && text.starts_with('\n') && self.fragment.dropped_newline(index) > 0;
        (!is_dropped).then_some(text)
    }

    /// A part of a text without NUL and carriage returns that begins in no reference, decoded, if it ends in none.
    fn decoded_part(&self, token: &Token, part: &Range<usize>) -> Option<Cow<'w, str>> {
        let source = self.fragment.source();
        let text = &source[part.clone()];
        let Some(last) = memchr::memrchr(b'&', text.as_bytes()) else { return Some(Cow::Borrowed(text)) };
        let start = part.start + last;
        if reference_at(&source.as_bytes()[..token.end()], start, false).is_some_and(|it| start + it.len() > part.end) {
            return None;
        }
        let mut decoded = String::with_capacity(text.len());
        push_decoded(text, &mut decoded);
        Some(decoded.into())
    }

    /// Whether what stands before `at`, which is in the token at `index` or at its start, could join `next`, or a mask.
    pub(super) fn joins_before(&mut self, index: usize, at: usize, next: char) -> bool {
        let source = self.fragment.source();
        let is_apart = |token: &Token| char_before(source, token, at).is_some_and(|last| is_edge(last, next));
        let before = index + usize::from(self.tokens.get(index).is_some_and(|token| token.start() < at));
        for (index, token) in self.tokens[..before].iter().enumerate().rev() {
            match token.kind() {
                Kind::Text(TextKind::Data) => {
                    return (token.end() >= at && source[..at].ends_with('<')) || !is_apart(token);
                }
                Kind::Text(_) | Kind::Cdata => return true,
                _ if !joins(token) && !self.by_attribute.removes(index) => return false,
                _ => {}
            }
            let Some(looks) = self.looks.checked_sub(1) else { return true };
            self.looks = looks;
        }
        false
    }

    /// The same for what stands after.
    pub(super) fn joins_after(&mut self, index: usize, at: usize, last: char) -> bool {
        let source = self.fragment.source();
        let is_apart = |token: &Token| char_after(source, token, at).is_some_and(|next| is_edge(last, next));
        for (index, token) in self.tokens.iter().enumerate().skip(index) {
            match token.kind() {
                Kind::Text(TextKind::Data) => return !is_apart(token),
                Kind::Text(_) | Kind::Cdata => return true,
                _ if !joins(token) && !self.by_attribute.removes(index) => return false,
                _ => {}
            }
            let Some(looks) = self.looks.checked_sub(1) else { return true };
            self.looks = looks;
        }
        false
    }
}

/// Whether a tag opens an element in which white space is content, and which may drop a line end.
fn preformats(token: &Token) -> bool {
    token.kind() == Kind::StartTag && token.name().is_preformatted()
}
