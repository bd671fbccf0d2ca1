//! Runs a command and gives its time and its memory; and the median of such numbers.

use crate::targets::MISSING_PROGRAM;
use anyhow::Context as _;
use sdk_generator::advice::Advise as _;
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4 as _;

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// From its start to its end.
    pub(super) wall: Duration,
    /// The most memory that it held at once (`ru_maxrss` of getrusage(2)), in bytes.
    pub(super) peak_bytes: u64,
}

/// Runs a command to its end; gives what it said last when it failed.
///
/// # Errors
///
/// When it cannot be started or waited for.
pub(super) fn run_measured(command: &mut Command) -> anyhow::Result<Result<Measure, String>> {
    // A file, since a pipe that nobody empties would stop the command.
    let mut said = tempfile::tempfile()?;
    command
        .stdin(Stdio::null())
        .stdout(said.try_clone()?)
        .stderr(said.try_clone()?);
    let start = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))
        .advise(MISSING_PROGRAM)?;
    let used = child.wait4()?;
    let wall = start.elapsed();
    Ok(match used.status.success() {
        true => Ok(Measure {
            wall,
            peak_bytes: used.rusage.maxrss,
        }),
        false => Err(last_words(&mut said)?),
    })
}

/// The last few lines of an output.
fn last_words(said: &mut File) -> anyhow::Result<String> {
    /// How many lines tell enough.
    const LINES: usize = 12;
    said.rewind()?;
    let mut bytes = Vec::new();
    said.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.len().saturating_sub(LINES);
    Ok(lines.get(first..).unwrap_or_default().join("\n"))
}

/// The median; `None` of nothing.
pub(super) fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    let upper = numbers.get(numbers.len() / 2)?;
    let lower = numbers.get(numbers.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median([].into_iter()), None);
        assert_eq!(median([3.0].into_iter()), Some(3.0));
        assert_eq!(median([9.0, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 9.0].into_iter()), Some(3.0));
    }

    #[test]
    fn a_command_is_measured() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let measure = run_measured(Command::new(&cargo).arg("--version"))
            .expect("a run")
            .expect("success");
        assert!(measure.wall > Duration::ZERO);
        assert!(measure.peak_bytes > 100_000, "{measure:?}");
        let failure = run_measured(Command::new(&cargo).arg("no-such-command"))
            .expect("a run")
            .expect_err("a failure");
        assert!(failure.contains("no-such-command"), "{failure}");
    }
}
