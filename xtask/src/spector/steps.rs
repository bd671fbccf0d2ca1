//! Plans the calls that make a scenario: takes the scenario and the crates of its folder, gives the calls with their values, and what of
//! them a caller has to do by hand.

use super::crates::Crate;
use super::matching::{Fit, fit, path_of_route, path_of_server};
use super::plan::{Body, Operation};
use super::suite::{Condition, Content, Exchange, SERVER, Scenario};
use super::values::{self, Values};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a caller has to do by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ByHand {
    /// XML is text to the method.
    Xml,
    /// A stream of events or lines is bytes to the method.
    Stream,
    /// The whole URL of the server is put together.
    Server,
    /// The token of the next page is carried over.
    Page,
    /// The link to the next page is followed.
    Link,
    /// The media type of the answer is asked for.
    Accept,
    /// A header that no argument stands for is set.
    Header,
    /// A header of the answer is looked up by its name.
    AnswerHeader,
}

impl ByHand {
    /// In words.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Xml => "XML as text",
            Self::Stream => "a stream as bytes",
            Self::Server => "the server's whole URL",
            Self::Page => "the next page's token",
            Self::Link => "a link that is followed",
            Self::Accept => "the `Accept` header",
            Self::Header => "a request header without an argument",
            Self::AnswerHeader => "an answer's header by its name",
        }
    }
}

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
    /// Whether it follows a link that the operation gave, instead of calling it.
    pub(super) link: bool,
}

/// A call, as the driver reads it.
#[derive(Debug, Serialize)]
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
    headers: BTreeMap<String, String>,
    link: Option<String>,
    undecoded: bool,
    expected: Expected,
}

#[derive(Debug, Serialize)]
struct Expected {
    status: u16,
    headers: BTreeMap<String, String>,
    answer: Option<Raw>,
}

/// A body as it is on the wire.
#[derive(Debug, Serialize)]
pub(super) struct Raw {
    media_type: String,
    text: Option<String>,
    base64: Option<String>,
}

