//! Character references (WHATWG 13.2.5.72 to 13.2.5.80), over the table of the crate `entities`.

use entities::{Codepoints, ENTITIES};

use super::numeric::numeric;

/// A character reference: how long it is in the source and what it stands for.
// Small enough to be handed over in registers: through memory, a text of references took a third more time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    len: u32,
    /// The second is a NUL if there is none.
    chars: [char; 2],
}

impl Reference {
    const fn single(len: usize, c: char) -> Self {
        Self { len: len as u32, chars: [c, '\0'] }
    }

    /// Its length in bytes, with the `&` and, where it has one, the `;`.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    /// The one or two characters that it stands for.
    #[inline]
    pub(crate) fn chars(&self) -> &[char] {
        if self.chars[1] == '\0' { &self.chars[..1] } else { &self.chars }
    }

    /// The character that it stands for, if that is one.
    #[inline]
    pub(crate) fn only_char(&self) -> Option<char> {
        (self.chars[1] == '\0').then_some(self.chars[0])
    }

    /// What it stands for, written into `buffer`.
    pub(crate) fn text<'b>(&self, buffer: &'b mut [u8; 8]) -> &'b str {
        if let Some(only) = self.only_char() {
            return only.encode_utf8(buffer);
        }
        let middle = self.chars[0].encode_utf8(buffer).len();
        let end = middle + self.chars[1].encode_utf8(&mut buffer[middle..]).len();
        std::str::from_utf8(&buffer[..end]).unwrap_or_default()
    }
}

/// Reads the reference whose `&` stands at `at`; nothing if the `&` is only an ampersand.
///
/// A name that is known without its semicolon counts as long as it can be read, `&notit;` as `¬it;`, but in an
/// attribute not before `=` or an ASCII letter or digit: old links hold `?a=b&copy=c` (13.2.5.73).
///
/// The work is bounded by the longest name, and for numbers by the bytes consumed.
#[inline]
pub(crate) fn reference_at(bytes: &[u8], at: usize, in_attribute: bool) -> Option<Reference> {
    let rest = bytes.get(at + 1..)?;
    // Most of what is not a reference is seen at once, such as `a & b`.
    if !matches!(rest.first(), Some(b'#' | b'A'..=b'Z' | b'a'..=b'z')) {
        return None;
    }
    // These make up nearly all references of real mail.
    match rest {
        [b'n', b'b', b's', b'p', b';', ..] => Some(Reference::single(6, '\u{A0}')),
        [b'a', b'm', b'p', b';', ..] => Some(Reference::single(5, '&')),
        [b'l', b't', b';', ..] => Some(Reference::single(4, '<')),
        [b'g', b't', b';', ..] => Some(Reference::single(4, '>')),
        [b'q', b'u', b'o', b't', b';', ..] => Some(Reference::single(6, '"')),
        [b'#', digits @ ..] => numeric(digits).map(|(c, len)| Reference::single("&#".len() + len, c)),
        rest @ [first, second, ..] => named(rest, cell(*first, *second), in_attribute),
        _ => None,
    }
}

/// Adds `text` with its character references decoded.
pub(crate) fn push_decoded(text: &str, decoded: &mut String) {
    let bytes = text.as_bytes();
    let (mut at, mut kept) = (0, 0);
    while let Some(next) = memchr::memchr(b'&', &bytes[at..]).map(|found| at + found) {
        at = next + 1;
        if let Some(reference) = reference_at(bytes, next, false) {
            decoded.push_str(&text[kept..next]);
            decoded.extend(reference.chars());
            at = next + reference.len();
            kept = at;
        }
    }
    decoded.push_str(&text[kept..]);
}

/// Where the last ampersand stands in the row of ampersands that begins at `at`.
/// No other of them can begin a reference.
#[inline]
pub(crate) fn last_ampersand(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at + 1) == Some(&b'&') {
        at += 1;
    }
    at
}

