//! Base64, undone wherever it may stand (rule C50).

use std::ops::Range;

use super::utf16::{Rows, push_utf16};
use super::view::{Bytes, GAP, View};

/// The fewest bytes that can hold a secret, and the fewest symbols that hold them.
const SHORTEST_TEXT: usize = 4;
const SHORTEST_BASE64: usize = 6;

/// Undoes base64 (RFC 4648, either alphabet, with line ends in it), read from each of the four symbols at which a group
/// can begin: what stands before the text need not be part of it. Most words decode to noise, of which only stretches
/// that can be text are kept, with a gap after each.
/// UTF-16 is read in these `rows`, if the secrets have any.
pub(super) fn base64(view: &View, rows: Option<&Rows>) -> Vec<View> {
    base64_where(view, rows, SHORTEST_BASE64, |_| true)
}

/// What [`base64`] makes of `text`, if it may hold a text of so many bytes; nothing if it may not.
#[cfg(feature = "serde")]
pub(crate) fn base64_decoded(text: &str, shortest: usize) -> Option<String> {
    // Three bytes are four symbols.
    let symbols = shortest.saturating_mul(4).div_ceil(3).max(SHORTEST_BASE64);
    let views = base64_where(&View::of(text, 0), None, symbols, |_| true);
    // A letter parts numbers.
    let texts = views.into_iter().map(|view| view.into_text().replace(GAP, "\n|x|\n"));
    Some(texts.collect::<String>()).filter(|decoded| !decoded.is_empty())
}

/// Decodes base64 that is known to be that, up to the signs that fill its last group; nothing if there is another.
#[cfg(feature = "serde")]
pub(super) fn base64_word(mut symbols: &[u8], decoded: &mut Vec<u8>) -> Option<()> {
    while let [rest @ .., b'='] = symbols {
        symbols = rest;
    }
    let are_all = symbols.iter().all(|&symbol| SYMBOLS[usize::from(symbol)] != NO_SYMBOL);
    are_all.then(|| decode_symbols(symbols, decoded))
}

/// The same for what [`base64`] could not find in the text that this view was decoded from.
pub(super) fn base64_in_decoded(view: &View, rows: Option<&Rows>) -> Vec<View> {
    // What was decoded begins where it is written and ends elsewhere: at the end of a range, only the next byte tells.
    base64_where(view, rows, SHORTEST_BASE64, |Range { start, end }| {
        end == view.text().len() || view.stretches(start..end + 1).nth(1).is_some()
    })
}

/// The same for those ranges that are `wanted`, of at least `shortest` symbols.
fn base64_where(view: &View, rows: Option<&Rows>, shortest: usize, wanted: impl Fn(Range<usize>) -> bool) -> Vec<View> {
    let bytes = view.text().as_bytes();
    let mut phases: [Bytes; 4] = std::array::from_fn(|_| Bytes::default());
    // Symbols in a row, without the line ends between them.
    let (mut symbols, mut noise) = (Bytes::default(), Vec::new());
    let (mut start, mut at) = (0, 0);
    let is_none = |&byte: &u8| SYMBOLS[usize::from(byte)] == NO_SYMBOL;
    while at < bytes.len() {
        // A range that is long enough goes over the last byte that it must have.
        if symbols.bytes().is_empty() {
            let Some(last) = bytes.get(at.saturating_add(shortest - 1)) else { break };
            if is_none(last) && !matches!(last, b'\r' | b'\n') {
                at += shortest;
                start = at;
                continue;
            }
        }
        let end = bytes[at..].iter().position(is_none).map_or(bytes.len(), |found| at + found);
        symbols.push(&bytes[at..end], at);
        at = end + 1;
        if matches!(bytes.get(end), Some(b'\r' | b'\n')) && at < bytes.len() {
            continue;
        }
        let length = symbols.bytes().len();
        if length >= shortest && wanted(start..end) {
            for (phase, decoded) in
                phases.iter_mut().enumerate().take_while(|(phase, _)| length >= phase + SHORTEST_BASE64)
            {
                decode_symbols(&symbols.bytes()[phase..], &mut noise);
                let origin = |at: usize| view.origin(symbols.origin(phase + at / 3 * 4 + at % 3));
                push_text(&noise, origin, decoded);
                if let Some(rows) = rows {
                    push_utf16(&noise, rows, origin, decoded);
                }
            }
        }
        symbols.clear();
        start = at;
    }
    phases.into_iter().filter(|decoded| !decoded.bytes().is_empty()).map(Bytes::into_view).collect()
}

