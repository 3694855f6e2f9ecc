//! A copy of what was removed is found in any place and encoding; without one nothing is (C50).
#![no_main]

#[path = "../../tests/all/laws/audit.rs"]
mod audit;
#[path = "../../tests/all/laws/choices.rs"]
#[allow(dead_code, reason = "other targets draw in more ways")]
mod choices;
#[path = "../../tests/all/laws/verify.rs"]
mod verify;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    if kind % 2 == 0 {
        return audit::audit_law(&audit::leaky(rest));
    }
    let Ok(text) = std::str::from_utf8(rest) else { return };
    // Most texts have no mark: in a copy the first word is one.
    let (word, after) = text.split_once(' ').unwrap_or((text, ""));
    for marked in [text, &format!("<redact>{word}</redact> {after}")] {
        audit::any_text_law(marked);
        verify::verify_law(marked);
    }
});
