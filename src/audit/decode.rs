//! Ways to write a text so that a plain search passes over it, undone (rule C50).
//!
//! Each decoder takes a view and gives another one, whose offsets lead as far back as those of the first.

use crate::html::reference_at;

#[cfg(feature = "serde")]
use super::base64::base64_word;
use super::view::{Bytes, GAP, View};

/// Undoes character references: `&#65;`. Nothing if there is none.
///
/// This and the two that follow are apart, since one is written within the other: of `%C3&#37;A9` half would be decoded
/// too early.
pub(super) fn references(view: &View) -> Option<View> {
    let bytes = view.text().as_bytes();
    each(view, b'&', |at, decoded| {
        let reference = reference_at(bytes, at, false)?;
        reference.chars().iter().for_each(|&c| decoded.push_char(c, view.origin(at)));
        Some(at + reference.len())
    })
}

/// A text with a gap for each character reference that has its semicolon, to be searched where references are not
/// decoded, or only some: `39` is not in `it&#39;s`. Nothing if there is none.
pub(super) fn without_references(view: &View) -> Option<View> {
    let bytes = view.text().as_bytes();
    each(view, b'&', |at, decoded| {
        let end = at + reference_at(bytes, at, false)?.len();
        let name = bytes.get(at + 1..end)?.strip_suffix(b";")?;
        // A longer number is more likely somebody's, of a card or a phone, than that of a character.
        let is_long = name
            .strip_prefix(b"#")
            .is_some_and(|number| number.iter().filter(|byte| byte.is_ascii_hexdigit()).count() > 5);
        (!is_long).then(|| {
            decoded.push_char(GAP, view.origin(at));
            end
        })
    })
}

/// Undoes percent-encoding: `%41` (RFC 3986, 2.1), and `%u0041`, as old scripts write it (ECMAScript, B.2.1.1). Nothing
/// if there is none.
pub(super) fn percent(view: &View) -> Option<View> {
    let bytes = view.text().as_bytes();
    each(view, b'%', |at, decoded| {
        if let Some((number, end)) = hex(bytes, at + 1, 2, 2) {
            decoded.push(&[number as u8], view.origin(at));
            return Some(end);
        }
        let (number, end) = utf16(bytes, at, b"%u")?;
        decoded.push_char(char::from_u32(number)?, view.origin(at));
        Some(end)
    })
}

/// Undoes the `+` that stands for a space in the query of a URL (WHATWG URL 5.1). Nothing if there is none. Anywhere
/// else it stands for itself: in a picture in base64 every two characters stand between two of them.
pub(super) fn form(view: &View) -> Option<View> {
    let bytes = view.text().as_bytes();
    memchr::memchr(b'?', bytes)?;
    // Up to where the last query was looked for, and whether it goes on there.
    let (mut seen, mut is_query) = (0, false);
    each(view, b'+', |at, decoded| {
        for byte in &bytes[seen..at] {
            // The last of these is how a gap begins.
            let ends = byte.is_ascii_whitespace() || matches!(byte, b'#' | b'"' | b'\'' | b'<' | b'>' | 0xEF);
            is_query = *byte == b'?' || is_query && !ends;
        }
        seen = at;
        is_query.then(|| {
            decoded.push(b" ", view.origin(at));
            at + 1
        })
    })
}

/// `text` without its percent-encoding; nothing if it has none.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    text_by(percent, text)
}

/// Undoes the escapes of scripts, JSON, style sheets and Markdown: `\u0041`, `\x41`, `\41 `, `\"`, `\_`. Nothing if
/// there is none.
pub(super) fn backslash(view: &View) -> Option<View> {
    each(view, b'\\', |at, decoded| {
        let bytes = view.text().as_bytes();
        // A byte of UTF-8 or of Latin-1: all of them together tell which.
        if bytes.get(at + 1) == Some(&b'x') {
            let (byte, end) = hex(bytes, at + 2, 2, 2)?;
            decoded.push(&[byte as u8], view.origin(at));
            return Some(end);
        }
        let (c, end) = escaped(bytes, at + 1)?;
        decoded.push_char(c, view.origin(at));
        Some(end)
    })
}

/// The text that [`backslash`] makes of `text`; nothing if it has no escapes.
#[cfg(feature = "serde")]
pub(crate) fn backslash_decoded(text: &str) -> Option<String> {
    text_by(backslash, text)
}

