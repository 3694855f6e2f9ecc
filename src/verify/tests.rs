//! A result that is not what was to be kept is refuted. No redaction gives one, so these are made by hand.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use super::{VerifyError, verify};
use crate::edit::{Edits, EditsBuilder};
use crate::html::{Options, tokenize, tokenize_with};

/// The edit that takes `removed` out of `source`, and puts `replacement` there.
fn edit(source: &str, removed: &str, replacement: &str) -> Edits {
    let start = source.find(removed).expect("the source has it");
    let mut edits = EditsBuilder::new(source.len(), 0, 0);
    edits.grow(start..start + removed.len());
    edits.append(replacement);
    edits.finish()
}

#[track_caller]
fn check(source: &str, edits: &Edits, result: &str, verdict: Result<(), VerifyError>) {
    let source = tokenize_with(source, &Options::default().watch("redact"));
    assert_eq!(verify(&source, edits, &tokenize(result), "redact"), verdict);
}

#[test]
fn a_mark_that_is_left_is_told() {
    let source = "<p>a<redact>b</redact></p>";
    check(source, &Edits::default(), source, Err(VerifyError::MarkLeft));
    let source = "<p ReDact title=x>a</p>";
    check(source, &Edits::default(), source, Err(VerifyError::MarkLeft));
    check("<svg><g>", &Edits::default(), "<svg><g redact=''></svg>", Err(VerifyError::MarkLeft));
}

#[test]
fn an_element_that_comes_to_life_is_told() {
    let source = "<svg><b redact><style><img src=x></style></b></svg>";
    let result = "<svg><style><img src=x></style></svg>";
    check(source, &edit(source, "<b redact>", ""), result, Err(VerifyError::Element));
    check("a&lt;b>", &edit("a&lt;b>", "&lt;", "<"), "a<b>", Err(VerifyError::Element));
}

#[test]
fn an_attribute_that_changes_is_told() {
    let source = "<p title=x>a</p><p id=y>b</p>";
    check(source, &Edits::default(), source, Ok(()));
    for result in ["<p title=z>a</p>", "<p title=x id=y>a</p>", "<p TITLE=' x'>a</p>", "<p onclick=x>a</p>"] {
        check(source, &Edits::default(), result, Err(VerifyError::Attribute));
    }
}

#[test]
fn what_an_edit_took_is_no_longer_expected() {
    let source = "<p title=x>a</p><b>c</b>";
    check(source, &edit(source, " title=x", ""), "<p>a</p><b>c</b>", Ok(()));
    check(source, &edit(source, " title=x", ""), "<p title=x>a</p><b>c</b>", Err(VerifyError::Attribute));
    check(source, &edit(source, "<b>", ""), "<p title=x>a</p><b>c</b>", Err(VerifyError::Element));
    check(source, &edit(source, "<p title=x>", "<p>"), "<p>a</p><b>c</b>", Ok(()));
}

#[test]
fn text_that_is_read_otherwise_is_told() {
    let source = "<title>a<b>c</title>";
    let wrong = tokenize_with(source, &Options::default().tree_feedback(false));
    let verdict = verify(&tokenize(source), &Edits::default(), &wrong, "redact");
    assert_eq!(verdict, Err(VerifyError::Text { offset: 11 }));
}
