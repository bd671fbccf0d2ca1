//! What makes an mdBook of `docs/`: `book.toml`, and `SUMMARY.md`, which lists every page once, the models below the group that alone
//! uses them.

use super::{Link, guide};
use crate::plan::Plan;
use crate::plan::model::{TagId, TypeDef};
use crate::prose::to_line;
use crate::tokens;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct Book {
    title: String,
    description: String,
}

#[derive(Serialize)]
pub(super) struct Summary {
    title: String,
    chapters: Vec<guide::Entry>,
    groups: Vec<Group>,
    /// The models that several groups use.
    shared: Vec<Link>,
}

#[derive(Serialize)]
struct Group {
    label: String,
    page: String,
    models: Vec<Link>,
}

/// The settings of the book.
pub(super) fn book(plan: &Plan) -> Book {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = plan.package.settings.description.as_deref();
    Book {
        title: tokens::toml_string(&one_line(&plan.api.title)),
        description: tokens::toml_string(&one_line(description.unwrap_or(&plan.api.title))),
    }
}

/// The list of all pages.
pub(super) fn summary(plan: &Plan) -> Summary {
    let mut of_one: BTreeMap<TagId, Vec<Link>> = BTreeMap::new();
    let mut shared = Vec::new();
    for (_, def) in plan.reached_types() {
        let mut tags = def.usage.tags.iter();
        match (tags.next(), tags.next()) {
            (Some(tag), None) => of_one.entry(*tag).or_default().push(entry(def)),
            _ => shared.push(entry(def)),
        }
    }
    let groups = plan.tags().map(|(id, tag)| Group {
        label: to_line(&tag.name),
        page: format!("api/{}.md", tag.page),
        models: of_one.remove(&id).unwrap_or_default(),
    });
    Summary {
        title: to_line(&plan.api.title),
        chapters: guide::entries(plan),
        groups: groups.collect(),
        shared,
    }
}

fn entry(def: &TypeDef) -> Link {
    Link {
        label: def.ident.word().to_owned(),
        target: format!("models/{}.md", def.page),
        about: String::new(),
    }
}
