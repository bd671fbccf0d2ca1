//! Facts are whole: every scalar that OpenAPI 3.0 or 3.1 gives a meaning to shows in the facts of a document.
//!
//! Each of them is changed alone, in every fixture, both documents of `tests/shipped/` and two documents that have every keyword of 3.0 and of
//! 3.1. The changed document is repaired, parsed and read again, and its facts have to differ by more than the places of things.
//! What need not show stands in [`EXCEPTIONS`], with its reason. A document is read once from the disk and then piece by
//! piece, since a path or a component says the same whatever stands around it.

#[path = "facts/change.rs"]
mod change;
#[path = "facts/places.rs"]
mod places;

use places::{Place, Places, pieces};
use rayon::prelude::*;
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::grammar::ObjectKind;
use sdk_generator::{load, lower, parse, repair};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why a keyword need not show in the facts, when the object that has it is such.
struct Exception {
    kind: ObjectKind,
    keyword: &'static str,
    holds: fn(&Value) -> bool,
    reason: &'static str,
}

/// What need not show. Each is used by some document, or the test fails.
const EXCEPTIONS: &[Exception] = &[
    Exception {
        kind: ObjectKind::Parameter,
        keyword: "required",
        holds: |owner| owner["in"] == "path",
        reason: "true is the only value that a path parameter may have (OpenAPI 3.0.3, 4.7.12.2)",
    },
    Exception {
        kind: ObjectKind::Parameter,
        keyword: "style",
        holds: |owner| owner["in"] == "header" || owner["in"] == "cookie",
        reason: "headers and cookies have one style each (4.7.12.3)",
    },
    Exception {
        kind: ObjectKind::Header,
        keyword: "style",
        holds: |_| true,
        reason: "headers have one style (4.7.21)",
    },
];

/// The least number of scalars that is changed, so that the test cannot pass by finding none.
const LEAST: usize = 2_500;

fn documents() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = [
        tests.join("fixtures"),
        tests.join("shipped"),
        tests.join("facts"),
    ];
    let mut documents: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .map(|path| match path.is_dir() {
            true => path.join("openapi.yaml"),
            false => path,
        })
        .filter(|path| path.extension().is_some_and(|name| name == "yaml") && path.exists())
        .collect();
    documents.sort();
    documents
}

/// What a tree says, as text without the places of things; `None` when it cannot be read at all.
fn facts(tree: Value) -> Option<String> {
    let mut diagnostics = Diagnostics::default();
    let tree = repair::repair(tree, &mut diagnostics);
    let facts = lower::lower(parse::parse(tree, &mut diagnostics)?);
    Some(without_pointers(&format!("{facts:?}")))
}

/// Leaves the texts of pointers out of what `Debug` prints.
fn without_pointers(printed: &str) -> String {
    let mut pieces = printed.split("JsonPointer(\"");
    let mut left = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let mut is_escaped = false;
        let end = piece.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        left.push_str(&piece[end.expect("a closing quote")..]);
    }
    left
}

/// What came of one scalar.
enum Verdict {
    Shows,
    Excepted(usize),
    Hidden(Place),
}

fn try_place(piece: &Value, base: &str, place: Place) -> Verdict {
    let owner = piece.pointer(place.owner.as_str()).expect("an object");
    let mut changed = piece.clone();
    let slot = changed
        .pointer_mut(place.pointer.as_str())
        .expect("a scalar");
    *slot = change::change(slot, &place, owner);
    if facts(changed).is_some_and(|facts| facts != base) {
        return Verdict::Shows;
    }
    let excepted = EXCEPTIONS.iter().position(|exception| {
        exception.kind == place.kind
            && exception.keyword == place.keyword
            && (exception.holds)(owner)
    });
    excepted.map_or(Verdict::Hidden(place), Verdict::Excepted)
}

fn try_document(path: &Path) -> Vec<Verdict> {
    let loaded = load::load(path, &mut Diagnostics::default()).expect("a document");
    let version = loaded.tree["openapi"].as_str().unwrap_or_default();
    let is_31 = version.starts_with("3.1");
    let pieces = pieces(&loaded.tree);
    let verdicts = pieces.par_iter().flat_map_iter(|piece| {
        let base = facts(piece.clone()).expect("facts");
        // What stands in the frame of a piece is looked at with the top of the document.
        let is_top = !piece["info"]["title"].is_null();
        let places = Places::of(piece, is_31).into_iter();
        let places = places.filter(|place| is_top || place.keyword != "openapi");
        let places: Vec<Place> = places.collect();
        places
            .into_iter()
            .map(move |place| try_place(piece, &base, place))
    });
    verdicts.collect()
}

#[test]
fn every_scalar_with_a_meaning_shows_in_the_facts() {
    let (mut shown, mut excepted) = (0, 0);
    let mut hidden = Vec::new();
    let mut used = BTreeSet::new();
    let documents = documents();
    assert!(
        documents.len() >= 20,
        "documents are missing: {documents:?}"
    );
    for document in &documents {
        for verdict in try_document(document) {
            match verdict {
                Verdict::Shows => shown += 1,
                Verdict::Excepted(index) => {
                    excepted += 1;
                    used.insert(index);
                }
                Verdict::Hidden(place) => hidden.push(format!(
                    "{}: {} ({:?}.{})",
                    document.display(),
                    place.pointer,
                    place.kind,
                    place.keyword
                )),
            }
        }
    }
    println!(
        "{shown} of {} scalars in {} documents show; {excepted} are excepted:",
        shown + excepted + hidden.len(),
        documents.len()
    );
    for exception in EXCEPTIONS {
        println!(
            "  {:?}.{}: {}",
            exception.kind, exception.keyword, exception.reason
        );
    }
    assert!(
        hidden.is_empty(),
        "{} scalars do not show:\n{}",
        hidden.len(),
        hidden.join("\n")
    );
    assert!(shown >= LEAST, "only {shown} scalars were changed");
    assert_eq!(used.len(), EXCEPTIONS.len(), "an exception excepts nothing");
}
