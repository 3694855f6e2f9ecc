//! What the default style sheet says of each element (WHATWG 15.3), as far as text is concerned.
//!
//! Only the style sheet counts, and of attributes only those that it asks for; a `style` attribute is the author's and
//! is not read.

use super::visitor::{Element, Hiding};
use crate::html::rules::is_row_group;
use crate::html::{Name, Namespace};

/// How an element stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Its content runs on in the line.
    Inline,
    /// Nothing of it is shown.
    None,
    /// It stands in the line like a letter, and nothing of its content is shown.
    Object,
    /// It stands in the line like a letter, with lines of its own inside.
    InlineBlock,
    /// It stands on lines of its own.
    Block,
    /// The same, set off by a blank line.
    Paragraph,
    /// A table.
    Table,
    /// A caption.
    Caption,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// A `select`: like [`Display::InlineBlock`], but only the `option` and `optgroup` elements right in it are shown.
    Select,
    /// A `q`: its content runs on in the line between two quotation marks that the style sheet adds. They are not part
    /// of the text, but white space beside them is not at an end of the line.
    Quote,
    /// An `optgroup`: a block, and only the `option` elements right in it are shown.
    Optgroup,
    /// A `details` that is not open: a block, and only its first `summary` is shown.
    Details,
    /// An SVG picture: an object of which only text is shown.
    Picture,
}

/// What becomes of white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhiteSpace {
    Inherit,
    Collapse,
    Preserve,
}

/// The display of an element.
#[inline]
pub(super) fn display(element: &Element<'_>) -> Display {
    let by_name = match element.namespace {
        Namespace::Html if !element.may_be_hidden() => DISPLAYS[element.name as usize],
        _ => None,
    };
    by_name.unwrap_or_else(|| display_by_attributes(element))
}

/// What [`html_display`] says of each name: asked at each element, it is worth a table.
static DISPLAYS: [Option<Display>; Name::COUNT] = {
    let mut displays = [None; Name::COUNT];
    let mut index = 0;
    while index < Name::COUNT {
        displays[index] = html_display(Name::ALL[index]);
        index += 1;
    }
    displays
};

/// The display of a block, a table or a part of one if it is that and nothing else,
/// whatever its attributes but `hidden` and `popover`.
#[inline]
pub(super) fn plain_block(name: Name) -> Option<Display> {
    static BLOCKS: [Option<Display>; Name::COUNT] = {
        let mut blocks = [None; Name::COUNT];
        let mut index = 0;
        while index < Name::COUNT {
            let name = Name::ALL[index];
            blocks[index] = match html_display(name) {
                Some(Display::Inline) if is_row_group(name) => Some(Display::Inline),
                Some(block @ (Display::Block | Display::Paragraph)) if !preserves(name) => Some(block),
                part @ Some(Display::Table | Display::Row | Display::Cell) => part,
                _ => None,
            };
            index += 1;
        }
        blocks
    };
    BLOCKS[name as usize]
}

/// The display of an element of HTML, unless its attributes have a say.
const fn html_display(name: Name) -> Option<Display> {
    use Name::*;
    Some(match name {
        // 15.3.1, hidden elements.
        Area | Base | Basefont | Datalist | Head | Link | Meta | Noembed | Noframes | Param | Rp | Script | Style
        | Template | Title => Display::None,
        // 15.4.1 and 15.5: replaced elements and form controls. What they hold is a fallback or a value. What an
        // `object` shows depends on what it loads; the conformance tests of the getter have nothing of its fallback.
        Canvas | Embed | Iframe | Image | Img | Meter | Object | Progress | Textarea | Video => Display::Object,
        Button | Marquee => Display::InlineBlock,
        // 15.3.3 flow content, 15.3.6 sections and headings, 15.3.7 lists, 15.3.11 hr, 15.3.12 fieldset, and `option`
        // by 3.2.7, rendered text collection steps, step 3.
        Address | Article | Aside | Blockquote | Center | Dd | Dir | Div | Dl | Dt | Fieldset | Figcaption | Figure
        | Footer | Form | H1 | H2 | H3 | H4 | H5 | H6 | Header | Hgroup | Hr | Legend | Li | Listing | Main | Menu
        | Nav | Ol | Option | Plaintext | Pre | Search | Section | Summary | Ul | Xmp => Display::Block,
        // Step 8 there.
        P => Display::Paragraph,
        // 15.3.4, phrasing content.
        Q => Display::Quote,
        Select => Display::Select,
        Optgroup => Display::Optgroup,
        // 15.3.8, tables.
        Table => Display::Table,
        Caption => Display::Caption,
        Tr => Display::Row,
        Td | Th => Display::Cell,
        Audio | Details | Dialog | Input => return None,
        _ => Display::Inline,
    })
}

