//! What the tree builder would tell the tokenizer (WHATWG 13.2.6: tree construction dispatcher, foreign content).
//!
//! A tokenizer alone cannot know whether it is inside SVG or MathML, where `<style>` holds markup and `<![CDATA[` holds
//! text. Only there is a stack of elements kept; everywhere else a tag costs nothing here. As long as
//! [`Foreign::is_uncertain`] is false, that stack is the upper part of the tree builder's stack of open elements, from
//! the first foreign element on. Where HTML inside of SVG or MathML is not plainly nested, what a tree builder would do
//! is no longer followed: it is uncertain from then on, and raw text that could be read in two ways makes the fragment
//! ambiguous (rule C16).

use super::attributes::Attributes;
use super::elements::{Class, Name};
use super::fragment::{name_range, name_range_at, raw_name};
use super::implied;
use super::rules::{is_html_integration_point, is_text_integration_point, leaves_foreign_content, stays_in_mathml};
use super::token::{Kind, MATHML, SVG, Token};

/// The part of the stack of open elements that stands in foreign content, and what cannot be told for sure.
#[derive(Default)]
pub(super) struct Foreign {
    stack: Vec<Open>,
    /// How many elements of the stack are HTML.
    html_depth: usize,
    /// The stack may differ from a tree builder's.
    uncertain: bool,
    /// Open `select`, `template` and `frameset`: builders differ in what they ignore there.
    disputed: [u32; 3],
    /// Whether any of this is not as it was at the start.
    is_open: bool,
}

/// An element on the stack. Small, for what is hostile has one in three bytes.
struct Open {
    /// Where its start tag begins.
    start: u32,
    name: Name,
    /// [`SVG`], [`MATHML`] or 0 for HTML inside of an integration point; and [`TAKES_HTML`].
    place: u8,
    /// What a start tag could close: [`implied::closable`] of this element and those it stands in.
    closable: u16,
}

impl Foreign {
    /// [`SVG`], [`MATHML`] or 0: the namespace of the innermost open element.
    pub(super) fn namespace(&self) -> u16 {
        self.stack.last().map_or(0, Open::namespace)
    }

    /// The namespace of text: in an integration point text is HTML.
    pub(super) fn text_namespace(&self) -> u16 {
        self.stack.last().map_or(0, |open| if open.takes_html() { 0 } else { open.namespace() })
    }

    /// Whether a tree builder might see other elements open than this stack has.
    pub(super) fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether `<![CDATA[` certainly opens a section: only foreign elements are open, without doubt.
    pub(super) fn certainly_foreign(&self) -> bool {
        !self.uncertain && !self.stack.is_empty() && self.html_depth == 0
    }

    /// Whether raw text could be read as markup, or markup as raw text.
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether SVG or MathML is open.
    pub(super) fn keeps_stack(&self) -> bool {
        !self.stack.is_empty()
    }

    /// Whether a token changes what is open here, or is read by it. Where no stack is kept and nothing is uncertain,
    /// these do: tags of [`Class::STATE`], and those that are a barrier to `</select>`.
    pub(super) fn is_affected_by(&self, token: &Token) -> bool {
        if self.uncertain || !self.stack.is_empty() {
            return true;
        }
        let name = token.name();
        !token.is_text() && (!token.is_tag() || name.is(Class::STATE) || name.is(Class::BARRIER))
    }

    /// Follows a tag if it does no more than open an element in the innermost one, or end that, which is what nearly
    /// all do; gives its namespace. (Nested SVG costs a third less to read.)
    #[inline(always)]
    pub(super) fn follow_usual(&mut self, tag: &Token) -> Option<u16> {
        match tag.kind() {
            Kind::StartTag => self.nest(tag),
            Kind::EndTag => self.end_innermost(tag),
            _ => None,
        }
    }

    #[inline(always)]
    fn nest(&mut self, tag: &Token) -> Option<u16> {
        let open = self.stack.last()?;
        let in_html = open.takes_html();
        let nests = NESTS[tag.name() as usize] & if in_html { IN_HTML } else { IN_FOREIGN } != 0;
        if !nests || (tag.is_self_closing() && !in_html) {
            return None;
        }
        let (namespace, closable) =
            if in_html { (0, open.closable) } else { (open.namespace(), open.closable & implied::THROUGH_FOREIGN) };
        self.html_depth += usize::from(in_html);
        self.stack.push(Open::new(tag, namespace, closable));
        Some(namespace)
    }

    #[inline(always)]
    fn end_innermost(&mut self, tag: &Token) -> Option<u16> {
        let open = self.stack.last()?;
        let name = open.name;
        if name != tag.name() || name.is_shared() || disputed_index(name).is_some() {
            return None;
        }
        let namespace = open.namespace();
        self.pop();
        self.note_open();
        Some(namespace)
    }

