//! The tokens of a result, worked out from those of its source and the edits, without reading it.

use std::ops::Range;

use crate::gallop::count_first;

use super::token::{AMPERSAND, BLANK, EVEN, Kind, LESS_THAN, PLAIN, TextKind, Token};

/// Turns the tokens of a source into those of its result. Each edit has put masks, or nothing, in place of tags and
/// text, or has taken a tag's attributes. `edits` are the ranges that were replaced in the source, each with the range
/// of the result that stands there now, in order; none is empty in the source or touches the next.
///
/// The caller has to know that the result is read so: that no tag comes about at an edit,
/// and that text goes on over it.
pub(crate) fn carry(tokens: Vec<Token>, edits: impl Iterator<Item = (Range<usize>, Range<usize>)>) -> Vec<Token> {
    let mut carry = Carry { tokens, written: 0, next: 0, moved: 0, begun: Token::NOTHING };
    for (source, result) in edits {
        carry.replace(&source, &result);
    }
    carry.finish()
}

/// Takes from the texts that an edit touches the flags of what the edit has taken out of them. `tokens` are those of
/// `result`, and the ranges of the edits stand in it, in order.
pub(crate) fn flag_again(tokens: &mut [Token], result: &str, edits: impl Iterator<Item = Range<usize>>) {
    let mut next = 0;
    for edit in edits {
        next += count_first(&tokens[next..], |token| token.end() < edit.start);
        while let Some(token) = tokens.get_mut(next).filter(|token| token.start() <= edit.end) {
            // Of all edits in a text, the first has it looked at.
            next += 1;
            if is_text(token) {
                *token = token.without(stale_flags(token, result));
            }
        }
    }
}

fn stale_flags(token: &Token, result: &str) -> u16 {
    let is_stale = |flag: u16, byte| {
        let has_none = || memchr::memchr(byte, &result.as_bytes()[token.range()]).is_none();
        token.has(flag) && has_none()
    };
    (if is_stale(AMPERSAND, b'&') { AMPERSAND } else { 0 }) | (if is_stale(LESS_THAN, b'<') { LESS_THAN } else { 0 })
}

/// The list as it is rewritten. No edit makes it longer, so that it can be rewritten in place.
struct Carry {
    /// Up to `written` the tokens of the result, from `next` on those of the source.
    tokens: Vec<Token>,
    written: usize,
    next: usize,
    /// How far the tokens from `next` on have moved.
    moved: usize,
    /// The text before `next`, if the last token of the result is to go on with it; otherwise [`Token::NOTHING`].
    // An option of a token is copied in parts that overlap, which a processor waits for:
    // it took a fiftieth of the whole job.
    begun: Token,
}

impl Carry {
    fn replace(&mut self, source: &Range<usize>, result: &Range<usize>) {
        self.keep(source.start);
        if is_text(&self.begun) {
            // What stands before a range in a text goes on with the range.
            self.go_on(self.begun.ending(source.start));
        } else if let Some(&cut) = self.tokens.get(self.next).filter(|token| token.start() < source.start) {
            if !is_text(&cut) {
                return self.bare(&cut, source, result);
            }
            self.push(cut.moved(self.moved));
            self.begun = cut;
            self.next += 1;
        }
        let is_cut = is_text(&self.begun);
        if self.begun.end() <= source.end {
            self.begun = Token::NOTHING;
        }
        let mut namespace = 0;
        if !is_text(&self.begun) {
            let replaced = count_first(&self.tokens[self.next..], |token| token.end() <= source.end);
            let replaced = self.next..self.next + replaced;
            self.next = replaced.end;
            // Marks open nothing, so that all text of an edit stands in one element.
            namespace = self.tokens[replaced].iter().find(|token| is_text(token)).map_or(0, Token::namespace);
            if let Some(&text) = self.tokens.get(self.next).filter(|token| is_text(token)) {
                self.begun = text;
                self.next += 1;
            }
        }
        match self.tokens[..self.written].last_mut().filter(|last| is_cut || is_text(last)) {
            // Where nothing is left, spaces on both sides meet.
            Some(before) if result.is_empty() => *before = before.ending(result.end).uneven(),
            Some(before) => *before = before.ending(result.end).without(BLANK),
            // What has only gone leaves no text, but the text after it begins here.
            None if result.is_empty() && !is_text(&self.begun) => {}
            None => self.push(Token::new(Kind::Text(TextKind::Data), result.clone()).with(EVEN | PLAIN | namespace)),
        }
        self.moved = result.end.wrapping_sub(source.end);
    }

