//! The content of an HTML body, apart from its layout.

use super::decode::{references, without_references};
use super::kept::only_lays_out;
use super::places::{carried, hidden, read};
use super::view::{GAP, View};
use crate::html::{Attribute, Fragment};

/// All content of an HTML body, without its markup: what people read, what tags carry but for the layout, and what only
/// programs read: once with gaps for the references, once with the references decoded.
pub(crate) fn content_texts(html: &Fragment<'_>) -> [String; 2] {
    let wanted = |attribute: &Attribute| !is_layout(html, attribute);
    let mut view = read(html, &[]);
    for part in [carried(html, wanted), hidden(html, false), hidden(html, true)] {
        view.push(GAP, 0);
        view.push_part(&part, 0..part.text().len());
    }
    let decoded = references(&view).map(View::into_text).unwrap_or_default();
    [without_references(&view).unwrap_or(view).into_text(), decoded]
}

/// The other values: those of attributes that are only about layout.
pub(crate) fn layout_values(html: &Fragment<'_>) -> impl Iterator<Item = String> {
    let attributes = html.tokens().iter().filter(|token| token.is_tag()).flat_map(|tag| html.attributes(tag));
    let values = attributes.filter(|attribute| is_layout(html, attribute));
    values.map(|attribute| attribute.decoded_value(html.source()).into_owned())
}

/// Classes that the help desk and the programs that write mails put around everybody's words.
const CLASSES: [&str; 18] = [
    "Apple-converted-space",
    "Apple-interchange-newline",
    "MsoListParagraph",
    "MsoNormal",
    "MsoNormalTable",
    "MsoPlainText",
    "WordSection1",
    "elementToProof",
    "gmail_attr",
    "gmail_default",
    "gmail_extra",
    "gmail_quote",
    "gmail_signature",
    "moz-cite-prefix",
    "moz-signature",
    "yahoo_quoted",
    "zd-comment",
    "zd-comment-pre-styled",
];

/// Whether an attribute is only about layout. A class or an id may be anything,
/// but for the classes that stand everywhere.
fn is_layout(html: &Fragment<'_>, attribute: &Attribute) -> bool {
    let name = &html.source()[attribute.name.clone()];
    let value = attribute.decoded_value(html.source());
    if ["class", "id"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
        // A mail that was answered in a browser has an `x_` before each of its classes.
        let is_known = |class: &str| CLASSES.contains(&class.trim_start_matches("x_"));
        return value.split_ascii_whitespace().all(is_known);
    }
    only_lays_out(name, &value)
}
