//! A hostile text in every place of a document: the output is as inert as with a harmless word, or there is a diagnostic.

use crate::documents::{Document, documents};
use crate::emitted::generate_text;
use crate::harmless::{fitting, harmless};
use crate::judged::Judged;
use crate::payloads;
use crate::places::{Place, places, substitute};
use crate::shape::{Shape, difference};
use sdk_generator::generate::{GenerateError, Outcome};
use sdk_generator::target::{Target, TargetFault};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

/// How many faults are shown.
const MAX_SHOWN: usize = 40;

/// Set to anything, this variable makes every payload come to every place: minutes without optimisation.
const EXHAUSTIVE: &str = "HOSTILE_EXHAUSTIVE";

/// Of the places of the shipped documents, which repeat themselves, every how manyth is taken.
const SHIPPED_STEP: usize = 10;

/// How many cases one thread runs. `proc_macro2` keeps the source of all that a thread ever parsed.
const CASES_OF_A_THREAD: usize = 40;

/// How many cases of one document are tried at once, before each of them is tried by itself where that shows anything.
const CASES_AT_ONCE: usize = 10;

/// One document with one payload in one place.
struct Case<'d> {
    document: &'d Document,
    place: &'d Place,
    payload: &'d str,
    /// How many cases before this one have the same place.
    turn: usize,
}

impl Case<'_> {
    fn label(&self) -> String {
        let payload: String = self.payload.chars().take(60).collect();
        format!(
            "{} {} = {payload:?}",
            self.document.name,
            self.place.label()
        )
    }
}

/// The document with a text in one place.
fn with_text(document: &Document, place: &Place, text: &str) -> Value {
    substitute(&document.tree, place, &fitting(place, text))
}

fn run(document: &Document, tree: &Value) -> Result<Outcome, String> {
    let json = serde_json::to_string(tree).expect("JSON");
    let run =
        |target: &Target| generate_text("openapi.json", &json, |job| job.target = target.clone());
    let result = match run(&document.target) {
        // The text took the place of a name that the target speaks of.
        Err(GenerateError::Settings { faults, .. }) => run(&without(&document.target, &faults)),
        result => result,
    };
    result.map_err(|error| error.to_string())
}

/// The target without the sections that have a fault.
fn without(target: &Target, faults: &[TargetFault]) -> Target {
    let mut target = target.clone();
    for fault in faults {
        match fault.key.split('.').next().unwrap_or_default() {
            "server" => target.server = Default::default(),
            "auth" => target.auth = Default::default(),
            "env" => target.env = Default::default(),
            "errors" => target.errors = Default::default(),
            "names" => target.names = Default::default(),
            "secrets" => target.secrets = Default::default(),
            section => panic!("the document has nothing to do with {section}: {fault}"),
        }
    }
    target
}

/// The shapes of harmless documents, each made once.
#[derive(Default)]
struct Harmless {
    shapes: Mutex<HashMap<(String, String), Option<Shape>>>,
    /// Of the documents as they stand, by name.
    untouched: HashMap<&'static str, Shape>,
    judged: Judged,
}

impl Harmless {
    fn of(documents: &[Document]) -> Self {
        let mut harmless = Self::default();
        for document in documents {
            let text = document.tree.to_string();
            let outcome = generate_text("openapi.json", &text, |job| {
                job.target = document.target.clone()
            })
            .expect("an outcome");
            let files = outcome.files.expect("files");
            let shape = harmless.judged.shape(&files).expect("Rust");
            harmless.untouched.insert(document.name, shape);
        }
        harmless
    }

    /// What the shape of a case has more or less than a harmless one. Most texts change no item, so that the document as it stands
    /// has the same shape, and the harmless word need not be tried.
    fn difference(&self, shape: &Shape, case: &Case<'_>) -> Vec<String> {
        if self.untouched.get(case.document.name) == Some(shape) {
            return Vec::new();
        }
        self.shape(case)
            .map_or_else(Vec::new, |wanted| difference(shape, &wanted))
    }

    /// The shape with the harmless word; `None` when there is no output even then.
    fn shape(&self, case: &Case<'_>) -> Option<Shape> {
        let word = harmless(&case.document.tree, case.place, case.payload, 'h');
        let key = (
            format!("{}{}", case.document.name, case.place.label()),
            word.clone(),
        );
        if let Some(known) = self
            .shapes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return known.clone();
        }
        let files = run(case.document, &with_text(case.document, case.place, &word))
            .ok()
            .and_then(|outcome| outcome.files);
        let made = files.and_then(|files| self.judged.shape(&files).ok());
        self.shapes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, made.clone());
        made
    }
}

