//! The credentials of a request: takes what its operation asks for, says what is missing or unknown.

use super::api::{Loaded, Operation};
use super::call::Call;
use super::description::{Scheme, SchemeKind};
use super::tokens::Tokens;
use crate::service::{Auth, Service};

/// Why a request is not let in; `None` when it is.
pub(super) fn refusal(
    service: &Service,
    loaded: &Loaded,
    operation: &Operation,
    call: &Call,
    tokens: &Tokens,
) -> Option<String> {
    let mut missing = Vec::new();
    for alternative in &operation.security {
        let schemes = alternative
            .iter()
            .map(|name| (name, loaded.schemes.get(name)));
        let faults: Vec<String> = schemes
            .filter_map(|(name, scheme)| fault(service, name, scheme?, call, tokens))
            .collect();
        if faults.is_empty() {
            return None;
        }
        missing.push(faults.join(" and "));
    }
    missing.dedup();
    (!missing.is_empty()).then(|| format!("credentials: {}", missing.join("; or ")))
}

fn fault(
    service: &Service,
    name: &str,
    scheme: &Scheme,
    call: &Call,
    tokens: &Tokens,
) -> Option<String> {
    let wanted = &scheme.name;
    let is_missing = match scheme.kind {
        SchemeKind::None => false,
        SchemeKind::Header => call.header(wanted).is_none_or(str::is_empty),
        SchemeKind::Query => call.query(wanted).is_empty(),
        SchemeKind::Cookie => call.cookie(wanted).is_none(),
        SchemeKind::Http => authorization(call, wanted).is_none(),
        SchemeKind::Granted => {
            return granted(service, name, authorization(call, "Bearer"), tokens);
        }
    };
    is_missing.then(|| match scheme.kind {
        SchemeKind::Header => format!("the header `{wanted}` is missing (scheme `{name}`)"),
        SchemeKind::Query => format!("the query parameter `{wanted}` is missing (scheme `{name}`)"),
        SchemeKind::Cookie => format!("the cookie `{wanted}` is missing (scheme `{name}`)"),
        _ => format!("`Authorization: {wanted} …` is missing (scheme `{name}`)"),
    })
}

fn granted(service: &Service, name: &str, token: Option<&str>, tokens: &Tokens) -> Option<String> {
    let Some(token) = token else {
        return Some(format!(
            "`Authorization: Bearer …` is missing (scheme `{name}`)"
        ));
    };
    // Only the service's own endpoint is played; a token of another one is taken as it is.
    let is_played = matches!(service.auth, Auth::ClientCredentials { .. });
    let is_known = !is_played || tokens.is_valid(token);
    (!is_known).then(|| format!("the token was not granted here, or has expired (scheme `{name}`)"))
}

/// What follows the name of an HTTP scheme in `Authorization`.
pub(super) fn authorization<'c>(call: &'c Call, scheme: &str) -> Option<&'c str> {
    let (found, credential) = call.header("authorization")?.split_once(' ')?;
    let credential = credential.trim();
    (found.eq_ignore_ascii_case(scheme) && !credential.is_empty()).then_some(credential)
}
