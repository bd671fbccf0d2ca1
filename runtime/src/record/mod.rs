//! Objects as JSON: takes the names of a struct's members, gives serde's traits.
//!
//! A derive would do the same in many times the code, which whoever depends on an emitted crate
//! compiles. [`record!`](crate::record) expands to one call for reading and one for writing; what the members are, it says by a
//! tuple of them, and all else is in functions here. They are `#[inline]`, so that only who reads or writes a type compiles what
//! reads or writes it.
//!
//! A mark in the macro's call is the name of a struct in `marks`, which holds a member in that tuple: one that is `required` is read
//! and written as `required` has it, any other as it is.

mod beyond;
mod marks;
mod members;
mod tuples;
mod writing;

pub use beyond::{ReadRest, WriteRest};
pub use marks::{and, number, one_of, read_only, read_only_number, required};
pub use members::{ReadMember, read};
pub use tuples::{ReadMembers, WriteMembers};
pub use writing::{Members, Optional, WriteMember, write};

/// Makes an emitted struct read and written as a JSON object.
///
/// Each member is named as the struct has it, and then as JSON has it. A member is an `Option` or a
/// [`Nullable`](crate::Nullable), unless it is said to be `required`. Behind its name stands how it
/// is written: `read_only` is not sent, `number` is written without `.0` when it is whole,
/// `read_only_number` is both. A struct may end with what takes all other members: a map or
/// [`UnknownMembers`](crate::UnknownMembers) as `..rest`, a map of numbers as `..rest number`, or a
/// union as `..rest one_of`.
///
/// ```
/// # use sdk_runtime::{Nullable, UnknownMembers};
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct Device {
///     pub id: String,
///     pub default: Option<bool>,
///     pub user_name: Nullable<String>,
///     pub unknown: UnknownMembers,
/// }
/// sdk_runtime::record!(Device {
///     id: required "id" read_only, default: "default", user_name: "userName", ..unknown
/// });
/// ```
#[macro_export]
macro_rules! record {
    ($name:ident {
        $($field:ident: $($required:ident)? $wire:literal $($how:ident)?),*
        $(,)? $(..$rest:ident $($kind:ident)? $(,)?)?
    }) => {
        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<__S: $crate::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::__record::write(
                    serializer,
                    &[$($wire),*],
                    $crate::__members!($(($($crate::__record::$how)?($($crate::__record::$required)?(&self.$field)))),*),
                    ($(($($crate::__record::$kind)?(&self.$rest)))?),
                )
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            #[allow(unused_parens, reason = "a member stands in them alone where it has no mark")]
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                #[allow(non_camel_case_types, reason = "these are the names of fields")]
                enum __Member { $($field),* }

                #[inline]
                fn find(name: &str) -> usize {
                    match name {
                        $($wire => __Member::$field as usize,)*
                        _ => usize::MAX,
                    }
                }

                $crate::__record::read(
                    deserializer,
                    &[$($wire),*],
                    find,
                    |$crate::__members!($(($($crate::__record::$required)?($field))),*), ($(($($crate::__record::$kind)?($rest)))?)| $name {
                        $($field,)*
                        $($rest,)?
                    },
                )
            }
        }
    };
}

/// A tuple of members, as an expression or as a pattern: of more than 24, the first 24 `and` the others.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    (
        $m0:tt, $m1:tt, $m2:tt, $m3:tt, $m4:tt, $m5:tt, $m6:tt, $m7:tt,
        $m8:tt, $m9:tt, $m10:tt, $m11:tt, $m12:tt, $m13:tt, $m14:tt, $m15:tt,
        $m16:tt, $m17:tt, $m18:tt, $m19:tt, $m20:tt, $m21:tt, $m22:tt, $m23:tt, $($more:tt),+
    ) => {
        $crate::__record::and(
            (
                $m0, $m1, $m2, $m3, $m4, $m5, $m6, $m7,
                $m8, $m9, $m10, $m11, $m12, $m13, $m14, $m15,
                $m16, $m17, $m18, $m19, $m20, $m21, $m22, $m23,
            ),
            $crate::__members!($($more),+),
        )
    };
    ($($member:tt),*) => {
        ($($member,)*)
    };
}
