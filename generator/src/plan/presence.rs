//! How properties may be missing, and which types have a constructor: both follow from what is required, what may be null, and
//! how the type is used.

use super::model::{Field, Presence, Shape, Struct, Types};
use super::reason::PresenceReason;

/// Fills in [`Field::presence`] and `has_constructor` of every type.
pub(super) fn decide(types: &mut Types) {
    for (_, def) in types.iter_mut() {
        let sent = def.usage.request;
        let (usage, keeps_unknown) = (def.usage.clone(), def.keeps_unknown());
        if let Shape::Struct(object) = &mut def.shape {
            for field in &mut object.fields {
                field.presence = PresenceReason::of(field, &usage).presence();
            }
            def.has_constructor = sent && has_constructor(object, keeps_unknown);
        }
    }
}

/// Callers of a type's constructor give what is required; it takes the rest from the default. Where all of it is required, or
/// none, the struct itself says as much.
fn has_constructor(object: &Struct, keeps_unknown: bool) -> bool {
    let required = |field: &Field| field.presence == Presence::Always;
    (object.flattened.is_some() || object.fields.iter().any(required))
        && (object.additional.is_some() || keeps_unknown || !object.fields.iter().all(required))
}
