//! Calls that never got a whole answer: those that could not be sent as given, and those whose
//! exchange broke.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use tower::BoxError;

use super::{Made, OperationName, printable};

/// The exchange broke before the answer was whole.
#[derive(Debug)]
pub struct TransportError {
    operation: OperationName,
    origin: String,
    /// How long the call, or its silence, may last.
    limit: Duration,
    cause: Cause,
    pub(crate) made: Made,
}

#[derive(Debug)]
enum Cause {
    Exchange(reqwest::Error),
    /// A layer around the HTTP client failed.
    Layer(Box<LayerFailure>),
    /// Nothing came for as long as one exchange may take.
    Silence,
    /// The call was not done in the time that the client gives to all of it.
    Deadline,
    /// A line or an event of a stream has more bytes than this.
    Line(usize),
    /// No connection, in an error that a test made.
    #[cfg(feature = "testing")]
    Unreachable,
    /// The answer was cut off, likewise.
    #[cfg(feature = "testing")]
    CutOff,
}

struct LayerFailure {
    /// Its own words, without credentials.
    text: String,
    source: BoxError,
}

/// Shows its words without credentials alone.
impl fmt::Debug for LayerFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LayerFailure({})", self.text)
    }
}

impl TransportError {
    fn of(operation: OperationName, origin: String, limit: Duration, cause: Cause) -> Self {
        let made = Made::once(&operation);
        Self {
            operation,
            origin,
            limit,
            cause,
            made,
        }
    }

    pub(crate) fn new(
        operation: OperationName,
        origin: String,
        limit: Duration,
        source: reqwest::Error,
    ) -> Self {
        // The URL holds ids and, with some APIs, the key.
        let cause = Cause::Exchange(source.without_url());
        Self::of(operation, origin, limit, cause)
    }

    pub(crate) fn layer(
        operation: OperationName,
        origin: String,
        text: String,
        source: BoxError,
    ) -> Self {
        let cause = Cause::Layer(Box::new(LayerFailure { text, source }));
        Self::of(operation, origin, Duration::ZERO, cause)
    }

    pub(crate) fn silence(operation: OperationName, origin: String, limit: Duration) -> Self {
        Self::of(operation, origin, limit, Cause::Silence)
    }

    pub(crate) fn deadline(operation: OperationName, origin: String, limit: Duration) -> Self {
        Self::of(operation, origin, limit, Cause::Deadline)
    }

    pub(crate) fn line(
        operation: OperationName,
        origin: String,
        limit: Duration,
        longest: usize,
    ) -> Self {
        Self::of(operation, origin, limit, Cause::Line(longest))
    }

    /// A connection that did not come about, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn unreachable(operation: OperationName, origin: String) -> Self {
        Self::of(operation, origin, Duration::ZERO, Cause::Unreachable)
    }

    /// An answer that was cut off, for tests.
    #[cfg(feature = "testing")]
    pub(crate) fn cut_off(operation: OperationName, origin: String) -> Self {
        Self::of(operation, origin, Duration::ZERO, Cause::CutOff)
    }

    /// The same of a call that took this many attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.made.attempts = attempts;
        self
    }

    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// Whether time ran out, while connecting or later.
    pub fn is_timeout(&self) -> bool {
        match &self.cause {
            Cause::Exchange(error) => error.is_timeout(),
            Cause::Silence | Cause::Deadline => true,
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

impl TransportError {
    /// Whether another attempt may fare better: the exchange broke or took too long, and neither the
    /// request nor the answer is at fault.
    pub(crate) fn is_passing(&self) -> bool {
        match &self.cause {
            Cause::Exchange(error) => !error.is_builder(),
            Cause::Silence | Cause::Deadline => true,
            // What a layer refuses is for the layer to repeat.
            Cause::Layer(_) | Cause::Line(_) => false,
            #[cfg(feature = "testing")]
            Cause::Unreachable | Cause::CutOff => true,
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
            made,
        } = self;
        match cause {
            Cause::Exchange(error) if error.is_connect() || !error.is_timeout() => {
                write!(f, "{operation}: {}", what_broke(error, origin))?;
            }
            Cause::Layer(failure) => {
                let text = printable(&failure.text);
                write!(
                    f,
                    "{operation}: a layer around the HTTP client failed: {text}"
                )?;
            }
            #[cfg(feature = "testing")]
            Cause::Unreachable => write!(f, "{operation}: could not connect to {origin}")?,
            #[cfg(feature = "testing")]
            Cause::CutOff => write!(f, "{operation}: the answer of {origin} was cut off")?,
            Cause::Line(longest) => write!(
                f,
                "{operation}: {origin} sent a line or an event of more than {longest} bytes; \
                 `max_answer_size` of the client's builder raises the limit"
            )?,
            Cause::Exchange(_) | Cause::Silence => write!(
                f,
                "{operation}: {origin} did not answer within {limit:?}; `timeout` of the request or \
                 of the client's builder sets that limit"
            )?,
            Cause::Deadline => write!(
                f,
                "{operation}: {origin} did not answer within {limit:?} in all; `timeout` of the \
                 request or `deadline` of the client's builder sets that limit"
            )?,
        }
        write!(f, "{made}")
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Exchange(error) => Some(error),
            Cause::Layer(failure) => Some(failure.source.as_ref()),
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
