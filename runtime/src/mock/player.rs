//! A request to its answer: what every connection of a server shares, and the order in which an answer is looked for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::answers;
use super::api::{Api, Loaded, Operation};
use super::call::Call;
use super::check::{self, Refused};
use super::hostile::{Hostile, filled};
use super::lists;
use super::pages;
use super::reply::{Delivery, Reply};
use super::schema::Way;
use super::security;
use super::state::{self, Outcome, State};
use super::tokens::Tokens;
use crate::service::Auth;

/// Told of each request: its method, its path and the status of its answer.
pub(super) type Observer = Box<dyn Fn(&str, &str, u16) + Send + Sync>;

/// How a server plays.
pub(super) struct Manner {
    /// Whether it keeps what is created.
    pub(super) stateful: bool,
    /// What goes wrong with every operation.
    pub(super) hostile: Option<Hostile>,
    /// How long a slow body pauses before each of its pieces.
    pub(super) slow_pause: Duration,
    pub(super) observer: Option<Observer>,
    /// Whether it remembers each call, for a test to ask about. A server that nobody can ask would only grow.
    pub(super) remembers: bool,
}

/// What a server plays, and what has happened so far.
pub(super) struct Player {
    pub(super) api: &'static Api,
    manner: Manner,
    inner: Mutex<Inner>,
}

pub(super) struct Inner {
    pub(super) tokens: Tokens,
    /// The calls that were let in, each with the place of its operation.
    pub(super) calls: Vec<(usize, Call)>,
    pub(super) refused: Vec<Refused>,
    /// What tests said of operations.
    pub(super) scripts: HashMap<usize, VecDeque<Reply>>,
    /// What goes wrong: with operations that have something of their own, and with all others.
    pub(super) hostile: HashMap<Option<usize>, Hostile>,
    /// How often operations were called since something was to go wrong with them.
    pub(super) counts: HashMap<Option<usize>, usize>,
    pub(super) state: Option<State>,
    /// How often the state of a job was asked for, by operation.
    asked: HashMap<usize, usize>,
}

impl Player {
    pub(super) fn new(api: &'static Api, tokens: Tokens, manner: Manner) -> Self {
        let hostile = manner.hostile.map(|hostile| (None, hostile));
        let inner = Inner {
            tokens,
            calls: Vec::new(),
            refused: Vec::new(),
            scripts: HashMap::new(),
            hostile: hostile.into_iter().collect(),
            counts: HashMap::new(),
            state: manner.stateful.then(State::default),
            asked: HashMap::new(),
        };
        Self {
            api,
            manner,
            inner: Mutex::new(inner),
        }
    }

    pub(super) fn loaded(&self) -> &'static Loaded {
        self.api.loaded()
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request.
    pub(super) fn play(&self, call: Call) -> Reply {
        let (method, path) = (call.method.clone(), call.path.clone());
        let reply = self.answer(call);
        if let Some(observer) = &self.manner.observer {
            observer(&method, &path, reply.status);
        }
        reply
    }

    fn answer(&self, mut call: Call) -> Reply {
        let loaded = self.loaded();
        // Who asks for a status of its document asks for no token.
        let is_asked = call.method == "POST" && preferred(&call).is_none();
        if is_asked && self.is_token_path(&call.path) {
            return self.token(&call);
        }
        let Some(place) = self.find(&mut call) else {
            let (status, fault) = self.unknown(&call);
            return self.refuse(&call, None, status, vec![fault]);
        };
        let Some(operation) = loaded.operations.get(place) else {
            return Reply::empty(500);
        };
        let service = self.api.service;
        let refusal = security::refusal(service, loaded, operation, &call, &self.inner().tokens);
        if let Some(refusal) = refusal {
            return self.refuse(&call, Some(operation), 401, vec![refusal]);
        }
        let faults = check::faults(loaded, operation, &call);
        if !faults.is_empty() {
            return self.refuse(&call, Some(operation), 400, faults);
        }
        let mut inner = self.inner();
        if self.manner.remembers {
            inner.calls.push((place, call.clone()));
        }
        let hostile = inner.hostility(place);
        if let Some((hostile, count)) = hostile
            && let Some(reply) = self.refused_by(hostile, count, operation, &mut inner)
        {
            return reply;
        }
        let reply = match inner.scripted(place) {
            Some(reply) => reply,
            None => {
                let mut reply = self.documented(operation, &call, &mut inner);
                inner.carry_on(place, operation, &mut reply);
                reply
            }
        };
        match hostile {
            Some((hostile, count)) => self.spoilt(hostile, count, operation, &call, reply),
            None => reply,
        }
    }

