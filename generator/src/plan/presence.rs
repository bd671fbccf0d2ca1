//! How properties may be missing, and which types have a constructor: both follow from what is required, what may be null, and
//! whether callers make the type.

use super::model::{Field, Presence, Shape, Struct, Types};
use super::reason::PresenceReason;

/// Fills in [`Field::presence`] and `has_constructor` of every type.
pub(super) fn decide(types: &mut Types) {
    for (_, def) in types.iter_mut() {
        let sent = def.usage.request;
        if let Shape::Struct(object) = &mut def.shape {
            for field in &mut object.fields {
                field.presence = PresenceReason::of(field, sent).presence();
            }
            def.has_constructor = sent && has_constructor(object);
        }
    }
}

/// Callers of a type's constructor give what is required; it takes the rest from the default. Where all of it is required, or
/// none, the struct itself says as much.
fn has_constructor(object: &Struct) -> bool {
    let required = |field: &Field| field.presence == Presence::Always;
    (object.flattened.is_some() || object.fields.iter().any(required))
        && (object.additional.is_some() || !object.fields.iter().all(required))
}
