//! Any serialisable value as a tree of texts. Takes what callers pass as a parameter, a form or a
//! multipart body, gives a [`Tree`] that the styles of OpenAPI are written from. JSON's own value
//! would not do: it loses the order of members and cannot hold a file.

use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::file::{FILE_PART, FilePart};

/// Why a value cannot stand where it was put. Never quotes the value, which may be a secret.
pub(crate) type Problem = String;

/// A value, its scalars as the texts that JSON would write.
#[derive(Debug)]
pub(crate) enum Tree {
    /// Null, and a member that is left out.
    Null,
    /// A text; `quoted` when JSON would write it in quotation marks.
    Scalar { text: String, quoted: bool },
    /// A list.
    List(Vec<Self>),
    /// An object, in the order of its members.
    Map(Vec<(String, Self)>),
    /// Bytes, which only a file holds.
    Bytes(Vec<u8>),
    /// A file.
    File(FilePart),
}

impl Tree {
    /// A value as a tree.
    pub(crate) fn of<V: Serialize + ?Sized>(value: &V) -> Result<Self, Problem> {
        value
            .serialize(Writer { file: false })
            .map_err(|_| "its value cannot be written as text".to_owned())
    }

    /// The text of a scalar; of a list or an object its JSON, since no style of OpenAPI says how to
    /// write one within another. Null has none.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null => None,
            Self::Scalar { text, .. } => Some(text.into()),
            other => Some(other.json().into()),
        }
    }

    /// Whether this is neither a list nor an object.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// The same value as JSON.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Scalar {
                text,
                quoted: false,
            } => text.clone(),
            Self::Scalar { text, .. } => quote(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Map(members) => {
                let member =
                    |(name, value): &(String, Self)| format!("{}:{}", quote(name), value.json());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
            Self::Bytes(bytes) => quote(&String::from_utf8_lossy(bytes)),
            Self::File(file) => quote(&String::from_utf8_lossy(file.bytes().unwrap_or_default())),
        }
    }

    /// Whether a file of this machine stands here or within, which only a part of its own can be read from.
    pub(crate) fn reads_file(&self) -> bool {
        match self {
            Self::File(file) => file.bytes().is_none(),
            Self::List(items) => items.iter().any(Self::reads_file),
            Self::Map(members) => members.iter().any(|(_, value)| value.reads_file()),
            Self::Null | Self::Scalar { .. } | Self::Bytes(_) => false,
        }
    }

    fn plain(text: impl Display) -> Self {
        Self::Scalar {
            text: text.to_string(),
            quoted: false,
        }
    }

    fn quoted(text: &str) -> Self {
        Self::Scalar {
            text: text.to_owned(),
            quoted: true,
        }
    }
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes values as trees; `file` while the inside of a [`FilePart`] is written.
#[derive(Clone, Copy)]
struct Writer {
    file: bool,
}

type Failure = serde::de::value::Error;

/// A list or an object that is being written, under the name of its variant if it has one.
struct Open {
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

    fn serialize_seq(self, _: Option<usize>) -> Result<Open, Failure> {
        Ok(Open::new(None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open, Failure> {
        Ok(Open::new(None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open, Failure> {
        Ok(Open::new(None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open, Failure> {
        Ok(Open::new(Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open, Failure> {
        Ok(Open::new(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open, Failure> {
        Ok(Open::new(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open, Failure> {
        Ok(Open::new(Some(variant)))
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
