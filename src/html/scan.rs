//! Finding the next byte that matters, when it is mostly near.
//!
//! Texts, names and values of real bodies are some twenty bytes long: a call of memchr costs more than looking at them.

use crate::until::{is_uneven, until_end};

const ONES: u64 = 0x0101_0101_0101_0101;

/// Where the first `<`, `&` or uneven byte stands at or after `at`: a control character,
/// or a space before white space or a control character.
///
/// (Asking this while text is read anyway spares plain text another look at it, and that was a tenth of the whole job.)
#[inline(always)]
pub(super) fn even_end(bytes: &[u8], at: usize) -> usize {
    until_end(bytes, at, |byte, next| byte.is(b'<') | byte.is(b'&') | is_uneven(byte, next))
}

/// Where the first byte stands at or after `at` that is no space, tab or line end.
#[inline(always)]
pub(super) fn blank_end(bytes: &[u8], at: usize) -> usize {
    until_end(bytes, at, |byte, _| !(byte.is(b' ') | byte.is(b'\n') | byte.is(b'\t') | byte.is(b'\r')))
}

/// Where the first `<` or `&` stands at or after `at`.
#[inline(always)]
pub(super) fn text_end(bytes: &[u8], at: usize) -> usize {
    until_end(bytes, at, |byte, _| byte.is(b'<') | byte.is(b'&'))
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
    short_word(u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| padded(rest))))
}

/// The same, of a name in a word.
#[inline(always)]
pub(super) fn short_word(word: u64) -> ShortName {
    let stops = (!word >> 6) & ONES;
    let lower = word | (ONES << 5);
    if stops == 0 {
        return ShortName::Longer(lower);
    }
    let bits = stops.trailing_zeros();
    let before = (stops & stops.wrapping_neg()).wrapping_sub(1);
    ShortName::Stopped { len: bits as usize / 8, word: lower & before, stop: (word >> bits) as u8 }
}

/// The last bytes of an input, fewer than eight, and NULs.
#[cold]
fn padded(rest: &[u8]) -> [u8; 8] {
    let mut word = [0; 8];
    word[..rest.len()].copy_from_slice(rest);
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven letters and what ends them, among other bytes with and without bit 6.
    #[test]
    fn short_names_stop_where_bit_6_is_missing() {
        for (name, length, stop) in
            [("div>xxxx", 3, b'>'), ("a b", 1, b' '), ("", 0, 0), ("b", 1, 0), ("h1>", 1, b'1'), ("strongé=", 7, 0xA9)]
        {
            match short_name(format!("<{name}").as_bytes(), 1) {
                ShortName::Stopped { len, stop: found, .. } => assert_eq!((len, found), (length, stop), "{name}"),
                ShortName::Longer(_) => panic!("{name}"),
            }
        }
        assert!(matches!(short_name(b"BLOCKQUOTE>", 0), ShortName::Longer(word) if &word.to_le_bytes() == b"blockquo"));
    }
}
