//! Extended grapheme clusters (UAX #29): by the tables of [`mod@class`] for most texts, by the crate
//! `unicode-segmentation` for the rest.

mod class;
mod scripts;

use std::str::Chars;

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

pub(crate) use class::is_simple;
use class::{State, class};

use crate::lanes::{Hits, LANES, Lanes};
use crate::until::until_end;

/// The version of Unicode whose rules find the grapheme clusters.
///
/// ```
/// assert!(blackbar::UNICODE_VERSION >= (16, 0, 0));
/// ```
pub const UNICODE_VERSION: (u64, u64, u64) = unicode_segmentation::UNICODE_VERSION;

/// The byte offsets at which the clusters of `text` begin, each with the cluster.
///
/// The crate `unicode-segmentation` is only asked about a character whose [class](fn@class) is not known here, and what
/// follows it up to the next edge between two simple characters. (On a message of ASCII with a word of other letters
/// now and then this halves the instructions of [`crate::diff`]; an emoji of several parts takes a sixth of them.)
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    Clusters { text, at: 0, by_rules: None }
}

struct Clusters<'t> {
    text: &'t str,
    /// What comes before is done, or left to the rules.
    at: usize,
    /// A part of the text that is left to `unicode-segmentation`, and where it begins.
    by_rules: Option<(usize, GraphemeIndices<'t>)>,
}

impl<'t> Iterator for Clusters<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some((start, clusters)) = &mut self.by_rules {
            if let Some((at, cluster)) = clusters.next() {
                return Some((*start + at, cluster));
            }
            self.by_rules = None;
        }
        let at = self.at;
        let bytes = &self.text.as_bytes()[at..];
        if let [first, second, ..] = bytes
            && is_plain(&[*first, *second])
        {
            self.at += 1;
            return Some((at, &self.text[at..=at]));
        }
        let rest = &self.text[at..];
        if let Some(end) = known_end(rest) {
            self.at += end;
            return if end == 0 { None } else { Some((at, &rest[..end])) };
        }
        let mut last_is_simple = false;
        let edge = rest.char_indices().find(|&(_, c)| {
            let both = last_is_simple & is_simple(c);
            last_is_simple = is_simple(c);
            both
        });
        let edge = edge.map_or(rest.len(), |(edge, _)| edge);
        self.at += edge;
        let mut clusters = rest[..edge].grapheme_indices(true);
        let first = clusters.next();
        self.by_rules = Some((at, clusters));
        first.map(|(_, cluster)| (at, cluster))
    }
}

/// Whether each byte is a character of its own and cannot join another such byte: ASCII without CR and NUL.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let are_plain = |bytes: &[u8; LANES]| {
        let bytes = Lanes::new(bytes);
        (bytes.at_least(0x80) | bytes.is(b'\r') | bytes.is(0)).first().is_none()
    };
    // The last chunk may overlap the one before.
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().all(are_plain) && are_plain(last),
        None => bytes.iter().all(|&byte| byte.is_ascii() && !matches!(byte, b'\r' | 0)),
    }
}

/// How many clusters `text` has.
pub(crate) fn count(text: &str) -> usize {
    if is_plain(text.as_bytes()) {
        return text.len();
    }
    known_count(text).unwrap_or_else(|| clusters(text).count())
}

/// Whether two characters that stand side by side are of two clusters, if nothing else has a say.
pub(crate) fn are_apart(last: char, next: char) -> bool {
    if let (Some(last), Some(next)) = (class(last), class(next)) {
        let (_, state) = State::Closed.next(last);
        return !state.next(next).0;
    }
    let mut buffer = [0; 8];
    let middle = last.encode_utf8(&mut buffer).len();
    let end = middle + next.encode_utf8(&mut buffer[middle..]).len();
    std::str::from_utf8(&buffer[..end]).is_ok_and(|pair| count(pair) == 2)
}

/// How many clusters `text` has, if the class of each character is known here; then none is a carriage return, a NUL or
/// a control of direction. (For a name and a picture this takes less than half of the instructions.)
pub(crate) fn known_count(text: &str) -> Option<usize> {
    let (mut state, mut count) = (State::Closed, 0);
    for c in text.chars() {
        let (joins, next) = state.next(class(c)?);
        count += usize::from(!joins);
        state = next;
    }
    Some(count)
}

