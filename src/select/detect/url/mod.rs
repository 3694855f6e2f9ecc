//! URLs: with a scheme and `//` (RFC 3986), that begin with `www.`, or with the name of a host.

mod bare;

use std::ops::Range;

use super::context::{before, word_before};
use crate::until::until_end;
use bare::Hosts;

/// The longest scheme that is looked for, in bytes.
const MAX_SCHEME: usize = 32;

/// How many labels of a host are looked at for one that begins with a letter, so that a row of `www.` is not read again
/// for each.
const MAX_LABELS: usize = 5;

pub(super) fn scan(text: &str, hit: &mut dyn FnMut(Range<usize>)) {
    let mut hosts = Hosts::default();
    let url = |at| {
        let url = url_around(text, at).or_else(|| hosts.url_around(text, at))?;
        hosts.skip_to(url.end);
        Some(url)
    };
    scan_for(text, url, hit);
}

/// Reports the URLs that a scheme or `www.` marks as such.
pub(super) fn scan_marked(text: &str, hit: &mut dyn FnMut(Range<usize>)) {
    scan_for(text, |at| url_around(text, at), hit);
}

/// Reports the URLs that `url` finds around colons and full stops.
fn scan_for(text: &str, mut url: impl FnMut(usize) -> Option<Range<usize>>, hit: &mut dyn FnMut(Range<usize>)) {
    let next = |from| until_end(text.as_bytes(), from, |byte, _| byte.is(b':') | byte.is(b'.'));
    let mut at = next(0);
    while at < text.len() {
        let url = url(at);
        at = next(url.as_ref().map_or(at + 1, |url| url.end));
        if let Some(url) = url {
            hit(url);
        }
    }
}

/// The URL whose scheme ends at the colon `at`, or whose `www` ends at the full stop `at`.
fn url_around(text: &str, at: usize) -> Option<Range<usize>> {
    let (start, body) = match text.as_bytes().get(at..)? {
        [b':', b'/', b'/', ..] => (scheme_start(text, at)?, at + 3),
        [b'.', ..] => (www_start(text, at)?, at + 1),
        _ => return None,
    };
    let rest = text.get(body..)?;
    // After `www.`, which need not be a host's.
    let is_url = body == at + 3 || rest.starts_with(begins_body) && has_domain(rest);
    is_url.then(|| body_len(rest)).flatten().map(|len| start..body + len)
}

fn scheme_start(text: &str, colon: usize) -> Option<usize> {
    let scheme = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-');
    let run = text.as_bytes().get(..colon)?.iter().rev().take(MAX_SCHEME).take_while(|b| scheme(b)).count();
    let run = text.get(colon - run..colon)?;
    let run = run.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    (run.len() >= 2).then_some(colon - run.len())
}

fn www_start(text: &str, dot: usize) -> Option<usize> {
    let start = dot.checked_sub(3)?;
    let www = matches!(text.as_bytes().get(start..=dot)?, [b'w' | b'W', b'w' | b'W', b'w' | b'W', b'.']);
    let joined = || before(text, start).is_some_and(|c| matches!(c, '.' | '-' | '/' | '@'));
    (www && !word_before(text, start) && !joined()).then_some(start)
}

/// Whether the host that `body` begins with has a full stop and a letter after it.
fn has_domain(body: &str) -> bool {
    // Placeholders such as `www.{shop}.example.com` are read, other punctuation ends the host.
    let inner = |c| matches!(c, '-' | '_' | '~' | '%' | '$' | '{' | '}' | '[' | ']');
    let ends = |c: char| c.is_whitespace() || c.is_ascii_punctuation() && !inner(c);
    let mut labels = body.splitn(MAX_LABELS + 1, '.').take(MAX_LABELS);
    if labels.next().is_none_or(|first| first.is_empty() || first.contains(ends)) {
        return false;
    }
    let telling = |label: &&str| label.starts_with(char::is_alphabetic) || label.contains(ends);
    labels.find(telling).is_some_and(|label| label.starts_with(char::is_alphabetic))
}

/// Whether the rest of a URL can begin with `c`: besides a host, a number, a wildcard, a password without a user, a
/// placeholder.
fn begins_body(c: char) -> bool {
    // Not the block elements among them, of which the mask is one.
    let is_symbol = matches!(c, '\u{2190}'..='\u{257f}' | '\u{25a0}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    c.is_alphanumeric()
        || is_symbol
        || matches!(c, '[' | '/' | '.' | '~' | '$' | '{' | '%' | '-' | '_' | '+' | '*' | ':')
}

/// How much of `text` is the rest of a URL: up to white space or a character that no URL has, without the
/// punctuation at the end and without a closing bracket that nothing opens.
fn body_len(text: &str) -> Option<usize> {
    if !text.starts_with(begins_body) {
        return None;
    }
    let mut len = 0;
    let mut open = [0_usize; 3];
    for (at, c) in text.char_indices() {
        match c {
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '«' | '»' | '“' | '”' | '„' | '…' => break,
            // The punctuation of Chinese and Japanese.
            '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}' => break,
            _ if c.is_whitespace() || c.is_control() => break,
            '(' | '[' | '{' => open[bracket(c)] += 1,
            ')' | ']' | '}' => {
                let depth = &mut open[bracket(c)];
                if *depth == 0 {
                    break;
                }
                *depth -= 1;
                len = at + 1;
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '~' | '‘' | '’' => {}
            _ => len = at + c.len_utf8(),
        }
    }
    (len > 0).then_some(len)
}

/// The number of a bracket's kind.
fn bracket(c: char) -> usize {
    match c {
        '(' | ')' => 0,
        '[' | ']' => 1,
        _ => 2,
    }
}
