//! URLs that begin with the name of a host, without a scheme: `example.com`, `docs.example.de/x`.
//!
//! Full stops join other things too: names of files and of parts of programs, sentences without a space. So a host
//! alone is known only by `.com` and the like; a path must follow where the top-level domain is a country's,
//! which may be a word or a kind of file.

use std::ops::Range;

use super::body_len;
use crate::select::chars::{is_word, last};
use crate::select::detect::context::after;
use crate::select::detect::top::{self, MAX_LABEL};

/// What looks for hosts in a text, from its start to its end.
#[derive(Default)]
pub(super) struct Hosts {
    /// Up to where the runs of labels and full stops were looked at, so that none is read twice.
    seen: usize,
}

impl Hosts {
    /// Leaves what stands before `end` alone: it is part of a URL.
    pub(super) fn skip_to(&mut self, end: usize) {
        self.seen = self.seen.max(end);
    }

    /// The URL whose host is around the full stop `at`.
    pub(super) fn url_around(&mut self, text: &str, at: usize) -> Option<Range<usize>> {
        if at < self.seen || text.as_bytes().get(at) != Some(&b'.') {
            return None;
        }
        let head = text.get(self.seen..at)?.trim_end_matches(is_inner);
        let run = self.seen + head.len()..inner_end(text, at);
        self.seen = run.end;
        let run_text = text.get(run.clone())?;
        let start = run.start + run_text.len() - run_text.trim_start_matches(is_joint).len();
        let end = run.start + run_text.trim_end_matches(is_joint).len();
        // `jo@.example.com` and `../example.com` are something else.
        let apart = start == run.start || slashes_before(text.get(..run.start)?).is_some();
        apart.then(|| url(text, start..end)).flatten()
    }
}

/// The URL whose host is at `host`, if it is one.
fn url(text: &str, host: Range<usize>) -> Option<Range<usize>> {
    let (head, name, tail) = (text.get(..host.start)?, text.get(host.clone())?, text.get(host.end..)?);
    let (rest, top) = split_last_label(name)?;
    let telling = is_telling(top) || split_last_label(rest).is_some_and(|(_, second)| top::is_second(second, top));
    // Few names get as far as this.
    let known = telling || tail.starts_with('/') && top::is_known(top);
    if !known || !is_host(name, rest, top) {
        return None;
    }
    let start = host.start - slashes_before(head)?;
    let path = match (tail.as_bytes().first(), tail.as_bytes().get(1)) {
        (Some(b'/'), _) => true,
        (Some(b'?' | b'#'), Some(next)) => telling && next.is_ascii_alphanumeric(),
        (Some(b':'), Some(port)) => telling && port.is_ascii_digit(),
        _ => false,
    };
    if path {
        let rest = text.get(host.start..)?;
        return Some(start..host.start + body_len(rest)?);
    }
    // `NET` is that of programmers, as in `ASP.NET`; a call, a field or the name of a mailbox.
    let other = top == "NET" || tail.starts_with(['(', '=', '@', '\\']);
    (telling && !other).then_some(start..host.end)
}

/// How many slashes before a host belong to its URL: two in `//example.com/x`, none in most, and nothing if it is no
/// host but part of a path, an address or a name.
fn slashes_before(head: &str) -> Option<usize> {
    if let Some(outer) = head.strip_suffix("//") {
        return last(outer).is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '\'')).then_some(2);
    }
    (!head.ends_with(['/', '\\', '@', '#', '$', '%', '~', '+'])).then_some(0)
}

/// Whether a top-level domain is one by which a host is known.
fn is_telling(top: &str) -> bool {
    top::is_generic(top) || top::is_encoded(top) || matches!(top, "рф" | "РФ")
}

/// What stands before and after the last full stop of a name.
fn split_last_label(name: &str) -> Option<(&str, &str)> {
    // The last label is short: to look at it byte by byte costs less than a call of memrchr.
    let dot = name.bytes().rposition(|b| b == b'.')?;
    name.get(..dot).zip(name.get(dot + 1..))
}

/// Whether a name, of labels in `rest` and the last one, `top`, is that of a host, and is written as one: not
/// `Thanks.Com`.
fn is_host(name: &str, rest: &str, top: &str) -> bool {
    let is_label = |label: &str| {
        let inner = !label.starts_with('-') && !label.ends_with('-');
        (1..=MAX_LABEL).contains(&label.len()) && inner
    };
    let cased = !top.contains(char::is_uppercase) || !name.contains(char::is_lowercase);
    cased && !top.contains('_') && rest.contains(char::is_alphabetic) && name.split('.').all(is_label)
}

/// Where the labels and joints that stand at `at` end.
fn inner_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        at += bytes.get(at..).unwrap_or_default().iter().take_while(|b| is_inner_ascii(**b)).count();
        match after(text, at).filter(|c| !c.is_ascii() && is_word(*c)) {
            Some(c) => at += c.len_utf8(),
            None => return at,
        }
    }
}

/// The characters of labels and what joins them.
fn is_inner(c: char) -> bool {
    match u8::try_from(c) {
        Ok(b) if b.is_ascii() => is_inner_ascii(b),
        _ => is_word(c),
    }
}

fn is_inner_ascii(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')
}

fn is_joint(c: char) -> bool {
    matches!(c, '.' | '-' | '_')
}