impl Raw {
    pub(super) fn of(content: &Content) -> Self {
        Self {
            media_type: content.media_type.clone(),
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
    path: String,
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
                calls.by_hand.insert(ByHand::Link);
                if let Some(operation) = operation_of(crates, code) {
                    see_media_types(operation, exchange, &mut calls.by_hand);
                }
                let code = Adapter { link: true, ..code };
                let expected = expected(exchange, &mut calls.by_hand);
                Step {
                    link: Some(path_of_route(&exchange.uri)),
                    ..Step::new(code, expected)
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

fn operation_of(crates: &[Crate], code: Adapter) -> Option<&Operation> {
    crates.get(code.krate)?.plan.operations.get(code.operation)
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
            headers: BTreeMap::new(),
            link: None,
            undecoded: false,
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
                    link: false,
                };
                let found = Found {
                    code,
                    operation,
                    krate,
                    fit,
                    path: path.to_owned(),
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
    let server = path_of_server(&plan.server.origin);
    let (of_server, of_path) = found
        .fit
        .values
        .split_at_checked(server.matches('{').count())
        .unwrap_or_default();
    let values = Values::read(plan, operation, of_path, exchange)?;
    let mut step = Step::new(found.code, expected(exchange, by_hand));
    // What the operation's own path took away from the path leaves the server's.
    step.base = filled(&format!("{server}{}", plan.server.path), of_server);
    if !server.is_empty()
        && let Some((variable, _)) = plan
            .server
            .origin
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
    {
        step.variables = of_server.iter().cloned().collect();
        step.variables
            .insert(variable.to_owned(), SERVER.to_owned());
    }
    step.arguments = values.arguments;
    step.credentials = values.credentials;
    // Told by hand, or the driver refuses by itself what the server is to refuse.
    if step.credentials.is_empty() && !operation.security.is_empty() && step.expected.status >= 400
    {
        let kind = plan.auth.kind.clone();
        step.credentials.push((kind, "invalid".to_owned()));
    }
    step.headers = values.headers;
    if !step.headers.is_empty() {
        by_hand.insert(ByHand::Header);
    }
    if let Some(accept) = values.accept.filter(|accept| !asks_for(operation, accept)) {
        step.headers.insert("accept".to_owned(), accept);
        by_hand.insert(ByHand::Accept);
    }
    step.undecoded = reads_another(operation, exchange);
    match (&operation.body, &exchange.body) {
        (Some(body), Some(content)) => give_body(&mut step, plan, body, content)?,
        (None, Some(content)) => {
            return Err(format!(
                "the method sends no body, and {} is expected",
                content.media_type
            ));
        }
        (_, None) => {}
    }
    see_media_types(operation, exchange, by_hand);
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
    plan: &super::plan::Plan,
    body: &Body,
    content: &Content,
) -> Result<(), String> {
    match body.encoding.as_str() {
        "json" => step.body = values::json_body(content)?,
        "multipart" => (step.body, step.files) = values::parts(plan, body, content)?,
        "text" | "bytes" => step.raw_body = Some(Raw::of(content)),
        other => return Err(format!("the judge cannot read a body back from `{other}`")),
    }
    Ok(())
}

fn expected(exchange: &Exchange, by_hand: &mut BTreeSet<ByHand>) -> Expected {
    let headers: BTreeMap<String, String> = exchange
        .answer_headers
        .iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), super::wire::text_of(value)))
        .collect();
    // The media type belongs to the body, which tells it.
    if headers
        .keys()
        .any(|name| !name.eq_ignore_ascii_case("content-type"))
    {
        by_hand.insert(ByHand::AnswerHeader);
    }
    Expected {
        status: exchange.status.unwrap_or(200),
        headers,
        answer: exchange.answer.as_ref().map(Raw::of),
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether the method asks for a media type by itself, and for no other first.
fn asks_for(operation: &Operation, accept: &str) -> bool {
    let asked = operation
        .answer
        .responses
        .iter()
        .find_map(|response| response.media_type.as_deref());
    asked.is_none_or(|asked| essence(asked) == essence(accept))
}

/// Whether the answer is of a media type that the document has, and the method does not read.
fn reads_another(operation: &Operation, exchange: &Exchange) -> bool {
    let Some(answer) = &exchange.answer else {
        return false;
    };
    let given = essence(&answer.media_type);
    let mut responses = operation.answer.responses.iter();
    operation.answer.ty != "Vec<u8>"
        && responses.any(|response| {
            response
                .other_media_types
                .iter()
                .any(|other| essence(other) == given)
        })
}

/// Sees what is text or bytes to the method, and is more than that.
fn see_media_types(operation: &Operation, exchange: &Exchange, by_hand: &mut BTreeSet<ByHand>) {
    let sent = operation.body.as_ref().zip(exchange.body.as_ref());
    let sent = sent
        .filter(|(body, _)| matches!(body.encoding.as_str(), "text" | "bytes"))
        .map(|(_, content)| content);
    // An error's body has a type of its own, which is looked at when it is compared.
    let received = exchange.answer.as_ref();
    let received =
        received.filter(|_| matches!(operation.answer.ty.as_str(), "String" | "Vec<u8>" | "()"));
    for content in sent.into_iter().chain(received) {
        match essence(&content.media_type) {
            "application/xml" | "text/xml" => by_hand.insert(ByHand::Xml),
            "text/event-stream" | "application/jsonl" => by_hand.insert(ByHand::Stream),
            _ => false,
        };
    }
}

/// Whether an answer has a value that a request of the same operation hands on.
fn is_next_page(before: &Exchange, exchange: &Exchange) -> bool {
    if before.uri != exchange.uri {
        return false;
    }
    let body = before
        .answer
        .as_ref()
        .and_then(|answer| answer.text.clone());
    let headers = before
        .answer_headers
        .iter()
        .flat_map(|headers| headers.values());
    let told: Vec<String> = headers.map(super::wire::text_of).chain(body).collect();
    let sent = |pairs: &Option<serde_json::Map<String, Value>>| pairs.clone().unwrap_or_default();
    let known = [sent(&before.query), sent(&before.headers)];
    [sent(&exchange.query), sent(&exchange.headers)]
        .iter()
        .zip(&known)
        .flat_map(|(now, then)| now.iter().filter(|(name, _)| !then.contains_key(*name)))
        .map(|(_, value)| super::wire::text_of(value))
        .any(|value| told.iter().any(|text| text.contains(&value)))
}

/// Whether an answer has a link to a request.
fn links_to(before: &Exchange, exchange: &Exchange) -> bool {
    let link = format!("{SERVER}{}", path_of_route(&exchange.uri));
    let text = before
        .answer
        .as_ref()
        .and_then(|answer| answer.text.as_ref());
    text.is_some_and(|text| text.contains(&link))
}
