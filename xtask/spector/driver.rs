//! The driver of `cargo xtask spector`: takes a file of calls and the URL of a Spector server, makes the calls through the generated
//! crates, prints what came of each scenario as a line of JSON, and at last the server's own verdicts.
//!
//! This file is the same for all crates. `calls` beside it is written for them: an adapter for each operation, which reads the values
//! of a call as the types of its method, calls that and hands the request to [`Step::send`].

mod calls;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sdk_runtime::reqwest;
use sdk_runtime::{Base64, Client, ClientBuilder, Error, ErrorBody, FilePart, Request};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

/// How long a request may take.
const TIME: Duration = Duration::from_secs(10);

/// What stands for the server's URL in expected values.
const SERVER: &str = "http://spector.invalid";

/// Notes on what the driver had to do by hand, or what is wrong.
type Outcome = Result<Vec<String>, String>;

type Adapter = Pin<Box<dyn Future<Output = Outcome>>>;

/// The calls of a scenario.
#[derive(Deserialize)]
struct Scenario {
    name: String,
    steps: Vec<Step>,
}

/// A call, and what should come of it.
#[derive(Clone, Deserialize)]
struct Step {
    adapter: usize,
    /// The path of the server's URL.
    base: String,
    /// The variables of the server's URL, to be set one by one where the client lets them; empty where it has none.
    variables: BTreeMap<String, String>,
    /// Kind and value.
    credentials: Vec<(String, String)>,
    /// What the text of a parameter may stand for, the likeliest first.
    arguments: BTreeMap<String, Vec<Value>>,
    /// What the body may be, the likeliest first.
    body: Vec<Value>,
    /// A body that is no JSON.
    raw_body: Option<Content>,
    files: Vec<File>,
    /// Headers that no argument stands for.
    headers: BTreeMap<String, String>,
    /// The path of a link that is followed in place of calling the method.
    link: Option<String>,
    link_query: BTreeMap<String, String>,
    /// Whether the answer is of another media type than the method reads.
    undecoded: bool,
    expected: Expected,
    /// The server's URL.
    #[serde(default)]
    server: String,
}

#[derive(Clone, Deserialize)]
struct Expected {
    status: u16,
    headers: BTreeMap<String, String>,
    answer: Option<Content>,
}

#[derive(Clone, Deserialize)]
struct Content {
    media_type: String,
    text: Option<String>,
    base64: Option<String>,
}

impl Content {
    fn bytes(&self) -> Vec<u8> {
        match (&self.text, &self.base64) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(text)) => BASE64_STANDARD.decode(text).unwrap_or_default(),
            (None, None) => Vec::new(),
        }
    }
}

#[derive(Clone, Deserialize)]
struct File {
    field: String,
    name: String,
    /// Told only where the method does not tell it by itself.
    media_type: Option<String>,
    base64: String,
}

/// Where files go in the type of a body.
trait TakeFiles {
    fn take_files(&mut self, files: Vec<FilePart>);
}

impl TakeFiles for FilePart {
    fn take_files(&mut self, mut files: Vec<FilePart>) {
        if let Some(file) = files.pop() {
            *self = file;
        }
    }
}

impl TakeFiles for Vec<FilePart> {
    fn take_files(&mut self, files: Vec<FilePart>) {
        *self = files;
    }
}

impl<T: TakeFiles + Default> TakeFiles for Option<T> {
    fn take_files(&mut self, files: Vec<FilePart>) {
        if !files.is_empty() {
            let mut value = T::default();
            value.take_files(files);
            *self = Some(value);
        }
    }
}

/// Values of which a caller has the bytes, and that were read from text: a value that keeps its text would hide how bytes are written.
trait FromBytes {
    fn write_again(&mut self);
}

impl FromBytes for Base64 {
    fn write_again(&mut self) {
        if let Ok(bytes) = self.to_bytes() {
            *self = Self::from_bytes(bytes);
        }
    }
}

impl<T: FromBytes> FromBytes for Vec<T> {
    fn write_again(&mut self) {
        self.iter_mut().for_each(T::write_again);
    }
}

impl<T: FromBytes> FromBytes for Option<T> {
    fn write_again(&mut self) {
        self.iter_mut().for_each(T::write_again);
    }
}

/// The value as a caller would make it.
fn from_bytes<T: FromBytes>(mut value: T) -> T {
    value.write_again();
    value
}

