//! A result that reads other than what was to be kept is refused. Masking gives none, so these are made by hand.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::ops::Range;

use super::check;
use crate::edit::{Action, EditsBuilder, Ranges, Selection};
use crate::error::Error;
use crate::html::{Token, tokenize};

/// Each `[removed|replacement]` of `edited` is one edit. A tag or comment goes with all of its bytes;
/// of a tag that loses some, attributes go.
fn checked(edited: &str) -> Result<(), Error> {
    let (mut source, mut result, mut ranges, mut kept) = (String::new(), String::new(), Vec::new(), edited);
    let mut edits = EditsBuilder::new(edited.len(), 0, 0);
    while let Some((before, rest)) = kept.split_once('[') {
        let (edit, after) = rest.split_once(']').expect("the edit ends");
        let (removed, replacement) = edit.split_once('|').expect("the edit has a replacement");
        source.push_str(before);
        result.push_str(before);
        let start = source.len();
        source.push_str(removed);
        result.push_str(replacement);
        edits.grow(start..source.len());
        edits.append(replacement);
        ranges.push(start..source.len());
        kept = after;
    }
    source.push_str(kept);
    result.push_str(kept);
    let fragment = tokenize(&source);
    let action = |token: &Token| {
        let is_in = |range: &Range<usize>| range.start <= token.start() && token.end() <= range.end;
        let is_cut = |range: &Range<usize>| token.start() < range.start && range.end < token.end();
        match token.is_text() {
            false if ranges.iter().any(is_in) => Action::Remove,
            false if ranges.iter().any(is_cut) => Action::Bare,
            _ => Action::Keep,
        }
    };
    let actions = fragment.tokens().iter().map(action).collect();
    let selection = Selection { text: Ranges::from_unsorted(ranges.clone()), actions };
    check(&fragment, &selection, &edits.finish(), &tokenize(&result))
}

#[test]
fn what_reads_as_it_did_is_accepted() {
    for edited in [
        "a[b|▇]c",
        "a[<b>|]c[</b>|]d",
        "a[b|▇]&amp;[c|▇]d",
        "[a|▇]&am[b|▇]p;",
        "&lt[a|▇]b",
        "&not[a|▇]in;",
        "&#6[a|▇]5;",
        "x[&|]&lt;",
        "a[b|<!---->]c",
        "a[b|&lt;]c",
        "a\r[\n|▇]b",
        "a[b\r|▇]\nc",
        "a[b|]\0c",
        "a[<b>|]\0c",
        "<b[ x|]>a",
        "<title>a[b|▇]c</title>",
        "<style>[a|▇]b</style>c",
        "<pre>\n[<b>|]x",
        "<pre>\n[a|▇]b",
        "<pre>\n[a|]\nb",
        "<pre>[\n|▇]b",
        "<pre>[a|▇]\nb",
        "<textarea>[a|▇]\nb</textarea>",
    ] {
        assert_eq!(checked(edited), Ok(()), "{edited}");
    }
}

#[test]
fn what_reads_otherwise_is_refused_where_it_begins() {
    for (edited, offset) in [
        // Two sides become a tag, a comment or a reference.
        ("<p>a[<b>|]<[</b>|]script>x", 3),
        ("<[b|]!--x", 0),
        ("&am[<b>|]p;x", 0),
        ("a&l[<b>|]t[</b>|];x", 0),
        ("&#6[a|]5;", 0),
        ("x&[amp;|]lt;", 0),
        ("&[amp|]lt;", 0),
        // A reference is cut.
        ("&#6[5|];", 0),
        ("&#6[5;|▇]", 0),
        ("&#[65;|▇]", 0),
        ("&[#65;|▇]x", 0),
        ("&notin[;|▇]a", 0),
        ("&notin[;|]a", 0),
        ("[&am|▇]p;&lt;", 0),
        ("a[&am|▇]p;", 0),
        ("a[&am|]p;", 0),
        ("a&#6[5;|▇]b", 0),
        // Line ends become one, or HTML drops one.
        ("a\r[<b>|]\n", 0),
        ("a\r[b|]\nc", 0),
        ("<pre>[<b>|]\nx", 5),
        ("<pre>[<b>|]&#10;b", 5),
        ("<pre>[a|]\nb", 5),
        ("<textarea>[a|]\nb</textarea>", 10),
        ("[<pre>|]\nx", 0),
        // A replacement goes on with the text, or is more than text.
        ("&am[xy|p;]z", 0),
        ("&not[a|in;]b", 0),
        ("&not[a|i]n;", 0),
        ("a[b|&amp;]c", 0),
        ("a[b|&amp;]&lt;", 0),
        ("<b>[a|&]amp;</b>", 3),
        ("<b>x[a|&l]t;</b>", 3),
        ("<title>a[b|&amp;]c</title>", 7),
        ("<title>&am[b|p;]c</title>", 7),
        ("a[b|<!--x-->]c", 0),
        ("[<b>|<i>]x</b>", 0),
        ("a[<b>|<i>]", 0),
        ("a[<b>|<i>]b", 0),
        ("<p>a</p>[x|<b>]", 8),
        ("a[b|▇]<i>c</i>[d|<i>]e", 10),
        ("[<i>|]a</i>[b|</i>]c", 8),
        ("<i>x</i>[a|<!--]<b>c</b>", 8),
        ("x[a|<textarea>]<b>c</b>", 0),
        ("<title>[a|</title>]b</title>c", 7),
        ("<style>[a|</style>]b</style>c", 7),
        ("<script>a[b|<!--]<script></script>c</script>d", 8),
        // What is read by rules of its own loses its end or its beginning.
        ("<title>a[</title>|]<b>c</b>", 7),
        ("[<title>|]a</title>", 7),
        ("<style>a[</style>|]b", 7),
        ("[<plaintext>|]a<b>c", 11),
        ("a[<!--|]b-->c", 0),
        ("[<svg>|]<g/>a", 5),
        ("<svg><desc>a[</desc>|]b</svg>", 11),
        ("<svg>a[<desc>|]b</svg>", 5),
        ("<math>a[<mi>|]b</mi></math>", 7),
    ] {
        assert_eq!(checked(edited), Err(Error::UnsafeRemoval { offset }), "{edited}");
    }
}
