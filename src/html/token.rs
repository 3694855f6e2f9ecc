//! Tokens: what kind, where, which name.

use std::ops::Range;

use super::elements::Name;
use super::reference::reference_at;

/// Which rules text was read by (WHATWG 13.2.5: the state that the tokenizer was in).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// Ordinary text: character references are decoded.
    Data,
    /// The text of `title` and `textarea`: character references are decoded, tags are not seen.
    Rcdata,
    /// The text of `style`, `xmp`, `iframe`, `noembed` and `noframes`: nothing is decoded.
    RawText,
    /// The text of `script`: nothing is decoded.
    Script,
    /// All that follows `<plaintext>`: nothing is decoded.
    PlainText,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Characters.
    Text(TextKind),
    /// `<name …>`
    StartTag,
    /// `</name …>`
    EndTag,
    /// `<!-- … -->` and all that the standard reads as a bogus comment.
    Comment,
    /// `<!doctype …>`
    Doctype,
    /// `<![CDATA[ … ]]>` in SVG or MathML: characters between delimiters.
    Cdata,
    /// Bytes that make no token: `</>`, and a tag cut off by the end of the input.
    Nothing,
}

/// A token: its kind, its bytes and, for tags, its name. It holds no text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    start: u32,
    end: u32,
    kind: Kind,
    name: Name,
    flags: u16,
}

/// The tag ends in `/>`.
pub(super) const SELF_CLOSING: u16 = 1;
/// The tag has something between its name and its end that is not white space.
pub(super) const ATTRIBUTES: u16 = 1 << 1;
/// The tag has the attribute that [`super::Options::watch`] names.
pub(super) const WATCHED_ATTRIBUTE: u16 = 1 << 2;
/// The tag has an attribute whose name ends in, but is not, the watched one.
pub(super) const NEAR_ATTRIBUTE: u16 = 1 << 3;
/// The tag's name is the watched one.
pub(super) const WATCHED_NAME: u16 = 1 << 4;
/// The token belongs to an SVG element.
pub(super) const SVG: u16 = 1 << 5;
/// The token belongs to a MathML element.
pub(super) const MATHML: u16 = 1 << 6;
/// The text has an `&`.
pub(super) const AMPERSAND: u16 = 1 << 7;
/// The text has a `<` that begins nothing, or the tag has one in its attributes.
pub(super) const LESS_THAN: u16 = 1 << 8;
/// The CDATA section has its `<![CDATA[`.
pub(super) const CDATA_OPENING: u16 = 1 << 9;
/// The tag has the attribute `hidden` or `popover`.
pub(super) const HIDDEN: u16 = 1 << 10;

/// The text is known to hold no character below U+0020, no `<`, and no two spaces in a row, references apart. It may be
/// so without the flag too, so the flag says nothing about what the token is.
pub(super) const EVEN: u16 = 1 << 11;

/// Nothing about the token is, hides or looks like a tag or attribute of the watched name. A tag, or a `</>`: its name
/// is known or begins with another letter, no attribute's name ends in the watched one, and there is no `<` inside. A
/// text: there is no `<` in it, not even as a reference. It may be so without the flag too.
pub(super) const PLAIN: u16 = 1 << 12;

/// The text is known to be nothing but spaces, tabs and line ends. It may be so without the flag too.
pub(super) const BLANK: u16 = 1 << 13;

/// What is known of a token without being part of what it is. Of two texts joined, what is known is what is known of
/// both.
const KNOWN: u16 = EVEN | PLAIN | BLANK;

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        let all = |token: &Self| (token.start, token.end, token.kind, token.name, token.flags & !KNOWN);
        all(self) == all(other)
    }
}

impl Eq for Token {}

impl Token {
    /// No bytes.
    pub(super) const NOTHING: Self = Self { start: 0, end: 0, kind: Kind::Nothing, name: Name::Unknown, flags: 0 };

    pub(super) fn new(kind: Kind, range: Range<usize>) -> Self {
        Self { start: range.start as u32, end: range.end as u32, kind, name: Name::Unknown, flags: 0 }
    }

    pub(super) fn tag(kind: Kind, range: Range<usize>, name: Name, flags: u16) -> Self {
        Self { name, flags, ..Self::new(kind, range) }
    }

    pub(super) fn with(self, flags: u16) -> Self {
        Self { flags: self.flags | flags, ..self }
    }

    pub(super) fn without(self, flags: u16) -> Self {
        Self { flags: self.flags & !flags, ..self }
    }

    /// The token `by` bytes further on, modulo 2³².
    pub(crate) fn moved(self, by: usize) -> Self {
        Self { start: self.start.wrapping_add(by as u32), end: self.end.wrapping_add(by as u32), ..self }
    }

    /// The same, with another end.
    pub(super) fn ending(self, end: usize) -> Self {
        Self { end: end as u32, ..self }
    }

    /// The tag without attributes, `by` bytes shorter.
    pub(super) fn bared(self, by: usize) -> Self {
        let flags = self.flags & !(ATTRIBUTES | WATCHED_ATTRIBUTE | NEAR_ATTRIBUTE | LESS_THAN | HIDDEN);
        Self { end: self.end - by as u32, flags, ..self }
    }

