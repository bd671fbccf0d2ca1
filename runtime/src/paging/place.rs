//! What a page tells beside its items: takes its headers and its body, gives numbers, cursors and links.

use serde::de::IgnoredAny;

use super::style::Place;
use crate::decode::{Received, scalar_text, without_byte_order_mark};

impl Place {
    /// The text or the number that stands here; an empty one is none.
    pub(super) fn text(self, received: &Received) -> Option<String> {
        let text = match self {
            Self::Header(name) => received.headers.get(name)?.to_str().ok()?.to_owned(),
            Self::Body(pointer) => scalar_text(received.tree().pointer(pointer)?)?,
        };
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The whole number that stands here.
    pub(super) fn number(self, received: &Received) -> Option<u64> {
        self.text(received)?.parse().ok()
    }

    /// The link to the next page that stands here.
    pub(super) fn link(self, received: &Received) -> Option<String> {
        let Self::Header(name) = self else {
            return self.text(received);
        };
        let mut values = received.headers.get_all(name).into_iter();
        values.find_map(|value| {
            let text = value.to_str().ok()?.trim();
            match text.starts_with('<') {
                true => next_of(text),
                false => (!text.is_empty()).then(|| text.to_owned()),
            }
        })
    }
}

/// The target of the link whose relation is `next` (RFC 8288, section 3): `<https://…>; rel="next", <…>; rel="last"`.
fn next_of(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        // The parameters end where the next link begins; an address has no `<`, so that one begins a link.
        let parameters = after.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = after;
    }
    None
}

/// Whether a parameter of a link says `rel="next"`; a link may have several relations.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let mut relations = value.trim().trim_matches('"').split_whitespace();
    name.trim().eq_ignore_ascii_case("rel")
        && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

/// How many items a page has, those that could not be read among them.
pub(super) fn count(received: &Received, items: &str) -> Option<usize> {
    let body = without_byte_order_mark(&received.body);
    if items.is_empty() {
        let list: Vec<IgnoredAny> = serde_json::from_slice(body).ok()?;
        return Some(list.len());
    }
    received.tree().pointer(items)?.as_array().map(Vec::len)
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_link_to_the_next_page_is_found_among_others() {
        let links = [
            (r#"<https://h/a?p=2>; rel="next""#, Some("https://h/a?p=2")),
            (
                r#"</a?p=1,2>; rel=prev, </a?p=3>; rel=next"#,
                Some("/a?p=3"),
            ),
            (
                r#"<a>; title="x"; REL="last Next", <b>; rel=first"#,
                Some("a"),
            ),
            (r#"<a>; rel="last""#, None),
            ("<a", None),
            ("", None),
        ];
        for (header, next) in links {
            assert_eq!(next_of(header).as_deref(), next, "{header}");
        }
    }
}
