//! One `Redactor`, shared by the threads of a pool, over a batch of comments:
//!
//! ```text
//! cargo bench --bench parallel
//! ```
//!
//! A redactor holds no state, so the batch's throughput should grow with the threads until the cores are used up.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

mod data;

use blackbar::{PlainStyle, Redactor};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

fn batch(c: &mut Criterion) {
    let sizes = data::COMMENT_SIZES.iter().cycle().take(600);
    let comments: Vec<String> = sizes.map(|&size| data::comment(size)).collect();
    let bytes: usize = comments.iter().map(String::len).sum();
    let redactor = Redactor::default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);

    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Bytes(bytes as u64));
    for threads in (0..).map(|i| 1 << i).take_while(|threads| *threads <= cores) {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        group.bench_function(BenchmarkId::new("threads", threads), |b| {
            b.iter(|| pool.install(|| comments.par_iter().map(|comment| redact(&redactor, comment)).sum::<usize>()));
        });
    }
}

fn redact(redactor: &Redactor, comment: &str) -> usize {
    let redaction = redactor.html(comment).unwrap();
    redaction.text().len() + redaction.plain_body(PlainStyle::Rendered).len()
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(std::time::Duration::from_secs(3));
    targets = batch
}
criterion_main!(benches);
