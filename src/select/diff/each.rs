//! One mask per grapheme cluster.

use std::ops::Range;

use super::{Fault, is_bidi_control};
use crate::edit::Ranges;
use crate::grapheme::clusters;
use crate::select::common_prefix;

/// Goes through the clusters: each stands in the redacted text, or a mask does in its place.
///
/// Only a cluster that is the mask itself can be both. (A longer one that begins with the mask, such as `▇` with an
/// accent, cannot: if it is masked, its accent would have to begin the next cluster, and accents begin none.)
pub(super) fn recover(stored: &str, redacted: &str, mask: char) -> Result<Vec<Range<usize>>, Fault> {
    let mut masked: Vec<Range<usize>> = Vec::new();
    let (mut at, mut choice) = (0, None);
    for (start, cluster) in clusters(stored) {
        let rest = &redacted[at..];
        if rest.starts_with(cluster) {
            if cluster.chars().eq([mask]) {
                choice = choice.or(Some(at));
            }
            at += cluster.len();
        } else if rest.starts_with(mask) && !is_bidi_control(cluster) {
            masked.push(start..start + cluster.len());
            at += mask.len_utf8();
        } else {
            return Err(Fault::Mismatch(start + common_prefix(cluster, rest)));
        }
    }
    match choice {
        _ if at < redacted.len() => Err(Fault::Mismatch(stored.len())),
        Some(at) => Err(Fault::Ambiguous(at)),
        None => Ok(Ranges::from_unsorted(masked).into_vec()),
    }
}
