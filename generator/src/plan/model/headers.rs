//! The headers that answers declare, and the structs that hold them.

use super::{Api, Header, Operation, OperationId, RustIdent};
use crate::plan::rust::RustType;

/// Response headers that say how the message is framed or encoded, which HTTP sees to by itself.
const FRAMING_HEADERS: [&str; 5] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "transfer-encoding",
];

impl Header {
    /// Whether it says how the message is framed or encoded.
    pub fn is_framing(&self) -> bool {
        FRAMING_HEADERS.contains(&self.name.to_ascii_lowercase().as_str())
    }
}

/// A struct of headers that the answers of some operations declare.
#[derive(Debug)]
pub struct HeaderSet {
    /// Its name.
    pub ident: RustIdent,
    /// Its fields.
    pub fields: Vec<HeaderField>,
    /// The operations that answer with exactly these.
    pub operations: Vec<OperationId>,
}

/// A header as a field.
#[derive(Debug)]
pub struct HeaderField {
    /// Its name.
    pub ident: RustIdent,
    /// The header, as the first operation has it.
    pub name: String,
    /// Its type.
    pub ty: RustType,
    /// What it is for.
    pub description: Option<String>,
}

/// The place of a set in [`Api::header_sets`](super::Api::header_sets).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderSetId(pub usize);

impl Operation {
    /// The headers that answers of success declare, one after another.
    pub fn answer_headers(&self) -> impl Iterator<Item = &Header> {
        let headers = self
            .successes()
            .into_iter()
            .flat_map(|response| &response.headers);
        headers.filter(|header| !header.is_framing())
    }

    /// What answers of success declare of one header.
    pub fn headers_of(&self, name: &str) -> impl Iterator<Item = &Header> {
        let is_same = move |header: &&Header| header.name.eq_ignore_ascii_case(name);
        self.answer_headers().filter(is_same)
    }

    /// What a header of the answers is for.
    pub fn header_description(&self, name: &str) -> Option<&str> {
        self.headers_of(name)
            .find_map(|header| header.description.as_deref())
    }
}

impl Api {
    /// The struct of the headers that an operation answers with.
    pub fn header_set(&self, operation: &Operation) -> Option<&HeaderSet> {
        self.header_sets.get(operation.headers?.0)
    }
}
