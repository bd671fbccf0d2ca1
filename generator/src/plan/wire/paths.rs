//! Path templates as documents write them: takes one with the parameters that are declared for it, gives one that can be
//! filled. Documents put queries, fragments and URI templates (RFC 6570) into paths, mostly to tell apart operations that
//! share one.

use super::super::Planning;
use crate::diagnostics::{Code, Diagnostic};
use crate::plan::model::Location;
use crate::pointer::JsonPointer;

/// A parameter's name and place.
pub(super) type Declared<'d> = (&'d str, Location);

/// A path that can be filled: it begins with a slash, every brace belongs to a placeholder, and a query at its end holds
/// only what no parameter sends.
pub(super) fn clean(planning: &mut Planning<'_>, path: &str, declared: &[Declared<'_>]) -> String {
    let (plain, fragment) = path.split_once('#').unwrap_or((path, ""));
    if !fragment.is_empty() {
        report(
            planning,
            path,
            Code::PathFragment,
            "The part of the path after `#` is never sent to a server; it is left out.",
        );
    }
    let expanded = placeholders(plain, declared);
    let (before, query) = expanded.split_once('?').unwrap_or((&expanded, ""));
    let mut cleaned = String::new();
    if !before.starts_with('/') {
        report(
            planning,
            path,
            Code::PathWithoutSlash,
            "The path does not start with a slash; it is read as if it did.",
        );
        cleaned.push('/');
    }
    cleaned.push_str(before);
    let pairs: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_sent_by_parameter(pair, declared))
        .collect();
    if !pairs.is_empty() {
        cleaned.push('?');
        cleaned.push_str(&pairs.join("&"));
    }
    cleaned
}

/// The names that a path's own query gives a value, so that no parameter has to.
pub(super) fn fixed_names(path: &str) -> Vec<&str> {
    let (_, query) = path.split_once('?').unwrap_or((path, ""));
    query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The names of the placeholders, in the order of the path.
pub(super) fn names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|piece| Some(piece.split_once('}')?.0))
        .collect()
}

/// Whether a pair stands for a declared query parameter: `id={id}`, or `id` or `id=` without a value.
fn is_sent_by_parameter(pair: &str, declared: &[Declared<'_>]) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let in_query = |name: &str| declared.contains(&(name, Location::Query));
    let placeholder = value
        .strip_prefix('{')
        .and_then(|value| value.strip_suffix('}'));
    match placeholder {
        Some(placeholder) => in_query(placeholder) || in_query(name),
        None => value.is_empty() && in_query(name),
    }
}

/// The path with placeholders alone in braces. The operators and modifiers of RFC 6570 are dropped where the parameter is
/// declared without them; a brace that belongs to no placeholder is encoded.
fn placeholders(path: &str, declared: &[Declared<'_>]) -> String {
    let known = |name: &str| declared.iter().any(|(known, _)| *known == name);
    let in_query = |name: &str| declared.contains(&(name, Location::Query));
    let mut cleaned = String::with_capacity(path.len());
    let path = path.replace("{{", "{").replace("}}", "}");
    let mut rest = path.as_str();
    while let Some((text, after)) = rest.split_once('{') {
        cleaned.push_str(text);
        let Some((expression, after)) = after.split_once('}').filter(|(name, _)| !name.is_empty())
        else {
            cleaned.push_str("%7B");
            rest = after;
            continue;
        };
        rest = after;
        let list = expression.trim_start_matches(['+', '#', '.', '/', ';', '?', '&']);
        let names: Vec<&str> = list.split(',').map(without_modifier).collect();
        let is_query =
            expression.starts_with(['?', '&']) || names.iter().all(|name| in_query(name));
        if !known(expression) && is_query && !text.ends_with('=') {
            // The parameters themselves make the query.
            continue;
        }
        let plain = without_modifier(list);
        let name = if known(expression) || !known(plain) {
            expression
        } else {
            plain
        };
        cleaned.push_str(&format!("{{{name}}}"));
    }
    cleaned.push_str(rest);
    cleaned
}

/// A variable without `*` and `:3` (RFC 6570, 2.4).
fn without_modifier(variable: &str) -> &str {
    let name = variable.trim_end_matches('*');
    match name.rsplit_once(':') {
        Some((name, length)) if length.parse::<u16>().is_ok() => name,
        _ => name,
    }
}

fn report(planning: &mut Planning<'_>, path: &str, code: Code, message: &str) {
    let pointer = JsonPointer::from_tokens(["paths", path]);
    planning.report(Diagnostic::note(code, pointer, message));
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: [Declared<'static>; 4] = [
        ("id", Location::Path),
        ("rest", Location::Path),
        ("page", Location::Query),
        ("a:b", Location::Path),
    ];

    #[test]
    fn braces_hold_placeholders_alone() {
        for (path, expected) in [
            ("/a/{id}.json:act", "/a/{id}.json:act"),
            ("/a/{+rest}/{rest*}/{rest:3}", "/a/{rest}/{rest}/{rest}"),
            ("/a/{a:b}", "/a/{a:b}"),
            ("/a{?page}", "/a"),
            ("/a{?page,size*}", "/a"),
            ("/a/{{id}}", "/a/{id}"),
            ("/a/{other}/{}", "/a/{other}/%7B}"),
            ("/a/{id", "/a/%7Bid"),
            ("/a?page={page}", "/a?page={page}"),
        ] {
            assert_eq!(placeholders(path, &DECLARED), expected);
        }
    }

    #[test]
    fn parameters_send_their_own_pairs() {
        for (pair, expected) in [
            ("page={page}", true),
            ("page={number}", true),
            ("page=", true),
            ("page=1", false),
            ("id={id}", false),
            ("action", false),
        ] {
            assert_eq!(is_sent_by_parameter(pair, &DECLARED), expected, "{pair}");
        }
        assert_eq!(fixed_names("/a?b=1&c&=2"), ["b", "c"]);
        assert_eq!(names("/{a}-{b}?c={d}"), ["a", "b", "d"]);
    }
}
