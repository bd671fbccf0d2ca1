//! Values read back from the wire: takes the text that a server expects, the style it is written in and what the type's values look like,
//! gives the JSON values that it may stand for, the likeliest first.
//!
//! Text does not tell `"1"` from `1`; the type that the value is given to decides, when it is read.

use super::plan::Kind;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// How a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style<'s> {
    /// OpenAPI's name of it.
    pub(super) name: &'s str,
    /// OpenAPI's `explode`.
    pub(super) explode: bool,
}

/// What a piece of a path stands for.
pub(super) fn from_path(style: Style<'_>, kind: Kind, name: &str, text: &str) -> Vec<Value> {
    let (text, separator) = match style.name {
        "label" => (
            text.strip_prefix('.').unwrap_or(text),
            if style.explode { '.' } else { ',' },
        ),
        "matrix" => {
            let text = text.strip_prefix(';').unwrap_or(text);
            let named = format!("{name}=");
            match (style.explode, kind) {
                (true, Kind::List) => {
                    let items = text.split(';');
                    let items = items.map(|item| item.strip_prefix(&named).unwrap_or(item));
                    return list(items.map(decoded));
                }
                (true, Kind::Object) => (text, ';'),
                _ => (text.strip_prefix(&named).unwrap_or(text), ','),
            }
        }
        _ => (text, ','),
    };
    match kind {
        Kind::Scalar => scalar(&decoded(text)),
        Kind::List => list(text.split(separator).map(decoded)),
        Kind::Object => object(&pieces(text, separator), style.explode, decoded),
    }
}

/// What a header's text stands for.
pub(super) fn from_header(style: Style<'_>, kind: Kind, text: &str) -> Vec<Value> {
    match kind {
        Kind::Scalar => scalar(text),
        Kind::List => list(text.split(',').map(|item| item.trim().to_owned())),
        Kind::Object => object(&pieces(text, ','), style.explode, str::to_owned),
    }
}

/// What a query's pairs stand for; `None` where none of them is the parameter's. The pairs of other parameters are left out before.
pub(super) fn from_query(
    style: Style<'_>,
    kind: Kind,
    name: &str,
    query: &Map<String, Value>,
) -> Option<Vec<Value>> {
    if kind == Kind::Object && !query.contains_key(name) {
        let deep = format!("{name}[");
        let members: Vec<(String, String)> = query
            .iter()
            .filter_map(|(key, value)| match style.name {
                "deepObject" => {
                    let member = key.strip_prefix(&deep)?.strip_suffix(']')?;
                    Some((member.to_owned(), text_of(value)))
                }
                _ => style.explode.then(|| (key.clone(), text_of(value))),
            })
            .collect();
        return (!members.is_empty()).then(|| members_of(&members));
    }
    let value = query.get(name)?;
    let separator = match style.name {
        "spaceDelimited" => ' ',
        "pipeDelimited" => '|',
        _ => ',',
    };
    Some(match (kind, value) {
        (Kind::List, Value::Array(items)) => list(items.iter().map(text_of)),
        (Kind::List, value) if style.explode => list([text_of(value)].into_iter()),
        (Kind::List, value) => list(text_of(value).split(separator).map(str::to_owned)),
        (Kind::Object, value) => object(&pieces(&text_of(value), separator), false, str::to_owned),
        (Kind::Scalar, value) => scalar(&text_of(value)),
    })
}

/// A value as it is written in a query or a header.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn pieces(text: &str, separator: char) -> Vec<&str> {
    text.split(separator).collect()
}

/// A number, a truth value or null, where the text is one.
fn literal(text: &str) -> Option<Value> {
    serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| value.is_number() || value.is_boolean())
}

fn scalar(text: &str) -> Vec<Value> {
    let plain = Value::from(text);
    [Some(plain), literal(text)].into_iter().flatten().collect()
}

fn list(items: impl Iterator<Item = String>) -> Vec<Value> {
    let items: Vec<String> = items.collect();
    let literals: Option<Vec<Value>> = items.iter().map(|item| literal(item)).collect();
    let texts = Value::from(items);
    [Some(texts), literals.map(Value::from)]
        .into_iter()
        .flatten()
        .collect()
}

