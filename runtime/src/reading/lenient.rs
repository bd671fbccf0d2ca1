//! The second reading: takes a JSON value, gives serde's types what they ask for, also where the
//! value is of another kind and nothing is lost by that. Each coercion is noticed.

use serde::de::{Deserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Number, Value};

use super::access::{Items, Members};
use super::fault::{Fault, kind_of};
use super::notes::notice;

/// A value that is read with what loses nothing coerced.
#[derive(Clone, Copy)]
pub(crate) struct Lenient<'de> {
    value: &'de Value,
}

/// The largest number below which a double holds every integer: 2 to the power of 53.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'de> Lenient<'de> {
    pub(crate) fn new(value: &'de Value) -> Self {
        Self { value }
    }

    /// The number that the value is, or that its text spells.
    fn number(self, declared: &'static str) -> Option<Number> {
        match self.value {
            Value::Number(number) => Some(number.clone()),
            Value::String(text) => {
                let number: Number = serde_json::from_str(text.trim()).ok()?;
                notice(declared, "a text");
                Some(number)
            }
            _ => None,
        }
    }

    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let declared = "an integer";
        let Some(number) = self.number(declared) else {
            return Err(scalar(declared, self.value));
        };
        match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), ..) => visitor.visit_i64(whole),
            (_, Some(whole), _) => visitor.visit_u64(whole),
            (.., Some(whole)) if whole.fract() == 0.0 && whole.abs() <= EXACT => {
                if self.value.is_number() {
                    notice(declared, "a number");
                }
                // The guard says that the number is whole and small enough.
                visitor.visit_i64(whole as i64)
            }
            _ => Err(serde::de::Error::invalid_value(
                Unexpected::Float(number.as_f64().unwrap_or_default()),
                &declared,
            )),
        }
    }

    fn double<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let declared = "a number";
        let number = self.number(declared).and_then(|number| number.as_f64());
        match number {
            Some(number) => visitor.visit_f64(number),
            None => Err(scalar(declared, self.value)),
        }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Number(_) | Value::Bool(_) => {
                notice("a text", kind_of(self.value));
                visitor.visit_string(self.value.to_string())
            }
            other => Err(scalar("a text", other)),
        }
    }
}

/// A value that no scalar can be read from; another scalar is less wrong than a list or an object.
fn scalar(declared: &'static str, value: &Value) -> Fault {
    match value {
        Value::Array(_) | Value::Object(_) => Fault::kind(declared, value),
        _ => Fault::scalar(declared, value),
    }
}

impl<'de> Deserializer<'de> for Lenient<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(whole), _) => visitor.visit_u64(whole),
                (None, Some(whole)) => visitor.visit_i64(whole),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items::new(items, true)),
            Value::Object(members) => visitor.visit_map(Members::new(members)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let flag = match self.value {
            Value::Bool(flag) => *flag,
            Value::String(text) if matches!(text.trim(), "true" | "false") => {
                notice("a boolean", "a text");
                text.trim() == "true"
            }
            other => return Err(scalar("a boolean", other)),
        };
        visitor.visit_bool(flag)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.integer(visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.double(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.double(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.text(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Items::new(items, true)),
            other => Err(Fault::kind("a list", other)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Items::new(items, false)),
            other => Err(Fault::kind("a list", other)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Object(members) => visitor.visit_map(Members::new(members)),
            other => Err(Fault::kind("an object", other)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple_struct enum identifier
    }
}
