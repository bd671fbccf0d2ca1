//! What each operation is called with: takes what the operations ask for, gives their credentials and the schemes that the emitted
//! crate has a constant for.
//!
//! A client signs in one way, and most operations ask for that. Those that ask for another scheme, or for several at once, name
//! what they ask for, and the runtime sends it: the first alternative for which the client was given everything. So do those that
//! can do without. What no request can carry is told.

use super::Plan;
use super::call::{Argument, Call};
use super::client::{Auth, auth_of};
use super::model::{
    Api, ApiKeyLocation, Credentials, Operation, RustIdent, SchemeId, SecurityAlternative,
    SecurityKind, SecurityScheme,
};
use super::names;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use crate::target::Target;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;

/// A security scheme that some operation names itself.
#[derive(Clone, Debug)]
pub struct SchemePlan {
    /// Its name in the document.
    pub name: String,
    /// Its constant.
    pub ident: RustIdent,
    /// How it proves who calls; `None` for the scheme that the client itself signs in with.
    pub auth: Option<Auth>,
    /// The environment variables that hold its credential: one, or a user name's and a password's.
    pub env: Vec<String>,
}

/// Fills in [`Operation::credentials`] and gives the schemes that operations name. `taken` are the environment variables that
/// the client reads already.
pub(super) fn decide(
    api: &mut Api,
    client: Option<&SecurityScheme>,
    target: &Target,
    prefix: &str,
    taken: &[&str],
    diagnostics: &mut Diagnostics,
) -> Vec<SchemePlan> {
    let schemes = &api.security_schemes;
    let mut planning = Planning {
        schemes,
        client: client.map(|scheme| scheme.name.as_str()),
        basic: only_basic(schemes),
        diagnostics,
        told: HashSet::new(),
    };
    let mut named = IndexSet::new();
    let credentials = api.operations.iter().map(|operation| {
        let usable = planning.usable(operation);
        planning.choose(operation, usable, &mut named)
    });
    let credentials: Vec<Credentials> = credentials.collect();
    let plans = plans(schemes, client, &named, target, prefix, taken);
    for (operation, chosen) in api.operations.iter_mut().zip(credentials) {
        operation.credentials = chosen;
    }
    plans
}

/// The HTTP Basic scheme, where the document has just one: the client's user name and password are then meant for it.
fn only_basic(schemes: &IndexMap<String, SecurityScheme>) -> Option<&str> {
    let mut basic = schemes
        .values()
        .filter(|scheme| scheme.kind == SecurityKind::Basic);
    let only = basic.next()?;
    basic.next().is_none().then_some(only.name.as_str())
}

struct Planning<'a> {
    schemes: &'a IndexMap<String, SecurityScheme>,
    /// The scheme that the client signs in with.
    client: Option<&'a str>,
    /// The document's only HTTP Basic scheme.
    basic: Option<&'a str>,
    diagnostics: &'a mut Diagnostics,
    /// What was told, since the document's own list stands for many operations.
    told: HashSet<JsonPointer>,
}

