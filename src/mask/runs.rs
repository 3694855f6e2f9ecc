//! The inline runs that a selection touches (rules C21, C31).

use std::ops::Range;

use crate::edit::{Action, Selection};
use crate::error::Error;
use crate::gallop::count_first;
use crate::grapheme;
use crate::html::{Class, Fragment, Kind, TextMap, Token};
use crate::mask::layout::Layout;
use crate::mask::{Fill, Masker, clusters};
use crate::policy::{Mask, Whitespace};

/// Masks the selected text of every inline run that the selection touches. Other text is never decoded or segmented.
pub(super) fn mask_runs(fragment: &Fragment<'_>, selection: &Selection, masker: &mut Masker<'_>) -> Result<(), Error> {
    let tokens = fragment.tokens();
    let selected = selection.text.as_slice();
    let mut runs = Runs {
        fragment,
        tokens,
        actions: &selection.actions,
        layout: Layout::new(tokens),
        selected,
        run: 0..0,
        done: 0,
        group: 0..0,
        group_is_layout: false,
        last_masked: None,
        map: TextMap::default(),
        blank: Vec::new(),
    };
    for range in selected {
        let mut index = runs.done + count_first(&tokens[runs.done..], |token| token.end() <= range.start);
        while tokens.get(index).is_some_and(|token| token.start() < range.end) {
            if runs.is_live_text(index) {
                let stretch = runs.stretch(index);
                runs.done = stretch.end;
                index = stretch.end;
                runs.mask(stretch, masker)?;
            } else {
                index += 1;
            }
        }
    }
    Ok(())
}

/// Whether text is joined over a token (C21).
pub(crate) fn joins(token: &Token) -> bool {
    match token.kind() {
        Kind::StartTag | Kind::EndTag => token.name().is(Class::PHRASING) || token.name().is_unknown(),
        Kind::Text(_) | Kind::Cdata | Kind::Comment | Kind::Doctype | Kind::Nothing => true,
    }
}

/// The selection's way through the runs, in the order of the source.
struct Runs<'f> {
    fragment: &'f Fragment<'f>,
    tokens: &'f [Token],
    actions: &'f [Action],
    layout: Layout<'f>,
    /// The selected ranges that do not end before the stretch at hand.
    selected: &'f [Range<usize>],
    /// The tokens of the run at hand, as far as they are known; more may stand before.
    run: Range<usize>,
    /// The tokens before are masked, or their text is certainly parted from what follows.
    done: usize,
    /// The last group whose layout was asked for, and the answer.
    group: Range<usize>,
    group_is_layout: bool,
    /// Where the last range begins that has its `Fixed` or `Label` mask in this run.
    last_masked: Option<usize>,
    /// The decoded text of the stretch at hand.
    map: TextMap,
    /// The ranges of that text that are white space and layout.
    blank: Vec<Range<usize>>,
}

