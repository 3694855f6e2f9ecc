//! The shape of the source: which module may know of which, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::sources::sources_in;

/// A module may name its own floor and those below it, never one above.
const FLOORS: &[(u8, &[&str])] = &[
    (0, &["error", "policy", "limits", "grapheme", "boundary", "gallop", "lanes", "until", "random"]),
    (1, &["html"]),
    (2, &["edit"]),
    (3, &["mask", "plain"]),
    (4, &["select"]),
    (5, &["check", "audit", "verify"]),
    (6, &["redactor", "redaction", "report", "selection", "copies", "records"]),
    (7, &["lib"]),
];

/// In lines. What is longer has more than one duty.
const LONGEST_FILE: usize = 400;
/// In characters, as `rustfmt.toml` has it for code: `cargo fmt` leaves comments as they are.
const WIDEST_COMMENT: usize = 120;
/// The folders whose sources people read here.
const FOLDERS: [&str; 6] = ["src", "tests", "examples", "benches/data", "benches/peers/src", "fuzz/fuzz_targets"];

#[test]
fn no_module_imports_from_a_floor_above() {
    for (module, imported) in imports() {
        for other in imported {
            assert!(
                floor(&other) <= floor(&module),
                "`{module}` (floor {}) imports from `{other}` (floor {})",
                floor(&module),
                floor(&other)
            );
        }
    }
}

#[test]
fn no_modules_import_each_other() {
    let imports = imports();
    for module in imports.keys() {
        let mut reached = BTreeSet::new();
        let mut next = vec![module];
        while let Some(other) = next.pop() {
            for imported in imports.get(other).into_iter().flatten() {
                assert!(imported != module || other == module, "`{module}` and `{other}` are in a cycle");
                if imported != other && reached.insert(imported) {
                    next.push(imported);
                }
            }
        }
    }
}

#[test]
fn no_source_file_is_too_long_to_read_in_one_sitting() {
    for (path, text) in FOLDERS.into_iter().flat_map(sources_in) {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_comment_is_wider_than_the_code() {
    for (path, text) in FOLDERS.into_iter().flat_map(sources_in) {
        let comments = (1..).zip(text.lines()).filter(|(_, line)| line.trim_start().starts_with("//"));
        // The row of a table has to be one line.
        for (number, line) in comments.filter(|(_, line)| !line.ends_with('|')) {
            assert!(line.chars().count() <= WIDEST_COMMENT, "{}:{number} is too wide", path.display());
        }
    }
}

#[track_caller]
fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(_, modules)| modules.contains(&module));
    found.map_or_else(|| panic!("`{module}` has no floor: give it one in this test"), |(floor, _)| *floor)
}

/// The rules that a text cites. A rule is `C` and one or two digits, as a word; C0 are the control characters.
fn rules_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let is_rule = |word: &&str| {
        let digits = word.strip_prefix('C').unwrap_or_default();
        matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits != "0"
    };
    words.filter(is_rule).map(str::to_owned).collect()
}

#[test]
fn every_rule_that_is_cited_is_told() {
    let text = fs::read_to_string(root().join("rules.md")).expect("src/rules.md is there");
    let told: BTreeSet<String> =
        text.lines().filter_map(|line| line.strip_prefix("- **")).flat_map(|line| rules_in(&line[..4])).collect();
    assert!(told.len() > 40, "{told:?}");
    for (path, text) in sources() {
        let comments: String = text.lines().filter(|line| line.contains("//")).collect();
        let unknown: Vec<String> = rules_in(&comments).difference(&told).cloned().collect();
        assert!(unknown.is_empty(), "{} cites {unknown:?}", path.display());
    }
}

/// Every module at the root of the crate and the modules that it names.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let home = home_of_reexports();
    let mut imports = BTreeMap::<String, BTreeSet<String>>::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        // The front door names everything, and nothing imports from it.
        if module == "lib" {
            continue;
        }
        let entry = imports.entry(module.clone()).or_default();
        for name in names_after_crate(&code_of(&text)) {
            let other = home.get(&name).cloned().unwrap_or(name);
            if other != module {
                entry.insert(other);
            }
        }
    }
    imports
}

/// Which module each item comes from that `lib.rs` re-exports.
fn home_of_reexports() -> BTreeMap<String, String> {
    let lib = fs::read_to_string(root().join("lib.rs")).expect("src/lib.rs is there");
    let code = code_of(&lib);
    let mut home = BTreeMap::new();
    for statement in code.split("pub use ").skip(1) {
        let statement = statement.split(';').next().unwrap_or_default();
        let Some((module, items)) = statement.split_once("::") else { continue };
        for item in items.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|item| !item.is_empty()) {
            home.insert(item.to_owned(), module.trim().to_owned());
        }
    }
    home
}

/// The first name of each path that begins with `crate::`, those in braces included.
fn names_after_crate(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (start, _) in code.match_indices("crate::") {
        let rest = &code[start + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => _ = names.insert(identifier(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut name_follows = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => name_follows = true,
                        _ if name_follows && !c.is_whitespace() => {
                            name_follows = false;
                            names.insert(identifier(&group[at..]));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names.remove("");
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The text without line comments and without its unit tests, which may look at anything.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn module_of(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("the file is in src");
    let first = path.components().next().expect("the file has a name").as_os_str();
    Path::new(first).file_stem().expect("the file has a stem").to_string_lossy().into_owned()
}

fn sources() -> Vec<(PathBuf, String)> {
    let sources = sources_in("src");
    assert!(sources.len() > 10, "the source was not found");
    sources
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn paths_in_groups_are_found() {
    let code = "use crate::{edit::{Edit, Edits}, Error,\n html::tokenize}; crate::mask::x(); use crate::plain::Y;";
    let names: Vec<String> = names_after_crate(code).into_iter().collect();
    assert_eq!(names, ["Error", "edit", "html", "mask", "plain"]);
}
