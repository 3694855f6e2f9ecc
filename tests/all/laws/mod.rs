//! The laws: plain functions that end in assertions, shared by the tests and the fuzz targets.

pub mod tokens;