impl<'a> Planning<'a> {
    /// The alternatives that a request can carry, without those that ask for no more than nothing.
    fn usable(&mut self, operation: &Operation) -> Vec<Vec<&'a str>> {
        let alternatives = operation.security_alternatives.iter();
        let asking = alternatives.filter(|alternative| !alternative.requirements.is_empty());
        let mut usable = IndexSet::new();
        for alternative in asking {
            usable.extend(self.sent(operation, alternative));
        }
        // What needs a certificate alone says nothing of a request, so any other alternative says more.
        if usable.iter().any(|schemes| !schemes.is_empty()) {
            usable.retain(|schemes| !schemes.is_empty());
        }
        let mut kept: Vec<Vec<&str>> = Vec::new();
        for schemes in usable {
            // Whoever has this one has the other, which comes first.
            let is_more = |earlier: &Vec<&str>| earlier.iter().all(|name| schemes.contains(name));
            if !kept.iter().any(is_more) {
                kept.push(schemes);
            }
        }
        let alternatives = kept.clone();
        // The client's own value satisfies an alternative of the same form, where the operation takes either.
        kept.retain(|schemes| {
            let own = self.with_own(schemes);
            own == *schemes || !alternatives.contains(&own)
        });
        kept
    }

    /// The schemes with the client's own in place of each that is written alike.
    fn with_own(&self, schemes: &[&'a str]) -> Vec<&'a str> {
        let kind = |name: &str| self.schemes.get(name).map(|scheme| &scheme.kind);
        let is_own_form = |name: &str, own: &str| match (kind(name), kind(own)) {
            (Some(kind), Some(own)) => is_one_place(kind, own) && is_one_form(kind, own),
            _ => false,
        };
        let schemes = schemes.iter().map(|name| match self.client {
            Some(own) if is_own_form(name, own) => own,
            _ => name,
        });
        schemes.collect()
    }

    /// The schemes of an alternative that a request carries; `None` when it cannot carry all of them.
    fn sent(
        &mut self,
        operation: &Operation,
        alternative: &SecurityAlternative,
    ) -> Option<Vec<&'a str>> {
        let mut sent: Vec<&'a SecurityScheme> = Vec::new();
        for requirement in &alternative.requirements {
            let pointer = alternative.pointer.child(&requirement.scheme);
            let Some(scheme) = self.schemes.get(&requirement.scheme) else {
                self.tell(operation, undeclared(&requirement.scheme, pointer));
                return None;
            };
            if scheme.kind == SecurityKind::MutualTls {
                self.tell(operation, not_sent(&scheme.name, pointer));
                continue;
            }
            let other = sent
                .iter_mut()
                .find(|other| is_one_place(&other.kind, &scheme.kind));
            match other {
                None => sent.push(scheme),
                // There is room for one value, which has to satisfy both; the client's own is one that does.
                Some(other) if is_one_form(&other.kind, &scheme.kind) => {
                    if self.client == Some(scheme.name.as_str()) {
                        *other = scheme;
                    }
                }
                Some(other) => {
                    let diagnostic = in_one_place(&other.name, &scheme.name, pointer);
                    self.tell(operation, diagnostic);
                    return None;
                }
            }
        }
        Some(sent.iter().map(|scheme| scheme.name.as_str()).collect())
    }

    fn choose(
        &self,
        operation: &Operation,
        usable: Vec<Vec<&'a str>>,
        named: &mut IndexSet<&'a str>,
    ) -> Credentials {
        let Some(client) = self.client else {
            return Credentials::Client;
        };
        if operation.requirements().next().is_none() || usable.iter().any(Vec::is_empty) {
            return Credentials::Anonymous;
        }
        let is_optional = does_without(operation);
        if !is_optional {
            // Where nothing that was asked for can be sent, the client's own is the best guess, and what is wrong was told.
            if usable.is_empty() || usable.iter().all(|schemes| schemes.as_slice() == [client]) {
                return Credentials::Client;
            }
            if let Some(basic) = self.basic
                && usable.iter().all(|schemes| schemes.as_slice() == [basic])
            {
                return Credentials::Basic;
            }
        }
        let mut id = |name| SchemeId(named.insert_full(name).0);
        let alternatives = usable.into_iter();
        let mut ids: Vec<Vec<SchemeId>> = alternatives
            .map(|schemes| schemes.into_iter().map(&mut id).collect())
            .collect();
        match (is_optional, ids.is_empty()) {
            (true, true) => Credentials::Anonymous,
            // Wherever it stands in the document: whoever has credentials gets more for them.
            (true, false) => {
                ids.push(Vec::new());
                Credentials::Schemes(ids)
            }
            (false, _) => Credentials::Schemes(ids),
        }
    }

    /// Tells something once for each place, with the operation where the place is its own.
    fn tell(&mut self, operation: &Operation, mut diagnostic: Diagnostic) {
        if !self.told.insert(diagnostic.pointer.clone()) {
            return;
        }
        if diagnostic.pointer.starts_with(&operation.pointer) {
            diagnostic.operation = Some(operation.label());
        }
        self.diagnostics.push(diagnostic);
    }
}

/// Whether one of an operation's alternatives is to send nothing.
fn does_without(operation: &Operation) -> bool {
    let mut alternatives = operation.security_alternatives.iter();
    alternatives.any(|alternative| alternative.requirements.is_empty())
}

/// Whether no operation needs what the client signs in with: each does without it, or takes another scheme in its place.
pub(super) fn are_optional(api: &Api, schemes: &[SchemePlan]) -> bool {
    let is_own = |id: &SchemeId| {
        schemes
            .get(id.0)
            .is_some_and(|scheme| scheme.auth.is_none())
    };
    let needs_own = |operation: &Operation| match &operation.credentials {
        Credentials::Client | Credentials::Basic => true,
        Credentials::Anonymous => false,
        Credentials::Schemes(alternatives) => {
            let mut alternatives = alternatives.iter();
            alternatives.all(|schemes| schemes.iter().any(is_own))
        }
    };
    !api.operations.iter().any(needs_own)
}

fn undeclared(name: &str, pointer: JsonPointer) -> Diagnostic {
    Diagnostic::warning(
        Code::SecuritySchemeUndeclared,
        pointer,
        format!("The security scheme `{name}` is not declared, so it cannot be sent."),
    )
    .help("Declare it under `components.securitySchemes`, or name one that is declared.")
}

fn not_sent(name: &str, pointer: JsonPointer) -> Diagnostic {
    Diagnostic::warning(
        Code::SecuritySchemeNotSent,
        pointer,
        format!("The security scheme `{name}` is mutual TLS, which no request carries."),
    )
    .help("Give the client an HTTP client with a certificate: `ClientBuilder::http_client`.")
}

fn in_one_place(one: &str, other: &str, pointer: JsonPointer) -> Diagnostic {
    Diagnostic::warning(
        Code::SecuritySchemesInOnePlace,
        pointer,
        format!(
            "The security schemes `{one}` and `{other}` are asked for at once, and a request has room for one of them."
        ),
    )
    .help("If one of them is enough, list them as alternatives.")
}

