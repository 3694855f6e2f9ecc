//! The states of the WHATWG tokenizer (13.2.5), each as a function over the bytes that it reads.
//!
//! A state's function takes the short way to the next byte that matters. None looks back, so each byte is looked at a
//! bounded number of times.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2_iter, memmem};

use super::attributes::{Step, Usual, attribute_or_end, ends_name, usual_attribute};
use super::less_than::may_be_less_than;
use super::names::read_name;
use super::reference::last_ampersand;
use super::scan::{blank_end, even_end, text_end};
use super::token::{
    AMPERSAND, ATTRIBUTES, BLANK, CDATA_OPENING, EVEN, HIDDEN, Kind, LESS_THAN, NEAR_ATTRIBUTE, PLAIN, SELF_CLOSING,
    TextKind, Token, WATCHED_ATTRIBUTE, WATCHED_NAME,
};

/// The state that a tokenizer starts in (WHATWG 13.2.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// 13.2.5.1: ordinary markup.
    #[default]
    Data,
    /// 13.2.5.2: up to the end tag of a `title` or `textarea`.
    Rcdata,
    /// 13.2.5.3: up to the end tag of a `style` and its like.
    RawText,
    /// 13.2.5.4: up to the end tag of a `script`.
    ScriptData,
    /// 13.2.5.5: to the end of the input.
    PlainText,
    /// 13.2.5.69: up to `]]>`.
    CdataSection,
}

/// Where the text that starts at `at` in the data state ends, at the next tag, comment or the like, and its flags.
#[inline(always)]
pub(super) fn data_text(bytes: &[u8], at: usize) -> (usize, u16) {
    // The most usual text is the line end between two blocks.
    if bytes[at..].starts_with(b"\n<") && is_markup(bytes, at + 1) {
        return (at + 1, PLAIN | BLANK);
    }
    if bytes[at] < b' ' {
        let end = blank_end(bytes, at);
        if begins_markup(bytes, end) {
            return (end, PLAIN | BLANK);
        }
        return rest_of_text(bytes, text_end(bytes, end), PLAIN);
    }
    let end = even_end(bytes, at);
    if begins_markup(bytes, end) { (end, EVEN | PLAIN) } else { rest_of_text(bytes, end, EVEN | PLAIN) }
}

/// Whether a `<` stands at `at` and begins something other than text.
#[inline(always)]
fn begins_markup(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'<') && is_markup(bytes, at)
}

/// The same for a text that was read up to `end`, where the input ends, or a `<`, an `&` or an uneven byte stands.
#[inline(never)]
fn rest_of_text(bytes: &[u8], mut end: usize, mut flags: u16) -> (usize, u16) {
    loop {
        match bytes.get(end) {
            Some(b'<') if !is_markup(bytes, end) => flags = flags & !(EVEN | PLAIN) | LESS_THAN,
            Some(b'&') => {
                let plain = if may_be_less_than(bytes, end) { 0 } else { PLAIN };
                flags = flags & (!PLAIN | plain) | AMPERSAND;
            }
            None | Some(b'<') => return (end, flags),
            Some(_) => flags &= !EVEN,
        }
        end += 1;
        // What is hostile has them in rows.
        end = match bytes.get(end) {
            Some(b'<') => end,
            Some(b'&') => last_ampersand(bytes, end),
            _ if flags & EVEN == 0 => text_end(bytes, end),
            _ => even_end(bytes, end),
        };
    }
}

/// Whether the `<` at `at` begins something other than text (13.2.5.6, 13.2.5.7).
pub(super) fn is_markup(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at + 1) {
        Some(b'/') => at + 2 < bytes.len(),
        Some(byte) => byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?'),
        None => false,
    }
}

/// The tag that begins at `at`, however it is written; nothing if something else begins there.
#[inline(never)]
pub(super) fn tag(bytes: &[u8], at: usize, watch: &[u8]) -> Option<Token> {
    let rest = bytes.get(at..)?;
    let (slash, first) = match rest {
        [b'<', b'/', first, ..] => (1, first),
        [b'<', first, ..] => (0, first),
        _ => return None,
    };
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let start = at + 1 + slash;
    let (name, end) = read_name(bytes, start);
    let kind = if slash == 1 { Kind::EndTag } else { Kind::StartTag };
    let flags = if name.is_unknown() { unknown_name(&bytes[start..end], watch) } else { PLAIN };
    Some(rest_of_tag(bytes, Token::tag(kind, at..end, name, flags), watch))
}

