//! A walk over tokens as a tree builder goes over them (WHATWG 13.2.6), with an event where an element begins or ends.
//!
//! Nodes are never made or moved: foster parenting and the adoption agency's moves are left out, so what they would
//! move stays where it is written (rule C60). A tag costs a bounded amount of work beyond the elements that it ends.

use super::rules::{Rules, Traits};
use super::stack::{Place, Stack};
use super::visitor::{Characters, Depth, Element, TooShallow, Visitor};
use crate::html::{Fragment, Kind, Name, Namespace, TextKind, Token};

/// Walks over the tokens of a fragment.
///
/// # Errors
/// [`TooShallow`] if the walk has to be done again with [`Depth::All`], from the start and with a new visitor.
pub(super) fn walk<V: Visitor>(fragment: &Fragment<'_>, depth: Depth, visitor: &mut V) -> Result<(), TooShallow> {
    let keeps_all = depth == Depth::All;
    let mut tree = Tree {
        fragment,
        keeps_all,
        visitor,
        stack: Stack::new(),
        leaf: Name::Unknown,
        form: 0,
        templates: Vec::new(),
        line_end_at: usize::MAX,
    };
    for (index, token) in fragment.tokens().iter().enumerate() {
        if !tree.usual(index, token) {
            tree.token(index, token)?;
        }
    }
    tree.push_leaf();
    tree.end_all();
    Ok(())
}

pub(super) struct Tree<'t, V: Visitor> {
    pub(super) fragment: &'t Fragment<'t>,
    pub(super) keeps_all: bool,
    pub(super) visitor: &'t mut V,
    pub(super) stack: Stack<'t, V::State>,
    /// The innermost open element, if it is a [`Traits::BLOCK`] or cell that is not on the stack yet; most hold no
    /// other and never come there.
    pub(super) leaf: Name,
    /// The form element pointer (13.2.4.4): where the form stands, [`GONE`] if it has been popped.
    pub(super) form: Place,
    /// The open templates, and whether their content has begun: before that,
    /// end tags in them are ignored (13.2.6.4.18).
    pub(super) templates: Vec<(Place, bool)>,
    /// The index of the token whose first line end is dropped.
    pub(super) line_end_at: usize,
}

pub(super) const GONE: Place = Place::MAX;

impl<'t, V: Visitor> Tree<'t, V> {
    /// Whether only special elements are on the stack, and no template is: then all of them are elements of HTML,
    /// and none has left it early.
    #[inline(always)]
    pub(super) fn keeps_special_only(&self) -> bool {
        !self.keeps_all && self.templates.is_empty()
    }

    /// Whether a line end at the start of the token at `index` is dropped.
    pub(super) fn drops_line_end(&self, index: usize) -> bool {
        self.line_end_at == index
    }

    #[inline(never)]
    fn token(&mut self, index: usize, token: &'t Token) -> Result<(), TooShallow> {
        match token.kind() {
            Kind::Text(kind) => self.text(index, token, kind),
            Kind::Cdata => self.text(index, token, TextKind::RawText),
            Kind::StartTag => {
                self.push_leaf();
                self.start_tag(index, token)?;
            }
            Kind::EndTag => {
                self.push_leaf();
                self.end_tag(token);
            }
            Kind::Comment => self.visitor.insert(),
            Kind::Doctype => {}
            // No token reaches the tree builder, so a line end after it is still the first thing in a `pre`.
            Kind::Nothing => self.line_end_at += usize::from(self.line_end_at == index),
        }
        Ok(())
    }

    /// Puts the leaf on the stack.
    #[inline(always)]
    pub(super) fn push_leaf(&mut self) {
        if self.leaf != Name::Unknown {
            let leaf = std::mem::replace(&mut self.leaf, Name::Unknown);
            self.push_block(leaf);
        }
    }

    /// Puts a block on the stack that the visitor knows already.
    #[inline(always)]
    pub(super) fn push_block(&mut self, name: Name) {
        let state = self.visitor.block_state(name);
        self.stack.push(name, Rules::of(name).traits, name as usize, state);
    }

