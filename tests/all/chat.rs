//! Chat messages are redacted by their exact diff (rule C42), and the diff is a value of its own.

use blackbar::{ClusterEdge, Error, Limits, Mask, MismatchKind, Piece, Policy, Redactor, Unit, Whitespace, diff};
use proptest::prelude::*;

use crate::laws::chat::{chat_case, chat_law, diff_case, diff_law};
use crate::support::cases::cases;
use crate::support::soup;

#[test]
fn alignment() {
    check(include_str!("../data/chat.txt"));
}

#[test]
fn mismatches() {
    check(include_str!("../data/chat_mismatch.txt"));
}

/// A case's input is the stored message; `marked` is its marked copy.
#[track_caller]
fn check(file: &str) {
    for case in cases(file) {
        let marked = case.part("marked");
        match Redactor::default().chat(&case.input, marked) {
            Ok(redaction) => case.expect("text", redaction.text()),
            Err(Error::TextMismatch { offset, kind }) => case.expect("error", &format!("{kind:?} {offset}")),
            Err(error) => case.expect_error(error),
        }
        chat_law(&case.input, marked, Policy::default());
    }
}

#[test]
fn the_message_says_in_what_alone_the_texts_differ() {
    let message = |stored: &str, marked: &str| Redactor::default().chat(stored, marked).unwrap_err().to_string();
    let differs = "marked text differs from the stored text at byte";
    assert_eq!(message("a\r\nb", "a\n<redact>b</redact>"), format!("{differs} 1, only in its line ends"));
    assert_eq!(message("a  b", "a <redact>b</redact>"), format!("{differs} 2, only in its white space"));
    assert_eq!(
        message("a & b", "a &amp; <redact>b</redact>"),
        format!("{differs} 3, only in its character references")
    );
    assert_eq!(
        message("\u{e9} 1", "e\u{301} <redact>1</redact>"),
        format!("{differs} 0, only in its unicode normalization")
    );
    assert_eq!(message("ID 12", "ID <redact>13</redact>"), format!("{differs} 4, only inside its marks"));
    assert_eq!(message("ID 12", "It is <redact>12</redact>"), format!("{differs} 1"));
}

/// The offset is that of the mark in the copy, also if the mark is only found empty once its text is looked at.
#[test]
fn a_mark_of_what_stays_is_empty_where_it_opens() {
    let keeping = Redactor::new(Policy::default().whitespace(Whitespace::Keep)).expect("the policy is good");
    let error = keeping.chat("12  x", "<redact>12</redact> <redact> </redact>x").unwrap_err();
    assert_eq!(error, Error::EmptyMark { offset: 20 });
    let error = keeping.chat("1 2", "1<redact><redact> </redact></redact>2").unwrap_err();
    assert_eq!(error, Error::EmptyMark { offset: 1 });
    let control = "12 \u{200F}x";
    let error = Redactor::default().chat(control, "<redact>12</redact> <redact>\u{200F}</redact>x").unwrap_err();
    assert_eq!(error, Error::EmptyMark { offset: 20 });
}

#[test]
fn the_number_is_masked_by_one_edit() -> Result<(), Error> {
    let stored = "My ID number is 847564!";
    let redaction = Redactor::default().chat(stored, "My ID number is <redact>847564</redact>!")?;
    assert_eq!(redaction.text(), "My ID number is ▇▇▇▇▇▇!");
    let edits: Vec<_> = redaction.edits().iter().map(|edit| (edit.range, edit.replacement)).collect();
    assert_eq!(edits, [(16..22, "▇▇▇▇▇▇")]);
    Ok(())
}