    /// One text of this one and of `next`, which follows it. It is even if both are: where spaces could meet, this one
    /// must have been made [uneven](Self::uneven) before.
    pub(super) fn joined(self, next: &Self) -> Self {
        let flags = (self.flags | next.flags) & !KNOWN | self.flags & next.flags;
        Self { end: next.end, flags, ..self }
    }

    /// The same, not known to be even.
    pub(super) fn uneven(self) -> Self {
        Self { flags: self.flags & !EVEN, ..self }
    }

    pub(super) fn has(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    /// What the token is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its bytes in the source. Together the ranges of all tokens are the source, in order.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Where it begins, in bytes.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Where it ends, in bytes.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// The name of a tag; [`Name::Unknown`] if this is no tag.
    #[must_use]
    pub fn name(&self) -> Name {
        self.name
    }

    /// Whether this is the start tag of an element called `name`.
    #[must_use]
    pub fn opens(&self, name: Name) -> bool {
        self.kind == Kind::StartTag && self.name == name
    }

    /// Whether this is an end tag called `name`.
    #[must_use]
    pub fn closes(&self, name: Name) -> bool {
        self.kind == Kind::EndTag && self.name == name
    }

    /// Whether this is a start tag or an end tag.
    #[must_use]
    pub fn is_tag(&self) -> bool {
        matches!(self.kind, Kind::StartTag | Kind::EndTag)
    }

    /// Whether this is text of any kind, CDATA included.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text(_) | Kind::Cdata)
    }

    /// Whether the tag ends in `/>`.
    #[must_use]
    pub fn is_self_closing(&self) -> bool {
        self.has(SELF_CLOSING)
    }

    /// Whether the tag has attributes.
    #[must_use]
    pub fn has_attributes(&self) -> bool {
        self.has(ATTRIBUTES)
    }

    /// Whether the tag has the watched attribute, see [`super::Options::watch`].
    #[must_use]
    pub fn has_watched_attribute(&self) -> bool {
        self.has(WATCHED_ATTRIBUTE)
    }

    /// Whether the tag has an attribute whose name begins or ends in the watched word, such as `redacted` or
    /// `data-redact`.
    #[must_use]
    pub fn has_near_attribute(&self) -> bool {
        self.has(NEAR_ATTRIBUTE)
    }

    /// Whether the tag has an attribute that hides its element: `hidden` or `popover`, whatever the value.
    #[must_use]
    pub fn has_hiding_attribute(&self) -> bool {
        self.has(HIDDEN)
    }

    /// Whether the tag's name is the watched word.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.has(WATCHED_NAME)
    }

    /// Whether the token is a tag, text or CDATA section of SVG or MathML rather than of HTML.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.has(SVG | MATHML)
    }

    /// [`SVG`], [`MATHML`] or 0 for HTML.
    pub(super) fn namespace(&self) -> u16 {
        self.flags & (SVG | MATHML)
    }

    /// Whether the text has an `&`, so that a character reference may be in it.
    pub(crate) fn may_have_references(&self) -> bool {
        self.has(AMPERSAND)
    }

    /// Whether the text is known to hold no character below U+0020, no `<`, no `&` and no two spaces in a row.
    pub(crate) fn is_even(&self) -> bool {
        self.flags & (EVEN | AMPERSAND) == EVEN
    }

    /// The same, as long as its references are not decoded; these it may have.
    pub(crate) fn is_even_apart_from_references(&self) -> bool {
        self.has(EVEN)
    }

    /// Whether the text is known to be nothing but spaces, tabs and line ends.
    pub(crate) fn is_blank(&self) -> bool {
        self.has(BLANK)
    }

    /// Whether nothing about the token is like a mark, see [`PLAIN`].
    pub(crate) fn is_plain(&self) -> bool {
        self.has(PLAIN)
    }

    /// Whether what [`EVEN`], [`PLAIN`] and [`BLANK`] say is true. Comparing tokens leaves them out, so debug builds,
    /// and so tests and fuzzing, ask this of each that is made.
    pub(super) fn is_truthful(&self, source: &str) -> bool {
        let text = &source[self.range()];
        let is_even = || {
            !text.contains('<')
                && (self.has(AMPERSAND) || !text.contains('&'))
                && !text.contains(|c: char| c < ' ')
                && !text.contains("  ")
        };
        let is_plain = || match self.is_text() {
            false => !text[1..].contains('<') && !self.has(WATCHED_NAME | WATCHED_ATTRIBUTE | NEAR_ATTRIBUTE),
            true => {
                let refers = |at: usize| reference_at(text.as_bytes(), at, false).is_some_and(|it| it.chars() == ['<']);
                !text.contains('<') && !text.match_indices('&').any(|(at, _)| refers(at))
            }
        };
        let is_blank = || self.is_text() && text.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        (!self.has(EVEN) || self.is_text() && is_even())
            && (!self.is_plain() || is_plain())
            && (!self.is_blank() || is_blank())
    }

    /// Whether there is a `<` in a tag's attributes, or one in text that begins nothing.
    pub(crate) fn has_less_than(&self) -> bool {
        self.has(LESS_THAN)
    }

    /// Whether two tokens are read alike, attributes and place apart.
    pub(crate) fn is_read_like(&self, other: &Self) -> bool {
        let reading = SELF_CLOSING | WATCHED_NAME | SVG | MATHML;
        (self.kind, self.name, self.flags & reading) == (other.kind, other.name, other.flags & reading)
    }
}
