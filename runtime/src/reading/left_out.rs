//! What an optional member is read from when its value is left out: it gives the member's type
//! nothing, and so its own way to be absent.

use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use super::fault::Fault;
use super::notes::notice_missing;

/// The name under which [`Nullable`](crate::Nullable) asks to be read, since serde has no question
/// that tells absent from null.
pub(crate) const NULLABLE: &str = "sdk_runtime::Nullable";

/// No value.
pub(super) struct LeftOut;

impl<'de> Deserializer<'de> for LeftOut {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(Fault::custom("a value"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            NULLABLE => visitor.visit_none(),
            _ => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// What a required member is when it is missing: null, where it may be.
#[cold]
pub(crate) fn when_missing<'de, T: Deserialize<'de>>(name: &'static str) -> Option<T> {
    let value = T::deserialize(LeftOut).ok()?;
    notice_missing(name);
    Some(value)
}
