//! The elements that are open while the stored body is read, as far as its tokens alone can tell.
//!
//! A browser that writes a body out anew writes the tags that the standard implies. Whether it implies one, and where,
//! follows from the elements that are open. They are tracked here for bodies whose tags nest; at the first tag that a
//! tree builder would move, drop or double, [`OpenElements::survivors`] gives up, and from there on every tag must
//! stand in the marked body as it stands in the stored one (rule C41).

use super::nearest::{Nearest, may_be_special};
use super::tag::same_name;
use crate::html::rules::{
    HEADINGS, bounds_scope, closes_p, ends_in_scope, has_implied_end, is_formatting, is_heading,
    is_html_integration_point, is_row_group, is_table_frame, is_table_part, is_text_integration_point, sets_marker,
};
use crate::html::{Fragment, Kind, Name, Token};
use crate::select::pairs::is_empty;

/// The stack of open elements.
pub(super) struct OpenElements<'s> {
    open: Vec<Open<'s>>,
    /// How many of these are elements of HTML, by their names, and how many are of SVG and MathML.
    named: Vec<u32>,
    foreign: u32,
    /// A `form` was opened and no `</form>` came since (13.2.4.4, the form element pointer).
    in_form: bool,
    lost: Lost,
}

struct Open<'s> {
    name: Name,
    raw_name: &'s str,
    namespace: Namespace,
    nearest: Nearest,
    /// What was lost when it was opened.
    lost: Lost,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Namespace {
    Html,
    Svg,
    MathMl,
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
        Self { open: Vec::new(), named: vec![0; Name::COUNT], foreign: 0, in_form: false, lost: Lost::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// The name of the innermost element.
    pub(super) fn innermost(&self) -> Option<&'s str> {
        self.open.last().map(|open| open.raw_name)
    }

    /// Whether a tree builder certainly passes over `token`, so that a browser does not write it: a doctype, a tag of the
    /// document around the body, an end tag with nothing open of its name (13.2.6.4.7).
    pub(super) fn ignores(&self, token: &Token) -> bool {
        let nearest = self.nearest();
        // An element right in SVG or MathML may be called `html`, and an end tag right in an integration point of it closes one.
        let has_own_rules = |open: &Open<'_>| open.namespace != Namespace::Html || is_table_frame(open.name);
        if nearest.has_template || nearest.is_select || self.open.last().is_some_and(has_own_rules) {
            return false;
        }
        let name = token.name();
        let is_of_document = matches!(name, Name::Html | Name::Head | Name::Body);
        match token.kind() {
            Kind::Doctype => true,
            Kind::StartTag => is_of_document,
            Kind::EndTag => is_of_document || self.closes_nothing(name),
            _ => false,
        }
    }

    /// Whether an end tag of HTML certainly closes nothing and makes nothing. (Those of `p` and `br` make an element.)
    fn closes_nothing(&self, name: Name) -> bool {
        let is_open = |name: Name| self.named.get(name as usize).is_none_or(|&count| count > 0);
        let may_close = match name {
            Name::P | Name::Br | Name::Form | Name::Template | Name::Svg | Name::Math => true,
            // It may be taken for the end of what was lost.
            _ if is_formatting(name) => self.lost.all > 0 || is_open(name),
            _ if is_heading(name) => HEADINGS.into_iter().any(is_open),
            _ => name.is_shared() || is_open(name),
        };
        self.foreign == 0 && !may_close
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
            Kind::EndTag if self.makes_paragraph(token) => self.open.len(),
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
        let nearest = self.nearest();
        let is_elsewhere =
            |open: &Open<'_>| open.namespace != Namespace::Html || is_table_frame(open.name) || nearest.is_select;
        token.closes(Name::P)
            && !token.is_foreign()
            && nearest.p == 0
            && !nearest.has_template
            && !self.open.last().is_some_and(is_elsewhere)
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

    /// Closes the innermost element, which something else ends. `is_written`: the marked body has its end tag.
    pub(super) fn close_implied(&mut self, is_written: bool) {
        let Some(open) = self.pop() else { return };
        if open.namespace != Namespace::Html {
            return;
        }
        if is_formatting(open.name) {
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
            // It would be taken for the end of what was lost.
            Kind::EndTag => is_formatting(token.name()),
            _ => false,
        });
        match self.lost {
            Lost { all: 0, .. } => Reopening::None,
            _ if !brings_back => Reopening::None,
            Lost { written: 0, .. } => Reopening::Silent,
            _ => Reopening::Contradicted,
        }
    }

    /// Whether the marked body has closed formatting elements that a tree builder may open again.
    pub(super) fn has_closed_for_good(&self) -> bool {
        self.lost.written > 0
    }

    /// Reads a tag of the stored body, once what is implied before it is done.
    pub(super) fn take(&mut self, fragment: &Fragment<'s>, token: &Token) {
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
            Kind::EndTag if self.makes_paragraph(token) => {}
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
        *self.count(namespace, name) += 1;
        self.open.push(Open { name, raw_name, namespace, nearest, lost: self.lost });
        if namespace == Namespace::Html && sets_marker(name) {
            self.lost = Lost::default();
        }
    }

    fn pop(&mut self) -> Option<Open<'s>> {
        let open = self.open.pop()?;
        *self.count(open.namespace, open.name) -= 1;
        Some(open)
    }

    fn count(&mut self, namespace: Namespace, name: Name) -> &mut u32 {
        if namespace == Namespace::Html { &mut self.named[name as usize] } else { &mut self.foreign }
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

    fn nearest(&self) -> Nearest {
        self.open.last().map_or_else(Nearest::default, |open| open.nearest)
    }

    /// Text among the rows of a table is moved out of it, unless it is white space (13.2.6.4.10).
    fn holds_text(&self, fragment: &Fragment<'_>, token: &Token) -> bool {
        let is_frame =
            self.open.last().is_some_and(|open| open.namespace == Namespace::Html && is_table_frame(open.name));
        !is_frame || fragment.decoded(token).bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t' | 0x0C))
    }

    fn before_start_tag(&self, token: &Token) -> Option<usize> {
        let len = self.open.len();
        let name = token.name();
        let nearest = self.nearest();
        if let Some(open) = self.open.last() {
            if open.is_foreign_inside() {
                // Anything else breaks out of SVG or MathML.
                return token.is_foreign().then_some(len);
            }
            let is_table_frame = open.namespace == Namespace::Html && is_table_frame(open.name);
            let stays = is_table_part(name)
                || name == Name::Template
                || (matches!(name, Name::Script | Name::Style) && open.name != Name::Colgroup);
            if is_table_frame && !stays {
                return None;
            }
        }
        if nearest.is_select && !matches!(name, Name::Option | Name::Optgroup) {
            // Tree builders have come to differ in what else they let into a select.
            return None;
        }
        match name {
            _ if token.is_foreign() => Some(len),
            Name::Html | Name::Head | Name::Body | Name::Frameset | Name::Frame => None,
            Name::Form if self.in_form || nearest.has_template => None,
            Name::Button if nearest.has_button => None,
            Name::A if nearest.has_a => None,
            Name::Nobr if nearest.has_nobr => None,
            _ if is_table_part(name) => self.before_table_part(name),
            Name::Li => self.without_item(|nearest| nearest.item),
            Name::Dd | Name::Dt => self.without_item(|nearest| nearest.description),
            Name::Option => Some(self.without(len, |open| open == Name::Option)),
            Name::Optgroup if nearest.is_select => {
                let options = self.without(len, |open| open == Name::Option);
                Some(self.without(options, |open| open == Name::Optgroup))
            }
            Name::Optgroup => Some(self.without(len, |open| open == Name::Option)),
            Name::Rb | Name::Rtc if nearest.has_ruby => Some(self.without_all(len, has_implied_end)),
            Name::Rp | Name::Rt if nearest.has_ruby => {
                Some(self.without_all(len, |open| has_implied_end(open) && open != Name::Rtc))
            }
            _ if is_heading(name) => Some(self.without(self.without_p(len), is_heading)),
            _ if closes_p(name) => Some(self.without_p(len)),
            _ => Some(len),
        }
    }

    /// 13.2.6.4.9 to 13.2.6.4.15: out of cells, rows and groups to where a part of a table belongs.
    fn before_table_part(&self, name: Name) -> Option<usize> {
        let innermost = (self.nearest().table as usize).checked_sub(1)?;
        let mut survivors = self.open.len();
        if !is_table_frame(self.open.get(innermost)?.name) {
            survivors = innermost;
        } else if innermost + 1 != survivors {
            return None;
        }
        loop {
            look();
            let belongs = match self.open.get(survivors.checked_sub(1)?)?.name {
                Name::Table => true,
                Name::Tr => matches!(name, Name::Td | Name::Th),
                Name::Colgroup => name == Name::Col,
                group if is_row_group(group) => matches!(name, Name::Tr | Name::Td | Name::Th),
                _ => return None,
            };
            if belongs {
                return Some(survivors);
            }
            survivors -= 1;
        }
    }

    fn before_end_tag(&self, fragment: &Fragment<'_>, token: &Token) -> Option<usize> {
        let name = token.name();
        let raw_name = fragment.raw_name(token);
        if name == Name::Form && (!self.in_form || self.nearest().has_template) {
            return None;
        }
        if is_formatting(name) && self.lost.all > 0 {
            // It may be taken for the end of what was lost, and close nothing.
            return None;
        }
        for (place, open) in self.open.iter().enumerate().rev() {
            look();
            if (open.namespace == Namespace::Html) == token.is_foreign() {
                return None;
            }
            if open.name == name && same_name(open.raw_name, raw_name) {
                return Some(place + 1);
            }
            if !token.is_foreign() && !end_tag_closes(name, open.name) {
                return None;
            }
        }
        None
    }

    /// Closes the item that another one ends, and the `p` around the other. Nothing if that closes what kept a further item
    /// open: a copy with these end tags written would have that item closed, too.
    fn without_item(&self, item: impl Fn(&Nearest) -> u32) -> Option<usize> {
        let survivors = self.without_p(below(item(&self.nearest()), self.open.len()));
        let innermost = survivors.checked_sub(1).and_then(|innermost| self.open.get(innermost));
        innermost.is_none_or(|open| item(&open.nearest) == 0).then_some(survivors)
    }

    /// Closes the `p` in button scope of the outer `survivors` elements.
    fn without_p(&self, survivors: usize) -> usize {
        let nearest = survivors.checked_sub(1).and_then(|innermost| self.open.get(innermost));
        below(nearest.map_or(0, |open| open.nearest.p), survivors)
    }

    /// Closes the innermost of the outer `survivors` elements if it is one of those.
    fn without(&self, survivors: usize, is_closed: impl Fn(Name) -> bool) -> usize {
        look();
        let innermost = survivors.checked_sub(1).and_then(|innermost| self.open.get(innermost));
        let closes = innermost.is_some_and(|open| open.namespace == Namespace::Html && is_closed(open.name));
        survivors - usize::from(closes)
    }

    /// Closes the innermost elements as long as they are some of those.
    fn without_all(&self, mut survivors: usize, is_closed: impl Fn(Name) -> bool) -> usize {
        loop {
            let closed = self.without(survivors, &is_closed);
            if closed == survivors {
                return survivors;
            }
            survivors = closed;
        }
    }
}

