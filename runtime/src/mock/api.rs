//! What a server knows of an API: takes the text of its description, gives the operations with everything that they share.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use super::description::{Body, Declared, Description, Job, OperationText, Parameter, Scheme};
use super::route::Route;
use super::schema::Schemas;
use crate::service::Service;

/// An API as its mock knows it: what is fixed about it, and its description, which is read when the first server starts.
pub struct Api {
    pub(super) service: &'static Service,
    text: &'static str,
    loaded: OnceLock<Loaded>,
}

impl Api {
    /// From what the generator emits: the crate's service, and the text of `src/mock/api.json`.
    pub const fn new(service: &'static Service, text: &'static str) -> Self {
        Self {
            service,
            text,
            loaded: OnceLock::new(),
        }
    }

    /// The description, read.
    ///
    /// # Panics
    /// When the text is no description, as only one can be that was not emitted.
    pub(super) fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| match Loaded::read(self.text) {
            Ok(loaded) => loaded,
            Err(error) => panic!(
                "the description of {}'s API cannot be read: {error}",
                self.service.name
            ),
        })
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Api({})", self.service.name)
    }
}

/// A description with every name resolved.
pub(super) struct Loaded {
    pub(super) schemes: HashMap<String, Scheme>,
    pub(super) operations: Vec<Operation>,
    pub(super) schemas: Schemas,
}

/// An operation.
pub(super) struct Operation {
    pub(super) group: String,
    pub(super) name: String,
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) route: Route,
    /// The ways to be let in, each of schemes that are needed together; none when nothing is asked for.
    pub(super) security: Vec<Vec<String>>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    /// By status, as the document writes it: `200`, `4XX`, `default`.
    pub(super) answers: Vec<(String, Declared)>,
    /// The job whose state it tells.
    pub(super) job: Option<Job>,
}

impl Loaded {
    fn read(text: &str) -> Result<Self, serde_json::Error> {
        let description: Description = serde_json::from_str(text)?;
        let Description {
            schemes,
            operations,
            parameters,
            bodies,
            answers,
            schemas,
        } = description;
        let found = |operation: OperationText| Operation {
            route: Route::parse(&operation.path),
            group: operation.group,
            name: operation.name,
            id: operation.id,
            method: operation.method,
            path: operation.path,
            security: operation.security,
            parameters: operation
                .parameters
                .into_iter()
                .map(|used| used.found(&parameters))
                .collect(),
            body: operation.body.map(|used| used.found(&bodies)),
            answers: operation
                .answers
                .into_iter()
                .map(|(status, used)| (status, used.found(&answers)))
                .collect(),
            job: operation.job,
        };
        Ok(Self {
            operations: operations.into_iter().map(found).collect(),
            schemes,
            schemas: Schemas::new(schemas),
        })
    }

    /// The place of an operation, by the module and the method that make its request.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        let plain = |word: &str| word.trim_start_matches("r#").to_owned();
        let mut words = name.rsplit("::").map(plain);
        let (method, group) = (words.next()?, words.next()?);
        self.operations.iter().position(|operation| {
            plain(&operation.name) == method && plain(&operation.group) == group
        })
    }

    /// The operations that a request may be for, whose path says most of those that fit, with the values of the path's parameters,
    /// encoded as they were sent. There are several of equal paths where only the parameters differ: `/users/{id}` beside `/users/{name}`.
    pub(super) fn find(
        &self,
        method: &str,
        path: &str,
        query: &[(String, String)],
    ) -> Vec<(usize, Vec<(String, String)>)> {
        let fitting = || {
            let operations = self.operations.iter().enumerate();
            let operations = operations.filter(|(_, operation)| operation.method == method);
            operations.filter_map(|(place, Operation { route, .. })| {
                Some((route.vagueness(), place, route.values(path, query)?))
            })
        };
        let best = fitting().map(|(vagueness, ..)| vagueness).min();
        fitting()
            .filter(|(vagueness, ..)| Some(vagueness) == best.as_ref())
            .map(|(_, place, values)| (place, values))
            .collect()
    }

    /// Whether two operations differ in nothing that a request tells, but perhaps in what it may hold.
    pub(super) fn are_twins(&self, one: usize, other: usize) -> bool {
        let pair = self.operations.get(one).zip(self.operations.get(other));
        one != other
            && pair.is_some_and(|(one, other)| {
                one.method == other.method && one.route.is_like(&other.route)
            })
    }

    /// Whether some other operation is such a twin of the one of this id.
    pub(super) fn has_twin(&self, id: &str) -> bool {
        let operations = self.operations.iter();
        let place = operations.clone().position(|operation| operation.id == id);
        place.is_some_and(|place| (0..operations.len()).any(|other| self.are_twins(place, other)))
    }

    /// The methods that there are operations of for a path.
    pub(super) fn methods(&self, path: &str, query: &[(String, String)]) -> Vec<&str> {
        let operations = self.operations.iter();
        operations
            .filter(|operation| operation.route.values(path, query).is_some())
            .map(|operation| operation.method.as_str())
            .collect()
    }
}

impl Operation {
    /// The success that is played, and its status: the first with a body, else the first; without any, the default answer.
    pub(super) fn success(&self) -> Option<(u16, &Declared)> {
        let answers = || self.answers.iter();
        let code = |status: &str| match status {
            "2XX" => Some(200),
            _ => status.parse().ok().filter(|code| (200..300).contains(code)),
        };
        let successes = || answers().filter_map(|(status, answer)| Some((code(status)?, answer)));
        let with_body = successes().find(|(_, answer)| !answer.content.is_empty());
        let redirect = || {
            let mut redirects = answers().filter_map(|(status, answer)| {
                let code = status.parse().ok()?;
                (300..400).contains(&code).then_some((code, answer))
            });
            redirects.next()
        };
        let default = || {
            let mut answers = answers();
            let (_, answer) = answers.find(|(status, _)| status == "default")?;
            Some((200, answer))
        };
        with_body
            .or_else(|| successes().next())
            .or_else(redirect)
            .or_else(default)
    }

    /// What the document declares for a status.
    pub(super) fn declared(&self, status: u16) -> Option<&Declared> {
        let range = format!("{}XX", status / 100);
        let names = [status.to_string(), range, "default".to_owned()];
        names.iter().find_map(|name| {
            let mut answers = self.answers.iter();
            answers
                .find(|(status, _)| status == name)
                .map(|(_, answer)| answer)
        })
    }

    /// `METHOD /path`, as errors of the client name it.
    pub(super) fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}
