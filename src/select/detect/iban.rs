//! International bank account numbers (ISO 13616-1).

use std::ops::Range;

use super::Scan;
use super::context::{before, is_named, is_one_of, word_after, word_before, words_before};
use super::digits::Group;

/// The most letters and digits of a number (ISO 13616-1).
const MAX_LEN: usize = 34;

/// Each country and the structure of its account numbers: so many digits (n), letters (a), letters or digits (c),
/// after the country and the two check digits (SWIFT, IBAN Registry, release 101).
#[rustfmt::skip]
const REGISTERED: [(&str, &str); 89] = [
    ("AD", "8n12c"), ("AE", "19n"), ("AL", "8n16c"), ("AT", "16n"), ("AZ", "4a20c"), ("BA", "16n"),
    ("BE", "12n"), ("BG", "4a6n8c"), ("BH", "4a14c"), ("BI", "23n"), ("BR", "23n1a1c"), ("BY", "4c4n16c"),
    ("CH", "5n12c"), ("CR", "18n"), ("CY", "8n16c"), ("CZ", "20n"), ("DE", "18n"), ("DJ", "23n"),
    ("DK", "14n"), ("DO", "4c20n"), ("EE", "16n"), ("EG", "25n"), ("ES", "20n"), ("FI", "14n"),
    ("FK", "2a12n"), ("FO", "14n"), ("FR", "10n11c2n"), ("GB", "4a14n"), ("GE", "2a16n"), ("GI", "4a15c"),
    ("GL", "14n"), ("GR", "7n16c"), ("GT", "24c"), ("HN", "4a20n"), ("HR", "17n"), ("HU", "24n"),
    ("IE", "4a14n"), ("IL", "19n"), ("IQ", "4a15n"), ("IS", "22n"), ("IT", "1a10n12c"), ("JO", "4a4n18c"),
    ("KW", "4a22c"), ("KZ", "3n13c"), ("LB", "4n20c"), ("LC", "4a24c"), ("LI", "5n12c"), ("LT", "16n"),
    ("LU", "3n13c"), ("LV", "4a13c"), ("LY", "21n"), ("MC", "10n11c2n"), ("MD", "20c"), ("ME", "18n"),
    ("MK", "3n10c2n"), ("MN", "16n"), ("MR", "23n"), ("MT", "4a5n18c"), ("MU", "4a19n3a"), ("NI", "4a20n"),
    ("NL", "4a10n"), ("NO", "11n"), ("OM", "3n16c"), ("PK", "4a16c"), ("PL", "24n"), ("PS", "4a21c"),
    ("PT", "21n"), ("QA", "4a21c"), ("RO", "4a16c"), ("RS", "18n"), ("RU", "14n15c"), ("SA", "2n18c"),
    ("SC", "4a20n3a"), ("SD", "14n"), ("SE", "20n"), ("SI", "15n"), ("SK", "20n"), ("SM", "1a10n12c"),
    ("SO", "19n"), ("ST", "21n"), ("SV", "4a20n"), ("TL", "19n"), ("TN", "20n"), ("TR", "6n16c"),
    ("UA", "6n19c"), ("VA", "18n"), ("VG", "4a16n"), ("XK", "16n"), ("YE", "4a4n18c"),
];

/// Countries that are not in the registry, and whose banks give out such numbers all the same.
#[rustfmt::skip]
const UNREGISTERED: [(&str, &str); 22] = [
    ("AO", "21n"), ("BF", "2c22n"), ("BJ", "2c22n"), ("CF", "23n"), ("CG", "23n"), ("CI", "2c22n"), ("CM", "23n"),
    ("CV", "21n"), ("DZ", "22n"), ("GA", "23n"), ("GQ", "23n"), ("GW", "2c19n"), ("IR", "22n"), ("KM", "23n"),
    ("MA", "24n"), ("MG", "23n"), ("ML", "2c22n"), ("MZ", "21n"), ("NE", "2c22n"), ("SN", "2c22n"), ("TD", "23n"),
    ("TG", "2c22n"),
];

/// Territories that the registry has as part of France and Finland, and whose own codes some write.
#[rustfmt::skip]
const TERRITORIES: [(&str, &str); 13] = [
    ("AX", "14n"), ("BL", "10n11c2n"), ("GF", "10n11c2n"), ("GP", "10n11c2n"), ("MF", "10n11c2n"), ("MQ", "10n11c2n"),
    ("NC", "10n11c2n"), ("PF", "10n11c2n"), ("PM", "10n11c2n"), ("RE", "10n11c2n"), ("TF", "10n11c2n"),
    ("WF", "10n11c2n"), ("YT", "10n11c2n"),
];

/// The structure for each two letters; empty if they are no country.
static STRUCTURES: [[&str; 26]; 26] = {
    let tables: [&[(&str, &str)]; 3] = [&REGISTERED, &UNREGISTERED, &TERRITORIES];
    let (mut structures, mut table) = ([[""; 26]; 26], 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            let (country, structure) = tables[table][row];
            let letters = country.as_bytes();
            structures[(letters[0] - b'A') as usize][(letters[1] - b'A') as usize] = structure;
            row += 1;
        }
        table += 1;
    }
    structures
};

