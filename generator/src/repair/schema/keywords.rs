//! Takes a schema, gives the set of the keywords that it has as bits. Exists because a document has a hundred thousand schemas and
//! few faults: one look at each key decides which repairs have a reason to run.

use crate::repair::fields::{Kind, Shape};
use serde_json::{Map, Value};

macro_rules! bits {
    ($($name:ident = $bit:literal $doc:literal;)*) => {
        $(#[doc = $doc] pub(in crate::repair) const $name: u64 = 1 << $bit;)*
    };
}

bits! {
    ALWAYS = 0 "Every object.";
    MISFIT = 1 "A member has the wrong shape.";
    TYPE = 2 "`type`.";
    TYPE_ODD = 3 "`type` is none of the six names.";
    NO_TYPE = 4 "Neither `type` nor `$ref` nor a composition.";
    COMPOSITION = 5 "`allOf`, `oneOf`, `anyOf` or `not`.";
    ENUM = 6 "`enum`.";
    CONST = 7 "`const`.";
    EXAMPLE = 8 "`example`.";
    EXAMPLES = 9 "`examples`.";
    DEFAULT = 10 "`default`.";
    LIMIT = 11 "`minimum`, `maximum` or `multipleOf`.";
    EXCLUSIVE = 12 "An exclusive limit.";
    LENGTH = 13 "`pattern`, `minLength` or `maxLength`.";
    FORMAT = 14 "`format`.";
    PROPERTIES = 15 "`properties`.";
    REQUIRED = 16 "`required`.";
    ADDITIONAL = 17 "`additionalProperties`.";
    PROPERTY_COUNT = 18 "`minProperties` or `maxProperties`.";
    ITEMS = 19 "`items`.";
    ITEM_COUNT = 20 "`minItems`, `maxItems` or `uniqueItems`.";
    PREFIX_ITEMS = 21 "`prefixItems`.";
    PATTERN_PROPERTIES = 22 "`patternProperties`.";
    CONTENT = 23 "`contentEncoding` or `contentMediaType`.";
    DEFINITIONS = 24 "`$defs` or `definitions`.";
    LATER = 25 "A keyword of JSON Schema that 3.0 has not, and that says nothing about a type.";
    REFERENCE = 26 "`$ref`.";
    NULLABLE = 27 "`nullable` or the extension `x-nullable`.";
    TYPE_ARRAY = 28 "`type` is `array`.";
    DISCRIMINATOR = 29 "`discriminator`.";
    UNPARSED = 31 "A keyword that says nothing about values and for which the parser has no room.";
    FOREIGN = 30 "A keyword that speaks of another type than the schema's.";
}

/// The bit and the shape of a keyword; `None` for extensions and unknown words.
pub(in crate::repair) fn of(key: &str) -> Option<(u64, Shape)> {
    Some(match key {
        "type" => (TYPE, Shape::Text),
        "description" | "title" => (0, Shape::Text),
        "properties" => (PROPERTIES, Shape::Map(Kind::Schema)),
        "items" => (ITEMS, Shape::One(Kind::Schema)),
        "format" => (FORMAT, Shape::Text),
        "example" => (EXAMPLE, Shape::Any),
        "enum" => (ENUM, Shape::Values),
        "required" => (REQUIRED, Shape::Texts),
        "nullable" => (NULLABLE, Shape::Flag),
        "readOnly" | "writeOnly" | "deprecated" => (0, Shape::Flag),
        "default" => (DEFAULT, Shape::Any),
        "allOf" | "oneOf" | "anyOf" => (COMPOSITION, Shape::List(Kind::Schema)),
        "not" => (COMPOSITION, Shape::One(Kind::Schema)),
        "additionalProperties" => (ADDITIONAL, Shape::SchemaOrFlag),
        "minimum" | "maximum" | "multipleOf" => (LIMIT, Shape::Number),
        "exclusiveMinimum" | "exclusiveMaximum" => (EXCLUSIVE, Shape::Flag),
        "minLength" | "maxLength" => (LENGTH, Shape::Count),
        "pattern" => (LENGTH, Shape::Text),
        "minItems" | "maxItems" => (ITEM_COUNT, Shape::Count),
        "uniqueItems" => (ITEM_COUNT, Shape::Flag),
        "minProperties" | "maxProperties" => (PROPERTY_COUNT, Shape::Count),
        "discriminator" => (DISCRIMINATOR, Shape::One(Kind::Discriminator)),
        "externalDocs" => (0, Shape::One(Kind::ExternalDocs)),
        "x-nullable" => (NULLABLE, Shape::Any),
        "const" => (CONST, Shape::Any),
        "examples" => (EXAMPLES, Shape::Any),
        "prefixItems" => (PREFIX_ITEMS, Shape::Any),
        "patternProperties" => (PATTERN_PROPERTIES, Shape::Any),
        "contentEncoding" | "contentMediaType" => (CONTENT, Shape::Any),
        "$defs" | "definitions" => (DEFINITIONS, Shape::Any),
        "$ref" => (REFERENCE, Shape::Any),
        "unevaluatedProperties"
        | "unevaluatedItems"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "minContains"
        | "maxContains"
        | "propertyNames"
        | "dependentRequired"
        | "dependentSchemas"
        | "dependencies"
        | "contentSchema"
        | "$dynamicRef"
        | "$dynamicAnchor"
        | "additionalItems" => (LATER, Shape::Any),
        "xml" | "$comment" | "$schema" | "$id" | "$anchor" => (UNPARSED, Shape::Any),
        _ => return None,
    })
}

/// The name of a type of OpenAPI 3.0.
pub(in crate::repair) fn is_type(name: &str) -> bool {
    matches!(
        name,
        "string" | "integer" | "number" | "boolean" | "array" | "object"
    )
}

/// Looks once at each keyword of a schema.
pub(in crate::repair) fn survey(schema: &Map<String, Value>) -> u64 {
    let mut present = ALWAYS;
    for (key, value) in schema {
        let Some((bit, shape)) = of(key) else {
            continue;
        };
        present |= bit;
        if bit == TYPE {
            present |= match value.as_str() {
                Some("array") => TYPE_ARRAY,
                Some(name) if is_type(name) => 0,
                _ => TYPE_ODD,
            };
        } else if !shape.fits(value) {
            present |= MISFIT;
        }
    }
    let ty = schema.get("type").and_then(Value::as_str);
    if present & COMPOSITION == 0 && ty.is_some_and(|ty| present & foreign(ty) != 0) {
        present |= FOREIGN;
    }
    if present & (TYPE | COMPOSITION | REFERENCE) == 0 {
        present |= NO_TYPE;
    }
    present
}

/// The keywords that say nothing about values of the type.
fn foreign(ty: &str) -> u64 {
    const NUMBERS: u64 = LIMIT | EXCLUSIVE;
    const OBJECTS: u64 = PROPERTIES | REQUIRED | ADDITIONAL | PROPERTY_COUNT;
    const LISTS: u64 = ITEMS | ITEM_COUNT;
    match ty {
        "string" => NUMBERS | OBJECTS | LISTS,
        "integer" | "number" => LENGTH | OBJECTS | LISTS,
        "boolean" => NUMBERS | LENGTH | OBJECTS | LISTS | FORMAT,
        "array" => NUMBERS | LENGTH | OBJECTS | FORMAT | ENUM,
        "object" => NUMBERS | LENGTH | LISTS | FORMAT | ENUM,
        _ => 0,
    }
}