    /// Answers at the token endpoint: a refusal in the body that the document declares for it, where it has the endpoint.
    fn token(&self, call: &Call) -> Reply {
        let loaded = self.loaded();
        let reply = Reply::from(&self.inner().tokens.answer(call));
        let found = loaded.find(&call.method, &call.path, &call.query);
        let first = found.first().map(|(place, _)| *place);
        let operation = first.and_then(|place| loaded.operations.get(place));
        let declares = operation.is_some_and(|known| known.declared(reply.status).is_some());
        if reply.status < 400 || !declares {
            return reply;
        }
        let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        let text = body.get("error_description").and_then(Value::as_str);
        let text = text.unwrap_or("the token request is refused");
        answers::told(self.api.service, loaded, operation, reply.status, text)
    }

    /// Whether a path is that of the token endpoint.
    pub(super) fn is_token_path(&self, path: &str) -> bool {
        let Auth::ClientCredentials { token_url, .. } = self.api.service.auth else {
            return false;
        };
        let own = match token_url.split_once("://") {
            Some((_, behind)) => behind.find('/').and_then(|start| behind.get(start..)),
            None => Some(token_url),
        };
        own == Some(path)
    }

    fn refuse(
        &self,
        call: &Call,
        operation: Option<&Operation>,
        status: u16,
        faults: Vec<String>,
    ) -> Reply {
        let refused = Refused {
            status,
            method: call.method.clone(),
            path: call.path.clone(),
            operation: operation.map(|operation| operation.id.clone()),
            faults,
        };
        let message = match status {
            401 => format!("this request has no valid credentials: {refused}"),
            _ => format!("the document does not allow this request: {refused}"),
        };
        if self.manner.remembers {
            self.inner().refused.push(refused);
        }
        answers::told(self.api.service, self.loaded(), operation, status, &message)
    }

    /// The answer that goes wrong before anything is answered.
    fn refused_by(
        &self,
        hostile: Hostile,
        count: usize,
        operation: &Operation,
        inner: &mut Inner,
    ) -> Option<Reply> {
        let refuse = |status| answers::refusal(self.api.service, self.loaded(), operation, status);
        match hostile {
            Hostile::TooManyRequests if count.is_multiple_of(2) => {
                let mut reply = refuse(429);
                let seconds = if count.is_multiple_of(4) { "0" } else { "1" };
                reply.set_header("Retry-After", seconds);
                Some(reply)
            }
            Hostile::Unavailable if count.is_multiple_of(2) => Some(refuse(503)),
            Hostile::ExpiredToken if count == 0 => {
                inner.tokens.revoke();
                Some(refuse(401))
            }
            _ => None,
        }
    }

    /// The answer from what was created, else from the document.
    fn documented(&self, operation: &Operation, call: &Call, inner: &mut Inner) -> Reply {
        let loaded = self.loaded();
        if let Some(status) = preferred(call) {
            return answers::refusal(self.api.service, loaded, operation, status);
        }
        if let Some(state) = &mut inner.state
            && let Some((role, item)) = state::role(loaded, operation)
        {
            let outcome = state.play(loaded, operation, role, &item, call);
            if let Some(reply) = state::answered(loaded, operation, call, &outcome) {
                return reply;
            }
            return match outcome {
                Outcome::Refused(fault) => {
                    answers::told(self.api.service, loaded, Some(operation), 400, &fault)
                }
                _ => answers::refusal(self.api.service, loaded, operation, 404),
            };
        }
        match operation.success() {
            Some((status, declared)) => {
                let mut reply = answers::declared(loaded, status, declared);
                let schema = declared
                    .media()
                    .and_then(|(_, media)| media.schema.as_ref());
                pages::turned(&loaded.schemas, schema, call, &mut reply);
                reply
            }
            None => Reply::empty(200),
        }
    }

