//! Names that the emitted code uses itself, by the place where they stand: no item of a document is called so there.

/// Names that model files use themselves.
pub(super) const RESERVED_TYPES: [&str; 18] = [
    "String",
    "Vec",
    "Option",
    "Box",
    "BTreeMap",
    "Value",
    "Base64",
    "Base64Url",
    "FilePart",
    "Nullable",
    "Secret",
    "DateTime",
    "Date",
    "UnknownMembers",
    "Self",
    "Default",
    "Into",
    "JsonPatchOperation",
];
/// Names that API files use themselves.
pub(super) const RESERVED_API_TYPES: [&str; 11] = [
    "Client",
    "ErrorBody",
    "Method",
    "Operation",
    "Request",
    "String",
    "Vec",
    "Option",
    "Box",
    "Into",
    "Self",
];
/// Methods of the prelude's traits that take a value of any type: a call of a method by that name on a value reaches the trait's.
pub(super) const RESERVED_METHODS: [&str; 2] = ["into", "try_into"];
/// Words that no module of a tag can have, beside the names of devices: methods that the client has for itself or that any value has,
/// and files that stand beside the module's own.
pub(super) const RESERVED_MODULES: [&str; 10] = [
    "builder", "from_env", "lossy", "clone", "into", "try_into", "mod", "main", "lib", "shared",
];
/// Methods that every request has: `request_type!` of the runtime makes them.
pub(super) const RESERVED_SETTERS: [&str; 27] = [
    "accept",
    "at_url",
    "call",
    "call_response",
    "call_stream",
    "clone",
    "collect_all",
    "get_url",
    "header",
    "into_future",
    "into_request",
    "lossy",
    "on_upload",
    "pages",
    "pages_from",
    "query",
    "raw_body",
    "repeatable",
    "retries",
    "send",
    "send_bytes",
    "send_optional",
    "send_stream",
    "stream",
    "stream_from",
    "timeout",
    "wait",
];
/// Features that every crate has, whatever its tags.
pub const RESERVED_FEATURES: [&str; 10] = [
    "blocking",
    "compression",
    "default",
    "jiff",
    "json-patch",
    "mock",
    "rustls",
    "native-tls",
    "testing",
    "tracing",
];
