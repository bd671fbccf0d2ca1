//! What is read of the JSON that `sdk-generator plan` prints.

use serde::Deserialize;

/// A crate as it is planned.
#[derive(Debug, Deserialize)]
pub(super) struct Plan {
    /// The crate itself.
    #[serde(rename = "crate")]
    pub(super) package: Package,
    /// Its server.
    pub(super) server: Server,
    /// How its client signs in.
    pub(super) auth: Auth,
    /// Its operations.
    pub(super) operations: Vec<Operation>,
    /// Its types.
    pub(super) types: Vec<Type>,
}

/// The crate itself.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    /// Its name to Cargo.
    pub(super) package: String,
    /// Its name in Rust.
    pub(super) library: String,
    /// Its features.
    pub(super) features: Vec<Feature>,
}

/// A Cargo feature.
#[derive(Debug, Deserialize)]
pub(super) struct Feature {
    /// Its name.
    pub(super) name: String,
}

/// The server of the document.
#[derive(Debug, Deserialize)]
pub(super) struct Server {
    /// The URL up to its path, which may have variables.
    pub(super) origin: String,
    /// The rest.
    pub(super) path: String,
}

/// How the client signs in.
#[derive(Debug, Deserialize)]
pub(super) struct Auth {
    /// `bearer`, `api_key`, ….
    pub(super) kind: String,
    /// The name of the key.
    pub(super) name: Option<String>,
}

/// An operation.
#[derive(Debug, Deserialize)]
pub(super) struct Operation {
    /// The method, in capitals.
    pub(super) method: String,
    /// The path template.
    pub(super) path: String,
    /// `Client::group().method`.
    pub(super) call: String,
    /// Its parameters.
    pub(super) arguments: Vec<Argument>,
    /// Its body.
    pub(super) body: Option<Body>,
    /// What it gives.
    pub(super) answer: Answer,
    /// The security schemes that it names.
    pub(super) security: Vec<Requirement>,
}

/// A security scheme that an operation names.
#[derive(Debug, Deserialize)]
pub(super) struct Requirement {}

/// A parameter.
#[derive(Debug, Deserialize)]
pub(super) struct Argument {
    /// The argument's name, or the setter's.
    pub(super) name: String,
    /// The name on the wire.
    pub(super) wire: String,
    /// `path`, `query`, `header` or `cookie`.
    #[serde(rename = "in")]
    pub(super) location: String,
    /// The type of the value that a caller has in hand.
    pub(super) value_type: String,
    /// Whether the method takes a reference to it.
    pub(super) by_reference: bool,
    /// OpenAPI's style.
    pub(super) style: String,
    /// OpenAPI's `explode`.
    pub(super) explode: bool,
    /// Whether it is an argument; else a setter.
    pub(super) required: bool,
}

/// A request body.
#[derive(Debug, Deserialize)]
pub(super) struct Body {
    /// The argument's name, or the setter's.
    pub(super) name: String,
    /// The type of the value that a caller has in hand.
    pub(super) value_type: String,
    /// Whether the method takes a reference to it.
    pub(super) by_reference: bool,
    /// Whether it is an argument; else a setter.
    pub(super) required: bool,
    /// The media type that is sent.
    pub(super) media_type: String,
    /// `json`, `form`, `multipart`, `text` or `bytes`.
    pub(super) encoding: String,
    /// What the document says of the parts of a multipart body.
    pub(super) members: Vec<Member>,
}

/// A part of a multipart body.
#[derive(Debug, Deserialize)]
pub(super) struct Member {
    /// Its name.
    pub(super) wire: String,
    /// Its media type, where the document tells it.
    pub(super) media_type: Option<String>,
}

/// What comes back.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    /// The type.
    #[serde(rename = "type")]
    pub(super) ty: String,
    /// The responses that it stands for.
    pub(super) responses: Vec<Response>,
    /// The struct of its headers.
    #[serde(default)]
    pub(super) headers: Option<Headers>,
}

/// The struct of an answer's headers.
#[derive(Debug, Deserialize)]
pub(super) struct Headers {
    /// Where it stands in the crate.
    pub(super) rust_path: String,
    /// Its fields.
    pub(super) fields: Vec<Header>,
}

/// A header, and the field that holds it.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    /// The name on the wire.
    pub(super) wire: String,
    /// The name in Rust.
    pub(super) ident: String,
}

/// A declared response.
#[derive(Debug, Deserialize)]
pub(super) struct Response {
    /// The media type that it is read as.
    pub(super) media_type: Option<String>,
    /// The others that the document has.
    pub(super) other_media_types: Vec<String>,
}

/// A type of the crate.
#[derive(Debug, Deserialize)]
pub(super) struct Type {
    /// Its path, such as `models::Pet`.
    pub(super) rust_path: String,
    /// `struct`, `enum`, `union` or `alias`.
    pub(super) kind: String,
    /// The fields of a struct.
    pub(super) fields: Vec<Field>,
    /// What an alias stands for.
    pub(super) target: Option<String>,
    /// Where its schema stands in the document.
    pub(super) pointer: String,
}

/// A field.
#[derive(Debug, Deserialize)]
pub(super) struct Field {
    /// The name on the wire.
    pub(super) wire: String,
    /// The name in Rust.
    pub(super) ident: String,
    /// The type.
    #[serde(rename = "type")]
    pub(super) ty: String,
}

/// What the values of a type look like where they are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One text.
    Scalar,
    /// Items.
    List,
    /// Members.
    Object,
}

impl Plan {
    /// What values of a type look like.
    pub(super) fn kind(&self, ty: &str) -> Kind {
        let ty = ty.strip_prefix('&').unwrap_or(ty);
        if ty.starts_with("Vec<") || ty.starts_with('[') {
            return Kind::List;
        }
        if ty.starts_with("BTreeMap<") || ty.starts_with("std::collections::BTreeMap<") {
            return Kind::Object;
        }
        match self.of_type(ty) {
            Some(Type {
                target: Some(target),
                ..
            }) if target != ty => self.kind(target),
            Some(Type { kind, .. }) if kind == "struct" => Kind::Object,
            _ => Kind::Scalar,
        }
    }

    /// The model of a name, with or without `models::` before it.
    pub(super) fn of_type(&self, name: &str) -> Option<&Type> {
        let bare = |path: &str| path.rsplit("::").next().map(str::to_owned);
        self.types
            .iter()
            .find(|ty| bare(&ty.rust_path) == bare(name))
    }
}
