//! Email addresses: RFC 5321 and 5322 as people write them, and international ones (RFC 6531).

use std::net::{IpAddr, Ipv6Addr};
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::context::{after, before, is_one_of};
use super::top::{self, MAX_LABEL};
use crate::select::chars::{is_common_letter, is_letter_digit_or_mark, is_spaceless, is_word};

/// The longest local part and domain, in bytes (RFC 5321, section 4.5.3.1; RFC 1035, section 2.3.4).
const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 253;

/// `@` as it stands in the query of a URL.
const ENCODED_AT: &[u8] = b"%40";

pub(super) fn scan(text: &str, hit: &mut dyn FnMut(Range<usize>)) {
    // Where the last address ends, and the last encoded `@`, up to which a local part was looked for.
    let (mut last_end, mut last_encoded) = (0, 0);
    for at in memchr::memchr2_iter(b'@', b'%', text.as_bytes()) {
        let (len, is_encoded) = match text.as_bytes().get(at..) {
            Some([b'@', ..]) => (1, false),
            Some(rest) if rest.starts_with(ENCODED_AT) => (ENCODED_AT.len(), true),
            _ => continue,
        };
        let floor = if is_encoded { last_end.max(last_encoded) } else { last_end };
        if is_encoded {
            last_encoded = at + len;
        }
        if !may_join(text.as_bytes().get(floor..at), text.as_bytes().get(at + len..)) {
            continue;
        }
        let domain = text.get(at + len..).unwrap_or_default();
        let address = if is_encoded { encoded(text, floor, at, domain) } else { address(text, floor, at, domain) };
        if let Some(address) = address.filter(|address| !is_repository(text, address) && !is_unit(text, address)) {
            last_end = address.end;
            hit(address);
        }
    }
}

/// The address whose local part ends at `at`, before `domain`.
fn address(text: &str, floor: usize, at: usize, domain: &str) -> Option<Range<usize>> {
    // The domain first, since it mostly is shorter.
    let end = text.len() - domain.len() + domain_len(domain)?;
    Some(local_start(text, floor, at)?..end)
}

/// Whether a local part may end with the last byte before an `@`, and a domain begin with the first after it. For most
/// `@` outside of addresses, such as those in a row, no more need be asked.
fn may_join(before: Option<&[u8]>, after: Option<&[u8]>) -> bool {
    let (Some([.., last]), Some([first, ..])) = (before, after) else { return false };
    (first.is_ascii_alphanumeric() || *first == b'[' || !first.is_ascii())
        && (is_local_ascii(*last) && *last != b'.' || *last == b'"' || !last.is_ascii())
}

/// Like [`address`], where the `@` is encoded, as in `?email=jo%40example.com`; not in what is a local part itself.
fn encoded(text: &str, floor: usize, at: usize, domain: &str) -> Option<Range<usize>> {
    let address = address(text, floor, at, domain)?;
    // A local part begins with no `%`, but a letter of it can be encoded too.
    let percent = usize::from(address.start > floor && before(text, address.start) == Some('%'));
    let start = at - after_delimiter(text.get(address.start - percent..at)?).len();
    (start < at && after(text, address.end) != Some('@')).then_some(start..address.end)
}

/// The part of an encoded local part after what ends one, such as `%2F` and `%3D`.
fn after_delimiter(local: &str) -> &str {
    let ends = |at: &usize| {
        let code = local.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        code.is_none_or(|b| !b.is_ascii_alphanumeric() && !b"+-._'".contains(&b) && b.is_ascii())
    };
    // As in `local_start`, `bounce%2Bjo%3Dexample.org%40example.com` is a return path.
    let is_path = |at: usize| {
        let (before, rest) = local.split_at_checked(at).unwrap_or_default();
        let name = before.rsplit_once("%26").map_or(before, |(_, name)| name).to_ascii_uppercase();
        (rest.starts_with("%3D") || rest.starts_with("%3d")) && name.contains("%2B")
    };
    let last = local.rmatch_indices('%').map(|(at, _)| at).find(|at| ends(at) && !is_path(*at));
    last.map_or(local, |at| local.get(at + 3..).unwrap_or_default())
}

