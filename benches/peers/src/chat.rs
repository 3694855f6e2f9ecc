//! What a user would take for chat messages: a diff of characters, or a regular expression.

use dissimilar::Chunk;
use regex::Regex;
use similar::{ChangeTag, TextDiff};

use crate::text::mask_into;

/// `dissimilar`: the insertions must be tags, what stands between them is masked.
pub fn dissimilar_diff(stored: &str, marked: &str) -> Option<String> {
    let mut walk = Walk::default();
    for chunk in dissimilar::diff(stored, marked) {
        match chunk {
            Chunk::Equal(text) => walk.equal(text),
            Chunk::Insert(text) => walk.insert(text),
            Chunk::Delete(_) => return None,
        }
    }
    walk.finish()
}

/// `similar`: the same by its difference of characters.
pub fn similar_diff(stored: &str, marked: &str) -> Option<String> {
    let mut walk = Walk::default();
    for change in TextDiff::from_chars(stored, marked).iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => walk.equal(change.value()),
            ChangeTag::Insert => walk.insert(change.value()),
            ChangeTag::Delete => return None,
        }
    }
    walk.finish()
}

/// `regex`: everything in `<redact>…</redact>` is masked, the rest without tags must be the stored message. Wrong as
/// soon as the message itself holds such a tag.
pub fn regex_replace(pattern: &Regex, stored: &str, marked: &str) -> Option<String> {
    if pattern.replace_all(marked, "$1") != stored {
        return None;
    }
    let masked = pattern.replace_all(marked, |found: &regex::Captures| {
        let mut masked = String::new();
        mask_into(&mut masked, &found[1]);
        masked
    });
    Some(masked.into_owned())
}

/// A diff may put an insertion's edge one character off (`<redact>` after a `<`), so tags are read from what was
/// inserted so far, and the text in between is held back.
#[derive(Default)]
struct Walk {
    out: String,
    open: bool,
    held: String,
    inserted: String,
}

impl Walk {
    fn equal(&mut self, text: &str) {
        if self.open { self.held.push_str(text) } else { self.out.push_str(text) }
    }

    fn insert(&mut self, text: &str) {
        self.inserted.push_str(text);
        let tag = if self.open { "</redact>" } else { "<redact>" };
        if self.inserted.len() < tag.len() {
            return;
        }
        self.inserted.clear();
        if self.open {
            mask_into(&mut self.out, &self.held);
            self.held.clear();
        }
        self.open = !self.open;
    }

    fn finish(self) -> Option<String> {
        (!self.open && self.inserted.is_empty()).then_some(self.out)
    }
}
