//! The credentials of operations that name their security schemes: what a test's client is given for each, and where the server must
//! then see it.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

use super::client::{API_KEY, BASIC_HEADER, TOKEN};
use crate::scheme::{Credential, Scheme};
use crate::service::{ApiKeyLocation, Auth, Service};

/// A credential as a server sees it.
pub(super) struct Seen {
    pub(super) location: ApiKeyLocation,
    /// The header, parameter or cookie.
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// What a test gives for a scheme; `place` is its place among those that are sent together, so that
/// none is taken for another. Nothing for the client's own.
pub(super) fn credential(scheme: &Scheme, place: usize) -> Option<Credential> {
    Some(match scheme.auth? {
        Auth::Basic => Credential::basic(user(place), password(place)),
        Auth::ApiKey { .. } => Credential::api_key(key(place)),
        Auth::Http { .. } => Credential::http(token(place)),
        Auth::None | Auth::Bearer | Auth::ClientCredentials { .. } => {
            Credential::bearer(token(place))
        }
    })
}

/// What the server must see of schemes that are sent together.
pub(super) fn seen(service: &Service, schemes: &[Scheme]) -> Vec<Seen> {
    let mut seen = Vec::new();
    for (place, scheme) in schemes.iter().enumerate() {
        let own = scheme.auth.is_none();
        let (location, name, value) = match scheme.auth.unwrap_or(service.auth) {
            Auth::None => continue,
            Auth::ApiKey { location, name } => {
                let value = if own { API_KEY.to_owned() } else { key(place) };
                (location, name, value)
            }
            Auth::Http { scheme } => {
                let token = if own { TOKEN.to_owned() } else { token(place) };
                authorization(format!("{scheme} {token}"))
            }
            Auth::Basic if own => authorization(BASIC_HEADER.to_owned()),
            Auth::Basic => {
                let pair = STANDARD.encode(format!("{}:{}", user(place), password(place)));
                authorization(format!("Basic {pair}"))
            }
            Auth::Bearer | Auth::ClientCredentials { .. } => {
                let token = if own { TOKEN.to_owned() } else { token(place) };
                authorization(format!("Bearer {token}"))
            }
        };
        seen.push(Seen {
            location,
            name,
            value,
        });
    }
    seen
}

fn authorization(value: String) -> (ApiKeyLocation, &'static str, String) {
    (ApiKeyLocation::Header, "authorization", value)
}

fn key(place: usize) -> String {
    format!("{API_KEY}-{place}")
}

fn token(place: usize) -> String {
    format!("{TOKEN}-{place}")
}

fn user(place: usize) -> String {
    format!("test-user-{place}")
}

fn password(place: usize) -> String {
    format!("test-password-{place}")
}
