//! The decisions about types and what they are made of.

use super::subject::shape;
use super::{Decision, Evidence, said};
use crate::plan::circles::way_back;
use crate::plan::model::{
    EnumValue, Field, Presence, RustIdent, Shape, Type, TypeDef, TypeId, Variant,
};
use crate::plan::reason::{BoxReason, ConstructorReason, Origin, PresenceReason, SecretReason};
use crate::plan::rust::{RustType, rust_type};
use crate::plan::{TypePlace, type_text};

/// Why a model is what it is.
pub(super) fn of_type(evidence: &Evidence<'_>, def: &TypeDef) -> Vec<Decision> {
    let what = match &def.shape {
        Shape::Alias(ty) => format!("another name for `{}`", text(evidence, ty)),
        other => shape(other).to_owned(),
    };
    let mut decisions = vec![Decision::new(what, &def.origin.reason)];
    decisions.push(name(&def.ident));
    match &def.shape {
        Shape::Struct(object) => {
            if let Some(reason) = ConstructorReason::of(def) {
                let what = match def.has_constructor {
                    true => "a constructor `new()`",
                    false => "no constructor",
                };
                decisions.push(Decision::new(what, reason));
            }
            if object.additional.is_some() {
                decisions.push(Decision::new(
                    format!("a field `{}` for other properties", def.rest),
                    "the schema allows properties beyond those that it names",
                ));
            }
            if def.keeps_unknown() {
                decisions.push(Decision::new(
                    format!("a field `{}` for members that are not named", def.rest),
                    "the object is answered and sent, so that what a service adds to it must come back to it",
                ));
            }
            if let Some(union) = &object.flattened {
                decisions.push(Decision::new(
                    format!("a field `{}` of `{}`", def.rest, text(evidence, &union.ty)),
                    "a union stands in the object, and the properties of its members beside the object's own",
                ));
            }
        }
        Shape::Enum(_) => decisions.push(Decision::new(
            format!("a variant `{}` for other values", def.rest),
            "a service may add values, and one that is not known yet must not cost callers the whole answer",
        )),
        Shape::Union(union) => decisions.push(match &union.tag {
            Some(tag) => Decision::new(
                format!("variants are distinguished by the property `{tag}`"),
                "the values of the property belong to one variant each",
            ),
            None => Decision::new(
                "variants are distinguished by what they look like",
                "no property has values that belong to one variant each",
            ),
        }),
        Shape::Alias(_) => {}
    }
    decisions.extend(null(&def.origin));
    decisions.extend(home(evidence, def));
    decisions
}

/// Why a field is what it is.
pub(super) fn of_field(
    evidence: &Evidence<'_>,
    owner: TypeId,
    def: &TypeDef,
    field: &Field,
) -> Vec<Decision> {
    let mut decisions = vec![of_ty(evidence, &field.ty, &field.origin)];
    decisions.extend(boxed(evidence, owner, &field.ty, field.boxed));
    if let Some(reason) = SecretReason::of(field, def, evidence.target) {
        decisions.push(Decision::new("`Secret<…>`", reason));
    }
    if hides(&field.ty) {
        decisions.push(Decision::new("`Secret<…>` within", SecretReason::Password));
    }
    decisions.extend(null(&field.origin));
    let what = match field.presence {
        Presence::Always => "always there",
        Presence::Optional => "`Option<…>`",
        Presence::Nullable => "`Nullable<…>`",
    };
    let reason = PresenceReason::of(field, &def.usage);
    decisions.push(Decision::new(what, reason));
    decisions.push(name(&field.ident));
    decisions.extend(home(evidence, def));
    decisions
}

/// Why a variant of an enum is what it is.
pub(super) fn of_value(evidence: &Evidence<'_>, def: &TypeDef, value: &EnumValue) -> Vec<Decision> {
    let mut decisions = vec![
        Decision::new(
            "a variant",
            format!(
                "{} is one of the values of `enum`",
                said::words(&value.value)
            ),
        ),
        name(&value.ident),
    ];
    decisions.extend(home(evidence, def));
    decisions
}

/// Why a variant of a union is what it is.
pub(super) fn of_variant(
    evidence: &Evidence<'_>,
    owner: TypeId,
    def: &TypeDef,
    variant: &Variant,
) -> Vec<Decision> {
    let mut decisions = vec![of_ty(evidence, &variant.ty, &variant.origin)];
    decisions.extend(boxed(evidence, owner, &variant.ty, variant.boxed));
    if let (Shape::Union(union), false) = (&def.shape, variant.tags.is_empty())
        && let Some(tag) = &union.tag
    {
        decisions.push(Decision::new(
            format!("it stands for {}", variant.tags.join(", ")),
            format!("the property `{tag}` tells the variants apart, and these are its values here"),
        ));
    }
    decisions.push(name(&variant.ident));
    decisions.extend(home(evidence, def));
    decisions
}

/// Why something is called as it is.
pub(super) fn name(ident: &RustIdent) -> Decision {
    Decision::new(format!("called `{ident}`"), ident.reasons())
}

/// Why something is of its type; where that is a model, with the place that the model comes from.
pub(super) fn of_ty(evidence: &Evidence<'_>, ty: &Type, origin: &Origin) -> Decision {
    let decision = Decision::new(format!("type `{}`", text(evidence, ty)), &origin.reason);
    match ty.named().first() {
        Some(id) => decision.at_place(&evidence.plan.ty(*id).pointer),
        None => decision,
    }
}

/// Whether values within a value of this type are never printed.
fn hides(ty: &Type) -> bool {
    let mut found = false;
    rust_type(ty).each(&mut |ty| found |= matches!(ty, RustType::Secret(_)));
    found
}

/// Why null is one of the values, where it is.
fn null(origin: &Origin) -> Option<Decision> {
    let reason = origin.null.as_ref()?;
    Some(Decision::new("may be null", reason))
}

fn text(evidence: &Evidence<'_>, ty: &Type) -> String {
    type_text(evidence.plan, &rust_type(ty), TypePlace::Models)
}

/// Why a value stands behind a box, with the circle that it closes.
fn boxed(
    evidence: &Evidence<'_>,
    owner: TypeId,
    ty: &Type,
    reason: Option<BoxReason>,
) -> Option<Decision> {
    let reason = reason?;
    let way = match reason {
        BoxReason::Circle => way_back(&evidence.plan.api.types, ty, owner),
        BoxReason::Large => None,
    };
    let ident = |id: &TypeId| format!("`{}`", evidence.plan.ty(*id).ident);
    Some(match way {
        Some(way) => {
            let circle: Vec<String> = [owner].iter().chain(&way).map(ident).collect();
            Decision::new("`Box<…>`", format!("{reason}: {}", circle.join(" → ")))
        }
        None => Decision::new("`Box<…>`", reason),
    })
}

/// Why a type, and with it what it is made of, stands in its file.
fn home(evidence: &Evidence<'_>, def: &TypeDef) -> Option<Decision> {
    let file = evidence.plan.home_of(def)?;
    Some(Decision::new(
        format!("in `{file}`"),
        evidence.plan.home_reason(def),
    ))
}
