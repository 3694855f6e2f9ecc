//! One pass over both bodies at once, token by token.

use std::ops::Range;

use crate::error::Error;
use crate::html::rules::is_heading;
use crate::html::{Fragment, Kind, Name, TextKind, Token};
use crate::select::marks::hidden_in;

use super::Projection;
use super::open::{OpenElements, Reopening};
use super::tag::{Difference, Place, compare, is_spelled_out, same_name};
use super::text::{Placed, Run, Texts};

/// Walks both bodies and projects the marks. With `open`, the marked body may write tags that the standard implies,
/// and leave out those that it ignores.
///
/// Each step goes forward in one of the bodies at least; none goes back.
pub(super) fn walk<'s>(
    stored: &Fragment<'s>,
    marked: &Fragment<'_>,
    open: Option<OpenElements<'s>>,
) -> Result<Projection, Error> {
    let mut walk = Walk {
        stored,
        marked,
        open,
        next: 0,
        unmarked: run_of(marked, 0, Token::is_watched).end,
        depth: 0,
        opened: Opened::default(),
        empty: None,
        projection: Projection::default(),
        texts: Texts::default(),
        placed: Vec::new(),
        has_columns: None,
    };
    let mut index = 0;
    loop {
        index += walk.verbatim(index);
        let Some(token) = stored.tokens().get(index) else { break };
        index = if walk.is_ignored(index) {
            walk.ignored(index, token)?
        } else {
            walk.implied(Some(token))?;
            if token.is_text() { walk.text(index)? } else { walk.token(index, token)? }
        };
    }
    walk.end()?;
    Ok(walk.projection)
}

struct Walk<'w, 's, 'm> {
    stored: &'w Fragment<'s>,
    marked: &'w Fragment<'m>,
    open: Option<OpenElements<'s>>,
    /// The next token of the marked body.
    next: usize,
    /// The next that is no mark tag, when it was last looked for.
    unmarked: usize,
    /// How many marks are open.
    depth: usize,
    opened: Opened,
    /// The first mark that is empty, as long as no other touches it.
    empty: Option<Opened>,
    projection: Projection,
    texts: Texts,
    placed: Vec<Placed>,
    /// Whether the stored body has columns, once that was asked for.
    has_columns: Option<bool>,
}

/// Where the outermost open mark begins.
#[derive(Clone, Copy, Default)]
struct Opened {
    stored: usize,
    marked: usize,
}

impl<'w, 's, 'm> Walk<'w, 's, 'm> {
    /// Goes over the tokens from `index` on that the marked body has byte for byte, and counts them. A text that comes
    /// last is left: a mark may stand in the run that it is part of. (Nearly all tokens are gone over here, for a sixth
    /// of the cost.)
    fn verbatim(&mut self, index: usize) -> usize {
        if self.open.is_some() {
            return 0;
        }
        let ours = self.stored.tokens().get(index..).unwrap_or_default();
        let theirs = self.marked.tokens().get(self.next..).unwrap_or_default();
        let (Some(our_first), Some(their_first)) = (ours.first(), theirs.first()) else { return 0 };
        let by = their_first.start().wrapping_sub(our_first.start());
        let (our_bytes, their_bytes) = (self.stored.source().as_bytes(), self.marked.source().as_bytes());
        let is_same = |(ours, theirs): &(&Token, &Token)| {
            ours.moved(by) == **theirs && our_bytes.get(ours.range()) == their_bytes.get(theirs.range())
        };
        let count = ours.iter().zip(theirs).take_while(is_same).count();
        let texts = ours[..count].iter().rev().take_while(|token| token.is_text()).count();
        self.next += count - texts;
        count - texts
    }

