//! Our tokens are the tokens of html5ever (rules C10, C16).
//!
//! html5ever's tokenizer runs under its own tree builder, which tells it where raw text and CDATA sections begin; and
//! once more alone, in each state that a tokenizer can start in.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use blackbar::html::{Fragment, Kind, Options, State, Token, tokenize, tokenize_with};
use html5ever::interface::{Attribute, ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{self as peer, BufferQueue, TokenSink, TokenSinkResult, Tokenizer, states};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, Namespace, QualName, TokenizerResult, local_name, ns};

use super::parse;

/// What a token says, without where it stands. Neighbouring texts are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Text(String),
    Start { name: String, attributes: Vec<(String, String)>, self_closing: bool },
    End { name: String },
    Comment(String),
    Doctype { name: Option<String>, public_id: Option<String>, system_id: Option<String>, force_quirks: bool },
}

/// The states to start in, with a name for the last start tag.
pub const STATES: &[(State, states::State, &str)] = &[
    (State::Data, states::State::Data, ""),
    (State::Rcdata, states::State::RawData(states::RawKind::Rcdata), "title"),
    (State::RawText, states::State::RawData(states::RawKind::Rawtext), "style"),
    (State::RawText, states::State::RawData(states::RawKind::Rawtext), ""),
    (State::ScriptData, states::State::RawData(states::RawKind::ScriptData), "script"),
    (State::ScriptData, states::State::RawData(states::RawKind::ScriptData), "style"),
    (State::PlainText, states::State::Plaintext, "plaintext"),
    (State::CdataSection, states::State::CdataSection, ""),
];

/// Every law of tokens, for any source at all.
pub fn tokens_law(source: &str) {
    in_tree_law(source);
    alone_law(source);
}

/// Our tokens are those that html5ever reads while it builds a tree.
pub fn in_tree_law(source: &str) {
    let fragment = tokenize(source);
    spans_law(&fragment);
    let (theirs, foreign) = peer_in_tree(source);
    if !fragment.is_uncertain() && fragment.ambiguous().is_none() {
        namespaces_law(&fragment, &foreign);
    }
    match fragment.ambiguous() {
        None => same(source, "in a tree", &seen(&fragment), &theirs),
        Some(offset) => same_before(source, offset, &fragment, &theirs),
    }
}

/// Our tokens are those that html5ever reads when no tree builder tells it anything.
pub fn alone_law(source: &str) {
    for (state, peer_state, last_start_tag) in STATES {
        let options = Options::default().start_in(*state, last_start_tag).tree_feedback(false);
        let fragment = tokenize_with(source, &options);
        spans_law(&fragment);
        assert_eq!(fragment.ambiguous(), None, "{source:?}");
        let theirs = peer_alone(source, *peer_state, last_start_tag);
        same(source, &format!("in {state:?}"), &seen(&fragment), &theirs);
    }
}

/// Spans lie side by side, none is empty, together they are the source, and each tag stands between `<` and `>`.
pub fn spans_law(fragment: &Fragment<'_>) {
    let source = fragment.source();
    let mut end = 0;
    for token in fragment.tokens() {
        assert_eq!(token.start(), end, "a gap or an overlap in {source:?}");
        assert!(token.end() > end, "an empty token in {source:?}");
        end = token.end();
        let text = fragment.text(token);
        match token.kind() {
            Kind::StartTag | Kind::EndTag => {
                assert!(text.starts_with('<') && text.ends_with('>'), "{text:?} in {source:?}");
                assert!(text[1..].trim_start_matches('/').starts_with(fragment.raw_name(token)), "{source:?}");
                for attribute in fragment.attributes(token) {
                    assert!(token.start() < attribute.name.start && attribute.value.end < token.end(), "{source:?}");
                    assert!(attribute.name.end <= attribute.value.start, "{source:?}");
                }
            }
            Kind::Comment | Kind::Doctype => assert!(text.starts_with('<'), "{text:?} in {source:?}"),
            _ => {}
        }
    }
    assert_eq!(end, source.len(), "{source:?}");
}

/// Where no doubt is left, an element is foreign to us if it is to html5ever. It tells nothing of tags that it ignores.
fn namespaces_law(fragment: &Fragment<'_>, theirs: &[Option<bool>]) {
    let start_tags = fragment.tokens().iter().filter(|token| token.kind() == Kind::StartTag);
    for (token, theirs) in start_tags.zip(theirs) {
        let same = theirs.is_none_or(|theirs| theirs == token.is_foreign());
        assert!(same, "the namespace of {:?} in {:?}", fragment.text(token), fragment.source());
    }
}

