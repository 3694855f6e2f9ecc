//! A walk over tokens as a tree builder goes over them (WHATWG 13.2.6), with an event where an element begins or ends.
//!
//! Nodes are never made or moved: foster parenting and the adoption agency's moves are left out, so what they would
//! move stays where it is written (contract C60). A tag costs a bounded amount of work beyond the elements that it ends.

use std::ops::Range;

use super::rules::{self, End, Start, Traits};
use super::stack::{Place, Stack};
use crate::html::{Fragment, Kind, Name, TextKind, Token};

/// What is done with a tree as it is walked.
pub(super) trait Visitor {
    /// What is to be known of an element when it ends.
    type State;

    /// An element begins. `parent` is the innermost open element that is kept on the stack.
    fn open(&mut self, element: &Element<'_>, parent: Option<Parent<'_, Self::State>>) -> Self::State;

    /// The innermost open element ends.
    fn close(&mut self, state: Self::State);

    /// An element that cannot have content is inserted.
    fn void(&mut self, element: &Element<'_>);

    /// Something is inserted that shows nothing: a comment, or an element that [`Depth::Special`] leaves out.
    fn insert(&mut self) {}

    /// Characters are inserted.
    fn text(&mut self, source: &str, characters: Characters);
}

/// An element that is inserted.
pub(super) struct Element<'e> {
    pub(super) name: Name,
    pub(super) is_foreign: bool,
    pub(super) fragment: &'e Fragment<'e>,
    /// Its start tag, unless that is implied.
    pub(super) token: Option<&'e Token>,
}

impl Element<'_> {
    /// Whether it has the attribute `hidden`.
    pub(super) fn is_hidden(&self) -> bool {
        self.token.is_some_and(Token::has_hidden_attribute)
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
    fn attribute(&self, name: &str, fits: impl Fn(&str) -> bool) -> bool {
        let source = self.fragment.source();
        self.token.filter(|token| token.has_attributes()).is_some_and(|token| {
            let mut attributes = self.fragment.attributes(token);
            let found = attributes.find(|attribute| source[attribute.name.clone()].eq_ignore_ascii_case(name));
            found.is_some_and(|attribute| fits(&attribute.decoded_value(source)))
        })
    }

    /// Its name as written.
    pub(super) fn raw_name(&self) -> &str {
        self.token.map_or("", |token| self.fragment.raw_name(token))
    }
}

/// The element that another one is inserted into.
pub(super) struct Parent<'p, S> {
    pub(super) name: Name,
    pub(super) is_foreign: bool,
    pub(super) state: &'p mut S,
}

/// A stretch of source that stands for characters.
pub(super) struct Characters {
    pub(super) range: Range<usize>,
    /// Whether there may be character references.
    pub(super) decodes: bool,
    /// What a NUL stands for.
    pub(super) nul: &'static str,
    /// Whether it stands in a table, but in no cell or caption of it.
    pub(super) between_cells: bool,
}

/// Which elements are kept on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// The special ones (13.2.4.2). The others, such as `b` and `span`, show nothing of their own, and as long as none
    /// of them is [`Traits::DELICATE`], leaving them out changes nothing. This is the way for ordinary mail.
    Special,
    /// All.
    All,
}

/// The walk met an element that makes it necessary to keep all elements on the stack.
#[derive(Debug)]
pub(super) struct TooShallow;

/// Walks over the tokens of a fragment.
///
/// # Errors
/// [`TooShallow`] if the walk has to be done again with [`Depth::All`], from the start and with a new visitor.
pub(super) fn walk<V: Visitor>(fragment: &Fragment<'_>, depth: Depth, visitor: &mut V) -> Result<(), TooShallow> {
    let keeps_all = depth == Depth::All;
    let mut tree = Tree { fragment, keeps_all, visitor, stack: Stack::new(), form: 0, line_end_at: usize::MAX };
    for (index, token) in fragment.tokens().iter().enumerate() {
        match token.kind() {
            Kind::Text(kind) => tree.text(index, token, kind),
            Kind::Cdata => tree.text(index, token, TextKind::RawText),
            Kind::StartTag => tree.start_tag(index, token)?,
            Kind::EndTag => tree.end_tag(token),
            Kind::Comment => tree.visitor.insert(),
            Kind::Doctype => {}
            // No token reaches the tree builder, so a line end after it is still the first thing in a `pre`.
            Kind::Nothing => tree.line_end_at += usize::from(tree.line_end_at == index),
        }
    }
    tree.pop_to(1);
    Ok(())
}

