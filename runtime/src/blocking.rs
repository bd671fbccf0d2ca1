//! Calls from code that is not async: takes what such code would await, and waits for it on this thread. Connections live on one thread
//! of their own, which all clients of the process share.

use std::fmt;
use std::io::{self, Read};
use std::sync::OnceLock;

use bytes::{Buf as _, Bytes};
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::download::Download;
use crate::error::{Error, ErrorBody, OperationName, RequestError};
use crate::job::Waiting;
use crate::paging::{Items, Page, Pages};
use crate::request::Request;
use crate::response::Response;

static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();

/// What code that is async already must do instead.
const IN_ASYNC_CODE: &str = "it was called on a thread of an async runtime, which it would block; use `.await` there instead of `.call()`, and \
     within `spawn_blocking` give it to `Handle::current().block_on`";

/// What is wrong when the thread cannot be started.
const NO_THREAD: &str = "the thread for its connections cannot be started";

/// Waits for a future on this thread.
fn wait_for<T>(future: impl Future<Output = T>) -> Result<T, &'static str> {
    if Handle::try_current().is_ok() {
        return Err(IN_ASYNC_CODE);
    }
    let start = || {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("sdk-runtime");
        builder.enable_all().build().ok()
    };
    let runtime = RUNTIME.get_or_init(start).as_ref().ok_or(NO_THREAD)?;
    Ok(runtime.block_on(future))
}

/// The same for a call, whose error tells what kept it from being made.
fn call<T, E>(
    operation: &OperationName,
    future: impl Future<Output = Result<T, Error<E>>>,
) -> Result<T, Error<E>> {
    wait_for(future).unwrap_or_else(|problem| {
        Err(Error::Request(Box::new(RequestError {
            operation: operation.clone(),
            parameter: None,
            problem: problem.to_owned(),
        })))
    })
}

impl<T, E: ErrorBody> Request<T, E> {
    /// Sends the request and waits for the body, from code that is not async: what awaiting it gives.
    ///
    /// # Errors
    /// As for [`send`](Self::send), and when it is called from async code.
    pub fn call(self) -> Result<T, Error<E>> {
        self.call_response().map(Response::into_body)
    }

    /// The same for [`send`](Self::send): the answer's status and headers beside its body.
    ///
    /// # Errors
    /// As for [`call`](Self::call).
    pub fn call_response(self) -> Result<Response<T>, Error<E>> {
        let operation = self.operation().clone();
        call(&operation, self.send())
    }

    /// The same for [`send_stream`](Self::send_stream): the body in chunks, as a [`Read`].
    ///
    /// # Errors
    /// As for [`send_stream`](Self::send_stream), and when it is called from async code.
    pub fn call_stream(self) -> Result<Response<BlockingDownload>, Error<E>> {
        let operation = self.operation().clone();
        let response = call(&operation, self.send_stream())?;
        Ok(response.map(|download| BlockingDownload {
            download,
            chunk: Bytes::new(),
        }))
    }
}

impl<T: DeserializeOwned + 'static, E: ErrorBody> Waiting<T, E> {
    /// Starts the job and waits until it is done, from code that is not async: what awaiting it gives.
    ///
    /// # Errors
    /// As for awaiting it, and when it is called from async code.
    pub fn call(self) -> Result<T, Error<E>> {
        let operation = self.operation().clone();
        call(&operation, self.into_future())
    }
}

impl<T, E: ErrorBody> Items<T, E> {
    /// The items as an iterator, for code that is not async.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

impl<T, E: ErrorBody> Pages<T, E> {
    /// The pages as an iterator, for code that is not async.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

/// The items or the pages of a list, in code that is not async; see [`Items`] and [`Pages`].
#[derive(Debug)]
pub struct BlockingIter<S>(S);

impl<S> BlockingIter<S> {
    /// The list as async code reads it, which also tells the place it has got to.
    pub fn get_ref(&self) -> &S {
        &self.0
    }
}

impl<T, E: ErrorBody> Iterator for BlockingIter<Items<T, E>> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let operation = self.0.operation().clone();
        call(&operation, self.0.try_next()).transpose()
    }
}

impl<T, E: ErrorBody> Iterator for BlockingIter<Pages<T, E>> {
    type Item = Result<Page<T>, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let operation = self.0.operation().clone();
        call(&operation, self.0.try_next()).transpose()
    }
}

/// The body of an answer, read by code that is not async.
pub struct BlockingDownload {
    download: Download,
    chunk: Bytes,
}

impl BlockingDownload {
    /// The body as async code reads it.
    pub fn into_download(self) -> Download {
        self.download
    }
}

impl Read for BlockingDownload {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            let chunk = wait_for(self.download.chunk()).map_err(io::Error::other)?;
            match chunk.map_err(io::Error::other)? {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let length = self.chunk.len().min(buffer.len());
        let (head, _) = buffer.split_at_mut(length);
        self.chunk.copy_to_slice(head);
        Ok(length)
    }
}

/// Names the operation alone.
impl fmt::Debug for BlockingDownload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.download.fmt(f)
    }
}

/// Gives the requests of an emitted crate the calls of code that is not async.
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_calls {
    () => {
        impl<O: $crate::Operation> Request<O> {
            /// Sends the request and waits for the body, from code that is not async; see
            /// [`Request::call`]($crate::Request::call).
            ///
            /// # Errors
            /// As for [`send`](Self::send), and when it is called from async code.
            pub fn call(self) -> ::core::result::Result<O::Output, $crate::Error<O::Error>> {
                self.0.call()
            }

            /// The same with the answer's status and headers; see
            /// [`Request::call_response`]($crate::Request::call_response).
            ///
            /// # Errors
            /// As for [`call`](Self::call).
            pub fn call_response(
                self,
            ) -> ::core::result::Result<$crate::Response<O::Output>, $crate::Error<O::Error>> {
                self.0.call_response()
            }

            /// The same with the body in chunks; see [`Request::call_stream`]($crate::Request::call_stream).
            ///
            /// # Errors
            /// As for [`send_stream`](Self::send_stream), and when it is called from async code.
            pub fn call_stream(
                self,
            ) -> ::core::result::Result<
                $crate::Response<$crate::BlockingDownload>,
                $crate::Error<O::Error>,
            > {
                self.0.call_stream()
            }
        }
    };
}
