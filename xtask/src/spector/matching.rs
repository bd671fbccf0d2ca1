//! Which operation a request belongs to: takes path templates and the paths that a server expects, gives what stands in the place of
//! each name.

/// A piece of a path template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Text(&'t str),
    Name(&'t str),
}

/// How a path fits a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// What stands in the place of each name, in their order, as it is on the wire.
    pub(super) values: Vec<(String, String)>,
    /// How well it fits: whether every value stays within a segment, and how much of the template is text.
    pub(super) rank: (bool, usize),
}

/// Fits a path to a template such as `/pets/{id}`. A value may run over the end of its segment where it cannot do otherwise.
pub(super) fn fit(template: &str, path: &str) -> Option<Fit> {
    let pieces = pieces(template);
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Name(_) => 0,
    });
    let text = text.sum();
    [false, true].into_iter().find_map(|across| {
        let values = fit_pieces(&pieces, path, across)?;
        Some(Fit {
            values,
            rank: (!across, text),
        })
    })
}

/// The path of a route: the server writes a colon that is none of its own signs with a backslash before it.
pub(super) fn path_of_route(route: &str) -> String {
    route.replace("\\:", ":")
}

/// What stands behind the first variable of a server's URL, or behind its host.
pub(super) fn path_of_server(origin: &str) -> &str {
    if origin.starts_with('{') {
        return origin.split_once('}').map_or("", |(_, rest)| rest);
    }
    let behind = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    behind.find('/').map_or("", |at| behind.split_at(at).1)
}

fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, (name, behind))) = rest
        .split_once('{')
        .and_then(|(text, behind)| Some((text, behind.split_once('}')?)))
    {
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces.push(Piece::Name(name));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn fit_pieces(pieces: &[Piece<'_>], path: &str, across: bool) -> Option<Vec<(String, String)>> {
    match pieces {
        [] => path.is_empty().then(Vec::new),
        [Piece::Text(text), rest @ ..] => fit_pieces(rest, path.strip_prefix(text)?, across),
        [Piece::Name(name), rest @ ..] => path
            .char_indices()
            .map(|(at, character)| at + character.len_utf8())
            .map(|end| path.split_at(end))
            .take_while(|(value, _)| across || !value.contains('/'))
            .find_map(|(value, behind)| {
                let mut values = vec![((*name).to_owned(), value.to_owned())];
                values.extend(fit_pieces(rest, behind, across)?);
                Some(values)
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(template: &str, path: &str) -> Option<Vec<String>> {
        let fit = fit(template, path)?;
        Some(fit.values.into_iter().map(|(_, value)| value).collect())
    }

    #[test]
    fn names_stand_for_text_of_a_segment() {
        assert_eq!(values("/pets", "/pets"), Some(vec![]));
        assert_eq!(values("/pets", "/pets/1"), None);
        assert_eq!(values("/pets/{id}", "/pets/1").unwrap(), ["1"]);
        assert_eq!(values("/pets/{id}", "/pets/"), None);
        assert_eq!(values("/pets{id}", "/pets;id=1").unwrap(), [";id=1"]);
        assert_eq!(
            values("/v:{version}/{a}-{b}", "/v:2/x-y-z").unwrap(),
            ["2", "x", "y-z"]
        );
    }

    #[test]
    fn a_value_may_hold_a_slash_where_nothing_else_fits() {
        let fits = fit("/files/{path}", "/files/a/b").unwrap();
        assert_eq!(fits.rank, (false, 7));
        assert_eq!(values("/files/{path}", "/files/a/b").unwrap(), ["a/b"]);
        assert!(fit("/files/{path}", "/files/a").unwrap().rank > fits.rank);
    }

    #[test]
    fn paths_of_servers_and_routes_are_found() {
        assert_eq!(path_of_server("{endpoint}"), "");
        assert_eq!(path_of_server("{endpoint}/v:{version}"), "/v:{version}");
        assert_eq!(path_of_server("http://localhost:3000"), "");
        assert_eq!(path_of_server("https://example.com/v1"), "/v1");
        assert_eq!(path_of_route("/v\\:1"), "/v:1");
    }
}
