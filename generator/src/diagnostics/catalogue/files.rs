//! The entries of diagnostics about the files that a document is read from.

use super::Entry;

pub(super) const DOCUMENT_NOT_AN_OBJECT: Entry = Entry {
    why: "An OpenAPI document is one object with keys such as `openapi`, `info` and `paths`. This file \
          holds something else, for example a list or a single string, so nothing can be generated from \
          it.",
    example: files!("document-not-an-object": "openapi.yaml"),
    fix: "Check that the path names the OpenAPI document and not another file. If the document was \
          wrapped in a list, take it out of the list.",
};

pub(super) const DOCUMENT_TOO_LARGE: Entry = Entry {
    why: "The size that is read is limited, so that a faulty or hostile document cannot use up the \
          memory of the computer. The message names the limits. The same code is used when references to \
          path items make the document too large once each of them is replaced by what it refers to.",
    example: files!("document-too-large": "openapi.yaml"),
    fix: "Move large examples or data out of the document, or split the document into documents that are \
          generated from one by one.",
};

pub(super) const DUPLICATE_KEY: Entry = Entry {
    why: "JSON and YAML allow a key only once in each object. The last value is used and the others are \
          lost, which often means that half of what the author wrote has no effect.",
    example: files!("duplicate-key": "openapi.yaml"),
    fix: "Merge both contents under one key, or remove the key that is not meant.",
};

pub(super) const DUPLICATE_PATH: Entry = Entry {
    why: "JSON and YAML allow a key only once. The operations of both entries are used, so that no \
          operation is lost; where both have the same method, the last one is used.",
    example: files!("duplicate-path": "openapi.yaml"),
    fix: "Put all operations of the path under one key.",
};

pub(super) const FILE_UNREADABLE: Entry = Entry {
    why: "The file is there, but the operating system does not let the generator read it, or it is not a \
          regular file: for example, it is a folder. Without the root document nothing is generated; \
          without another file, only what is in that file is missing.",
    example: files!("file-unreadable": "openapi.yaml", "schemas/pet.yaml"),
    fix: "The message says why the file cannot be read. Check the permissions of the file, and check \
          that the reference names a file and not a folder.",
};

pub(super) const JSON_SYNTAX: Entry = Entry {
    why: "A file whose name ends in `.json` is read as JSON. If it is not valid JSON, nothing in it can \
          be used.",
    example: files!("json-syntax": "openapi.yaml", "pet.json"),
    fix: "Fix the place that the message names. Common causes are a comma after the last element, a \
          missing quotation mark, and comments, which JSON does not have.",
};

pub(super) const MORE_OF_THE_SAME: Entry = Entry {
    why: "One file can have the same problem in every line. After the first hundred of a kind (the first \
          thousand for references), the rest is only counted, because nobody would read them all.",
    example: files!("more-of-the-same": "openapi.yaml"),
    fix: "Fix those that are shown and run `sdk-generator lint` again.",
};

pub(super) const HALF_CHARACTER: Entry = Entry {
    why: "JSON writes a character beyond U+FFFF, such as an emoji, as two escapes. One of them alone is no \
          character, and no program can hold it; it is what remains when a text was cut in the middle. \
          U+FFFD, the character for what cannot be read, takes its place.",
    example: files!("half-character": "openapi.yaml"),
    fix: "Write the character itself, write both escapes, or remove the half.",
};

pub(super) const NESTING_TOO_DEEP: Entry = Entry {
    why: "The depth that is read is limited, so that a faulty or hostile document cannot crash the \
          generator. No real document comes near the limit; the usual cause is something that contains \
          itself without end.",
    example: files!("nesting-too-deep": "openapi.yaml"),
    fix: "Look for a YAML alias inside the node that its own anchor names, and for references to path \
          items that lead back to themselves. Use `$ref` to a schema for types that contain themselves.",
};

pub(super) const NOT_UTF_8: Entry = Entry {
    why: "JSON and YAML files are read as UTF-8. In another encoding, such as Latin-1, characters beyond \
          plain English letters cannot be told apart, so the file is not read.",
    example: files!("not-utf-8": "openapi.yaml"),
    fix: "Open the file in an editor and save it as UTF-8.",
};

pub(super) const NUMBER_NOT_FINITE: Entry = Entry {
    why: "YAML can write `.inf` and `.nan`, and any text of JSON a number such as `1e400`, but no program \
          can hold these in JSON, and a limit or an example with such a value would mean nothing in a \
          request. It is read as null.",
    example: files!("number-not-finite": "openapi.yaml"),
    fix: "Remove the value, or write a number. A limit that is infinite can be left out.",
};

pub(super) const YAML_ALIAS_BOMB: Entry = Entry {
    why: "An alias (`*name`) repeats the node that an anchor (`&name`) names. Aliases of nodes that hold \
          aliases multiply, and a file of a few lines can become larger than any memory. The file is not \
          read.",
    example: files!("yaml-alias-bomb": "openapi.yaml"),
    fix: "Use `$ref` instead of YAML aliases for the parts that are repeated.",
};

pub(super) const YAML_MANY_DOCUMENTS: Entry = Entry {
    why: "A line `---` starts a new YAML document in the same file. Only the first one is read; all that \
          follows has no effect.",
    example: files!("yaml-many-documents": "openapi.yaml"),
    fix: "Put each document in a file of its own, or remove the line `---`.",
};

pub(super) const YAML_MERGE: Entry = Entry {
    why: "The key `<<` copies the members of another mapping into this one. Its value must be a mapping, \
          or a list of mappings; anything else is ignored, so the members that were meant to be copied \
          are missing.",
    example: files!("yaml-merge": "openapi.yaml"),
    fix: "Give `<<` an alias of a mapping, or write the members out.",
};

pub(super) const YAML_SYNTAX: Entry = Entry {
    why: "If a file is not valid YAML, nothing in it can be used.",
    example: files!("yaml-syntax": "openapi.yaml", "pet.yaml"),
    fix: "Fix the place that the message names. Common causes are wrong indentation, a tab, a missing \
          quotation mark, and a colon in a text without quotation marks.",
};

pub(super) const YAML_TAG: Entry = Entry {
    why: "A tag such as `!date` asks for a type that only some programs know. OpenAPI documents have the \
          types of JSON; the tag is ignored and the value behind it is read.",
    example: files!("yaml-tag": "openapi.yaml"),
    fix: "Remove the tag.",
};
