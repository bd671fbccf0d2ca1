//! Plans the calls that make a scenario: takes the scenario and the crates of its folder, gives the calls with their values.

use super::by_hand::{
    ByHand, Pieces, asks_for, essence, is_next_page, is_structured, links_to, reads_another,
    see_types,
};
use super::crates::Crate;
use super::matching::{Fit, fit, path_of_route, path_of_server};
use super::plan::{Body, Operation, Plan};
use super::suite::{Condition, Content, Exchange, SERVER, Scenario};
use super::values::{self, Values};
use super::wire::text_of;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The calls of a scenario.
#[derive(Debug)]
pub(super) struct Calls {
    /// One for each request.
    pub(super) steps: Vec<Step>,
    /// What a caller does by hand.
    pub(super) by_hand: BTreeSet<ByHand>,
}

/// Which code makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Adapter {
    /// The place of its crate.
    pub(super) krate: usize,
    /// The place of its operation in the plan.
    pub(super) operation: usize,
}

/// A call, as the driver reads it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Step {
    /// Which code makes it; the driver is told its number.
    #[serde(skip)]
    pub(super) code: Adapter,
    base: String,
    variables: BTreeMap<String, String>,
    credentials: Vec<(String, String)>,
    arguments: BTreeMap<String, Vec<Value>>,
    body: Vec<Value>,
    raw_body: Option<Raw>,
    files: Vec<values::Part>,
    body_media_type: Option<String>,
    body_pieces: Option<Pieces>,
    headers: BTreeMap<String, String>,
    accept: Option<String>,
    pieces: Option<Pieces>,
    link: Option<String>,
    link_query: BTreeMap<String, String>,
    gets_link: bool,
    expected: Expected,
}

#[derive(Clone, Debug, Serialize)]
struct Expected {
    status: u16,
    headers: BTreeMap<String, String>,
    answer: Option<Raw>,
}

/// A body as it is on the wire.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Raw {
    text: Option<String>,
    base64: Option<String>,
}

impl Raw {
    pub(super) fn of(content: &Content) -> Self {
        Self {
            text: content.text.clone(),
            base64: content.base64.clone(),
        }
    }
}

/// The operation of a request, and what stands in its path.
struct Found<'c> {
    code: Adapter,
    operation: &'c Operation,
    krate: &'c Crate,
    fit: Fit,
}

/// Plans the calls of a scenario.
///
/// # Errors
///
/// Why it cannot be done with what the crates have.
pub(super) fn plan(scenario: &Scenario, crates: &[Crate]) -> Result<Calls, String> {
    let mut calls = Calls {
        steps: Vec::new(),
        by_hand: BTreeSet::new(),
    };
    let mut last: Option<(&Exchange, Adapter)> = None;
    for exchange in &scenario.exchanges {
        // Of several ways to ask, the wrong ones tell nothing of a client.
        let refused = exchange.status.is_some_and(|status| status >= 400);
        if scenario.condition == Condition::ByKey && refused {
            continue;
        }
        let found = find(scenario, exchange, crates);
        let step = match (found, last) {
            (Some(found), _) => {
                if last.is_some_and(|(last, _)| is_next_page(last, exchange)) {
                    calls.by_hand.insert(ByHand::Page);
                }
                last = Some((exchange, found.code));
                call(&found, exchange, &mut calls.by_hand)?
            }
            (None, Some((before, code))) if links_to(before, exchange) => {
                let operation = crates.get(code.krate).and_then(|krate| {
                    let operation = krate.plan.operations.get(code.operation)?;
                    see_types(krate, operation, exchange, &mut calls.by_hand);
                    Some(operation)
                });
                let gets_link = operation.is_some_and(|operation| {
                    !operation.method.eq_ignore_ascii_case(&exchange.method)
                });
                let expected = expected(operation, exchange, &mut calls.by_hand);
                // The same call once more, at another URL.
                let again = calls.steps.iter().rev().find(|step| step.code == code);
                Step {
                    gets_link,
                    link: Some(path_of_route(&exchange.uri)),
                    link_query: texts(exchange.query.as_ref()),
                    expected: expected.clone(),
                    ..again.cloned().unwrap_or_else(|| Step::new(code, expected))
                }
            }
            (None, _) => {
                return Err(format!(
                    "the document has no operation for {} {}",
                    exchange.method.to_uppercase(),
                    path_of_route(&exchange.uri)
                ));
            }
        };
        calls.steps.push(step);
    }
    Ok(calls)
}

/// The pairs of a query or of headers as texts.
fn texts(pairs: Option<&Map<String, Value>>) -> BTreeMap<String, String> {
    let pairs = pairs.into_iter().flatten();
    let told = pairs.filter(|(_, value)| !value.is_null());
    told.map(|(name, value)| (name.clone(), text_of(value)))
        .collect()
}

impl Step {
    fn new(code: Adapter, expected: Expected) -> Self {
        Self {
            code,
            base: String::new(),
            variables: BTreeMap::new(),
            credentials: Vec::new(),
            arguments: BTreeMap::new(),
            body: Vec::new(),
            raw_body: None,
            files: Vec::new(),
            body_media_type: None,
            body_pieces: None,
            headers: BTreeMap::new(),
            accept: None,
            pieces: None,
            link: None,
            link_query: BTreeMap::new(),
            gets_link: false,
            expected,
        }
    }
}

