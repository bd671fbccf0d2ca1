//! JSON Patch (RFC 6902): takes what is to change in a JSON document, gives the list of operations
//! that `application/json-patch+json` carries. It is a standard, so one type serves every API that
//! uses it, whatever its document calls the members.

#[cfg(feature = "json-patch")]
mod bridge;

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::UnknownMembers;
use crate::sending::sending;

/// What an operation of a [`JsonPatch`] does (RFC 6902, section 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JsonPatchOp {
    /// Adds a value, or an item of a list before the one at the path.
    Add,
    /// Removes the value at the path.
    Remove,
    /// Replaces the value at the path.
    Replace,
    /// Moves a value from one path to another.
    Move,
    /// Copies a value from one path to another.
    Copy,
    /// Checks that the value at the path is this one; else the whole patch fails.
    Test,
    /// An operation that RFC 6902 does not know.
    Unknown(String),
}
crate::open_enum!(JsonPatchOp {
    Add = "add",
    Remove = "remove",
    Replace = "replace",
    Move = "move",
    Copy = "copy",
    Test = "test",
});

/// One operation of a [`JsonPatch`].
///
/// Paths are JSON pointers (RFC 6901), such as `/roles/0` or `/roles/-` for the end of a list; `~0`
/// stands for `~` in a name, and `~1` for `/`.
///
/// ```
/// use sdk_runtime::JsonPatchOperation;
///
/// let operation = JsonPatchOperation::replace("/description", "new");
/// assert_eq!(
///     sdk_runtime::json!(operation),
///     sdk_runtime::json!({"op": "replace", "path": "/description", "value": "new"}),
/// );
/// ```
#[derive(Clone, PartialEq)]
pub struct JsonPatchOperation {
    members: Operation,
    /// Whether the value that was given cannot be written as JSON.
    unwritable: bool,
}

/// The members of an operation as JSON has them.
#[derive(Clone, PartialEq)]
struct Operation {
    op: JsonPatchOp,
    path: String,
    from: Option<String>,
    /// Null is a value; none is no value.
    value: Option<Value>,
    unknown: UnknownMembers,
}
crate::record!(Operation {
    op: required "op", path: required "path", from: "from", value: "value", ..unknown
});

impl JsonPatchOperation {
    /// Adds the value at the path: a member of an object, or an item of a list before the one that
    /// is there.
    ///
    /// A value that cannot be written as JSON, such as a map whose keys are lists, is reported when
    /// the patch is sent. What only the server sets in it is not sent.
    pub fn add(path: impl Into<String>, value: impl Serialize) -> Self {
        Self::with_value(JsonPatchOp::Add, path.into(), value)
    }

    /// Removes the value at the path.
    pub fn remove(path: impl Into<String>) -> Self {
        Self::new(JsonPatchOp::Remove, path.into())
    }

    /// Replaces the value at the path; values as for [`add`](Self::add).
    pub fn replace(path: impl Into<String>, value: impl Serialize) -> Self {
        Self::with_value(JsonPatchOp::Replace, path.into(), value)
    }

    /// Moves the value at `from` to the path.
    pub fn move_from(from: impl Into<String>, path: impl Into<String>) -> Self {
        Self::new(JsonPatchOp::Move, path.into()).moving(from.into())
    }

    /// Copies the value at `from` to the path.
    pub fn copy_from(from: impl Into<String>, path: impl Into<String>) -> Self {
        Self::new(JsonPatchOp::Copy, path.into()).moving(from.into())
    }

    /// Lets the whole patch fail unless the value at the path is this one; values as for
    /// [`add`](Self::add).
    pub fn test(path: impl Into<String>, value: impl Serialize) -> Self {
        Self::with_value(JsonPatchOp::Test, path.into(), value)
    }

    /// What the operation does.
    pub fn op(&self) -> &JsonPatchOp {
        &self.members.op
    }

    /// The pointer to what it is done to.
    pub fn path(&self) -> &str {
        &self.members.path
    }

    /// The pointer to what is moved or copied.
    pub fn from(&self) -> Option<&str> {
        self.members.from.as_deref()
    }

    /// The value that is added, put in place or compared.
    pub fn value(&self) -> Option<&Value> {
        self.members.value.as_ref()
    }

    /// Members that RFC 6902 does not know: kept when they are read, and sent.
    pub fn unknown(&self) -> &UnknownMembers {
        &self.members.unknown
    }

