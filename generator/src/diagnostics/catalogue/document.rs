//! The entries of diagnostics about the top of a document and its paths.

use super::Entry;

pub(super) const CALLBACKS_IGNORED: Entry = Entry {
    why: "Callbacks are requests that the server sends to a URL that you gave it. A client sends \
          requests, so no code is generated for them. This is said once for the whole document.",
    example: files!("callbacks-ignored": "openapi.yaml"),
    fix: "Nothing needs to be done.",
};

pub(super) const INFO_INCOMPLETE: Entry = Entry {
    why: "The title gives the client its name, and both appear in its documentation. A placeholder is \
          used instead.",
    example: files!("info-incomplete": "openapi.yaml"),
    fix: "Add `title` and `version` under `info`.",
};

pub(super) const LINKS_IGNORED: Entry = Entry {
    why: "A link says which operation can be called with a value of a response. The client has a method \
          for that operation in any case; no code is generated for the link. This is said once for the \
          whole document.",
    example: files!("links-ignored": "openapi.yaml"),
    fix: "Nothing needs to be done.",
};

pub(super) const METHOD_CASE: Entry = Entry {
    why: "OpenAPI writes methods in lower case: `get`, not `GET`. Other tools ignore the operation; here \
          it is read as meant.",
    example: files!("method-case": "openapi.yaml"),
    fix: "Write the method in lower case.",
};

pub(super) const OPENAPI_VERSION: Entry = Entry {
    why: "The key `openapi` at the top says which version of OpenAPI the document uses. Only version 3 \
          is read; Swagger 2.0 has other keywords, and a client made from it would be wrong.",
    example: files!("openapi-version": "openapi.yaml"),
    fix: "Convert the document to OpenAPI 3 with a converter, or give the path of the right file.",
};

pub(super) const OPENAPI_VERSION_ODD: Entry = Entry {
    why: "The version decides how some keywords are read. This one is understood, but other tools may \
          not understand it. A version newer than 3.1 is read as 3.1, so what only the newer version has \
          may have no effect.",
    example: files!("openapi-version-odd": "openapi.yaml"),
    fix: "Write `openapi: 3.0.3` or `openapi: 3.1.0`.",
};

pub(super) const PATH_WITHOUT_SLASH: Entry = Entry {
    why: "Every path starts with `/`, because it is added to the URL of the server. A slash is added, so \
          that the operations are kept.",
    example: files!("path-without-slash": "openapi.yaml"),
    fix: "Add the slash.",
};

pub(super) const PATHS_MISSING: Entry = Entry {
    why: "The operations of a client come from `paths`. Without them the client has no methods.",
    example: files!("paths-missing": "openapi.yaml"),
    fix: "Add `paths`. If the operations are in another file, give the generator the path of the root \
          document, which refers to that file.",
};

pub(super) const WEBHOOKS_IGNORED: Entry = Entry {
    why: "Webhooks are requests that the server sends to you. A client sends requests, so no code is \
          generated for them.",
    example: files!("webhooks-ignored": "openapi.yaml"),
    fix: "Nothing needs to be done. If operations that a client calls are under `webhooks` by mistake, \
          move them to `paths`.",
};
