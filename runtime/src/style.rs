//! How parameters are written: the styles of OpenAPI 3.0, which are RFC 6570's expansions and a few
//! more. Takes a value as a [`Tree`], gives path segments, query pairs, header texts and cookies.
//!
//! Everything outside RFC 3986's unreserved set is percent-encoded unless a style says otherwise, so
//! that a value can neither end the part of the URL that it stands in nor be rewritten by a parser.

use std::borrow::Cow;

use crate::encode::{percent_encode, percent_encoded, percent_encoded_keeping_reserved};
use crate::tree::{Problem, Tree};

/// How a parameter is written (OpenAPI 3.0, "Style Values").
///
/// A list within a list, or an object within one, has no form in any of these but
/// [`DEEP_OBJECT`](Self::DEEP_OBJECT); elsewhere it is written as JSON text.
///
/// A parameter that is null is left out. So is an empty list or object where each item has a piece of
/// its own, since there is none. In a query, one whose items are joined is sent as `name=`: whoever
/// sets an empty list says something else than whoever sets none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Style {
    /// `simple`: items joined by commas. What paths and headers use by default.
    pub const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// `label`: after a dot, items joined by commas. For paths.
    pub const LABEL: Self = Self::new(Kind::Label, false);
    /// `matrix`: `;name=`, items joined by commas. For paths.
    pub const MATRIX: Self = Self::new(Kind::Matrix, false);
    /// `form`, exploded: a pair for each item or member. What queries and cookies use by default.
    pub const FORM: Self = Self::new(Kind::Form, true);
    /// `spaceDelimited`: items joined by spaces. For queries.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited, false);
    /// `pipeDelimited`: items joined by `|`. For queries.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited, false);
    /// `deepObject`: `name[member]=`, to any depth. A list in a member repeats the pair; any other
    /// list numbers its items, as in `name[0]=`. For queries.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// JSON text: a parameter with `content: application/json`.
    pub const JSON: Self = Self::new(Kind::Json, false);

    const fn new(kind: Kind, explode: bool) -> Self {
        Self {
            kind,
            explode,
            reserved: false,
        }
    }

    /// The same with `explode: true`: a piece for each item, `member=value` for each member.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self {
            explode: true,
            ..self
        }
    }

    /// The same with `explode: false`: all items in one piece.
    #[must_use]
    pub const fn joined(self) -> Self {
        Self {
            explode: false,
            ..self
        }
    }

    /// The same with `allowReserved: true`: RFC 3986's reserved characters stay as they are in a
    /// query, but for `#`, `&`, `+` and `'`, which would end the pair, change or be changed.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            reserved: true,
            ..self
        }
    }

    fn encode(self, text: &str) -> Cow<'_, str> {
        match self.reserved {
            true => percent_encoded_keeping_reserved(text),
            false => percent_encoded(text),
        }
    }
}

/// A value as the texts of its parts.
enum Parts {
    One(String),
    List(Vec<String>),
    Map(Vec<(String, String)>),
}

impl Parts {
    /// The parts of a value, each through `encode`; `None` for null. What is null within is left
    /// out.
    fn of(value: &Tree, encode: impl Fn(&str) -> String) -> Option<Self> {
        Some(match value {
            Tree::List(items) => Self::List(
                items
                    .iter()
                    .filter_map(Tree::text)
                    .map(|text| encode(&text))
                    .collect(),
            ),
            Tree::Map(members) => Self::Map(
                members
                    .iter()
                    .filter_map(|(name, value)| Some((encode(name), encode(&value.text()?))))
                    .collect(),
            ),
            one => Self::One(encode(&one.text()?)),
        })
    }

    /// Every text in turn: items, or names and values.
    fn flat(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::List(items) => items,
            Self::Map(members) => members
                .into_iter()
                .flat_map(|(name, value)| [name, value])
                .collect(),
        }
    }

    /// Items as they are, members as `name=value`.
    fn exploded(self) -> Vec<String> {
        match self {
            Self::Map(members) => members
                .into_iter()
                .map(|(name, value)| pair(&name, &value))
                .collect(),
            other => other.flat(),
        }
    }

    fn pieces(self, explode: bool) -> Vec<String> {
        match explode {
            true => self.exploded(),
            false => self.flat(),
        }
    }
}

/// What stands in a path for a parameter, encoded.
///
/// An empty value, `.` and `..` are refused: the first changes which path is meant, and URL parsers
/// (the WHATWG URL standard) fold the other two away even when they are percent-encoded.
pub(crate) fn path_text(name: &str, value: Tree, style: Style) -> Result<String, Problem> {
    let text = match style.kind {
        // Most are such, and most of these stay as they are.
        Kind::Simple if value.is_scalar() => {
            value.into_text().map(|text| match percent_encoded(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(encoded) => encoded,
            })
        }
        Kind::Json => Some(percent_encode(&value.json())),
        _ => Parts::of(&value, percent_encode).map(|parts| path_parts(name, parts, style)),
    };
    let text = text.ok_or("null cannot be a path segment")?;
    match text.as_str() {
        "" => Err("an empty value cannot be a path segment".to_owned()),
        "." | ".." => Err("`.` and `..` cannot be a path segment".to_owned()),
        _ => Ok(text),
    }
}

fn path_parts(name: &str, parts: Parts, style: Style) -> String {
    match (style.kind, parts) {
        (Kind::Matrix, parts @ (Parts::One(_) | Parts::List(_))) if style.explode => parts
            .flat()
            .iter()
            .map(|text| matrix_pair(name, text))
            .collect(),
        (Kind::Matrix, parts) if style.explode => parts
            .exploded()
            .iter()
            .map(|pair| format!(";{pair}"))
            .collect(),
        (Kind::Matrix, parts) => matrix_pair(name, &parts.flat().join(",")),
        (Kind::Label, parts) if style.explode => format!(".{}", parts.exploded().join(".")),
        (Kind::Label, parts) => format!(".{}", parts.flat().join(",")),
        (_, Parts::One(text)) => text,
        (_, parts) => parts.pieces(style.explode).join(","),
    }
}

