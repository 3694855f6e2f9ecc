//! A selection in the making: marks, ranges and hits on one source come together here, and nowhere later (C43).

use std::ops::Range;

use crate::edit::{Action, Chosen, Counts, Ranges, Selection, ValueHit};
use crate::error::Error;
use crate::gallop::Forward;
use crate::html::{Fragment, Kind, Name, Token, has_end_tag};
use crate::mask::{ByAttribute, Direct, mask_directly};
use crate::policy::Policy;
use crate::select::decisions::Decisions;
use crate::select::pairs::Pairs;

/// What is to be removed from one source, gathered from any number of requests.
#[derive(Clone, Default)]
pub(crate) struct Draft {
    /// Ranges of which everything goes: marks and explicit ranges.
    pub(crate) covered: Vec<Range<usize>>,
    /// Ranges of which the text goes: hits of strings and patterns.
    pub(crate) hits: Vec<Range<usize>>,
    /// The whole hits of detectors that keep a part.
    pub(crate) wholes: Vec<Range<usize>>,
    /// In HTML, start tags that have the `redact` attribute, by the index of their token.
    pub(crate) attributes: Vec<usize>,
    /// Hits in the attributes of such tags, if it is for them that these are redacted.
    pub(crate) in_values: Vec<ValueHit>,
}

impl Draft {
    pub(crate) fn is_empty(&self) -> bool {
        self.covered.is_empty() && self.hits.is_empty() && self.attributes.is_empty()
    }

    /// Decides on the elements that have the attribute: what becomes of each token (nothing if no element has it).
    pub(crate) fn decide(&self, fragment: &Fragment<'_>) -> Result<(Vec<Action>, Counts), Error> {
        if let Some(offset) = fragment.ambiguous() {
            return Err(Error::AmbiguousMarkup { offset });
        }
        if self.attributes.is_empty() {
            return Ok((Vec::new(), Counts::default()));
        }
        let mut decisions = Decisions::new(fragment);
        let pairs = Pairs::of(fragment, &self.attributes);
        for &index in &self.attributes {
            decisions.redact_element(&pairs, index)?;
        }
        Ok((decisions.actions, decisions.counts))
    }

    /// What was asked for, in order.
    #[inline]
    pub(crate) fn into_chosen(self) -> Chosen {
        Chosen {
            covered: Ranges::from_unsorted(self.covered),
            hits: Ranges::from_unsorted(self.hits),
            wholes: Ranges::from_unsorted(self.wholes),
            in_values: ValueHit::unite(self.in_values),
        }
    }
}

/// A draft whose ranges are in order, and of which it is decided what becomes of the elements that have the attribute.
#[derive(Clone)]
pub(crate) struct Decided {
    pub(crate) chosen: Chosen,
    /// What becomes of each token by the attribute; empty if no element has it.
    pub(crate) actions: Vec<Action>,
    pub(crate) counts: Counts,
}

impl Decided {
    /// Masks the direct way, if this allows it.
    pub(crate) fn mask_directly(&self, fragment: &Fragment<'_>, policy: &Policy) -> Option<Direct> {
        let Self { chosen: Chosen { covered, hits, .. }, actions, counts } = self;
        if counts.embedded_removed > 0 {
            return None;
        }
        let (ranges, covers) = match (covered.is_empty(), hits.is_empty()) {
            (_, true) => (covered, true),
            (true, false) => (hits, false),
            _ => return None,
        };
        mask_directly(fragment, ranges, covers, ByAttribute { actions, counts: *counts }, policy)
    }

    /// Decides what becomes of each token. Gives the selection, what was asked for, and the counts.
    pub(crate) fn resolve(
        self,
        fragment: &Fragment<'_>,
        policy: &Policy,
    ) -> Result<(Selection, Chosen, Counts), Error> {
        let Self { chosen, mut actions, counts } = self;
        actions.resize(fragment.tokens().len(), Action::Keep);
        check_edges(fragment, &chosen.covered)?;
        let mut decisions = Decisions { fragment, actions, counts };
        decisions.cover(&chosen.covered, policy)?;
        let Decisions { actions, counts, .. } = decisions;
        let text = chosen.all();
        refuse_ambiguous_noscript(fragment, &actions, &text)?;
        Ok((Selection { text, actions }, chosen, counts))
    }
}

/// Refuses a covered range of which nothing was removed: no text in `masked`, no tag (C14).
pub(crate) fn refuse_empty(
    fragment: &Fragment<'_>,
    covered: &Ranges,
    selection: &Selection,
    masked: &Ranges,
) -> Result<(), Error> {
    let tokens = fragment.tokens();
    let (mut cursor, mut masks) = (Forward::new(tokens), Forward::new(masked.as_slice()));
    let is_empty = |range: &&Range<usize>| {
        if masks.intersects(range) {
            return false;
        }
        let first = cursor.pass(|token| token.end() <= range.start);
        let inside = tokens[first..].iter().zip(&selection.actions[first..]);
        let mut inside = inside.take_while(|(token, _)| token.start() < range.end);
        !inside.any(|(token, action)| *action != Action::Keep && !token.is_watched())
    };
    match covered.as_slice().iter().find(is_empty) {
        Some(range) => Err(Error::EmptyMark { offset: range.start }),
        None => Ok(()),
    }
}

/// A range may begin and end between tokens, and inside of text that people read (C43).
fn check_edges(fragment: &Fragment<'_>, ranges: &Ranges) -> Result<(), Error> {
    let tokens = fragment.tokens();
    let mut cursor = Forward::new(tokens);
    let mut splits_markup = |offset: usize| {
        let index = cursor.pass(|token| token.end() <= offset);
        let Some(token) = tokens.get(index).filter(|token| token.start() < offset) else { return false };
        match token.kind() {
            Kind::Text(_) => !fragment.is_read(index),
            Kind::Cdata => {
                let content = fragment.content(token);
                offset < content.start || content.end < offset
            }
            _ => true,
        }
    };
    for range in ranges.as_slice() {
        if let Some(offset) = [range.start, range.end].into_iter().find(|&offset| splits_markup(offset)) {
            return Err(Error::RangeInMarkup { offset });
        }
    }
    Ok(())
}

/// With scripting on, `noscript` holds raw text up to the first `</noscript`, wherever that stands. A redaction in one
/// that ends elsewhere for such a reader is refused, and one that takes out where it begins but not where it ends: what
/// was text between would come to life (C16).
fn refuse_ambiguous_noscript(fragment: &Fragment<'_>, actions: &[Action], text: &Ranges) -> Result<(), Error> {
    if fragment.is_stateless() {
        return Ok(());
    }
    let tokens = fragment.tokens();
    let bytes = fragment.source().as_bytes();
    let mut index = 0;
    while let Some(found) = tokens[index..].iter().position(|token| token.opens(Name::Noscript)) {
        let start = index + found;
        let length = tokens[start..].iter().position(|token| token.closes(Name::Noscript));
        let end = length.map_or(tokens.len(), |length| start + length);
        index = (end + 1).min(tokens.len());
        let range = tokens[start].start()..tokens.get(end).map_or(bytes.len(), Token::end);
        let touched = text.intersects(&range) || actions[start..index].iter().any(|action| *action != Action::Keep);
        let goes = |index: usize| actions.get(index) == Some(&Action::Remove);
        let content_end = tokens.get(end).map_or(bytes.len(), Token::start);
        if goes(start) != goes(end) || touched && has_end_tag(&bytes[tokens[start].end()..content_end], b"noscript") {
            return Err(Error::AmbiguousMarkup { offset: range.start });
        }
    }
    Ok(())
}
