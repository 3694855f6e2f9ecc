//! What to remove, and what it turned into: ranges, selections, edits, and the units that offsets are counted in.

#[cfg(feature = "serde")]
mod data;
mod edits;
mod pieces;
mod ranges;
mod unit;

pub(crate) use edits::EditsBuilder;
pub use edits::{Edit, Edits};
pub use pieces::Piece;
pub(crate) use ranges::{Action, Chosen, Counts, Ranges, Selection, ValueHit};
pub use unit::Unit;
pub(crate) use unit::{from_bytes, to_bytes};
