//! The table, the summary against the targets, and the same as JSON.

use std::fmt::Write;

use serde_json::json;

use crate::jobs::{MANY, WHOLE};
use crate::measure::{Case, Timing};

/// The result of one case.
pub struct Row {
    pub job: &'static str,
    pub input: String,
    pub bytes: usize,
    pub timings: Vec<Timing>,
}

impl Row {
    pub fn new(case: &Case, timings: Vec<Timing>) -> Self {
        Self { job: case.job, input: case.input.clone(), bytes: case.bytes, timings }
    }

    pub fn timing(&self, name: &str) -> Option<&Timing> {
        self.timings.iter().find(|timing| timing.name == name)
    }
}

/// What stands above the lines of a job.
pub fn heading(case: &Case) -> String {
    let mut out = format!("\n## {}\n\n", case.job);
    for program in &case.programs {
        let _ = writeln!(out, "- {}: {}", program.name, program.does);
    }
    let _ =
        writeln!(out, "\n| input | program | median | least | MB/s | its time : ours |\n|---|---|---:|---:|---:|---:|");
    out
}

/// One line for each program.
pub fn lines(row: &Row) -> String {
    let mut out = String::new();
    for timing in &row.timings {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {:.1} | {:.2} |",
            row.input,
            timing.name,
            duration(timing.median_ns),
            duration(timing.least_ns),
            timing.megabytes(row.bytes),
            timing.ratio,
        );
    }
    out
}

/// The ratios that the project has targets for.
pub fn summary(rows: &[Row]) -> String {
    [WHOLE, MANY].map(|job| ratios(job, rows)).concat()
}

fn ratios(job: &str, rows: &[Row]) -> String {
    let mut out = String::new();
    let rows: Vec<&Row> = rows.iter().filter(|row| row.job == job).collect();
    if rows.is_empty() {
        return out;
    }
    let _ = writeln!(out, "\n## ratios: {job}, its time : ours\n");
    out.push_str(
        "| input | our MB/s | html5ever + rcdom | target | lol_html | target |\n|---|---:|---:|---:|---:|---:|\n",
    );
    for row in rows {
        // Below 200 bytes the fixed cost of a call weighs most, and the targets are lower.
        let (tree, stream) = if row.bytes < 200 { (5.0, 3.0) } else { (20.0, 8.0) };
        let ratio = |name| row.timing(name).map_or(0.0, |timing| timing.ratio);
        let verdict =
            |ratio: f64, target: f64| format!("{target:.0} {}", if ratio >= target { "met" } else { "missed" });
        let (rcdom, lol) = (ratio("html5ever + rcdom"), ratio("lol_html"));
        let _ = writeln!(
            out,
            "| {} | {:.0} | {rcdom:.1} | {} | {lol:.1} | {} |",
            row.input,
            row.timings[0].megabytes(row.bytes),
            verdict(rcdom, tree),
            verdict(lol, stream),
        );
    }
    out
}

/// Everything measured.
pub fn json(rows: &[Row]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let timings: Vec<_> = row
                .timings
                .iter()
                .map(|timing| {
                    json!({
                        "program": timing.name, "does": timing.does, "median_ns": timing.median_ns,
                        "least_ns": timing.least_ns, "mb_per_s": timing.megabytes(row.bytes),
                        "ratio_to_ours": timing.ratio,
                    })
                })
                .collect();
            json!({ "job": row.job, "input": row.input, "bytes": row.bytes, "programs": timings })
        })
        .collect();
    format!("{:#}\n", json!(rows))
}

fn duration(ns: f64) -> String {
    match ns {
        ..1e3 => format!("{ns:.0} ns"),
        1e3..1e6 => format!("{:.2} µs", ns / 1e3),
        _ => format!("{:.2} ms", ns / 1e6),
    }
}
