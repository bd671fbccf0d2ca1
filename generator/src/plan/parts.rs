//! Long files of models: takes the types of each file, gives each file that would be longer than a reader takes in as several, in the
//! order of the types' names.
//!
//! A cut stands before a type that its own name chooses, so that one more type moves its neighbours at most, and not all that follow.

use super::homes::ModelModule;
use super::model::{Api, Field, ModuleId, Shape, TypeDef, TypeId};
use std::collections::{HashMap, HashSet};

/// How many lines a file has at most, as far as they can be told before they are printed.
const MAX_LINES: usize = 1_800;

/// From how many lines on a file is cut where a name chooses so.
const MIN_LINES: usize = 1_200;

/// One name in so many chooses a cut.
const CHOICE: u32 = 16;

/// How long a line of documentation is.
const LINE: usize = 90;

/// Cuts the files that are too long.
pub(super) fn cut(api: &mut Api, modules: Vec<ModelModule>) -> Vec<ModelModule> {
    let mut members: HashMap<ModuleId, Vec<(TypeId, usize)>> = HashMap::new();
    let mut types: Vec<(TypeId, &TypeDef)> = api
        .types
        .iter()
        .filter(|(_, def)| !def.usage.tags.is_empty())
        .collect();
    types.sort_by_key(|(_, def)| &def.ident);
    for (id, def) in types {
        members.entry(def.home).or_default().push((id, lines(def)));
    }
    let mut taken: HashSet<String> = modules.iter().map(|module| module.module.clone()).collect();
    let mut cut = Vec::new();
    for (index, module) in modules.into_iter().enumerate() {
        let members = members.remove(&ModuleId(index)).unwrap_or_default();
        let mut parts: Vec<Vec<TypeId>> = vec![Vec::new()];
        let mut length = 0;
        for (id, lines) in members {
            let is_chosen = length > MIN_LINES && chooses(&api.types.of(id).ident);
            if length > 0 && (is_chosen || length + lines > MAX_LINES) {
                parts.push(Vec::new());
                length = 0;
            }
            length += lines;
            if let Some(part) = parts.last_mut() {
                part.push(id);
            }
        }
        for (number, part) in parts.into_iter().enumerate() {
            let home = ModuleId(cut.len());
            for id in part {
                if let Some(def) = api.types.get_mut(id) {
                    def.home = home;
                }
            }
            cut.push(match number {
                0 => module.clone(),
                _ => module.part(number + 1, &mut taken),
            });
        }
    }
    cut
}

/// Whether a type's name chooses that a file begins with it.
fn chooses(ident: &super::model::RustIdent) -> bool {
    // FNV-1a, whose definition will not change as a library's might.
    let hash = ident.as_str().bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash >> 16) % CHOICE == 0
}

/// About how many lines a type takes; rather more than less.
fn lines(def: &TypeDef) -> usize {
    let words = |text: &Option<String>| match text {
        Some(text) => text.lines().map(|line| line.len() / LINE + 1).sum(),
        None => 0,
    };
    let field = |field: &Field| words(&field.description) + 2;
    let members: usize = match &def.shape {
        Shape::Struct(object) => object.fields.iter().map(field).sum(),
        Shape::Enum(of) => of
            .values
            .iter()
            .map(|value| words(&value.description) + 3)
            .sum(),
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|variant| words(&variant.description) + 3)
            .sum(),
        Shape::Alias(_) => 0,
    };
    members + words(&def.description) + 12
}
