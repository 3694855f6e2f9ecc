//! Redacts a marked HTML body: from a file, from standard input, or a built-in sample.
//!
//! ```text
//! cargo run --example redact
//! cargo run --example redact -- comment.html --mask fixed:4 --plain zendesk
//! cat comment.html | cargo run --example redact -- - --json
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use std::fmt::Write as _;
use std::io::Read;
use std::process::ExitCode;

use blackbar::{Error, Mask, PlainStyle, Policy, Redaction, Redactor, Unit};

const SAMPLE: &str = "<div class=\"zd-comment\" dir=\"auto\">\n\
<p>Hello, my name is <redact>Jo Doe</redact> and my ID number is <redact>847564</redact>!</p>\n\
<p>My page is <a href=\"https://example.com/jo\" redact><redact>here</redact></a>,<br>\
and my passport is attached: <img redact src=\"https://example.com/passport.png\"></p>\n</div>";

const USAGE: &str =
    "usage: redact [FILE | -] [--mask CHARACTER | fixed:COUNT | label:TEXT] [--plain rendered | zendesk] [--json]";

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let source = match read(options.input.as_deref()) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("cannot read the input: {error}");
            return ExitCode::from(2);
        }
    };
    let outcome = Redactor::new(Policy::default().mask(options.mask)).and_then(|redactor| redactor.html(&source));
    match (&outcome, options.json) {
        (Ok(redaction), true) => println!("{}", json(redaction, options.plain)),
        (Ok(redaction), false) => print!("{}", report(redaction, options.plain)),
        (Err(error), true) => println!("{}", json_error(error, &source)),
        (Err(error), false) => {
            let place = error.offset().map(|offset| line_and_column(&source, offset));
            match place {
                Some((line, column)) => eprintln!("line {line}, column {column}: {error}"),
                None => eprintln!("{error}"),
            }
        }
    }
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Options {
    input: Option<String>,
    mask: Mask,
    plain: PlainStyle,
    json: bool,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { input: None, mask: Mask::default(), plain: PlainStyle::default(), json: false };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--json" => options.json = true,
                "--mask" => options.mask = mask(&arguments.next().ok_or("--mask needs a value")?)?,
                "--plain" => {
                    options.plain = match arguments.next().as_deref() {
                        Some("rendered") => PlainStyle::Rendered,
                        Some("zendesk") => PlainStyle::Zendesk,
                        _ => return Err("--plain is rendered or zendesk".into()),
                    }
                }
                option if option.starts_with("--") => return Err(format!("unknown option {option}")),
                _ if options.input.is_some() => return Err("more than one input".into()),
                _ => options.input = Some(argument),
            }
        }
        Ok(options)
    }
}

fn mask(value: &str) -> Result<Mask, String> {
    if let Some(count) = value.strip_prefix("fixed:") {
        return count.parse().map(Mask::Fixed).map_err(|_| "fixed: needs a number".into());
    }
    if let Some(text) = value.strip_prefix("label:") {
        return Mask::label(text).map_err(|error| error.to_string());
    }
    let mut chars = value.chars();
    match (chars.next(), chars.next()) {
        (Some(mask), None) => Ok(Mask::PerGrapheme(mask)),
        _ => Err("--mask is one character, fixed:COUNT or label:TEXT".into()),
    }
}

fn read(input: Option<&str>) -> std::io::Result<String> {
    match input {
        None => Ok(SAMPLE.into()),
        Some("-") => {
            let mut source = String::new();
            std::io::stdin().read_to_string(&mut source)?;
            Ok(source)
        }
        Some(path) => std::fs::read_to_string(path),
    }
}

fn report(redaction: &Redaction<'_>, style: PlainStyle) -> String {
    let counts = redaction.report();
    let edits = redaction.edits();
    format!(
        "html_body:\n{}\n\nplain_body:\n{}\n\nreport:\n  {} ranges, {} clusters masked ({} of them cut by an edge)\n  \
         {} tags removed, {} left bare, {} elements and {} comments removed, {} seams\n  \
         {} edits: {} bytes became {}\n",
        redaction.text(),
        redaction.plain_body(style),
        counts.ranges(),
        counts.clusters(),
        counts.clusters_expanded(),
        counts.tags_removed(),
        counts.tags_bared(),
        counts.embedded_removed(),
        counts.comments_removed(),
        counts.seams(),
        edits.len(),
        edits.source_len(),
        edits.result_len(),
    )
}

/// One object, written by hand so that the example runs with every set of features.
fn json(redaction: &Redaction<'_>, style: PlainStyle) -> String {
    let counts = redaction.report();
    let mut edits = String::new();
    for (edit, utf16) in redaction.edits().iter().zip(redaction.ranges_in(Unit::Utf16)) {
        let separator = if edits.is_empty() { "" } else { "," };
        let _ = write!(
            edits,
            r#"{separator}{{"start":{},"end":{},"utf16_start":{},"utf16_end":{},"replacement":{}}}"#,
            edit.range.start,
            edit.range.end,
            utf16.start,
            utf16.end,
            quoted(edit.replacement),
        );
    }
    format!(
        r#"{{"html_body":{},"plain_body":{},"edits":[{edits}],"report":{{"ranges":{},"clusters":{},"clusters_expanded":{},"tags_removed":{},"tags_bared":{},"embedded_removed":{},"comments_removed":{},"seams":{}}}}}"#,
        quoted(redaction.text()),
        quoted(&redaction.plain_body(style)),
        counts.ranges(),
        counts.clusters(),
        counts.clusters_expanded(),
        counts.tags_removed(),
        counts.tags_bared(),
        counts.embedded_removed(),
        counts.comments_removed(),
        counts.seams(),
    )
}

fn json_error(error: &Error, source: &str) -> String {
    let place = error.offset().map_or_else(String::new, |offset| {
        let (line, column) = line_and_column(source, offset);
        format!(r#","offset":{offset},"line":{line},"column":{column}"#)
    });
    format!(r#"{{"error":{{"code":"{}"{place},"message":{}}}}}"#, error.code(), quoted(&error.to_string()))
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\u{0}'..='\u{1F}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The line and the column of an offset, both from 1; columns count characters.
fn line_and_column(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
