//! Jobs that were started and did not end well.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Error, NoErrorBody, OperationName, printable};

/// A job that was started, and failed or was not waited for to its end.
#[derive(Clone)]
pub struct JobError {
    operation: OperationName,
    fault: JobFault,
    body: Vec<u8>,
    /// Why its state could not be asked for.
    source: Option<Arc<Error<NoErrorBody>>>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JobFault {
    /// The server says so, in this state.
    Failed(String),
    /// It is still going on after this time; its id.
    Patience(Duration, String),
    /// Its state could not be asked for; its id.
    Lost(String),
    /// The answer that started it has no id at this JSON pointer.
    NoId(&'static str),
}

impl JobError {
    pub(crate) fn new(operation: OperationName, fault: JobFault) -> Self {
        let body = Vec::new();
        Self {
            operation,
            fault,
            body,
            source: None,
        }
    }

    /// A job whose state could not be asked for.
    pub(crate) fn lost(operation: OperationName, id: String, source: Error<NoErrorBody>) -> Self {
        Self {
            source: Some(Arc::new(source)),
            ..Self::new(operation, JobFault::Lost(id))
        }
    }

    pub(crate) fn with_body(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }

    /// Method and path template of the operation that told it.
    pub fn operation(&self) -> &OperationName {
        &self.operation
    }

    /// The state in which the job failed.
    pub fn state(&self) -> Option<&str> {
        match &self.fault {
            JobFault::Failed(state) => Some(state),
            JobFault::Patience(..) | JobFault::Lost(_) | JobFault::NoId(_) => None,
        }
    }

    /// The id of a job that is or may be still going on: it can be asked for by the operation that tells its state.
    pub fn running_id(&self) -> Option<&str> {
        match &self.fault {
            JobFault::Patience(_, id) | JobFault::Lost(id) => Some(id),
            JobFault::Failed(_) | JobFault::NoId(_) => None,
        }
    }

    /// What the server told of a failed job, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl<E> From<JobError> for Error<E> {
    fn from(error: JobError) -> Self {
        Self::Job(Box::new(error))
    }
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.fault {
            JobFault::Failed(state) => write!(f, "the job ended in the state {}", printable(state)),
            JobFault::Patience(time, id) => write!(
                f,
                "the job {} is still going on after {time:?}; `at_most` sets how long to wait for it",
                printable(id)
            ),
            JobFault::Lost(id) => {
                let id = printable(id);
                write!(
                    f,
                    "the job {id} may be still going on; its state cannot be asked for"
                )?;
                match &self.source {
                    Some(source) => write!(f, ": {source}"),
                    None => Ok(()),
                }
            }
            JobFault::NoId(pointer) => write!(
                f,
                "the server started a job, but its answer has no id at `{pointer}`, so the job cannot be waited for"
            ),
        }
    }
}

/// Shows the body's length alone: it may hold what must not reach a log.
impl fmt::Debug for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobError")
            .field("operation", &format_args!("{}", self.operation))
            .field("fault", &self.fault)
            .field("body_length", &self.body.len())
            .finish()
    }
}

impl StdError for JobError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