impl Step {
    /// The client of a crate, set up for the call.
    fn client<C: From<Client> + AsRef<Client>>(
        &self,
        builder: fn() -> ClientBuilder<C>,
    ) -> Result<(C, Vec<String>), String> {
        let set_up = || {
            let mut builder = builder().timeout(TIME);
            for (kind, value) in &self.credentials {
                builder = match kind.as_str() {
                    "api_key" => builder.api_key(value.clone()),
                    _ => builder.bearer_token(value.clone()),
                };
            }
            builder
        };
        let whole = format!("{}{}", self.server, self.base);
        if !self.variables.is_empty() {
            let is_right = |client: &C| client.as_ref().base_url().trim_end_matches('/') == whole;
            // Every variable by its name, or the server by its URL and the others by their names.
            let (servers, others): (Vec<_>, Vec<_>) =
                self.variables.iter().partition(|(_, value)| *value == SERVER);
            let mut by_url = set_up().base_url(self.server.clone());
            for (name, value) in others {
                by_url = by_url.server_variable(name, value.clone());
            }
            let mut by_name = set_up();
            for (name, value) in &self.variables {
                let value = if value == SERVER { &self.server } else { value };
                by_name = by_name.server_variable(name, value.clone());
            }
            let by_name = if servers.is_empty() { None } else { Some(by_name) };
            for builder in by_name.into_iter().chain([by_url]) {
                if let Some(client) = builder.build().ok().filter(is_right) {
                    return Ok((client, Vec::new()));
                }
            }
        }
        let client = set_up().base_url(whole).build();
        let client = client.map_err(|error| format!("no client: {error}"))?;
        let by_hand = (!self.variables.is_empty()).then(|| "server".to_owned());
        Ok((client, by_hand.into_iter().collect()))
    }

    /// The value of a parameter.
    fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, String> {
        match self.arguments.get(name) {
            Some(values) => {
                first_that_fits(values, &format!("the argument `{name}`")).map(Some)
            }
            None => Ok(None),
        }
    }

    /// The value of a parameter that the method asks for.
    fn argument<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        self.optional(name)?
            .ok_or_else(|| format!("the expected request has no value for the argument `{name}`"))
    }

    /// The value of the body.
    fn optional_body<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        match self.body.as_slice() {
            [] => Ok(None),
            values => first_that_fits(values, "the body").map(Some),
        }
    }

    /// The value of a body that the method asks for.
    fn body<T: DeserializeOwned>(&self) -> Result<T, String> {
        self.optional_body()?
            .ok_or_else(|| "the expected request has no body".to_owned())
    }

    /// A body that is bytes.
    fn optional_bytes(&self) -> Result<Option<Vec<u8>>, String> {
        Ok(self.raw_body.as_ref().map(Content::bytes))
    }

    /// A body that is bytes and that the method asks for.
    fn bytes(&self) -> Result<Vec<u8>, String> {
        self.optional_bytes()?
            .ok_or_else(|| "the expected request has no body".to_owned())
    }

    /// A body that is text.
    fn optional_text(&self) -> Result<Option<String>, String> {
        self.optional_bytes()?
            .map(|bytes| String::from_utf8(bytes).map_err(|_| "the body is no text".to_owned()))
            .transpose()
    }

    /// A body that is text and that the method asks for.
    fn text(&self) -> Result<String, String> {
        self.optional_text()?
            .ok_or_else(|| "the expected request has no body".to_owned())
    }

    /// Puts the files of a part into the field that stands for it.
    fn put_files(&self, part: &str, field: &mut impl TakeFiles) {
        let files = self.files.iter().filter(|file| file.field == part);
        let files = files.map(|file| {
            let bytes = BASE64_STANDARD.decode(&file.base64).unwrap_or_default();
            let part = FilePart::new(bytes).with_name(file.name.clone());
            match &file.media_type {
                Some(media_type) => part.with_content_type(media_type.clone()),
                None => part,
            }
        });
        field.take_files(files.collect());
    }

    /// The path of the link that is to be followed. It lives as long as the driver: the runtime wants the path of a request so.
    fn link(&self) -> Result<&'static str, String> {
        let link = self.link.as_deref().ok_or("there is no link")?;
        Ok(String::leak(link.to_owned()))
    }

    /// Sends a request, and compares what came back.
    async fn send<T, E>(&self, mut request: Request<T, E>, mut notes: Vec<String>) -> Outcome
    where
        T: Serialize + 'static,
        E: ErrorBody + Serialize,
    {
        for (name, value) in &self.headers {
            request = request.header(String::leak(name.clone()), value);
        }
        for (name, value) in &self.link_query {
            request = request.query(String::leak(name.clone()), value);
        }
        let expected = &self.expected;
        if self.undecoded {
            let mut response = request.send_stream().await.map_err(|error| self.told(error))?;
            let mut body = Vec::new();
            while let Some(chunk) = response.body.chunk().await.map_err(|e| e.to_string())? {
                body.extend_from_slice(&chunk);
            }
            return match expected.answer.as_ref().map(Content::bytes) {
                Some(bytes) if bytes != body => Err("the answer's bytes are others".to_owned()),
                _ => Ok(notes),
            };
        }
        match request.send().await {
            Ok(response) => {
                let status = response.status.as_u16();
                if status != expected.status {
                    return Err(format!("status: expected {}, got {status}", expected.status));
                }
                self.compare_headers(&response.headers)?;
                let body = serde_json::to_value(&response.body)
                    .map_err(|error| format!("the answer cannot be serialised: {error}"))?;
                self.compare(&body, &mut notes)?;
                Ok(notes)
            }
            Err(Error::Api(error)) if error.status().as_u16() == expected.status => {
                if expected.answer.is_some() {
                    let typed = error.error().ok_or_else(|| {
                        format!(
                            "the error's body is not typed ({}): {}",
                            error
                                .decode_problem()
                                .map_or("not declared".to_owned(), ToString::to_string),
                            String::from_utf8_lossy(error.body())
                        )
                    })?;
                    let body = serde_json::to_value(typed)
                        .map_err(|error| format!("the error cannot be serialised: {error}"))?;
                    self.compare(&body, &mut notes)?;
                }
                Ok(notes)
            }
            Err(error) => Err(self.told(error)),
        }
    }

    fn told<E>(&self, error: Error<E>) -> String {
        match error {
            Error::Api(error) => format!(
                "expected {}, got {}: {}",
                self.expected.status,
                error.status(),
                essential(&String::from_utf8_lossy(error.body()))
            ),
            other => other.to_string(),
        }
    }

    fn compare_headers(&self, headers: &sdk_runtime::HeaderMap) -> Result<(), String> {
        for (name, value) in &self.expected.headers {
            let got = headers.get(name).and_then(|value| value.to_str().ok());
            if got != Some(value) {
                return Err(format!("answer's header {name}: expected {value}, got {got:?}"));
            }
        }
        Ok(())
    }

    fn compare(&self, got: &Value, notes: &mut Vec<String>) -> Result<(), String> {
        let Some(answer) = &self.expected.answer else {
            return Ok(());
        };
        let bytes = String::from_utf8(answer.bytes())
            .map(|text| text.replace(SERVER, &self.server).into_bytes())
            .unwrap_or_else(|error| error.into_bytes());
        if got.is_null() && bytes.is_empty() {
            return Ok(());
        }
        // Bytes serialise as a list of numbers, text as itself.
        if let Ok(got) = serde_json::from_value::<Vec<u8>>(got.clone())
            && got == bytes
        {
            return Ok(());
        }
        if got.as_str().map(str::as_bytes) == Some(&bytes) {
            return Ok(());
        }
        let differs = |expected: &dyn std::fmt::Display| {
            Err(format!("the answer: expected {expected}, got {got}"))
        };
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(expected) if same(got, &expected) => Ok(()),
            Ok(expected) if same(&without_nulls(got), &expected) => {
                notes.push("null".to_owned());
                Ok(())
            }
            Ok(expected) => differs(&expected),
            Err(_) => differs(&String::from_utf8_lossy(&bytes)),
        }
    }
}

