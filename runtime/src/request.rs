//! A request with the types of its result and its error: what emitted methods give, and what sends it.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use serde::Serialize;

use crate::body::Body;
use crate::call::call;
use crate::decode::{self, Decode, is_blank};
use crate::download::Download;
#[cfg(feature = "blocking")]
use crate::error::OperationName;
use crate::error::{ApiError, DecodeError, Error, ErrorBody, MissingBody};
use crate::job::{Job, Waiting};
use crate::outgoing::{ANY, Accept};
use crate::paging::{Items, Pages, Paging, Position};
use crate::progress::Progress;
use crate::reading::Loss;
use crate::request_builder::RequestBuilder;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::send::Take;
use crate::style::Style;

/// The future that awaiting a request makes.
pub type SendFuture<O> = Pin<Box<dyn Future<Output = O> + Send>>;

/// A request that gives a `T`, or the error body `E` when the server refuses it. Await it for the
/// body alone, or [`send`](Self::send) it for status and headers too.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<T, E> {
    builder: RequestBuilder,
    accept: Accept,
    decode: Decode<T>,
    error: PhantomData<fn() -> E>,
}

/// What a request becomes once it is known what its answer is: [`Request`] itself, or a crate's own type around it.
pub trait Returning {
    /// What the answer's body decodes to.
    type Output;
    /// What the body of a refusal decodes to.
    type Error;

    /// The request as this type.
    fn returning(request: Request<Self::Output, Self::Error>) -> Self;
}

impl<T, E> Returning for Request<T, E> {
    type Output = T;
    type Error = E;

    fn returning(request: Self) -> Self {
        request
    }
}

impl<T, E> Request<T, E> {
    pub(crate) fn new(builder: RequestBuilder, accept: Accept, decode: Decode<T>) -> Self {
        Self {
            builder,
            accept,
            decode,
            error: PhantomData,
        }
    }

    /// The operation that this calls.
    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &OperationName {
        self.builder.operation()
    }

    fn map(self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        Self {
            builder: change(self.builder),
            ..self
        }
    }