/// RFC 6570, 3.2.7: an empty value has no equals sign.
fn matrix_pair(name: &str, text: &str) -> String {
    let name = percent_encode(name);
    match text {
        "" => format!(";{name}"),
        text => format!(";{name}={text}"),
    }
}

/// A name and its value, both encoded, as one text of just its length.
fn pair(name: &str, value: &str) -> String {
    [name, "=", value].concat()
}

/// The pair of a query parameter that is one text or number, in the styles that write it as it is; `None` for null.
fn scalar_pair(name: &str, value: &Tree, style: Style) -> Option<String> {
    Some(pair(&percent_encoded(name), &style.encode(&value.text()?)))
}

/// The encoded pairs of a query parameter as one text; none for null, and for what is exploded and holds nothing.
pub(crate) fn query_text(
    name: &str,
    value: &Tree,
    style: Style,
) -> Result<Option<String>, Problem> {
    // Most are such, and need no list.
    if value.is_scalar() && !matches!(style.kind, Kind::Json | Kind::DeepObject) {
        return Ok(scalar_pair(name, value, style));
    }
    let pairs = query_pairs(name, value, style)?;
    Ok((!pairs.is_empty()).then(|| pairs.join("&")))
}

/// The encoded pairs of a query parameter; none for null, and for what is exploded and holds nothing.
pub(crate) fn query_pairs(name: &str, value: &Tree, style: Style) -> Result<Vec<String>, Problem> {
    let encoded = percent_encoded(name);
    let named = |text: &str| pair(&encoded, text);
    let (separator, raw) = match style.kind {
        Kind::Json if matches!(value, Tree::Null) => return Ok(Vec::new()),
        Kind::Json => return Ok(vec![named(&style.encode(&value.json()))]),
        Kind::DeepObject => {
            let mut pairs = Vec::new();
            deep_pairs(&encoded, value, style, &mut pairs);
            return Ok(pairs);
        }
        Kind::SpaceDelimited => ("%20", ' '),
        Kind::PipeDelimited => ("%7C", '|'),
        _ => (",", ','),
    };
    if value.is_scalar() {
        return Ok(scalar_pair(name, value, style).into_iter().collect());
    }
    let Some(parts) = Parts::of(value, |text| text.to_owned()) else {
        return Ok(Vec::new());
    };
    if style.explode {
        return Ok(match parts {
            Parts::Map(members) => members
                .iter()
                .map(|(name, text)| pair(&percent_encoded(name), &style.encode(text)))
                .collect(),
            parts => parts
                .flat()
                .iter()
                .map(|text| named(&style.encode(text)))
                .collect(),
        });
    }
    let texts = parts.flat();
    // An encoded comma is another thing than the one between items; a space or a bar is not.
    if separator != "," && texts.iter().any(|text| text.contains(raw)) {
        return Err("an item holds the character that stands between items".to_owned());
    }
    let texts: Vec<String> = texts
        .iter()
        .map(|text| style.encode(text).replace(',', "%2C"))
        .collect();
    Ok(vec![named(&texts.join(separator))])
}

/// The pairs of a value under an encoded name.
fn deep_pairs(name: &str, value: &Tree, style: Style, pairs: &mut Vec<String>) {
    match value {
        Tree::Map(members) => {
            for (member, value) in members {
                let name = format!("{name}%5B{}%5D", percent_encode(member));
                match value {
                    Tree::List(items) if items.iter().all(Tree::is_scalar) => {
                        for item in items {
                            deep_pairs(&name, item, style, pairs);
                        }
                    }
                    value => deep_pairs(&name, value, style, pairs),
                }
            }
        }
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_pairs(&format!("{name}%5B{index}%5D"), item, style, pairs);
            }
        }
        one => pairs.extend(one.text().map(|text| pair(name, &style.encode(&text)))),
    }
}

/// A header's text; none for null and for what holds nothing.
pub(crate) fn header_text(value: &Tree, style: Style) -> Option<String> {
    if style.kind == Kind::Json {
        return (!matches!(value, Tree::Null)).then(|| value.json());
    }
    let pieces = Parts::of(value, str::to_owned)?.pieces(style.explode);
    (!pieces.is_empty()).then(|| pieces.join(","))
}

/// The cookies of a parameter, names and encoded values; none for null. Cookies have no form for a
/// list of pairs under one name that servers agree on, so an exploded list repeats the cookie.
pub(crate) fn cookies(name: &str, value: &Tree, style: Style) -> Vec<(String, String)> {
    let cookie = |text: &str| (name.to_owned(), percent_encode(text));
    if style.kind == Kind::Json {
        return match value {
            Tree::Null => Vec::new(),
            value => vec![cookie(&value.json())],
        };
    }
    match Parts::of(value, str::to_owned) {
        None => Vec::new(),
        Some(Parts::One(text)) => vec![cookie(&text)],
        Some(Parts::Map(members)) if style.explode => members
            .iter()
            .map(|(name, text)| (name.clone(), percent_encode(text)))
            .collect(),
        Some(parts) if style.explode => parts.flat().iter().map(|text| cookie(text)).collect(),
        Some(parts) => match parts.flat() {
            texts if texts.is_empty() => Vec::new(),
            texts => vec![cookie(&texts.join(","))],
        },
    }
}
