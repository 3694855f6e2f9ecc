//! The ways in which records write a text, undone.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::audit::{backslash_decoded, base64_decoded, percent_decoded, words_decoded};
use crate::html::{Attribute, Name, Token, tokenize};
use crate::mask::joins;
use crate::select::ascii_digit;
use crate::until::until_end;

/// How many decodings deep a text is looked for: the address in a link that a filter of mails has wrapped is
/// percent-encoded twice.
const DEPTH: usize = 2;

/// Whether `predicate` holds for a text, or for any of its decodings; it holds for none of fewer bytes than `shortest`.
/// Each decoding is a pass over the one before, and there is a fixed number of them.
pub(super) fn any_form(text: &str, shortest: usize, predicate: &impl Fn(&str) -> bool) -> bool {
    any_form_within(text, DEPTH, shortest, predicate)
}

/// It calls itself no deeper than [`DEPTH`], whatever the text.
fn any_form_within(text: &str, depth: usize, shortest: usize, predicate: &impl Fn(&str) -> bool) -> bool {
    type Decoder = fn(&str) -> Option<String>;
    let decoders: [Decoder; 4] = [percent_decoded, backslash_decoded, read_as_html, words_decoded];
    let mut decoded = decoders.iter().filter(|_| depth > 0).filter_map(|decode| decode(text));
    // In the query of a URL a `+` stands for a space, beside other encodings.
    predicate(text)
        || text.contains('+') && predicate(&text.replace('+', " "))
        || decoded.any(|decoded| any_form_within(&decoded, depth - 1, shortest, predicate))
        // Most words decode to noise, in which nothing else need be undone. (To leave out those that are too short for
        // what is searched for took a quarter off the time of a record.)
        || depth > 0 && base64_decoded(text, shortest).is_some_and(|decoded| predicate(&decoded))
}

/// The text of HTML as people read it, each inline run on a line, and the values of attributes, each on a line as well.
/// Nothing if it has neither tags nor references.
fn read_as_html(text: &str) -> Option<String> {
    if !text.contains(['<', '&']) {
        return None;
    }
    let fragment = tokenize(text);
    let (mut plain, mut values) = (String::with_capacity(text.len()), String::new());
    for token in fragment.tokens() {
        if token.is_text() {
            plain.push_str(&fragment.decoded(token));
            continue;
        }
        if !token.is_tag() {
            push_hidden(fragment.text(token), &mut values);
        }
        if parts_words(token) {
            plain.push('\n');
        }
        // A comment, and a tag that is cut off, may hold attributes too. None goes on in the next token: to read on
        // from each token, in quotes that hold all the others, took quadratic time.
        let lies_inside = |attribute: &Attribute| attribute.value.end <= token.end();
        for attribute in fragment.attributes(token).take_while(lies_inside) {
            values.push('\n');
            values.push_str(&attribute.decoded_value(text));
        }
    }
    Some(plain + &values)
}

/// Adds what a comment and its like hold, a line for each inline run: content that only some mail programs show is
/// HTML itself.
fn push_hidden(text: &str, lines: &mut String) {
    // Without the dashes, which would be read as a comment again.
    let inside = text.strip_prefix("<!--").or_else(|| text.get(2..)).unwrap_or_default();
    let inside = inside.strip_suffix("-->").unwrap_or(inside);
    lines.push('\n');
    let fragment = tokenize(inside);
    for token in fragment.tokens() {
        if token.is_text() {
            lines.push_str(&fragment.decoded(token));
        } else if parts_words(token) {
            lines.push('\n');
        }
    }
}

/// Whether the text before a token and the text after it are on two lines. A `wbr` only tells where a word may be
/// broken.
fn parts_words(token: &Token) -> bool {
    !joins(token) && token.name() != Name::Wbr
}

/// The ASCII digit that a character is or stands for.
pub(super) fn digit(c: char) -> Option<char> {
    if c.is_ascii() { Some(c).filter(char::is_ascii_digit) } else { ascii_digit(c) }
}

/// The form in which texts are compared. The name of a file may have the parts of `ü` apart, a keyboard of the East
/// writes wide letters, and programs that set type make `’` of `'`.
pub(super) fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let (bytes, mut normal, mut at) = (text.as_bytes(), String::with_capacity(text.len()), 0);
    // ASCII stays, but for a letter that takes the accent after it.
    // To pass over it makes it ten times as fast with mails.
    loop {
        let first = until_end(bytes, at, |byte, _| byte.at_least(0x80));
        if first == bytes.len() {
            break;
        }
        let length = bytes[first..].iter().take_while(|byte| !byte.is_ascii()).count();
        let start = first.saturating_sub(1).max(at);
        normal.push_str(&text[at..start]);
        at = first + length;
        normal.extend(text[start..at].nfkc().filter(|&c| c != KEYCAP).map(as_on_keyboards));
    }
    normal.push_str(&text[at..]);
    normal.into()
}

