//! Changes of JSON values: merge patch (RFC 7396) and JSON Patch (RFC 6902).

use json_patch::{Patch, merge, patch};
use serde_json::Value;

/// Changes a value by a merge patch.
pub(super) fn merged(value: &mut Value, change: &Value) {
    merge(value, change);
}

/// A value after a JSON Patch.
///
/// # Errors
/// When the patch is none, or does not apply; then it says where.
pub(super) fn patched(value: &Value, change: &Value) -> Result<Value, String> {
    let change: Patch = serde_json::from_value(change.clone())
        .map_err(|error| format!("the body is no JSON Patch: {error}"))?;
    let mut value = value.clone();
    patch(&mut value, &change)
        .map_err(|error| format!("the JSON Patch does not apply: {error}"))?;
    Ok(value)
}
