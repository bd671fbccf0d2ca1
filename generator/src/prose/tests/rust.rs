//! The comments in Rust: read by `syn`, printed by prettyplease, and documented by rustdoc with every lint denied.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::super::{DocStyle, doc_comment, to_rustdoc};
use super::generated::{chances, nests};
use super::samples::{HOSTILE, ORDINARY};

/// The text of an item's doc comments, as rustdoc puts it together.
fn doc_text(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value:
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(line),
                    ..
                }),
            ..
        }) if path.is_ident("doc") => line.value(),
        _ => panic!("an attribute that is no doc comment"),
    });
    let lines: Vec<String> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned())
        .collect();
    lines.join("\n")
}

#[test]
fn outer_comments_document_one_item_and_survive_the_printer() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        let mut source = format!("{}\npub struct A;\n", doc_comment(sample, DocStyle::Outer));
        for _ in 0..2 {
            let file =
                syn::parse_file(&source).unwrap_or_else(|error| panic!("{error} in {source}"));
            match &file.items[..] {
                [syn::Item::Struct(item)] if item.ident == "A" => {
                    assert_eq!(doc_text(&item.attrs), to_rustdoc(sample))
                }
                _ => panic!("more than one item in {source}"),
            }
            assert!(file.attrs.is_empty(), "{source}");
            source = prettyplease::unparse(&file);
        }
    }
}

#[test]
fn inner_comments_document_one_module_and_survive_the_printer() {
    for sample in HOSTILE.iter().chain(ORDINARY) {
        let mut source = format!("{}\npub struct A;\n", doc_comment(sample, DocStyle::Inner));
        for _ in 0..2 {
            let file =
                syn::parse_file(&source).unwrap_or_else(|error| panic!("{error} in {source}"));
            assert_eq!(doc_text(&file.attrs), to_rustdoc(sample), "{source}");
            assert_eq!(file.items.len(), 1, "{source}");
            source = prettyplease::unparse(&file);
        }
    }
}

/// The rustdoc beside the cargo that runs this test.
fn rustdoc() -> OsString {
    let beside_cargo =
        std::env::var_os("CARGO").map(|cargo| Path::new(&cargo).with_file_name("rustdoc"));
    std::env::var_os("RUSTDOC")
        .or(beside_cargo
            .filter(|path| path.exists())
            .map(PathBuf::into_os_string))
        .unwrap_or_else(|| "rustdoc".into())
}

fn run_rustdoc(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(rustdoc());
    command
        .current_dir(folder)
        .args(["--edition", "2024", "lib.rs"])
        .args(arguments);
    command.output().expect("rustdoc starts")
}

#[test]
fn rustdoc_finds_no_fault_and_no_test() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = "//! Samples.\n#![deny(warnings, missing_docs)]\n/// A target for links.\npub struct Client;\n".to_owned();
    let samples = HOSTILE
        .iter()
        .chain(ORDINARY)
        .map(|sample| (*sample).to_owned());
    for (number, sample) in samples.chain(nests(4000)).chain(chances(300)).enumerate() {
        let inner = doc_comment(&sample, DocStyle::Inner);
        let outer = doc_comment(&format!("Sample.\n\n{sample}"), DocStyle::Outer);
        source.push_str(&format!(
            "/// Module.\npub mod m{number} {{\n{inner}\n{outer}\npub struct S;\n}}\n"
        ));
    }
    std::fs::write(folder.path().join("lib.rs"), source).unwrap();

    let documented = run_rustdoc(&["-D", "warnings", "-D", "rustdoc::all"], folder.path());
    assert!(
        documented.status.success(),
        "{}",
        String::from_utf8_lossy(&documented.stderr)
    );

    let tested = run_rustdoc(&["--test"], folder.path());
    let output = String::from_utf8_lossy(&tested.stdout);
    assert!(tested.status.success(), "{output}");
    assert!(output.contains("running 0 tests"), "{output}");
}

#[test]
fn rustdoc_would_have_found_the_faults() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("lib.rs"),
        "//! A.\n//!\n//!     panic!()\n//!\n//! [Nothing] <b>\n",
    )
    .unwrap();
    assert!(
        !run_rustdoc(&["-D", "warnings"], folder.path())
            .status
            .success()
    );
    let tested = run_rustdoc(&["--test"], folder.path());
    assert!(String::from_utf8_lossy(&tested.stdout).contains("running 1 test"));
}
