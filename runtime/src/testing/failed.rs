//! Every error that a call can give, made without one: for tests of code that handles errors.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use tokio::time::Instant;

use crate::deadline::Deadline;
use crate::decode::Received;
use crate::error::{
    ApiError, AuthError, DecodeError, DecodeProblem, Error, ErrorBody, Made, MissingBody,
    OperationName, RateLimitError, RequestError, TooLarge, TransportError,
};
use crate::rate_limit::RateLimit;
use crate::reading::Loss;
use crate::redact::Secrets;
use crate::service::{ErrorShape, Service};

/// Where the calls of these errors went.
const ORIGIN: &str = "https://api.invalid";

/// A call that failed: what makes its error. The type of the error is the emitted crate's own, such as
/// `petstore::Error`.
///
/// ```
/// use sdk_runtime::testing::Failed;
/// use sdk_runtime::{Error, NoErrorBody};
///
/// fn advice(error: &Error<NoErrorBody>) -> &'static str {
///     match error.status().map(|status| status.as_u16()) {
///         Some(429) => "later",
///         _ if error.is_timeout() => "again",
///         _ => "never",
///     }
/// }
///
/// let call = Failed::new("GET", "/pets/{id}");
/// assert_eq!(advice(&call.refused(429, r#"{"message": "slow down"}"#)), "later");
/// assert_eq!(advice(&call.timed_out()), "again");
/// assert_eq!(advice(&call.refused(404, "")), "never");
/// ```
#[derive(Clone, Debug)]
pub struct Failed {
    operation: OperationName,
    headers: HeaderMap,
    errors: ErrorShape,
}

impl Failed {
    /// A call of this method and path template that failed.
    ///
    /// # Panics
    /// When the method is none.
    pub fn new(method: &str, path: &'static str) -> Self {
        let Ok(method) = Method::from_bytes(method.as_bytes()) else {
            panic!("`{method}` is no HTTP method")
        };
        Self {
            operation: OperationName { method, path },
            headers: HeaderMap::new(),
            errors: ErrorShape::GENERIC,
        }
    }

    /// Finds message and tracking id where this API has them; unless called, where most do.
    #[must_use]
    pub fn of(mut self, service: &Service) -> Self {
        self.errors = service.errors;
        self
    }

