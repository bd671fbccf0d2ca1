//! One attempt: takes a finished request, signs it, waits for its turn, sends it and reads the answer. It
//! judges nothing but a 401, and knows no operation's types, so that it is compiled once.

use std::borrow::Cow;
use std::pin::{Pin, pin};
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_LENGTH, COOKIE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode, Url};
use tokio::time::{Instant, timeout_at};

use crate::auth::{SignWith, Signature};
use crate::body::Body;
use crate::client::Client;
use crate::cookie;
use crate::deadline::{Deadline, after};
use crate::decode::Received;
use crate::download::Download;
use crate::error::{Failure, Made, OperationName, RateLimitError, RequestError, TransportError};
use crate::http::Broken;
use crate::progress::Watch;
use crate::rate_limit::{Limiter, Slot};
use crate::reading::Loss;
use crate::receive::{receive, received};
use crate::retry::RetryPolicy;
use crate::token::Token;

/// Methods whose requests mostly have a body, so that a server may insist on hearing that there is
/// none (RFC 9110, section 8.6; section 15.5.12 has the refusal).
const EXPECT_A_BODY: [Method; 3] = [Method::POST, Method::PUT, Method::PATCH];

/// How many headers a call mostly has beside the client's and its own: what it asks for, its signature, and the length of its body.
const FURTHER_HEADERS: usize = 3;

/// A request whose parameters are all in place.
pub(crate) struct Outgoing {
    pub(crate) client: Client,
    pub(crate) operation: OperationName,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    /// Names and encoded values.
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) body: Option<Body>,
    /// Who is told how much of it was sent.
    pub(crate) watch: Option<Watch>,
    pub(crate) accept: Cow<'static, str>,
    /// Longest time for the call, where it is not the client's.
    pub(crate) time: Option<Duration>,
    /// How often it is made again, likewise.
    pub(crate) retries: Option<RetryPolicy>,
    /// Whether the caller says that making it again does no harm.
    pub(crate) repeatable: bool,
    pub(crate) sign_with: SignWith,
    pub(crate) loss: Loss,
}

impl Outgoing {
    /// Longest time for one exchange, as errors tell it.
    fn limit(&self) -> Duration {
        self.time.unwrap_or(self.client.inner().limits.time)
    }

    /// Until when an exchange that begins now is to be over: the longest time for one, where the call has none of its own for
    /// everything, and never longer than the call.
    fn exchange_ends_at(&self, deadline: &Deadline) -> Instant {
        match self.time {
            Some(_) => deadline.at,
            None => deadline.at.min(after(self.client.inner().limits.time)),
        }
    }

    /// Whether to make the call again does no harm, whatever came of it: by its method (RFC 9110,
    /// section 9.2.2), or because the caller says so.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.repeatable || self.operation.method.is_idempotent()
    }

    /// How the call was made, after this many attempts.
    pub(crate) fn made(&self, attempts: u32) -> Made {
        Made {
            attempts,
            is_repeatable: self.is_repeatable(),
        }
    }

    /// Whether the body is still there.
    pub(crate) fn can_be_sent_again(&self) -> bool {
        !self.body.as_ref().is_some_and(Body::is_spent)
    }

    /// The error of an exchange that has run out of time.
    fn silence(&self) -> Failure {
        let (operation, url) = (self.operation.clone(), self.client.shown_url());
        let error = TransportError::silence(operation, url, self.limit());
        Failure::Transport(Box::new(error))
    }

    /// A failure, put down to the call's own end where that has come.
    pub(crate) fn blamed(&self, failure: Failure, deadline: &Deadline) -> Failure {
        match failure {
            Failure::Transport(error) if error.is_timeout() && deadline.is_over() => {
                self.out_of_time(deadline)
            }
            failure => failure,
        }
    }

    /// The error of a call that has run out of time.
    fn out_of_time(&self, deadline: &Deadline) -> Failure {
        if deadline.is_own {
            return self.silence();
        }
        let (operation, url) = (self.operation.clone(), self.client.shown_url());
        let error = TransportError::deadline(operation, url, deadline.whole);
        Failure::Transport(Box::new(error))
    }
}

/// How much of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// All of it.
    Whole,
    /// Status and headers; the body of a refusal too.
    Head,
}

/// An answer whose status is known; in a box wherever it goes, since it is large.
pub(crate) struct Answered {
    /// With the body, unless that is still to come.
    pub(crate) received: Received,
    /// The body that is still to come.
    pub(crate) rest: Option<Download>,
}

/// How an attempt goes: what its call tells it, and what remains known when it is dropped.
pub(crate) struct Course {
    deadline: Deadline,
    number: u32,
    /// When the request was sent, after all waits.
    pub(crate) sent_at: Option<Instant>,
}

