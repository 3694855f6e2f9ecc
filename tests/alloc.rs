//! How often a redaction asks for memory. A test binary of its own, because it counts in the global allocator.
//!
//! The counts are exact for one version of the code and of the standard library, so the bounds leave a little room:
//! they are there to catch an allocation by token, by mark or by tag.

#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../benches/data/mod.rs"]
mod data;

use allocation_counter::measure;
use blackbar::{Error, Limits, Mask, PlainStyle, Policy, Redaction, Redactor};

/// What a redaction of a 1 kB comment may ask for, both outputs together; it is 9 now. A debug build makes each result
/// a second time, the slow way, so it asks for more.
const ONE_KILOBYTE: u64 = if cfg!(debug_assertions) { 30 } else { 12 };

/// A vector that starts small doubles six times on the way from 1 kB to 64 kB.
const DOUBLINGS: u64 = 6;

/// How many vectors start small: the general way has more.
const VECTORS: u64 = if cfg!(debug_assertions) { 18 } else { 4 };

#[test]
fn a_comment_of_a_kilobyte_takes_few_allocations() {
    let count = allocations(&data::comment(1_000));
    assert!(count <= ONE_KILOBYTE, "{count} allocations, {ONE_KILOBYTE} are stated");
}

#[test]
fn allocations_do_not_grow_with_the_comment() {
    let (small, large) = (allocations(&data::comment(1_000)), allocations(&data::comment(64_000)));
    assert!(large <= small + DOUBLINGS * VECTORS, "{small} allocations for 1 kB, {large} for 64 kB");
}

#[test]
fn allocations_do_not_grow_with_the_mail() {
    let (small, large) = (allocations(&data::mail(4_000)), allocations(&data::mail(64_000)));
    assert!(large <= small + DOUBLINGS * VECTORS, "{small} allocations for 4 kB, {large} for 64 kB");
}

#[test]
fn a_refusal_takes_no_more_than_a_redaction() {
    let mut comment = data::comment(1_000);
    comment.push_str("<redact>");
    let refusal = measure(|| assert!(Redactor::default().html(&comment).is_err())).count_total;
    assert!(refusal <= ONE_KILOBYTE, "{refusal} allocations");
}

/// Sixty-four masks take 192 bytes and can stand for one, so a result past its limit must not be written first.
#[test]
fn a_result_past_its_limit_is_not_written() {
    const LIMIT: usize = 4_096;
    let limits = Limits::default().output_bytes(LIMIT);
    let redactor = Redactor::new(Policy::default().mask(Mask::Fixed(64)).limits(limits)).unwrap();
    let source = "a ".repeat(20_000);
    let refused = |outcome: Result<Redaction<'_>, Error>| {
        assert_eq!(outcome.map(drop), Err(Error::OutputTooLarge { limit: LIMIT }));
    };
    let text = measure(|| refused(redactor.text_strings(&source, &["a"]))).bytes_max;
    let html = measure(|| refused(redactor.html_strings(&source, &["a"]))).bytes_max;
    assert!(text.max(html) < 192 * 20_000, "{text} bytes for text, {html} for html");
}

/// The allocations of a whole job.
fn allocations(html: &str) -> u64 {
    let redactor = Redactor::default();
    measure(|| {
        let redaction = redactor.html(html).unwrap();
        let plain = redaction.plain_body(PlainStyle::Rendered);
        assert!(!redaction.text().is_empty() && !plain.is_empty());
    })
    .count_total
}