/// The display of an element whose attributes have a say, or of SVG or MathML.
#[cold]
fn display_by_attributes(element: &Element<'_>) -> Display {
    match (element.namespace, element.name) {
        (Namespace::Svg, _) => svg_display(element),
        (Namespace::MathMl, _) => mathml_display(element),
        _ => display_by_hiding(element),
    }
}

/// The display of an element of HTML whose attributes have a say.
fn display_by_hiding(element: &Element<'_>) -> Display {
    let Hiding { popover, hidden } = element.hiding();
    match hidden {
        // 15.3.1: a popover, which only a script opens.
        _ if popover && !is_open_dialog(element) => Display::None,
        // 15.3.1: `[hidden]`, but an `embed` is only made small.
        _ if element.name == Name::Embed => Display::Object,
        Some(value) => hidden_display(element, &value),
        None => unhidden_display(element),
    }
}

fn is_open_dialog(element: &Element<'_>) -> bool {
    element.name == Name::Dialog && element.has_attribute("open")
}

/// 15.3.1: an element with the attribute `hidden` has no box. With the value `until-found` it has one whose content is
/// skipped, if it is one that can contain its size (CSS Containment 2, 3.1 and 4). That is nothing that runs on in the
/// line, no table and no row of one; and a box that stands in the line still does. Of all other boxes nothing is
/// shown here: browsers agree, but for the tab of a cell. By the letter, the line ends of blocks would stay, and a
/// cell would be shown.
fn hidden_display(element: &Element<'_>, value: &str) -> Display {
    if !value.eq_ignore_ascii_case("until-found") {
        return Display::None;
    }
    match DISPLAYS[element.name as usize].unwrap_or_else(|| unhidden_display(element)) {
        shown @ (Display::Inline | Display::Quote | Display::Object | Display::Table | Display::Row) => shown,
        Display::InlineBlock | Display::Select => Display::Object,
        _ => Display::None,
    }
}

/// The display of an element of HTML whose attributes have a say, if it is not hidden.
fn unhidden_display(element: &Element<'_>) -> Display {
    match element.name {
        Name::Input if !element.is_hidden_input() => Display::Object,
        Name::Audio if element.has_attribute("controls") => Display::Object,
        Name::Dialog | Name::Details if element.has_attribute("open") => Display::Block,
        // 15.5.5: all but the summary of a closed `details` is skipped.
        Name::Details => Display::Details,
        _ => Display::None,
    }
}

/// What SVG 2 never renders (5.1.1), and the blocks of its style sheet.
fn svg_display(element: &Element<'_>) -> Display {
    const NEVER_RENDERED: [&str; 9] =
        ["clippath", "defs", "lineargradient", "marker", "mask", "metadata", "pattern", "radialgradient", "symbol"];
    match element.name {
        Name::Svg => Display::Picture,
        Name::ForeignObject => Display::Block,
        Name::Title | Name::Desc | Name::Script | Name::Style => Display::None,
        Name::OtherSvg => {
            let raw_name = element.raw_name();
            if raw_name.eq_ignore_ascii_case("text") {
                Display::Block
            } else if NEVER_RENDERED.iter().any(|name| raw_name.eq_ignore_ascii_case(name)) {
                Display::None
            } else {
                Display::Inline
            }
        }
        _ => Display::Inline,
    }
}

/// MathML runs on in the line, but for annotations (MathML Core, 3.5).
fn mathml_display(element: &Element<'_>) -> Display {
    match element.name {
        Name::Math => Display::InlineBlock,
        Name::AnnotationXml => Display::None,
        _ if element.raw_name().eq_ignore_ascii_case("annotation") => Display::None,
        _ => Display::Inline,
    }
}

/// `white-space` of an element (15.3.3 and 15.3.4). `nowrap` makes a difference only where white space is preserved.
#[inline]
pub(super) fn white_space(element: &Element<'_>, is_preserved: bool) -> WhiteSpace {
    let is_html = element.namespace == Namespace::Html;
    match element.name {
        name if is_html && preserves(name) => WhiteSpace::Preserve,
        _ if !is_preserved => WhiteSpace::Inherit,
        Name::Nobr if is_html => WhiteSpace::Collapse,
        Name::Td | Name::Th if is_html && element.has_attribute("nowrap") => WhiteSpace::Collapse,
        _ => WhiteSpace::Inherit,
    }
}

/// Whether white space in an element of HTML stays as it is (15.3.3 and 15.3.6).
const fn preserves(name: Name) -> bool {
    matches!(name, Name::Pre | Name::Listing | Name::Plaintext | Name::Xmp)
}
