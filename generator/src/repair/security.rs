//! Takes a security scheme, gives one of the four types of OpenAPI 3.0 with the members that its type needs (4.7.28).

use super::site::RepairSite;
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

fn is_text(object: &Object, key: &str) -> bool {
    object.get(key).is_some_and(Value::is_string)
}

/// A type in another notation, as Swagger 2.0 had `basic`; the type of a scheme that has none follows from its members. Types that 3.0 does not have are
/// read as `http` schemes of that name, so that operations can still name them.
pub(super) fn scheme_type(scheme: &mut Object, site: &mut RepairSite<'_, '_>) {
    if scheme.contains_key("$ref") {
        return;
    }
    let said = scheme
        .get("type")
        .and_then(Value::as_str)
        .map(str::to_owned);
    if matches!(
        said.as_deref(),
        Some("apiKey" | "http" | "oauth2" | "openIdConnect")
    ) {
        return;
    }
    let letters: String = said
        .as_deref()
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let (ty, http) = match letters.as_str() {
        "apikey" => ("apiKey", None),
        "http" => ("http", None),
        "oauth2" | "oauth" => ("oauth2", None),
        "openidconnect" | "openid" | "oidc" => ("openIdConnect", None),
        "basic" | "bearer" | "digest" => ("http", Some(letters.as_str())),
        "" if scheme.contains_key("flows") || scheme.contains_key("flow") => ("oauth2", None),
        "" if scheme.contains_key("openIdConnectUrl") => ("openIdConnect", None),
        "" if is_text(scheme, "scheme") => ("http", None),
        "" if is_text(scheme, "in") || is_text(scheme, "name") => ("apiKey", None),
        "" => ("http", Some("bearer")),
        other => ("http", Some(other)),
    };
    let http = http.map(str::to_owned);
    let shown = said.as_deref().unwrap_or("nothing");
    // OpenAPI 3.1 has this one, and what is lowered says so.
    if !(site.document.is_31 && shown == "mutualTLS") {
        site.warn_at(
            "type",
            format!("The security scheme's type is given as {shown}; it is read as `{ty}`."),
        );
    }
    site.replace(scheme, "type", Value::from(ty));
    if let Some(http) = http
        && !is_text(scheme, "scheme")
    {
        scheme.insert("scheme".to_owned(), Value::String(http));
    }
}

/// A key without its name or place, an `http` scheme without its name, OpenID Connect without its address.
pub(super) fn scheme_incomplete(scheme: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(ty) = scheme
        .get("type")
        .and_then(Value::as_str)
        .map(str::to_owned)
    else {
        return;
    };
    match ty.as_str() {
        "apiKey" => {
            let place = scheme
                .get("in")
                .and_then(Value::as_str)
                .map(|place| place.trim().to_ascii_lowercase());
            let has_name = is_text(scheme, "name");
            match place.as_deref() {
                Some(place @ ("query" | "header" | "cookie")) => {
                    scheme.insert("in".to_owned(), Value::from(place));
                }
                _ => {
                    site.warn("The API key does not say where it is sent; it is read as a header.");
                    scheme.insert("in".to_owned(), Value::from("header"));
                }
            }
            if !has_name {
                site.warn("The API key has no name; it is read as `Authorization`.");
                scheme.insert("name".to_owned(), Value::from("Authorization"));
            }
        }
        "http" if !is_text(scheme, "scheme") => {
            site.warn("The HTTP security scheme has no `scheme`; it is read as `bearer`.");
            scheme.insert("scheme".to_owned(), Value::from("bearer"));
        }
        "openIdConnect" if !is_text(scheme, "openIdConnectUrl") => {
            site.warn("The OpenID Connect security scheme has no `openIdConnectUrl`; an empty one is used.");
            scheme.insert("openIdConnectUrl".to_owned(), Value::from(""));
        }
        _ => {}
    }
}

/// OAuth 2.0 without flows, or with the one flow beside the type, as in Swagger 2.0.
pub(super) fn flows_missing(scheme: &mut Object, site: &mut RepairSite<'_, '_>) {
    if scheme.get("type").and_then(Value::as_str) != Some("oauth2")
        || scheme.get("flows").is_some_and(Value::is_object)
    {
        return;
    }
    let flow = match scheme.get("flow").and_then(Value::as_str) {
        Some("application" | "clientCredentials") => Some("clientCredentials"),
        Some("accessCode" | "authorizationCode") => Some("authorizationCode"),
        Some("implicit") => Some("implicit"),
        Some("password") => Some("password"),
        _ => None,
    };
    let flows = match flow {
        Some(name) => {
            site.note_at(
                "flow",
                "`flow` is from Swagger 2.0; it is read as the only entry of `flows`.",
            );
            let mut flow = Map::new();
            for key in ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"] {
                if let Some(value) = scheme.remove(key) {
                    flow.insert(key.to_owned(), value);
                }
            }
            json!({ name: flow })
        }
        None => {
            site.warn("The OAuth 2.0 security scheme has no flows.");
            json!({})
        }
    };
    scheme.insert("flows".to_owned(), flows);
}

/// Flows without the addresses or the scopes that they need.
pub(super) fn flow_incomplete(flows: &mut Object, site: &mut RepairSite<'_, '_>) {
    const NEEDED: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (name, needed) in NEEDED {
        let Some(Value::Object(flow)) = flows.get_mut(name) else {
            continue;
        };
        for key in needed {
            if !is_text(flow, key) {
                site.note_at(name, format!("The OAuth 2.0 flow has no `{key}`."));
                flow.insert((*key).to_owned(), Value::from(""));
            }
        }
        if !flow
            .get("scopes")
            .is_some_and(|scopes| scopes.is_object() || scopes.is_array())
        {
            flow.insert("scopes".to_owned(), json!({}));
        }
    }
}
