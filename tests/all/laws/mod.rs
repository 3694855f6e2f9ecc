//! The laws: plain functions that end in assertions, shared by the tests and the fuzz targets.

pub mod chat;
pub mod choices;
pub mod html;
pub mod nested;
pub mod planted;
pub mod stored;
pub mod tokens;
pub mod tree;
