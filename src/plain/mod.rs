//! Plain text of HTML, in two styles (rules C60, C61).

mod end_tags;
mod foreign;
mod lines;
mod rendered;
mod rules;
mod scan;
mod stack;
mod start_tags;
mod style;
mod tables;
mod tree;
mod usual;
mod visitor;
mod zendesk;

use std::ops::Range;

pub(crate) use rendered::rendered_with_map;
use visitor::Depth;

use crate::error::Error;
use crate::html::{Fragment, tokenize};
use crate::limits::Limits;

/// How HTML becomes plain text. [`plain_text`] and [`crate::Redaction::plain_body`] show both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PlainStyle {
    /// As a browser shows it with its default style sheet: the `innerText` of the body (rule C60). This is the default.
    #[default]
    Rendered,
    /// As the help desk's `plain_body` field has it (rule C61): line ends and spaces as in the source, a space around
    /// blocks, and `& < >` and U+00A0 written as `&amp; &lt; &gt; &nbsp;`.
    Zendesk,
}

/// The plain text of any HTML body, redacted or not.
///
/// # Errors
/// [`Error::InputTooLarge`] and [`Error::OutputTooLarge`], by the default [`Limits`].
///
/// ```
/// use blackbar::{PlainStyle, plain_text};
///
/// let html = "<p>Fish &amp; chips</p><ul><li>salt<li>vinegar</ul>";
/// assert_eq!(plain_text(html, PlainStyle::Rendered)?, "Fish & chips\n\nsalt\nvinegar");
/// assert_eq!(plain_text(html, PlainStyle::Zendesk)?, "Fish &amp; chips   salt  vinegar");
/// # Ok::<(), blackbar::Error>(())
/// ```
pub fn plain_text(html: &str, style: PlainStyle) -> Result<String, Error> {
    let limits = Limits::default();
    limits.check_input(html.len())?;
    let text = plain(&tokenize(html), style);
    limits.check_output(text.len())?;
    Ok(text)
}

/// The plain text of a fragment without marks.
pub(crate) fn plain(fragment: &Fragment<'_>, style: PlainStyle) -> String {
    plain_from(fragment, style, Depth::Special)
}

/// The same. `depth` is the one to try first.
fn plain_from(fragment: &Fragment<'_>, style: PlainStyle, depth: Depth) -> String {
    match style {
        PlainStyle::Rendered => rendered::rendered(fragment, depth),
        PlainStyle::Zendesk => zendesk::zendesk(fragment, depth),
    }
}

/// A stretch of rendered text and the source that it stands for. Characters that rendering adds have no piece: the tabs
/// and line ends of blocks, cells and `<br>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MapPiece {
    /// In the rendered text, in bytes.
    pub(crate) text: Range<usize>,
    /// In the source, in bytes. As long as `text` if it is the same, byte for byte; otherwise it is one character
    /// reference, line end, NUL or run of white space and has no inside.
    pub(crate) source: Range<usize>,
}

impl MapPiece {
    /// The source of an offset of the text, as the range from the latest start to the earliest end: empty inside of
    /// what is the same byte for byte, all of the piece otherwise.
    pub(crate) fn source_of(&self, text: usize) -> Range<usize> {
        if self.text.len() != self.source.len() {
            return self.source.clone();
        }
        let offset = text.clamp(self.text.start, self.text.end) - self.text.start;
        self.source.start + offset..self.source.start + offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const UNITS: [&str; 24] = [
        "a", "é", " ", "\n", "\t ", "\r\n", "&amp;", "&nbsp;", "&#10;", "\0", "&", "<b>", "</b>", "<p>", "</p>",
        "<br>", "<pre>", "</pre>", "<table><tr><td>", "<td>", "</table>", "<li>", "<img>", "<!---->",
    ];

    /// Text, tags that are left out or gone over the short way, and what stands in the way of that.
    const PIECES: [&str; 43] = [
        "a", " ", " b  c", "&amp;d", "<p>", "</p>", "<div>", "</div>", "<div hidden>", "<li>", "</li>", "<li hidden>",
        "<ul>", "</ul>", "<dd>", "</dd>", "<h1>", "</h1>", "<h2>", "<pre>", "</pre>", "\n", "<noscript>",
        "</noscript>", "<b>", "</b>", "<span>", "</span>", "<x-y>", "<br>", "<object>", "</object>", "<table>",
        "</table>", "<tr>", "</tr>", "<td>", "<tbody>", "<caption>", "<td hidden>", "<template>", "</template>",
        "<svg/>",
    ];

    /// The slow twin keeps all elements on the stack from the start, and takes no short way over tags.
    #[test]
    fn leaving_elements_out_changes_no_text() {
        let mut random = Random::new(1);
        let mut shown = 0;
        for _ in 0..60_000 {
            // Of few kinds at a time, as it takes some to meet.
            let few = [(); 6].map(|()| PIECES[random.below(PIECES.len())]);
            let html = random.text(12, &few);
            let fragment = tokenize(&html);
            for style in [PlainStyle::Rendered, PlainStyle::Zendesk] {
                let text = plain(&fragment, style);
                assert_eq!(text, plain_from(&fragment, style, Depth::All), "{html:?}");
                shown += usize::from(!text.is_empty());
            }
        }
        assert!(shown > 30_000, "{shown}");
    }

    /// The map's pieces are in order, hold all but the line ends and tabs that rendering adds, and tell the truth.
    #[test]
    fn the_map_leads_to_the_source_of_each_character() {
        let mut random = Random::new(1);
        for _ in 0..30_000 {
            let html = random.text(10, &UNITS);
            let fragment = tokenize(&html);
            let (text, pieces) = rendered_with_map(&fragment);
            assert_eq!(text, plain(&fragment, PlainStyle::Rendered), "{html:?}");
            let (mut text_end, mut source_end) = (0, 0);
            for MapPiece { text: range, source } in pieces {
                assert!(text_end <= range.start && source_end <= source.start, "{html:?}");
                let added = &text[text_end..range.start];
                assert!(added.bytes().all(|byte| matches!(byte, b'\n' | b'\t')), "{html:?} {added:?}");
                if range.len() == source.len() && range.len() > 1 {
                    assert_eq!(text[range.clone()], html[source.clone()], "{html:?}");
                }
                (text_end, source_end) = (range.end, source.end);
            }
            assert!(text[text_end..].bytes().all(|byte| matches!(byte, b'\n' | b'\t')), "{html:?}");
        }
    }
}