    /// Follows a tag of the source `bytes`, and tells which namespace it belongs to.
    pub(super) fn follow(&mut self, tag: Token, bytes: &[u8]) -> u16 {
        let namespace = if tag.kind() == Kind::EndTag { self.end_tag(tag, bytes) } else { self.start_tag(tag, bytes) };
        self.note_open();
        namespace
    }

    fn note_open(&mut self) {
        self.is_open = self.uncertain || !self.stack.is_empty() || self.disputed != [0; 3];
    }

    fn start_tag(&mut self, tag: Token, bytes: &[u8]) -> u16 {
        let name = tag.name();
        // A NUL is read as a U+FFFD, so names could match that are written differently.
        self.uncertain |= !self.stack.is_empty() && name.is_unknown() && raw_name(bytes, &tag).contains(&0);
        if self.in_html(name) {
            return self.html_start_tag(tag);
        }
        if leaves_foreign_content(name, || attribute_names(&tag, bytes)) {
            self.leave_foreign_content();
            return self.html_start_tag(tag);
        }
        // Whether this holds HTML depends on an attribute, and builders disagree on what leaves it.
        self.uncertain |= name == Name::AnnotationXml;
        let namespace = self.namespace();
        self.open_foreign(tag, namespace);
        namespace
    }

    /// 13.2.6, tree construction dispatcher: whether a start tag is read by the rules of HTML.
    fn in_html(&self, name: Name) -> bool {
        let Some(open) = self.stack.last() else { return true };
        open.takes_html() && !(open.namespace() == MATHML && stays_in_mathml(name))
    }

    fn html_start_tag(&mut self, tag: Token) -> u16 {
        let name = tag.name();
        let namespace = match name {
            Name::Svg => SVG,
            Name::Math => MATHML,
            _ => 0,
        };
        if namespace != 0 {
            self.uncertain |= self.disputed != [0; 3];
            self.open_foreign(tag, namespace);
            return namespace;
        }
        // A scope inside of a select keeps `</select>` from closing it.
        self.uncertain |= self.disputed[SELECT] > 0 && name != Name::Select && name.is(Class::BARRIER);
        if let Some(index) = disputed_index(name) {
            self.disputed[index] += 1;
        }
        if let Some(parent) = self.stack.last() {
            let parent_name = if parent.namespace() == 0 { parent.name } else { Name::Unknown };
            self.uncertain |= implied::may_not_just_nest(name, parent_name, parent.closable);
            if !name.is(Class::VOID) {
                let closable = parent.closable | implied::closable(name);
                self.stack.push(Open::new(&tag, 0, closable));
                self.html_depth += 1;
            }
        }
        0
    }

    fn open_foreign(&mut self, tag: Token, namespace: u16) {
        if !tag.is_self_closing() {
            let closable = self.stack.last().map_or(0, |open| open.closable & implied::THROUGH_FOREIGN);
            self.stack.push(Open::new(&tag, namespace, closable));
        }
    }

    /// Pops foreign elements up to an integration point or an element of HTML (13.2.6.5).
    fn leave_foreign_content(&mut self) {
        while self.stack.last().is_some_and(|open| open.namespace() != 0 && !open.takes_html()) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if self.stack.pop().is_some_and(|open| open.namespace() == 0) {
            self.html_depth -= 1;
        }
    }

    fn end_tag(&mut self, tag: Token, bytes: &[u8]) -> u16 {
        let name = tag.name();
        if let Some(index) = disputed_index(name).filter(|_| self.namespace() == 0) {
            self.disputed[index] = self.disputed[index].saturating_sub(1);
        }
        let Some(open) = self.stack.last() else { return 0 };
        let namespace = open.namespace();
        if open.ends_with(&tag, bytes) {
            self.pop();
        } else if namespace == 0 || self.uncertain {
            self.uncertain = true;
        } else if matches!(name, Name::P | Name::Br) {
            // 13.2.6.5: these two leave foreign content, like the start tags of [`Class::BREAKOUT`].
            self.leave_foreign_content();
            self.uncertain |= self.stack.last().is_some_and(|open| open.namespace() == 0);
            return 0;
        } else {
            // 13.2.6.5, any other end tag: up the stack to an element of this name, but not past HTML. Each element
            // that is looked at is popped, or it is uncertain for good, so the walk is paid for.
            let stops = |open: &Open| open.namespace() == 0 || open.ends_with(&tag, bytes);
            match self.stack.iter().rposition(stops) {
                Some(index) if self.stack[index].namespace() != 0 => self.stack.truncate(index),
                _ => self.uncertain = true,
            }
        }
        namespace
    }
}

impl Open {
    fn new(tag: &Token, namespace: u16, closable: u16) -> Self {
        // HTML itself, and the integration points of HTML and MathML text (13.2.6).
        let takes_html = match namespace {
            SVG => is_html_integration_point(tag.name()),
            MATHML => is_text_integration_point(tag.name()),
            _ => true,
        };
        let place = namespace as u8 | if takes_html { TAKES_HTML } else { 0 };
        Self { start: tag.start() as u32, name: tag.name(), place, closable }
    }

