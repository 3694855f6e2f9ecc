//! Which tags of one run are marks.
//!
//! The stored text shows which literal tags a run leaves, so how many of its tags are marks is known, and so is the
//! depth behind it; only which ones is open. A reading of the run is a way through a grid: so many marks taken, so many
//! literals matched. The depth at a place of the grid is the same on every way to it.

use super::tags::Tag;

/// The longest run of tags, some marks and some not, that is looked into. A longer one counts as ambiguous (C42): the
/// work grows with the square of the length, and people do not mark texts that are made of so many tags.
const LONGEST_MIXED: usize = 64;

/// Nearly all are no longer than this. (A grid of that size is a tenth as much to clear, which took a third of the time
/// of a chat message full of such runs.)
const SHORT_MIXED: usize = 6;

/// What is known of a run that can be read with no mark closed too early.
pub(super) struct Solved {
    /// The depth behind the run.
    pub(super) depth: i64,
    /// The last of its tags that can open a mark where none is open.
    pub(super) last_outermost: Option<usize>,
    /// The first of its tags that can open a mark.
    pub(super) first_mark: Option<usize>,
    inside: Set,
    outside: Set,
}

/// Literal tags by number: all of them, or those with a bit.
#[derive(Clone, Copy)]
enum Set {
    All,
    Some(u128),
}

impl Set {
    const NONE: Self = Self::Some(0);

    fn has(self, index: usize) -> bool {
        match self {
            Self::All => true,
            Self::Some(bits) => bits >> (index % 128) & 1 == 1,
        }
    }
}

/// Whether a literal tag stands in a mark.
pub(super) enum Cover {
    Inside,
    Outside,
    /// In some readings it does, in others not.
    Either,
}

impl Solved {
    /// Whether literal number `index` of the run stands in a mark.
    pub(super) fn cover(&self, index: usize) -> Cover {
        match (self.inside.has(index), self.outside.has(index)) {
            (true, true) => Cover::Either,
            (true, false) => Cover::Inside,
            (false, _) => Cover::Outside,
        }
    }
}

/// Why a run cannot be read.
pub(super) enum Unsolved {
    /// Some mark must close too early; this is the last tag at which that can happen first.
    Stray(usize),
    /// It is too long to be looked into.
    TooLong,
}

/// The places of the grid, which is about what [`solve`] costs.
pub(super) fn cost(tags: &[Tag], literals: &[Tag]) -> u64 {
    if is_mixed(tags, literals) && tags.len() > LONGEST_MIXED {
        return 1;
    }
    let marks = (tags.len() - literals.len()) as u64;
    (marks + 1) * (literals.len() as u64 + 1)
}

fn is_mixed(tags: &[Tag], literals: &[Tag]) -> bool {
    (1..tags.len()).contains(&literals.len())
}

/// Reads a run that is entered at `depth` and leaves `literals`, a subsequence of `tags`.
pub(super) fn solve(tags: &[Tag], literals: &[Tag], depth: i64) -> Result<Solved, Unsolved> {
    if literals.is_empty() {
        all_marks(tags, depth)
    } else if literals.len() == tags.len() {
        let (inside, outside) = if depth > 0 { (Set::All, Set::NONE) } else { (Set::NONE, Set::All) };
        Ok(Solved { depth, last_outermost: None, first_mark: None, inside, outside })
    } else if tags.len() <= SHORT_MIXED {
        Grid::<{ SHORT_MIXED + 1 }>::new(tags, literals, depth).solve()
    } else if tags.len() <= LONGEST_MIXED {
        Grid::<{ LONGEST_MIXED + 1 }>::new(tags, literals, depth).solve()
    } else {
        Err(Unsolved::TooLong)
    }
}

fn all_marks(tags: &[Tag], mut depth: i64) -> Result<Solved, Unsolved> {
    let (mut last_outermost, mut first_mark) = (None, None);
    for (index, tag) in tags.iter().enumerate() {
        match tag {
            Tag::Close if depth == 0 => return Err(Unsolved::Stray(index)),
            Tag::Close => {}
            Tag::Open => {
                first_mark = first_mark.or(Some(index));
                if depth == 0 {
                    last_outermost = Some(index);
                }
            }
        }
        depth += tag.depth();
    }
    Ok(Solved { depth, last_outermost, first_mark, inside: Set::NONE, outside: Set::NONE })
}

/// Places of the grid: a word for each row, a bit for each place in it.
type Rows<const ROWS: usize> = [u128; ROWS];

/// The grid of a mixed run. A row is a number of marks taken, a bit of it a number of literals matched. A mark leads to
/// the same bit of the next row, a literal to the next bit of the same row, at the same depth.
struct Grid<const ROWS: usize> {
    /// How many tags are marks: one less than there are rows.
    marks: usize,
    literals: usize,
    /// The tags that open, by number.
    opens: u128,
    /// The literals that open.
    literal_opens: u128,
    depth_behind: i64,
    /// Where the depth is 0, and where it is more.
    zero: Rows<ROWS>,
    above: Rows<ROWS>,
}