impl Course {
    pub(crate) fn new(deadline: Deadline, number: u32) -> Self {
        Self {
            deadline,
            number,
            sent_at: None,
        }
    }
}

/// Sends a request once and reads the answer. The time limit holds for the whole of an exchange; where
/// the body is still to come, up to the headers, and then for each chunk: a long download is no slow
/// server.
pub(crate) async fn attempt(
    outgoing: &Outgoing,
    take: Take,
    course: &mut Course,
) -> Result<Box<Answered>, Failure> {
    let Sent { response, ends_at } = answer(outgoing, take, course).await?;
    if take == Take::Head && response.status().is_success() {
        return Ok(opened(outgoing, response, course.number));
    }
    let whole = pin!(receive(outgoing, response));
    within(outgoing, ends_at, whole).await
}

/// An answer whose body is still to come.
fn opened(outgoing: &Outgoing, mut response: reqwest::Response, number: u32) -> Box<Answered> {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let received = received(outgoing, status, headers, Vec::new());
    let rest = Download::new(outgoing, outgoing.limit(), response, number);
    let rest = Some(rest);
    Box::new(Answered { received, rest })
}

/// An answer as far as its headers.
struct Sent {
    response: reqwest::Response,
    /// Until when the rest is to be there, unless something else watches that.
    ends_at: Option<Instant>,
}

/// Signs and sends a request, and gives the answer as far as its headers.
///
/// When the server answers 401 to a token that this crate fetched, the token is replaced and the
/// request sent once more: a token can be revoked before it expires, and a refused request has had
/// no effect. Whatever comes then stands. A request whose body is a stream cannot be sent again.
async fn answer(outgoing: &Outgoing, take: Take, course: &mut Course) -> Result<Sent, Failure> {
    // Told before a token is fetched and a turn is taken, for nothing.
    let request = build(outgoing)?;
    let inner = outgoing.client.inner();
    let (signature, slot) = {
        let ready = pin!(ready(outgoing, course));
        within(outgoing, Some(course.deadline.at), ready).await?
    };
    course.sent_at = Some(Instant::now());
    let sent = transmit(outgoing, take, course, request, &signature, slot).await?;
    let is_refused = sent.response.status() == StatusCode::UNAUTHORIZED;
    if !is_refused || signature.token().is_none() || !outgoing.can_be_sent_again() {
        return Ok(sent);
    }
    // Ends the refused exchange, whose body may still be on its way: it is not to be read and told of twice at once.
    drop(sent);
    let (renewed, slot) = {
        let again = pin!(async {
            let renewed = inner.credentials.renew(&signature).await;
            let renewed = renewed.map_err(|error| Failure::Auth(Box::new(error)))?;
            Ok((renewed, slot_for(outgoing, course).await?))
        });
        within(outgoing, Some(course.deadline.at), again).await?
    };
    transmit(outgoing, take, course, build(outgoing)?, &renewed, slot).await
}

/// What a request needs before it is sent: its signature, and its turn.
async fn ready(outgoing: &Outgoing, course: &Course) -> Result<(Signature, Option<Slot>), Failure> {
    let inner = outgoing.client.inner();
    // Told before a token is fetched, whose own turn would be waited for in vain.
    if let Some(limiter) = &inner.limiter
        && limiter.is_closed_until(course.deadline.at)
    {
        return Err(no_turn(outgoing, limiter, course));
    }
    let sign = async || {
        let signed = inner.credentials.sign(inner.service, outgoing.sign_with);
        signed.await.map_err(|error| Failure::Auth(Box::new(error)))
    };
    let signature = sign().await?;
    let slot = slot_for(outgoing, course).await?;
    // A turn may come after the token has expired. Fetching another one takes a turn too, which must
    // not be waited for while holding one.
    match slot {
        Some(unused) if signature.token().is_some_and(Token::is_due) => {
            unused.give_back_unused();
            Ok((sign().await?, slot_for(outgoing, course).await?))
        }
        slot => Ok((signature, slot)),
    }
}

/// The turn of a request, once it comes.
async fn slot_for(outgoing: &Outgoing, course: &Course) -> Result<Option<Slot>, Failure> {
    let Some(limiter) = &outgoing.client.inner().limiter else {
        return Ok(None);
    };
    match limiter.slot(course.deadline.at).await {
        Some(slot) => Ok(Some(slot)),
        None => Err(no_turn(outgoing, limiter, course)),
    }
}

