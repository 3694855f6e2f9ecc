//! The chart of the README: throughput of the whole job by program and input, drawn from a run's own results.

use std::fmt::Write;

use crate::jobs::WHOLE;
use crate::report::Row;

/// The programs that do the whole job, and the classes that colour them.
const PROGRAMS: [(&str, &str); 3] = [("blackbar", "ours"), ("lol_html", "stream"), ("html5ever + rcdom", "tree")];

const WIDTH: f64 = 760.0;
const LEFT: f64 = 128.0;
const RIGHT: f64 = 96.0;
const TOP: f64 = 74.0;
const BAR: f64 = 11.0;
const GROUP: f64 = PROGRAMS.len() as f64 * BAR + 14.0;

/// Readable on light and on dark pages: the colours follow the reader's scheme.
const STYLE: &str = "\
    text{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;font-size:12px;fill:#1f2328}\
    .title{font-size:15px;font-weight:600}.small{font-size:11px;fill:#59636e}.figure{font-size:10px;fill:#59636e}\
    .grid{stroke:#d1d9e0;stroke-width:1}.ours{fill:#1f2328}.stream{fill:#4493f8}.tree{fill:#d29922}\
    @media (prefers-color-scheme:dark){text{fill:#f0f6fc}.small,.figure{fill:#9198a1}.grid{stroke:#3d444d}\
    .ours{fill:#f0f6fc}}";

/// The drawing, or an empty one if the whole job was not measured.
pub fn svg(rows: &[Row]) -> String {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.job == WHOLE).collect();
    let speed = |row: &Row, name| row.timing(name).map_or(0.0, |timing| timing.megabytes(row.bytes));
    let fastest = rows.iter().map(|row| speed(row, PROGRAMS[0].0)).fold(1.0, f64::max);
    let step = round_step(fastest / 4.0);
    let scale = (WIDTH - LEFT - RIGHT) / (fastest / step).ceil() / step;
    let bottom = TOP + rows.len() as f64 * GROUP;
    let height = bottom + 30.0;

    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\" aria-label=\"Throughput in megabytes a second\">\n<style>{STYLE}</style>\n"
    );
    text(&mut out, "title", 16.0, 26.0, "start", "Redacted HTML and plain text: megabytes of input a second");
    legend(&mut out);
    let mut mark = 0.0;
    while mark <= (fastest / step).ceil() * step + 0.5 {
        let x = LEFT + mark * scale;
        let _ = writeln!(out, "<line class=\"grid\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\"/>");
        text(&mut out, "small", x, bottom + 18.0, "middle", &format!("{mark:.0}"));
        mark += step;
    }
    for (i, row) in rows.iter().enumerate() {
        let top = TOP + i as f64 * GROUP + 7.0;
        text(&mut out, "label", LEFT - 10.0, top + GROUP / 2.0 - 3.0, "end", &row.input);
        for (j, (name, class)) in PROGRAMS.iter().enumerate() {
            let speed = speed(row, name);
            let (y, width) = (top + j as f64 * BAR, (speed * scale).max(1.0));
            let _ = writeln!(
                out,
                "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" rx=\"1\"/>",
                BAR - 2.0
            );
            let ratio = row.timing(name).map_or(0.0, |timing| timing.ratio);
            let figure = if j == 0 { format!("{speed:.0}") } else { format!("{speed:.0} · 1/{ratio:.0}") };
            text(&mut out, "figure", LEFT + width + 5.0, y + BAR - 2.5, "start", &figure);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn legend(out: &mut String) {
    let mut x = 16.0;
    for (name, class) in PROGRAMS {
        let _ = writeln!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"42\" width=\"11\" height=\"11\" rx=\"2\"/>");
        text(out, "small", x + 17.0, 52.0, "start", name);
        x += 46.0 + 6.4 * name.len() as f64;
    }
}

fn text(out: &mut String, class: &str, x: f64, y: f64, anchor: &str, content: &str) {
    let _ =
        writeln!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{content}</text>");
}

/// The next of 1, 2, 5, 10, 20, 50 …
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|step| step * power).into_iter().find(|step| *step >= least).unwrap_or(power)
}