/// The `</>` at `at` (13.2.5.7). (Asked for before anything else that is no usual tag, for a body may be full of it.)
pub(super) fn nothing(at: usize) -> Token {
    Token::new(Kind::Nothing, at..at + 3).with(PLAIN)
}

/// The token that begins with the `<` at `at`, which is neither text nor a tag nor `</>`. `cdata` tells whether a CDATA
/// section may begin.
pub(super) fn other_markup(bytes: &[u8], at: usize, cdata: bool) -> Token {
    match bytes.get(at + 1..) {
        Some([b'!', ..]) => declaration(bytes, at, cdata),
        _ => Token::new(Kind::Comment, at..after(bytes, at + 2, b'>')),
    }
}

/// The offset after the next `byte`, or the end of the input.
fn after(bytes: &[u8], at: usize, byte: u8) -> usize {
    memchr(byte, &bytes[at..]).map_or(bytes.len(), |found| at + found + 1)
}

/// 13.2.5.42, markup declaration open state: comment, doctype, CDATA section or bogus comment.
fn declaration(bytes: &[u8], at: usize, cdata: bool) -> Token {
    let rest = &bytes[at + 2..];
    if rest.starts_with(b"--") {
        return Token::new(Kind::Comment, at..comment_end(bytes, at + 4));
    }
    if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
        return Token::new(Kind::Doctype, at..after(bytes, at + 9, b'>'));
    }
    if cdata && rest.starts_with(b"[CDATA[") {
        return Token::new(Kind::Cdata, at..cdata_end(bytes, at + 9)).with(CDATA_OPENING);
    }
    Token::new(Kind::Comment, at..after(bytes, at + 2, b'>'))
}

/// The offset after the `]]>` of a CDATA section whose content begins at `at`.
pub(super) fn cdata_end(bytes: &[u8], at: usize) -> usize {
    memmem::find(&bytes[at..], b"]]>").map_or(bytes.len(), |found| at + found + 3)
}

/// 13.2.5.43–51: the offset after a comment whose content begins at `content`. `>` ends it after `--` or `--!` in the
/// content, and at once or after one `-` at its very beginning.
fn comment_end(bytes: &[u8], content: usize) -> usize {
    if bytes[content..].starts_with(b">") {
        return content + 1;
    }
    if bytes[content..].starts_with(b"->") {
        return content + 2;
    }
    for end in memchr_iter(b'>', &bytes[content..]) {
        let text = &bytes[content..content + end];
        if text.ends_with(b"--") || text.ends_with(b"--!") {
            return content + end + 1;
        }
    }
    bytes.len()
}

/// 13.2.5.8 and 13.2.5.32–40: a tag that has been read up to the end of its name.
/// One that the input cuts off is no token.
#[inline(always)]
pub(super) fn rest_of_tag(bytes: &[u8], mut tag: Token, watch: &[u8]) -> Token {
    while bytes.get(tag.end()) != Some(&b'>') {
        if let Some(Usual { name, value }) = usual_attribute(bytes, tag.end()) {
            tag = tag.ending(value.end + 1).with(ATTRIBUTES);
            // No shorter name tells anything.
            if name.len() >= watch.len().min(HIDDEN_NAME.len()) {
                tag = with_attribute(tag, &bytes[name], watch, false);
            }
            continue;
        }
        match attribute_or_end(bytes, tag.end()) {
            Step::Close { end, self_closing } => {
                return tag.ending(end).with(if self_closing { SELF_CLOSING } else { 0 });
            }
            Step::CutOff => return Token::new(Kind::Nothing, tag.start()..bytes.len()),
            Step::Attribute(attribute, end, has_less_than) => {
                tag = with_attribute(tag.ending(end), &bytes[attribute.name], watch, has_less_than);
            }
        }
    }
    tag.ending(tag.end() + 1)
}

const HIDDEN_NAME: &[u8] = b"hidden";
const POPOVER_NAME: &[u8] = b"popover";

