//! Takes a document, gives what is wrong with the explanations of what is made of it.

use sdk_generator::explain::{Chain, Decision, Evidence, Subject};
use sdk_generator::generate::{self, Job};
use sdk_generator::pipeline::{self, Run};
use sdk_generator::plan::Plan;
use sdk_generator::pointer::JsonPointer;
use sdk_generator::source::Position;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::AddAssign;
use std::path::Path;

/// How many explanations were looked at, by what they explain.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    methods: usize,
    inputs: usize,
    answers: usize,
    types: usize,
    fields: usize,
    values: usize,
    variants: usize,
    decisions: usize,
    repairs: usize,
}

impl Counts {
    pub(crate) fn has_all_kinds(&self) -> bool {
        let kinds = [
            self.methods,
            self.inputs,
            self.answers,
            self.types,
            self.fields,
            self.values,
            self.variants,
        ];
        kinds.iter().all(|count| *count > 0)
    }

    fn add(&mut self, subject: Subject<'_>, chain: &Chain<'_>) {
        *match subject {
            Subject::Operation(..) => &mut self.methods,
            Subject::Parameter { .. } | Subject::Body(_) => &mut self.inputs,
            Subject::Response(..) => &mut self.answers,
            Subject::Type(..) => &mut self.types,
            Subject::Field { .. } => &mut self.fields,
            Subject::Value { .. } => &mut self.values,
            Subject::Variant { .. } => &mut self.variants,
        } += 1;
        self.decisions += chain.decisions.len();
        self.repairs += chain.repairs.len();
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.methods += other.methods;
        self.inputs += other.inputs;
        self.answers += other.answers;
        self.types += other.types;
        self.fields += other.fields;
        self.values += other.values;
        self.variants += other.variants;
        self.decisions += other.decisions;
        self.repairs += other.repairs;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} methods, {} inputs, {} answers, {} types, {} fields, {} values, {} variants: {} decisions, {} repairs",
            self.methods,
            self.inputs,
            self.answers,
            self.types,
            self.fields,
            self.values,
            self.variants,
            self.decisions,
            self.repairs
        )
    }
}

/// A document with everything that is known of it.
pub(crate) struct Document {
    job: Job,
    tree: Value,
    /// The document's own file, with no reference followed.
    text: Value,
    run: Run<Plan>,
    /// The characters of lines that were looked at.
    lines: RefCell<HashMap<usize, Vec<char>>>,
}

impl Document {
    pub(crate) fn read(job: Job) -> Self {
        let loaded = pipeline::load(&job.document, &job.overlays);
        let tree = loaded.value.clone().expect("a document");
        let run = generate::plan(loaded, &job).unwrap_or_else(|error| panic!("{error}"));
        Self {
            text: own_file(&job.document),
            job,
            tree,
            run,
            lines: RefCell::default(),
        }
    }

