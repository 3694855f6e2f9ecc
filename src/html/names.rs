//! From the bytes of a tag's name to the element.
//!
//! Nearly all names are shorter than eight bytes, so a name is read as one word: the end is found in it, the case is
//! folded in it, and it is looked up without comparing bytes.

use super::attributes::ends_name;
use super::elements::{Class, NAMES, Name};
use super::foreign_names::{MATHML_NAMES, SVG_NAMES};
use super::scan::{ShortName, short_name, short_word};
use super::token::{Kind, PLAIN, Token, WATCHED_NAME};

/// How a tag begins: with letters, fewer than eight.
pub(super) struct Opening {
    kind: Kind,
    name: Name,
    /// The letters, as a word.
    word: u64,
    /// Whether the name means nothing to the tokenizer.
    pub(super) is_idle: bool,
    /// The offset of the byte that they stop at, and the byte. It is part of the name if it does not end one.
    pub(super) end: usize,
    pub(super) stop: u8,
}

impl Opening {
    /// The tag up to the end of its name; it begins at `start`. `watch` are the first bytes of the watched word.
    #[inline(always)]
    pub(super) fn tag(&self, start: usize, watch: u64) -> Token {
        let flags = if !self.name.is_unknown() {
            PLAIN
        } else if self.word == watch {
            WATCHED_NAME
        } else if self.word as u8 == watch as u8 {
            0
        } else {
            PLAIN
        };
        Token::tag(self.kind, start..self.end, self.name, flags)
    }

    /// The tag if its name is known, and ends with the tag.
    #[inline(always)]
    pub(super) fn bare(&self, start: usize) -> Token {
        Token::tag(self.kind, start..self.end + 1, self.name, PLAIN)
    }
}

/// Reads the opening of a tag as nearly all are: `<` or `</` and fewer than eight letters. (All of it is in one block
/// of bytes, so that nothing else is to be asked: that is a fifth of the cost of a tag without attributes.)
#[inline(always)]
pub(super) fn usual_opening(bytes: &[u8], at: usize) -> Option<Opening> {
    let block: &[u8; 16] = bytes.get(at..)?.first_chunk()?;
    if block[0] != b'<' {
        return None;
    }
    if block[1] == b'/' { opening::<2>(block, at, Kind::EndTag) } else { opening::<1>(block, at, Kind::StartTag) }
}

/// The name begins at `START` in the block, which stands at `at`.
#[inline(always)]
fn opening<const START: usize>(block: &[u8; 16], at: usize, kind: Kind) -> Option<Opening> {
    let word = u64::from_le_bytes(*block[START..].first_chunk()?);
    let ShortName::Stopped { len, word, stop } = short_word(word) else { return None };
    let slot = &SLOTS[hash(word)];
    // A name of no letters stops at once, and no other begins with its word.
    let is_told = slot.word == word || (slot.word == FREE && (word as u8).is_ascii_lowercase());
    let end = at + START + len;
    is_told.then_some(Opening { kind, name: slot.name, word, is_idle: slot.is_idle, end, stop })
}

/// Reads the tag name that begins at `start`: the element that is called so, and where the name ends.
#[inline(always)]
pub(super) fn read_name(bytes: &[u8], start: usize) -> (Name, usize) {
    match short_name(bytes, start) {
        ShortName::Stopped { len, word, stop } if ends_name(stop) => (known(word, |_| true), start + len),
        ShortName::Stopped { len, word, stop } if bytes.get(start + len + 1).is_some_and(|&next| ends_name(next)) => {
            // `h1` and its like.
            (known(word | u64::from(stop) << (8 * len), |known| known.len() == len + 1), start + len + 1)
        }
        ShortName::Stopped { .. } => odd(bytes, start),
        ShortName::Longer(word) => long(bytes, start, word),
    }
}

/// The element whose name begins with the bytes of `word`, which has bit 5 of each byte set, if the whole name fits. A
/// name of fewer than eight bytes has a word of its own.
///
/// Of the bytes with bit 6, setting bit 5 makes letters of letters alone. So the words of names of letters are equal if
/// and only if the names are, but for case.
#[inline(always)]
fn known(word: u64, fits: impl Fn(&[u8]) -> bool) -> Name {
    let mut index = hash(word);
    loop {
        let slot = &SLOTS[index];
        if slot.word == word && fits(entry(slot.entry as usize).0.as_bytes()) {
            return slot.name;
        }
        if slot.word == FREE {
            return Name::Unknown;
        }
        index = (index + 1) % SLOT_COUNT;
    }
}

/// A name of eight bytes or more, of which the first eight have bit 6 and are `word`.
#[inline(never)]
fn long(bytes: &[u8], start: usize, word: u64) -> (Name, usize) {
    let rest = bytes.get(start + 8..).unwrap_or_default();
    let rest = &rest[..rest.iter().position(|&byte| ends_name(byte)).unwrap_or(rest.len())];
    let name = known(word, |known| known.get(8..).is_some_and(|known| known.eq_ignore_ascii_case(rest)));
    (name, start + 8 + rest.len())
}

