//! What is searched for: the removed texts in the form in which texts are compared.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, joins};
use super::items::{Item, Source};
use super::phone::national;
use super::utf16::Rows;
use super::view::{GAP, View};
use crate::boundary::floor_char_boundary;
use crate::grapheme;
use crate::select::Automaton;
use crate::until::until_end;

/// A secret with fewer clusters than this, or fewer letters and digits, is searched exactly, as a whole word (C50). One
/// of few clusters that is longer than a [`PIECE`] is found by chance nowhere, and is searched like any other.
const SHORT: usize = 4;

/// A word with fewer characters than this at the edge of a secret must be a whole word where it is found: `Rose` is not
/// in `prose`, but `Rosenberg` is in `mrosenberg9`.
const SHORT_WORD: usize = 6;

/// A number with at least this many digits is also searched without what stands between its digits, and by itself
/// where it is part of a longer text.
const NUMBER: usize = 6;

/// A longer secret is searched in pieces of half to all of this many bytes, so that a part of it is found too and the
/// cost of a hit that is none is bounded.
const PIECE: usize = 96;

/// The texts to search for.
pub(super) struct Secrets {
    /// Searched in folded text.
    words: Set,
    /// Searched in digits alone.
    digits: Set,
    /// Searched in the text as it is.
    exact: Set,
    /// By which UTF-16 is told from noise.
    pub(super) rows: Option<Rows>,
}

/// What a view was made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Text as it is written, or with its escapes undone.
    Text,
    /// Text that may have been quoted-printable. Short secrets are not looked for.
    Guess,
    /// What may have been base64. Line ends are no part of it, so that the next line's words follow at once: no edge of
    /// a secret must be that of a word. Short secrets are not looked for.
    Noise,
}

/// A place where a secret stands in a view.
pub(super) struct Hit {
    /// The range of the view's text.
    pub(super) range: Range<usize>,
    pub(super) likeness: Likeness,
    pub(super) is_token: bool,
}

/// How much the text at a hit is like the secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Same,
    Folded,
    Digits,
}

struct Pattern {
    text: String,
    /// The same in the spellings that it was removed in, sorted: there may be very many.
    spellings: Vec<String>,
    /// Which edges must be the edges of words.
    whole: (bool, bool),
    source: Source,
}

/// Patterns, and what searches for all of them at once.
struct Set {
    patterns: Vec<Pattern>,
    automaton: Automaton,
    /// The pattern that each state of the automaton is the end of, if it is.
    ends: Vec<u32>,
}

impl Secrets {
    pub(super) fn new(items: &[Item]) -> Self {
        let mut drafts = Drafts::default();
        for item in items {
            drafts.add(item);
        }
        let rows = Rows::of(items.iter().map(|item| &*item.text));
        Self { words: Set::new(drafts.words), digits: Set::new(drafts.digits), exact: Set::new(drafts.exact), rows }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.digits.is_empty() && self.exact.is_empty()
    }

    /// Adds all places of `view` that hold a secret to `hits`.
    pub(super) fn search(&self, view: &View, origin: Origin, hits: &mut Vec<Hit>) {
        let folded = fold(view.text());
        self.search_words(view.text(), &folded, origin, hits);
        if !self.digits.is_empty() {
            self.search_digits(view.text(), &folded, hits);
        }
        if origin == Origin::Text {
            self.search_exact(view.text(), hits);
        }
    }

    fn search_words(&self, text: &str, folded: &View, origin: Origin, hits: &mut Vec<Hit>) {
        self.words.search(folded.text(), |pattern, range| {
            if origin != Origin::Noise && !pattern.has_whole_words(folded.text(), &range) {
                return false;
            }
            let range = unfold(text, folded, &range);
            if pattern.source == Source::Host && !stands_as_host(text, &range) {
                return false;
            }
            let likeness = if pattern.is_spelled(&text[range.clone()]) { Likeness::Same } else { Likeness::Folded };
            hits.push(Hit { range, likeness, is_token: pattern.source == Source::Token });
            true
        });
    }

    fn search_digits(&self, text: &str, folded: &View, hits: &mut Vec<Hit>) {
        let digits = digits(folded);
        self.digits.search(digits.text(), |_, range| {
            let (start, end) = (digits.origin(range.start), digits.origin(range.end - 1) + 1);
            let is_digit = |at: usize| folded.text().as_bytes().get(at).is_some_and(u8::is_ascii_digit);
            let is_inside = is_digit(end) || start.checked_sub(1).is_some_and(is_digit);
            // Fewer digits stand in longer numbers by chance.
            let accepted = range.len() >= 8 || !is_inside;
            if accepted {
                let range = unfold(text, folded, &(start..end));
                hits.push(Hit { range, likeness: Likeness::Digits, is_token: false });
            }
            accepted
        });
    }

