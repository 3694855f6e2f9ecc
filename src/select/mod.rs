//! What to redact: strings, patterns and detectors over decoded text.

mod case;
mod chars;
pub(crate) mod detect;
pub(crate) mod find;
mod folded;
pub(crate) mod pattern;

pub use detect::{Detector, DetectorRule};
pub use pattern::Patterns;
