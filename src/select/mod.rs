//! What to redact: marks, attributes, explicit ranges, strings and patterns, as one selection.

mod attribute;
mod case;
mod chars;
pub(crate) mod chat;
mod cover;
mod decisions;
mod detect;
mod diff;
mod draft;
mod find;
mod folded;
mod haystack;
mod marks;
mod pairs;
mod pattern;
mod stored;
mod unmark;

pub(crate) use chars::{ascii_digit, common_prefix, is_ignorable, is_spaceless, is_unseen};
#[cfg(feature = "serde")]
pub(crate) use detect::numbers;
pub use detect::{Detector, DetectorRule};
pub(crate) use detect::{Part, Space};
pub use diff::diff;
pub(crate) use draft::{Decided, Draft, refuse_empty};
#[cfg(feature = "serde")]
pub(crate) use find::visible_clusters;
pub(crate) use find::{Automaton, Needles, Seen};
pub(crate) use haystack::Haystack;
pub(crate) use marks::{MARK, Marks, marks};
pub use pattern::Patterns;
pub(crate) use pattern::{Search, Work};
pub(crate) use stored::{own_mark, project};
pub use unmark::unmark;
pub(crate) use unmark::unmarked_len;