    fn evidence(&self) -> Evidence<'_> {
        Evidence {
            document: &self.tree,
            sources: &self.run.sources,
            diagnostics: &self.run.diagnostics,
            target: &self.job.target,
            plan: self.run.ok().expect("a document without errors"),
        }
    }

    /// What is told of a name, or why nothing is.
    pub(crate) fn explain(&self, name: &str) -> Result<String, String> {
        let chains = self.evidence().explain(name);
        let chains = chains.map_err(|error| error.to_string())?;
        let texts: Vec<String> = chains
            .iter()
            .map(|chain| chain.text(&self.run.sources))
            .collect();
        Ok(texts.join("\n"))
    }

    /// Looks at the explanation of everything that is emitted; gives how many there are and what is wrong with them.
    pub(crate) fn check(&self) -> (Counts, Vec<String>) {
        let evidence = self.evidence();
        let mut counts = Counts::default();
        let mut faults = Vec::new();
        for subject in evidence.subjects() {
            let chain = evidence.chain(subject);
            counts.add(subject, &chain);
            let found = self.faults(&chain);
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{} {}: {fault}", chain.item.kind, chain.item.path)),
            );
        }
        (counts, faults)
    }

    fn faults(&self, chain: &Chain<'_>) -> Vec<String> {
        let mut faults = self.place_faults(chain);
        let mut fault = |is_wrong: bool, text: String| {
            if is_wrong {
                faults.push(text);
            }
        };
        fault(chain.item.path.is_empty(), "no path".to_owned());
        fault(chain.item.file.is_none(), "no file".to_owned());
        fault(
            chain.said.is_empty(),
            "the document says nothing".to_owned(),
        );
        fault(chain.decisions.is_empty(), "no decision".to_owned());
        for Decision { what, why, pointer } in &chain.decisions {
            fault(what.is_empty(), "a decision about nothing".to_owned());
            // The reason of a node whose reason nobody asked for.
            let is_unknown = why.trim().is_empty() || why == "no schema";
            fault(is_unknown, format!("no reason for {what}"));
            if let Some(pointer) = pointer {
                fault(
                    self.position(pointer).is_none(),
                    format!("{what}: {pointer} leads nowhere"),
                );
            }
        }
        faults
    }

    /// The chain ends at a line, and that line is the one of the place.
    fn place_faults(&self, chain: &Chain<'_>) -> Vec<String> {
        let place = &chain.place;
        let mut faults = Vec::new();
        if !place.is_exact() && chain.repairs.is_empty() {
            faults.push(format!(
                "{} leads nowhere, and no repair tells why",
                place.pointer
            ));
        }
        if self.tree.pointer(place.found.as_str()).is_none() {
            faults.push(format!("{} is not in the document", place.found));
        }
        let line = place
            .position
            .as_ref()
            .and_then(|position| self.run.sources.line(position));
        match (line, &place.position) {
            (Some(line), Some(position)) if self.names(position, line, &place.found) => {}
            (Some(_), Some(position)) => faults.push(format!(
                "{}:{} is not the place of {}",
                position.line, position.column, place.found
            )),
            _ => faults.push("no line of the document".to_owned()),
        }
        faults
    }

    /// Whether a position is that of a node: the node's key stands there. That cannot be told of elements, which have none, and of what
    /// the loader put in place of a reference, which has another key where it came from.
    fn names(&self, position: &Position, line: &str, pointer: &JsonPointer) -> bool {
        let Some(key) = pointer.last() else {
            return true;
        };
        let is_element = key.chars().all(|c| c.is_ascii_digit());
        if is_element || self.text.pointer(pointer.as_str()).is_none() {
            return true;
        }
        // Some documents are one line of megabytes, whose characters are counted once.
        let mut lines = self.lines.borrow_mut();
        let chars = lines
            .entry(position.line)
            .or_insert_with(|| line.chars().collect());
        let end = position.column + key.chars().count() * 2 + 2;
        let found: String = chars[position.column - 1..end.min(chars.len())]
            .iter()
            .collect();
        let plain = found.trim_start_matches(['"', '\'']).replace('\\', "");
        plain.starts_with(&key.replace('\\', ""))
    }

    fn position(&self, pointer: &JsonPointer) -> Option<&str> {
        let position = self.run.sources.locate(pointer)?;
        self.run.sources.line(&position)
    }

    /// Whether what is told of items is what is in the files: each stands in the file that is named, declared as it is said; and each is
    /// found by the path that is told of it.
    pub(crate) fn check_emitted(&self) -> Vec<String> {
        let outcome = generate::generate(&self.job).unwrap_or_else(|error| panic!("{error}"));
        let files = outcome.files.expect("a document without errors");
        let mut texts: HashMap<&str, String> = HashMap::new();
        for (path, bytes) in files.iter() {
            let text = String::from_utf8_lossy(bytes);
            texts.insert(path, dense(&text));
        }
        let evidence = self.evidence();
        let mut faults = Vec::new();
        let mut seen = HashSet::new();
        for subject in evidence.subjects() {
            let item = evidence.chain(subject).item;
            let path = &item.path;
            let Some(text) = item.file.as_deref().and_then(|file| texts.get(file)) else {
                faults.push(format!("{path}: its file is not emitted: {:?}", item.file));
                continue;
            };
            if let (Subject::Field { field, .. }, Some(declared)) = (subject, &item.declared) {
                let declared = dense(declared);
                let line = format!("pub{}:{declared},", field.ident);
                if !text.contains(&line) {
                    faults.push(format!("{path}: not declared as {declared}"));
                }
            }
            let found = evidence.explain(path).unwrap_or_default();
            if !found.iter().any(|chain| chain.item == item) {
                faults.push(format!("{path}: not found by its path"));
            }
            if !seen.insert(item.path.clone()) {
                faults.push(format!("{path}: two items have the path"));
            }
        }
        faults
    }
}

/// Code without what formatting adds to it or takes from it.
fn dense(code: &str) -> String {
    let dense: String = code.split_whitespace().collect();
    dense.replace(",)", ")").replace(",>", ">")
}

/// The tree of a file alone.
fn own_file(document: &Path) -> Value {
    let text = std::fs::read_to_string(document).expect("a readable document");
    serde_json::from_str(&text)
        .or_else(|_| serde_yaml::from_str(&text))
        .expect("JSON or YAML")
}
