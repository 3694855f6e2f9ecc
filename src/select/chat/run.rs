//! Which tags of one run are marks.
//!
//! The stored text shows which literal tags a run leaves, so how many of its tags are marks is known, and so is the
//! depth behind it; only which ones is open. A reading of the run is a way through a grid: so many marks taken, so many
//! literals matched. The depth at a place of the grid is the same on every way to it.

use super::tags::Tag;

/// What is known of a run that can be read with no mark closed too early.
pub(super) struct Solved {
    /// The depth behind the run.
    pub(super) depth: i64,
    /// The last of its tags that can open a mark where none is open.
    pub(super) last_outermost: Option<usize>,
    /// The first of its tags that can open a mark.
    pub(super) first_mark: Option<usize>,
}

/// A run in which some mark must close too early: the last tag at which that can happen.
pub(super) struct Stray(pub(super) usize);

/// Whether a literal tag stands in a mark.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Cover {
    #[default]
    Unknown,
    Inside,
    Outside,
    /// In some readings it does, in others not.
    Either,
}

impl Cover {
    fn add(&mut self, inside: bool) {
        let new = if inside { Self::Inside } else { Self::Outside };
        *self = if *self == Self::Unknown || *self == new { new } else { Self::Either };
    }
}

/// The grid, kept from run to run for its memory.
#[derive(Default)]
pub(super) struct Grid {
    cells: Vec<u8>,
    depth_by_tags: Vec<i64>,
    depth_by_literals: Vec<i64>,
    /// For each literal of the run solved last, whether it stands in a mark.
    pub(super) covers: Vec<Cover>,
}

/// The start of the run leads here with no mark closed too early.
const REACHED: u8 = 1;
/// From here the rest of the literals can be matched.
const MATCHES: u8 = 2;
/// From here they can be matched with no mark closed too early.
const ENDS_WELL: u8 = 4;

impl Grid {
    /// The places of the grid, which is what [`Grid::solve`] costs.
    pub(super) fn size(tags: usize, literals: usize) -> u64 {
        let marks = tags.saturating_sub(literals);
        (marks as u64 + 1).saturating_mul(literals as u64 + 1)
    }

    /// Reads a run that is entered at `depth` and leaves `literals`, a subsequence of `tags`.
    pub(super) fn solve(&mut self, tags: &[Tag], literals: &[Tag], depth: i64) -> Result<Solved, Stray> {
        let marks = tags.len().saturating_sub(literals.len());
        sums(tags, &mut self.depth_by_tags);
        sums(literals, &mut self.depth_by_literals);
        self.cells.clear();
        self.cells.resize((marks + 1) * (literals.len() + 1), 0);
        self.covers.clear();
        self.covers.resize(literals.len(), Cover::Unknown);

        let mut run = Run { grid: self, tags, literals, marks, depth };
        run.forward();
        run.backward();
        run.judge()
    }
}

/// The depth before each tag and behind the last, were all of them marks.
fn sums(tags: &[Tag], into: &mut Vec<i64>) {
    let mut depth = 0;
    into.clear();
    into.push(depth);
    into.extend(tags.iter().map(|tag| {
        depth += tag.depth();
        depth
    }));
}

/// One run on the grid. A place is the number of marks taken and of literals matched.
struct Run<'g> {
    grid: &'g mut Grid,
    tags: &'g [Tag],
    literals: &'g [Tag],
    marks: usize,
    depth: i64,
}

impl Run<'_> {
    fn index(&self, marks: usize, literals: usize) -> usize {
        marks * (self.literals.len() + 1) + literals
    }

    fn is(&self, flag: u8, marks: usize, literals: usize) -> bool {
        self.grid.cells[self.index(marks, literals)] & flag != 0
    }

    fn set(&mut self, flag: u8, marks: usize, literals: usize) {
        let index = self.index(marks, literals);
        self.grid.cells[index] |= flag;
    }

    fn depth(&self, marks: usize, literals: usize) -> i64 {
        self.depth + self.grid.depth_by_tags[marks + literals] - self.grid.depth_by_literals[literals]
    }

    /// Whether the next tag can be the next literal.
    fn can_match(&self, marks: usize, literals: usize) -> bool {
        let literal = self.literals.get(literals);
        literal.is_some() && literal == self.tags.get(marks + literals)
    }

    fn forward(&mut self) {
        for marks in 0..=self.marks {
            for literals in 0..=self.literals.len() {
                let by_literal =
                    literals > 0 && self.is(REACHED, marks, literals - 1) && self.can_match(marks, literals - 1);
                let by_mark = marks > 0 && self.is(REACHED, marks - 1, literals);
                let start = marks + literals == 0;
                if (start || by_literal || by_mark) && self.depth(marks, literals) >= 0 {
                    self.set(REACHED, marks, literals);
                }
            }
        }
    }

    fn backward(&mut self) {
        for marks in (0..=self.marks).rev() {
            for literals in (0..=self.literals.len()).rev() {
                let end = marks == self.marks && literals == self.literals.len();
                let mut flags = if end { MATCHES | ENDS_WELL } else { 0 };
                if self.can_match(marks, literals) {
                    flags |= self.grid.cells[self.index(marks, literals + 1)];
                }
                if marks < self.marks {
                    flags |= self.grid.cells[self.index(marks + 1, literals)];
                }
                flags &= if self.depth(marks, literals) >= 0 { MATCHES | ENDS_WELL } else { MATCHES };
                self.set(flags, marks, literals);
            }
        }
    }

    fn judge(&mut self) -> Result<Solved, Stray> {
        if !self.is(ENDS_WELL, 0, 0) {
            return Err(Stray(self.last_stray()));
        }
        let depth = self.depth(self.marks, self.literals.len());
        let mut solved = Solved { depth, last_outermost: None, first_mark: None };
        for marks in 0..=self.marks {
            for literals in 0..=self.literals.len() {
                if !self.is(REACHED, marks, literals) {
                    continue;
                }
                let (tag, depth) = (marks + literals, self.depth(marks, literals));
                if self.can_match(marks, literals) && self.is(ENDS_WELL, marks, literals + 1) {
                    self.grid.covers[literals].add(depth > 0);
                }
                let open = marks < self.marks && self.tags[tag] == Tag::Open;
                if open && self.is(ENDS_WELL, marks + 1, literals) {
                    solved.first_mark = Some(solved.first_mark.map_or(tag, |first| first.min(tag)));
                    if depth == 0 {
                        solved.last_outermost = solved.last_outermost.max(Some(tag));
                    }
                }
            }
        }
        Ok(solved)
    }

    /// The last closing tag that has to be a mark where none is open, over all readings that match the literals.
    fn last_stray(&self) -> usize {
        let mut last = 0;
        for marks in 0..self.marks {
            for literals in 0..=self.literals.len() {
                let strays = self.is(REACHED, marks, literals)
                    && self.depth(marks + 1, literals) < 0
                    && self.is(MATCHES, marks + 1, literals);
                if strays {
                    last = last.max(marks + literals);
                }
            }
        }
        last
    }
}
