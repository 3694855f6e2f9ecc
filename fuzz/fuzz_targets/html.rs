//! Any text with marks strewn in: the laws of a redaction hold, or it is refused.
#![no_main]

#[path = "../../tests/all/laws/html.rs"]
mod laws;

use blackbar::{ClusterEdge, EmbeddedInMarks, Mask, Policy, Whitespace};

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (choice, marked) = input;
    let policy = Policy::default().allow_suspicious(choice & 1 != 0).strip_attributes_in_marks(choice & 2 != 0);
    let policy = match choice >> 2 & 3 {
        0 => policy,
        1 => policy.mask(Mask::Fixed(4)),
        2 => policy.whitespace(Whitespace::Keep).embedded_in_marks(EmbeddedInMarks::Keep),
        _ => policy.whitespace(Whitespace::KeepLineEnds).embedded_in_marks(EmbeddedInMarks::Remove),
    };
    let policy = if choice & 16 != 0 { policy.cluster_edge(ClusterEdge::Exact) } else { policy };
    laws::html_law(marked, policy);
});
