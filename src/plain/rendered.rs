//! The rendered style: the `innerText` getter of WHATWG 3.2.7 (rule C60).
//!
//! The getter joins what the *rendered text collection steps* give for each node: strings and required line break
//! counts. Here an element's share is written when it begins and when it ends, in the same order.

use std::ops::Range;

use super::MapPiece;
use super::lines::{Lines, Trace};
use super::style::{Display, WhiteSpace, display, plain_block, white_space};
use super::tree::walk;
use super::visitor::{Characters, Depth, Element, TooShallow, Visitor};
use crate::html::{Fragment, Name, Namespace};

/// The text. `depth` is the one to try first.
pub(super) fn rendered(fragment: &Fragment<'_>, depth: Depth) -> String {
    let (text, ()) = render(fragment, depth);
    text
}

/// The text with its map, in order.
pub(crate) fn rendered_with_map(fragment: &Fragment<'_>) -> (String, Vec<MapPiece>) {
    render(fragment, Depth::Special)
}

fn render<T: Trace>(fragment: &Fragment<'_>, mut depth: Depth) -> (String, T) {
    let mut late_captions = Vec::new();
    loop {
        let mut visitor = Rendered::<T>::new(fragment, &late_captions);
        match walk(fragment, depth, &mut visitor) {
            Err(TooShallow) => depth = Depth::All,
            Ok(()) if late_captions.is_empty() && visitor.found_late.contains(&true) => {
                late_captions = visitor.found_late;
            }
            Ok(()) => return visitor.lines.finish(),
        }
    }
}

struct Rendered<'k, T> {
    lines: Lines<T>,
    shown: Shown,
    preserves: bool,
    tables: Vec<Table>,
    /// For each caption that follows a row directly: whether a row of the same table follows it. Known only in a second
    /// walk, which is done where it matters.
    late_captions: &'k [bool],
    found_late: Vec<bool>,
}

/// Whether text is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Yes,
    /// Only in some of the children.
    InChildren,
    /// Only in some of the elements inside: this is an SVG picture.
    InPicture,
    No,
}

/// What is to be done when an element ends.
struct State {
    display: Display,
    shown: Shown,
    preserves: bool,
    has_summary: bool,
}

#[derive(Default)]
struct Table {
    /// Whether a row has begun that is not yet separated from the next.
    row: bool,
    /// Whether a cell has begun in the row.
    cell: bool,
    /// The number of the caption after that row.
    late_caption: Option<usize>,
}

impl<'k, T: Trace> Rendered<'k, T> {
    fn new(fragment: &Fragment<'_>, late_captions: &'k [bool]) -> Self {
        Self {
            lines: Lines::with_capacity(fragment.source().len()),
            shown: Shown::Yes,
            preserves: false,
            tables: Vec::new(),
            late_captions,
            found_late: Vec::new(),
        }
    }

    /// A block, a table or a part of one begins.
    #[inline(always)]
    fn begin(&mut self, block: Display) {
        match block {
            // Step 8.
            Display::Paragraph => self.lines.require_breaks(2),
            // Step 9.
            Display::Block => self.lines.require_breaks(1),
            other => self.begin_part(other),
        }
    }

    fn begin_part(&mut self, part: Display) {
        match part {
            Display::Table => {
                self.lines.require_breaks(1);
                self.tables.push(Table::default());
            }
            Display::Row => self.begin_row(),
            Display::Cell => self.begin_cell(),
            _ => {}
        }
    }

    /// Step 7: a line feed after each row but the last of its table. It is written once the next row begins.
    fn begin_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if table.row {
            self.lines.end_line('\n');
        }
        if let Some(late) = table.late_caption.take().and_then(|number| self.found_late.get_mut(number)) {
            *late = true;
        }
        *table = Table { row: true, ..Table::default() };
    }

    /// Step 6: a tab after each cell but the last of its row. It is written once the next cell begins.
    fn begin_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if std::mem::replace(&mut table.cell, true) {
            self.lines.end_line('\t');
        }
    }

    #[inline(always)]
    fn end(&mut self, display: Display) {
        match display {
            Display::Paragraph => self.lines.require_breaks(2),
            Display::Block => self.lines.require_breaks(1),
            Display::Cell => self.lines.require_breaks(0),
            other => self.end_other(other),
        }
    }

    #[inline(never)]
    fn end_other(&mut self, display: Display) {
        match display {
            Display::Inline | Display::None | Display::Object | Display::Row => {}
            Display::InlineBlock | Display::Select | Display::Picture => self.lines.end_inner(),
            Display::Quote => self.lines.object(),
            Display::Paragraph => self.lines.require_breaks(2),
            Display::Block | Display::Optgroup | Display::Details | Display::Caption => self.lines.require_breaks(1),
            Display::Table => {
                self.lines.require_breaks(1);
                self.tables.pop();
            }
            Display::Cell => self.lines.require_breaks(0),
        }
    }

    /// A caption can stand after a row, and then the row's line feed comes before it.
    fn begin_caption(&mut self) {
        let Some(table) = self.tables.last_mut().filter(|table| table.row && table.late_caption.is_none()) else {
            return;
        };
        let number = self.found_late.len();
        self.found_late.push(false);
        table.late_caption = Some(number);
        if self.late_captions.get(number) == Some(&true) {
            self.lines.end_line('\n');
            table.row = false;
        }
    }
}

