//! A field of a filter: takes the value that it is compared with, gives the filter. Each operator is a method that a field has
//! where the document lets it be compared so.

use std::fmt;
use std::marker::PhantomData;

use super::literal::{Literal, kind, write_list};
use super::{Filter, Shape};

/// A field that items can be filtered by: one of the filter `F`, compared with values of the kind `K` by the operators `O`.
pub struct Field<F, K, O> {
    name: &'static str,
    of: PhantomData<Of<F, K, O>>,
}

/// What a field is of, which it has no value of.
type Of<F, K, O> = fn() -> (F, K, O);

/// Says that something takes an operator: that a set of them has it, or that filters can be combined by it.
#[diagnostic::on_unimplemented(
    message = "the document does not allow the operator `{Op}` here",
    label = "`{Op}` is not one of the operators"
)]
pub trait Has<Op> {}

/// Declares the operators, and the methods of those that compare a field with one value of its kind.
macro_rules! operators {
    ($($(#[$docs:meta])* $op:ident,)*) => {
        /// The operators, as types.
        pub mod op {
            $(
                $(#[$docs])*
                #[derive(Clone, Copy, Debug)]
                pub enum $op {}
            )*
        }
    };
}

operators! {
    /// `eq`: equal.
    Eq,
    /// `ne`: not equal.
    Ne,
    /// `gt`: greater.
    Gt,
    /// `ge`: greater or equal.
    Ge,
    /// `lt`: less.
    Lt,
    /// `le`: less or equal.
    Le,
    /// `in`: one of several.
    In,
    /// `sw`: starts with.
    Sw,
    /// `co`: contains, as texts do.
    Co,
    /// `ca`: contains all of several, as lists do.
    Ca,
    /// `isnull`: is null.
    IsNull,
    /// `pr`: is there.
    Pr,
    /// `and`: both of two filters hold.
    And,
    /// `or`: one of two filters holds.
    Or,
}

/// The methods of the operators that stand between a field and one value.
macro_rules! comparisons {
    ($($(#[$docs:meta])* $op:ident $method:ident($kind:ty) $word:literal;)*) => {
        $(
            impl<F, K, O: Has<op::$op>> Field<F, K, O> {
                $(#[$docs])*
                pub fn $method(self, value: impl Literal<$kind>) -> Filter<F> {
                    self.compared($word, |text| value.write(text))
                }
            }
        )*
    };
}

comparisons! {
    /// The items whose field is equal to the value.
    Eq eq(K) " eq ";
    /// The items whose field is not equal to the value.
    Ne ne(K) " ne ";
    /// The items whose field is greater than the value; of date-times, later.
    Gt gt(K) " gt ";
    /// The items whose field is greater than the value, or equal to it.
    Ge ge(K) " ge ";
    /// The items whose field is less than the value; of date-times, earlier.
    Lt lt(K) " lt ";
    /// The items whose field is less than the value, or equal to it.
    Le le(K) " le ";
    /// The items whose field starts with the text.
    Sw sw(kind::Text) " sw ";
    /// The items whose field contains the text.
    Co co(kind::Text) " co ";
}

impl<F, K, O: Has<op::In>> Field<F, K, O> {
    /// The items whose field is one of the values, of which there has to be one.
    pub fn is_in<V: Literal<K>>(self, values: impl IntoIterator<Item = V>) -> Filter<F> {
        self.compared(" in ", |text| write_list(values, text))
    }
}

impl<F, K, O: Has<op::Ca>> Field<F, K, O> {
    /// The items whose field, a list, contains all of the values, of which there has to be one.
    pub fn ca<V: Literal<K>>(self, values: impl IntoIterator<Item = V>) -> Filter<F> {
        self.compared(" ca ", |text| write_list(values, text))
    }
}

impl<F, K, O: Has<op::IsNull>> Field<F, K, O> {
    /// The items whose field is null.
    pub fn is_null(self) -> Filter<F> {
        self.compared(" isnull", |_| ())
    }
}

impl<F, K, O: Has<op::Pr>> Field<F, K, O> {
    /// The items whose field is there, which is not null.
    pub fn is_present(self) -> Filter<F> {
        Filter::new(format!("pr {}", self.name), Shape::One)
    }
}

impl<F, K, O> Field<F, K, O> {
    #[doc(hidden)]
    pub const fn of(name: &'static str) -> Self {
        Self {
            name,
            of: PhantomData,
        }
    }

    /// Its name, as the server knows it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    fn compared(&self, operator: &str, write: impl FnOnce(&mut String)) -> Filter<F> {
        let mut text = format!("{}{operator}", self.name);
        write(&mut text);
        Filter::new(text, Shape::One)
    }
}

impl<F, K, O> Clone for Field<F, K, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F, K, O> Copy for Field<F, K, O> {}

impl<F, K, O> fmt::Debug for Field<F, K, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.name).finish()
    }
}
