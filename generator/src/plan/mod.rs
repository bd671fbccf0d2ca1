//! Takes the facts of a document and the target's settings, gives the crate that will be emitted: every decision, before anything is
//! printed.
//!
//! The plan is made in passes, each of which fills in what its module says: `planning` makes types (`shape`) and operations (`wire`)
//! from the facts, `names` gives every item its Rust name, `mentions` puts these into texts, `presence` decides how properties may be
//! missing, `homes` puts types into files, `client` decides how the client signs in, `credentials` what each operation is called with.
//! Pages only lay out what stands here. Nodes refer to each other by ids, which index the lists of one plan.

mod access;
mod aliases;
pub mod call;
pub(crate) mod circles;
mod client;
mod common_name;
mod credentials;
mod dedupe;
mod errors;
mod forms;
mod gates;
mod homes;
mod inputs;
mod jobs;
pub mod json;
mod layout;
mod lists;
mod mentions;
pub mod mock;
pub mod model;
pub mod names;
mod paging;
mod parts;
mod paths;
mod planning;
mod presence;
pub mod reason;
mod repeats;
pub mod rust;
mod secrets;
mod settings;
mod shape;
mod titles;
mod type_text;
mod usage;
pub mod values;
mod wire;

pub(crate) use client::choose_scheme;
pub use client::{Auth, ClientPlan, EnvVariable, ServerVariablePlan};
pub use credentials::SchemePlan;
pub use gates::Gate;
pub use homes::ModelModule;
pub(crate) use homes::SHARED;
pub use inputs::Input;
pub use jobs::JobPlan;
pub(crate) use type_text::{TypePlace, error_text, type_text};

#[cfg(test)]
mod tests;

use crate::diagnostics::Diagnostics;
use crate::facts;
use crate::target::{self, FrontMatter, PagingStyle, Target, TargetFault};
use model::{Api, Operation, OperationId, Shape, Tag, TagId, Type, TypeDef, TypeId};
use names::CrateName;
use planning::{Planning, text};
use std::collections::BTreeMap;

/// How the emitted crate gets at the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// A copy in the crate's folder `runtime/`.
    Vendored,
    /// A folder, as Cargo.toml names it: relative to the crate, or absolute.
    Path(String),
    /// A published version.
    Version(String),
}

/// What Cargo.toml says of the crate.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its version.
    pub version: String,
    /// What a target file says of it, for readers and for the registry.
    pub settings: target::Package,
    /// Hand-written programs in `examples/`, without `.rs`.
    pub examples: Vec<String>,
    /// How the crate gets at the runtime.
    pub runtime: RuntimeSource,
}

/// The crate that will be emitted.
#[derive(Debug)]
pub struct Plan {
    /// What the crate is called.
    pub name: CrateName,
    /// What its manifest says.
    pub package: Package,
    /// How its client reaches the service and signs in.
    pub client: ClientPlan,
    /// The operations and types.
    pub api: Api,
    /// What a server that plays the API has to know.
    pub mock: mock::Described,
    /// The files of models.
    pub modules: Vec<ModelModule>,
    /// Front matter of documentation pages, for a portal.
    pub front_matter: Option<FrontMatter>,
    /// The operations that the README shows; none where the rules choose.
    pub readme: Vec<OperationId>,
    /// How lists come in pages, by the names of the styles.
    pub paging: BTreeMap<String, PagingStyle>,
    /// The kinds of job that can be waited for.
    pub jobs: Vec<JobPlan>,
    /// What the levels of users are called in documentation, where operations name any.
    pub levels: Option<String>,
}

/// What is asked for of the crate, beside the document.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The settings.
    pub target: &'a Target,
    /// The crate's name, if not the target's.
    pub name: Option<&'a str>,
    /// How the crate gets at the runtime.
    pub runtime: &'a RuntimeSource,
}

