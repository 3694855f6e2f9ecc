//! Cases kept as data: a title, an input, and named parts to compare with.
//!
//! A file in `tests/data` looks like this:
//!
//! ```text
//! # A line that begins with `# ` before the first case is a remark on the file.
//!
//! == an entity without its semicolon
//! <p>Fish &amp chips
//! -- text
//! Fish & chips
//! -- tokens
//! start p
//! text
//! ```
//!
//! `== ` opens a case with its title; what follows, up to the first line that begins with `-- `, is the input, and each
//! such line opens a part of that name. The line break before an opening line belongs to no part, so an input ends in a
//! line break only if an empty line follows it; the blank lines between two cases belong to none. Line breaks are `\n`.
//! What cannot be seen is written as an escape: `\r`, `\t`, `\0`, `\n`, `\e` (nothing: it keeps a line from being read
//! as blank or as an opening), `\u{1F469}` and `\\`. Any other backslash is a mistake and fails the test.

use blackbar::Error;

/// One case of a data file.
#[derive(Clone, Debug)]
pub struct Case {
    pub title: String,
    pub line: usize,
    pub input: String,
    parts: Vec<(String, String)>,
}

impl Case {
    /// The part called `name`; a case without it fails.
    #[track_caller]
    pub fn part(&self, name: &str) -> &str {
        match self.find(name) {
            Some(part) => part,
            None => panic!("case `{}` (line {}) has no part `{name}`", self.title, self.line),
        }
    }

    /// The part called `name`, where there is one.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, part)| part.as_str())
    }

    /// The parts in order: name and text.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().map(|(name, part)| (name.as_str(), part.as_str()))
    }

    /// Compares `actual` with the part called `name`.
    #[track_caller]
    pub fn expect(&self, name: &str, actual: &str) {
        let expected = self.part(name);
        assert!(
            expected == actual,
            "case `{}` (line {}), part `{name}`\n   input: {:?}\nexpected: {expected:?}\n  actual: {actual:?}",
            self.title,
            self.line,
            self.input,
        );
    }

    /// Compares an error with the part called `error`: its code, and where it is.
    #[track_caller]
    pub fn expect_error(&self, error: Error) {
        let code = error.code();
        let written = match error {
            Error::NotTheStoredBody { stored_offset, marked_offset } => {
                format!("{code} {stored_offset} {marked_offset}")
            }
            _ => error.offset().map_or_else(|| code.to_owned(), |offset| format!("{code} {offset}")),
        };
        self.expect("error", &written);
    }
}

/// Reads a data file: `cases(include_str!("../data/tokens.txt"))`.
#[track_caller]
pub fn cases(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (index, line) in file.split('\n').enumerate() {
        let number = index + 1;
        if let Some(title) = line.strip_prefix("== ") {
            assert!(cases.iter().all(|case| case.title != title), "line {number}: title `{title}` is taken");
            cases.push(Case { title: title.into(), line: number, input: String::new(), parts: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else {
            assert!(line.is_empty() || line.starts_with("# "), "line {number}: text before the first case");
            continue;
        };
        if let Some(name) = line.strip_prefix("-- ") {
            assert!(case.find(name).is_none(), "line {number}: part `{name}` is taken");
            case.parts.push((name.into(), String::new()));
            continue;
        }
        let part = case.parts.last_mut().map_or(&mut case.input, |(_, part)| part);
        part.push_str(line);
        part.push('\n');
    }
    assert!(!cases.is_empty(), "no case in the file");
    for case in &mut cases {
        let Case { line, input, parts, .. } = case;
        let count = parts.len();
        finish(input, count == 0, *line);
        for (index, (_, part)) in parts.iter_mut().enumerate() {
            finish(part, index + 1 == count, *line);
        }
    }
    cases
}

/// Takes off the line breaks that belong to the format, and reads the escapes.
#[track_caller]
fn finish(part: &mut String, is_last: bool, line: usize) {
    let kept = if is_last { part.trim_end_matches('\n') } else { part.strip_suffix('\n').unwrap_or(part) };
    *part = unescape(kept, line);
}

#[track_caller]
pub fn unescape(text: &str, line: usize) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        result.push_str(before);
        let mut chars = after.chars();
        match chars.next() {
            Some('r') => result.push('\r'),
            Some('n') => result.push('\n'),
            Some('t') => result.push('\t'),
            Some('0') => result.push('\0'),
            Some('\\') => result.push('\\'),
            Some('e') => {}
            Some('u') => {
                let digits = chars.as_str().strip_prefix('{').and_then(|digits| digits.split_once('}'));
                let scalar =
                    digits.and_then(|(digits, _)| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
                let Some((c, (_, after))) = scalar.zip(digits) else {
                    panic!("case at line {line}: `\\u` needs a scalar value in braces")
                };
                result.push(c);
                chars = after.chars();
            }
            other => panic!("case at line {line}: unknown escape `\\{}`", other.unwrap_or(' ')),
        }
        rest = chars.as_str();
    }
    result.push_str(rest);
    result
}

#[test]
fn a_file_is_read_as_its_format_says() {
    let file = "# remark\n\n== one\n<p>\\r\\0\n\n-- text\n\\u{1F469}\\\\\n\n\n== two\n\\e-- x\n-- a\n-- b\nz\n";
    let cases = cases(file);
    assert_eq!(cases.len(), 2);
    assert_eq!((cases[0].title.as_str(), cases[0].line), ("one", 3));
    assert_eq!(cases[0].input, "<p>\r\0\n");
    cases[0].expect("text", "\u{1F469}\\");
    assert_eq!(cases[1].input, "-- x");
    assert_eq!(cases[1].parts().collect::<Vec<_>>(), [("a", ""), ("b", "z")]);
    assert_eq!(cases[1].find("text"), None);
}
