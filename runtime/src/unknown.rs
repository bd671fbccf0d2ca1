//! The members of an object that its document does not name, kept so that an object which is read,
//! changed and sent back loses nothing on the server.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// Members that this version of a crate does not know, by name.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownMembers(
    #[allow(
        clippy::box_collection,
        reason = "most objects have none, and are to pay for a pointer alone"
    )]
    Option<Box<BTreeMap<String, Value>>>,
);

impl UnknownMembers {
    /// None.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|members| members.is_empty())
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a member; it is sent beside those that the struct names.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let members = self.0.get_or_insert_default();
        members.insert(name.into(), value.into());
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.remove(name)
    }

    /// The members, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.0.iter().flat_map(|members| members.iter());
        members.map(|(name, value)| (name.as_str(), value))
    }
}

/// Shows the names alone: nobody knows whether a value may be printed.
impl fmt::Debug for UnknownMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
