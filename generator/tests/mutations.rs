//! Real documents with faults put in at random: each ends in a crate whose every Rust file parses, with as many operations as
//! the document has, or in an error that the diagnostics tell. Nothing panics.
//!
//! The documents are those of `tests/shipped/` and of the other tests. A case is a document and the seeds of one to three
//! mutations; it is made anew from its name, so a failure is seen again, alone, with
//!
//! ```text
//! SDK_GENERATOR_MUTATION='tests/fixtures/enums/openapi.yaml:1f3a,77b2' cargo test -p sdk-generator --test mutations
//! ```
//!
//! which also leaves the mutated document in a file that it names. Documents of one's own are taken from a folder, in a release build
//! when they are large:
//!
//! ```text
//! SDK_GENERATOR_DOCUMENTS=<folder> SDK_GENERATOR_MUTATIONS=10000 cargo test --release -p sdk-generator --test mutations
//! ```
//!
//! `SDK_GENERATOR_MUTATION_SEED` takes another seed than the one that every run has. A failure is made smaller by leaving mutations
//! out while it still fails. That is all the shrinking that helps here: what there is to see is which mutation of which node does
//! it, and the document around it is real on purpose. So a small seeded generator does, and no testing framework.

#[path = "mutations/case.rs"]
mod case;
#[path = "mutations/documents.rs"]
mod documents;
#[path = "mutations/hostile_text.rs"]
mod hostile_text;
#[path = "mutations/mutate.rs"]
mod mutate;
#[path = "mutations/places.rs"]
mod places;
#[path = "mutations/run.rs"]
mod run;
#[path = "mutations/trial.rs"]
mod trial;

use case::Case;
use trial::Trial;

/// How many mutated documents there are unless the environment says otherwise: as many as a run of all tests has time for. A change of
/// what reads documents deserves ten times as many.
const CASES: usize = 2_500;

/// The seed of every run that is not given another.
const SEED: u64 = 0x5eed;

fn number(variable: &str, default: u64) -> u64 {
    let Ok(text) = std::env::var(variable) else {
        return default;
    };
    text.parse()
        .unwrap_or_else(|_| panic!("{variable} is `{text}`, which is no number"))
}

#[test]
fn a_mutated_document_gives_a_whole_crate_or_a_diagnostic() {
    let documents = documents::all();
    if let Ok(name) = std::env::var("SDK_GENERATOR_MUTATION") {
        let case = Case::parse(&name, &documents);
        let file = std::env::temp_dir().join("mutated.json");
        std::fs::write(&file, case.document(&documents).0.to_string()).expect("a written document");
        let told = format!(
            "{}The document is {}.",
            case.tell(&documents),
            file.display()
        );
        println!("{told}");
        if let Err(failure) = Trial::new("replay").run(&case, &documents) {
            panic!("{failure}\n{told}");
        }
        return;
    }
    let cases = usize::try_from(number("SDK_GENERATOR_MUTATIONS", CASES as u64)).expect("a count");
    let seed = number("SDK_GENERATOR_MUTATION_SEED", SEED);
    let report = run::run(&documents, cases, seed);
    println!("{}", report.summary(&documents));
    assert!(report.failures.is_empty(), "{}", report.told(&documents));
    // A mutation seldom makes a document unreadable; were most refused, the phases behind would not be tried.
    assert!(
        report.generated * 4 > cases,
        "only {} of {cases} mutated documents were generated from",
        report.generated
    );
}
