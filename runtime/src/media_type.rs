//! Media types: takes one as a header has it, gives what of it tells how a body is read.

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let plain = media_type.split(';').next().unwrap_or_default();
    plain.trim().to_ascii_lowercase()
}

/// Whether it is JSON, by name or by its suffix (RFC 6839, section 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}
