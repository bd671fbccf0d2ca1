//! One attempt: takes a finished request, signs it, waits for its turn, sends it and reads the answer. It
//! judges nothing but a 401, and knows no operation's types, so that it is compiled once.
//!
//! The rare waits (for a token, for a turn under the rate limit, for the replay after a 401) are in boxes of their own. They would make
//! the future of every call larger, which is copied when a request is awaited.

use std::pin::{Pin, pin};
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_LENGTH, COOKIE};
use reqwest::{Method, StatusCode};
use tokio::time::{Instant, timeout_at};

use crate::auth::Signature;
use crate::deadline::Deadline;
use crate::decode::Received;
use crate::download::Download;
use crate::error::{AuthError, Failure, RateLimitError, TransportError};
use crate::http::Broken;
use crate::outgoing::Outgoing;
use crate::rate_limit::{Limiter, Slot};
use crate::receive::{receive, received};
use crate::token::Token;

/// Methods whose requests mostly have a body, so that a server may insist on hearing that there is
/// none (RFC 9110, section 8.6; section 15.5.12 has the refusal).
const EXPECT_A_BODY: [Method; 3] = [Method::POST, Method::PUT, Method::PATCH];

/// How many headers a call mostly has beside the client's and its own: what it asks for, its signature, and the length of its body.
const FURTHER_HEADERS: usize = 3;

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
    begun: Instant,
    /// When the request was sent, after all waits.
    pub(crate) sent_at: Option<Instant>,
}