fn same(source: &str, how: &str, ours: &[Seen], theirs: &[Seen]) {
    assert!(ours == theirs, "{how}: {source:?}\n  ours: {ours:?}\ntheirs: {theirs:?}");
}

/// Up to an ambiguous place the tokens must be the same; a text there may go on as something else.
fn same_before(source: &str, offset: usize, fragment: &Fragment<'_>, theirs: &[Seen]) {
    let before = fragment.tokens().iter().take_while(|token| token.start() < offset);
    let ours = merged(fragment, before);
    let whole = ours.len() - usize::from(matches!(ours.last(), Some(Seen::Text(_))));
    let theirs_before = theirs.get(..whole).unwrap_or(theirs);
    same(source, "before what is ambiguous", &ours[..whole], theirs_before);
    if let Some(Seen::Text(ours)) = ours.get(whole) {
        let Some(Seen::Text(theirs)) = theirs.get(whole) else { panic!("no text before {offset}: {source:?}") };
        assert!(theirs.starts_with(ours.as_str()), "{source:?}\n  ours: {ours:?}\ntheirs: {theirs:?}");
    }
}

/// What our tokens say.
pub fn seen(fragment: &Fragment<'_>) -> Vec<Seen> {
    merged(fragment, fragment.tokens().iter())
}

fn merged<'t>(fragment: &Fragment<'_>, tokens: impl Iterator<Item = &'t Token>) -> Vec<Seen> {
    let mut all = Vec::new();
    tokens.filter_map(|token| see(fragment, token)).for_each(|one| push(&mut all, one));
    all
}

/// What one token says; nothing if it is none to the standard.
pub fn see(fragment: &Fragment<'_>, token: &Token) -> Option<Seen> {
    Some(match token.kind() {
        Kind::Text(_) | Kind::Cdata => Seen::Text(fragment.decoded(token).into_owned()),
        Kind::StartTag => Seen::Start {
            name: fragment.tag_name(token).into_owned(),
            attributes: attributes(fragment, token),
            self_closing: token.is_self_closing(),
        },
        Kind::EndTag => Seen::End { name: fragment.tag_name(token).into_owned() },
        Kind::Comment => Seen::Comment(fragment.comment_text(token).into_owned()),
        Kind::Doctype => {
            let doctype = fragment.doctype(token);
            Seen::Doctype {
                name: doctype.name.map(Cow::into_owned),
                public_id: doctype.public_id.map(Cow::into_owned),
                system_id: doctype.system_id.map(Cow::into_owned),
                force_quirks: doctype.force_quirks,
            }
        }
        Kind::Nothing => return None,
    })
}

/// The first of each name counts.
fn attributes(fragment: &Fragment<'_>, token: &Token) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for attribute in fragment.attributes(token) {
        let name = attribute.canonical_name(fragment.source());
        if all.iter().all(|(known, _)| *known != name) {
            all.push((name.into_owned(), attribute.decoded_value(fragment.source()).into_owned()));
        }
    }
    all
}

fn push(all: &mut Vec<Seen>, one: Seen) {
    match (all.last_mut(), one) {
        (_, Seen::Text(text)) if text.is_empty() => {}
        (Some(Seen::Text(before)), Seen::Text(text)) => before.push_str(&text),
        (_, one) => all.push(one),
    }
}

/// What html5ever reads in the content of `<body>`, scripting off,
/// and for each start tag whether its element is foreign.
pub fn peer_in_tree(source: &str) -> (Vec<Seen>, Vec<Option<bool>>) {
    let context = Node::new(parse::context(), false);
    let builder = TreeBuilder::new_for_fragment(Tree::new(), context, None, parse::tree_builder());
    let sink = InTree { builder, seen: RefCell::default(), foreign: RefCell::default() };
    let sink = feed(source, sink, None, None);
    (sink.seen.into_inner(), sink.foreign.into_inner())
}

/// What html5ever's tokenizer reads without a tree builder.
pub fn peer_alone(source: &str, state: states::State, last_start_tag: &str) -> Vec<Seen> {
    feed(source, Alone::default(), Some(state), Some(last_start_tag)).0.into_inner()
}

fn feed<S: TokenSink>(source: &str, sink: S, state: Option<states::State>, last_start_tag: Option<&str>) -> S {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(source));
    let options = peer::TokenizerOpts {
        initial_state: state,
        last_start_tag_name: last_start_tag.filter(|name| !name.is_empty()).map(str::to_owned),
        ..parse::tokenizer()
    };
    let tokenizer = Tokenizer::new(sink, options);
    // It stops at each script and at each `<meta charset>`, and goes on when it is asked again.
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink
}