/// Where the local part begins that ends at `at`.
fn local_start(text: &str, floor: usize, at: usize) -> Option<usize> {
    let before_at = text.get(floor..at)?;
    if before_at.ends_with('"') {
        return quoted_start(text, floor, at);
    }
    let head_len = before_at.bytes().rposition(|b| !is_local_ascii(b)).map_or(0, |last| last + 1);
    let mut ascii = head_len < before_at.len();
    let mut start = floor + head_len;
    for (offset, c) in before_at.get(..head_len)?.char_indices().rev() {
        // In `邮箱jo@example.com` the address begins after the Chinese word.
        if !is_local(c) || ascii && is_spaceless(c) {
            break;
        }
        ascii = c.is_ascii();
        start = floor + offset;
    }
    let mut local = text.get(start..at)?;
    // `email=jo@example.com` is a field and its value, unless a `+` says that it is a return path (VERP). Fields before
    // it may have one too: `q=a+b&email=jo@example.com`.
    let is_field = |name: &str| !name.rsplit('&').next().is_some_and(|name| name.contains('+'));
    if let Some(equals) = local.bytes().rposition(|b| b == b'=').filter(|&at| local.get(..at).is_some_and(is_field)) {
        local = local.get(equals + 1..)?;
    }
    local = local.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    if local.len() > MAX_LOCAL {
        local = end_of_long(local)?;
    }
    (!local.is_empty() && !local.ends_with('.')).then_some(at - local.len())
}

/// The end of what is too long for a local part: a word and leaders before an address, as in `Email ......jo@…`
/// without the space, or an address with more before it. As much of it as a local part can be.
fn end_of_long(local: &str) -> Option<&str> {
    let leads = |c: char| c.is_ascii_punctuation();
    let first = (local.len() - MAX_LOCAL - 1..).find(|at| local.is_char_boundary(*at))?;
    let tail = local.get(first..)?;
    tail.get(tail.find(leads)?..).map(|tail| tail.trim_start_matches(leads))
}

/// Where a quoted local part begins: `"jo public"@example.com`.
fn quoted_start(text: &str, floor: usize, at: usize) -> Option<usize> {
    let quoted = text.get(floor..at)?.strip_suffix('"')?;
    let bytes = quoted.as_bytes();
    let is_open = |&at: &usize| bytes[at] == b'"' && (at == 0 || bytes[at - 1] != b'\\');
    let open = (0..bytes.len()).rev().take(MAX_LOCAL).take_while(|&at| bytes[at] != b'\n').find(is_open)?;
    let open = bytes.len() - 1 - open;
    let start = at - 2 - open;
    (open > 0 && !before(text, start).is_some_and(is_word)).then_some(start)
}

/// The characters of an atom (RFC 5322, section 3.2.3) but for those that rather end it in text: `` !*/?`{|} ``.
fn is_local(c: char) -> bool {
    match u8::try_from(c) {
        Ok(b) if b.is_ascii() => is_local_ascii(b),
        _ => is_letter_digit_or_mark(c),
    }
}

#[inline]
fn is_local_ascii(b: u8) -> bool {
    let joins = matches!(b, b'#' | b'$' | b'%' | b'&' | b'\'' | b'+' | b'-' | b'=' | b'^' | b'_' | b'~' | b'.');
    b.is_ascii_alphanumeric() || joins
}

/// How much of `text` is a domain.
fn domain_len(text: &str) -> Option<usize> {
    if let Some(literal) = text.strip_prefix('[') {
        return literal_len(literal).map(|len| len + 2);
    }
    // A label by itself is no domain, and ends much that is no address.
    let after_label = text.bytes().find(|b| !is_label_ascii(*b))?;
    if after_label.is_ascii() && after_label != b'.' {
        return None;
    }
    // Other names are the same either way: what may go on in Chinese has a character of three bytes. No label is looked
    // at further on than this.
    let name = text.bytes().take(MAX_DOMAIN + 3 * MAX_LABEL);
    let mut name = name.take_while(|b| is_label_ascii(*b) || *b == b'.' || !b.is_ascii());
    let mut is_mixed = || name.any(|b| b >= 0xe0);
    host_len(text, Mixed::Apart).or_else(|| if is_mixed() { host_len(text, Mixed::Together) } else { None })
}

/// How to read a label in ASCII that Chinese follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mixed {
    /// The Chinese is no part of it, as in `jo@example.com谢谢`.
    Apart,
    /// Both are one label, as in `jo@abc商店.example`.
    Together,
}

/// How much of `text` is the name of a host: the most that ends in a top-level domain. What follows one in its label,
/// and no such domain has, is left out, as in `jo@example.com-thanks` and `jo@example.com2024`.
fn host_len(text: &str, mixed: Mixed) -> Option<usize> {
    let mut end = 0;
    let mut found = None;
    let mut lower = false;
    for count in 1.. {
        let rest = text.get(end..)?;
        let label = label(rest, mixed);
        if label.is_empty() || end + label.len() > MAX_DOMAIN || lower && begins_sentence(rest, label) {
            break;
        }
        let top = if count > 1 { top_len(label) } else { None };
        lower = top.is_some() && !label.contains(char::is_uppercase);
        found = top.map(|len| end + len).or(found);
        end += label.len();
        if after(text, end) != Some('.') {
            break;
        }
        end += 1;
    }
    found.filter(|len| !text.get(..*len).is_some_and(is_image))
}

