//! Which operations answer with a page of a list, and how their API goes on: takes the styles of the target file and the operations,
//! says of each operation that has all a style's parameters and answers with a list that it is paged so.

use super::lists::{answer, item_of};
use super::model::{Api, Location, Operation, OperationPaging, Type, Types};
use crate::target::{Advance, PagingStyle, Target};

/// Decides for every operation. Where several styles fit, one that names the operation is taken, else the one that names most
/// of its parameters.
pub(super) fn decide(api: &mut Api, target: &Target) {
    for operation in &mut api.operations {
        let styles = target.paging.styles.iter();
        let fitting = styles.filter_map(|(name, style)| {
            let paging = fit(&api.types, operation, name, style)?;
            let is_named = style.operations.contains(&operation.id);
            Some(((is_named, style.parameters().count()), paging))
        });
        // Of two that fit as well, the first by name.
        let best = fitting.reduce(|best, other| if other.0 > best.0 { other } else { best });
        operation.paging = best.map(|(_, paging)| paging);
    }
}

/// The member of an answer that holds the items of a page: the one of this name, or with `*` its only list. Gives its place, and
/// what the list is of.
fn items_in<'t>(types: &'t Types, answer: &Type, name: &str) -> Option<(usize, &'t Type)> {
    let fields = types.struct_of(answer)?.fields.iter().enumerate();
    let mut lists = fields.filter_map(|(place, field)| {
        let is_meant = name == "*" || field.wire.as_str() == name;
        let item = item_of(types, &field.ty).filter(|_| is_meant && field.boxed.is_none())?;
        Some((place, item))
    });
    let found = lists.next()?;
    lists.next().is_none().then_some(found)
}

/// How an operation is paged in a style, if it has all that the style names.
fn fit(
    types: &Types,
    operation: &Operation,
    name: &str,
    style: &PagingStyle,
) -> Option<OperationPaging> {
    let is_meant = style.operations.is_empty() || style.operations.contains(&operation.id);
    let has = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|one| one.location == Location::Query && one.wire.as_str() == name)
    };
    if !is_meant || !style.parameters().all(has) {
        return None;
    }
    match style.advance()? {
        Advance::SearchAfter(search) => {
            let body = operation.body.as_ref()?.content.encoding.json()?;
            let fields = &types.struct_of(body)?.fields;
            let has = |name: &str| fields.iter().any(|field| field.wire.as_str() == name);
            if !has(&search.member) || !has(&search.sort) {
                return None;
            }
        }
        // Only a style that names its operations may be for some that have no parameter of it.
        Advance::Link(_) if style.operations.is_empty() && style.limit.is_none() => return None,
        _ => {}
    }
    let answer = answer(operation)?;
    let (item, member) = match &style.items {
        None => (item_of(types, answer)?, None),
        Some(name) => {
            let (place, item) = items_in(types, answer, name)?;
            (item, Some(place))
        }
    };
    let limit = style.limit.as_deref();
    let mut parameters = operation.parameters.iter();
    let limit = parameters.find(|one| limit == Some(one.wire.as_str()));
    Some(OperationPaging {
        style: name.to_owned(),
        item: item.clone(),
        answer: answer.clone(),
        member,
        page_size: limit.and_then(|limit| style.page_size.or(limit.most)),
    })
}