    /// Goes over the tags that the standard implies before `token` and that the marked body may write.
    fn implied(&mut self, token: Option<&Token>) -> Result<(), Error> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        let place = token.map_or(self.stored.source().len(), Token::start);
        let Some(survivors) = open.survivors(self.stored, token) else {
            // What was closed for good might come back, and nobody would be watching.
            let settled = !open.has_closed_for_good();
            return if settled { Ok(()) } else { Err(self.differs((place, self.marked_place()))) };
        };
        // End tags are written from the inside out. After one that is not, the next could close something else.
        let mut is_written = true;
        while open.len() > survivors {
            self.marks(place)?;
            is_written &= open.innermost().is_some_and(|name| self.is_bare_tag(Kind::EndTag, name));
            self.next += usize::from(is_written);
            open.close_implied(token, is_written);
        }
        while let Some(name) = open.implied_start_tag(token) {
            self.marks(place)?;
            self.next += usize::from(self.is_bare_tag(Kind::StartTag, name.as_str()));
            open.open_implied(name);
        }
        match open.reopening(token) {
            Reopening::None => self.open = Some(open),
            Reopening::Silent => {}
            Reopening::Contradicted => return Err(self.differs((place, self.marked_place()))),
        }
        Ok(())
    }

    /// Whether the next token of the marked body is a tag called `name` with nothing else in it.
    fn is_bare_tag(&self, kind: Kind, name: &str) -> bool {
        self.marked.tokens().get(self.next).is_some_and(|token| {
            token.kind() == kind
                && !token.has_attributes()
                && !token.is_self_closing()
                && same_name(self.marked.raw_name(token), name)
        })
    }

    /// Whether the token at `index` makes no difference to a tree builder.
    fn is_ignored(&self, index: usize) -> bool {
        let (Some(open), Some(token)) = (&self.open, self.stored.tokens().get(index)) else { return false };
        // Without a tag, a line end that it keeps would be dropped.
        let keeps_line_end = || {
            token.kind() != Kind::Nothing && self.stored.follows_preformatted(index) && !self.begins_words(index + 1)
        };
        open.ignores(self.stored, token) && !keeps_line_end()
    }

    /// Whether the stored token at `index` is text that certainly does not begin with a line end.
    fn begins_words(&self, index: usize) -> bool {
        let text = self.stored.tokens().get(index).filter(|token| token.kind() == Kind::Text(TextKind::Data));
        let first = text.and_then(|text| self.stored.text(text).bytes().next());
        first.is_some_and(|first| !matches!(first, b'\n' | b'\r' | b'&' | 0))
    }

    /// Whether the marked body has a tag at `place` that must be the ignored `token`:
    /// in no other case could one of its name stand there.
    fn has_ignored(&self, token: &Token, place: usize) -> bool {
        let is_called = |theirs| same_name(self.marked.raw_name(theirs), self.stored.raw_name(token));
        let theirs = self.marked.tokens().get(place);
        theirs.is_some_and(|theirs| theirs.kind() == token.kind() && (!token.is_tag() || is_called(theirs)))
            && self.open.as_ref().is_some_and(|open| open.may_keep(token))
    }

    /// Goes over an ignored token, which the marked body may have, and gives the index of the next. Where it is left
    /// out, marks end before it and begin after it.
    fn ignored(&mut self, index: usize, token: &Token) -> Result<usize, Error> {
        if self.unmarked < self.next {
            self.unmarked = run_of(self.marked, self.next, Token::is_watched).end;
        }
        if self.has_ignored(token, self.unmarked) {
            self.marks(token.start())?;
            self.same(index, token)?;
        } else {
            self.marks_that(token.start(), |mark| mark.kind() == Kind::EndTag)?;
        }
        Ok(index + 1)
    }

    /// Compares a token that is no text with the next one of the marked body, and gives that.
    fn same(&mut self, index: usize, token: &Token) -> Result<&'w Token, Error> {
        let Some(theirs) = self.marked.tokens().get(self.next) else {
            return Err(self.differs((token.start(), self.marked_place())));
        };
        let stored = Place { fragment: self.stored, token };
        compare(stored, Place { fragment: self.marked, token: theirs }).map_err(|place| self.differs(place))?;
        if theirs.kind() == Kind::StartTag && theirs.has_watched_attribute() {
            self.projection.attributes.push(index);
        }
        self.next += 1;
        Ok(theirs)
    }

    /// Compares a token that is no text, and gives the index of the next.
    fn token(&mut self, index: usize, token: &Token) -> Result<usize, Error> {
        self.marks(token.start())?;
        let makes_paragraph = self.open.as_ref().is_some_and(|open| open.makes_paragraph(token));
        if makes_paragraph && self.is_bare_tag(Kind::StartTag, Name::P.as_str()) {
            self.next += 1;
            self.marks(token.end())?;
        }
        if self.closes_by_right_name(token) {
            self.next += 1;
        } else {
            let theirs = self.same(index, token)?;
            if is_spelled_out(token, theirs) {
                self.marks(token.end())?;
                if !self.is_bare_tag(Kind::EndTag, self.stored.raw_name(token)) {
                    return Err(self.differs((token.end(), self.marked_place())));
                }
                self.next += 1;
            }
        }
        if let Some(open) = &mut self.open {
            open.read_tag(self.stored, token);
        }
        Ok(index + 1)
    }

    /// Whether `token` is the end tag of another heading than the one that it closes (13.2.6.4.7), and the marked body
    /// has the right one.
    fn closes_by_right_name(&self, token: &Token) -> bool {
        let closes = token.kind() == Kind::EndTag && is_heading(token.name());
        let innermost = self.open.as_ref().filter(|_| closes).and_then(OpenElements::innermost);
        innermost.is_some_and(|name| self.is_bare_tag(Kind::EndTag, name))
    }

    /// The text tokens that begin at `index`, and those that go on with them in the marked body because it leaves out
    /// the ignored tags in between; it has another tag at `end`.
    fn text_run(&self, index: usize, end: usize) -> Range<usize> {
        let mut run = run_of(self.stored, index, Token::is_text);
        let mut next = run.end;
        while let Some(token) = self.stored.tokens().get(next) {
            if token.is_text() {
                if !self.open.as_ref().is_some_and(|open| open.holds_text(self.stored, token)) {
                    break;
                }
                run.end = next + 1;
            } else if !self.is_ignored(next) || self.has_ignored(token, end) {
                break;
            }
            next += 1;
        }
        run
    }

    /// Compares the text tokens that begin at `index`, and gives the index of what follows them.
    fn text(&mut self, index: usize) -> Result<usize, Error> {
        let theirs = run_of(self.marked, self.next, |token| token.is_text() || token.is_watched());
        let ours = self.text_run(index, theirs.end);
        let mut placed = std::mem::take(&mut self.placed);
        placed.clear();
        // Nobody knows here whether a group of columns is open, which it would end.
        let keeps_nul = || self.open.is_none() && *self.has_columns.get_or_insert_with(|| has_columns(self.stored));
        self.texts
            .align(Run::new(self.stored, &ours), Run::new(self.marked, &theirs), keeps_nul, &mut placed)
            .map_err(|place| self.differs(place))?;
        for mark in &placed {
            if let Some(token) = self.marked.tokens().get(mark.token) {
                self.mark(token, mark.opening, mark.closing)?;
            }
        }
        self.placed = placed;
        self.next = theirs.end;
        Ok(ours.end)
    }

    /// Goes over what the marked body has after the end of the stored one.
    fn end(&mut self) -> Result<(), Error> {
        self.implied(None)?;
        self.marks(self.stored.source().len())?;
        if self.marked.tokens().len() > self.next {
            return Err(self.differs((self.stored.source().len(), self.marked_place())));
        }
        if self.depth > 0 {
            return Err(Error::UnclosedMark { offset: self.opened.marked });
        }
        self.refuse_empty(usize::MAX)
    }

    /// Goes over mark tags that stand at `place` between tokens of the stored body.
    fn marks(&mut self, place: usize) -> Result<(), Error> {
        self.marks_that(place, |_| true)
    }

    /// The same, up to the first that is not to be gone over.
    fn marks_that(&mut self, place: usize, is_due: impl Fn(&Token) -> bool) -> Result<(), Error> {
        let marked = self.marked;
        while let Some(token) = marked.tokens().get(self.next).filter(|token| token.is_watched() && is_due(token)) {
            self.mark(token, place, place)?;
            self.next += 1;
        }
        Ok(())
    }

    fn mark(&mut self, token: &Token, opening: usize, closing: usize) -> Result<(), Error> {
        if token.kind() == Kind::StartTag {
            self.projection.opened += 1;
            if self.depth == 0 {
                self.opened = Opened { stored: opening, marked: token.start() };
            }
            self.depth += 1;
            return Ok(());
        }
        self.depth = self.depth.checked_sub(1).ok_or(Error::StrayMark { offset: token.start() })?;
        if self.depth == 0 { self.close(self.opened, closing) } else { Ok(()) }
    }

    /// Adds the outermost mark that ends at `closing`. Marks side by side are one,
    /// so an empty one beside another is not missed.
    fn close(&mut self, opened: Opened, closing: usize) -> Result<(), Error> {
        let Opened { stored, marked } = opened;
        if stored < closing {
            self.refuse_empty(stored)?;
            self.projection.ranges.push(stored..closing);
            self.projection.openings.push(marked);
        } else if self.projection.ranges.last().is_none_or(|last| last.end < closing) {
            self.empty = self.empty.or(Some(opened));
        }
        Ok(())
    }

    /// Refuses an empty mark that the next range, from `next` on, does not touch.
    fn refuse_empty(&mut self, next: usize) -> Result<(), Error> {
        match self.empty.take() {
            Some(Opened { stored, marked }) if stored < next => Err(Error::EmptyMark { offset: marked }),
            _ => Ok(()),
        }
    }

    /// Where the next token of the marked body begins.
    fn marked_place(&self) -> usize {
        self.marked.tokens().get(self.next).map_or(self.marked.source().len(), Token::start)
    }

    /// The bodies part. Mark-like bytes that HTML sees no tag in are the likeliest reason, unless the stored body has
    /// some in the same place (rules C14, C41).
    fn differs(&self, (stored_offset, marked_offset): Difference) -> Error {
        let stored = hidden_at(self.stored, stored_offset, 0);
        match hidden_at(self.marked, marked_offset, marked_offset.saturating_sub(2)).filter(|_| stored.is_none()) {
            Some(offset) => Error::HiddenMark { offset },
            None => Error::NotTheStoredBody { stored_offset, marked_offset },
        }
    }
}

fn has_columns(fragment: &Fragment<'_>) -> bool {
    fragment.tokens().iter().any(|token| token.opens(Name::Col) || token.opens(Name::Colgroup))
}

/// The first mark-like bytes at or after `from` in the token at `offset`, if it is one in which HTML sees no tag.
fn hidden_at(fragment: &Fragment<'_>, offset: usize, from: usize) -> Option<usize> {
    let tokens = fragment.tokens();
    let token = tokens.get(tokens.partition_point(|token| token.end() <= offset))?;
    // A tag that is cut off by the end of the input may be the mark itself; one that is whole is none.
    let first = from.max(token.start() + usize::from(token.is_tag()));
    let hides = token.kind() != Kind::Text(TextKind::Data) && first < token.end();
    if hides { hidden_in(fragment.source().as_bytes(), first..token.end()) } else { None }
}

/// The tokens from `index` on, up to the first for which `is_part` does not hold.
fn run_of(fragment: &Fragment<'_>, index: usize, is_part: impl Fn(&Token) -> bool) -> Range<usize> {
    let tokens = fragment.tokens().get(index..).unwrap_or_default();
    let length = tokens.iter().position(|token| !is_part(token)).unwrap_or(tokens.len());
    index..index + length
}
