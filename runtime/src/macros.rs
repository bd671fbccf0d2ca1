//! Macros that emitted crates call, so that what every emitted type needs is written once. They
//! expand to thin forwarding code; the work is done by functions of this crate.

/// Declares the type of a crate's requests, `Request<O>` of an operation `O`: one type for all of them, so that every operation has the
/// same calls, and each may have setters of its own in an `impl Request<ThatOperation>`. The operations are declared by
/// [`operations!`](crate::operations).
///
/// ```
/// # use sdk_runtime::{Client, Method, NoErrorBody};
/// sdk_runtime::request_type!();
///
/// pub struct Pets(Client);
///
/// impl Pets {
///     pub fn list_pets(&self) -> Request<ListPets> {
///         self.0.request(Method::GET, "/pets").returns_json().into()
///     }
///
///     pub fn delete_pets(&self) -> Request<DeletePets> {
///         self.0.request(Method::DELETE, "/pets").returns_nothing().into()
///     }
/// }
///
/// sdk_runtime::operations!(Pets {
///     list_pets => ListPets(Vec<String>, NoErrorBody),
///     delete_pets => DeletePets((), NoErrorBody),
/// });
///
/// impl Request<ListPets> {
///     pub fn limit(self, limit: i32) -> Self {
///         Self(self.0.query("limit", &limit))
///     }
/// }
///
/// # use std::time::Duration;
/// # async fn calls(pets: &Pets) -> Result<(), Box<dyn std::error::Error>> {
/// let pet_names = pets.list_pets().limit(10).timeout(Duration::from_secs(5)).await?;
/// let answer = pets.delete_pets().header("x-reason", "moved").query("dry-run", "true").send().await?;
/// let bytes = pets.list_pets().send_bytes().await?;
/// let chunks = pets.list_pets().accept("text/csv").send_stream().await?;
/// # Ok(()) }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! request_type {
    () => {
        /// A call of the operation `O`: await it to send it. The operation's own setters are in the `impl Request<…>` of its name.
        #[must_use = "a request is sent when it is awaited"]
        pub struct Request<O: $crate::Operation>(pub(crate) $crate::Request<O::Output, O::Error>);

        impl<O: $crate::Operation> ::core::convert::From<$crate::Request<O::Output, O::Error>>
            for Request<O>
        {
            fn from(request: $crate::Request<O::Output, O::Error>) -> Self {
                Self(request)
            }
        }

        impl<O: $crate::Operation> ::core::clone::Clone for Request<O> {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl<O: $crate::Operation> ::core::fmt::Debug for Request<O> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<O: $crate::Operation> ::core::future::IntoFuture for Request<O> {
            type Output = ::core::result::Result<O::Output, $crate::Error<O::Error>>;
            type IntoFuture = $crate::SendFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::core::future::IntoFuture::into_future(self.0)
            }
        }

        impl<O: $crate::Operation> Request<O> {
            /// Sends the request and gives the answer's status and headers beside its body.
            ///
            /// # Errors
            /// When the request cannot be made or sent, when the server refuses it, and when its
            /// answer does not decode.
            pub async fn send(
                self,
            ) -> ::core::result::Result<$crate::Response<O::Output>, $crate::Error<O::Error>> {
                self.0.send().await
            }

            /// Sends the request to a server that may leave the body of a success out; see
            /// [`Request::send_optional`]($crate::Request::send_optional).
            ///
            /// # Errors
            /// As for [`send`](Self::send), but for a missing body.
            pub async fn send_optional(
                self,
            ) -> ::core::result::Result<
                $crate::Response<::core::option::Option<O::Output>>,
                $crate::Error<O::Error>,
            > {
                self.0.send_optional().await
            }

            /// Sends the request and gives the body as it came, undecoded; see
            /// [`Request::send_bytes`]($crate::Request::send_bytes).
            ///
            /// # Errors
            /// When the request cannot be made or sent, and when the server refuses it.
            pub async fn send_bytes(
                self,
            ) -> ::core::result::Result<
                $crate::Response<::std::vec::Vec<u8>>,
                $crate::Error<O::Error>,
            > {
                self.0.send_bytes().await
            }

            /// Sends the request and gives the body in chunks as they come; see
            /// [`Request::send_stream`]($crate::Request::send_stream).
            ///
            /// # Errors
            /// When the request cannot be made or sent, and when the server refuses it.
            pub async fn send_stream(
                self,
            ) -> ::core::result::Result<$crate::Response<$crate::Download>, $crate::Error<O::Error>>
            {
                self.0.send_stream().await
            }

            /// Sets a header of this call.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, value))
            }

            /// Sets a query parameter of this call that the document does not know.
            pub fn query(self, name: &str, value: &str) -> Self {
                Self(self.0.query(name, value))
            }

            /// Sends this body in place of the operation's own; see
            /// [`Request::body`]($crate::Request::body).
            pub fn raw_body(
                self,
                media_type: &str,
                body: impl ::core::convert::Into<$crate::Body>,
            ) -> Self {
                Self(self.0.body(media_type, body))
            }

            /// Asks for the answer in another media type of the operation's; see
            /// [`Request::accept`]($crate::Request::accept).
            pub fn accept(
                self,
                media_type: &str,
            ) -> $crate::Request<::std::vec::Vec<u8>, O::Error> {
                self.0.accept(media_type)
            }

            /// Sends the request to this URL, such as the link to a next page; see
            /// [`Request::at_url`]($crate::Request::at_url).
            pub fn at_url(self, url: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.at_url(url))
            }

            /// Sets the longest time for this call; see [`Request::timeout`]($crate::Request::timeout).
            pub fn timeout(self, time: ::core::time::Duration) -> Self {
                Self(self.0.timeout(time))
            }

            /// Gets this URL, where the operation itself is no GET; see
            /// [`Request::get_url`]($crate::Request::get_url).
            pub fn get_url(self, url: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.get_url(url))
            }

            /// Leaves out what cannot be read in the answer, instead of failing; see
            /// [`Request::lossy`]($crate::Request::lossy).
            pub fn lossy(self) -> Self {
                Self(self.0.lossy())
            }

            /// The request as the runtime has it, without the operation's own setters.
            pub fn into_request(self) -> $crate::Request<O::Output, O::Error> {
                self.0
            }
        }
    };
}

/// Declares the operations of a group: for each method the type that its request is of, with what is answered and refused.
/// See [`request_type!`](crate::request_type).
#[macro_export]
macro_rules! operations {
    ($api:ident { $($method:ident => $name:ident($output:ty, $error:ty)),* $(,)? }) => {
        $(
            #[doc = ::core::concat!("The operation of [`", ::core::stringify!($api), "::", ::core::stringify!($method), "`].")]
            #[derive(Debug)]
            pub enum $name {}

            impl $crate::Operation for $name {
                const NAME: &'static str = ::core::concat!(::core::module_path!(), "::", ::core::stringify!($method));
                type Output = $output;
                type Error = $error;
            }
        )*
    };
}

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
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$rest(text) => text,
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::$rest(::std::borrow::ToOwned::to_owned(text)),
                }
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
