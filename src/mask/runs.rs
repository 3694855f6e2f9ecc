//! The inline runs that a selection touches (contract C21, C31).

use std::ops::Range;

use crate::edit::{Action, Ranges, Selection};
use crate::error::Error;
use crate::html::{Class, Fragment, Kind, TextMap, Token};
use crate::mask::layout::Layout;
use crate::mask::{Fill, Masker, clusters};
use crate::policy::{Mask, Whitespace};

/// Masks the selected text of every inline run that the selection touches. Other text is never decoded or segmented.
pub(super) fn mask_runs(fragment: &Fragment<'_>, selection: &Selection, masker: &mut Masker<'_>) -> Result<(), Error> {
    let tokens = fragment.tokens();
    let mut runs = Runs { fragment, actions: &selection.actions, layout: Layout::new(tokens), map: TextMap::default() };
    let mut done = 0;
    for range in selection.text.as_slice() {
        let mut index = done.max(tokens.partition_point(|token| token.end() <= range.start));
        while let Some(token) = tokens.get(index).filter(|token| token.start() < range.end) {
            if !token.is_text() || runs.action(index) == Action::Remove {
                index += 1;
                continue;
            }
            let run = runs.around(index, done);
            index = run.end;
            done = run.end;
            runs.mask(run, &selection.text, masker)?;
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

struct Runs<'f> {
    fragment: &'f Fragment<'f>,
    actions: &'f [Action],
    layout: Layout<'f>,
    map: TextMap,
}

impl Runs<'_> {
    fn action(&self, index: usize) -> Action {
        self.actions.get(index).copied().unwrap_or_default()
    }

    /// Whether the run goes on over a token. What is removed does not end it: afterwards the text stands together, and
    /// marking the masks again must find the same run (C6).
    fn goes_on(&self, index: usize) -> bool {
        joins(&self.fragment.tokens()[index]) || self.action(index) == Action::Remove
    }

    /// The tokens of the run that `index` belongs to; those before `done` are out.
    fn around(&self, index: usize, done: usize) -> Range<usize> {
        let before = (done..index).rev().take_while(|&at| self.goes_on(at)).count();
        let after = (index..self.fragment.tokens().len()).take_while(|&at| self.goes_on(at)).count();
        index - before..index + after
    }

    fn mask(&mut self, run: Range<usize>, selected: &Ranges, masker: &mut Masker<'_>) -> Result<(), Error> {
        let texts = || run.clone().filter(|&index| self.is_live_text(index));
        if texts().all(|index| self.is_plain_ascii(index)) && masker.policy.whitespace == Whitespace::Mask {
            self.mask_ascii(run, selected, masker);
            return Ok(());
        }
        self.map.clear();
        let mut layout = Vec::new();
        for group in self.groups(run) {
            let start = self.map.text().len();
            for index in group.clone() {
                if self.is_live_text(index) {
                    let token = &self.fragment.tokens()[index];
                    self.map.push_from(self.fragment, token, self.fragment.dropped_newline(index), true);
                }
            }
            let text = &self.map.text()[start..];
            if !text.is_empty() && text.bytes().all(is_ascii_space) && self.layout.is_layout(group) {
                layout.push(start..self.map.text().len());
            }
        }
        clusters::mask_map(&self.map, &layout, selected, masker)
    }

    /// The short way for text in which each byte is a cluster of its own.
    fn mask_ascii(&mut self, run: Range<usize>, selected: &Ranges, masker: &mut Masker<'_>) {
        let bytes = self.fragment.source().as_bytes();
        let mut ranges = selected.as_slice();
        let mut last_whole = None;
        for group in self.groups(run) {
            let texts: Vec<Range<usize>> = group
                .clone()
                .filter(|&index| self.is_live_text(index))
                .map(|index| {
                    let content = self.fragment.content(&self.fragment.tokens()[index]);
                    content.start + self.fragment.dropped_newline(index)..content.end
                })
                .collect();
            let (Some(first), Some(last)) = (texts.first(), texts.last()) else { continue };
            ranges = &ranges[ranges.partition_point(|range| range.end <= first.start)..];
            if ranges.first().is_none_or(|range| last.end <= range.start) {
                continue;
            }
            let blank = texts.iter().all(|text| bytes[text.clone()].iter().copied().all(is_ascii_space));
            if blank && self.layout.is_layout(group) {
                continue;
            }
            for text in texts {
                ranges = &ranges[ranges.partition_point(|range| range.end <= text.start)..];
                for range in ranges.iter().take_while(|range| range.start < text.end) {
                    let part = range.start.max(text.start)..range.end.min(text.end);
                    if part.is_empty() {
                        continue;
                    }
                    masker.clusters += part.len();
                    let fill = match masker.policy.mask {
                        Mask::PerGrapheme(_) => Fill::Clusters(part.len()),
                        _ if last_whole == Some(range.start) => Fill::Nothing,
                        _ => Fill::Whole,
                    };
                    last_whole = Some(range.start);
                    masker.change(part, fill);
                }
            }
        }
    }

    /// Splits a run at its tags: each part is text joined over comments and watched tags only (C33 calls it a text).
    fn groups(&self, run: Range<usize>) -> Vec<Range<usize>> {
        let tokens = self.fragment.tokens();
        let mut groups = Vec::new();
        let mut start = run.start;
        for index in run.clone() {
            if tokens[index].is_tag() && !tokens[index].is_watched() {
                groups.push(start..index);
                start = index + 1;
            }
        }
        groups.push(start..run.end);
        groups
    }

    fn is_live_text(&self, index: usize) -> bool {
        self.fragment.tokens()[index].is_text() && self.action(index) != Action::Remove
    }

    fn is_plain_ascii(&self, index: usize) -> bool {
        let token = &self.fragment.tokens()[index];
        let text = self.fragment.text(token).as_bytes();
        !token.may_have_references() && text.is_ascii() && memchr::memchr2(b'\r', 0, text).is_none()
    }
}

fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}
