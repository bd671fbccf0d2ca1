//! From a request under construction to one that can be sent: its URL, the headers that are made of several settings, and the problem
//! that keeps it from being sent.

use reqwest::Url;
use reqwest::header::{COOKIE, HeaderValue};

use super::RequestBuilder;
use crate::cookie;
use crate::error::{Failure, RequestError};
use crate::outgoing::{Accept, Draft, Outgoing};
use crate::url;

impl RequestBuilder {
    /// The request with its path filled and its query joined, or the problem that was remembered. `accept` is what the answer may be
    /// where that was not set.
    pub(crate) fn finish(mut self, accept: Accept) -> Result<Outgoing, Failure> {
        if let Some(problem) = self.draft.problem.take() {
            return Err(Failure::Request(problem));
        }
        let made = parts(&self.draft, accept);
        let (url, accept, cookies) = made.map_err(|(parameter, problem)| {
            Failure::Request(Box::new(RequestError {
                operation: self.draft.operation.clone(),
                parameter: parameter.map(str::to_owned),
                problem: problem.to_owned(),
            }))
        })?;
        Ok(Outgoing {
            draft: self.draft,
            url,
            accept,
            cookies,
        })
    }
}

/// The URL to send to, what the answer may be, and the line of cookies.
fn parts(
    draft: &Draft,
    accept: Accept,
) -> Result<(Url, HeaderValue, Option<HeaderValue>), url::Fault> {
    let accept = match &draft.accept {
        None => accept.clone(),
        Some(given) => {
            HeaderValue::from_str(given).map_err(|_| (None, "what it asks for is no media type"))?
        }
    };
    Ok((url(draft)?, accept, cookies(draft)?))
}

fn url(draft: &Draft) -> Result<Url, url::Fault> {
    let base = &draft.client.inner().base_url;
    let pairs = draft.query.iter().map(|(_, pairs)| pairs.as_str());
    let url = url::fill(base, draft.operation.path, &draft.path, pairs)?;
    match &draft.link {
        Some(link) => url::follow(&url, link).map_err(|problem| (None, problem)),
        None => Ok(url),
    }
}

/// The line of the cookies that were set, beside those of a header of the request's or the client's; none where none was set.
fn cookies(draft: &Draft) -> Result<Option<HeaderValue>, url::Fault> {
    if draft.cookies.is_empty() {
        return Ok(None);
    }
    let pairs = draft.cookies.iter().flat_map(|(_, pairs)| pairs);
    let pairs: Vec<_> = pairs.cloned().collect();
    let present = draft.headers.get(COOKIE);
    let present = present.or_else(|| draft.client.inner().headers.get(COOKIE));
    let line = cookie::join(present, &pairs);
    line.map(Some).ok_or((None, "its cookies make no header"))
}
