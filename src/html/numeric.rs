//! Character references by number (WHATWG 13.2.5.75 to 13.2.5.80).

/// What the number stands for that `bytes` begin with, which follow the `&#`, and how many of them it takes.
pub(super) fn numeric(bytes: &[u8]) -> Option<(char, usize)> {
    let (prefix, (number, digits)) = match bytes {
        [b'x' | b'X', digits @ ..] => (1, number::<16>(digits)),
        digits => (0, number::<10>(digits)),
    };
    if digits == 0 {
        return None;
    }
    let end = prefix + digits;
    let semicolon = usize::from(bytes.get(end) == Some(&b';'));
    Some((numbered(number), end + semicolon))
}

/// The number that `bytes` begin with, and how many digits it has.
#[inline(always)]
fn number<const RADIX: u32>(bytes: &[u8]) -> (u32, usize) {
    // Any number of digits may follow; a number that is out of range stays so.
    const OUT_OF_RANGE: u32 = char::MAX as u32 + 1;
    let digits = bytes.iter().map_while(|&byte| char::from(byte).to_digit(RADIX));
    digits.fold((0, 0), |(number, count), digit| ((number * RADIX + digit).min(OUT_OF_RANGE), count + 1))
}

/// What a number stands for (13.2.5.80). Noncharacters and the other controls stand for themselves.
fn numbered(number: u32) -> char {
    match number {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS_1252[number as usize - 0x80],
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// What 0x80 to 0x9F stand for (the table of 13.2.5.80); the five that windows-1252 leaves open are themselves.
const WINDOWS_1252: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2C6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}',
    '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}',
    '\u{17E}', '\u{178}',
];