fn decode_symbols(symbols: &[u8], noise: &mut Vec<u8>) {
    let decode = |group: &[u8]| {
        let number = group.iter().fold(0, |number, &symbol| number << 6 | u32::from(SYMBOLS[usize::from(symbol)]));
        let [_, bytes @ ..] = (number << (6 * (4 - group.len()))).to_be_bytes();
        bytes
    };
    noise.clear();
    let (groups, rest) = symbols.as_chunks::<4>();
    groups.iter().for_each(|group| noise.extend_from_slice(&decode(group)));
    if !rest.is_empty() {
        noise.extend_from_slice(&decode(rest)[..rest.len() - 1]);
    }
}

/// Adds the stretches of decoded bytes that can be text.
fn push_text(noise: &[u8], origin: impl Fn(usize) -> usize, decoded: &mut Bytes) {
    let (mut start, mut at) = (0, 0);
    while at <= noise.len() {
        if let Some(length) = text_len(noise, at) {
            at += length;
            continue;
        }
        if at - start >= SHORTEST_TEXT {
            // Without the NULs of UTF-16, which would part what is to be decoded further.
            let bytes = (start..at).filter(|&byte| noise[byte] != 0);
            bytes.for_each(|byte| decoded.push(&noise[byte..=byte], origin(byte)));
            decoded.push_char(GAP, origin(at - 1));
        }
        at += 1;
        start = at;
    }
}

/// The length of the character at `at`: visible ASCII, white space, NUL as UTF-16 has it, UTF-8, or a letter of Latin-1
/// between ASCII letters, also in UTF-16.
fn text_len(bytes: &[u8], at: usize) -> Option<usize> {
    let length = match *bytes.get(at)? {
        b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0 => return Some(1),
        // Most of what is noise ends here.
        ..0xC0 => return None,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    let is_continued = bytes.get(at + 1).is_some_and(|byte| matches!(byte, 0x80..0xC0));
    if length > 1 && is_continued && bytes.get(at..at + length).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok())
    {
        return Some(length);
    }
    let beside = |apart: usize, fits: fn(&u8) -> bool| {
        let before = at.checked_sub(apart).and_then(|at| bytes.get(at));
        before.is_some_and(fits) && bytes.get(at + apart).is_some_and(fits)
    };
    let letters = u8::is_ascii_alphabetic;
    let is_between = beside(1, letters) || (beside(1, |&byte| byte == 0) && beside(2, letters));
    is_between.then_some(1)
}

const NO_SYMBOL: u8 = 64;

/// The value of each symbol of base64.
static SYMBOLS: [u8; 256] = {
    let mut symbols = [NO_SYMBOL; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut value = 0;
    while value < 64 {
        symbols[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    symbols[b'-' as usize] = 62;
    symbols[b'_' as usize] = 63;
    symbols
};

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test fails by panicking")]

    use super::super::decode::percent;
    use super::{View, base64, base64_in_decoded};

    fn view(text: &str) -> View {
        View::of(text, 100)
    }

    #[test]
    fn base64_is_undone_wherever_it_begins() {
        for lead in ["", "a", "ab", "abc"] {
            let decoded = base64(&view(&format!("x,{lead}am9A\r\neC5jb20=")), None);
            let origins: Vec<usize> =
                decoded.iter().filter_map(|view| view.text().find("jo@x.com").map(|at| view.origin(at))).collect();
            assert_eq!(origins, [102 + lead.len()], "{lead}");
        }
        assert!(base64(&view("short words"), None).is_empty());
        assert!(base64(&view("am9AeC5jb20_-_"), None).iter().any(|view| view.text().starts_with("jo@x.com")));
    }

    #[test]
    fn base64_is_not_read_again_where_nothing_was_decoded() {
        let decoded = percent(&view("am9AeC5jb20= a%6D9AeC5jb20=")).expect("something was decoded");
        let origins = |views: Vec<View>| -> Vec<usize> {
            views.iter().flat_map(|view| view.text().match_indices("jo@x.com").map(|(at, _)| view.origin(at))).collect()
        };
        assert_eq!(origins(base64(&decoded, None)), [100, 113]);
        assert_eq!(origins(base64_in_decoded(&decoded, None)), [113]);
        for last in ["am9AeC5jb2%30", "am9AeC5jb2%30 x"] {
            let decoded = percent(&view(last)).expect("something was decoded");
            assert_eq!(origins(base64_in_decoded(&decoded, None)), [100], "{last}");
        }
    }
}
