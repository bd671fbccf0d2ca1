//! A success without the body that its operation promises.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{Made, OperationName, TrackedAs};
use crate::decode::Received;
use crate::reading::Deviation;
use crate::response::Response;

/// An answer of success whose body is missing, where the operation promises one and its type cannot
/// say nothing.
///
/// The server has done what was asked: the call is not to be made again.
/// [`Request::send_optional`](crate::Request::send_optional) gives such an answer as a success.
pub struct MissingBody {
    received: Received,
}

impl MissingBody {
    pub(crate) fn new(received: Received) -> Self {
        Self { received }
    }

    /// Method and path template of the operation.
    pub fn operation(&self) -> &OperationName {
        &self.received.operation
    }

    /// The answer's status.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// The answer's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// The id under which the server logged the exchange, when a header tells it.
    pub fn tracking_id(&self) -> Option<&str> {
        self.received.tracking_header()
    }

    pub(super) fn made(&self) -> Made {
        self.received.made
    }

    /// The answer as what it is: a success with nothing in it.
    pub(crate) fn into_response<T>(self) -> Response<Option<T>> {
        let response = self.received.into_response(None);
        response.with_deviations(vec![Deviation::missing_body()])
    }
}

impl fmt::Display for MissingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operation, status) = (self.operation(), self.status());
        let (id, made) = (
            TrackedAs(self.received.shown_tracking_header()),
            self.made(),
        );
        write!(
            f,
            "{operation}: {status}, but its body is missing{id}{made}"
        )
    }
}

impl fmt::Debug for MissingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MissingBody")
            .field("operation", &format_args!("{}", self.operation()))
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

impl StdError for MissingBody {}
