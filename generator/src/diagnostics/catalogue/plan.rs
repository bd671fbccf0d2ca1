//! The entries of diagnostics about what is decided for a client, and about what a client cannot express.

use super::Entry;

pub(super) const ALL_OF_CONFLICT: Entry = Entry {
    why: "A value must match all members of an `allOf`, so the types must agree. The client can have \
          only one field for the property, with one of the types; the message points at the one that is \
          used.",
    example: files!("all-of-conflict": "openapi.yaml"),
    fix: "Describe the property once, or make the types agree.",
};

pub(super) const ALL_OF_PLAIN: Entry = Entry {
    why: "The members of an `allOf` are merged when they are objects. Two descriptions of a string or a \
          number cannot be merged into one Rust type, so the first is used and what the others say is \
          lost.",
    example: files!("all-of-plain": "openapi.yaml"),
    fix: "Describe the values in one schema.",
};

pub(super) const HEADER_PARAMETER_IGNORED: Entry = Entry {
    why: "OpenAPI says that parameters named `Accept`, `Content-Type` and `Authorization` are ignored, \
          because the media types and the security schemes say what they are. Headers such as \
          `Content-Length` are set by the HTTP client itself.",
    example: files!("header-parameter-ignored": "openapi.yaml"),
    fix: "Remove the parameter. Describe credentials with a security scheme, and media types under \
          `content`.",
};

pub(super) const HTTP_SCHEME_CHALLENGE: Entry = Entry {
    why: "The credential of such a scheme, `digest` for one, is worked out from a challenge that the server \
          sends first. The client sends what it is given, under the name of the scheme, and answers no \
          challenge.",
    example: files!("http-scheme-challenge": "openapi.yaml"),
    fix: "Give `ClientBuilder::http_client` an HTTP client that answers the challenge. If the server takes \
          another scheme as well, declare that one.",
};

pub(super) const MEDIA_TYPE_WITHOUT_SCHEMA: Entry = Entry {
    why: "The type of a body comes from the schema of its media type. Without one, a body that you send \
          becomes any JSON value. A body that the server sends is not read, unless an example shows that \
          there is one.",
    example: files!("media-type-without-schema": "openapi.yaml"),
    fix: "Add a `schema` if there is a body. Remove `content` if there is none.",
};

pub(super) const NO_OPERATION_ID: Entry = Entry {
    why: "The `operationId` gives the method of the client its name. Without one, the name is made from \
          the method and the path, such as `get_pets_id`; it changes whenever the path changes.",
    example: files!("no-operation-id": "openapi.yaml"),
    fix: "Add an `operationId` that is used only once in the document.",
};

pub(super) const NO_SERVER: Entry = Entry {
    why: "The URL of the server is the start of every request. Without one, the client has no default \
          and its user must give it a base URL.",
    example: files!("no-server": "openapi.yaml"),
    fix: "Add `servers` with the URL of the server, if all users of the API have the same one.",
};

pub(super) const PARAMETER_CONTENT: Entry = Entry {
    why: "A parameter with `content` is encoded in the way of its media type. Only JSON is known here; \
          for any other, the method of the client takes a string that is sent as it is.",
    example: files!("parameter-content": "openapi.yaml"),
    fix: "Use `schema` for a simple value, or encode the value yourself before you pass it.",
};

pub(super) const PARAMETER_FIXED_BY_PATH: Entry = Entry {
    why: "The path has a query of its own, such as `?kind=dog`, which gives the parameter its value. A \
          second value would contradict the first, so the parameter is left out.",
    example: files!("parameter-fixed-by-path": "openapi.yaml"),
    fix: "Remove the parameter, or remove the query from the path.",
};

pub(super) const PATH_FRAGMENT: Entry = Entry {
    why: "The part of a URL after `#` is never sent to a server. Authors use it to tell apart operations \
          that have the same path and method. It is left out of the request.",
    example: files!("path-fragment": "openapi.yaml"),
    fix: "Remove the part after `#`. Operations that differ only in their bodies can be described as one \
          operation with `oneOf`.",
};

