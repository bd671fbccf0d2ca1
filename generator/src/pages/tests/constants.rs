//! Answers and bodies that several exchanges have in common, each written once: in a tag's file, or beside the files where several tags
//! declare it.

use super::super::errors::variant;
use super::super::rust::{TypePlace, type_text};
use super::answers::plain_refusal;
use crate::plan::Plan;
use crate::plan::model::{Encoding, Operation, OperationId, Response, Status, TagId, Type};
use crate::plan::rust::rust_type;
use crate::tokens;
use heck::ToShoutySnakeCase;
use indexmap::IndexMap;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The JSON of an answer.
pub(super) struct Answer {
    /// The text, as a literal.
    pub(super) literal: String,
    /// Whether it is a value of its type.
    pub(super) complete: bool,
}

/// Refusals by status, each with its JSON as a literal.
pub(super) type Refusals = Vec<(u16, String)>;

/// What every declared answer is.
pub(super) struct Answers {
    by_status: HashMap<(OperationId, Status), Arc<Answer>>,
    /// The refusals of each operation that have nothing but a status and JSON.
    refusals: Vec<Refusals>,
    /// The JSON that is sent to each operation, as a literal.
    bodies: Vec<Option<String>>,
}

impl Answers {
    /// Makes every answer, once: most refusals are the same for every operation.
    pub(super) fn of(plan: &Plan) -> Self {
        let operations = plan.api.operations.iter().enumerate();
        let declared: Vec<_> = operations
            .flat_map(|(index, operation)| {
                operation.responses.iter().filter_map(move |response| {
                    let content = response.content.as_ref()?;
                    let asked = (content.encoding.ty()?, content.example.as_deref());
                    Some(((OperationId(index), response.status), asked))
                })
            })
            .collect();
        let asked: HashSet<_> = declared.iter().map(|(_, asked)| *asked).collect();
        let made: HashMap<_, Arc<Answer>> = asked
            .into_par_iter()
            .map(|(ty, example)| ((ty, example), Arc::new(answer(plan, ty, example))))
            .collect();
        let by_status: HashMap<_, _> = declared
            .into_iter()
            .filter_map(|(place, asked)| Some((place, Arc::clone(made.get(&asked)?))))
            .collect();
        let operations = plan.api.operations.iter().enumerate();
        let refusals = operations
            .map(|(index, operation)| {
                let responses = operation.responses.iter();
                responses
                    .filter_map(|response| {
                        let answer = by_status
                            .get(&(OperationId(index), response.status))
                            .map(Arc::as_ref);
                        plain_refusal(plan, operation, response, answer)
                    })
                    .collect()
            })
            .collect();
        let operations = plan.api.operations.par_iter();
        Self {
            by_status,
            refusals,
            bodies: operations.map(|operation| body(plan, operation)).collect(),
        }
    }

    /// The answer of an operation under a status; `None` when it is no JSON.
    pub(super) fn get(&self, id: OperationId, status: Status) -> Option<&Answer> {
        self.by_status.get(&(id, status)).map(Arc::as_ref)
    }

    /// The refusals of an operation that have nothing but a status and JSON.
    pub(super) fn refusals(&self, id: OperationId) -> &[(u16, String)] {
        self.refusals.get(id.0).map_or(&[], Vec::as_slice)
    }
}

/// The JSON that is sent to an operation, as a literal.
fn body(plan: &Plan, operation: &Operation) -> Option<String> {
    let inputs = operation.inputs();
    let body = inputs.iter().find(|input| input.content.is_some())?;
    matches!(body.content?.encoding, Encoding::Json(_))
        .then(|| tokens::json(&plan.input_example(body)))
}

fn answer(plan: &Plan, ty: &Type, example: Option<&Value>) -> Answer {
    let value = plan.example(ty, example);
    Answer {
        literal: tokens::json(&value),
        complete: plan.is_example(&value, ty),
    }
}

/// Answers by their text, as a literal, with the names of their constants.
#[derive(Default)]
pub(super) struct Constants {
    pub(super) names: IndexMap<String, String>,
    /// Lists of refusals, with the names of their constants.
    pub(super) lists: IndexMap<Refusals, String>,
    /// How often each name is taken.
    taken: HashMap<String, usize>,
}

