//! The order of the house: every room stands in the table of `src/lib.rs`, imports only rooms above it there (data flows down the
//! table), and no file grows beyond what a reader takes in.
//!
//! The table in the documentation of the crate is the data of this test, so that the two cannot differ. To add a room, add its row.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The most lines of a file.
const MAX_LINES: usize = 400;

/// The folders that are held to [`MAX_LINES`].
const FOLDERS: [&str; 5] = [
    "generator/src",
    "generator/tests",
    "runtime/src",
    "runtime/tests",
    "xtask/src",
];

/// What the generator emits for its fixtures, which nobody writes by hand.
const EMITTED: &str = "generator/tests/fixtures";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Rust files of a folder of the workspace, by their paths within the workspace.
fn rust_files(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(workspace().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.ends_with(".rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn read(file: &str) -> String {
    fs::read_to_string(workspace().join(file)).unwrap()
}

/// The rooms of the table, from the first row to the last.
fn table() -> Vec<String> {
    let rows = read("generator/src/lib.rs");
    rows.lines()
        .filter_map(|line| line.strip_prefix("//! | ")?.split(" | ").next())
        .map(|cell| cell.trim_matches(['[', ']', '`']).to_owned())
        .map(|cell| cell.trim_start_matches("mod@").to_owned())
        .filter(|cell| cell != "room")
        .collect()
}

/// The room of a file of the generator, and how many modules it stands below the crate's root; `None` for the root itself and for tests.
fn room_of(file: &str) -> Option<(String, usize)> {
    let path = file.strip_prefix("generator/src/")?.strip_suffix(".rs")?;
    let mut modules: Vec<&str> = path.split('/').collect();
    if matches!(modules.as_slice(), ["lib" | "main"]) || modules.contains(&"tests") {
        return None;
    }
    modules.pop_if(|last| *last == "mod");
    Some((modules[0].to_owned(), modules.len()))
}

/// The rooms that code of a module `depth` below the crate's root names, by `crate::…` or by as many `super::` as lead there.
fn rooms_named(code: TokenStream, depth: usize, named: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    let mut at = 0;
    let mut supers = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1);
        if is_test_only(token, next) {
            at = end_of_item(&tokens, at + 2);
            continue;
        }
        at += 1;
        supers = match token {
            TokenTree::Ident(ident) if ident == "super" => supers + 1,
            TokenTree::Punct(punct) if punct.as_char() == ':' => supers,
            _ => 0,
        };
        let leads_to_root =
            matches!(token, TokenTree::Ident(ident) if ident == "crate") || supers == depth;
        let is_path = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        if leads_to_root && is_path(tokens.get(at)) && is_path(tokens.get(at + 1)) {
            supers = 0;
            first_names(tokens.get(at + 2), named);
        }
        if let TokenTree::Group(group) = token {
            rooms_named(group.stream(), depth, named);
        }
    }
}

/// The first names of the paths that follow `crate::`: one, or one for each part of a group in braces.
fn first_names(token: Option<&TokenTree>, named: &mut BTreeSet<String>) {
    match token {
        Some(TokenTree::Ident(ident)) => drop(named.insert(ident.to_string())),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let mut is_first = true;
            for token in group.stream() {
                match token {
                    TokenTree::Ident(ident) if is_first => {
                        named.insert(ident.to_string());
                        is_first = false;
                    }
                    TokenTree::Punct(punct) if punct.as_char() == ',' => is_first = true,
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Whether an attribute says that the item after it is for tests alone.
fn is_test_only(token: &TokenTree, next: Option<&TokenTree>) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#')
        && matches!(next, Some(TokenTree::Group(group)) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// The token after an item: after its body in braces, or after its semicolon.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    let rest = tokens.get(from..).unwrap_or_default();
    from + rest
        .iter()
        .position(is_end)
        .map_or(rest.len(), |end| end + 1)
}

#[test]
fn the_table_lists_every_room_once() {
    let table = table();
    let listed: BTreeSet<String> = table.iter().cloned().collect();
    assert_eq!(listed.len(), table.len(), "a room stands twice: {table:?}");
    let there: BTreeSet<String> = rust_files("generator/src")
        .iter()
        .filter_map(|file| room_of(file))
        .map(|(room, _)| room)
        .collect();
    assert!(there.len() > 20, "{there:?}");
    assert_eq!(listed, there, "the table of src/lib.rs, and the folders");
}

#[test]
fn no_room_imports_one_that_stands_after_it() {
    let table = table();
    let mut faults = Vec::new();
    let mut imports = 0;
    for file in rust_files("generator/src") {
        let Some((room, depth)) = room_of(&file) else {
            continue;
        };
        let code = TokenStream::from_str(&read(&file)).unwrap();
        let mut named = BTreeSet::new();
        rooms_named(code, depth, &mut named);
        let place = table.iter().position(|other| *other == room);
        for other in named.iter().filter(|other| **other != room) {
            imports += 1;
            let found = table.iter().position(|listed| listed == other);
            if found.is_none() || found > place {
                faults.push(format!("{file} imports {other}"));
            }
        }
    }
    assert!(imports > 100, "only {imports} imports were found");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn imports_are_found_however_they_are_written() {
    let code = "
        use crate::load::{self, Sources};
        pub(crate) use crate::{lower, name::{ir, x}, repair as r};
        fn f() { super::super::files::write(crate::prose::code(\"crate::target\")) }
        use super::sibling;
        #[cfg(test)] use crate::parse;
        #[cfg(test)] mod tests { use crate::cli; }
        macro_rules! m { () => { $crate::tokens::t() } }
    ";
    let mut named = BTreeSet::new();
    rooms_named(TokenStream::from_str(code).unwrap(), 2, &mut named);
    let expected = [
        "files", "load", "lower", "name", "prose", "repair", "tokens",
    ];
    assert_eq!(Vec::from_iter(named), expected);
}

#[test]
fn no_file_is_too_long() {
    let files: Vec<String> = FOLDERS
        .into_iter()
        .flat_map(rust_files)
        .filter(|file| !file.starts_with(EMITTED))
        .collect();
    let long: Vec<&str> = files
        .iter()
        .filter(|file| read(file).lines().count() > MAX_LINES)
        .map(String::as_str)
        .collect();
    assert!(
        long.is_empty(),
        "files of more than {MAX_LINES} lines: {long:?}"
    );
}
