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
/// Words that no module of a tag can have: methods that the client has for itself or that any value has, files that stand beside the module's own, and names
/// of devices, which no file can have on Windows.
pub(super) const RESERVED_MODULES: [&str; 32] = [
    "builder", "from_env", "lossy", "clone", "into", "try_into", "mod", "main", "lib", "shared",
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// Methods that every request has.
pub(super) const RESERVED_SETTERS: [&str; 3] = ["send", "into_future", "into_request"];
/// Features that every crate has.
pub(super) const RESERVED_FEATURES: [&str; 3] = ["default", "rustls", "native-tls"];
