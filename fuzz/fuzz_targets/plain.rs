//! Plain text of anything keeps its bounds, and that of a document is what a walk over its tree gives (C60, C61).
#![no_main]

#[path = "../../tests/all/support/documents.rs"]
mod documents;
#[path = "../../tests/all/laws/plain.rs"]
mod laws;
#[path = "../../tests/all/laws/parse.rs"]
#[allow(dead_code, reason = "other laws read bodies in more ways")]
mod parse;

libfuzzer_sys::fuzz_target!(|input: (&str, &[u8])| {
    let (html, bytes) = input;
    laws::plain_law(html);
    laws::plain_tree_law(&documents::document(bytes));
    laws::plain_tree_law(&documents::tangle(bytes));
    laws::plain_tree_law(&documents::blocks(bytes));
});
