//! Calls that never got a whole answer: those that could not be sent as given, and those whose
//! exchange broke.

use std::error::Error as StdError;
use std::fmt;

use super::OperationName;

/// The exchange broke before the answer was whole.
#[derive(Debug)]
pub struct TransportError {
    operation: OperationName,
    origin: String,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Exchange(reqwest::Error),
    /// Nothing came for as long as one exchange may take.
    Silence,
}

impl TransportError {
    pub(crate) fn new(operation: OperationName, origin: String, source: reqwest::Error) -> Self {
        // The URL holds ids and, with some APIs, the key.
        Self {
            operation,
            origin,
            cause: Cause::Exchange(source.without_url()),
        }
    }

    pub(crate) fn silence(operation: OperationName, origin: String) -> Self {
        Self {
            operation,
            origin,
            cause: Cause::Silence,
        }
    }

    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// Whether time ran out, while connecting or later.
    pub fn is_timeout(&self) -> bool {
        match &self.cause {
            Cause::Exchange(error) => error.is_timeout(),
            Cause::Silence => true,
        }
    }

    /// Whether no connection came about, so that the server has certainly not acted on the request.
    pub fn is_connect(&self) -> bool {
        matches!(&self.cause, Cause::Exchange(error) if error.is_connect())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation, origin, ..
        } = self;
        match &self.cause {
            Cause::Exchange(error) => write!(f, "{operation}: {}", what_broke(error, origin)),
            Cause::Silence => write!(f, "{operation}: {origin} did not answer in time"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Exchange(error) => Some(error),
            Cause::Silence => None,
        }
    }
}

/// One clause on how an exchange with a host broke; the details are the error's own.
pub(crate) fn what_broke(error: &reqwest::Error, host: &str) -> String {
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => format!("timed out connecting to {host}"),
        (true, false) => format!("could not connect to {host}"),
        (false, true) => format!("{host} did not answer in time"),
        (false, false) if error.is_body() || error.is_decode() => {
            format!("the answer of {host} was cut off")
        }
        (false, false) => format!("the exchange with {host} failed"),
    }
}

/// A parameter, header or body that cannot be sent as given. Nothing was sent.
#[derive(Clone, Debug)]
pub struct RequestError {
    pub(crate) operation: OperationName,
    pub(crate) parameter: Option<&'static str>,
    pub(crate) problem: String,
}

impl RequestError {
    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// The wire name of the parameter at fault; `None` when it is the body or the request as a
    /// whole.
    pub fn parameter(&self) -> Option<&'static str> {
        self.parameter
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parameter {
            Some(name) => write!(
                f,
                "{}: parameter `{name}`: {}",
                self.operation, self.problem
            ),
            None => write!(f, "{}: {}", self.operation, self.problem),
        }
    }
}

impl StdError for RequestError {}