struct Tree<'t, V: Visitor> {
    fragment: &'t Fragment<'t>,
    keeps_all: bool,
    visitor: &'t mut V,
    stack: Stack<'t, V::State>,
    /// The form element pointer (13.2.4.4): where the form stands, [`GONE`] if it has been popped.
    form: Place,
    /// The index of the token whose first line end is dropped.
    line_end_at: usize,
}

const GONE: Place = Place::MAX;

impl<'t, V: Visitor> Tree<'t, V> {
    fn text(&mut self, index: usize, token: &Token, kind: TextKind) {
        let mut range = self.fragment.content(token);
        if self.line_end_at == index {
            range.start += self.fragment.dropped_newline(index);
        }
        // 13.2.6.4.7 drops NUL; 13.2.6.5 and the raw text states of the tokenizer replace it.
        let nul = if kind == TextKind::Data && !token.is_foreign() { "" } else { "\u{FFFD}" };
        let decodes = token.may_have_references();
        let between_cells = self.between_cells();
        self.visitor.text(self.fragment.source(), Characters { range, decodes, nul, between_cells });
    }

    fn start_tag(&mut self, index: usize, token: &'t Token) -> Result<(), TooShallow> {
        let name = token.name();
        let rule = rules::start(name);
        if !self.keeps_all {
            let traits = rules::traits(name);
            if traits.has(Traits::DELICATE) || (rule == Start::Heading && self.is_in_heading()) {
                return Err(TooShallow);
            }
            if rule.is_phrasing() && !traits.has(Traits::SPECIAL) {
                self.visitor.insert();
                return if self.is_told_apart(token) { Err(TooShallow) } else { Ok(()) };
            }
        }
        if token.is_foreign() {
            self.foreign_start_tag(token);
        } else {
            self.leave_foreign_content();
            self.html_start_tag(index, token, rule);
        }
        Ok(())
    }

    /// Whether an element that is not special hides what it holds, or folds the white space of a `pre`.
    fn is_told_apart(&self, token: &Token) -> bool {
        let in_pre = || self.stack.innermost(Name::Pre) != 0 || self.stack.innermost(Name::Listing) != 0;
        token.has_hidden_attribute() || (token.name() == Name::Nobr && in_pre())
    }

    /// 13.2.6.5: a start tag of HTML that is not in an integration point ends the foreign elements around it.
    fn leave_foreign_content(&mut self) {
        let held = Traits::INTEGRATION;
        while self.stack.last().is_some_and(|open| open.traits.has(Traits::FOREIGN) && !open.traits.has(held)) {
            self.pop();
        }
    }

    fn foreign_start_tag(&mut self, token: &'t Token) {
        if token.is_self_closing() {
            self.insert_void(token);
            return;
        }
        let id = self.stack.other_id(true, self.fragment.raw_name(token));
        self.push(token.name(), rules::foreign_traits(token.name()), id, Some(token));
    }

    fn html_start_tag(&mut self, index: usize, token: &'t Token, rule: Start) {
        let name = token.name();
        match rule {
            Start::Ignore => return,
            Start::Ordinary | Start::Formatting => {}
            Start::ExclusiveFormatting => self.end_formatting(name),
            Start::Block => self.end_paragraph(),
            Start::Heading => {
                self.end_paragraph();
                if self.is_in_heading() {
                    self.pop();
                }
            }
            Start::ListItem => {
                self.end_item(self.stack.innermost(Name::Li));
                self.end_paragraph();
            }
            Start::Description => {
                self.end_item(self.stack.innermost(Name::Dd).max(self.stack.innermost(Name::Dt)));
                self.end_paragraph();
            }
            Start::Preformatted => {
                self.end_paragraph();
                self.line_end_at = index + 1;
            }
            Start::Textarea => self.line_end_at = index + 1,
            Start::Form => {
                if !self.before_form() {
                    return;
                }
            }
            Start::Button => self.end_in_scope(name),
            Start::Table => {
                if !self.before_table() {
                    return;
                }
            }
            Start::TablePart => return self.table_part(token),
            Start::Void => return self.insert_void(token),
            Start::Input => {
                self.end_in_scope(Name::Select);
                return self.insert_void(token);
            }
            Start::Rule => {
                self.end_paragraph();
                if self.is_in_scope(Name::Select) {
                    self.end_implied(None);
                }
                return self.insert_void(token);
            }
            Start::Select => {
                if self.is_in_scope(name) {
                    return self.end_in_scope(name);
                }
            }
            Start::Option | Start::Optgroup => {
                let kept = if rule == Start::Option { Some(Name::Optgroup) } else { None };
                if self.is_in_scope(Name::Select) {
                    self.end_implied(kept);
                } else if self.current() == Some(Name::Option) {
                    self.pop();
                }
            }
            Start::RubyBase | Start::RubyText => {
                let kept = if rule == Start::RubyText { Some(Name::Rtc) } else { None };
                if self.is_in_scope(Name::Ruby) {
                    self.end_implied(kept);
                }
            }
        }
        let id = self.id(token);
        self.push(name, rules::traits(name), id, Some(token));
    }

