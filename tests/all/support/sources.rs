//! The source of this crate, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// All Rust files in a folder of the repository.
pub fn sources_in(folder: &str) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the source is UTF-8");
                sources.push((path, text));
            }
        }
    }
    assert!(!sources.is_empty(), "nothing was found in {folder}");
    sources
}
