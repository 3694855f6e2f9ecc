//! Explicit ranges: units, and what is no range of the text (rule C43).

use std::ops::Range;

use blackbar::{Error, Redaction, Redactor, Unit};

fn both(text: &str, ranges: &[Range<usize>], unit: Unit) -> Result<String, Error> {
    let redactor = Redactor::default();
    let html = redactor.html_ranges(text, ranges, unit).map(Redaction::into_text);
    let plain = redactor.text_ranges(text, ranges, unit).map(Redaction::into_text);
    assert_eq!(html, plain);
    html
}

#[test]
fn ranges_are_in_the_callers_unit() -> Result<(), Error> {
    let text = "é👩x y";
    for (range, unit) in [(6..7, Unit::Bytes), (3..4, Unit::Utf16), (2..3, Unit::Scalars)] {
        assert_eq!(both(text, &[range], unit)?, "é👩▇ y");
    }
    for (range, unit) in [(2..6, Unit::Bytes), (1..3, Unit::Utf16), (1..2, Unit::Scalars)] {
        assert_eq!(both(text, &[range], unit)?, "é▇x y");
    }
    assert_eq!(both(text, &[4..5, 0..1, 0..1], Unit::Scalars)?, "▇👩x ▇");
    Ok(())
}

#[test]
fn what_does_not_fit_the_text_is_told_by_its_index() {
    let bad = |range: Range<usize>, unit| {
        let letter = if unit == Unit::Bytes { 0..2 } else { 0..1 };
        assert_eq!(both("é👩x", &[letter, range.clone()], unit), Err(Error::BadRange { index: 1 }), "{range:?}");
    };
    for range in
        [1..2, 0..1, 3..6, 6..8, 8..9, 2..2, 0..usize::MAX, usize::MAX - 1..usize::MAX, Range { start: 6, end: 2 }]
    {
        bad(range, Unit::Bytes);
    }
    for range in [1..2, 2..3, 4..5, 3..3, 0..usize::MAX] {
        bad(range, Unit::Utf16);
    }
    for range in [3..4, 1..1, 0..usize::MAX] {
        bad(range, Unit::Scalars);
    }
}

#[test]
fn the_first_range_that_does_not_fit_is_named_whatever_is_wrong_with_others() {
    for unit in [Unit::Bytes, Unit::Utf16, Unit::Scalars] {
        let reversed = Range { start: 1, end: 0 };
        for other in [2..2, reversed, 0..usize::MAX, 7..8] {
            let error = both("abc", &[0..1, 0..4, other.clone()], unit);
            assert_eq!(error, Err(Error::BadRange { index: 1 }), "{other:?}");
        }
    }
}

#[test]
fn edges_lie_in_text_or_between_tags() {
    let body = "<p title=x>a&amp;b</p><!--c--><script>d</script>";
    let error = |range| Redactor::default().html_ranges(body, &[range], Unit::Bytes).map(drop).unwrap_err();
    for (range, offset) in [(1..12, 1), (11..20, 20), (23..30, 23), (22..25, 25), (38..40, 40)] {
        assert_eq!(error(range.clone()), Error::RangeInMarkup { offset }, "{range:?}");
    }
    // Half a reference is grown to the whole.
    let redaction = Redactor::default().html_ranges(body, &[13..14], Unit::Bytes).map(Redaction::into_text);
    assert_eq!(redaction.as_deref(), Ok("<p title=x>a▇b</p><!--c--><script>d</script>"));
    assert_eq!(error(0..11), Error::EmptyMark { offset: 0 });
    let none = Redactor::default().html_ranges(body, &[], Unit::Bytes).map(drop);
    assert_eq!(none, Err(Error::NothingToRedact));
}

/// A range may lie in a tag that goes by its attribute, right beside what another range takes out.
#[test]
fn edges_lie_in_no_tag_that_goes() -> Result<(), Error> {
    let selection = Redactor::default().select_html("<x>y</x>z")?.marked("<x redact>y</x>z")?;
    let redaction = selection.ranges(&[3..4, 6..9], Unit::Bytes)?.redact();
    assert_eq!(redaction.map(drop), Err(Error::RangeInMarkup { offset: 6 }));
    Ok(())
}