    /// Sets a query parameter; see [`RequestBuilder::query`].
    pub fn query<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.map(|builder| builder.query(name, value))
    }

    /// Sets a query parameter whose items are joined; see [`RequestBuilder::query_joined`].
    pub fn query_joined<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.map(|builder| builder.query_joined(name, value))
    }

    /// Sets a query parameter in this style; see [`RequestBuilder::query_styled`].
    pub fn query_styled<V: Serialize + ?Sized>(self, name: &str, value: &V, style: Style) -> Self {
        self.map(|builder| builder.query_styled(name, value, style))
    }

    /// Sets a request header; see [`RequestBuilder::header`].
    pub fn header<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.map(|builder| builder.header(name, value))
    }

    /// Sets a request header in this style; see [`RequestBuilder::header_styled`].
    pub fn header_styled<V: Serialize + ?Sized>(self, name: &str, value: &V, style: Style) -> Self {
        self.map(|builder| builder.header_styled(name, value, style))
    }

    /// Sets a cookie; see [`RequestBuilder::cookie`].
    pub fn cookie<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.map(|builder| builder.cookie(name, value))
    }

    /// Sets a cookie in this style; see [`RequestBuilder::cookie_styled`].
    pub fn cookie_styled<V: Serialize + ?Sized>(self, name: &str, value: &V, style: Style) -> Self {
        self.map(|builder| builder.cookie_styled(name, value, style))
    }

    /// Sets the body, as JSON; see [`RequestBuilder::json`].
    pub fn json<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.map(|builder| builder.json(body))
    }

    /// Sets the body, as a form; see [`RequestBuilder::form`].
    pub fn form<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.map(|builder| builder.form(body))
    }

    /// Sets the body, as a form; see [`RequestBuilder::form_styled`].
    pub fn form_styled<B: Serialize + ?Sized>(
        self,
        body: &B,
        styles: &[(&'static str, Style)],
    ) -> Self {
        self.map(|builder| builder.form_styled(body, styles))
    }

    /// Sets the body, in parts; see [`RequestBuilder::multipart`].
    pub fn multipart<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.map(|builder| builder.multipart(body))
    }

    /// Sets the body, in parts; see [`RequestBuilder::multipart_typed`].
    pub fn multipart_typed<B: Serialize + ?Sized>(
        self,
        body: &B,
        content_types: &[(&'static str, &'static str)],
    ) -> Self {
        self.map(|builder| builder.multipart_typed(body, content_types))
    }

    /// Sets the body to these bytes or this stream, of this media type: one that the operation takes
    /// beside the one that its method is made for.
    pub fn body(self, media_type: &str, body: impl Into<Body>) -> Self {
        self.map(|builder| builder.body(media_type, body))
    }

    /// Calls this function for each chunk of the body that is sent, with the bytes so far and in all, for example to draw a progress bar.
    /// It should be quick, since the upload waits for it.
    pub fn on_upload(self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.map(|builder| builder.on_upload(watch))
    }

    /// Sends the request to this URL in place of its path and query; see
    /// [`RequestBuilder::at_url`]. The operation's types, headers and credentials stay:
    ///
    /// ```
    /// # use sdk_runtime::{Client, Method, NoErrorBody, Request, Value};
    /// # fn list_users(client: &Client) -> Request<Value, NoErrorBody> {
    /// #     client.request(Method::GET, "/users").returns_json()
    /// # }
    /// # async fn next(client: Client, next: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let page = list_users(&client).at_url(next).await?;
    /// # Ok(()) }
    /// ```
    pub fn at_url(self, url: impl Into<String>) -> Self {
        self.map(|builder| builder.at_url(url))
    }

    /// Sends a GET to this URL, although the operation itself is no GET: for the link to the next page of a search by POST. The
    /// operation's types, headers and credentials stay, and its body is not sent.
    pub fn get_url(self, url: impl Into<String>) -> Self {
        self.map(|builder| builder.get_url(url))
    }

    /// Asks for the answer in this media type, or in one of several, and gives its undecoded body: for
    /// a media type that the operation has but its method does not read, and to choose one of several
    /// that the method accepts, such as `application/pdf` for a report.
    pub fn accept(self, media_type: &str) -> Request<Vec<u8>, E> {
        Request::new(self.builder.accept(media_type), &ANY, decode::bytes)
    }

    /// Longest time for this call, in place of the client's: from signing in, should that be needed,
    /// to the last byte of the body, with all attempts and the waits between them. With
    /// [`send_stream`](Self::send_stream), to the answer's headers and then for each chunk.
    pub fn timeout(self, time: Duration) -> Self {
        self.map(|builder| builder.timeout(time))
    }

    /// How often this call is made again when it fails, in place of the client's
    /// [policy](crate::ClientBuilder::retries).
    pub fn retries(self, policy: RetryPolicy) -> Self {
        self.map(|builder| builder.retries(policy))
    }

    /// Allows retries of this call, whatever its method is, because they do no harm: the call only
    /// reads, such as a search by POST, or calling twice is the same as calling once. It is then
    /// retried after the same failures as a GET.
    pub fn repeatable(self) -> Self {
        self.map(RequestBuilder::repeatable)
    }
}

impl<T, E: ErrorBody> Request<T, E> {
    /// Leaves out what cannot be read in the answer, instead of failing: the smallest thing around
    /// it that can be missing, an optional member, an item of a list or an entry of a map.
    /// [`Response::deviations`] tells of each.
    pub fn lossy(mut self) -> Self {
        self.builder.draft.loss = Loss::LeaveOut;
        self
    }

    /// Sends the request and gives the answer's status and headers beside its body.
    ///
    /// # Errors
    /// When the request cannot be made or sent, when the server refuses it, and when its answer
    /// does not decode. An empty body is read as null; where the type has no value for that, it is
    /// [`Error::MissingBody`], since a value would have to be invented.
    pub async fn send(self) -> Result<Response<T>, Error<E>> {
        self.exchange(|response| response).await
    }

    /// Sends the request and gives what this takes of the answer. The future holds what is sent alone, and not the request beside it.
    fn exchange<R>(
        self,
        take: fn(Response<T>) -> R,
    ) -> impl Future<Output = Result<R, Error<E>>> + use<T, E, R> {
        let outgoing = self.builder.finish(self.accept);
        let decode = self.decode;
        async move {
            // Both stay where they are: they are large.
            let answered = match outgoing {
                Ok(ref outgoing) => call(outgoing, Take::Whole).await,
                Err(failure) => Err(failure),
            };
            let mut answered = answered?;
            let received = &mut answered.received;
            if !received.status.is_success() {
                let error = ApiError::from_received(answered.received);
                return Err(Error::Api(Box::new(error)));
            }
            match decode(received) {
                Ok(body) => Ok(take(answered.received.into_response(body))),
                Err(_) if is_blank(&received.body) => {
                    let error = MissingBody::new(answered.received);
                    Err(Error::MissingBody(Box::new(error)))
                }
                Err(problem) => {
                    let error = DecodeError::new(answered.received, problem);
                    Err(Error::Decode(Box::new(error)))
                }
            }
        }
    }

