//! Takes the plan's nodes, fills in every Rust name. The only place that makes identifiers.
//!
//! Names follow from the item's own name and its place alone. Where two items want the same name, the one whose
//! wire name already is the identifier keeps it, then the one that stands first in the document; so one more item does not
//! rename the others.

mod case;
mod filters;
mod headers;
mod ident;
mod operations;
mod reserved;
mod schemes;
mod spell;
mod types;
mod word;

pub use ident::RustIdent;
pub use reserved::RESERVED_FEATURES;
pub(super) use schemes::name_schemes;

use crate::plan::model::{Api, ErrorSet, Type, TypeId};
use crate::target::Target;
use case::Cases;
use ident::{NameKind, Scope};

/// What the crate itself is called.
#[derive(Clone, Debug)]
pub struct CrateName {
    /// The package, as in Cargo.toml.
    pub package: String,
    /// The library, as in `use`.
    pub library: String,
}

/// Names everything; gives the name of the crate.
pub(super) fn name(api: &mut Api, target: &Target, package: Option<&str>) -> CrateName {
    let cases = Cases::new(&target.names.acronyms);
    let package = package
        .map(str::to_owned)
        .or_else(|| target.package.name.clone())
        .unwrap_or_else(|| package_name(&cases, &api.title));
    operations::name_tags(&mut api.tags, target, &cases);
    let (tags, operations, types) = (&api.tags, &mut api.operations, &mut api.types);
    rayon::join(
        || operations::name_operations(operations, tags, target, &cases),
        || types::name_types(types, target, &cases),
    );
    name_error_sets(api);
    headers::name_header_sets(api, &cases);
    filters::name_operator_sets(api);
    CrateName {
        library: package.replace('-', "_"),
        package,
    }
}

/// The shared set is `ErrorBody`. A further one is called after the type of all its bodies, where several operations have it, and else after
/// its operation.
fn name_error_sets(api: &mut Api) {
    let mut scope = Scope::default();
    let operations = &api.operations;
    for (index, set) in api.error_sets.iter_mut().enumerate() {
        let owner = set.owner.and_then(|owner| operations.get(owner.0));
        let users = operations.iter().filter(|one| one.errors.0 == index);
        let common = only_type(set).filter(|_| users.count() > 1);
        let prefix = match (owner, common.and_then(|id| api.types.get(id))) {
            (None, _) => "",
            (Some(_), Some(def)) => def.ident.word(),
            (Some(operation), None) => operation.request.word(),
        };
        set.ident = scope.claim(&format!("{prefix}ErrorBody"), NameKind::Type, "ErrorBody");
    }
}

/// The type that all bodies of a set are.
fn only_type(set: &ErrorSet) -> Option<TypeId> {
    let mut types = set.answers.values().map(|body| match body.ty() {
        Some(Type::Named(id)) => Some(*id),
        _ => None,
    });
    let first = types.next()??;
    types.all(|other| other == Some(first)).then_some(first)
}

/// Whether some name is not ASCII, which the compiler has lints about.
pub(super) fn has_other_scripts(api: &Api) -> bool {
    let types = api
        .types
        .iter()
        .filter(|(_, def)| !def.joined)
        .flat_map(|(_, def)| def.member_idents().chain([&def.ident]));
    let tags = api.tags.iter().map(|tag| &tag.api);
    let operations = api.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter();
        parameters
            .map(|parameter| &parameter.ident)
            .chain([&operation.ident])
            .chain(
                operation
                    .expressions()
                    .flat_map(|(_, one)| one.field_idents()),
            )
    });
    types
        .chain(tags)
        .chain(operations)
        .any(|ident| !ident.as_str().is_ascii())
}

/// How long a crate name made from a title is; crates.io takes 64.
const MAX_PACKAGE: usize = 48;

/// A crate name from a title: ASCII letters, digits and hyphens, beginning with a letter (Cargo's rule).
fn package_name(cases: &Cases, title: &str) -> String {
    let kebab: String = cases
        .kebab(title)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let kebab: String = kebab.trim_matches('-').chars().take(MAX_PACKAGE).collect();
    let kebab = kebab.trim_end_matches('-');
    match kebab.chars().next() {
        None => "api-client".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("api-{kebab}"),
        Some(_) if !ident::is_plain(kebab) && !kebab.contains('-') => {
            format!("{kebab}-client")
        }
        Some(_) => kebab.to_owned(),
    }
}
