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
    /// [`SVG`], [`MATHML`] or 0 for HTML inside of an integration point.
    namespace: u8,
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

    /// Whether a token changes what is open here, or is read by it. Where no stack is kept and nothing is uncertain,
    /// these do: tags of [`Class::STATE`], and those that are a barrier to `</select>`.
    pub(super) fn is_affected_by(&self, token: &Token) -> bool {
        if self.uncertain || !self.stack.is_empty() {
            return true;
        }
        let name = token.name();
        !token.is_text() && (!token.is_tag() || name.is(Class::STATE) || name.is(Class::BARRIER))
    }

    /// Follows a tag of the source `bytes`, and tells which namespace it belongs to.
    pub(super) fn follow(&mut self, tag: Token, bytes: &[u8]) -> u16 {
        let namespace = if tag.kind() == Kind::EndTag { self.end_tag(tag, bytes) } else { self.start_tag(tag, bytes) };
        self.is_open = self.uncertain || !self.stack.is_empty() || self.disputed != [0; 3];
        namespace
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
            let parent_name = if parent.namespace == 0 { parent.name } else { Name::Unknown };
            self.uncertain |= implied::may_not_just_nest(name, parent_name, parent.closable);
            if !name.is(Class::VOID) {
                let closable = parent.closable | implied::closable(name);
                self.stack.push(Open::new(tag, 0, closable));
                self.html_depth += 1;
            }
        }
        0
    }

    fn open_foreign(&mut self, tag: Token, namespace: u16) {
        if !tag.is_self_closing() {
            let closable = self.stack.last().map_or(0, |open| open.closable & implied::THROUGH_FOREIGN);
            self.stack.push(Open::new(tag, namespace, closable));
        }
    }

    /// Pops foreign elements up to an integration point or an element of HTML (13.2.6.5).
    fn leave_foreign_content(&mut self) {
        while self.stack.last().is_some_and(|open| open.namespace != 0 && !open.takes_html()) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if self.stack.pop().is_some_and(|open| open.namespace == 0) {
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
            self.uncertain |= self.stack.last().is_some_and(|open| open.namespace == 0);
            return 0;
        } else {
            // 13.2.6.5, any other end tag: up the stack to an element of this name, but not past HTML. Each element
            // that is looked at is popped, or it is uncertain for good, so the walk is paid for.
            let stops = |open: &Open| open.namespace == 0 || open.ends_with(&tag, bytes);
            match self.stack.iter().rposition(stops) {
                Some(index) if self.stack[index].namespace != 0 => self.stack.truncate(index),
                _ => self.uncertain = true,
            }
        }
        namespace
    }
}

impl Open {
    fn new(tag: Token, namespace: u16, closable: u16) -> Self {
        Self { start: tag.start() as u32, name: tag.name(), namespace: namespace as u8, closable }
    }

    fn namespace(&self) -> u16 {
        self.namespace.into()
    }

    /// Whether the end tag has the element's name.
    fn ends_with(&self, end_tag: &Token, bytes: &[u8]) -> bool {
        let name_here = || &bytes[name_range_at(bytes, self.start as usize + 1, self.name)];
        let is_spelled_alike = || name_here().eq_ignore_ascii_case(raw_name(bytes, end_tag));
        self.name == end_tag.name() && (!self.name.is_shared() || is_spelled_alike())
    }

    /// HTML itself, and the integration points of HTML and MathML text (13.2.6).
    fn takes_html(&self) -> bool {
        match self.namespace() {
            SVG => is_html_integration_point(self.name),
            MATHML => is_text_integration_point(self.name),
            _ => true,
        }
    }
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
