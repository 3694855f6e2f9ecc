//! What holds for every redaction of HTML, whatever the input (rules, "The laws").

use std::ops::Range;

use blackbar::{Edits, Mask, Policy, Redaction, Redactor, Unit};

/// The comment that stands between two texts that must not join.
const COMMENT: &str = "<!---->";

/// The laws of one call of [`Redactor::html`].
pub fn html_law(marked: &str, policy: Policy) {
    let redactor = Redactor::new(policy).expect("the policy is good");
    let outcome = redactor.html(marked);
    match &outcome {
        Ok(redaction) => {
            assert_eq!(redactor.html(marked).expect("the same as before").text(), redaction.text(), "not pure");
            redaction_law(marked, redaction, policy);
        }
        Err(error) => assert!(error.offset().is_none_or(|offset| marked.is_char_boundary(offset)), "{error:?}"),
    }
}

/// The laws of a redaction that was made of `source`, by whatever entry point.
pub fn redaction_law(source: &str, redaction: &Redaction<'_>, policy: Policy) {
    let edits = redaction.edits();
    assert_eq!(edits.apply(source).expect("edits fit their source"), redaction.text());
    assert_eq!(edits.result_len(), redaction.text().len());
    assert!(edits.apply(&format!("{source} ")).is_err(), "edits were applied to a text of another length");
    kept_bytes_law(source, redaction.text(), edits);
    units_law(source, edits);
    result_units_law(redaction);
    replacements_law(redaction, policy);
    assert!(redaction.text().len() <= source.len() * 3 + 64 || policy != Policy::default(), "C36");
    idempotence_law(redaction, policy);
}

/// C1: the edits are sorted, apart, and all that is outside of them stands in the result, in order.
pub fn kept_bytes_law(source: &str, result: &str, edits: &Edits) {
    let (mut kept, mut at) = (0, 0);
    for (edit, stands) in edits.iter().zip(edits.result_ranges()) {
        assert!(edit.range.start >= kept, "edits overlap");
        assert!(edit.range.start > kept || kept == 0 && at == 0, "edits touch");
        assert!(!edit.range.is_empty(), "an edit replaces nothing");
        let length = edit.range.start - kept;
        assert_eq!(&source[kept..edit.range.start], &result[at..at + length], "a kept byte changed");
        assert_eq!(stands.start, at + length);
        assert_eq!(&result[stands.clone()], edit.replacement);
        (kept, at) = (edit.range.end, stands.end);
    }
    assert_eq!(&source[kept..], &result[at..]);
}

/// C44: the same ranges in every unit.
pub fn units_law(source: &str, edits: &Edits) {
    let utf16: Vec<u16> = source.encode_utf16().collect();
    let scalars: Vec<char> = source.chars().collect();
    let in_utf16 = edits.ranges_in(source, Unit::Utf16).expect("edits fit their source");
    let in_scalars = edits.ranges_in(source, Unit::Scalars).expect("edits fit their source");
    for ((edit, utf16_range), scalar_range) in edits.iter().zip(in_utf16).zip(in_scalars) {
        let text = &source[edit.range];
        assert_eq!(String::from_utf16(&utf16[utf16_range]).expect("whole characters"), text);
        assert_eq!(scalars[scalar_range].iter().collect::<String>(), text);
    }
}

/// The replacements stand in the result where they are said to stand, in every unit.
fn result_units_law(redaction: &Redaction<'_>) {
    let utf16: Vec<u16> = redaction.text().encode_utf16().collect();
    let scalars: Vec<char> = redaction.text().chars().collect();
    let in_utf16 = redaction.result_ranges_in(Unit::Utf16);
    let in_scalars = redaction.result_ranges_in(Unit::Scalars);
    assert_eq!((in_utf16.len(), in_scalars.len()), (redaction.edits().len(), redaction.edits().len()));
    for ((edit, utf16_range), scalar_range) in redaction.edits().iter().zip(in_utf16).zip(in_scalars) {
        assert_eq!(String::from_utf16(&utf16[utf16_range]).expect("whole characters"), edit.replacement);
        assert_eq!(scalars[scalar_range].iter().collect::<String>(), edit.replacement);
    }
}

/// Replacements are masks, the two seams, and nothing else; the report counts the masks.
fn replacements_law(redaction: &Redaction<'_>, policy: Policy) {
    let mut masks = 0;
    for edit in redaction.edits().iter() {
        for part in mask_ranges(edit.replacement) {
            let text = &edit.replacement[part];
            match policy_mask(policy) {
                Some(mask) => {
                    assert!(text.chars().all(|c| c == mask), "a replacement holds something else");
                    masks += text.chars().count();
                }
                None => assert!(!text.is_empty()),
            }
        }
    }
    if policy_mask(policy).is_some() {
        assert_eq!(masks, redaction.report().clusters(), "one mask per cluster");
    }
}

/// C6: marking the masks again gives the same bytes.
fn idempotence_law(redaction: &Redaction<'_>, policy: Policy) {
    let ranges = masks_in_result(redaction.edits());
    if ranges.is_empty() {
        return;
    }
    let redactor = Redactor::new(policy).expect("the policy is good");
    let again = redactor.html_ranges(redaction.text(), &ranges, Unit::Bytes).expect("masks can be masked");
    assert_eq!(again.text(), redaction.text(), "not idempotent");
}

/// Where masks stand in the result.
fn masks_in_result(edits: &Edits) -> Vec<Range<usize>> {
    let edits = edits.iter().zip(edits.result_ranges());
    let masks = edits.flat_map(|(edit, stands)| {
        mask_ranges(edit.replacement).into_iter().map(move |mask| stands.start + mask.start..stands.start + mask.end)
    });
    masks.collect()
}

/// The parts of a replacement that are masks: all but comments and the `<` that would stand before one.
fn mask_ranges(replacement: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < replacement.len() {
        let rest = &replacement[at..];
        if let Some(seam) = [COMMENT, "&lt;"].into_iter().find(|seam| rest.starts_with(seam)) {
            at += seam.len();
            continue;
        }
        let end = [COMMENT, "&lt;"].into_iter().filter_map(|seam| rest.find(seam)).min().unwrap_or(rest.len());
        ranges.push(at..at + end);
        at += end;
    }
    ranges
}

/// The character that masks one cluster, if the policy has one.
fn policy_mask(policy: Policy) -> Option<char> {
    match policy.chosen_mask() {
        Mask::PerGrapheme(mask) => Some(mask),
        _ => None,
    }
}
