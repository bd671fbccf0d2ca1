//! Filters and sorters: takes what a caller compares and orders by, gives the text of a query parameter. An emitted crate
//! declares, for each parameter that takes such a text, which fields there are and what each can be compared by, so that what the
//! server would refuse does not compile.
//!
//! The text is that of SailPoint's "Standard Collection Parameters"
//! (<https://developer.sailpoint.com/docs/api/standard-collection-parameters>), which is SCIM's (RFC 7644, 3.4.2.2) with other
//! operators: `field operator literal`; texts in double quotes, in which `\"` and `\\` stand for `"` and `\`; numbers, `true`,
//! `false` and date-times bare; `field in ("a","b")`, `field isnull`, `pr field`; `and` binds closer than `or`, and parentheses go
//! before both. Sorters are fields with commas between them, each with `-` before it where the order is turned round. Nothing here
//! is a vendor's but that text: a document says what there is with the extensions `x-filter` and `x-sort`.
//!
//! ```
//! sdk_runtime::operators!(EqSw(Eq, Sw), GtLe(Gt, Le));
//! sdk_runtime::filter!(Roles::list_roles: ListRolesFilter(And) {
//!     name: Text[EqSw] = "name",
//!     created: DateTime[GtLe] = "created",
//! });
//!
//! let new = ListRolesFilter::name().sw("A").and(ListRolesFilter::created().gt("2024-05-01T00:00:00Z"));
//! assert_eq!(new.as_str(), r#"name sw "A" and created gt 2024-05-01T00:00:00Z"#);
//! ```
//!
//! A field that is not there does not compile:
//!
//! ```compile_fail,E0599
//! # sdk_runtime::operators!(EqSw(Eq, Sw));
//! # sdk_runtime::filter!(Roles::list_roles: ListRolesFilter(And) { name: Text[EqSw] = "name" });
//! ListRolesFilter::colour().eq("red");
//! ```
//!
//! Nor does an operator that a field does not take:
//!
//! ```compile_fail,E0599
//! # sdk_runtime::operators!(EqSw(Eq, Sw));
//! # sdk_runtime::filter!(Roles::list_roles: ListRolesFilter(And) { name: Text[EqSw] = "name" });
//! ListRolesFilter::name().co("A");
//! ```
//!
//! Nor a value of another kind:
//!
//! ```compile_fail,E0277
//! # sdk_runtime::operators!(Gt(Gt));
//! # sdk_runtime::filter!(Roles::list_roles: ListRolesFilter(And) { size: Number[Gt] = "size" });
//! ListRolesFilter::size().gt("5");
//! ```
//!
//! Nor `or` where the document allows `and` alone:
//!
//! ```compile_fail,E0599
//! # sdk_runtime::operators!(EqSw(Eq, Sw));
//! # sdk_runtime::filter!(Roles::list_roles: ListRolesFilter(And) { name: Text[EqSw] = "name" });
//! ListRolesFilter::name().eq("A").or(ListRolesFilter::name().eq("B"));
//! ```

mod field;
mod literal;
mod macros;
mod sort;

pub use field::{Field, Has, op};
pub use literal::{Literal, kind};
pub use sort::{Sort, SortKey};

use std::fmt;
use std::marker::PhantomData;

/// Which items an operation answers with. `F` says what can be written: it has a function for each field. A plain text is a
/// filter as well, sent as it is.
pub struct Filter<F> {
    text: String,
    shape: Shape,
    of: PhantomData<fn() -> F>,
}

/// What stands outermost in a filter's text, by which it is known where parentheses are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    One,
    And,
    Or,
    /// A text of the caller's own.
    Unknown,
}

impl<F> Filter<F> {
    fn new(text: String, shape: Shape) -> Self {
        Self {
            text,
            shape,
            of: PhantomData,
        }
    }

    /// The filter as it is sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn joined(self, other: Self, shape: Shape) -> Self {
        Self::new(
            join((self.text, self.shape), (&other.text, other.shape), shape),
            shape,
        )
    }
}

impl<F: Has<op::And>> Filter<F> {
    /// The items for which both hold.
    #[must_use]
    pub fn and(self, other: impl Into<Self>) -> Self {
        self.joined(other.into(), Shape::And)
    }
}

impl<F: Has<op::Or>> Filter<F> {
    /// The items for which one of the two holds, or both.
    #[must_use]
    pub fn or(self, other: impl Into<Self>) -> Self {
        self.joined(other.into(), Shape::Or)
    }
}

/// Two filters with a word between them, each in parentheses where it is made of others in another way.
fn join(left: (String, Shape), right: (&str, Shape), shape: Shape) -> String {
    let (mut text, left) = left;
    let is_bare = |part: Shape| part == Shape::One || part == shape;
    if !is_bare(left) {
        text.insert(0, '(');
        text.push(')');
    }
    text.push_str(if shape == Shape::And { " and " } else { " or " });
    let (right, part) = right;
    if is_bare(part) {
        text.push_str(right);
    } else {
        text.push('(');
        text.push_str(right);
        text.push(')');
    }
    text
}

impl<F> Clone for Filter<F> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.shape)
    }
}

impl<F> PartialEq for Filter<F> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<F> Eq for Filter<F> {}

impl<F> fmt::Debug for Filter<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.text).finish()
    }
}

impl<F> fmt::Display for Filter<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<F> From<String> for Filter<F> {
    fn from(text: String) -> Self {
        Self::new(text, Shape::Unknown)
    }
}

impl<F> From<&str> for Filter<F> {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<F> From<&String> for Filter<F> {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}
