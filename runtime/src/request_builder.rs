//! Requests under construction, without types: takes an operation's parameters and body, and gives what can be sent. A
//! parameter that cannot be sent is remembered and reported when the request is sent, so that emitted methods stay free of
//! error handling.

use std::fmt;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::auth::SignWith;
use crate::body::Body;
use crate::client::Client;
use crate::decode::{self, Decode, FromResponse};
use crate::error::{OperationName, RequestError};
use crate::form;
use crate::outgoing::{ANY, Accept, Draft, JSON, JSON_OR_ANY};
use crate::progress::{Progress, Watch};
use crate::reading::Loss;
use crate::request::{Request, Returning};
use crate::retry::RetryPolicy;
use crate::sending::sending;
use crate::style::Style;
use crate::tree::Tree;

mod finish;
mod set;

/// A request whose result has no type yet.
#[derive(Clone)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RequestBuilder {
    pub(crate) draft: Box<Draft>,
}

impl RequestBuilder {
    pub(crate) fn new(client: Client, operation: OperationName, loss: Loss) -> Self {
        let draft = Box::new(Draft {
            client,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: None,
            watch: None,
            link: None,
            accept: None,
            time: None,
            retries: None,
            repeatable: false,
            sign_with: SignWith::default(),
            loss,
            problem: None,
        });
        Self { draft }
    }

    /// Fills `{name}` of the path template. The value becomes one segment whatever it holds; empty,
    /// `.` and `..` are refused when the request is sent, since no URL can carry them as a segment.
    pub fn path<V: Serialize + ?Sized>(self, name: &'static str, value: &V) -> Self {
        self.path_styled(name, value, Style::SIMPLE)
    }