    /// The same, to be changed.
    pub fn unknown_mut(&mut self) -> &mut UnknownMembers {
        &mut self.members.unknown
    }

    fn new(op: JsonPatchOp, path: String) -> Self {
        let members = Operation {
            op,
            path,
            from: None,
            value: None,
            unknown: UnknownMembers::new(),
        };
        Self {
            members,
            unwritable: false,
        }
    }

    fn moving(mut self, from: String) -> Self {
        self.members.from = Some(from);
        self
    }

    fn with_value(op: JsonPatchOp, path: String, value: impl Serialize) -> Self {
        let mut operation = Self::new(op, path);
        match sending(|| serde_json::to_value(value)) {
            Ok(value) => operation.members.value = Some(value),
            Err(_) => operation.unwritable = true,
        }
        operation
    }
}

impl Serialize for JsonPatchOperation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.unwritable {
            true => Err(S::Error::custom(format_args!(
                "the value of `{}` at `{}` cannot be written as JSON",
                self.members.op, self.members.path
            ))),
            false => self.members.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for JsonPatchOperation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Operation::deserialize(deserializer).map(|members| Self {
            members,
            unwritable: false,
        })
    }
}

/// Shows what is done where, and not the value: nobody knows whether it may be printed.
impl fmt::Debug for JsonPatchOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operation { op, path, from, .. } = &self.members;
        let mut shown = f.debug_struct("JsonPatchOperation");
        shown.field("op", op).field("path", path);
        if let Some(from) = from {
            shown.field("from", from);
        }
        shown.finish_non_exhaustive()
    }
}

/// A list of changes to a JSON document (RFC 6902), made one after the other; all of them or none.
///
/// ```
/// use sdk_runtime::JsonPatch;
///
/// let patch = JsonPatch::new()
///     .replace("/description", "new")
///     .add("/tags/-", "blue")
///     .remove("/owner");
/// assert_eq!(patch.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonPatch(Vec<JsonPatchOperation>);

impl JsonPatch {
    /// No change yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With this operation at its end.
    pub fn with(mut self, operation: JsonPatchOperation) -> Self {
        self.0.push(operation);
        self
    }

    /// With [`JsonPatchOperation::add`] at its end.
    pub fn add(self, path: impl Into<String>, value: impl Serialize) -> Self {
        self.with(JsonPatchOperation::add(path, value))
    }

    /// With [`JsonPatchOperation::remove`] at its end.
    pub fn remove(self, path: impl Into<String>) -> Self {
        self.with(JsonPatchOperation::remove(path))
    }

    /// With [`JsonPatchOperation::replace`] at its end.
    pub fn replace(self, path: impl Into<String>, value: impl Serialize) -> Self {
        self.with(JsonPatchOperation::replace(path, value))
    }

    /// With [`JsonPatchOperation::move_from`] at its end.
    pub fn move_from(self, from: impl Into<String>, path: impl Into<String>) -> Self {
        self.with(JsonPatchOperation::move_from(from, path))
    }

    /// With [`JsonPatchOperation::copy_from`] at its end.
    pub fn copy_from(self, from: impl Into<String>, path: impl Into<String>) -> Self {
        self.with(JsonPatchOperation::copy_from(from, path))
    }

    /// With [`JsonPatchOperation::test`] at its end.
    pub fn test(self, path: impl Into<String>, value: impl Serialize) -> Self {
        self.with(JsonPatchOperation::test(path, value))
    }

    /// The operations.
    pub fn into_inner(self) -> Vec<JsonPatchOperation> {
        self.0
    }
}

impl Deref for JsonPatch {
    type Target = Vec<JsonPatchOperation>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for JsonPatch {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<Vec<JsonPatchOperation>> for JsonPatch {
    fn from(operations: Vec<JsonPatchOperation>) -> Self {
        Self(operations)
    }
}

impl From<JsonPatchOperation> for JsonPatch {
    fn from(operation: JsonPatchOperation) -> Self {
        Self(vec![operation])
    }
}

impl FromIterator<JsonPatchOperation> for JsonPatch {
    fn from_iter<I: IntoIterator<Item = JsonPatchOperation>>(operations: I) -> Self {
        Self(operations.into_iter().collect())
    }
}

impl IntoIterator for JsonPatch {
    type Item = JsonPatchOperation;
    type IntoIter = std::vec::IntoIter<JsonPatchOperation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Serialize for JsonPatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonPatch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self)
    }
}
