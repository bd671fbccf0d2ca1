//! The entries of diagnostics about the type of a schema.

use super::Entry;

pub(super) const DEFAULT_OF_WRONG_TYPE: Entry = Entry {
    why: "The documentation of the client shows the default, so it must be a value that the schema \
          allows. It is converted if that is possible without doubt, and left out otherwise.",
    example: files!("default-of-wrong-type": "openapi.yaml"),
    fix: "Correct the default or the type.",
};

pub(super) const EXAMPLE_OF_WRONG_TYPE: Entry = Entry {
    why: "Examples become part of the documentation and of the tests of the client, so they must be \
          values that the schema allows. The example is converted if that is possible without doubt, and \
          left out otherwise.",
    example: files!("example-of-wrong-type": "openapi.yaml"),
    fix: "Correct the example or the type.",
};

pub(super) const ITEMS_LIST: Entry = Entry {
    why: "Older versions of JSON Schema allow a list, with one schema for each place in the array. \
          OpenAPI 3.0 has one schema for all items, so each item may be any one of the schemas in the \
          list.",
    example: files!("items-list": "openapi.yaml"),
    fix: "Write one schema; use `oneOf` in it if the items have different types.",
};

pub(super) const ITEMS_MISSING: Entry = Entry {
    why: "OpenAPI requires `items` for the type `array`. Without it, the items of the list become any \
          JSON value.",
    example: files!("items-missing": "openapi.yaml"),
    fix: "Add `items` with the schema of one item.",
};

pub(super) const KEYWORD_NOT_OF_TYPE: Entry = Entry {
    why: "For example, `maxLength` says nothing about a number. The keyword is left out. Where a schema \
          has `properties` or `items` and another type, the type is more likely to be wrong, and the one \
          that the keyword belongs to is used.",
    example: files!("keyword-not-of-type": "openapi.yaml"),
    fix: "Correct the type, or remove the keyword.",
};

pub(super) const LIMIT_NOT_WHOLE: Entry = Entry {
    why: "A limit such as `minimum` of an integer must be an integer too. A fraction is rounded to the \
          nearest integer that the limit allows; a number beyond 64 bits limits nothing and is left out.",
    example: files!("limit-not-whole": "openapi.yaml"),
    fix: "Write a whole number, or change the type to `number`.",
};

pub(super) const SCHEMA_EXAMPLES: Entry = Entry {
    why: "A schema in OpenAPI 3.1 has a list of examples; in OpenAPI 3.0, which this document says it \
          uses, it has one `example`. The first is used.",
    example: files!("schema-examples": "openapi.yaml"),
    fix: "Write `example`, with one value.",
};

pub(super) const TYPE_AS_FORMAT: Entry = Entry {
    why: "OpenAPI has six types: `string`, `integer`, `number`, `boolean`, `array` and `object`. Words \
          such as `date`, `uuid`, `int` or `float` are read as the type and format that they stand for.",
    example: files!("type-as-format": "openapi.yaml"),
    fix: "Write the type, and the format beside it: `type: string` with `format: date`.",
};

pub(super) const TYPE_FROM_EXAMPLE: Entry = Entry {
    why: "Without a type, any JSON value is allowed and the field of the client has no useful type. A \
          text, a number or a list as example or default shows what the values look like, so the type is taken from it; \
          an object shows nothing about the next one.",
    example: files!("type-from-example": "openapi.yaml"),
    fix: "Add the `type`, so that the client does not depend on an example.",
};

pub(super) const TYPE_FROM_KEYWORDS: Entry = Entry {
    why: "Keywords such as `properties`, `items` or `maxLength` have a meaning for one type only, so \
          that type is used.",
    example: files!("type-from-keywords": "openapi.yaml"),
    fix: "Add the `type`.",
};

pub(super) const TYPE_LIST: Entry = Entry {
    why: "OpenAPI 3.1 allows a list of types; OpenAPI 3.0, which this document says it uses, does not. \
          It is read with its meaning in 3.1: null makes the value nullable, and other types become \
          alternatives.",
    example: files!("type-list": "openapi.yaml"),
    fix: "In OpenAPI 3.0, write one type, with `nullable: true` if null is allowed. Or change the \
          version of the document to 3.1.",
};

pub(super) const TYPE_MISSPELT: Entry = Entry {
    why: "The word differs from one of the six types in a letter or two, or in capitals. It is read as \
          that type.",
    example: files!("type-misspelt": "openapi.yaml"),
    fix: "Correct the spelling.",
};

pub(super) const TYPE_NULL: Entry = Entry {
    why: "OpenAPI 3.1 has the type `null`; OpenAPI 3.0, which this document says it uses, does not. The \
          schema is read as nullable.",
    example: files!("type-null": "openapi.yaml"),
    fix: "In OpenAPI 3.0, write the type of the other values and `nullable: true`.",
};

pub(super) const TYPE_UNKNOWN: Entry = Entry {
    why: "The word is none of the six types and resembles none of them. It is left out; unless other \
          keywords or an example show the type, the field of the client takes any JSON value.",
    example: files!("type-unknown": "openapi.yaml"),
    fix: "Write one of `string`, `integer`, `number`, `boolean`, `array` and `object`.",
};
