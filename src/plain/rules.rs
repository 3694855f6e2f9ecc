//! What a tree builder does with each tag of HTML, as far as text is concerned (WHATWG 13.2.6.4).
//!
//! Formatting elements have a rule of their own, but the list of active formatting elements is not kept: rebuilding
//! them in other places moves no text and ends no block.

use crate::html::rules::{
    bounds_scope, closes_p, ends_in_scope, has_implied_end, is_formatting, is_heading, is_html_integration_point,
    is_special, is_table_part, is_text_integration_point,
};
use crate::html::{Name, Namespace};

/// How a start tag is processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Ignored inside of `<body>`.
    Ignore,
    /// Inserted.
    Ordinary,
    /// Inserted; formatting elements and their end tags are known for being crossed.
    Formatting,
    /// Inserted; an `a` or `nobr` that is open ends first.
    ExclusiveFormatting,
    /// Inserted once an open `p` is ended.
    Block,
    /// Like [`Start::Block`]; a heading directly around it ends first.
    Heading,
    /// Like [`Start::Block`]; an `li` that is open ends first.
    ListItem,
    /// Like [`Start::Block`]; a `dd` or `dt` that is open ends first.
    Description,
    /// Like [`Start::Block`], and a line end that follows is dropped.
    Preformatted,
    /// Inserted, and a line end that follows is dropped.
    Textarea,
    /// Like [`Start::Block`], but not inside of another form.
    Form,
    /// Inserted; a `button` that is open ends first.
    Button,
    /// Like [`Start::Block`]; ends a table that it stands directly in.
    Table,
    /// `caption`, `colgroup`, `tbody`, `thead`, `tfoot`, `tr`, `td` and `th`: only inside of a table.
    TablePart,
    /// `svg` and `math`: inserted as elements of SVG and MathML.
    Foreign,
    /// Inserted and ended at once.
    Void,
    /// Like [`Start::Void`]; ends a `select` that is open.
    Input,
    /// Like [`Start::Void`] once an open `p` is ended.
    Rule,
    /// Inserted; ends a `select` that is open instead.
    Select,
    /// Inserted; ends what can be implied in a `select`, but for an `optgroup`.
    Option,
    /// Inserted; ends what can be implied in a `select`.
    Optgroup,
    /// `rb` and `rtc`: inserted; ends what can be implied in a `ruby`.
    RubyBase,
    /// `rp` and `rt`: inserted; ends what can be implied in a `ruby`, but for an `rtc`.
    RubyText,
}

impl Start {
    /// Whether nothing but the element itself begins or ends.
    pub(super) const fn is_phrasing(self) -> bool {
        use Start::{ExclusiveFormatting, Formatting, Ordinary};
        matches!(self, Ordinary | Formatting | ExclusiveFormatting)
    }
}

/// How an end tag is processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// "Any other end tag": ends the innermost element of its name, unless a special element stands in between.
    Ordinary,
    /// The adoption agency algorithm, without the moving of nodes.
    Formatting,
    /// Ends the innermost element of its name in scope.
    Scoped,
    /// Ends a `p` in button scope, or makes an empty one.
    Paragraph,
    /// Ends an `li` in list item scope.
    ListItem,
    /// Ends the innermost heading in scope, whichever it is.
    Heading,
    /// Takes the form out of the stack.
    Form,
    /// A table or a part of one: ends the innermost of its name, but not past the innermost table.
    TablePart,
    /// Ends the innermost template and all that is open in it.
    Template,
    /// Read as `<br>`.
    Break,
}

/// All there is to know of the elements of one name.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub(super) start: Start,
    pub(super) end: End,
    pub(super) traits: Traits,
}

impl Rules {
    #[inline]
    pub(super) fn of(name: Name) -> Self {
        static RULES: [Rules; Name::COUNT] = {
            let mut rules = [Rules { start: Start::Ordinary, end: End::Ordinary, traits: Traits::NONE }; Name::COUNT];
            let mut index = 0;
            while index < Name::COUNT {
                let name = Name::ALL[index];
                rules[index] = Rules { start: start(name), end: end(name), traits: traits(name) };
                index += 1;
            }
            rules
        };
        RULES[name as usize]
    }
}

/// The rule for a start tag (13.2.6.4.7, and 13.2.6.4.9 for the parts of tables).
const fn start(name: Name) -> Start {
    use Name::*;
    match name {
        Html | Head | Body | Frame | Frameset => Start::Ignore,
        Pre | Listing => Start::Preformatted,
        Textarea => Start::Textarea,
        Form => Start::Form,
        Li => Start::ListItem,
        Dd | Dt => Start::Description,
        Button => Start::Button,
        A | Nobr => Start::ExclusiveFormatting,
        Table => Start::Table,
        Area | Base | Basefont | Bgsound | Br | Embed | Image | Img | Keygen | Link | Meta | Param | Source | Track
        | Wbr => Start::Void,
        Svg | Math => Start::Foreign,
        Input => Start::Input,
        Hr => Start::Rule,
        Select => Start::Select,
        Option => Start::Option,
        Optgroup => Start::Optgroup,
        Rb | Rtc => Start::RubyBase,
        Rp | Rt => Start::RubyText,
        _ if is_heading(name) => Start::Heading,
        _ if is_formatting(name) => Start::Formatting,
        _ if is_table_part(name) => Start::TablePart,
        _ if closes_p(name) => Start::Block,
        _ => Start::Ordinary,
    }
}

