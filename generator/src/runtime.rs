//! Copies the embedded runtime crate into the output, as a package of its own that stands alone.
//!
//! Each copy is called after the crate that it belongs to: Cargo takes no two packages of one name and version from two folders,
//! and an application may use any number of emitted crates.

use crate::embedded;
use crate::files::FileSet;
use toml::{Table, Value};

/// What only the repository's own workspace needs.
const NOT_COPIED: [&str; 4] = ["bench", "dev-dependencies", "lints", "test"];

/// The library as its own documentation calls it.
const LIBRARY: &str = "sdk_runtime";

/// Adds the runtime's files below `folder`, as the package `package`.
///
/// # Errors
///
/// When the embedded manifest is no TOML, which is a fault of the build.
pub(crate) fn copy_into(files: &mut FileSet, folder: &str, package: &str) -> Result<(), String> {
    let library = package.replace('-', "_");
    for (path, text) in embedded::RUNTIME {
        let text = match *path {
            "Cargo.toml" => standalone(text, package)?,
            path if path.ends_with(".rs") => documented_as(text, &library),
            _ => (*text).to_owned(),
        };
        files.insert(format!("{folder}/{path}"), text);
    }
    Ok(())
}

fn standalone(manifest: &str, package: &str) -> Result<String, String> {
    let mut table: Table = toml::from_str(manifest).map_err(|error| error.to_string())?;
    for key in NOT_COPIED {
        table.remove(key);
    }
    if let Some(Value::Table(head)) = table.get_mut("package") {
        head.insert("name".to_owned(), Value::from(package));
    }
    toml::to_string(&table).map_err(|error| error.to_string())
}

/// The text of a source file whose documentation, and so the examples in it, call the library by another name.
fn documented_as(text: &str, library: &str) -> String {
    let line = |line: &str| {
        let code = line.trim_start();
        if code.starts_with("///") || code.starts_with("//!") {
            line.replace(LIBRARY, library)
        } else {
            line.to_owned()
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_is_a_package_of_its_own() {
        let mut files = FileSet::default();
        copy_into(&mut files, "runtime", "my-pets-runtime").unwrap();
        let text = |path: &str| String::from_utf8(files.get(path).unwrap().to_vec()).unwrap();
        let manifest: Table = toml::from_str(&text("runtime/Cargo.toml")).unwrap();
        assert_eq!(
            manifest["package"]["name"].as_str(),
            Some("my-pets-runtime")
        );
        assert!(NOT_COPIED.iter().all(|key| !manifest.contains_key(*key)));
        assert!(text("runtime/src/lib.rs").contains("//! use my_pets_runtime::{Auth, Client"));
        let examples = files.iter().flat_map(|(_, text)| {
            let text = std::str::from_utf8(text).unwrap().lines();
            text.map(str::trim_start)
                .filter(|line| line.starts_with("//"))
        });
        for line in examples {
            assert!(!line.contains(LIBRARY), "{line}");
        }
    }
}
