//! Places between the characters of a text.

/// The last boundary between characters at or before `at`. (The standard library has this from Rust 1.91 on.)
pub(crate) fn floor_char_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::floor_char_boundary;

    #[test]
    fn texts_are_cut_between_characters() {
        let cuts = [("", 0, ""), ("aé", 3, "aé"), ("aé", 2, "a"), ("aéb", 3, "aé"), ("👍", 3, ""), ("👍", 9, "👍")];
        for (text, bytes, expected) in cuts {
            assert_eq!(&text[..floor_char_boundary(text, bytes)], expected);
        }
    }
}
