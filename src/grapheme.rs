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
    let (_, mut state) = State::Closed.next(class(first)?);
    for (at, c) in chars {
        let (joins, next) = state.next(class(c)?);
        if !joins {
            return Some(at);
        }
        state = next;
    }
    Some(text.len())
}

/// What is to be known of the characters so far to tell whether another joins them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing joins: nothing stands there, or a control.
    Closed,
    /// What joins anything may join.
    Open,
    /// A picture: a joiner and a picture may join (GB11).
    Picture,
    /// A picture and a joiner.
    Joined,
    /// Half of a flag: the other half may join (GB12, GB13).
    Flag,
    /// A consonant: a linker and a consonant may join (GB9c).
    Consonant,
    /// A consonant and a linker.
    Linked,
}

impl State {
    const ALL: [Self; 7] =
        [Self::Closed, Self::Open, Self::Picture, Self::Joined, Self::Flag, Self::Consonant, Self::Linked];

    /// Whether the next character is of the same cluster, and what is to be known after it.
    #[inline]
    fn next(self, class: Class) -> (bool, Self) {
        static NEXT: [[(bool, State); Class::ALL.len()]; State::ALL.len()] = {
            let mut table = [[(false, State::Closed); Class::ALL.len()]; State::ALL.len()];
            let mut place = 0;
            while place < State::ALL.len() * Class::ALL.len() {
                let (state, class) = (place / Class::ALL.len(), place % Class::ALL.len());
                table[state][class] = State::ALL[state].next_by_rules(Class::ALL[class]);
                place += 1;
            }
            table
        };
        NEXT[self as usize][class as usize]
    }

    const fn next_by_rules(self, class: Class) -> (bool, Self) {
        use Class::{Consonant, Extending, Joiner, LineOrTab, Linker, Picture, Regional, Simple, Spacing};
        let joins = match class {
            Simple | LineOrTab => false,
            // GB4, GB9, GB9a.
            Extending | Linker | Spacing | Joiner => !matches!(self, Self::Closed),
            Picture => matches!(self, Self::Joined),
            Regional => matches!(self, Self::Flag),
            Consonant => matches!(self, Self::Linked),
        };
        let next = match (self, class) {
            (Self::Picture, Extending | Linker) => Self::Picture,
            (Self::Picture, Joiner) => Self::Joined,
            (Self::Consonant | Self::Linked, Linker) => Self::Linked,
            (Self::Consonant | Self::Linked, Extending | Joiner) => self,
            (Self::Flag, Regional) => Self::Open,
            (_, LineOrTab) => Self::Closed,
            (_, Picture) => Self::Picture,
            (_, Regional) => Self::Flag,
            (_, Consonant) => Self::Consonant,
            (_, Simple | Extending | Linker | Spacing | Joiner) => Self::Open,
        };
        (joins, next)
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
    /// A combining mark, a variation selector or a tone of skin (Grapheme_Cluster_Break=Extend, Indic_Conjunct_Break=Extend).
    Extending,
    /// U+200D.
    Joiner,
    /// Half of a flag.
    Regional,
    /// A consonant of Devanagari (Indic_Conjunct_Break=Consonant).
    Consonant,
    /// What joins it to the next (Indic_Conjunct_Break=Linker).
    Linker,
    /// A sign of Devanagari that takes up room (Grapheme_Cluster_Break=SpacingMark).
    Spacing,
}

impl Class {
    const ALL: [Self; 9] = [
        Self::Simple,
        Self::LineOrTab,
        Self::Picture,
        Self::Extending,
        Self::Joiner,
        Self::Regional,
        Self::Consonant,
        Self::Linker,
        Self::Spacing,
    ];
}

#[inline]
fn class(c: char) -> Option<Class> {
    if matches!(c, ' '..='~') { Some(Class::Simple) } else { rarer_class(c) }
}

fn rarer_class(c: char) -> Option<Class> {
    match c {
        '\t' | '\n' => Some(Class::LineOrTab),
        c if is_simple(c) => Some(Class::Simple),
        '\u{300}'..='\u{36F}' | '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' => Some(Class::Extending),
        '\u{900}'..='\u{963}' => Some(devanagari(c)),
        '\u{200D}' => Some(Class::Joiner),
        '\u{1F1E6}'..='\u{1F1FF}' => Some(Class::Regional),
        c if is_pictograph(c) => Some(Class::Picture),
        _ => None,
    }
}

/// The class of U+0900 to U+0963.
fn devanagari(c: char) -> Class {
    match c {
        '\u{915}'..='\u{939}' | '\u{958}'..='\u{95F}' => Class::Consonant,
        '\u{94D}' => Class::Linker,
        '\u{903}' | '\u{93B}' | '\u{93E}'..='\u{940}' | '\u{949}'..='\u{94C}' | '\u{94E}' | '\u{94F}' => Class::Spacing,
        '\u{904}'..='\u{914}' | '\u{93D}' | '\u{950}' | '\u{960}' | '\u{961}' => Class::Simple,
        _ => Class::Extending,
    }
}

/// Whether `c` is no control and has no property that the rules ask for (Grapheme_Cluster_Break, Extended_Pictographic,
/// Indic_Conjunct_Break): two such characters never stand in one cluster. These are the letters of most texts, not all
/// such characters.
#[inline]
pub(crate) fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~') || is_rarer_simple(c)
}