/// What a page of HTML says, such as the request that the server has no route for; other text as it is.
fn essential(body: &str) -> &str {
    body.split_once("<pre>")
        .and_then(|(_, behind)| behind.split_once("</pre>"))
        .map_or(body, |(said, _)| said)
}

/// Reads the first of several values that the type takes.
fn first_that_fits<T: DeserializeOwned>(values: &[Value], what: &str) -> Result<T, String> {
    let mut problem = "nothing".to_owned();
    for value in values {
        match serde_json::from_value(value.clone()) {
            Ok(value) => return Ok(value),
            Err(error) => problem = format!("{value}: {error}"),
        }
    }
    Err(format!("{what} cannot be {problem}"))
}

/// Whether two values say the same: `1` and `1.0` do.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The value without the members that are null: an absent member of an answer may be written so.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        other => other.clone(),
    }
}

async fn run(scenario: Scenario, server: &str) -> Value {
    let mut notes = Vec::new();
    let mut problem = None;
    for mut step in scenario.steps {
        step.server = server.to_owned();
        let at = step.adapter;
        // A task of its own, so that a panic costs this scenario alone.
        let outcome = tokio::task::spawn_local(calls::call(at, step)).await;
        match outcome {
            Ok(Ok(more)) => notes.extend(more),
            Ok(Err(said)) => problem = problem.or(Some(said)),
            Err(error) => problem = problem.or(Some(format!("panicked: {error}"))),
        }
    }
    json!({"scenario": scenario.name, "problem": problem, "notes": notes})
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(server)) = (arguments.next(), arguments.next()) else {
        return Err("usage: driver CALLS URL".into());
    };
    let scenarios: Vec<Scenario> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        for scenario in scenarios {
            println!("{}", run(scenario, &server).await);
        }
        let coverage = reqwest::get(format!("{server}/.coverage")).await?;
        println!("{}", coverage.text().await?);
        Ok(())
    })
}
