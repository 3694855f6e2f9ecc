//! Edits as data: what is written is read again, and nothing that no redaction has.

use blackbar::{Edits, Error, Redactor, Unit};
use proptest::prelude::*;

use crate::support::soup;

proptest! {
    #![proptest_config(soup::cases(256))]

    #[test]
    fn what_is_written_is_read_again(
        source in soup::soup(),
        ranges in prop::collection::vec((0_usize..60, 1_usize..9), 1..6),
    ) {
        let ranges: Vec<_> = ranges.iter().map(|(start, length)| *start..start + length).collect();
        let redactor = Redactor::default();
        let html = redactor.html_ranges(&source, &ranges, Unit::Scalars);
        let text = redactor.text_ranges(&source, &ranges, Unit::Scalars);
        for redaction in [html, text] {
            let Ok(redaction) = redaction else { continue };
            let json = serde_json::to_string(redaction.edits()).expect("edits are data");
            let edits: Edits = serde_json::from_str(&json).expect("what was written");
            prop_assert_eq!(&edits, redaction.edits());
            prop_assert_eq!(edits.apply(&source).expect("the source"), redaction.text());
        }
    }
}

#[test]
fn what_no_redaction_has_is_not_read() -> Result<(), serde_json::Error> {
    let read = |len: usize, edits: &str| {
        serde_json::from_str::<Edits>(&format!(r#"{{"source_len":{len},"edits":[{edits}]}}"#))
    };
    let edit = |start: usize, end: usize| format!(r#"{{"start":{start},"end":{end},"replacement":"▇"}}"#);
    for edits in [
        vec![edit(2, 2)],
        vec![edit(2, 1)],
        vec![edit(8, 10)],
        vec![edit(1, 2), edit(2, 3)],
        vec![edit(4, 5), edit(1, 2)],
    ] {
        assert!(read(9, &edits.join(",")).is_err(), "{edits:?}");
    }
    for edits in [
        "null",
        r#"{"start":1,"end":2}"#,
        r#"{"start":1,"end":2,"replacement":"","more":1}"#,
        r#"{"start":-1,"end":2,"replacement":""}"#,
    ] {
        assert!(read(9, edits).is_err(), "{edits}");
    }
    assert!(read(usize::MAX, "").is_err());
    assert!(read(1 << 32, &edit(1, 2)).is_err());
    // Cut inside of a character, the text is not the source.
    let edits = read(3, &edit(0, 1))?;
    assert_eq!(edits.apply("▇"), Err(Error::WrongSource { expected: 3, actual: 3 }));
    assert_eq!(edits.apply("abc").as_deref(), Ok("▇bc"));
    assert_eq!(read(3, "")?.apply("abc").as_deref(), Ok("abc"));
    Ok(())
}

#[test]
fn no_error_about_edits_shows_what_was_read() {
    let secret = "Jane 847564";
    for json in [
        format!(r#""{secret}""#),
        format!(r#"{{"{secret}":1}}"#),
        format!(r#"{{"source_len":"{secret}"}}"#),
        format!(r#"{{"source_len":9,"edits":"{secret}"}}"#),
        format!(r#"{{"source_len":9,"edits":[{{"start":"{secret}"}}]}}"#),
        format!(r#"{{"source_len":9,"edits":[{{"start":1,"end":2,"replacement":"▇","{secret}":1}}]}}"#),
        format!(r#"{{"source_len":9,"edits":[{{"start":1,"end":1,"replacement":"{secret}"}}]}}"#),
    ] {
        let error = serde_json::from_str::<Edits>(&json).expect_err("no edits");
        assert!(!format!("{error} {error:?}").contains(secret), "{error}");
    }
}
