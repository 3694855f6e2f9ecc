//! A tokenized fragment: the source, its tokens, and what the source says at each.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::{Attributes, ends_name};
use super::declaration::{self, Doctype};
use super::elements::Name;
use super::text::TextMap;
use super::token::{CDATA_OPENING, Kind, TextKind, Token};

/// A tokenized piece of HTML.
#[derive(Clone)]
pub struct Fragment<'s> {
    pub(super) source: &'s str,
    pub(super) tokens: Cow<'s, [Token]>,
    pub(super) ambiguous: Option<usize>,
    pub(super) uncertain: bool,
    pub(super) tree_feedback: bool,
    /// Where the first tag stands that changed how others are read, for any reader: that of SVG, MathML, a `select`,
    /// `template`, `frameset` or `noscript`. Before it nothing is uncertain or ambiguous. `usize::MAX` if there is
    /// none; 0 if reading did not begin in the data state.
    pub(super) stateless_up_to: usize,
}

impl std::fmt::Debug for Fragment<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fragment").field("tokens", &self.tokens.len()).finish_non_exhaustive()
    }
}

impl<'s> Fragment<'s> {
    /// A fragment that was tokenized before and found neither ambiguous nor uncertain.
    pub(crate) fn from_tokens(source: &'s str, tokens: &'s [Token]) -> Self {
        debug_assert!(tokens.iter().all(|token| token.is_truthful(source)));
        let tokens = Cow::Borrowed(tokens);
        Self { source, tokens, ambiguous: None, uncertain: false, tree_feedback: true, stateless_up_to: 0 }
    }

    /// Whether tags and text are read alike wherever they stand.
    pub(crate) fn is_stateless(&self) -> bool {
        self.stateless_up_to == usize::MAX
    }

    /// The same of those that begin before `offset`.
    pub(crate) fn is_stateless_up_to(&self, offset: usize) -> bool {
        offset <= self.stateless_up_to
    }

    /// The tokens without their source.
    pub(crate) fn into_tokens(self) -> Vec<Token> {
        self.tokens.into_owned()
    }

    /// How many bytes at the start of the text token at `index` are a line end that HTML drops (WHATWG 13.2.6.4.7:
    /// after a `pre`, `listing` or `textarea` start tag).
    pub(crate) fn dropped_newline(&self, index: usize) -> usize {
        let length = self.leading_line_end(index);
        if length != 0 && self.follows_preformatted(index) { length } else { 0 }
    }

    /// How many bytes at the start of the text token at `index` are a line end, as it is or as a reference.
    #[inline]
    pub(crate) fn leading_line_end(&self, index: usize) -> usize {
        let text = &self.source.as_bytes()[self.tokens[index].range()];
        match text.first() {
            Some(b'\r' | b'\n' | b'&') => leading_line_end_of(text),
            _ => 0,
        }
    }

    /// Whether what stands at `index` is the first thing in a `pre`, `listing` or `textarea`: there a line end is
    /// dropped. Watched tags and bytes that make no token do not count.
    pub(crate) fn follows_preformatted(&self, index: usize) -> bool {
        let counts = |token: &&Token| !token.is_watched() && token.kind() != Kind::Nothing;
        let before = self.tokens[..index].iter().rev().find(counts);
        before.is_some_and(|token| {
            token.kind() == Kind::StartTag && !token.is_foreign() && token.name().is_preformatted()
        })
    }

    /// What was tokenized.
    #[must_use]
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// The tokens, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The offset, in bytes, of the first markup that a tree builder could read as other tokens (rule C16); `None` if
    /// there is no such markup.
    #[must_use]
    pub fn ambiguous(&self) -> Option<usize> {
        self.ambiguous
    }

