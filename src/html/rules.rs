//! What the standard says of the elements of HTML that close others without saying so, of those that keep others from
//! that, and of the way from SVG and MathML back to HTML (WHATWG 13.2.4 and 13.2.6, by its sections).

use super::elements::{Class, Name};

/// 13.2.4.2, "has an element in scope": an end tag does not look past these.
pub(crate) const fn bounds_scope(name: Name) -> bool {
    matches!(
        name,
        Name::Applet
            | Name::Caption
            | Name::Html
            | Name::Marquee
            | Name::Object
            | Name::Select
            | Name::Table
            | Name::Td
            | Name::Template
            | Name::Th
    )
}

/// 13.2.4.2, the special elements of HTML that can be open. An end tag of another kind does not look past them.
pub(crate) const fn is_special(name: Name) -> bool {
    // `dialog` alone closes a `p` and is closed like a block without being special.
    (ends_in_scope(name) || closes_p(name)) && !matches!(name, Name::Dialog)
        || bounds_scope(name)
        || is_table_part(name)
        || matches!(
            name,
            Name::Iframe
                | Name::Noembed
                | Name::Noframes
                | Name::Noscript
                | Name::Script
                | Name::Style
                | Name::Textarea
                | Name::Title
        )
}

/// 13.2.4.3: the formatting elements, which come back in what follows when something else closes them.
pub(crate) const fn is_formatting(name: Name) -> bool {
    matches!(
        name,
        Name::A
            | Name::B
            | Name::Big
            | Name::Code
            | Name::Em
            | Name::Font
            | Name::I
            | Name::Nobr
            | Name::S
            | Name::Small
            | Name::Strike
            | Name::Strong
            | Name::Tt
            | Name::U
    )
}

/// 13.2.4.3: where the list of formatting elements gets a marker. None from outside comes back inside.
pub(crate) const fn sets_marker(name: Name) -> bool {
    matches!(name, Name::Applet | Name::Caption | Name::Marquee | Name::Object | Name::Td | Name::Template | Name::Th)
}

/// 13.2.6.3, "generate implied end tags".
pub(crate) const fn has_implied_end(name: Name) -> bool {
    matches!(
        name,
        Name::Dd
            | Name::Dt
            | Name::Li
            | Name::Optgroup
            | Name::Option
            | Name::P
            | Name::Rb
            | Name::Rp
            | Name::Rt
            | Name::Rtc
    )
}

/// 13.2.6.4.7: the blocks whose start tag closes a `p` and whose end tag closes all that is open in them,
/// headings aside.
const fn is_block(name: Name) -> bool {
    matches!(
        name,
        Name::Address
            | Name::Article
            | Name::Aside
            | Name::Blockquote
            | Name::Center
            | Name::Dd
            | Name::Details
            | Name::Dialog
            | Name::Dir
            | Name::Div
            | Name::Dl
            | Name::Dt
            | Name::Fieldset
            | Name::Figcaption
            | Name::Figure
            | Name::Footer
            | Name::Header
            | Name::Hgroup
            | Name::Li
            | Name::Listing
            | Name::Main
            | Name::Menu
            | Name::Nav
            | Name::Ol
            | Name::P
            | Name::Pre
            | Name::Search
            | Name::Section
            | Name::Summary
            | Name::Ul
    )
}

/// 13.2.6.4.7: start tags that close a `p` which is open in button scope.
pub(crate) const fn closes_p(name: Name) -> bool {
    is_heading(name)
        || is_block(name)
        || matches!(name, Name::Form | Name::Hr | Name::Plaintext | Name::Table | Name::Xmp)
}

/// The headings. The start tag of any ends any that it stands right in, and the end tag of any ends the innermost
/// (13.2.6.4.7).
pub(crate) const HEADINGS: [Name; 6] = [Name::H1, Name::H2, Name::H3, Name::H4, Name::H5, Name::H6];

pub(crate) const fn is_heading(name: Name) -> bool {
    matches!(name, Name::H1 | Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6)
}

/// 13.2.6.4.18, "in template": what these begin in a template leaves open which of its parts of tables are kept.
pub(crate) const fn is_of_head(name: Name) -> bool {
    use Name::{Base, Basefont, Bgsound, Link, Meta, Noframes, Script, Style, Template, Title};
    matches!(name, Base | Basefont | Bgsound | Link | Meta | Noframes | Script | Style | Template | Title)
}

/// The elements that stand nowhere but in a `table`.
pub(crate) const fn is_table_part(name: Name) -> bool {
    matches!(
        name,
        Name::Caption
            | Name::Col
            | Name::Colgroup
            | Name::Tbody
            | Name::Td
            | Name::Tfoot
            | Name::Th
            | Name::Thead
            | Name::Tr
    )
}

pub(crate) const fn is_row_group(name: Name) -> bool {
    matches!(name, Name::Tbody | Name::Tfoot | Name::Thead)
}

/// The elements of a table that hold no text of their own: what else stands there is moved out of the table.
pub(crate) const fn is_table_frame(name: Name) -> bool {
    is_row_group(name) || matches!(name, Name::Colgroup | Name::Table | Name::Tr)
}

/// 13.2.6.4.7: end tags that close all that is open in scope down to their element.
pub(crate) const fn ends_in_scope(name: Name) -> bool {
    is_heading(name)
        || is_block(name)
        || matches!(name, Name::Applet | Name::Button | Name::Marquee | Name::Object | Name::Select)
}

/// 13.2.6, HTML integration point: an element of SVG that holds HTML. (An `annotation-xml` of MathML is one by its
/// attribute.)
pub(crate) const fn is_html_integration_point(name: Name) -> bool {
    matches!(name, Name::ForeignObject | Name::Desc | Name::Title)
}

/// 13.2.6, MathML text integration point: an element of MathML that holds HTML.
pub(crate) const fn is_text_integration_point(name: Name) -> bool {
    matches!(name, Name::Mi | Name::Mo | Name::Mn | Name::Ms | Name::Mtext)
}

/// 13.2.6, tree construction dispatcher: the start tags that stay MathML in a MathML text integration point.
pub(crate) const fn stays_in_mathml(name: Name) -> bool {
    matches!(name, Name::Mglyph | Name::Malignmark)
}

/// 13.2.6.5: whether a start tag leaves SVG and MathML. A `font` does if one of the names of its attributes says so.
pub(crate) fn leaves_foreign_content<'n, N>(name: Name, attributes: impl FnOnce() -> N) -> bool
where
    N: Iterator<Item = &'n [u8]>,
{
    let is_telling =
        |name: &[u8]| [&b"color"[..], b"face", b"size"].iter().any(|known| name.eq_ignore_ascii_case(known));
    name.is(Class::BREAKOUT) || (name == Name::Font && attributes().any(is_telling))
}
