//! Patterns: the caller's expressions and detectors on decoded text (rules C71, C72).

use blackbar::{Detector, Error, Patterns, Redactor};
use proptest::prelude::*;

use crate::laws::find::card_law;
use crate::support::soup;

fn cards() -> Patterns {
    Patterns::new().detector(Detector::PaymentCard)
}

#[track_caller]
fn becomes(stored: &str, patterns: &Patterns, expected: &str) {
    let redaction = Redactor::default().html_patterns(stored, patterns).map(|redaction| redaction.text().to_owned());
    assert_eq!(redaction.as_deref(), Ok(expected));
}

#[track_caller]
fn is_left_alone(stored: &str, patterns: &Patterns) {
    assert_eq!(Redactor::default().html_patterns(stored, patterns).err(), Some(Error::NoMatch), "{stored}");
}

#[test]
fn a_card_number_keeps_its_first_6_and_last_4_digits_and_its_separators() {
    becomes("4111 1111 1111 1111", &cards(), "4111 11▇▇ ▇▇▇▇ 1111");
    becomes("4111&nbsp;1111 1111 1111", &cards(), "4111&nbsp;11▇▇ ▇▇▇▇ 1111");
    becomes("<b>4111</b> 1111 1111 <i>11</i>11", &cards(), "<b>4111</b> 11▇▇ ▇▇▇▇ <i>11</i>11");
    becomes("4111&shy; 1111 1111 1111", &cards(), "4111&shy; 11▇▇ ▇▇▇▇ 1111");
    becomes("4111 1111 11&shy;11 1111", &cards(), "4111 11▇▇ ▇▇&shy;▇▇ 1111");
    becomes("&#52;111 1111 &#x31;111 1111", &cards(), "&#52;111 11▇▇ ▇▇▇▇ 1111");
    becomes("<p>4111-1111-1111-1111</p>", &cards(), "<p>4111-11▇▇-▇▇▇▇-1111</p>");
    // As HTML shows it, a line end is a space.
    becomes("4111 1111\n          1111 1111", &cards(), "4111 11▇▇\n          ▇▇▇▇ 1111");
}

#[test]
fn a_card_number_does_not_cross_blocks_and_is_no_attribute() {
    is_left_alone("<p>4111 1111</p><p>1111 1111</p>", &cards());
    is_left_alone("<td>4111 1111<td>1111 1111", &cards());
    is_left_alone("4111 1111<br>1111 1111", &cards());
    is_left_alone("<a href=\"/4111111111111111\" title='4111 1111 1111 1111'>x</a><!--4111111111111111-->", &cards());
}

#[test]
fn a_message_is_searched_as_written() -> Result<(), Error> {
    let redactor = Redactor::default();
    assert_eq!(redactor.text_patterns("4111 1111\n1111 1111", &cards()).err(), Some(Error::NoMatch));
    let redaction = redactor.text_patterns("<b>4111 1111 1111 1111</b>\r\n", &cards())?;
    assert_eq!(redaction.text(), "<b>4111 11▇▇ ▇▇▇▇ 1111</b>\r\n");
    Ok(())
}

/// Of what stands side by side, the second may be told only when the first is gone: it needed a second run.
#[test]
fn what_stands_beside_a_hit_is_found_in_the_same_run() -> Result<(), Error> {
    let card = "4111 11▇▇ ▇▇▇▇ 1111";
    let cases = [
        ("jo@example.com4111 1111 1111 1111", format!("{}{card}", "▇".repeat(14))),
        ("jo@example.com<b>4111</b> 1111 1111 1111", format!("{}<b>4111</b>{}", "▇".repeat(14), &card[4..])),
        ("203.0.113.77-4111 1111 1111 1111", format!("{}-{card}", "▇".repeat(12))),
        ("203.0.113.77-536-22-1234", format!("{}-{}", "▇".repeat(12), "▇".repeat(11))),
        ("2001:db8::ff00:42:8329_(415) 555-0132", format!("{}_{}", "▇".repeat(22), "▇".repeat(14))),
        ("DE89370400440532013000_https://example.com/a", format!("{}_{}", "▇".repeat(22), "▇".repeat(21))),
        ("www.example.com,+1 415 555 0132", format!("{} {}", "▇".repeat(18), "▇".repeat(12))),
        // Three in a row, each told by the one before.
        (
            "www.example.com+1 203.0.113.77-536-22-1234",
            format!("{} {}-{}", "▇".repeat(17), "▇".repeat(12), "▇".repeat(11)),
        ),
    ];
    for (stored, expected) in cases {
        becomes(stored, &Patterns::all_detectors(), &expected);
        is_left_alone(&expected, &Patterns::all_detectors());
    }
    let redaction = Redactor::default().text_patterns(
        "jo@example.com4111 1111 1111 1111",
        &Patterns::new().detector(Detector::Email).detector(Detector::PaymentCard),
    )?;
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("email", 1), ("payment_card", 1)]);
    Ok(())
}