    /// Whether HTML inside SVG or MathML is nested so that a tree builder may have other elements open
    /// than the tokenizer assumes.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// The source text of a token; empty if the token belongs to another fragment and its range does not fit this one.
    #[must_use]
    pub fn text(&self, token: &Token) -> &'s str {
        self.source.get(token.range()).unwrap_or_default()
    }

    /// Whether the token at `index` is text that people read: not that of scripts, style sheets and the like.
    pub(crate) fn is_read(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        match token.kind() {
            Kind::Text(TextKind::Script) => false,
            // `xmp` alone shows its text.
            Kind::Text(TextKind::RawText) => self.before(index).is_some_and(|tag| tag.opens(Name::Xmp)),
            kind => matches!(kind, Kind::Text(_) | Kind::Cdata),
        }
    }

    /// The token before the one at `index`.
    pub(crate) fn before(&self, index: usize) -> Option<&Token> {
        index.checked_sub(1).and_then(|before| self.tokens.get(before))
    }

    /// Where the characters of a text token stand: all of it, but for the delimiters of a CDATA section.
    #[inline]
    pub(crate) fn content(&self, token: &Token) -> Range<usize> {
        if token.kind() != Kind::Cdata {
            return token.range();
        }
        // A tokenizer that starts inside of a section has not seen it open.
        let opening = if token.has(CDATA_OPENING) { "<![CDATA[".len() } else { 0 };
        let content = self.text(token).get(opening..).unwrap_or_default();
        let closing = if content.ends_with("]]>") { "]]>".len() } else { 0 };
        token.start() + opening..token.end() - closing
    }

    /// The name of a tag, as written.
    #[must_use]
    pub fn raw_name(&self, token: &Token) -> &'s str {
        self.source.get(name_range(self.source.as_bytes(), token)).unwrap_or_default()
    }

    /// The name of a tag as the standard reads it: ASCII letters in lower case, NUL as U+FFFD.
    ///
    /// ```
    /// let fragment = blackbar::html::tokenize("<Vendor-X a>");
    /// assert_eq!(fragment.tag_name(&fragment.tokens()[0]), "vendor-x");
    /// ```
    #[must_use]
    pub fn tag_name(&self, token: &Token) -> Cow<'s, str> {
        match token.name().as_str() {
            "" => canonical_name(self.raw_name(token)),
            known => Cow::Borrowed(known),
        }
    }

    /// What stands in a tag between its name and the `>` or `/>` that ends it.
    pub(crate) fn after_name(&self, token: &Token) -> Range<usize> {
        let closing = if token.is_self_closing() { 2 } else { 1 };
        name_range(self.source.as_bytes(), token).end..token.end() - closing
    }

    /// The attributes of a tag in the order written. Where several have the same name, HTML takes the first; all of
    /// them are listed here. Of a token that is no tag they mean nothing, and may be read from what follows it.
    #[must_use]
    pub fn attributes(&self, token: &Token) -> Attributes<'s> {
        let bytes = self.source.as_bytes();
        Attributes::new(bytes, name_range(bytes, token).end)
    }

    /// The data of a comment, without what opens and closes it; for a bogus comment,
    /// what the standard takes as its data.
    ///
    /// ```
    /// let fragment = blackbar::html::tokenize("<!-- a --!><?php b ?>");
    /// assert_eq!(fragment.comment_text(&fragment.tokens()[0]), " a ");
    /// assert_eq!(fragment.comment_text(&fragment.tokens()[1]), "?php b ?");
    /// ```
    #[must_use]
    pub fn comment_text(&self, token: &Token) -> Cow<'s, str> {
        declaration::comment_text(self.text(token))
    }

    /// What a doctype says.
    ///
    /// ```
    /// let fragment = blackbar::html::tokenize("<!DOCTYPE html SYSTEM 'about:legacy-compat'>");
    /// let doctype = fragment.doctype(&fragment.tokens()[0]);
    /// assert_eq!(doctype.name.as_deref(), Some("html"));
    /// assert_eq!(doctype.system_id.as_deref(), Some("about:legacy-compat"));
    /// ```
    #[must_use]
    pub fn doctype(&self, token: &Token) -> Doctype<'s> {
        declaration::doctype(self.text(token))
    }

    /// The characters of a text token: references decoded, line ends and NUL as the standard reads them.
    #[must_use]
    pub fn decoded(&self, token: &Token) -> Cow<'s, str> {
        let raw = self.text(token);
        let decodes = memchr::memchr3(b'&', b'\r', 0, raw.as_bytes()).is_some() || token.kind() == Kind::Cdata;
        if raw.is_empty() || !decodes {
            return Cow::Borrowed(raw);
        }
        let mut map = TextMap::default();
        map.push(self, token, self.tree_feedback);
        Cow::Owned(map.into_text())
    }
}

/// The name of a tag of the source `bytes`, as written.
pub(super) fn raw_name<'b>(bytes: &'b [u8], token: &Token) -> &'b [u8] {
    bytes.get(name_range(bytes, token)).unwrap_or_default()
}

/// Where the name of a tag stands in the source `bytes`.
pub(super) fn name_range(bytes: &[u8], token: &Token) -> Range<usize> {
    let start = token.start() + if token.kind() == Kind::EndTag { 2 } else { 1 };
    name_range_at(bytes.get(..token.end()).unwrap_or_default(), start, token.name())
}

/// The same of a tag that is called `name`, which is written from `start` on.
pub(super) fn name_range_at(bytes: &[u8], start: usize, name: Name) -> Range<usize> {
    let length = if name.is_shared() {
        let rest = bytes.get(start..).unwrap_or_default();
        rest.iter().position(|&byte| ends_name(byte)).unwrap_or(rest.len())
    } else {
        name.as_str().len()
    };
    start..start + length
}

/// How many bytes at the start of `text` are a line end, if there is one.
fn leading_line_end_of(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        [b'&', ..] => match super::reference::reference_at(text, 0, false) {
            Some(reference) if reference.chars() == ['\n'] => reference.len(),
            _ => 0,
        },
        _ => 0,
    }
}

/// A tag's or an attribute's name as the standard reads it (13.2.5.8, 13.2.5.33).
pub(crate) fn canonical_name(raw: &str) -> Cow<'_, str> {
    if !raw.bytes().any(|byte| byte == 0 || byte.is_ascii_uppercase()) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.to_ascii_lowercase().replace('\0', "\u{FFFD}"))
}