/// The sign around a digit that is an emoji.
const KEYCAP: char = '\u{20e3}';

fn as_on_keyboards(c: char) -> char {
    match c {
        '\u{2bc}' | '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}'..='\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_numeric() => ascii_digit(c).unwrap_or(c),
        c => c,
    }
}

/// A number of JSON written out: no sign, no exponent, no zeros at either end that say nothing.
/// Nothing if the exponent is too large.
pub(super) fn plain_number(number: &str) -> Option<String> {
    /// More digits than people write.
    const LONGEST: usize = 40;
    let unsigned = number.trim_start_matches('-');
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let moved = exponent.parse().ok().filter(|moved: &isize| moved.unsigned_abs() <= LONGEST)?;
    // The point moves to the right by so many digits, or to the left.
    let (right, left) = (moved.max(0).unsigned_abs(), moved.min(0).unsigned_abs());
    let digits = format!("{whole:0>left$}{fraction:0<right$}");
    let point = whole.len().max(left) + right - left;
    digits.split_at_checked(point).map(|(before, after)| plain_digits(before, after))
}

/// A number of these digits before and after the point, as [`plain_number`] writes it.
fn plain_digits(before: &str, after: &str) -> String {
    let (before, after) = (before.trim_start_matches('0'), after.trim_end_matches('0'));
    let before = if before.is_empty() { "0" } else { before };
    if after.is_empty() { before.to_owned() } else { format!("{before}.{after}") }
}

/// What a text may be worth that is a number and nothing else, as [`plain_number`] writes it: `$1,234.50` is 1234.5,
/// and `1.234` may be 1234 as well, since a point groups digits in some countries and a comma in others.
///
/// Nothing for numbers of few digits, which stand in records by chance.
pub(super) fn values_of(text: &str) -> Vec<String> {
    const SHORTEST: usize = 4;
    /// The same if the digits are grouped as in no sum of money.
    const SHORTEST_OF_GROUPS: usize = 6;
    let text = text.trim_matches(|c: char| digit(c).is_none() && !c.is_alphanumeric());
    let signs: Vec<char> = text.chars().filter(|&c| digit(c).is_none()).collect();
    if signs.iter().any(|c| !matches!(c, ' ' | '.' | ',' | '\'' | '-' | '_')) {
        return Vec::new();
    }
    let groups: Vec<String> =
        text.split(|c| digit(c).is_none()).map(|group| group.chars().filter_map(digit).collect()).collect();
    let Some((last, before)) = groups.split_last().filter(|_| groups.iter().all(|group| !group.is_empty())) else {
        return Vec::new();
    };
    let is_alike = |signs: &[char]| signs.windows(2).all(|pair| pair[0] == pair[1]);
    let all = groups.concat();
    let mut values = Vec::new();
    if let Some((sign @ ('.' | ','), others)) = signs.split_last()
        && is_alike(others)
        && !others.contains(sign)
        && all.len() >= SHORTEST
    {
        values.push(plain_digits(&before.concat(), last));
    }
    let is_of_thousands = groups.iter().skip(1).all(|group| group.len() == 3) && groups[0].len() <= 3;
    let is_pointed = signs.iter().any(|sign| matches!(sign, '.' | ','));
    let shortest = if is_of_thousands || signs.is_empty() { SHORTEST } else { SHORTEST_OF_GROUPS };
    if is_alike(&signs) && (is_of_thousands || !is_pointed) && all.len() >= shortest {
        values.push(plain_digits(&all, ""));
    }
    values.retain(|value| value.len() >= SHORTEST || value.contains('.'));
    values
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{KEYCAP, as_on_keyboards, normal};
    use crate::random::Random;

    /// The slow twin normalizes all of a text.
    #[test]
    fn only_what_is_not_ascii_has_to_be_normalized() {
        let units = [
            "a", "e", " ", "\u{301}", "\u{323}", "é", "e\u{301}", "ﬁ", "ｅ", "Å", "\u{1100}", "\u{1161}", "\u{11a8}",
            "가", "’", "½", "\u{338}", "=", "<", "\u{3099}", "か", "\u{fe0f}", "\u{20e3}",
        ];
        let mut random = Random::new(17);
        for _ in 0..50_000 {
            let text = random.text(9, &units);
            let expected: String = text.nfkc().filter(|&c| c != KEYCAP).map(as_on_keyboards).collect();
            assert_eq!(normal(&text), expected, "{text:?}");
        }
    }
}
