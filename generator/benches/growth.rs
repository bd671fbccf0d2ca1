//! How the cost of each phase grows with the document: a synthetic one at 1, 2, 4 and 8 times its size. It must grow linearly.
//!
//! ```text
//! cargo bench -p sdk-generator --bench growth
//! ```
//!
//! Growth is the time at 8 times the size, by 8 times the time at the size: 1 is linear, 8 is quadratic. The run fails when it is too
//! much. The sizes are measured in turn, round after round, and medians are compared: whatever else the machine does then slows
//! all sizes alike. A benchmark framework measures one thing to its end and then the next, minutes apart, so it is not used here.

#[path = "support/phases.rs"]
mod support;
#[path = "support/synthetic.rs"]
mod synthetic;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::Setup;

/// The sizes that are compared; the first and the last decide.
const SIZES: [usize; 4] = [1, 2, 4, 8];

/// How often each is measured. Odd, so that the median is one of the measurements.
const ROUNDS: usize = 11;

/// The most that the whole may grow. A part that sorts grows by 1.5 at these sizes, and memory is slower when there is more of
/// it; a quadratic part of a tenth of the time makes 1.7.
const WHOLE_LIMIT: f64 = 1.6;

/// The most that one phase may grow: more than the whole, since short times are noisier.
const PHASE_LIMIT: f64 = 2.5;

/// Phases that take less than this at the largest size are not judged.
const SHORTEST: Duration = Duration::from_millis(2);

const PHASES: [&str; 9] = [
    "load", "repair", "parse", "lower", "name", "view", "render", "format", "whole",
];

fn main() -> ExitCode {
    // `cargo bench` says so; `cargo test --benches` only wants to see it run.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let rounds = if is_bench { ROUNDS } else { 1 };
    let folder = tempfile::tempdir().expect("a folder");
    let setups = SIZES.map(|size| {
        let path = folder.path().join(format!("{size}.yaml"));
        let text = synthetic::document(size).expect("a document");
        std::fs::write(&path, text).expect("a written document");
        Setup::new(&path)
    });
    // Of each phase, of each size, the time of each round.
    let mut times = PHASES.map(|_| SIZES.map(|_| Vec::new()));
    for _ in 0..rounds {
        for (size, setup) in setups.iter().enumerate() {
            for (phase, time) in measure(setup).into_iter().enumerate() {
                times[phase][size].push(time);
            }
        }
    }
    let faults = report(&times.map(|sizes| sizes.map(median)));
    if is_bench && !faults.is_empty() {
        eprintln!(
            "\nCost grows faster than the document: {}.",
            faults.join(", ")
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The time of each phase, and of the whole.
fn measure(setup: &Setup) -> [Duration; PHASES.len()] {
    let (tree, load) = timed(|| setup.load());
    let (tree, repair) = timed(|| setup.repair(tree));
    let (document, parse) = timed(|| setup.parse(&tree));
    let (api, lower) = timed(|| setup.lower(&document));
    let (names, name) = timed(|| setup.name(&api));
    let (pages, view) = timed(|| setup.view(&api, &names));
    let (texts, render) = timed(|| setup.render(&pages));
    let (files, format) = timed(|| setup.format(&pages, &texts));
    drop((tree, document, api, names, texts, files));
    let (_, whole) = timed(|| setup.whole());
    [
        load, repair, parse, lower, name, view, render, format, whole,
    ]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Prints the medians and the growth of each phase; gives the phases that grow too much.
fn report(medians: &[[Duration; SIZES.len()]; PHASES.len()]) -> Vec<String> {
    let milliseconds = |time: &Duration| time.as_secs_f64() * 1e3;
    let operations = synthetic::GROUPS * synthetic::OPERATIONS;
    println!("A synthetic document of {operations} operations and its multiples; medians in ms.\n");
    print!("{:8}", "phase");
    for size in SIZES {
        print!("  {:>9}", format!("{size}×"));
    }
    println!("  {:>7}", "growth");
    let factor = (SIZES[SIZES.len() - 1] / SIZES[0]) as f64;
    let mut faults = Vec::new();
    for (phase, times) in PHASES.iter().zip(medians) {
        let (first, last) = (&times[0], &times[SIZES.len() - 1]);
        let growth = milliseconds(last) / milliseconds(first) / factor;
        print!("{phase:8}");
        for time in times {
            print!("  {:>9.2}", milliseconds(time));
        }
        println!("  {growth:>7.2}");
        let limit = match *phase {
            "whole" => WHOLE_LIMIT,
            _ => PHASE_LIMIT,
        };
        if growth > limit && *last >= SHORTEST {
            faults.push(format!("{phase} by {growth:.2} (at most {limit})"));
        }
    }
    faults
}
