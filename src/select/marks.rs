//! Marks in an HTML body (rules C11–C14).

use std::ops::Range;

use crate::error::Error;
use crate::html::{Fragment, Kind, TextKind, Token, decode_less_than, ends_name};
use crate::lanes::{Hits, Lanes};
use crate::policy::Policy;
use crate::until::until;

/// The name of the mark tag and of the attribute.
pub(crate) const MARK: &str = "redact";

/// The marks of a body, in order.
#[derive(Default)]
pub(crate) struct Marks {
    /// The outermost marks, each from its opening tag to the end of its closing tag.
    pub(crate) ranges: Vec<Range<usize>>,
    /// The start tags that have the attribute, by the index of their token.
    pub(crate) attributes: Vec<usize>,
    /// The number of marks, nested ones included.
    pub(crate) opened: usize,
}

/// Finds the marks, and refuses what is not exactly a mark but looks like one.
pub(crate) fn marks(fragment: &Fragment<'_>, policy: &Policy) -> Result<Marks, Error> {
    let Found { marks, hidden, near } = find(fragment, policy, !policy.allow_suspicious)?;
    if let Some(offset) = hidden {
        return Err(Error::HiddenMark { offset });
    }
    if marks.ranges.is_empty() && marks.attributes.is_empty() {
        return Err(Error::NothingToRedact);
    }
    match near {
        Some(offset) => Err(Error::SuspiciousMark { offset }),
        None => Ok(marks),
    }
}

/// What one pass over the tokens finds.
pub(super) struct Found {
    marks: Marks,
    /// The first bytes that would be a mark tag if HTML saw a tag there.
    pub(super) hidden: Option<usize>,
    /// The first near-mark, if those are looked for.
    near: Option<usize>,
}

/// Pairs the mark tags by depth (C12), and looks for what is nearly one (C14).
pub(super) fn find(fragment: &Fragment<'_>, policy: &Policy, look_near: bool) -> Result<Found, Error> {
    let mut marks = Marks::default();
    let mut lookalikes = Lookalikes { fragment, look_near, hidden: None, near: None };
    let mut stray = None;
    let (mut open, mut depth, mut next) = (0, 0_usize, 0);
    while let Some((index, token)) = next_telling(fragment.tokens(), next) {
        next = index + 1;
        if token.is_watched() {
            match token.kind() {
                Kind::StartTag => {
                    marks.opened += 1;
                    if depth == 0 {
                        open = token.start();
                    }
                    depth += 1;
                }
                _ if depth == 0 => stray = stray.or(Some(token.start())),
                _ => {
                    depth -= 1;
                    if depth == 0 {
                        marks.ranges.push(open..token.end());
                    }
                }
            }
        } else if token.has_watched_attribute() && token.kind() == Kind::StartTag {
            marks.attributes.push(index);
        }
        if token.is_tag() {
            lookalikes.see_tag(token);
        } else {
            lookalikes.see_other(token);
        }
    }
    let Lookalikes { hidden, near, .. } = lookalikes;
    // An opening or closing tag that a comment or the end of the input swallowed is the likelier story, and the more
    // useful one.
    let swallowed = hidden.map(|offset| Error::HiddenMark { offset });
    if let Some(offset) = stray {
        let before = swallowed.filter(|error| error.offset() < Some(offset));
        return Err(before.unwrap_or(Error::StrayMark { offset }));
    }
    if depth > 0 {
        return Err(swallowed.unwrap_or(Error::UnclosedMark { offset: open }));
    }
    policy.limits.check_marks(marks.opened + marks.attributes.len())?;
    Ok(Found { marks, hidden, near })
}

/// The first of what looks like a mark and is none.
struct Lookalikes<'f> {
    fragment: &'f Fragment<'f>,
    look_near: bool,
    hidden: Option<usize>,
    near: Option<usize>,
}