/// What is wrong with the output of a case; empty when nothing is.
fn judge(case: &Case<'_>, known: &Harmless) -> Vec<String> {
    let tree = with_text(case.document, case.place, case.payload);
    let outcome = match run(case.document, &tree) {
        Ok(outcome) => outcome,
        Err(error) => return vec![format!("the generator refused its own text: {error}")],
    };
    let Some(files) = &outcome.files else {
        let said = outcome.diagnostics.has_errors();
        return if said {
            Vec::new()
        } else {
            vec!["neither files nor an error".to_owned()]
        };
    };
    let mut found = known
        .judged
        .faults(files, outcome.operations, outcome.types);
    match known.judged.shape(files) {
        Ok(shape) => found.extend(known.difference(&shape, case)),
        Err(error) => found.push(error),
    }
    found
}

/// Whether the output with all texts of these cases at once is as inert as that of the document as it stands, or with harmless words in
/// all these places. Then so is the output with each of them.
fn are_inert_at_once(cases: &[&Case<'_>], known: &Harmless) -> bool {
    let Some(document) = cases.first().map(|case| case.document) else {
        return true;
    };
    let payload = |_, case: &Case<'_>| case.payload.to_owned();
    let Ok(outcome) = run(document, &with_texts(cases, payload)) else {
        return false;
    };
    let Some(files) = &outcome.files else {
        return false;
    };
    let (operations, types) = (outcome.operations, outcome.types);
    if !known.judged.faults(files, operations, types).is_empty() {
        return false;
    }
    let Ok(shape) = known.judged.shape(files) else {
        return false;
    };
    if known.untouched.get(document.name) == Some(&shape) {
        return true;
    }
    // A letter for each, so that two names stay two.
    let word = |index, case: &Case<'_>| {
        let letter = ('h'..='z').nth(index).unwrap_or('h');
        harmless(&document.tree, case.place, case.payload, letter)
    };
    let harmless = run(document, &with_texts(cases, word));
    let harmless = harmless.ok().and_then(|outcome| outcome.files);
    let wanted = harmless.and_then(|files| known.judged.shape(&files).ok());
    wanted == Some(shape)
}

/// The document of these cases with a text in the place of each. What stands deeper goes first, since the keys above it are on the way
/// to it.
fn with_texts(cases: &[&Case<'_>], text: impl Fn(usize, &Case<'_>) -> String) -> Value {
    let mut deepest_first: Vec<_> = cases.iter().enumerate().collect();
    deepest_first.sort_by_key(|(_, case)| std::cmp::Reverse(case.place.depth()));
    let tree = cases.first().map(|case| case.document.tree.clone());
    deepest_first
        .into_iter()
        .fold(tree.unwrap_or_default(), |tree, (index, case)| {
            let text = text(index, case);
            substitute(&tree, case.place, &fitting(case.place, &text))
        })
}

/// The cases in batches that are tried at once: of one document, none of two texts for one place, and texts of the same kind of place
/// together, so that those that change the output on purpose stand in few batches.
fn batches<'c, 'd>(cases: &'c [Case<'d>]) -> Vec<Vec<&'c Case<'d>>> {
    let mut sorted: Vec<&Case<'_>> = cases.iter().collect();
    let kind = |case: &&Case<'_>| (case.document.name, case.turn, case.place.is_prose());
    sorted.sort_by_key(kind);
    sorted
        .chunk_by(|a, b| kind(a) == kind(b))
        .flat_map(|alike| alike.chunks(CASES_AT_ONCE).map(<[_]>::to_vec))
        .collect()
}

