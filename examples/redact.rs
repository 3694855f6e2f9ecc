//! Redacts a marked HTML body: from a file, from standard input, or a built-in sample.
//!
//! ```text
//! cargo run --example redact                        # the sample
//! cargo run --example redact -- comment.html --mask fixed:4 --plain zendesk
//! cat comment.html | cargo run --example redact -- - --json
//! ```
//!
//! The exit code is 1 if the body is refused, and 2 if the options or the input cannot be read.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, Read, Write as _};
use std::process::ExitCode;

use blackbar::{Error, Mask, PlainStyle, Policy, Redaction, Redactor, Report, Unit};

const SAMPLE: &str = "<div class=\"zd-comment\" dir=\"auto\">\n\
<p>Hello, my name is <redact>Jo Doe</redact> and my ID number is <redact>847564</redact>!</p>\n\
<p>My page is <a href=\"https://example.com/jo\" redact><redact>here</redact></a>,<br>\
and my passport is attached: <img redact src=\"https://example.com/passport.png\"></p>\n</div>";

const USAGE: &str = "usage: redact [FILE | -] [--mask CHARACTER | fixed:COUNT | label:TEXT] \
     [--plain rendered | zendesk] [--json]\n\
     Reads FILE, or standard input for -, or a built-in sample.";

/// The default limit of a body, in bytes: what is longer is not read to its end only to be refused.
const LIMIT: u64 = 16 << 20;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args_os().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => return write_out(&format!("{USAGE}\n"), ExitCode::SUCCESS),
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let source = match read(options.input) {
        Ok(source) => source,
        Err(error) => {
            let message = format!("cannot read the input: {error}");
            let json = format!("{{\"error\":{{\"code\":\"unreadable\",\"message\":{}}}}}\n", quoted(&message));
            eprintln!("{message}");
            return if options.json { write_out(&json, ExitCode::from(2)) } else { ExitCode::from(2) };
        }
    };
    let outcome = options.redactor.html(&source);
    let code = if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    match (&outcome, options.json) {
        (Ok(redaction), true) => write_out(&(json(redaction, options.plain) + "\n"), code),
        (Ok(redaction), false) => write_out(&report(redaction, options.plain), code),
        (Err(error), true) => write_out(&(json_error(error, &source) + "\n"), code),
        (Err(error), false) => {
            match error.line_and_column(&source) {
                Some((line, column)) => eprintln!("line {line}, column {column}: {error}"),
                None => eprintln!("{error}"),
            }
            code
        }
    }
}

/// Writes to standard output, and gives `code` if that succeeds. Who reads may have gone, as `head` does.
fn write_out(text: &str, code: ExitCode) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Ok(()) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    input: Option<OsString>,
    redactor: Redactor,
    plain: PlainStyle,
    json: bool,
}

impl Options {
    /// The options; nothing if help is asked for.
    fn read(mut arguments: impl Iterator<Item = OsString>) -> Result<Option<Self>, String> {
        let mut options =
            Self { input: None, redactor: Redactor::default(), plain: PlainStyle::default(), json: false };
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("-h" | "--help") => return Ok(None),
                Some("--json") => options.json = true,
                Some("--mask") => {
                    let value = arguments.next().ok_or("--mask needs a value")?;
                    let mask = mask(value.to_str().ok_or("a mask is UTF-8")?)?;
                    options.redactor =
                        Redactor::new(Policy::default().mask(mask)).map_err(|error| format!("--mask: {error}"))?;
                }
                Some("--plain") => {
                    options.plain = match arguments.next().as_deref().and_then(std::ffi::OsStr::to_str) {
                        Some("rendered") => PlainStyle::Rendered,
                        Some("zendesk") => PlainStyle::Zendesk,
                        _ => return Err("--plain is rendered or zendesk".into()),
                    }
                }
                Some(option) if option.starts_with('-') && option != "-" => {
                    return Err(format!("unknown option {option}"));
                }
                _ if options.input.is_some() => return Err("more than one input".into()),
                _ => options.input = Some(argument),
            }
        }
        Ok(Some(options))
    }
}

fn mask(value: &str) -> Result<Mask, String> {
    if let Some(count) = value.strip_prefix("fixed:") {
        return count.parse().map(Mask::Fixed).map_err(|_| "fixed: needs a number".into());
    }
    if let Some(text) = value.strip_prefix("label:") {
        return Mask::label(text).map_err(|error| format!("--mask: {error}"));
    }
    let mut chars = value.chars();
    match (chars.next(), chars.next()) {
        (Some(mask), None) => Ok(Mask::PerGrapheme(mask)),
        _ => Err("--mask is one character, fixed:COUNT or label:TEXT".into()),
    }
}

fn read(input: Option<OsString>) -> io::Result<String> {
    let mut bytes = Vec::new();
    match input {
        None => bytes.extend_from_slice(SAMPLE.as_bytes()),
        Some(path) if path == "-" => drop(io::stdin().take(LIMIT + 1).read_to_end(&mut bytes)?),
        Some(path) => drop(std::fs::File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?),
    }
    if bytes.len() as u64 > LIMIT {
        return Err(io::Error::other("it has more than 16 MiB"));
    }
    String::from_utf8(bytes).map_err(|error| io::Error::other(format!("it is not UTF-8: {}", error.utf8_error())))
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
        r#"{{"html_body":{},"plain_body":{},"edits":[{edits}],"report":{}}}"#,
        quoted(redaction.text()),
        quoted(&redaction.plain_body(style)),
        json_report(redaction.report()),
    )
}

fn json_report(report: &Report) -> String {
    let counts = [
        ("ranges", report.ranges()),
        ("clusters", report.clusters()),
        ("clusters_expanded", report.clusters_expanded()),
        ("tags_removed", report.tags_removed()),
        ("tags_bared", report.tags_bared()),
        ("embedded_removed", report.embedded_removed()),
        ("comments_removed", report.comments_removed()),
        ("seams", report.seams()),
    ];
    format!("{{{}}}", counts.map(|(name, count)| format!("\"{name}\":{count}")).join(","))
}

fn json_error(error: &Error, source: &str) -> String {
    let place =
        error.offset().zip(error.line_and_column(source)).map_or_else(String::new, |(offset, (line, column))| {
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
