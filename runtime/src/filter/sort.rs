//! Sorters: takes fields, each of them forwards or backwards, gives the text of a query parameter.

use std::fmt;
use std::marker::PhantomData;

/// The order in which an operation answers with items. `S` says what can be written: it has a function for each field. A plain text
/// is an order as well, sent as it is.
pub struct Sort<S> {
    text: String,
    of: PhantomData<fn() -> S>,
}

/// A field that items can be ordered by: from the least value to the greatest, unless it is said otherwise.
pub struct SortKey<S> {
    name: &'static str,
    descending: bool,
    of: PhantomData<fn() -> S>,
}

impl<S> Sort<S> {
    /// The order as it is sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Orders the items that are equal so far by more fields.
    #[must_use]
    pub fn then(mut self, next: impl Into<Self>) -> Self {
        self.text.push(',');
        self.text.push_str(&next.into().text);
        self
    }
}

impl<S> SortKey<S> {
    #[doc(hidden)]
    pub const fn of(name: &'static str) -> Self {
        Self {
            name,
            descending: false,
            of: PhantomData,
        }
    }

    /// From the greatest value to the least.
    #[must_use]
    pub const fn descending(self) -> Self {
        Self {
            descending: true,
            ..self
        }
    }

    /// Orders the items whose field is equal by more fields.
    #[must_use]
    pub fn then(self, next: impl Into<Sort<S>>) -> Sort<S> {
        Sort::from(self).then(next)
    }
}

impl<S> From<SortKey<S>> for Sort<S> {
    fn from(key: SortKey<S>) -> Self {
        let sign = if key.descending { "-" } else { "" };
        Self::from(format!("{sign}{}", key.name))
    }
}

impl<S> From<String> for Sort<S> {
    fn from(text: String) -> Self {
        Self {
            text,
            of: PhantomData,
        }
    }
}

impl<S> From<&str> for Sort<S> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<S> From<&String> for Sort<S> {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl<S> Clone for Sort<S> {
    fn clone(&self) -> Self {
        Self::from(self.text.as_str())
    }
}

impl<S> PartialEq for Sort<S> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<S> Eq for Sort<S> {}

impl<S> fmt::Debug for Sort<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sort").field(&self.text).finish()
    }
}

impl<S> fmt::Display for Sort<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<S> Clone for SortKey<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for SortKey<S> {}

impl<S> fmt::Debug for SortKey<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SortKey")
            .field("name", &self.name)
            .field("descending", &self.descending)
            .finish()
    }
}
