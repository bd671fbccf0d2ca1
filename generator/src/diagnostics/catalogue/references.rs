//! The entries of diagnostics about references from one place of a document to another.

use super::Entry;

pub(super) const MAPPING_DANGLING: Entry = Entry {
    why: "The `mapping` of a discriminator says which schema a value of the property stands for. This \
          entry names no schema that can be read, so it is left out. Values of that schema are then \
          recognised by the name of the schema alone, or not at all.",
    example: files!("mapping-dangling": "openapi.yaml"),
    fix: "Use a reference to a schema of the document, such as `#/components/schemas/Cat`, and check the \
          spelling.",
};

pub(super) const PATH_ITEM_REFERENCE: Entry = Entry {
    why: "A path item can refer to another one with `$ref`. What this one holds does not lead to a path \
          item, so the operations that were meant are missing from the client.",
    example: files!("path-item-reference": "openapi.yaml"),
    fix: "Write a string that names a path item: in the same document, or in a file beside it, such as \
          `pets.yaml`.",
};

pub(super) const REF_FILE_MISSING: Entry = Entry {
    why: "A `$ref` to a file is a path relative to the file that holds it. What it refers to is missing \
          from the client: a schema becomes one that allows any value, and a parameter or response is \
          left out.",
    example: files!("ref-file-missing": "openapi.yaml"),
    fix: "Check the spelling of the path (capitals matter), and copy the missing file into the folder of \
          the document if it was not delivered with it.",
};

pub(super) const REF_FILE_UNREADABLE: Entry = Entry {
    why: "The file exists, but it is faulty: for example, it is not valid YAML. Another diagnostic says \
          what is wrong with it. What the reference stands for is missing from the client.",
    example: files!("ref-file-unreadable": "openapi.yaml", "pet.yaml"),
    fix: "Fix the file first.",
};

pub(super) const REF_OUTSIDE_FOLDER: Entry = Entry {
    why: "Only files in the folder of the root document, and in folders below it, are read. A document \
          often comes from somebody else, and it must not be able to make the generator read other files \
          of your computer.",
    example: files!("ref-outside-folder": "openapi.yaml"),
    fix: "Copy the file into the folder of the document and change the reference. Or move the root \
          document up, so that all its files are below its folder.",
};

pub(super) const REF_TARGET_EMPTY: Entry = Entry {
    why: "The place that the reference names exists, but its value is null. There is nothing to use, so \
          a parameter or response that refers to it is left out.",
    example: files!("ref-target-empty": "openapi.yaml"),
    fix: "Write the missing content, or remove the reference.",
};

pub(super) const REF_TARGET_MISSING: Entry = Entry {
    why: "Nothing is found at the place that the reference names. A schema becomes one that allows any \
          value; a parameter or response that refers to it is left out.",
    example: files!("ref-target-missing": "openapi.yaml"),
    fix: "Check the spelling of the reference (capitals matter), and add the component if it was \
          forgotten.",
};

pub(super) const REF_TO_ITSELF: Entry = Entry {
    why: "Each reference leads to another one and the last leads to the first, so no schema, parameter \
          or response is ever reached.",
    example: files!("ref-to-itself": "openapi.yaml"),
    fix: "Replace one of the references by the content that is meant. A schema may well contain itself, \
          but only inside a property or an item.",
};

pub(super) const REF_URL: Entry = Entry {
    why: "Nothing is fetched from a network, so that the same input gives the same client at any time \
          and on any computer. What the reference stands for is missing from the client.",
    example: files!("ref-url": "openapi.yaml"),
    fix: "Save the file that the URL names in the folder of the document and refer to it by a relative \
          path.",
};

pub(super) const REFERENCE_NOT_TEXT: Entry = Entry {
    why: "A reference is a string, such as `#/components/schemas/Pet`. Any other value refers to nothing \
          and is left out.",
    example: files!("reference-not-text": "openapi.yaml"),
    fix: "Write the reference as a string. A property that is really called `$ref` belongs under \
          `properties`.",
};
