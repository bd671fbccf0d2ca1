//! Enums of emitted models.

/// Makes an emitted enum of the bodies of several answers written as the body that it holds.
///
/// ```
/// # use sdk_runtime::Value;
/// pub enum Found {
///     Here(String),
///     Elsewhere(Vec<Value>),
///     Nowhere,
/// }
/// sdk_runtime::answers!(Found { Here(body), Elsewhere(body), Nowhere });
/// ```
#[macro_export]
macro_rules! answers {
    ($name:ident { $($variant:ident $(($body:ident))?),* $(,)? }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant $(($body))? => $crate::serde::Serialize::serialize(&($($body)?), serializer),)*
                }
            }
        }
    };
}

/// Makes an emitted enum of texts read and written as those texts. Its last variant, `Unknown(String)` unless it is given another
/// name, keeps a text that the document does not know, so that it survives a round trip. There is nothing to tell of one where the
/// document allows these texts `or any`.
///
/// ```
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// pub enum Method {
///     OktaVerify,
///     DuoWeb,
///     Unknown(String),
/// }
/// sdk_runtime::open_enum!(Method { OktaVerify = "okta-verify", DuoWeb = "duo-web" });
///
/// assert_eq!(Method::from("duo-web"), Method::DuoWeb);
/// assert_eq!(Method::from("fax").as_str(), "fax");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident $(or $any:ident)? { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::open_enum!($name $(or $any)? { $($variant = $text),* } else Unknown);
    };
    ($name:ident $(or $any:ident)? { $($variant:ident = $text:literal),* $(,)? } else $rest:ident) => {
        impl $name {
            /// The text that stands for the value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$rest(text) => text,
                }
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::$rest(::std::borrow::ToOwned::to_owned(text)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl $crate::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::__read_enum$(::$any)?(deserializer, |value: &Self| ::core::matches!(value, Self::$rest(_)))
            }
        }
    };
}
