//! A request against its operation: everything that the document does not allow, each with its place.

use std::fmt;

use super::api::{Loaded, Operation};
use super::call::Call;
use super::description::Location;
use super::{body, parameters};

/// A request that the server refused, and why. It holds no value that was sent, but for the path.
#[derive(Clone, Debug)]
pub struct Refused {
    pub(super) status: u16,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) operation: Option<String>,
    pub(super) faults: Vec<String>,
}

impl Refused {
    /// The status that it was answered with: 400, or 401 for credentials.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, encoded as it was sent.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The operation's id in the document; `None` when the request was for none.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// What is wrong with it, each with its place.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path) = (&self.method, &self.path);
        write!(f, "{method} {path}: {}", self.faults.join("; "))
    }
}

/// Whether a request is one that the operation takes.
pub(super) fn takes(loaded: &Loaded, operation: &Operation, call: &Call) -> bool {
    faults(loaded, operation, call).is_empty()
}

/// Whether the values in the path of a request are such as the operation takes.
pub(super) fn takes_path(loaded: &Loaded, operation: &Operation, call: &Call) -> bool {
    let parameters = operation.parameters.iter();
    let mut in_path = parameters.filter(|parameter| parameter.location == Location::Path);
    in_path.all(|parameter| parameters::faults(loaded, operation, parameter, call).is_empty())
}

/// What a request does that its operation does not allow.
pub(super) fn faults(loaded: &Loaded, operation: &Operation, call: &Call) -> Vec<String> {
    let mut faults = Vec::new();
    for parameter in &operation.parameters {
        faults.extend(parameters::faults(loaded, operation, parameter, call));
    }
    faults.extend(body::faults(loaded, operation, call));
    faults
}
