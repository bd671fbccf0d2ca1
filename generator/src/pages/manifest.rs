//! `Cargo.toml` of the emitted crate.

use crate::plan::{Plan, RuntimeSource};
use crate::prose;
use crate::target::Publish;
use crate::tokens;
use serde::Serialize;

/// The version of the runtime that this generator writes for.
const RUNTIME_VERSION: &str = "0.1.0";

#[derive(Serialize)]
pub(super) struct Manifest {
    name: String,
    /// The same, as a key.
    package: String,
    version: String,
    description: String,
    keywords: Vec<String>,
    categories: Vec<String>,
    license: Option<String>,
    license_file: Option<String>,
    authors: Vec<String>,
    repository: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    /// `false`, or a list of registries.
    publish: Option<String>,
    /// The inside of the runtime's dependency table.
    runtime: String,
    /// Whether some operation answers with a page of a list, whose place examples store as JSON.
    paging: bool,
    features: Vec<String>,
    examples: Vec<Example>,
}

#[derive(Serialize)]
struct Example {
    name: String,
    path: String,
}

/// The manifest.
pub(super) fn manifest(plan: &Plan) -> Manifest {
    let package = &plan.package;
    let settings = &package.settings;
    let string = |text: &Option<String>| text.as_deref().map(tokens::toml_string);
    let strings = |list: &[String]| -> Vec<String> {
        list.iter().map(|text| tokens::toml_string(text)).collect()
    };
    let description = settings
        .description
        .clone()
        .unwrap_or_else(|| format!("A client for {}", plan.api.title));
    Manifest {
        name: tokens::toml_string(&plan.name.package),
        package: plan.name.package.clone(),
        version: tokens::toml_string(&package.version),
        // Cargo hands it to the compiler in a variable of the environment, which some control characters cannot be in.
        description: tokens::toml_string(&prose::plain_line(&description)),
        keywords: strings(&settings.keywords),
        categories: strings(&settings.categories),
        license: string(&settings.license),
        license_file: string(&settings.license_file),
        authors: strings(&settings.authors),
        repository: string(&settings.repository),
        homepage: string(&settings.homepage),
        documentation: string(&settings.documentation),
        publish: settings.publish.as_ref().map(|publish| match publish {
            Publish::Anywhere(anywhere) => anywhere.to_string(),
            Publish::To(registries) => format!("[{}]", strings(registries).join(", ")),
        }),
        runtime: match &package.runtime {
            RuntimeSource::Vendored => {
                format!(
                    "package = {}, path = \"runtime\", version = \"{RUNTIME_VERSION}\"",
                    tokens::toml_string(&plan.vendored_runtime())
                )
            }
            RuntimeSource::Path(path) => {
                format!(
                    "path = {}, version = \"{RUNTIME_VERSION}\"",
                    tokens::toml_string(path)
                )
            }
            RuntimeSource::Version(version) => {
                format!("version = {}", tokens::toml_string(version))
            }
        },
        paging: plan
            .operations()
            .any(|(_, operation)| operation.paging.is_some()),
        features: plan.tags().map(|(_, tag)| tag.feature.clone()).collect(),
        examples: package
            .examples
            .iter()
            .map(|name| Example {
                name: tokens::toml_string(name),
                path: tokens::toml_string(&format!("examples/{name}.rs")),
            })
            .collect(),
    }
}
