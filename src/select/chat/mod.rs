//! Which bytes of a stored chat message the marks of its marked copy cover (rule C42).
//!
//! Chat text is plain: nothing is decoded. A tag of the marked text is a mark, or words of the message that look like
//! one. A *reading* says which tags are marks, such that the marked text without them is the stored message. Text
//! between tags fixes where things stand, so [`walk()`] finds the place of every run of side-by-side tags at once, and
//! [`run`] decides each run for itself.

mod formed;
mod kind;
mod run;
mod tags;
mod walk;

use std::ops::Range;

use self::run::{Cover, Unsolved, cost, solve};
use self::tags::{Marked, Tag};
use self::walk::{Walk, walk};
use crate::boundary::floor_char_boundary;
use crate::edit::Ranges;
use crate::error::{Error, MismatchKind};

pub(super) use self::kind::kind_of;

/// What the marks of a marked copy cover.
pub(crate) struct Aligned {
    /// The ranges of the stored text.
    pub(crate) ranges: Ranges,
    /// Where ranges begin in the stored text, and where the mark that begins them opens in the copy.
    pub(crate) openings: Vec<(usize, usize)>,
}

/// Finds what the marks of `marked` cover in `stored`.
///
/// # Errors
/// In this order:
/// - [`Error::NothingToRedact`] if the texts are equal: then no tag is a mark.
/// - [`Error::TextMismatch`] if no reading gives the stored message. The offset is that of the first character that the
///   reading that gets furthest does not give.
/// - [`Error::TooManyMarks`] if more than `max_marks` marks are opened.
/// - [`Error::StrayMark`] if every reading closes a mark that is not open,
///   at the last place where that can happen first.
/// - [`Error::UnclosedMark`] if every other reading leaves a mark open:
///   the last that can be the outermost one left open.
/// - [`Error::AmbiguousMarks`] if balanced readings cover different ranges, or one forms a tag across a mark. In a text
///   that can form tags this goes before all but a mismatch.
/// - [`Error::EmptyMark`] if there are marks and they cover nothing, at the first that can be one.
pub(crate) fn align(stored: &str, marked: &str, max_marks: usize) -> Result<Aligned, Error> {
    align_counting(stored, marked, max_marks, &mut Work::within(stored, marked))
}

fn align_counting(stored: &str, marked: &str, max_marks: usize, work: &mut Work) -> Result<Aligned, Error> {
    if stored == marked {
        return Err(Error::NothingToRedact);
    }
    read(stored, marked, max_marks, work).map_err(|fault| match fault {
        Fault::Mismatch(at) => {
            let kind = kind_of(stored, marked, |stored, marked| is_copy(stored, marked, work))
                .or_else(|| kind::differs_in_marks(stored, marked).then_some(MismatchKind::MarkedTextDiffers))
                .unwrap_or(MismatchKind::Other);
            Error::TextMismatch { offset: floor_char_boundary(stored, at), kind }
        }
        Fault::Refused(error) => error,
    })
}

/// Whether some reading of `marked`, balanced or not, gives `stored`.
fn is_copy(stored: &str, marked: &str, work: &mut Work) -> bool {
    let mut own = Work::within(stored, marked);
    let copy = stored == marked || !matches!(read(stored, marked, usize::MAX, &mut own), Err(Fault::Mismatch(_)));
    work.add(own.done);
    copy
}

