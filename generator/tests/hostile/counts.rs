//! Takes the files of a crate, finds things of which there are too many or too few: two that got one path leave a file too few.

use sdk_generator::files::FileSet;
use std::collections::BTreeSet;

/// Counts pages, tests and modules.
pub(crate) fn count_faults(
    files: &FileSet,
    operations: usize,
    types: usize,
    faults: &mut Vec<String>,
) {
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
        let sources = files.iter().map(|(path, _)| path);
        let sources = sources.filter(|path| path.starts_with(folder) && path.ends_with(".rs"));
        let others = sources.count() - 1;
        if modules.len() != others {
            let named = modules.len();
            faults.push(format!(
                "{module} names {named} modules, and there are {others} files"
            ));
        }
    }
}
