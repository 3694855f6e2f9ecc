//! What would make two texts equal that are not: a hint for the caller, never a reason to go on (rules C3, C42).

use std::borrow::Cow;

use memchr::memmem;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::tags::{Tag, tags};
use crate::error::MismatchKind;
use crate::html::{line_feeds, push_decoded};

/// The rewriting, tried alone and in this order, under which `is_copy` holds.
///
/// Tags are left as they are and have no width: white space on both sides of a mark is one run.
pub(in crate::select) fn kind_of(
    stored: &str,
    other: &str,
    mut is_copy: impl FnMut(&str, &str) -> bool,
) -> Option<MismatchKind> {
    let either = |holds: fn(&str) -> bool| holds(stored) || holds(other);
    let mut equal =
        |rewrite_stored: Rewrite, rewrite_other: Rewrite| is_copy(&rewrite_stored(stored), &rewrite_other(other));
    if either(|text| text.contains('\r')) && equal(with_line_feeds, with_line_feeds) {
        return Some(MismatchKind::LineEnds);
    }
    if either(|text| !is_composed(text)) && equal(decomposed, decomposed) {
        return Some(MismatchKind::Normalization);
    }
    // A text that is written with references can itself be what was escaped once more.
    let references = either(|text| text.contains('&'));
    if references && (equal(decoded, decoded) || equal(as_it_is, decoded) || equal(decoded, as_it_is)) {
        return Some(MismatchKind::Entities);
    }
    equal(folded, folded).then_some(MismatchKind::Whitespace)
}

type Rewrite = fn(&str) -> Cow<'_, str>;

/// Whether `text` is in normalization form C for sure. Two texts that are cannot be equivalent unless they are equal.
fn is_composed(text: &str) -> bool {
    text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Whether the texts differ inside marks alone.
///
/// The outer parts, which may hold literal tags, are cut away as far as the texts agree; in what is left every tag is
/// taken for a mark.
pub(super) fn differs_in_marks(stored: &str, marked: &str) -> bool {
    let (stored, marked) = (stored.as_bytes(), marked.as_bytes());
    agree_outside(stored, marked) || core(stored, marked).is_some_and(|(stored, marked)| agree_outside(stored, marked))
}

/// Both texts without what they have in common in front of a mark and behind one.
fn core<'t>(stored: &'t [u8], marked: &'t [u8]) -> Option<(&'t [u8], &'t [u8])> {
    let same = |(a, b): &(&u8, &u8)| a == b;
    let prefix = stored.iter().zip(marked).take_while(same).count();
    let suffix = stored.iter().rev().zip(marked.iter().rev()).take_while(same).count();
    let opens = |(offset, tag)| (tag == Tag::Open && offset <= prefix).then_some(offset);
    let closes = |(offset, tag): (usize, Tag)| {
        let behind = marked.len() - offset - tag.text().len();
        (tag == Tag::Close && behind <= suffix).then_some(behind)
    };
    let front = tags(marked).filter_map(opens).last()?;
    let behind = tags(marked).find_map(closes)?;
    Some((stored.get(front..stored.len() - behind)?, marked.get(front..marked.len() - behind)?))
}

/// Whether `stored` is `marked` with other words in its marks, every tag being one.
fn agree_outside(stored: &[u8], marked: &[u8]) -> bool {
    let (mut depth, mut from, mut at, mut first) = (0, 0, 0, true);
    for (offset, tag) in tags(marked) {
        if depth == 0 {
            let piece = &marked[from..offset];
            let rest = &stored[at..];
            let found = if first { rest.starts_with(piece).then_some(0) } else { memmem::find(rest, piece) };
            let Some(found) = found else { return false };
            at += found + piece.len();
            first = false;
        }
        depth += tag.depth();
        from = offset + tag.text().len();
        if depth < 0 {
            return false;
        }
    }
    depth == 0 && !first && stored[at..].ends_with(&marked[from..])
}

/// Rewrites the text between tags.
fn between_tags(text: &str, mut rewrite: impl FnMut(&str, &mut String)) -> Cow<'_, str> {
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    for (offset, tag) in tags(text.as_bytes()) {
        rewrite(&text[from..offset], &mut result);
        result.push_str(tag.text());
        from = offset + tag.text().len();
    }
    rewrite(&text[from..], &mut result);
    Cow::Owned(result)
}

fn as_it_is(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Every line end as `\n`.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let mut after_return = false;
    between_tags(text, |text, result| {
        let rest = text.strip_prefix('\n').filter(|_| after_return).unwrap_or(text);
        result.push_str(&line_feeds(rest));
        after_return = if text.is_empty() { after_return } else { text.ends_with('\r') };
    })
}

/// Texts are equal in normalization form C if and only if they are in form D, which a mark between a letter and its
/// accent cannot change.
fn decomposed(text: &str) -> Cow<'_, str> {
    between_tags(text, |text, result| result.extend(text.nfd()))
}

/// Character references as what they stand for.
fn decoded(text: &str) -> Cow<'_, str> {
    between_tags(text, push_decoded)
}

/// Runs of white space as one space, none at the ends.
fn folded(text: &str) -> Cow<'_, str> {
    let (mut started, mut space) = (false, false);
    between_tags(text, |text, result| {
        for c in text.chars() {
            if c.is_whitespace() {
                space = started;
            } else {
                if space {
                    result.push(' ');
                }
                result.push(c);
                (started, space) = (true, false);
            }
        }
    })
}
