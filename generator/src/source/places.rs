//! Takes the events of a parser and gives, for each node, the place in the text at which it stands.
//!
//! Neither parser tells positions, but both hand out a key or a text that needs no unescaping as a slice of
//! the input, and where a slice lies in its input is known. Keys are what a pointer is made of, so this finds all
//! but elements that are numbers, and a second reading is needed only when there is something to show.

use super::tree::{KeySeed, MAX_DEPTH};
use crate::pointer::JsonPointer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use std::collections::HashMap;
use std::fmt;

/// The place of a node and of the nodes that it holds.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The byte at which the node's key, or else its text or first key, starts.
    start: Option<usize>,
    members: HashMap<String, Place>,
}

impl Place {
    /// The byte at which the node at `pointer` starts, or the nearest node above it that has one.
    pub(super) fn find(&self, pointer: &JsonPointer) -> Option<usize> {
        let mut place = self;
        let mut start = self.start;
        for token in pointer.tokens() {
            match place.members.get(&token) {
                Some(member) => place = member,
                None => break,
            }
            start = place.start.or(start);
        }
        start
    }
}

/// Reads the places of the nodes of `text`.
#[derive(Clone, Copy)]
pub(super) struct PlaceSeed<'t> {
    text: &'t str,
    merge_keys: bool,
    depth: usize,
}

impl<'t> PlaceSeed<'t> {
    /// `merge_keys`: whether the members below `<<` belong to the object that holds it, as in YAML.
    pub(super) fn new(text: &'t str, merge_keys: bool) -> Self {
        Self {
            text,
            merge_keys,
            depth: 0,
        }
    }

    fn below<E: Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        Ok(Self {
            depth: self.depth.saturating_add(1),
            ..self
        })
    }
}

/// The offset of `slice` in `text`, with the quote before it, when it is a part of it.
fn offset(text: &str, slice: &str) -> Option<usize> {
    let offset = slice.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    if offset.checked_add(slice.len())? > text.len() {
        return None;
    }
    let quote = offset
        .checked_sub(1)
        .filter(|&before| matches!(text.as_bytes().get(before), Some(b'"' | b'\'')));
    Some(quote.unwrap_or(offset))
}

impl<'de> DeserializeSeed<'de> for PlaceSeed<'_> {
    type Value = Place;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Place, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PlaceSeed<'_> {
    type Value = Place;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Place, E> {
        Ok(Place {
            start: offset(self.text, value),
            members: HashMap::new(),
        })
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_unit<E: Error>(self) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_none<E: Error>(self) -> Result<Place, E> {
        Ok(Place::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Place, A::Error> {
        let below = self.below()?;
        let mut list = Place::default();
        while let Some(place) = elements.next_element_seed(below)? {
            if list.members.is_empty() {
                list.start = place.start;
            }
            list.members.insert(list.members.len().to_string(), place);
        }
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Place, A::Error> {
        let below = self.below()?;
        let mut object = Place::default();
        let mut merged = Vec::new();
        while let Some((key, start)) = entries.next_key_seed(KeyPlaceSeed { text: self.text })? {
            let mut place = entries.next_value_seed(below)?;
            place.start = start.or(place.start);
            if object.members.is_empty() {
                object.start = place.start;
            }
            if self.merge_keys && key == "<<" {
                merged.extend(merge_members(&mut place));
            }
            // The last of two equal keys is the one that the tree holds.
            object.members.insert(key, place);
        }
        for (key, place) in merged {
            object.members.entry(key).or_insert(place);
        }
        Ok(object)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Place, A::Error> {
        let (_, content) = tagged.variant_seed(KeySeed)?;
        content.newtype_variant_seed(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Place, D::Error> {
        IgnoredAny
            .visit_newtype_struct(deserializer)
            .map(|_| Place::default())
    }
}

/// Takes out the members that a merge key brings in: those of its mapping, or of each mapping in its list, in order.
fn merge_members(place: &mut Place) -> Vec<(String, Place)> {
    let list: Vec<Place> = (0..place.members.len())
        .map_while(|index| place.members.remove(&index.to_string()))
        .collect();
    let mappings = list.into_iter().flat_map(|mapping| mapping.members);
    mappings.chain(place.members.drain()).collect()
}

/// Reads a key and where it starts.
struct KeyPlaceSeed<'t> {
    text: &'t str,
}

impl<'de> DeserializeSeed<'de> for KeyPlaceSeed<'_> {
    type Value = (String, Option<usize>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyPlaceSeed<'_> {
    type Value = (String, Option<usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok((value.to_owned(), offset(self.text, value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok((value.to_owned(), None))
    }
}
