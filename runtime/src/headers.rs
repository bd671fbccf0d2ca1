//! Declared headers of an answer: takes the answer's headers and a name, gives the value as its type.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The value of a header; `None` where the answer does not have it, or has something else in it.
#[doc(hidden)]
pub fn header<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = headers.get(name)?.to_str().ok()?;
    // Text is text first: a type of numbers does not take it.
    let plain = serde_json::from_value(Value::from(text));
    plain.or_else(|_| serde_json::from_str(text)).ok()
}

/// Makes an emitted struct of the declared headers of an answer readable from an answer's headers.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct ListHeaders {
///     pub total: Option<i64>,
///     pub etag: Option<String>,
/// }
/// sdk_runtime::headers!(ListHeaders { total: "X-Total", etag: "ETag" });
///
/// let mut headers = sdk_runtime::HeaderMap::new();
/// headers.insert("x-total", "7".parse()?);
/// headers.insert("etag", "7".parse()?);
/// let read = ListHeaders::from(&headers);
/// assert_eq!(read, ListHeaders { total: Some(7), etag: Some("7".to_owned()) });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! headers {
    ($name:ident { $($field:ident: $wire:literal),* $(,)? }) => {
        impl ::core::convert::From<&$crate::HeaderMap> for $name {
            fn from(headers: &$crate::HeaderMap) -> Self {
                Self { $($field: $crate::header(headers, $wire)),* }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_its_type_or_not_at_all() {
        let mut headers = HeaderMap::new();
        headers.insert("n", "42".parse().expect("a value"));
        headers.insert("t", "true".parse().expect("a value"));
        assert_eq!(header::<i64>(&headers, "N"), Some(42));
        assert_eq!(header::<String>(&headers, "n").as_deref(), Some("42"));
        assert_eq!(header::<bool>(&headers, "t"), Some(true));
        assert_eq!(header::<i64>(&headers, "t"), None);
        assert_eq!(header::<String>(&headers, "none"), None);
    }
}
