//! The URL of a request: takes a path template, the encoded values of its placeholders and the
//! encoded pairs of the query, gives the URL below a base URL; or takes a link of the server's.

use percent_encoding::PercentEncode;
use reqwest::Url;

use crate::encode::{encode_template_query, encode_template_text};

/// The parameter at fault, and what is wrong.
pub(crate) type Fault = (Option<&'static str>, &'static str);

/// What path templates are appended to, base path included. It is parsed once: most of the time that parsing a URL takes goes to its host.
pub(crate) struct BaseUrl {
    /// Without a slash at its end.
    text: String,
    /// How many bytes of the text are scheme and host.
    origin: usize,
    url: Url,
}

impl BaseUrl {
    /// The base URL of this text, which has no slash at its end; none when a URL parser would make another of it.
    pub(crate) fn new(text: String) -> Option<Self> {
        let url = Url::parse(&text).ok()?;
        let origin = url.origin().ascii_serialization().len();
        (url.as_str().trim_end_matches('/') == text).then_some(Self { text, origin, url })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    fn path(&self) -> &str {
        self.text.get(self.origin..).unwrap_or_default()
    }

    /// The URL with this path and query behind scheme and host, and the proof that parsing has not made it another: one that a URL parser
    /// would fold or re-encode is none, since it would reach a different resource than the one meant.
    fn with(&self, path_and_query: &str) -> Option<Url> {
        let url = self.url.join(path_and_query).ok()?;
        let (origin, rest) = url.as_str().split_at_checked(self.origin)?;
        (Some(origin) == self.text.get(..self.origin) && rest == path_and_query).then_some(url)
    }
}

/// The URL below `base`, with encoded values in the placeholders of a path template and these encoded pairs behind it. The template
/// may end with a query of its own, which tells its operation from others of the same path.
pub(crate) fn fill<'q>(
    base: &BaseUrl,
    template: &'static str,
    values: &[(&'static str, String)],
    pairs: impl Iterator<Item = &'q str> + Clone,
) -> Result<Url, Fault> {
    // Without the slash, the path would run on from the host's name.
    if !template.starts_with('/') {
        return Err((None, "its path template does not start with a slash"));
    }
    let values_length: usize = values.iter().map(|(_, value)| value.len()).sum();
    let pairs_length: usize = pairs.clone().map(|pairs| pairs.len() + 1).sum();
    let length = base.path().len() + template.len() + values_length + pairs_length;
    let mut text = String::with_capacity(length);
    text.push_str(base.path());
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    replace(&mut text, path, values, encode_template_text)?;
    let mut separator = '?';
    if !query.is_empty() {
        text.push(separator);
        replace(&mut text, query, values, encode_template_query)?;
        separator = '&';
    }
    for pairs in pairs {
        text.push(separator);
        text.push_str(pairs);
        separator = '&';
    }
    base.with(&text)
        .ok_or((None, "its path does not survive as a URL"))
}

/// Writes a template with its placeholders filled.
fn replace(
    filled: &mut String,
    template: &'static str,
    values: &[(&'static str, String)],
    encode: fn(&str) -> PercentEncode<'_>,
) -> Result<(), Fault> {
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
    Ok(())
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
