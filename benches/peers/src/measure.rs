//! Timing: every program of a case runs in turn, again and again, so that whatever else the machine does falls on all
//! of them alike. What is measured is the thread's time on a processor, not the time it waited for one.

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;

/// A program under test; it returns the number of bytes it made, so that the work is not optimized away.
pub struct Program<'a> {
    pub name: &'static str,
    /// What part of the job it does.
    pub does: &'static str,
    pub run: Box<dyn Fn() -> usize + 'a>,
}

/// Some programs on one input. The first one is ours.
pub struct Case<'a> {
    pub job: &'static str,
    pub input: String,
    pub bytes: usize,
    pub programs: Vec<Program<'a>>,
}

/// The times of one program on one input.
pub struct Timing {
    pub name: &'static str,
    pub does: &'static str,
    pub median_ns: f64,
    pub least_ns: f64,
    /// Its time by ours: the median over the rounds.
    pub ratio: f64,
}

impl Timing {
    /// Megabytes of input a second at the median time.
    pub fn megabytes(&self, bytes: usize) -> f64 {
        bytes as f64 * 1_000.0 / self.median_ns
    }
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Effort {
    pub rounds: usize,
    /// The time of one program in one round.
    pub slice: Duration,
}

/// Runs the programs of `case` in turn.
pub fn measure(case: &Case, effort: Effort) -> Vec<Timing> {
    let repeats: Vec<u32> = case.programs.iter().map(|program| repeats(program, effort.slice)).collect();
    let mut times = vec![Vec::with_capacity(effort.rounds); case.programs.len()];
    for _ in 0..effort.rounds {
        for ((program, &repeats), times) in case.programs.iter().zip(&repeats).zip(&mut times) {
            times.push(time(program, repeats));
        }
    }
    let ours = times[0].clone();
    case.programs
        .iter()
        .zip(&times)
        .map(|(program, times)| Timing {
            name: program.name,
            does: program.does,
            median_ns: median(times.clone()),
            least_ns: times.iter().copied().fold(f64::INFINITY, f64::min),
            ratio: median(times.iter().zip(&ours).map(|(theirs, ours)| theirs / ours).collect()),
        })
        .collect()
}

/// How often the program has to run to fill `slice`.
fn repeats(program: &Program, slice: Duration) -> u32 {
    let mut repeats = 1;
    loop {
        let start = ThreadTime::now();
        time(program, repeats);
        let taken = start.elapsed();
        if taken * 4 >= slice || repeats > 1 << 24 {
            let more = slice.as_secs_f64() / taken.as_secs_f64().max(1e-9);
            return ((f64::from(repeats) * more) as u32).max(1);
        }
        repeats *= 4;
    }
}

/// Nanoseconds a call.
fn time(program: &Program, repeats: u32) -> f64 {
    let start = ThreadTime::now();
    for _ in 0..repeats {
        black_box((program.run)());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}
