//! Takes a schema, gives the set of the keywords that it has as bits. Exists because a document has a hundred thousand schemas and
//! few faults: one look at each key decides which repairs have a reason to run.

use crate::grammar::ObjectKind;
use crate::grammar::schema::{is_type, may_stand_beside};
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
    TYPE_UNKNOWN = 3 "`type` is none of the six names.";
    NO_TYPE = 4 "Neither `type` nor `$ref` nor a composition.";
    COMPOSITION = 5 "`allOf`, `oneOf`, `anyOf` or `not`.";
    ENUM = 6 "`enum`.";
    CONST = 7 "`const`.";
    EXAMPLE = 8 "`example`.";
    EXAMPLES = 9 "`examples`.";
    DEFAULT = 10 "`default`.";
    LIMIT = 11 "`minimum`, `maximum` or `multipleOf`.";
    EXCLUSIVE = 12 "An exclusive limit.";
    PROPERTIES = 13 "`properties`.";
    REQUIRED = 14 "`required`.";
    ITEMS = 15 "`items`.";
    PREFIX_ITEMS = 16 "`prefixItems`.";
    PATTERN_PROPERTIES = 17 "`patternProperties`.";
    CONTENT = 18 "`contentEncoding` or `contentMediaType`.";
    DEFINITIONS = 19 "`$defs` or `definitions`.";
    LATER = 20 "One of [`LATER_KEYWORDS`].";
    REFERENCE = 21 "`$ref`.";
    NULLABLE = 22 "`nullable` or the extension `x-nullable`.";
    TYPE_ARRAY = 23 "`type` is `array`.";
    UNPARSED = 25 "A keyword that says nothing about values and for which the parser has no room.";
    FOREIGN = 24 "A keyword that speaks of another type than the schema's.";
}

/// The keywords of JSON Schema that 3.0 has not, and that say nothing about a type.
pub(in crate::repair) const LATER_KEYWORDS: [&str; 16] = [
    "unevaluatedProperties",
    "unevaluatedItems",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "contentSchema",
    "$dynamicRef",
    "$dynamicAnchor",
    "additionalItems",
];

/// The bit of a keyword; 0 for those that give no repair a reason to run.
fn bit_of(key: &str) -> u64 {
    match key {
        "type" => TYPE,
        "properties" => PROPERTIES,
        "items" => ITEMS,
        "example" => EXAMPLE,
        "enum" => ENUM,
        "required" => REQUIRED,
        "nullable" | "x-nullable" => NULLABLE,
        "default" => DEFAULT,
        "allOf" | "oneOf" | "anyOf" | "not" => COMPOSITION,
        "minimum" | "maximum" | "multipleOf" => LIMIT,
        "exclusiveMinimum" | "exclusiveMaximum" => EXCLUSIVE,
        "const" => CONST,
        "examples" => EXAMPLES,
        "prefixItems" => PREFIX_ITEMS,
        "patternProperties" => PATTERN_PROPERTIES,
        "contentEncoding" | "contentMediaType" => CONTENT,
        "$defs" | "definitions" => DEFINITIONS,
        "$ref" => REFERENCE,
        "xml" | "$comment" | "$schema" | "$id" | "$anchor" => UNPARSED,
        key if LATER_KEYWORDS.contains(&key) => LATER,
        _ => 0,
    }
}

/// Looks once at each keyword of a schema.
pub(in crate::repair) fn survey(schema: &Map<String, Value>) -> u64 {
    let mut present = ALWAYS;
    for (key, value) in schema {
        let bit = bit_of(key);
        present |= bit;
        if bit == TYPE {
            present |= match value.as_str() {
                Some("array") => TYPE_ARRAY,
                Some(name) if is_type(name) => 0,
                _ => TYPE_UNKNOWN,
            };
        } else if ObjectKind::Schema
            .shape(key)
            .is_some_and(|shape| !shape.fits(value))
        {
            present |= MISFIT;
        }
    }
    if present & COMPOSITION == 0
        && let Some(ty) = schema.get("type").and_then(Value::as_str)
        && is_type(ty)
        && schema.keys().any(|key| !may_stand_beside(ty, key))
    {
        present |= FOREIGN;
    }
    if present & (TYPE | COMPOSITION | REFERENCE) == 0 {
        present |= NO_TYPE;
    }
    present
}
