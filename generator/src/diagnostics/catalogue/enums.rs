//! The entries of diagnostics about the values that a schema lists and the properties that it requires.

use super::Entry;

pub(super) const CONST: Entry = Entry {
    why: "OpenAPI 3.1 has `const`; OpenAPI 3.0, which this document says it uses, does not. It is read \
          as an enum with one value.",
    example: files!("const": "openapi.yaml"),
    fix: "In OpenAPI 3.0, write `enum` with one value.",
};

pub(super) const ENUM_BESIDE_ITEMS: Entry = Entry {
    why: "The `enum` beside `type: array` lists whole arrays, but the values are single ones, so no \
          array could be allowed. They are read as the values that each item may have.",
    example: files!("enum-beside-items": "openapi.yaml"),
    fix: "Move `enum` below `items`.",
};

pub(super) const ENUM_NULL: Entry = Entry {
    why: "In OpenAPI 3.0 a value can be null only if the schema says `nullable: true`, so the schema is \
          read as nullable. An `enum` without other values says nothing and is left out.",
    example: files!("enum-null": "openapi.yaml"),
    fix: "Remove null from the `enum` and add `nullable: true`. Add the values that are missing, or \
          remove the `enum`.",
};

pub(super) const ENUM_SHAPE: Entry = Entry {
    why: "The values of an `enum` must be a list. A text with commas is read as a list of its parts, and \
          an object as a list of its keys.",
    example: files!("enum-shape": "openapi.yaml"),
    fix: "Write a list: `[cat, dog]`.",
};

pub(super) const ENUM_VALUE_TYPE: Entry = Entry {
    why: "Values that can be converted without doubt, such as `\"1\"` for an integer, are. Otherwise the \
          values are more likely to be right than the type, which is then changed; values that are lists \
          or objects are left out.",
    example: files!("enum-value-type": "openapi.yaml"),
    fix: "Correct the type, or write the values as that type.",
};

pub(super) const REQUIRED_FLAG: Entry = Entry {
    why: "In OpenAPI the object has a list, `required`, with the names of its required properties; a \
          property does not say it itself. A true on a property is read as an entry in the list of its \
          object.",
    example: files!("required-flag": "openapi.yaml"),
    fix: "Remove the flag and add the name of the property to `required` of the object.",
};

pub(super) const REQUIRED_UNKNOWN: Entry = Entry {
    why: "Nothing says what the values of such a property are. Often it \
          never was there, so the field is optional and takes any JSON value.",
    example: files!("required-unknown": "openapi.yaml"),
    fix: "Describe the property under `properties`, or correct the spelling.",
};

pub(super) const X_NULLABLE: Entry = Entry {
    why: "Authors of Swagger 2.0 documents used this extension, because that version had no word for \
          null. It is read as `nullable`.",
    example: files!("x-nullable": "openapi.yaml"),
    fix: "Write `nullable: true`.",
};
