//! Our tokens are those of html5ever, driven by its tree builder or alone (rules C10, C16).
#![no_main]

#[path = "../../tests/all/laws/tokens.rs"]
mod laws;
#[path = "../../tests/all/laws/parse.rs"]
#[allow(dead_code, reason = "other laws read bodies in more ways")]
mod parse;

libfuzzer_sys::fuzz_target!(|source: &str| laws::tokens_law(source));
