//! Which ranges of a stored text were redacted, from the two texts alone.

mod each;
mod once;
mod search;

use std::ops::Range;

use crate::error::{Error, MismatchKind};
use crate::grapheme;
use crate::policy::{BAR, Mask};
use crate::select::chat::kind_of;

/// The ranges of `stored`, in bytes, that are masked in `redacted`. Masking them with the same mask gives `redacted`.
///
/// Both are plain text, and the ranges are of whole grapheme clusters, as with the default policy. They are sorted and
/// do not touch. With [`Mask::PerGrapheme`] a range has no cluster that stands in both texts, such as white space kept
/// by the policy or a bidi control; with the other masks bidi controls may stand inside a range.
///
/// This tells what a reader of both texts can know, and no more. If the stored text itself holds a mask, that may have
/// been kept or masked again. And if the words that were kept occur twice,
/// `▇▇▇▇` on both sides of them does not tell which of the two was kept.
///
/// # Errors
/// - [`Error::TextMismatch`] if no ranges give `redacted`. The offset, in `stored`,
///   is the end of what can be matched from the front.
/// - [`Error::AmbiguousMarks`] if several sets of ranges do. The offset, in `redacted`, is near the first choice. If
///   the text of [`Mask::Fixed`] or [`Mask::Label`] also occurs in a long stored text, there may be more ways to read
///   it than can be followed in linear time; these count as several.
/// - [`Error::BadMask`] if no redaction can have this mask.
///
/// ```
/// use blackbar::{Error, Mask, diff};
///
/// let stored = "My ID number is 847564!";
/// assert_eq!(diff(stored, "My ID number is ▇▇▇▇▇▇!", Mask::default())?, [16..22]);
/// assert_eq!(diff(stored, "My ID number is ▇▇▇▇!", Mask::Fixed(4))?, [16..22]);
///
/// let error = diff(stored, "My ID number is ▇▇▇▇!", Mask::default()).unwrap_err();
/// assert!(matches!(error, Error::TextMismatch { offset: 20, .. }));
///
/// let error = diff("1 yes 2 yes 3", "▇▇▇▇yes▇▇▇▇", Mask::Fixed(4)).unwrap_err();
/// assert!(matches!(error, Error::AmbiguousMarks { .. }));
/// # Ok::<(), Error>(())
/// ```
pub fn diff(stored: &str, redacted: &str, mask: Mask) -> Result<Vec<Range<usize>>, Error> {
    mask.check()?;
    recover(stored, redacted, mask).map_err(|fault| match fault {
        Fault::Ambiguous(offset) => Error::AmbiguousMarks { offset },
        Fault::Mismatch(at) => {
            let is_copy =
                |stored: &str, redacted: &str| !matches!(recover(stored, redacted, mask), Err(Fault::Mismatch(_)));
            let kind = kind_of(stored, redacted, is_copy).unwrap_or(MismatchKind::Other);
            Error::TextMismatch { offset: at, kind }
        }
    })
}

/// Why the ranges cannot be told.
#[derive(Clone, Copy)]
enum Fault {
    /// What stands in the redacted text here can be read in several ways.
    Ambiguous(usize),
    /// Nothing in the redacted text matches what stands in the stored one here.
    Mismatch(usize),
}

fn recover(stored: &str, redacted: &str, mask: Mask) -> Result<Vec<Range<usize>>, Fault> {
    match mask {
        Mask::PerGrapheme(mask) => each::recover(stored, redacted, mask),
        Mask::Fixed(count) => once::recover(stored, redacted, &String::from_iter(std::iter::repeat_n(BAR, count))),
        Mask::Label(label) => once::recover(stored, redacted, label.as_str()),
    }
}

/// Bidi controls are never masked: they carry no content, and an unbalanced one would reorder what stays (C33).
/// Each is a cluster of its own.
fn is_bidi_control(cluster: &str) -> bool {
    cluster.len() > 1 && cluster.starts_with(grapheme::is_bidi_control)
}
