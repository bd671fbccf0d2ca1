//! Work that a server goes on with after it answered: takes the request that starts it and what `target.toml` tells of its kind, asks for
//! its state again and again until it is done, and gives what the server tells of it then.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use reqwest::Method;
use tokio::time::{Instant, sleep, timeout};

use crate::call::call;
use crate::client::Client;
use crate::decode::{self, Received, scalar_text};
use crate::error::{
    ApiError, DecodeError, Error, ErrorBody, Failure, JobError, JobFault, NoErrorBody,
    OperationName,
};
use crate::outgoing::{Accept, JSON, Outgoing};
use crate::request::{Operation, SendFuture};
use crate::request_builder::RequestBuilder;
use crate::send::Take;

/// The wait before the state is asked for first, unless the caller says.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The longest wait between two questions, unless the caller says.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// How long a job is waited for, unless the caller says.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// A kind of job: where its id stands in the answer that starts it, and which operation tells its state. What else that operation's path
/// names, such as a user, is taken from the path of the operation that started the job.
///
/// ```
/// use sdk_runtime::Job;
///
/// const REPORT: Job = Job::new("/id", "/reports/{taskResultId}/result", "taskResultId")
///     .state("/status", &["SUCCESS", "WARNING"], &["FAILURE", "TERMINATED"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// Where the answer that starts it tells its id; none where the path of the start tells all.
    id: Option<&'static str>,
    path: &'static str,
    /// The parameter of the path that takes the id.
    parameter: &'static str,
    state: &'static str,
    done: &'static [&'static str],
    failed: &'static [&'static str],
}

impl Job {
    /// A kind of job, by the JSON pointer (RFC 6901) to its id in the answer that starts it, and by the path of the operation that
    /// tells its state, with the parameter in it that takes the id.
    pub const fn new(id: &'static str, path: &'static str, parameter: &'static str) -> Self {
        Self {
            id: Some(id),
            parameter,
            ..Self::by_path(path)
        }
    }

    /// A kind of job that has no id of its own: the path of the operation that tells its state is filled as that of the operation that
    /// started it.
    pub const fn by_path(path: &'static str) -> Self {
        Self {
            id: None,
            path,
            parameter: "",
            state: "",
            done: &[],
            failed: &[],
        }
    }

