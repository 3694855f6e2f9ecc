//! The loop that turns a fragment into tokens.

use std::borrow::Cow;

use super::attributes::ends_name;
use super::elements::{Class, Name};
use super::foreign::Foreign;
use super::fragment::{Fragment, raw_name};
use super::lexer::{
    State, cdata_end, data_text, is_markup, nothing, other_markup, raw_text, raw_text_end, rest_of_tag, tag,
};
use super::names::{first_word, usual_opening};
use super::token::{Kind, TextKind, Token};
use crate::boundary::floor_char_boundary;

/// How to tokenize. The default is as [`tokenize`] does it.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    watch: &'o str,
    state: State,
    last_start_tag: &'o str,
    tree_feedback: bool,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = f.debug_struct("Options");
        debug.field("state", &self.state).field("tree_feedback", &self.tree_feedback).finish_non_exhaustive()
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { watch: "", state: State::Data, last_start_tag: "", tree_feedback: true }
    }
}

impl<'o> Options<'o> {
    /// Flags tags and attributes called `word`, and lets tags of that name pass as if they were not there:
    /// they open and close nothing.
    #[must_use]
    pub const fn watch(mut self, word: &'o str) -> Self {
        self.watch = word;
        self
    }

    /// The state to start in, and the name of the start tag that brought it about.
    #[must_use]
    pub const fn start_in(mut self, state: State, last_start_tag: &'o str) -> Self {
        (self.state, self.last_start_tag) = (state, last_start_tag);
        self
    }

    /// Whether start tags such as `<script>` and `<svg>` change the state,
    /// as a tree builder makes them do. Default: yes.
    #[must_use]
    pub const fn tree_feedback(mut self, feedback: bool) -> Self {
        self.tree_feedback = feedback;
        self
    }
}

/// Reads `source` as the content of `<body>`, scripting off.
///
/// ```
/// let fragment = blackbar::html::tokenize("a<br>b");
/// assert_eq!(fragment.tokens().len(), 3);
/// ```
#[must_use]
pub fn tokenize(source: &str) -> Fragment<'_> {
    tokenize_with(source, &Options::default())
}

/// Reads `source` with other options. What stands past 4 GiB is left out: the caller's limits come first.
///
/// ```
/// use blackbar::html::{Options, State, tokenize_with};
///
/// let options = Options::default().start_in(State::Rcdata, "title");
/// assert_eq!(tokenize_with("a <b> c</title>", &options).tokens().len(), 2);
/// ```
#[must_use]
pub fn tokenize_with<'s>(source: &'s str, options: &Options<'_>) -> Fragment<'s> {
    // Tokens keep their offsets in 32 bits.
    let source = &source[..floor_char_boundary(source, u32::MAX as usize)];
    let mut tokenizer = Tokenizer::new(source, source.len() / 16 + 4);
    tokenizer.tokenize(options);
    tokenizer.finish(source, options)
}

/// A source, and what has been read of it.
pub(super) struct Tokenizer<'s> {
    bytes: &'s [u8],
    pub(super) tokens: Vec<Token>,
    foreign: Foreign,
    ambiguous: Option<usize>,
    /// Where the first tag stands that opened something in which some reader reads tags in another way; `usize::MAX` if
    /// none did.
    pub(super) stateless_up_to: usize,
}

impl<'s> Tokenizer<'s> {
    pub(super) fn new(source: &'s str, tokens: usize) -> Self {
        Self {
            bytes: source.as_bytes(),
            tokens: Vec::with_capacity(tokens),
            foreign: Foreign::default(),
            ambiguous: None,
            stateless_up_to: usize::MAX,
        }
    }

