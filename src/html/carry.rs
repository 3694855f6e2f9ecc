//! The tokens of a source after parts of its text became other text, without reading anything.

use std::ops::Range;

use super::token::{Kind, TextKind, Token};

/// Where masks stand in place of tags and text, gives the tokens of the result. `old` are those of the source, `edits` what
/// was replaced there and the range of the result that stands there now, in order; none is empty or touches the next.
///
/// That the result reads so is for the caller to know: no tag begins at a mask, and text goes on over it.
pub(crate) fn carry(old: &[Token], edits: impl Iterator<Item = (Range<usize>, Range<usize>)>) -> Vec<Token> {
    let mut carried = Vec::with_capacity(old.len());
    // The first old token that is not dealt with, how far it has moved, and whether its first part is there already.
    let (mut next, mut moved, mut is_begun) = (0, 0_usize, false);
    for (source, result) in edits {
        let whole = next + old[next..].partition_point(|token| token.end() <= source.start);
        push(&mut carried, &old[next..whole], moved, is_begun);
        is_begun &= next == whole;
        next = whole;
        if let Some(cut) = old.get(next).filter(|token| token.start() < source.start) {
            push(&mut carried, &[cut.ending(source.start)], moved, is_begun);
        }
        match carried.last_mut().filter(|last| is_text(last)) {
            Some(before) => *before = before.ending(result.end),
            None => carried.push(Token::new(Kind::Text(TextKind::Data), result.clone())),
        }
        next += old[next..].partition_point(|token| token.end() <= source.end);
        moved = result.end.wrapping_sub(source.end);
        is_begun = old.get(next).is_some_and(is_text);
    }
    push(&mut carried, &old[next..], moved, is_begun);
    carried
}

/// Adds tokens where they have moved to. The first of them may go on with the last that is there.
fn push(carried: &mut Vec<Token>, tokens: &[Token], moved: usize, goes_on: bool) {
    let mut tokens = tokens;
    if goes_on
        && let Some((first, rest)) = tokens.split_first()
        && let Some(last) = carried.last_mut()
    {
        *last = last.joined(&first.moved(moved));
        tokens = rest;
    }
    carried.extend(tokens.iter().map(|token| token.moved(moved)));
}

fn is_text(token: &Token) -> bool {
    token.kind() == Kind::Text(TextKind::Data)
}

#[cfg(test)]
mod tests {
    use super::carry;
    use crate::html::tokenize;

    fn check(source: &str, edits: &[(std::ops::Range<usize>, std::ops::Range<usize>)], result: &str) {
        let old = tokenize(source);
        let carried = carry(old.tokens(), edits.iter().cloned());
        assert_eq!(carried, tokenize(result).tokens(), "{source} to {result}");
    }

    #[test]
    fn text_and_masks_are_one_token() {
        check("a<i>b</i>c", &[(0..1, 0..3)], "▇<i>b</i>c");
        check("a<x>b</x>c", &[(1..9, 1..4)], "a▇c");
        check("<p>a<x>b</x></p>", &[(4..12, 4..7)], "<p>a▇</p>");
        check("<p><x>b</x>&amp;</p>", &[(3..11, 3..6)], "<p>▇&amp;</p>");
        check("<p><x>b</x></p>", &[(3..11, 3..6)], "<p>▇</p>");
        check("abcdefg<br>", &[(1..2, 1..4), (3..5, 5..8), (6..7, 9..12)], "a▇c▇f▇<br>");
        check("<x>a</x><br><x>b</x> & <x>c</x>", &[(0..8, 0..3), (12..20, 7..10), (23..31, 13..16)], "▇<br>▇ & ▇");
    }
}
