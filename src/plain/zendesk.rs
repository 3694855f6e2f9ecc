//! The help desk's style (rule C61).
//!
//! It is a plain walk over the tree: text as it is, a space before and after the elements of a list, a line end for
//! `<br>`. What counts as a child, so that a space follows the element: text of any kind, white space included, an
//! element even if it shows nothing, and a comment; not what the standard ignores, such as a stray end tag, a doctype,
//! a `<td>` outside of a table, NUL, and the line end that is dropped after `<pre>`.

use std::ops::Range;

use super::scan::unescaped_end;
use super::tree::walk;
use super::visitor::{Characters, Depth, Element, Visitor};
use crate::html::{Fragment, Name, Namespace, reference_at};
use crate::until::{until, until_end};

/// The text. `depth` is the one to try first.
pub(super) fn zendesk(fragment: &Fragment<'_>, depth: Depth) -> String {
    let mut visitor = Zendesk::new(fragment);
    if walk(fragment, depth, &mut visitor).is_err() {
        visitor = Zendesk::new(fragment);
        // All elements are kept now, so there is no reason left to give up.
        let _ = walk(fragment, Depth::All, &mut visitor);
    }
    let Zendesk { mut text, .. } = visitor;
    text.truncate(text.trim_end_matches(is_stripped).len());
    text
}

struct Zendesk {
    text: String,
    is_hidden: bool,
    /// How many nodes have been inserted, modulo 2³².
    inserted: u32,
    /// That count when [`Visitor::begin_block`] last began a block, if a space stands before that block.
    block: Option<u32>,
}

/// What is to be done when an element ends.
struct State {
    /// How many nodes had been inserted when it began, if a space stands before it.
    spaced: Option<u32>,
    is_hidden: bool,
}

impl Zendesk {
    fn new(fragment: &Fragment<'_>) -> Self {
        Self { text: String::with_capacity(fragment.source().len()), is_hidden: false, inserted: 0, block: None }
    }

    /// An element begins.
    fn begin(&mut self, is_spaced: bool) -> State {
        self.insert();
        let is_spaced = is_spaced && !self.is_hidden;
        if is_spaced {
            self.space(' ');
        }
        State { spaced: is_spaced.then_some(self.inserted), is_hidden: self.is_hidden }
    }

    /// Writes white space, unless it would be stripped at the start.
    fn space(&mut self, space: char) {
        if !self.text.is_empty() {
            self.text.push(space);
        }
    }

    fn write(&mut self, text: &str) {
        if self.text.is_empty() {
            self.text.push_str(text.trim_start_matches(is_stripped));
        } else {
            self.text.push_str(text);
        }
    }

    /// Writes a stretch of source. `decodes` tells whether there may be references, and `nul` what a NUL stands for.
    fn escape_all(&mut self, source: &str, Range { start: mut at, end }: Range<usize>, decodes: bool, nul: &str) {
        let bytes = source.as_bytes();
        while at < end {
            let start = at;
            let Some(&byte) = bytes.get(at) else { return };
            at += 1;
            match byte {
                b'&' if decodes => match reference_at(bytes, start, false) {
                    Some(reference) => {
                        at = start + reference.len();
                        reference.chars().iter().for_each(|&c| self.escape(c));
                    }
                    None => self.escape('&'),
                },
                b'&' | b'<' | b'>' => self.escape(char::from(byte)),
                // The input stream has no carriage returns (13.2.3.5).
                b'\r' => {
                    at += usize::from(bytes.get(at) == Some(&b'\n'));
                    self.space('\n');
                }
                0 if nul.is_empty() => at = until(bytes, at..end, |byte, _| byte.at_least(1)),
                0 => self.write(nul),
                0xC2 if bytes.get(at) == Some(&0xA0) => {
                    at += 1;
                    self.escape('\u{A0}');
                }
                _ => {
                    at = unescaped_end(bytes, at..end);
                    self.write(source.get(start..at).unwrap_or_default());
                }
            }
        }
    }