#[test]
fn what_a_detector_keeps_is_the_callers_choice() {
    let card = Detector::PaymentCard;
    becomes("4111 1111 1111 1111", &Patterns::new().detector(card.keep_first(0)), "▇▇▇▇ ▇▇▇▇ ▇▇▇▇ 1111");
    becomes("4111 1111 1111 1111", &Patterns::new().detector(card.keep_last(0)), "4111 11▇▇ ▇▇▇▇ ▇▇▇▇");
    let whole = card.keep_first(0).keep_last(0).keep_separators(false);
    becomes("a 4111 1111 1111 1111", &Patterns::new().detector(whole), "a ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇");
    becomes("4111 1111 1111 1111", &Patterns::new().detector(card.keep_separators(false)), "4111 11▇▇▇▇▇▇▇ 1111");
    // More than there is: nothing would be masked, so all is.
    becomes("4111 1111 1111 1111", &Patterns::new().detector(card.keep_first(12)), "▇▇▇▇ ▇▇▇▇ ▇▇▇▇ ▇▇▇▇");
    becomes("4111 1111 1111 1111", &Patterns::new().detector(card.keep_first(usize::MAX)), "▇▇▇▇ ▇▇▇▇ ▇▇▇▇ ▇▇▇▇");
    becomes("jo@example.com", &Patterns::new().detector(Detector::Email.keep_first(1)), "j▇▇▇▇▇▇▇▇▇▇▇▇▇");
    let phone = Detector::Phone.keep_last(4).keep_separators(true);
    becomes("(212) 555-0123", &Patterns::new().detector(phone), "(▇▇▇) ▇▇▇-0123");
    becomes("(212) 555-0123", &Patterns::new().detector(Detector::Phone.keep_last(2)), "▇▇▇▇▇▇▇▇▇▇▇▇23");
}

/// It is not looked at again with what stands beside a hit: it would be a hit with nothing kept.
#[test]
fn what_a_detector_keeps_is_no_second_hit() -> Result<(), Error> {
    let patterns = Patterns::new().detector(Detector::Phone.keep_last(7)).detector(Detector::Email.keep_last(3));
    let text = "call +44 20 7946 0958, jo@example.com0049 30 123456";
    let redaction = Redactor::default().text_patterns(text, &patterns)?;
    assert_eq!(redaction.text(), "call ▇▇▇▇▇▇▇▇946 0958, ▇▇▇▇▇▇▇▇▇▇.com▇▇▇▇▇▇0 123456");
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("phone", 2), ("email", 1)]);
    let patterns = Patterns::new().detector(Detector::Ipv4.keep_last(9).keep_separators(true));
    becomes("192.168.1.100, 192.168.1.101:80", &patterns, "▇92.168.1.100, ▇92.168.1.101:80");
    Ok(())
}

#[test]
fn the_report_counts_hits_by_name() -> Result<(), Error> {
    let patterns = Patterns::new()
        .named_detector("card on file", Detector::PaymentCard)
        .detector(Detector::Email)
        .detector(Detector::Iban);
    assert_eq!(patterns.names().collect::<Vec<_>>(), ["card on file", "email", "iban"]);
    assert_eq!((patterns.len(), patterns.is_empty(), Patterns::new().is_empty()), (3, false, true));
    let stored = "<p>4111 1111 1111 1111</p><p>jo@example.com, al@example.com</p>";
    let redaction = Redactor::default().html_patterns(stored, &patterns)?;
    assert_eq!(redaction.report().patterns().collect::<Vec<_>>(), [("card on file", 1), ("email", 2)]);
    Ok(())
}

