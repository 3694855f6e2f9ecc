//! Strings are found where the slow search finds them, cards in any formatting, and no text upsets a detector
//! (C70–C72); tags that hold a string go where the policy says so.
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
    match (kind % 5, std::str::from_utf8(rest)) {
        (0 | 1, _) => find::strings_law(rest),
        (2, _) => find::card_law(rest),
        (3, Ok(text)) => find::detectors_law(text),
        (_, Ok(text)) => find::tags_with_hits_law(text, "a"),
        (_, Err(_)) => {}
    }
});
