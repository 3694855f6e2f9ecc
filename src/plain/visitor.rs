//! What a walk over a tree tells, and whom.

use std::borrow::Cow;
use std::ops::Range;

use crate::html::{Fragment, Name, Namespace, Token};

/// What is done with a tree as it is walked.
pub(super) trait Visitor {
    /// What is to be known of an element when it ends.
    type State;

    /// An element begins in the innermost open element, whose state is `parent`.
    fn open(&mut self, element: &Element<'_>, parent: Option<&mut Self::State>) -> Self::State;

    /// A block of HTML, or a part of a table, that has no attribute `hidden` or `popover` begins,
    /// if no more than its name has to be known; whether it does.
    fn begin_block(&mut self, name: Name) -> bool;

    /// The block that [`Visitor::begin_block`] last began ends, and no other element has begun in it but void ones.
    fn end_block(&mut self, name: Name);

    /// The state of the block that [`Visitor::begin_block`] last began, before another element begins in it.
    fn block_state(&self, name: Name) -> Self::State;

    /// The innermost open element ends.
    fn close(&mut self, state: Self::State);

    /// An element that cannot have content is inserted.
    fn void(&mut self, element: &Element<'_>);

    /// A `br` of HTML that has no attribute `hidden` or `popover` is inserted.
    fn line_break(&mut self);

    /// Something is inserted that shows nothing: a comment, or an element that [`Depth::Special`] leaves out.
    fn insert(&mut self) {}

    /// Characters are inserted.
    fn text(&mut self, source: &str, characters: Characters);

    /// Whether white space would leave no trace here.
    fn drops_space(&self) -> bool {
        false
    }

    /// Words are inserted that stand for themselves, with single spaces in between and perhaps around;
    /// the first byte stands at `start` in the source.
    fn words(&mut self, text: &str, start: usize);

    /// Words with character references among them are inserted, with single spaces in between; `range` is their source.
    fn words_with_references(&mut self, source: &str, range: Range<usize>);
}

/// An element that is inserted.
pub(super) struct Element<'e> {
    pub(super) name: Name,
    pub(super) namespace: Namespace,
    pub(super) fragment: &'e Fragment<'e>,
    /// Its start tag, unless that is implied.
    pub(super) token: Option<&'e Token>,
}

impl Element<'_> {
    /// Whether it has the attribute `hidden` or `popover`.
    pub(super) fn may_be_hidden(&self) -> bool {
        self.token.is_some_and(Token::has_hiding_attribute)
    }

    /// Whether its start tag has an attribute called `name`.
    pub(super) fn has_attribute(&self, name: &str) -> bool {
        self.attribute(name, |_| true)
    }

    /// Whether it is an `input` that is not shown.
    pub(super) fn is_hidden_input(&self) -> bool {
        self.attribute("type", |value| value.eq_ignore_ascii_case("hidden"))
    }

    /// Whether the first attribute called `name` has a value that `fits`.
    pub(super) fn attribute(&self, name: &str, fits: impl Fn(&str) -> bool) -> bool {
        let source = self.fragment.source();
        self.token.filter(|token| token.has_attributes()).is_some_and(|token| {
            let mut attributes = self.fragment.attributes(token);
            let found = attributes.find(|attribute| source[attribute.name.clone()].eq_ignore_ascii_case(name));
            found.is_some_and(|attribute| fits(&attribute.decoded_value(source)))
        })
    }

    /// What may hide it.
    /// (One pass over its attributes: a question for each took a third of the cost of such an element.)
    pub(super) fn hiding(&self) -> Hiding<'_> {
        let mut hiding = Hiding { popover: false, hidden: None };
        let Some(token) = self.token.filter(|token| token.has_hiding_attribute()) else { return hiding };
        let source = self.fragment.source();
        for attribute in self.fragment.attributes(token) {
            let name = source.as_bytes().get(attribute.name.clone()).unwrap_or_default();
            hiding.popover |= name.eq_ignore_ascii_case(b"popover");
            if hiding.hidden.is_none() && name.eq_ignore_ascii_case(b"hidden") {
                hiding.hidden = Some(attribute.decoded_value(source));
            }
        }
        debug_assert_eq!(hiding.popover, self.has_attribute("popover"));
        debug_assert!(
            self.attribute("hidden", |value| hiding.hidden.as_deref() == Some(value)) || hiding.hidden.is_none()
        );
        hiding
    }

    /// Its name as written.
    pub(super) fn raw_name(&self) -> &str {
        self.token.map_or("", |token| self.fragment.raw_name(token))
    }
}

/// The attributes of an element that may hide it.
pub(super) struct Hiding<'e> {
    pub(super) popover: bool,
    /// The value of `hidden`.
    pub(super) hidden: Option<Cow<'e, str>>,
}

/// A stretch of source that stands for characters.
pub(super) struct Characters {
    pub(super) range: Range<usize>,
    /// Whether there may be character references.
    pub(super) decodes: bool,
    /// Whether a NUL stands for U+FFFD, and not for nothing.
    pub(super) replaces_nul: bool,
    /// Whether it begins with white space in a table, but in no cell or caption of it.
    pub(super) between_cells: bool,
}

impl Characters {
    /// Words with single spaces in between, and references.
    pub(super) fn words_with_references(range: Range<usize>) -> Self {
        Self { range, decodes: true, replaces_nul: false, between_cells: false }
    }

    /// What a NUL stands for.
    pub(super) fn nul(&self) -> &'static str {
        if self.replaces_nul { "\u{FFFD}" } else { "" }
    }
}

/// Which elements are kept on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// The special ones (13.2.4.2). The others, such as `b` and `span`, show nothing of their own, and as long as none
    /// of them is delicate (see [`super::rules::Traits::DELICATE`]), leaving them out changes nothing.
    /// This is the way for ordinary mail.
    Special,
    /// All.
    All,
}

/// The walk met an element that makes it necessary to keep all elements on the stack.
#[derive(Debug)]
pub(super) struct TooShallow;
