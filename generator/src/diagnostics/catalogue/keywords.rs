//! The entries of diagnostics about compositions and about keywords that OpenAPI 3.0 does not have.

use super::Entry;

pub(super) const COMPOSITION_EMPTY: Entry = Entry {
    why: "A composition without members says nothing and is left out.",
    example: files!("composition-empty": "openapi.yaml"),
    fix: "Remove it, or add the schemas that are missing.",
};

pub(super) const CONTENT_ENCODING: Entry = Entry {
    why: "OpenAPI 3.1 has these keywords for binary data; OpenAPI 3.0, which this document says it uses, \
          has the formats `byte` and `binary`. They are read as those formats.",
    example: files!("content-encoding": "openapi.yaml"),
    fix: "In OpenAPI 3.0, write `format: byte` for Base64 and `format: binary` for raw bytes.",
};

pub(super) const DEFINITIONS_IN_SCHEMA: Entry = Entry {
    why: "OpenAPI 3.0 keeps schemas under `components/schemas`. Schemas under `$defs` that something \
          refers to are moved there; the others are left out.",
    example: files!("definitions-in-schema": "openapi.yaml"),
    fix: "Move the schemas to `components/schemas`.",
};

pub(super) const EXCLUSIVE_LIMIT_NUMBER: Entry = Entry {
    why: "In OpenAPI 3.0, which this document says it uses, `exclusiveMinimum` and `exclusiveMaximum` \
          are true or false, beside `minimum` and `maximum`. A number is OpenAPI 3.1; it is read as the \
          limit itself.",
    example: files!("exclusive-limit-number": "openapi.yaml"),
    fix: "In OpenAPI 3.0, write `minimum: 0` and `exclusiveMinimum: true`.",
};

pub(super) const KEYWORD_OF_JSON_SCHEMA: Entry = Entry {
    why: "Keywords such as `if` and `contains` describe conditions that a Rust type cannot \
          express. They are left out, so the client accepts more than they allow; the properties that `then` and \
          `else` describe are optional. This is said once for \
          each keyword in the whole document.",
    example: files!("keyword-of-json-schema": "openapi.yaml"),
    fix: "Nothing needs to be done. What the client accepts by mistake, the server can still refuse.",
};

pub(super) const NULL_ALTERNATIVE: Entry = Entry {
    why: "OpenAPI 3.1 writes a nullable schema in this way; OpenAPI 3.0, which this document says it \
          uses, does not have the type `null`. The schema is read as nullable.",
    example: files!("null-alternative": "openapi.yaml"),
    fix: "In OpenAPI 3.0, remove the alternative and write `nullable: true`.",
};

pub(super) const PATTERN_PROPERTIES: Entry = Entry {
    why: "OpenAPI 3.1 can give properties a schema by a pattern of their names; OpenAPI 3.0, which this \
          document says it uses, cannot. The schemas are used for all additional properties, whatever \
          their names.",
    example: files!("pattern-properties": "openapi.yaml"),
    fix: "Write `additionalProperties` with one schema for all.",
};

pub(super) const PREFIX_ITEMS: Entry = Entry {
    why: "OpenAPI 3.1 can give each place in an array its own schema; OpenAPI 3.0, which this document \
          says it uses, cannot. It is read with its meaning in 3.1, as a tuple.",
    example: files!("prefix-items": "openapi.yaml"),
    fix: "Change the version of the document to 3.1, or write an object with a property for each place.",
};

pub(super) const REFERENCE_SIBLINGS: Entry = Entry {
    why: "OpenAPI 3.0 says that keys beside `$ref` are ignored, so other tools ignore them. Authors do \
          not expect that: a description or `nullable` is read as an addition to the schema that the \
          reference leads to.",
    example: files!("reference-siblings": "openapi.yaml"),
    fix: "Put the reference into `allOf`, and the other keys beside `allOf`.",
};
