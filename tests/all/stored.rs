//! A marked copy against the stored body (rules C40, C41).

use proptest::prelude::*;

use crate::laws::html::redaction_law;
use crate::laws::nested::nested;
use crate::laws::stored::{
    accepted_law, changed_law, copied_law, ignored_law, inserted_law, marked_somewhere, reserialized, reserialized_law,
};
use crate::support::cases::cases;
use crate::support::soup;
use blackbar::{ClusterEdge, Error, Limits, Policy, Redactor, Unit, unmark};

#[test]
fn copies_are_accepted_or_refused_as_the_list_says() {
    for case in cases(include_str!("../data/stored.txt")) {
        match Redactor::default().html_stored(&case.input, case.part("marked")) {
            Ok(redaction) => {
                case.expect("text", redaction.text());
                redaction_law(&case.input, &redaction, Policy::default());
            }
            Err(error) => case.expect_error(error),
        }
    }
}

#[test]
fn marks_and_ranges_on_one_body_are_united() -> Result<(), Error> {
    let selection = Redactor::default().select_html("<P>Jo Doe, ID 847564")?;
    let selection = selection.marked("<p><redact>Jo</redact> Doe, ID 847564</p>")?;
    let selection = selection.marked("<p>Jo<redact> Doe</redact>, ID 847564</p>")?;
    let id = 14..20;
    assert_eq!(selection.ranges(&[id], Unit::Bytes)?.redact()?.text(), "<P>▇▇▇▇▇▇, ID ▇▇▇▇▇▇");
    Ok(())
}

#[test]
fn a_body_with_marks_of_its_own_can_be_redacted_by_ranges_alone() -> Result<(), Error> {
    let stored = "<svg><redact></svg><style>a</style></redact>b";
    let selection = Redactor::default().select_html(stored)?;
    assert_eq!(selection.clone().marked(stored).map(|_| ()), Err(Error::StoredHasMarks { offset: 5 }));
    let range = stored.len() - 1..stored.len();
    assert_eq!(
        selection.ranges(&[range], Unit::Bytes)?.redact()?.text(),
        "<svg><redact></svg><style>a</style></redact>▇"
    );
    Ok(())
}

#[test]
fn a_range_beside_a_tag_with_a_near_attribute_leaves_the_tag() -> Result<(), Error> {
    let redaction = Redactor::default().html_ranges("ab<&<i/t<&redact>c", &[0..1], Unit::Bytes)?;
    assert_eq!(redaction.text(), "▇b<&<i/t<&redact>c");
    Ok(())
}

#[test]
fn a_mark_that_cuts_a_reference_for_two_characters_goes_by_the_policy() -> Result<(), Error> {
    let (stored, marked) = ("x&fjlig;y", "xf<redact>j</redact>y");
    let with = |edge| Redactor::new(Policy::default().cluster_edge(edge));
    assert_eq!(with(ClusterEdge::Expand)?.html_stored(stored, marked)?.text(), "x▇▇y");
    let rejected = with(ClusterEdge::Reject)?.html_stored(stored, marked);
    assert_eq!(rejected.map(|_| ()), Err(Error::ClusterCut { offset: 1 }));
    Ok(())
}

#[test]
fn the_copy_has_limits_of_its_own() -> Result<(), Error> {
    let with = |limits: Limits| Redactor::new(Policy::default().limits(limits));
    let (stored, marked) = ("ab", "<redact>a</redact><redact>b</redact>");
    assert_eq!(with(Limits::default().unmarked_bytes(2).marks(2))?.html_stored(stored, marked)?.text(), "▇▇");
    let refused = |limits| with(limits)?.html_stored(stored, marked).map(|_| ());
    assert_eq!(refused(Limits::default().marks(1)), Err(Error::TooManyMarks { limit: 1 }));
    assert_eq!(refused(Limits::default().input_bytes(20)), Err(Error::InputTooLarge { limit: 20, actual: 36 }));
    Ok(())
}

