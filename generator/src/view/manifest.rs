//! `Cargo.toml` of the emitted crate.

use super::{Context, RuntimeSource};
use crate::tokens;
use serde::Serialize;

/// The version of the runtime that this generator writes for.
const RUNTIME_VERSION: &str = "0.1.0";

#[derive(Serialize)]
pub(super) struct Manifest {
    name: String,
    version: String,
    description: String,
    keywords: Vec<String>,
    categories: Vec<String>,
    /// The inside of the runtime's dependency table.
    runtime: String,
    features: Vec<String>,
    examples: Vec<Example>,
}

#[derive(Serialize)]
struct Example {
    name: String,
    path: String,
}

/// The manifest.
pub(super) fn manifest(context: &Context<'_>) -> Manifest {
    let package = &context.target.package;
    let strings = |list: &[String]| list.iter().map(|text| tokens::toml_string(text)).collect();
    let description = package
        .description
        .clone()
        .unwrap_or_else(|| format!("A client for {}", context.api.title));
    Manifest {
        name: tokens::toml_string(&context.names.package),
        version: tokens::toml_string(package.version.as_deref().unwrap_or("0.1.0")),
        description: tokens::toml_string(
            &description.split_whitespace().collect::<Vec<_>>().join(" "),
        ),
        keywords: strings(&package.keywords),
        categories: strings(&package.categories),
        runtime: match context.runtime {
            RuntimeSource::Vendored => {
                format!("path = \"runtime\", version = \"{RUNTIME_VERSION}\"")
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
        features: context
            .tags()
            .map(|(_, _, names)| names.feature.clone())
            .collect(),
        examples: context
            .target
            .examples
            .files
            .iter()
            .filter_map(|file| {
                let name = file.strip_suffix(".rs")?;
                Some(Example {
                    name: tokens::toml_string(name),
                    path: tokens::toml_string(&format!("examples/{file}")),
                })
            })
            .collect(),
    }
}
