//! Bodies that are made of named values: `application/x-www-form-urlencoded` and
//! `multipart/form-data` (RFC 7578). Take a value as a [`Tree`], give the body and its media type.

use bytes::Bytes;

use crate::body::{Body, Piece};
use crate::file::FileContent;
use crate::media_type::is_json;
use crate::style::{Style, query_pairs};
use crate::tree::{Problem, Tree};

/// The media type of a form in a URL's own notation.
pub(crate) const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A file of this machine is read while it is sent, as a part of its own; within JSON or a pair there is none.
const UNREAD: &str =
    "a file that is read from a path stands where no part of its own is; give its bytes";

/// The members of a value; a null body has none.
fn members(value: &Tree) -> Result<&[(String, Tree)], Problem> {
    match value {
        Tree::Map(members) => Ok(members),
        Tree::Null => Ok(&[]),
        _ => Err("its body is no object, which a form is made of".to_owned()),
    }
}

/// A form in a URL's notation: each member in its own style, by default `form` exploded.
pub(crate) fn url_encoded(
    value: &Tree,
    styles: &[(&'static str, Style)],
) -> Result<String, Problem> {
    let mut pairs = Vec::new();
    for (name, value) in members(value)? {
        if value.reads_file() {
            return Err(UNREAD.to_owned());
        }
        let style = of(styles, name).unwrap_or(Style::FORM);
        pairs.extend(match (style == Style::FORM, value) {
            // An object's members would lose the name that they stand under.
            (true, Tree::Map(_)) => query_pairs(name, value, Style::JSON)?,
            _ => query_pairs(name, value, style)?,
        });
    }
    Ok(pairs.join("&"))
}

fn of<V: Copy>(list: &[(&'static str, V)], name: &str) -> Option<V> {
    list.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| *value)
}

/// A multipart body and its boundary. Each member is a part, and a list a part for each item, unless
/// its media type is JSON, which can say a list; texts are plain, objects are JSON, files are files.
pub(crate) fn multipart(
    value: &Tree,
    content_types: &[(&'static str, &'static str)],
) -> Result<(Body, String), Problem> {
    let mut parts = Vec::new();
    for (name, value) in members(value)? {
        let content_type = of(content_types, name);
        match value {
            Tree::List(items) if !content_type.is_some_and(is_json) => {
                for item in items {
                    parts.extend(part(name, item, content_type)?);
                }
            }
            one => parts.extend(part(name, one, content_type)?),
        }
    }
    let boundary = boundary(&parts);
    let mut pieces = Vec::new();
    // Bytes up to the next file.
    let mut bytes = Vec::new();
    for Part { head, content } in parts {
        bytes.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
        match content {
            Piece::Bytes(content) => bytes.extend_from_slice(&content),
            file => pieces.extend([Piece::Bytes(std::mem::take(&mut bytes).into()), file]),
        }
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let body = match pieces.is_empty() {
        true => Body::from(bytes),
        false => {
            pieces.push(Piece::Bytes(bytes.into()));
            Body::pieces(pieces)
        }
    };
    Ok((body, boundary))
}

struct Part {
    head: String,
    content: Piece,
}

/// One part; none for null.
fn part(name: &str, value: &Tree, content_type: Option<&str>) -> Result<Option<Part>, Problem> {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escape(name));
    let (content, content_type) = match value {
        Tree::Null => return Ok(None),
        Tree::File(file) => {
            head.push_str(&format!(
                "; filename=\"{}\"",
                escape(file.name().unwrap_or("file"))
            ));
            let content_type = file.content_type().or(content_type);
            (
                match file.content() {
                    FileContent::Bytes(bytes) => Piece::Bytes(bytes.clone()),
                    FileContent::Path(path, length) => Piece::File {
                        path: path.clone(),
                        length: *length,
                    },
                },
                Some(content_type.unwrap_or("application/octet-stream")),
            )
        }
        Tree::Scalar { text, .. } => (in_memory(text.clone()), content_type),
        Tree::Bytes(bytes) => (in_memory(bytes.clone()), content_type),
        nested if nested.reads_file() => return Err(UNREAD.to_owned()),
        nested => (
            in_memory(nested.json()),
            Some(content_type.unwrap_or("application/json")),
        ),
    };
    if let Some(content_type) = content_type {
        if content_type.chars().any(char::is_control) {
            return Err("a part's content type holds what a header cannot hold".to_owned());
        }
        head.push_str(&format!("\r\nContent-Type: {content_type}"));
    }
    Ok(Some(Part { head, content }))
}

fn in_memory(content: impl Into<Bytes>) -> Piece {
    Piece::Bytes(content.into())
}

/// A name in quotation marks, escaped as the HTML standard has it ("multipart/form-data encoding
/// algorithm"): line breaks and quotation marks percent-encoded, nothing else.
fn escape(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A boundary that no part holds: the first of a row. The same parts always have the same, so that
/// a request that is made again is the same to the byte. Files that are not in memory cannot be looked through; beside one the row
/// starts at a number that nobody can foresee.
fn boundary(parts: &[Part]) -> String {
    let reads_file = |part: &Part| matches!(part.content, Piece::File { .. });
    let mut number = match parts.iter().any(reads_file) {
        true => fastrand::u64(..),
        false => 0,
    };
    loop {
        let boundary = format!("sdk-runtime-boundary-{number}");
        let held = |part: &Part| {
            let content: &[u8] = match &part.content {
                Piece::Bytes(bytes) => bytes,
                Piece::File { .. } => &[],
            };
            part.head.contains(&boundary)
                || content
                    .windows(boundary.len())
                    .any(|window| window == boundary.as_bytes())
        };
        if !parts.iter().any(held) {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}
