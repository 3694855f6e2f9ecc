//! Chat messages are aligned, and diffs recovered, as by trying everything (rule C42).
#![no_main]

#[path = "../../tests/all/laws/chat.rs"]
mod chat;
#[path = "../../tests/all/laws/choices.rs"]
#[allow(dead_code, reason = "other targets draw in more ways")]
mod choices;
#[path = "../../tests/all/laws/html.rs"]
#[allow(dead_code, reason = "only the laws of a result are asked for")]
mod html;

use blackbar::{ClusterEdge, Mask, Policy, Whitespace};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    match first % 8 {
        0 => {
            let (stored, redacted, mask) = chat::diff_case(rest);
            chat::diff_law(&stored, &redacted, mask);
        }
        1 => raw(rest),
        policy => {
            let case = chat::chat_case(rest);
            chat::chat_law(&case.stored, &case.marked, policies(policy));
        }
    }
});

/// Any two texts, parted by a NUL.
fn raw(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((stored, other)) = text.split_once('\0') else { return };
    chat::chat_law(stored, other, Policy::default());
    chat::diff_law(stored, other, Mask::default());
    chat::diff_law(stored, other, Mask::Fixed(1));
}

fn policies(choice: u8) -> Policy {
    let policy = Policy::default();
    match choice {
        2 => policy.mask(Mask::Fixed(4)),
        3 => policy.cluster_edge(ClusterEdge::Exact),
        4 => policy.cluster_edge(ClusterEdge::Reject).whitespace(Whitespace::KeepLineEnds),
        _ => policy,
    }
}
