//! The stages of a redaction and the whole of it, over comments and mails of every size:
//!
//! ```text
//! cargo bench --bench hot_path
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

mod data;

use blackbar::html::tokenize;
use blackbar::{Patterns, PlainStyle, Redactor};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// HTML as tokens.
fn tokens(c: &mut Criterion) {
    each_body(c, "tokens", |html| {
        black_box(tokenize(black_box(html)));
    });
}

/// Marked HTML as redacted HTML, checked.
fn redact(c: &mut Criterion) {
    let redactor = Redactor::default();
    each_body(c, "redact", |html| {
        let _ = black_box(redactor.html(black_box(html)).unwrap());
    });
}

/// Redacted HTML as plain text, in both styles. A redaction is at hand; its throughput is by the body's size.
fn plain(c: &mut Criterion) {
    for (group, style) in [("plain/rendered", PlainStyle::Rendered), ("plain/zendesk", PlainStyle::Zendesk)] {
        let mut group = c.benchmark_group(group);
        for (label, html) in bodies() {
            let redaction = Redactor::default().html(&html).unwrap();
            sized(&mut group, &html);
            group.bench_function(BenchmarkId::from_parameter(label), |b| b.iter(|| redaction.plain_body(style)));
        }
    }
}

/// Both outputs.
fn whole(c: &mut Criterion) {
    let redactor = Redactor::default();
    each_body(c, "whole", |html| {
        let redaction = redactor.html(black_box(html)).unwrap();
        black_box(redaction.plain_body(PlainStyle::Rendered));
    });
}

/// A marked body against the stored one, redacted there.
fn stored(c: &mut Criterion) {
    let redactor = Redactor::default();
    let mut group = c.benchmark_group("stored");
    for (label, marked) in bodies() {
        let stored = data::without_marks(&marked);
        sized(&mut group, &stored);
        group.bench_function(BenchmarkId::from_parameter(label), |b| {
            b.iter(|| redactor.html_stored(black_box(&stored), black_box(&marked)).unwrap());
        });
    }
}

/// A chat message against its stored copy.
fn chat(c: &mut Criterion) {
    let redactor = Redactor::default();
    let mut group = c.benchmark_group("chat");
    for size in data::COMMENT_SIZES {
        let message = data::chat(size);
        sized(&mut group, &message.marked);
        group.bench_function(BenchmarkId::from_parameter(data::size_label(size)), |b| {
            b.iter(|| redactor.chat(black_box(&message.stored), black_box(&message.marked)).unwrap());
        });
    }
}

/// One string, a hundred strings, every detector, over HTML bodies without marks.
fn find(c: &mut Criterion) {
    let redactor = Redactor::default();
    let needles: Vec<String> =
        (0..99).map(|i| format!("{}-{i}", 100_000 + i)).chain([data::NEEDLE.to_owned()]).collect();
    let needles: Vec<&str> = needles.iter().map(String::as_str).collect();
    let detectors = Patterns::all_detectors();
    for (group, needles) in [("find/one", &needles[99..]), ("find/hundred", &needles[..])] {
        let mut group = c.benchmark_group(group);
        for (label, html) in stored_bodies() {
            sized(&mut group, &html);
            group.bench_function(BenchmarkId::from_parameter(label), |b| {
                b.iter(|| redactor.html_strings(black_box(&html), needles).unwrap());
            });
        }
    }
    let mut group = c.benchmark_group("find/detectors");
    for (label, html) in stored_bodies() {
        sized(&mut group, &html);
        group.bench_function(BenchmarkId::from_parameter(label), |b| {
            b.iter(|| black_box(redactor.html_patterns(black_box(&html), &detectors)).is_ok());
        });
    }
}

fn each_body(c: &mut Criterion, group: &str, mut run: impl FnMut(&str)) {
    let mut group = c.benchmark_group(group);
    for (label, html) in bodies() {
        sized(&mut group, &html);
        group.bench_function(BenchmarkId::from_parameter(label), |b| b.iter(|| run(&html)));
    }
}

fn bodies() -> Vec<(String, String)> {
    let comments = data::COMMENT_SIZES.map(|size| (format!("comment {}", data::size_label(size)), data::comment(size)));
    let mails = data::MAIL_SIZES.map(|size| (format!("mail {}", data::size_label(size)), data::mail(size)));
    comments.into_iter().chain(mails).collect()
}

/// The bodies of 4 kB and more, in which the needle stands, with their marks taken out.
fn stored_bodies() -> Vec<(String, String)> {
    let large = bodies().into_iter().filter(|(_, html)| html.len() > 3_000);
    large.map(|(label, html)| (label, data::without_marks(&html))).collect()
}

fn sized(group: &mut BenchmarkGroup<'_, WallTime>, text: &str) {
    group.throughput(Throughput::Bytes(text.len() as u64));
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(900));
    targets = tokens, redact, plain, whole, stored, chat, find
}
criterion_main!(benches);