    /// Where that operation's answer tells the state, as a JSON pointer, and the states at the end of it. In any other the job is still
    /// going on.
    #[must_use]
    pub const fn state(
        self,
        pointer: &'static str,
        done: &'static [&'static str],
        failed: &'static [&'static str],
    ) -> Self {
        Self {
            state: pointer,
            done,
            failed,
            ..self
        }
    }

    /// The id in the answer that starts the job, or what the path of the start calls it.
    fn id_in<E>(
        &self,
        started: &Received,
        given: &[(&'static str, String)],
    ) -> Result<String, Error<E>> {
        match self.id {
            Some(pointer) => text_at(started, pointer).ok_or_else(|| {
                JobError::new(started.operation.clone(), JobFault::NoId(pointer)).into()
            }),
            None => Ok(given
                .last()
                .map(|(_, text)| text.clone())
                .unwrap_or_default()),
        }
    }

    fn operation(&self) -> OperationName {
        OperationName {
            method: Method::GET,
            path: self.path,
        }
    }
}

/// An operation that starts a job. The macro [`starts_job!`](crate::starts_job) says so of one.
pub trait StartsJob: Operation {
    /// The operation that tells the job's state.
    type Status: Operation;
    /// The kind of the job.
    const JOB: &'static Job;
}

/// A job that is started and waited for: await it for what its last state is. It asks after a second, then at ever longer intervals of at
/// most fifteen, for ten minutes in all, unless told otherwise.
#[must_use = "a job is started when it is awaited"]
pub struct Waiting<T, E> {
    start: RequestBuilder,
    accept: Accept,
    job: &'static Job,
    first_wait: Duration,
    longest_wait: Duration,
    patience: Duration,
    output: PhantomData<fn() -> (T, E)>,
}

impl<T, E> Waiting<T, E> {
    pub(crate) fn new(start: RequestBuilder, accept: Accept, job: &'static Job) -> Self {
        Self {
            start,
            accept,
            job,
            first_wait: FIRST_WAIT,
            longest_wait: LONGEST_WAIT,
            patience: PATIENCE,
            output: PhantomData,
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &OperationName {
        self.start.operation()
    }

    /// Asks for the state at this interval, always the same.
    pub fn every(self, wait: Duration) -> Self {
        Self {
            first_wait: wait,
            longest_wait: wait,
            ..self
        }
    }

    /// Waits no longer than this from the job's start on.
    pub fn at_most(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }
}

impl<T: serde::de::DeserializeOwned + 'static, E: ErrorBody> Waiting<T, E> {
    async fn finish(self) -> Result<T, Error<E>> {
        let client = self.start.client().clone();
        let given = self.start.draft.path.clone();
        let begun = Instant::now();
        let started = judge(answer(self.start.finish(self.accept)?).await?)?;
        let id = self.job.id_in(&started, &given)?;
        let mut wait = self.first_wait;
        loop {
            let is_over = begun.elapsed().saturating_add(wait) > self.patience;
            let asked = match is_over {
                true => None,
                false => {
                    sleep(wait).await;
                    let left = self.patience.saturating_sub(begun.elapsed());
                    timeout(left, ask(&client, self.job, &id, &given))
                        .await
                        .ok()
                }
            };
            let Some(asked) = asked else {
                let fault = JobFault::Patience(self.patience, id);
                return Err(JobError::new(self.job.operation(), fault).into());
            };
            let mut received = asked
                .and_then(judge)
                .map_err(|error| JobError::lost(self.job.operation(), id.clone(), error))?;
            let state = text_at(&received, self.job.state).unwrap_or_default();
            let is_one_of = |states: &[&str]| states.contains(&state.as_str());
            if is_one_of(self.job.failed) {
                let error = JobError::new(received.operation.clone(), JobFault::Failed(state));
                return Err(error.with_body(received.body).into());
            }
            if is_one_of(self.job.done) {
                return decode::json(&mut received).map_err(|problem| {
                    Error::Decode(Box::new(DecodeError::new(received, problem)))
                });
            }
            wait = wait.mul_f64(1.5).min(self.longest_wait);
        }
    }
}

/// The whole answer to a request.
async fn answer(outgoing: Outgoing) -> Result<Received, Failure> {
    Ok(call(&outgoing, Take::Whole).await?.received)
}

/// Asks for the state of a job; `given` are the values in the path of its start, as they were sent.
async fn ask(
    client: &Client,
    job: &Job,
    id: &str,
    given: &[(&'static str, String)],
) -> Result<Received, Error<NoErrorBody>> {
    let mut request = client.request(Method::GET, job.path);
    request.draft.path = given.to_vec();
    if job.id.is_some() {
        request = request.path(job.parameter, id);
    }
    Ok(answer(request.finish(&JSON)?).await?)
}

/// The answer, where it is a success.
fn judge<E: ErrorBody>(received: Received) -> Result<Received, Error<E>> {
    match received.status.is_success() {
        true => Ok(received),
        false => Err(Error::Api(Box::new(ApiError::from_received(received)))),
    }
}

/// The text or the number at a place in the body.
fn text_at(received: &Received, pointer: &str) -> Option<String> {
    let text = scalar_text(received.tree().pointer(pointer)?)?;
    (!text.is_empty()).then_some(text)
}

impl<T: serde::de::DeserializeOwned + 'static, E: ErrorBody> IntoFuture for Waiting<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = SendFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.finish())
    }
}

/// Names the operation alone.
impl<T, E> fmt::Debug for Waiting<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Waiting({})", self.start.operation())
    }
}
