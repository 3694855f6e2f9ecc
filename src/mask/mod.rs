//! From a selection to edits: masks for text, cuts for tags, and the seams between what stays (rules, "Masking").

mod apart;
mod beside;
mod clusters;
mod direct;
mod layout;
mod runs;
mod seams;
mod text;
mod windows;

use std::ops::Range;

use crate::edit::{Action, Counts, Edits, EditsBuilder, Ranges, Selection};
use crate::error::Error;
use crate::html::Fragment;
use crate::policy::{BAR, Mask, Policy, Whitespace};

pub(crate) use direct::{Direct, mask_directly};
pub(crate) use runs::joins;
pub(crate) use seams::EMPTY_COMMENT;
pub(crate) use text::mask_text;

/// What masking did.
#[derive(PartialEq)]
pub(crate) struct Masked {
    pub(crate) edits: Edits,
    /// The ranges of the source that held text, and were masked or removed.
    pub(crate) text: Ranges,
    /// Masked grapheme clusters.
    pub(crate) clusters: usize,
    /// Clusters that a range's edge cut, and that were masked as a whole.
    pub(crate) expanded: usize,
    /// Places at which kept text had to be kept apart.
    pub(crate) seams: usize,
}

/// What the `redact` attributes of a body ask for, where none of them takes out content.
#[derive(Clone, Copy)]
pub(crate) struct ByAttribute<'a> {
    /// What becomes of each token by an attribute; empty if no tag has one.
    pub(crate) actions: &'a [Action],
    pub(crate) counts: Counts,
}

impl ByAttribute<'_> {
    /// Whether the token at `index` is removed.
    fn removes(&self, index: usize) -> bool {
        self.actions.get(index) == Some(&Action::Remove)
    }

    /// Whether the tag at `index` stays with nothing but its name.
    fn bares(&self, index: usize) -> bool {
        self.actions.get(index) == Some(&Action::Bare)
    }
}

/// One replacement, before those that touch become one edit.
#[derive(Clone)]
struct Change {
    range: Range<usize>,
    fill: Fill,
}

#[derive(Clone, Copy, PartialEq)]
enum Fill {
    /// Nothing stands there any more.
    Nothing,
    /// One mask for each of so many clusters, or the `Fixed` or `Label` one of their range.
    Mask(usize),
    /// The `<` at the end of kept text, written as a reference.
    LessThan,
}

/// What the masking of one source has found so far.
struct Masker<'p> {
    policy: &'p Policy,
    changes: Vec<Change>,
    clusters: usize,
    expanded: usize,
}

impl<'p> Masker<'p> {
    fn new(policy: &'p Policy, changes: usize) -> Self {
        Self { policy, changes: Vec::with_capacity(changes), clusters: 0, expanded: 0 }
    }

    fn change(&mut self, range: Range<usize>, fill: Fill) {
        self.changes.push(Change { range, fill });
    }

    /// Puts the changes in order: where HTML drops something, they were found in another.
    fn sort(&mut self) {
        if !self.changes.is_sorted_by_key(|change| change.range.start) {
            self.changes.sort_by_key(|change| change.range.start);
        }
    }

    /// The ranges of the changes, which are in order.
    fn ranges(&self) -> Ranges {
        Ranges::from_sorted(self.changes.iter().map(|change| change.range.clone()))
    }
}

/// The mask, and how many of it stand for a range if that does not depend on its clusters. Nothing if the policy has
/// more to say than that.
fn direct_mask(policy: &Policy) -> Option<(char, Option<usize>)> {
    match (policy.whitespace, policy.mask) {
        (Whitespace::Mask, Mask::PerGrapheme(mask)) => Some((mask, None)),
        (Whitespace::Mask, Mask::Fixed(length)) => Some((BAR, Some(length))),
        _ => None,
    }
}

/// Masks a selection of an HTML source.
pub(crate) fn mask_html(fragment: &Fragment<'_>, selection: &Selection, policy: &Policy) -> Result<Masked, Error> {
    // Most marks hold one piece of text.
    let mut masker = Masker::new(policy, selection.text.as_slice().len());
    runs::mask_runs(fragment, selection, &mut masker)?;
    masker.sort();
    let text = masker.ranges();
    let decided = fragment.tokens().iter().zip(&selection.actions).filter(|(_, action)| **action != Action::Keep);
    let cuts = decided.map(|(token, action)| match action {
        Action::Remove => token.range(),
        _ => fragment.after_name(token),
    });
    let cuts = cuts.filter(|cut| !cut.is_empty()).map(|range| Change { range, fill: Fill::Nothing });
    masker.changes = merge(&masker.changes, cuts);
    let comments = seams::find(fragment, selection, &mut masker.changes, policy);
    build(fragment.source(), masker, text, &comments)
}

