//! What a caller has to do by hand: takes an operation and an exchange, gives what of it a method could do and does not.
//!
//! A scenario that is right only so counts as awkward.

use super::crates::Crate;
use super::matching::path_of_route;
use super::plan::Operation;
use super::suite::{Content, Exchange, SERVER};
use super::wire::text_of;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a caller has to do by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ByHand {
    /// XML is text to the method.
    Xml,
    /// A stream of events or lines is text to the method.
    Stream,
    /// The whole URL of the server is put together.
    Server,
    /// The token of the next page is carried over.
    Page,
    /// The media type of the answer is asked for, and what comes is bytes where a type would say more.
    Accept,
    /// The media type of the body is told.
    ContentType,
    /// A header that no argument stands for is set.
    Header,
    /// A header of the answer is looked up by its name.
    AnswerHeader,
    /// A type with a discriminator is the base alone, which loses nothing here: the caller tells the others apart.
    Base,
}

impl ByHand {
    /// In words.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Xml => "XML as text",
            Self::Stream => "a stream as text",
            Self::Server => "the server's whole URL",
            Self::Page => "the next page's token",
            Self::Accept => "an answer of another media type as bytes",
            Self::ContentType => "the `Content-Type` header",
            Self::Header => "a request header without an argument",
            Self::AnswerHeader => "an answer's header by its name",
            Self::Base => "the base alone of types with a discriminator",
        }
    }
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether the method asks for a media type by itself, and for no other. One that gives text or bytes asks for all that are such.
pub(super) fn asks_for(operation: &Operation, accept: &str) -> bool {
    let mut responses = operation.answer.responses.iter();
    let asked = responses.find(|response| response.media_type.is_some());
    let several = matches!(operation.answer.ty.as_str(), "String" | "Vec<u8>");
    asked.is_none_or(|asked| {
        let own = asked.media_type.as_deref().unwrap_or_default();
        essence(own) == essence(accept) && (!several || asked.other_media_types.is_empty())
    })
}

/// Whether bytes of a media type have a structure that a type could tell.
pub(super) fn is_structured(media_type: &str) -> bool {
    let media_type = essence(media_type);
    media_type.starts_with("text/") || media_type.contains("json") || media_type.contains("xml")
}

/// The media type of the answer, where the document has it and the method does not read it.
pub(super) fn reads_another(operation: &Operation, exchange: &Exchange) -> Option<String> {
    let given = essence(&exchange.answer.as_ref()?.media_type);
    let mut responses = operation.answer.responses.iter();
    let among_others = responses.any(|response| {
        let mut others = response.other_media_types.iter();
        others.any(|other| essence(other) == given)
    });
    (operation.answer.ty != "Vec<u8>" && among_others).then(|| given.to_owned())
}

/// Sees what is less to the method than the document has it: text, bytes, or the base of several types.
pub(super) fn see_types(
    krate: &Crate,
    operation: &Operation,
    exchange: &Exchange,
    by_hand: &mut BTreeSet<ByHand>,
) {
    let sent = operation.body.as_ref().zip(exchange.body.as_ref());
    let types = [
        sent.map(|(body, _)| &body.value_type),
        exchange.answer.as_ref().map(|_| &operation.answer.ty),
    ];
    if types.into_iter().flatten().any(|ty| krate.is_base(ty)) {
        by_hand.insert(ByHand::Base);
    }
    let sent = sent
        .filter(|(body, _)| matches!(body.encoding.as_str(), "text" | "bytes"))
        .map(|(_, content)| content);
    // An error's body has a type of its own, which is looked at when it is compared.
    let received = exchange.answer.as_ref();
    let received =
        received.filter(|_| matches!(operation.answer.ty.as_str(), "String" | "Vec<u8>" | "()"));
    for content in sent.into_iter().chain(received) {
        match essence(&content.media_type) {
            "application/xml" | "text/xml" => by_hand.insert(ByHand::Xml),
            _ => false,
        };
    }
    // Of bytes the runtime reads and writes the pieces; what is text to the method has come whole.
    let is_text = |ty: &str| ty == "String";
    let sent = operation.body.as_ref().zip(exchange.body.as_ref());
    let sent = sent.filter(|(body, _)| is_text(&body.value_type));
    let received = exchange.answer.as_ref();
    let received = received.filter(|_| is_text(&operation.answer.ty));
    let mut texts = sent.map(|(_, content)| content).into_iter().chain(received);
    if texts.any(|content| Pieces::of(content).is_some()) {
        by_hand.insert(ByHand::Stream);
    }
}

