//! The elements that are open while the stored body is read, as far as its tokens alone can tell.
//!
//! A browser that writes a body out anew writes the tags that the standard implies. Whether it implies one, and where,
//! follows from the elements that are open. They are tracked here for bodies whose tags nest; at the first tag that a
//! tree builder would move, drop or double, [`OpenElements::survivors`] gives up, and from there on every tag must
//! stand in the marked body as it stands in the stored one (rule C41).

mod closing;
mod ignored;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::nearest::Nearest;
use crate::html::rules::{
    is_formatting, is_html_integration_point, is_row_group, is_table_frame, is_text_integration_point, sets_marker,
};
use crate::html::{Fragment, Kind, Name, Namespace, Token, canonical_name};
use crate::select::pairs::is_empty;

/// The stack of open elements.
pub(super) struct OpenElements<'s> {
    open: Vec<Open<'s>>,
    /// Of the elements of HTML among these, the place of the innermost (plus one) of each name that has a variant of
    /// its own, and of each other.
    named: Vec<u32>,
    others: BTreeMap<Cow<'s, str>, u32>,
    /// How many of them are of SVG and MathML.
    foreign: u32,
    /// A `form` was opened and no `</form>` came since (13.2.4.4, the form element pointer).
    in_form: bool,
    /// The marked body writes the end tag of a `form` that something else ended: its next `form` would be opened,
    /// and the stored one would be ignored.
    ended_form: bool,
    lost: Lost,
}

struct Open<'s> {
    name: Name,
    raw_name: &'s str,
    namespace: Namespace,
    nearest: Nearest,
    /// The place (plus one) of the next element of its name that it stands in.
    outer: u32,
    /// What was lost when it was opened.
    lost: Lost,
}

/// Formatting elements that something else closed: a tree builder opens them again in what follows.
#[derive(Clone, Copy, Default)]
struct Lost {
    all: u32,
    /// Those whose end tag the marked body writes.
    written: u32,
}

/// What becomes of formatting elements that were lost.
#[derive(PartialEq, Eq)]
pub(super) enum Reopening {
    /// None comes back here.
    None,
    /// Some come back: from here on the tree is not the order of the tokens.
    Silent,
    /// Some come back, and the marked body has closed them for good.
    Contradicted,
}

impl<'s> OpenElements<'s> {
    /// None is open.
    pub(super) fn new() -> Self {
        Self {
            open: Vec::new(),
            named: vec![0; Name::COUNT],
            others: BTreeMap::new(),
            foreign: 0,
            in_form: false,
            ended_form: false,
            lost: Lost::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// The name of the innermost element.
    pub(super) fn innermost(&self) -> Option<&'s str> {
        self.open.last().map(|open| open.raw_name)
    }

    /// How many elements are still open when `token` is read, its own included if it is an end tag; all others, the
    /// standard closes right before it. Nothing if that cannot be told. No token is the end of the input.
    ///
    /// The work is in proportion to the elements that are closed, or the tracking ends with it.
    pub(super) fn survivors(&self, fragment: &Fragment<'_>, token: Option<&Token>) -> Option<usize> {
        let Some(token) = token else { return Some(0) };
        let survivors = match token.kind() {
            Kind::Text(_) | Kind::Cdata => return self.holds_text(fragment, token).then_some(self.open.len()),
            Kind::Comment | Kind::Doctype | Kind::Nothing => return Some(self.open.len()),
            Kind::StartTag => self.before_start_tag(token)?,
            Kind::EndTag if self.makes_element(token) => self.open.len(),
            Kind::EndTag => self.before_end_tag(fragment, token)?,
        };
        let mut closed = self.open.get(survivors..)?.iter();
        let is_plain = |open: &Open<'_>| {
            look();
            let has_own_rules = matches!(open.name, Name::Applet | Name::Marquee | Name::Object | Name::Template)
                && !token.is_foreign();
            !has_own_rules && (open.namespace == Namespace::Html) != token.is_foreign()
        };
        closed.all(is_plain).then_some(survivors)
    }

    /// Whether `token` is a `</p>` that finds no `p` to close, of which a tree builder makes an empty one (13.2.6.4.7).
    pub(super) fn makes_paragraph(&self, token: &Token) -> bool {
        token.closes(Name::P) && !token.is_foreign() && self.nearest().p == 0 && self.goes_by_body()
    }

    /// Whether `token` is an end tag that makes an element and closes none: such a `</p>`, or a `</br>`.
    fn makes_element(&self, token: &Token) -> bool {
        let is_line_break = || token.closes(Name::Br) && !token.is_foreign() && self.goes_by_body();
        self.makes_paragraph(token) || is_line_break()
    }

    /// Whether the rules "in body" certainly hold for the next tag (13.2.6.4.7): it stands neither in a template or a
    /// `select`, nor right among the rows of a table, nor right in SVG or MathML. (An element there may be called
    /// `html`, and an end tag right in an integration point closes one.)
    fn goes_by_body(&self) -> bool {
        let nearest = self.nearest();
        let has_own_rules = |open: &Open<'_>| open.namespace != Namespace::Html || is_table_frame(open.name);
        !nearest.has_template && !nearest.is_select && !self.open.last().is_some_and(has_own_rules)
    }

    /// The start tag that the standard implies before `token`, once what `token` closes is closed.
    pub(super) fn implied_start_tag(&self, token: Option<&Token>) -> Option<Name> {
        let token = token.filter(|token| token.kind() == Kind::StartTag && !token.is_foreign())?;
        let parent = self.open.last().filter(|open| open.namespace == Namespace::Html)?.name;
        match (parent, token.name()) {
            (Name::Table, Name::Tr | Name::Td | Name::Th) => Some(Name::Tbody),
            (Name::Table, Name::Col) => Some(Name::Colgroup),
            (parent, Name::Td | Name::Th) if is_row_group(parent) => Some(Name::Tr),
            _ => None,
        }
    }

