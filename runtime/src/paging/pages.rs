//! The pages of a list: takes the way through it and what reads a page, gives each page, typed.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::position::Position;
use super::style::Paging;
use super::walk::Walk;
use crate::call::call;
use crate::decode::Received;
use crate::error::{
    ApiError, DecodeError, DecodeProblem, Error, ErrorBody, Failure, OperationName, PagingError,
};
use crate::outgoing::Accept;
use crate::reading::{Deviation, Loss};
use crate::request_builder::RequestBuilder;
use crate::send::{Answered, Take};

/// A page of a list.
#[derive(Clone)]
pub struct Page<T> {
    items: Vec<T>,
    status: StatusCode,
    headers: HeaderMap,
    total: Option<u64>,
    deviations: Vec<Deviation>,
    next: Position,
}

impl<T> Page<T> {
    /// Its items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The same, taken.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// The answer's status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The answer's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many items the list has in all, where the server tells it.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Where the body was not as documented, and what was left out of it.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Where the list goes on behind this page.
    pub fn next(&self) -> &Position {
        &self.next
    }
}

/// Shows the names of the headers alone, as a [`Response`](crate::Response) does.
impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("headers", &headers)
            .field("total", &self.total)
            .field("deviations", &self.deviations)
            .field("next", &self.next)
            .finish()
    }
}

/// Reads the items of a page.
type Read<T> = Box<dyn Fn(&mut Received) -> Result<Vec<T>, DecodeProblem> + Send + Sync>;

type Exchange = Pin<Box<dyn Future<Output = Result<Box<Answered>, Failure>> + Send>>;

/// The pages of a list, one after the other: a [`Stream`], which [`try_next`](Self::try_next) reads without a further crate.
///
/// It ends after the last page, and after an error, unless the error is about a page that does not decode: the pages after that one
/// can still be read. [`position`](Self::position) is the place to continue from.
pub struct Pages<T, E> {
    walk: Walk,
    accept: Accept,
    read: Read<T>,
    exchange: Option<Exchange>,
    /// Why nothing comes behind the page that was given last.
    failure: Option<PagingError>,
    stopped: bool,
    error: PhantomData<fn() -> E>,
}

/// A page, and why it does not decode where that is so: its items are then those that can be read.
type Arrived<T, E> = (Page<T>, Option<Error<E>>);

/// How a page came, or why it did not.
pub(super) type Arrival<T, E> = Result<Arrived<T, E>, Error<E>>;

impl<T, E> Pages<T, E> {
    pub(crate) fn new(
        request: RequestBuilder,
        accept: Accept,
        paging: &'static Paging,
        page_size: Option<u32>,
        start: Position,
        read: Read<T>,
    ) -> Self {
        Self {
            walk: Walk::new(request, paging, page_size, start.at),
            accept,
            read,
            exchange: None,
            failure: None,
            stopped: false,
            error: PhantomData,
        }
    }

    pub(crate) fn operation(&self) -> &OperationName {
        self.walk.operation()
    }

    /// Where the list goes on: the page that comes next, or that failed to come.
    pub fn position(&self) -> Position {
        Position::page(self.walk.at.clone())
    }
}

impl<T, E: ErrorBody> Pages<T, E> {
    /// The next page; `None` at the end.
    ///
    /// # Errors
    /// As for [`Request::send`](crate::Request::send), and when the list cannot be gone through.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error<E>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// The next page, with what can be read of it where it does not decode.
    pub(super) fn poll_arrival(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Arrival<T, E>>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Some(Err(failure.into())));
        }
        if self.stopped {
            return Poll::Ready(None);
        }
        if self.exchange.is_none() {
            match self.next_exchange() {
                Ok(Some(exchange)) => self.exchange = Some(exchange),
                Ok(None) => return Poll::Ready(None),
                Err(error) => return Poll::Ready(Some(Err(self.stop(error)))),
            }
        }
        let Some(exchange) = &mut self.exchange else {
            return Poll::Ready(None);
        };
        let answered = ready!(exchange.as_mut().poll(context));
        self.exchange = None;
        Poll::Ready(Some(match answered.map(|answered| answered.received) {
            Err(failure) => Err(self.stop(failure.into())),
            Ok(received) if !received.status.is_success() => {
                Err(self.stop(Error::Api(Box::new(ApiError::from_received(received)))))
            }
            Ok(received) => Ok(self.arrive(received)),
        }))
    }

    /// The call for the page that comes next; none at the end.
    fn next_exchange(&self) -> Result<Option<Exchange>, Error<E>> {
        let Some(request) = self.walk.request()? else {
            return Ok(None);
        };
        let outgoing = request.finish(self.accept)?;
        Ok(Some(Box::pin(
            async move { call(&outgoing, Take::Whole).await },
        )))
    }

    fn arrive(&mut self, mut received: Received) -> Arrived<T, E> {
        let mut problem = None;
        let items = (self.read)(&mut received).unwrap_or_else(|found| {
            problem = Some(found);
            // What can be read is read, so that one bad item costs no other.
            received.loss = Loss::LeaveOut;
            (self.read)(&mut received).unwrap_or_default()
        });
        let all_read = problem.is_none() && received.deviations.is_empty();
        let total = self.walk.total(&received);
        // The items of this page are had all the same; the next call tells.
        self.failure = self
            .walk
            .pass(&received, items.len(), all_read, total)
            .err();
        let page = Page {
            items,
            status: received.status,
            headers: received.headers.clone(),
            total,
            deviations: received.take_deviations(),
            next: self.position(),
        };
        let problem = problem.map(|problem| DecodeError::new(received, problem));
        (
            page,
            problem.map(|problem| Error::Decode(Box::new(problem))),
        )
    }

    /// Ends the stream behind an error, and keeps the place at which it can be gone on.
    fn stop(&mut self, error: Error<E>) -> Error<E> {
        self.stopped = true;
        error
    }
}

impl<T, E: ErrorBody> Stream for Pages<T, E> {
    type Item = Result<Page<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let arrival = ready!(self.poll_arrival(context));
        Poll::Ready(arrival.map(|arrival| match arrival? {
            (_, Some(error)) => Err(error),
            (page, None) => Ok(page),
        }))
    }
}

/// Names the operation and the place alone.
impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({}, {:?})", self.walk.operation(), self.position())
    }
}
