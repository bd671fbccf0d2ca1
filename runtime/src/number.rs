//! Numbers as JSON writes them: whole ones without `.0`, which is how servers write them, and how a
//! value that came is sent back unchanged.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeTuple, Serializer};

use crate::{Base64, Base64Url, Date, DateTime, Nullable, Secret};

/// Up to here a double holds every integer: 2 to the power of 53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What holds numbers.
#[doc(hidden)]
pub trait Exact {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// What holds numbers, to be written.
pub(crate) struct AsNumber<'a, T: ?Sized>(pub(crate) &'a T);

impl<T: Exact + ?Sized> Serialize for AsNumber<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl Exact for f64 {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = *self;
        let whole = number.fract() == 0.0 && number.abs() <= EXACT;
        // JSON's integers have no negative zero.
        if whole && !(number == 0.0 && number.is_sign_negative()) {
            // The condition says that nothing is cut off.
            return serializer.serialize_i64(number as i64);
        }
        serializer.serialize_f64(number)
    }
}

impl<T: Exact> Exact for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Exact> Exact for Nullable<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_option() {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Exact> Exact for Secret<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.expose().write(serializer)
    }
}

impl<T: Exact> Exact for Box<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }
}

impl<T: Exact> Exact for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        self.iter()
            .try_for_each(|item| list.serialize_element(&AsNumber(item)))?;
        list.end()
    }
}

impl<T: Exact> Exact for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.iter()
            .try_for_each(|(name, value)| map.serialize_entry(name, &AsNumber(value)))?;
        map.end()
    }
}

/// Makes what stands beside numbers in a tuple written as it always is.
macro_rules! as_it_is {
    ($($name:ty),*) => {
        $(impl Exact for $name {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        })*
    };
}

as_it_is!(
    bool, i32, i64, u64, String, DateTime, Date, Base64, Base64Url
);

/// Makes tuples written item by item.
macro_rules! tuples {
    ($(($($item:ident)*))*) => {
        $(impl<$($item: Exact),*> Exact for ($($item,)*) {
            fn write<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
                #[allow(non_snake_case, reason = "an item is named as its type")]
                let ($($item,)*) = self;
                let count = [$(stringify!($item)),*].len();
                let mut tuple = serializer.serialize_tuple(count)?;
                $(tuple.serialize_element(&AsNumber($item))?;)*
                tuple.end()
            }
        })*
    };
}

tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
    (A B C D E F G H I) (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L)
}