    /// Closes the innermost element, which `token` ends. `is_written`: the marked body has its end tag.
    pub(super) fn close_implied(&mut self, token: Option<&Token>, is_written: bool) {
        let Some(open) = self.pop() else { return };
        if open.namespace != Namespace::Html {
            return;
        }
        self.ended_form |= open.name == Name::Form && is_written;
        // A link that another one ends does not come back.
        let is_ended_link = open.name == Name::A && token.is_some_and(|token| token.opens(Name::A));
        if is_formatting(open.name) && !is_ended_link {
            self.lost.all += 1;
            self.lost.written += u32::from(is_written);
        } else if sets_marker(open.name) {
            self.lost = open.lost;
        }
    }

    /// Opens an element whose start tag is implied.
    pub(super) fn open_implied(&mut self, name: Name) {
        self.push(name, name.as_str(), Namespace::Html);
    }

    /// Whether `token` brings formatting elements back that were closed by something else.
    pub(super) fn reopening(&self, token: Option<&Token>) -> Reopening {
        let brings_back = token.is_some_and(|token| match token.kind() {
            Kind::Text(_) | Kind::Cdata | Kind::StartTag => true,
            // It would be taken for the end of what was lost, or is a line break.
            Kind::EndTag => is_formatting(token.name()) || token.name() == Name::Br,
            _ => false,
        });
        match self.lost {
            Lost { all: 0, .. } => Reopening::None,
            _ if !brings_back => Reopening::None,
            Lost { written: 0, .. } => Reopening::Silent,
            _ => Reopening::Contradicted,
        }
    }

    /// Whether the marked body has closed formatting elements that a tree builder may open again,
    /// or a `form` that keeps others from opening.
    pub(super) fn has_closed_for_good(&self) -> bool {
        self.lost.written > 0 || self.ended_form
    }

    /// Reads a tag of the stored body, once what is implied before it is done.
    pub(super) fn read_tag(&mut self, fragment: &Fragment<'s>, token: &Token) {
        let name = token.name();
        match token.kind() {
            Kind::StartTag => {
                if token.opens(Name::Form) && !token.is_foreign() {
                    self.in_form = true;
                }
                if !is_empty(token) {
                    self.push(name, fragment.raw_name(token), self.namespace_of(token));
                }
            }
            Kind::EndTag if self.makes_element(token) => {}
            Kind::EndTag => {
                if token.closes(Name::Form) && !token.is_foreign() {
                    self.in_form = false;
                }
                let marked = |open: &Open<'_>| open.namespace == Namespace::Html && sets_marker(open.name);
                if let Some(open) = self.pop().filter(marked) {
                    self.lost = open.lost;
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, name: Name, raw_name: &'s str, namespace: Namespace) {
        let mut nearest = self.nearest();
        let place = self.open.len() as u32 + 1;
        if namespace == Namespace::Html {
            nearest.enter(name, place);
        } else {
            nearest = Nearest { has_template: nearest.has_template, ..Nearest::default() };
        }
        let outer = if namespace == Namespace::Html {
            std::mem::replace(self.innermost_of(name, raw_name), place)
        } else {
            self.foreign += 1;
            0
        };
        self.open.push(Open { name, raw_name, namespace, nearest, outer, lost: self.lost });
        if namespace == Namespace::Html && sets_marker(name) {
            self.lost = Lost::default();
        }
    }

    fn pop(&mut self) -> Option<Open<'s>> {
        let open = self.open.pop()?;
        if open.namespace == Namespace::Html {
            *self.innermost_of(open.name, open.raw_name) = open.outer;
        } else {
            self.foreign -= 1;
        }
        Some(open)
    }

    /// The place of the innermost element of HTML (plus one) that is called so.
    fn innermost_of(&mut self, name: Name, raw_name: &'s str) -> &mut u32 {
        if name.is_shared() {
            self.others.entry(canonical_name(raw_name)).or_default()
        } else {
            &mut self.named[name as usize]
        }
    }

    /// The namespace that the element of a start tag is put into.
    fn namespace_of(&self, token: &Token) -> Namespace {
        if !token.is_foreign() {
            return Namespace::Html;
        }
        match (self.open.last(), token.name()) {
            (Some(open), _) if open.is_foreign_inside() => open.namespace,
            (_, Name::Svg) => Namespace::Svg,
            _ => Namespace::MathMl,
        }
    }

    /// Text among the rows of a table is moved out of it, unless it is white space (13.2.6.4.10). A NUL is dropped, but
    /// first it ends a group of columns (13.2.6.4.12).
    pub(super) fn holds_text(&self, fragment: &Fragment<'_>, token: &Token) -> bool {
        let Some(frame) =
            self.open.last().filter(|open| open.namespace == Namespace::Html && is_table_frame(open.name))
        else {
            return true;
        };
        let ends_columns = frame.name == Name::Colgroup && fragment.text(token).contains('\0');
        !ends_columns && fragment.decoded(token).bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | 0x0C))
    }

    fn nearest(&self) -> Nearest {
        self.open.last().map_or_else(Nearest::default, |open| open.nearest)
    }
}

impl Open<'_> {
    /// Whether what stands right inside is SVG or MathML (13.2.6: no integration point).
    fn is_foreign_inside(&self) -> bool {
        match self.namespace {
            Namespace::Html => false,
            Namespace::Svg => !is_html_integration_point(self.name),
            Namespace::MathMl => !is_text_integration_point(self.name),
        }
    }
}

/// Notes that an element was looked at, for the test that counts the work.
#[cfg(not(test))]
const fn look() {}

#[cfg(test)]
use super::tests::look;
