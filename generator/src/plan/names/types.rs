//! Takes the types, names them and what they are made of: fields, variants, values.

use super::case::Cases;
use super::ident::{self, NameKind, RustIdent, Scope};
use super::reserved::RESERVED_TYPES;
use super::spell::spell;
use super::word::Word;
use crate::plan::model::{Shape, TypeDef, TypeId, Types};
use crate::plan::reason::NameStep;
use crate::target::Target;
use crate::text::DEVICES;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// What a type would be called if it were alone.
struct Wish {
    id: TypeId,
    /// Which of two equal wishes comes first.
    order: (Rank, bool),
    word: Word,
}

/// Whose name it is: the author's come before ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Component,
    Title,
    Place,
}

/// Names every type.
pub(super) fn name_types(types: &mut Types, target: &Target, cases: &Cases) {
    let titles = titles(types);
    let wanted = |def: &TypeDef| match target.names.schemas.get(&def.name) {
        Some(name) if def.component => Word::setting(name),
        _ => {
            let (words, step) = words(def, &titles);
            let word =
                Word::from(words).change(NameStep::UpperCamelCase, |name| cases.pascal(name));
            match step {
                None => word,
                Some(step) => word.because(step),
            }
        }
    };
    let mut wishes: Vec<Wish> = types
        .par_iter_mut()
        .filter(|(_, def)| !def.joined)
        .map(|(id, def)| {
            let wanted = wanted(def);
            let is_exact = wanted.as_str() == def.name;
            let word = wanted
                .change(NameStep::Letters, |wanted| {
                    ident::valid(wanted, NameKind::Type, "Type")
                })
                .change(NameStep::Reserved, unreserved);
            // What is within a type is named apart from all others.
            name_members(def, cases);
            Wish {
                order: (rank(def, &titles), !is_exact),
                word,
                id,
            }
        })
        .collect();
    // Components are the author's names and come before ours; of two equal wishes the exact one comes first.
    wishes.sort_by_key(|wish| wish.order);
    let mut scope = Scope::default();
    // A page of the name of a device could not be checked out on Windows.
    let mut pages = Scope::with(&DEVICES);
    for wish in wishes {
        if let Some(def) = types.get_mut(wish.id) {
            def.ident = scope.claim_marked(wish.word, &mark(def));
            def.page = pages.claim_page(&cases.kebab(def.ident.word()));
        }
    }
}

/// The titles that only one type has.
fn titles(types: &Types) -> HashSet<String> {
    let mut titles: HashMap<String, usize> = HashMap::new();
    for (_, def) in types.iter().filter(|(_, def)| !def.joined) {
        if let Some(title) = def.title() {
            *titles.entry(title.to_owned()).or_default() += 1;
        }
    }
    titles.retain(|_, types| *types == 1);
    titles.into_keys().collect()
}

/// The words that a type's name is made of, and why they are these where it is no component.
fn words<'d>(def: &'d TypeDef, titles: &HashSet<String>) -> (&'d str, Option<NameStep>) {
    match &def.titled {
        _ if def.component => (&def.name, None),
        None => (&def.name, Some(NameStep::Place)),
        Some(titled) if !titles.contains(&titled.title) => (&titled.place, Some(NameStep::Place)),
        Some(titled) if titled.is_own => (&def.name, Some(NameStep::Title)),
        Some(_) => (&def.name, Some(NameStep::WithinTitle)),
    }
}

fn rank(def: &TypeDef, titles: &HashSet<String>) -> Rank {
    match words(def, titles).1 {
        None => Rank::Component,
        Some(NameStep::Title) => Rank::Title,
        Some(_) => Rank::Place,
    }
}

/// The word, unless the emitted code uses it itself.
fn unreserved(word: &str) -> String {
    match RESERVED_TYPES.contains(&word) {
        true => format!("{word}Model"),
        false => word.to_owned(),
    }
}

/// What tells a type from others that want the same name: a number made from its own place alone, so that one more type
/// renames no other.
fn mark(def: &TypeDef) -> String {
    // FNV-1a, whose definition will not change as a library's might.
    let hash = def
        .pointer
        .as_str()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
    format!("{:04X}", (hash >> 16) ^ (hash & 0xffff))
}

fn name_members(def: &mut TypeDef, cases: &Cases) {
    let keeps_unknown = def.keeps_unknown();
    let mut scope = Scope::default();
    match &mut def.shape {
        Shape::Struct(object) => {
            let wires = object.fields.iter().map(|field| field.wire.as_str());
            let idents = name_all(&mut scope, wires.collect(), NameKind::Value, |word| {
                cases.snake(word)
            });
            for (field, ident) in object.fields.iter_mut().zip(idents) {
                field.ident = ident;
            }
            let rest = match &object.flattened {
                Some(union) => cases.snake(&union.name),
                None if keeps_unknown => "unknown".to_owned(),
                None => "additional_properties".to_owned(),
            };
            def.rest = scope.claim(&rest, NameKind::Value, "rest");
        }
        Shape::Enum(of) => {
            let words = of.values.iter().map(|value| value.name.as_str());
            let (idents, rest) = name_variants(scope, words.collect(), cases);
            for (value, ident) in of.values.iter_mut().zip(idents) {
                value.ident = ident;
            }
            def.rest = rest;
        }
        Shape::Union(union) => {
            let words = union.variants.iter().map(|variant| variant.name.as_str());
            let (idents, rest) = name_variants(scope, words.collect(), cases);
            for (variant, ident) in union.variants.iter_mut().zip(idents) {
                variant.ident = ident;
            }
            def.rest = rest;
        }
        Shape::Alias(_) => def.rest = scope.claim("value", NameKind::Value, "value"),
    }
}

/// Names the variants of an enum, and the one that takes what the others do not.
fn name_variants(mut scope: Scope, words: Vec<&str>, cases: &Cases) -> (Vec<RustIdent>, RustIdent) {
    let members = name_all(&mut scope, words, NameKind::Type, |word| cases.pascal(word));
    let rest = if scope.has("Unknown") {
        "Unrecognized"
    } else {
        "Unknown"
    };
    (members, scope.claim(rest, NameKind::Type, rest))
}

/// Names a list of wire names in one scope; those that already are what they want to be go first.
fn name_all(
    scope: &mut Scope,
    wires: Vec<&str>,
    kind: NameKind,
    case: impl Fn(&str) -> String,
) -> Vec<RustIdent> {
    let fallback = if kind == NameKind::Type {
        "Value"
    } else {
        "value"
    };
    let step = match kind {
        NameKind::Type => NameStep::UpperCamelCase,
        NameKind::Value => NameStep::SnakeCase,
    };
    let mut order: Vec<(usize, &str, Word)> = wires
        .into_iter()
        .enumerate()
        .map(|(index, wire)| {
            let word = Word::from(wire)
                .change(NameStep::Spelled, spell)
                .change(step, &case);
            (index, wire, word)
        })
        .collect();
    order.sort_by_key(|(index, wire, word)| (word.as_str() != *wire, *index));
    let mut named: Vec<(usize, RustIdent)> = order
        .into_iter()
        .map(|(index, _, word)| (index, scope.claim(word, kind, fallback)))
        .collect();
    named.sort_by_key(|(index, _)| *index);
    named.into_iter().map(|(_, ident)| ident).collect()
}
