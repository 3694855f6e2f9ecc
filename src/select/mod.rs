//! What to redact: marks, attributes, explicit ranges, strings and patterns, as one selection.

mod attribute;
mod case;
mod chars;
mod cover;
pub(crate) mod detect;
mod draft;
pub(crate) mod find;
mod folded;
mod haystack;
mod marks;
mod pairs;
pub(crate) mod pattern;

pub(crate) use chars::{is_ignorable, is_spaceless};
pub(crate) use draft::{Draft, refuse_empty};
pub(crate) use find::Needles;
pub(crate) use haystack::Haystack;
pub use marks::unmark;
pub(crate) use marks::{MARK, marks, unmarked_len};
