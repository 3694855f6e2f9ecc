//! Seams: places at which what stays would read as something else, now that what stood between is gone (rule C35).

use std::ops::Range;

use crate::edit::{Action, Selection};
use crate::gallop::Forward;
use crate::html::{Fragment, Kind, Name, TextKind, Token};
use crate::mask::{Change, Fill, merge};
use crate::policy::{Mask, Policy};

/// The comment that keeps two texts apart.
pub(crate) const EMPTY_COMMENT: &str = "<!---->";

/// Adds a change for each `<` that must not stand before a seam.
/// Returns where the changes begin whose replacement must begin with an empty comment.
pub(super) fn find(
    fragment: &Fragment<'_>,
    selection: &Selection,
    changes: &mut Vec<Change>,
    policy: &Policy,
) -> Vec<usize> {
    let mut seams =
        Seams { fragment, selection, mask: first_byte_of_mask(policy), cursor: Forward::new(fragment.tokens()) };
    let mut escapes = Vec::new();
    let mut comments = Vec::new();
    let mut start = 0;
    while start < changes.len() {
        let end = start + touching(&changes[start..]);
        let gap = changes[start].range.start..changes[end - 1].range.end;
        let kept = start.checked_sub(1).map_or(0, |last| changes[last].range.end);
        match seams.join(kept, &gap, &changes[start..end]) {
            Join::Clean => {}
            Join::LessThan => escapes.push(gap.start - 1),
            Join::Apart => comments.push(gap.start),
        }
        start = end;
    }
    if !escapes.is_empty() {
        let escapes = escapes.into_iter().map(|at| Change { range: at..at + 1, fill: Fill::LessThan });
        *changes = merge(changes, escapes);
    }
    comments
}

/// How many of the changes touch each other.
fn touching(changes: &[Change]) -> usize {
    1 + changes.windows(2).take_while(|pair| pair[0].range.end == pair[1].range.start).count()
}

fn first_byte_of_mask(policy: &Policy) -> u8 {
    match policy.mask {
        Mask::Label(label) => label.as_str().as_bytes().first().copied().unwrap_or(b'.'),
        // Any byte that joins nothing: such a mask is neither letter nor digit.
        _ => b'.',
    }
}

enum Join {
    /// Nothing happens.
    Clean,
    /// The text before ends in `<`.
    LessThan,
    /// The two sides would become one.
    Apart,
}

struct Seams<'s> {
    fragment: &'s Fragment<'s>,
    selection: &'s Selection,
    /// The first byte of a mask.
    mask: u8,
    /// The tokens up to the change at hand.
    cursor: Forward<'s, Token>,
}

impl Seams<'_> {
    /// What happens where the bytes of `gap` are replaced by `changes`. All from `kept` to the gap stays.
    fn join(&mut self, kept: usize, gap: &Range<usize>, changes: &[Change]) -> Join {
        let bytes = self.fragment.source().as_bytes();
        let tokens = self.fragment.tokens();
        let Some(before) = gap.start.checked_sub(1).map(|at| self.token_at(at)) else { return Join::Clean };
        let masked = changes.iter().any(|change| change.fill != Fill::Nothing);
        let after = if masked { self.mask } else { bytes.get(gap.end).copied().unwrap_or(b'<') };
        let after_token = if gap.end < bytes.len() { self.token_at(gap.end) } else { tokens.len() };
        let is_data = |index: usize| tokens.get(index).is_some_and(|token| token.kind() == Kind::Text(TextKind::Data));
        if !masked && !is_data(after_token) {
            return Join::Clean;
        }
        if !is_data(before) {
            let newline = !masked && self.would_drop_newline(before, after_token, gap.end);
            return if newline { Join::Apart } else { Join::Clean };
        }
        let text = &bytes[kept.max(tokens[before].start())..gap.start];
        match text.last() {
            Some(b'<') => return Join::LessThan,
            Some(b'\r') if after == b'\n' => return Join::Apart,
            // The help desk would read a template's placeholder or tag.
            Some(b'{') if !masked && matches!(after, b'{' | b'%') => return Join::Apart,
            _ => {}
        }
        if continues_reference(text, after) { Join::Apart } else { Join::Clean }
    }

    /// The token at an offset; offsets are asked for in order.
    fn token_at(&mut self, offset: usize) -> usize {
        self.cursor.pass(|token| token.end() <= offset)
    }

    /// Whether a line end that is text now would be the first thing in a `pre`, where HTML drops it.
    fn would_drop_newline(&self, before: usize, after: usize, at: usize) -> bool {
        let Some(token) = self.fragment.tokens().get(before) else { return false };
        let drops = token.kind() == Kind::StartTag
            && !token.is_foreign()
            && self.selection.actions.get(before) != Some(&Action::Remove)
            && matches!(token.name(), Name::Pre | Name::Listing);
        let bytes = &self.fragment.source().as_bytes()[at..];
        let is_newline = match bytes.first() {
            Some(b'\n' | b'\r') => true,
            Some(b'&') => crate::html::reference_at(bytes, 0, false).is_some_and(|found| found.chars() == ['\n']),
            _ => false,
        };
        let at_token_start = self.fragment.tokens().get(after).is_some_and(|token: &Token| token.start() == at);
        drops && is_newline && !(at_token_start && self.fragment.dropped_newline(after) > 0)
    }
}

/// Whether `text` ends in the beginning of a character reference that `next` would go on with.
fn continues_reference(text: &[u8], next: u8) -> bool {
    if !(next.is_ascii_alphanumeric() || next == b'#' || next == b';') {
        return false;
    }
    let Some(ampersand) = memchr::memrchr(b'&', text) else { return false };
    match &text[ampersand + 1..] {
        [] => next != b';',
        [b'#'] => next != b'#' && next != b';',
        [b'#', b'x' | b'X', digits @ ..] => next != b'#' && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => next != b'#' && digits.iter().all(u8::is_ascii_digit),
        name => next != b'#' && name.iter().all(u8::is_ascii_alphanumeric),
    }
}
