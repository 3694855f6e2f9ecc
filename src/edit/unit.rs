//! The units that offsets are counted in.

use std::ops::Range;

/// The unit of an offset: what the caller's language counts strings in.
///
/// ```
/// use blackbar::{Redactor, Unit};
///
/// // JavaScript says that the number begins at 3: `"👍 847564".indexOf("8") === 3`.
/// let redaction = Redactor::default().text_ranges("👍 847564", &[3..9], Unit::Utf16)?;
/// assert_eq!(redaction.text(), "👍 ▇▇▇▇▇▇");
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Unit {
    /// Bytes of UTF-8, as Rust counts.
    #[default]
    Bytes,
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
    /// Unicode scalar values, as Python counts.
    Scalars,
}

impl Unit {
    fn width(self, c: char) -> usize {
        match self {
            Self::Bytes => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Scalars => 1,
        }
    }
}

/// Turns sorted, disjoint byte ranges of `text` into ranges of `unit`, in one pass.
pub(crate) fn from_bytes(text: &str, ranges: impl Iterator<Item = Range<usize>>, unit: Unit) -> Vec<Range<usize>> {
    let (mut byte, mut count) = (0, 0);
    let mut advance = |to: usize| {
        count += match unit {
            Unit::Bytes => to - byte,
            _ => text[byte..to].chars().map(|c| unit.width(c)).sum(),
        };
        byte = to;
        count
    };
    ranges.map(|range| advance(range.start)..advance(range.end)).collect()
}

/// Turns ranges of `unit` in `text` into byte ranges, in the order given, in one pass after sorting the edges.
///
/// # Errors
/// The index of the first range that is empty, reversed, past the end or ends inside a character.
pub(crate) fn to_bytes(text: &str, ranges: &[Range<usize>], unit: Unit) -> Result<Vec<Range<usize>>, usize> {
    // Those before the first that is empty or reversed: one of them may end where the text does not.
    let good = ranges.iter().take_while(|range| range.start < range.end).count();
    let edges = ranges[..good].iter().flat_map(|range| [range.start, range.end]);
    let mut edges: Vec<(usize, usize)> = edges.enumerate().map(|(slot, edge)| (edge, slot)).collect();
    edges.sort_unstable();
    let mut found = vec![None; edges.len()];
    let (mut byte, mut count) = (0, 0);
    let mut chars = text.chars();
    for (edge, slot) in edges {
        if unit == Unit::Bytes {
            found[slot] = text.is_char_boundary(edge).then_some(edge);
            continue;
        }
        while count < edge {
            let Some(c) = chars.next() else { break };
            count += unit.width(c);
            byte += c.len_utf8();
        }
        found[slot] = (count == edge).then_some(byte);
    }
    let range = |(index, pair): (usize, &[Option<usize>])| match pair {
        [Some(start), Some(end)] => Ok(*start..*end),
        _ => Err(index),
    };
    let found = found.chunks_exact(2).enumerate().map(range).collect::<Result<_, _>>()?;
    if good < ranges.len() { Err(good) } else { Ok(found) }
}
