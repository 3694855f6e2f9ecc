//! What searching and comparing have to know of characters.

use unicode_normalization::char::is_combining_mark;

use crate::boundary::floor_char_boundary;

/// Whether `c` has no width and no meaning of its own: soft hyphens, zero-width and bidi characters, variation
/// selectors, tags. A search passes over them (rule C70).
///
/// These are the code points with the property `Default_Ignorable_Code_Point` (Unicode 17, `DerivedCoreProperties`)
/// but for the Hangul fillers and Khmer inherent vowels, which stand for letters.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `c` is no part of the text that people see: ignorable, or the enclosing keycap on the digits of emoji.
pub(crate) fn is_unseen(c: char) -> bool {
    is_ignorable(c) || c == '\u{20e3}'
}

/// Whether `b` can be the first byte of an ignorable character or of white space past ASCII.
pub(super) const fn may_lead_special(b: u8) -> bool {
    matches!(b, 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf0 | 0xf3)
}

/// Whether `c` is part of a word, so that a hit beside it would stand inside a longer word.
///
/// Letters, digits, `_` and the marks on them count. Scripts that write no spaces between words do not: in
/// `卡号4111111111111111` the number is not part of a word.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    !is_spaceless(c) && is_letter_digit_or_mark(c)
}

/// Whether `c` is a letter or a digit of any script or a mark on one.
pub(super) fn is_letter_digit_or_mark(c: char) -> bool {
    is_common_letter(c) || c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether `c` is one of the most common letters that are not ASCII: Latin, Greek, Cyrillic; kana, Han, Hangul. Asked
/// first, this saves most searches in the tables of Unicode: a third of the time of `é@é.` again and again.
pub(super) const fn is_common_letter(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2c1}' | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3f5}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether `c` belongs to a script that writes words without spaces between them: Thai, Lao, Myanmar, Khmer, kana,
/// Bopomofo and Han (the scripts of line breaking class SA or ID, UAX #14).
pub(crate) fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{2fff}'
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

/// The first character of `text`.
pub(super) fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// The last character of `text`.
pub(super) fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

/// The length of what two texts have in common in front, up to a character.
pub(crate) fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    floor_char_boundary(a, same)
}

/// The zeros of the scripts in daily use: characters of the category Nd, each followed by its 1 to 9
/// (Unicode 17, `UnicodeData`).
const ZEROS: [char; 17] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}',
];

/// The ASCII digit that a digit of another script stands for.
pub(crate) fn ascii_digit(c: char) -> Option<char> {
    let zero = ZEROS.iter().rev().find(|&&zero| zero <= c)?;
    char::from_digit(u32::from(c) - u32::from(*zero), 10)
}

#[cfg(test)]
mod tests {
    use super::is_common_letter;

    #[test]
    fn common_letters_are_letters() {
        assert!(('\0'..=char::MAX).filter(|c| is_common_letter(*c)).all(char::is_alphabetic));
    }
}
