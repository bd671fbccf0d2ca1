//! The entries of diagnostics about security schemes.

use super::Entry;

pub(super) const OAUTH2_FLOW_INCOMPLETE: Entry = Entry {
    why: "A flow needs the URL at which the client gets a token (`tokenUrl`), or the one at which a user \
          signs in (`authorizationUrl`). Without it, an empty one is used, and signing in does not work.",
    example: files!("oauth2-flow-incomplete": "openapi.yaml"),
    fix: "Add the URL that the message names.",
};

pub(super) const OAUTH2_FLOWS_MISSING: Entry = Entry {
    why: "The flows say how a token is obtained. Without them, the client cannot get a token and takes \
          one from its user. A `flow` as in Swagger 2.0 is read as the only flow.",
    example: files!("oauth2-flows-missing": "openapi.yaml"),
    fix: "Add `flows`, with `clientCredentials` or another flow and its URLs.",
};

pub(super) const SECURITY_SCHEME_INCOMPLETE: Entry = Entry {
    why: "An API key needs a `name` and a place (`in`), an HTTP scheme needs a `scheme`, and OpenID \
          Connect needs a URL. What is missing is replaced by the most common value, which may be wrong \
          for this server.",
    example: files!("security-scheme-incomplete": "openapi.yaml"),
    fix: "Add what the message names.",
};

pub(super) const SECURITY_SCHEME_TYPE: Entry = Entry {
    why: "The type must be `apiKey`, `http`, `oauth2` or `openIdConnect`. A type of Swagger 2.0, such as \
          `basic`, is read as what it means in OpenAPI 3; any other is read as an HTTP scheme.",
    example: files!("security-scheme-type": "openapi.yaml"),
    fix: "Write one of the four types. Swagger 2.0's `basic` becomes `type: http` with `scheme: basic`.",
};