/// The longest name that `rest`, the bytes after the `&`, begins with (13.2.5.73). All names of the cell begin with the
/// two bytes that `rest` begins with.
///
/// The names are sorted: those that share a prefix stand side by side, and a name stands before those that it is a
/// prefix of. So the candidates are narrowed byte by byte until few are left, and of these the last that fits is the
/// longest. (With one step for the last few, `&nbsp` takes half of what it took.)
fn named(rest: &[u8], cell: usize, in_attribute: bool) -> Option<Reference> {
    const FEW: usize = 6;
    let mut candidates = INDEX.sorted.get(cell_range(cell))?;
    let mut longest = None;
    let mut len = 2;
    while candidates.len() > FEW
        && let Some((&first, others)) = candidates.split_first()
    {
        if name(first).len() == len {
            longest = Some(first);
            candidates = others;
        }
        let byte = rest.get(len).copied();
        let next = |&candidate: &u16| name(candidate).get(len).copied();
        let from = candidates.partition_point(|candidate| next(candidate) < byte);
        candidates = &candidates[from..];
        candidates = &candidates[..candidates.partition_point(|candidate| next(candidate) == byte)];
        len += 1;
    }
    let found = candidates.iter().copied().rfind(|&candidate| rest.starts_with(name(candidate))).or(longest)?;
    let len = name(found).len();
    let complete = rest.get(len - 1) == Some(&b';');
    if in_attribute && !complete && rest.get(len).is_some_and(|&byte| byte == b'=' || byte.is_ascii_alphanumeric()) {
        return None;
    }
    let char_of = |point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER);
    let chars = match ENTITIES.get(usize::from(found))?.codepoints {
        Codepoints::Single(point) => [char_of(point), '\0'],
        Codepoints::Double(first, second) => [char_of(first), char_of(second)],
    };
    Some(Reference { len: len as u32 + 1, chars })
}

/// The name of an entry of the table, without its `&`.
fn name(entry: u16) -> &'static [u8] {
    ENTITIES.get(usize::from(entry)).and_then(|entity| entity.entity.as_bytes().get(1..)).unwrap_or_default()
}

/// The entries of the table in the order of their bytes. A cell holds those whose names begin with the same two bytes.
struct Index {
    sorted: [u16; ENTITIES_LEN],
    /// Where each cell begins in `sorted`; it ends where the next begins.
    starts: [u16; CELLS + 1],
}

const ENTITIES_LEN: usize = 2231;
const CELLS: usize = 64 * 64;

/// Every name begins with two letters; bytes that are none have cells of their own, which stay empty.
const fn cell(first: u8, second: u8) -> usize {
    (key(first) as usize) << 6 | key(second) as usize
}

const fn key(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A' + 1,
        b'a'..=b'z' => byte - b'a' + 27,
        _ => 0,
    }
}

fn cell_range(cell: usize) -> std::ops::Range<usize> {
    match INDEX.starts.get(cell..cell + 2) {
        Some(&[start, end]) => usize::from(start)..usize::from(end),
        _ => 0..0,
    }
}

/// Built by the compiler: a counting sort into cells, then an insertion sort in each.
static INDEX: Index = {
    let mut starts = [0; CELLS + 1];
    let mut entry = 0;
    while entry < ENTITIES_LEN {
        let name = ENTITIES[entry].entity.as_bytes();
        starts[cell(name[1], name[2]) + 1] += 1;
        entry += 1;
    }
    let mut index = 0;
    while index < CELLS {
        starts[index + 1] += starts[index];
        index += 1;
    }

    let mut sorted = [0; ENTITIES_LEN];
    let mut filled = [0; CELLS];
    let mut entry = 0;
    while entry < ENTITIES_LEN {
        let name = ENTITIES[entry].entity.as_bytes();
        let cell = cell(name[1], name[2]);
        let start = starts[cell] as usize;
        let mut place = start + filled[cell];
        while place > start && less(name, ENTITIES[sorted[place - 1] as usize].entity.as_bytes()) {
            sorted[place] = sorted[place - 1];
            place -= 1;
        }
        sorted[place] = entry as u16;
        filled[cell] += 1;
        entry += 1;
    }
    Index { sorted, starts }
};

