//! Searching bytes for one that tells, sixteen at a time: for what is mostly near, and for more than a call of memchr can ask.

use std::ops::Range;

use crate::lanes::{Hits, LANES, Lanes};

/// As many bytes, and the one after them.
const WINDOW: usize = LANES + 1;

/// Where the first byte stands in `range` that, seen with the one after it, tells. What stands after the range may be
/// looked at, but is not told of; after the last byte of all comes a `<`.
#[inline(always)]
pub(crate) fn until(bytes: &[u8], Range { start, end }: Range<usize>, tells: impl Fn(Lanes, Lanes) -> Hits) -> usize {
    if start < end { first(bytes, start, end, tells).min(end) } else { end }
}

/// The same in all from `start` on.
#[inline(always)]
pub(crate) fn until_end(bytes: &[u8], start: usize, tells: impl Fn(Lanes, Lanes) -> Hits) -> usize {
    first(bytes, start, bytes.len(), tells)
}

/// The first that tells at or after `at`, or something at or after `end`, which may be a place that tells.
#[inline(always)]
fn first(bytes: &[u8], mut at: usize, end: usize, tells: impl Fn(Lanes, Lanes) -> Hits) -> usize {
    let ask = |window: &[u8; WINDOW]| match (window.first_chunk(), window.last_chunk()) {
        (Some(bytes), Some(nexts)) => tells(Lanes::new(bytes), Lanes::new(nexts)).first(),
        _ => None,
    };
    while at < end {
        let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
            let rest = bytes.get(at..).unwrap_or_default();
            return at + ask(&padded(rest)).unwrap_or(LANES).min(rest.len());
        };
        if let Some(found) = ask(window) {
            return at + found;
        }
        at += LANES;
    }
    end
}

/// The last bytes of all, and what comes after them.
#[cold]
fn padded(rest: &[u8]) -> [u8; WINDOW] {
    let mut window = [b'<'; WINDOW];
    for (byte, &last) in window.iter_mut().zip(rest) {
        *byte = last;
    }
    window
}

/// Whether a byte is below U+0020, or a space with another such or a space after it. Text without such is even: the
/// tokenizer tells so, and plain text copies what it tells, so both must ask the same.
#[inline(always)]
pub(crate) fn is_uneven(byte: Lanes, next: Lanes) -> Hits {
    byte.max(next).min(byte.plus_one()).at_most(b' ')
}

#[cfg(test)]
mod tests {
    use super::until;

    /// The slow twin, over every place of a byte that tells, alone and with the one after it, in ranges that end before it.
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