    fn namespace(&self) -> u16 {
        u16::from(self.place & !TAKES_HTML)
    }

    /// Whether the end tag has the element's name.
    fn ends_with(&self, end_tag: &Token, bytes: &[u8]) -> bool {
        let name_here = || &bytes[name_range_at(bytes, self.start as usize + 1, self.name)];
        let is_spelled_alike = || name_here().eq_ignore_ascii_case(raw_name(bytes, end_tag));
        self.name == end_tag.name() && (!self.name.is_shared() || is_spelled_alike())
    }

    /// Whether what stands right in it is read by the rules of HTML.
    fn takes_html(&self) -> bool {
        self.place & TAKES_HTML != 0
    }
}

/// No bit of a namespace.
const TAKES_HTML: u8 = 1;

/// For each name, where its start tag does nothing but open an element: [`IN_FOREIGN`], [`IN_HTML`].
static NESTS: [u8; Name::COUNT] = {
    let mut nests = [0; Name::COUNT];
    let mut index = 0;
    while index < Name::COUNT {
        let name = Name::ALL[index];
        nests[index] =
            if nests_in_foreign(name) { IN_FOREIGN } else { 0 } | if nests_in_html(name) { IN_HTML } else { 0 };
        index += 1;
    }
    nests
};

/// Right in an element of SVG or MathML that does not take HTML.
const IN_FOREIGN: u8 = 1;
/// In HTML inside of these.
const IN_HTML: u8 = 1 << 1;

const fn nests_in_foreign(name: Name) -> bool {
    let tells = name.is(Class::BREAKOUT) || name.is(Class::STATE) || name.is_unknown();
    matches!(name, Name::Svg | Name::Math) || !(tells || matches!(name, Name::Font | Name::AnnotationXml))
}

const fn nests_in_html(name: Name) -> bool {
    let tells = name.is(Class::STATE) || name.is(Class::BARRIER) || name.is(Class::VOID) || name.is_unknown();
    !tells && !stays_in_mathml(name) && implied::just_nests(name)
}

const SELECT: usize = 0;
const TEMPLATE: usize = 1;
const FRAMESET: usize = 2;

/// Where the open elements of this name are counted, if builders differ in what they ignore in them.
fn disputed_index(name: Name) -> Option<usize> {
    match name {
        Name::Select => Some(SELECT),
        Name::Template => Some(TEMPLATE),
        Name::Frameset => Some(FRAMESET),
        _ => None,
    }
}

/// The names of a tag's attributes, as written.
fn attribute_names<'b>(tag: &Token, bytes: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    Attributes::new(bytes, name_range(bytes, tag).end).map(|attribute| &bytes[attribute.name])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tokenize;
    use crate::random::Random;

    /// The slow twin takes the long way at each tag.
    #[test]
    fn usual_tags_do_what_the_long_way_does() {
        let units = [
            "<svg>", "<svg/>", "</svg>", "<math>", "</math>", "<g>", "<G>", "<g/>", "</g>", "<mi>", "</mi>",
            "<mglyph>", "<mrow>", "<desc>", "<foreignObject>", "</foreignObject>", "<annotation-xml>", "<b>", "<b/>",
            "</b>", "<span>", "</span>", "<p>", "</p>", "<a>", "<li>", "<br>", "<input>", "<font>", "<font size=1>",
            "<select>", "<button>", "<table>", "<td>", "<template>", "<style>", "</style>", "<title>", "<x>", "<x\0>",
            "</x>",
        ];
        let (mut random, mut usual) = (Random::new(11), 0);
        for _ in 0..30_000 {
            let few = [(); 6].map(|()| units[random.below(units.len())]);
            let source = random.text(12, &few);
            let source = format!("<svg>{source}");
            let fragment = tokenize(&source);
            let bytes = fragment.source().as_bytes();
            let (mut fast, mut slow) = (Foreign::default(), Foreign::default());
            for tag in fragment.tokens().iter().filter(|token| token.is_tag()) {
                let namespace = slow.follow(*tag, bytes);
                let shortcut = fast.follow_usual(tag);
                usual += usize::from(shortcut.is_some());
                assert_eq!(shortcut.unwrap_or_else(|| fast.follow(*tag, bytes)), namespace, "{source:?}");
                let state = |of: &Foreign| (of.html_depth, of.uncertain, of.disputed, of.is_open);
                assert_eq!(state(&fast), state(&slow), "{source:?}");
                let stack = |of: &Foreign| {
                    of.stack.iter().map(|open| (open.start, open.name, open.place, open.closable)).collect::<Vec<_>>()
                };
                assert_eq!(stack(&fast), stack(&slow), "{source:?}");
            }
        }
        assert!(usual > 30_000, "{usual}");
    }
}