/// Judges all cases on all cores; gives the faults by text, so that one fault of many places is told once.
fn judge_all(documents: &[Document], cases: &[Case<'_>]) -> BTreeMap<String, Vec<String>> {
    let known = Harmless::of(documents);
    let batches = batches(cases);
    let chunks = Mutex::new(batches.chunks(CASES_OF_A_THREAD / CASES_AT_ONCE));
    let found: Mutex<BTreeMap<String, Vec<String>>> = Mutex::default();
    let judge_alone = |case: &Case<'_>| {
        for fault in judge(case, &known) {
            found
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(fault)
                .or_default()
                .push(case.label());
        }
    };
    let judge_chunk = |chunk: &[Vec<&Case<'_>>]| {
        for batch in chunk {
            if !are_inert_at_once(batch, &known) {
                batch.iter().for_each(|case| judge_alone(case));
            }
        }
    };
    let work = || {
        loop {
            let chunk = chunks.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(chunk) = chunk else { break };
            std::thread::scope(|scope| {
                scope
                    .spawn(|| judge_chunk(chunk))
                    .join()
                    .expect("no panic, whatever the document says");
            });
        }
    };
    std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().expect("no panic, whatever the document says");
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Which payloads come to which places: all to all, or in turn so that each comes to at least 20.
fn cases<'d>(
    documents: &'d [Document],
    places: &'d [Vec<Place>],
    payloads: &'d [String],
) -> Vec<Case<'d>> {
    let exhaustive = std::env::var_os(EXHAUSTIVE).is_some();
    let mut cases = Vec::new();
    let mut turns = payloads.iter().cycle();
    for (index, (document, places)) in documents.iter().zip(places).enumerate() {
        let step = if index == 0 || exhaustive {
            1
        } else {
            SHIPPED_STEP
        };
        let share = if exhaustive {
            payloads.len()
        } else if index == 0 {
            3
        } else {
            1
        };
        for place in places.iter().step_by(step) {
            let payloads = turns.by_ref().take(share);
            cases.extend(payloads.enumerate().map(|(turn, payload)| Case {
                document,
                place,
                payload,
                turn,
            }));
        }
    }
    cases
}

#[test]
fn text_in_any_place_is_only_text() {
    let documents = documents();
    let payloads = payloads::all();
    let places: Vec<Vec<Place>> = documents
        .iter()
        .map(|document| places(&document.tree))
        .collect();
    let cases = cases(&documents, &places, &payloads);
    for payload in &payloads {
        let uses = cases.iter().filter(|case| case.payload == payload).count();
        assert!(
            uses >= 20,
            "one payload comes to {uses} places only: {payload:.40}"
        );
    }
    let found = judge_all(&documents, &cases);
    let shown: Vec<String> = found
        .iter()
        .take(MAX_SHOWN)
        .map(|(fault, labels)| {
            format!(
                "{fault:.600}\n    at {} places, such as {}",
                labels.len(),
                labels[0]
            )
        })
        .collect();
    assert!(
        found.is_empty(),
        "{} cases, {} faults:\n{}",
        cases.len(),
        found.len(),
        shown.join("\n")
    );
}

#[test]
fn a_payload_that_became_code_would_be_found() {
    let document = &documents()[0];
    let judged = Judged::default();
    let outcome =
        generate_text("openapi.json", &document.tree.to_string(), |_| ()).expect("an outcome");
    let files = outcome.files.expect("files");
    assert_eq!(
        judged.faults(&files, outcome.operations, outcome.types),
        Vec::<String>::new()
    );
    let before = judged.shape(&files).expect("Rust");
    for (path, addition) in [
        ("src/lib.rs", "pub fn pwned() {}"),
        ("src/client.rs", "#[pwned] struct A;"),
        ("src/error.rs", "const _: () = pwned!();"),
    ] {
        let mut files = files.clone();
        let text = String::from_utf8_lossy(files.get(path).expect("a file")).into_owned();
        files.insert(path, format!("{text}\n{addition}\n"));
        assert!(
            !difference(&judged.shape(&files).expect("Rust"), &before).is_empty(),
            "{addition}"
        );
    }
    for (path, text) in [
        ("src/lib.rs", "//! ```\n//! pwned()\n//! ```\n"),
        ("src/lib.rs", "//! text\n//!\n//!     pwned()\n"),
        ("src/lib.rs", "//! <b onclick=pwned()>\n"),
        ("README.md", "<script>pwned()</script>\n"),
        ("README.md", "[a](javascript:pwned())\n"),
        ("README.md", "```\npwned()\n```\n"),
        ("docs/README.md", "---\npwned: true\n---\n"),
        ("docs/../pwned", ""),
        ("docs/con.md", ""),
        ("src/lib.rs", "// \u{202e}\n"),
        ("src/lib.rs", "pwned! {}\n"),
        ("Cargo.toml", "[pwned]\n"),
    ] {
        let mut files = files.clone();
        files.insert(path, text);
        assert!(
            !judged
                .faults(&files, outcome.operations, outcome.types)
                .is_empty(),
            "{path}: {text}"
        );
    }
}
