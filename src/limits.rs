//! How much work a call may cost.

use crate::error::Error;

/// Bounds on the size of a call's input and output and on its work; past a bound the call is refused (rule C5).
///
/// ```
/// use blackbar::{Error, Limits, Policy, Redactor};
///
/// let policy = Policy::default().limits(Limits::default().input_bytes(10));
/// let error = Redactor::new(policy)?.html("<redact>too long</redact>").unwrap_err();
/// assert_eq!(error, Error::InputTooLarge { limit: 10, actual: 25 });
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Limits {
    #[cfg_attr(feature = "serde", serde(deserialize_with = "within_offsets"))]
    pub(crate) input_bytes: usize,
    pub(crate) unmarked_bytes: usize,
    #[cfg_attr(feature = "serde", serde(deserialize_with = "within_offsets"))]
    pub(crate) output_bytes: usize,
    pub(crate) marks: usize,
    pub(crate) pattern_work: u64,
}

/// Offsets are kept in 32 bits, and a mask of up to four bytes may stand for one byte, so no limit can go past this.
const MAX_BYTES: usize = u32::MAX as usize / 4;

/// Reads a limit as its setter would take it.
#[cfg(feature = "serde")]
fn within_offsets<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    <usize as serde::Deserialize>::deserialize(deserializer).map(|bytes| bytes.min(MAX_BYTES))
}

impl Limits {
    /// The help desk's own: a body of at most 65,536 bytes once its marks are taken out.
    #[must_use]
    pub const fn zendesk() -> Self {
        Self { unmarked_bytes: 65_536, ..Self::DEFAULT }
    }

    const DEFAULT: Self = Self {
        input_bytes: 16 << 20,
        unmarked_bytes: 16 << 20,
        output_bytes: 64 << 20,
        marks: 100_000,
        pattern_work: 1 << 30,
    };

    pub(crate) fn check_input(&self, bytes: usize) -> Result<(), Error> {
        within(self.input_bytes, bytes)
    }

    pub(crate) fn check_unmarked(&self, bytes: usize) -> Result<(), Error> {
        within(self.unmarked_bytes, bytes)
    }

    pub(crate) fn check_output(&self, bytes: usize) -> Result<(), Error> {
        let limit = self.output_bytes;
        if bytes > limit { Err(Error::OutputTooLarge { limit }) } else { Ok(()) }
    }

    pub(crate) fn check_marks(&self, marks: usize) -> Result<(), Error> {
        if marks > self.marks { Err(Error::TooManyMarks { limit: self.marks }) } else { Ok(()) }
    }

    /// The largest input, in bytes. Default: 16 MiB; at most 1 GiB.
    #[must_use]
    pub const fn input_bytes(mut self, bytes: usize) -> Self {
        self.input_bytes = if bytes < MAX_BYTES { bytes } else { MAX_BYTES };
        self
    }

    /// The largest input once its marks are taken out, in bytes. Default: 16 MiB.
    #[must_use]
    pub const fn unmarked_bytes(mut self, bytes: usize) -> Self {
        self.unmarked_bytes = bytes;
        self
    }

    /// The largest output, in bytes. Default: 64 MiB; at most 1 GiB.
    #[must_use]
    pub const fn output_bytes(mut self, bytes: usize) -> Self {
        self.output_bytes = if bytes < MAX_BYTES { bytes } else { MAX_BYTES };
        self
    }

    /// The largest number of marks, of explicit ranges, and of strings to search for in one call. Default:
    /// 100,000 each.
    #[must_use]
    pub const fn marks(mut self, marks: usize) -> Self {
        self.marks = marks;
        self
    }

    /// The most bytes that the caller's regular expressions may look at in one call. Default: 2³⁰. Detectors are not
    /// counted: their work is linear.
    ///
    /// An expression may look at all that is left of a text to find its next match, so that much is counted for each:
    /// with matches spread over a text, their number times half of its length. In a body each inline run is a text by
    /// itself. The default is enough for 30,000 matches in 64 kB or 120 in 16 MiB; to clean large plain texts,
    /// raise it, or pass them line by line.
    #[must_use]
    pub const fn pattern_work(mut self, bytes: u64) -> Self {
        self.pattern_work = bytes;
        self
    }
}

fn within(limit: usize, actual: usize) -> Result<(), Error> {
    if actual > limit { Err(Error::InputTooLarge { limit, actual }) } else { Ok(()) }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::{Limits, MAX_BYTES};

    #[test]
    fn limits_that_are_read_hold_like_those_that_are_set() {
        let large = format!(r#"{{"input_bytes":{0},"output_bytes":{0},"marks":7}}"#, usize::MAX);
        let expected = Limits::default().input_bytes(usize::MAX).output_bytes(usize::MAX).marks(7);
        assert_eq!(serde_json::from_str::<Limits>(&large).unwrap(), expected);
        assert_eq!(expected.input_bytes, MAX_BYTES);
        for limits in [Limits::default(), Limits::zendesk(), expected] {
            let written = serde_json::to_string(&limits).unwrap();
            assert_eq!(serde_json::from_str::<Limits>(&written).unwrap(), limits);
        }
        assert!(serde_json::from_str::<Limits>(r#"{"input_byte":1}"#).is_err());
    }
}
