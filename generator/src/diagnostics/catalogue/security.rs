//! The entries of diagnostics about security schemes.

use super::Entry;

pub(super) const KEY_WITHOUT_PREFIX: Entry = Entry {
    why: "In the header `Authorization` the name of an HTTP scheme stands before the credential, such as \
          `Bearer`. OpenAPI says so with `type: http`; an API key in this header says nothing of it, and \
          many servers expect it all the same. The key is sent as the caller gives it.",
    example: files!("key-without-prefix": "openapi.yaml"),
    fix: "Say `prefix = \"Bearer\"`, or another scheme, under `[auth]` of target.toml; `prefix = \"\"` if the \
          server expects the bare key. Or declare the scheme with `type: http` and `scheme: bearer`.",
};

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

pub(super) const SECURITY_MISSING: Entry = Entry {
    why: "An operation without `security`, in a document that has none at its root, is called without \
          credentials. Where most operations of the same group ask for some, it was probably forgotten, and \
          the server answers 401.",
    example: files!("security-missing": "openapi.yaml"),
    fix: "Add `security` to the operation, or at the root of the document, or by an overlay with the action \
          that the message shows. If the operation needs no credentials, write `security: []`.",
};

pub(super) const SECURITY_SCHEME_INCOMPLETE: Entry = Entry {
    why: "An API key needs a `name` and a place (`in`), an HTTP scheme needs a `scheme`, and OpenID \
          Connect needs a URL. What is missing is replaced by the most common value, which may be wrong \
          for this server.",
    example: files!("security-scheme-incomplete": "openapi.yaml"),
    fix: "Add what the message names.",
};

pub(super) const SECURITY_SCHEME_NOT_SENT: Entry = Entry {
    why: "With mutual TLS, the connection shows a certificate, so there is nothing for a request to carry. \
          The client sends the other schemes that are asked for at once, and leaves the certificate to its \
          HTTP client. Where another alternative can be sent, that one is used.",
    example: files!("security-scheme-not-sent": "openapi.yaml"),
    fix: "Make a `reqwest::Client` with the certificate and give it to `ClientBuilder::http_client`.",
};

pub(super) const SECURITY_SCHEME_TYPE: Entry = Entry {
    why: "The type must be `apiKey`, `http`, `oauth2` or `openIdConnect`. A type of Swagger 2.0, such as \
          `basic`, is read as what it means in OpenAPI 3; any other is read as an HTTP scheme.",
    example: files!("security-scheme-type": "openapi.yaml"),
    fix: "Write one of the four types. Swagger 2.0's `basic` becomes `type: http` with `scheme: basic`.",
};

pub(super) const SECURITY_SCHEME_UNDECLARED: Entry = Entry {
    why: "The scheme says where a credential goes. Without it, the client cannot send one. The alternative \
          is left out; where no other is left, the operation is called with what the client signs in with.",
    example: files!("security-scheme-undeclared": "openapi.yaml"),
    fix: "Declare the scheme under `components.securitySchemes`. Check that the names are spelled alike.",
};

pub(super) const SECURITY_SCHEMES_IN_ONE_PLACE: Entry = Entry {
    why: "Schemes in one member of `security` are needed at once, and a request has one `Authorization` \
          header. It cannot hold a token and a password. The alternative is left out; where no other is \
          left, the operation is called with what the client signs in with.",
    example: files!("security-schemes-in-one-place": "openapi.yaml"),
    fix: "If one of the schemes is enough, list each as a member of its own.",
};
