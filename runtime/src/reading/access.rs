//! Lists and objects of the second reading: they say where a fault or a notice is, and step over
//! what cannot be read where that is asked for.

use std::marker::PhantomData;
use std::slice;

use serde::de::{Deserialize, DeserializeSeed, Error as _, MapAccess, SeqAccess};
use serde_json::{Value, map};

use super::fault::{Fault, Step};
use super::keys::Key;
use super::left_out::LeftOut;
use super::lenient::Lenient;
use super::notes::{leave_out, leaves_out, mark, place, set_aside};

/// Reads a value within another, and says where it stands when there is something to tell of it.
fn read_at<'v, S: DeserializeSeed<'v>>(
    seed: S,
    value: &'v Value,
    step: impl Fn() -> Step,
) -> Result<S::Value, Fault> {
    let before = mark();
    let read = seed.deserialize(Lenient::new(value));
    match read {
        Ok(read) => {
            place(before, step);
            Ok(read)
        }
        Err(fault) => {
            // What was noticed within it is no part of what is read.
            drop(set_aside(before));
            Err(fault.at(step(), value))
        }
    }
}

/// The items of a list.
pub(super) struct Items<'v> {
    items: std::iter::Enumerate<slice::Iter<'v, Value>>,
    /// Whether an item can be left out: in a list, not in a tuple.
    optional: bool,
}

impl<'v> Items<'v> {
    pub(super) fn new(items: &'v [Value], optional: bool) -> Self {
        let items = items.iter().enumerate();
        Self { items, optional }
    }
}

impl<'v> SeqAccess<'v> for Items<'v> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'v>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let next = self.items.next();
        next.map(|(index, value)| read_at(seed, value, || Step::Item(index)))
            .transpose()
    }

    /// What serde's lists call: a type can be read again where a seed cannot.
    fn next_element<T: Deserialize<'v>>(&mut self) -> Result<Option<T>, Fault> {
        loop {
            match self.next_element_seed(PhantomData) {
                Err(fault) if self.optional && leaves_out() => leave_out(fault),
                next => return next,
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The members of an object.
pub(super) struct Members<'v> {
    members: map::Iter<'v>,
    value: Option<(&'v str, &'v Value)>,
}

impl<'v> Members<'v> {
    pub(super) fn new(members: &'v serde_json::Map<String, Value>) -> Self {
        Self {
            members: members.iter(),
            value: None,
        }
    }
}

impl<'v> MapAccess<'v> for Members<'v> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'v>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((name, value)) = self.members.next() else {
            return Ok(None);
        };
        self.value = Some((name, value));
        seed.deserialize(Key(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (name, value) = self.value.ok_or_else(|| Fault::custom("a member's name"))?;
        read_at(seed, value, || Step::Member(name.to_owned()))
    }

    /// What records call for optional members: what cannot be read is absent.
    fn next_value<T: Deserialize<'v>>(&mut self) -> Result<T, Fault> {
        self.next_value_seed(PhantomData).or_else(|fault| {
            if !leaves_out() {
                return Err(fault);
            }
            let Ok(absent) = T::deserialize(LeftOut) else {
                return Err(fault);
            };
            leave_out(fault);
            Ok(absent)
        })
    }

    /// What serde's maps call: an entry that cannot be read is left out.
    fn next_entry<K: Deserialize<'v>, T: Deserialize<'v>>(
        &mut self,
    ) -> Result<Option<(K, T)>, Fault> {
        loop {
            let Some(key) = self.next_key()? else {
                return Ok(None);
            };
            match self.next_value_seed(PhantomData) {
                Ok(value) => return Ok(Some((key, value))),
                Err(fault) if leaves_out() => leave_out(fault),
                Err(fault) => return Err(fault),
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}