    /// With this header in the answer, such as `Retry-After`.
    ///
    /// # Panics
    /// When it is no header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => self.headers.insert(name, value),
            _ => panic!("`{name}: {value}` is no header"),
        };
        self
    }

    /// [`Error::Api`]: the server refused with this status and body, which is decoded as the answer of
    /// a server is.
    ///
    /// # Panics
    /// When the status is none.
    pub fn refused<E: ErrorBody>(&self, status: u16, body: impl Into<Vec<u8>>) -> Error<E> {
        let received = self.received(status, body.into());
        Error::Api(Box::new(ApiError::from_received(received)))
    }

    /// [`Error::Decode`]: a success whose body does not decode at this place, a JSON pointer such as
    /// `/0/id`.
    ///
    /// # Panics
    /// When the status is none.
    pub fn undecodable<E>(
        &self,
        status: u16,
        body: impl Into<Vec<u8>>,
        pointer: &str,
        problem: &str,
    ) -> Error<E> {
        let (received, problem) = (
            self.received(status, body.into()),
            DecodeProblem::new(pointer, problem),
        );
        Error::Decode(Box::new(DecodeError::new(received, problem)))
    }

    /// [`Error::MissingBody`]: a success without the body that was promised.
    ///
    /// # Panics
    /// When the status is none.
    pub fn without_body<E>(&self, status: u16) -> Error<E> {
        let received = self.received(status, Vec::new());
        Error::MissingBody(Box::new(MissingBody::new(received)))
    }

    /// [`Error::TooLarge`]: a success with more bytes than this.
    ///
    /// # Panics
    /// When the status is none.
    pub fn too_large<E>(&self, status: u16, limit: usize) -> Error<E> {
        let received = self.received(status, Vec::new());
        Error::TooLarge(Box::new(TooLarge::new(received, limit)))
    }

    /// [`Error::Transport`]: nothing came in time.
    pub fn timed_out<E>(&self) -> Error<E> {
        let (operation, limit) = (self.operation.clone(), Duration::from_secs(60));
        let error = TransportError::silence(operation, ORIGIN.to_owned(), limit);
        Error::Transport(Box::new(error))
    }

    /// [`Error::Transport`]: no connection came about.
    pub fn unreachable<E>(&self) -> Error<E> {
        let error = TransportError::unreachable(self.operation.clone(), ORIGIN.to_owned());
        Error::Transport(Box::new(error))
    }

    /// [`Error::Transport`]: the answer was cut off.
    pub fn cut_off<E>(&self) -> Error<E> {
        let error = TransportError::cut_off(self.operation.clone(), ORIGIN.to_owned());
        Error::Transport(Box::new(error))
    }

    /// [`Error::RateLimit`]: the client's rate limit left no room in time.
    pub fn out_of_turn<E>(&self) -> Error<E> {
        let limit = RateLimit::new(100, Duration::from_secs(10));
        let deadline = Deadline::new(Instant::now(), None, Duration::from_secs(5));
        let error = RateLimitError::new(self.operation.clone(), limit, deadline);
        Error::RateLimit(Box::new(error))
    }

    /// [`Error::Auth`]: the client has no credentials for the operation.
    pub fn without_credentials<E>(&self) -> Error<E> {
        let help = "call `bearer_token` on the client's builder".to_owned();
        Error::Auth(Box::new(AuthError::NoCredentials {
            help,
            operation: Some(self.operation.clone()),
        }))
    }

    /// [`Error::Auth`]: the token endpoint refused with this status and message.
    ///
    /// # Panics
    /// When the status is none.
    pub fn token_refused<E>(&self, status: u16, message: &str) -> Error<E> {
        Error::Auth(Box::new(AuthError::Refused {
            token_url: token_url(),
            status: self::status(status),
            message: Some(message.to_owned()),
            retry_after: crate::error::retry_after(&self.headers),
            attempts: 1,
            operation: Some(self.operation.clone()),
        }))
    }

    /// [`Error::Auth`]: the token endpoint answered with success and without a token.
    pub fn without_token<E>(&self, message: &str) -> Error<E> {
        Error::Auth(Box::new(AuthError::NoToken {
            token_url: token_url(),
            status: StatusCode::OK,
            message: message.to_owned(),
            attempts: 1,
            operation: Some(self.operation.clone()),
        }))
    }

    /// [`Error::Auth`]: the token endpoint cannot be reached, or does not answer in time.
    pub fn token_unreachable<E>(&self, timed_out: bool) -> Error<E> {
        Error::Auth(Box::new(AuthError::Unreachable {
            token_url: token_url(),
            source: None,
            timed_out,
            attempts: 1,
            operation: Some(self.operation.clone()),
        }))
    }

    /// [`Error::Request`]: a parameter, or with `None` the body, cannot be sent as given.
    pub fn unsendable<E>(&self, parameter: Option<&str>, problem: &str) -> Error<E> {
        Error::Request(Box::new(RequestError {
            operation: self.operation.clone(),
            parameter: parameter.map(str::to_owned),
            problem: problem.to_owned(),
        }))
    }

    fn received(&self, status: u16, body: Vec<u8>) -> Received {
        Received {
            operation: self.operation.clone(),
            status: self::status(status),
            headers: self.headers.clone(),
            body,
            errors: self.errors,
            secrets: Secrets::default(),
            loss: Loss::default(),
            deviations: Vec::new(),
            made: Made::once(&self.operation),
        }
    }
}

fn token_url() -> String {
    format!("{ORIGIN}/oauth/token")
}

fn status(code: u16) -> StatusCode {
    match StatusCode::from_u16(code) {
        Ok(status) => status,
        Err(_) => panic!("`{code}` is no HTTP status"),
    }
}
