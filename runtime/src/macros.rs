//! Macros that emitted crates call, so that what every emitted type needs is written once. They
//! expand to thin forwarding code; the work is done by functions of this crate.

use std::fmt;

use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, IntoDeserializer};

/// Makes an emitted request type, a newtype over [`Request`](crate::Request) that implements
/// [`Operation`](crate::Operation), awaitable, and gives it `send` and
/// `into_request`.
#[macro_export]
macro_rules! operation {
    ($name:ident) => {
        impl ::core::future::IntoFuture for $name {
            type Output = ::core::result::Result<
                <$name as $crate::Operation>::Output,
                $crate::Error<<$name as $crate::Operation>::Error>,
            >;
            type IntoFuture = $crate::SendFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::core::future::IntoFuture::into_future(self.0)
            }
        }

        impl $name {
            /// Sends the request and gives the answer's status and headers beside its body.
            ///
            /// # Errors
            /// When the request cannot be made or sent, when the server refuses it, and when its
            /// answer does not decode.
            pub async fn send(
                self,
            ) -> ::core::result::Result<
                $crate::Response<<$name as $crate::Operation>::Output>,
                $crate::Error<<$name as $crate::Operation>::Error>,
            > {
                self.0.send().await
            }

            /// The request as the runtime has it: to add headers, to send a body of another media
            /// type, or to read the answer in chunks.
            pub fn into_request(
                self,
            ) -> $crate::Request<
                <$name as $crate::Operation>::Output,
                <$name as $crate::Operation>::Error,
            > {
                self.0
            }
        }
    };
}

/// Gives an emitted enum of strings its text forms. The enum derives serde's traits and ends with
/// an untagged variant `Unknown(String)`, so that a value which the document does not know survives
/// a round trip. An enum that has a value of that name says what its last variant is called.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        $crate::open_enum!($name, Unknown);
    };
    ($name:ident, $rest:ident) => {
        /// The text that stands for the value on the wire.
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__write_wire_text(self, f)
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::__parse_wire_text(text)
                    .unwrap_or_else(|| Self::$rest(::std::borrow::ToOwned::to_owned(text)))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }
    };
}

/// Writes what serde would write for a value that is one string.
#[doc(hidden)]
pub fn __write_wire_text<T: Serialize>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    value.serialize(f)
}

/// Reads a value from the string that stands for it on the wire.
#[doc(hidden)]
pub fn __parse_wire_text<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let deserializer: StrDeserializer<'de, serde::de::value::Error> = text.into_deserializer();
    T::deserialize(deserializer).ok()
}
