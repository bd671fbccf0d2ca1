//! Enums whose values are numbers, or numbers and texts mixed: takes the values, gives serde's traits. serde itself names
//! variants by text alone.

/// Makes an emitted enum of numbers or of mixed values read and written as JSON. Its last variant, `Unknown` unless it is given
/// another name, keeps a value that the document does not know.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Priority {
///     Low,
///     High,
///     Unknown(i64),
/// }
/// sdk_runtime::scalar_enum!(Priority: i64 { Low = 1, High = 2 });
/// ```
#[macro_export]
macro_rules! scalar_enum {
    ($name:ident: $scalar:ty { $($variant:ident = $value:literal),+ $(,)? }) => {
        $crate::scalar_enum!($name: $scalar { $($variant = $value),+ } else Unknown);
    };
    ($name:ident: $scalar:ty { $($variant:ident = $value:literal),+ $(,)? } else $rest:ident) => {
        impl ::core::convert::From<$scalar> for $name {
            fn from(value: $scalar) -> Self {
                $(if value == $value {
                    return Self::$variant;
                })+
                Self::$rest(value)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant => $crate::serde::Serialize::serialize(&$value, serializer),)+
                    Self::$rest(value) => $crate::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                <$scalar as $crate::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}