#[test]
fn hits_of_several_patterns_are_united() {
    let stored = "see https://example.com/?m=jo@example.com now";
    becomes(stored, &Patterns::all_detectors(), "see ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ now");
}

proptest! {
    #![proptest_config(soup::cases(512))]

    #[test]
    fn a_card_number_is_found_in_any_formatting(bytes in prop::collection::vec(any::<u8>(), 0..160)) {
        card_law(&bytes);
    }
}

#[cfg(feature = "patterns")]
mod expressions {
    use blackbar::{Error, Limits, Patterns, Policy, Redactor};
    use regex::Regex;

    use super::{becomes, is_left_alone};

    fn pattern(expression: &str) -> Patterns {
        Patterns::new().regex("id", Regex::new(expression).expect("the expression is good"))
    }

    #[test]
    fn an_expression_reads_the_decoded_text_of_each_run() {
        becomes("<p><b>E-</b>10&#52;23</p>", &pattern(r"\bE-\d{5}\b"), "<p><b>▇▇</b>▇▇▇▇▇</p>");
        becomes("<p>a1</p><p>b2</p>", &pattern(r"^[a-z]"), "<p>▇1</p><p>▇2</p>");
        becomes("<p>E-10423E-10424</p>", &pattern(r"E-\d{5}"), "<p>▇▇▇▇▇▇▇▇▇▇▇▇▇▇</p>");
        is_left_alone("<p>E-</p><p>10423</p>", &pattern(r"E-\d{5}"));
    }

    #[test]
    fn empty_matches_are_no_hits() {
        is_left_alone("<p>abc</p>", &pattern("x*"));
        becomes("<p>éxxéx</p>", &pattern("x*"), "<p>é▇▇é▇</p>");
        is_left_alone("<p>ab</p>", &pattern("|b"));
    }

    #[test]
    fn look_around_sees_the_whole_run() {
        becomes("aa a", &pattern(r"\ba"), "▇a ▇");
        becomes("ab", &pattern("(?:^a|^b)"), "▇b");
    }

    /// Each match of this looks at all that is left, and the next begins one character later.
    #[test]
    fn an_expression_that_is_quadratic_over_all_matches_ends_at_the_limit() {
        let patterns = pattern("a.*z|a");
        let redactor = |work| Redactor::new(Policy::default().limits(Limits::default().pattern_work(work)));
        let text = "a".repeat(4_096);
        let outcome = redactor(1 << 20).and_then(|r| r.text_patterns(&text, &patterns).map(drop));
        assert_eq!(outcome, Err(Error::TooMuchWork { limit: 1 << 20 }));
        assert_eq!(redactor(1 << 24).and_then(|r| r.text_patterns(&text, &patterns).map(drop)), Ok(()));
        // In runs of their own the same letters are little work.
        let runs = "<p>a</p>".repeat(4_096);
        assert_eq!(redactor(1 << 20).and_then(|r| r.html_patterns(&runs, &patterns).map(drop)), Ok(()));
    }

    #[test]
    fn debug_shows_no_expression() {
        assert_eq!(format!("{:?}", pattern("secret")), "Patterns { len: 1, .. }");
    }
}

/// What is found may be white space that is layout, or what no reader sees:
/// then nothing is changed, and that is no success.
#[cfg(feature = "patterns")]
#[test]
fn hits_of_which_nothing_goes_are_no_match() {
    let patterns =
        |expression: &str| Patterns::new().regex("it", regex::Regex::new(expression).expect("a good expression"));
    let redactor = Redactor::default();
    let html = "<p>a</p> \n <p>b</p>";
    assert_eq!(redactor.html_patterns(html, &patterns(r"\s+")).map(|_| ()), Err(Error::NoMatch));
    assert_eq!(redactor.html_patterns(html, &patterns(r"\s+|a")).expect("a letter").text(), "<p>▇</p> \n <p>b</p>");
    let policy = blackbar::Policy::default().whitespace(blackbar::Whitespace::Keep);
    let keeps = Redactor::new(policy).expect("a good policy");
    assert_eq!(keeps.text_patterns("a b", &patterns(r"\s")).map(|_| ()), Err(Error::NoMatch));
}
