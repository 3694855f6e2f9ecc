//! A marked body against the stored one (rules C40, C41).
//!
//! Whoever sends a marked body could also change a word in it. So the marked body is only compared: without its marks
//! it must be the stored body, and what is redacted is always the stored one.
//!
//! An agent's editor seldom sends the stored bytes back. It shows the body in a browser and sends what the browser
//! makes of it, so the bodies are compared as tokens; [`crate::Redactor::html_stored`] lists what may differ. Of each
//! difference the rule is that a tree builder makes the same tree of both, and in the same order as the tags stand.
//! (But for carriage returns that a reference stands for: what a browser writes of one is read as a line end.)
//!
//! In names and comments, *ours* is of the stored body and *theirs* of the marked one.

mod nearest;
mod open;
mod tag;
mod text;
mod walk;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::error::Error;
use crate::html::{Fragment, Token};

use open::OpenElements;

/// The marks of a marked body, as places in the stored one.
#[derive(Default)]
pub(crate) struct Projection {
    /// The outermost marks, in order: bytes of the stored body, none empty.
    pub(crate) ranges: Vec<Range<usize>>,
    /// For each range, where its mark opens in the marked body.
    pub(crate) openings: Vec<usize>,
    /// The start tags that have the `redact` attribute in the marked body,
    /// by the index of their token in the stored one.
    pub(crate) attributes: Vec<usize>,
    /// The number of marks, nested ones included.
    pub(crate) opened: usize,
}

/// Compares the bodies and projects the marks onto the stored one. Both were tokenized with `redact` watched.
///
/// An edge between two characters that the stored body writes as one reference (`&fjlig;`)
/// lies inside of the reference.
///
/// # Errors
/// [`Error::StoredHasMarks`] if the stored body holds a mark tag or a `redact` attribute. [`Error::NotTheStoredBody`]
/// with the first difference, or [`Error::HiddenMark`] if that is a mark where HTML sees no tag. For the marks:
/// [`Error::UnclosedMark`], [`Error::StrayMark`] and, if nothing of the stored body is in one, [`Error::EmptyMark`];
/// their offsets are in the marked body.
pub(crate) fn project(stored: &Fragment<'_>, marked: &Fragment<'_>) -> Result<Projection, Error> {
    if let Some(offset) = own_mark(stored) {
        return Err(Error::StoredHasMarks { offset });
    }
    // Most marked bodies are the stored bytes with marks put in, and these need no tracking of what is open.
    match walk::walk(stored, marked, None) {
        Err(Error::NotTheStoredBody { .. } | Error::HiddenMark { .. }) if is_certain(stored) => {
            walk::walk(stored, marked, Some(OpenElements::new()))
        }
        result => result,
    }
}

/// Where the first mark tag or tag with a `redact` attribute stands.
pub(crate) fn own_mark(stored: &Fragment<'_>) -> Option<usize> {
    let is_marked = |token: &&Token| token.is_watched() || token.has_watched_attribute();
    stored.tokens().iter().find(is_marked).map(Token::start)
}

/// Whether a tree builder reads the body as the tokens that it was taken for.
fn is_certain(fragment: &Fragment<'_>) -> bool {
    !fragment.is_uncertain() && fragment.ambiguous().is_none()
}
