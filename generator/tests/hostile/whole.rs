//! Takes an emitted file set, gives what is wrong with how its files go together: the manifest, pages and modules that are missing or
//! too many, links that lead nowhere.

use crate::counts::count_faults;
use sdk_generator::files::FileSet;
use sdk_generator::format::broken_links;
use std::collections::BTreeSet;

/// What is wrong with how the files go together.
pub(crate) fn faults_of_the_whole(files: &FileSet, operations: usize, types: usize) -> Vec<String> {
    let mut faults = Vec::new();
    manifest_faults(files, &mut faults);
    count_faults(files, operations, types, &mut faults);
    faults.extend(
        broken_links(files)
            .into_iter()
            .map(|link| format!("a link of {} leads nowhere: {}", link.page, link.target)),
    );
    faults
}

fn manifest_faults(files: &FileSet, faults: &mut Vec<String>) {
    let text = files
        .get("Cargo.toml")
        .map(String::from_utf8_lossy)
        .unwrap_or_default();
    let manifest: toml::Table = match toml::from_str(&text) {
        Ok(manifest) => manifest,
        Err(error) => return faults.push(format!("Cargo.toml is no TOML: {error}")),
    };
    let keys = |table: &toml::Table| table.keys().cloned().collect::<BTreeSet<_>>();
    let expected = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let mut wanted = expected(&["package", "features", "dependencies", "dev-dependencies"]);
    if manifest.contains_key("example") {
        wanted.insert("example".to_owned());
    }
    if keys(&manifest) != wanted {
        faults.push(format!("Cargo.toml has {:?}", keys(&manifest)));
    }
    let known = expected(&[
        "name",
        "version",
        "edition",
        "rust-version",
        "license",
        "description",
        "exclude",
        "readme",
        "keywords",
        "categories",
    ]);
    for (table, known) in [
        ("package", known),
        ("dependencies", expected(&["sdk-runtime", "serde"])),
        ("dev-dependencies", expected(&["sdk-runtime", "tokio"])),
    ] {
        let found = manifest
            .get(table)
            .and_then(toml::Value::as_table)
            .map(keys)
            .unwrap_or_default();
        if !found.is_subset(&known) {
            faults.push(format!("{table} of Cargo.toml has {found:?}"));
        }
    }
}
