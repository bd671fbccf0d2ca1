//! What Cargo and crates.io take as a package's name, version, keywords, categories, licence, people and addresses.

use super::fault::{Faults, Setting};
use super::{Package, Publish};
use crate::closeness::nearest;
use crate::text::is_device;
use std::path::Path;

/// How many keywords, and how many categories, crates.io takes.
const MAX_WORDS: usize = 5;
/// How long a keyword may be.
const MAX_KEYWORD: usize = 20;
/// How long a package's name may be.
const MAX_NAME: usize = 64;

/// Crates that the emitted code names: one of the same name would hide them.
const TAKEN: [&str; 10] = [
    "alloc",
    "core",
    "crate",
    "proc_macro",
    "reqwest",
    "sdk_runtime",
    "serde",
    "std",
    "test",
    "tokio",
];

/// What stands at the top of every crate.
const EMITTED: [&str; 8] = [
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "docs",
    "examples",
    "runtime",
    "src",
    "tests",
];

/// The categories of crates.io, which ignores others.
const CATEGORIES: &str = include_str!("categories.txt");

/// Cargo's rule for package names, and Rust's for the crate names that follow from them.
pub(crate) fn is_package_name(name: &str) -> bool {
    let library = name.replace('-', "_");
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && name.len() <= MAX_NAME
        && syn::parse_str::<syn::Ident>(&library).is_ok()
        && !TAKEN.contains(&library.as_str())
}

/// Checks the settings of a package.
pub(super) fn check(faults: &mut Faults<'_>, package: &Package, folder: &Path) {
    if let Some(name) = &package.name
        && !is_package_name(name)
    {
        faults.add(
            Setting::new(&["package", "name"], name),
            "a crate's name is at most 64 ASCII letters, digits, `-` and `_`, begins with a letter, and is neither a Rust keyword \
             nor the name of a crate that the emitted code uses",
        );
    }
    if let Some(version) = &package.version
        && let Err(error) = semver::Version::parse(version)
    {
        faults.add(
            Setting::new(&["package", "version"], version),
            format!("this is no version by semver.org, such as `1.2.3`: {error}"),
        );
    }
    if let Some(description) = &package.description
        && description.trim().is_empty()
    {
        faults.add(
            Setting::new(&["package", "description"], description),
            "the text is empty; leave the setting out",
        );
    }
    check_keywords(faults, &package.keywords);
    check_categories(faults, &package.categories);
    check_license(faults, package, folder);
    let key = ["package", "authors"];
    faults.expect_once(&key, &package.authors);
    for setting in Setting::items(&key, &package.authors) {
        if setting.value.trim().is_empty() || setting.value.contains(char::is_control) {
            faults.add(
                setting,
                "an author is a name, and perhaps an address in `<…>`",
            );
        }
    }
    for (name, address) in [
        ("repository", &package.repository),
        ("homepage", &package.homepage),
        ("documentation", &package.documentation),
    ] {
        if let Some(address) = address
            && !is_web_address(address)
        {
            let key = ["package", name];
            faults.add(
                Setting::new(&key, address),
                "this is no address that begins with `https://` or `http://`",
            );
        }
    }
    if let Some(Publish::To(registries)) = &package.publish {
        let key = ["package", "publish"];
        faults.expect_once(&key, registries);
        for setting in Setting::items(&key, registries) {
            if !is_registry(setting.value) {
                faults.add(
                    setting,
                    "a registry's name is ASCII letters, digits, `-` and `_`, as `.cargo/config.toml` has it",
                );
            }
        }
    }
}

/// The licence is an expression that crates.io takes; its texts are files beside the target file.
fn check_license(faults: &mut Faults<'_>, package: &Package, folder: &Path) {
    if let Some(license) = &package.license
        && let Err(error) = spdx::Expression::parse(license)
    {
        faults.add(
            Setting::new(&["package", "license"], license),
            format!(
                "this is no SPDX expression, such as `MIT OR Apache-2.0`: {}; for other terms say `license_file`",
                error.reason
            ),
        );
    }
    if let Some(file) = &package.license_file {
        let setting = Setting::new(&["package", "license_file"], file);
        check_copied(faults, setting, folder);
    }
    let key = ["package", "license_texts"];
    let texts = &package.license_texts;
    faults.expect_once(&key, texts);
    for setting in Setting::items(&key, texts) {
        if package.license_file.as_ref() == texts.get(setting.index.unwrap_or_default()) {
            faults.add(setting, "`license_file` has it already");
        } else {
            check_copied(faults, setting, folder);
        }
    }
}

/// A text beside the target file, which goes to the top of the crate.
fn check_copied(faults: &mut Faults<'_>, setting: Setting<'_>, folder: &Path) {
    let file = setting.value;
    let is_name = file.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !file.ends_with('.')
        && !is_device(file)
        && file
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !is_name || EMITTED.iter().any(|other| other.eq_ignore_ascii_case(file)) {
        faults.add(
            setting,
            "this is the name of a file beside the target file: ASCII letters, digits, `-`, `_` and `.`, and none that the \
             generator writes",
        );
    } else if !folder.join(file).is_file() {
        faults.add(setting, "there is no such file beside the target file");
    }
}

/// Whether this is an address of the web, as crates.io takes it.
fn is_web_address(address: &str) -> bool {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
        && address
            .chars()
            .all(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c))
}

fn is_registry(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

fn check_keywords(faults: &mut Faults<'_>, keywords: &[String]) {
    let key = ["package", "keywords"];
    faults.expect_once(&key, keywords);
    for setting in Setting::items(&key, keywords) {
        if setting.index.is_some_and(|index| index >= MAX_WORDS) {
            faults.add(setting, "crates.io takes at most five keywords");
        }
        let keyword = setting.value;
        let is_keyword = keyword.len() <= MAX_KEYWORD
            && keyword.starts_with(|c: char| c.is_ascii_alphanumeric())
            && keyword
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_+".contains(c));
        if !is_keyword {
            faults.add(
                setting,
                "crates.io takes keywords of at most 20 ASCII letters, digits, `-`, `_` and `+` that begin with a letter or a digit",
            );
        }
    }
}

fn check_categories(faults: &mut Faults<'_>, categories: &[String]) {
    let key = ["package", "categories"];
    faults.expect_once(&key, categories);
    for setting in Setting::items(&key, categories) {
        if setting.index.is_some_and(|index| index >= MAX_WORDS) {
            faults.add(setting, "crates.io takes at most five categories");
        }
        if !CATEGORIES.lines().any(|known| known == setting.value) {
            let nearest = nearest(setting.value, CATEGORIES.lines());
            faults.add_with(setting, "crates.io has no such category", nearest);
        }
    }
}
