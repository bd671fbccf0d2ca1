//! What security schemes and the alternatives of an operation say.

use super::{Describer, SchemeNames, values};
use crate::compare::What;
use crate::compare::fingerprint::{self, Fingerprints};
use crate::compare::item::{Body, Item, Part, Section};
use crate::facts::{
    ApiKeyLocation, Document, Flow, Flows, SchemeKind, SecurityAlternative, SecurityScheme, Use,
};

impl<'d> Describer<'d> {
    /// The name of a scheme in the old document.
    fn scheme_name<'n>(&self, name: &'n str) -> &'n str
    where
        'd: 'n,
    {
        let names = self.scheme_names.and_then(|names| names.get(name));
        names.copied().unwrap_or(name)
    }

    /// One way to be let in. It is paired by all that it says, then by its schemes.
    pub(super) fn security_alternative(&self, alternative: &'d SecurityAlternative) -> Part<'d> {
        let mut item = Item::new(&alternative.pointer);
        let (mut said, mut schemes) = (Vec::new(), Vec::new());
        for requirement in &alternative.schemes {
            let name = self.scheme_name(&requirement.scheme);
            item.set(name, values(&requirement.scopes));
            let body = match self
                .document
                .components
                .security_schemes
                .get(&requirement.scheme)
            {
                Some(Use::Inline(_)) => {
                    Body::Component(Section::SecuritySchemes, &requirement.scheme)
                }
                Some(Use::Reference(reference)) => match &reference.component {
                    Some(target) => Body::Component(Section::SecuritySchemes, target),
                    None => Body::Lost(&reference.text),
                },
                None => Body::Lost(&requirement.scheme),
            };
            item.part(
                Part::named(
                    What::SecurityScheme,
                    "schemes",
                    &requirement.scheme,
                    &alternative.pointer,
                    body,
                )
                .keyed(vec![name.to_owned()]),
            );
            let mut scopes: Vec<&str> = requirement.scopes.iter().map(String::as_str).collect();
            scopes.sort_unstable();
            schemes.push(name.to_owned());
            said.push(if scopes.is_empty() {
                name.to_owned()
            } else {
                format!("{name} ({})", scopes.join(", "))
            });
        }
        said.sort_unstable();
        schemes.sort_unstable();
        let name = match schemes.is_empty() {
            true => "none".to_owned(),
            false => schemes.join(" and "),
        };
        let said = said.join(" and ");
        Part::named(
            What::Security,
            "security",
            &name,
            &alternative.pointer,
            Body::Item(Box::new(item)),
        )
        .summed_up(said.clone())
        .keyed(vec![said, name])
    }

    pub(super) fn security_scheme(&self, scheme: &'d SecurityScheme) -> Item<'d> {
        let mut item = Item::new(&scheme.pointer);
        item.text("description", scheme.description.as_deref());
        item.extensions(&scheme.extensions);
        let kind = match &scheme.kind {
            SchemeKind::ApiKey { location, name } => {
                item.value("in", Some(key_location(*location)));
                item.value("name", Some(name.as_str()));
                "apiKey"
            }
            SchemeKind::Http {
                scheme,
                bearer_format,
            } => {
                item.value("scheme", Some(scheme.to_ascii_lowercase()));
                item.value("bearerFormat", bearer_format.as_deref());
                "http"
            }
            SchemeKind::MutualTls => "mutualTLS",
            SchemeKind::OAuth2 { flows } => {
                oauth2(&mut item, flows);
                "oauth2"
            }
            SchemeKind::OpenIdConnect { url } => {
                item.value("openIdConnectUrl", Some(url.as_str()));
                "openIdConnect"
            }
        };
        item.value("type", Some(kind));
        item
    }
}

fn oauth2<'d>(item: &mut Item<'d>, flows: &'d Flows) {
    item.extensions(&flows.extensions);
    for (name, flow) in [
        ("implicit", &flows.implicit),
        ("password", &flows.password),
        ("clientCredentials", &flows.client_credentials),
        ("authorizationCode", &flows.authorization_code),
    ] {
        if let Some(flow) = flow {
            let body = Body::Item(Box::new(describe_flow(flow)));
            item.part(Part::named(What::Flow, "flows", name, &flow.pointer, body));
        }
    }
}

fn describe_flow(flow: &Flow) -> Item<'_> {
    let mut item = Item::new(&flow.pointer);
    item.value("authorizationUrl", flow.authorization_url.as_deref());
    item.value("tokenUrl", flow.token_url.as_deref());
    item.value("refreshUrl", flow.refresh_url.as_deref());
    item.set("scopes", values(flow.scopes.keys()));
    for (scope, description) in &flow.scopes {
        item.text(["scopes", scope.as_str()], Some(description.as_str()));
    }
    item.extensions(&flow.extensions);
    item
}

fn key_location(location: ApiKeyLocation) -> &'static str {
    match location {
        ApiKeyLocation::Header => "header",
        ApiKeyLocation::Query => "query",
        ApiKeyLocation::Cookie => "cookie",
    }
}

/// The schemes of the new document that have another name in the old one: those that say the same, when neither document
/// knows the other's name.
pub(in crate::compare) fn scheme_names<'d>(
    old: &'d Document,
    new: &'d Document,
) -> SchemeNames<'d> {
    let mut names = SchemeNames::new();
    let before = only_here(old, new);
    for (name, print) in only_here(new, old) {
        let same = before
            .iter()
            .find(|(known, said)| *said == print && !names.values().any(|taken| taken == known));
        if let Some((known, _)) = same {
            names.insert(name, *known);
        }
    }
    names
}

/// The schemes whose names the other document does not know, each with what it says.
fn only_here<'d>(document: &'d Document, other: &Document) -> Vec<(&'d str, u64)> {
    let none = Fingerprints::new();
    let describer = Describer::new(document, document, &none, None);
    document
        .components
        .security_schemes
        .iter()
        .filter(|(name, _)| !other.components.security_schemes.contains_key(*name))
        .filter_map(|(name, scheme)| {
            let item = describer.security_scheme(scheme.as_inline()?);
            Some((name.as_str(), fingerprint::of_item(&item)))
        })
        .collect()
}