/// Whether the `label` that `text` begins with is the first word of a sentence rather than the next label, as in
/// `jo@example.com.Please write`, not `jo@mail.eu.Example.com`.
fn begins_sentence(text: &str, label: &str) -> bool {
    let next = || text.get(label.len()..).and_then(|rest| rest.strip_prefix('.'));
    label.starts_with(char::is_uppercase)
        && next().is_none_or(|next| top_len(self::label(next, Mixed::Apart)).is_none())
}

/// The label that `text` begins with: letters, digits and inner hyphens. Of what is too long, the part before the
/// hyphens, so that a row of them after an address hides nothing.
fn label(text: &str, mixed: Mixed) -> &str {
    let head = text.as_bytes().get(..=MAX_LABEL).unwrap_or(text.as_bytes());
    let ascii_len = head.iter().position(|b| !is_label_ascii(*b)).unwrap_or(head.len());
    let mut ascii = ascii_len > 0;
    let ends = |(at, c): &(usize, char)| {
        let inner = match u8::try_from(*c) {
            Ok(b) if b.is_ascii() => is_label_ascii(b),
            _ => is_letter_digit_or_mark(*c) && (mixed == Mixed::Together || !(ascii && is_spaceless(*c))),
        };
        ascii = c.is_ascii();
        !inner || ascii_len + *at > MAX_LABEL
    };
    let is_ascii = text.as_bytes().get(ascii_len).is_none_or(u8::is_ascii);
    let rest = if is_ascii { "" } else { text.get(ascii_len..).unwrap_or_default() };
    let len = ascii_len + rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
    match text.get(..len) {
        Some(label) if label.starts_with('-') => "",
        Some(label) if len <= MAX_LABEL => label.trim_end_matches('-'),
        Some(long) => long.split_once('-').map_or("", |(label, _)| label),
        None => "",
    }
}

fn is_label_ascii(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'-'
}

/// How much of a label can be a top-level domain: all of it, or what stands before a hyphen, or before a digit if that
/// is one of the common ones. No top-level domain but the encoded ones has a hyphen or a digit,
/// so the rest is a word of the text.
fn top_len(label: &str) -> Option<usize> {
    if is_top(label) {
        return Some(label.len());
    }
    let head = |end: usize| label.get(..end);
    let before_hyphen = || label.bytes().position(|b| b == b'-').and_then(head).filter(|head| is_top(head));
    let before_digit =
        || label.bytes().position(|b| b.is_ascii_digit()).and_then(head).filter(|head| top::is_generic(head));
    before_hyphen().or_else(before_digit).map(str::len)
}

/// Whether a label can be a top-level domain: two letters or more, or an encoded international one.
fn is_top(label: &str) -> bool {
    if label.is_ascii() {
        return label.len() > 1 && label.bytes().all(|b| b.is_ascii_alphabetic()) || top::is_encoded(label);
    }
    top::is_encoded(label) || label.chars().nth(1).is_some() && label.chars().all(is_letter)
}

fn is_letter(c: char) -> bool {
    is_common_letter(c) || c.is_alphabetic() || is_combining_mark(c)
}

/// Whether a domain is the rest of a picture's name, `logo@2x.png`.
fn is_image(domain: &str) -> bool {
    let Some((scale, kind)) = domain.split_once("x.") else { return false };
    let kinds = ["png", "jpg", "jpeg", "gif", "webp", "svg"];
    scale.bytes().all(|b| b.is_ascii_digit()) && is_one_of(kind.as_bytes(), &kinds)
}

/// Whether what looks like an address is the place of a repository, `git@example.com:team/project`.
fn is_repository(text: &str, address: &Range<usize>) -> bool {
    let rest = text.get(address.end..).unwrap_or_default();
    let path = [":", "%3A", "%3a"].iter().find_map(|colon| rest.strip_prefix(colon)).unwrap_or_default();
    let address = text.get(address.clone()).unwrap_or_default();
    (address.starts_with("git@") || address.starts_with("git%40")) && path.starts_with(char::is_alphanumeric)
}

/// Whether what looks like an address is a unit of systemd, `user@1000.service`.
fn is_unit(text: &str, address: &Range<usize>) -> bool {
    let address = text.get(address.clone()).unwrap_or_default();
    [".service", ".socket", ".timer"].iter().any(|kind| address.ends_with(kind))
}

/// The length of an address literal (RFC 5321, section 4.1.3) up to its closing bracket.
fn literal_len(text: &str) -> Option<usize> {
    let len = text.bytes().take(64).position(|b| b == b']')?;
    let literal = text.get(..len)?;
    let valid = match literal.get(..5).filter(|tag| tag.eq_ignore_ascii_case("IPv6:")) {
        Some(_) => literal.get(5..)?.parse::<Ipv6Addr>().is_ok(),
        // Without the tag, as people write it.
        None => literal.parse::<IpAddr>().is_ok(),
    };
    valid.then_some(len)
}
