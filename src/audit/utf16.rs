//! UTF-16 in what may have been base64, as scripts and mail programs of Windows write it.

use unicode_normalization::UnicodeNormalization;

use super::view::{Bytes, GAP};

/// The fewest units that can hold a secret.
const SHORTEST: usize = 4;

/// The rows of Unicode, 256 code units each, in which the secrets have characters. Random bytes are mostly letters of
/// some script, and hardly ever a few in a row from the rows of one name.
pub(super) struct Rows([bool; 256]);

impl Rows {
    /// The rows of the texts that are not ASCII; nothing if there is none: ASCII is read without them.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Self> {
        // ASCII and Latin-1, accents that stand apart, and punctuation, may be written with any of them.
        let (mut rows, mut is_wide) = ([false; 256], false);
        [0x00, 0x03, 0x20].into_iter().for_each(|row| rows[row] = true);
        for text in texts.filter(|text| !text.is_ascii()) {
            is_wide = true;
            let mut units = [0; 2];
            for c in text.chars().chain(text.nfc()).chain(text.nfd()) {
                c.encode_utf16(&mut units).iter().for_each(|unit| rows[usize::from(unit >> 8)] = true);
            }
        }
        is_wide.then_some(Self(rows))
    }

    fn have(&self, unit: u16) -> bool {
        // Controls are no text.
        self.0[usize::from(unit >> 8)] && !matches!(unit, 0..=8 | 0x0E..=0x1F | 0x7F..=0x9F)
    }
}

/// Adds the stretches of `bytes` that can be UTF-16 in these rows, in either order of bytes and from either byte on,
/// with a gap after each.
pub(super) fn push_utf16(bytes: &[u8], rows: &Rows, origin: impl Fn(usize) -> usize, decoded: &mut Bytes) {
    let orders: [fn([u8; 2]) -> u16; 2] = [u16::from_le_bytes, u16::from_be_bytes];
    for (first, order) in [0, 1].into_iter().flat_map(|first| orders.map(|order| (first, order))) {
        let (pairs, _) = bytes.get(first..).unwrap_or_default().as_chunks();
        let units = || pairs.iter().map(|pair| order(*pair));
        let mut start = 0;
        for (end, unit) in units().chain([0]).enumerate() {
            if rows.have(unit) {
                continue;
            }
            let stretch = || units().skip(start).take(end - start);
            if end - start >= SHORTEST && stretch().any(|unit| unit > 0x7F) {
                let mut at = first + 2 * start;
                for c in char::decode_utf16(stretch()) {
                    let c = c.unwrap_or(GAP);
                    decoded.push_char(c, origin(at));
                    at += 2 * c.len_utf16();
                }
                decoded.push_char(GAP, origin(at - 1));
            }
            start = end + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use super::{Rows, push_utf16};
    use crate::audit::view::Bytes;

    fn read(bytes: &[u8], secret: &str) -> String {
        let rows = Rows::of([secret].into_iter()).expect("it is not ASCII");
        let mut decoded = Bytes::default();
        push_utf16(bytes, &rows, |at| at, &mut decoded);
        decoded.into_view().into_text()
    }

    #[test]
    fn either_order_of_bytes_is_read_from_either_byte_on() {
        for text in ["Ирина Ц.", "José", "王小明 x", "a\u{10348}\u{10349}b"] {
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                for lead in [&b""[..], b"\xFF", b"\xFF\xFE", b"\x01\x02\x01"] {
                    let bytes: Vec<u8> = lead.iter().copied().chain(text.encode_utf16().flat_map(order)).collect();
                    assert!(read(&bytes, text).contains(text), "{text} {bytes:?}");
                }
            }
        }
    }

    #[test]
    fn other_bytes_are_left_aside() {
        assert!(Rows::of(["Jo Doe", "847564"].into_iter()).is_none());
        assert_eq!(read(b"plain words", "Ирина"), "");
        assert_eq!(read(&[0x1F, 0x04, 0x20, 0x04, 0x21, 0x04], "Ирина"), "", "too few");
    }
}
