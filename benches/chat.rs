//! Chat messages against their marked copies, and redacted ranges out of two texts:
//!
//! ```text
//! cargo bench --bench chat
//! ```

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

mod data;

use std::hint::black_box;

use blackbar::{Mask, Policy, Redactor, diff};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const SIZE: usize = 64_000;

/// A message as people write them, and the texts that leave the most to look into; those end in an error.
fn align(c: &mut Criterion) {
    let redactor = Redactor::default();
    let mut group = c.benchmark_group("chat/align");
    let ordinary = data::chat(SIZE);
    let mixed = |stored: &str, marked: &str| (stored.repeat(SIZE / marked.len()), marked.repeat(SIZE / marked.len()));
    let (open, close) = ("<redact>".repeat(16), "</redact>".repeat(16));
    let shapes = [
        ("ordinary", (ordinary.stored.clone(), ordinary.marked.clone())),
        ("other line ends", (format!("{}\r\n", ordinary.stored), format!("{}\n", ordinary.marked))),
        ("other words in the last mark", (ordinary.stored.clone(), format!("{}<redact>x</redact>", ordinary.marked))),
        ("literal tags", mixed("a<redact>b</redact>", "a<redact>b</redact>")),
        ("mixed runs of 64 tags", mixed(&format!("{open}{close}x"), &format!("{open}{open}{close}{close}x"))),
        ("tags that form", mixed("<redact>", "<red<redact>act>")),
        ("tags that form or stand", mixed("<redact><redact>", "<redact><red<redact></redact>act>")),
    ];
    for (name, (stored, marked)) in shapes {
        group.throughput(Throughput::Bytes(marked.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| redactor.chat(black_box(&stored), black_box(&marked)).is_ok());
        });
    }
}

/// Both texts of an ordinary message, with each kind of mask; the last also where the mask stands in the message.
fn recover(c: &mut Criterion) {
    let mut group = c.benchmark_group("chat/diff");
    let message = data::chat(SIZE);
    let label = Mask::label("[removed]").unwrap();
    let with_mask = |text: &str| format!("[removed] {text}");
    let quoted = data::Chat { stored: with_mask(&message.stored), marked: with_mask(&message.marked) };
    let kinds = [
        ("a mask per cluster", &message, Mask::default()),
        ("a mask per range", &message, Mask::Fixed(4)),
        ("a label", &message, label),
        ("a label that the message holds", &quoted, label),
    ];
    for (name, message, mask) in kinds {
        let redactor = Redactor::new(Policy::default().mask(mask)).unwrap();
        let redacted = redactor.chat(&message.stored, &message.marked).unwrap().text().to_owned();
        group.throughput(Throughput::Bytes(message.stored.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| diff(black_box(&message.stored), black_box(&redacted), mask).is_ok());
        });
    }
}

criterion_group!(benches, align, recover);
criterion_main!(benches);