/// Every way to put one pair of marks around a stretch of the message: it goes exactly, unless tags stand side by side
/// or a tag is cut.
#[test]
fn every_way_to_mark_a_message_that_talks_of_tags() {
    let stored = "use <redact> tags & <b>x</b> 12";
    let (tag, mut unique, mut ambiguous) = (4..12, 0, 0);
    for start in 0..stored.len() {
        for end in start + 1..=stored.len() {
            let marked = format!("{}<redact>{}</redact>{}", &stored[..start], &stored[start..end], &stored[end..]);
            chat_law(stored, &marked, Policy::default());
            let beside = [start, end].iter().any(|edge| (tag.start..=tag.end).contains(edge));
            match Redactor::default().chat(stored, &marked) {
                Ok(redaction) => {
                    let masks = "▇".repeat(end - start);
                    assert_eq!(redaction.text(), format!("{}{masks}{}", &stored[..start], &stored[end..]));
                    unique += 1;
                }
                Err(error) => {
                    assert!(beside && matches!(error, Error::AmbiguousMarks { .. }), "{marked}: {error}");
                    ambiguous += 1;
                }
            }
            let other = marked.replace('&', "+");
            assert!(matches!(Redactor::default().chat(stored, &other), Err(Error::TextMismatch { .. })), "{other}");
        }
    }
    assert_eq!(unique + ambiguous, 31 * 32 / 2);
    assert!(unique > 250 && ambiguous > 20, "{unique} unique, {ambiguous} ambiguous");
}

#[test]
fn clusters_at_the_edges_follow_the_policy() {
    let with = |edge| Redactor::new(Policy::default().cluster_edge(edge)).expect("a good policy");
    for (stored, marked, expand, exact) in [
        ("e\u{301}x", "<redact>e</redact>\u{301}x", "▇x", "▇\u{301}x"),
        ("e\u{301}x", "e<redact>\u{301}x</redact>", "▇▇", "e▇▇"),
        ("🇩🇪🇫🇷", "🇩<redact>🇪🇫</redact>🇷", "▇▇", "🇩▇▇🇷"),
        ("👩\u{200D}💻!", "<redact>👩</redact>\u{200D}💻!", "▇!", "▇\u{200D}💻!"),
        ("a\r\nb", "<redact>a\r</redact>\nb", "▇▇b", "▇▇\nb"),
    ] {
        assert_eq!(with(ClusterEdge::Expand).chat(stored, marked).expect("it is aligned").text(), expand);
        assert_eq!(with(ClusterEdge::Exact).chat(stored, marked).expect("it is aligned").text(), exact);
        let cut = with(ClusterEdge::Reject).chat(stored, marked).unwrap_err();
        assert!(matches!(cut, Error::ClusterCut { .. }), "{marked}: {cut}");
    }
}

#[test]
fn offsets_are_those_of_the_callers_language() -> Result<(), Error> {
    let stored = "👩\u{200D}💻 naïve 🇩🇪: 12\u{20E3}";
    let redaction = Redactor::default().chat(stored, "👩\u{200D}💻 naïve 🇩🇪: <redact>12\u{20E3}</redact>")?;
    let before = stored.find("12").expect("it is there");
    let utf16 = |text: &str| text.encode_utf16().count();
    let range = utf16(&stored[..before])..utf16(stored);
    assert_eq!(redaction.edits().ranges_in(stored, Unit::Utf16)?, [range]);
    let range = stored[..before].chars().count()..stored.chars().count();
    assert_eq!(redaction.edits().ranges_in(stored, Unit::Scalars)?, [range]);
    Ok(())
}

#[test]
fn edits_are_read_as_pieces_and_give_the_marked_text() -> Result<(), Error> {
    let stored = "Jo Doe, ID 847564";
    let marked = "<redact>Jo Doe</redact>, ID <redact>847564</redact>";
    let redaction = Redactor::default().chat(stored, marked)?;
    let pieces: Vec<_> = redaction.edits().pieces(stored)?.collect();
    assert!(matches!(&pieces[..], [Piece::Redacted(_), Piece::Kept(kept), Piece::Redacted(_)] if *kept == (6..11)));
    assert_eq!(format!("{pieces:?}"), "[Redacted, Kept, Redacted]");
    assert_eq!(redaction.edits().mark(stored)?, marked);
    let wrong = Error::WrongSource { expected: 17, actual: 1 };
    assert_eq!(redaction.edits().mark("x").unwrap_err(), wrong);
    assert_eq!(redaction.edits().pieces("x").map(Iterator::count).unwrap_err(), wrong);
    Ok(())
}

