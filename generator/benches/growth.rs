//! How the cost of each phase grows with the document: a synthetic one at 1, 2, 4 and 8 times its size. It must grow linearly. So
//! must the whole for documents in which one thing stands very often in one place.
//!
//! ```text
//! cargo bench -p sdk-generator --bench growth
//! ```
//!
//! Growth is the time at 8 times the size, by 8 times the time at the size: 1 is linear, 8 is quadratic. The run fails when it is too
//! much. In each round every size is measured, the small ones as many times more often as they are smaller, so that whatever else the
//! machine does meanwhile slows all of them alike; the growth is the median of what the rounds say. A benchmark framework measures
//! one thing to its end and then the next, minutes apart, so it is not used here.

#[path = "support/crowded.rs"]
mod crowded;
#[path = "support/phases.rs"]
mod support;
#[path = "support/synthetic.rs"]
mod synthetic;

use crowded::Crowd;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::Setup;

/// The sizes that are compared; the growth is from the first to the last.
const SIZES: [usize; 4] = [1, 2, 4, LARGEST];

const LARGEST: usize = 8;

/// How many rounds there are. Odd, so that the median is one of them.
const ROUNDS: usize = 7;

/// The most that the whole may grow. A part that sorts grows by 1.5 at these sizes, and memory is slower when there is more of
/// it; a quadratic part of a tenth of the time makes 1.7.
const WHOLE_LIMIT: f64 = 1.6;

/// The most that one phase may grow: more than the whole, since short times are noisier.
const PHASE_LIMIT: f64 = 2.5;

/// Phases that take less than this part of the whole are not judged.
const SMALLEST_PART: f64 = 0.02;

/// How many rounds there are for each crowd. Odd, so that the median is one of them.
const CROWD_ROUNDS: usize = 3;

/// The most that the whole may grow for a crowd. Hash tables and page faults make 1.6 of a linear one; a quadratic one makes 8.
const CROWD_LIMIT: f64 = 2.2;

const PHASES: [&str; 9] = [
    "load", "repair", "parse", "lower", "plan", "pages", "render", "format", "whole",
];

/// The time of each phase, for a size, in a round; in milliseconds.
type Times = [f64; PHASES.len()];

fn main() -> ExitCode {
    // `cargo bench` says so; `cargo test --benches` only wants to see it run.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let count = if is_bench { ROUNDS } else { 1 };
    let folder = tempfile::tempdir().expect("a folder");
    let setups = SIZES.map(|size| {
        let path = folder.path().join(format!("{size}.yaml"));
        let text = synthetic::document(size).expect("a document");
        std::fs::write(&path, text).expect("a written document");
        Setup::new(&path)
    });
    let rounds: Vec<[Times; SIZES.len()]> = (0..count).map(|_| round(&setups)).collect();
    let mut faults = report(&rounds);
    println!("\nDocuments in which one thing stands very often; the whole, medians in ms.\n");
    for crowd in crowded::CROWDS {
        faults.extend(measure_crowd(
            crowd,
            folder.path(),
            if is_bench { CROWD_ROUNDS } else { 0 },
        ));
    }
    if is_bench && !faults.is_empty() {
        eprintln!(
            "\nCost grows faster than the document: {}.",
            faults.join(", ")
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Measures the whole for a crowd at all sizes, and prints it; gives what grows too much.
fn measure_crowd((name, unit, document): Crowd, folder: &Path, rounds: usize) -> Option<String> {
    let setups = SIZES.map(|size| {
        let path = folder.join(format!("{name}-{size}.json"));
        std::fs::write(&path, document(unit * size).to_string()).expect("a written document");
        Setup::new(&path)
    });
    // Without rounds, for a test that only wants to see it run, the smallest is enough.
    if rounds == 0 {
        drop(setups[0].whole());
        return None;
    }
    let times: Vec<[f64; SIZES.len()]> = (0..rounds)
        .map(|_| {
            setups
                .each_ref()
                .map(|setup| timed(|| setup.whole()).1.as_secs_f64() * 1e3)
        })
        .collect();
    print!("{name:8}");
    for size in 0..SIZES.len() {
        print!("  {:>9.2}", median(times.iter().map(|round| round[size])));
    }
    let growth = median(
        times
            .iter()
            .map(|round| round[SIZES.len() - 1] / round[0] / LARGEST as f64),
    );
    println!("  {growth:>7.2}");
    (growth > CROWD_LIMIT).then(|| format!("{name} by {growth:.2} (at most {CROWD_LIMIT})"))
}

/// The mean times of each size, in one round. The runs of the sizes are mixed.
fn round(setups: &[Setup; SIZES.len()]) -> [Times; SIZES.len()] {
    let mut means = [[0.0; PHASES.len()]; SIZES.len()];
    for run in 0..LARGEST {
        for ((size, setup), means) in SIZES.iter().zip(setups).zip(&mut means) {
            if run % size != 0 {
                continue;
            }
            let runs = (LARGEST / size) as f64;
            for (mean, time) in means.iter_mut().zip(measure(setup)) {
                *mean += time.as_secs_f64() * 1e3 / runs;
            }
        }
    }
    means
}

/// The time of each phase, and of the whole.
fn measure(setup: &Setup) -> [Duration; PHASES.len()] {
    let (tree, load) = timed(|| setup.load());
    let (tree, repair) = timed(|| setup.repair(tree));
    let (document, parse) = timed(|| setup.parse(tree));
    let (facts, lower) = timed(|| setup.lower(document));
    let (plan, planned) = timed(|| setup.plan(facts));
    let (pages, laid_out) = timed(|| setup.pages(&plan));
    let (texts, render) = timed(|| setup.render(&pages));
    let (files, format) = timed(|| setup.format(&pages, &texts));
    drop((plan, texts, files));
    let (_, whole) = timed(|| setup.whole());
    [
        load, repair, parse, lower, planned, laid_out, render, format, whole,
    ]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed())
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Prints the median times and the growth of each phase; gives the phases that grow too much.
fn report(rounds: &[[Times; SIZES.len()]]) -> Vec<String> {
    let operations = synthetic::GROUPS * synthetic::OPERATIONS;
    println!("A synthetic document of {operations} operations and its multiples; medians in ms.\n");
    print!("{:8}", "phase");
    for size in SIZES {
        print!("  {:>9}", format!("{size}×"));
    }
    println!("  {:>7}", "growth");
    let last = SIZES.len() - 1;
    let whole = PHASES.len() - 1;
    let time = |phase: usize, size: usize| median(rounds.iter().map(|round| round[size][phase]));
    let mut faults = Vec::new();
    for (phase, name) in PHASES.iter().enumerate() {
        let growth = median(
            rounds
                .iter()
                .map(|round| round[last][phase] / round[0][phase] / LARGEST as f64),
        );
        print!("{name:8}");
        for size in 0..SIZES.len() {
            print!("  {:>9.2}", time(phase, size));
        }
        println!("  {growth:>7.2}");
        let limit = if phase == whole {
            WHOLE_LIMIT
        } else {
            PHASE_LIMIT
        };
        if growth > limit && time(phase, last) > SMALLEST_PART * time(whole, last) {
            faults.push(format!("{name} by {growth:.2} (at most {limit})"));
        }
    }
    faults
}
