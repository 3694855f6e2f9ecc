//! Strings are found in decoded text, across inline formatting (rule C70).

use blackbar::{Detector, Error, Limits, Mask, Patterns, PlainStyle, Policy, Redaction, Redactor, Unit, plain_text};
use proptest::prelude::*;

use crate::laws::find::{strings_law, tags_with_hits_law};
use crate::support::cases::cases;
use crate::support::soup;

/// A case's input is the stored body; `strings` has one string a line, `policy` words for what is switched on.
#[test]
fn strings() {
    for case in cases(include_str!("../data/find.txt")) {
        let needles: Vec<&str> = case.part("strings").split('\n').collect();
        let mut policy = Policy::default();
        for word in case.find("policy").unwrap_or_default().split_whitespace() {
            policy = match word {
                "ignore_case" => policy.ignore_case(true),
                "whole_words" => policy.whole_words(true),
                "min_2" => policy.min_needle_clusters(2),
                _ => panic!("case `{}`: unknown policy `{word}`", case.title),
            };
        }
        let redactor = Redactor::new(policy).expect("the policy is good");
        match redactor.html_strings(&case.input, &needles) {
            Ok(redaction) => {
                case.expect("html", redaction.text());
                assert_eq!(redaction.edits().apply(&case.input).as_deref(), Ok(redaction.text()));
            }
            Err(error) => case.expect_error(error),
        }
    }
}

proptest! {
    #![proptest_config(soup::cases(1024))]

    #[test]
    fn strings_are_found_where_the_slow_search_finds_them(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        strings_law(&bytes);
    }

    #[test]
    fn no_attribute_keeps_a_string_if_tags_with_hits_are_redacted(
        stored in prop_oneof![soup::soup(), soup::attributes(), soup::foreign()],
        string in prop::sample::select(&["x", "1", "a", "é", "xa", "ab", "aa", "a b"][..]),
    ) {
        tags_with_hits_law(&stored, string);
    }
}

#[test]
fn strings_of_a_chat_message_are_found_as_written() -> Result<(), Error> {
    let redaction = Redactor::default().text_strings("AT&amp;T <b>4111</b> 1111", &["4111 1111"]);
    assert_eq!(redaction.err(), Some(Error::NoMatch));
    let redaction = Redactor::default().text_strings("id 84\u{ad}75 64, 8475\n64", &["8475 64"])?;
    assert_eq!(redaction.text(), "id ▇▇▇▇▇▇▇▇, ▇▇▇▇▇▇▇");
    Ok(())
}

#[test]
fn a_copy_of_either_plain_body_hits() -> Result<(), Error> {
    let stored = "<div class=\"zd-comment\"><p>Jo &amp; <b>Al</b>&nbsp;Doe</p>\n<p>4111 &lt;1111&gt;<br>end</p></div>";
    let redactor = Redactor::default();
    for style in [PlainStyle::Rendered, PlainStyle::Zendesk] {
        let copy = plain_text(stored, style)?;
        let redaction = redactor.html_strings(stored, &[copy])?;
        assert_eq!(redaction.text().matches(|c: char| c.is_ascii_digit()).count(), 0, "{style:?}");
        assert_eq!(redaction.plain_body(PlainStyle::Rendered).matches(char::is_alphabetic).count(), 0);
    }
    Ok(())
}

/// In a title or text area there are references, and no comment can stand between a label and the beginning of one.
#[test]
fn a_label_that_would_go_on_with_a_reference_in_a_title_is_refused() -> Result<(), Error> {
    let unsafe_at = |offset| Err(Error::UnsafeRemoval { offset });
    let cases = [
        ("in", "<title>&notX;</title>", unsafe_at(7)),
        ("amp", "<textarea>&X b</textarea>", unsafe_at(10)),
        ("x41", "a<title>&#X</title>", unsafe_at(8)),
        ("lt", "<title>&amp;X &copy;</title>", Ok("<title>&amp;lt &copy;</title>")),
        ("in", "<title>&notX</title>X", Ok("<title>&notin</title>in")),
        ("in", "<title>& X</title>X", Ok("<title>& in</title>in")),
    ];
    for (label, stored, expected) in cases {
        let redactor = Redactor::new(Policy::default().mask(Mask::label(label)?))?;
        let redaction = redactor.html_strings(stored, &["X"]);
        assert_eq!(redaction.as_ref().map(blackbar::Redaction::text).map_err(|error| *error), expected, "{stored}");
    }
    Ok(())
}

