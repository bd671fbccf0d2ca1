//! The examples of the committed documentation: what is shown is what is compiled.

use sdk_generator::files::FileSet;
use std::path::Path;

fn files(krate: &str) -> FileSet {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    FileSet::read(&folder.join(krate)).expect("a generated crate")
}

/// The examples of a page, in their order.
fn examples(page: &[u8]) -> Vec<String> {
    let page = std::str::from_utf8(page).expect("text");
    let blocks = page.split("```rust,no_run\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default().to_owned());
    blocks.collect()
}

/// The doctests are those of the methods; the pages of `docs/` show the same text, which so needs no second compilation.
#[test]
fn every_example_of_the_pages_is_one_that_is_compiled() {
    for krate in ["onelogin", "sailpoint-v3"] {
        let files = files(krate);
        let of = |folder: &str| -> Vec<String> {
            let pages = files.iter().filter(|(path, _)| path.starts_with(folder));
            let pages = pages.filter(|(path, _)| path.ends_with(".md"));
            let mut found: Vec<String> = pages.flat_map(|(_, page)| examples(page)).collect();
            found.sort();
            found
        };
        let compiled = of("src/api/");
        assert!(compiled.len() > 5, "{krate}");
        assert_eq!(of("docs/api/"), compiled, "{krate}");
    }
}
