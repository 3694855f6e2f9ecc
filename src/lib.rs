//! Redaction engine.

mod edit;
mod error;
mod grapheme;
mod limits;
mod policy;
mod select;

pub use edit::{Edit, Edits, Unit};
pub use error::{Error, MismatchKind};
pub use grapheme::UNICODE_VERSION;
pub use limits::Limits;
pub use policy::{ClusterEdge, EmbeddedInMarks, Label, Mask, Policy, Whitespace};
