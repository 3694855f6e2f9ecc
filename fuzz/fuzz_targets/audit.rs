//! A copy of what was removed is found in any place and encoding; without one nothing is (C50).
#![no_main]

#[path = "../../tests/all/laws/audit.rs"]
mod audit;
#[path = "../../tests/all/laws/choices.rs"]
mod choices;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| audit::audit_law(&audit::leaky(bytes)));
