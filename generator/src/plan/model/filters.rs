//! What can be written in a text parameter by which an operation filters or orders what it answers with: the extensions `x-filter`
//! and `x-sort`, typed.

use super::{Api, Operation, Parameter, RustIdent, WireName};
use crate::plan::reason::KindReason;
use crate::pointer::JsonPointer;
use std::collections::BTreeSet;

/// What can be written in a text parameter.
#[derive(Debug)]
pub enum Expression {
    /// `x-filter`.
    Filter(Filter),
    /// `x-sort`.
    Sort(Sort),
}

impl Expression {
    /// The type of the runtime that its value is.
    pub fn runtime_type(&self) -> &'static str {
        match self {
            Self::Filter(_) => "Filter",
            Self::Sort(_) => "Sort",
        }
    }

    /// The functions of its fields.
    pub fn field_idents(&self) -> Box<dyn Iterator<Item = &RustIdent> + '_> {
        match self {
            Self::Filter(filter) => Box::new(filter.fields.iter().map(|field| &field.ident)),
            Self::Sort(sort) => Box::new(sort.fields.iter().map(|field| &field.ident)),
        }
    }

    /// The type that says what can be written.
    pub fn ident(&self) -> &RustIdent {
        match self {
            Self::Filter(filter) => &filter.ident,
            Self::Sort(sort) => &sort.ident,
        }
    }
}

/// By which fields items can be filtered.
#[derive(Debug)]
pub struct Filter {
    /// The type that has a function for each field.
    pub ident: RustIdent,
    /// The fields, in the document's order.
    pub fields: Vec<FilterField>,
    /// The words by which filters can be combined.
    pub combine: BTreeSet<Combination>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A field of a filter.
#[derive(Debug)]
pub struct FilterField {
    /// Its name for the server.
    pub wire: WireName,
    /// Its function.
    pub ident: RustIdent,
    /// What it is compared with.
    pub kind: FieldKind,
    /// Why it is compared with that.
    pub reason: KindReason,
    /// By what it can be compared.
    pub operators: BTreeSet<FilterOperator>,
    /// The same, as a type.
    pub set: OperatorSetId,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// By which fields items can be ordered.
#[derive(Debug)]
pub struct Sort {
    /// The type that has a function for each field.
    pub ident: RustIdent,
    /// The fields, in the document's order.
    pub fields: Vec<SortField>,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// A field to order by.
#[derive(Debug)]
pub struct SortField {
    /// Its name for the server.
    pub wire: WireName,
    /// Its function.
    pub ident: RustIdent,
    /// Where it stands.
    pub pointer: JsonPointer,
}

/// The kinds of values that fields are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Texts, and values of enums.
    Text,
    /// Numbers.
    Number,
    /// `true` and `false`.
    Flag,
    /// Points in time.
    DateTime,
    /// Days.
    Date,
}

impl FieldKind {
    /// The runtime's type for it.
    pub fn ident(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Number => "Number",
            Self::Flag => "Flag",
            Self::DateTime => "DateTime",
            Self::Date => "Date",
        }
    }

    /// What machines call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "boolean",
            Self::DateTime => "date-time",
            Self::Date => "date",
        }
    }

    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "true or false",
            Self::DateTime => "date-time",
            Self::Date => "date",
        }
    }
}

/// Declares an enum of words of the extension, each with the runtime's type for it.
macro_rules! words {
    ($(#[$docs:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word that documents and servers know it by.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The runtime's type for it.
            pub fn ident(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($variant),)*
                }
            }

            /// The one of a word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// The operators that compare a field.
    FilterOperator {
        /// Equal.
        Eq = "eq",
        /// Not equal.
        Ne = "ne",
        /// Greater.
        Gt = "gt",
        /// Greater or equal.
        Ge = "ge",
        /// Less.
        Lt = "lt",
        /// Less or equal.
        Le = "le",
        /// One of several.
        In = "in",
        /// Starts with.
        Sw = "sw",
        /// Contains, as texts do.
        Co = "co",
        /// Contains all of several, as lists do.
        Ca = "ca",
        /// Is null.
        IsNull = "isnull",
        /// Is there.
        Pr = "pr",
    }
}

words! {
    /// The words that combine filters.
    Combination {
        /// Both hold.
        And = "and",
        /// One of the two holds.
        Or = "or",
    }
}

impl FilterOperator {
    /// The method that a field has for it.
    pub fn method(self) -> &'static str {
        match self {
            Self::In => "is_in",
            Self::IsNull => "is_null",
            Self::Pr => "is_present",
            other => other.word(),
        }
    }
}

/// Operators that some field takes, as a type.
#[derive(Debug)]
pub struct OperatorSet {
    /// Its name.
    pub ident: RustIdent,
    /// The operators.
    pub operators: BTreeSet<FilterOperator>,
}

/// The place of a set in [`Api::operator_sets`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperatorSetId(pub usize);

impl Operation {
    /// The parameters of which it is known what can be written in them.
    pub fn expressions(&self) -> impl Iterator<Item = (&Parameter, &Expression)> {
        let parameters = self.parameters.iter();
        parameters.filter_map(|parameter| Some((parameter, parameter.expression.as_ref()?)))
    }
}

impl Api {
    /// The set of operators that a field takes.
    pub fn operator_set(&self, field: &FilterField) -> Option<&OperatorSet> {
        self.operator_sets.get(field.set.0)
    }

    /// Whether some parameter takes a filter or a sorter.
    pub fn has_expressions(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|operation| operation.expressions().next().is_some())
    }
}