    fn search_exact(&self, text: &str, hits: &mut Vec<Hit>) {
        self.exact.search(text, |_, range| {
            let accepted = stands_alone(text, &range);
            if accepted {
                hits.push(Hit { range, likeness: Likeness::Same, is_token: false });
            }
            accepted
        });
    }
}

/// Whether a short secret is a word of its own. A digit beside a letter is not, and a sign of base64 beside either is
/// not: a picture of some kilobytes holds any two characters between two such signs.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let inside = text[range.clone()].chars();
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '_') || joins('a', c) || joins('0', c);
    let joined = |edge: Option<char>, beside: Option<char>| edge.is_some_and(is_word) && beside.is_some_and(is_word);
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    // Two digits behind a percent sign are a byte: `90` in the name of every other page in Cyrillic.
    let is_byte = before == Some('%') && range.len() == 2 && inside.clone().all(|c| c.is_ascii_hexdigit());
    !is_byte && !joined(inside.clone().next(), before) && !joined(inside.clone().next_back(), after)
}

/// Whether a bare host at `range` is all of an address, not the host of another page or of somebody's mail.
pub(crate) fn stands_as_host(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let before = before.strip_suffix("www.").unwrap_or(before);
    let mut after = text[range.end..].chars();
    let next = match after.next() {
        Some('/') => after.next().filter(|c| c.is_alphanumeric() || "?#%~_@-".contains(*c)),
        Some('.' | ':') => after.next().filter(|c| c.is_alphanumeric()),
        next => next.filter(|c| "-?#@".contains(*c)),
    };
    !before.ends_with(['@', '.', '-']) && next.is_none()
}

/// The digits of folded text, with a gap wherever more than a space stands between two.
fn digits(folded: &View) -> View {
    let bytes = folded.text().as_bytes();
    let mut digits = View::default();
    let mut end = 0;
    loop {
        let start = until_end(bytes, end, |byte, _| byte.at_least(b'0') & byte.at_most(b'9'));
        if start == bytes.len() {
            return digits;
        }
        let joined = start == end || (start == end + 1 && bytes.get(end) == Some(&b' '));
        if !joined || digits.text().is_empty() {
            digits.push(GAP, start);
        }
        digits.push(char::from(bytes[start]), start);
        end = start + 1;
    }
}

impl Pattern {
    fn new(text: &str, spelling: &str, whole: (bool, bool), source: Source) -> Self {
        Self { text: text.to_owned(), spellings: vec![spelling.to_owned()], whole, source }
    }

    /// Takes in a pattern of the same text: what either is found by is found.
    fn merge(&mut self, other: &mut Self) {
        self.whole = (self.whole.0 && other.whole.0, self.whole.1 && other.whole.1);
        self.source = self.source.max(other.source);
        self.spellings.append(&mut other.spellings);
    }

    fn is_spelled(&self, text: &str) -> bool {
        self.spellings.binary_search_by(|spelling| spelling.as_str().cmp(text)).is_ok()
    }

    fn has_whole_words(&self, haystack: &str, range: &Range<usize>) -> bool {
        let text = &haystack[range.clone()];
        let joined = |before: Option<char>, after: Option<char>| {
            before.zip(after).is_some_and(|(before, after)| joins(before, after))
        };
        let joins_before = joined(haystack[..range.start].chars().next_back(), text.chars().next());
        let joins_after = joined(text.chars().next_back(), haystack[range.end..].chars().next());
        !(self.whole.0 && joins_before || self.whole.1 && joins_after)
    }
}

impl Set {
    fn new(mut patterns: Vec<Pattern>) -> Self {
        patterns.sort_by(|a, b| a.text.cmp(&b.text));
        patterns.dedup_by(|next, last| {
            let same = next.text == last.text;
            if same {
                last.merge(next);
            }
            same
        });
        for pattern in &mut patterns {
            pattern.spellings.sort_unstable();
            pattern.spellings.dedup();
        }
        let automaton = Automaton::new(patterns.iter().map(|pattern| pattern.text.clone().into_bytes()).collect());
        let mut ends = vec![u32::MAX; automaton.len()];
        for (index, pattern) in patterns.iter().enumerate() {
            ends[automaton.state_of(pattern.text.as_bytes()) as usize] = index as u32;
        }
        Self { patterns, automaton, ends }
    }

    fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Shows every pattern that ends at a place, from the longest on, until one is accepted. What overlaps the same
    /// pattern is passed over: its place is known already.
    fn search(&self, haystack: &str, mut accept: impl FnMut(&Pattern, Range<usize>) -> bool) {
        if self.is_empty() {
            return;
        }
        let mut last = (usize::MAX, 0);
        self.automaton.find(haystack.as_bytes(), &mut |longest, state| {
            for (state, length) in self.automaton.ends(state) {
                let index = self.ends[state as usize] as usize;
                let range = longest.end - length..longest.end;
                if last.0 == index && range.start < last.1 {
                    break;
                }
                if self.patterns.get(index).is_some_and(|pattern| accept(pattern, range)) {
                    last = (index, longest.end);
                    break;
                }
            }
        });
    }
}

