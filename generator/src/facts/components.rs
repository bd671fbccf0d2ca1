//! Components: everything that has a name to be referred to by, whether anything refers to it or not.

use super::{
    Callback, Example, Extensions, Header, Link, Parameter, PathItem, RequestBody, Response,
    SchemaUse, SecurityScheme, Use,
};
use indexmap::IndexMap;

/// `components`, each section by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Components {
    /// `schemas`.
    pub schemas: IndexMap<String, SchemaUse>,
    /// `responses`.
    pub responses: IndexMap<String, Use<Response>>,
    /// `parameters`.
    pub parameters: IndexMap<String, Use<Parameter>>,
    /// `examples`.
    pub examples: IndexMap<String, Use<Example>>,
    /// `requestBodies`.
    pub request_bodies: IndexMap<String, Use<RequestBody>>,
    /// `headers`.
    pub headers: IndexMap<String, Use<Header>>,
    /// `securitySchemes`.
    pub security_schemes: IndexMap<String, Use<SecurityScheme>>,
    /// `links`.
    pub links: IndexMap<String, Use<Link>>,
    /// `callbacks`.
    pub callbacks: IndexMap<String, Use<Callback>>,
    /// `pathItems` (3.1).
    pub path_items: IndexMap<String, Use<PathItem>>,
    /// Its extensions.
    pub extensions: Extensions,
}

impl Components {
    /// The parameter itself; `None` when the reference leads nowhere.
    pub fn parameter<'f>(&'f self, item: &'f Use<Parameter>) -> Option<&'f Parameter> {
        find(&self.parameters, item)
    }

    /// The response itself; `None` when the reference leads nowhere.
    pub fn response<'f>(&'f self, item: &'f Use<Response>) -> Option<&'f Response> {
        find(&self.responses, item)
    }

    /// The request body itself; `None` when the reference leads nowhere.
    pub fn request_body<'f>(&'f self, item: &'f Use<RequestBody>) -> Option<&'f RequestBody> {
        find(&self.request_bodies, item)
    }

    /// The header itself; `None` when the reference leads nowhere.
    pub fn header<'f>(&'f self, item: &'f Use<Header>) -> Option<&'f Header> {
        find(&self.headers, item)
    }

    /// The example itself; `None` when the reference leads nowhere.
    pub fn example<'f>(&'f self, item: &'f Use<Example>) -> Option<&'f Example> {
        find(&self.examples, item)
    }

    /// The security scheme itself; `None` when the reference leads nowhere.
    pub fn security_scheme<'f>(
        &'f self,
        item: &'f Use<SecurityScheme>,
    ) -> Option<&'f SecurityScheme> {
        find(&self.security_schemes, item)
    }

    /// The link itself; `None` when the reference leads nowhere.
    pub fn link<'f>(&'f self, item: &'f Use<Link>) -> Option<&'f Link> {
        find(&self.links, item)
    }

    /// The callback itself; `None` when the reference leads nowhere.
    pub fn callback<'f>(&'f self, item: &'f Use<Callback>) -> Option<&'f Callback> {
        find(&self.callbacks, item)
    }

    /// The path item itself; `None` when the reference leads nowhere.
    pub fn path_item<'f>(&'f self, item: &'f Use<PathItem>) -> Option<&'f PathItem> {
        find(&self.path_items, item)
    }
}

/// A thing where it stands. A reference names the component at the end of its way, so one look is enough.
fn find<'f, T>(section: &'f IndexMap<String, Use<T>>, item: &'f Use<T>) -> Option<&'f T> {
    match item {
        Use::Inline(item) => Some(item),
        Use::Reference(reference) => section.get(reference.component.as_ref()?)?.as_inline(),
    }
}
