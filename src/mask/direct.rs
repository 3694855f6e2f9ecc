//! The direct way from ranges to masks, for what nearly every request is: text in marks, and nothing else to decide.
//!
//! Each range holds ordinary text, tags that stay and tags that go, at both ends text that joins nothing, in a body
//! that every reader reads alike. Then there is no seam, no cluster is cut, and the result's tokens are known without
//! reading it (rule C7): a mask is no letter, digit or markup, so it neither goes on with a reference nor opens a tag,
//! and where nothing comes in place of what goes, a tag that stays is on one side of it, which ends any text before it
//! and begins none after. Anything else goes the general way. Where SVG, MathML, `select` or the like was open before,
//! all but the marks has to stay, so that what is open stays too. A tag that goes by its attribute, away from any
//! range, must have tags, nothing or text with single spaces and no reference on both sides: such text joins to text
//! and to nothing else. A tag that only loses its attributes joins nothing. (Measured on comments of 80 bytes to 64 kB
//! with such marks, the whole job takes a third to a fifth fewer instructions; with one mark over a body of formatted
//! text, half.)

use std::ops::Range;

use crate::edit::{Action, Counts, Edits, EditsBuilder, Ranges};
use crate::gallop::count_first;
use crate::html::{Class, Fragment, Kind, Name, TextKind, Token};
use crate::mask::apart::{char_after, char_before, count_masked, is_edge};
use crate::mask::beside::Beside;
use crate::mask::{ByAttribute, direct_mask, joins};
use crate::policy::Policy;

/// What direct masking did.
pub(crate) struct Direct {
    pub(crate) edits: Edits,
    /// Whether references, or a `<`, may have gone from a text of which something stays.
    pub(crate) cuts_references: bool,
    /// Masked grapheme clusters.
    pub(crate) clusters: usize,
    pub(crate) counts: Counts,
}

/// Masks `ranges`; nothing if the general way has to be taken.
/// `covers` tells whether all in the ranges goes, or text only.
pub(crate) fn mask_directly(
    fragment: &Fragment<'_>,
    ranges: &Ranges,
    covers: bool,
    by_attribute: ByAttribute<'_>,
    policy: &Policy,
) -> Option<Direct> {
    let (mask, fixed) = direct_mask(policy)?;
    let ranges = ranges.as_slice();
    let selected: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    let mut walk = Walk {
        fragment,
        tokens: fragment.tokens(),
        covers,
        bares_start_tags: policy.strip_attributes_in_marks,
        by_attribute,
        beside: Beside::new(fragment, by_attribute),
        mask,
        fixed,
        next: 0,
        removed: 0,
        edits: EditsBuilder::new(fragment.source().len(), ranges.len(), selected),
        clusters: 0,
        counts: by_attribute.counts,
    };
    for range in ranges {
        walk.range(range)?;
        // Up to 192 bytes can stand for one.
        if walk.edits.replacement_bytes() > policy.limits.output_bytes {
            return None;
        }
    }
    walk.outside(by_attribute.actions.len())?;
    let Walk { beside, edits, clusters, counts, removed, .. } = walk;
    let edits = edits.finish();
    let is_allowed = removed == by_attribute.counts.tags_removed
        && edits.result_len() <= policy.limits.output_bytes
        && (fragment.is_stateless() || is_state_kept(fragment, counts, selected_end(fragment, ranges, by_attribute)));
    is_allowed.then_some(Direct { edits, cuts_references: beside.has_decoded_part(), clusters, counts })
}

/// Where the last of the ranges or of the tags that have the attribute ends. No edit comes after it, but it may come
/// after all edits, and what is selected must be read alike even if nothing in it changes (C16).
fn selected_end(fragment: &Fragment<'_>, ranges: &[Range<usize>], by_attribute: ByAttribute<'_>) -> usize {
    let last_tag = by_attribute.actions.iter().rposition(|action| *action != Action::Keep);
    let last_tag = last_tag.map_or(0, |index| fragment.tokens()[index].end());
    ranges.last().map_or(0, |range| range.end).max(last_tag)
}

