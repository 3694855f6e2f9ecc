//! The laws: plain functions that end in assertions, shared by the tests and the fuzz targets.

pub mod choices;
pub mod html;
pub mod plain;
pub mod planted;
pub mod tokens;
pub mod tree;
