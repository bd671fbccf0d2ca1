//! What an operation needs to be signed with, in words and as constants of the emitted crate: takes the schemes that operations name.

use super::rust::own_docs;
use crate::plan::model::{ApiKeyLocation, Operation};
use crate::plan::{Auth, Plan, SchemePlan};
use crate::prose::{code, to_line};
use crate::tokens;
use serde::Serialize;

/// A scheme's constant.
#[derive(Serialize)]
pub(super) struct SchemeView {
    docs: String,
    ident: String,
    name: String,
    /// Its kind; empty for the scheme that the client itself signs in with.
    kind: &'static str,
    location: &'static str,
    /// The header, parameter or cookie of a key, or the name of an HTTP scheme.
    key: String,
    env: Vec<String>,
}

/// The constants of all schemes that operations name.
pub(super) fn schemes(plan: &Plan) -> Vec<SchemeView> {
    plan.client.schemes.iter().map(scheme).collect()
}

fn scheme(scheme: &SchemePlan) -> SchemeView {
    let (kind, location, key) = match &scheme.auth {
        None => ("", "", String::new()),
        Some(Auth::Basic) => ("Basic", "", String::new()),
        Some(Auth::Http { scheme }) => ("Http", "", tokens::string(scheme)),
        Some(Auth::ApiKey { location, name }) => {
            ("ApiKey", location_name(*location), tokens::string(name))
        }
        Some(Auth::None | Auth::Bearer | Auth::ClientCredentials { .. }) => {
            ("Bearer", "", String::new())
        }
    };
    SchemeView {
        docs: own_docs(&about(scheme)),
        ident: scheme.ident.to_string(),
        name: tokens::string(&scheme.name),
        kind,
        location,
        key,
        env: scheme.env.iter().map(|name| tokens::string(name)).collect(),
    }
}

/// A place of keys, as the runtime calls it.
pub(super) fn location_name(location: ApiKeyLocation) -> &'static str {
    match location {
        ApiKeyLocation::Header => "Header",
        ApiKeyLocation::Query => "Query",
        ApiKeyLocation::Cookie => "Cookie",
    }
}

/// What a scheme takes and where that is read from.
fn about(scheme: &SchemePlan) -> String {
    let what = match &scheme.auth {
        None => return "What the client signs in with.".to_owned(),
        Some(Auth::ApiKey { .. }) => "A key".to_owned(),
        Some(Auth::Basic) => "A user name and a password".to_owned(),
        Some(Auth::Http { scheme }) => format!("A credential of the HTTP scheme {}", code(scheme)),
        Some(Auth::None | Auth::Bearer | Auth::ClientCredentials { .. }) => "A token".to_owned(),
    };
    let env: Vec<String> = scheme.env.iter().map(|name| code(name)).collect();
    format!(
        "{what}, from `ClientBuilder::credential` or {}.",
        env.join(" and ")
    )
}

/// What an operation needs of some alternatives, or does without, in a sentence; `None` where there are none.
pub(super) fn needed(alternatives: &[Vec<&SchemePlan>]) -> Option<String> {
    let asked = alternatives.iter().filter(|schemes| !schemes.is_empty());
    let asked: Vec<String> = asked
        .map(|schemes| together(schemes.iter().map(|scheme| scheme.name.as_str())))
        .collect();
    let is_optional = asked.len() < alternatives.len();
    let schemes = alternatives.iter().flatten();
    let mut sentence = match (asked.is_empty(), is_optional) {
        (true, _) => return None,
        (false, false) => format!("Needs {}", asked.join(", or ")),
        (false, true) => format!("Sends {} if the client has it", asked.join(", or ")),
    };
    let by_name = schemes.filter(|scheme| scheme.auth.is_some()).count();
    sentence.push_str(match by_name {
        0 => ".",
        _ => "; `ClientBuilder::credential` takes what the client does not sign in with.",
    });
    Some(sentence)
}

/// Schemes that are sent together, in words; what is sent of none.
pub(super) fn together<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(code).collect();
    match names.is_empty() {
        true => "nothing".to_owned(),
        false => listed(&names, "and"),
    }
}

/// Sets of scopes of which one is enough, in words; empty where there are none.
pub(super) fn scope_words(sets: &[Vec<String>]) -> String {
    let codes = |set: &[String]| -> Vec<String> { set.iter().map(|scope| code(scope)).collect() };
    let set_words = |set: &Vec<String>| match set.as_slice() {
        [scope] => format!("the scope {}", code(scope)),
        set => format!("the scopes {}", listed(&codes(set), "and")),
    };
    match sets {
        [] => String::new(),
        [set] => set_words(set),
        sets if sets.iter().all(|set| set.len() == 1) => {
            format!("one of the scopes {}", listed(&codes(&sets.concat()), "or"))
        }
        sets => {
            let sets: Vec<String> = sets.iter().map(set_words).collect();
            sets.join(", or ")
        }
    }
}

/// What a caller must be allowed to do, a line for each kind of right; none where a credential is enough.
pub(super) fn rights(plan: &Plan, operation: &Operation) -> Vec<String> {
    let scopes = scope_words(&operation.access.scopes);
    let scopes = (!scopes.is_empty()).then(|| format!("The token needs {scopes}."));
    let levels = level_names(operation);
    let heading = plan.levels.as_deref().filter(|_| !levels.is_empty());
    let levels = heading.map(|heading| format!("{}: {levels}.", to_line(heading)));
    scopes.into_iter().chain(levels).collect()
}

/// The levels of users that an operation names.
pub(super) fn level_names(operation: &Operation) -> String {
    let levels = operation.access.levels.iter();
    let levels: Vec<String> = levels.map(|level| code(level)).collect();
    levels.join(", ")
}

/// Words in a row, with this one before the last.
fn listed(words: &[String], before_last: &str) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} {before_last} {last}", rest.join(", "))
        }
        _ => words.concat(),
    }
}

/// How a caller gives what some alternatives need beside the client's own; empty where there are none.
pub(super) fn ways_to_give(alternatives: &[Vec<&SchemePlan>]) -> Vec<String> {
    let mut ways = Vec::new();
    for scheme in alternatives.iter().flatten() {
        if scheme.auth.is_none() {
            continue;
        }
        let env: Vec<String> = scheme.env.iter().map(|name| code(name)).collect();
        let way = format!(
            "{}: by `ClientBuilder::credential`, or in the environment as {}",
            code(&scheme.name),
            env.join(" and ")
        );
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}