/// Whether what is open stays the same where it matters. Either no tag goes or loses anything but the marks, which open
/// nothing, and no text is raw to some readers; or all that is selected, up to `end`, stands before the first tag that
/// matters.
fn is_state_kept(fragment: &Fragment<'_>, counts: Counts, end: usize) -> bool {
    let is_raw_to_some = |token: &Token| token.opens(Name::Noscript);
    let stands_before = fragment.is_stateless_up_to(end);
    let keeps_tags = counts.tags_removed == 0 && counts.tags_bared == 0;
    (keeps_tags || (stands_before && !fragment.is_uncertain()))
        && (stands_before || !fragment.tokens().iter().any(is_raw_to_some))
}

/// The way over the ranges.
struct Walk<'w> {
    fragment: &'w Fragment<'w>,
    tokens: &'w [Token],
    covers: bool,
    bares_start_tags: bool,
    by_attribute: ByAttribute<'w>,
    beside: Beside<'w>,
    mask: char,
    fixed: Option<usize>,
    /// The first token that is not done: of those before, it is settled what becomes of them.
    next: usize,
    /// How many of the tags that go by their attribute have been taken out.
    removed: usize,
    edits: EditsBuilder,
    clusters: usize,
    /// What goes by an attribute is counted from the start.
    counts: Counts,
}

/// The tokens of a mark around words.
const USUAL_MARK: usize = 3;

/// What becomes of a token in a range.
enum Fate {
    /// It goes, with its mark or because it has the attribute itself.
    Goes,
    /// It goes because it is in a mark.
    Covered,
    Stays,
    /// It stays with nothing but its name.
    Bared,
    Text,
}

/// Where something stands beside a masked text.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// What was seen of a range so far.
struct SoFar {
    /// The token that it begins with, and where, with the tags before it that go by their attribute.
    first: usize,
    start: usize,
    /// The last character that was masked or passed over.
    last: Option<char>,
    /// Whether the mask of the range stands in this run (C34).
    is_masked: bool,
}

impl<'w> Walk<'w> {
    fn range(&mut self, range: &Range<usize>) -> Option<()> {
        if range.start < self.edits.end() {
            // It begins in or between tags that went with the range before.
            return None;
        }
        let mut index = self.next + count_first(&self.tokens[self.next..], |token| token.end() <= range.start);
        if let Some((around, count)) = self.usual_mark(index, range) {
            self.outside(around.start)?;
            self.next = around.end;
            self.removed += around.len() - USUAL_MARK;
            self.clusters += count;
            self.edits.grow(self.tokens[around.start].start()..self.tokens[around.end - 1].end());
            self.edits.append_masks(self.mask, self.fixed.unwrap_or(count));
            return Some(());
        }
        let begins_token = self.tokens.get(index).is_some_and(|token| token.start() == range.start);
        let first = if begins_token { self.removed_before(index) } else { index };
        let start = if first < index { self.tokens[first].start() } else { range.start };
        self.outside(first)?;
        if start < range.start {
            self.removed += index - first;
            self.edits.grow(start..range.start);
        }
        let clusters = self.clusters;
        let mut so_far = SoFar { first, start, last: None, is_masked: false };
        while let Some(token) = self.tokens.get(index).filter(|token| token.start() < range.end) {
            self.token(index, token, range, &mut so_far)?;
            if token.end() > range.end {
                break;
            }
            index += 1;
        }
        self.next = index;
        let after = self.tokens.get(index).map(Token::start);
        if after.is_some_and(|after| after >= range.end && after == self.edits.end()) {
            self.next = self.removed_after(index);
            self.removed += self.next - index;
            self.tokens[index..self.next].iter().for_each(|token| self.edits.grow(token.range()));
        }
        (self.clusters > clusters && !self.beside.joins_after(self.next, range.end, so_far.last?)).then_some(())
    }