/// The rule for an end tag (13.2.6.4.7, and 13.2.6.4.9 to 13.2.6.4.15 for the parts of tables).
const fn end(name: Name) -> End {
    use Name::*;
    match name {
        P => End::Paragraph,
        Li => End::ListItem,
        Form => End::Form,
        Template => End::Template,
        Br => End::Break,
        // Neither has an end tag of its own.
        Col | Colgroup => End::Ordinary,
        _ if is_heading(name) => End::Heading,
        _ if is_formatting(name) => End::Formatting,
        _ if is_table_part(name) || matches!(name, Table) => End::TablePart,
        _ if ends_in_scope(name) => End::Scoped,
        _ => End::Ordinary,
    }
}

/// Sets of elements that the rules ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl Traits {
    const NONE: Self = Self(0);
    /// 13.2.4.2, special.
    pub(super) const SPECIAL: Self = Self(1);
    /// The special elements that an `li`, `dd` or `dt` start tag does not look past (13.2.6.4.7).
    pub(super) const ITEM: Self = Self(1 << 1);
    /// The elements that end a scope (13.2.4.2).
    pub(super) const SCOPE: Self = Self(1 << 2);
    /// The same for button scope, in addition.
    pub(super) const BUTTON_SCOPE: Self = Self(1 << 3);
    /// The same for list item scope, in addition.
    pub(super) const LIST_SCOPE: Self = Self(1 << 4);
    /// The elements that end a table scope.
    pub(super) const TABLE_SCOPE: Self = Self(1 << 5);
    /// The elements that an insertion mode of tables goes with, and `template`.
    pub(super) const PART: Self = Self(1 << 6);
    /// The elements whose end tags are generated when implied (13.2.6.3).
    pub(super) const IMPLIED: Self = Self(1 << 7);
    /// Elements of SVG and MathML.
    pub(super) const FOREIGN: Self = Self(1 << 8);
    /// Foreign elements that hold HTML.
    pub(super) const INTEGRATION: Self = Self(1 << 9);
    /// The elements that show or hide what they hold, group lines or end others, and for which it matters how elements
    /// that do nothing of this stand around them. Where there is one, every element must be kept on the stack.
    pub(super) const DELICATE: Self = Self(1 << 10);
    /// Elements of SVG.
    pub(super) const SVG: Self = Self(1 << 11);
    /// Elements of HTML.
    pub(super) const HTML: Self = Self(1 << 12);
    /// The elements that do nothing but hold others.
    pub(super) const QUIET: Self = Self(1 << 13);
    /// The elements that begin once an open `p`, or `li`, is ended.
    pub(super) const BLOCK: Self = Self(1 << 14);
    /// The elements that their end tag ends, and that alone, where they are innermost. (The last bit that there is.)
    pub(super) const TIDY: Self = Self(1 << 15);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn namespace(self) -> Namespace {
        match (self.has(Self::FOREIGN), self.has(Self::SVG)) {
            (false, _) => Namespace::Html,
            (true, true) => Namespace::Svg,
            (true, false) => Namespace::MathMl,
        }
    }
}

/// The sets that an element of HTML is in.
const fn traits(name: Name) -> Traits {
    let traits = Traits::HTML.or(named_traits(name));
    let is_quiet = start(name).is_phrasing() && !traits.has(Traits::SPECIAL.or(Traits::DELICATE));
    if is_quiet && !matches!(name, Name::Nobr) {
        traits.or(Traits::QUIET)
    } else if matches!(start(name), Start::Block | Start::ListItem) && !traits.has(Traits::DELICATE) {
        traits.or(Traits::BLOCK).or(Traits::TIDY)
    } else if matches!(end(name), End::TablePart | End::Heading) {
        traits.or(Traits::TIDY)
    } else {
        traits
    }
}

const fn named_traits(name: Name) -> Traits {
    use Name::*;
    let special = match name {
        Address | Div | P => Traits::SPECIAL,
        _ if is_special(name) => Traits::SPECIAL.or(Traits::ITEM),
        _ => Traits::NONE,
    };
    let scope = if bounds_scope(name) { Traits::SCOPE } else { Traits::NONE };
    let implied = if has_implied_end(name) { Traits::IMPLIED } else { Traits::NONE };
    let more = match name {
        Ol | Ul => Traits::LIST_SCOPE,
        Button => Traits::BUTTON_SCOPE,
        Table | Template => Traits::TABLE_SCOPE.or(Traits::PART),
        Caption | Td | Th | Tbody | Thead | Tfoot | Tr => Traits::PART,
        Q | Select | Details | Form | Option | Optgroup | Rb | Rp | Rt | Rtc | Audio | Canvas | Datalist | Dialog
        | Legend | Math | Meter | Progress | Svg | Video => Traits::DELICATE,
        _ => Traits::NONE,
    };
    special.or(scope).or(implied).or(more)
}

/// The sets that an element of SVG or MathML is in (13.2.4.2, and 13.2.6 for those that hold HTML). Whether an
/// `annotation-xml` does is told by its attribute.
pub(super) const fn foreign_traits(name: Name, is_svg: bool, holds_html: bool) -> Traits {
    let plain = if is_svg { Traits::FOREIGN.or(Traits::SVG) } else { Traits::FOREIGN };
    let scope = plain.or(Traits::SPECIAL).or(Traits::ITEM).or(Traits::SCOPE);
    match name {
        _ if is_svg && is_html_integration_point(name) => scope.or(Traits::INTEGRATION),
        _ if !is_svg && is_text_integration_point(name) => scope.or(Traits::INTEGRATION),
        Name::AnnotationXml if !is_svg && holds_html => scope.or(Traits::INTEGRATION),
        Name::AnnotationXml if !is_svg => scope,
        _ => plain,
    }
}
