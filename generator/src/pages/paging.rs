//! How lists come in pages: `src/paging.rs`, the calls of the macro that say which operations do so, and what documentation tells of it.

use super::rust::{TypePlace, constant, table_call, type_text};
use crate::plan::Plan;
use crate::plan::model::{Operation, OperationPaging, Shape, TagId};
use crate::plan::rust::rust_type;
use crate::target::{Advance, PagingStyle, Place};
use crate::tokens;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct PagingFile {
    /// Whether some style reads a place of its pages.
    places: bool,
    styles: Vec<StyleView>,
}

#[derive(Serialize)]
struct StyleView {
    docs: String,
    ident: String,
    value: String,
}

/// Every style.
pub(super) fn styles(plan: &Plan) -> PagingFile {
    let styles = plan.paging.iter().filter_map(|(name, style)| {
        let advance = style.advance()?;
        Some(StyleView {
            docs: format!("/// {}", about(advance)),
            ident: constant(name),
            value: value(style, advance),
        })
    });
    let reads = |style: &PagingStyle| {
        let total = style.total.is_some();
        total
            || !matches!(
                style.advance(),
                None | Some(Advance::Offset(_) | Advance::Page(_, None) | Advance::SearchAfter(_))
            )
    };
    PagingFile {
        places: plan.paging.values().any(reads),
        styles: styles.collect(),
    }
}

/// What a style is, in words of ours.
fn about(advance: Advance<'_>) -> &'static str {
    match advance {
        Advance::Offset(_) => "The next page is asked for by the number of items to skip.",
        Advance::Page(..) => "The next page is asked for by its number.",
        Advance::Cursor(..) => "The next page is asked for by a cursor that each page tells.",
        Advance::Link(_) => "The next page is at a URL that each page tells.",
        Advance::SearchAfter(_) => {
            "The next page is what comes after the last item, in an order in which no two items are the same."
        }
    }
}

/// A style as an expression.
fn value(style: &PagingStyle, advance: Advance<'_>) -> String {
    let text = tokens::string;
    let mut value = match advance {
        Advance::Offset(name) => format!("Paging::offset({})", text(name)),
        Advance::Page(name, pages) => {
            let pages =
                pages.map_or_else(|| "None".to_owned(), |at| format!("Some({})", place(at)));
            format!("Paging::page({}, {pages})", text(name))
        }
        Advance::Cursor(name, next) => {
            format!("Paging::cursor({}, {})", text(name), place(next))
        }
        Advance::Link(next) => format!("Paging::link({})", place(next)),
        Advance::SearchAfter(search) => format!(
            "Paging::search_after({}, {}, {})",
            text(&search.member),
            text(&search.sort),
            text(&search.unique)
        ),
    };
    let mut call = |method: &str, argument: Option<String>| {
        if let Some(argument) = argument {
            value.push_str(&format!(".{method}({argument})"));
        }
    };
    call("limit", style.limit.as_deref().map(text));
    call("total", style.total.as_ref().map(place));
    call("counts_when", style.count.as_deref().map(text));
    call(
        "items",
        style
            .items
            .as_ref()
            .map(|member| text(&format!("/{}", escape(member)))),
    );
    let first_only: Vec<String> = style.first_only.iter().map(|name| text(name)).collect();
    let has_some = !first_only.is_empty();
    call(
        "first_only",
        has_some.then(|| format!("&[{}]", first_only.join(", "))),
    );
    value
}

/// A member's name as a token of a JSON pointer (RFC 6901, section 3).
fn escape(member: &str) -> String {
    member.replace('~', "~0").replace('/', "~1")
}

fn place(place: &Place) -> String {
    match place {
        Place::Header(name) => format!("Place::Header({})", tokens::string(name)),
        Place::Body(pointer) => format!("Place::Body({})", tokens::string(pointer)),
    }
}

/// The calls that say which operations of a tag are paged, one for each style.
pub(super) fn calls(plan: &Plan, tag: TagId) -> Vec<String> {
    let mut by_style: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for (_, operation) in plan.operations_of(tag) {
        if let Some(paging) = &operation.paging {
            let entries = by_style.entry(&paging.style).or_default();
            entries.push(entry(plan, operation, paging));
        }
    }
    let calls = by_style.into_iter().map(|(style, entries)| {
        let head = format!("paged!(paging::{}", constant(style));
        table_call(&head, entries.into_iter(), ")")
    });
    calls.collect()
}

fn entry(plan: &Plan, operation: &Operation, paging: &OperationPaging) -> (String, String) {
    let item = type_text(plan, &rust_type(&paging.item), TypePlace::Crate);
    let mut how = String::new();
    if let Some(Shape::Struct(object)) = plan.shape_of(&paging.answer)
        && let Some(field) = paging.member.and_then(|place| object.fields.get(place))
    {
        how.push_str(&format!("in {}", field.ident));
    }
    if let Some(size) = paging.page_size {
        let gap = if how.is_empty() { "" } else { " " };
        how.push_str(&format!("{gap}by {size}"));
    }
    let head = format!("{}({item})", operation.request);
    match how.is_empty() {
        true => (format!("{head},"), String::new()),
        false => (head, format!("{how},")),
    }
}

/// What rustdoc and the page of a group tell of a paged operation.
pub(super) fn note(operation: &Operation) -> Option<String> {
    let paging = operation.paging.as_ref()?;
    let size = match paging.page_size {
        Some(size) => format!(", by {size} in a page unless the request says otherwise"),
        None => String::new(),
    };
    Some(format!(
        "The list comes in pages: `stream()` gives its items one by one{size}, `pages()` page by page with their headers, and `collect_all(most)` all of them."
    ))
}
