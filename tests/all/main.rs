//! All tests, one module per promise.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![allow(unreachable_pub, reason = "nothing of a test binary can be reached from outside")]

mod audit;
mod chat;
mod copies;
mod detectors;
#[cfg(feature = "serde")]
mod edits;
mod elements;
mod find;
mod html;
mod laws;
mod layers;
#[cfg(feature = "serde")]
mod leftover_forms;
#[cfg(feature = "serde")]
mod leftover_numbers;
#[cfg(feature = "serde")]
mod leftovers;
mod limits;
mod no_content;
mod patterns;
mod plain;
mod planted;
mod ranges;
#[cfg(feature = "serde")]
mod record_files;
#[cfg(feature = "serde")]
mod record_json;
#[cfg(feature = "serde")]
mod record_patterns;
#[cfg(feature = "serde")]
mod records;
mod stored;
#[allow(dead_code, reason = "not every set of features uses every helper")]
mod support;
mod tables;
mod tokens;
#[cfg(feature = "verify")]
mod verify;
