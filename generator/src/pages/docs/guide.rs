//! `docs/guide/`: a chapter for each matter that a caller meets, with examples of the crate's own operations, and `src/guide.rs`, which
//! shows the chapters in rustdoc, so that their examples are doctests.
//!
//! It takes the plan, gives the chapters that this crate has something to tell in, and what each prints. `calls` has the chapters of
//! every crate, `work` those of lists, jobs and files.

mod calls;
mod work;

use super::super::{Draft, FileKind};
use super::chosen;
use crate::plan::Plan;
use serde::Serialize;

/// A chapter.
struct Chapter {
    /// Its file in `docs/guide/`, without `.md`.
    slug: &'static str,
    /// Its module in rustdoc.
    module: &'static str,
    title: &'static str,
    about: &'static str,
    /// The feature without which its examples do not compile.
    feature: Option<&'static str>,
    template: &'static str,
    is_there: fn(&Plan) -> bool,
    view: fn(&Plan) -> minijinja::Value,
}

/// Makes a chapter's view what a template takes.
fn value<V: Serialize>(view: V) -> minijinja::Value {
    minijinja::value::Serde(&view).into()
}

/// Every chapter, in the order in which a caller needs them.
const CHAPTERS: [Chapter; 11] = [
    Chapter {
        slug: "sign-in",
        module: "sign_in",
        title: "Sign in",
        about: "Credentials, tokens and scopes, and what to check when the service answers 401 or 403.",
        feature: None,
        template: "docs/guide/sign-in.md.jinja",
        is_there: |_| true,
        view: |plan| value(calls::sign_in(plan)),
    },
    Chapter {
        slug: "errors",
        module: "errors",
        title: "Errors",
        about: "What an error means, what to do about it, and what to log.",
        feature: None,
        template: "docs/guide/errors.md.jinja",
        is_there: |_| true,
        view: |plan| value(calls::errors(plan)),
    },
    Chapter {
        slug: "retries",
        module: "retries",
        title: "Retries and limits",
        about: "What is retried automatically, how long a call may take, and how many calls are sent.",
        feature: None,
        template: "docs/guide/retries.md.jinja",
        is_there: |_| true,
        view: |plan| value(calls::retries(plan)),
    },
    Chapter {
        slug: "lists",
        module: "lists",
        title: "Lists in pages",
        about: "Lists item by item or page by page, and how to go on after a restart.",
        feature: None,
        template: "docs/guide/lists.md.jinja",
        is_there: |plan| chosen::paged(plan).is_some(),
        view: |plan| value(work::lists(plan)),
    },
    Chapter {
        slug: "jobs",
        module: "jobs",
        title: "Long jobs",
        about: "Work that goes on after the answer, and how to wait for it.",
        feature: None,
        template: "docs/guide/jobs.md.jinja",
        is_there: |plan| chosen::job(plan).is_some(),
        view: |plan| value(work::jobs(plan)),
    },
    Chapter {
        slug: "files",
        module: "files",
        title: "Uploads and downloads",
        about: "How to send and save files piece by piece, without filling the memory, with progress.",
        feature: None,
        template: "docs/guide/files.md.jinja",
        is_there: |plan| chosen::upload(plan).or(chosen::download(plan)).is_some(),
        view: |plan| value(work::files(plan)),
    },
    Chapter {
        slug: "reading",
        module: "reading",
        title: "Answers that are not as documented",
        about: "Which differences are accepted and listed, and how to leave out what cannot be read.",
        feature: None,
        template: "docs/guide/reading.md.jinja",
        is_there: |plan| chosen::first(plan).is_some(),
        view: |plan| value(calls::reading(plan)),
    },
    Chapter {
        slug: "testing",
        module: "testing",
        title: "Testing without the service",
        about: "A local server that gives the answers you set, and errors that are made without a call.",
        feature: Some("testing"),
        template: "docs/guide/testing.md.jinja",
        is_there: |_| true,
        view: |plan| value(calls::testing(plan)),
    },
    Chapter {
        slug: "mock",
        module: "mock",
        title: "A mock of the whole service",
        about: "A server that answers every operation as its document says, or with faults.",
        feature: Some("mock"),
        template: "docs/guide/mock.md.jinja",
        is_there: |plan| chosen::first(plan).is_some(),
        view: |plan| value(calls::mock(plan)),
    },
    Chapter {
        slug: "watching",
        module: "watching",
        title: "Logs, traces and hooks",
        about: "How to see what calls do: after each attempt, as spans, or around the HTTP client.",
        feature: None,
        template: "docs/guide/watching.md.jinja",
        is_there: |_| true,
        view: |plan| value(calls::watching(plan)),
    },
    Chapter {
        slug: "blocking",
        module: "blocking",
        title: "Calls without async",
        about: "Calls, lists and jobs from code that is not async.",
        feature: Some("blocking"),
        template: "docs/guide/blocking.md.jinja",
        is_there: |plan| chosen::first(plan).is_some(),
        view: |plan| value(calls::blocking(plan)),
    },
];

/// A chapter, as lists of chapters show it.
#[derive(Serialize)]
pub(super) struct Entry {
    slug: &'static str,
    module: &'static str,
    title: &'static str,
    about: &'static str,
    feature: Option<&'static str>,
}

/// What `src/guide.rs` shows.
#[derive(Serialize)]
struct Module {
    chapters: Vec<Entry>,
}

fn chapters(plan: &Plan) -> impl Iterator<Item = &'static Chapter> {
    CHAPTERS.iter().filter(|chapter| (chapter.is_there)(plan))
}

/// The chapters that this crate has.
pub(super) fn entries(plan: &Plan) -> Vec<Entry> {
    let entries = chapters(plan).map(|chapter| Entry {
        slug: chapter.slug,
        module: chapter.module,
        title: chapter.title,
        about: chapter.about,
        feature: chapter.feature,
    });
    entries.collect()
}

/// The page of each chapter, and their module.
pub(super) fn pages(plan: &Plan) -> Vec<Draft<'_>> {
    let chapters = chapters(plan).map(|chapter| {
        Draft::new(
            format!("docs/guide/{}.md", chapter.slug),
            chapter.template,
            FileKind::Markdown,
            || (chapter.view)(plan),
        )
    });
    let module = Draft::new("src/guide.rs", "src/guide.rs.jinja", FileKind::Rust, || {
        Module {
            chapters: entries(plan),
        }
    });
    chapters.chain([module]).collect()
}
