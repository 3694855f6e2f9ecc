//! Extended grapheme clusters (UAX #29), by the `unicode-segmentation` crate.

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

/// The version of Unicode whose rules find the grapheme clusters.
///
/// ```
/// assert!(blackbar::UNICODE_VERSION >= (16, 0, 0));
/// ```
pub const UNICODE_VERSION: (u64, u64, u64) = unicode_segmentation::UNICODE_VERSION;

/// The byte offsets at which the clusters of `text` begin, each with the cluster.
///
/// The rules are only asked about characters of no [class](Class) that is known here, up to the next edge between two that
/// are simple. (On a message of ASCII with a word of other letters now and then this halves the instructions of
/// [`crate::diff`]; a picture of several parts takes a sixth of them.)
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    Clusters { text, at: 0, by_rules: None }
}

struct Clusters<'t> {
    text: &'t str,
    /// What comes before is done, or left to the rules.
    at: usize,
    /// A part of the text that the rules are asked for, and where it begins.
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

/// Where the first cluster of `text` ends, if all that the rules look at for it is known here.
fn known_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return Some(0) };
    let mut last = Last::new(class(first)?);
    for (at, c) in chars {
        if !last.is_joined_by(class(c)?) {
            return Some(at);
        }
    }
    Some(text.len())
}

/// What is to be known of the characters so far to tell whether another joins them.
struct Last {
    class: Class,
    /// Whether the cluster is a picture that a joiner may go on.
    is_picture: bool,
}

impl Last {
    fn new(class: Class) -> Self {
        Self { class, is_picture: class == Class::Picture }
    }

    /// Whether the next character is of the same cluster. It is the last one from then on.
    fn is_joined_by(&mut self, class: Class) -> bool {
        let joins = match class {
            Class::Simple | Class::LineOrTab => false,
            // GB4, GB9.
            Class::Extending | Class::Joiner => self.class != Class::LineOrTab,
            // GB11.
            Class::Picture => self.is_picture && self.class == Class::Joiner,
        };
        self.is_picture = class == Class::Picture || (joins && self.is_picture && self.class != Class::Joiner);
        self.class = class;
        joins
    }
}

/// What the rules tell of the characters that make up most texts. Each class holds some characters of that kind, not all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// See [`is_simple`].
    Simple,
    /// A control that joins nothing, not even a mark.
    LineOrTab,
    /// See [`is_pictograph`].
    Picture,
    /// A combining mark, a variation selector or a tone of skin (Grapheme_Cluster_Break=Extend).
    Extending,
    /// U+200D.
    Joiner,
}

fn class(c: char) -> Option<Class> {
    match c {
        '\t' | '\n' => Some(Class::LineOrTab),
        c if is_simple(c) => Some(Class::Simple),
        c if is_pictograph(c) => Some(Class::Picture),
        '\u{300}'..='\u{36F}' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' => Some(Class::Extending),
        '\u{200D}' => Some(Class::Joiner),
        _ => None,
    }
}

/// Whether `c` is no control and has no property that the rules ask for (Grapheme_Cluster_Break, Extended_Pictographic,
/// Indic_Conjunct_Break): two such characters never stand in one cluster. These are the letters of most texts, not all
/// such characters.
#[inline]
pub(crate) fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\t' | '\n' | '\u{A0}'
        | '\u{C0}'..='\u{2FF}' // Latin
        | '\u{370}'..='\u{482}' // Greek and Cyrillic
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' // Hiragana and Katakana
        | '\u{4E00}'..='\u{9FFF}' // ideographs
    )
}

/// Whether `c` is a picture that joins no letter: most emoji, but not the tones of skin.
#[inline]
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}')
}

/// Whether each byte is a character of its own and cannot join another such byte: ASCII without CR and NUL.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    bytes.is_ascii() && !bytes.iter().any(|byte| matches!(byte, b'\r' | 0))
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
        return !Last::new(last).is_joined_by(next);
    }
    let mut buffer = [0; 8];
    let middle = last.encode_utf8(&mut buffer).len();
    let end = middle + next.encode_utf8(&mut buffer[middle..]).len();
    std::str::from_utf8(&buffer[..end]).is_ok_and(|pair| count(pair) == 2)
}

