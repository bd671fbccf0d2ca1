//! The `Cookie` header: one line for cookies from several sources. Takes the header as it stands
//! and pairs to add, gives the header that holds both (RFC 6265, section 4.2).

use reqwest::header::HeaderValue;

/// Whether this can be a cookie's name: a token (RFC 9110, section 5.6.2).
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// The header with these pairs added. They replace those of the same names that stand there, so
/// that no cookie is sent twice with values that contradict. `None` where the line is no header.
pub(crate) fn join(
    present: Option<&HeaderValue>,
    pairs: &[(String, String)],
) -> Option<HeaderValue> {
    let present = present.map_or(Ok(""), HeaderValue::to_str).ok()?;
    let kept = present.split(';').map(str::trim).filter(|cookie| {
        let name = cookie.split_once('=').map_or(*cookie, |(name, _)| name);
        !cookie.is_empty() && pairs.iter().all(|(added, _)| added != name)
    });
    let added = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    let line: Vec<String> = kept.map(str::to_owned).chain(added).collect();
    let mut line = HeaderValue::from_str(&line.join("; ")).ok()?;
    line.set_sensitive(true);
    Some(line)
}

/// The same with a whole header's cookies, such as an API key's.
pub(crate) fn merge(present: Option<&HeaderValue>, added: &HeaderValue) -> HeaderValue {
    let pairs: Vec<(String, String)> = added
        .to_str()
        .unwrap_or_default()
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    join(present, &pairs).unwrap_or_else(|| added.clone())
}
