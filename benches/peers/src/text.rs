//! What the peers share: a mask for each grapheme cluster, and which elements begin a line.

use unicode_segmentation::UnicodeSegmentation;

/// Appends one mask for each grapheme cluster of `text`.
pub fn mask_into(out: &mut String, text: &str) {
    for _ in text.graphemes(true) {
        out.push('▇');
    }
}

/// Whether the element stands on lines of its own in plain text.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "li" | "ul" | "ol" | "table" | "tr" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "hr"
    )
}

/// `text` with all white space taken out, to compare plain texts by.
pub fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
