//! What the keywords of a schema say about its type: the six types, and which keyword speaks of values of which of them.

/// The types of OpenAPI 3.0.
pub const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

/// Whether a name is that of a type.
pub fn is_type(name: &str) -> bool {
    TYPES.contains(&name)
}

/// The keywords that combine schemas.
pub const COMPOSITIONS: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];

/// The keywords that speak of values of some types alone, with these types.
pub const TYPE_KEYWORDS: &[(&[&str], &[&str])] = &[
    (&["string"], &["pattern", "minLength", "maxLength"]),
    (
        &["integer", "number"],
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
    (
        &["object"],
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
    (
        &["array"],
        &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
    ),
    (&["string", "integer", "number"], &["format"]),
];

/// Whether a keyword may stand beside a type: the parser takes no other, and would forget what the type is.
pub fn may_stand_beside(ty: &str, key: &str) -> bool {
    let own = TYPE_KEYWORDS.iter().find(|(_, keys)| keys.contains(&key));
    match own {
        Some((types, _)) => types.contains(&ty),
        None => key != "enum" || !matches!(ty, "array" | "object"),
    }
}
