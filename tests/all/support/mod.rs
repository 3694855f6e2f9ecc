//! What the tests share.

pub mod cases;
pub mod documents;
pub mod names;
pub mod soup;
pub mod sources;