pub(super) const PATH_PARAMETER_UNDECLARED: Entry = Entry {
    why: "Every name in braces in a path needs a parameter with `in: path`. A required argument of type \
          string is used instead, so the operation can be called.",
    example: files!("path-parameter-undeclared": "openapi.yaml"),
    fix: "Declare the parameter under `parameters`, with `in: path` and `required: true`. Check that the \
          names are spelled alike.",
};

pub(super) const RECURSIVE_ALIAS: Entry = Entry {
    why: "Rust needs a named type for something that contains itself, and lists and maps have no name of \
          their own. The inner values become any JSON value.",
    example: files!("recursive-alias": "openapi.yaml"),
    fix: "Put an object with a property for the inner values in between.",
};

pub(super) const REF_NOT_FOLLOWED: Entry = Entry {
    why: "The component that the reference names is missing in the section that belongs at this place, \
          often because it was itself left out for another fault. What refers to it is left out too.",
    example: files!("ref-not-followed": "openapi.yaml"),
    fix: "Look for another diagnostic about the component that the reference names and fix that one. \
          Otherwise, refer to a component in the right section of `components`.",
};

pub(super) const SERVER_WITHOUT_HOST: Entry = Entry {
    why: "A URL such as `/v1` is relative to the place that the document was downloaded from, which the \
          client does not know. Its user must give it a base URL.",
    example: files!("server-without-host": "openapi.yaml"),
    fix: "Write the whole URL, such as `https://api.example.com/v1`, if all users of the API have the \
          same one.",
};

pub(super) const UNTYPED: Entry = Entry {
    why: "The field, argument or body of the client becomes any JSON value (`serde_json::Value`), or a \
          map of them. It works, but the compiler cannot help the person who uses it. The message gives \
          the reason.",
    example: files!("untyped": "openapi.yaml"),
    fix: "Add a `type`; for an object, add its `properties`; for a list, its `items`. A field that \
          really takes any value can stay as it is.",
};

pub(super) const VALUE_IMPOSSIBLE: Entry = Entry {
    why: "A type that requires a value of itself, directly or through other types, has no finite \
          value. No server can send one and no caller can make one, so the operation has no test, and \
          its example takes the value from the reader.",
    example: files!("value-impossible": "openapi.yaml"),
    fix: "Make one of the properties on the way optional or nullable, or a list.",
};

pub(super) const COOKIE_NOT_SENDABLE: Entry = Entry {
    why: "A cookie with such a name cannot stand in a `Cookie` header (RFC 6265, 4.1.1), so a call that \
          sets it fails before anything is sent.",
    example: files!("cookie-not-sendable": "openapi.yaml"),
    fix: "Use a name of letters, digits and the signs that the standard allows.",
};

pub(super) const HEADER_NOT_SENDABLE: Entry = Entry {
    why: "HTTP allows no header with such a name (RFC 9110, 5.6.2), so a call that sets it fails before \
          anything is sent, and no answer can have it.",
    example: files!("header-not-sendable": "openapi.yaml"),
    fix: "Use a name of letters, digits and the signs that the standard allows.",
};

pub(super) const SERVER_PATH_NOT_SENDABLE: Entry = Entry {
    why: "The path of an operation is appended to the URL of the server. Behind a query, a fragment or \
          a space it would be no path, so no operation can be called at this address.",
    example: files!("server-path-not-sendable": "openapi.yaml"),
    fix: "Write a URL that ends with a path, and declare what is in the query as parameters.",
};

pub(super) const PATH_VALUE_NOT_SENDABLE: Entry = Entry {
    why: "A segment of a path is never empty, `.` or `..`: these lead to another path than the one meant. A \
          call with such a value fails before anything is sent.",
    example: files!("path-value-not-sendable": "openapi.yaml"),
    fix: "Remove the value. If the server has an operation without that segment, describe it under a path of \
          its own.",
};

pub(super) const TAG_CASE: Entry = Entry {
    why: "The operations of each tag become one group, with a module and a feature of its name. Two names \
          that differ in capital letters alone are nearly always meant to be one, so they make one group, \
          under the name that comes first.",
    example: files!("tag-case": "openapi.yaml"),
    fix: "Spell the tag in one way. If two groups are meant, give them names that differ in more.",
};
