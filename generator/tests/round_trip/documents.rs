//! The documents: every fixture and every committed one, with what is planned and emitted from it.

use crate::common::{job, shipped};
use sdk_generator::facts::{Document, SchemaId};
use sdk_generator::files::FileSet;
use sdk_generator::generate::generate;
use sdk_generator::pipeline;
use sdk_generator::plan::model::{Shape, Type, TypeDef, TypeId};
use sdk_generator::plan::{Plan, Wish};
use sdk_generator::target::Target;
use std::path::{Path, PathBuf};

/// A document and its crate.
pub(crate) struct Subject {
    /// The crate's name in Rust.
    pub(crate) library: String,
    pub(crate) package: String,
    pub(crate) facts: Document,
    pub(crate) plan: Plan,
    pub(crate) files: FileSet,
}

/// A type of a crate, and the schema that it was made of.
pub(crate) struct Model<'p> {
    pub(crate) def: &'p TypeDef,
    pub(crate) schema: SchemaId,
}

/// All of them, by name.
pub(crate) fn all() -> Vec<Subject> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders: Vec<PathBuf> = Vec::new();
    for root in [fixtures, shipped()] {
        for entry in std::fs::read_dir(&root).expect("the documents") {
            folders.push(entry.expect("an entry").path());
        }
    }
    folders.retain(|folder| folder.join("openapi.yaml").exists());
    folders.sort();
    let own = folders.iter().map(|folder| {
        let name = folder.file_name().expect("a name").to_string_lossy();
        subject(
            &name,
            &folder.join("openapi.yaml"),
            &folder.join("target.toml"),
        )
    });
    own.chain(others()).collect()
}

/// Further documents, of whoever runs this: `FURTHER_DOCUMENTS="one.yaml=settings.toml two.yaml"`.
const FURTHER: &str = "FURTHER_DOCUMENTS";

fn others() -> impl Iterator<Item = Subject> {
    let others = std::env::var(FURTHER).unwrap_or_default();
    let others: Vec<String> = others.split_whitespace().map(str::to_owned).collect();
    others.into_iter().enumerate().map(|(index, other)| {
        let (document, target) = other.split_once('=').unwrap_or((&other, ""));
        subject(
            &format!("other-{index}"),
            Path::new(document),
            Path::new(target),
        )
    })
}

fn subject(name: &str, document: &Path, target: &Path) -> Subject {
    let mut job = job(document);
    if target.exists() {
        job.target = Target::read(target).unwrap_or_else(|error| panic!("{error}"));
        job.target.examples.files.clear();
    }
    job.name = Some(format!("trip-{name}"));
    let read = || pipeline::load(&job.document, &[]).read();
    let wish = Wish {
        target: &job.target,
        name: job.name.as_deref(),
        runtime: &job.runtime,
    };
    let plan = read()
        .plan(&wish)
        .unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
    let plan = plan.value.expect("a plan");
    let outcome = generate(&job).unwrap_or_else(|error| panic!("{name}: {error}"));
    Subject {
        library: plan.name.library.clone(),
        package: plan.name.package.clone(),
        facts: read().value.expect("facts"),
        plan,
        files: outcome.files.expect("files"),
    }
}

impl Subject {
    /// The types under `models` that JSON is read as, and how many others there are: those of forms that hold files, and those
    /// that were made of no schema.
    pub(crate) fn models(&self) -> (Vec<Model<'_>>, usize) {
        let types = self.plan.reached_types();
        let known: Vec<_> = types.into_iter().filter(|(_, def)| !def.joined).collect();
        let models: Vec<Model<'_>> = known
            .iter()
            .filter(|(id, _)| !self.holds_files(&Type::Named(*id), &mut Vec::new()))
            .filter_map(|(_, def)| {
                let schema = def.origin.schema?;
                Some(Model { def, schema })
            })
            .collect();
        let others = known.len() - models.len();
        (models, others)
    }

    fn holds_files(&self, ty: &Type, open: &mut Vec<TypeId>) -> bool {
        if *ty.revealed() == Type::Binary {
            return true;
        }
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
                self.holds_files(inner, open)
            }
            Type::Named(id) if !open.contains(id) => {
                open.push(*id);
                let parts = self.plan.ty(*id).parts();
                parts.into_iter().any(|part| self.holds_files(part, open))
            }
            _ => false,
        }
    }
}

impl Model<'_> {
    pub(crate) fn name(&self) -> &str {
        self.def.ident.as_str()
    }

    /// Whether it is a base's own properties, and not its family.
    pub(crate) fn is_base(&self) -> bool {
        matches!(self.def.shape, Shape::Struct(_))
    }
}