/// Notes a token of html5ever; `nul` is what a NUL outside of raw text becomes.
fn note(all: &RefCell<Vec<Seen>>, token: &peer::Token, nul: &str) {
    let string = |tendril: &StrTendril| tendril.to_string();
    let one = match token {
        peer::Token::CharacterTokens(text) => Seen::Text(string(text)),
        peer::Token::NullCharacterToken => Seen::Text(nul.to_owned()),
        peer::Token::CommentToken(text) => Seen::Comment(string(text)),
        peer::Token::DoctypeToken(doctype) => Seen::Doctype {
            name: doctype.name.as_ref().map(string),
            public_id: doctype.public_id.as_ref().map(string),
            system_id: doctype.system_id.as_ref().map(string),
            force_quirks: doctype.force_quirks,
        },
        peer::Token::TagToken(tag) if tag.kind == peer::TagKind::StartTag => Seen::Start {
            name: tag.name.to_string(),
            attributes: tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect(),
            self_closing: tag.self_closing,
        },
        peer::Token::TagToken(tag) => Seen::End { name: tag.name.to_string() },
        peer::Token::EOFToken | peer::Token::ParseError(_) => return,
    };
    push(&mut all.borrow_mut(), one);
}

#[derive(Default)]
struct Alone(RefCell<Vec<Seen>>);

impl TokenSink for Alone {
    type Handle = ();

    fn process_token(&self, token: peer::Token, _line: u64) -> TokenSinkResult<()> {
        note(&self.0, &token, "\0");
        TokenSinkResult::Continue
    }
}

struct InTree {
    builder: TreeBuilder<Rc<Node>, Tree>,
    seen: RefCell<Vec<Seen>>,
    foreign: RefCell<Vec<Option<bool>>>,
}

impl TokenSink for InTree {
    type Handle = Rc<Node>;

    fn process_token(&self, token: peer::Token, line: u64) -> TokenSinkResult<Rc<Node>> {
        if !matches!(token, peer::Token::NullCharacterToken) {
            note(&self.seen, &token, "");
            let is_start = matches!(&token, peer::Token::TagToken(tag) if tag.kind == peer::TagKind::StartTag);
            self.builder.sink.created.set(None);
            let result = self.builder.process_token(token, line);
            if is_start {
                self.foreign.borrow_mut().push(self.builder.sink.created.get());
            }
            return result;
        }
        // Whether a NUL is dropped or replaced is up to the tree builder.
        self.builder.sink.replaced.set(false);
        let result = self.builder.process_token(token, line);
        if self.builder.sink.replaced.get() {
            note(&self.seen, &peer::Token::NullCharacterToken, "\u{FFFD}");
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// An element as far as a tree builder asks for it. No tree is kept: only the stack of open elements matters here.
#[derive(Debug)]
struct Node {
    name: QualName,
    is_integration_point: bool,
}

impl Node {
    fn new(name: QualName, is_integration_point: bool) -> Rc<Self> {
        Rc::new(Self { name, is_integration_point })
    }
}

#[derive(Debug)]
struct Name<'a>(&'a QualName);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

struct Tree {
    document: Rc<Node>,
    /// Whether U+FFFD was put into the tree.
    replaced: Cell<bool>,
    /// Whether the last element that was made is foreign.
    created: Cell<Option<bool>>,
}

impl Tree {
    fn new() -> Self {
        let name = QualName::new(None, ns!(), local_name!(""));
        Self { document: Node::new(name, false), replaced: Cell::new(false), created: Cell::new(None) }
    }

    fn put(&self, child: &NodeOrText<Rc<Node>>) {
        if matches!(child, NodeOrText::AppendText(text) if &**text == "\u{FFFD}") {
            self.replaced.set(true);
        }
    }
}

impl TreeSink for Tree {
    type Handle = Rc<Node>;
    type Output = ();
    type ElemName<'a> = Name<'a>;

    fn finish(self) {}

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> Name<'a> {
        Name(&target.name)
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, flags: ElementFlags) -> Rc<Node> {
        self.created.set(Some(name.ns != ns!(html)));
        Node::new(name, flags.mathml_annotation_xml_integration_point)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn append(&self, _: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(&child);
    }

    fn append_based_on_parent_node(&self, _: &Rc<Node>, _: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(&child);
    }

    fn append_before_sibling(&self, _: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(&child);
    }

    fn get_template_contents(&self, _: &Rc<Node>) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Rc<Node>) -> bool {
        target.is_integration_point
    }

    fn parse_error(&self, _: Cow<'static, str>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Rc<Node>) {}
    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
}
