//! The book of a crate's pages: `docs/SUMMARY.md` lists every page once, and every page that it lists is there. It is so in every golden and
//! in the committed crates.

use pulldown_cmark::{Event, Parser, Tag};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders `docs/` of all goldens and committed crates.
fn books() -> Vec<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = subfolders(&manifest.join("tests/fixtures")).map(|case| case.join("expected/docs"));
    let crates = subfolders(&manifest.join("../generated")).map(|folder| folder.join("docs"));
    let books: Vec<PathBuf> = cases
        .chain(crates)
        .filter(|folder| folder.is_dir())
        .collect();
    assert!(books.len() > 25, "{books:?}");
    books
}

fn subfolders(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path())
}

/// The pages of a book but its list, by their paths in it.
fn pages(book: &Path, folder: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(book.join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = match folder {
            "" => name,
            folder => format!("{folder}/{name}"),
        };
        if entry.path().is_dir() {
            pages(book, &path, found);
        } else if path.ends_with(".md") && path != "SUMMARY.md" {
            found.push(path);
        }
    }
}

fn listed(text: &str) -> Vec<String> {
    let links = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links.collect()
}

#[test]
fn the_summary_lists_every_page_once_and_no_other() {
    for book in books() {
        let text = fs::read_to_string(book.join("SUMMARY.md")).expect("a summary");
        let mut there = Vec::new();
        pages(&book, "", &mut there);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for page in listed(&text) {
            *counts.entry(page).or_default() += 1;
        }
        let wanted: BTreeMap<String, usize> = there.into_iter().map(|page| (page, 1)).collect();
        assert!(
            counts == wanted,
            "{}: {counts:?}\n{wanted:?}",
            book.display()
        );
    }
}

/// What mdBook would make of them: a group is an item, a model that it alone uses an item below it.
#[test]
fn models_stand_one_level_below_their_group() {
    let mut below = 0;
    for book in books() {
        let text = fs::read_to_string(book.join("SUMMARY.md")).expect("a summary");
        for line in text
            .lines()
            .filter(|line| line.trim_start().starts_with("- "))
        {
            if line.starts_with("  - ") {
                assert!(line.contains("](models/"), "{line}");
                below += 1;
            } else {
                let folders = ["](guide/", "](api/", "](models/"];
                let is_page = folders.iter().any(|folder| line.contains(folder));
                assert!(line.starts_with("- ") && is_page, "{line}");
            }
        }
    }
    assert!(below > 500, "{below}");
}