/// A name that is not letters alone, such as `h1`, or one that the input cuts off.
#[inline(never)]
fn odd(bytes: &[u8], start: usize) -> (Name, usize) {
    let rest = bytes.get(start..).unwrap_or_default();
    let raw_name = &rest[..rest.iter().position(|&byte| ends_name(byte)).unwrap_or(rest.len())];
    let name = known(first_word(raw_name), |known| known.eq_ignore_ascii_case(raw_name));
    (name, start + raw_name.len())
}

/// The first eight bytes, with bit 5 of each set.
pub(super) const fn first_word(name: &[u8]) -> u64 {
    let (mut word, mut at) = (0, 0);
    while at < name.len() && at < 8 {
        word |= ((name[at] | 0x20) as u64) << (8 * at);
        at += 1;
    }
    word
}

/// A place in the hash table.
#[derive(Clone, Copy)]
struct Slot {
    word: u64,
    entry: u16,
    name: Name,
    is_idle: bool,
}

const SLOT_COUNT: usize = 1024;

/// What no name begins with.
const FREE: u64 = u64::MAX;

/// A hash table with open addressing, filled by the compiler.
static SLOTS: [Slot; SLOT_COUNT] = {
    let mut slots = [Slot { word: FREE, entry: 0, name: Name::Unknown, is_idle: false }; SLOT_COUNT];
    let mut index = 0;
    while index < ENTRIES {
        let (known, name) = entry(index);
        let word = first_word(known.as_bytes());
        let mut slot = hash(word);
        while slots[slot].word != FREE {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = Slot { word, entry: index as u16, name, is_idle: !name.is(Class::STATE) };
        index += 1;
    }
    slots
};

const ENTRIES: usize = NAMES.len() + SVG_NAMES.len() + MATHML_NAMES.len();

const fn entry(index: usize) -> (&'static str, Name) {
    if index < NAMES.len() {
        (NAMES[index].0, NAMES[index].1)
    } else if index < NAMES.len() + SVG_NAMES.len() {
        (SVG_NAMES[index - NAMES.len()], Name::OtherSvg)
    } else {
        (MATHML_NAMES[index - NAMES.len() - SVG_NAMES.len()], Name::OtherMathMl)
    }
}

/// The factor was found by trial: it gives every name of HTML, the mark's, and the usual ones of SVG and MathML a slot
/// of their own, so that the usual look-up is one comparison. A test holds it to that; any other odd factor is right
/// too, only slower.
#[inline]
const fn hash(word: u64) -> usize {
    (word.wrapping_mul(0x8819_867C_87BA_F2EF) >> 54) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn every_name_of_the_tables_is_found_in_any_case() {
        for index in 0..ENTRIES {
            let (known, name) = entry(index);
            for written in [known.to_ascii_lowercase(), known.to_ascii_uppercase()] {
                assert_eq!(Name::of(written.as_bytes()), name, "{written}");
                assert_eq!(read_name(format!("<{written} x").as_bytes(), 1), (name, 1 + written.len()));
                assert_eq!(Name::of(format!("{written}x").as_bytes()), Name::of(format!("{written}X").as_bytes()));
            }
        }
    }

    #[test]
    fn usual_names_share_no_slot() {
        let foreign = ["g", "path", "rect", "circle", "line", "text", "use", "defs", "mrow", "msup", "mfrac", "mtable"];
        let names = NAMES.iter().map(|(name, ..)| *name).chain(foreign).chain(["redact"]);
        let mut slots = std::collections::BTreeSet::new();
        for name in names {
            assert!(slots.insert(hash(first_word(name.as_bytes()))), "{name}");
        }
    }

    /// The slow twin looks for the end byte by byte, and for the name in the whole table.
    #[test]
    fn names_are_read_as_a_plain_search_reads_them() {
        let units = [
            "a", "B", "h", "1", "block", "quote", "font", "\0", "-", ":", "é", "@", "[", "`", " ", ">", "/", "\n", "=",
        ];
        let mut random = Random::new(9);
        for _ in 0..50_000 {
            let text = random.text(5, &units);
            let end = text.bytes().position(ends_name).unwrap_or(text.len());
            let mut all = (0..ENTRIES).map(entry);
            let slow =
                all.find(|(known, _)| known.eq_ignore_ascii_case(&text[..end])).map_or(Name::Unknown, |(_, name)| name);
            assert_eq!(read_name(text.as_bytes(), 0), (slow, end), "{text:?}");
        }
    }

    /// A name that shares its last eight bytes or its length with a known one is not that one.
    #[test]
    fn names_that_nearly_match_are_unknown() {
        for name in [
            "xblockquote", "lockquote", "b\0", "\0b", "@", "`", "d[v", "d{v", "div\u{20}", "xforeignobject", "",
            "h\u{11}", "H\u{11} ",
        ] {
            assert_eq!(Name::of(name.as_bytes()), Name::Unknown, "{name:?}");
        }
    }
}