#[test]
fn limits_hold() {
    let with = |limits| Redactor::new(Policy::default().limits(limits)).expect("a good policy");
    let (stored, marked) = ("ab", "<redact>a</redact><redact>b</redact>");
    assert!(with(Limits::default().marks(2)).chat(stored, marked).is_ok());
    let error = with(Limits::default().marks(1)).chat(stored, marked).unwrap_err();
    assert_eq!(error, Error::TooManyMarks { limit: 1 });
    let error = with(Limits::default().input_bytes(20)).chat(stored, marked).unwrap_err();
    assert_eq!(error, Error::InputTooLarge { limit: 20, actual: 36 });
    let error = with(Limits::default().unmarked_bytes(1)).chat(stored, marked).unwrap_err();
    assert_eq!(error, Error::InputTooLarge { limit: 1, actual: 2 });
}

/// Ten thousand tags that are words of the message, around or beside one that is a mark.
#[test]
fn many_literal_tags_are_no_obstacle() -> Result<(), Error> {
    for unit in ["<redact>a", "</redact>a", "<redact>a</redact>b", "<redact></redact>a", "</redact></redact><redact>a"]
    {
        let words = unit.repeat(10_000);
        let stored = format!("{words}12");
        let redaction = Redactor::default();
        let redaction = redaction.chat(&stored, &format!("{words}<redact>12</redact>"))?;
        assert!(redaction.text().ends_with("a▇▇") || redaction.text().ends_with("b▇▇"));
        let all = format!("<redact>x{words}12</redact>");
        let stored = format!("x{words}12");
        let redaction = Redactor::default().chat(&stored, &all)?;
        assert_eq!(redaction.text(), "▇".repeat(stored.len()));
    }
    Ok(())
}

#[test]
fn side_by_side_tags_may_be_marks_all_or_words_all_at_any_length() -> Result<(), Error> {
    let (open, close) = ("<redact>".repeat(10_000), "</redact>".repeat(10_000));
    assert_eq!(Redactor::default().chat("ID 12", &format!("ID {open}12{close}"))?.text(), "ID ▇▇");
    let stored = format!("{open}a{close}12");
    assert_eq!(
        Redactor::default().chat(&stored, &format!("{open}a{close}<redact>12</redact>")).unwrap_err().code(),
        "ambiguous_marks"
    );
    let stored = format!("{open}a{close} 12");
    let redaction = Redactor::default();
    let redaction = redaction.chat(&stored, &format!("{open}a{close} <redact>12</redact>"))?;
    assert!(redaction.text().ends_with("</redact> ▇▇"));
    Ok(())
}

#[test]
fn errors_tell_nothing_of_the_text() {
    let stored = "The word is SENTINEL, twice SENTINEL.";
    for marked in [
        "The word is <redact>SENTINEL, twice SENTINEL.",
        "The word is SENTINEL</redact>, twice SENTINEL.",
        "The word is <redact>SENTINELS</redact>, twice SENTINEL.",
        "The word  is <redact>SENTINEL</redact>, twice SENTINEL.",
        "The word is SENTINEL, twice SENTINEL.",
        "The word is SENTINEL, twice SENTINEL.<redact></redact>",
    ] {
        let error = Redactor::default().chat(stored, marked).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("SENTINEL"), "{error}");
    }
}

#[test]
fn ranges_are_recovered_from_two_texts() -> Result<(), Error> {
    let stored = "Jo Doe: 847564, call 555-0100!";
    assert_eq!(diff(stored, "▇▇▇▇▇▇: ▇▇▇▇▇▇, call 555-0100!", Mask::default())?, [0..6, 8..14]);
    assert_eq!(diff(stored, "▇▇▇▇: ▇▇▇▇, call ▇▇▇▇!", Mask::Fixed(4))?, [0..6, 8..14, 21..29]);
    assert_eq!(diff(stored, "[out]: 847564, call 555-0100!", Mask::label("[out]")?)?, [0..6]);
    assert!(diff(stored, stored, Mask::default())?.is_empty());
    Ok(())
}

