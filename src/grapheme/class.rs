//! The classes of the characters that make up most texts, and the rules that join them into clusters (UAX #29).

use super::scripts;

/// What must be known of the characters so far to tell whether the next one joins their cluster.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing joins: nothing stands there, or a control.
    Closed,
    /// Any other character: only what joins all of them joins (GB9, GB9a).
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
    pub(super) fn next(self, class: Class) -> (bool, Self) {
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
        use Class::{Consonant, Control, Extending, Joiner, Linker, Picture, Regional, Simple, Spacing};
        let joins = match class {
            Simple | Control => false,
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
            (_, Control) => Self::Closed,
            (_, Picture) => Self::Picture,
            (_, Regional) => Self::Flag,
            (_, Consonant) => Self::Consonant,
            (_, Simple | Extending | Linker | Spacing | Joiner) => Self::Open,
        };
        (joins, next)
    }
}

/// What the rules tell of the characters that make up most texts.
/// Each class holds some characters of that kind, not all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// No property that the rules ask for, or a syllable of Hangul, which only the letters join that make up syllables
    /// (GB6 to GB8): those are in no class.
    Simple,
    /// A tab, a line feed, or what only tells where a word may be broken: it joins nothing, not even a mark.
    Control,
    /// See [`is_pictograph`].
    Picture,
    /// A combining mark, a variation selector or a skin tone (Grapheme_Cluster_Break=Extend,
    /// Indic_Conjunct_Break=Extend).
    Extending,
    /// U+200D, the zero-width joiner.
    Joiner,
    /// A regional indicator: half of a flag.
    Regional,
    /// A consonant, as of Devanagari (Indic_Conjunct_Break=Consonant).
    Consonant,
    /// What joins it to the next (Indic_Conjunct_Break=Linker).
    Linker,
    /// A sign that takes up room, as in Devanagari or Thai (Grapheme_Cluster_Break=SpacingMark).
    Spacing,
}

impl Class {
    const ALL: [Self; 9] = [
        Self::Simple,
        Self::Control,
        Self::Picture,
        Self::Extending,
        Self::Joiner,
        Self::Regional,
        Self::Consonant,
        Self::Linker,
        Self::Spacing,
    ];
}

/// The class of a character; nothing if it is in none.
#[inline]
pub(super) fn class(c: char) -> Option<Class> {
    match c as usize {
        point @ ..LOW_END => LOW[point],
        point @ HIGH_START..HIGH_END => HIGH[point - HIGH_START],
        // Ideographs and syllables of Hangul. (Asked at once, they take half of the instructions.)
        0x4E00..=0x9FFF | 0xAC00..=0xD7A3 => Some(Class::Simple),
        // Variation selectors, half marks, and the tags of flags: a letter may have any number of them. (To come to
        // them through the ranges took twice as long as all else for such a letter.)
        0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xE0020..=0xE007F | 0xE0100..=0xE01EF => Some(Class::Extending),
        _ => class_by_ranges(c),
    }
}

/// Below this stand most letters. (To look a character up in one of the two tables costs a tenth
/// of going through the ranges.)
const LOW_END: usize = 0x3100;
/// From here on stand pictures and flags.
const HIGH_START: usize = 0x1F000;
const HIGH_END: usize = 0x1FB00;

static LOW: [Option<Class>; LOW_END] = {
    let classes = with_rows(classes_from(0), scripts::SIMPLE, Class::Simple);
    let classes = with_rows(classes, scripts::EXTENDING, Class::Extending);
    let classes = with_rows(classes, scripts::SPACING, Class::Spacing);
    let classes = with_rows(classes, scripts::CONSONANTS, Class::Consonant);
    with_rows(classes, scripts::LINKERS, Class::Linker)
};
static HIGH: [Option<Class>; HIGH_END - HIGH_START] = classes_from(HIGH_START);

/// The classes of characters in a row; built by the compiler.
const fn classes_from<const N: usize>(start: usize) -> [Option<Class>; N] {
    let mut classes = [None; N];
    let mut index = 0;
    while index < N {
        if let Some(c) = char::from_u32((start + index) as u32) {
            classes[index] = class_by_ranges(c);
        }
        index += 1;
    }
    classes
}

/// The same with the characters of `rows` in `class`.
const fn with_rows<const N: usize>(
    mut classes: [Option<Class>; N],
    rows: &[(u32, u32)],
    class: Class,
) -> [Option<Class>; N] {
    let mut row = 0;
    while row < rows.len() {
        let (mut point, last) = rows[row];
        while point <= last {
            classes[point as usize] = Some(class);
            point += 1;
        }
        row += 1;
    }
    classes
}

