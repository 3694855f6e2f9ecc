//! Redaction engine.

mod audit;
mod check;
mod edit;
mod error;
mod grapheme;
pub mod html;
mod limits;
mod mask;
mod plain;
mod policy;
#[cfg(feature = "serde")]
pub mod records;
mod redaction;
mod redactor;
mod report;
mod select;
mod selection;

pub use audit::{Encoding, Leak, LeakKind};
pub use edit::{Edit, Edits, Piece, Unit};
pub use error::{Error, MismatchKind};
pub use grapheme::UNICODE_VERSION;
pub use limits::Limits;
pub use plain::{PlainStyle, plain_text};
pub use policy::{ClusterEdge, EmbeddedInMarks, Label, Mask, Policy, Whitespace};
pub use redaction::Redaction;
pub use redactor::Redactor;
pub use report::Report;
pub use select::{Detector, DetectorRule, Patterns, diff, unmark};
pub use selection::{HtmlSelection, TextSelection};