/// Two lists of changes, each in order, as one. What only goes is one change with what it touches before: of a cluster
/// over many marks, one is left. (To sort the list instead, and to write each change,
/// took a tenth of all instructions there.)
fn merge(changes: &[Change], others: impl Iterator<Item = Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::with_capacity(3 * changes.len());
    let mut push = |change: Change| match merged.last_mut() {
        Some(last) if last.range.end == change.range.start && change.fill == Fill::Nothing => {
            last.range.end = change.range.end;
        }
        _ => merged.push(change),
    };
    let mut rest = changes;
    for other in others {
        while let Some((change, after)) = rest.split_first()
            && change.range.start < other.range.start
        {
            push(change.clone());
            rest = after;
        }
        push(other);
    }
    rest.iter().cloned().for_each(push);
    merged
}

/// Writes the changes as edits. `comments` is where changes begin whose replacement begins with an empty comment.
fn build(source: &str, masker: Masker<'_>, text: Ranges, comments: &[usize]) -> Result<Masked, Error> {
    let limits = &masker.policy.limits;
    let masks = masker.clusters.min(source.len()) * BAR.len_utf8();
    let mut builder = EditsBuilder::new(source.len(), masker.changes.len(), masks);
    let mut comments = comments.iter().peekable();
    let seams = comments.len() + masker.changes.iter().filter(|change| change.fill == Fill::LessThan).count();
    let (mut end, mut is_masked) = (0, false);
    for change in &masker.changes {
        builder.grow(change.range.clone());
        // Of masks that come to stand side by side one is left: masking them again, as one range,
        // would leave no more (C6).
        let has_comment = comments.next_if_eq(&&change.range.start).is_some();
        is_masked &= change.range.start == end && !has_comment;
        end = change.range.end;
        if has_comment {
            builder.append(EMPTY_COMMENT);
        }
        match (change.fill, masker.policy.mask) {
            (Fill::Nothing, _) => {}
            (Fill::LessThan, _) => builder.append("&lt;"),
            (Fill::Mask(clusters), Mask::PerGrapheme(mask)) => builder.append_masks(mask, clusters),
            (Fill::Mask(_), _) if is_masked => {}
            (Fill::Mask(_), Mask::Fixed(count)) => builder.append_masks(BAR, count),
            (Fill::Mask(_), Mask::Label(label)) => builder.append(label.as_str()),
        }
        match change.fill {
            Fill::Nothing => {}
            Fill::LessThan => is_masked = false,
            Fill::Mask(_) => is_masked = true,
        }
        limits.check_output(builder.replacement_bytes())?;
    }
    let edits = builder.finish();
    limits.check_output(edits.result_len())?;
    Ok(Masked { edits, text, clusters: masker.clusters, expanded: masker.expanded, seams })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// The slow twin sorts all changes, and then joins what only goes to what it touches.
    #[test]
    fn merged_changes_are_those_that_sorting_gives() {
        let mut random = Random::new(5);
        for _ in 0..2_000 {
            let (mut texts, mut cuts, mut at) = (Vec::new(), Vec::new(), 0);
            for _ in 0..random.below(9) {
                let start = at + random.below(2);
                at = start + 1 + random.below(2);
                let fill = [Fill::Nothing, Fill::Mask(at), Fill::LessThan][random.below(3)];
                let list = [&mut texts, &mut cuts].into_iter().nth(random.below(2)).unwrap();
                list.push(Change { range: start..at, fill });
            }
            let mut expected = [texts.clone(), cuts.clone()].concat();
            expected.sort_by_key(|change| change.range.start);
            expected.dedup_by(|next, last| {
                let goes_with = last.range.end == next.range.start && next.fill == Fill::Nothing;
                if goes_with {
                    last.range.end = next.range.end;
                }
                goes_with
            });
            let told = |changes: &[Change]| changes.iter().map(|it| (it.range.clone(), it.fill)).collect::<Vec<_>>();
            assert!(told(&merge(&texts, cuts.into_iter())) == told(&expected));
            let ranges: Vec<Range<usize>> = texts.iter().map(|change| change.range.clone()).collect();
            assert!(Ranges::from_sorted(ranges.iter().cloned()) == Ranges::from_unsorted(ranges));
        }
    }
}