    fn bare(&mut self, tag: &Token, source: &Range<usize>, result: &Range<usize>) {
        self.push(tag.moved(self.moved).bared(source.len() - result.len()));
        self.next += 1;
        self.moved = result.end.wrapping_sub(source.end);
    }

    /// Moves the tokens that end at or before `end`.
    fn keep(&mut self, end: usize) {
        if is_text(&self.begun) {
            if self.begun.end() > end {
                return;
            }
            self.go_on(self.begun);
            self.begun = Token::NOTHING;
        }
        let count = count_first(&self.tokens[self.next..], |token| token.end() <= end);
        // Before the first edit all are where they have to be.
        if count > 0 && (self.written < self.next || self.moved != 0) {
            self.tokens.copy_within(self.next..self.next + count, self.written);
            for token in &mut self.tokens[self.written..self.written + count] {
                *token = token.moved(self.moved);
            }
        }
        self.written += count;
        self.next += count;
    }

    fn go_on(&mut self, text: Token) {
        if let Some(last) = self.tokens[..self.written].last_mut() {
            *last = last.joined(&text.moved(self.moved));
        }
    }

    fn push(&mut self, token: Token) {
        self.tokens[self.written] = token;
        self.written += 1;
    }

    fn finish(mut self) -> Vec<Token> {
        self.keep(usize::MAX);
        self.tokens.truncate(self.written);
        self.tokens
    }
}

fn is_text(token: &Token) -> bool {
    token.kind() == Kind::Text(TextKind::Data)
}

#[cfg(test)]
mod tests {
    use super::{carry, flag_again};
    use crate::html::tokenize;

    fn check(source: &str, edits: &[(std::ops::Range<usize>, std::ops::Range<usize>)], result: &str) {
        let old = tokenize(source);
        let carried = carry(old.tokens().to_vec(), edits.iter().cloned());
        assert_eq!(carried, tokenize(result).tokens(), "{source} to {result}");
        assert!(carried.iter().all(|token| token.is_truthful(result)), "{source} to {result}");
    }

    #[test]
    fn text_and_masks_are_one_token() {
        check("a<i>b</i>c", &[(0..1, 0..3)], "▇<i>b</i>c");
        check("a<x>b</x>c", &[(1..9, 1..4)], "a▇c");
        check("<p>a<x>b</x></p>", &[(4..12, 4..7)], "<p>a▇</p>");
        check("<p><x>b</x>&amp;</p>", &[(3..11, 3..6)], "<p>▇&amp;</p>");
        check("<p><x>b</x></p>", &[(3..11, 3..6)], "<p>▇</p>");
        check("abcdefg<br>", &[(1..2, 1..4), (3..5, 5..8), (6..7, 9..12)], "a▇c▇f▇<br>");
        check("<p><x>a</x>b</p>", &[(3..6, 3..3), (7..11, 4..4)], "<p>ab</p>");
        check("<p><x></x></p>", &[(3..10, 3..3)], "<p></p>");
        check("<p>a <x></x> b</p>", &[(5..12, 5..5)], "<p>a  b</p>");
        check("a<p class=b hidden>c<br id=d /></p>", &[(3..18, 3..3), (23..29, 8..8)], "a<p>c<br/></p>");
        check("<x>a</x><br><x>b</x> & <x>c</x>", &[(0..8, 0..3), (12..20, 7..10), (23..31, 13..16)], "▇<br>▇ & ▇");
    }

    #[test]
    fn flags_go_with_what_they_tell_of() {
        for (source, edit, result) in [
            ("a&amp;b<br>&lt;", (0..6, 0..3), "▇b<br>&lt;"),
            ("a&amp;b&amp;", (0..6, 0..3), "▇b&amp;"),
            ("a < b", (0..3, 0..3), "▇ b"),
            ("<b>a&amp;b", (3..9, 3..3), "<b>b"),
            ("a &amp; < b", (2..7, 2..5), "a ▇ < b"),
        ] {
            let mut tokens = carry(tokenize(source).tokens().to_vec(), std::iter::once(edit.clone()));
            flag_again(&mut tokens, result, std::iter::once(edit.1));
            assert_eq!(tokens, tokenize(result).tokens(), "{source} to {result}");
        }
    }
}
