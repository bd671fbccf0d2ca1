//! Where error answers hold what people want to read: takes the plan, gives the pointers and headers that look like it.

use super::found::of;
use crate::plan::Plan;
use crate::plan::model::{Encoding, Response, Shape, Type};
use indexmap::IndexSet;

/// Names of members that hold words for people, the better ones first.
const MESSAGES: [&str; 9] = [
    "message",
    "error_description",
    "errorMessage",
    "detail",
    "description",
    "text",
    "title",
    "reason",
    "error",
];

/// Names of members and headers that hold the id of a request.
const IDS: [&str; 9] = [
    "trackingId",
    "tracking_id",
    "requestId",
    "request_id",
    "correlationId",
    "correlation_id",
    "traceId",
    "trace_id",
    "errorId",
];

/// How deep is looked.
const DEPTH: usize = 3;

/// How many places are proposed.
const MOST: usize = 4;

/// Pointers to words for people.
pub(super) fn messages(plan: &Plan) -> Vec<String> {
    places(plan, &MESSAGES)
}

/// Pointers to ids.
pub(super) fn tracking_ids(plan: &Plan) -> Vec<String> {
    places(plan, &IDS)
}

/// Headers of refusals that hold ids.
pub(super) fn tracking_headers(plan: &Plan) -> Vec<String> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_'], "");
    let mut found = IndexSet::new();
    for header in refusals(plan).flat_map(|response| &response.headers) {
        let name = plain(&header.name);
        if IDS.iter().any(|id| name.ends_with(&plain(id))) {
            found.insert(header.name.clone());
        }
    }
    found.into_iter().take(MOST).collect()
}

fn refusals(plan: &Plan) -> impl Iterator<Item = &Response> {
    plan.api
        .operations
        .iter()
        .flat_map(|operation| operation.refusals())
}

/// Pointers to texts of these names in the bodies of refusals, the shorter ones first, then by the order of the names.
fn places(plan: &Plan, names: &[&str]) -> Vec<String> {
    let mut bodies = IndexSet::new();
    for response in refusals(plan) {
        if let Some(content) = &response.content
            && let Encoding::Json(ty) = &content.encoding
        {
            bodies.insert(ty);
        }
    }
    let mut found: IndexSet<(usize, usize, String)> = IndexSet::new();
    for body in bodies {
        find(plan, body, names, "", 0, &mut found);
    }
    found.sort();
    let pointers = found.into_iter().map(|(_, _, pointer)| pointer);
    pointers.take(MOST).collect()
}

fn find(
    plan: &Plan,
    ty: &Type,
    names: &[&str],
    pointer: &str,
    depth: usize,
    found: &mut IndexSet<(usize, usize, String)>,
) {
    if depth > DEPTH {
        return;
    }
    if let Type::Array(item) = plan.through_alias(ty) {
        return find(
            plan,
            item,
            names,
            &format!("{pointer}/0"),
            depth.saturating_add(1),
            found,
        );
    }
    let Some(def) = of(plan, ty) else { return };
    let Shape::Struct(object) = &def.shape else {
        return;
    };
    for field in &object.fields {
        let name = field.wire.as_str();
        let here = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        match plan.through_alias(&field.ty) {
            Type::String => {
                if let Some(rank) = names.iter().position(|known| *known == name)
                    && !field.secret
                {
                    found.insert((depth, rank, here));
                }
            }
            inner => find(plan, inner, names, &here, depth.saturating_add(1), found),
        }
    }
}
