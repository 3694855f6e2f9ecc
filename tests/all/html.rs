//! Marks, attributes, masks and seams: the cases of `tests/data`, one by one.

use std::time::{Duration, Instant};

use blackbar::{ClusterEdge, EmbeddedInMarks, Error, Limits, Mask, Policy, Redactor, Unit, Whitespace};

use crate::laws;
use crate::support::cases::{Case, cases};

#[test]
fn marks() {
    check(include_str!("../data/marks.txt"));
}

#[test]
fn the_attribute() {
    check(include_str!("../data/attribute.txt"));
}

#[test]
fn masks() {
    check(include_str!("../data/mask.txt"));
}

#[test]
fn seams() {
    check(include_str!("../data/seams.txt"));
}

#[test]
fn a_range_over_what_an_element_hides_takes_it_out() -> Result<(), Error> {
    for name in ["script", "style", "iframe", "noembed", "noframes"] {
        let (start, end) = (format!("a<{name}>"), format!("</{name}>b"));
        let body = format!("{start}SECRET{end}");
        let redaction = Redactor::default().html_ranges(&body, &[start.len()..start.len() + 6], Unit::Bytes)?;
        assert_eq!(redaction.text(), format!("{start}{end}"));
    }
    Ok(())
}

/// A tag counts as bared by what it lost, in a mark or by the attribute,
/// and not at all if it went with an element around it.
#[test]
fn the_report_counts_tags_by_what_became_of_them() -> Result<(), Error> {
    for (marked, removed, bared) in [
        ("<redact>a</div z></redact>", 0, 1),
        ("<input redact>", 1, 0),
        ("<div redact class=x>a</div>", 0, 1),
        ("<div redact class=x>a</div z>", 0, 2),
        ("<redact>a<div redact class=x>b</div z></redact>", 0, 2),
        ("<redact><foo redact class=x>a<table></foo z></redact>", 2, 0),
        ("<video redact><div redact class=x>a</div z></video>", 0, 0),
        ("<video redact><b redact>a</b><img redact></video><i redact>b</i>", 2, 0),
    ] {
        let redaction = Redactor::default().html(marked)?;
        let report = redaction.report();
        assert_eq!((report.tags_removed(), report.tags_bared()), (removed, bared), "{marked}");
    }
    Ok(())
}

/// Work that grew with the square of the depth would take minutes.
#[test]
fn nested_elements_that_all_go_cost_no_more_than_the_outermost() -> Result<(), Error> {
    let depth = 400_000;
    let redactor = Redactor::new(Policy::default().limits(Limits::default().marks(depth)))?;
    let marked = format!("a{}SECRET{}b", "<svg redact>".repeat(depth), "</svg>".repeat(depth));
    let start = Instant::now();
    let redaction = redactor.html(&marked)?;
    assert_eq!((redaction.text(), redaction.report().embedded_removed()), ("ab", depth));
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    Ok(())
}

#[test]
fn marks_and_attributes_count_as_marks() -> Result<(), Error> {
    let redactor = Redactor::new(Policy::default().limits(Limits::default().marks(2)))?;
    for marked in ["<redact>a<redact>b</redact></redact>", "<b redact><redact>a</redact></b>"] {
        assert!(redactor.html(marked).is_ok(), "{marked}");
        let more = format!("{marked}<redact>c</redact>");
        assert_eq!(redactor.html(&more).map(|_| ()), Err(Error::TooManyMarks { limit: 2 }), "{more}");
    }
    Ok(())
}

/// In SVG, HTML that is not plainly nested leaves in doubt what is open, so that no tag can be taken out.
#[test]
fn tags_in_svg_that_do_more_than_nest_leave_it_in_doubt() {
    let headings = "h1 h2 h3 h4 h5 h6";
    for (outer, inner) in [
        ("p", "p div ul hr option optgroup rb rp rt rtc h1 h2 h3 h4 h5 h6"),
        ("option optgroup", "option optgroup hr rb rp rt rtc"),
        ("li dd dt rb rp rt rtc", "option optgroup rb rp rt rtc"),
        ("ul><li dl><dd dl><dt", "option optgroup rb rp rt rtc"),
        ("select", "select input keygen textarea hr"),
        (headings, headings),
        ("button", "button"),
        ("a", "a"),
        ("nobr", "nobr"),
        ("b", "html head body frameset form col caption tbody tr td th li dd dt"),
    ] {
        for (outer, inner) in outer.split(' ').flat_map(|outer| inner.split(' ').map(move |inner| (outer, inner))) {
            let marked = format!("<img redact><svg><desc><{outer}><{inner}>");
            let refused = Redactor::default().html(&marked).map(|_| ());
            assert_eq!(refused, Err(Error::UnsafeRemoval { offset: 0 }), "{marked}");
        }
    }
    for nested in
        ["<ul><li>", "<ol><li>", "<menu><li>", "<dir><li>", "<dl><dd>", "<dl><dt>", "<div><p>", "<p><b>", "<b><a>"]
    {
        let marked = format!("<img redact><svg><desc>{nested}");
        assert!(Redactor::default().html(&marked).is_ok(), "{marked}");
    }
}

