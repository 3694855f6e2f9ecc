//! The texts that the benchmarks read. All of it is made here, from a fixed seed: the same bytes on every machine.
//!
//! [`comment`] and [`mail`] are what a help desk stores, with marks; [`kinds`] are bodies of other kinds; [`chat`] is a
//! message with its marked copy; [`hostile`] holds the shapes that a slow redactor dies of.

// Each benchmark includes this file and uses its own part of it.
#![allow(dead_code, unused_imports, unreachable_pub, missing_docs, clippy::expect_used)]

mod bodies;
pub mod hostile;
mod kinds;
mod words;

pub use bodies::{Chat, chat, comment, comments, mail, mails, text};
pub use kinds::kinds;
pub use words::{EMAIL, NEEDLE};

/// The sizes of comments, in bytes: a line, a few lines, a page, and up to the help desk's limit.
pub const COMMENT_SIZES: [usize; 6] = [80, 200, 1_000, 4_000, 16_000, 64_000];

/// The sizes of mails, in bytes. Below 4 kB a mail client's frame leaves no room for a text.
pub const MAIL_SIZES: [usize; 3] = [4_000, 16_000, 64_000];

/// A size as a label: `80 B`, `64 kB`.
pub fn size_label(bytes: usize) -> String {
    if bytes < 1_000 { format!("{bytes} B") } else { format!("{} kB", bytes / 1_000) }
}

/// The body before an agent marked it.
pub fn without_marks(html: &str) -> String {
    html.replace("<redact>", "").replace("</redact>", "").replace(" redact>", ">")
}

/// Marsaglia's xorshift with 64 bits of state: plenty for filler, and no dependency.
pub struct Random(u64);

impl Random {
    /// A generator of its own for each `seed`.
    pub fn new(seed: u64) -> Self {
        Self(0x9E37_79B9_7F4A_7C15 ^ seed.wrapping_mul(0xBF58_476D_1CE4_E5B9).max(1))
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of `items`.
    pub fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}