/// Decides everything about the crate.
///
/// # Errors
///
/// When settings apply to nothing; all of them are told.
pub fn plan(
    facts: facts::Document,
    wish: &Wish<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Plan, Vec<TargetFault>> {
    let Wish {
        target,
        name,
        runtime,
    } = *wish;
    // What a mock has to know is made of the facts alone.
    let (mut api, mock) = rayon::join(
        || planning::plan_api(&facts, target, diagnostics),
        || mock::describe(&facts),
    );
    let extensions = settings::operation_extensions(&facts);
    // They are larger than what is made of them, and nothing asks for them again.
    rayon::spawn(move || drop(facts));
    target::check(target, &settings::known(&api, &extensions, target))?;
    let name = names::name(&mut api, target, name);
    mentions::name_methods(&mut api);
    presence::decide(&mut api.types);
    let modules = homes::arrange(&mut api);
    let modules = parts::cut(&mut api, modules);
    values::impossible::tell(&api, diagnostics);
    let jobs = jobs::decide(&mut api, target);
    let client = client::decide(&mut api, target, &name.library, diagnostics);
    let shown = target.docs.readme.iter();
    let is = |id: &String| {
        api.operations
            .iter()
            .position(|operation| operation.id == *id)
    };
    let readme = shown.filter_map(is).map(OperationId).collect();
    Ok(Plan {
        mock,
        package: package(target, runtime),
        name,
        client,
        api,
        modules,
        front_matter: target.docs.front_matter.clone(),
        readme,
        paging: target.paging.styles.clone(),
        jobs,
        levels: target
            .docs
            .levels
            .as_ref()
            .map(|levels| levels.heading.clone()),
    })
}

/// What Cargo.toml says of the crate.
fn package(target: &Target, runtime: &RuntimeSource) -> Package {
    let settings = target.package.clone();
    let examples = target.examples.files.iter();
    let version = settings.version.clone();
    Package {
        version: version.unwrap_or_else(|| "0.1.0".to_owned()),
        settings,
        examples: examples
            .filter_map(|file| Some(file.strip_suffix(".rs")?.to_owned()))
            .collect(),
        runtime: runtime.clone(),
    }
}

impl Plan {
    /// The package that a copy of the runtime is: of the crate's own name, since Cargo takes no two packages of one name and version
    /// from two folders.
    pub fn vendored_runtime(&self) -> String {
        format!("{}-runtime", self.name.package)
    }

    /// The tags with their ids.
    pub fn tags(&self) -> impl Iterator<Item = (TagId, &Tag)> {
        let tags = self.api.tags.iter().enumerate();
        tags.map(|(index, tag)| (TagId(index), tag))
    }

    /// A tag.
    pub fn tag(&self, id: TagId) -> &Tag {
        &self.api[id]
    }

    /// The operations with their ids.
    pub fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        let operations = self.api.operations.iter().enumerate();
        operations.map(|(index, operation)| (OperationId(index), operation))
    }

    /// The operations of a tag.
    pub fn operations_of(&self, tag: TagId) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations()
            .filter(move |(_, operation)| operation.tag == tag)
    }

    /// A named type.
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        self.api.types.of(id)
    }

    /// The named types that some operation reaches, by name.
    pub fn reached_types(&self) -> Vec<(TypeId, &TypeDef)> {
        let types = self.api.types.iter();
        let mut types: Vec<_> = types
            .filter(|(_, def)| !def.usage.tags.is_empty())
            .collect();
        types.sort_by_key(|(_, def)| &def.ident);
        types
    }

    /// The type behind names that are only other names for it.
    pub fn through_alias<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.api.types.through_alias(ty)
    }

    /// What a type looks like, where it has a name of its own.
    pub fn shape_of<'t>(&'t self, ty: &'t Type) -> Option<&'t Shape> {
        match self.through_alias(ty) {
            Type::Named(id) => Some(&self.ty(*id).shape),
            _ => None,
        }
    }

    /// Whether some name is not ASCII, which the compiler has lints about.
    pub fn has_other_scripts(&self) -> bool {
        let mut schemes = self.client.schemes.iter();
        names::has_other_scripts(&self.api)
            || schemes.any(|scheme| !scheme.ident.as_str().is_ascii())
    }
}
