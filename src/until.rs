//! Searching bytes for one that tells, sixteen at a time: for what is mostly near, and for more than a call of memchr can ask.

use std::hint::black_box;
use std::ops::Range;

const LANES: usize = 16;

/// As many bytes, and the one after them.
const WINDOW: usize = LANES + 1;

/// Where the first byte stands in `range` that, seen with the one after it, tells. What stands after the range may be
/// looked at, but is not told of; after the last byte of all comes a `<`.
#[inline(always)]
pub(crate) fn until(bytes: &[u8], Range { start, end }: Range<usize>, tells: impl Fn(u8, u8) -> bool) -> usize {
    let mut at = start;
    while at < end {
        let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WINDOW>) else { break };
        // A loop of this form is compiled to vector instructions, one that ends early is not. The optimizer would take
        // the lanes apart again to look at them one by one, and then all is done one by one; it must not know how they
        // came about.
        let mut hits = [0; LANES];
        if let (Some(bytes), Some(nexts)) = (window.first_chunk::<LANES>(), window.last_chunk::<LANES>()) {
            for ((hit, &byte), &next) in hits.iter_mut().zip(bytes).zip(nexts) {
                *hit = if tells(byte, next) { 0xFF } else { 0 };
            }
        }
        let hits = u128::from_le_bytes(black_box(hits));
        if hits != 0 {
            return (at + hits.trailing_zeros() as usize / 8).min(end);
        }
        at += LANES;
    }
    let byte_at = |at: usize| bytes.get(at).copied().unwrap_or(b'<');
    while at < end && !tells(byte_at(at), byte_at(at + 1)) {
        at += 1;
    }
    at.min(end)
}

/// Whether a byte is a control character, or a space with white space or a control after it. Text without such is even: the
/// tokenizer tells so, and plain text copies what it tells, so both must ask the same.
#[inline(always)]
pub(crate) fn is_uneven(byte: u8, next: u8) -> bool {
    byte.max(next).min(byte.saturating_add(1)) <= b' '
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
                        assert_eq!(until(&bytes, start..end, |byte, _| byte == b'!'), first);
                        let before = if (start + 1..=end).contains(&place) && place < length { place - 1 } else { end };
                        assert_eq!(until(&bytes, start..end, |_, next| next == b'!'), before);
                    }
                }
            }
        }
    }
}
