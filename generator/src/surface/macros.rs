//! Takes the runtime's macros in emitted files, gives the items that they declare: what operations give, which of them come in pages or
//! start jobs, and what can be filtered and ordered by.
//!
//! The macros that make types readable and writable (`record!`, `open_enum!`, …) declare nothing that callers name.

use super::items::{Items, Path};
use super::text::{bare, text};
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Ident, Token, Type, parenthesized};

/// Adds the items of a macro's call.
pub(super) fn add(items: &mut Items, module: &Path, call: &syn::Macro) {
    let name = call.path.segments.last().map(|last| last.ident.to_string());
    let Some((head, entries)) = split(call.tokens.clone()) else {
        return;
    };
    match name.as_deref() {
        Some("operations") => add_operations(items, module, &head, entries),
        Some("paged") => add_paged(items, module, &head, entries),
        Some("starts_job") => add_jobs(items, module, entries),
        Some("filter" | "sorters") => add_fields(items, module, head, entries),
        _ => {}
    }
}

/// What stands before the braces of a call, and the entries within, which commas divide.
fn split(tokens: TokenStream) -> Option<(Vec<TokenTree>, Vec<TokenStream>)> {
    let mut head: Vec<TokenTree> = tokens.into_iter().collect();
    let Some(TokenTree::Group(body)) = head.pop() else {
        return None;
    };
    let mut entries = vec![TokenStream::new()];
    for token in body.stream() {
        match (&token, entries.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => {
                entries.push(TokenStream::new());
            }
            (_, Some(entry)) => entry.extend([token]),
            (_, None) => {}
        }
    }
    entries.retain(|entry| !entry.is_empty());
    Some((head, entries))
}

/// `list_roles => ListRoles(Vec<Role>, ErrorBody)`: what an operation gives, and what it is refused with.
fn add_operations(
    items: &mut Items,
    module: &Path,
    group: &[TokenTree],
    entries: Vec<TokenStream>,
) {
    let parse = |input: syn::parse::ParseStream<'_>| {
        let method: Ident = input.parse()?;
        input.parse::<Token![=>]>()?;
        let operation: Ident = input.parse()?;
        let inner;
        parenthesized!(inner in input);
        let types = Punctuated::<Type, Token![,]>::parse_terminated(&inner)?;
        Ok((method, operation, types))
    };
    for entry in entries {
        let Ok((method, operation, types)) = parse.parse2(entry) else {
            continue;
        };
        let types: Vec<String> = types.iter().map(bare).collect();
        let [output, error] = types.as_slice() else {
            continue;
        };
        let of = module.child(&joined(group)).child(&method.to_string());
        let head = format!("gives {output}, is refused with {error}");
        items.add_part(&of, &module.child(&operation.to_string()), head, false);
    }
}

/// `ListRoles(Role) in data`: what the items of the pages are.
fn add_paged(items: &mut Items, module: &Path, style: &[TokenTree], entries: Vec<TokenStream>) {
    let style = joined(style);
    let style = style.rsplit("::").next().unwrap_or_default().to_owned();
    let parse = |input: syn::parse::ParseStream<'_>| {
        let operation: Ident = input.parse()?;
        let inner;
        parenthesized!(inner in input);
        let ty: Type = inner.parse()?;
        // How an answer holds its items is no matter of the caller's.
        input.parse::<TokenStream>()?;
        Ok((operation, ty))
    };
    for entry in entries {
        if let Ok((operation, ty)) = parse.parse2(entry) {
            let path = module.child(&operation.to_string());
            let head = format!("of {}, by {style}", bare(&ty));
            items.add_part(&path, &path.ability("pages"), head, false);
        }
    }
}

/// `StartReport => GetReportResult`: what a job gives at its end.
fn add_jobs(items: &mut Items, module: &Path, entries: Vec<TokenStream>) {
    let parse = |input: syn::parse::ParseStream<'_>| {
        let operation: Ident = input.parse()?;
        input.parse::<Token![=>]>()?;
        let status: Type = input.parse()?;
        Ok((operation, status))
    };
    for entry in entries {
        if let Ok((operation, status)) = parse.parse2(entry) {
            let path = module.child(&operation.to_string());
            let head = format!("for {}", bare(&status));
            items.add_part(&path, &path.ability("wait"), head, false);
        }
    }
}

/// `Roles::list_roles: ListRolesFilter(And, Or) { name: Text[Eq] = "name" }`: the names by which callers filter or order.
fn add_fields(items: &mut Items, module: &Path, head: Vec<TokenTree>, entries: Vec<TokenStream>) {
    let mut names = head.into_iter().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    let (Some(group), Some(method), Some(ty)) = (names.next(), names.next(), names.next()) else {
        return;
    };
    let (of, path) = (module.child(&group).child(&method), module.child(&ty));
    items.add_part(&of, &path, "names of fields".to_owned(), false);
    for entry in entries {
        let mut tokens = entry.into_iter();
        let Some(TokenTree::Ident(name)) = tokens.next() else {
            continue;
        };
        // The name on the wire, behind the equals sign, is no matter of the caller's.
        let is_equals =
            |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '=');
        let kind: TokenStream = tokens.take_while(|token| !is_equals(token)).collect();
        let head = match bare(&kind).strip_prefix(": ") {
            Some(kind) => kind.to_owned(),
            None => "field".to_owned(),
        };
        items.add_part(&path, &path.child(&name.to_string()), head, false);
    }
}

fn joined(tokens: &[TokenTree]) -> String {
    text(&tokens.iter().cloned().collect::<TokenStream>())
}