#[test]
fn blank_and_short_strings_are_refused_by_their_index() {
    let refused = |strings: &[&str], policy: Policy| {
        Redactor::new(policy).and_then(|redactor| redactor.html_strings("a b", strings).map(drop)).err()
    };
    assert_eq!(refused(&["a", " \u{a0}"], Policy::default()), Some(Error::BadNeedle { index: 1 }));
    assert_eq!(refused(&[""], Policy::default()), Some(Error::BadNeedle { index: 0 }));
    assert_eq!(refused(&["a b", "b"], Policy::default().min_needle_clusters(2)), Some(Error::BadNeedle { index: 1 }));
    assert_eq!(refused(&["c"], Policy::default()), Some(Error::NoMatch));
    assert_eq!(refused(&[], Policy::default()), Some(Error::NoMatch));
}

#[test]
fn selections_of_every_kind_are_one_before_anything_is_masked() -> Result<(), Error> {
    let stored = "<p>Jo Doe, ID <b>84</b>7564, jo@example.com</p>";
    let at = stored.find("7564").expect("it is there");
    let redactor = Redactor::new(Policy::default().mask(Mask::Fixed(2)))?;
    let redaction = redactor
        .select_html(stored)?
        .strings(&["Jo", "Jo Doe", "oe, I"])?
        .ranges(&[at..at + 4], Unit::Bytes)?
        .strings(&["847"])?
        .patterns(&Patterns::new().detector(Detector::Email))?
        .redact()?;
    assert_eq!(redaction.text(), "<p>▇▇D <b>▇▇</b>, ▇▇</p>");
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("email", 1)]);
    Ok(())
}

/// A hit over blocks is one in each of them, and all that was done for a hit is counted.
#[test]
fn the_report_counts_what_hits_took() -> Result<(), Error> {
    let redactor = Redactor::default();
    for (stored, string, text, ranges, expanded, seams) in [
        ("1<p>1", "1 1", "▇<p>▇", 2, 0, 0),
        ("\n<p>1", " 1", "\n<p>▇", 1, 0, 0),
        ("1<p>\n<p>1 1", "1 1", "▇<p>\n<p>▇▇▇", 3, 0, 0),
        ("<4", "4", "&lt;▇", 1, 0, 1),
        ("\u{1100}가\u{11A8}", "가\u{11A8}", "▇", 1, 1, 0),
    ] {
        let redaction = redactor.html_strings(stored, &[string])?;
        let report = redaction.report();
        assert_eq!(redaction.text(), text);
        assert_eq!(
            (report.ranges(), report.clusters_expanded(), report.seams()),
            (ranges, expanded, seams),
            "{stored}"
        );
    }
    let redaction = redactor.text_strings("ID 84, 84", &["84"])?;
    assert_eq!((redaction.report().ranges(), redaction.report().clusters()), (2, 4));
    Ok(())
}

/// A string that was copied with the space behind it is found where the text ends.
#[test]
fn spaces_at_the_ends_of_a_string_need_not_be_there() -> Result<(), Error> {
    for string in ["84\u{A0}", "84 ", " 84\n", "\u{A0}84"] {
        assert_eq!(Redactor::default().text_strings("84", &[string])?.text(), "▇▇", "{string:?}");
        assert_eq!(Redactor::default().html_strings("<p>84</p>", &[string])?.text(), "<p>▇▇</p>", "{string:?}");
    }
    let words = Redactor::new(Policy::default().whole_words(true))?;
    assert_eq!(words.text_strings("んb bん bc", &["b"])?.text(), "ん▇ ▇ん bc", "kana put no spaces between words");
    Ok(())
}

