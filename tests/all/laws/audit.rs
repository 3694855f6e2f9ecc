//! The leak audit finds a copy of the secret in any place and encoding, and nothing where there is none.

use blackbar::{Error, Leak, Policy, Redactor};

use super::choices::Choices;

/// A body in which a secret is marked, with one more copy of it or none.
pub struct Leaky {
    /// With the copy.
    leaky: String,
    /// Without.
    clean: String,
    /// Where the copy stands in the result, in bytes.
    copy: std::ops::Range<usize>,
}

impl std::fmt::Debug for Leaky {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "check(\n    {:?},\n    {:?}\n)", self.leaky, self.clean)
    }
}

/// What may be marked. No two share a word, and none shares one with the filler.
const SECRETS: [&str; 14] = [
    "jo.doe@example.com",
    "Jane Doe",
    "René Müller-Żak",
    "4111 1111 1111 1111",
    "847564",
    "+49 30 23125012",
    "Wolfeschlegelstein",
    "Fish & Sons 42",
    "DE89 3704 0044 0532 0130 00",
    "田中太郎",
    "ΑΣΤΕΡΙΟΣ Παπάς",
    "Straße 12b",
    "O'Neill-Smith",
    "passport_kovacs.pdf",
];

/// Where a copy may stand, at the `$`.
const PLACES: [&str; 22] = [
    "<p>$</p>",
    "<p>see <b>$</b>, please</p>",
    "<a href=\"mailto:$\">write</a>",
    "<a href=\"mailto:someone?subject=$&cc=\">write</a>",
    "<a href=\"tel:$\">call</a>",
    "<a href=\"https://example.org/find?q=$&page=2\">find</a>",
    "<a href=\"/people/$/card\">card</a>",
    "<a href=\"/files/$.pdf\" download=\"x\">file</a>",
    "<img src=\"https://example.org/attachments/token/t0ken/?name=$.png\">",
    "<img alt=\"$\" src=a>",
    "<p title='about $'>x</p>",
    "<p>x</p title=\"$\">",
    "<input value=\"$\" data-note=x>",
    "<!-- $ -->",
    "<!--[if mso]><table><tr><td>$</td></tr></table><![endif]-->",
    "<script>var name = \"$\";</script>",
    "<style>a::after { content: \"$\" }</style>",
    "<textarea>$</textarea>",
    "<iframe srcdoc=\"x $ y\"></iframe>",
    "<noscript><p>$</p></noscript>",
    "<!doctype $>",
    "<x-name data='$'>",
];

/// Builds a body out of a stream of bytes.
pub fn leaky(bytes: &[u8]) -> Leaky {
    let mut choices = Choices::new(bytes);
    let secret = choices.pick(&SECRETS);
    let (before, after) = choices.pick(&PLACES).split_once('$').unwrap_or_default();
    let copy = written(&mut choices, secret);
    let filler = "<p>We thank you for your letter, and write again soon.</p>\n";
    let marked = format!("<div><redact>{}</redact></div>\n", references(secret, false, &mut choices));
    let masks = "▇".repeat(secret.chars().count()).len();
    let marked_first = choices.below(2) == 0;
    let (head, tail) = if marked_first { (marked.as_str(), "") } else { ("", marked.as_str()) };
    let leaky = format!("{filler}{head}{before}{copy}{after}{filler}{tail}");
    let clean = format!("{filler}{head}{before}other{after}{filler}{tail}");
    let head_len = if marked_first { "<div></div>\n".len() + masks } else { 0 };
    let start = filler.len() + head_len + before.len();
    Leaky { leaky, clean, copy: start..start + copy.len() }
}

/// The secret in some encoding, or in one within another.
fn written(choices: &mut Choices<'_>, secret: &str) -> String {
    let digits_only = |c: char| c.is_ascii_digit();
    match choices.below(14) {
        0 => references(secret, false, choices),
        1 => references(&secret.to_uppercase(), false, choices),
        2 => references(&secret.to_lowercase(), false, choices),
        3 => references(secret, true, choices),
        4 => percent(secret, choices),
        5 => percent(&percent(secret, choices), choices),
        6 => references(&percent(secret, choices), true, choices),
        7 => base64(secret, choices),
        8 => percent(&base64(secret, choices), choices),
        9 => quoted_printable(secret, choices),
        10 => backslash(secret, choices),
        11 => references(&spread(secret, choices, "\u{200B}\u{AD}\u{2060}\u{200D}"), false, choices),
        12 if secret.chars().filter(char::is_ascii_digit).count() > 5 && !secret.contains(char::is_alphabetic) => {
            let digits: String = secret.chars().filter(|c| digits_only(*c)).collect();
            spread(&digits, choices, " -./")
        }
        _ => base64(&base64(secret, choices), choices),
    }
}

