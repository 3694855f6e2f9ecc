//! Any record with any request is refused or changed where it may be, and nothing of what was removed is left in it
//! (rules, "Records").
#![no_main]

#[path = "../../tests/all/laws/choices.rs"]
#[allow(dead_code, reason = "other targets draw in more ways")]
mod choices;
#[path = "../../tests/all/laws/records.rs"]
mod laws;

use laws::{planted_record, planted_record_law, records_law};

// Half of the inputs are two texts with a line end between them: the reader of JSON is fuzzed with the rest. The other
// half are decisions of the generator.
libfuzzer_sys::fuzz_target!(|input: (bool, &[u8])| {
    let (is_text, bytes) = input;
    if !is_text {
        return planted_record_law(&planted_record(bytes));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (record, request) = text.split_once('\n').unwrap_or((text, text));
    records_law(record, request);
});
