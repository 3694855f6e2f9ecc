//! From what was masked to a redaction.

use std::borrow::Cow;
use std::ops::Range;

use crate::edit::{Chosen, Edits, Unit, to_bytes};
use crate::error::Error;
use crate::html::Token;
use crate::mask::Masked;
use crate::policy::Policy;
use crate::redaction::Redaction;
use crate::report::Report;

/// What a redaction is made of, before the policy on leaks has been asked.
#[derive(PartialEq)]
pub(super) struct Finished<'s> {
    pub(super) source: &'s str,
    pub(super) text: String,
    pub(super) edits: Edits,
    pub(super) report: Report,
    pub(super) tokens: Option<Vec<Token>>,
    pub(super) chosen: Chosen,
}

impl<'s> Finished<'s> {
    pub(super) fn new(
        source: &'s str,
        text: String,
        masked: Masked,
        mut report: Report,
        tokens: Option<Vec<Token>>,
        chosen: Chosen,
    ) -> Self {
        report.clusters = masked.clusters;
        report.clusters_expanded = masked.expanded;
        report.seams = masked.seams;
        Self { source, text, edits: masked.edits, report, tokens, chosen }
    }

    /// The redaction, or the error `nothing` if nothing was replaced: marks and ranges would have been refused as empty
    /// by now, but a hit may be white space that stays, or no character.
    pub(super) fn finish(self, watch: &'static str, policy: &Policy, nothing: Error) -> Result<Redaction<'s>, Error> {
        let Self { source, text, edits, report, tokens, chosen } = self;
        if edits.is_empty() {
            return Err(nothing);
        }
        let redaction = Redaction { source: Cow::Borrowed(source), text, edits, report, tokens, chosen, watch };
        if policy.deny_leaks {
            let count = redaction.leaks().len();
            if count > 0 {
                return Err(Error::Leak { count });
            }
        }
        Ok(redaction)
    }
}

/// An error about a mark, with its offset in the marked copy instead of the one in the source. Each of the `openings`
/// is where a mark begins in the source, and where it opens in the copy.
pub(super) fn in_copy(error: Error, openings: &[(usize, usize)]) -> Error {
    match error {
        Error::EmptyMark { offset } => {
            let opening = openings.iter().find(|(start, _)| *start == offset);
            Error::EmptyMark { offset: opening.map_or(offset, |(_, marked)| *marked) }
        }
        other => other,
    }
}

/// Ranges of `text`, in `unit`s, as ranges in bytes.
pub(super) fn in_bytes(
    policy: &Policy,
    text: &str,
    ranges: &[Range<usize>],
    unit: Unit,
) -> Result<Vec<Range<usize>>, Error> {
    policy.limits.check_marks(ranges.len())?;
    to_bytes(text, ranges, unit).map_err(|index| Error::BadRange { index })
}
