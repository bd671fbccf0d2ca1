//! serde's side of a [`Tree`]. Takes the calls by which a value describes itself, gives the tree.

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::file::{FILE_PART, FilePart};

use super::Tree;

/// Writes values as trees; `file` while the inside of a [`FilePart`] is written.
#[derive(Clone, Copy)]
pub(super) struct Writer {
    pub(super) file: bool,
}

type Failure = serde::de::value::Error;

/// A list or an object that is being written, under the name of its variant if it has one.
pub(super) struct Open {
    variant: Option<&'static str>,
    items: Vec<Tree>,
    members: Vec<(String, Tree)>,
    key: String,
}

impl Open {
    fn new(variant: Option<&'static str>) -> Self {
        Self {
            variant,
            items: Vec::new(),
            members: Vec::new(),
            key: String::new(),
        }
    }

    fn push<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Failure> {
        self.items.push(value.serialize(Writer { file: false })?);
        Ok(())
    }

    fn set<V: Serialize + ?Sized>(&mut self, name: &str, value: &V) -> Result<(), Failure> {
        let value = value.serialize(Writer { file: false })?;
        self.members.push((name.to_owned(), value));
        Ok(())
    }

    fn list(self) -> Tree {
        named(self.variant, Tree::List(self.items))
    }

    fn map(self) -> Tree {
        named(self.variant, Tree::Map(self.members))
    }
}

fn named(variant: Option<&'static str>, tree: Tree) -> Tree {
    match variant {
        Some(variant) => Tree::Map(vec![(variant.to_owned(), tree)]),
        None => tree,
    }
}

macro_rules! plain {
    ($($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> Result<Tree, Failure> {
            Ok(Tree::plain(value))
        })*
    };
}

macro_rules! opens {
    ($($method:ident($($argument:ident: $ty:ty),*) => $variant:expr,)*) => {
        $(fn $method(self, $($argument: $ty),*) -> Result<Open, Failure> {
            Ok(Open::new($variant))
        })*
    };
}

impl Serializer for Writer {
    type Ok = Tree;
    type Error = Failure;
    type SerializeSeq = Open;
    type SerializeTuple = Open;
    type SerializeTupleStruct = Open;
    type SerializeTupleVariant = Open;
    type SerializeMap = Open;
    type SerializeStruct = Open;
    type SerializeStructVariant = Open;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    }

    fn is_human_readable(&self) -> bool {
        !self.file
    }

    fn serialize_f32(self, value: f32) -> Result<Tree, Failure> {
        number(serde_json::to_string(&value))
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, Failure> {
        number(serde_json::to_string(&value))
    }

    fn serialize_char(self, value: char) -> Result<Tree, Failure> {
        Ok(Tree::quoted(&value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Tree, Failure> {
        Ok(Tree::quoted(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Tree, Failure> {
        Ok(Tree::Bytes(value.to_vec()))
    }

    fn serialize_none(self) -> Result<Tree, Failure> {
        Ok(Tree::Null)
    }

    fn serialize_some<V: Serialize + ?Sized>(self, value: &V) -> Result<Tree, Failure> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Tree, Failure> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Failure> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, Failure> {
        Ok(Tree::quoted(variant))
    }

    fn serialize_newtype_struct<V: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &V,
    ) -> Result<Tree, Failure> {
        if name != FILE_PART {
            return value.serialize(self);
        }
        match value.serialize(Self { file: true })? {
            Tree::List(parts) => file(parts),
            _ => Err(Failure::custom("a file is written in another way")),
        }
    }

    fn serialize_newtype_variant<V: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &V,
    ) -> Result<Tree, Failure> {
        Ok(named(Some(variant), value.serialize(self)?))
    }

    opens! {
        serialize_seq(_length: Option<usize>) => None,
        serialize_tuple(_length: usize) => None,
        serialize_tuple_struct(_name: &'static str, _length: usize) => None,
        serialize_tuple_variant(_name: &'static str, _index: u32, variant: &'static str, _length: usize) => Some(variant),
        serialize_map(_length: Option<usize>) => None,
        serialize_struct(_name: &'static str, _length: usize) => None,
        serialize_struct_variant(_name: &'static str, _index: u32, variant: &'static str, _length: usize) => Some(variant),
    }
}

/// A number as JSON writes it; what is no number there is null.
fn number(json: serde_json::Result<String>) -> Result<Tree, Failure> {
    match json.map_err(Failure::custom)?.as_str() {
        "null" => Ok(Tree::Null),
        text => Ok(Tree::plain(text)),
    }
}

/// The file whose name, content type and bytes, or path and length, these are.
fn file(parts: Vec<Tree>) -> Result<Tree, Failure> {
    let mut parts = parts.into_iter();
    let (name, content_type) = (parts.next(), parts.next());
    let mut file = match (parts.next(), parts.next()) {
        (Some(Tree::Bytes(bytes)), None) => FilePart::new(bytes),
        (Some(Tree::Scalar { text: path, .. }), Some(Tree::Scalar { text: length, .. })) => {
            let length = length.parse().map_err(Failure::custom)?;
            FilePart::at(path.into(), length)
        }
        _ => return Err(Failure::custom("a file has bytes or a path")),
    };
    if let Some(name) = name.as_ref().and_then(Tree::text) {
        file = file.with_name(name);
    }
    if let Some(content_type) = content_type.as_ref().and_then(Tree::text) {
        file = file.with_content_type(content_type);
    }
    Ok(Tree::File(file))
}

macro_rules! lists {
    ($($kind:ident: $method:ident),*) => {
        $(impl $kind for Open {
            type Ok = Tree;
            type Error = Failure;

            fn $method<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Failure> {
                self.push(value)
            }

            fn end(self) -> Result<Tree, Failure> {
                Ok(self.list())
            }
        })*
    };
}

macro_rules! structs {
    ($($kind:ident),*) => {
        $(impl $kind for Open {
            type Ok = Tree;
            type Error = Failure;

            fn serialize_field<V: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &V,
            ) -> Result<(), Failure> {
                self.set(name, value)
            }

            fn end(self) -> Result<Tree, Failure> {
                Ok(self.map())
            }
        })*
    };
}

lists!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);
structs!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Open {
    type Ok = Tree;
    type Error = Failure;

    fn serialize_key<V: Serialize + ?Sized>(&mut self, key: &V) -> Result<(), Failure> {
        match key.serialize(Writer { file: false })? {
            Tree::Scalar { text, .. } => {
                self.key = text;
                Ok(())
            }
            _ => Err(Failure::custom("a name is a text")),
        }
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Failure> {
        let key = std::mem::take(&mut self.key);
        self.set(&key, value)
    }

    fn end(self) -> Result<Tree, Failure> {
        Ok(self.map())
    }
}