    /// An answer that goes wrong itself.
    fn spoilt(
        &self,
        hostile: Hostile,
        count: usize,
        operation: &Operation,
        call: &Call,
        mut reply: Reply,
    ) -> Reply {
        match hostile {
            Hostile::CutBody if count.is_multiple_of(2) => reply.delivery = Delivery::Cut,
            Hostile::SlowBody => reply.delivery = Delivery::Slow(self.manner.slow_pause),
            _ => {}
        }
        let is_paged = hostile == Hostile::FullLastPage && call.method == "GET";
        if !hostile.changes_values() && !is_paged {
            return reply;
        }
        let declared = operation.declared(reply.status);
        let media = declared.and_then(|declared| declared.media());
        let schema = media.and_then(|(_, media)| media.schema.as_ref());
        let (Some(schema), Ok(value)) = (schema, serde_json::from_slice::<Value>(&reply.body))
        else {
            return reply;
        };
        let schemas = &self.loaded().schemas;
        let value = if is_paged {
            let limit = call
                .query("limit")
                .first()
                .and_then(|limit| limit.parse().ok());
            let limit: usize = limit.unwrap_or(2);
            // The first page is the whole list.
            reply.replace_header("X-Total-Count", &limit.to_string());
            let (start, end) = lists::window(call, limit, None);
            filled(schemas, schema, value, end.saturating_sub(start))
        } else {
            hostile.changed(schemas, schema, value)
        };
        reply.body = value.to_string().into_bytes();
        reply
    }

    /// The declared success with this value, as a test says it.
    pub(super) fn success(&self, operation: &Operation, value: &Value) -> Reply {
        let Some((status, declared)) = operation.success() else {
            return Reply::json(200, value);
        };
        let mut reply = answers::declared(self.loaded(), status, declared);
        if let Some((media_type, _)) = declared.media() {
            reply.body = answers::written(media_type, value);
        }
        if let Value::Array(items) = value {
            reply.replace_header("X-Total-Count", &items.len().to_string());
        }
        reply
    }

    /// What is wrong with an answer by its operation's schema.
    pub(super) fn answer_faults(
        &self,
        operation: &Operation,
        status: u16,
        body: &Value,
    ) -> Vec<String> {
        let declared = operation.declared(status);
        let media = declared.and_then(|declared| declared.media());
        let Some(schema) = media.and_then(|(_, media)| media.schema.as_ref()) else {
            return Vec::new();
        };
        self.loaded().schemas.faults(schema, body, Way::Given)
    }
}

impl Inner {
    /// The next answer that a test said; the last one stays.
    fn scripted(&mut self, place: usize) -> Option<Reply> {
        let script = self.scripts.get_mut(&place)?;
        match script.len() {
            0 | 1 => script.front().cloned(),
            _ => script.pop_front(),
        }
    }

    /// Ends a job whose state is asked for a second time, so that whoever waits for it comes to an end.
    fn carry_on(&mut self, place: usize, operation: &Operation, reply: &mut Reply) {
        let Some(job) = operation.job.as_ref().filter(|_| reply.status < 300) else {
            return;
        };
        let asked = self.asked.entry(place).or_default();
        *asked += 1;
        if *asked < 2 {
            return;
        }
        if let Ok(mut value) = serde_json::from_slice::<Value>(&reply.body)
            && let Some(state) = value.pointer_mut(&job.state)
        {
            *state = job.done.clone().into();
            reply.body = value.to_string().into_bytes();
        }
    }

    /// What goes wrong with an operation, and how often it was called before.
    fn hostility(&mut self, place: usize) -> Option<(Hostile, usize)> {
        let own = self.hostile.get(&Some(place)).copied();
        let hostile = own.or_else(|| self.hostile.get(&None).copied())?;
        // Tokens are all operations' own.
        let key = (hostile != Hostile::ExpiredToken || own.is_some()).then_some(place);
        let count = self.counts.entry(key).or_default();
        *count += 1;
        Some((hostile, *count - 1))
    }
}

/// The status that a request asks for, as mock servers that read OpenAPI understand it: `Prefer: code=404`.
fn preferred(call: &Call) -> Option<u16> {
    let preferences = call.header("prefer")?.split(',');
    let mut codes = preferences.filter_map(|one| one.trim().strip_prefix("code="));
    codes.find_map(|code| code.trim_matches('"').parse().ok())
}
