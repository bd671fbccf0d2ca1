//! Takes an emitted file set, gives what is wrong with how its files go together: the manifest, pages and modules that are missing or
//! too many, links that lead nowhere.

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
    // A crate depends on itself, for what its tests need.
    let own = manifest
        .get("package")
        .and_then(|package| package.get("name"));
    let own = own
        .and_then(toml::Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let keys = |table: &toml::Table| table.keys().cloned().collect::<BTreeSet<_>>();
    let expected = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let mut wanted = expected(&["package", "features", "dependencies", "dev-dependencies"]);
    let targets = expected(&["example", "lib"]);
    wanted.extend(keys(&manifest).intersection(&targets).cloned());
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
        "metadata",
    ]);
    for (table, known) in [
        ("package", known),
        ("dependencies", expected(&["sdk-runtime", "serde"])),
        (
            "dev-dependencies",
            expected(&[own.as_str(), "serde_json", "tokio"]),
        ),
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

/// Two things that got one path leave a file too few.
fn count_faults(files: &FileSet, operations: usize, types: usize, faults: &mut Vec<String>) {
    let count = |folder: &str| {
        files
            .iter()
            .filter(|(path, _)| path.starts_with(folder))
            .count()
    };
    let pages = files.iter().map(|(path, _)| path);
    let pages = pages.filter(|path| path.starts_with("src/api/") && path.ends_with(".md"));
    let pages = pages.count();
    if pages != operations {
        faults.push(format!(
            "{pages} pages of methods for {operations} operations"
        ));
    }
    if count("docs/models/") != types {
        faults.push(format!("{} pages for {types} types", count("docs/models/")));
    }
    let listed = files.get("docs/SUMMARY.md");
    let listed = listed.map_or(0, |text| {
        String::from_utf8_lossy(text).matches(".md)").count()
    });
    let all = files
        .iter()
        .filter(|(path, _)| path.starts_with("docs/") && path.ends_with(".md"));
    let all = all.count();
    if listed + 1 != all {
        faults.push(format!("SUMMARY.md lists {listed} of {all} pages"));
    }
    let tests: usize = files
        .iter()
        .filter(|(path, _)| path.starts_with("tests/operations/"))
        .map(|(_, bytes)| {
            String::from_utf8_lossy(bytes)
                .matches("#[tokio::test]\n")
                .count()
        })
        .sum();
    if tests != operations {
        faults.push(format!("{tests} tests for {operations} operations"));
    }
    for module in [
        "src/api/mod.rs",
        "src/models/mod.rs",
        "tests/operations/main.rs",
    ] {
        let text = files
            .get(module)
            .map(String::from_utf8_lossy)
            .unwrap_or_default();
        let folder = module.rsplit_once('/').map_or("", |(folder, _)| folder);
        let modules: BTreeSet<&str> = text
            .lines()
            .map(|line| line.strip_prefix("pub ").unwrap_or(line))
            .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
            .collect();
        for name in &modules {
            let file = format!("{folder}/{}.rs", name.trim_start_matches("r#"));
            if file == module || files.get(&file).is_none() {
                faults.push(format!(
                    "{module} names the module {name}, whose file is not there"
                ));
            }
        }
        let others = files
            .iter()
            .filter(|(path, _)| path.starts_with(&format!("{folder}/")) && path.ends_with(".rs"))
            .filter(|(path, _)| *path != module)
            .count();
        if modules.len() != others {
            faults.push(format!(
                "{module} names {} modules, and there are {others} files beside it",
                modules.len()
            ));
        }
    }
}