/// Whether `left` comes before `right` in the order of bytes.
const fn less(left: &[u8], right: &[u8]) -> bool {
    let mut index = 0;
    while index < left.len() && index < right.len() {
        if left[index] != right[index] {
            return left[index] < right[index];
        }
        index += 1;
    }
    left.len() < right.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5ever::tendril::StrTendril;
    use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer};
    use std::cell::RefCell;

    fn text_of(reference: &Reference) -> String {
        reference.chars().iter().collect()
    }

    #[track_caller]
    fn check(source: &str, in_attribute: bool, expected: Option<(usize, &str)>) {
        let found = reference_at(source.as_bytes(), 0, in_attribute);
        assert_eq!(
            found.map(|found| (found.len(), text_of(&found))),
            expected.map(|(len, text)| (len, text.to_owned()))
        );
    }

    #[test]
    fn every_name_of_the_table_stands_for_its_characters() {
        for entity in &ENTITIES {
            check(entity.entity, false, Some((entity.entity.len(), entity.characters)));
        }
    }

    #[test]
    fn the_longest_name_wins() {
        check("&notit;", false, Some((4, "¬")));
        check("&notin;", false, Some((7, "∉")));
        check("&notindot;", false, Some((10, "⋵\u{338}")));
        check("&notindot", false, Some((4, "¬")));
        check("&ampx", false, Some((4, "&")));
        check("&amp;amp;", false, Some((5, "&")));
        check("&NotEqualTilde;", false, Some((15, "≂\u{338}")));
        check("&CounterClockwiseContourIntegral;", false, Some((33, "∳")));
    }

    #[test]
    fn what_is_no_reference_is_an_ampersand() {
        for source in
            ["&", "& ", "&;", "&a", "&zz;", "&#", "&#;", "&#x", "&#x;", "&#xg", "&nbs", "&Nbsp;", "&é", "&1a;", "&g"]
        {
            check(source, false, None);
        }
        check("&CounterClockwiseContourIntegral", false, None);
        assert_eq!(reference_at(b"", 0, false), None);
        assert_eq!(reference_at(b"&", 7, false), None);
        assert_eq!(reference_at(b"&", usize::MAX - 1, false), None);
    }

    #[test]
    fn attributes_keep_their_query_strings() {
        check("&copy=1", true, None);
        check("&copy1", true, None);
        check("&copyx", true, None);
        check("&notit;", true, None);
        check("&copy;=1", true, Some((6, "©")));
        check("&copy", true, Some((5, "©")));
        check("&copy&", true, Some((5, "©")));
        check("&copy=1", false, Some((5, "©")));
        check("&#65=", true, Some((4, "A")));
    }

    #[test]
    fn numbers_follow_the_table_of_the_standard() {
        check("&#65;", false, Some((5, "A")));
        check("&#65x", false, Some((4, "A")));
        check("&#x41;", false, Some((6, "A")));
        check("&#X1f469;", false, Some((9, "\u{1F469}")));
        check("&#0;", false, Some((4, "\u{FFFD}")));
        check("&#x110000;", false, Some((10, "\u{FFFD}")));
        check("&#xD800;", false, Some((8, "\u{FFFD}")));
        check("&#xdfff;", false, Some((8, "\u{FFFD}")));
        check("&#x80;", false, Some((6, "€")));
        check("&#x81;", false, Some((6, "\u{81}")));
        check("&#159;", false, Some((6, "Ÿ")));
        check("&#13;", false, Some((5, "\r")));
        check("&#xFFFE;", false, Some((8, "\u{FFFE}")));
        check("&#x00000000000000000041;", false, Some((24, "A")));
        check(&format!("&#{};", "9".repeat(100_000)), false, Some((100_003, "\u{FFFD}")));
    }

    #[test]
    fn cut_and_lengthened_names_read_as_html5ever_reads_them() {
        let mut numbers: Vec<String> = (0..0x300).map(|number| format!("&#{number}")).collect();
        numbers.extend([0xD7FF, 0xD800, 0xE000, 0xFFFF, 0x10FFFF, 0x110000].map(|number| format!("&#x{number:x}")));
        let names = ENTITIES.iter().map(|entity| entity.entity.to_owned());
        // A name cut by a byte is where longest-prefix search goes wrong first.
        let cut = ENTITIES.iter().map(|entity| entity.entity[..entity.entity.len() - 1].to_owned());
        for name in names.chain(cut).chain(numbers) {
            for next in ["", ";", "=", "a", "Z", "0", " ", "<", "&", "&lt;", "é", "\"", "in;"] {
                let source = format!("{name}{next}");
                if !next.contains('<') {
                    assert_eq!(decoded(&source, false), peer(&source), "{source}");
                }
                if !next.contains('"') {
                    assert_eq!(decoded(&source, true), peer(&format!("<a b=\"{source}\">")), "{source}");
                }
            }
        }
    }

    fn decoded(source: &str, in_attribute: bool) -> String {
        let mut text = String::new();
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let reference = if c == '&' { reference_at(source.as_bytes(), at, in_attribute) } else { None };
            match reference {
                Some(reference) => {
                    text.extend(reference.chars());
                    at += reference.len();
                }
                None => {
                    text.push(c);
                    at += c.len_utf8();
                }
            }
        }
        text
    }

    /// The text and the attribute values that html5ever's tokenizer sees.
    fn peer(source: &str) -> String {
        #[derive(Default)]
        struct Sink(RefCell<String>);
        impl TokenSink for Sink {
            type Handle = ();
            fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
                let mut text = self.0.borrow_mut();
                match token {
                    Token::CharacterTokens(chars) => text.push_str(&chars),
                    Token::NullCharacterToken => text.push('\0'),
                    Token::TagToken(tag) => tag.attrs.iter().for_each(|attribute| text.push_str(&attribute.value)),
                    _ => {}
                }
                TokenSinkResult::Continue
            }
        }
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(source));
        let tokenizer = Tokenizer::new(Sink::default(), Default::default());
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }
}
