//! Patterns.
/// Patterns.
#[derive(Clone, Default, Debug)]
pub struct Patterns {}
