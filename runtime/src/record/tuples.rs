//! The members of a record as a tuple: takes what reads and writes one member, gives what reads and writes all of them.

use serde::de::MapAccess;
use serde::ser::SerializeMap;

use super::{Members, ReadMember, WriteMember, and};

/// The members of a struct, to be read.
#[doc(hidden)]
pub trait ReadMembers<'de>: Sized {
    /// How many there are.
    const COUNT: usize;
    /// What has been read of them so far.
    type SoFar;

    fn none_so_far() -> Self::SoFar;

    /// Reads the member at an index.
    fn read<A: MapAccess<'de>>(
        so_far: &mut Self::SoFar,
        names: &[&'static str],
        index: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// The members at the end of their object, or the name of the first that is missing. What it gives is as large as a record, so
    /// that a call of it would copy the record twice: an optimised build never calls it, but makes it a part of what reads the record.
    /// In others, this part would take the stack of all its members at once.
    fn finish(so_far: Self::SoFar, names: &'static [&'static str]) -> Result<Self, &'static str>;
}

/// The members of a struct, to be written.
#[doc(hidden)]
pub trait WriteMembers {
    fn write<M: SerializeMap>(self, names: &'static [&'static str], members: &mut Members<M>);
}

/// Does so for tuples of no member, of the first, of the first two, and so on.
macro_rules! tuples {
    ([$($members:tt)*] $member:ident $index:tt $($more:tt)*) => {
        tuples!(@ $index: $($members)*);
        tuples!([$($members)* $member $index] $($more)*);
    };
    ([$($members:tt)*]) => {
        tuples!(@ MOST: $($members)*);
    };
    (@ $count:tt: $($member:ident $index:tt)*) => {
            impl<'de, $($member: ReadMember<'de>),*> ReadMembers<'de> for ($($member,)*) {
                const COUNT: usize = $count;
                type SoFar = ($($member::SoFar,)*);

                #[inline]
                #[allow(clippy::unused_unit, reason = "a struct may have no members")]
                fn none_so_far() -> Self::SoFar {
                    ($($member::none_so_far(),)*)
                }

                #[inline]
                #[allow(unused_variables, reason = "a struct may have no members")]
                fn read<A: MapAccess<'de>>(so_far: &mut Self::SoFar, names: &[&'static str], index: usize, map: &mut A) -> Result<(), A::Error> {
                    match index {
                        $($index => $member::read(&mut so_far.$index, names, $index, map),)*
                        _ => Ok(()),
                    }
                }

                #[cfg_attr(debug_assertions, inline)]
                #[cfg_attr(not(debug_assertions), inline(always))]
                #[allow(unused_variables, reason = "a struct may have no members")]
                fn finish(so_far: Self::SoFar, names: &'static [&'static str]) -> Result<Self, &'static str> {
                    Ok(($($member::finish(so_far.$index, names[$index])?,)*))
                }
            }

            impl<$($member: WriteMember),*> WriteMembers for ($($member,)*) {
                #[inline]
                #[allow(unused_variables, reason = "a struct may have no members")]
                fn write<S: SerializeMap>(self, names: &'static [&'static str], members: &mut Members<S>) {
                    $(self.$index.write(names[$index], members);)*
                }
            }
    };
}

tuples! {
    [] M0 0 M1 1 M2 2 M3 3 M4 4 M5 5 M6 6 M7 7 M8 8 M9 9 M10 10 M11 11 M12 12 M13 13 M14 14 M15 15 M16 16 M17 17 M18 18 M19 19 M20 20 M21 21 M22 22 M23 23
}

impl<'de, A: ReadMembers<'de>, B: ReadMembers<'de>> ReadMembers<'de> for and<A, B> {
    const COUNT: usize = A::COUNT + B::COUNT;
    type SoFar = (A::SoFar, B::SoFar);

    #[inline]
    fn none_so_far() -> Self::SoFar {
        (A::none_so_far(), B::none_so_far())
    }

    #[inline]
    fn read<M: MapAccess<'de>>(
        (first, others): &mut Self::SoFar,
        names: &[&'static str],
        index: usize,
        map: &mut M,
    ) -> Result<(), M::Error> {
        match index.checked_sub(A::COUNT) {
            None => A::read(first, names, index, map),
            Some(index) => B::read(
                others,
                names.get(A::COUNT..).unwrap_or_default(),
                index,
                map,
            ),
        }
    }

    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn finish(
        (first, others): Self::SoFar,
        names: &'static [&'static str],
    ) -> Result<Self, &'static str> {
        let (of_first, of_others) = names.split_at(A::COUNT);
        Ok(and(
            A::finish(first, of_first)?,
            B::finish(others, of_others)?,
        ))
    }
}

impl<A: WriteMembers, B: WriteMembers> WriteMembers for and<A, B> {
    #[inline]
    fn write<M: SerializeMap>(self, names: &'static [&'static str], members: &mut Members<M>) {
        let (of_first, of_others) = names.split_at(MOST);
        self.0.write(of_first, members);
        self.1.write(of_others, members);
    }
}

/// How many members the longest tuple has.
const MOST: usize = 24;
