//! The call of the macro that reads and writes an object: takes an object, gives its members as the macro names them.

use super::super::rust::macro_call;
use super::variants::closing;
use crate::plan::Plan;
use crate::plan::model::{Field, Presence, Struct, Type, TypeDef};
use crate::tokens;

/// The macro's call.
pub(super) fn record_call(plan: &Plan, object: &Struct, def: &TypeDef) -> String {
    let members = object.fields.iter().map(|field| member(plan, field, def));
    let rest = match (&object.flattened, &object.additional) {
        (Some(_), _) => Some(format!("..{} one_of", def.rest)),
        (None, Some(ty)) if holds_numbers(plan, ty) => Some(format!("..{} number", def.rest)),
        (None, Some(_)) => Some(format!("..{}", def.rest)),
        (None, None) => def.keeps_unknown().then(|| format!("..{}", def.rest)),
    };
    macro_call(
        &format!("record!({}", def.ident),
        &members.chain(rest).collect::<Vec<_>>(),
        closing(""),
    )
}

/// A member: its name in the struct, its name in JSON, and how it is read and written.
fn member(plan: &Plan, field: &Field, def: &TypeDef) -> String {
    // Null is a value of a member that is always there.
    let required = field.presence == Presence::Always || field.required;
    let how = match (def.only_receives(field), holds_numbers(plan, &field.ty)) {
        (false, false) => "",
        (false, true) => " number",
        (true, false) => " read_only",
        (true, true) => " read_only_number",
    };
    let required = if required { "required " } else { "" };
    let wire = tokens::string(field.wire.as_str());
    format!("{}: {required}{wire}{how}", field.ident)
}

/// Whether numbers stand in a value, which Rust and JSON write differently when they are whole.
pub(super) fn holds_numbers(plan: &Plan, ty: &Type) -> bool {
    match plan.through_alias(ty) {
        Type::Double => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Secret(inner) => {
            holds_numbers(plan, inner)
        }
        Type::Tuple(items) => {
            items.iter().any(|item| holds_numbers(plan, item))
                && items.iter().all(|item| is_exact(plan, item))
        }
        _ => false,
    }
}

/// Whether the runtime writes a value itself, and not the type's own code.
fn is_exact(plan: &Plan, ty: &Type) -> bool {
    match plan.through_alias(ty) {
        Type::Named(_) | Type::JsonPatchOperation | Type::Any | Type::Binary => false,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Secret(inner) => {
            is_exact(plan, inner)
        }
        Type::Tuple(items) => items.iter().all(|item| is_exact(plan, item)),
        _ => true,
    }
}
