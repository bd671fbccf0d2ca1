//! What a crate says of its operations: a type for each, and which calls it has beyond those of all.

/// Says of operations that they answer with a page of a list, of what, and how the API goes on to the next page: what gives their
/// requests `stream()`, `pages()` and `collect_all()`. A member may hold the items, `in data`, and a page may have a largest size, `by 50`,
/// which is asked for where the caller does not say.
///
/// ```
/// # use sdk_runtime::{Client, NoErrorBody, Paging, Place};
/// # sdk_runtime::request_type!();
/// # pub struct Pets(Client);
/// # impl Pets {
/// #     pub fn list_pets(&self) -> Request<ListPets> {
/// #         self.0.get("/pets").returns_json()
/// #     }
/// # }
/// # sdk_runtime::operations!(Pets { list_pets => ListPets(Vec<String>, NoErrorBody) });
/// const RECORDS: Paging = Paging::offset("offset").limit("limit").total(Place::Header("X-Total-Count"));
///
/// sdk_runtime::paged!(RECORDS { ListPets(String) by 50 });
///
/// # async fn calls(pets: &Pets) -> Result<(), Box<dyn std::error::Error>> {
/// let mut names = pets.list_pets().stream();
/// while let Some(name) = names.try_next().await? {
///     println!("{name}");
/// }
/// # Ok(()) }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! paged {
    ($paging:path { $($name:ident($item:ty) $(in $member:ident)? $(by $size:literal)?),* $(,)? }) => {
        $(
            impl $crate::Paged for $name {
                type Item = $item;
                const PAGING: &'static $crate::Paging = &$paging;
                $(const PAGE_SIZE: ::core::option::Option<u32> = ::core::option::Option::Some($size);)?

                fn items(page: Self::Output) -> ::std::vec::Vec<$item> {
                    $crate::__IntoItems::into_items(page$(.$member)?)
                }
            }
        )*
    };
}

/// Says of operations that they start a job of a kind, each with the operation that tells the job's state: what gives their requests
/// `wait()`.
///
/// ```
/// # use sdk_runtime::{Client, Job, NoErrorBody, Value};
/// # sdk_runtime::request_type!();
/// # pub struct Reports(Client);
/// # impl Reports {
/// #     pub fn start(&self) -> Request<Start> {
/// #         self.0.post("/reports/run").returns_json()
/// #     }
/// #     pub fn result(&self, id: &str) -> Request<GetResult> {
/// #         self.0.get("/reports/{id}/result").path("id", id).returns_json()
/// #     }
/// # }
/// # sdk_runtime::operations!(Reports {
/// #     start => Start(Value, NoErrorBody), result => GetResult(Value, NoErrorBody)
/// # });
/// const REPORT: Job = Job::new("/id", "/reports/{id}/result", "id").state("/status", &["SUCCESS"], &["FAILURE"]);
///
/// sdk_runtime::starts_job!(REPORT { Start => GetResult });
///
/// # async fn calls(reports: &Reports) -> Result<(), Box<dyn std::error::Error>> {
/// let result = reports.start().wait().await?;
/// # Ok(()) }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! starts_job {
    ($job:path { $($name:ident => $status:ty),* $(,)? }) => {
        $(
            impl $crate::StartsJob for $name {
                type Status = $status;
                const JOB: &'static $crate::Job = &$job;
            }
        )*
    };
}

/// Declares the operations of a group: for each method the type that its request is of, with what is answered and refused.
/// See [`request_type!`](crate::request_type).
#[macro_export]
macro_rules! operations {
    ($api:ident { $($method:ident => $name:ident($output:ty, $error:ty)),* $(,)? }) => {
        $(
            #[doc = ::core::concat!("The operation of [`", ::core::stringify!($api), "::", ::core::stringify!($method), "`].")]
            pub enum $name {}

            impl $crate::Operation for $name {
                const NAME: &'static str = ::core::concat!(::core::module_path!(), "::", ::core::stringify!($method));
                type Output = $output;
                type Error = $error;
            }
        )*
    };
}
