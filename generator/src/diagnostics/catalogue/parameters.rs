//! The entries of diagnostics about parameters and headers.

use super::Entry;

pub(super) const COLLECTION_FORMAT: Entry = Entry {
    why: "OpenAPI 3 says how a list is written with `style` and `explode`. Other tools ignore \
          `collectionFormat`; here it is read as the `style` and `explode` that mean the same.",
    example: files!("collection-format": "openapi.yaml"),
    fix: "Replace it: `multi` by `explode: true`, `csv` by `explode: false`, `ssv` by `style: \
          spaceDelimited`, `pipes` by `style: pipeDelimited`.",
};

pub(super) const FILTER_MALFORMED: Entry = Entry {
    why: "`x-filter` says by which fields and operators an operation can be filtered, and `x-sort` by which fields its answer can be \
          ordered. What is wrong cannot be offered, so none of it is: the parameter takes any text, and what the server refuses \
          shows only in its answer.",
    example: files!("filter-malformed": "openapi.yaml"),
    fix: "Put them on a query parameter of type `string`. `x-filter` is an object with `fields`, in which each field has a list of \
          `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `in`, `sw`, `co`, `ca`, `isnull` and `pr`, and with `combine`, a list of `and` and `or` that \
          may be left out. `x-sort` is a list of fields. Names of fields have letters, digits and `_-.:$@/`.",
};

pub(super) const PARAMETER_DUPLICATE: Entry = Entry {
    why: "Two parameters of one operation cannot have the same name and place. The first one is kept; \
          what the second one says is lost.",
    example: files!("parameter-duplicate": "openapi.yaml"),
    fix: "Remove one of them.",
};

pub(super) const PARAMETER_IN: Entry = Entry {
    why: "The key `in` must be `query`, `path`, `header` or `cookie`. Without it, a parameter that the \
          path names is read as one of the path, and any other as one of the query. If that is wrong, \
          the server does not find it.",
    example: files!("parameter-in": "openapi.yaml"),
    fix: "Add or correct `in`.",
};

pub(super) const PATH_PARAMETER_OPTIONAL: Entry = Entry {
    why: "A path without one of its parts is another path, so OpenAPI says that path parameters are \
          always required. It is read as required.",
    example: files!("path-parameter-optional": "openapi.yaml"),
    fix: "Add `required: true`. If the part may really be missing, describe two paths.",
};

pub(super) const SCHEMA_AND_CONTENT: Entry = Entry {
    why: "OpenAPI allows one or the other, because each says how the value is encoded. The schema is \
          kept and `content` is left out.",
    example: files!("schema-and-content": "openapi.yaml"),
    fix: "Remove one of them. Keep `content` only if the value is really sent as JSON.",
};

pub(super) const SCHEMA_MISSING: Entry = Entry {
    why: "The type of the argument comes from the schema. Without one, the value is a string.",
    example: files!("schema-missing": "openapi.yaml"),
    fix: "Add a `schema` with the type of the value.",
};

pub(super) const STYLE_UNKNOWN: Entry = Entry {
    why: "The style decides how a list or an object is written. Each place has its own: `simple`, \
          `label` and `matrix` in a path, `simple` in a header, `form` in a cookie, and `form`, \
          `spaceDelimited`, `pipeDelimited` and `deepObject` in a query. With any other, the default \
          style is used, which the server may not understand.",
    example: files!("style-unknown": "openapi.yaml"),
    fix: "Use a style of the place, or remove `style`.",
};

pub(super) const TYPE_OUTSIDE_SCHEMA: Entry = Entry {
    why: "In OpenAPI 3 the type belongs under `schema`, and other tools may ignore it here. It is read \
          as the type of the schema.",
    example: files!("type-outside-schema": "openapi.yaml"),
    fix: "Move `type`, `format`, `enum` and the like below `schema`.",
};
