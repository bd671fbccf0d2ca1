//! From a request under construction to one that can be sent: its URL, and the problem that keeps it
//! from being sent.

use std::borrow::Cow;

use reqwest::Url;

use super::RequestBuilder;
use crate::error::{Failure, RequestError};
use crate::send::Outgoing;
use crate::url;

impl RequestBuilder {
    /// The URL to send to.
    fn url(&self) -> Result<Url, url::Fault> {
        let (base, template) = (&self.client.inner().base_url, self.operation.path);
        let pairs = self.query.iter().map(|(_, pairs)| pairs.as_str());
        let url = url::fill(base, template, &self.path, pairs)?;
        match &self.link {
            Some(link) => url::follow(&url, link).map_err(|problem| (None, problem)),
            None => Ok(url),
        }
    }

    /// The request with its path filled and its query joined, or the problem that was remembered.
    /// It stands in a box, since it is large and goes from hand to hand.
    pub(crate) fn finish(self, accept: &'static str) -> Result<Box<Outgoing>, Failure> {
        let url = self.url();
        if let Some(problem) = self.problem {
            return Err(Failure::Request(problem));
        }
        let url = url.map_err(|(parameter, problem)| {
            Failure::Request(Box::new(RequestError {
                operation: self.operation.clone(),
                parameter: parameter.map(str::to_owned),
                problem: problem.to_owned(),
            }))
        })?;
        Ok(Box::new(Outgoing {
            client: self.client,
            operation: self.operation,
            url,
            headers: self.headers,
            cookies: self
                .cookies
                .into_iter()
                .flat_map(|(_, pairs)| pairs)
                .collect(),
            body: self.body,
            watch: self.watch,
            accept: self.accept.map_or(Cow::Borrowed(accept), Cow::Owned),
            time: self.time,
            retries: self.retries,
            repeatable: self.repeatable,
            sign_with: self.sign_with,
            loss: self.loss,
        }))
    }
}