/// The operation whose method and path are those of a request. Of several versions of an API the one that the server's URL names is
/// taken, else the last.
fn find<'c>(scenario: &Scenario, exchange: &Exchange, crates: &'c [Crate]) -> Option<Found<'c>> {
    let path = path_of_route(&exchange.uri);
    let path = path.strip_suffix('/').unwrap_or(&path);
    let mut best: Option<((bool, usize, bool), Found<'c>)> = None;
    let of_folder = crates.iter().enumerate();
    for (index, krate) in of_folder.filter(|(_, krate)| krate.folder == scenario.folder) {
        let server = &krate.plan.server;
        let base = format!("{}{}", path_of_server(&server.origin), server.path);
        for (place, operation) in krate.plan.operations.iter().enumerate() {
            if !operation.method.eq_ignore_ascii_case(&exchange.method) {
                continue;
            }
            let template = format!("{base}{}", operation.path);
            let template = template.strip_suffix('/').unwrap_or(&template);
            let Some(fit) = fit(template, path) else {
                continue;
            };
            let named = fit
                .values
                .iter()
                .any(|(_, value)| krate.api.as_ref() == Some(value));
            let rank = (fit.rank.0, fit.rank.1, named);
            if best.as_ref().is_none_or(|(known, _)| *known <= rank) {
                let code = Adapter {
                    krate: index,
                    operation: place,
                };
                let found = Found {
                    code,
                    operation,
                    krate,
                    fit,
                };
                best = Some((rank, found));
            }
        }
    }
    best.map(|(_, found)| found)
}

fn call(
    found: &Found<'_>,
    exchange: &Exchange,
    by_hand: &mut BTreeSet<ByHand>,
) -> Result<Step, String> {
    let plan = &found.krate.plan;
    let operation = found.operation;
    let base = path_of_server(&plan.server.origin).to_owned() + &plan.server.path;
    let (of_server, of_path) = found
        .fit
        .values
        .split_at_checked(base.matches('{').count())
        .unwrap_or_default();
    let values = Values::read(plan, operation, of_path, exchange)?;
    let mut step = Step::new(found.code, expected(Some(operation), exchange, by_hand));
    step.base = filled(&base, of_server);
    step.variables = of_server.iter().cloned().collect();
    let origin = plan.server.origin.strip_prefix('{');
    if let Some((variable, _)) = origin.and_then(|rest| rest.split_once('}')) {
        step.variables
            .insert(variable.to_owned(), SERVER.to_owned());
    }
    step.arguments = values.arguments;
    step.credentials = values.credentials;
    // Where the server is to refuse, the client must have something to be refused for: it sends nothing without a credential.
    if step.credentials.is_empty() && !operation.security.is_empty() && step.expected.status >= 400
    {
        let kind = plan.auth.kind.clone();
        step.credentials.push((kind, "invalid".to_owned()));
    }
    step.headers = values.headers;
    if !step.headers.is_empty() {
        by_hand.insert(ByHand::Header);
    }
    let accept = values.accept.filter(|accept| !asks_for(operation, accept));
    step.accept = accept.or_else(|| reads_another(operation, exchange));
    if step.accept.as_deref().is_some_and(is_structured) {
        by_hand.insert(ByHand::Accept);
    }
    let answer = exchange.answer.as_ref();
    let answer = answer.filter(|_| operation.answer.ty == "Vec<u8>");
    step.pieces = answer.and_then(Pieces::of);
    match (&operation.body, &exchange.body) {
        (Some(body), Some(content)) => {
            let media_type = values.content_type.as_ref().unwrap_or(&content.media_type);
            give_body(&mut step, plan, body, content, media_type)?;
            let bytes = Some(content).filter(|_| body.encoding == "bytes");
            step.body_pieces = bytes.and_then(Pieces::of);
            if essence(media_type) != essence(&body.media_type) {
                match body.encoding.as_str() {
                    "bytes" => step.body_media_type = Some(media_type.clone()),
                    "text" => {
                        step.headers
                            .insert("content-type".to_owned(), media_type.clone());
                        by_hand.insert(ByHand::ContentType);
                    }
                    _ => {}
                }
            }
        }
        (None, Some(content)) => {
            return Err(format!(
                "the method sends no body, and {} is expected",
                content.media_type
            ));
        }
        (_, None) => {}
    }
    see_types(found.krate, operation, exchange, by_hand);
    Ok(step)
}

/// A template with its names replaced.
fn filled(template: &str, values: &[(String, String)]) -> String {
    values
        .iter()
        .fold(template.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

fn give_body(
    step: &mut Step,
    plan: &Plan,
    body: &Body,
    content: &Content,
    media_type: &str,
) -> Result<(), String> {
    match body.encoding.as_str() {
        "json" if essence(media_type).starts_with("image/") => {
            return Err(format!(
                "the method sends {} as JSON, and {media_type} is expected",
                body.value_type
            ));
        }
        "json" => step.body = values::json_body(content)?,
        "multipart" => (step.body, step.files) = values::parts(plan, body, content)?,
        "text" | "bytes" => step.raw_body = Some(Raw::of(&values::raw_body(content, media_type))),
        other => return Err(format!("the judge cannot read a body back from `{other}`")),
    }
    Ok(())
}

fn expected(
    operation: Option<&Operation>,
    exchange: &Exchange,
    by_hand: &mut BTreeSet<ByHand>,
) -> Expected {
    let headers = texts(exchange.answer_headers.as_ref());
    let typed = operation.and_then(|operation| operation.answer.headers.as_ref());
    let is_typed = |name: &str| {
        let mut fields = typed.into_iter().flat_map(|headers| &headers.fields);
        fields.any(|field| field.wire.eq_ignore_ascii_case(name))
    };
    // The media type belongs to the body, which tells it.
    let mut names = headers.keys();
    if names.any(|name| !name.eq_ignore_ascii_case("content-type") && !is_typed(name)) {
        by_hand.insert(ByHand::AnswerHeader);
    }
    Expected {
        status: exchange.status.unwrap_or(200),
        headers,
        answer: exchange.answer.as_ref().map(Raw::of),
    }
}
