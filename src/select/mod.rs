//! What to redact: marks, attributes, explicit ranges, as one selection.

mod attribute;
mod cover;
mod draft;
mod marks;
mod pairs;
mod stored;

pub(crate) use draft::{Draft, refuse_empty};
pub use marks::unmark;
pub(crate) use marks::{MARK, marks, unmarked_len};
pub(crate) use stored::project;