/// A prefix of the string again and again, and ten thousand hits that overlap.
#[test]
fn repeats_of_a_beginning_and_overlapping_hits_are_found() -> Result<(), Error> {
    let redactor = Redactor::default();
    let stored = "ab".repeat(1 << 15);
    let almost = format!("{}x", "ab".repeat(1 << 14));
    assert_eq!(redactor.text_strings(&stored, &[almost]).err(), Some(Error::NoMatch));
    let redaction = redactor.text_strings(&stored, &["abab", "ba"])?;
    assert_eq!((redaction.edits().len(), redaction.report().clusters()), (1, stored.len()));
    let spread = "aa<b>a</b> x ".repeat(10_000);
    let redaction = redactor.html_strings(&spread, &["aa"])?;
    assert_eq!(redaction.text(), "▇▇<b>▇</b> x ".repeat(10_000));
    Ok(())
}

/// Work that grew with the square of the hits would take minutes.
#[test]
fn a_hundred_thousand_hits_in_one_text_are_found() {
    let html = "ab, ".repeat(100_000);
    for mask in [Mask::default(), Mask::Fixed(1)] {
        let redaction =
            Redactor::new(Policy::default().mask(mask)).expect("the mask is good").html_strings(&html, &["ab"]);
        assert_eq!(redaction.expect("it is there").edits().len(), 100_000);
    }
}