fn object(pieces: &[&str], explode: bool, decode: impl Fn(&str) -> String) -> Vec<Value> {
    let members: Vec<(String, String)> = match explode {
        true => pieces
            .iter()
            .filter_map(|piece| piece.split_once('='))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect(),
        false => pieces
            .chunks(2)
            .filter_map(|pair| match pair {
                [name, value] => Some((decode(name), decode(value))),
                _ => None,
            })
            .collect(),
    };
    members_of(&members)
}

fn members_of(members: &[(String, String)]) -> Vec<Value> {
    let texts: Map<String, Value> = members
        .iter()
        .map(|(name, text)| (name.clone(), Value::from(text.as_str())))
        .collect();
    let literals: Map<String, Value> = members
        .iter()
        .map(|(name, text)| {
            let value = literal(text).unwrap_or_else(|| Value::from(text.as_str()));
            (name.clone(), value)
        })
        .collect();
    vec![Value::from(texts), Value::from(literals)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const fn style(name: &str, explode: bool) -> Style<'_> {
        Style { name, explode }
    }

    #[test]
    fn one_value_is_a_text_or_a_number() {
        let simple = style("simple", false);
        assert_eq!(
            from_path(simple, Kind::Scalar, "a", "1"),
            [json!("1"), json!(1)]
        );
        assert_eq!(
            from_path(simple, Kind::Scalar, "a", "x%20y"),
            [json!("x y")]
        );
        assert_eq!(
            from_path(style("matrix", true), Kind::Scalar, "a", ";a=x"),
            [json!("x")]
        );
        assert_eq!(
            from_path(style("label", false), Kind::Scalar, "a", ".x"),
            [json!("x")]
        );
        assert_eq!(
            from_header(simple, Kind::Scalar, "true"),
            [json!("true"), json!(true)]
        );
    }

    #[test]
    fn lists_are_taken_apart() {
        for (name, explode, text) in [
            ("simple", false, "x,y%2C"),
            ("simple", true, "x,y%2C"),
            ("label", false, ".x,y%2C"),
            ("label", true, ".x.y%2C"),
            ("matrix", false, ";a=x,y%2C"),
            ("matrix", true, ";a=x;a=y%2C"),
        ] {
            let values = from_path(style(name, explode), Kind::List, "a", text);
            assert_eq!(values, [json!(["x", "y,"])], "{name} {explode}");
        }
        assert_eq!(
            from_header(style("simple", false), Kind::List, "1, 2"),
            [json!(["1", "2"]), json!([1, 2])]
        );
    }

    #[test]
    fn objects_are_taken_apart() {
        for (name, explode, text) in [
            ("simple", false, "x,1,y,2"),
            ("simple", true, "x=1,y=2"),
            ("label", false, ".x,1,y,2"),
            ("label", true, ".x=1.y=2"),
            ("matrix", false, ";a=x,1,y,2"),
            ("matrix", true, ";x=1;y=2"),
        ] {
            let values = from_path(style(name, explode), Kind::Object, "a", text);
            let expected = [json!({"x": "1", "y": "2"}), json!({"x": 1, "y": 2})];
            assert_eq!(values, expected, "{name} {explode}");
        }
    }

    #[test]
    fn queries_are_read_by_their_style() {
        let read = |name, explode, kind, query: Value| {
            from_query(style(name, explode), kind, "a", query.as_object().unwrap())
        };
        assert_eq!(read("form", true, Kind::Scalar, json!({"b": "x"})), None);
        let both = Some(vec![json!(["x", "y"])]);
        assert_eq!(
            read("form", true, Kind::List, json!({"a": ["x", "y"]})),
            both
        );
        assert_eq!(read("form", false, Kind::List, json!({"a": "x,y"})), both);
        assert_eq!(
            read("pipeDelimited", false, Kind::List, json!({"a": "x|y"})),
            both
        );
        assert_eq!(
            read("spaceDelimited", false, Kind::List, json!({"a": "x y"})),
            both
        );
        let object = Some(vec![json!({"x": "y"}); 2]);
        assert_eq!(
            read("form", false, Kind::Object, json!({"a": "x,y"})),
            object
        );
        assert_eq!(read("form", true, Kind::Object, json!({"x": "y"})), object);
        assert_eq!(
            read("deepObject", true, Kind::Object, json!({"a[x]": "y"})),
            object
        );
    }
}
