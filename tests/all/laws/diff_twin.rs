//! The slow twin of `diff`: every set of masked clusters is tried.

use std::ops::Range;

use blackbar::Mask;
use unicode_segmentation::UnicodeSegmentation;

/// What the two texts tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    Ranges(Vec<Range<usize>>),
    Ambiguous,
    Mismatch,
}

/// The most clusters that the twin can try.
pub const MOST_CLUSTERS: usize = 11;

/// What comes of a stored and a redacted text by trial of all sets; nothing if there are too many.
pub fn recovered(stored: &str, redacted: &str, mask: Mask) -> Option<Recovered> {
    let clusters: Vec<(usize, &str)> = stored.grapheme_indices(true).collect();
    if clusters.len() > MOST_CLUSTERS {
        return None;
    }
    let mut sets = (0..1_u32 << clusters.len())
        .map(|set| (0..clusters.len()).map(|index| set >> index & 1 == 1).collect::<Vec<bool>>())
        .filter(|set| is_allowed(&clusters, set, mask) && written(&clusters, set, mask) == redacted);
    Some(match (sets.next(), sets.next()) {
        (None, _) => Recovered::Mismatch,
        (Some(set), None) => Recovered::Ranges(ranges(&clusters, &set)),
        _ => Recovered::Ambiguous,
    })
}

/// A bidi control is never masked. It can stand inside a range, which can be told if the range has one mask.
fn is_allowed(clusters: &[(usize, &str)], set: &[bool], mask: Mask) -> bool {
    let in_set = |index: usize| set.get(index).copied().unwrap_or(false);
    let bidi = |index: usize| clusters.get(index).is_some_and(|(_, cluster)| is_bidi_control(cluster));
    (0..set.len()).filter(|&index| in_set(index) && bidi(index)).all(|index| {
        let before = (0..index).rev().find(|&index| !bidi(index));
        let behind = (index..set.len()).find(|&index| !bidi(index));
        let whole = |(before, behind): (usize, usize)| (before..=behind).all(in_set);
        !matches!(mask, Mask::PerGrapheme(_)) && before.zip(behind).is_some_and(whole)
    })
}

fn written(clusters: &[(usize, &str)], set: &[bool], mask: Mask) -> String {
    let mut text = String::new();
    let mut masked_before = false;
    for (&(_, cluster), &masked) in clusters.iter().zip(set) {
        match mask {
            _ if !masked || is_bidi_control(cluster) => text.push_str(cluster),
            Mask::PerGrapheme(mask) => text.push(mask),
            _ if masked_before => {}
            Mask::Fixed(count) => text.extend(std::iter::repeat_n('▇', count)),
            Mask::Label(label) => text.push_str(label.as_str()),
            _ => unreachable!("a new kind of mask"),
        }
        masked_before = masked;
    }
    text
}

fn ranges(clusters: &[(usize, &str)], set: &[bool]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (&(start, cluster), _) in clusters.iter().zip(set).filter(|(_, masked)| **masked) {
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end += cluster.len(),
            _ => ranges.push(start..start + cluster.len()),
        }
    }
    ranges
}

fn is_bidi_control(cluster: &str) -> bool {
    let controls = ['\u{61C}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}'];
    cluster.chars().all(|c| controls.contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c))
}
