//! One exchange: takes a finished request, signs it, sends it and reads the whole answer. It judges
//! nothing but a 401, and knows no operation's types, so that it is compiled once.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, COOKIE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode, Url};

use crate::auth::{SignWith, Signature};
use crate::body::Body;
use crate::client::Client;
use crate::cookie;
use crate::decode::Received;
use crate::download::Download;
use crate::encode::percent_encode;
use crate::error::{Failure, OperationName, RequestError, TransportError};
use crate::reading::Loss;
use crate::receive::receive;
use crate::response::Response;

/// Methods whose requests mostly have a body, so that a server may insist on hearing that there is
/// none (RFC 9110, section 8.6; section 15.5.12 has the refusal).
const EXPECT_A_BODY: [Method; 3] = [Method::POST, Method::PUT, Method::PATCH];

/// A request whose parameters are all in place.
pub(crate) struct Outgoing {
    pub(crate) client: Client,
    pub(crate) operation: OperationName,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    /// Names and encoded values.
    pub(crate) cookies: Vec<(String, String)>,
    pub(crate) body: Option<Body>,
    pub(crate) accept: Cow<'static, str>,
    /// Longest time for the call, where it is not the client's.
    pub(crate) time: Option<Duration>,
    pub(crate) sign_with: SignWith,
    pub(crate) loss: Loss,
}

impl Outgoing {
    /// Longest time for one exchange.
    fn limit(&self) -> Duration {
        self.time.unwrap_or(self.client.inner().limits.time)
    }

    /// The error of a call that has run out of time.
    fn silence(&self) -> Failure {
        let (operation, url) = (self.operation.clone(), self.client.shown_url());
        let error = TransportError::silence(operation, url, self.limit());
        Failure::Transport(Box::new(error))
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn exchange(outgoing: Outgoing) -> Result<Received, Failure> {
    let mut request = build(&outgoing)?;
    // The call's own limit is one for all that it takes; and an HTTP client of the caller's keeps its
    // own limit beside ours.
    let whole = outgoing.time.is_some() || outgoing.client.inner().has_own_http;
    let time = whole.then_some(outgoing.limit());
    if time.is_none() {
        *request.timeout_mut() = Some(outgoing.limit());
    }
    let exchange = async {
        let response = answer(&outgoing, request).await?;
        receive(&outgoing, response).await
    };
    match time {
        Some(time) => tokio::time::timeout(time, exchange)
            .await
            .map_err(|_| outgoing.silence())?,
        None => exchange.await,
    }
}

/// An answer whose status is known.
pub(crate) enum Answered {
    /// One of success, whose body is still to come.
    Accepted(Response<Download>),
    /// Any other, whole.
    Refused(Received),
}

/// Sends a request and reads the answer as far as its headers; the rest only where it is a refusal.
/// The time limit holds for that, and then for each chunk: a long download is no slow server.
pub(crate) async fn open(outgoing: Outgoing) -> Result<Answered, Failure> {
    let request = build(&outgoing)?;
    let time = outgoing.limit();
    let silence = |_| outgoing.silence();
    let answer = tokio::time::timeout(time, answer(&outgoing, request));
    let mut response = answer.await.map_err(silence)??;
    if !response.status().is_success() {
        let read = tokio::time::timeout(time, receive(&outgoing, response));
        return Ok(Answered::Refused(read.await.map_err(silence)??));
    }
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let download = Download::new(&outgoing, time, response);
    Ok(Answered::Accepted(Response::new(status, headers, download)))
}

/// Signs and sends a request, and gives the answer as far as its headers.
///
/// When the server answers 401 to a token that this crate fetched, the token is replaced and the
/// request sent once more: a token can be revoked before it expires, and a refused request has had
/// no effect. Whatever comes then stands. A request whose body is a stream cannot be sent again.
async fn answer(
    outgoing: &Outgoing,
    request: reqwest::Request,
) -> Result<reqwest::Response, Failure> {
    let inner = outgoing.client.inner();
    let auth = |error| Failure::Auth(Box::new(error));
    let signature = inner
        .credentials
        .sign(inner.service, outgoing.sign_with)
        .await
        .map_err(auth)?;
    let spare = signature.token().and_then(|_| request.try_clone());
    let response = transmit(outgoing, request, &signature).await?;
    let (StatusCode::UNAUTHORIZED, Some(spare)) = (response.status(), spare) else {
        return Ok(response);
    };
    match inner.credentials.renew(&signature).await {
        Some(renewed) => transmit(outgoing, spare, &renewed.map_err(auth)?).await,
        None => Ok(response),
    }
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
    *headers = client.inner().headers.clone();
    let accept =
        HeaderValue::from_str(accept).map_err(|_| refused("what it asks for is no media type"))?;
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
        let body = body
            .to_reqwest()
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
    mut request: reqwest::Request,
    signature: &Signature,
) -> Result<reqwest::Response, Failure> {
    apply(signature, &mut request);
    let sent = outgoing.client.inner().http.execute(request);
    sent.await.map_err(|error| broken(outgoing, error))
}

/// The error of an exchange that broke.
pub(crate) fn broken(outgoing: &Outgoing, error: reqwest::Error) -> Failure {
    Failure::Transport(Box::new(TransportError::new(
        outgoing.operation.clone(),
        outgoing.client.shown_url(),
        outgoing.limit(),
        error,
    )))
}

fn apply(signature: &Signature, request: &mut reqwest::Request) {
    match signature {
        Signature::Unchanged => {}
        Signature::Nothing => {
            request.headers_mut().remove(AUTHORIZATION);
        }
        Signature::All(parts) => {
            let keeps_default = |part: &Signature| matches!(part, Signature::Unchanged);
            if !parts.iter().any(keeps_default) {
                request.headers_mut().remove(AUTHORIZATION);
            }
            for part in parts {
                apply(part, request);
            }
        }
        // A key in a cookie stands beside the cookies of the operation and of the caller.
        Signature::Header(name, value) if name == COOKIE => {
            let line = cookie::merge(request.headers().get(COOKIE), value);
            request.headers_mut().insert(COOKIE, line);
        }
        Signature::Header(name, value) => {
            request.headers_mut().insert(name, value.clone());
        }
        Signature::Token(token) => {
            request
                .headers_mut()
                .insert(AUTHORIZATION, token.header().clone());
        }
        Signature::Query(name, key) => {
            let name = percent_encode(name);
            let pair = format!("{name}={}", percent_encode(key.expose()));
            // A link of the server's may hold the key already.
            let is_other = |other: &&str| other.split('=').next() != Some(name.as_str());
            let others = request.url().query().unwrap_or_default().split('&');
            let mut pairs: Vec<&str> = others.filter(is_other).collect();
            pairs.retain(|pair| !pair.is_empty());
            pairs.push(&pair);
            let query = pairs.join("&");
            request.url_mut().set_query(Some(&query));
        }
    }
}