/// With scripting on, a browser ends a `noscript` at the first thing that looks like its end tag (rule C16).
#[test]
fn a_range_takes_in_no_noscript_that_ends_in_two_places() {
    let redactor = Redactor::default();
    for (body, range) in [
        ("x<noscript><b title='</noscript>secret'></noscript>", 0..51),
        ("x<noscript><b title='</noscript>secret'></noscript>", 0..11),
        ("x<noscript><b title='</noscript>secret'>", 0..40),
        ("x<noscript> <p x='</noscript>'></noscript>", 0..12),
    ] {
        let redaction = redactor.html_ranges(body, &[range], Unit::Bytes);
        assert_eq!(redaction.map(drop), Err(Error::AmbiguousMarkup { offset: 1 }), "{body}");
    }
}

#[test]
fn ranges_of_the_rendered_text() -> Result<(), Error> {
    // Shown as "a & b\n\nc\td\ne".
    let body = "<p>a  &amp;\n b</p><table><tr><td>c<td>d</table>e";
    let redact = |range: Range<usize>, unit| {
        let selection = Redactor::default().select_html(body)?.rendered_ranges(&[range], unit)?;
        selection.redact().map(Redaction::into_text)
    };
    assert_eq!(redact(2..3, Unit::Bytes)?, "<p>a  ▇\n b</p><table><tr><td>c<td>d</table>e");
    assert_eq!(redact(4..8, Unit::Utf16)?, "<p>a  &amp;\n ▇</p><table><tr><td>▇<td>d</table>e");
    assert_eq!(redact(9..12, Unit::Scalars)?, "<p>a  &amp;\n b</p><table><tr><td>c<td>▇</table>▇");
    for added in [5..7, 8..9, 0..0, 11..13] {
        assert_eq!(redact(added, Unit::Bytes), Err(Error::BadRange { index: 0 }));
    }
    Ok(())
}

/// Gathering must not cost more the more there is already: putting it in order at each call made this quadratic.
#[test]
fn ranges_one_by_one_are_as_good_as_all_at_once() -> Result<(), Error> {
    let text = "ab ".repeat(20_000);
    let ranges: Vec<Range<usize>> = (0..20_000).map(|word| 3 * word..3 * word + 1).collect();
    let all = both(&text, &ranges, Unit::Bytes)?;
    let (mut plain, mut html) = (Redactor::default().select_text(&text)?, Redactor::default().select_html(&text)?);
    for range in ranges.into_iter().rev() {
        plain = plain.ranges(std::slice::from_ref(&range), Unit::Bytes)?;
        html = html.ranges(&[range], Unit::Bytes)?;
    }
    assert_eq!(plain.redact()?.text(), all);
    assert_eq!(html.redact()?.text(), all);
    Ok(())
}

/// What is selected and masks nothing is told, whatever grows or goes beside it.
#[test]
fn a_range_that_masks_nothing_is_told() {
    let redactor = Redactor::default();
    let of =
        |text: &str, ranges: &[Range<usize>]| redactor.html_ranges(text, ranges, Unit::Bytes).map(Redaction::into_text);
    assert_eq!(of("a\u{200F}b", &[1..4]), Err(Error::EmptyMark { offset: 1 }));
    assert_eq!(of("a\u{200F}bc", &[0..1, 1..4]).as_deref(), Ok("▇\u{200F}bc"), "one range with the letter before");
    assert_eq!(of("ab\u{200F}c", &[0..1, 2..5]), Err(Error::EmptyMark { offset: 2 }));
    assert_eq!(of("<svg><![CDATA[ab]]></svg>", &[14..15]).as_deref(), Ok("<svg><![CDATA[▇b]]></svg>"));
    for offset in [6, 13, 17, 18] {
        let error = of("<svg><![CDATA[ab]]></svg>", &[5..offset.max(6)]).err();
        assert_eq!(error, Some(Error::RangeInMarkup { offset }), "{offset}");
    }
}

/// A text of the same length is another one if an edit would begin or end inside of a character.
#[test]
fn edits_fit_no_text_whose_characters_they_cut() -> Result<(), Error> {
    let redaction = Redactor::default().text_ranges("abcdef", &[2..4], Unit::Bytes)?;
    let edits = redaction.edits();
    assert_eq!(edits.apply("uvwxyz").as_deref(), Ok("uv▇▇yz"));
    assert_eq!(edits.ranges_in("uéxéz", Unit::Scalars).err(), Some(Error::WrongSource { expected: 6, actual: 7 }));
    assert_eq!(edits.ranges_in("é12é", Unit::Scalars)?, [1..3]);
    for other in ["aébéf", "abcéf", "aéccde", "ab", "abcdefg"] {
        assert!(matches!(edits.apply(other), Err(Error::WrongSource { .. })), "{other}");
        assert!(matches!(edits.ranges_in(other, Unit::Bytes), Err(Error::WrongSource { .. })), "{other}");
    }
    Ok(())
}
