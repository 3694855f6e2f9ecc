//! The laws: plain functions that end in assertions, shared by the tests and the fuzz targets.

#![allow(dead_code, reason = "not every set of features, and no single fuzz target, uses every law")]

pub mod audit;
pub mod chat;
pub mod choices;
pub mod find;
pub mod html;
pub mod nested;
pub mod parse;
pub mod plain;
pub mod planted;
#[cfg(feature = "serde")]
pub mod records;
pub mod stored;
pub mod tokens;
pub mod tree;
#[cfg(feature = "verify")]
pub mod verify;