pub(super) fn scan(scan: &Scan<'_>, hit: &mut dyn FnMut(Range<usize>)) {
    let mut end = 0;
    let starts = scan.groups().iter().filter(|group| group.len() >= 2).filter_map(|group| start(scan.text, *group));
    for start in starts {
        if let Some(iban) = iban(scan.text, start).filter(|iban| iban.start >= end) {
            end = iban.end;
            hit(iban);
        }
    }
}

/// Where an IBAN begins of which `group` begins with the check digits: two letters before, as in `DE89`, or two
/// capitals and a space, as in `DE 89 3704`. `NO` is an abbreviation too,
/// so the check digits must stand alone after it, or `IBAN` before it.
fn start(text: &str, group: Group) -> Option<usize> {
    let letters = |end: usize, fits: fn(&u8) -> bool| {
        let start = end.checked_sub(2)?;
        text.as_bytes().get(start..end)?.iter().all(fits).then_some(start)
    };
    let spaced = || {
        let end = group.start.checked_sub(1).filter(|_| before(text, group.start) == Some(' '))?;
        let start = letters(end, u8::is_ascii_uppercase)?;
        let named = || words_before(text, start).next().is_some_and(|word| is_one_of(word.text, &["iban"]));
        (group.len() == 2 || text.get(start..end) != Some("NO") || named()).then_some(start)
    };
    letters(group.start, u8::is_ascii_alphabetic).or_else(spaced)
}

/// The IBAN that begins at `start`.
fn iban(text: &str, start: usize) -> Option<Range<usize>> {
    if word_before(text, start) && !is_named(text, start, "iban") {
        return None;
    }
    let structure = structure(text.as_bytes().get(start..start + 2)?)?;
    let mut iban = [0; MAX_LEN];
    let (mut len, mut end) = (0, start);
    // The country and the check digits, of which `start` has seen to it that they are there.
    for kind in "ccnn".bytes().chain(places(structure)) {
        let b;
        (b, end) = next_unit(text.as_bytes(), end, len > 0)?;
        let fits = match kind {
            b'n' => b.is_ascii_digit(),
            b'a' => b.is_ascii_alphabetic(),
            _ => true,
        };
        if !fits {
            return None;
        }
        *iban.get_mut(len)? = b;
        len += 1;
    }
    let iban = iban.get(..len)?;
    // All of one case, or with the first letter as a sentence begins.
    let cased = !iban.iter().any(u8::is_ascii_lowercase) || !iban.iter().skip(1).any(u8::is_ascii_uppercase);
    (cased && passes_check(iban) && !word_after(text, end)).then_some(start..end)
}

/// The structure of a country's account numbers.
fn structure(country: &[u8]) -> Option<&'static str> {
    let [first, second] = country else { return None };
    let letter = |b: &u8| usize::from(b.to_ascii_uppercase().wrapping_sub(b'A'));
    STRUCTURES.get(letter(first))?.get(letter(second)).copied().filter(|structure| !structure.is_empty())
}

/// A structure with one letter for each place: `2n1a` is `nna`.
fn places(structure: &str) -> impl Iterator<Item = u8> {
    let mut count = 0;
    structure.bytes().flat_map(move |b| match b {
        b'0'..=b'9' => {
            count = count * 10 + usize::from(b - b'0');
            std::iter::repeat_n(b, 0)
        }
        kind => std::iter::repeat_n(kind, std::mem::take(&mut count)),
    })
}

/// The letter or digit at `at`, or after a space, hyphen or full stop there if it `may_be_apart`, and where it ends.
fn next_unit(text: &[u8], at: usize, may_be_apart: bool) -> Option<(u8, usize)> {
    let apart = may_be_apart && matches!(text.get(at), Some(b' ' | b'-' | b'.'));
    let at = at + usize::from(apart);
    text.get(at).filter(|b| b.is_ascii_alphanumeric()).map(|b| (*b, at + 1))
}

/// The check of ISO/IEC 7064, MOD 97-10: with the first four characters at the end and letters as 10 to 35, the
/// remainder is 1. The check digits are computed as 98 less a remainder, so there is no 00, 01 or 99.
fn passes_check(iban: &[u8]) -> bool {
    let (head, tail) = iban.split_at(iban.len().min(4));
    if matches!(head, [.., b'0', b'0' | b'1'] | [.., b'9', b'9']) {
        return false;
    }
    let append = |remainder: u32, b: &u8| match char::from(*b).to_digit(36) {
        Some(value @ 0..10) => (remainder * 10 + value) % 97,
        Some(value) => (remainder * 100 + value) % 97,
        None => remainder,
    };
    tail.iter().chain(head).fold(0, append) == 1
}

#[cfg(test)]
mod tests {
    use super::{MAX_LEN, REGISTERED, TERRITORIES, UNREGISTERED, places, structure};

    #[test]
    fn every_country_is_found() {
        let tables: [&[(&str, &str)]; 3] = [&REGISTERED, &UNREGISTERED, &TERRITORIES];
        for (code, known) in tables.into_iter().flatten() {
            assert_eq!(structure(code.as_bytes()), Some(*known), "{code}");
            assert_eq!(structure(code.to_lowercase().as_bytes()), Some(*known), "{code}");
            assert!(4 + places(known).count() <= MAX_LEN, "{code}");
        }
        for unknown in [&b"ZZ"[..], b"@A", b"A[", b"A", b"DEU", b"\xff\xff"] {
            assert_eq!(structure(unknown), None);
        }
        assert_eq!(places("2n10c1a").collect::<Vec<_>>(), b"nncccccccccca");
    }
}