    /// A token that is in `range`, at least in part.
    #[inline(always)]
    fn token(&mut self, index: usize, token: &Token, range: &Range<usize>, so_far: &mut SoFar) -> Option<()> {
        match self.fate(index, token, range)? {
            Fate::Goes => {
                self.edits.grow(token.range());
                self.removed += usize::from(self.by_attribute.removes(index));
            }
            Fate::Covered => {
                self.edits.grow(token.range());
                if token.is_tag() {
                    self.counts.tags_removed += 1;
                } else {
                    self.counts.comments_removed += 1;
                }
            }
            Fate::Stays => so_far.is_masked &= joins(token),
            Fate::Bared => {
                so_far.is_masked &= joins(token);
                self.edits.grow(self.fragment.after_name(token));
                self.counts.tags_bared += usize::from(!self.by_attribute.bares(index));
            }
            Fate::Text => {
                let part = token.start().max(range.start)..token.end().min(range.end);
                self.text(index, part, so_far)?;
            }
        }
        Some(())
    }

    /// The `part` of a text that is in a range.
    #[inline(always)]
    fn text(&mut self, index: usize, part: Range<usize>, so_far: &mut SoFar) -> Option<()> {
        let text = self.beside.text_in(index, &part)?;
        let next = text.chars().next()?;
        let is_apart = match so_far.last {
            None => !self.beside.joins_before(so_far.first, so_far.start, next),
            Some(last) => is_edge(last, next),
        };
        if !is_apart {
            return None;
        }
        so_far.last = text.chars().next_back();
        let is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if is_blank && self.beside.is_layout(index, &part)? {
            return Some(());
        }
        let count = count_masked(&text)?;
        self.clusters += count;
        self.edits.grow(part);
        let has_mask = so_far.is_masked || self.edits.is_filled();
        self.edits.append_masks(self.mask, self.fixed.map_or(count, |fixed| if has_mask { 0 } else { fixed }));
        so_far.is_masked = true;
        Some(())
    }

    /// The tokens that go with a range that is one mark around words, and how many clusters it has, if more words, tags
    /// that end the run, or nothing stands on each side. (Asking for it first takes two thirds off the cost of such a
    /// mark.)
    fn usual_mark(&self, index: usize, range: &Range<usize>) -> Option<(Range<usize>, usize)> {
        let [open, token, close]: &[Token; USUAL_MARK] = self.tokens.get(index..)?.first_chunk()?;
        let is_mark = self.covers && open.is_watched() && open.start() == range.start;
        if !is_mark || !close.is_watched() || close.end() != range.end || !token.is_even() {
            return None;
        }
        let text = self.fragment.text(token);
        if text == " " {
            return None;
        }
        let around = self.removed_before(index)..self.removed_after(index + USUAL_MARK);
        let is_apart = around.start.checked_sub(1).is_none_or(|before| self.is_apart_from(before, text, Side::Before))
            && self.is_apart_from(around.end, text, Side::After);
        if is_apart { Some((around, count_masked(text)?)) } else { None }
    }

    /// Where the tags begin that stand right before `index`, in no range, and go by their attribute.
    fn removed_before(&self, mut index: usize) -> usize {
        while index > self.next && self.by_attribute.removes(index - 1) {
            index -= 1;
        }
        index
    }

    /// Where the tags end that stand at `index` and go by their attribute.
    fn removed_after(&self, mut index: usize) -> usize {
        while self.by_attribute.removes(index) {
            index += 1;
        }
        index
    }

    /// Whether nothing stands at `index`, on that side of a masked `text`, or what ends the run, or text whose
    /// character next to it is of another cluster.
    #[inline(always)]
    fn is_apart_from(&self, index: usize, text: &str, side: Side) -> bool {
        let Some(token) = self.tokens.get(index) else { return true };
        if token.kind() != Kind::Text(TextKind::Data) {
            return token.is_tag() && !joins(token) && !self.by_attribute.removes(index);
        }
        let bytes = self.fragment.source().as_bytes();
        let (outer, inner) = match side {
            Side::Before => (bytes.get(token.end() - 1), text.as_bytes().first()),
            Side::After => (bytes.get(token.start()), text.as_bytes().last()),
        };
        let is_space = outer == Some(&b' ');
        if token.has_less_than() && !is_space {
            return false;
        }
        let is_printed = |byte: Option<&u8>| matches!(byte, Some(b' '..=b'~'));
        let may_be_of_reference = token.may_have_references() && !is_space;
        let are_printed = is_printed(outer) && is_printed(inner) && !may_be_of_reference;
        are_printed || self.is_edge_at(token, text, side)
    }

