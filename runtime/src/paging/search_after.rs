//! Searches that go on behind an item: takes the caller's body and the last item of a page, gives the body that asks for what comes
//! after it. Servers that skip by number refuse to do so beyond some thousand hits, and this is how they give the rest.

use serde_json::{Map, Value};

use crate::error::PagingFault;

/// How such a search is asked for: names of members of the body, and of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SearchAfter {
    /// The member that takes the values of the last item.
    pub(super) after: &'static str,
    /// The member that names the fields to sort by.
    pub(super) sort: &'static str,
    /// A field by which no two items are the same.
    pub(super) unique: &'static str,
}

impl SearchAfter {
    /// The body that asks for what comes after these values, in an order in which each item has a place of its own.
    pub(super) fn body(
        self,
        own: Option<&[u8]>,
        values: Option<&[Value]>,
    ) -> Result<Value, PagingFault> {
        let mut body = members(own)?;
        let fields = self.fields(&body).into_iter().map(Value::String);
        body.insert(self.sort.to_owned(), fields.collect());
        if let Some(values) = values {
            body.insert(self.after.to_owned(), values.to_vec().into());
        }
        Ok(Value::Object(body))
    }

    /// The values that an item has in the fields that the list is sorted by.
    pub(super) fn values_of(
        self,
        own: Option<&[u8]>,
        item: Option<&Value>,
    ) -> Result<Vec<Value>, PagingFault> {
        let item = item.ok_or_else(|| PagingFault::NoSortValue(self.unique.to_owned()))?;
        let value = |field: String| {
            let name = name_of(&field);
            let pointer = format!("/{}", name.replace('.', "/"));
            match item.pointer(&pointer) {
                Some(Value::Null) | None => Err(PagingFault::NoSortValue(name.to_owned())),
                Some(value) => Ok(value.clone()),
            }
        };
        self.fields(&members(own)?).into_iter().map(value).collect()
    }

    /// The fields that the caller sorts by, and the unique one.
    fn fields(self, body: &Map<String, Value>) -> Vec<String> {
        let own = body.get(self.sort).and_then(Value::as_array);
        let own = own.into_iter().flatten().filter_map(Value::as_str);
        let mut fields: Vec<String> = own.map(str::to_owned).collect();
        if !fields.iter().any(|field| name_of(field) == self.unique) {
            fields.push(self.unique.to_owned());
        }
        fields
    }
}

/// The members of the caller's body.
fn members(body: Option<&[u8]>) -> Result<Map<String, Value>, PagingFault> {
    let body = body.and_then(|body| serde_json::from_slice(body).ok());
    body.ok_or(PagingFault::NoBody)
}

/// A field without its direction.
fn name_of(field: &str) -> &str {
    field.trim_start_matches(['-', '+'])
}
