//! A random walk over output folders that hold files of their owner's: runs that write, that are refused, that fail for a disk that
//! is full or a file that cannot be moved, and that are killed, one after the other in the same folder, while the owner goes on
//! working in it.
//!
//! After each run nothing of the owner's has been opened (there are pipes, and whoever opens one waits for ever), changed or lost; a
//! run that failed has changed nothing; one that was killed is taken back or finished by the next; and what a run has written is
//! there, with nothing left beside it.
//!
//! ```text
//! SDK_GENERATOR_WALKS=2000 cargo test -p sdk-generator --test files -- --nocapture
//! ```
//!
//! takes that many runs, and tells how they ended. A failure names the number of its walk, which `SDK_GENERATOR_WALK=<number>` takes
//! alone; what a killed run had done by then is not the same the second time.
#![cfg(unix)]

#[path = "files/child.rs"]
mod child;
#[path = "files/owner.rs"]
mod owner;
#[path = "files/sets.rs"]
mod sets;
#[path = "files/walk.rs"]
mod walk;

use walk::{Tally, walk};

/// How many runs one folder sees.
const RUNS: usize = 20;
/// How many runs there are unless somebody asks for more.
const USUAL: usize = 60;

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn no_run_costs_anybody_a_file() {
    let mut tally = Tally::default();
    if let Some(seed) = number("SDK_GENERATOR_WALK") {
        walk(seed as u64, RUNS, &mut tally);
    } else {
        let runs = number("SDK_GENERATOR_WALKS").unwrap_or(USUAL);
        for seed in 0..runs.div_ceil(RUNS) {
            walk(seed as u64, RUNS, &mut tally);
        }
    }
    println!("{tally:#?}");
    assert!(tally.written > 0 && tally.killed > 0, "{tally:?}");
}

/// No test: what the walk starts in a process of its own, to kill it or to have its disk full.
#[test]
#[ignore = "the other test starts it"]
fn child() {
    child::main();
}