#[test]
fn what_two_texts_do_not_tell_is_refused() -> Result<(), Error> {
    let mismatch = |offset, kind| Err(Error::TextMismatch { offset, kind });
    let ambiguous = |offset| Err(Error::AmbiguousMarks { offset });
    let (default, fixed) = (Mask::default(), Mask::Fixed(4));
    // The message holds a mask itself: it may stand there still, or be masked.
    assert_eq!(diff("a ▇ 1", "a ▇ ▇", default), ambiguous(2));
    assert_eq!(diff("a ▇ 1", "a ▇ ▇▇▇▇", fixed)?, [6..7]);
    // The words between two masks stand in the message twice.
    assert_eq!(diff("1 or 2 or 3", "▇▇▇▇ or ▇▇▇▇", fixed), ambiguous(12));
    assert_eq!(diff("1 or 2 or 3", "▇ or ▇ or ▇", default)?, [0..1, 5..6, 10..11]);
    // One mask too many, or too few, or another word.
    assert_eq!(diff("ID 12", "ID ▇▇▇", default), mismatch(5, MismatchKind::Other));
    assert_eq!(diff("ID 123", "ID ▇▇", default), mismatch(5, MismatchKind::Other));
    assert_eq!(diff("ID 12", "Id ▇▇", default), mismatch(1, MismatchKind::Other));
    assert_eq!(diff("ID 12", "ID ▇▇▇▇▇▇▇▇", fixed), mismatch(3, MismatchKind::Other));
    assert_eq!(diff("a\r\nb 12", "a\nb ▇▇", default), mismatch(1, MismatchKind::LineEnds));
    assert_eq!(diff("a & b 12", "a &amp; b ▇▇", default), mismatch(3, MismatchKind::Entities));
    assert_eq!(diff("a", "a", Mask::PerGrapheme('x')), Err(Error::BadMask));
    Ok(())
}

/// Whole and part, with the mask's text in the message, without, and overlapping itself.
#[test]
fn long_texts_are_recovered_too() -> Result<(), Error> {
    let words = "naïve 👩\u{200D}💻 text, ".repeat(5_000);
    let stored = format!("{words}847564{words}");
    for (mask, shown) in [(Mask::default(), "▇▇▇▇▇▇"), (Mask::Fixed(4), "▇▇▇▇"), (Mask::label("[x]")?, "[x]")]
    {
        let range = words.len()..words.len() + 6;
        assert_eq!(diff(&stored, &format!("{words}{shown}{words}"), mask)?, [range]);
    }
    Ok(())
}

fn policies() -> impl Strategy<Value = Policy> {
    let masks = prop::sample::select(vec![Mask::default(), Mask::Fixed(4)]);
    let edges = prop::sample::select(vec![ClusterEdge::Expand, ClusterEdge::Exact, ClusterEdge::Reject]);
    let spaces = prop::sample::select(vec![Whitespace::Mask, Whitespace::KeepLineEnds, Whitespace::Keep]);
    (masks, edges, spaces).prop_map(|(m, e, w)| Policy::default().mask(m).cluster_edge(e).whitespace(w))
}

proptest! {
    #![proptest_config(soup::cases(2_000))]

    #[test]
    fn every_choice_of_marks_is_weighed(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let case = chat_case(&bytes);
        chat_law(&case.stored, &case.marked, Policy::default());
    }

    #[test]
    fn the_laws_hold_under_every_policy(bytes in prop::collection::vec(any::<u8>(), 0..200), policy in policies()) {
        let case = chat_case(&bytes);
        chat_law(&case.stored, &case.marked, policy);
    }

    #[test]
    fn every_set_of_masked_clusters_is_weighed(bytes in prop::collection::vec(any::<u8>(), 0..28)) {
        let (stored, redacted, mask) = diff_case(&bytes);
        diff_law(&stored, &redacted, mask);
    }
}