#[test]
fn what_need_not_be_there_changes_nothing_if_it_is_not() -> Result<(), Error> {
    let (redactor, emails) = (Redactor::default(), Patterns::new().detector(Detector::Email));
    let body = redactor.select_html("<p>Jo, jo@example.com</p>")?;
    let both = body.clone().strings_if_any(&["Jo,", "Al"])?.patterns_if_any(&emails)?.redact()?;
    assert_eq!(both.text(), "<p>▇▇▇ ▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>");
    assert_eq!(body.strings_if_any(&["Al"])?.redact().err(), Some(Error::NothingToRedact));
    let message = redactor.select_text("Jo, 847564")?.strings_if_any(&["Al"])?.patterns_if_any(&emails)?;
    assert_eq!(message.clone().redact().err(), Some(Error::NothingToRedact));
    assert_eq!(message.strings_if_any(&["847564"])?.redact()?.text(), "Jo, ▇▇▇▇▇▇");
    let message = redactor.select_text("Jo, jo@example.com")?.patterns_if_any(&emails)?;
    assert_eq!(message.redact()?.text(), "Jo, ▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
    assert_eq!(redactor.select_text("a")?.strings_if_any(&[" "]).err(), Some(Error::BadNeedle { index: 0 }));
    Ok(())
}

#[test]
fn tags_with_hits_are_redacted_if_the_policy_says_so() -> Result<(), Error> {
    let redactor = Redactor::new(Policy::default().redact_tags_with_hits(true))?;
    let strings = |stored| redactor.html_strings(stored, &["jo@example.com"]).map(Redaction::into_text);
    for (stored, expected) in [
        ("<a href='mailto:jo&#64;example.com?subject=Hi'>Mail Jo</a>", "Mail Jo"),
        ("<p title='jo@example.com' class=x>jo@example.com</p>", "<p>▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>"),
        ("Jo<img alt='jo@example.com' src=a>", "Jo"),
        ("<p class='jo@example.com'>jo@example.com</p>", "<p class='jo@example.com'>▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>"),
        ("<p style='background: url(jo@example.com)'>Jo</p>", "<p>Jo</p>"),
        ("<p class=x>jo@example.com</p>", "<p class=x>▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>"),
    ] {
        assert_eq!(strings(stored)?, expected);
    }
    assert_eq!(strings("<p title='jo@example.org'>Jo</p>"), Err(Error::NoMatch));
    let emails = Patterns::new().detector(Detector::Email);
    let twice = "<b>x</b><a href='mailto:jo@example.com' title='jo@example.com'>Jo</a><p title=Jo>Jo</p>";
    let both = redactor.select_html(twice)?.patterns(&emails)?.strings(&["Jo", "jo@example.com"])?.patterns(&emails)?;
    assert_eq!(both.redact()?.text(), "<b>x</b>▇▇<p>▇▇</p>", "a tag goes once, whatever it holds");
    let redaction = redactor.html_patterns("<a href='mailto:jo@example.com'>jo@example.com</a>", &emails)?;
    assert_eq!(redaction.text(), "▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("email", 2)]);
    Ok(())
}

/// What goes for its attribute stood between the halves of the very string.
#[test]
fn what_the_removal_of_a_tag_joins_is_found_as_well() -> Result<(), Error> {
    let redactor = Redactor::new(Policy::default().redact_tags_with_hits(true))?;
    for (stored, expected) in [
        ("sec<img alt='secret'>ret", "▇▇▇▇▇▇"),
        ("<b>sec</b><img alt='secret'><i>ret</i>", "<b>▇▇▇</b><i>▇▇▇</i>"),
        ("se<img alt='secret'>cr<input value=secret>et", "▇▇▇▇▇▇"),
        ("sec<iframe title='secret'>x</iframe>&#114;et, a secret", "▇▇▇▇▇▇, a ▇▇▇▇▇▇"),
        ("sec<br title='secret'>ret", "sec<br>ret"),
    ] {
        assert_eq!(redactor.html_strings(stored, &["secret"])?.text(), expected);
    }
    let spaced = redactor.html_strings("<p>a se<img alt='a secret'>cret</p><p>b", &["a secret"])?;
    assert_eq!(spaced.text(), "<p>▇▇▇▇▇▇▇▇</p><p>b");
    let emails = Patterns::new().detector(Detector::Email);
    let redaction = redactor.html_patterns("jo@exa<img alt='jo@example.com'>mple.com", &emails)?;
    assert_eq!(redaction.text(), "▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
    // Whatever the tag goes for.
    let marked = "<p>sec<img redact src=a>ret</p>";
    let selection = Redactor::default().select_html("<p>sec<img src=a>ret</p>")?.strings_if_any(&["secret"])?;
    assert_eq!(selection.marked(marked)?.redact()?.text(), "<p>▇▇▇▇▇▇</p>");
    let removed = redactor.html_strings("secret", &["secret"])?.removed();
    assert_eq!(redactor.html_copy("sec<img alt='secret'>ret", &removed)?.text(), "▇▇▇▇▇▇");
    Ok(())
}

/// The tables of a search take fifty times what it searches for.
#[test]
fn strings_are_limited_in_all_their_spellings() -> Result<(), Error> {
    let redactor = |bytes| Redactor::new(Policy::default().limits(Limits::default().input_bytes(bytes)));
    let strings = |bytes, string| redactor(bytes)?.text_strings("O'N, José", &[string]).map(Redaction::into_text);
    assert_eq!(strings(12, "O'N")?, "▇▇▇, José");
    assert_eq!(strings(11, "José")?, "O'N, ▇▇▇▇");
    assert_eq!(strings(10, "José"), Err(Error::InputTooLarge { limit: 10, actual: 11 }));
    Ok(())
}

/// It was removed with the tag, so it is looked for wherever removed text is.
#[test]
fn what_is_found_in_an_attribute_counts_as_removed() -> Result<(), Error> {
    let redactor = Redactor::new(Policy::default().redact_tags_with_hits(true))?;
    let cards = Patterns::new().detector(Detector::PaymentCard);
    let stored = "<p title='ID 84&#55;564, 4111 1111 1111 1111'>Jo<!-- 847564 --></p>";
    let redaction = redactor.select_html(stored)?.strings(&["847564", "7564, 41"])?.patterns(&cards)?.redact()?;
    assert_eq!(redaction.text(), "<p>Jo<!-- 847564 --></p>");
    assert_eq!(redaction.removed().len(), 1);
    let redaction = redactor.select_html(stored)?.strings(&["847564"])?.patterns(&cards)?.redact()?;
    let kinds: Vec<_> = redaction.leaks().iter().map(|leak| (leak.offset, leak.kind)).collect();
    assert_eq!(kinds, [(10, blackbar::LeakKind::Comment)]);
    let copy = redactor.text_copy("847564, 4111-1111-1111-1111, 4111 1111 1111 1111", &redaction.removed())?;
    assert_eq!(copy.text(), "▇▇▇▇▇▇, 4111-1111-1111-1111, ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
    let strict = Redactor::new(Policy::default().redact_tags_with_hits(true).deny_leaks(true))?;
    assert_eq!(strict.html_strings(stored, &["847564"]).err(), Some(Error::Leak { count: 1 }));
    Ok(())
}
