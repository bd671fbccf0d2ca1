//! Runs many cases in threads, makes those that fail smaller, and tells what failed.

use crate::case::Case;
use crate::documents::Document;
use crate::trial::{Trial, Verdict};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The stack of a thread, in bytes: what the program's main thread has on the usual systems, so that what is too deep here is too deep there.
const STACK: usize = 8 << 20;

/// What the cases of a run gave.
#[derive(Default)]
pub(crate) struct Report {
    /// How many gave a crate.
    pub(crate) generated: usize,
    /// How many were refused with a diagnostic.
    refused: usize,
    /// What went wrong, by kind.
    pub(crate) failures: BTreeMap<String, Failure>,
}

/// Cases that went wrong in the same way.
pub(crate) struct Failure {
    count: usize,
    /// The first of them, with as few mutations as do.
    case: Case,
    /// What it said.
    said: String,
}

/// Runs the cases of the numbers below `cases`.
pub(crate) fn run(documents: &[Document], cases: usize, seed: u64) -> Report {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(2, |count| count.get().min(8));
    let reports: Vec<Report> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let next = &next;
                thread::Builder::new()
                    .name(format!("mutation-{worker}"))
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || work(worker, next, documents, cases, seed))
                    .expect("a thread")
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("a report"))
            .collect()
    });
    reports.into_iter().fold(Report::default(), Report::join)
}

/// Takes one case after another until there are no more.
fn work(
    worker: usize,
    next: &AtomicUsize,
    documents: &[Document],
    cases: usize,
    seed: u64,
) -> Report {
    let trial = Trial::new(&worker.to_string());
    let mut report = Report::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= cases {
            return report;
        }
        let case = Case::draw(number, seed, documents);
        match trial.run(&case, documents) {
            Ok(Verdict::Generated) => report.generated += 1,
            Ok(Verdict::Refused) => report.refused += 1,
            Err(failure) => report.fail(failure, case, &trial, documents),
        }
    }
}

/// The same failure with fewer mutations, where fewer do.
fn smaller(case: Case, trial: &Trial, documents: &[Document]) -> Case {
    let mut smallest = case;
    let mut position = 0;
    while smallest.seeds.len() > 1 && position < smallest.seeds.len() {
        let mut shorter = smallest.clone();
        shorter.seeds.remove(position);
        match trial.run(&shorter, documents) {
            Ok(_) => position += 1,
            Err(_) => smallest = shorter,
        }
    }
    smallest
}

/// What a failure says, without what differs from case to case: a panic is known by its place in the source, anything else by
/// its text without what it quotes and without the numbers.
fn kind(said: &str) -> String {
    if said.starts_with("panic: ") {
        return said.lines().next().unwrap_or_default().to_owned();
    }
    let plain = said.split('`').step_by(2).collect::<Vec<_>>().join("…");
    let plain = plain.replace(|c: char| c.is_ascii_digit(), "");
    plain.chars().take(200).collect()
}

impl Report {
    /// Notes a failure; the first of its kind is made smaller.
    fn fail(&mut self, said: String, case: Case, trial: &Trial, documents: &[Document]) {
        match self.failures.entry(kind(&said)) {
            Entry::Occupied(mut known) => known.get_mut().count += 1,
            Entry::Vacant(new) => {
                let case = smaller(case, trial, documents);
                // At once, since a long run may be stopped before its end; shown with `--nocapture`.
                eprintln!("{said}\n{}", case.tell(documents));
                new.insert(Failure {
                    count: 1,
                    case,
                    said,
                });
            }
        }
    }

    fn join(mut self, other: Self) -> Self {
        self.generated += other.generated;
        self.refused += other.refused;
        for (kind, failure) in other.failures {
            match self.failures.entry(kind) {
                Entry::Occupied(mut known) => known.get_mut().count += failure.count,
                Entry::Vacant(new) => {
                    new.insert(failure);
                }
            }
        }
        self
    }

    /// The counts.
    pub(crate) fn summary(&self, documents: &[Document]) -> String {
        format!(
            "{} documents; {} cases generated, {} refused with a diagnostic, {} kinds of failure",
            documents.len(),
            self.generated,
            self.refused,
            self.failures.len()
        )
    }

    /// Every kind of failure, with how to see it again.
    pub(crate) fn told(&self, documents: &[Document]) -> String {
        let mut told = String::new();
        for Failure { count, case, said } in self.failures.values() {
            let _ = write!(told, "\n{count} times: {said}\n{}", case.tell(documents));
        }
        told
    }
}
