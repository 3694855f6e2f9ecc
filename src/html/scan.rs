//! Finding the next byte that matters, when it is mostly near.
//!
//! Texts, names and values of real bodies are some twenty bytes long: a call of memchr costs more than looking at them.

use crate::until::{is_uneven, until};

const ONES: u64 = 0x0101_0101_0101_0101;

/// The offset of the first `byte` at or after `at`.
#[inline]
pub(super) fn find(wanted: u8, bytes: &[u8], at: usize) -> Option<usize> {
    find_where(bytes, at, |byte| byte == wanted)
}

/// The offset of the first `one` or `other` at or after `at`.
#[inline]
pub(super) fn find2(one: u8, other: u8, bytes: &[u8], at: usize) -> Option<usize> {
    find_where(bytes, at, |byte| (byte == one) | (byte == other))
}

/// The offset of the first byte at or after `at` that is `wanted`.
#[inline(always)]
pub(super) fn find_where(bytes: &[u8], at: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let end = until(bytes, at..bytes.len(), |byte, _| wanted(byte));
    (end < bytes.len()).then_some(end)
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
    let tells = |byte: u8, next: u8| (byte == b'<') | (byte == b'&') | is_uneven(byte, next);
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
    short_word(u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| padded(rest))))
}

/// The same, of a name in a word.
#[inline(always)]
pub(super) fn short_word(word: u64) -> ShortName {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// The slow twin asks the same of each byte by itself.
    #[test]
    fn even_text_ends_where_a_plain_search_ends_it() {
        let units =
            ["a", " ", "  ", "\n", "é", "▇", "<", "&", "\0", "\u{1F}", "!", "\u{7F}", "words in a row", " and on "];
        let mut random = Random::new(3);
        for _ in 0..50_000 {
            let text = random.text(9, &units);
            let bytes = text.as_bytes();
            let (end, is_even) = even_end(bytes, 0);
            let slow_end = text.find(['<', '&']).unwrap_or(bytes.len());
            let is_odd = text[..slow_end].contains(|c: char| c < ' ') || text[..slow_end].contains("  ");
            assert_eq!((end, is_even), (slow_end, !is_odd), "{text:?}");
        }
    }

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
