//! A document of four times the size gives four times as much, in all that can be counted: no part of the output may repeat what is
//! elsewhere, which would make it grow faster than its document. Times are `benches/growth.rs`'s matter.

#[path = "../benches/support/phases.rs"]
mod support;
#[path = "../benches/support/synthetic.rs"]
mod synthetic;

use sdk_generator::files::RECORD;
use support::Setup;

/// What a document of a size gives.
#[derive(Debug)]
struct Counts {
    operations: usize,
    types: usize,
    pages: usize,
    bytes: usize,
}

fn counts(size: usize) -> Counts {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("openapi.yaml");
    let text = synthetic::document(size).expect("a document");
    std::fs::write(&path, text).expect("a written document");
    let setup = Setup::new(&path);
    let facts = setup.lower(setup.parse(setup.repair(setup.load())));
    let plan = setup.plan(facts);
    let pages = setup.pages(&plan);
    let texts = setup.render(&pages);
    let formatted = setup.format(&pages, &texts);
    let bytes = formatted.iter().map(String::len).sum();
    // The phases that are counted, and timed in the benchmarks, are those of the program.
    let whole = setup.whole();
    // The record of what was written is no page.
    let printed = whole.iter().filter(|(path, _)| *path != RECORD);
    assert_eq!(printed.map(|(_, file)| file.len()).sum::<usize>(), bytes);
    Counts {
        operations: plan.api.operations.len(),
        types: plan.api.types.iter().count(),
        pages: pages.len(),
        bytes,
    }
}

#[test]
fn output_grows_with_the_document() {
    let (one, four) = (counts(1), counts(4));
    assert_eq!(one.operations, synthetic::GROUPS * synthetic::OPERATIONS);
    assert_eq!(four.operations, 4 * one.operations);
    for (what, one, four) in [
        ("types", one.types, four.types),
        ("pages", one.pages, four.pages),
        ("bytes", one.bytes, four.bytes),
    ] {
        let growth = four as f64 / one as f64 / 4.0;
        assert!(
            (0.7..=1.1).contains(&growth),
            "{what} grew by {growth:.2} times the document's growth: from {one} to {four}"
        );
    }
}
