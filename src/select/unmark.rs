//! A marked body without its marks (rule C40).

use std::ops::Range;

use crate::error::Error;
use crate::gallop::count_first;
use crate::html::{Attribute, Fragment, Kind, Options, Token, tokenize_with};
use crate::policy::Policy;
use crate::select::marks::{MARK, find};

/// `marked` without its marks: mark tags and `redact` attributes are cut out, every other byte stays (rule C40). The
/// white space before an attribute goes with it, unless the tag would then be read differently.
///
/// # Errors
/// [`Error::UnclosedMark`], [`Error::StrayMark`] and [`Error::HiddenMark`]; [`Error::InputTooLarge`] and
/// [`Error::TooManyMarks`] by the default [`crate::Limits`].
///
/// ```
/// let marked = r#"<p>ID <redact>847564</redact> <img redact src="a.png"></p>"#;
/// assert_eq!(blackbar::unmark(marked)?, r#"<p>ID 847564 <img src="a.png"></p>"#);
/// # Ok::<(), blackbar::Error>(())
/// ```
pub fn unmark(marked: &str) -> Result<String, Error> {
    let policy = Policy::default();
    policy.limits.check_input(marked.len())?;
    let fragment = tokenize_with(marked, &Options::default().watch(MARK));
    if let Some(offset) = find(&fragment, &policy, false)?.hidden {
        return Err(Error::HiddenMark { offset });
    }
    let mut unmarked = String::with_capacity(marked.len());
    let mut kept = 0;
    for cut in cuts(&fragment) {
        unmarked.push_str(&marked[kept..cut.start]);
        kept = cut.end;
    }
    unmarked.push_str(&marked[kept..]);
    Ok(unmarked)
}

/// The length of a marked body without its marks, in bytes.
pub(crate) fn unmarked_len(fragment: &Fragment<'_>) -> usize {
    let cut: usize = cuts(fragment).iter().map(ExactSizeIterator::len).sum();
    fragment.source().len() - cut
}

/// What to cut from a marked body to take its marks out, in order.
fn cuts(fragment: &Fragment<'_>) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    for token in fragment.tokens() {
        if token.is_watched() {
            cuts.push(token.range());
        } else if token.kind() == Kind::StartTag && token.has_watched_attribute() {
            cut_attributes(fragment, token, &mut cuts);
        }
    }
    cuts
}

/// Adds the `redact` attributes of a tag. What stays must not join: a slash that means nothing must not come before the
/// `>`, nor a value or name before what followed the attribute.
fn cut_attributes(fragment: &Fragment<'_>, token: &Token, cuts: &mut Vec<Range<usize>>) {
    let bytes = fragment.source().as_bytes();
    // Where the name or the last attribute that stays ends, and whether that is a value without quotes.
    let (mut kept, mut is_unquoted) = (fragment.after_name(token).start, false);
    for attribute in fragment.attributes(token) {
        let end = attribute_end(bytes, &attribute);
        if !bytes[attribute.name.clone()].eq_ignore_ascii_case(MARK.as_bytes()) {
            is_unquoted = !attribute.value.is_empty() && end == attribute.value.end;
            kept = end;
            continue;
        }
        let name = attribute.name.start;
        let spaces = bytes[kept..name].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        let mut start = name - spaces;
        if let Some(last) = cuts.pop_if(|last| last.end == start) {
            start = last.start;
        }
        let joins = match bytes.get(end) {
            Some(b'>') => start > kept && bytes[start - 1] == b'/',
            Some(b'/') => start == kept && is_unquoted,
            next => next.is_some_and(|byte| !byte.is_ascii_whitespace()),
        };
        if joins && bytes[start].is_ascii_whitespace() {
            start += 1;
        } else if joins && bytes.get(end) == Some(&b'>') {
            start = kept;
            cuts.truncate(count_first(cuts, |cut| cut.start < kept));
        }
        cuts.push(start..end);
    }
}

/// Where an attribute ends, with the quote that closes its value.
fn attribute_end(bytes: &[u8], attribute: &Attribute) -> usize {
    let value = &attribute.value;
    let is_quoted = value.start > attribute.name.end
        && matches!(bytes.get(value.end), Some(b'"' | b'\''))
        && bytes.get(value.start - 1) == bytes.get(value.end);
    value.end + usize::from(is_quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_cut_out_of_tags() {
        let cases = [
            ("<img redact src=a>", "<img src=a>"),
            ("<img src=a redact>", "<img src=a>"),
            ("<img src=a redact=\"\">", "<img src=a>"),
            ("<img src='a'redact='b'>", "<img src='a'>"),
            ("<img src=a redact = b alt>", "<img src=a alt>"),
            ("<img src=a\n redact Redact alt>", "<img src=a alt>"),
            ("<img src='a' redact/>", "<img src='a'/>"),
            ("<br redact/>", "<br/>"),
        ];
        for (marked, expected) in cases {
            assert_eq!(unmark(marked).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_stays_of_a_tag_does_not_join() {
        let cases = [
            ("<img src=a redact/>", "<img src=a />"),
            ("<img src=a redact redact/>", "<img src=a />"),
            ("<a redact='b'c=d>", "<a c=d>"),
            ("<a b=1 redact=''c=d>", "<a b=1 c=d>"),
            ("<path/redact>", "<path>"),
            ("<path / redact>", "<path / >"),
            ("<path d='e'/redact>", "<path d='e'>"),
            ("<path / redact/redact>", "<path>"),
            ("<path/redact redact>", "<path>"),
            ("<path / redact redact>", "<path / >"),
        ];
        for (marked, expected) in cases {
            assert_eq!(unmark(marked).as_deref(), Ok(expected));
        }
    }

    /// The slow twin: what a tag is, but for the attribute, stays the same.
    #[test]
    fn a_tag_without_the_attribute_is_read_alike() {
        let units = [" ", "/", "redact", "\"", "'", "=", "a", "b", "\n", "redact='c'", " redact", "x=1"];
        let mut random = crate::random::Random::new(1);
        let mut done = 0;
        for _ in 0..60_000 {
            let marked = format!("<svg><path{}>", random.text(8, &units));
            let Ok(unmarked) = unmark(&marked) else { continue };
            let (before, after) = (
                tokenize_with(&marked, &Options::default().watch(MARK)),
                tokenize_with(&unmarked, &Options::default()),
            );
            let read = |fragment: &Fragment<'_>| -> Vec<_> {
                let attributes = |token: &Token| -> Vec<_> {
                    let source = fragment.source();
                    let attributes = fragment.attributes(token);
                    let pairs = attributes.map(|one| (one.canonical_name(source), one.decoded_value(source)));
                    pairs
                        .filter(|(name, _)| name != MARK)
                        .map(|(name, value)| (name.into_owned(), value.into_owned()))
                        .collect()
                };
                let tokens = fragment.tokens().iter();
                tokens
                    .map(|token| {
                        (
                            token.kind(),
                            fragment.tag_name(token).into_owned(),
                            token.is_self_closing(),
                            attributes(token),
                        )
                    })
                    .collect()
            };
            // An attribute whose name begins with `=` could become a value, and nothing can be cut to prevent that.
            if read(&before).iter().any(|tag| tag.3.iter().any(|(name, _)| name.starts_with('='))) {
                continue;
            }
            assert_eq!(read(&before), read(&after), "{marked:?} {unmarked:?}");
            done += usize::from(marked != unmarked);
        }
        assert!(done > 1_000, "{done}");
    }
}