/// How many elements are left when the one at `place` (plus one) is closed; all `len` if it is none.
fn below(place: u32, len: usize) -> usize {
    (place as usize).checked_sub(1).unwrap_or(len)
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

/// Whether the end tag `end`, on its way to its own element, closes an element called `open` and no more than that.
const fn end_tag_closes(end: Name, open: Name) -> bool {
    match end {
        // 13.2.6.4.9 to 13.2.6.4.15: through table scope.
        Name::Caption | Name::Table | Name::Tbody | Name::Td | Name::Tfoot | Name::Th | Name::Thead | Name::Tr => {
            !matches!(open, Name::Select | Name::Table | Name::Template)
        }
        Name::Colgroup => false,
        // A form is taken from among the open elements, whatever is open inside of it.
        Name::Form => has_implied_end(open),
        Name::Template => true,
        Name::Li => !bounds_scope(open) && !matches!(open, Name::Ol | Name::Ul),
        Name::P => !bounds_scope(open) && !matches!(open, Name::Button),
        // The end tag of any heading closes any heading.
        _ if is_heading(end) => !bounds_scope(open) && !is_heading(open),
        _ if ends_in_scope(end) => !bounds_scope(open),
        // "Any other end tag"; and the adoption agency, which moves things once it meets a special element.
        _ => !may_be_special(open),
    }
}
