//! Takes a case, runs the generator on it in this process, and gives what must not be: a panic, output that does not parse, an operation
//! that got lost, a failure that no diagnostic tells.

use crate::case::Case;
use crate::documents::Document;
use proc_macro2::{TokenStream, TokenTree};
use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::files::FileSet;
use sdk_generator::format::Origin;
use sdk_generator::generate::{GenerateError, Job, generate};
use sdk_generator::plan::RuntimeSource;
use sdk_generator::pointer::JsonPointer;
use sdk_generator::target::Target;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::RangeInclusive;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Once;
use std::time::{Duration, Instant};

/// The longest that one document of this size may take; what takes longer grows faster than the document.
const LIMIT: Duration = Duration::from_secs(60);

/// The methods that a path item may have (OpenAPI 3.0.3, section 4.7.9).
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The calls of the runtime's client that start a request.
const STARTS: [&str; 6] = ["get", "post", "put", "patch", "delete", "request"];

thread_local! {
    /// What the last panic of this thread said, with its place in the source.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Whether a crate was made, or a diagnostic says why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Generated,
    Refused,
}

/// One place to run cases in, one after another.
pub(crate) struct Trial {
    job: Job,
    /// The folder of the job's document, which lasts as long as this.
    _folder: tempfile::TempDir,
    /// Says which case is running: all that is left to read when the process is ended by a stack that overflows, or never ends.
    running: PathBuf,
    /// How many operations stand in each file that was parsed, by the hash of its path and bytes: mutated documents have most files in common.
    parsed: RefCell<HashMap<(usize, u64), usize>>,
}

impl Trial {
    /// A place of this name; two that are in use at once need two names.
    pub(crate) fn new(name: &str) -> Self {
        static HOOK: Once = Once::new();
        HOOK.call_once(keep_panics);
        let folder = tempfile::tempdir().expect("a folder");
        let job = Job {
            overlays: Vec::new(),
            document: folder.path().join("openapi.json"),
            target: Target::default(),
            name: None,
            templates: None,
            // By version, so that the runtime is no part of what is emitted.
            runtime: RuntimeSource::Version("0.1.0".to_owned()),
            origin: Origin {
                command: "sdk-generator generate".to_owned(),
                source: "openapi.json".to_owned(),
            },
        };
        let running =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("mutation-{name}.txt"));
        Self {
            job,
            _folder: folder,
            running,
            parsed: RefCell::default(),
        }
    }

    /// Runs the generator on a case.
    ///
    /// # Errors
    ///
    /// What went wrong; alike for cases that go wrong in the same way.
    pub(crate) fn run(&self, case: &Case, documents: &[Document]) -> Result<Verdict, String> {
        std::fs::write(&self.running, case.name(documents)).expect("a written file");
        let (tree, _) = case.document(documents);
        std::fs::write(&self.job.document, tree.to_string()).expect("a written document");
        let start = Instant::now();
        let result = panic::catch_unwind(AssertUnwindSafe(|| self.judge(&tree)))
            .unwrap_or_else(|_| Err(format!("panic: {}", SAID.take())));
        // Every text that was parsed stays in memory as long as its thread, for the places of its tokens; none is looked up any more.
        proc_macro2::extra::invalidate_current_thread_spans();
        if start.elapsed() > LIMIT {
            return Err(format!("took more than {} s", LIMIT.as_secs()));
        }
        result
    }

    fn judge(&self, tree: &Value) -> Result<Verdict, String> {
        let outcome = match generate(&self.job) {
            Ok(outcome) => outcome,
            // The title is no crate's name, and the message says so: the caller gives another.
            Err(GenerateError::Name(_)) => return Ok(Verdict::Refused),
            Err(error) => return Err(format!("error: {error}")),
        };
        let report = outcome.report();
        let Some(files) = outcome.files else {
            return match outcome.diagnostics.has_errors() {
                true => Ok(Verdict::Refused),
                false => Err(format!(
                    "nothing was emitted, and nothing says why:\n{report}"
                )),
            };
        };
        let emitted = self.parsed_operations(&files)?;
        if emitted != outcome.operations {
            return Err(format!(
                "{} operations were counted, {emitted} emitted",
                outcome.operations
            ));
        }
        if let Some(expected) = operations(tree, &outcome.diagnostics)
            && !expected.contains(&emitted)
        {
            return Err(format!(
                "{emitted} operations were emitted, the document has {expected:?}"
            ));
        }
        Ok(Verdict::Generated)
    }

    /// Parses every Rust file that is not known yet, and counts the operations of all.
    fn parsed_operations(&self, files: &FileSet) -> Result<usize, String> {
        let mut operations = 0;
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            let mut hasher = DefaultHasher::new();
            (path, bytes).hash(&mut hasher);
            let key = (bytes.len(), hasher.finish());
            let known = self.parsed.borrow().get(&key).copied();
            operations += match known {
                Some(count) => count,
                None => {
                    let count = operations_of_file(path, bytes)?;
                    self.parsed.borrow_mut().insert(key, count);
                    count
                }
            };
        }
        Ok(operations)
    }
}

