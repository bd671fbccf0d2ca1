//! What is noticed while a value is read. serde hands nothing down to the types that it reads, so
//! what they notice stands beside the reading, on its thread.
//!
//! Outside a second reading a notice is one step of a counter, by which the first reading knows that
//! a second one has something to tell.

use std::cell::{Cell, RefCell};

use super::Loss;
use super::deviation::{Deviation, Reading};
use super::fault::{Fault, Step, pointer};

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static NOTES: RefCell<Option<Notes>> = const { RefCell::new(None) };
}

struct Notes {
    loss: Loss,
    list: Vec<Note>,
}

pub(crate) struct Note {
    steps: Vec<Step>,
    declared: String,
    found: &'static str,
    left_out: bool,
}

impl Note {
    fn into_deviation(self) -> Deviation {
        Deviation {
            pointer: pointer(&self.steps),
            declared: self.declared,
            found: self.found,
            left_out: self.left_out,
        }
    }
}

/// Reads with notes taken.
pub(super) fn collect<T>(
    loss: Loss,
    read: impl FnOnce() -> Result<T, Fault>,
) -> Result<Reading<T>, Fault> {
    let list = Vec::new();
    // A reading within a reading has notes of its own.
    let outer = NOTES.replace(Some(Notes { loss, list }));
    let value = read();
    let notes = NOTES.replace(outer);
    let list = notes.map(|notes| notes.list).unwrap_or_default();
    Ok(Reading {
        value: value?,
        deviations: list.into_iter().map(Note::into_deviation).collect(),
    })
}

/// How often something was noticed on this thread.
pub(crate) fn count() -> usize {
    COUNT.get()
}

fn note(make: impl FnOnce() -> Note) {
    COUNT.set(COUNT.get().wrapping_add(1));
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            notes.list.push(make());
        }
    });
}

/// Notices that the value that is being read is not what is declared, and was read without loss.
pub(crate) fn notice(declared: &'static str, found: &'static str) {
    note(|| Note {
        steps: Vec::new(),
        declared: declared.to_owned(),
        found,
        left_out: false,
    });
}

/// Notices that an optional member is null, which its document does not allow. It was left out for
/// another reason when a note says so already.
#[cold]
pub(crate) fn notice_null(member: &'static str) {
    let is_it = |note: &Note| {
        note.left_out && matches!(note.steps.last(), Some(Step::Member(name)) if name == member)
    };
    let told = leaves_out()
        && NOTES.with_borrow(|notes| notes.iter().any(|notes| notes.list.iter().any(is_it)));
    if !told {
        note_member(member, "an optional member", "null");
    }
}

/// Notices that a required member is not there, and was read as the null that it may be.
pub(super) fn notice_missing(member: &'static str) {
    note_member(member, "a required member", "nothing");
}

fn note_member(member: &'static str, declared: &'static str, found: &'static str) {
    note(|| Note {
        steps: vec![Step::Member(member.to_owned())],
        declared: declared.to_owned(),
        found,
        left_out: false,
    });
}

/// How many notes there are.
pub(crate) fn mark() -> usize {
    NOTES.with_borrow(|notes| notes.as_ref().map_or(0, |notes| notes.list.len()))
}

/// Says where the values stand that the notes since `mark` are about.
pub(super) fn place(mark: usize, step: impl Fn() -> Step) {
    NOTES.with_borrow_mut(|notes| {
        let list = notes.as_mut().map(|notes| notes.list.iter_mut());
        for note in list.into_iter().flatten().skip(mark) {
            note.steps.push(step());
        }
    });
}

/// Notes about what may turn out not to be what was read.
pub(crate) struct Aside(Vec<Note>);

/// Takes the notes since `mark` away. Dropping them forgets them.
pub(crate) fn set_aside(mark: usize) -> Aside {
    NOTES.with_borrow_mut(|notes| {
        let list = notes.as_mut().map(|notes| &mut notes.list);
        let list = list.filter(|list| mark < list.len());
        Aside(list.map(|list| list.split_off(mark)).unwrap_or_default())
    })
}

/// Puts notes back that are about what was read after all.
pub(crate) fn bring_back(aside: Aside) {
    NOTES.with_borrow_mut(|notes| {
        if let Some(notes) = notes {
            notes.list.extend(aside.0);
        }
    });
}

/// Whether what cannot be read is left out.
pub(super) fn leaves_out() -> bool {
    NOTES.with_borrow(|notes| {
        notes
            .as_ref()
            .is_some_and(|notes| notes.loss == Loss::LeaveOut)
    })
}

/// Notes that a value was left out, and why.
pub(super) fn leave_out(fault: Fault) {
    note(|| Note {
        declared: fault.expected().to_owned(),
        found: fault.found(),
        left_out: true,
        steps: fault.into_steps(),
    });
}
