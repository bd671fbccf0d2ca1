//! What a target file can speak of: the names of an API that its settings are held against. It exists so that the checks do not
//! depend on how the API is modelled; one function outside fills it in.

use super::jobs::Status;
use std::collections::BTreeMap;

/// The names of an API.
#[derive(Debug, Default)]
pub struct Known<'a> {
    /// The security schemes.
    pub schemes: Vec<&'a str>,
    /// Whether an API key goes into the header `Authorization`.
    pub has_prefix: bool,
    /// How the client signs in.
    pub credentials: Credentials,
    /// The variables of the server's URL.
    pub server_variables: Vec<&'a str>,
    /// The operations, by operationId.
    pub operations: Vec<&'a str>,
    /// The parameters in the paths of operations, by operationId.
    pub paths: BTreeMap<&'a str, Vec<&'a str>>,
    /// The operations that answer with a list, or with an object that has a list where a parameter says which part of it, by
    /// operationId.
    pub lists: Vec<&'a str>,
    /// The operations that answer with a page of a list, with the style.
    pub paged: Vec<(&'a str, &'a str)>,
    /// The operations that can tell the state of a job.
    pub statuses: Vec<Status<'a>>,
    /// Those that may be called twice as well as once, by their methods (RFC 9110, 9.2.2).
    pub idempotent: Vec<&'a str>,
    /// The extensions that operations have.
    pub operation_extensions: Vec<&'a str>,
    /// Whether some operation names levels of users by the extension that was given.
    pub has_levels: bool,
    /// The operations that list more than one scope of the client's scheme, by operationId.
    pub scope_lists: Vec<&'a str>,
    /// The schemas that are components.
    pub schemas: Vec<&'a str>,
    /// The tags.
    pub tags: Vec<&'a str>,
    /// The properties, each with the schema that has it.
    pub properties: Vec<(&'a str, &'a str)>,
    /// Every name that a Rust name is made from.
    pub words: Vec<&'a str>,
    /// The JSON bodies of answers.
    pub bodies: Bodies,
}

/// How a client signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// Not at all.
    #[default]
    None,
    /// With a client id and secret, for a token.
    Client,
    /// With a user name and a password.
    Password,
    /// With a token or a key.
    Token,
}

/// JSON values that may stand somewhere, as a graph, since a type may hold itself.
#[derive(Debug, Default)]
pub struct Bodies {
    /// The values; they name each other by their places in this list.
    pub values: Vec<Value>,
    /// Those that are bodies of error answers.
    pub errors: Vec<usize>,
    /// Those that are bodies of successes: some APIs tell of an error in the body of a success.
    pub successes: Vec<usize>,
}

/// A JSON value.
#[derive(Debug, Default)]
pub struct Value {
    /// Whether it may be a text or a number, or nothing is known of it.
    pub is_scalar: bool,
    /// Whether nothing is known of it, so that it may hold anything.
    pub is_any: bool,
    /// The values that it may be instead.
    pub alternatives: Vec<usize>,
    /// Its members.
    pub members: BTreeMap<String, usize>,
    /// What other members are.
    pub rest: Option<usize>,
    /// What its items are.
    pub items: Option<usize>,
}

impl Bodies {
    /// Whether a JSON pointer of these tokens can lead to a text or a number in one of the bodies; else how many of the tokens lead
    /// on in the bodies of errors, and the names of the members there.
    pub(super) fn follow(&self, tokens: &[String]) -> Result<(), (usize, Vec<&str>)> {
        self.follow_from(&self.errors, tokens)
            .or_else(|fault| self.follow_from(&self.successes, tokens).map_err(|_| fault))
    }

    fn follow_from(&self, roots: &[usize], tokens: &[String]) -> Result<(), (usize, Vec<&str>)> {
        let mut here = self.all_of(roots.to_vec());
        for (depth, token) in tokens.iter().enumerate() {
            if here.iter().any(|value| value.is_any) {
                return Ok(());
            }
            let next: Vec<usize> = here.iter().filter_map(|value| value.step(token)).collect();
            if next.is_empty() {
                return Err((depth, names(&here)));
            }
            here = self.all_of(next);
        }
        if here.iter().any(|value| value.is_scalar || value.is_any) {
            Ok(())
        } else {
            Err((tokens.len(), names(&here)))
        }
    }

    /// Values and all that they may be instead.
    fn all_of(&self, mut open: Vec<usize>) -> Vec<&Value> {
        let mut seen = Vec::new();
        let mut values = Vec::new();
        while let Some(place) = open.pop() {
            if seen.contains(&place) {
                continue;
            }
            seen.push(place);
            if let Some(value) = self.values.get(place) {
                open.extend(&value.alternatives);
                values.push(value);
            }
        }
        values
    }
}

impl Value {
    fn step(&self, token: &str) -> Option<usize> {
        let is_index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        self.members
            .get(token)
            .copied()
            .or(self.rest)
            .or(self.items.filter(|_| is_index))
    }
}

/// The members of these values; an item of a list is called `0`.
fn names<'v>(values: &[&'v Value]) -> Vec<&'v str> {
    let mut names: Vec<&str> = Vec::new();
    for value in values {
        names.extend(value.members.keys().map(String::as_str));
        names.extend(value.items.map(|_| "0"));
    }
    names
}
