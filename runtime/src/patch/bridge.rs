//! To and from the types of the crate `json-patch` (feature `json-patch`): takes a patch that it computed or read, gives one that can be
//! sent, and the reverse. That crate makes the patch that turns one document into another, and applies one here instead of at a server.

use ::json_patch::{Patch, PatchOperation};

use super::{JsonPatch, JsonPatchOperation};

impl From<PatchOperation> for JsonPatchOperation {
    fn from(operation: PatchOperation) -> Self {
        let text = |pointer: ::json_patch::jsonptr::PointerBuf| pointer.to_string();
        match operation {
            PatchOperation::Add(add) => Self::add(text(add.path), add.value),
            PatchOperation::Remove(remove) => Self::remove(text(remove.path)),
            PatchOperation::Replace(replace) => Self::replace(text(replace.path), replace.value),
            PatchOperation::Move(moved) => Self::move_from(text(moved.from), text(moved.path)),
            PatchOperation::Copy(copied) => Self::copy_from(text(copied.from), text(copied.path)),
            PatchOperation::Test(test) => Self::test(text(test.path), test.value),
        }
    }
}

/// The changes between two states of an object, as a patch:
///
/// ```
/// use sdk_runtime::{JsonPatch, json, json_patch};
///
/// let before = json!({"name": "Auditors", "enabled": false});
/// let after = json!({"name": "Auditors", "enabled": true});
/// let patch = JsonPatch::from(json_patch::diff(&before, &after));
/// assert_eq!(patch, JsonPatch::new().replace("/enabled", true));
/// ```
impl From<Patch> for JsonPatch {
    fn from(Patch(operations): Patch) -> Self {
        operations.into_iter().map(Into::into).collect()
    }
}

/// Members that RFC 6902 does not know are dropped.
///
/// # Errors
/// When an operation is none of RFC 6902's, lacks a member, has a path that is no JSON pointer, or a value that cannot be written.
impl TryFrom<JsonPatch> for Patch {
    type Error = serde_json::Error;

    fn try_from(patch: JsonPatch) -> Result<Self, Self::Error> {
        serde_json::from_value(serde_json::to_value(patch)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_is_the_same_in_both_crates_and_does_what_it_says() {
        let operations = json!([
            {"op": "test", "path": "/a", "value": 1},
            {"op": "add", "path": "/list/-", "value": null},
            {"op": "copy", "from": "/a", "path": "/b"},
            {"op": "move", "from": "/a", "path": "/c~1d"},
            {"op": "replace", "path": "/b", "value": {"x": []}},
            {"op": "remove", "path": "/list/0"},
        ]);
        let theirs: Patch = serde_json::from_value(operations.clone()).expect("a patch");
        let ours = JsonPatch::from(theirs.clone());
        assert_eq!(json!(ours), operations);
        let mut document = json!({"a": 1, "list": [1]});
        let back = Patch::try_from(ours).expect("a patch");
        assert_eq!(back, theirs);
        ::json_patch::patch(&mut document, &back).expect("it applies");
        let changed = json!({"b": {"x": []}, "c/d": 1, "list": [null]});
        assert_eq!(document, changed);
    }

    #[test]
    fn what_is_no_patch_of_rfc_6902_does_not_become_one() {
        for operation in [
            json!({"op": "increment", "path": "/a", "value": 1}),
            json!({"op": "add", "path": "/a"}),
            json!({"op": "remove", "path": "a"}),
        ] {
            let patch: JsonPatch = serde_json::from_value(json!([operation])).expect("a list");
            assert!(Patch::try_from(patch).is_err(), "{operation}");
        }
        let unwritable = JsonPatch::new().add("/a", std::collections::BTreeMap::from([([1], 1)]));
        assert!(Patch::try_from(unwritable).is_err());
    }
}