const fn class_by_ranges(c: char) -> Option<Class> {
    match c {
        '\t' | '\n' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Some(Class::Control),
        c if is_in_simple_ranges(c) => Some(Class::Simple),
        '\u{300}'..='\u{36F}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}' => Some(Class::Extending),
        '\u{1F3FB}'..='\u{1F3FF}' => Some(Class::Extending),
        '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' => Some(Class::Extending), // Hebrew points
        '\u{64B}'..='\u{65F}' | '\u{670}' => Some(Class::Extending),                         // Arabic vowels
        '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' => Some(Class::Extending), // Thai vowels and tones
        '\u{E33}' => Some(Class::Spacing),
        '\u{900}'..='\u{97F}' => Some(devanagari(c)),
        '\u{200D}' => Some(Class::Joiner),
        '\u{1F1E6}'..='\u{1F1FF}' => Some(Class::Regional),
        c if is_pictograph(c) => Some(Class::Picture),
        _ => None,
    }
}

/// The class of U+0900 to U+097F.
const fn devanagari(c: char) -> Class {
    match c {
        '\u{915}'..='\u{939}' | '\u{958}'..='\u{95F}' | '\u{978}'..='\u{97F}' => Class::Consonant,
        '\u{94D}' => Class::Linker,
        '\u{903}' | '\u{93B}' | '\u{93E}'..='\u{940}' | '\u{949}'..='\u{94C}' | '\u{94E}' | '\u{94F}' => Class::Spacing,
        '\u{904}'..='\u{914}' | '\u{93D}' | '\u{950}' | '\u{960}' | '\u{961}' | '\u{964}'..='\u{977}' => Class::Simple,
        _ => Class::Extending,
    }
}

/// Whether `c` is a [`Class::Simple`] or a [`Class::Control`]: two such characters never stand in one cluster. These
/// are the letters of most texts, not all such characters.
#[inline]
pub(crate) fn is_simple(c: char) -> bool {
    matches!(class(c), Some(Class::Simple | Class::Control))
}

const fn is_in_simple_ranges(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{A0}'..='\u{A8}' | '\u{AA}'..='\u{AC}' | '\u{AF}'..='\u{2FF}' // Latin
        | '\u{370}'..='\u{482}' // Greek and Cyrillic
        | '\u{531}'..='\u{58A}' // Armenian
        | '\u{5D0}'..='\u{5EA}' | '\u{5EF}'..='\u{5F4}' // Hebrew
        | '\u{620}'..='\u{64A}' | '\u{660}'..='\u{66F}' | '\u{671}'..='\u{6D3}' // Arabic
        | '\u{E01}'..='\u{E30}' | '\u{E32}' | '\u{E3F}'..='\u{E46}' | '\u{E4F}'..='\u{E5B}' // Thai
        | '\u{10A0}'..='\u{10FF}' // Georgian
        | '\u{1E00}'..='\u{1FFF}' // Latin, as of Vietnamese, and Greek with accents
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203B}' | '\u{20A0}'..='\u{20C0}' // dashes, quotes, currencies
        | '\u{2190}'..='\u{2193}' | '\u{2200}'..='\u{22FF}' | '\u{2500}'..='\u{25A9}' // arrows, signs, lines, squares
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' // Hiragana and Katakana
        | '\u{FF01}'..='\u{FF60}' // wide forms
    )
}

/// Whether `c` is a picture (Extended_Pictographic) that joins no letter: most emoji, but not the skin tones.
const fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{2122}' | '\u{260E}' | '\u{263A}' | '\u{26A0}' | '\u{2705}' | '\u{2714}' | '\u{274C}'
        | '\u{2763}' | '\u{2764}' | '\u{2B50}'
        | '\u{1F324}'..='\u{1F393}' | '\u{1F39E}'..='\u{1F3F0}' | '\u{1F400}'..='\u{1F4FD}' | '\u{1F4FF}'..='\u{1F53D}'
        | '\u{1F550}'..='\u{1F567}' | '\u{1F5FA}'..='\u{1F64F}' | '\u{1F680}'..='\u{1F6C5}'
        | '\u{1F90C}'..='\u{1F93A}' | '\u{1F93C}'..='\u{1F945}' | '\u{1F947}'..='\u{1F9FF}' | '\u{1FA6E}'..='\u{1FAFF}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;
    use crate::grapheme::known_count;

    #[test]
    fn simple_characters_join_nothing_that_a_letter_does_not() {
        for c in ('\0'..=char::MAX).filter(|&c| is_simple(c)) {
            for other in ['a', c] {
                for text in [[other, c], [c, other]] {
                    assert_eq!(String::from_iter(text).graphemes(true).count(), 2, "{c:?}");
                }
            }
            // A control character would not take a mark.
            let joins = !matches!(class(c), Some(Class::Control));
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

    /// Each class shows itself: what goes on after a letter, after a line end,
    /// between and around two pictures, consonants and halves of flags.
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
}
