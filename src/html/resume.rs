//! The tokens of a source after edits, read anew only around the edits.
//!
//! While no SVG, MathML, `select`, `template` or `frameset` was ever open, what the tokenizer reads in the data state
//! depends on nothing but the bytes that follow. So where an old token and a new one begin at the same byte of what was
//! kept, all that follows is the same up to the next edit, and old tokens are moved instead of read. If all edits stand
//! before the first tag that opens such a thing, so are all tokens after the last edit.
//!
//! Debug builds, and so tests and fuzzing, read everything and compare.

use std::ops::Range;

use crate::gallop::count_first;

use super::fragment::Fragment;
use super::token::{Kind, TextKind, Token};
use super::tokenizer::{Options, Tokenizer, raw_text_kind, tokenize_with};

/// With fewer tokens than this between edits, reading all is faster.
const USUAL_GAP: usize = 6;

/// Tokenizes `text`, which is `old` after some edits. `edits` are what was replaced in the old source and the range of
/// `text` that stands there now, in order; `options` are those that the old source was tokenized with.
pub(crate) fn retokenize<'t>(
    old: &Fragment<'_>,
    text: &'t str,
    edits: impl ExactSizeIterator<Item = (Range<usize>, Range<usize>)>,
    options: &Options<'_>,
) -> Fragment<'t> {
    // To find the place again at an edit costs as much as to read some tokens on the way there.
    let pays = edits.len() * USUAL_GAP < old.tokens().len();
    let resumed = if pays { resume(old, text, edits, options) } else { None };
    let new = resumed.unwrap_or_else(|| tokenize_with(text, options));
    debug_assert!(is_read_alike(&new, &tokenize_with(text, options)), "resuming must not change what is read");
    new
}

fn is_read_alike(new: &Fragment<'_>, all: &Fragment<'_>) -> bool {
    let state = |of: &Fragment<'_>| (of.ambiguous, of.uncertain, of.stateless_up_to);
    new.tokens() == all.tokens() && state(new) == state(all)
}

/// Nothing if a state would have to be carried over.
fn resume<'t>(
    fragment: &Fragment<'_>,
    text: &'t str,
    edits: impl Iterator<Item = (Range<usize>, Range<usize>)>,
    options: &Options<'_>,
) -> Option<Fragment<'t>> {
    let old = fragment.tokens();
    let mut edits = edits.peekable();
    let mut tokenizer = Tokenizer::new(text, old.len());
    // The first old token that is not dealt with, and how far it has moved, modulo 2^64.
    let (mut next, mut moved) = (0, 0_usize);
    while let Some((mut source, mut result)) = edits.next() {
        let restart = restart(old, next, source.start)?;
        tokenizer.tokens.extend(old[next..restart].iter().map(|token| token.moved(moved)));
        next = restart;
        let mut at = old.get(next).map_or(text.len(), |token| token.start().wrapping_add(moved));
        loop {
            while let Some(edit) = edits.next_if(|(_, result)| result.start < at || at == text.len()) {
                (source, result) = edit;
            }
            if result.end <= at {
                let place = source.end + (at - result.end);
                next += old[next..].iter().take_while(|token| token.start() < place).count();
                let in_step = match old.get(next) {
                    Some(token) => token.start() == place && !is_raw_text(token),
                    None => at == text.len(),
                };
                if in_step {
                    moved = at.wrapping_sub(place);
                    break;
                }
            }
            at = tokenizer.token(at, options);
        }
        let place = old.get(next).map_or(fragment.source.len(), Token::start);
        if tokenizer.stateless_up_to != usize::MAX || place > fragment.stateless_up_to {
            return None;
        }
    }
    tokenizer.tokens.extend(old[next..].iter().map(|token| token.moved(moved)));
    let mut new = tokenizer.finish(text, options);
    if !fragment.is_stateless() {
        new.ambiguous = fragment.ambiguous.map(|at| at.wrapping_add(moved));
        new.uncertain = fragment.uncertain;
        new.stateless_up_to = fragment.stateless_up_to.wrapping_add(moved);
    }
    Some(new)
}

