//! HTML as the WHATWG tokenizer reads a fragment inside `<body>`, scripting off, with byte spans (rules C10, C16).
//!
//! Nothing here knows of redaction, and nothing outside of here tells tags from text.
//!
//! ```
//! use blackbar::html::{Kind, tokenize};
//!
//! let fragment = tokenize("<p class=x>Fish &amp; chips</p>");
//! let kinds: Vec<Kind> = fragment.tokens().iter().map(|token| token.kind()).collect();
//! assert!(matches!(kinds[..], [Kind::StartTag, Kind::Text(_), Kind::EndTag]));
//! assert_eq!(fragment.tokens()[1].range(), 11..27);
//! assert_eq!(fragment.decoded(&fragment.tokens()[1]), "Fish & chips");
//! ```

mod addresses;
mod attributes;
mod carry;
mod declaration;
mod elements;
mod foreign;
mod foreign_names;
mod fragment;
mod implied;
mod less_than;
mod lexer;
mod names;
mod numeric;
mod reference;
mod resume;
pub(crate) mod rules;
mod scan;
mod text;
mod token;
mod tokenizer;

pub(crate) use addresses::{addresses, holds_address, holds_addresses};
pub(crate) use attributes::ends_name;
pub use attributes::{Attribute, Attributes};
pub(crate) use carry::{carry, flag_again};
pub use declaration::Doctype;
pub(crate) use elements::Namespace;
pub use elements::{Class, Name};
pub use fragment::Fragment;
pub(crate) use fragment::canonical_name;
pub(crate) use less_than::decode_less_than;
pub use lexer::State;
pub(crate) use lexer::has_end_tag;
pub(crate) use reference::{Reference, last_ampersand, push_decoded, reference_at};
pub(crate) use resume::retokenize;
pub(crate) use text::{TextMap, TextPiece, line_feeds};
pub use token::{Kind, TextKind, Token};
pub use tokenizer::{Options, tokenize, tokenize_with};