impl Constants {
    /// The answers that operations of more than one tag declare.
    pub(super) fn of_all(plan: &Plan, answers: &Answers) -> Self {
        let mut tags: IndexMap<&str, (String, BTreeSet<TagId>)> = IndexMap::new();
        let mut lists: IndexMap<&[(u16, String)], BTreeSet<TagId>> = IndexMap::new();
        for (index, operation) in plan.api.operations.iter().enumerate() {
            let list = answers.refusals(OperationId(index));
            lists.entry(list).or_default().insert(operation.tag);
            for (text, what) in texts(answers, OperationId(index), operation) {
                let found = tags
                    .entry(text)
                    .or_insert_with(|| (what.name(plan), BTreeSet::new()));
                found.1.insert(operation.tag);
            }
        }
        // `SERVICE` is imported.
        let mut constants = Self {
            taken: HashMap::from([("SERVICE".to_owned(), 1)]),
            ..Self::default()
        };
        for (text, (name, tags)) in tags {
            if tags.len() > 1 {
                constants.add(text, name);
            }
        }
        for (list, tags) in lists {
            if tags.len() > 1 {
                constants.add_list(list);
            }
        }
        constants
    }

    /// The answers that more than one operation of a tag declares, but for those that other tags share.
    pub(super) fn of_tag(plan: &Plan, tag: TagId, answers: &Answers, shared: &Self) -> Self {
        let mut counts: IndexMap<&str, (String, usize)> = IndexMap::new();
        let mut lists: IndexMap<&[(u16, String)], usize> = IndexMap::new();
        for (id, operation) in plan.operations_of(tag) {
            *lists.entry(answers.refusals(id)).or_default() += 1;
            for (text, what) in texts(answers, id, operation) {
                let found = counts.entry(text);
                found.or_insert_with(|| (what.name(plan), 0)).1 += 1;
            }
        }
        let mut constants = Self {
            taken: shared.taken.clone(),
            ..Self::default()
        };
        for (text, (name, count)) in counts {
            if count > 1 && !shared.names.contains_key(text) {
                constants.add(text, name);
            }
        }
        for (list, count) in lists {
            if count > 1 && !shared.lists.contains_key(list) {
                constants.add_list(list);
            }
        }
        constants
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.lists.is_empty()
    }

    fn add(&mut self, text: &str, name: String) {
        let name = self.take(name);
        self.names.insert(text.to_owned(), name);
    }

    /// Adds a list of refusals; of one there would be nothing to gain.
    fn add_list(&mut self, list: &[(u16, String)]) {
        if list.len() > 1 {
            let name = self.take("REFUSALS".to_owned());
            self.lists.insert(list.to_owned(), name);
        }
    }

    fn take(&mut self, name: String) -> String {
        let number = self.taken.entry(name.clone()).or_default();
        *number += 1;
        match *number {
            1 => name,
            number => format!("{name}_{number}"),
        }
    }
}

/// What a text is in an exchange.
enum What<'a> {
    Sent(&'a Encoding),
    Given(&'a Response),
}

impl What<'_> {
    /// What a text that several operations share is called: its status, or its type where it is a success or a body.
    fn name(&self, plan: &Plan) -> String {
        match self {
            Self::Sent(Encoding::Json(ty)) => format!("{}_BODY", name_of_type(plan, ty)),
            Self::Sent(_) => "BODY".to_owned(),
            Self::Given(response) => {
                let content = response.content.as_ref();
                match content.map(|content| &content.encoding) {
                    Some(Encoding::Json(ty)) if response.status.is_success() => {
                        name_of_type(plan, ty)
                    }
                    _ => variant(response.status).to_shouty_snake_case(),
                }
            }
        }
    }
}

fn name_of_type(plan: &Plan, ty: &Type) -> String {
    let text = type_text(plan, &rust_type(ty), TypePlace::Models);
    let words: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    words.to_shouty_snake_case()
}

/// The answers and the body of an operation that take more than a line.
fn texts<'a>(
    answers: &'a Answers,
    id: OperationId,
    operation: &'a Operation,
) -> impl Iterator<Item = (&'a str, What<'a>)> {
    let given = operation.responses.iter().filter_map(move |response| {
        let text = answers.get(id, response.status)?.literal.as_str();
        Some((text, What::Given(response)))
    });
    let body = operation.body.as_ref().and_then(|body| {
        let text = answers.bodies.get(id.0)?.as_deref()?;
        Some((text, What::Sent(&body.content.encoding)))
    });
    let texts = given.chain(body);
    texts.filter(|(text, _)| text.contains('\n'))
}
