//! Path templates: takes a request's path, gives the values of the template's parameters.

use std::cmp::Reverse;

use crate::encode::percent_encode;

/// A path template taken apart.
pub(super) struct Route {
    segments: Vec<Vec<Piece>>,
    /// Pairs that the query must have: what tells an operation from others of the same path. A pair without a value takes any.
    query: Vec<(String, Vec<Piece>)>,
}

#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Value(String),
}

impl Route {
    pub(super) fn parse(template: &str) -> Self {
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self {
            segments: path.split('/').map(pieces).collect(),
            query: pairs
                .map(|(name, value)| (name.to_owned(), pieces(value)))
                .collect(),
        }
    }

    /// The values of the parameters, encoded as they were sent; `None` when the path is another.
    pub(super) fn values(
        &self,
        path: &str,
        query: &[(String, String)],
    ) -> Option<Vec<(String, String)>> {
        let segments: Vec<&str> = path.split('/').collect();
        if segments.len() != self.segments.len() {
            return None;
        }
        let mut values = Vec::new();
        for (pieces, segment) in self.segments.iter().zip(segments) {
            matched(pieces, segment, &mut values)?;
        }
        for (name, pieces) in &self.query {
            let mut found = query.iter().filter(|(other, _)| other == name);
            let is_any = pieces.iter().all(Piece::is_empty);
            let of_query = found.find_map(|(_, found)| {
                let mut values = Vec::new();
                (is_any || matched(pieces, found, &mut values).is_some()).then_some(values)
            })?;
            // A query comes decoded.
            values.extend(
                of_query
                    .into_iter()
                    .map(|(name, value)| (name, percent_encode(&value))),
            );
        }
        Some(values)
    }

    /// Whether every path that fits the one fits the other: only the names of the parameters differ.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let alike = |one: &Vec<Piece>, other: &Vec<Piece>| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_like(other))
        };
        self.segments.len() == other.segments.len()
            && self
                .segments
                .iter()
                .zip(&other.segments)
                .all(|(one, other)| alike(one, other))
            && self.query == other.query
    }

    /// Less for a template that says more: one whose first segments stand for themselves comes before one that takes any there, and
    /// one that wants a query before one that does not.
    pub(super) fn vagueness(&self) -> impl Ord + use<> {
        let vague = |pieces: &Vec<Piece>| {
            let values = pieces
                .iter()
                .filter(|piece| matches!(piece, Piece::Value(_)));
            (values.count(), Reverse(pieces.len()))
        };
        let segments: Vec<_> = self.segments.iter().map(vague).collect();
        (segments, Reverse(self.query.len()))
    }
}

impl Piece {
    fn is_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Value(_), Self::Value(_))) || self == other
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((text, behind)) = rest.split_once('{') {
        let Some((name, behind)) = behind.split_once('}') else {
            break;
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        pieces.push(Piece::Value(name.to_owned()));
        rest = behind;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// Reads a segment; a value goes up to the next text that stands for itself.
fn matched(pieces: &[Piece], segment: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    let mut rest = segment;
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Text(text) => rest = rest.strip_prefix(text.as_str())?,
            Piece::Value(name) => {
                let end = match pieces.peek() {
                    Some(Piece::Text(text)) => rest.rfind(text.as_str())?,
                    // Values that follow each other begin with the sign of their style, `.` or `;`.
                    Some(Piece::Value(_)) => {
                        let next = rest.get(1..)?.find(rest.chars().next()?)?;
                        next + 1
                    }
                    None => rest.len(),
                };
                let (value, behind) = rest.split_at_checked(end)?;
                if value.is_empty() {
                    return None;
                }
                values.push((name.clone(), value.to_owned()));
                rest = behind;
            }
        }
    }
    rest.is_empty().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(template: &str, path: &str) -> Option<Vec<String>> {
        let values = Route::parse(template).values(path, &[])?;
        Some(values.into_iter().map(|(_, value)| value).collect())
    }

    #[test]
    fn a_path_fits_its_template() {
        assert_eq!(values("/a/{x}", "/a/1"), Some(vec!["1".to_owned()]));
        assert_eq!(values("/a/{x}", "/a/"), None);
        assert_eq!(values("/a/{x}", "/b/1"), None);
        let both = Some(vec!["1.2".to_owned(), "csv".to_owned()]);
        assert_eq!(values("/r/{id}.{kind}", "/r/1.2.csv"), both);
        let labels = Some(vec![".1".to_owned(), ".2".to_owned()]);
        assert_eq!(values("/l{a}{b}", "/l.1.2"), labels);
        assert_eq!(
            values("/r/{id}:run", "/r/7:run"),
            Some(vec!["7".to_owned()])
        );
    }

    #[test]
    fn a_query_in_a_template_tells_operations_apart() {
        let query = [("action", "start now"), ("id", "a b")];
        let query = query.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let route = Route::parse("/a?action=start now&id={x}");
        let values = route.values("/a", &query);
        assert_eq!(values, Some(vec![("x".to_owned(), "a%20b".to_owned())]));
        assert_eq!(route.values("/a", &query[1..]), None);
        assert_eq!(Route::parse("/a?action=stop").values("/a", &query), None);
        assert_eq!(Route::parse("/a?action").values("/a", &query), Some(vec![]));
    }

    #[test]
    fn paths_are_alike_whatever_their_parameters_are_called() {
        let is_like = |one: &str, other: &str| Route::parse(one).is_like(&Route::parse(other));
        assert!(is_like("/a/{x}/b", "/a/{y}/b"));
        assert!(!is_like("/a/{x}", "/a/me"));
        assert!(!is_like("/a/{x}", "/a/{x}/b"));
        assert!(!is_like("/a/{x}?b=c", "/a/{x}"));
    }

    #[test]
    fn what_stands_for_itself_comes_first() {
        let (plain, any) = (Route::parse("/a/me"), Route::parse("/a/{x}"));
        assert!(plain.vagueness() < any.vagueness());
        assert!(Route::parse("/a?b=c").vagueness() < Route::parse("/a").vagueness());
    }
}