/// The text that a decoder makes of `text`.
fn text_by(decoder: impl Fn(&View) -> Option<View>, text: &str) -> Option<String> {
    decoder(&View::of(text, 0)).map(View::into_text)
}

/// Undoes quoted-printable: `=41`, and `=` at the end of a line (RFC 2045, 6.7). Nothing if there is none.
pub(super) fn quoted_printable(view: &View) -> Option<View> {
    let bytes = view.text().as_bytes();
    each(view, b'=', |at, decoded| match bytes.get(at + 1..) {
        Some([b'\r', b'\n', ..]) => Some(at + 3),
        Some([b'\n', ..]) => Some(at + 2),
        _ => {
            let (number, end) = hex(bytes, at + 1, 2, 2)?;
            decoded.push(&[number as u8], view.origin(at));
            Some(end)
        }
    })
}

/// The longest encoded word of a mail's head is 75 characters; some programs write longer ones.
#[cfg(feature = "serde")]
const LONGEST_WORD: usize = 1024;

/// `text` with its encoded words decoded, `=?utf-8?Q?J=C3=B6rg?=` (RFC 2047); nothing if there is none. Programs cut
/// long texts into several words, also between the bytes of a letter.
#[cfg(feature = "serde")]
pub(crate) fn words_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let words = |view: &View| {
        let mut word_decoded = Vec::new();
        each(view, b'=', |at, decoded| {
            let word = bytes.get(at..)?.strip_prefix(b"=?")?;
            let mut parts = word[..word.len().min(LONGEST_WORD)].splitn(3, |byte| *byte == b'?');
            let (charset, encoding, rest) = (parts.next()?, parts.next()?, parts.next()?);
            let content = &rest[..memchr::memmem::find(rest, b"?=")?];
            match encoding {
                b"q" | b"Q" => q_decoded(content, &mut word_decoded),
                b"b" | b"B" => base64_word(content, &mut word_decoded)?,
                _ => return None,
            }
            word_decoded.iter().for_each(|&byte| decoded.push(&[byte], at));
            let end = at + b"=????=".len() + charset.len() + encoding.len() + content.len();
            // White space between two of them only parts lines.
            let rest = bytes[end..].trim_ascii_start();
            Some(if rest.starts_with(b"=?") { bytes.len() - rest.len() } else { end })
        })
    };
    text_by(words, text)
}

/// Decodes the content of an encoded word, much like quoted-printable.
#[cfg(feature = "serde")]
fn q_decoded(content: &[u8], decoded: &mut Vec<u8>) {
    decoded.clear();
    let mut at = 0;
    while let Some(&byte) = content.get(at) {
        let escaped = if byte == b'=' { hex(content, at + 1, 2, 2) } else { None };
        let (byte, length) = match (byte, escaped) {
            (_, Some((number, _))) => (number as u8, 3),
            (b'_', _) => (b' ', 1),
            _ => (byte, 1),
        };
        decoded.push(byte);
        at += length;
    }
}

/// Decodes what begins with `lead`, where `decode` tells where that ends.
fn each(view: &View, lead: u8, mut decode: impl FnMut(usize, &mut Bytes) -> Option<usize>) -> Option<View> {
    let bytes = view.text().as_bytes();
    let mut leads = memchr::memchr_iter(lead, bytes).peekable();
    leads.peek()?;
    let mut decoded = Bytes::with_capacity(bytes.len());
    let (mut from, mut is_changed) = (0, false);
    for at in leads {
        if at < from {
            continue;
        }
        decoded.copy(view, from, at);
        from = at;
        if let Some(end) = decode(at, &mut decoded) {
            (from, is_changed) = (end, true);
        }
    }
    decoded.copy(view, from, bytes.len());
    is_changed.then(|| decoded.into_view())
}

