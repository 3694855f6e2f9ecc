//! Times this crate beside other programs that do the same job or a part of it, in one run, and prints the table.
//!
//! `--json FILE` and `--svg FILE` also write the results; `--quick` takes fewer rounds; `--job WORD` runs only the jobs
//! whose name holds the word.

mod agree;
mod chart;
mod chat;
#[path = "../../data/mod.rs"]
mod data;
mod jobs;
mod lol;
mod measure;
mod ours;
mod partial;
mod rcdom;
mod report;
mod text;

use std::process::ExitCode;
use std::time::Duration;

use measure::{Effort, measure};
use report::Row;

fn main() -> ExitCode {
    let Some(options) = Options::read(std::env::args().skip(1)) else {
        eprintln!("options: [--quick] [--job WORD] [--json FILE] [--svg FILE]");
        return ExitCode::FAILURE;
    };
    for disagreement in agree::check() {
        println!("note: {disagreement}");
    }
    let inputs = jobs::Inputs::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut job = "";
    for case in jobs::all(&inputs).iter().filter(|case| case.job.contains(&options.job)) {
        let row = Row::new(case, measure(case, options.effort));
        if job != case.job {
            job = case.job;
            print!("{}", report::heading(case));
        }
        print!("{}", report::lines(&row));
        rows.push(row);
    }
    print!("{}", report::summary(&rows));
    let files = [(options.json, report::json(&rows)), (options.svg, chart::svg(&rows))];
    for (path, content) in files {
        if let Some(path) = path
            && let Err(error) = std::fs::write(&path, content)
        {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

struct Options {
    effort: Effort,
    job: String,
    json: Option<String>,
    svg: Option<String>,
}

impl Options {
    fn read(mut args: impl Iterator<Item = String>) -> Option<Self> {
        let effort = Effort { rounds: 25, slice: Duration::from_millis(6) };
        let mut options = Self { effort, job: String::new(), json: None, svg: None };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--quick" => options.effort = Effort { rounds: 7, slice: Duration::from_millis(3) },
                "--job" => options.job = args.next()?,
                "--json" => options.json = Some(args.next()?),
                "--svg" => options.svg = Some(args.next()?),
                _ => return None,
            }
        }
        Some(options)
    }
}
