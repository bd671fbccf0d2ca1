//! The entries of diagnostics about values that do not have the shape that OpenAPI asks for at their place.

use super::Entry;

pub(super) const COUNT_NOT_NATURAL: Entry = Entry {
    why: "Limits such as `maxLength` and `minItems` count something, so they must be whole numbers, 0 or \
          more. A fraction is rounded down; a negative number is left out.",
    example: files!("count-not-natural": "openapi.yaml"),
    fix: "Write a whole number, 0 or more.",
};

pub(super) const ESSENTIAL_MEMBER_MISSING: Entry = Entry {
    why: "Some objects mean nothing without one key: a parameter or a tag without `name`, a server \
          without `url`, a discriminator without `propertyName`. If its value can be read from the rest, \
          it is; otherwise the object is left out.",
    example: files!("essential-member-missing": "openapi.yaml"),
    fix: "Add the key that the message names.",
};

pub(super) const FLAG_AS_TEXT: Entry = Entry {
    why: "The value must be `true` or `false` without quotation marks. Other tools may refuse the \
          document; here it is read as meant.",
    example: files!("flag-as-text": "openapi.yaml"),
    fix: "Remove the quotation marks.",
};

pub(super) const LIST_EXPECTED: Entry = Entry {
    why: "The value must be a list, even if it has only one element. It is read as a list with that \
          element, or with the values of the object as elements.",
    example: files!("list-expected": "openapi.yaml"),
    fix: "Put the value into a list: `[value]` or `- value`.",
};

pub(super) const MAP_EXPECTED: Entry = Entry {
    why: "The value must be an object, in which each entry has a key. The elements of the list are read \
          as entries; each takes its key from its `name`, or from its place in the list.",
    example: files!("map-expected": "openapi.yaml"),
    fix: "Write an object with a key for each entry.",
};

pub(super) const NOT_OPENAPI_HERE: Entry = Entry {
    why: "The value cannot be read as anything that this place may hold, so it is left out, and only it. \
          What it described is missing from the client or from its documentation.",
    example: files!("not-openapi-here": "openapi.yaml"),
    fix: "Read the message, which says what belongs at this place, and correct the value.",
};

pub(super) const NULL_MEMBER: Entry = Entry {
    why: "In YAML a key with nothing after it has the value null, which OpenAPI does not allow here. It \
          is read as if the key were not there.",
    example: files!("null-member": "openapi.yaml"),
    fix: "Write the missing value, or remove the key.",
};

pub(super) const NUMBER_AS_TEXT: Entry = Entry {
    why: "The value must be a number without quotation marks. Other tools may refuse the document; here \
          it is read as the number.",
    example: files!("number-as-text": "openapi.yaml"),
    fix: "Remove the quotation marks.",
};

pub(super) const OBJECT_AS_TEXT: Entry = Entry {
    why: "The value must be an object. Where the string can only mean one thing, such as the description \
          of a response or the name of a tag, it is read as that.",
    example: files!("object-as-text": "openapi.yaml"),
    fix: "Write an object with the key that the message names.",
};

pub(super) const SCHEMA_NOT_OBJECT: Entry = Entry {
    why: "A schema is an object with keywords such as `type`. The name of a type, alone, is read as a \
          schema of that type, and a list as alternatives; anything else is read as a schema that allows \
          any value.",
    example: files!("schema-not-object": "openapi.yaml"),
    fix: "Write an object: `{ type: string }` instead of `string`.",
};

pub(super) const TEXT_EXPECTED: Entry = Entry {
    why: "The value must be a string. YAML reads words such as `2020` or `true` as a number or a flag \
          unless they are in quotation marks. It is read as the string that it looks like.",
    example: files!("text-expected": "openapi.yaml"),
    fix: "Put the value into quotation marks.",
};
