//! Setting one thing of a request: takes a parameter's name and value or a body, puts what it is on the
//! wire in its place, or remembers why it cannot be sent.

use reqwest::header::{HeaderName, HeaderValue};

use super::RequestBuilder;
use crate::body::Body;
use crate::cookie;
use crate::style::{self, Style};
use crate::tree::{Problem, Tree};

impl RequestBuilder {
    pub(super) fn set_path(
        mut self,
        name: &'static str,
        value: Result<Tree, Problem>,
        style: Style,
    ) -> Self {
        let mut names = self.draft.operation.path.split('{').skip(1);
        let is_named = names.any(|rest| {
            rest.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('}'))
        });
        match value.and_then(|value| style::path_text(name, value, style)) {
            Ok(text) if is_named => replace(&mut self.draft.path, name, Some(text)),
            Ok(_) => self.remember(Some(name), "the path template does not name it".to_owned()),
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    pub(super) fn set_query(
        mut self,
        name: &str,
        value: Result<Tree, Problem>,
        style: Style,
    ) -> Self {
        match value.and_then(|value| style::query_text(name, &value, style)) {
            Ok(pairs) => replace(&mut self.draft.query, name, pairs),
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    pub(super) fn set_header(
        mut self,
        name: &str,
        value: Result<Tree, Problem>,
        style: Style,
    ) -> Self {
        match value.and_then(|value| header(name, style::header_text(&value, style))) {
            Ok((name, Some(value))) => {
                self.draft.headers.insert(name, value);
            }
            Ok((name, None)) => {
                self.draft.headers.remove(name);
            }
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    pub(super) fn set_cookie(
        mut self,
        name: &str,
        value: Result<Tree, Problem>,
        style: Style,
    ) -> Self {
        match value.map(|value| style::cookies(name, &value, style)) {
            Ok(pairs) if pairs.iter().all(|(name, _)| cookie::is_name(name)) => {
                replace(
                    &mut self.draft.cookies,
                    name,
                    (!pairs.is_empty()).then_some(pairs),
                );
            }
            Ok(_) => self.remember(Some(name), "it is no cookie's name".to_owned()),
            Err(problem) => self.remember(Some(name), problem),
        }
        self
    }

    pub(super) fn set_body(mut self, body: Result<(String, Body), Problem>) -> Self {
        match body {
            Ok((media_type, body)) => {
                self.draft.body = Some(body);
                let media_type = Tree::of(&media_type);
                self.set_header("Content-Type", media_type, Style::SIMPLE)
            }
            Err(problem) => {
                self.remember(None, problem);
                self
            }
        }
    }
}

/// Sets, replaces or removes an entry and keeps the order of the others.
fn replace<'n, N, V>(entries: &mut Vec<(N, V)>, name: &'n str, value: Option<V>)
where
    N: From<&'n str> + AsRef<str>,
{
    let place = entries.iter().position(|(known, _)| known.as_ref() == name);
    match (place.and_then(|place| entries.get_mut(place)), value) {
        (Some(entry), Some(value)) => entry.1 = value,
        (Some(_), None) => entries.retain(|(known, _)| known.as_ref() != name),
        (None, Some(value)) => entries.push((name.into(), value)),
        (None, None) => {}
    }
}

fn header(name: &str, text: Option<String>) -> Result<(HeaderName, Option<HeaderValue>), String> {
    let name =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| "it is no header name".to_owned())?;
    let value = text.map(|text| HeaderValue::from_str(&text)).transpose();
    Ok((
        name,
        value.map_err(|_| "its value holds what a header cannot hold".to_owned())?,
    ))
}