    fn text(&mut self, index: usize, token: &Token, kind: TextKind) {
        let source = self.fragment.source();
        let mut range = self.fragment.content(token);
        if self.drops_line_end(index) {
            range.start += self.fragment.leading_line_end(index);
        }
        // 13.2.6.4.7 drops NUL; 13.2.6.5 and the raw text states of the tokenizer replace it.
        let in_foreign = |traits: Traits| traits.has(Traits::FOREIGN) && !traits.has(Traits::INTEGRATION);
        let replaces_nul = kind != TextKind::Data || self.stack.last().is_some_and(|open| in_foreign(open.traits));
        let decodes = token.may_have_references();
        let begins_blank = source.as_bytes().get(range.start).is_some_and(|&byte| byte <= b' ');
        let in_cell = matches!(self.leaf, Name::Td | Name::Th);
        let between_cells = begins_blank && !in_cell && self.between_cells();
        self.visitor.text(source, Characters { range, decodes, replaces_nul, between_cells });
    }

    /// Whether an `li` ends before the next one begins.
    pub(super) fn is_in_item(&self) -> bool {
        let item = self.stack.innermost(Name::Li);
        item != 0 && item >= self.stack.nearest().item()
    }

    /// Whether there is a `p` that a block ends.
    pub(super) fn is_in_paragraph(&self) -> bool {
        self.stack.innermost(Name::P) > self.stack.nearest().button_scope()
    }

    pub(super) fn end_paragraph(&mut self) {
        if self.is_in_paragraph() {
            self.pop_to(self.stack.innermost(Name::P));
        }
    }

    pub(super) fn end_in_scope(&mut self, name: Name) {
        if self.is_in_scope(name) {
            self.pop_to(self.stack.innermost(name));
        }
    }

    /// Generates implied end tags (13.2.6.3).
    pub(super) fn end_implied(&mut self, kept: Option<Name>) {
        while self.stack.last().is_some_and(|open| open.traits.has(Traits::IMPLIED) && Some(open.name) != kept) {
            self.pop();
        }
    }

    pub(super) fn is_in_scope(&self, name: Name) -> bool {
        let place = self.stack.innermost(name);
        place != 0 && place >= self.stack.nearest().scope()
    }

    /// The innermost open element, if it is one of HTML.
    pub(super) fn current(&self) -> Option<Name> {
        self.stack.last().filter(|open| !open.traits.has(Traits::FOREIGN)).map(|open| open.name)
    }

    /// The number of a tag's name in HTML.
    pub(super) fn id(&mut self, token: &'t Token) -> usize {
        if self.keeps_all {
            self.stack.id(token.name(), false, || self.fragment.raw_name(token))
        } else {
            token.name() as usize
        }
    }

    pub(super) fn insert_void(&mut self, token: &'t Token, namespace: Namespace) {
        let element = self.element(token.name(), namespace, Some(token));
        self.visitor.void(&element);
    }

    pub(super) fn element(&self, name: Name, namespace: Namespace, token: Option<&'t Token>) -> Element<'t> {
        Element { name, namespace, fragment: self.fragment, token }
    }

    pub(super) fn push(&mut self, name: Name, traits: Traits, id: usize, token: Option<&'t Token>) {
        let element = self.element(name, traits.namespace(), token);
        let state = self.visitor.open(&element, self.stack.last_mut().map(|open| &mut open.state));
        self.stack.push(name, traits, id, state);
    }

    /// Ends the innermost element.
    pub(super) fn pop(&mut self) {
        // Forms are delicate, and only formatting elements and forms leave the stack early.
        if !self.keeps_special_only() {
            return self.pop_kept();
        }
        if let Some(state) = self.stack.pop() {
            self.visitor.close(state);
        }
    }

    #[inline(never)]
    fn pop_kept(&mut self) {
        if self.form == self.stack.top() {
            self.form = GONE;
        }
        if let Some(state) = self.stack.pop() {
            self.visitor.close(state);
        }
        if self.templates.last().is_some_and(|&(place, _)| place > self.stack.top()) {
            self.templates.pop();
        }
        // What left the stack before ends with the last element in it.
        while let Some(state) = self.stack.pop_detached() {
            self.visitor.close(state);
        }
    }

    /// Ends all elements at the end of the input, when nothing will be asked of the stack any more.
    #[inline(never)]
    fn end_all(&mut self) {
        while let Some(state) = self.stack.pop_last() {
            self.visitor.close(state);
        }
    }

    /// Ends all elements from `place` on inwards; none if it is 0.
    pub(super) fn pop_to(&mut self, place: Place) {
        while place != 0 && self.stack.top() >= place {
            self.pop();
        }
    }
}