    /// Fills `{name}` of the path template in this style.
    pub fn path_styled<V: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &V,
        style: Style,
    ) -> Self {
        self.set_path(name, Tree::of(value), style)
    }

    /// Sets a query parameter in OpenAPI's `style: form`, `explode: true`: a list repeats the name,
    /// an object gives each member its own. Null is left out. Setting it again replaces it.
    pub fn query<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.query_styled(name, value, Style::FORM)
    }

    /// Sets a query parameter in OpenAPI's `style: form`, `explode: false`: a list's items joined
    /// by commas, `name=` for an empty one. Null is left out. Setting it again replaces it.
    pub fn query_joined<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.query_styled(name, value, Style::FORM.joined())
    }

    /// Sets a query parameter in this style.
    pub fn query_styled<V: Serialize + ?Sized>(self, name: &str, value: &V, style: Style) -> Self {
        self.set_query(name, Tree::of(value), style)
    }

    /// Sets a request header in OpenAPI's `style: simple`. Null is left out. Setting it again
    /// replaces it.
    pub fn header<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.header_styled(name, value, Style::SIMPLE)
    }

    /// Sets a request header in this style.
    pub fn header_styled<V: Serialize + ?Sized>(self, name: &str, value: &V, style: Style) -> Self {
        self.set_header(name, Tree::of(value), style)
    }

    /// Sets a cookie in OpenAPI's `style: form`. Its value is percent-encoded. Null is left out.
    /// Setting it again replaces it; an API key's cookie of the same name replaces it too.
    pub fn cookie<V: Serialize + ?Sized>(self, name: &str, value: &V) -> Self {
        self.cookie_styled(name, value, Style::FORM)
    }

    /// Sets a cookie in this style.
    pub fn cookie_styled<V: Serialize + ?Sized>(self, name: &str, value: &V, style: Style) -> Self {
        self.set_cookie(name, Tree::of(value), style)
    }

    /// Sets the body, as JSON. It is serialised at once.
    pub fn json<B: Serialize + ?Sized>(self, body: &B) -> Self {
        let body = sending(|| serde_json::to_vec(body));
        self.set_body(
            body.map(|body| ("application/json".to_owned(), body.into()))
                .map_err(|_| "its body cannot be written as JSON".to_owned()),
        )
    }

    /// Sets the body, as `application/x-www-form-urlencoded`: a pair for each member, a list
    /// repeated, an object as JSON.
    pub fn form<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.form_styled(body, &[])
    }

    /// Sets the body likewise, with these members in styles of their own (OpenAPI's `encoding`).
    pub fn form_styled<B: Serialize + ?Sized>(
        self,
        body: &B,
        styles: &[(&'static str, Style)],
    ) -> Self {
        let form = sending(|| Tree::of(body)).and_then(|body| form::url_encoded(&body, styles));
        self.set_body(form.map(|form| (form::URL_ENCODED.to_owned(), form.into())))
    }

    /// Sets the body, as `multipart/form-data`: a part for each member and for each item of a list;
    /// texts are plain, objects JSON, each [`FilePart`](crate::FilePart) a file.
    pub fn multipart<B: Serialize + ?Sized>(self, body: &B) -> Self {
        self.multipart_typed(body, &[])
    }

    /// Sets the body likewise, with these members of media types of their own (OpenAPI's
    /// `encoding`). A file's own media type comes first. A list whose media type is JSON is one part.
    pub fn multipart_typed<B: Serialize + ?Sized>(
        self,
        body: &B,
        content_types: &[(&'static str, &'static str)],
    ) -> Self {
        let parts =
            sending(|| Tree::of(body)).and_then(|body| form::multipart(&body, content_types));
        self.set_body(parts.map(|(body, boundary)| {
            let media_type = format!("multipart/form-data; boundary={boundary}");
            (media_type, body)
        }))
    }

    /// Sets the body to these bytes or this stream, of this media type. The body's own media type
    /// comes first; a range of them, such as `image/*`, needs one, but for those that any bytes fit.
    pub fn body(self, media_type: &str, body: impl Into<Body>) -> Self {
        let body = body.into();
        let media_type = match (body.media_type(), media_type) {
            (Some(own), _) => Ok(own.to_owned()),
            (None, "*/*" | "application/*") => Ok("application/octet-stream".to_owned()),
            (None, range) if range.contains('*') => Err(format!(
                "its body has no media type and may have any of `{range}`; `Body::with_media_type` says which"
            )),
            (None, one) => Ok(one.to_owned()),
        };
        self.set_body(media_type.map(|media_type| (media_type, body)))
    }

    /// Calls this as the body is sent, with the bytes so far and in all; see
    /// [`Request::on_upload`](crate::Request::on_upload).
    pub fn on_upload(mut self, watch: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.draft.watch = Some(Watch::new(watch));
        self
    }

    /// Sends the request to this URL in place of its path and query: a link that the server gave,
    /// such as the next page's. It may be relative. Another origin than the base URL's is refused
    /// before anything is sent.
    pub fn at_url(mut self, url: impl Into<String>) -> Self {
        self.draft.link = Some(url.into());
        self
    }

    /// Gets this URL, as [`at_url`](Self::at_url) has it, whatever the operation's method is and without its body.
    pub fn get_url(mut self, url: impl Into<String>) -> Self {
        self.draft.operation.method = Method::GET;
        self.draft.body = None;
        self.draft.headers.remove(CONTENT_TYPE);
        self.at_url(url)
    }

    /// Asks for answers of this media type, or of several with commas between them.
    pub fn accept(mut self, media_type: &str) -> Self {
        self.draft.accept = Some(media_type.to_owned());
        self
    }

    /// Longest time for the call, in place of the client's; see
    /// [`Request::timeout`](crate::Request::timeout).
    pub fn timeout(mut self, time: Duration) -> Self {
        self.draft.time = Some(time);
        self
    }

    /// How often the call is made again, in place of the client's policy; see
    /// [`Request::retries`](crate::Request::retries).
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.draft.retries = Some(policy);
        self
    }

    /// Says that making the call again does no harm; see
    /// [`Request::repeatable`](crate::Request::repeatable).
    pub fn repeatable(mut self) -> Self {
        self.draft.repeatable = true;
        self
    }

    /// The answer is JSON.
    pub fn returns_json<R: Returning<Output: DeserializeOwned>>(self) -> R {
        self.returns(&JSON, decode::json)
    }

    /// The answer's body is read and dropped. JSON is asked for all the same, for the sake of the
    /// error bodies.
    pub fn returns_nothing<R: Returning<Output = ()>>(self) -> R {
        self.returns(&JSON, decode::nothing)
    }

    /// The answer is UTF-8 text of any media type.
    pub fn returns_text<R: Returning<Output = String>>(self) -> R {
        self.returns(&ANY, decode::text)
    }

    /// The answer is bytes of any media type.
    pub fn returns_bytes<R: Returning<Output = Vec<u8>>>(self) -> R {
        self.returns(&ANY, decode::bytes)
    }

    /// The answer is JSON, or empty.
    pub fn returns_optional_json<T: DeserializeOwned, R: Returning<Output = Option<T>>>(self) -> R {
        self.returns(&JSON, decode::optional_json)
    }

    /// The answer is UTF-8 text, or empty.
    pub fn returns_optional_text<R: Returning<Output = Option<String>>>(self) -> R {
        self.returns(&ANY, decode::optional_text)
    }

    /// The answer is bytes, or empty.
    pub fn returns_optional_bytes<R: Returning<Output = Option<Vec<u8>>>>(self) -> R {
        self.returns(&ANY, decode::optional_bytes)
    }

    /// The answer is what its status says.
    pub fn returns_by_status<R: Returning<Output: FromResponse>>(self) -> R {
        self.returns(&JSON_OR_ANY, decode::by_status)
    }

    fn returns<R: Returning>(self, accept: Accept, decode: Decode<R::Output>) -> R {
        R::returning(Request::new(self, accept, decode))
    }

    /// The operation that this calls.
    pub(crate) fn operation(&self) -> &OperationName {
        &self.draft.operation
    }

    pub(crate) fn client(&self) -> &Client {
        &self.draft.client
    }

    /// The value that a query parameter was set to, as it is on the wire; none for one of several pairs.
    pub(crate) fn query_value(&self, name: &str) -> Option<&str> {
        let (_, pairs) = self.draft.query.iter().find(|(known, _)| known == name)?;
        pairs.split_once('=').map(|(_, value)| value)
    }

    /// The body, where it is in memory.
    pub(crate) fn body_bytes(&self) -> Option<&[u8]> {
        self.draft.body.as_ref()?.bytes()
    }

    /// Keeps the first problem: those after it may follow from it.
    fn remember(&mut self, parameter: Option<&str>, problem: String) {
        let operation = self.draft.operation.clone();
        let parameter = parameter.map(str::to_owned);
        self.draft.problem.get_or_insert_with(|| {
            Box::new(RequestError {
                operation,
                parameter,
                problem,
            })
        });
    }
}

/// Shows method and path template alone: parameters hold what does not belong in a log.
impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBuilder({})", self.draft.operation)
    }
}
