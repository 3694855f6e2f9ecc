//! What a browser makes of a correctly nested body is accepted as a copy of it; any other change is refused (C40, C41).
#![no_main]

#[path = "../../tests/all/laws/mod.rs"]
mod laws;

use laws::{nested, stored};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    match kind % 5 {
        0 => stored::reserialized_law(&nested::nested(rest)),
        1 | 2 => {
            let (changes, body) = rest.split_at(rest.len().min(12));
            stored::changed_law(&nested::nested(body).body, kind % 5 == 1, changes);
        }
        3 => _ = stored::inserted_law(rest),
        _ => {
            // Any two texts, and any text with what a browser makes of it.
            let Ok(text) = std::str::from_utf8(rest) else { return };
            let (stored, marked) = text.split_once('\u{1E}').unwrap_or((text, ""));
            let written = stored::reserialized(stored);
            for copy in [marked, &written] {
                let Some(marked) = stored::marked_somewhere(copy) else { continue };
                stored::accepted_law(stored, &marked, copy);
            }
            let Some(marked) = stored::marked_somewhere(stored) else { return };
            stored::copied_law(stored, &marked);
        }
    }
});
