//! Extended grapheme clusters (UAX #29), by the `unicode-segmentation` crate.

use unicode_segmentation::UnicodeSegmentation;

/// The version of Unicode whose rules find the grapheme clusters.
///
/// ```
/// assert!(blackbar::UNICODE_VERSION >= (16, 0, 0));
/// ```
pub const UNICODE_VERSION: (u64, u64, u64) = unicode_segmentation::UNICODE_VERSION;

/// The byte offsets at which the clusters of `text` begin, each with the cluster.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true)
}

/// Whether each byte is a character of its own and cannot join another such byte: ASCII without CR and NUL.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    bytes.is_ascii() && !bytes.iter().any(|byte| matches!(byte, b'\r' | 0))
}

/// How many clusters `text` has.
pub(crate) fn count(text: &str) -> usize {
    if is_plain(text.as_bytes()) {
        return text.len();
    }
    clusters(text).count()
}

/// Whether `c` begins and ends a visible cluster of its own between any two letters, and beside itself.
pub(crate) fn stands_alone(c: char) -> bool {
    let joined = |text: [char; 2]| count(&String::from_iter(text)) == 1;
    !joined(['a', c]) && !joined([c, 'a']) && !joined([c, c]) && joined([c, '\u{301}'])
}
