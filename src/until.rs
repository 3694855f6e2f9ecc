//! A search for the first byte that meets a condition, sixteen bytes at a time. Where that byte is mostly near, this
//! costs less than a call of memchr, and the condition may be any that [`Lanes`] can express,
//! also one on the byte that follows.

use std::ops::Range;

use crate::lanes::{Hits, LANES, Lanes};

/// The bytes of a step, and the one after them.
const WINDOW: usize = LANES + 1;

/// The offset of the first byte in `range` for which `predicate` holds, given that byte and the one after it; the end
/// of the range if there is none. Bytes after the range may be read, but are never the answer.
/// The last byte of all is followed by a `<`.
#[inline(always)]
pub(crate) fn until(
    bytes: &[u8],
    Range { start, end }: Range<usize>,
    predicate: impl Fn(Lanes, Lanes) -> Hits,
) -> usize {
    if start < end { first(bytes, start, end, predicate).min(end) } else { end }
}

/// The same from `start` to the end of the bytes.
#[inline(always)]
pub(crate) fn until_end(bytes: &[u8], start: usize, predicate: impl Fn(Lanes, Lanes) -> Hits) -> usize {
    first(bytes, start, bytes.len(), predicate)
}

/// The first byte at or after `at` for which `predicate` holds;
/// any offset at or after `end` if there is none before it.
#[inline(always)]
fn first(bytes: &[u8], mut at: usize, end: usize, predicate: impl Fn(Lanes, Lanes) -> Hits) -> usize {
    let found_in = |window: &[u8; WINDOW]| match (window.first_chunk(), window.last_chunk()) {
        (Some(bytes), Some(nexts)) => predicate(Lanes::new(bytes), Lanes::new(nexts)).first(),
        _ => None,
    };
    while at < end {
        let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
            let rest = bytes.get(at..).unwrap_or_default();
            return at + found_in(&padded(rest)).unwrap_or(LANES).min(rest.len());
        };
        if let Some(found) = found_in(window) {
            return at + found;
        }
        at += LANES;
    }
    end
}

/// The last bytes of all, filled up with `<`.
#[cold]
fn padded(rest: &[u8]) -> [u8; WINDOW] {
    let mut window = [b'<'; WINDOW];
    for (byte, &last) in window.iter_mut().zip(rest) {
        *byte = last;
    }
    window
}

/// Whether a byte is below U+0020, or a space before another space or a byte below U+0020. Text without such bytes is
/// even: the tokenizer flags it so, and plain text copies flagged text as it is, so both must ask the same question.
#[inline(always)]
pub(crate) fn is_uneven(byte: Lanes, next: Lanes) -> Hits {
    byte.max(next).min(byte.plus_one()).at_most(b' ')
}

#[cfg(test)]
mod tests {
    use super::until;

    /// The slow twin looks at each byte. The one byte to find is put at every place, before, in and after every range.
    #[test]
    fn stops_where_a_plain_search_stops() {
        for length in 0..60 {
            for place in 0..=length {
                let mut bytes = vec![0xFF_u8; length];
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = b'!';
                }
                for end in 0..=length {
                    for start in 0..=end {
                        let first = if (start..end).contains(&place) { place } else { end };
                        assert_eq!(until(&bytes, start..end, |byte, _| byte.is(b'!')), first);
                        let before = if (start + 1..=end).contains(&place) && place < length { place - 1 } else { end };
                        assert_eq!(until(&bytes, start..end, |_, next| next.is(b'!')), before);
                    }
                }
            }
        }
    }
}