/// The tag with one more attribute.
#[inline(always)]
fn with_attribute(tag: Token, name: &[u8], watch: &[u8], has_less_than: bool) -> Token {
    let telling = watched(name, watch) | if has_less_than { LESS_THAN } else { 0 };
    let hides = name.eq_ignore_ascii_case(HIDDEN_NAME) || name.eq_ignore_ascii_case(POPOVER_NAME);
    let hidden = if hides { HIDDEN } else { 0 };
    let tag = tag.with(ATTRIBUTES | telling | hidden);
    if telling == 0 { tag } else { tag.without(PLAIN) }
}

/// Flags for a tag whose name is unknown: if it begins as the watched word does, it may be that word or look like it.
fn unknown_name(name: &[u8], watch: &[u8]) -> u16 {
    if name.eq_ignore_ascii_case(watch) {
        return WATCHED_NAME;
    }
    let firsts = name.first().zip(watch.first());
    let begins_alike = firsts.is_some_and(|(byte, watched)| byte.eq_ignore_ascii_case(watched));
    if begins_alike || name.contains(&b'<') { 0 } else { PLAIN }
}

/// Flags for an attribute whose name is the watched word, or begins or ends in it.
#[inline(always)]
fn watched(name: &[u8], watch: &[u8]) -> u16 {
    if watch.is_empty() || name.len() < watch.len() {
        return 0;
    }
    let (head, tail) = (&name[..watch.len()], &name[name.len() - watch.len()..]);
    match tail.eq_ignore_ascii_case(watch) {
        true if name.len() == watch.len() => WATCHED_ATTRIBUTE,
        true => NEAR_ATTRIBUTE,
        false if head.eq_ignore_ascii_case(watch) => NEAR_ATTRIBUTE,
        false => 0,
    }
}

/// The text from `at` to the end tag that closes `element`, and flags (13.2.5.9–14; for scripts 13.2.5.15–31).
pub(super) fn raw_text(bytes: &[u8], at: usize, kind: TextKind, element: &[u8]) -> Token {
    let end = match kind {
        TextKind::Data | TextKind::PlainText => bytes.len(),
        TextKind::Script => script_end(bytes, at, element),
        TextKind::Rcdata | TextKind::RawText => raw_text_end(bytes, at, element),
    };
    let ampersand = kind == TextKind::Rcdata && memchr(b'&', &bytes[at..end]).is_some();
    Token::new(Kind::Text(kind), at..end).with(if ampersand { AMPERSAND } else { 0 })
}

/// Where the first end tag called `element` begins at or after `at`.
pub(super) fn raw_text_end(bytes: &[u8], at: usize, element: &[u8]) -> usize {
    let mut candidates = memchr_iter(b'<', &bytes[at..]).map(|found| at + found);
    candidates.find(|&tag| is_end_tag(bytes, tag, element)).unwrap_or(bytes.len())
}

/// Whether bytes that would end the raw text of `element` stand anywhere in `bytes`.
pub(crate) fn has_end_tag(bytes: &[u8], element: &[u8]) -> bool {
    memchr_iter(b'<', bytes).any(|at| {
        let name = at + 2..at + 2 + element.len();
        bytes.get(at + 1) == Some(&b'/') && bytes.get(name).is_some_and(|name| name.eq_ignore_ascii_case(element))
    })
}

/// Whether an end tag called `element` begins at `at`. None does where no start tag came before.
fn is_end_tag(bytes: &[u8], at: usize, element: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic();
    element.first().is_some_and(is_letter) && bytes.get(at + 1) == Some(&b'/') && is_name(bytes, at + 2, element)
}

/// Whether the name `element`, in any case, stands whole at `at`.
fn is_name(bytes: &[u8], at: usize, element: &[u8]) -> bool {
    let Range { start, end } = at..at + element.len();
    bytes.get(start..end).is_some_and(|name| name.eq_ignore_ascii_case(element))
        && bytes.get(end).is_some_and(|&byte| ends_name(byte))
}