impl Lookalikes<'_> {
    #[inline]
    fn see_tag(&mut self, tag: &Token) {
        if self.look_near && self.near.is_none() {
            self.near = near_tag(self.fragment, tag);
        }
        let may_hide = tag.has_less_than() || (tag.name().is_unknown() && !tag.is_watched());
        if self.hidden.is_none() && may_hide {
            self.hidden = hidden_in(self.fragment.source().as_bytes(), tag.start() + 1..tag.end());
        }
    }

    /// Looks through text, or through what HTML takes for neither text nor a tag.
    #[inline]
    fn see_other(&mut self, token: &Token) {
        let bytes = self.fragment.source().as_bytes();
        let is_text = token.kind() == Kind::Text(TextKind::Data);
        let Range { start: mut at, end } = token.range();
        loop {
            at = until(bytes, at..end, may_begin_mark);
            if at == end {
                return;
            }
            if bytes[at] == b'<' && !is_text && self.hidden.is_none() && is_mark_tag(bytes, at) {
                self.hidden = Some(at);
            }
            if self.look_near && self.near.is_none() && is_near_mark(&bytes[..end], at) {
                self.near = Some(at);
            }
            at += 1;
        }
    }
}

/// The first token at or after `at` that may be a mark, hide one or look like one.
// Most are none of that. Asking eight at once takes a third of what asking each takes; but what tells may come in rows.
#[inline]
fn next_telling(tokens: &[Token], mut at: usize) -> Option<(usize, &Token)> {
    let mut rest = tokens.get(at..)?;
    match rest {
        [first, ..] if !first.is_plain() => return Some((at, first)),
        // A mark closes behind one text.
        [_, second, ..] if !second.is_plain() => return Some((at + 1, second)),
        _ => {}
    }
    while let Some((eight, others)) = rest.split_first_chunk::<8>()
        && eight.iter().fold(true, |all, token| all & token.is_plain())
    {
        (at, rest) = (at + 8, others);
    }
    let found = rest.iter().position(|token| !token.is_plain())?;
    Some((at + found, &rest[found]))
}

/// The first `<redact` or `</redact` in `range` that white space, `/` or `>` follows.
pub(crate) fn hidden_in(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let mut found = memchr::memchr_iter(b'<', &bytes[range.clone()]).map(|at| range.start + at);
    found.find(|&at| is_mark_tag(bytes, at))
}

/// Whether the `<` at `at` begins what would be a mark tag if HTML saw one there.
fn is_mark_tag(bytes: &[u8], at: usize) -> bool {
    let name = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/'));
    let end = name + MARK.len();
    starts_with_mark(bytes, name) && bytes.get(end).is_none_or(|&byte| ends_name(byte))
}

fn starts_with_mark(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + MARK.len()).is_some_and(|word| word.eq_ignore_ascii_case(MARK.as_bytes()))
}

/// `<redacted`, `<redact-x`, or an attribute such as `redacted` or `data-redact`.
fn near_tag(fragment: &Fragment<'_>, token: &Token) -> Option<usize> {
    let may_be_near = token.name().is_unknown() && !token.is_watched();
    if may_be_near && starts_with_mark(fragment.raw_name(token).as_bytes(), 0) {
        return Some(token.start());
    }
    if !token.has_near_attribute() {
        return None;
    }
    let near = fragment.attributes(token).find(|attribute| {
        let name = fragment.source()[attribute.name.clone()].as_bytes();
        name.len() > MARK.len() && (starts_with_mark(name, 0) || starts_with_mark(name, name.len() - MARK.len()))
    });
    near.map(|attribute| attribute.name.start)
}

/// Whether a mark, or what is nearly one, may begin at a byte that another follows: with a `<`,
/// or with a reference to it.
#[inline(always)]
fn may_begin_mark(byte: Lanes, next: Lanes) -> Hits {
    let after_less_than = next.is(b'/') | next.lower().is(b'r') | next.at_most(b' ');
    let after_ampersand = next.lower().is(b'l') | next.is(b'#');
    (byte.is(b'<') & after_less_than) | (byte.is(b'&') & after_ampersand)
}

/// Whether a `<`, also as a reference, stands at `at`, then perhaps slashes and white space, then the word.
// These are looked at once: the next `<` or `&` comes after them.
fn is_near_mark(bytes: &[u8], at: usize) -> bool {
    let Some(mut next) = decode_less_than(bytes, at) else { return false };
    while bytes.get(next).is_some_and(|&byte| byte == b'/' || byte.is_ascii_whitespace()) {
        next += 1;
    }
    starts_with_mark(bytes, next)
}