impl<T: Trace> Visitor for Rendered<'_, T> {
    type State = State;

    fn open(&mut self, element: &Element<'_>, parent: Option<&mut State>) -> State {
        let mut state =
            State { display: Display::None, shown: self.shown, preserves: self.preserves, has_summary: false };
        if self.shown == Shown::No {
            return state;
        }
        let display = display(element);
        let is_shown = match self.shown {
            Shown::Yes => true,
            Shown::InChildren => parent.is_some_and(|parent| is_child_shown(element, parent)),
            Shown::InPicture => is_shown_in_picture(element, display),
            Shown::No => false,
        };
        if !is_shown {
            // Step 3: not being rendered.
            if self.shown != Shown::InPicture || display == Display::None {
                self.shown = Shown::No;
            }
            return state;
        }
        state.display = display;
        self.shown = Shown::Yes;
        match state.display {
            Display::Inline => {}
            Display::None => self.shown = Shown::No,
            Display::Object => {
                self.lines.object();
                self.shown = Shown::No;
            }
            Display::Picture => {
                self.lines.object();
                self.shown = Shown::InPicture;
            }
            Display::InlineBlock => self.lines.begin_inner(),
            Display::Optgroup | Display::Details => {
                self.lines.require_breaks(1);
                self.shown = Shown::InChildren;
            }
            Display::Select => {
                self.lines.begin_inner();
                self.shown = Shown::InChildren;
            }
            Display::Quote => self.lines.object(),
            Display::Caption => {
                self.begin_caption();
                self.lines.require_breaks(1);
            }
            block => self.begin(block),
        }
        match white_space(element, self.preserves) {
            WhiteSpace::Inherit => {}
            WhiteSpace::Collapse => self.preserves = false,
            WhiteSpace::Preserve => self.preserves = true,
        }
        state
    }

    #[inline(always)]
    fn begin_block(&mut self, name: Name) -> bool {
        let block = plain_block(name).filter(|_| self.shown == Shown::Yes && !self.preserves);
        if let Some(block) = block {
            self.begin(block);
        }
        block.is_some()
    }

    #[inline(always)]
    fn end_block(&mut self, name: Name) {
        if let Some(block) = plain_block(name) {
            self.end(block);
        }
    }

    #[inline(always)]
    fn block_state(&self, name: Name) -> State {
        let display = plain_block(name).unwrap_or(Display::Inline);
        State { display, shown: Shown::Yes, preserves: false, has_summary: false }
    }

    #[inline(always)]
    fn close(&mut self, state: State) {
        self.end(state.display);
        self.shown = state.shown;
        self.preserves = state.preserves;
    }

    fn void(&mut self, element: &Element<'_>) {
        match self.shown {
            Shown::Yes => {}
            Shown::InPicture if is_shown_in_picture(element, display(element)) => {}
            _ => return,
        }
        match display(element) {
            Display::Inline if element.name == Name::Br && element.namespace == Namespace::Html => self.line_break(),
            Display::Block => self.lines.require_breaks(1),
            Display::Object | Display::Picture | Display::InlineBlock => self.lines.object(),
            _ => {}
        }
    }

    /// Step 5.
    #[inline(always)]
    fn line_break(&mut self) {
        if self.shown == Shown::Yes {
            self.lines.end_line('\n');
        }
    }

    fn drops_space(&self) -> bool {
        self.shown != Shown::Yes || (!self.preserves && self.lines.drops_space())
    }

    #[inline(always)]
    fn words(&mut self, text: &str, start: usize) {
        if self.shown == Shown::Yes {
            self.lines.words(text, start, self.preserves);
        }
    }

    fn words_with_references(&mut self, source: &str, range: Range<usize>) {
        if self.shown == Shown::Yes && !self.preserves {
            self.lines.words_with_references(source, range);
        } else {
            self.text(source, Characters::words_with_references(range));
        }
    }

    /// Step 4.
    fn text(&mut self, source: &str, characters: Characters) {
        if self.shown != Shown::Yes {
            return;
        }
        if characters.between_cells {
            let text = source.get(characters.range.clone()).unwrap_or_default();
            if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
                // CSS Tables 3, 3.2.1: white space between the parts of a table has no box.
                return;
            }
        }
        if self.preserves {
            self.lines.preserve(source, &characters);
        } else {
            self.lines.collapse(source, &characters);
        }
    }
}

/// Whether an element is shown in an SVG picture: it holds text.
fn is_shown_in_picture(element: &Element<'_>, display: Display) -> bool {
    element.namespace == Namespace::Svg && display == Display::Block
}

/// Whether an element is shown in one that shows only some of its children.
fn is_child_shown(element: &Element<'_>, parent: &mut State) -> bool {
    if element.namespace != Namespace::Html {
        return false;
    }
    match (parent.display, element.name) {
        (Display::Select, Name::Option | Name::Optgroup) | (Display::Optgroup, Name::Option) => true,
        (Display::Details, Name::Summary) => !std::mem::replace(&mut parent.has_summary, true),
        _ => false,
    }
}