impl Runs<'_> {
    fn action(&self, index: usize) -> Action {
        self.actions.get(index).copied().unwrap_or_default()
    }

    fn is_live_text(&self, index: usize) -> bool {
        self.tokens[index].is_text() && self.action(index) != Action::Remove
    }

    /// Whether the run goes on over a token. What is removed does not end it: afterwards the text stands together, and
    /// marking the masks again must find the same run (C6).
    fn goes_on(&self, index: usize) -> bool {
        joins(&self.tokens[index]) || self.action(index) == Action::Remove
    }

    /// The tokens around the text at `index` whose clusters may reach into it.
    /// Begins another run if the text is in one.
    fn stretch(&mut self, index: usize) -> Range<usize> {
        if index >= self.run.end {
            let length = self.tokens[index..].len();
            let end = (index..index + length).find(|&at| !self.goes_on(at)).unwrap_or(index + length);
            self.run = index..end;
            self.last_masked = None;
        }
        let mut stretch = index..index + 1;
        while let Some(before) =
            (self.done..stretch.start).rev().take_while(|&at| self.goes_on(at)).find(|&at| self.is_live_text(at))
        {
            if self.are_apart(before, stretch.start) {
                break;
            }
            stretch.start = before;
        }
        let mut last = index;
        for at in index + 1..self.run.end {
            if self.is_live_text(at) {
                if self.are_apart(last, at) {
                    break;
                }
                last = at;
            }
        }
        stretch.start..last + 1
    }

    /// Whether no cluster goes on from the text at `before` into the one at `after`, as far as two bytes tell: both
    /// sides are ASCII, see [`super::windows`], and neither is part of a reference or something that HTML drops.
    #[inline]
    fn are_apart(&self, before: usize, after: usize) -> bool {
        let (before, after) = (&self.tokens[before], &self.tokens[after]);
        let bytes = self.fragment.source().as_bytes();
        let (last, first) = (bytes[before.end() - 1], bytes[after.start()]);
        if !last.is_ascii() || !first.is_ascii() || before.kind() == Kind::Cdata || after.kind() == Kind::Cdata {
            return false;
        }
        let ends_reference = before.may_have_references() && (last.is_ascii_alphanumeric() || last == b';');
        !ends_reference && !matches!(last, b'\r' | 0) && !matches!(first, b'&' | 0)
    }

    fn mask(&mut self, stretch: Range<usize>, masker: &mut Masker<'_>) -> Result<(), Error> {
        let start = self.tokens[stretch.start].start();
        clusters::skip_ranges_before(&mut self.selected, start);
        if stretch.len() == 1 && self.mask_plain(stretch.start, masker) {
            return Ok(());
        }
        self.map.clear();
        self.blank.clear();
        for index in stretch {
            if !self.is_live_text(index) {
                continue;
            }
            let start = self.map.text().len();
            self.map.push_read(self.fragment, index);
            if self.is_layout(index) {
                let end = self.map.text().len();
                match self.blank.last_mut() {
                    // A cluster may be in both: `&#13;` before a mark, `&#10;` in it.
                    Some(last) if last.end == start => last.end = end,
                    _ => self.blank.push(start..end),
                }
            }
        }
        clusters::mask_map(&self.map, &self.blank, self.selected, &mut self.last_masked, masker)
    }

    /// The short way, if what is selected of a text and the bytes next to it are all clusters of one byte. Returns
    /// whether it was taken; if not, nothing is done.
    fn mask_plain(&mut self, index: usize, masker: &mut Masker<'_>) -> bool {
        let token = &self.tokens[index];
        if !matches!(token.kind(), Kind::Text(_))
            || token.may_have_references()
            || masker.policy.whitespace != Whitespace::Mask
        {
            return false;
        }
        let content = token.start() + self.fragment.dropped_newline(index)..token.end();
        let bytes = self.fragment.source().as_bytes();
        let overlapping = self.selected.iter().take_while(|range| range.start < content.end);
        let part = |range: &Range<usize>| range.start.max(content.start)..range.end.min(content.end);
        let around =
            |part: &Range<usize>| part.start.saturating_sub(1).max(content.start)..(part.end + 1).min(content.end);
        if !overlapping.clone().all(|range| grapheme::is_plain(&bytes[around(&part(range))])) {
            return false;
        }
        if self.is_layout(index) {
            return true;
        }
        for range in overlapping {
            let part = part(range);
            if part.is_empty() {
                continue;
            }
            let fill = match masker.policy.mask {
                Mask::Fixed(_) | Mask::Label(_) if self.last_masked == Some(range.start) => Fill::Nothing,
                _ => Fill::Mask(part.len()),
            };
            self.last_masked = Some(range.start);
            masker.clusters += part.len();
            masker.change(part, fill);
        }
        true
    }

    /// Whether the text is white space that is layout (C33), with all that it is joined to over comments and watched
    /// tags.
    fn is_layout(&mut self, index: usize) -> bool {
        if !self.is_blank(index) {
            return false;
        }
        if !self.group.contains(&index) {
            let tokens = self.tokens;
            let ends = |at: &usize| tokens[*at].is_tag() && !tokens[*at].is_watched();
            let start = (0..index).rev().find(ends).map_or(0, |at| at + 1);
            let end = (index..tokens.len()).find(ends).unwrap_or(tokens.len());
            self.group = start..end;
            let is_blank = (start..end).all(|at| !self.is_live_text(at) || self.is_blank(at));
            self.group_is_layout = is_blank && self.layout.is_layout(start..end);
        }
        self.group_is_layout
    }

    #[inline]
    fn is_blank(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        let first = self.fragment.source().as_bytes().get(token.start());
        let may_begin_blank = |&byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'&' | b'<' | 0);
        first.is_none_or(may_begin_blank) && self.is_all_blank(token)
    }

    fn is_all_blank(&self, token: &Token) -> bool {
        let text = self.fragment.text(token).as_bytes();
        if text.trim_ascii().is_empty() {
            return true;
        }
        let decodes = token.may_have_references() || token.kind() == Kind::Cdata || text.contains(&0);
        decodes && self.fragment.decoded(token).trim_ascii().is_empty()
    }
}