/// Why there is no alignment.
enum Fault {
    /// No reading gives the stored text; they part at this byte of it.
    Mismatch(usize),
    Refused(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// What was looked at: bytes, tags, places of a run's grid.
struct Work {
    done: u64,
    limit: u64,
}

impl Work {
    /// The work that readings followed side by side may cost: a base, and some more per byte.
    const BASE: u64 = 1 << 16;
    const PER_BYTE: u64 = 8;

    fn within(stored: &str, marked: &str) -> Self {
        let bytes = stored.len() as u64 + marked.len() as u64;
        Self { done: 0, limit: Self::BASE + Self::PER_BYTE * bytes }
    }

    fn add(&mut self, work: u64) {
        self.done = self.done.saturating_add(work);
    }

    fn add_within_limit(&mut self, work: u64) -> Option<()> {
        self.add(work);
        (self.done <= self.limit).then_some(())
    }
}

fn read(stored: &str, marked: &str, max_marks: usize, work: &mut Work) -> Result<Aligned, Fault> {
    work.add(stored.len() as u64 + marked.len() as u64);
    let marked = Marked::new(marked);
    if marked.may_form_tags() {
        formed::check(stored, &marked, work)?;
    }
    let walk = walk(stored, &marked).map_err(Fault::Mismatch)?;
    if open_marks(&marked, &walk) > max_marks {
        return Err(Error::TooManyMarks { limit: max_marks }.into());
    }
    Ok(cover(&marked, &walk, work)?)
}

fn open_marks(marked: &Marked<'_>, walk: &Walk) -> usize {
    let opens = |tags: &[Tag]| tags.iter().filter(|tag| **tag == Tag::Open).count();
    let marks = |(run, step)| opens(marked.tags(run)) - opens(walk.literals(step));
    marked.runs.iter().zip(&walk.steps).map(marks).sum()
}

/// Follows the depth of the marks along the runs and collects what stands in one.
fn cover(marked: &Marked<'_>, walk: &Walk, work: &mut Work) -> Result<Aligned, Error> {
    let mut covered: Vec<Range<usize>> = Vec::new();
    let mut openings = Vec::new();
    let (mut depth, mut outermost, mut first_mark, mut choice) = (0, 0, None, None);
    for (run, step) in marked.runs.iter().zip(&walk.steps) {
        let (tags, literals) = (marked.tags(run), walk.literals(step));
        work.add(cost(tags, literals));
        // Words that look like marks, outside of any.
        if depth == 0 && literals.len() == tags.len() {
            continue;
        }
        let solved = solve(tags, literals, depth).map_err(|unsolved| match unsolved {
            Unsolved::Stray(tag) => Error::StrayMark { offset: marked.offset(run, tag) },
            Unsolved::TooLong => Error::AmbiguousMarks { offset: run.offset },
        })?;
        if let Some(tag) = solved.last_outermost {
            outermost = marked.offset(run, tag);
        }
        first_mark = first_mark.or(solved.first_mark.map(|tag| marked.offset(run, tag)));
        let mut at = step.at;
        for (index, tag) in literals.iter().enumerate() {
            match solved.cover(index) {
                Cover::Inside => covered.push(at..at + tag.text().len()),
                Cover::Either => choice = choice.or(Some(run.offset)),
                Cover::Outside => {}
            }
            at += tag.text().len();
        }
        depth = solved.depth;
        if depth > 0 {
            openings.push((at, outermost));
            covered.push(at..at + marked.text_after(run).len());
        }
    }
    let covered = Ranges::from_unsorted(covered);
    match choice {
        _ if depth > 0 => Err(Error::UnclosedMark { offset: outermost }),
        Some(offset) => Err(Error::AmbiguousMarks { offset }),
        None if covered.is_empty() => Err(Error::EmptyMark { offset: first_mark.unwrap_or(0) }),
        None => Ok(Aligned { ranges: covered, openings }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shapes at a size: a stored message and a marked copy.
    type Shape = fn(usize) -> (String, String);

    const SHAPES: [(&str, Shape); 12] = [
        ("literal tags apart, one mark", |n| {
            let words = "a<redact>".repeat(n);
            (format!("{words}12"), format!("{words}<redact>12</redact>"))
        }),
        ("literal tags, nested", |n| {
            let words = format!("{}x{}", "<redact>".repeat(n), "</redact>".repeat(n));
            (format!("{words} 12"), format!("{words} <redact>12</redact>"))
        }),
        ("literal tags in a mark", |n| {
            let words = "a<redact></redact>".repeat(n);
            (format!("x{words}y"), format!("<redact>x{words}y</redact>"))
        }),
        ("literal tags and marks, interleaved", |n| ("a<redact>b".repeat(n), "<redact>a</redact><redact>b".repeat(n))),
        ("a mark in a long run of literal tags", |n| {
            let words = "<redact>".repeat(n);
            (format!("{words}x"), format!("<redact>{words}x</redact>"))
        }),
        ("marks, nested", |n| ("x".into(), format!("{}x{}", "<redact>".repeat(n), "</redact>".repeat(n)))),
        ("mixed runs as long as they may be", |n| {
            let tags = ["<redact>", "</redact>"];
            let run = |tags: [&str; 2], n: usize| tags.concat().repeat(n / 2);
            ((run(tags, 32) + "x").repeat(n / 64), (run(tags, 64) + "x").repeat(n / 64))
        }),
        ("tags that form", |n| ("<redact>".repeat(n), "<red<redact>act>".repeat(n))),
        ("tags that form or stand", |n| ("<redact>".repeat(n + n / 2), "<redact><red<redact>act>".repeat(n))),
        ("tags that form or stand, with marks", |n| {
            ("<redact>".repeat(n), "<redact></redact><red<redact></redact>act>".repeat(n))
        }),
        ("other line ends", |n| ("a\r\n".repeat(n), format!("{}<redact>a</redact>", "a\n".repeat(n)))),
        ("other words in every mark", |n| ("a1b".repeat(n), "a<redact>2</redact>b".repeat(n))),
    ];

    fn work(shape: Shape, n: usize) -> u64 {
        let (stored, marked) = shape(n);
        let mut work = Work::within(&stored, &marked);
        let outcome = align_counting(&stored, &marked, usize::MAX, &mut work);
        assert_ne!(outcome.err(), Some(Error::NothingToRedact));
        work.done
    }

    #[test]
    fn the_work_grows_as_the_texts_do() {
        for (name, shape) in SHAPES {
            let (small, large) = (work(shape, 10_000 / 8), work(shape, 10_000));
            assert!(large <= small * 9, "{name}: {small} to {large}");
            let (stored, marked) = shape(10_000);
            let bytes = (stored.len() + marked.len()) as u64;
            assert!(large <= bytes * 16, "{name}: {large} for {bytes} bytes");
        }
    }
}