#[test]
fn masks_that_could_join_or_cannot_be_seen_are_refused() {
    let refused = |mask| Redactor::new(Policy::default().mask(mask)).is_err_and(|error| error == Error::BadMask);
    let markup = "<>&\"'/!?#;{}";
    let letters = "azAZ09";
    let blank = " \t\n\0\u{7f}\u{85}\u{a0}\u{3000}\u{2028}\u{2800}\u{3164}\u{ffa0}\u{115f}";
    let joining = "\u{301}\u{20dd}\u{fe0f}\u{200d}\u{200c}\u{ad}\u{200b}\u{feff}\u{202e}\u{600}\u{1f1e6}\u{1f3fd}\u{1100}\u{1161}\u{e33}";
    for c in [markup, letters, blank, joining].concat().chars() {
        assert!(refused(Mask::PerGrapheme(c)), "{c:?}");
        assert!(letters.contains(c) || c == ' ' || Mask::label(&format!("a{c}b")).is_err(), "{c:?}");
    }
    for good in "▇█*•×…é漢-=[".chars() {
        assert!(!refused(Mask::PerGrapheme(good)), "{good:?}");
    }
    assert!(
        refused(Mask::Fixed(0)) && !refused(Mask::Fixed(1)) && !refused(Mask::Fixed(64)) && refused(Mask::Fixed(65))
    );
    for label in ["", " ", "\u{a0}", "\u{3164}", " a", "a ", "a\tb", &"a".repeat(49)] {
        assert!(Mask::label(label).is_err(), "{label:?}");
    }
    for label in ["a", "[removed]", "a b", "entfernt: Nº 1", &"a".repeat(48)] {
        assert!(Mask::label(label).is_ok_and(|mask| !refused(mask)), "{label:?}");
    }
}

#[track_caller]
fn check(file: &str) {
    for case in cases(file) {
        let policy = policy(&case);
        let redactor = Redactor::new(policy).expect("the case's policy is good");
        match redactor.html(&case.input) {
            Ok(redaction) => case.expect("text", redaction.text()),
            Err(error) => case.expect_error(error),
        }
        laws::html::html_law(&case.input, policy);
    }
}

/// The policy that a case asks for: one line a setting.
#[track_caller]
fn policy(case: &Case) -> Policy {
    let mut policy = Policy::default();
    for line in case.find("policy").unwrap_or_default().lines() {
        policy = match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["mask", "fixed", count] => policy.mask(Mask::Fixed(count.parse().expect("a number"))),
            ["mask", "label", ..] => {
                let text = line.strip_prefix("mask label ").expect("a label");
                policy.mask(Mask::label(text).expect("a good label"))
            }
            ["mask", "char", mask] => policy.mask(Mask::PerGrapheme(mask.chars().next().expect("a character"))),
            ["edge", "reject"] => policy.cluster_edge(ClusterEdge::Reject),
            ["edge", "exact"] => policy.cluster_edge(ClusterEdge::Exact),
            ["whitespace", "keep"] => policy.whitespace(Whitespace::Keep),
            ["whitespace", "keep_line_ends"] => policy.whitespace(Whitespace::KeepLineEnds),
            ["embedded", "keep"] => policy.embedded_in_marks(EmbeddedInMarks::Keep),
            ["embedded", "remove"] => policy.embedded_in_marks(EmbeddedInMarks::Remove),
            ["strip"] => policy.strip_attributes_in_marks(true),
            ["suspicious"] => policy.allow_suspicious(true),
            _ => panic!("case `{}`: unknown policy `{line}`", case.title),
        };
    }
    policy
}
