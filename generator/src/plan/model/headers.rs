//! The headers that answers declare, and the struct that holds them.

use super::{Header, Operation, RustIdent};

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

/// A struct of the headers that answers of success declare.
#[derive(Debug)]
pub struct AnswerHeaders {
    /// Its name.
    pub ident: RustIdent,
    /// Its fields: the name of each, and that of its header.
    pub fields: Vec<(RustIdent, String)>,
}

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
