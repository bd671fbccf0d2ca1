//! Takes what changes for callers of a crate, gives the text that tells it to a person.

use super::{Difference, Surface, differences};
use crate::compare::ChangeKind;
use crate::diagnostics::render::shown;
use crate::files::FileSet;
use std::fmt::Write;

/// The most differences that are told beside other things.
const MOST: usize = 40;

/// All differences for people, those that break programs first, and their count.
pub fn report(differences: &[Difference]) -> String {
    told(differences, usize::MAX)
}

/// What changes for callers when the files of a crate become others: a paragraph for people with the first of it, and how much it is.
/// Empty when nothing does, when there was no crate before, and when a file of it is no Rust, which a person has edited then.
pub fn summary(name: &str, old: &FileSet, new: &FileSet) -> String {
    let (Ok(old), Ok(new)) = (Surface::of(old), Surface::of(new)) else {
        return String::new();
    };
    let differences = differences(&old, &new);
    match old.is_empty() || differences.is_empty() {
        true => String::new(),
        false => format!(
            "\nWhat changes for callers of {name}:\n\n{}",
            told(&differences, MOST)
        ),
    }
}

fn told(differences: &[Difference], most: usize) -> String {
    let (breaking, others): (Vec<_>, Vec<_>) = differences.iter().partition(|d| d.breaks);
    let mut out = String::new();
    for difference in breaking.into_iter().chain(others).take(most) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", sentence(difference));
    }
    let left = differences.len().saturating_sub(most);
    if left > 0 {
        let _ = writeln!(out, "… and {left} more");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", verdict(differences));
    out
}

/// One difference, on a line.
fn sentence(difference: &Difference) -> String {
    let mark = match difference.breaks {
        true => "breaks",
        false => "adds",
    };
    let head = |head: &Option<String>| shown(head.as_deref().unwrap_or_default());
    let (path, old, new) = (
        shown(&difference.path),
        head(&difference.old),
        head(&difference.new),
    );
    match difference.kind {
        ChangeKind::Added => format!("{mark:<7} {path} is new: {new}"),
        ChangeKind::Removed => format!("{mark:<7} {path} is gone: {old}"),
        ChangeKind::Changed => format!("{mark:<7} {path} was: {old}\n{:7} {path} is:  {new}", ""),
    }
}

/// How much changes for callers, in a sentence.
fn verdict(differences: &[Difference]) -> String {
    let breaking = differences.iter().filter(|d| d.breaks).count();
    let changes = match differences.len() {
        0 => return "Nothing changes for callers of the crate.".to_owned(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    match breaking {
        0 => format!("{changes}; programs that use the crate compile as before"),
        1 if differences.len() == 1 => format!("{changes}, which may keep programs from compiling"),
        count => format!("{changes}, {count} of which may keep programs from compiling"),
    }
}
