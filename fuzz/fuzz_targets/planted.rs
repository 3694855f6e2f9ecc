//! Documents with planted secrets: no secret is left anywhere, all else is.
#![no_main]

#[path = "../../tests/all/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::planted::planted_law(&laws::planted::planted(bytes)));