/// Keeps what a panic says for the failure that it becomes, where the test's own panics still go to the terminal.
fn keep_panics() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        SAID.set(info.to_string());
        if !std::thread::current()
            .name()
            .is_some_and(|name| name.starts_with("mutation"))
        {
            hook(info);
        }
    }));
}

/// Parses a Rust file, and counts the operations: each starts one request in `src/api/`, as `self.0.get(…)` does.
fn operations_of_file(path: &str, bytes: &[u8]) -> Result<usize, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{path} is no UTF-8"))?;
    syn::parse_file(text).map_err(|error| format!("{path} does not parse: {error}"))?;
    if !path.starts_with("src/api/") {
        return Ok(0);
    }
    let tokens = text
        .parse()
        .map_err(|error| format!("{path} has no tokens: {error}"))?;
    Ok(requests(tokens))
}

/// How often a request is started in the tokens.
fn requests(tokens: TokenStream) -> usize {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let inside: usize = tokens
        .iter()
        .map(|token| match token {
            TokenTree::Group(group) => requests(group.stream()),
            _ => 0,
        })
        .sum();
    let here = tokens.windows(5).filter(|tokens| match tokens {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(first),
            TokenTree::Literal(field),
            TokenTree::Punct(second),
            TokenTree::Ident(start),
        ] => {
            name == "self"
                && field.to_string() == "0"
                && (first.as_char(), second.as_char()) == ('.', '.')
                && STARTS.iter().any(|known| start == known)
        }
        _ => false,
    });
    inside + here.count()
}

/// How many operations a document has; `None` where a path item refers to another, so that counting would take a loader.
///
/// A path begins with a slash (OpenAPI 3.0.3, section 4.7.8.1). What stands at another key may be left out when a diagnostic
/// says so; then there are fewer.
fn operations(tree: &Value, diagnostics: &Diagnostics) -> Option<RangeInclusive<usize>> {
    let Some(paths) = tree.get("paths").and_then(Value::as_object) else {
        return Some(0..=0);
    };
    let (mut fewest, mut most) = (0, 0);
    for (path, item) in paths {
        let Some(item) = item.as_object().filter(|_| !path.starts_with("x-")) else {
            continue;
        };
        if path == "$ref" || item.contains_key("$ref") {
            return None;
        }
        let is_operation = |method: &&&str| item.get(**method).is_some_and(Value::is_object);
        let count = METHODS.iter().filter(is_operation).count();
        let place = JsonPointer::from_tokens(["paths", path]);
        let may_miss = !path.starts_with('/')
            && diagnostics
                .iter()
                .any(|diagnostic| diagnostic.pointer.starts_with(&place));
        most += count;
        fewest += if may_miss { 0 } else { count };
    }
    Some(fewest..=most)
}
