//! Edits: which ranges of a source were replaced, and by what.

use std::fmt;
use std::ops::Range;

use crate::edit::{Unit, from_bytes};
use crate::error::Error;
use crate::policy::BAR;

/// One replaced range. Its `Debug` shows no range and no text.
///
/// ```
/// let redaction = blackbar::Redactor::default().html_strings("ID 847564", &["847564"])?;
/// let edit = redaction.edits().iter().next().unwrap();
/// assert_eq!((edit.range.clone(), edit.replacement), (3..9, "▇▇▇▇▇▇"));
/// assert_eq!(format!("{edit:?}"), "Edit { .. }");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit<'e> {
    /// The replaced range of the source, in bytes.
    pub range: Range<usize>,
    /// What stands there now: masks, a bare tag, nothing.
    pub replacement: &'e str,
}

impl fmt::Debug for Edit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit").finish_non_exhaustive()
    }
}

/// The edits of a redaction: sorted, disjoint, none touching the next (rule C44).
///
/// Applied to their source they give the result. Their `Debug` shows counts only.
///
/// ```
/// use blackbar::{Redactor, Unit};
///
/// let source = "naïve: <redact>847564</redact>";
/// let redaction = Redactor::default().html(source)?;
/// let edits = redaction.edits();
/// let edit = edits.iter().next().unwrap();
/// assert_eq!((edit.range, edit.replacement), (8..31, "▇▇▇▇▇▇"));
/// assert_eq!(edits.ranges_in(source, Unit::Utf16)?, [7..30]);
/// assert_eq!(edits.apply(source)?, "naïve: ▇▇▇▇▇▇");
/// # Ok::<(), blackbar::Error>(())
/// ```
///
/// With the feature `serde` they can be stored, as in an audit trail, and read again. What is read must be such as a
/// redaction has; the length of the source is all that tells whether they are of a text.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use blackbar::{Edits, Redactor};
///
/// let redaction = Redactor::default().chat("ID 847564", "ID <redact>847564</redact>")?;
/// let json = serde_json::to_string(redaction.edits())?;
/// assert_eq!(json, r#"{"source_len":9,"edits":[{"start":3,"end":9,"replacement":"▇▇▇▇▇▇"}]}"#);
/// assert_eq!(serde_json::from_str::<Edits>(&json)?.apply("ID 847564")?, "ID ▇▇▇▇▇▇");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Edits {
    source_len: usize,
    result_len: usize,
    list: Vec<Slot>,
    replacements: String,
}

/// One edit; its replacement ends at `text_end` of the shared buffer and begins where the one before ends.
#[derive(Clone, PartialEq, Eq)]
struct Slot {
    start: u32,
    end: u32,
    text_end: u32,
}

impl Edits {
    /// The number of edits.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The length of the source, in bytes.
    #[must_use]
    pub fn source_len(&self) -> usize {
        self.source_len
    }

    /// The length of the result, in bytes.
    #[must_use]
    pub fn result_len(&self) -> usize {
        self.result_len
    }

