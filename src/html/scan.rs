//! Finding the next byte that matters, when it is mostly near.
//!
//! Texts, names and values of real bodies are some twenty bytes long: a call of memchr costs more than looking at them.
//! So the first bytes are read as words of eight, and only what is longer goes to memchr.

use memchr::{memchr, memchr2};

use crate::until::until;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = ONES << 7;

/// How many words are read before memchr takes over.
const NEAR: usize = 2;

/// The offset of the first `byte` at or after `at`.
#[inline(always)]
pub(super) fn find(byte: u8, bytes: &[u8], at: usize) -> Option<usize> {
    let found = |word: u64| zeros(word ^ (ONES * u64::from(byte)));
    match near(bytes, at, found) {
        Near::At(found) => Some(found),
        Near::Beyond(at) => memchr(byte, &bytes[at..]).map(|found| at + found),
    }
}

/// The offset of the first `one` or `other` at or after `at`.
#[inline]
pub(super) fn find2(one: u8, other: u8, bytes: &[u8], at: usize) -> Option<usize> {
    let found = |word: u64| zeros(word ^ (ONES * u64::from(one))) | zeros(word ^ (ONES * u64::from(other)));
    match near(bytes, at, found) {
        Near::At(found) => Some(found),
        Near::Beyond(at) => memchr2(one, other, &bytes[at..]).map(|found| at + found),
    }
}

/// Where the text that begins at `at` has its first `<` or `&`, or ends with the input, and whether all before is even: no
/// control characters, and no two spaces in a row.
///
/// (Asking this while text is read anyway spares plain text another look at it, and that was a tenth of the whole job.)
#[inline(always)]
pub(super) fn even_end(bytes: &[u8], at: usize) -> (usize, bool) {
    // Mostly there is no text at all, and the most usual one is the line end between two blocks.
    match bytes.get(at..) {
        Some([b'<', ..]) => return (at, true),
        Some([b'\n', b'<', ..]) => return (at + 1, false),
        _ => {}
    }
    let tells = |byte: u8, next: u8| (byte == b'<') | (byte == b'&') | (byte < b' ') | (byte.max(next) <= b' ');
    let end = until(bytes, at..bytes.len(), tells);
    match bytes.get(end) {
        None | Some(b'<' | b'&') => (end, true),
        Some(_) => (find2(b'<', b'&', bytes, end + 1).unwrap_or(bytes.len()), false),
    }
}

/// The first eight bytes of a name.
pub(super) enum ShortName {
    /// It goes on to a byte without bit 6, after `len` bytes. They make `word`, with bit 5 of each set; `stop` is that
    /// byte, a NUL if the input ends.
    Stopped { len: usize, word: u64, stop: u8 },
    /// All have bit 6. They make the word, with bit 5 of each set.
    Longer(u64),
}

/// Reads the name that begins at `at`, as far as it is letters: these have bit 6, and all that ends a name has not.
#[inline(always)]
pub(super) fn short_name(bytes: &[u8], at: usize) -> ShortName {
    let rest = bytes.get(at..).unwrap_or_default();
    let word = u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| padded(rest)));
    let stops = !word & (ONES << 6);
    let lower = word | (ONES << 5);
    if stops == 0 {
        return ShortName::Longer(lower);
    }
    let bits = stops.trailing_zeros() & !7;
    ShortName::Stopped { len: bits as usize / 8, word: lower & ((1 << bits) - 1), stop: (word >> bits) as u8 }
}

/// The last bytes of an input, fewer than eight, and NULs.
#[cold]
fn padded(rest: &[u8]) -> [u8; 8] {
    let mut word = [0; 8];
    word[..rest.len()].copy_from_slice(rest);
    word
}

enum Near {
    /// Found.
    At(usize),
    /// Not found before this offset, which lies in the bytes or at their end.
    Beyond(usize),
}

/// Looks at up to [`NEAR`] words from `at`. `found` sets the high bit of each byte that is looked for; bits above the
/// lowest one set may be wrong, since a borrow runs upwards.
#[inline(always)]
fn near(bytes: &[u8], mut at: usize, found: impl Fn(u64) -> u64) -> Near {
    for _ in 0..NEAR {
        let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) else { break };
        let hits = found(u64::from_le_bytes(*word));
        if hits != 0 {
            return Near::At(at + hits.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    Near::Beyond(at)
}

/// The high bit of each byte that is zero; the lowest one set is right.
#[inline]
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slow twin, over every place of a hit among bytes that a borrow could confuse with it.
    #[test]
    fn finds_what_a_plain_search_finds() {
        for length in 0..60 {
            for place in 0..=length {
                for filler in [b'a', b'<' + 1, b'<' - 1, b'&' + 1, 0, 0x80, 0xBC, 0xFF] {
                    let mut bytes = vec![filler; length];
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte = b'<';
                    }
                    for at in 0..=length {
                        let slow = |wanted: &[u8]| (at..length).find(|&at| wanted.contains(&bytes[at]));
                        assert_eq!(find(b'<', &bytes, at), slow(b"<"));
                        assert_eq!(find2(b'&', b'<', &bytes, at), slow(b"&<"));
                    }
                }
            }
        }
    }
}