    fn escape(&mut self, c: char) {
        match c {
            '&' => self.text.push_str("&amp;"),
            '<' => self.text.push_str("&lt;"),
            '>' => self.text.push_str("&gt;"),
            '\u{A0}' => self.text.push_str("&nbsp;"),
            _ => self.write(c.encode_utf8(&mut [0; 4])),
        }
    }
}

impl Visitor for Zendesk {
    type State = State;

    fn open(&mut self, element: &Element<'_>, _parent: Option<&mut State>) -> State {
        let state = self.begin(element.namespace == Namespace::Html && is_spaced(element.name));
        self.is_hidden |= is_hidden(element.name);
        state
    }

    #[inline(always)]
    fn begin_block(&mut self, name: Name) -> bool {
        let begins = !self.is_hidden && !is_hidden(name);
        if begins {
            self.block = self.begin(is_spaced(name)).spaced;
        }
        begins
    }

    #[inline(always)]
    fn end_block(&mut self, name: Name) {
        self.close(self.block_state(name));
    }

    #[inline(always)]
    fn block_state(&self, _name: Name) -> State {
        State { spaced: self.block, is_hidden: false }
    }

    fn close(&mut self, state: State) {
        self.is_hidden = state.is_hidden;
        if state.spaced.is_some_and(|before| before != self.inserted) {
            self.space(' ');
        }
    }

    fn void(&mut self, element: &Element<'_>) {
        match element.name {
            Name::Br if element.namespace == Namespace::Html => return self.line_break(),
            Name::Hr if element.namespace == Namespace::Html && !self.is_hidden => self.space(' '),
            _ => {}
        }
        self.insert();
    }

    #[inline(always)]
    fn line_break(&mut self) {
        self.insert();
        if !self.is_hidden {
            self.space('\n');
        }
    }

    fn insert(&mut self) {
        self.inserted = self.inserted.wrapping_add(1);
    }

    fn words(&mut self, text: &str, _start: usize) {
        self.insert();
        if self.is_hidden {
            return;
        }
        // Even text has no other character that is written as a reference; 0xC2 begins the no-break space in UTF-8.
        if until_end(text.as_bytes(), 0, |byte, _| byte.is(b'>') | byte.is(0xC2)) == text.len() {
            self.write(text);
        } else {
            self.escape_all(text, 0..text.len(), false, "");
        }
    }

    fn words_with_references(&mut self, source: &str, range: Range<usize>) {
        self.insert();
        if !self.is_hidden {
            self.escape_all(source, range, true, "");
        }
    }

    fn text(&mut self, source: &str, characters: Characters) {
        let is_dropped = |byte: &u8| *byte == 0 && !characters.replaces_nul;
        if !source.as_bytes().get(characters.range.clone()).is_some_and(|text| text.iter().all(is_dropped)) {
            self.insert();
        }
        if !self.is_hidden {
            let nul = characters.nul();
            self.escape_all(source, characters.range, characters.decodes, nul);
        }
    }
}

/// The elements with a space before and after.
const fn is_spaced(name: Name) -> bool {
    use Name::*;
    matches!(
        name,
        Address
            | Article
            | Aside
            | Blockquote
            | Dd
            | Div
            | Dl
            | Dt
            | Footer
            | H1
            | H2
            | H3
            | H4
            | H5
            | H6
            | Header
            | Hgroup
            | Li
            | Nav
            | Ol
            | P
            | Pre
            | Section
            | Ul
    )
}

/// The elements whose content is left out.
const fn is_hidden(name: Name) -> bool {
    use Name::*;
    matches!(name, Script | Style | Iframe | Math | Noembed | Noframes | Noscript | Plaintext | Svg | Xmp)
}

/// What is stripped at both ends.
fn is_stripped(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | ' ' | '\0')
}
