//! Objects as JSON: takes the names of a struct's members, gives serde's traits.
//!
//! A derive would do the same in several times the code, which whoever depends on an emitted crate
//! compiles. [`record!`](crate::record) expands to one visitor whose members are local options; the
//! rest are functions here. What may fail is asked for failure in one place each, since every `?` makes the compiler look at all that is
//! dropped on that way out. All are `#[inline]`, so that only who reads or writes a type compiles
//! what reads or writes it.
//!
//! A mark in the macro's call is the last part of a function's path: a member that is `required` is
//! read by `read::required`, any other by `read`.

mod beyond;
mod members;
mod writing;

pub use beyond::{Beyond, Rest, finish_rest, rest, skip, write_rest};
pub use members::{Keys, Unknown, finish, keep_in_place, kept, read};
pub use writing::{Members, Optional, write};

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
                #[allow(unused_mut, reason = "a struct may have no members")]
                let mut members = $crate::__record::Members::new(serializer)?;
                $($crate::__record::write$(::$required)?$(::$how)?(&mut members, $wire, &self.$field);)*
                $($crate::__record::write_rest$(::$kind)?(&mut members, &self.$rest);)?
                members.end()
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(deserializer: __D) -> ::core::result::Result<Self, __D::Error> {
                #[allow(non_camel_case_types, reason = "these are the names of fields")]
                enum __Member { $($field),* }

                fn find(name: &str) -> ::core::option::Option<__Member> {
                    match name {
                        $($wire => ::core::option::Option::Some(__Member::$field),)*
                        _ => ::core::option::Option::None,
                    }
                }

                struct __Reader;

                impl<'de> $crate::serde::de::Visitor<'de> for __Reader {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str("an object")
                    }

                    #[inline]
                    fn visit_map<__A: $crate::serde::de::MapAccess<'de>>(self, mut map: __A) -> ::core::result::Result<$name, __A::Error> {
                        $(let mut $field = None;)*
                        $crate::__record::keep_in_place(&mut ($(&mut $field,)*));
                        let mut keys = $crate::__record::Keys::new(find, ($($crate::__record::kept(::core::stringify!($rest)))?));
                        $(let mut $rest = $crate::__record::rest$(::$kind)?();)?
                        while let Some(member) = keys.next(&mut map)? {
                            let read = match member {
                                $(Some(__Member::$field) => $crate::__record::read$(::$required)?(&mut map, &mut $field),)*
                                None => $crate::__record::skip(&mut map, &mut keys, ($(&mut $rest)?)),
                            };
                            read?;
                        }
                        let mut missing = "";
                        $(let $field = $crate::__record::finish$(::$required)?($field, $wire, &mut missing);)*
                        #[allow(unreachable_patterns, reason = "a struct may have no members")]
                        match ($($field,)*) {
                            ($(Some($field),)*) => Ok($name {
                                $($field,)*
                                $($rest: $crate::__record::finish_rest$(::$kind)?($rest)?,)?
                            }),
                            _ => Err($crate::serde::de::Error::missing_field(missing)),
                        }
                    }
                }

                deserializer.deserialize_struct(
                    ::core::concat!(::core::stringify!($name) $(, "..", ::core::stringify!($rest))?),
                    &[$($wire),*],
                    __Reader,
                )
            }
        }
    };
}
