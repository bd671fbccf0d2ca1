//! One hostile text at a time in every place of a document: the output is as inert as with a harmless word, or there is a diagnostic.

use crate::documents::{Document, documents};
use crate::emitted::generate_text;
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

/// Set to anything, this variable makes every payload come to every place: about half an hour without optimisation.
const EXHAUSTIVE: &str = "HOSTILE_EXHAUSTIVE";

/// Of the places of the shipped documents, which repeat themselves, every how manyth is taken.
const SHIPPED_STEP: usize = 15;

/// How many cases one thread runs. `proc_macro2` keeps the source of all that a thread ever parsed.
const CASES_OF_A_THREAD: usize = 40;

/// One document with one payload in one place.
struct Case<'d> {
    document: &'d Document,
    place: &'d Place,
    payload: &'d str,
}

/// What the harmless word is that a payload is compared with. In path templates braces and slashes keep their meaning, and where
/// OpenAPI has a word of its own an empty text is one that is missing, which any other word is not.
fn harmless(document: &Value, place: &Place, payload: &str) -> String {
    if payload.trim().is_empty() && place.is_a_type() {
        return payload.to_owned();
    }
    if place.is_answer_header() && !is_token(payload) {
        // No answer can have such a header, which is told; so the output is as without it.
        return "no name".to_owned();
    }
    if place.is_filter_field() && !is_field(payload) {
        // No filter can name such a field, which is told; so the parameter takes any text.
        return "no name".to_owned();
    }
    // A word of the same length, since long texts are laid out in other ways than short ones.
    let kept = match place.is_path_template() {
        true => &['{', '}', '/'][..],
        false => delimiters(document, place),
    };
    payload
        .chars()
        .map(|c| if kept.contains(&c) { c } else { 'h' })
        .collect()
}

/// What separates the items of a list in the example of a parameter: an item that holds it cannot be sent.
fn delimiters(document: &Value, place: &Place) -> &'static [char] {
    let Place::Value(path) = place else {
        return &[];
    };
    let parameter = path.iter().rposition(|part| part == "example");
    let pointer = parameter.and_then(|end| path.get(..end)).unwrap_or(&[]);
    let parameter = pointer.iter().try_fold(document, |node, part| match node {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        node => node.get(part),
    });
    match parameter.and_then(|parameter| parameter.get("style")?.as_str()) {
        Some("spaceDelimited") => &[' '],
        Some("pipeDelimited") => &['|'],
        _ => &[],
    }
}

/// Whether a field may have this name in a filter and a sorter.
fn is_field(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "_-.:$@/".contains(c);
    !text.is_empty() && !text.starts_with('-') && text.chars().all(allowed)
}

/// Whether a header may have this name (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(allowed)
}

/// The text as it stands in the document: paths begin with a slash, or they are none.
fn fitting(place: &Place, payload: &str) -> String {
    if place.is_path_template() && !payload.starts_with('/') {
        format!("/{payload}")
    } else {
        payload.to_owned()
    }
}

fn run(document: &Document, place: &Place, text: &str) -> Result<Outcome, String> {
    let tree = substitute(&document.tree, place, &fitting(place, text));
    let json = serde_json::to_string(&tree).expect("JSON");
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
        let word = harmless(&case.document.tree, case.place, case.payload);
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
        let files = run(case.document, case.place, &word)
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
    let outcome = match run(case.document, case.place, case.payload) {
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

/// Judges all cases on all cores; gives the faults by text, so that one fault of many places is told once.
fn judge_all(documents: &[Document], cases: &[Case<'_>]) -> BTreeMap<String, Vec<String>> {
    let known = Harmless::of(documents);
    let chunks = Mutex::new(cases.chunks(CASES_OF_A_THREAD));
    let found: Mutex<BTreeMap<String, Vec<String>>> = Mutex::default();
    let judge_chunk = |chunk: &[Case<'_>]| {
        for case in chunk {
            for fault in judge(case, &known) {
                let payload: String = case.payload.chars().take(60).collect();
                let label = format!(
                    "{} {} = {payload:?}",
                    case.document.name,
                    case.place.label()
                );
                found
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .entry(fault)
                    .or_default()
                    .push(label);
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
            2
        } else {
            1
        };
        for place in places.iter().step_by(step) {
            cases.extend(turns.by_ref().take(share).map(|payload| Case {
                document,
                place,
                payload,
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
