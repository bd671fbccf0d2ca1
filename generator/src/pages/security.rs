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
    /// The header, parameter or cookie of a key.
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
        Some(Auth::ApiKey { .. }) => "A key",
        Some(Auth::Basic) => "A user name and a password",
        Some(Auth::None | Auth::Bearer | Auth::ClientCredentials { .. }) => "A token",
    };
    let env: Vec<String> = scheme.env.iter().map(|name| code(name)).collect();
    format!(
        "{what}, from `ClientBuilder::credential` or {}.",
        env.join(" and ")
    )
}

/// The schemes of some alternatives, as a list in words; `None` where there are none.
pub(super) fn needed(alternatives: &[Vec<&SchemePlan>]) -> Option<String> {
    let alternatives: Vec<String> = alternatives
        .iter()
        .map(|schemes| together(schemes))
        .collect();
    (!alternatives.is_empty()).then(|| alternatives.join(", or "))
}

/// Schemes that are sent together, in words.
pub(super) fn together(schemes: &[&SchemePlan]) -> String {
    let names: Vec<String> = schemes.iter().map(|scheme| code(&scheme.name)).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
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
