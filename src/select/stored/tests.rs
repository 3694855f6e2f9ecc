//! The work is counted, since a stopwatch would not tell a slow machine from a slow rule.

use std::cell::Cell;

use super::project;
use crate::error::Error;
use crate::html::{Fragment, Options, tokenize_with};

thread_local! {
    static LOOKS: Cell<usize> = const { Cell::new(0) };
}

/// Notes that an open element was looked at.
pub(super) fn look() {
    LOOKS.with(|looks| looks.set(looks.get() + 1));
}

fn fragment(source: &str) -> Fragment<'_> {
    tokenize_with(source, &Options::default().watch("redact"))
}

/// The bodies after a paragraph whose end tag the copy writes, so that what is open is tracked.
fn looks(stored: &str, marked: &str) -> (Result<(), Error>, usize, usize) {
    let stored = format!("<p>a<p>b<div></div>{stored}");
    let marked = format!("<p>a</p><p><redact>b</redact></p><div></div>{marked}");
    let (stored, marked) = (fragment(&stored), fragment(&marked));
    LOOKS.with(|looks| looks.set(0));
    let outcome = project(&stored, &marked).map(|_| ());
    (outcome, LOOKS.with(Cell::get), stored.tokens().len() + marked.tokens().len())
}

#[test]
fn each_open_element_is_looked_at_a_bounded_number_of_times() {
    let shapes = [
        // What comes before, again and again, and after; and what the copy has after it.
        ("<ul>", "<li>a", "</ul>", "</li></ul>"),
        ("<span><span><span>", "<li>", "", ""),
        ("", "<div>", "", ""),
        ("", "<p><span>", "", ""),
        ("", "<b>", "", ""),
        ("", "<table><tr><td>", "", ""),
        ("<table>", "<tr><td>", "</table>", "</table>"),
        ("<ruby>", "<rt>", "</ruby>", "</ruby>"),
        ("<dl>", "<dt>", "</dl>", "</dl>"),
        ("<select>", "<option>", "</select>", "</select>"),
        ("<svg>", "<g>", "</svg>", "</svg>"),
        ("", "<x-a>", "", ""),
        ("", "<a><span><span>", "", ""),
        ("", "<h3>a</h2>", "", ""),
        ("<div>", "<span>", "</div>", "</div>"),
        ("<div>", "<x-a>", "</b>", "</b>"),
        ("", "<button>", "", ""),
        ("<ul>", "<li><ul>", "", ""),
    ];
    for (before, again, after, copied_after) in shapes {
        let stored = format!("{before}{}{after}", again.repeat(3000));
        let marked = format!("{before}{}{copied_after}", again.repeat(3000));
        let (outcome, looks, tokens) = looks(&stored, &marked);
        assert_eq!(outcome, Ok(()), "{before}{again}");
        assert!(looks <= 3 * tokens, "{looks} looks for {tokens} tokens: {before}{again}");
    }
}

#[test]
fn tags_that_are_ignored_cost_nothing() {
    let names = |before: &str| (0..3000).map(|number| format!("{before}x{number}>")).collect::<String>();
    let ends = ["</b>", "</div>", "</li>", "</x-b>", "</table>", "</p>", "</br>", "</form>", "</svg>", "</>", "<td>"];
    let ends = ends.map(|end| end.repeat(3000)).into_iter().chain([names("</"), names("<") + "<div>" + &names("</")]);
    for end in ends {
        let body = format!("{}{end}<p>a", "<span>".repeat(3000));
        let (outcome, looks, tokens) = looks(&body, &body);
        assert_eq!(outcome, Ok(()));
        assert!(looks <= 3 * tokens, "{looks} looks for {tokens} tokens: {end:.40}");
    }
}

#[test]
fn sixty_thousand_levels_are_walked_without_recursion() {
    let stored = "<div><b>".repeat(60_000);
    let marked = format!("{}<redact></redact>", stored) + &"</b></div>".repeat(60_000);
    let (outcome, ..) = looks(&stored, &marked);
    assert!(matches!(outcome, Err(Error::EmptyMark { .. })));
}