/// Where a script ends. `<!--` escapes; in what is escaped, `<script` escapes doubly, and there `</script` does not end
/// the script but the double escape; `-->` ends either. The dashes of `<!--` may be those of `-->`.
fn script_end(bytes: &[u8], start: usize, element: &[u8]) -> usize {
    #[derive(PartialEq)]
    enum Escape {
        None,
        Single,
        Double,
    }
    let mut escape = Escape::None;
    for at in memchr2_iter(b'<', b'>', &bytes[start..]).map(|found| start + found) {
        if bytes[at] == b'>' {
            if bytes[start..at].ends_with(b"--") {
                escape = Escape::None;
            }
        } else if bytes[at..].starts_with(b"<!--") {
            if escape == Escape::None {
                escape = Escape::Single;
            }
        } else if escape == Escape::Double {
            if is_end_tag(bytes, at, b"script") {
                escape = Escape::Single;
            }
        } else if is_end_tag(bytes, at, element) {
            return at;
        } else if escape == Escape::Single && is_name(bytes, at + 1, b"script") {
            escape = Escape::Double;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::super::names::{first_word, usual_opening};
    use super::*;
    use crate::random::Random;

    /// The slow twin looks for the next markup byte by byte, and then for each thing that a flag denies.
    #[test]
    fn texts_end_where_markup_begins_and_are_flagged_by_what_is_in_them() {
        let units = [
            "a", " ", "  ", "\n", "é", "▇", "<", "< ", "</", "<b>", "<!", "&", "&amp;", "&lt;", "\0", "\u{1F}",
            "\u{7F}", "words in a row", " and on ",
        ];
        let (mut random, mut even, mut blank) = (Random::new(3), 0, 0);
        for _ in 0..50_000 {
            let text = random.text(9, &units);
            let bytes = text.as_bytes();
            if bytes.is_empty() || (bytes[0] == b'<' && is_markup(bytes, 0)) {
                continue;
            }
            let (end, flags) = data_text(bytes, 0);
            let slow_end =
                (0..bytes.len()).find(|&at| bytes[at] == b'<' && is_markup(bytes, at)).unwrap_or(bytes.len());
            assert_eq!(end, slow_end, "{text:?}");
            let text = &bytes[..end];
            let is_odd = |at: usize| matches!(text[at], 0..b' ' | b'<') || text[at..].starts_with(b"  ");
            assert_eq!(flags & EVEN != 0, !(0..end).any(is_odd), "{text:?}");
            if flags & BLANK != 0 {
                assert!(text.iter().all(|&byte| b" \t\r\n".contains(&byte)), "{text:?}");
                blank += 1;
            }
            assert_eq!(flags & AMPERSAND != 0, text.contains(&b'&'), "{text:?}");
            assert_eq!(flags & LESS_THAN != 0, text.contains(&b'<'), "{text:?}");
            even += usize::from(flags & EVEN != 0);
        }
        assert!(even > 5_000 && blank > 300, "{even} {blank}");
    }

    /// The slow twin reads the name byte by byte.
    #[test]
    fn usual_openings_read_the_same_tag_as_the_long_way() {
        let units =
            ["b", "P", "div", "redact", "redact", "r", "svg", "h1", "blockquote", "-", "{", "@", "é", "\0", "<"];
        let stops = [">", ">", " ", "/>", "\n", " x=1>", " redact>", " data-redact='<'>", "", "="];
        let (mut random, mut usual) = (Random::new(5), 0);
        for _ in 0..50_000 {
            let opening = if random.below(2) == 0 { "<" } else { "</" };
            let (names, stop) = (random.below(3), stops[random.below(stops.len())]);
            let text = format!("{opening}{}{stop} and as much as it takes", random.text(names, &units));
            let (bytes, watch) = (text.as_bytes(), b"redact");
            let Some(opening) = usual_opening(bytes, 0).filter(|opening| ends_name(opening.stop)) else { continue };
            let slow = tag(bytes, 0, watch).expect("a tag begins");
            assert!(slow.is_truthful(&text), "{text:?}");
            let fast = rest_of_tag(bytes, opening.tag(0, first_word(watch)), watch);
            assert_eq!((fast, fast.is_plain()), (slow, slow.is_plain()), "{text:?}");
            if opening.stop == b'>' && opening.is_idle {
                assert_eq!((opening.bare(0), true), (slow, slow.is_plain()), "{text:?}");
            }
            usual += 1;
        }
        assert!(usual > 9_000, "{usual}");
    }
}