fn no_turn(outgoing: &Outgoing, limiter: &Limiter, course: &Course) -> Failure {
    let (operation, limit) = (outgoing.operation.clone(), limiter.limit());
    let error = RateLimitError::new(operation, limit, course.deadline);
    Failure::RateLimit(Box::new(error))
}

/// The request without its signature.
fn build(outgoing: &Outgoing) -> Result<reqwest::Request, Failure> {
    let Outgoing {
        client,
        operation,
        url,
        headers: own,
        cookies,
        body,
        accept,
        ..
    } = outgoing;
    let refused = |problem: &str| {
        Failure::Request(Box::new(RequestError {
            operation: operation.clone(),
            parameter: None,
            problem: problem.to_owned(),
        }))
    };
    let mut request = reqwest::Request::new(operation.method.clone(), url.clone());
    let headers = request.headers_mut();
    let known = &client.inner().headers;
    // With room for those of the call, so that nothing is moved to make some.
    headers.reserve(known.len() + own.len() + FURTHER_HEADERS);
    for (name, value) in known {
        headers.append(name, value.clone());
    }
    let accept = match accept {
        Cow::Borrowed(known) => Ok(HeaderValue::from_static(known)),
        Cow::Owned(given) => HeaderValue::from_str(given),
    };
    let accept = accept.map_err(|_| refused("what it asks for is no media type"))?;
    headers.insert(ACCEPT, accept);
    for (name, value) in own {
        headers.insert(name, value.clone());
    }
    if !cookies.is_empty() {
        let line = cookie::join(headers.get(COOKIE), cookies)
            .ok_or_else(|| refused("its cookies make no header"))?;
        headers.insert(COOKIE, line);
    }
    if let Some(body) = body {
        if let (Some(length), false) = (
            body.length(),
            request.headers().contains_key(CONTENT_LENGTH),
        ) {
            request.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        let body = body
            .to_reqwest(outgoing.watch.as_ref())
            .ok_or_else(|| refused("its body is a stream that was sent before"))?;
        *request.body_mut() = Some(body);
    } else if EXPECT_A_BODY.contains(&operation.method) {
        let length = HeaderValue::from_static("0");
        request.headers_mut().insert(CONTENT_LENGTH, length);
    }
    Ok(request)
}

async fn transmit(
    outgoing: &Outgoing,
    take: Take,
    course: &Course,
    mut request: reqwest::Request,
    signature: &Signature,
    slot: Option<Slot>,
) -> Result<Sent, Failure> {
    let inner = outgoing.client.inner();
    let ends_at = outgoing.exchange_ends_at(&course.deadline);
    // The HTTP client watches the time itself where it can. One of the caller's keeps its own limit beside ours; the limit for a request
    // would end a body that is still to come; and a layer may wait outside of it.
    let ends_at = match take == Take::Whole && !inner.has_own_http {
        true => {
            *request.timeout_mut() = Some(ends_at.saturating_duration_since(Instant::now()));
            inner.http.is_layered().then_some(course.deadline.at)
        }
        false => Some(ends_at),
    };
    signature.apply(&mut request);
    let sent = pin!(async {
        let sent = inner.http.execute(request).await;
        sent.map_err(|error| Failure::Transport(Box::new(unsent(outgoing, error))))
    });
    let response = within(outgoing, ends_at, sent).await?;
    if let Some(limiter) = &inner.limiter {
        limiter.learn(response.status(), response.headers());
    }
    drop(slot);
    Ok(Sent { response, ends_at })
}

/// Waits for a part of an exchange until this time. The part stays where it is: futures are large, and one that is passed on by value
/// is copied, and held twice.
async fn within<T>(
    outgoing: &Outgoing,
    ends_at: Option<Instant>,
    part: Pin<&mut impl Future<Output = Result<T, Failure>>>,
) -> Result<T, Failure> {
    match ends_at {
        Some(ends_at) => timeout_at(ends_at, part)
            .await
            .unwrap_or_else(|_| Err(outgoing.silence())),
        None => part.await,
    }
}

fn unsent(outgoing: &Outgoing, error: Broken) -> TransportError {
    let (operation, url) = (outgoing.operation.clone(), outgoing.client.shown_url());
    match error {
        Broken::Exchange(error) => TransportError::new(operation, url, outgoing.limit(), error),
        Broken::Layer(error) => {
            let inner = outgoing.client.inner();
            let secrets = inner.secrets.with_headers(&outgoing.headers);
            let text = secrets.redact(&error.to_string());
            TransportError::layer(operation, url, text, error)
        }
    }
}

/// The error of an exchange that broke.
pub(crate) fn broken(outgoing: &Outgoing, error: reqwest::Error) -> Failure {
    Failure::Transport(Box::new(unsent(outgoing, Broken::Exchange(error))))
}
