//! The URL of a request: takes a path template, the encoded values of its placeholders and the
//! encoded pairs of the query, gives the URL below a base URL; or takes a link of the server's.

use percent_encoding::PercentEncode;
use reqwest::Url;

use crate::encode::{encode_template_query, encode_template_text};

/// The parameter at fault, and what is wrong.
pub(crate) type Fault = (Option<&'static str>, &'static str);

/// Puts encoded values into a path template. The template may end with a query that tells its
/// operation from others of the same path; it is given back on its own, empty where there is none.
pub(crate) fn fill(
    template: &'static str,
    values: &[(&'static str, String)],
) -> Result<(String, String), Fault> {
    // Without the slash, the path would run on from the host's name.
    if !template.starts_with('/') {
        return Err((None, "its path template does not start with a slash"));
    }
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    Ok((
        replace(path, values, encode_template_text)?,
        replace(query, values, encode_template_query)?,
    ))
}

fn replace(
    template: &'static str,
    values: &[(&'static str, String)],
    encode: fn(&str) -> PercentEncode<'_>,
) -> Result<String, Fault> {
    let longer: usize = values.iter().map(|(_, value)| value.len()).sum();
    let mut filled = String::with_capacity(template.len() + longer);
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .ok_or((None, "its path template has an open brace"))?;
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or((Some(name), "it has no value"))?;
        filled.extend(encode(text));
        filled.push_str(value);
        rest = after;
    }
    filled.extend(encode(rest));
    Ok(filled)
}

/// The URL, and the proof that parsing has not made it another: one that a URL parser would fold or
/// re-encode is none, since it would reach a different resource than the one meant.
pub(crate) fn join(base: &str, path: &str, query: &str) -> Option<Url> {
    let mut text = format!("{base}{path}");
    if !query.is_empty() {
        text.push('?');
        text.push_str(query);
    }
    Url::parse(&text).ok().filter(|url| url.as_str() == text)
}

/// The URL that a link leads to from a request's own, by RFC 3986, section 5. Another origin is
/// refused: the request carries credentials, which are for this one alone.
pub(crate) fn follow(own: &Url, link: &str) -> Result<Url, &'static str> {
    let mut url = own.join(link).map_err(|_| "the URL to follow is none")?;
    if url.origin() != own.origin() {
        return Err("the URL to follow has another origin than the client's base URL");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the URL to follow holds a user name");
    }
    url.set_fragment(None);
    Ok(url)
}
