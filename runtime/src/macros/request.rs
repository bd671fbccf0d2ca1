//! The type of a crate's requests.

/// Declares the type of a crate's requests, `Request<O>` of an operation `O`: one type for all of them, so that every operation has the
/// same calls, and each may have setters of its own in an `impl Request<ThatOperation>`. The operations are declared by
/// [`operations!`](crate::operations).
///
/// ```
/// # use sdk_runtime::{Client, NoErrorBody};
/// sdk_runtime::request_type!();
///
/// pub struct Pets(Client);
///
/// impl Pets {
///     pub fn list_pets(&self) -> Request<ListPets> {
///         self.0.get("/pets").returns_json()
///     }
///
///     pub fn delete_pets(&self) -> Request<DeletePets> {
///         self.0.delete("/pets").returns_nothing()
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

        impl<O: $crate::Operation> $crate::Returning for Request<O> {
            type Output = O::Output;
            type Error = O::Error;

            fn returning(request: $crate::Request<O::Output, O::Error>) -> Self {
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

            /// Calls this function as the body is sent, with the bytes so far and in all; see
            /// [`Request::on_upload`]($crate::Request::on_upload).
            pub fn on_upload(
                self,
                watch: impl ::core::ops::Fn($crate::Progress)
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.on_upload(watch))
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

            /// Sets how often this call is retried when it fails; see
            /// [`Request::retries`]($crate::Request::retries).
            pub fn retries(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.retries(policy))
            }

            /// Allows retries of this call, because they do no harm; see
            /// [`Request::repeatable`]($crate::Request::repeatable).
            pub fn repeatable(self) -> Self {
                Self(self.0.repeatable())
            }

            /// Sends a GET to this URL, although the operation itself is no GET; see
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

        $crate::__blocking_calls!();

        impl<O: $crate::StartsJob> Request<O> {
            /// Sends the request, which starts a job, and waits until the job is done; see [`Waiting`]($crate::Waiting) for how long.
            pub fn wait(
                self,
            ) -> $crate::Waiting<<O::Status as $crate::Operation>::Output, O::Error> {
                self.0.wait_for(O::JOB)
            }
        }

        impl<O: $crate::Paged> Request<O> {
            /// The items of the whole list, one by one, from this request's page on.
            pub fn stream(self) -> $crate::Items<O::Item, O::Error> {
                self.stream_from($crate::Position::START)
            }

            /// The items from a stored place on; the request must be the same.
            pub fn stream_from(
                self,
                position: $crate::Position,
            ) -> $crate::Items<O::Item, O::Error> {
                self.0.items_by(O::PAGING, O::PAGE_SIZE, O::items, position)
            }

            /// The pages of the whole list, with their headers, from this request's page on.
            pub fn pages(self) -> $crate::Pages<O::Item, O::Error> {
                self.pages_from($crate::Position::START)
            }

            /// The pages from a stored place on; the request must be the same.
            pub fn pages_from(
                self,
                position: $crate::Position,
            ) -> $crate::Pages<O::Item, O::Error> {
                self.0.pages_by(O::PAGING, O::PAGE_SIZE, O::items, position)
            }

            /// The items of the whole list, when they are no more than this many.
            ///
            /// # Errors
            /// As for [`send`](Self::send), and when there are more.
            pub async fn collect_all(
                self,
                at_most: usize,
            ) -> ::core::result::Result<::std::vec::Vec<O::Item>, $crate::Error<O::Error>> {
                self.stream().collect_all(at_most).await
            }
        }
    };
}

/// Nothing, without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_calls {
    () => {};
}