    pub(super) fn finish(self, source: &'s str, options: &Options<'_>) -> Fragment<'s> {
        debug_assert!(self.tokens.iter().all(|token| token.is_truthful(source)));
        Fragment {
            source,
            tokens: Cow::Owned(self.tokens),
            ambiguous: self.ambiguous,
            uncertain: self.foreign.is_uncertain(),
            tree_feedback: options.tree_feedback,
            stateless_up_to: if options.tree_feedback && options.state == State::Data {
                self.stateless_up_to
            } else {
                0
            },
        }
    }

    fn tokenize(&mut self, options: &Options<'_>) {
        let bytes = self.bytes;
        let mut at = self.initial(options);
        let watch = first_word(options.watch.as_bytes());
        while let Some(&byte) = bytes.get(at) {
            if byte != b'<' {
                at = self.text(at, options);
            }
            at = match usual_opening(bytes, at) {
                Some(opening) if opening.stop == b'>' && opening.is_idle => {
                    self.tokens.push(opening.bare(at));
                    if self.foreign.is_open() { self.follow(options.tree_feedback) } else { opening.end + 1 }
                }
                Some(opening) if ends_name(opening.stop) => {
                    let tag = rest_of_tag(bytes, opening.tag(at, watch), options.watch.as_bytes());
                    self.push_markup(tag, options)
                }
                _ if at == bytes.len() => at,
                _ => self.token(at, options),
            };
        }
    }

    /// Reads whatever begins at `at`, and tells where the data state goes on.
    #[inline(never)]
    pub(super) fn token(&mut self, at: usize, options: &Options<'_>) -> usize {
        match self.bytes[at..] {
            [b'<', b'/', b'>', ..] => return self.push_markup(nothing(at), options),
            [b'<', b'!' | b'?', ..] => {}
            [b'<', ..] => match tag(self.bytes, at, options.watch.as_bytes()) {
                Some(tag) => return self.push_markup(tag, options),
                None if is_markup(self.bytes, at) => {}
                None => return self.text(at, options),
            },
            _ => return self.text(at, options),
        }
        self.other_markup(at, options)
    }

    /// Reads the text that begins at `at`.
    #[inline(always)]
    fn text(&mut self, at: usize, options: &Options<'_>) -> usize {
        let (end, flags) = data_text(self.bytes, at);
        self.tokens.push(Token::new(Kind::Text(TextKind::Data), at..end).with(flags));
        if self.foreign.is_open() {
            self.follow(options.tree_feedback);
        }
        end
    }

    fn other_markup(&mut self, at: usize, options: &Options<'_>) -> usize {
        let markup = other_markup(self.bytes, at, self.foreign.namespace() != 0);
        self.push_markup(markup, options)
    }

    #[inline(always)]
    fn push_markup(&mut self, markup: Token, options: &Options<'_>) -> usize {
        self.tokens.push(markup);
        // Outside of foreign content and the like, only a few names mean anything to the tokenizer.
        if self.foreign.is_open() || markup.name().is(Class::STATE) {
            return self.follow(options.tree_feedback);
        }
        markup.end()
    }

    /// Reads the last token as the tree builder would have it, and the raw text after it;
    /// tells where the data state goes on.
    // It finds the token in the list: one that is handed over would have to be in memory, where it now is in registers.
    #[inline(never)]
    fn follow(&mut self, tree_feedback: bool) -> usize {
        match self.tokens.last() {
            Some(_) if tree_feedback && self.foreign.keeps_stack() => self.follow_in_stack(),
            Some(last) if self.foreign.is_affected_by(last) => self.follow_closely(tree_feedback),
            last => last.map_or(0, Token::end),
        }
    }

    #[inline(never)]
    fn follow_in_stack(&mut self) -> usize {
        if let Some(last) = self.tokens.last_mut()
            && let Some(namespace) = self.foreign.follow_usual(last)
        {
            *last = last.with(namespace);
            return last.end();
        }
        self.follow_closely(true)
    }

    #[inline(never)]
    fn follow_closely(&mut self, tree_feedback: bool) -> usize {
        let Some(last) = self.tokens.last_mut() else { return 0 };
        let token = *last;
        let text = &self.bytes[token.range()];
        match token.kind() {
            Kind::StartTag | Kind::EndTag if tree_feedback && !token.is_watched() => return self.follow_tag(token),
            Kind::Text(_) => {
                *last = token.with(self.foreign.text_namespace());
                // HTML drops a NUL, SVG and MathML replace it.
                if self.foreign.is_uncertain() && memchr::memchr(0, text).is_some() {
                    self.flag(token.start());
                }
            }
            Kind::Cdata => {
                *last = token.with(self.foreign.text_namespace());
                if !self.foreign.certainly_foreign() {
                    self.flag(token.start());
                }
            }
            Kind::Comment if text.starts_with(b"<![CDATA[") => self.flag(token.start()),
            _ => {}
        }
        token.end()
    }

    /// Reads what stands before the first change of state to the data state.
    fn initial(&mut self, options: &Options<'_>) -> usize {
        let kind = match options.state {
            State::Data => return 0,
            State::CdataSection => {
                let end = cdata_end(self.bytes, 0);
                self.push_text(Token::new(Kind::Cdata, 0..end));
                return end;
            }
            State::Rcdata => TextKind::Rcdata,
            State::RawText => TextKind::RawText,
            State::ScriptData => TextKind::Script,
            State::PlainText => TextKind::PlainText,
        };
        let text = raw_text(self.bytes, 0, kind, options.last_start_tag.as_bytes());
        self.push_text(text);
        text.end()
    }

    fn push_text(&mut self, text: Token) {
        if !text.range().is_empty() {
            self.tokens.push(text);
        }
    }

    fn flag(&mut self, at: usize) {
        self.ambiguous.get_or_insert(at);
    }

    fn follow_tag(&mut self, token: Token) -> usize {
        let was_open = self.foreign.is_open();
        let namespace = self.foreign.follow(token, self.bytes);
        if was_open || self.foreign.is_open() || token.name() == Name::Noscript {
            self.stateless_up_to = self.stateless_up_to.min(token.start());
        }
        if let Some(last) = self.tokens.last_mut() {
            *last = token.with(namespace);
        }
        let Some(kind) = raw_text_kind(token.name()).filter(|_| token.kind() == Kind::StartTag) else {
            return token.end();
        };
        let raw_name = raw_name(self.bytes, &token);
        if was_open && self.ambiguous.is_none() && self.is_readable_twice(kind, token.end(), raw_name) {
            self.flag(token.start());
        }
        if namespace != 0 {
            return token.end();
        }
        let text = raw_text(self.bytes, token.end(), kind, raw_name);
        self.push_text(text);
        text.end()
    }

    /// Whether the content of a raw text element would be something else if it were read as markup (rule C16).
    fn is_readable_twice(&self, kind: TextKind, at: usize, raw_name: &[u8]) -> bool {
        let end = match kind {
            TextKind::PlainText => self.bytes.len(),
            _ => raw_text_end(self.bytes, at, raw_name),
        };
        let content = &self.bytes[at..end];
        let decodes = kind == TextKind::Rcdata;
        let telling = |&byte: &u8| byte == b'<' || byte == 0 || (byte == b'&' && !decodes);
        content.iter().any(telling) || memchr::memmem::find(content, b"]]>").is_some()
    }
}

/// The state that a start tag of HTML switches to (WHATWG 13.2.6.4.4 and 13.2.6.4.7).
pub(super) fn raw_text_kind(name: Name) -> Option<TextKind> {
    match name {
        Name::Title | Name::Textarea => Some(TextKind::Rcdata),
        Name::Style | Name::Xmp | Name::Iframe | Name::Noembed | Name::Noframes => Some(TextKind::RawText),
        Name::Script => Some(TextKind::Script),
        Name::Plaintext => Some(TextKind::PlainText),
        _ => None,
    }
}
