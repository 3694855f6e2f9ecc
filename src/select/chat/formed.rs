//! Readings in which a tag of the stored text forms across a mark, as `<redact>` does from `<red</redact>act>`.
//!
//! Such a tag may stand where a literal one could, so the place of a text is no longer forced and the readings have to
//! be followed side by side. This is done only for texts that can form a tag, and only up to a bound of work.

use super::run::{Unsolved, cost, solve};
use super::tags::{Marked, Run, Tag, inside_tag};
use super::walk::text_at;
use super::{Fault, Work};
use crate::error::Error;

/// Looks at all readings of a text that may form tags. It is `Ok` if a balanced one exists and forms none.
///
/// # Errors
/// What is wrong with the readings; [`Error::AmbiguousMarks`] if a balanced one forms a tag, or if there are more of
/// them than the work allows to follow.
pub(super) fn check(stored: &str, marked: &Marked<'_>, work: &mut Work) -> Result<(), Fault> {
    let mut search =
        Search { stored, marked, work, furthest: 0, found: Vec::new(), ends: Vec::new(), literals: Vec::new() };
    let start = Path::Open { depth: 0, formed: None, outermost: None };
    search.enter(0, marked.head, start);
    let mut states = Vec::new();
    for (index, run) in marked.runs.iter().enumerate() {
        states.clear();
        states.append(&mut search.found);
        for state in &states {
            if search.step(index, run, state).is_none() {
                return Err(Error::AmbiguousMarks { offset: run.offset }.into());
            }
        }
        search.merge();
    }
    search.judge()
}

/// Readings that are alike from here on.
struct State {
    /// The place in the stored text.
    at: usize,
    path: Path,
}

#[derive(Clone, Copy)]
enum Path {
    /// No mark was closed too early.
    Open {
        depth: i64,
        /// The first mark that a tag formed across.
        formed: Option<usize>,
        /// The last mark that was opened where none was open.
        outermost: Option<usize>,
    },
    /// This mark was closed too early.
    Stray(usize),
}

struct Search<'s> {
    stored: &'s str,
    marked: &'s Marked<'s>,
    work: &'s mut Work,
    furthest: usize,
    /// The readings behind the run at hand.
    found: Vec<State>,
    /// The literals that the run at hand can leave, and where it then ends; kept for their memory.
    literals: Vec<Tag>,
    ends: Vec<usize>,
}

impl Search<'_> {
    /// What a reading costs at a run, beside its tags and text.
    const STEP: u64 = 16;

    /// Goes through one run and the text after it in every way. `None` if that is too much work.
    fn step(&mut self, index: usize, run: &Run, state: &State) -> Option<()> {
        let tags = self.marked.tags(run);
        let text = self.marked.text_after(run);
        let mut at = state.at;
        self.literals.clear();
        self.ends.clear();
        self.ends.push(at);
        for &tag in tags {
            if let Some(end) = self.follow(at, tag.text()) {
                at = end;
                self.literals.push(tag);
                self.ends.push(at);
            }
        }
        self.work.add_within_limit(Self::STEP + tags.len() as u64)?;
        // Fewer literals leave a tag where the text stands, so the text has to form that tag.
        let spelled = self.marked.spelled(index);
        for count in 0..self.ends.len() {
            if self.literals.get(count).is_some_and(|next| spelled != Some(*next)) {
                continue;
            }
            self.work.add_within_limit(Self::STEP + text.len() as u64)?;
            let Some(at) = self.follow(self.ends[count], text) else { continue };
            self.work.add_within_limit(cost(tags, &self.literals[..count]))?;
            let path = self.path(run, state, count)?;
            self.found.push(State { at, path });
        }
        Some(())
    }

    /// The path behind a run that leaves so many literals. `None` if the run is too long to tell.
    fn path(&self, run: &Run, state: &State, literals: usize) -> Option<Path> {
        let Path::Open { depth, formed, outermost } = state.path else { return Some(state.path) };
        match solve(self.marked.tags(run), &self.literals[..literals], depth) {
            Ok(solved) => Some(Path::Open {
                depth: solved.depth,
                formed: formed.or_else(|| inside_tag(self.stored, state.at).then_some(run.offset)),
                outermost: solved.last_outermost.map(|tag| self.marked.offset(run, tag)).or(outermost),
            }),
            Err(Unsolved::Stray(tag)) => Some(Path::Stray(self.marked.offset(run, tag))),
            Err(Unsolved::TooLong) => None,
        }
    }

    fn enter(&mut self, at: usize, text: &str, path: Path) {
        if let Some(at) = self.follow(at, text) {
            self.found.push(State { at, path });
        }
    }

    /// The end of `text` in the stored text, if it stands at byte `at`.
    fn follow(&mut self, at: usize, text: &str) -> Option<usize> {
        let end = text_at(self.stored, at, text);
        let (Ok(reached) | Err(reached)) = end;
        self.furthest = self.furthest.max(reached);
        end.ok()
    }

    /// Joins what is alike from here on. A reading that went wrong is dropped beside one at the same place that did
    /// not: whatever comes, the other goes wrong later, or not at all.
    fn merge(&mut self) {
        let key = |state: &State| match state.path {
            Path::Open { depth, formed, .. } => (state.at, false, depth, formed.is_some()),
            Path::Stray(_) => (state.at, true, 0, false),
        };
        self.found.sort_unstable_by_key(key);
        self.found.dedup_by(|next, kept| {
            if let (Path::Stray(_), Path::Open { .. }) = (next.path, kept.path) {
                return next.at == kept.at;
            }
            if key(next) != key(kept) {
                return false;
            }
            match (&mut kept.path, next.path) {
                (Path::Open { formed, outermost, .. }, Path::Open { formed: f, outermost: o, .. }) => {
                    *formed = (*formed).min(f);
                    *outermost = (*outermost).max(o);
                }
                (Path::Stray(kept), Path::Stray(next)) => *kept = (*kept).max(next),
                _ => {}
            }
            true
        });
    }

    fn judge(self) -> Result<(), Fault> {
        let (mut forms_none, mut formed, mut unclosed, mut stray) = (false, None, None, None);
        for state in self.found.iter().filter(|state| state.at == self.stored.len()) {
            match state.path {
                Path::Open { depth: 0, formed: None, .. } => forms_none = true,
                Path::Open { depth: 0, formed: Some(mark), .. } => {
                    formed = Some(formed.map_or(mark, |first: usize| first.min(mark)));
                }
                Path::Open { outermost, .. } => unclosed = unclosed.max(outermost),
                Path::Stray(mark) => stray = stray.max(Some(mark)),
            }
        }
        match (formed, unclosed, stray) {
            (Some(offset), ..) => Err(Error::AmbiguousMarks { offset }.into()),
            _ if forms_none => Ok(()),
            (_, Some(offset), _) => Err(Error::UnclosedMark { offset }.into()),
            (.., Some(offset)) => Err(Error::StrayMark { offset }.into()),
            _ => Err(Fault::Mismatch(self.furthest)),
        }
    }
}
