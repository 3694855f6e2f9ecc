//! From ranges of a plain text, in which nothing is decoded (C42), to masks.

use std::ops::Range;

use crate::edit::{EditsBuilder, Ranges};
use crate::error::Error;
use crate::html::TextMap;
use crate::mask::apart::{count_masked, is_edge};
use crate::mask::clusters::mask_map;
use crate::mask::{Masked, Masker, build, direct_mask};
use crate::policy::Policy;

/// Masks ranges of a plain text.
pub(crate) fn mask_text(source: &str, selected: &Ranges, policy: &Policy) -> Result<Masked, Error> {
    let Some(masked) = mask_directly(source, selected, policy) else {
        return mask_in_general(source, selected, policy);
    };
    debug_assert!(
        mask_in_general(source, selected, policy).as_ref() == Ok(&masked),
        "the direct way must lead to where the general way leads"
    );
    Ok(masked)
}

/// The short way where all in the ranges is masked, and each begins and ends between clusters for certain. Nothing if
/// that cannot be told at once, or the result is too large. (It takes a quarter of what a range costs the other way.)
fn mask_directly(source: &str, selected: &Ranges, policy: &Policy) -> Option<Masked> {
    let (mask, fixed) = direct_mask(policy)?;
    let ranges = selected.as_slice();
    let bytes = ranges.iter().map(ExactSizeIterator::len).sum();
    let mut edits = EditsBuilder::new(source.len(), ranges.len(), bytes);
    let mut clusters = 0;
    for range in ranges {
        let count = count_apart(source, range)?;
        clusters += count;
        edits.grow(range.clone());
        edits.append_masks(mask, fixed.unwrap_or(count));
        // Up to 192 bytes can stand for one.
        if edits.replacement_bytes() > policy.limits.output_bytes {
            return None;
        }
    }
    let edits = edits.finish();
    let fits = edits.result_len() <= policy.limits.output_bytes;
    fits.then(|| Masked { edits, text: selected.clone(), clusters, expanded: 0, seams: 0 })
}

/// How many clusters a range holds, if all of them are masked and none goes on beyond it.
fn count_apart(source: &str, range: &Range<usize>) -> Option<usize> {
    let (before, text, after) = (source.get(..range.start)?, source.get(range.clone())?, source.get(range.end..)?);
    let is_apart = |last: Option<char>, next: Option<char>| match (last, next) {
        (Some(last), Some(next)) => is_edge(last, next),
        _ => true,
    };
    let begins = is_apart(before.chars().next_back(), text.chars().next());
    let ends = is_apart(text.chars().next_back(), after.chars().next());
    if begins && ends { count_masked(text) } else { None }
}

/// Cuts the text around each range into clusters.
fn mask_in_general(source: &str, selected: &Ranges, policy: &Policy) -> Result<Masked, Error> {
    let mut masker = Masker::new(policy, selected.as_slice().len());
    let mut map = TextMap::default();
    map.push_plain(source);
    mask_map(&map, &[], selected.as_slice(), &mut None, &mut masker)?;
    masker.sort();
    let text = masker.ranges();
    build(source, masker, text, &[])
}
