//! Calls that never got a whole answer: those that could not be sent as given, and those whose
//! exchange broke.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::OperationName;

/// The exchange broke before the answer was whole.
#[derive(Debug)]
pub struct TransportError {
    operation: OperationName,
    origin: String,
    /// How long the call, or its silence, may last.
    limit: Duration,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Exchange(reqwest::Error),
    /// Nothing came for as long as one exchange may take.
    Silence,
    /// A line or an event of a stream has more bytes than this.
    Line(usize),
    /// No connection, in an error that a test made.
    #[cfg(feature = "testing")]
    Unreachable,
    /// The answer was cut off, likewise.
    #[cfg(feature = "testing")]
    CutOff,
}

impl TransportError {
    pub(crate) fn new(
        operation: OperationName,
        origin: String,
        limit: Duration,
        source: reqwest::Error,
    ) -> Self {
        // The URL holds ids and, with some APIs, the key.
        Self {
            operation,
            origin,
            limit,
            cause: Cause::Exchange(source.without_url()),
        }
    }

    pub(crate) fn silence(operation: OperationName, origin: String, limit: Duration) -> Self {
        Self {
            operation,
            origin,
            limit,
            cause: Cause::Silence,
        }
    }

    pub(crate) fn line(
        operation: OperationName,
        origin: String,
        limit: Duration,
        longest: usize,
    ) -> Self {
        Self {
            operation,
            origin,
            limit,
            cause: Cause::Line(longest),
        }
    }

    /// A connection that did not come about, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn unreachable(operation: OperationName, origin: String) -> Self {
        let (limit, cause) = (Duration::ZERO, Cause::Unreachable);
        Self {
            operation,
            origin,
            limit,
            cause,
        }
    }

    /// An answer that was cut off, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn cut_off(operation: OperationName, origin: String) -> Self {
        let (limit, cause) = (Duration::ZERO, Cause::CutOff);
        Self {
            operation,
            origin,
            limit,
            cause,
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
            _ => false,
        }
    }

    /// Whether no connection came about, so that the server has certainly not acted on the request.
    pub fn is_connect(&self) -> bool {
        match &self.cause {
            Cause::Exchange(error) => error.is_connect(),
            #[cfg(feature = "testing")]
            Cause::Unreachable => true,
            _ => false,
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            origin,
            limit,
            cause,
        } = self;
        match cause {
            Cause::Exchange(error) if error.is_connect() || !error.is_timeout() => {
                write!(f, "{operation}: {}", what_broke(error, origin))
            }
            #[cfg(feature = "testing")]
            Cause::Unreachable => write!(f, "{operation}: could not connect to {origin}"),
            #[cfg(feature = "testing")]
            Cause::CutOff => write!(f, "{operation}: the answer of {origin} was cut off"),
            Cause::Line(longest) => write!(
                f,
                "{operation}: {origin} sent a line or an event of more than {longest} bytes; \
                 `max_answer_size` of the client's builder raises the limit"
            ),
            Cause::Exchange(_) | Cause::Silence => write!(
                f,
                "{operation}: {origin} did not answer within {limit:?}; `timeout` of the request or \
                 of the client's builder sets that limit"
            ),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Exchange(error) => Some(error),
            _ => None,
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
    pub(crate) parameter: Option<String>,
    pub(crate) problem: String,
}

impl RequestError {
    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// The wire name of the parameter at fault; `None` when it is the body or the request as a
    /// whole.
    pub fn parameter(&self) -> Option<&str> {
        self.parameter.as_deref()
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.parameter {
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
