//! The crates that are made of the documents: takes a document and a generator, gives its plan and the place of its crate.

use super::plan::Plan;
use super::suite::{Document, OpenApi, Specification};
use crate::targets::MISSING_PROGRAM;
use crate::targets::{Repo, Target, programs};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A crate made of a document.
#[derive(Debug)]
pub(super) struct Crate {
    /// The folder of its specification.
    pub(super) folder: String,
    /// The version of the API, where it has several.
    pub(super) api: Option<String>,
    /// The package.
    pub(super) package: String,
    /// Where it stands.
    pub(super) path: PathBuf,
    /// What it is.
    pub(super) plan: Plan,
    /// The document that it is made of.
    pub(super) document: Value,
}

impl Crate {
    /// Whether a type is a base alone: its schema has a discriminator that tells several apart, and the type is no union of them.
    pub(super) fn is_base(&self, ty: &str) -> bool {
        let ty = ty.strip_prefix("Vec<").unwrap_or(ty);
        let ty = ty.trim_end_matches('>');
        self.plan.of_type(ty).is_some_and(|ty| {
            let schema = self.document.pointer(&ty.pointer);
            let mapping = schema.and_then(|schema| schema["discriminator"]["mapping"].as_object());
            ty.kind == "struct" && mapping.is_some_and(|mapping| !mapping.is_empty())
        })
    }
}

/// Why there is no crate of a document.
#[derive(Debug)]
pub(super) struct Failure {
    /// The folder of its specification.
    pub(super) folder: String,
    /// What the generator said.
    pub(super) said: String,
}

/// Makes the crates of one version of OpenAPI below `target`.
///
/// # Errors
///
/// When the generator cannot be started, or prints what is not understood. A document that it refuses is a [`Failure`].
pub(super) fn make(
    repo: &Repo,
    generator: &Path,
    version: OpenApi,
    specifications: &[&Specification],
    target: &Path,
) -> anyhow::Result<(Vec<Crate>, Vec<Failure>)> {
    let mut crates = Vec::new();
    let mut failures = Vec::new();
    for specification in specifications {
        let documents = specification.documents.iter();
        for document in documents.filter(|document| document.version == version) {
            match make_one(repo, generator, specification, document, target)? {
                Ok(made) => crates.push(made),
                Err(said) => failures.push(Failure {
                    folder: specification.folder.clone(),
                    said,
                }),
            }
        }
    }
    Ok((crates, failures))
}

fn make_one(
    repo: &Repo,
    generator: &Path,
    specification: &Specification,
    document: &Document,
    target: &Path,
) -> anyhow::Result<Result<Crate, String>> {
    let package = package(
        document.version,
        &specification.folder,
        document.api.as_deref(),
    );
    let path = target.join(&package);
    let api = document.api.clone();
    let made = run(Command::new(generator)
        .arg("generate")
        .arg(&document.file)
        .arg("--out")
        .arg(&path)
        .args(["--name", &package, "--runtime"])
        .arg(format!("path={}", repo.path("runtime").display())))?;
    if let Err(said) = made {
        return Ok(Err(said));
    }
    let mut plan = match plan_of(generator, &document.file, &[])? {
        Ok(plan) => plan,
        Err(said) => return Ok(Err(said)),
    };
    let document = fs::read_to_string(&document.file)
        .map_err(anyhow::Error::from)
        .and_then(|text| Ok(serde_json::from_str(&text)?))
        .with_context(|| format!("cannot read {}", document.file.display()))?;
    // The plan was asked for without the name that the crate is given here.
    plan.package.library = package.replace('-', "_");
    Ok(Ok(Crate {
        folder: specification.folder.clone(),
        api,
        package,
        path,
        plan,
        document,
    }))
}

/// A crate of `generated/`, as the driver's calls need it.
///
/// # Errors
///
/// When the generator cannot be started, or refuses the document.
pub(super) fn committed(repo: &Repo, generator: &Path, target: &Target) -> anyhow::Result<Crate> {
    let (document, settings) = (repo.path(&target.document()), repo.path(&target.settings()));
    let words = [OsStr::new("--target"), settings.as_os_str()];
    let plan = plan_of(generator, &document, &words)?.map_err(|said| {
        let fix = "correct the document or its settings where it says";
        advised(format!("there is no plan of {}: {said}", target.name), fix)
    })?;
    Ok(Crate {
        folder: target.name.clone(),
        api: None,
        package: plan.package.package.clone(),
        path: repo.path(&target.krate()),
        plan,
        document: Value::Null,
    })
}

/// The plan that the generator prints of a document, or what it said when it refused it.
fn plan_of(
    generator: &Path,
    document: &Path,
    words: &[&OsStr],
) -> anyhow::Result<Result<Plan, String>> {
    let mut command = Command::new(generator);
    let printed = match run(command.arg("plan").arg(document).args(words))? {
        Ok(printed) => printed,
        Err(said) => return Ok(Err(said)),
    };
    let plan = serde_json::from_str(&printed).with_context(|| {
        format!(
            "cannot understand the plan that {} prints of {}",
            generator.display(),
            document.display()
        )
    })?;
    Ok(Ok(plan))
}

/// What a command prints, or what it said when it failed.
fn run(command: &mut Command) -> anyhow::Result<Result<String, String>> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", command.get_program().display()))
        .advise(MISSING_PROGRAM)?;
    Ok(match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr)
            .trim_end()
            .to_owned()),
    })
}

/// The package of a document.
fn package(version: OpenApi, folder: &str, api: Option<&str>) -> String {
    let words = [version.name(), folder].into_iter().chain(api);
    let words: Vec<String> = words
        .map(|word| word.to_lowercase().replace(['/', '.'], "-"))
        .collect();
    format!("spector-{}", words.join("-"))
}

/// Builds the generator of this repository, and tells where it is.
///
/// # Errors
///
/// When it cannot be built.
pub(super) fn build_generator(repo: &Repo) -> anyhow::Result<PathBuf> {
    let words = [
        "build",
        "--package",
        "sdk-generator",
        "--bin",
        "sdk-generator",
    ];
    let built = programs(repo, &words, "the generator cannot be built")?;
    let program = built.into_iter().map(|(_, program)| program).next();
    program.context("Cargo does not say where it put the generator")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_after_folders() {
        assert_eq!(
            package(OpenApi::V3_0, "payload/multipart", None),
            "spector-3-0-payload-multipart"
        );
        assert_eq!(
            package(OpenApi::V3_1, "versioning/madeOptional", Some("v1")),
            "spector-3-1-versioning-madeoptional-v1"
        );
    }
}
