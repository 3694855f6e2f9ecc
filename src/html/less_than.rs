//! The less-than sign, which begins tags, as a character of the text: written as such, or as a reference.

use super::reference::reference_at;

/// Whether the `&` at `at` may begin a reference that stands for `<`: `&lt`, `&LT`, or a number that may be U+003C.
/// Other references, such as `&nbsp;` and `&#39;`, are not worth decoding for that.
pub(super) fn may_be_less_than(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..), Some([b'l', b't', ..] | [b'L', b'T', ..] | [b'#', b'0' | b'6' | b'x' | b'X', ..]))
}

/// The offset after a `<` at `at`, written as such or as a reference.
pub(crate) fn decode_less_than(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at) {
        Some(b'<') => Some(at + 1),
        Some(b'&') if may_be_less_than(bytes, at) => {
            let reference = reference_at(bytes, at, false)?;
            (reference.chars() == ['<']).then_some(at + reference.len())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entities::ENTITIES;

    /// The slow twin decodes. Every name, and every number up to U+0080 in each way of writing it.
    #[test]
    fn what_stands_for_a_less_than_may_be_one() {
        let numbers = (0..0x80).flat_map(|number| {
            ["0", "", "000"].into_iter().flat_map(move |zeros| {
                let hex = [format!("&#x{zeros}{number:x};"), format!("&#X{zeros}{number:X}")];
                hex.into_iter().chain([format!("&#{zeros}{number};"), format!("&#{zeros}{number}")])
            })
        });
        let mut found = 0;
        for source in ENTITIES.iter().map(|entity| entity.entity.to_owned()).chain(numbers) {
            let bytes = source.as_bytes();
            let is_less_than = reference_at(bytes, 0, false).is_some_and(|reference| reference.chars() == ['<']);
            assert_eq!(decode_less_than(bytes, 0), is_less_than.then_some(source.len()), "{source}");
            found += usize::from(is_less_than);
        }
        assert_eq!(found, 4 + 12);
        assert!(!may_be_less_than(b"&#39;", 0) && !may_be_less_than(b"&ldquo;", 0));
    }
}
