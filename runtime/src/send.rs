//! One exchange: takes a finished request, signs it, sends it and reads the whole answer. It judges
//! nothing but a 401, and knows no operation's types, so that it is compiled once.

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{StatusCode, Url};

use crate::auth::{SignWith, Signature};
use crate::client::Client;
use crate::decode::Received;
use crate::encode::percent_encode;
use crate::error::{Failure, OperationName, RequestError, TransportError};

/// A request whose parameters are all in place.
pub(crate) struct Outgoing {
    pub(crate) client: Client,
    pub(crate) operation: OperationName,
    /// Path below the base URL, encoded.
    pub(crate) path: String,
    /// Query without its question mark, encoded; empty for none.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) accept: &'static str,
    pub(crate) sign_with: SignWith,
}

/// Sends a request and reads the answer.
///
/// When the server answers 401 to a token that this crate fetched, the token is replaced and the
/// request sent once more: a token can be revoked before it expires, and a refused request has had
/// no effect. Whatever comes then stands.
pub(crate) async fn exchange(outgoing: Outgoing) -> Result<Received, Failure> {
    let Outgoing {
        client,
        operation,
        sign_with,
        ..
    } = &outgoing;
    let request = build(&outgoing)?;
    let inner = client.inner();
    let auth = |error| Failure::Auth(Box::new(error));

    let signature = inner
        .credentials
        .sign(inner.service, *sign_with)
        .await
        .map_err(auth)?;
    let spare = matches!(signature, Signature::Token(_))
        .then(|| request.try_clone())
        .flatten();
    let received = transmit(client, operation, request, &signature).await?;
    let (StatusCode::UNAUTHORIZED, Some(spare)) = (received.status, spare) else {
        return Ok(received);
    };
    match inner.credentials.renew(&signature).await {
        Some(renewed) => transmit(client, operation, spare, &renewed.map_err(auth)?).await,
        None => Ok(received),
    }
}

/// The request without its signature.
fn build(outgoing: &Outgoing) -> Result<reqwest::Request, Failure> {
    let Outgoing {
        client,
        operation,
        headers: own,
        body,
        accept,
        ..
    } = outgoing;
    let inner = client.inner();
    let mut request = reqwest::Request::new(operation.method.clone(), url(outgoing)?);
    *request.timeout_mut() = Some(inner.timeout);

    let headers = request.headers_mut();
    *headers = inner.headers.clone();
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    if body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in own {
        headers.insert(name, value.clone());
    }
    *request.body_mut() = body.clone().map(reqwest::Body::from);
    Ok(request)
}

/// The request's URL, and the proof that parsing has not made it another: a path that a URL parser
/// would fold or re-encode is refused, since it would reach a different resource than the one
/// meant.
fn url(outgoing: &Outgoing) -> Result<Url, Failure> {
    let Outgoing {
        client,
        operation,
        path,
        query,
        ..
    } = outgoing;
    let base = client.base_url();
    let mut text = format!("{base}{path}");
    if !query.is_empty() {
        text.push('?');
        text.push_str(query);
    }
    match Url::parse(&text) {
        Ok(url) if url.as_str() == text => Ok(url),
        _ => Err(Failure::Request(Box::new(RequestError {
            operation: operation.clone(),
            parameter: None,
            problem: "its path does not survive as a URL".to_owned(),
        }))),
    }
}

async fn transmit(
    client: &Client,
    operation: &OperationName,
    mut request: reqwest::Request,
    signature: &Signature,
) -> Result<Received, Failure> {
    let inner = client.inner();
    apply(signature, &mut request);
    let broken = |error| {
        Failure::Transport(Box::new(TransportError::new(
            operation.clone(),
            client.base_url().to_owned(),
            error,
        )))
    };
    let mut response = inner.http.execute(request).await.map_err(broken)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        body.extend_from_slice(&chunk);
    }
    Ok(Received {
        service: inner.service,
        operation: operation.clone(),
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body,
    })
}

fn apply(signature: &Signature, request: &mut reqwest::Request) {
    match signature {
        Signature::Unchanged => {}
        Signature::Nothing => {
            request.headers_mut().remove(AUTHORIZATION);
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
            let pair = format!("{}={}", percent_encode(name), percent_encode(key.expose()));
            let query = match request.url().query() {
                Some(query) => format!("{query}&{pair}"),
                None => pair,
            };
            request.url_mut().set_query(Some(&query));
        }
    }
}
