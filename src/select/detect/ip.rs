//! IP addresses: IPv4 (RFC 791) and IPv6 in the forms of RFC 4291, section 2.2.

use std::net::Ipv6Addr;
use std::ops::Range;

use super::Scan;
use super::context::{before, ends_with, goes_on, is_one_of, is_rest, word_after, word_before, words_before};
use super::digits::Group;

/// Words after which four numbers are a version or a section rather than an address.
const VERSION_WORDS: [&[u8]; 11] = [
    b"v", b"ver", b"version", b"release", b"build", b"firmware", b"section", b"chapter", b"clause", b"revision", b"rv",
];

pub(super) fn scan_v4(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let mut rest = scan.groups();
    while let Some((_, tail)) = rest.split_first() {
        let dotted = |groups: &&[Group]| groups.iter().take(3).all(|group| group.joint == b'.');
        let found = rest.get(..4).filter(dotted).and_then(|groups| v4(scan.text, groups));
        rest = if found.is_some() { rest.get(4..).unwrap_or_default() } else { tail };
        if let Some(address) = found {
            let end = prefix_end(scan.text, address.end, 32);
            hit(address.start..end);
        }
    }
}

fn v4(text: &str, groups: &[Group]) -> Option<Range<usize>> {
    let address = groups.first()?.start..groups.last()?.end;
    // One more number: a version or an object identifier.
    if is_rest(text, address.start, b'.') || goes_on(text, address.end, b'.') {
        return None;
    }
    if !groups.iter().all(|group| is_octet(group.digits(text))) {
        return None;
    }
    let after = text.get(address.end..)?;
    // `4.15.0.112-generic`.
    let suffix = after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let after_word = word_before(text, address.start) && !follows_name(text, address.start);
    let in_word = after_word || word_after(text, address.end);
    if in_word || suffix || follows_product(text, address.start) {
        return None;
    }
    let word = words_before(text, address.start).next();
    let version = word.is_some_and(|word| is_one_of(word.text, &VERSION_WORDS));
    (!version).then_some(address)
}

/// Whether `IP` stands directly before, as in `IP192.0.2.7`, and not as the end of a word.
fn follows_name(text: &str, at: usize) -> bool {
    ends_with(text, at, "ip") && !word_before(text, at - 2)
}

/// Whether a product's name stands before, as in `Chrome/120.0.0.0`.
fn follows_product(text: &str, at: usize) -> bool {
    const MAX_NAME: usize = 32;
    let Some(head) = text.get(..at).and_then(|head| head.strip_suffix('/')) else { return false };
    let name = head.bytes().rev().take(MAX_NAME).take_while(u8::is_ascii_alphabetic).count();
    let outer = before(text, head.len() - name);
    name > 0 && !outer.is_some_and(|c| matches!(c, '/' | '.' | ':'))
}

/// A number from 0 to 255 without leading zeros, which some programs would read as octal.
fn is_octet(digits: &str) -> bool {
    (digits == "0" || !digits.starts_with('0')) && digits.len() <= 3 && digits.parse::<u8>().is_ok()
}

pub(super) fn scan_v6(text: &str, hit: &mut dyn FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let inside = |b: &u8| b.is_ascii_hexdigit() || matches!(b, b':' | b'.');
    let mut from = 0;
    while let Some(skipped) = memchr::memchr(b':', bytes.get(from..).unwrap_or_default()) {
        // The run of characters that an address can have around the colon.
        let colon = from + skipped;
        let start = colon - bytes[from..colon].iter().rev().take_while(|b| inside(b)).count();
        let end = colon + bytes[colon..].iter().take_while(|b| inside(b)).count();
        // Most runs have one colon, of a sentence or a time; an address has two.
        let colons = bytes.get(colon + 1..end).is_some_and(|rest| rest.contains(&b':'));
        if let Some(address) = colons.then(|| v6(text, start..end)).flatten() {
            hit(address);
        }
        from = end;
    }
}

