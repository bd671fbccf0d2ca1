//! Aliases that lead back to themselves without an object, an enum or a union in between: Rust cannot write such a type.

use super::Planning;
use crate::diagnostics::{Code, Diagnostic};
use crate::plan::model::{Shape, Type, TypeDef, TypeId, Types};
use std::collections::HashSet;

impl Planning<'_> {
    /// Makes every alias that leads back to itself one of any JSON value.
    pub(super) fn break_alias_circles(&mut self) {
        let ids: Vec<TypeId> = self.types.iter().map(|(id, _)| id).collect();
        for id in ids {
            if !leads_to_itself(&self.types, id) {
                continue;
            }
            let Some(def) = self.types.get_mut(id) else {
                continue;
            };
            def.shape = Shape::Alias(Type::Any);
            let (name, pointer) = (def.name.clone(), def.pointer.clone());
            self.report(recursive_alias(&name, pointer));
        }
    }
}

/// The diagnostic for a type that holds itself with nothing in between that could have a name.
pub(super) fn recursive_alias(name: &str, pointer: crate::pointer::JsonPointer) -> Diagnostic {
    Diagnostic::warning(
        Code::RecursiveAlias,
        pointer,
        format!("`{name}` contains itself without an object in between; the inner values become any JSON value."),
    )
    .help("Put an object with a property for the inner values in between.")
}

fn leads_to_itself(types: &Types, start: TypeId) -> bool {
    let aliased = |id: TypeId| match types.get(id) {
        Some(TypeDef {
            shape: Shape::Alias(ty),
            ..
        }) => ty.named(),
        _ => Vec::new(),
    };
    let mut seen = HashSet::new();
    let mut open = aliased(start);
    while let Some(id) = open.pop() {
        if id == start {
            return true;
        }
        if seen.insert(id) {
            open.extend(aliased(id));
        }
    }
    false
}
