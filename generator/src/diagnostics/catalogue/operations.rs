//! The entries of diagnostics about operations, their bodies and their responses.

use super::Entry;

pub(super) const BODY_PARAMETER: Entry = Entry {
    why: "OpenAPI 3 has `requestBody` instead of parameters with `in: body` or `in: formData`. They are \
          read as the request body, unless the operation has a `requestBody` as well.",
    example: files!("body-parameter": "openapi.yaml"),
    fix: "Replace the parameter by a `requestBody`.",
};

pub(super) const BODY_PARAMETER_SHARED: Entry = Entry {
    why: "OpenAPI 3 has `components/requestBodies` instead of shared parameters with `in: body`. The \
          parameter becomes the request body of the operations that refer to it.",
    example: files!("body-parameter-shared": "openapi.yaml"),
    fix: "Move the parameter to `components/requestBodies` and refer to it with `requestBody`.",
};

pub(super) const BODY_SCHEMA_OUTSIDE_CONTENT: Entry = Entry {
    why: "In OpenAPI 3 the schema belongs to a media type under `content`, and other tools may ignore it \
          here. It is read as the schema of `application/json`.",
    example: files!("body-schema-outside-content": "openapi.yaml"),
    fix: "Move the schema to `content`, below its media type.",
};

pub(super) const ENCODING_STYLE_UNKNOWN: Entry = Entry {
    why: "The style decides how a list or an object is written in a form: `form`, `spaceDelimited`, \
          `pipeDelimited` or `deepObject`. With any other, the default style is used, which the server \
          may not understand.",
    example: files!("encoding-style-unknown": "openapi.yaml"),
    fix: "Use one of the four styles, or remove `style`.",
};

pub(super) const GROUPED_BY_PATH: Entry = Entry {
    why: "Each tag becomes a module, a Cargo feature and a page. Operations that have no tag are grouped by \
          the first segment of their paths that tells them apart: neither a parameter, nor a version such \
          as `v1`, nor `api`, nor what all paths start with. Where that gives one group, or hardly fewer \
          groups than operations, they stay together, in a group that is called after the API.",
    example: files!("grouped-by-path": "openapi.yaml"),
    fix: "Nothing needs to be done. To group them in another way, give them `tags`; to call a group in \
          another way, name it under `[names.tags]` of target.toml.",
};

pub(super) const MEDIA_TYPE_MISSPELT: Entry = Entry {
    why: "The media type decides how a body is encoded and which `Content-Type` is sent. This one is not \
          known, and differs in a letter or two from one that is, so it is read as that one.",
    example: files!("media-type-misspelt": "openapi.yaml"),
    fix: "Correct the spelling.",
};

pub(super) const RESPONSE_KEY: Entry = Entry {
    why: "Responses are listed by status code, such as `200`, by a range, such as `4XX`, or as \
          `default`. If the key shows which status is meant, it is read as that; otherwise the response \
          is left out.",
    example: files!("response-key": "openapi.yaml"),
    fix: "Write the status code alone, and put words into the description.",
};

pub(super) const RESPONSE_SCHEMA_OUTSIDE_CONTENT: Entry = Entry {
    why: "This is how Swagger 2.0 wrote it. In OpenAPI 3 the schema belongs to a media type under \
          `content`, and other tools may ignore it here. It is read as the schema of `application/json`.",
    example: files!("response-schema-outside-content": "openapi.yaml"),
    fix: "Move the schema to `content`, below its media type.",
};

pub(super) const RESPONSE_WITHOUT_DESCRIPTION: Entry = Entry {
    why: "OpenAPI requires the description, and other tools may refuse the document. Here an empty one \
          is used, so the documentation of the client does not say what the response means.",
    example: files!("response-without-description": "openapi.yaml"),
    fix: "Add a `description`.",
};

pub(super) const RESPONSES_MISSING: Entry = Entry {
    why: "OpenAPI requires `responses`. Without them, the method of the client returns nothing, whatever \
          the server sends.",
    example: files!("responses-missing": "openapi.yaml"),
    fix: "Add `responses`, with a schema for each body.",
};
