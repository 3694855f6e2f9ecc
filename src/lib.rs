//! Redact text that must leave a help-desk conversation for good.
//!
//! An agent marks what is to go, and the marked copy comes back: `<redact>…</redact>` around text, a `redact` attribute
//! on a tag. This crate replaces the marked text by `▇`, one per character as people see it, leaves every other byte as
//! it was, derives the plain text anew, and proves what it did. It does no I/O and keeps no state.
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
//! | marks in a copy, compared with the stored text | [`Redactor::html_stored`] | [`Redactor::chat`] |
//! | ranges of the source | [`Redactor::html_ranges`] | [`Redactor::text_ranges`] |
//! | ranges of the text that the body shows | [`HtmlSelection::rendered_ranges`] | |
//! | all occurrences of strings | [`Redactor::html_strings`] | [`Redactor::text_strings`] |
//! | patterns and detectors | [`Redactor::html_patterns`] | [`Redactor::text_patterns`] |
//! | any mix of these, united | [`Redactor::select_html`] | [`Redactor::select_text`] |
//! | what another redaction removed | [`Redactor::html_copy`] | [`Redactor::text_copy`] |
//!
//! Use [`Redactor::html_stored`] wherever the marked body comes from a client. It redacts the stored body, so that a
//! client cannot edit a comment under the guise of redacting it.
//!
//! # From a request to a record
//!
//! ```
//! use blackbar::{Error, PlainStyle, Redactor};
//!
//! /// Gives the new body and its plain text, or a message for the agent.
//! fn redact(stored: &str, marked: &str) -> Result<(String, String), String> {
//!     let redaction = Redactor::default().html_stored(stored, marked);
//!     let redaction = redaction.map_err(|error| message(&error, stored, marked))?;
//!     let leaks = redaction.leaks().len();
//!     if leaks > 0 {
//!         return Err(format!("what is marked also stands in {leaks} other places"));
//!     }
//!     let plain_body = redaction.plain_body(PlainStyle::Zendesk);
//!     Ok((redaction.into_text(), plain_body))
//! }
//!
//! fn message(error: &Error, stored: &str, marked: &str) -> String {
//!     let text = if error.marked_offset().is_some() { marked } else { stored };
//!     match error.line_and_column(text) {
//!         Some((line, column)) => format!("line {line}, column {column}: {error}"),
//!         None => error.to_string(),
//!     }
//! }
//!
//! let stored = "<p>Grüße,\nmy ID is 847564!</p>";
//! let (html_body, plain_body) = redact(stored, "<p>Grüße,\nmy ID is <redact>847564</redact>!</p>")?;
//! assert_eq!(html_body, "<p>Grüße,\nmy ID is ▇▇▇▇▇▇!</p>");
//! assert_eq!(plain_body, "Grüße,\nmy ID is ▇▇▇▇▇▇!");
//!
//! let refused = redact(stored, "<p>Grüße,\nmy ID is <redact>847564!</p>");
//! assert_eq!(refused, Err("line 2, column 10: mark opened at byte 21 is never closed".to_owned()));
//! # Ok::<(), String>(())
//! ```
//!
//! For comments and chats in the JSON of the help desk's API, the module `records` (feature `serde`) does all this, and
//! rewrites all copies of a text together.
//!
//! # What comes back
//!
//! A [`Redaction`], with
//!
//! - the [text](Redaction::text) and the [plain text](Redaction::plain_body);
//! - the [edits](Redaction::edits), whose ranges are also given [in UTF-16 and scalars](Redaction::ranges_in);
//! - a [report](Redaction::report) in numbers;
//! - on request the [leaks](Redaction::leaks): the places in the result where what was removed is left;
//! - on request, with the feature `verify`, a second opinion by a browser-grade parser: `Redaction::verify`.
//!
//! Or an [`Error`]: what cannot be done exactly is refused, and nothing is changed. An error says where, never what.
//!
//! # What you can choose
//!
//! A [`Policy`] sets the [`Mask`], what happens at the [edges of clusters](ClusterEdge), to [white space](Whitespace)
//! and to [images in marks](EmbeddedInMarks), and the [`Limits`]. Each relaxation has a name and is off by default.
//!
//! # Other tools
//!
//! [`unmark`] takes the marks out of a marked body, [`plain_text`] gives the text of any body, [`diff`] finds the
//! ranges between a text and its redacted copy, and [`html`] has the tokenizer.
//!
//! # Features
//!
//! All are on by default:
//!
//! - `verify`: the second opinion (html5ever);
//! - `patterns`: the caller's own regular expressions (regex); detectors need no feature;
//! - `serde`: [`Policy`], [`Limits`] and [`Edits`] as data, [`Report`] and [`Leak`] as output, and the help desk's
//!   records as JSON (serde, serde_json).
//!
//! # The rules
//!
//! Documentation and comments cite rules by number, such as C31; [`rules`] states each in a sentence or two.

// On docs.rs, an item shows the feature that it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod audit;
mod boundary;
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
pub use copies::{RedactedCopy, Removed};
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