/// The patterns of each set, while items are added.
#[derive(Default)]
struct Drafts {
    words: Vec<Pattern>,
    digits: Vec<Pattern>,
    exact: Vec<Pattern>,
}

impl Drafts {
    /// Turns an item into patterns.
    fn add(&mut self, item: &Item) {
        // What stands for a gap is never searched for: a gap is where masks are. This is as long, and stands for
        // nothing.
        let text = item.text.replace(GAP, "\u{FFFE}");
        let folded = fold(&text);
        let all = folded.text();
        if all.is_empty() {
            return;
        }
        let spelling = |range: Range<usize>| &text[unfold(&text, &folded, &range)];
        let is_text = matches!(item.source, Source::Text | Source::Hit);
        let letters = all.chars().filter(|&c| c != ' ').count();
        let is_short = letters < SHORT || grapheme::count(spelling(0..all.len())) < SHORT;
        if is_short && all.len() <= PIECE {
            // Marks alone have come apart from their letter.
            if is_text && !all.chars().all(|c| c == ' ' || is_combining_mark(c)) {
                self.exact.push(Pattern::new(spelling(0..all.len()), "", (true, true), item.source));
            }
            return;
        }
        self.words.extend(pieces(all).map(|range| {
            Pattern::new(&all[range.clone()], spelling(range.clone()), whole_edges(all, &range), item.source)
        }));
        if is_text {
            self.add_numbers(&text, &folded, item.source);
        }
    }

    /// Adds the digits of a text by themselves, and what its numbers may be within their country.
    fn add_numbers(&mut self, text: &str, folded: &View, source: Source) {
        let all = folded.text();
        let is_number = all.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
        let shortest = if is_number { SHORT } else { NUMBER };
        let only_digits = digits(folded);
        let all_digits = only_digits.text().split(GAP).filter(|number| number.len() >= shortest);
        let groups = all.split(|c: char| !c.is_ascii_digit()).filter(|group| group.len() >= NUMBER);
        // Of a hit, a group may be what is kept.
        let groups = groups.filter(|_| source != Source::Hit);
        let follows_plus = text.trim_start().starts_with('+');
        let nationals = all_digits.clone().flat_map(|number| national(number, follows_plus));
        // In the numbers of most countries a zero stands for that code.
        let local = all_digits.clone().filter(|number| number.len() > 9);
        let local = local.filter(|number| !number.starts_with("00")).filter_map(|number| number.strip_prefix('0'));
        for number in all_digits.chain(groups).chain(nationals).chain(local) {
            let pieces = pieces(number).map(|piece| Pattern::new(&number[piece], "", (false, false), source));
            self.digits.extend(pieces);
        }
    }
}

/// The range of `text` that the range `range` of its folded form stands for.
fn unfold(text: &str, folded: &View, range: &Range<usize>) -> Range<usize> {
    let last = floor_char_boundary(text, folded.origin(range.end.saturating_sub(1)));
    let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
    folded.origin(range.start).min(end)..end
}

/// Cuts folded text that is longer than a [`PIECE`], between words if possible.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + usize::from(rest.starts_with(' '));
        let (least, most) = match rest.len() {
            0 => return None,
            1..=PIECE => (rest.len(), rest.len()),
            length if length < PIECE * 3 / 2 => (length / 3, length / 2),
            _ => (PIECE / 2, PIECE),
        };
        let most = floor_char_boundary(rest, most);
        let space = rest[..most].rfind(' ').filter(|&space| space >= least);
        at += if most == rest.len() { most } else { space.unwrap_or(most) };
        Some(start..at)
    })
}

/// Which edges of a piece of folded text are those of short words.
fn whole_edges(all: &str, piece: &Range<usize>) -> (bool, bool) {
    let text = &all[piece.clone()];
    let is_short = |word: Option<&str>| word.is_some_and(|word| word.chars().count() < SHORT_WORD);
    let begins_word = !all[..piece.start].ends_with(|c| c != ' ');
    let ends_word = !all[piece.end..].starts_with(|c| c != ' ');
    (begins_word && is_short(text.split(' ').next()), ends_word && is_short(text.rsplit(' ').next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One cluster may be as long as the input, and a pattern that long which overlaps itself made building an
    /// automaton quadratic, as well as passing over hits that are none.
    #[test]
    fn a_cluster_without_end_is_searched_in_pieces() {
        for unit in ["\u{301}", "\u{1100}", "\u{915}\u{94D}", "\u{1F469}\u{200D}"] {
            let secrets = Secrets::new(&[Item { text: unit.repeat(5_000), source: Source::Text }]);
            assert!(!secrets.is_empty(), "{unit:?}");
            let sets = [&secrets.words, &secrets.digits, &secrets.exact];
            let longest = sets.iter().flat_map(|set| &set.patterns).map(|pattern| pattern.text.len()).max();
            assert!(longest <= Some(PIECE), "{unit:?} {longest:?}");
        }
    }
}
