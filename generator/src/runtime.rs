//! Copies the embedded runtime crate into the output, as a crate that stands alone.

use crate::embedded;
use crate::files::FileSet;

/// What only the repository's own workspace needs.
const NOT_COPIED: [&str; 3] = ["lints", "dev-dependencies", "test"];

/// Adds the runtime's files below `folder`.
///
/// # Errors
///
/// When the embedded manifest is no TOML, which is a fault of the build.
pub(crate) fn copy_into(files: &mut FileSet, folder: &str) -> Result<(), String> {
    for (path, text) in embedded::RUNTIME {
        let text = if *path == "Cargo.toml" {
            standalone(text)?
        } else {
            (*text).to_owned()
        };
        files.insert(format!("{folder}/{path}"), text);
    }
    Ok(())
}

fn standalone(manifest: &str) -> Result<String, String> {
    let mut table: toml::Table = toml::from_str(manifest).map_err(|error| error.to_string())?;
    for key in NOT_COPIED {
        table.remove(key);
    }
    toml::to_string(&table).map_err(|error| error.to_string())
}