/// What a body that comes piece by piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pieces {
    /// Server-sent events.
    Events,
    /// JSON values, one a line.
    Lines,
}

impl Pieces {
    /// The pieces of a body; `None` where it has none.
    pub(super) fn of(content: &Content) -> Option<Self> {
        match essence(&content.media_type) {
            "text/event-stream" => Some(Self::Events),
            "application/jsonl" => Some(Self::Lines),
            _ => None,
        }
    }
}

/// Whether an answer has a value that a request of the same operation hands on.
pub(super) fn is_next_page(before: &Exchange, exchange: &Exchange) -> bool {
    if before.uri != exchange.uri {
        return false;
    }
    let body = before
        .answer
        .as_ref()
        .and_then(|answer| answer.text.clone());
    let headers = before
        .answer_headers
        .iter()
        .flat_map(|headers| headers.values());
    let told: Vec<String> = headers.map(text_of).chain(body).collect();
    let sent = |pairs: &Option<serde_json::Map<String, Value>>| pairs.clone().unwrap_or_default();
    let known = [sent(&before.query), sent(&before.headers)];
    [sent(&exchange.query), sent(&exchange.headers)]
        .iter()
        .zip(&known)
        .flat_map(|(now, then)| now.iter().filter(|(name, _)| !then.contains_key(*name)))
        .map(|(_, value)| text_of(value))
        .any(|value| told.iter().any(|text| text.contains(&value)))
}

/// Whether an answer has a link to a request.
pub(super) fn links_to(before: &Exchange, exchange: &Exchange) -> bool {
    let link = format!("{SERVER}{}", path_of_route(&exchange.uri));
    let text = before
        .answer
        .as_ref()
        .and_then(|answer| answer.text.as_ref());
    text.is_some_and(|text| text.contains(&link))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn exchange(uri: &str, query: Value, answer: &str) -> Exchange {
        serde_json::from_value(json!({
            "method": "get", "uri": uri, "query": query, "status": 200,
            "answer": {"media_type": "application/json; charset=utf-8", "text": answer},
        }))
        .expect("an exchange")
    }

    #[test]
    fn the_next_page_is_known_by_its_token_or_its_link() {
        let first = exchange("/pets", json!({"size": "2"}), "{\"next\": \"abc\"}");
        let token = exchange("/pets", json!({"size": "2", "token": "abc"}), "{}");
        assert!(is_next_page(&first, &token));
        assert!(!is_next_page(&first, &first));
        let other = exchange("/pets", json!({"token": "other"}), "{}");
        assert!(!is_next_page(&first, &other));
        let linked = format!("{{\"next\": \"{SERVER}/pets/2?x=y\"}}");
        let first = exchange("/pets", json!({}), &linked);
        assert!(links_to(&first, &exchange("/pets/2", json!({}), "{}")));
        assert!(!links_to(&first, &exchange("/pets/3", json!({}), "{}")));
    }

    #[test]
    fn a_method_asks_for_the_media_type_that_it_reads() {
        let operation: Operation = serde_json::from_value(json!({
            "method": "GET", "path": "/", "call": "", "security": [], "arguments": [], "body": null,
            "answer": {
                "type": "models::Pet",
                "responses": [{"media_type": "application/json", "other_media_types": ["image/png"]}],
            },
        }))
        .expect("an operation");
        assert!(asks_for(&operation, "application/json"));
        assert!(!asks_for(&operation, "image/png"));
        let mut answer = exchange("/", json!({}), "");
        assert_eq!(reads_another(&operation, &answer), None);
        answer.answer.as_mut().expect("an answer").media_type = "image/png".to_owned();
        assert_eq!(
            reads_another(&operation, &answer).as_deref(),
            Some("image/png")
        );
        assert!(!is_structured("image/png"));
        assert!(is_structured("application/problem+json; charset=utf-8"));
    }
}
