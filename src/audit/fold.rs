//! The form in which texts are compared: words in one case, one space between them.
//!
//! Punctuation of any kind counts as a space, so that `Jane_Doe.pdf`, `JANE DOE` and `jane&nbsp;doe` meet in the same
//! words, and so do `jo@x.com` and `Jo@X.com`. Characters without width and NUL are passed over: the first are how a
//! word is hidden from a search, the second is what UTF-16 leaves between ASCII characters.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::view::{Bytes, GAP, View};
use crate::lanes::Lanes;
use crate::select::{ascii_digit, is_spaceless, is_unseen};
use crate::until::until_end;

/// The words of `text`; their origins are offsets of `text`.
pub(super) fn fold(text: &str) -> View {
    let mut folder = Folder { folded: Bytes::with_capacity(text.len()), space: None };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            // The short way: words of ASCII with one separator between them go over as a whole.
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                let end = words_end(bytes, at);
                folder.push_words(&bytes[at..end], at);
                at = end;
            }
            0 => at += 1,
            _ if byte.is_ascii() => {
                folder.space.get_or_insert(at);
                at += 1;
            }
            _ => {
                let c = text[at..].chars().next().unwrap_or(GAP);
                folder.push_decomposed(c, at);
                at += c.len_utf8();
            }
        }
    }
    folder.folded.into_view()
}

/// The words of `text` alone.
#[cfg(feature = "serde")]
pub(crate) fn folded(text: &str) -> String {
    fold(text).into_text()
}

/// Where the words of ASCII end that begin at `at` and have one separator between them.
fn words_end(bytes: &[u8], at: usize) -> usize {
    let is_of_word = |byte: Lanes| {
        let letter = byte.lower().at_least(b'a') & byte.lower().at_most(b'z');
        letter | byte.at_least(b'0') & byte.at_most(b'9')
    };
    until_end(bytes, at, |byte, next| {
        let separates = byte.at_least(1) & byte.at_most(0x7F) & is_of_word(next);
        byte.at_least(0).except(is_of_word(byte) | separates)
    })
}

struct Folder {
    folded: Bytes,
    /// Where white space began that no word has followed yet.
    space: Option<usize>,
}

impl Folder {
    /// Adds words of ASCII with one separator between them.
    fn push_words(&mut self, words: &[u8], at: usize) {
        self.begin();
        let start = self.folded.bytes().len();
        self.folded.push(words, at);
        for byte in &mut self.folded.bytes_mut()[start..] {
            *byte = if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { b' ' };
        }
    }

    /// Adds what a character that is not ASCII stands for.
    fn push_decomposed(&mut self, c: char, at: usize) {
        if is_unseen(c) {
            return;
        }
        // Decoded noise is full of gaps.
        if c == GAP {
            return self.push(c, at);
        }
        // Compatibility forms first, so that `①`, `ﬁ` and full-width letters are what they stand for; then the full
        // mappings to lower, upper and back to lower case, so that `ẞ` and `ß` meet `SS` and `ſ` meets `s`.
        // An accent that stands alone, as in `O´Neill`, is a space with the accent on it.
        let mut is_space = false;
        decompose_compatible(c, |part| {
            if is_space && is_combining_mark(part) {
                return;
            }
            is_space = part == ' ';
            match ascii_digit(part) {
                Some(digit) => self.push(digit, at),
                None => part
                    .to_lowercase()
                    .flat_map(char::to_uppercase)
                    .flat_map(char::to_lowercase)
                    .for_each(|lower| self.push(lower, at)),
            }
        });
    }

    fn push(&mut self, c: char, at: usize) {
        if c == GAP {
            self.space = None;
            self.folded.push_char(c, at);
        } else if is_separator(c) {
            self.space.get_or_insert(at);
        } else if c == '\u{307}' && self.space.is_none() && self.folded.bytes().ends_with(b"i") {
            // The dot of the Turkic `İ`, whose lower case is `i`.
        } else if c != '\0' {
            self.begin();
            self.folded.push_char(c.to_ascii_lowercase(), at);
        }
    }

    /// Sets what comes next apart from the word before.
    fn begin(&mut self) {
        let Some(space) = self.space.take() else { return };
        if !self.folded.bytes().is_empty() && !self.folded.bytes().ends_with(GAP.encode_utf8(&mut [0; 4]).as_bytes()) {
            self.folded.push_char(' ', space);
        }
    }
}

/// Whether a character only stands between words: white space, punctuation, signs,
/// and the blocks that masks are made of.
fn is_separator(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_alphanumeric() && c != '\0';
    }
    c.is_whitespace()
        || matches!(c,
            // The hyphens, commas and dots of Hebrew, Arabic and Japanese, the apostrophe among the letters, the minus.
            '\u{2bc}' | '\u{5be}' | '\u{60c}' | '\u{61b}' | '\u{2212}' | '\u{30fb}' | '\u{ff65}' |
            '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}' | '\u{bf}' | '\u{d7}'
            | '\u{2010}'..='\u{205e}' | '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{301f}' | '\u{fffc}')
}

/// Whether two characters side by side belong to one word. A letter and a digit do not: `id847564` holds the number, as
/// a word of its own. Nor do letters of scripts that put no spaces between words.
pub(super) fn joins(before: char, after: char) -> bool {
    if is_combining_mark(after) {
        return true;
    }
    let is_letter = |c: char| (c.is_alphabetic() || is_combining_mark(c)) && !is_spaceless(c);
    (is_letter(before) && is_letter(after)) || (before.is_numeric() && after.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[track_caller]
    fn same(all: &[&str]) {
        for text in all {
            assert_eq!(fold(text).text(), fold(all[0]).text(), "{text:?}");
        }
    }

    #[test]
    fn spellings_of_the_same_words_meet() {
        same(&["jane doe", "Jane_Doe", " JANE\u{a0}\u{a0}DOE.", "ja\u{ad}ne\r\ndoe", "j\0a\0n\0e\0 \0d\0o\0e\0"]);
        same(&["straße", "STRASSE", "ſtraße", "straSSE"]);
        same(&["caf\u{e9}", "CAFE\u{301}", "ｃａｆé"]);
        same(&["WEIẞ", "weiß", "WEISS"]);
        same(&["IĞDIR İLİ", "iğdir ili", "ığdır i\u{307}li\u{307}"]);
        same(&["\u{660}\u{665}\u{660}\u{661}", "0501", "0\u{fe0f}\u{20e3}5\u{20e3}0\u{20e3}1\u{20e3}"]);
        same(&["doe-smith", "doe\u{2212}smith", "doe\u{5be}smith", "doe\u{30fb}smith", "doe\u{60c} smith"]);
        // A sign of each kind that only stands between words.
        for sign in "\u{80}©«´¨¯¸˝¶»¿×\u{2bc}\u{5be}\u{60c}\u{61b}‐⁞←⇿■▇、〃〈〟・･\u{fffc}".chars()
        {
            same(&["doe smith", &format!("doe{sign}smith"), &format!("{sign}doe {sign} smith{sign}")]);
        }
        same(&["4111 1111", "4111-1111", "４１１１…1111", "▇▇4111▇1111"]);
    }

    #[test]
    fn words_know_where_they_come_from() {
        let folded = fold("«Jane  Dœ»");
        assert_eq!(folded.text(), "jane dœ");
        assert_eq!([0, 4, 5, 6].map(|at| folded.origin(at)), [2, 6, 8, 9]);
    }
}
