//! The slow twin of the chat alignment: every choice of marks is tried.

use std::ops::Range;

/// What comes of a stored message and its marked copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Ranges(Vec<Range<usize>>),
    NothingToRedact,
    EmptyMark(usize),
    Ambiguous(usize),
    Stray(usize),
    Unclosed(usize),
    Mismatch(usize),
}

/// The most tags that the twin can try.
pub const MOST_TAGS: usize = 9;

const TAGS: [(&str, i64); 2] = [("<redact>", 1), ("</redact>", -1)];

/// All tags of a text: offset, length, what it adds to the depth.
pub fn tags(text: &str) -> Vec<(usize, usize, i64)> {
    let mut found: Vec<_> = TAGS
        .iter()
        .flat_map(|&(tag, depth)| text.match_indices(tag).map(move |(at, _)| (at, tag.len(), depth)))
        .collect();
    found.sort_unstable();
    found
}

/// The outcome by trial of all choices; nothing if there are too many.
pub fn outcome(stored: &str, marked: &str) -> Option<Outcome> {
    let tags = tags(marked);
    if tags.len() > MOST_TAGS {
        return None;
    }
    let choices = (0..1_u32 << tags.len()).map(|choice| {
        let chosen = |(index, tag): (usize, &(usize, usize, i64))| (choice >> index & 1 == 1).then_some(*tag);
        tags.iter().enumerate().filter_map(chosen).collect::<Vec<_>>()
    });
    let literals = self::tags(stored);
    let tries: Vec<Try> = choices.map(|marks| Try::new(stored, &literals, marked, &marks)).collect();
    Some(judge(stored, marked, &tries))
}

/// One choice of marks.
struct Try {
    /// How much of the stored text it gives, up to a character.
    agrees: usize,
    fits: bool,
    marks: usize,
    /// For each byte that it gives: where it stands in the marked text, and whether in a mark.
    bytes: Vec<(usize, bool)>,
    depth: i64,
    stray: Option<usize>,
    outermost: Option<usize>,
    first_mark: Option<usize>,
    /// The first mark at which a tag of the stored text forms.
    forms: Option<usize>,
}

impl Try {
    fn new(stored: &str, literals: &[(usize, usize, i64)], marked: &str, marks: &[(usize, usize, i64)]) -> Self {
        let (mut depth, mut from, mut text, mut bytes) = (0, 0, String::new(), Vec::new());
        let (mut stray, mut outermost, mut first_mark, mut forms) = (None, None, None, None);
        for &(at, len, change) in marks.iter().chain([&(marked.len(), 0, 0)]) {
            text.push_str(&marked[from..at]);
            bytes.extend((from..at).map(|byte| (byte, depth > 0)));
            from = at + len;
            if len == 0 {
                break;
            }
            if change < 0 && depth == 0 {
                stray = stray.or(Some(at));
            }
            if change > 0 {
                first_mark = first_mark.or(Some(at));
                if depth == 0 {
                    outermost = Some(at);
                }
            }
            if literals.iter().any(|&(start, len, _)| (start + 1..start + len).contains(&text.len())) {
                forms = forms.or(Some(at));
            }
            depth += change;
        }
        let mut agrees = text.bytes().zip(stored.bytes()).take_while(|(a, b)| a == b).count();
        while !stored.is_char_boundary(agrees) {
            agrees -= 1;
        }
        let fits = text == stored;
        Self { agrees, fits, marks: marks.len(), bytes, depth, stray, outermost, first_mark, forms }
    }

    fn ranges(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, _) in self.bytes.iter().enumerate().filter(|(_, (_, inside))| *inside) {
            match ranges.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => ranges.push(at..at + 1),
            }
        }
        ranges
    }
}

fn judge(stored: &str, marked: &str, tries: &[Try]) -> Outcome {
    let fits: Vec<&Try> = tries.iter().filter(|t| t.fits).collect();
    if fits.iter().any(|t| t.marks == 0) {
        return Outcome::NothingToRedact;
    }
    let balanced: Vec<&Try> = fits.iter().copied().filter(|t| t.stray.is_none() && t.depth == 0).collect();
    if let Some(mark) = balanced.iter().filter_map(|t| t.forms).min() {
        return Outcome::Ambiguous(mark);
    }
    if let Some(first) = balanced.first() {
        let differs = |at: &usize| balanced.iter().any(|t| t.bytes[*at].1 != first.bytes[*at].1);
        return match (0..stored.len()).find(differs) {
            Some(at) => Outcome::Ambiguous(run_start(marked, first.bytes[at].0)),
            None if first.ranges().is_empty() => {
                Outcome::EmptyMark(balanced.iter().filter_map(|t| t.first_mark).min().unwrap_or(0))
            }
            None => Outcome::Ranges(first.ranges()),
        };
    }
    if let Some(mark) = fits.iter().filter(|t| t.stray.is_none()).filter_map(|t| t.outermost).max() {
        return Outcome::Unclosed(mark);
    }
    match fits.iter().filter_map(|t| t.stray).max() {
        Some(mark) => Outcome::Stray(mark),
        None => Outcome::Mismatch(tries.iter().map(|t| t.agrees).max().unwrap_or(0)),
    }
}

/// Where the side-by-side tags begin that the tag at `at` is one of.
fn run_start(marked: &str, mut at: usize) -> usize {
    while let Some((tag, _)) = TAGS.iter().find(|(tag, _)| marked[..at].ends_with(tag)) {
        at -= tag.len();
    }
    at
}
