//! How the time grows: every hostile shape at n, 2n, 4n and 8n bytes through every entry point, beside ordinary text
//! of the same size.
//!
//! ```text
//! cargo bench --bench scaling               # every shape
//! cargo bench --bench scaling -- flags      # those whose name holds the word
//! ```
//!
//! A line gives the time by byte at 8n, that time by ordinary text's (`× text`), and how it grew from n to 8n
//! (`× n`: 8 is linear). What is slower by byte than five times ordinary text, or grows by more than twelve, is
//! flagged. Times are the least of several, because other work on the machine can only add to them; those that are
//! compared are taken by turns, because a machine may be slower for seconds.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

mod data;

use std::hint::black_box;
use std::time::{Duration, Instant};

use blackbar::html::tokenize;
use blackbar::{Patterns, PlainStyle, Redactor};
use data::hostile::{BODIES, CHATS, PREFIX_NEEDLES, Shape, TEXTS};

/// 8n is the help desk's limit of 64 kB.
const SIZES: [usize; 4] = [8_000, 16_000, 32_000, 64_000];

const SLOW: f64 = 5.0;
const SUPERLINEAR: f64 = 12.0;

fn main() {
    // Cargo passes `--bench`; what is left is a word of the shapes' names.
    let word = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).unwrap_or_default();
    let redactor = Redactor::default();
    let detectors = Patterns::all_detectors();
    let mut table = Table { word, flagged: 0 };

    table.bodies("tokens", |html| {
        black_box(tokenize(html));
        true
    });
    table.bodies("html", |html| black_box(redactor.html(html)).is_ok());
    for (entry, style) in [("html + plain", PlainStyle::Rendered), ("html + plain (zendesk)", PlainStyle::Zendesk)] {
        table.bodies(entry, |html| redactor.html(html).map(|redaction| redaction.plain_body(style)).is_ok());
    }
    table.bodies("html + leaks", |html| redactor.html(html).map(|redaction| redaction.leaks().len()).is_ok());
    table.bodies("html_strings", |html| black_box(redactor.html_strings(html, &["x", "xx"])).is_ok());
    table.bodies("html_patterns", |html| black_box(redactor.html_patterns(html, &detectors)).is_ok());
    table.marked("html_stored", |stored, marked| black_box(redactor.html_stored(stored, marked)).is_ok());
    table.texts("html_strings", |text| black_box(redactor.html_strings(text, PREFIX_NEEDLES)).is_ok());
    table.texts("html_patterns", |text| black_box(redactor.html_patterns(text, &detectors)).is_ok());
    table.texts("text_strings", |text| black_box(redactor.text_strings(text, PREFIX_NEEDLES)).is_ok());
    table.texts("text_patterns", |text| black_box(redactor.text_patterns(text, &detectors)).is_ok());
    #[cfg(feature = "serde")]
    table.records("records: string");
    table.chats("chat", |chat| black_box(redactor.chat(&chat.stored, &chat.marked)).is_ok());
    println!("\n{} flagged", table.flagged);
}

struct Table {
    word: String,
    flagged: usize,
}

impl Table {
    fn bodies(&mut self, entry: &str, run: impl Fn(&str) -> bool) {
        self.each(entry, BODIES, data::comment(SIZES[3]), |html| html, String::len, |html| run(html));
    }

    fn marked(&mut self, entry: &str, run: impl Fn(&str, &str) -> bool) {
        let prepare = |marked: String| (data::without_marks(&marked), marked);
        let bytes = |(_, marked): &(String, String)| marked.len();
        self.each(entry, BODIES, data::comment(SIZES[3]), prepare, bytes, |(stored, marked)| run(stored, marked));
    }

    fn texts(&mut self, entry: &str, run: impl Fn(&str) -> bool) {
        self.each(entry, TEXTS, data::text(SIZES[3]), |text| text, String::len, |text| run(text));
    }

    fn chats(&mut self, entry: &str, run: impl Fn(&data::Chat) -> bool) {
        let bytes = |chat: &data::Chat| chat.stored.len().max(chat.marked.len());
        self.each(entry, CHATS, data::chat(SIZES[3]), |chat| chat, bytes, run);
    }

    /// The shape as a comment's body, and once more in a field that is searched for what was removed.
    #[cfg(feature = "serde")]
    fn records(&mut self, entry: &str) {
        use blackbar::records::{Comment, RecordRedactor, StringRedaction};
        let (redactor, request) = (RecordRedactor::default(), StringRedaction::new("x847564"));
        let prepare = |html: String| {
            let body = format!("<p>x847564</p>{}", data::without_marks(&html));
            let comment = serde_json::json!({"id": 1, "html_body": body, "note": html});
            (2 * html.len(), Comment::from_value(comment).unwrap())
        };
        let run = |(_, comment): &(usize, Comment)| black_box(redactor.string(comment, &request)).is_ok();
        self.each(entry, BODIES, data::comment(SIZES[3]), prepare, |(bytes, _)| *bytes, run);
    }

    /// `prepare` makes what is timed of what a shape gives.
    fn each<S, T>(
        &mut self,
        entry: &str,
        shapes: &[Shape<S>],
        ordinary: S,
        prepare: impl Fn(S) -> T,
        bytes: impl Fn(&T) -> usize,
        run: impl Fn(&T) -> bool,
    ) {
        println!("\n## {entry}\n");
        println!("| shape | outcome | ns a byte | × text | × n |\n|---|---|---:|---:|---:|");
        let ordinary = &prepare(ordinary);
        for shape in shapes.iter().filter(|shape| shape.name.contains(&self.word)) {
            let inputs = SIZES.map(|size| prepare((shape.make)(size)));
            let done = run(&inputs[3]);
            let [n, n2, n4, n8] = inputs.each_ref();
            let [text, first, .., last] = least([ordinary, n, n2, n4, n8], &run);
            let by_byte = last / bytes(n8) as f64;
            let (slower, growth) = (by_byte / (text / bytes(ordinary) as f64), last / first);
            // What takes microseconds in all cannot hurt, whatever its growth.
            let flagged = slower > SLOW || growth > SUPERLINEAR && last > 50_000.0;
            self.flagged += usize::from(flagged);
            println!(
                "| {} | {} | {by_byte:.2} | {slower:.2} | {growth:.1} |{}",
                shape.name,
                if done { "done" } else { "refused" },
                if flagged { " flagged" } else { "" }
            );
        }
    }
}

/// The least time of a call with each input in nanoseconds, over some rounds and at most some tens of milliseconds.
fn least<T, const N: usize>(inputs: [&T; N], run: impl Fn(&T) -> bool) -> [f64; N] {
    let begin = Instant::now();
    let mut least = [Duration::MAX; N];
    for _ in 0..12 {
        for (least, input) in least.iter_mut().zip(inputs) {
            let start = Instant::now();
            black_box(run(input));
            *least = start.elapsed().min(*least);
        }
        if begin.elapsed() > Duration::from_millis(40) {
            break;
        }
    }
    least.map(|least| least.as_secs_f64() * 1e9)
}