/// Both write the carriage returns by reference, and the mark cuts the text.
#[test]
fn many_carriage_returns_take_no_time() -> Result<(), Error> {
    let line_ends = "&#13;\n".repeat(400_000);
    let stored = format!("{line_ends}a&#13;\n");
    let marked = format!("{line_ends}<redact>a</redact>&#13;\n");
    let redactor = Redactor::new(Policy::default().limits(Limits::default().unmarked_bytes(4 << 20)))?;
    assert_eq!(redactor.html_stored(&stored, &marked)?.text(), format!("{line_ends}▇&#13;\n"));
    Ok(())
}

#[test]
fn a_tag_that_has_nothing_to_lose_is_nothing_to_redact() -> Result<(), Error> {
    for (stored, marked) in [("<td>a</td>", "<td redact>a</td>"), ("<b>a", "<b redact>a"), ("<b/>a", "<b redact/>a")] {
        let refused = Redactor::default().html_stored(stored, marked).map(|_| ());
        assert_eq!(refused, Err(Error::NothingToRedact), "{marked}");
        assert!(Redactor::default().html(marked).is_ok(), "{marked}");
    }
    assert_eq!(Redactor::default().html_stored("<td>a<i>b", "<td redact>a<i><redact>b</redact>")?.text(), "<td>a<i>▇");
    Ok(())
}

proptest! {
    #![proptest_config(soup::cases(1000))]

    #[test]
    fn what_a_browser_writes_is_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        reserialized_law(&nested(&bytes));
    }

    #[test]
    fn what_a_browser_ignores_may_be_left_out(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        ignored_law(&nested(&bytes));
    }

    #[test]
    fn changed_copies_are_refused_unless_a_browser_makes_the_same_tree(
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
        changes in proptest::collection::vec(any::<u8>(), 0..12),
        is_written_anew in any::<bool>(),
    ) {
        changed_law(&nested(&bytes).body, is_written_anew, &changes);
    }

    #[test]
    fn tags_are_accepted_only_where_they_are_implied(bytes in proptest::collection::vec(any::<u8>(), 4..80)) {
        inserted_law(&bytes);
    }

    #[test]
    fn copies_of_ill_formed_bodies_are_accepted(stored in prop_oneof![soup::soup(), soup::foreign(), soup::attributes()]) {
        if let Some(marked) = marked_somewhere(&stored) {
            copied_law(&stored, &marked);
        }
    }

    #[test]
    fn what_is_accepted_of_an_ill_formed_body_is_the_same_tree(stored in prop_oneof![soup::soup(), soup::foreign()]) {
        let written = reserialized(&stored);
        if let Some(marked) = marked_somewhere(&written) {
            accepted_law(&stored, &marked, &written);
        }
    }
}

/// Of a tag, the attribute goes with what sets it apart, and on an end tag it is no mark.
#[test]
fn a_marked_body_without_its_marks_is_the_stored_one() {
    for (marked, stored) in [
        ("<p/redact></i/redact>", "<p></i/redact>"),
        ("<r/redact><t/redact>", "<r><t>"),
        ("<b r redact/>", "<b r/>"),
        ("<p class=a redact>", "<p class=a>"),
        ("<p redact=\"x\" class=a>", "<p class=a>"),
        ("<P REDACT='x'class=a>", "<P class=a>"),
        ("<b r=1 redact s>", "<b r=1 s>"),
        ("</redact x><Redact/y>a</REDACT>", ""),
        ("a<redact>b</redact>c<redacted>", "abc<redacted>"),
    ] {
        match unmark(marked) {
            Ok(unmarked) => assert_eq!(unmarked, stored, "{marked}"),
            Err(error) => assert_eq!((error.code(), stored), ("stray_mark", ""), "{marked}"),
        }
    }
}

#[test]
fn a_mark_without_text_is_told_by_where_it_stands_in_the_copy() {
    let error = Redactor::default().html_stored("xy<p>a", "<redact>x</redact>y<redact><p></redact>a").err();
    assert_eq!(error, Some(Error::EmptyMark { offset: 19 }));
}
