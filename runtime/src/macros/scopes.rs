//! The table of what each operation asks of a token.

/// Declares a table, a list for each group of operations: each operation by its operationId, with the sets of scopes of which one is
/// enough; none where a token needs no scope.
///
/// ```
/// sdk_runtime::scopes!(SCOPES {
///     {
///         "listPets" => ["pets:read"] | ["pets:manage"],
///         "movePets" => ["pets:manage", "homes:manage"],
///     }
///     #[cfg(unix)] {
///         "ping",
///     }
/// });
///
/// # fn main() {
/// let scopes = sdk_runtime::scopes::least(SCOPES, &["listPets", "movePets"]);
/// assert_eq!(scopes.unwrap(), ["homes:manage", "pets:manage"]);
/// # }
/// ```
#[macro_export]
macro_rules! scopes {
    ($table:ident { $($(#[$cfg:meta])? { $($operation:literal $(=> $([$($scope:literal),*])|+)?),* $(,)? })* }) => {
        /// What each operation asks for: its operationId, and the sets of scopes of which one is enough; none where a token needs no
        /// scope. A list for each group of operations that is compiled.
        pub static $table: &[&[$crate::scopes::Needed]] = &[
            $($(#[$cfg])? &[$(($operation, &[$($(&[$($scope),*]),+)?])),*],)*
        ];
    };
}