fn is_rarer_simple(c: char) -> bool {
    matches!(c,
        '\t' | '\n'
        | '\u{A0}'..='\u{A8}' | '\u{AA}'..='\u{AC}' | '\u{AF}'..='\u{2FF}' // Latin
        | '\u{370}'..='\u{482}' // Greek and Cyrillic
        | '\u{531}'..='\u{58A}' // Armenian
        | '\u{5D0}'..='\u{5EA}' // Hebrew
        | '\u{620}'..='\u{64A}' | '\u{660}'..='\u{66F}' | '\u{671}'..='\u{6D3}' // Arabic
        | '\u{E01}'..='\u{E30}' // Thai, but for its marks
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203B}' | '\u{20A0}'..='\u{20C0}' // dashes, quotes, currencies
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' // Hiragana and Katakana
        | '\u{4E00}'..='\u{9FFF}' // ideographs
        | '\u{FF01}'..='\u{FF60}' // wide forms
    )
}

/// Whether `c` is a picture (Extended_Pictographic) that joins no letter: most emoji, but not the tones of skin.
#[inline]
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{2763}' | '\u{2764}'
        | '\u{1F324}'..='\u{1F393}' | '\u{1F39E}'..='\u{1F3F0}' | '\u{1F400}'..='\u{1F4FD}' | '\u{1F4FF}'..='\u{1F53D}'
        | '\u{1F550}'..='\u{1F567}' | '\u{1F5FA}'..='\u{1F64F}' | '\u{1F680}'..='\u{1F6C5}'
        | '\u{1F90C}'..='\u{1F93A}' | '\u{1F93C}'..='\u{1F945}' | '\u{1F947}'..='\u{1F9FF}' | '\u{1FA6E}'..='\u{1FAFF}'
    )
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
        let (_, state) = State::Closed.next(last);
        return !state.next(next).0;
    }
    let mut buffer = [0; 8];
    let middle = last.encode_utf8(&mut buffer).len();
    let end = middle + next.encode_utf8(&mut buffer[middle..]).len();
    std::str::from_utf8(&buffer[..end]).is_ok_and(|pair| count(pair) == 2)
}

/// How many clusters `text` has, if the class of each character is known here; then none is a control but a tab or a line
/// end. (For a name and a picture this takes less than half of the instructions.)
pub(crate) fn known_count(text: &str) -> Option<usize> {
    let (mut state, mut count) = (State::Closed, 0);
    for c in text.chars() {
        let (joins, next) = state.next(class(c)?);
        count += usize::from(!joins);
        state = next;
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
            // Neither a picture nor a consonant that a conjunct is made of.
            for text in [['👩', '\u{200D}', c], [c, '\u{200D}', '👩'], ['क', '\u{94D}', c], [c, '\u{94D}', 'क']]
            {
                assert!(String::from_iter(text).graphemes(true).count() > 1, "{c:?}");
            }
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

    /// Each class shows itself: what goes on after a letter, after a line end, between and around two pictures, consonants
    /// and halves of flags.
    #[test]
    fn classes_are_those_of_the_rules() {
        let frames: [(&[char], &[char]); 13] = [
            (&['a'], &[]),
            (&['\n'], &[]),
            (&[], &['\u{301}']),
            (&['👩'], &['👩']),
            (&['👩', '\u{200D}'], &[]),
            (&['👩'], &['\u{200D}', '👩']),
            (&[], &['\u{200D}', '👩']),
            (&['क', '\u{94D}'], &[]),
            (&['क'], &['क']),
            (&['क', '\u{94D}'], &['क']),
            (&[], &['\u{94D}', 'क']),
            (&['🇩'], &[]),
            (&['🇩'], &['🇩']),
        ];
        for c in '\0'..=char::MAX {
            if class(c).is_none() {
                continue;
            }
            for (before, after) in frames {
                let text = String::from_iter(before.iter().chain([&c]).chain(after));
                assert_eq!(known_count(&text), Some(text.graphemes(true).count()), "{text:?}");
            }
        }
    }

    /// All texts of up to six characters, one of each class and some of none.
    #[test]
    fn short_texts_have_the_edges_of_the_rules() {
        let chars = ['a', '\n', '👩', '\u{FE0F}', '\u{200D}', '\u{94D}', '🇩', 'क', '\u{93E}', '\u{E33}'];
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