impl<const ROWS: usize> Grid<ROWS> {
    fn new(tags: &[Tag], literals: &[Tag], depth: i64) -> Self {
        let marks = tags.len() - literals.len();
        let opens = |tags: &[Tag]| tags.iter().rev().fold(0, |bits, tag| bits << 1 | u128::from(*tag == Tag::Open));
        let mut grid = Self {
            marks,
            literals: literals.len(),
            opens: opens(tags),
            literal_opens: opens(literals),
            depth_behind: 0,
            zero: [0; ROWS],
            above: [0; ROWS],
        };
        let mut depths: Vec<i64> = Vec::with_capacity(literals.len() + 1);
        depths.push(depth);
        depths.extend(tags.iter().zip(literals).scan(depth, |depth, (tag, literal)| {
            *depth += tag.depth() - literal.depth();
            Some(*depth)
        }));
        for (row, (zero, above)) in grid.zero.iter_mut().zip(&mut grid.above).take(marks + 1).enumerate() {
            for (column, depth) in depths.iter_mut().enumerate() {
                *zero |= u128::from(*depth == 0) << column;
                *above |= u128::from(*depth > 0) << column;
                grid.depth_behind = *depth;
                *depth += tags.get(row + column).map_or(0, |tag| tag.depth());
            }
        }
        grid
    }

    fn solve(&self) -> Result<Solved, Unsolved> {
        let reached = self.reached();
        let ends_well = self.leading_to_the_end(true);
        if ends_well[0] & 1 == 0 {
            return Err(Unsolved::Stray(self.last_stray(&reached)));
        }
        let (mut last_outermost, mut first_mark, mut inside, mut outside) = (None, None, 0, 0);
        for row in 0..=self.marks {
            let literals = reached[row] & self.matching(row) & ends_well[row] >> 1;
            inside |= literals & self.above[row];
            outside |= literals & self.zero[row];
            if row < self.marks {
                let opening = reached[row] & self.opens >> row & ends_well[row + 1];
                first_mark = first_mark.into_iter().chain(lowest(opening).map(|bit| row + bit)).min();
                last_outermost = last_outermost.max(highest(opening & self.zero[row]).map(|bit| row + bit));
            }
        }
        let (inside, outside) = (Set::Some(inside), Set::Some(outside));
        Ok(Solved { depth: self.depth_behind, last_outermost, first_mark, inside, outside })
    }

    /// The literals that the tag next to them in this row can be.
    fn matching(&self, row: usize) -> u128 {
        !(self.opens >> row ^ self.literal_opens) & ((1 << self.literals) - 1)
    }

    /// Where the start of the run leads with no mark closed too early.
    fn reached(&self) -> Rows<ROWS> {
        let mut rows = [0; ROWS];
        let mut before = 1;
        for (row, reached) in rows.iter_mut().enumerate().take(self.marks + 1) {
            *reached = spread_up(before & (self.zero[row] | self.above[row]), self.matching(row));
            before = *reached;
        }
        rows
    }

    /// From where the end of the run can be reached; `well` if with no mark closed too early.
    fn leading_to_the_end(&self, well: bool) -> Rows<ROWS> {
        let mut rows = [0; ROWS];
        let mut behind = 1 << self.literals;
        for row in (0..=self.marks).rev() {
            let allowed = if well { self.zero[row] | self.above[row] } else { u128::MAX };
            rows[row] = spread_down(behind & allowed, self.matching(row));
            behind = rows[row];
        }
        rows
    }

    /// The last closing tag that has to be a mark where none is open, over all readings that match the literals.
    fn last_stray(&self, reached: &Rows<ROWS>) -> usize {
        let ends = self.leading_to_the_end(false);
        let stray = |row: usize| highest(reached[row] & self.zero[row] & !(self.opens >> row) & ends[row + 1]);
        (0..self.marks).filter_map(|row| stray(row).map(|bit| row + bit)).max().unwrap_or(0)
    }
}

/// Sets the bit above each set one whose own bit is in `through`, and so on.
/// (An addition carries through a run of ones.)
fn spread_up(bits: u128, through: u128) -> u128 {
    ((bits & through).wrapping_add(through) ^ through) | bits
}

/// Sets the bit below each set one if that bit is in `through`, and so on.
fn spread_down(bits: u128, through: u128) -> u128 {
    spread_up(bits.reverse_bits(), through.reverse_bits() >> 1).reverse_bits()
}

fn lowest(bits: u128) -> Option<usize> {
    (bits != 0).then(|| bits.trailing_zeros() as usize)
}

fn highest(bits: u128) -> Option<usize> {
    (bits != 0).then(|| bits.ilog2() as usize)
}
