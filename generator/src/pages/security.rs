//! What an operation needs to be signed with, in words and as constants of the emitted crate: takes the schemes that operations name.

use super::rust::own_docs;
use crate::plan::model::ApiKeyLocation;
use crate::plan::{Auth, Plan, SchemePlan};
use crate::prose::code;
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
    let asked: Vec<String> = asked.map(|schemes| together(schemes)).collect();
    let is_optional = asked.len() < alternatives.len();
    let schemes = alternatives.iter().flatten();
    let mut sentence = match (asked.is_empty(), is_optional) {
        (true, _) => return None,
        (false, false) => format!("Needs {}", asked.join(", or ")),
        (false, true) => format!("Sends {} where the client has it", asked.join(", or ")),
    };
    let by_name = schemes.filter(|scheme| scheme.auth.is_some()).count();
    sentence.push_str(match by_name {
        0 => ".",
        _ => "; `ClientBuilder::credential` takes what the client does not sign in with itself.",
    });
    Some(sentence)
}

/// Schemes that are sent together, in words; what is sent of none.
pub(super) fn together(schemes: &[&SchemePlan]) -> String {
    let names: Vec<String> = schemes.iter().map(|scheme| code(&scheme.name)).collect();
    match names.split_last() {
        None => "nothing".to_owned(),
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some(_) => names.concat(),
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
