//! html5ever, set up as the rules have a body read: a fragment in `<body>`, as a reader without scripts sees it (C10).

use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, RcDom};

/// The tree of a body.
pub fn parse_body(html: &str) -> RcDom {
    let options = ParseOpts { tokenizer: tokenizer(), tree_builder: tree_builder() };
    parse_fragment(RcDom::default(), options, context(), Vec::new(), false).one(html)
}

/// The children of a node as the tree has them, so not what a template holds.
pub fn children(node: &Handle) -> Vec<Handle> {
    node.children.borrow().clone()
}

/// The element that a body is read in.
pub fn context() -> QualName {
    QualName::new(None, ns!(html), local_name!("body"))
}

pub fn tree_builder() -> TreeBuilderOpts {
    TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }
}

/// A string has no byte order mark: U+FEFF is a character, and a stored body keeps each of its bytes.
pub fn tokenizer() -> TokenizerOpts {
    TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() }
}
