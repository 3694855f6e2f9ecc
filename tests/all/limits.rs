//! Limits hold at every call, and the work of patterns is that of all calls on one text (rule C5).

use blackbar::{Error, HtmlSelection, Limits, Policy, Redaction, Redactor, TextSelection, Unit};

fn with(limits: Limits) -> Redactor {
    Redactor::new(Policy::default().limits(limits)).expect("the policy is good")
}

/// What each call makes of texts of ten bytes, marked or not.
fn outcomes(redactor: &Redactor) -> Vec<(&'static str, Result<(), Error>)> {
    let (stored, marked) = ("ab 2345678", "<redact>ab</redact> 2345678");
    let removed = Redactor::default().html(marked).expect("the mark is good").removed();
    let done = |result: Result<Redaction<'_>, Error>| result.map(drop);
    vec![
        ("html", done(redactor.html(marked))),
        ("html_stored", done(redactor.html_stored(stored, marked))),
        ("html_ranges", done(redactor.html_ranges(stored, &[0..2], Unit::Bytes))),
        ("html_strings", done(redactor.html_strings(stored, &["ab"]))),
        (
            "select_html",
            redactor.select_html(stored).and_then(|all| all.strings(&["ab"])).and_then(HtmlSelection::redact).map(drop),
        ),
        ("html_copy", redactor.html_copy(stored, &removed).map(drop)),
        ("chat", done(redactor.chat(stored, marked))),
        ("text_ranges", done(redactor.text_ranges(stored, &[0..2], Unit::Bytes))),
        ("text_strings", done(redactor.text_strings(stored, &["ab"]))),
        (
            "select_text",
            redactor.select_text(stored).and_then(|all| all.strings(&["ab"])).and_then(TextSelection::redact).map(drop),
        ),
        ("text_copy", redactor.text_copy(stored, &removed).map(drop)),
    ]
}

#[test]
fn every_call_is_refused_past_a_limit() {
    for (call, outcome) in outcomes(&Redactor::default()) {
        assert_eq!(outcome, Ok(()), "{call}");
    }
    for limits in [Limits::default().input_bytes(9), Limits::default().unmarked_bytes(9)] {
        for (call, outcome) in outcomes(&with(limits)) {
            assert!(matches!(outcome, Err(Error::InputTooLarge { limit: 9, .. })), "{call}: {outcome:?}");
        }
    }
    for (call, outcome) in outcomes(&with(Limits::default().unmarked_bytes(10))) {
        assert_eq!(outcome, Ok(()), "{call}");
    }
    for (call, outcome) in outcomes(&with(Limits::default().output_bytes(9))) {
        assert!(matches!(outcome, Err(Error::OutputTooLarge { limit: 9 })), "{call}: {outcome:?}");
    }
}

#[test]
fn a_body_past_the_usual_size_keeps_its_marks() {
    let marked = format!("<redact>{}</redact>", "a".repeat((16 << 20) - 17));
    assert!(blackbar::unmark(&marked).is_ok_and(|stored| stored.len() == (16 << 20) - 17));
    let error = blackbar::unmark(&format!("{marked}b")).expect_err("one byte more");
    assert_eq!(error, Error::InputTooLarge { limit: 16 << 20, actual: (16 << 20) + 1 });
}

/// As many looks as one call may take are all that several may take on the same text.
#[cfg(feature = "patterns")]
#[test]
fn the_work_of_patterns_is_that_of_all_calls() -> Result<(), Error> {
    let patterns = blackbar::Patterns::new().regex("it", regex::Regex::new("a.*z|a").expect("a good expression"));
    let text = "a".repeat(1_000);
    let redactor = with(Limits::default().pattern_work(800_000));
    let too_much = Some(Error::TooMuchWork { limit: 800_000 });
    let html = redactor.select_html(&text)?.patterns(&patterns)?;
    assert_eq!(html.clone().patterns(&patterns).err(), too_much);
    assert_eq!(html.patterns_if_any(&patterns).err(), too_much);
    let html = redactor.select_html(&text)?.patterns_if_any(&patterns)?;
    assert_eq!(html.patterns(&patterns).err(), too_much);
    let plain = redactor.select_text(&text)?.patterns(&patterns)?;
    assert_eq!(plain.clone().patterns(&patterns).err(), too_much);
    assert_eq!(plain.patterns_if_any(&patterns).err(), too_much);
    let plain = redactor.select_text(&text)?.patterns_if_any(&patterns)?;
    assert_eq!(plain.patterns(&patterns).err(), too_much);
    let roomy = with(Limits::default().pattern_work(1 << 30));
    let both = roomy.select_text(&text)?.patterns(&patterns)?.patterns_if_any(&patterns)?.redact()?;
    assert_eq!(both.report().patterns().collect::<Vec<_>>(), [("it", 2_000)]);
    Ok(())
}
