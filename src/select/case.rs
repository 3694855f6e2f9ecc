//! Simple case folding (Unicode Standard, section 3.13; `CaseFolding.txt`, statuses C and S).

/// The character that stands for every case of `c`: two characters are equal without case if these are the same.
///
/// The standard library has no table of case folding, but the simple mappings to upper case and back give the same
/// classes: `ſ`, `s` and `S` meet in `s`, `ς`, `σ` and `Σ` in `σ`. The few characters for which they do not are the
/// arms of the match: with them, the classes of all 2,938 letters that have cases in Unicode 16 are those of the table
/// in `regex-syntax` 0.8. Foldings to more than one character (`ß` to `ss`) are not simple and are left out.
pub(super) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        // Dotless i and dotted I fold only in Turkic languages (status T).
        'ı' | 'İ' => c,
        // Two spellings of one letter; their upper case has more than one character.
        '\u{1fd3}' => '\u{390}',
        '\u{1fe3}' => '\u{3b0}',
        '\u{fb05}' => '\u{fb06}',
        _ => {
            let upper = single(c, c.to_uppercase());
            single(upper, upper.to_lowercase())
        }
    }
}

/// The one character of `mapped`, or `c` if the mapping is longer.
fn single(c: char, mut mapped: impl ExactSizeIterator<Item = char>) -> char {
    match (mapped.len(), mapped.next()) {
        (1, Some(only)) => only,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[track_caller]
    fn same(all: &str) {
        let first = all.chars().next().map(fold);
        assert!(all.chars().all(|c| Some(fold(c)) == first), "{all}");
    }

    #[test]
    fn every_case_of_a_letter_folds_to_one_character() {
        for all in ["aA", "kK\u{212a}", "sSſ", "åÅ\u{212b}", "σςΣ", "θϑΘϴ", "ιΙ\u{345}\u{1fbe}", "µμΜ", "ǆǅǄ", "ßẞ"]
        {
            same(all);
        }
        for all in ["ᾳᾼ", "ṡṠẛ", "ωΩΩ", "ᏸᏰ", "ꭰᎠ", "\u{1fd3}\u{390}", "\u{1fe3}\u{3b0}", "\u{fb05}\u{fb06}", "𐐨𐐀"]
        {
            same(all);
        }
    }

    #[test]
    fn letters_that_fold_to_more_or_only_in_turkic_stay_apart() {
        assert_ne!(fold('ı'), fold('i'));
        assert_ne!(fold('İ'), fold('i'));
        assert_ne!(fold('ß'), fold('s'));
        assert_eq!(fold('7'), '7');
        assert_eq!(fold('中'), '中');
    }
}