    /// Whether a form begins here; not inside of another one.
    fn before_form(&mut self) -> bool {
        let in_template = self.stack.innermost(Name::Template) != 0;
        if self.form != 0 && !in_template {
            return false;
        }
        if self.between_cells() {
            // 13.2.6.4.9: it is popped at once, and the style sheet hides it (15.3.10).
            self.form = if in_template { self.form } else { GONE };
            self.visitor.insert();
            return false;
        }
        self.end_paragraph();
        if !in_template {
            self.form = self.stack.top() + 1;
        }
        true
    }

    /// Whether a table begins here. One that stands directly in a table ends that table (13.2.6.4.9).
    fn before_table(&mut self) -> bool {
        if !self.between_cells() {
            self.end_paragraph();
            return true;
        }
        let outer = self.stack.nearest().table_scope;
        let is_table = self.stack.innermost(Name::Table) == outer;
        if is_table {
            self.pop_to(outer);
        }
        is_table
    }

    /// The start tag of a part of a table (13.2.6.4.9 to 13.2.6.4.15): what is implied begins first, what cannot hold
    /// the part ends first. `colgroup` and `col` show nothing and are not kept.
    fn table_part(&mut self, token: &'t Token) {
        use Name::{Caption, Col, Colgroup, Table, Tbody, Td, Tfoot, Th, Thead, Tr};
        let name = token.name();
        loop {
            let place = self.stack.nearest().part;
            let (can_hold, implied) = match (self.part(), name) {
                // Outside of tables the tag is ignored.
                (None, _) => return,
                (Some(Td | Th | Caption), _) => (false, None),
                (Some(Tr), _) => (matches!(name, Td | Th), None),
                (Some(Tbody | Thead | Tfoot), Td | Th) => (true, Some(Tr)),
                (Some(Tbody | Thead | Tfoot), _) => (name == Tr, None),
                (Some(Table), Tr | Td | Th) => (true, Some(Tbody)),
                (Some(_), _) => (true, None),
            };
            self.pop_to(place + Place::from(can_hold));
            match implied {
                _ if !can_hold => {}
                Some(implied) => self.push(implied, rules::traits(implied), implied as usize, None),
                None if matches!(name, Col | Colgroup) => return self.visitor.insert(),
                None => return self.push(name, rules::traits(name), name as usize, Some(token)),
            }
        }
    }

    fn end_tag(&mut self, token: &'t Token) {
        let name = token.name();
        if self.keeps_all && self.end_foreign(token) {
            return;
        }
        match rules::end(name) {
            End::Ordinary => self.end_ordinary(token),
            End::Formatting => self.end_formatting(name),
            End::Scoped => self.end_in_scope(name),
            End::Paragraph => {
                if self.stack.innermost(Name::P) <= self.stack.nearest().button_scope {
                    self.push(name, rules::traits(name), name as usize, None);
                }
                self.end_paragraph();
            }
            End::ListItem => {
                if self.stack.innermost(name) > self.stack.nearest().list_scope {
                    self.pop_to(self.stack.innermost(name));
                }
            }
            End::Heading => {
                const HEADINGS: [Name; 6] = [Name::H1, Name::H2, Name::H3, Name::H4, Name::H5, Name::H6];
                let innermost = HEADINGS.map(|heading| self.stack.innermost(heading)).into_iter().max().unwrap_or(0);
                if innermost > self.stack.nearest().scope {
                    self.pop_to(innermost);
                }
            }
            End::Form => self.end_form(),
            End::Table => {
                let place = self.stack.innermost(name);
                if place == self.stack.nearest().table_scope {
                    self.pop_to(place);
                }
            }
            End::TablePart => {
                let place = self.stack.innermost(name);
                if place > self.stack.nearest().table_scope {
                    self.pop_to(place);
                }
            }
            End::Template => self.pop_to(self.stack.innermost(name)),
            End::Break => {
                let element = Element { name, is_foreign: false, fragment: self.fragment, token: None };
                self.visitor.void(&element);
            }
        }
    }

    /// 13.2.6.5, end tags: whether the tag ends a foreign element. The search goes outwards up to an element of HTML.
    fn end_foreign(&mut self, token: &'t Token) -> bool {
        if !self.stack.last().is_some_and(|open| open.traits.has(Traits::FOREIGN)) {
            return false;
        }
        if matches!(token.name(), Name::P | Name::Br) {
            self.leave_foreign_content();
            return false;
        }
        let id = self.stack.other_id(true, self.fragment.raw_name(token));
        let place = self.stack.innermost_id(id);
        let is_found = place > self.stack.nearest().html;
        if is_found {
            self.pop_to(place);
        }
        is_found
    }

