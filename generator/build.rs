//! Embeds the templates and the runtime crate, so that the generator works outside its repository.
//!
//! Gives two tables of (path, text), `templates.rs` and `runtime.rs`, to `src/embedded.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = manifest.parent().unwrap_or(&manifest).to_owned();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    embed(&root.join("templates"), &["."], &out.join("templates.rs"))?;
    embed(
        &root.join("runtime"),
        &["Cargo.toml", "src", "LICENSE-MIT", "LICENSE-APACHE"],
        &out.join("runtime.rs"),
    )
}

/// Writes a table of the files that these entries of `folder` are or hold.
fn embed(folder: &Path, entries: &[&str], table: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in entries {
        collect(&folder.join(entry), &mut files)?;
    }
    files.sort();
    let mut text = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(folder)
            .unwrap_or(file)
            .to_string_lossy()
            .replace('\\', "/");
        let name = name.trim_start_matches("./");
        let _ = writeln!(
            text,
            "    ({name:?}, include_str!({:?})),",
            file.display().to_string()
        );
    }
    text.push(']');
    fs::write(table, text)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    // Cargo runs this again when one of these changes; a folder's own time tells of files that come and go.
    println!("cargo::rerun-if-changed={}", path.display());
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_owned());
    }
    Ok(())
}