/// Where a scheme's credential goes. Names of headers are alike in any case.
fn place(kind: &SecurityKind) -> (ApiKeyLocation, String) {
    match kind {
        SecurityKind::ApiKey {
            location: ApiKeyLocation::Header,
            name,
        } => (ApiKeyLocation::Header, name.to_ascii_lowercase()),
        SecurityKind::ApiKey { location, name } => (*location, name.clone()),
        SecurityKind::ClientCredentials { .. }
        | SecurityKind::Bearer
        | SecurityKind::Basic
        | SecurityKind::Http { .. }
        | SecurityKind::MutualTls => (ApiKeyLocation::Header, "authorization".to_owned()),
    }
}

fn is_one_place(one: &SecurityKind, other: &SecurityKind) -> bool {
    place(one) == place(other)
}

/// Whether the credentials of two schemes are written alike.
fn is_one_form(one: &SecurityKind, other: &SecurityKind) -> bool {
    let form = |kind: &SecurityKind| match kind {
        SecurityKind::ClientCredentials { .. } | SecurityKind::Bearer => (0, String::new()),
        SecurityKind::Basic => (1, String::new()),
        SecurityKind::ApiKey { .. } | SecurityKind::MutualTls => (2, String::new()),
        SecurityKind::Http { scheme } => (3, scheme.to_ascii_lowercase()),
    };
    form(one) == form(other)
}

/// The schemes that operations name, each with its constant and its environment variables.
fn plans(
    schemes: &IndexMap<String, SecurityScheme>,
    client: Option<&SecurityScheme>,
    named: &IndexSet<&str>,
    target: &Target,
    prefix: &str,
    taken: &[&str],
) -> Vec<SchemePlan> {
    let names: Vec<&str> = named.iter().copied().collect();
    let idents = names::name_schemes(&names, target);
    let mut taken: HashSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let plans = names.iter().zip(idents).map(|(name, ident)| {
        let scheme = schemes.get(*name);
        let other = scheme.filter(|scheme| client.is_none_or(|client| client.name != scheme.name));
        let suffixes: &[&str] = match other.map(|scheme| &scheme.kind) {
            None => &[],
            Some(SecurityKind::Basic) => &["_USERNAME", "_PASSWORD"],
            Some(_) => &[""],
        };
        let env = match suffixes {
            [] => Vec::new(),
            suffixes => variables(&format!("{prefix}_{}", ascii(&ident)), suffixes, &mut taken),
        };
        SchemePlan {
            name: (*name).to_owned(),
            auth: other.map(|scheme| auth_of(&scheme.kind)),
            env,
            ident,
        }
    });
    plans.collect()
}

/// What of a constant's name can stand in an environment variable's.
fn ascii(ident: &RustIdent) -> String {
    let word = ident.word().chars();
    let word: String = word
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    let word = word.trim_matches('_');
    match word.is_empty() {
        true => "SCHEME".to_owned(),
        false => word.to_owned(),
    }
}

/// Environment variables of this name with each suffix, with a number where one of them is taken.
fn variables(name: &str, suffixes: &[&str], taken: &mut HashSet<String>) -> Vec<String> {
    let with = |name: &str| -> Vec<String> {
        let names = suffixes.iter().map(|suffix| format!("{name}{suffix}"));
        names.collect()
    };
    let mut variables = with(name);
    let mut number = 2;
    while variables.iter().any(|variable| taken.contains(variable)) {
        variables = with(&format!("{name}_{number}"));
        number += 1;
    }
    taken.extend(variables.iter().cloned());
    variables
}

impl Plan {
    /// What the runtime is told of an operation's credentials; nothing when they are the client's.
    pub fn credentials_call(&self, operation: &Operation) -> Option<Call> {
        match &operation.credentials {
            Credentials::Client => None,
            Credentials::Basic => Some(Call::new("basic_auth", [])),
            Credentials::Anonymous => Some(Call::new("anonymous", [])),
            Credentials::Schemes(_) => {
                let alternatives = self.alternatives(operation).into_iter();
                let idents = |schemes: Vec<&SchemePlan>| {
                    let idents = schemes.iter().map(|scheme| scheme.ident.clone());
                    idents.collect()
                };
                let argument = Argument::Schemes(alternatives.map(idents).collect());
                Some(Call::new("signed_with", [argument]))
            }
        }
    }

    /// The alternatives of an operation that names its schemes; none of any other.
    pub fn alternatives(&self, operation: &Operation) -> Vec<Vec<&SchemePlan>> {
        let Credentials::Schemes(alternatives) = &operation.credentials else {
            return Vec::new();
        };
        let schemes = |ids: &Vec<SchemeId>| {
            let schemes = ids.iter().filter_map(|id| self.client.scheme(*id));
            schemes.collect()
        };
        alternatives.iter().map(schemes).collect()
    }
}

#[cfg(test)]
mod tests;
