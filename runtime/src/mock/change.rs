//! Changes of JSON values by a JSON Patch (RFC 6902).

use json_patch::{Patch, patch};
use serde_json::Value;

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
