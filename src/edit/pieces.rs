//! Edits read as a diff: the source in pieces that were kept or redacted, and the marked text that asks for them.

use std::fmt;
use std::iter::once;
use std::ops::Range;

use crate::edit::{Edit, Edits};
use crate::error::Error;

/// A part of a source, see [`Edits::pieces`]. Its `Debug` shows no range and no text.
#[derive(Clone, PartialEq, Eq)]
pub enum Piece<'e> {
    /// These bytes of the source, at least one, stand in the result as they are.
    Kept(Range<usize>),
    /// These were replaced.
    Redacted(Edit<'e>),
}

impl Piece<'_> {
    /// Where the piece stands in the source, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Kept(range) => range.clone(),
            Self::Redacted(edit) => edit.range.clone(),
        }
    }
}

impl fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kept(_) => "Kept",
            Self::Redacted(_) => "Redacted",
        })
    }
}

impl Edits {
    /// The source in pieces, in its order: together they cover it without a gap.
    ///
    /// # Errors
    /// [`Error::WrongSource`] as for [`Edits::ranges_in`].
    ///
    /// ```
    /// use blackbar::{Piece, Redactor};
    ///
    /// let stored = "My ID number is 847564!";
    /// let redaction = Redactor::default().chat(stored, "My ID number is <redact>847564</redact>!")?;
    /// let mut shown = String::new();
    /// for piece in redaction.edits().pieces(stored)? {
    ///     match piece {
    ///         Piece::Kept(range) => shown += &stored[range],
    ///         Piece::Redacted(edit) => shown += &format!("[{} bytes]", edit.range.len()),
    ///     }
    /// }
    /// assert_eq!(shown, "My ID number is [6 bytes]!");
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn pieces(&self, source: &str) -> Result<impl Iterator<Item = Piece<'_>>, Error> {
        self.check(source)?;
        let mut from = 0;
        let behind = self.iter().map(|edit| edit.range.end).last().unwrap_or(0);
        let pieces = self.iter().flat_map(move |edit| {
            let kept = from..edit.range.start;
            from = edit.range.end;
            [Piece::Kept(kept), Piece::Redacted(edit)]
        });
        let pieces = pieces.chain(once(Piece::Kept(behind..self.source_len())));
        Ok(pieces.filter(|piece| !matches!(piece, Piece::Kept(range) if range.is_empty())))
    }

    /// The marked text that asks for these edits: `source` with `<redact>` and `</redact>` around each replaced range.
    ///
    /// It is meant for plain text. A source that holds such tags itself may leave a choice which of them are marks.
    /// What stays inside a range, such as white space by the policy, parts it into several marks, each of which asks
    /// for a fixed mask or label of its own.
    ///
    /// # Errors
    /// [`Error::WrongSource`] as for [`Edits::ranges_in`].
    ///
    /// ```
    /// use blackbar::{Redactor, Unit};
    ///
    /// let stored = "My ID number is 847564!";
    /// let redaction = Redactor::default().text_ranges(stored, &[16..22], Unit::Bytes)?;
    /// let marked = redaction.edits().mark(stored)?;
    /// assert_eq!(marked, "My ID number is <redact>847564</redact>!");
    /// assert_eq!(Redactor::default().chat(stored, &marked)?.text(), redaction.text());
    /// # Ok::<(), blackbar::Error>(())
    /// ```
    pub fn mark(&self, source: &str) -> Result<String, Error> {
        const OPEN: &str = "<redact>";
        const CLOSE: &str = "</redact>";
        let mut marked = String::with_capacity(source.len() + self.len() * (OPEN.len() + CLOSE.len()));
        for piece in self.pieces(source)? {
            let text = source.get(piece.range()).unwrap_or_default();
            match piece {
                Piece::Redacted(_) => marked.extend([OPEN, text, CLOSE]),
                Piece::Kept(_) => marked.push_str(text),
            }
        }
        Ok(marked)
    }
}
