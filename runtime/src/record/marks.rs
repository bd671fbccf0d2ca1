//! How a member is read and written, said by the struct that holds it: takes a member, or a reference to it, gives a type of its own
//! to read and write it by. They are named as a call of [`record!`](crate::record) has them.
#![allow(
    non_camel_case_types,
    reason = "the macro makes their names from what stands in its call"
)]

/// A member that must be there.
#[doc(hidden)]
pub struct required<T>(pub T);

/// A member of numbers, written without `.0` when they are whole.
#[doc(hidden)]
pub struct number<T>(pub T);

/// A member that only the server sets, and that is not sent.
#[doc(hidden)]
pub struct read_only<T>(pub T);

/// A member of numbers that only the server sets.
#[doc(hidden)]
pub struct read_only_number<T>(pub T);

/// A union that stands beside a struct's own members.
#[doc(hidden)]
pub struct one_of<T>(pub T);

/// The first members of a struct, and those that follow.
#[doc(hidden)]
pub struct and<A, B>(pub A, pub B);