    /// The same for characters that are not all ASCII, or references.
    #[inline(never)]
    fn is_edge_at(&self, token: &Token, text: &str, side: Side) -> bool {
        let source = self.fragment.source();
        let (last, next) = match side {
            Side::Before => (char_before(source, token, token.end()), text.chars().next()),
            Side::After => (text.chars().next_back(), char_after(source, token, token.start())),
        };
        matches!((last, next), (Some(last), Some(next)) if is_edge(last, next))
    }

    /// Takes out, or bares, the tags before `end` that are in no range and beside none.
    fn outside(&mut self, end: usize) -> Option<()> {
        let tokens = self.tokens;
        let Counts { tags_removed, tags_bared, .. } = self.by_attribute.counts;
        while (self.removed < tags_removed || tags_bared > 0)
            && let Some(found) = self.by_attribute.actions.get(self.next..end).and_then(first_change)
        {
            let first = self.next + found;
            self.next = first + 1;
            if self.by_attribute.bares(first) {
                let attributes = self.fragment.after_name(&tokens[first]);
                if !attributes.is_empty() {
                    self.edits.grow(attributes);
                }
                continue;
            }
            while self.next < end && self.by_attribute.removes(self.next) {
                self.next += 1;
            }
            let before = first.checked_sub(1).map(|before| &tokens[before]);
            if !self.beside.meet(before, tokens.get(self.next)) {
                return None;
            }
            self.removed += self.next - first;
            self.edits.grow(tokens[first].start()..tokens[self.next - 1].end());
        }
        self.next = self.next.max(end);
        Some(())
    }

    /// What becomes of a token that is in `range`, at least in part. Nothing if that is not easily told.
    fn fate(&self, index: usize, token: &Token, range: &Range<usize>) -> Option<Fate> {
        if token.kind() == Kind::Text(TextKind::Data) {
            return Some(Fate::Text);
        }
        if token.is_watched() {
            return self.covers.then_some(Fate::Goes);
        }
        if token.start() < range.start || range.end < token.end() {
            return None;
        }
        if self.by_attribute.removes(index) {
            return Some(Fate::Goes);
        }
        let (name, bares) = (token.name(), self.by_attribute.bares(index));
        // Of most tags the class of the name settles all. (To ask for it first took a thirtieth off a mark over such
        // tags.)
        let is_phrasing = name.is(Class::PHRASING);
        let is_bared = match token.kind() {
            Kind::Text(_) | Kind::Cdata => return None,
            Kind::Comment | Kind::Doctype | Kind::Nothing if self.covers => return Some(Fate::Covered),
            Kind::Comment | Kind::Doctype | Kind::Nothing => false,
            Kind::StartTag if !is_phrasing && (name.is_embedded() || name.is_preformatted()) => return None,
            _ if !is_phrasing && self.covers && name.is_unknown() => return (!bares).then_some(Fate::Covered),
            Kind::StartTag => bares || self.covers && self.bares_start_tags,
            Kind::EndTag => bares || self.covers,
        };
        let is_bared = is_bared && !self.fragment.after_name(token).is_empty();
        Some(if is_bared { Fate::Bared } else { Fate::Stays })
    }
}

/// The first action that is not to keep. Whole blocks are passed over first: that is done by vector instructions.
fn first_change(actions: &[Action]) -> Option<usize> {
    const BLOCK: usize = 32;
    let is_change = |action: &Action| *action != Action::Keep;
    let holds_any = |block: &&[Action]| block.iter().fold(false, |any, action| any | is_change(action));
    let passed = actions.chunks_exact(BLOCK).take_while(|block| !holds_any(block)).count() * BLOCK;
    actions[passed..].iter().position(is_change).map(|found| passed + found)
}