/// What a backslash stands for with what follows it, and where that ends: escapes of scripts and of style sheets.
fn escaped(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let (number, end) = match bytes.get(at)? {
        b'u' if bytes.get(at + 1) == Some(&b'{') => {
            let (number, end) = hex(bytes, at + 2, 1, 6)?;
            (number, end + usize::from(bytes.get(end) == Some(&b'}')))
        }
        b'u' => utf16(bytes, at - 1, b"\\u")?,
        // Line ends as such: they are no part of base64, and in quoted-printable they end what `=` begins.
        b't' => (u32::from(b'\t'), at + 1),
        b'n' => (u32::from(b'\n'), at + 1),
        b'r' => (u32::from(b'\r'), at + 1),
        sign if sign.is_ascii_punctuation() => (u32::from(*sign), at + 1),
        // CSS Syntax 3, 4.3.7: up to six digits and one white space. One digit alone is left: `\a` is often a path.
        _ => {
            let (number, end) = hex(bytes, at, 2, 6)?;
            (number, end + usize::from(bytes.get(end).is_some_and(u8::is_ascii_whitespace)))
        }
    };
    char::from_u32(number).map(|c| (c, end))
}

/// The character of four hexadecimal digits that follow `lead` at `at`, or of two such escapes that are a surrogate
/// pair, and where it ends.
fn utf16(bytes: &[u8], at: usize, lead: &[u8; 2]) -> Option<(u32, usize)> {
    let unit = |at: usize| bytes.get(at..at + 2).filter(|next| next == lead).and_then(|_| hex(bytes, at + 2, 4, 4));
    let (first, end) = unit(at)?;
    match (first, unit(end)) {
        (0xd800..0xdc00, Some((low @ 0xdc00..0xe000, end))) => {
            Some((0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00), end))
        }
        _ => Some((first, end)),
    }
}

/// The number of `min` to `max` hexadecimal digits at `at`, and where it ends.
fn hex(bytes: &[u8], at: usize, min: usize, max: usize) -> Option<(u32, usize)> {
    let digits = bytes.get(at..)?.iter().take(max).map_while(|&byte| char::from(byte).to_digit(16));
    let (number, count) = digits.fold((0, 0), |(number, count), digit| (number * 16 + digit, count + 1));
    (count >= min).then_some((number, at + count))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use super::{View, backslash, form, percent, quoted_printable, references};

    fn view(text: &str) -> View {
        View::of(text, 100)
    }

    #[track_caller]
    fn gives(decoded: Option<View>, text: &str, origins: &[usize]) {
        let decoded = decoded.expect("something was decoded");
        assert_eq!(decoded.text(), text);
        assert_eq!((0..text.len()).map(|at| decoded.origin(at)).collect::<Vec<_>>(), origins);
    }

    #[test]
    fn escapes_of_every_kind_are_undone() {
        gives(references(&view("jo&#64;x&amp;")), "jo@x&", &[100, 101, 102, 107, 108]);
        gives(percent(&view("j%6f%40x")), "jo@x", &[100, 101, 104, 107]);
        gives(percent(&view("%C3%A9%E9")), "éé", &[100, 101, 106, 107]);
        gives(percent(&view("%u0041%u00e9x")), "Aéx", &[100, 106, 107, 112]);
        gives(percent(&view("%ud83d%ude00")), "😀", &[100, 101, 102, 103]);
        gives(backslash(&view(r"\u0041\x42\43 \u{44}")), "ABCD", &[100, 106, 110, 114]);
        gives(backslash(&view(r"\xc3\xa9\xe9")), "éé", &[100, 101, 108, 109]);
        gives(backslash(&view(r"a\_b\.c")), "a_b.c", &[100, 101, 103, 104, 106]);
        for decoder in [references, percent, backslash] {
            assert!(decoder(&view(r"100% & C:\a \u12 \x1 %4")).is_none());
        }
    }

    #[test]
    fn a_plus_is_a_space_in_a_query_alone() {
        gives(form(&view("+/a+?b+c")), "+/a+?b c", &[100, 101, 102, 103, 104, 105, 106, 107]);
        let decoded = form(&view("?a=b+c++d#e+f")).expect("a query has them");
        assert_eq!(decoded.text(), "?a=b c  d#e+f");
        for text in ["a+b", "a? b+c", "?a\u{FFFF}b+c", "'?'+x", "?"] {
            assert!(form(&view(text)).is_none(), "{text}");
        }
    }

    #[test]
    fn quoted_printable_is_undone() {
        gives(quoted_printable(&view("j=6F=\r\n=40=\nx")), "jo@x", &[100, 101, 107, 112]);
        assert!(quoted_printable(&view("a=b, c= d=")).is_none());
    }
}
