//! Strings are found where the slow search finds them, cards in any formatting, and no text upsets a detector (C70–C72).
#![no_main]

#[path = "../../tests/all/laws/choices.rs"]
#[allow(dead_code, reason = "other targets draw in more ways")]
mod choices;
#[path = "../../tests/all/laws/find.rs"]
mod find;
#[path = "../../tests/all/laws/html.rs"]
#[allow(dead_code, reason = "only the laws of a result are asked for")]
mod html;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    match kind % 4 {
        0 | 1 => find::strings_law(rest),
        2 => find::card_law(rest),
        _ => {
            let Ok(text) = std::str::from_utf8(rest) else { return };
            find::detectors_law(text);
        }
    }
});
