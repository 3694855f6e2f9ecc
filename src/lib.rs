//! Redact text that must leave a help-desk conversation for good.
//!
//! An agent marks what is to go, and the marked copy comes back: `<redact>…</redact>` around text, a `redact` attribute on
//! a tag. This crate replaces the marked text by `▇`, one per character as people see it, leaves every other byte as it
//! was, derives the plain text anew, and proves what it did. It does no I/O and keeps no state.
//!
//! ```
//! use blackbar::{PlainStyle, Redactor};
//!
//! let redactor = Redactor::default();
//! let redaction = redactor.html(r#"<p class='x'>My ID number is <redact>847564</redact>!</p>"#)?;
//!
//! assert_eq!(redaction.text(), "<p class='x'>My ID number is ▇▇▇▇▇▇!</p>");
//! assert_eq!(redaction.plain_body(PlainStyle::Rendered), "My ID number is ▇▇▇▇▇▇!");
//! # Ok::<(), blackbar::Error>(())
//! ```
//!
//! # What to redact
//!
//! | by | in HTML | in plain text |
//! |---|---|---|
//! | marks in a copy that is trusted | [`Redactor::html`] | |
//! | marks in a copy, held against the stored text | [`Redactor::html_stored`] | [`Redactor::chat`] |
//! | ranges | [`Redactor::html_ranges`] | [`Redactor::text_ranges`] |
//! | all occurrences of strings | [`Redactor::html_strings`] | [`Redactor::text_strings`] |
//! | patterns and detectors | [`Redactor::html_patterns`] | [`Redactor::text_patterns`] |
//! | any mix of these, united | [`Redactor::select_html`] | [`Redactor::select_text`] |
//!
//! Use [`Redactor::html_stored`] wherever the marked body comes from a client: the stored body is what is redacted, and a
//! client cannot edit a comment under the guise of redacting it.
//!
//! # What comes back
//!
//! A [`Redaction`]: the [text](Redaction::text), the [plain text](Redaction::plain_body), the [edits](Redaction::edits) in
//! bytes, UTF-16 and scalars, a [report](Redaction::report) in numbers, the [leaks](Redaction::leaks) — places in the result
//! where what was removed still stands — and, with the feature `verify`, a second opinion by a browser-grade parser. Or an
//! [`Error`], and nothing is changed: what cannot be done exactly is refused. An error says where, never what.
//!
//! # What may be chosen
//!
//! A [`Policy`]: the [`Mask`], what happens at the [edges of clusters](ClusterEdge), to [white space](Whitespace), to
//! [images in marks](EmbeddedInMarks), and the [`Limits`]. Each relaxation has a name and is off by default.
//!
//! # Features
//!
//! All are on by default. `verify`: the second opinion (html5ever). `patterns`: the caller's own regular expressions (regex).
//! `serde`: `Policy` and `Limits` as data, and the help desk's records as JSON (serde, serde_json).
//!
//! # The rules
//!
//! Documentation and comments cite rules by number, such as C31, as those of a contract; [`rules`] tells each in a sentence or two.

mod audit;
mod check;
mod copies;
mod edit;
mod error;
mod gallop;
mod grapheme;
pub mod html;
mod lanes;
mod limits;
mod mask;
mod plain;
mod policy;
#[cfg(test)]
mod random;
#[cfg(feature = "serde")]
pub mod records;
mod redaction;
mod redactor;
mod report;
#[cfg(doc)]
#[doc = include_str!("rules.md")]
pub mod rules {}
mod select;
mod selection;
mod until;
#[cfg(feature = "verify")]
mod verify;

pub use audit::{Encoding, Leak, LeakKind};
pub use copies::{Copied, Removed};
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
#[cfg(feature = "verify")]
pub use verify::{Cap, VerifyError};

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
