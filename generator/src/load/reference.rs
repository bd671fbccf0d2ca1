//! Takes the text of a `$ref` and gives the file and the pointer that it names.
//!
//! A `$ref` is a URI reference (RFC 3986); its fragment is a JSON pointer (RFC 6901, section 6), both percent-encoded.

use crate::pointer::JsonPointer;

/// What a `$ref` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The path of the file, decoded; empty for the file that the `$ref` stands in.
    pub(super) path: String,
    /// The place in the file.
    pub(super) pointer: JsonPointer,
    /// The `$anchor` that stands for the place, in which case the pointer is empty.
    pub(super) anchor: Option<String>,
}

/// Why a `$ref` names nothing that could be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReferenceError {
    /// It is a URL.
    Url,
    /// Its fragment is neither a JSON pointer nor the name of an anchor.
    Fragment,
}

/// Reads the text of a `$ref`.
pub(super) fn parse(text: &str) -> Result<Reference, ReferenceError> {
    if is_url(text) {
        return Err(ReferenceError::Url);
    }
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let fragment = decode(fragment);
    let (pointer, anchor) = match JsonPointer::parse(&fragment) {
        Some(pointer) => (pointer, None),
        None if fragment.contains('/') => return Err(ReferenceError::Fragment),
        None => (JsonPointer::root(), Some(fragment)),
    };
    Ok(Reference {
        path: decode(path),
        pointer,
        anchor,
    })
}

/// Whether a value of `discriminator.mapping` is a reference; otherwise it is the bare name of a schema.
pub(super) fn is_reference(text: &str) -> bool {
    text.contains(['/', '#']) || has_data_extension(text)
}

/// Whether a text is the relative path of a YAML or JSON file.
pub(super) fn names_data_file(text: &str) -> bool {
    !is_url(text) && has_data_extension(text)
}

fn has_data_extension(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|extension| lower.ends_with(extension))
}

/// Whether the text has a scheme or an authority (RFC 3986, sections 3.1 and 3.2). A single letter is taken for the drive
/// of a Windows path, which is refused as absolute later.
fn is_url(text: &str) -> bool {
    if text.starts_with("//") {
        return true;
    }
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let Some((scheme, _)) = text.get(..end).and_then(|start| start.split_once(':')) else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'))
}

/// Resolves percent-encoding. A `%` without two hexadecimal digits stands for itself, and so does a text that would not be
/// UTF-8 when decoded, because real documents hold such keys unencoded.
fn decode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digits = (
            ahead.next().and_then(hex_digit),
            ahead.next().and_then(hex_digit),
        );
        match (byte, digits) {
            (b'%', (Some(high), Some(low))) => {
                decoded.push(high << 4 | low);
                rest = ahead;
            }
            _ => decoded.push(byte),
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (String, String) {
        let reference = parse(text).expect("a reference");
        (reference.path, reference.pointer.as_str().to_owned())
    }

    #[test]
    fn splits_and_decodes() {
        assert_eq!(
            named("./a%20b.yaml#/x~1y/%7Bid%7D"),
            ("./a b.yaml".into(), "/x~1y/{id}".into())
        );
        assert_eq!(named("#"), (String::new(), String::new()));
        assert_eq!(named("100%.yaml"), ("100%.yaml".into(), String::new()));
        assert_eq!(
            named("a:b/c.yaml".replace(':', "/:").as_str()).0,
            "a/:b/c.yaml"
        );
        assert_eq!(named("%ff.yaml").0, "%ff.yaml");
    }

    #[test]
    fn knows_urls() {
        for url in [
            "https://example.com/a.yaml",
            "file:///etc/passwd",
            "//host/a",
            "urn:x",
            "HTTP://x#/a",
        ] {
            assert_eq!(parse(url), Err(ReferenceError::Url), "{url}");
        }
        assert!(parse("C:/a.yaml").is_ok());
        assert!(parse("./a.yaml#/x:y").is_ok());
        assert_eq!(
            parse("a.yaml#Pet").map(|reference| reference.anchor),
            Ok(Some("Pet".to_owned()))
        );
        assert_eq!(parse("a.yaml#Pet/x"), Err(ReferenceError::Fragment));
    }
}
