//! Media types: which of those that a body may have is used, and how it is read and written.

use super::super::shape::{examples, is_plain};
use crate::facts::{Content, Document, Example, MediaType, SchemaType, SharedValue, Use};
use crate::plan::model::Pieces;
use indexmap::IndexMap;

/// Whether a body goes to the server or comes from it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum Way {
    Sent,
    Received,
}

/// How a media type is read and written, before its schema is planned. The order is that of preference: what is typed
/// comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan) enum Kind {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// The media type that clients use; `None` when nothing is carried.
pub(in crate::plan) fn choose<'f>(
    facts: &'f Document,
    content: &'f Content,
    way: Way,
) -> Option<(&'f str, &'f MediaType, Kind)> {
    content
        .iter()
        .map(|(name, media)| {
            (
                name.as_str(),
                media,
                kind(facts, &essence(name), media, way),
            )
        })
        .min_by_key(|(name, media, kind)| {
            let essence = essence(name);
            let rank = match kind {
                // What the body is not made for comes last.
                Kind::Json if !fits(facts, &essence, media) => 2,
                // `application/json` itself comes before its relatives.
                Kind::Json => u8::from(essence != "application/json"),
                // What is bytes under the name of JSON and under another is what the other name says.
                _ if is_json(&essence) => 1,
                // A range of names says the least.
                _ if essence.contains('*') => 2,
                _ => 0,
            };
            (media.schema.is_none(), *kind, rank)
        })
}

/// Whether a body of this schema can be what the media type says: a JSON Patch is a list (RFC 6902), a merge patch an object that
/// shows what becomes of another (RFC 7396).
fn fits(facts: &Document, essence: &str, media: &MediaType) -> bool {
    let schema = media.schema.as_ref();
    let schema = schema.and_then(|used| facts.schemas.of(used));
    let ty = schema.and_then(|schema| schema.ty);
    match essence {
        "application/json-patch+json" => ty.is_none_or(|ty| ty == SchemaType::Array),
        "application/merge-patch+json" | "application/strategic-merge-patch+json" => {
            ty != Some(SchemaType::Array)
        }
        _ => true,
    }
}

/// The other media types of a body that are read in the same way as the chosen one and need no other type: texts and bytes.
pub(super) fn alike(
    facts: &Document,
    content: &Content,
    chosen: &str,
    chosen_kind: Kind,
) -> Vec<String> {
    if !matches!(chosen_kind, Kind::Text | Kind::Bytes) {
        return Vec::new();
    }
    let others = content.iter().filter(|(name, _)| *name != chosen);
    let alike = others
        .filter(|(name, media)| kind(facts, &essence(name), media, Way::Received) == chosen_kind);
    alike.map(|(name, _)| name.trim().to_owned()).collect()
}

/// How a body of a media type is read and written.
fn kind(facts: &Document, essence: &str, media: &MediaType, way: Way) -> Kind {
    let schema = media.schema.as_ref();
    let schema = schema.and_then(|used| facts.schemas.of(used));
    // A type that stands alone; beside a composition it does not say enough.
    let ty = schema
        .filter(|schema| is_plain(schema))
        .and_then(|schema| schema.ty);
    let is_text = ty == Some(SchemaType::String);
    let format = schema.and_then(|schema| schema.format.as_deref());
    let is_binary = is_text && matches!(format, Some("binary" | "file"));
    // A form is made of an object's members.
    let has_members = way == Way::Sent && ty.is_none_or(|ty| ty == SchemaType::Object);
    match essence {
        // A document that calls a download JSON means the file.
        _ if is_binary => Kind::Bytes,
        essence if Pieces::of(essence).is_some() => Kind::Bytes,
        "*/*" | "application/*" => match (schema, is_text) {
            (None, _) => Kind::Bytes,
            (_, true) => Kind::Text,
            _ => Kind::Json,
        },
        essence if is_json(essence) => Kind::Json,
        "application/x-www-form-urlencoded" if has_members => Kind::Form,
        "multipart/form-data" if has_members => Kind::Multipart,
        essence if is_plain_text(essence) => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// A media type's type and subtype, without parameters and in lower case (RFC 9110, 8.3.1).
pub(in crate::plan) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// JSON by name, or by the structured syntax suffix of RFC 6839, 3.1.
pub(in crate::plan) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

fn is_plain_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence,
            "application/xml"
                | "application/yaml"
                | "application/x-yaml"
                | "application/csv"
                | "application/javascript"
                | "application/graphql"
                | "application/jwt"
                | "application/x-www-form-urlencoded"
        )
}

/// The example of a media type.
pub(super) fn example(facts: &Document, media: &MediaType) -> Option<SharedValue> {
    let own = media.example.clone();
    let given = own.or_else(|| first_example(facts, &media.examples));
    let schema = media.schema.as_ref();
    let Some(schema) = schema.and_then(|schema| facts.schemas.of(schema)) else {
        return given;
    };
    match given {
        Some(given) => Some(examples::corrected(&facts.schemas, schema, &given)),
        // A schema's own example belongs to the type that is made of it.
        None if schema.example.is_some() => None,
        None => examples::of(&facts.schemas, schema),
    }
}

/// The first of some examples that has a value.
pub(super) fn first_example(
    facts: &Document,
    examples: &IndexMap<String, Use<Example>>,
) -> Option<SharedValue> {
    let examples = examples.values();
    let mut examples = examples.filter_map(|example| facts.components.example(example));
    examples.find_map(|example| example.value.clone())
}