fn v6(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let run_text = text.get(run.clone())?;
    // The full stop or colon of the sentence.
    let mut address = run_text.trim_end_matches('.');
    if address.ends_with(':') && !address.ends_with("::") {
        address = address.get(..address.len() - 1)?;
    }
    let end = run.start + address.len();
    address = address.trim_start_matches('.');
    if address.starts_with(':') && !address.starts_with("::") {
        address = address.get(1..)?;
    }
    let run = end - address.len()..end;
    let address = if is_v6(text, &run) { run } else { v6_between_words(text, run)? };
    let end = prefix_end(text, zone_end(text, address.end), 128);
    Some(address.start..end)
}

/// The address in a run that has the end of a word before it or the start of one after it, as `e:` has in
/// `Remote:fe80::1` and `:dead` in `fe80::1:deadline`, or one more number, a port. Of `add:fe80::1` nobody can tell,
/// so all of it is an address.
fn v6_between_words(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let run_text = text.get(run.clone())?;
    let colon = run_text.find(':')?;
    let last_colon = run_text.rfind(':').filter(|last| *last > colon)?;
    // `2001:db8:::1` is no address with a number before it.
    let begins = run_text.as_bytes().get(colon + 1) != Some(&b':') || word_before(text, run.start);
    let ends = !run_text.get(..last_colon)?.ends_with(':');
    let (start, end) = (run.start + colon + 1, run.start + last_colon);
    let parts = [(begins, start..run.end), (ends, run.start..end), (begins && ends, start..end)];
    let found = parts.into_iter().find(|(may_be, part)| *may_be && is_v6(text, part) && is_assigned(text, part));
    found.map(|(_, address)| address)
}

/// Whether an address stands at `range` and not in a word.
fn is_v6(text: &str, range: &Range<usize>) -> bool {
    // The longest form has 45 characters.
    let address = text.get(range.clone()).filter(|address| address.len() <= 45);
    let valid = address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok() && is_telling(address));
    valid && !word_before(text, range.start) && !word_after(text, range.end)
}

/// Whether the address at `range` is of a block that is in use (IANA IPv6 Address Space and Special-Purpose Address
/// Registries): what is left of anything else with colons rarely is.
fn is_assigned(text: &str, range: &Range<usize>) -> bool {
    let Some(Ok(address)) = text.get(range.clone()).map(str::parse::<Ipv6Addr>) else { return false };
    let block = matches!(address.segments(), [0x64 | 0x100 | 0x2000..=0x3fff | 0x5f00 | 0xfc00..=0xffff, ..]);
    block || address.is_loopback() || address.to_ipv4_mapped().is_some()
}

/// Whether an address is more than an operator between two short names: `::`, `dead::beef`; and not an EUI-64.
fn is_telling(address: &str) -> bool {
    let groups = || address.split(':').filter(|group| !group.is_empty());
    let colons = address.bytes().filter(|b| *b == b':').count();
    let eui_64 = || colons == 7 && groups().all(|group| group.len() == 2);
    (address.bytes().any(|b| b.is_ascii_digit()) || groups().count() > 2) && !eui_64()
}

/// The end of a zone (RFC 4007, section 11): `fe80::1%eth0`, `fe80::1%eth0.100`.
fn zone_end(text: &str, at: usize) -> usize {
    const MAX_ZONE: usize = 16;
    let zone = text.get(at..).and_then(|rest| rest.strip_prefix('%')).unwrap_or_default();
    let len = zone.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    if !(1..=MAX_ZONE).contains(&len) {
        return at;
    }
    // The number of a virtual network or of a link, and not the next sentence.
    let number = zone.get(len..).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
    let digits = number.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let end = at + 1 + len;
    let numbered = (1..=4).contains(&digits) && !word_after(text, end + 1 + digits);
    if numbered { end + 1 + digits } else { end }
}

/// The end of a prefix length of at most `bits` (RFC 4632): `10.0.0.0/8`.
fn prefix_end(text: &str, at: usize, bits: u8) -> usize {
    let digits = text.get(at..).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    let len = digits.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let end = at + 1 + len;
    let fits = digits.get(..len).and_then(|digits| digits.parse::<u8>().ok()).is_some_and(|length| length <= bits);
    if fits && !word_after(text, end) { end } else { at }
}