    /// "Any other end tag" (13.2.6.4.7): not past a special element.
    fn end_ordinary(&mut self, token: &'t Token) {
        let id = self.id(token);
        let place = self.stack.innermost_id(id);
        if place >= self.stack.nearest().special {
            self.pop_to(place);
        }
    }

    /// The adoption agency algorithm (13.2.6.4.7), as far as it ends elements: where a special element is open inside,
    /// only the formatting element ends.
    fn end_formatting(&mut self, name: Name) {
        let place = self.stack.innermost(name);
        let nearest = self.stack.nearest();
        if place < nearest.scope {
            return;
        }
        if place > nearest.special {
            self.pop_to(place);
        } else {
            self.stack.detach(place);
        }
    }

    /// `</form>`: the form leaves the stack, and what is open in it stays open (13.2.6.4.7).
    fn end_form(&mut self) {
        if self.stack.innermost(Name::Template) != 0 {
            return self.end_in_scope(Name::Form);
        }
        let form = std::mem::take(&mut self.form);
        if form == 0 || form == GONE || form < self.stack.nearest().scope {
            return;
        }
        self.end_implied(None);
        if self.stack.top() == form {
            self.pop();
        } else {
            // An element is inside of at most one form that leaves this way, so this is linear in all.
            self.stack.detach(form);
            self.stack.look_past(form);
        }
    }

    /// Ends an `li`, `dd` or `dt` before the next one begins.
    fn end_item(&mut self, place: Place) {
        if place >= self.stack.nearest().item {
            self.pop_to(place);
        }
    }

    fn end_paragraph(&mut self) {
        let place = self.stack.innermost(Name::P);
        if place > self.stack.nearest().button_scope {
            self.pop_to(place);
        }
    }

    fn end_in_scope(&mut self, name: Name) {
        if self.is_in_scope(name) {
            self.pop_to(self.stack.innermost(name));
        }
    }

    /// Generates implied end tags (13.2.6.3).
    fn end_implied(&mut self, kept: Option<Name>) {
        while self.stack.last().is_some_and(|open| open.traits.has(Traits::IMPLIED) && Some(open.name) != kept) {
            self.pop();
        }
    }

    fn is_in_scope(&self, name: Name) -> bool {
        let place = self.stack.innermost(name);
        place != 0 && place >= self.stack.nearest().scope
    }

    /// The element that the insertion mode goes by, if it is one of a table or a template.
    fn part(&self) -> Option<Name> {
        self.stack.name_at(self.stack.nearest().part)
    }

    fn between_cells(&self) -> bool {
        matches!(self.part(), Some(Name::Table | Name::Tbody | Name::Thead | Name::Tfoot | Name::Tr))
    }

    fn is_in_heading(&self) -> bool {
        self.current().is_some_and(|name| rules::start(name) == Start::Heading)
    }

    /// The innermost open element, if it is one of HTML.
    fn current(&self) -> Option<Name> {
        self.stack.last().filter(|open| !open.traits.has(Traits::FOREIGN)).map(|open| open.name)
    }

    /// The number of a tag's name in HTML.
    fn id(&mut self, token: &'t Token) -> usize {
        match token.name() {
            Name::Unknown | Name::Svg_ | Name::MathMl_ if self.keeps_all => {
                self.stack.other_id(false, self.fragment.raw_name(token))
            }
            name => name as usize,
        }
    }

    fn insert_void(&mut self, token: &'t Token) {
        let (name, is_foreign) = (token.name(), token.is_foreign());
        self.visitor.void(&Element { name, is_foreign, fragment: self.fragment, token: Some(token) });
    }

    fn push(&mut self, name: Name, traits: Traits, id: usize, token: Option<&'t Token>) {
        let is_foreign = traits.has(Traits::FOREIGN);
        let parent = self.stack.last_mut().map(|open| Parent {
            name: open.name,
            is_foreign: open.traits.has(Traits::FOREIGN),
            state: &mut open.state,
        });
        let state = self.visitor.open(&Element { name, is_foreign, fragment: self.fragment, token }, parent);
        self.stack.push(name, traits, id, state);
    }

    fn pop(&mut self) {
        if self.form == self.stack.top() {
            self.form = GONE;
        }
        if let Some(state) = self.stack.pop() {
            self.visitor.close(state);
        }
    }

    /// Ends all elements from `place` on inwards; none if it is 0.
    fn pop_to(&mut self, place: Place) {
        while place != 0 && self.stack.top() >= place {
            self.pop();
        }
    }
}
