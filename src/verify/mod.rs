//! A second opinion on a result (feature `verify`): html5ever, the parser of the Servo browser, reads it too.
//!
//! Only the result is given to it, never the source: at log level debug it prints the text that it parses. What its
//! tree holds is compared with what the tokens say that it must hold. It takes quadratic time and memory on some
//! inputs, a fifth of a gigabyte for 64 kB of crafted tables, so it is stopped at a cap (rule C5), and a result
//! that it was stopped on counts as not verified.

mod expected;
mod sink;
#[cfg(test)]
mod tests;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{LocalName, ParseOpts, QualName, ns};
use thiserror::Error;

use crate::boundary::floor_char_boundary;
use crate::edit::Edits;
use crate::html::Fragment;

use expected::Expected;
use sink::Sink;

/// Why a result is not verified by a browser's parser.
///
/// ```
/// use blackbar::{Cap, Redactor, VerifyError};
///
/// let deep = format!("<redact>Jane</redact>{}", "<div>".repeat(10_000));
/// let redaction = Redactor::default().html(&deep)?;
/// assert_eq!(redaction.verify(), Err(VerifyError::OverCap { cap: Cap::Depth }));
/// # Ok::<(), blackbar::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The result is too large or too complex to be parsed in bounded time. It is neither verified nor refuted.
    #[error("result is over the cap on its {cap}")]
    OverCap {
        /// What is capped.
        cap: Cap,
    },
    /// The tree has an element or an attribute called `redact`.
    #[error("result still has a mark")]
    MarkLeft,
    /// The tree's text, in the order in which it was read, is not that of the tokens.
    #[error("text of the result is read as another from byte {offset} on")]
    Text {
        /// Where the readings part in the result, in bytes.
        offset: usize,
    },
    /// The tree has the same text in another order, as when a parser moves text out of a table, and tags or white space
    /// of the source were removed, so that it cannot be told whether the order is still the source's.
    /// (Where only words were masked, it is known to be.)
    #[error("text of the result is moved to another place")]
    TextOrder,
    /// The tree has an element whose name the source does not have.
    #[error("result has an element that the source has not")]
    Element,
    /// The tree has an element whose name is the source's, but with other attributes or values.
    #[error("result has an attribute that the source has not")]
    Attribute,
}

impl VerifyError {
    /// A stable name for programs, such as `over_cap`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OverCap { .. } => "over_cap",
            Self::MarkLeft => "mark_left",
            Self::Text { .. } => "text",
            Self::TextOrder => "text_order",
            Self::Element => "element",
            Self::Attribute => "attribute",
        }
    }
}

/// What is capped when a result is parsed by html5ever, see [`VerifyError::OverCap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cap {
    /// The size of the result: 4 MiB.
    Size,
    /// The depth of the tree: 512 elements, as in browsers.
    Depth,
    /// The elements of the tree: 1,024 and four for each tag of the result.
    Elements,
    /// The attributes of one tag: 512.
    Attributes,
    /// The tags of the result times the depth of the tree: 8,388,608.
    Work,
}

impl std::fmt::Display for Cap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Size => "size",
            Self::Depth => "depth",
            Self::Elements => "elements",
            Self::Attributes => "attributes",
            Self::Work => "work",
        })
    }
}

const MAX_SIZE: usize = 4 << 20;

const MAX_DEPTH: u32 = 512;

/// Nearly every tag makes html5ever walk up its stack, so its time is that of the tags times the depth.
const MAX_WORK: usize = 1 << 23;

/// It looks for duplicates by comparing each attribute with all before it.
const MAX_ATTRIBUTES: usize = 512;

/// A tag makes one element, a cell up to three with its row and table body, a misnested one copies what is open.
const ELEMENTS_A_TAG: usize = 4;
const MORE_ELEMENTS: usize = 1024;

/// How much is parsed between two looks at the caps, in bytes: any number that holds a character.
const CHUNK: usize = 1024;

/// Compares a browser's reading of `result` with what `edits` were to keep of `source`. If `mark` is not empty, no
/// element and no attribute may have that name.
///
/// # Errors
/// What differs, or which cap was reached.
pub(crate) fn verify(
    source: &Fragment<'_>,
    edits: &Edits,
    result: &Fragment<'_>,
    mark: &str,
) -> Result<(), VerifyError> {
    check_caps(result)?;
    let expected = Expected::new(source, edits);
    let tags = result.tokens().iter().filter(|token| token.is_tag()).count();
    let sink = Sink::new(expected, mark, result.source().len());
    let options = ParseOpts {
        tokenizer: TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() },
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
    };
    let body = QualName::new(None, ns!(html), LocalName::from("body"));
    let mut parser = html5ever::parse_fragment(sink, options, body, Vec::new(), false);
    let mut rest = result.source();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(floor_char_boundary(rest, CHUNK));
        parser.process(StrTendril::from(chunk));
        let sink = &parser.tokenizer.sink.sink;
        check_growth(sink, tags)?;
        if let Some(found) = sink.found() {
            return Err(found);
        }
        rest = after;
    }
    let tree = parser.finish();
    if let Some(found) = tree.found {
        return Err(found);
    }
    if let Some(offset) = expected::text_differs(result, &tree.text) {
        return Err(VerifyError::Text { offset });
    }
    if tree.is_in_order || expected::keeps_order(source, edits) { Ok(()) } else { Err(VerifyError::TextOrder) }
}

/// What can only be told while `tags` are parsed.
fn check_growth(sink: &Sink, tags: usize) -> Result<(), VerifyError> {
    let over = |cap| Err(VerifyError::OverCap { cap });
    if sink.depth() > MAX_DEPTH {
        return over(Cap::Depth);
    }
    if sink.elements() > tags * ELEMENTS_A_TAG + MORE_ELEMENTS {
        return over(Cap::Elements);
    }
    if sink.depth() as usize * tags > MAX_WORK { over(Cap::Work) } else { Ok(()) }
}

/// What can be told before anything is parsed.
fn check_caps(result: &Fragment<'_>) -> Result<(), VerifyError> {
    if result.source().len() > MAX_SIZE {
        return Err(VerifyError::OverCap { cap: Cap::Size });
    }
    let mut tags = result.tokens().iter().filter(|token| token.has_attributes());
    if tags.any(|token| result.attributes(token).nth(MAX_ATTRIBUTES).is_some()) {
        return Err(VerifyError::OverCap { cap: Cap::Attributes });
    }
    Ok(())
}