/// The first token, not before `next`, that an edit at `source` may change. A token before the edit is as it was if it
/// was read without looking at the edited bytes; but where text ends is told by what follows,
/// and raw text is read together with its start tag.
fn restart(old: &[Token], next: usize, source: usize) -> Option<usize> {
    let mut restart = next + count_first(&old[next..], |token| token.end() < source);
    if old.get(restart).is_some_and(is_raw_text) {
        restart = restart.checked_sub(1)?;
    }
    let before = |at: usize| at.checked_sub(1).filter(|&before| before >= next).map(|before| &old[before]);
    if before(restart).is_some_and(is_raw_text) {
        restart -= 1;
    }
    let begins_raw_text = |token: &Token| token.kind() == Kind::StartTag && raw_text_kind(token.name()).is_some();
    if before(restart).is_some_and(|token| begins_raw_text(token) || token.kind() == Kind::Text(TextKind::Data)) {
        restart -= 1;
    }
    if before(restart).is_some_and(|token| token.kind() == Kind::Text(TextKind::Data)) {
        restart -= 1;
    }
    (restart >= next).then_some(restart)
}

fn is_raw_text(token: &Token) -> bool {
    matches!(token.kind(), Kind::Text(kind) if kind != TextKind::Data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const UNITS: [&str; 34] = [
        "<", ">", "/", "</", "<!--", "-->", "<!", "&", ";", "a", " ", "x=1", "\"", "'", "text", "<p>", "</p>",
        "<b redact>", "</b>", "<redact>", "</redact>", "<br>", "<style>", "</style>", "<textarea>", "</textarea>",
        "<title>", "</title ", "<script>", "</script>", "<plaintext>", "<svg>", "</svg>", "<select>",
    ];

    /// What no edit is made in.
    const TAILS: [&str; 4] = ["", "", "<svg>a<style><</style></p>", "<select></select><noscript><svg></p></b>"];

    fn text(random: &mut Random, most: usize) -> String {
        let count = random.below(most + 1);
        random.text(count, &UNITS)
    }

    /// The slow twin reads all of it. Edits are made at any byte, in tags, in the ends of comments, and side by side.
    #[test]
    fn resuming_reads_what_reading_all_of_it_reads() {
        let mut random = Random::new(7);
        let (mut resumed, mut stateful) = (0, 0);
        for _ in 0..60_000 {
            let mut source = text(&mut random, 14);
            let (mut text, mut edits, mut at) = (String::new(), Vec::new(), 0);
            while at < source.len() && random.below(3) > 0 {
                let start = at + random.below(source.len() - at);
                let end = start + 1 + random.below(source.len() - start).min(9);
                text.push_str(&source[at..start]);
                let from = text.len();
                text.push_str(&self::text(&mut random, 2));
                edits.push((start..end.min(source.len()), from..text.len()));
                at = end.min(source.len()) + random.below(2);
                text.push_str(&source[end.min(source.len())..at.min(source.len())]);
                at = at.min(source.len());
            }
            text.push_str(&source[at..]);
            let tail = TAILS[random.below(TAILS.len())];
            source.push_str(tail);
            text.push_str(tail);
            let options = Options::default().watch("redact");
            let old = tokenize_with(&source, &options);
            let all = tokenize_with(&text, &options);
            if let Some(new) = resume(&old, &text, edits.iter().cloned(), &options) {
                resumed += 1;
                stateful += usize::from(!old.is_stateless() && !edits.is_empty());
                assert_eq!(new.tokens(), all.tokens(), "{source:?} {edits:?} {text:?}");
                assert!(is_read_alike(&new, &all), "{source:?} {edits:?} {text:?}");
            }
        }
        assert!(resumed > 20_000 && stateful > 1_000, "{resumed} {stateful}");
    }
}