    /// Sends the request to a server that may leave out the body of a success, whatever its document
    /// says. The call then succeeds with `None` as its body.
    ///
    /// # Errors
    /// As for [`send`](Self::send), but for a missing body.
    pub async fn send_optional(self) -> Result<Response<Option<T>>, Error<E>> {
        match self.send().await {
            Ok(response) => Ok(response.map(Some)),
            Err(Error::MissingBody(missing)) => Ok(missing.into_response()),
            Err(error) => Err(error),
        }
    }

    /// Sends the request and gives the body of a success as it came, undecoded, whatever it is; also
    /// where the operation declares none.
    ///
    /// # Errors
    /// When the request cannot be made or sent, when the server refuses it, and when the body is
    /// longer than the client's limit.
    pub async fn send_bytes(self) -> Result<Response<Vec<u8>>, Error<E>> {
        let request: Request<Vec<u8>, E> = Request::new(self.builder, self.accept, decode::bytes);
        request.send().await
    }

    /// Sends the request and gives the answer's status and headers as soon as they are there, and
    /// its body in chunks as they come, undecoded: for downloads that should not be in memory, of any
    /// size.
    /// Ask for another media type than the method does with [`accept`](Self::accept).
    ///
    /// # Errors
    /// When the request cannot be made or sent, and when the server refuses it.
    pub async fn send_stream(self) -> Result<Response<Download>, Error<E>> {
        let outgoing = self.builder.finish(self.accept)?;
        let answered = call(&outgoing, Take::Head).await?;
        match answered.rest {
            Some(body) => Ok(answered.received.into_response(body)),
            None => Err(Error::Api(Box::new(ApiError::from_received(
                answered.received,
            )))),
        }
    }
}

impl<T: 'static, E> Request<T, E> {
    /// The pages of the list that this request asks the first page of; see [`Pages`]. `page_size` is how many items are asked for in
    /// a page where the request does not say, and `items` takes the items out of an answer. Requests of emitted crates know these
    /// themselves, and have `pages()`, `stream()` and `collect_all()`.
    pub fn pages_by<I: 'static>(
        self,
        paging: &'static Paging,
        page_size: Option<u32>,
        items: fn(T) -> Vec<I>,
        start: Position,
    ) -> Pages<I, E> {
        let decode = self.decode;
        let read = move |received: &mut _| decode(received).map(items);
        Pages::new(
            self.builder,
            self.accept,
            paging,
            page_size,
            start,
            Box::new(read),
        )
    }

    /// The items of that list; see [`Items`].
    pub fn items_by<I: 'static>(
        self,
        paging: &'static Paging,
        page_size: Option<u32>,
        items: fn(T) -> Vec<I>,
        start: Position,
    ) -> Items<I, E> {
        let taken = start.taken();
        Items::new(self.pages_by(paging, page_size, items, start), taken)
    }
}

impl<T, E> Request<T, E> {
    /// Starts a job and waits until it is done; see [`Waiting`]. `S` is what the operation answers that tells the job's state. Requests of
    /// emitted crates know the kind of their job, and have `wait()`.
    pub fn wait_for<S>(self, job: &'static Job) -> Waiting<S, E> {
        Waiting::new(self.builder, self.accept, job)
    }
}

impl<T, E> Clone for Request<T, E> {
    fn clone(&self) -> Self {
        Self {
            builder: self.builder.clone(),
            ..*self
        }
    }
}

impl<T: 'static, E: ErrorBody> IntoFuture for Request<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = SendFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.exchange(Response::into_body))
    }
}

/// Shows method and path template alone: parameters hold what does not belong in a log.
impl<T, E> fmt::Debug for Request<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.builder.operation())
    }
}

/// An operation of an emitted crate, as a type without values: what the crate's requests are told apart by. The macro
/// [`operations!`](crate::operations) declares them.
pub trait Operation {
    /// The path of the method that makes the operation's request, from the crate on: `petstore::api::pets::list_pets`.
    const NAME: &'static str;
    /// What the operation gives.
    type Output: 'static;
    /// The error bodies that it declares.
    type Error: ErrorBody;
}