/// Where the first cluster of `text` ends, if all that the rules look at for it is known here.
fn known_end(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return Some(0) };
    let (_, mut state) = State::Closed.next(class(first)?);
    while let Some(c) = chars.next() {
        let (joins, next) = state.next(class(c)?);
        if !joins {
            return Some(text.len() - chars.as_str().len() - c.len_utf8());
        }
        state = next;
        skip_row(&mut chars, c);
    }
    Some(text.len())
}

/// Passes over what joins the character `last`, which stands before, and tells no more of what follows than `last`
/// does: after a combining mark of U+0300 to U+036F, all such marks. (They are passed over sixteen bytes at a time, in
/// a tenth of the instructions: one letter may have any number of them.)
#[inline]
pub(crate) fn skip_row(chars: &mut Chars<'_>, last: char) {
    if matches!(last, '\u{300}'..='\u{36F}') {
        let text = chars.as_str();
        *chars = text[until_end(text.as_bytes(), 0, is_no_mark)..].chars();
    }
}

/// Whether a byte, where the one that follows is `next`, begins a character that is not one of U+0300 to U+036F.
#[inline(always)]
fn is_no_mark(byte: Lanes, next: Lanes) -> Hits {
    let is_mark = byte.is(0xCC) | (byte.is(0xCD) & next.at_most(0xAF));
    (byte.at_most(0x7F) | byte.at_least(0xC0)).except(is_mark)
}

/// Whether `c` begins and ends a visible cluster of its own between any two letters, and beside itself.
pub(crate) fn stands_alone(c: char) -> bool {
    let joined = |text: [char; 2]| count(&String::from_iter(text)) == 1;
    !joined(['a', c]) && !joined([c, 'a']) && !joined([c, c]) && joined([c, '\u{301}'])
}

/// The characters with the property Bidi_Control.
pub(crate) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use proptest::prelude::*;

    /// All texts of up to six characters, of most classes and of none; of six,
    /// only the count is compared: the edges take too long.
    #[test]
    fn short_texts_have_the_edges_of_the_rules() {
        let chars = ['a', '\u{AD}', '👩', '\u{FE0F}', '\u{200D}', '\u{94D}', '🇩', 'क', '\u{93E}', '\u{E33}'];
        let mut texts = vec![String::new()];
        for length in 1..=6 {
            texts = texts.iter().flat_map(|text| chars.map(|c| format!("{text}{c}"))).collect();
            for text in &texts {
                let rules = || text.grapheme_indices(true);
                assert_eq!(count(text), rules().count(), "{text:?}");
                assert!(length > 5 || clusters(text).eq(rules()), "{text:?}");
            }
        }
    }

    /// The slow twin looks at one mark after the other; what the rules say does not depend on how many there are.
    #[test]
    fn marks_in_a_row_tell_no_more_than_the_last() {
        let units = ["\u{300}", "\u{33F}", "\u{340}", "\u{36F}"].map(|mark| mark.repeat(9));
        let units: Vec<&str> = units.iter().map(String::as_str).chain(["\u{300}", "\u{36F}"]).collect();
        let mut random = Random::new(3);
        let befores = ["", "a", "\n", "👩", "👩\u{200D}", "क", "क\u{94D}", "🇩", "ᄀ", "\u{600}"];
        let afters = ["", "a", "\u{2FF}", "\u{370}", "\u{200D}", "👩", "क", "🇩", "ᅡ", "\u{E33}", "字"];
        for _ in 0..300 {
            let length = random.below(6);
            let marks = random.text(length, &units);
            for after in afters {
                let row = format!("{marks}{after}");
                let mut chars = row.chars();
                skip_row(&mut chars, '\u{300}');
                assert_eq!(chars.as_str(), after, "{row:?}");
                skip_row(&mut chars, 'a');
                assert_eq!(chars.as_str(), after, "{row:?}");
                for text in befores.map(|before| format!("{before}{row}")) {
                    assert!(clusters(&text).eq(text.grapheme_indices(true)), "{text:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn edges_are_those_of_the_rules(pieces in prop::collection::vec(prop_oneof![
            "[ -~]", "\\PC", prop::sample::select(vec![
                "\r", "\n", "é", "ſ", "ж", "ぁ", "字", "\0", "\u{301}", "\u{200D}", "\u{600}", "🇩", "👩", "\u{E33}", "\u{94D}", "क", "ᄀ", "ᅡ", "가", "각", "ᆨ", "\u{202E}",
            ]).prop_map(str::to_owned),
        ], 0..24)) {
            let text = pieces.concat();
            let rules: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            prop_assert_eq!(count(&text), rules.len());
            prop_assert_eq!(clusters(&text).collect::<Vec<_>>(), rules);
        }
    }
}
