//! The forced part of an alignment: where each text of the marked message stands in the stored one.

use std::ops::Range;

use super::tags::{Marked, Tag, leading_tag};

/// Where the marked text's runs stand in the stored text, and which literal tags they leave there.
pub(super) struct Walk {
    pub(super) steps: Vec<Step>,
    literals: Vec<Tag>,
}

/// One run in the stored text.
pub(super) struct Step {
    /// Where its first literal tag stands, or would stand.
    pub(super) at: usize,
    literals: Range<usize>,
}

impl Walk {
    /// The literal tags that a run leaves.
    pub(super) fn literals(&self, step: &Step) -> &[Tag] {
        &self.literals[step.literals.clone()]
    }
}

/// Lays the marked text along the stored one.
///
/// A text between two runs is not empty and does not begin with a tag. So a run leaves exactly the tags that stand side
/// by side in the stored text there, and nothing has to be tried. The one exception is a tag that forms across a mark;
/// [`super::formed`] looks for those.
///
/// # Errors
/// The offset in `stored` at which the choice of marks that gives most of it parts from it.
pub(super) fn walk(stored: &str, marked: &Marked<'_>) -> Result<Walk, usize> {
    let mut walk = Walk { steps: Vec::with_capacity(marked.runs.len()), literals: Vec::new() };
    let mut at = text_at(stored, 0, marked.head)?;
    let mut furthest = at;
    for run in &marked.runs {
        let (start, first) = (at, walk.literals.len());
        for &tag in marked.tags(run) {
            let rest = &stored.as_bytes()[at..];
            if leading_tag(rest) == Some(tag) {
                walk.literals.push(tag);
                at += tag.text().len();
            } else {
                furthest = furthest.max(at + common_len(rest, tag.text().as_bytes()));
            }
        }
        walk.steps.push(Step { at: start, literals: first..walk.literals.len() });
        at = text_at(stored, at, marked.text_after(run)).map_err(|parted| furthest.max(parted))?;
    }
    if at == stored.len() { Ok(walk) } else { Err(furthest.max(at)) }
}

/// The end of `text` in `stored` if it stands at byte `at`.
///
/// # Errors
/// The offset in `stored` at which they part.
pub(super) fn text_at(stored: &str, at: usize, text: &str) -> Result<usize, usize> {
    let rest = stored.as_bytes().get(at..).unwrap_or_default();
    if rest.starts_with(text.as_bytes()) {
        return Ok(at + text.len());
    }
    Err(at + common_len(rest, text.as_bytes()))
}

fn common_len(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}