impl Course {
    /// An attempt that begins at this time.
    pub(crate) fn new(deadline: Deadline, number: u32, begun: Instant) -> Self {
        Self {
            deadline,
            number,
            begun,
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
    let Sent {
        mut response,
        ends_at,
    } = answer(outgoing, take, course).await?;
    if take == Take::Head && response.status().is_success() {
        return Ok(opened(outgoing, response, course.number));
    }
    let whole = pin!(receive(outgoing, &mut response));
    let whole = within(ends_at, whole).await;
    whole.unwrap_or_else(|| Err(outgoing.silence()))
}

/// An answer whose body is still to come.
fn opened(outgoing: &Outgoing, mut response: reqwest::Response, number: u32) -> Box<Answered> {
    let received = received(outgoing, &mut response, Vec::new());
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
    if !outgoing.can_be_sent_again() {
        return Err(spent(outgoing));
    }
    let (signature, slot) = ready(outgoing, course).await?;
    let sent = transmit(outgoing, take, course, &signature, slot).await?;
    let is_refused = sent.response.status() == StatusCode::UNAUTHORIZED;
    if !is_refused || signature.token().is_none() {
        return Ok(sent);
    }
    if !outgoing.can_be_sent_again() {
        // The next call is not to be refused as well.
        outgoing.client().credentials.give_up(&signature);
        return Ok(sent);
    }
    // Ends the refused exchange, whose body may still be on its way: it is not to be read and told of twice at once.
    drop(sent);
    Box::pin(replay(outgoing, take, course, &signature)).await
}

/// Sends a request again whose signature was refused, with another.
async fn replay(
    outgoing: &Outgoing,
    take: Take,
    course: &mut Course,
    refused: &Signature,
) -> Result<Sent, Failure> {
    let renewed = {
        let renewed = pin!(async {
            let renewed = outgoing.client().credentials.renew(refused).await;
            let renewed = renewed.map_err(|error| Failure::Auth(Box::new(error)))?;
            Ok((renewed, slot_for(outgoing, course).await?))
        });
        within(Some(course.deadline.at), renewed).await
    };
    let (renewed, slot) = renewed.unwrap_or_else(|| Err(outgoing.silence()))?;
    transmit(outgoing, take, course, &renewed, slot).await
}

/// What a request needs before it is sent: its signature, and its turn.
async fn ready(outgoing: &Outgoing, course: &Course) -> Result<(Signature, Option<Slot>), Failure> {
    let inner = outgoing.client();
    // Told before a token is fetched, whose own turn would be waited for in vain.
    if let Some(limiter) = &inner.limiter
        && limiter.is_closed_until(course.deadline.at)
    {
        return Err(no_turn(outgoing, limiter, course));
    }
    let signature = signature_for(outgoing, course, course.begun).await?;
    let slot = slot_for(outgoing, course).await?;
    match slot {
        // A turn may come after the token has expired. Fetching another one takes a turn too, which must
        // not be waited for while holding one.
        Some(unused) if signature.token().is_some_and(Token::is_due) => {
            unused.give_back_unused();
            let signature = signature_for(outgoing, course, Instant::now()).await?;
            Ok((signature, slot_for(outgoing, course).await?))
        }
        slot => Ok((signature, slot)),
    }
}

/// The signature of a request at this time, once its token is there.
async fn signature_for(
    outgoing: &Outgoing,
    course: &Course,
    now: Instant,
) -> Result<Signature, Failure> {
    let (inner, with) = (outgoing.client(), outgoing.draft.sign_with);
    let refused = |error: AuthError| Failure::Auth(Box::new(error));
    let token = match inner.credentials.tokens(inner.service, with) {
        None => None,
        Some(tokens) => match tokens.at_hand(now) {
            Some(token) => Some(token),
            None => {
                let fetched = Box::pin(timeout_at(course.deadline.at, tokens.token()));
                let fetched = fetched.await.unwrap_or_else(|_| Err(tokens.late()));
                Some(fetched.map_err(refused)?)
            }
        },
    };
    let signed = inner.credentials.sign(inner.service, with, token);
    signed.map_err(refused)
}

/// The turn of a request, once it comes.
async fn slot_for(outgoing: &Outgoing, course: &Course) -> Result<Option<Slot>, Failure> {
    let Some(limiter) = &outgoing.client().limiter else {
        return Ok(None);
    };
    match limiter.slot(course.deadline.at).await {
        Some(slot) => Ok(Some(slot)),
        None => Err(no_turn(outgoing, limiter, course)),
    }
}

fn no_turn(outgoing: &Outgoing, limiter: &Limiter, course: &Course) -> Failure {
    let (operation, limit) = (outgoing.operation().clone(), limiter.limit());
    let error = RateLimitError::new(operation, limit, course.deadline);
    Failure::RateLimit(Box::new(error))
}

/// The request, signed, and with a limit for the HTTP client to watch where there is one.
fn build(
    outgoing: &Outgoing,
    signature: &Signature,
    time: Option<Duration>,
) -> Result<reqwest::Request, Failure> {
    let (draft, known) = (&outgoing.draft, &outgoing.client().headers);
    let method = draft.operation.method.clone();
    let expects_a_body = EXPECT_A_BODY.contains(&method);
    let mut request = reqwest::Request::new(method, outgoing.url.clone());
    let headers = request.headers_mut();
    // With room for those of the call, so that nothing is moved to make some.
    headers.reserve(known.len() + draft.headers.len() + FURTHER_HEADERS);
    for (name, value) in known {
        headers.append(name, value.clone());
    }
    headers.insert(ACCEPT, outgoing.accept.clone());
    for (name, value) in &draft.headers {
        headers.insert(name, value.clone());
    }
    if let Some(cookies) = &outgoing.cookies {
        headers.insert(COOKIE, cookies.clone());
    }
    let length = match &draft.body {
        Some(body) if !headers.contains_key(CONTENT_LENGTH) => body.length(),
        None if expects_a_body => Some(0),
        _ => None,
    };
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    if let Some(body) = &draft.body {
        let body = body.to_reqwest(draft.watch.as_ref());
        *request.body_mut() = Some(body.ok_or_else(|| spent(outgoing))?);
    }
    *request.timeout_mut() = time;
    signature.apply(&mut request);
    Ok(request)
}

/// The error of a body that is no more.
fn spent(outgoing: &Outgoing) -> Failure {
    outgoing.refused("its body is a stream that was sent before")
}

async fn transmit(
    outgoing: &Outgoing,
    take: Take,
    course: &mut Course,
    signature: &Signature,
    slot: Option<Slot>,
) -> Result<Sent, Failure> {
    let inner = outgoing.client();
    let now = Instant::now();
    let time = outgoing.time_of_exchange(&course.deadline, now);
    // The HTTP client watches the time itself where it can. One of the caller's keeps its own limit beside ours; the limit for a request
    // would end a body that is still to come; and a layer may wait outside of it.
    let is_watched = take == Take::Whole && !inner.has_own_http;
    let ends_at = match is_watched {
        true => inner.http.is_layered().then_some(course.deadline.at),
        false => Some(now + time),
    };
    let request = build(outgoing, signature, is_watched.then_some(time))?;
    course.sent_at.get_or_insert(now);
    let answer = {
        let answer = pin!(inner.http.execute(request));
        within(ends_at, answer).await
    };
    let response = answer
        .ok_or_else(|| outgoing.silence())?
        .map_err(|error| Failure::Transport(Box::new(unsent(outgoing, error))))?;
    if let Some(limiter) = &inner.limiter {
        limiter.learn(response.status(), response.headers());
    }
    drop(slot);
    Ok(Sent { response, ends_at })
}

/// What comes of a part of an exchange; none when it has not ended at this time. The part stays where it is: futures are large, and one
/// that is passed on by value is copied, and held twice.
async fn within<T>(ends_at: Option<Instant>, part: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match ends_at {
        Some(ends_at) => timeout_at(ends_at, part).await.ok(),
        None => Some(part.await),
    }
}

fn unsent(outgoing: &Outgoing, error: Broken) -> TransportError {
    let client = &outgoing.draft.client;
    let (operation, url) = (outgoing.operation().clone(), client.shown_url());
    match error {
        Broken::Exchange(error) => TransportError::new(operation, url, outgoing.limit(), error),
        Broken::Layer(error) => {
            let secrets = client.inner().secrets.with_headers(&outgoing.draft.headers);
            let text = secrets.redact(&error.to_string());
            TransportError::layer(operation, url, text, error)
        }
    }
}

/// The error of an exchange that broke.
pub(crate) fn broken(outgoing: &Outgoing, error: reqwest::Error) -> Failure {
    Failure::Transport(Box::new(unsent(outgoing, Broken::Exchange(error))))
}