    /// The edits in the order of the source.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Edit<'_>> {
        let mut text_start = 0;
        self.list.iter().map(move |slot| {
            let text = text_start..slot.text_end as usize;
            text_start = text.end;
            Edit { range: slot.start as usize..slot.end as usize, replacement: &self.replacements[text] }
        })
    }

    /// The replaced ranges in the caller's unit, as [`crate::Redaction::ranges_in`] gives them without the source.
    ///
    /// # Errors
    /// [`Error::WrongSource`] if `source` has another length than the text that the edits were made for, or a range
    /// begins or ends inside one of its characters.
    pub fn ranges_in(&self, source: &str, unit: Unit) -> Result<Vec<Range<usize>>, Error> {
        self.check(source)?;
        Ok(from_bytes(source, self.iter().map(|edit| edit.range), unit))
    }

    /// The result: `source` with every edit made.
    ///
    /// # Errors
    /// [`Error::WrongSource`] as for [`Edits::ranges_in`].
    pub fn apply(&self, source: &str) -> Result<String, Error> {
        self.check(source)?;
        Ok(self.splice(source))
    }

    /// The same for the source that the edits were made for.
    pub(crate) fn splice(&self, source: &str) -> String {
        debug_assert!(self.check(source).is_ok(), "the edits must be of this source");
        let mut result = String::with_capacity(self.result_len);
        let mut kept = 0;
        for edit in self.iter() {
            result.push_str(&source[kept..edit.range.start]);
            result.push_str(edit.replacement);
            kept = edit.range.end;
        }
        result.push_str(&source[kept..]);
        result
    }

    pub(super) fn check(&self, source: &str) -> Result<(), Error> {
        let fits =
            |slot: &Slot| source.is_char_boundary(slot.start as usize) && source.is_char_boundary(slot.end as usize);
        if source.len() != self.source_len || !self.list.iter().all(fits) {
            return Err(Error::WrongSource { expected: self.source_len, actual: source.len() });
        }
        Ok(())
    }

    /// The ranges of the result at which the replacements stand, in bytes; an empty one where text was only removed.
    pub fn result_ranges(&self) -> impl ExactSizeIterator<Item = Range<usize>> {
        self.replaced().map(|(_, result)| result)
    }

    /// What was replaced in the source, and where in the result its replacement stands.
    pub(crate) fn replaced(&self) -> impl ExactSizeIterator<Item = (Range<usize>, Range<usize>)> {
        let (mut source_end, mut result_end, mut text_end) = (0, 0, 0);
        self.list.iter().map(move |slot| {
            let source = slot.start as usize..slot.end as usize;
            let start = result_end + (source.start - source_end);
            let result = start..start + (slot.text_end - text_end) as usize;
            (source_end, result_end, text_end) = (source.end, result.end, slot.text_end);
            (source, result)
        })
    }
}

impl fmt::Debug for Edits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edits").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// Collects edits in the order of the source; edits that touch become one.
pub(crate) struct EditsBuilder {
    edits: Edits,
}

impl EditsBuilder {
    /// `edits` and `bytes` are how many edits and bytes of replacements are expected.
    pub(crate) fn new(source_len: usize, edits: usize, bytes: usize) -> Self {
        let (list, replacements) = (Vec::with_capacity(edits), String::with_capacity(bytes));
        Self { edits: Edits { source_len, result_len: 0, list, replacements } }
    }

    /// Adds to the replacement of the last edit.
    pub(crate) fn append(&mut self, replacement: &str) {
        self.edits.replacements.push_str(replacement);
        if let Some(last) = self.edits.list.last_mut() {
            last.text_end = self.edits.replacements.len() as u32;
        }
    }

    /// Adds `count` masks to the replacement of the last edit.
    pub(crate) fn append_masks(&mut self, mask: char, count: usize) {
        // The usual mask is copied sixteen at a time: writing each by itself was a thirtieth
        // of the work on a short comment.
        const BARS: &str = "▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇";
        let replacements = &mut self.edits.replacements;
        if mask == BAR {
            (0..count / 16).for_each(|_| replacements.push_str(BARS));
            replacements.push_str(&BARS[..count % 16 * BAR.len_utf8()]);
        } else {
            replacements.extend(std::iter::repeat_n(mask, count));
        }
        self.append("");
    }

    /// Begins an edit with an empty replacement, or lengthens the last one if it touches.
    pub(crate) fn grow(&mut self, range: Range<usize>) {
        debug_assert!(!range.is_empty(), "an edit must replace something");
        let (start, end) = (range.start as u32, range.end as u32);
        match self.edits.list.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => {
                let text_end = self.edits.replacements.len() as u32;
                self.edits.list.push(Slot { start, end, text_end });
            }
        }
    }

    /// Whether the last edit has a replacement so far.
    pub(crate) fn is_filled(&self) -> bool {
        let text_start = self.edits.list.iter().rev().nth(1).map_or(0, |before| before.text_end);
        self.edits.list.last().is_some_and(|last| last.text_end > text_start)
    }

    /// Where the last edit ends in the source.
    pub(crate) fn end(&self) -> usize {
        self.edits.list.last().map_or(0, |last| last.end as usize)
    }

    /// The bytes of replacement text so far.
    pub(crate) fn replacement_bytes(&self) -> usize {
        self.edits.replacements.len()
    }

    pub(crate) fn finish(mut self) -> Edits {
        let removed: usize = self.edits.list.iter().map(|slot| (slot.end - slot.start) as usize).sum();
        self.edits.result_len = self.edits.source_len - removed + self.edits.replacements.len();
        self.edits
    }
}