/// How many clusters `text` has, if the class of each character is known here; then none is a control but a tab or a line
/// end. (For a name and a picture this takes less than half of the instructions.)
pub(crate) fn known_count(text: &str) -> Option<usize> {
    let mut last = Last::new(Class::LineOrTab);
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(!last.is_joined_by(class(c)?));
    }
    Some(count)
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
    use proptest::prelude::*;

    #[test]
    fn simple_characters_join_nothing_that_a_letter_does_not() {
        for c in ('\0'..=char::MAX).filter(|&c| is_simple(c)) {
            for other in ['a', c] {
                for text in [[other, c], [c, other]] {
                    assert_eq!(String::from_iter(text).graphemes(true).count(), 2, "{c:?}");
                }
            }
            // A control character would not take a mark.
            let joins = c != '\t' && c != '\n';
            assert_eq!(String::from_iter([c, '\u{301}']).graphemes(true).count(), if joins { 1 } else { 2 }, "{c:?}");
            assert_eq!(String::from_iter(['\u{600}', c]).graphemes(true).count(), if joins { 1 } else { 2 }, "{c:?}");
        }
    }

    #[test]
    fn pictographs_join_no_letter() {
        for c in ('\0'..=char::MAX).filter(|&c| is_pictograph(c)) {
            for text in [['a', c], [c, 'a']] {
                assert_eq!(String::from_iter(text).graphemes(true).count(), 2, "{c:?}");
            }
        }
    }

    /// Each class shows itself: what ends after a letter, after a line end, and between two pictures.
    #[test]
    fn classes_are_those_of_the_rules() {
        for c in '\0'..=char::MAX {
            let Some(class) = class(c) else { continue };
            let (extends, joins) = match class {
                Class::Simple | Class::LineOrTab | Class::Picture => (false, false),
                Class::Extending => (true, false),
                Class::Joiner => (true, true),
            };
            let count = |text: &[char]| String::from_iter(text).graphemes(true).count();
            assert_eq!(count(&['a', c]) == 1, extends, "{c:?}");
            assert_eq!(count(&['\n', c]), 2, "{c:?}");
            assert_eq!(count(&['👩', c, '👩']) == 1, joins, "{c:?}");
            assert_eq!(count(&['👩', c, '\u{200D}', '👩']) == 1, extends && !joins, "{c:?}");
            // Not all in the range are pictures yet; an unassigned character joins nothing.
            if class != Class::Picture {
                assert!(count(&[c, '\u{200D}', '👩']) > 1, "{c:?}");
            }
        }
    }

    /// All texts of up to six characters, one of each class and some of none.
    #[test]
    fn short_texts_have_the_edges_of_the_rules() {
        let chars = ['a', '\n', '👩', '\u{FE0F}', '\u{200D}', '\u{94D}', '🇩'];
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            texts = texts.iter().flat_map(|text| chars.map(|c| format!("{text}{c}"))).collect();
            for text in &texts {
                assert!(clusters(text).eq(text.grapheme_indices(true)), "{text:?}");
                assert_eq!(count(text), text.graphemes(true).count(), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn edges_are_those_of_the_rules(pieces in prop::collection::vec(prop_oneof![
            "[ -~]", "\\PC", prop::sample::select(vec![
                "\r", "\n", "é", "ſ", "ж", "ぁ", "字", "\0", "\u{301}", "\u{200D}", "\u{600}", "🇩", "👩", "\u{E33}", "\u{94D}", "क", "ᄀ", "ᅡ", "\u{202E}",
            ]).prop_map(str::to_owned),
        ], 0..24)) {
            let text = pieces.concat();
            let rules: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            prop_assert_eq!(count(&text), rules.len());
            prop_assert_eq!(clusters(&text).collect::<Vec<_>>(), rules);
        }
    }
}