/// Every character that HTML could read otherwise as a reference; if `all`, any other too, now and then.
fn references(text: &str, all: bool, choices: &mut Choices<'_>) -> String {
    let write = |c: char| {
        let special = "&<>\"'".contains(c);
        match choices.below(4) {
            0 if special || all => format!("&#{};", u32::from(c)),
            1 if special || all => format!("&#x{:x};", u32::from(c)),
            _ if special => format!("&#{:05};", u32::from(c)),
            _ => c.to_string(),
        }
    };
    text.chars().map(write).collect()
}

fn percent(text: &str, choices: &mut Choices<'_>) -> String {
    let write = |byte: u8| match choices.below(3) {
        _ if !byte.is_ascii_alphanumeric() => format!("%{byte:02X}"),
        0 => format!("%{byte:02x}"),
        _ => char::from(byte).to_string(),
    };
    text.bytes().map(write).collect()
}

/// The first byte is always encoded: after the `=` of an address two digits would read as one byte.
fn quoted_printable(text: &str, choices: &mut Choices<'_>) -> String {
    let write = |(index, byte): (usize, u8)| match choices.below(6) {
        _ if index == 0 || !byte.is_ascii_alphanumeric() => format!("={byte:02X}"),
        0 => format!("={byte:02X}"),
        1 => format!("=\r\n{}", char::from(byte)),
        2 => format!("=\n{}", char::from(byte)),
        _ => char::from(byte).to_string(),
    };
    text.bytes().enumerate().map(write).collect()
}

fn backslash(text: &str, choices: &mut Choices<'_>) -> String {
    let write = |c: char| match (u32::from(c), choices.below(4)) {
        (code @ ..=0xFF, 0) => format!("\\x{code:02x}"),
        (code @ ..=0xFFFF, 1) => format!("\\u{code:04X}"),
        (code, 2) => format!("\\{code:06x} "),
        (code, _) if !c.is_alphanumeric() || !c.is_ascii() => format!("\\u{{{code:x}}}"),
        _ => c.to_string(),
    };
    text.chars().map(write).collect()
}

/// Base64 of the text between none to three other bytes on each side.
fn base64(text: &str, choices: &mut Choices<'_>) -> String {
    const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (lead, tail) = (choices.pick(&["", "<", ": ", " - "]), choices.pick(&["", ">", "\r\n", " - "]));
    let bytes = [lead, text, tail].concat().into_bytes();
    let mut encoded = String::new();
    for group in bytes.chunks(3) {
        let number = group.iter().fold(0_u32, |number, &byte| number << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        for index in 0..=group.len() {
            let symbol = SYMBOLS[(number >> (18 - 6 * index) & 63) as usize];
            encoded.push(char::from(symbol));
        }
        if choices.below(16) == 15 {
            encoded.push_str("\r\n");
        }
    }
    encoded.push_str(["", "==", "="][bytes.len() % 3]);
    encoded
}

/// One of the characters of `between` after any character, now and then.
fn spread(text: &str, choices: &mut Choices<'_>, between: &str) -> String {
    let between: Vec<char> = between.chars().collect();
    let mut spread = String::new();
    for c in text.chars() {
        spread.push(c);
        if choices.below(3) == 0 {
            spread.push(choices.pick(&between));
        }
    }
    spread
}

/// The copy is found where it stands; nothing is found where there is none.
#[track_caller]
pub fn audit_law(body: &Leaky) {
    let leaks = |marked: &str| -> Vec<Leak> {
        Redactor::default().html(marked).unwrap_or_else(|error| panic!("{error}: {marked:?}")).leaks()
    };
    let found = leaks(&body.leaky);
    assert!(!found.is_empty(), "nothing is found: {body:?}");
    assert!(
        found.iter().all(|leak| body.copy.contains(&leak.offset)),
        "{found:?} not all in {:?}: {body:?}",
        body.copy
    );
    assert_eq!(leaks(&body.clean), [], "{body:?}");
}

/// Of any text: leaks stand in order at characters of the result and never in a mask, and the policy refuses the same.
#[track_caller]
pub fn any_text_law(marked: &str) {
    let Ok(redaction) = Redactor::default().html(marked) else { return };
    let (leaks, text) = (redaction.leaks(), redaction.text());
    assert!(leaks.is_sorted_by(|a, b| a.offset < b.offset), "{leaks:?}: {marked:?}");
    assert!(leaks.iter().all(|leak| !text[leak.offset..].starts_with('▇')), "{leaks:?}: {marked:?}");
    let strict = Redactor::new(Policy::default().deny_leaks(true)).expect("the policy is good");
    let refused = strict.html(marked).err();
    assert_eq!(refused, (!leaks.is_empty()).then_some(Error::Leak { count: leaks.len() }), "{marked:?}");
}
