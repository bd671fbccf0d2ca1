//! Takes pages, gives their text. Templates print what the view decided; an undefined name is an error.

use crate::closeness::nearest;
use crate::embedded;
use crate::pages::Page;
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a page could not be rendered. Templates are ours or the caller's, never the document's.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template cannot be read.
    #[error("cannot read the template {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file replaces no template.
    #[error(
        "{path} replaces no template: no built-in template has this path{}",
        nearest.as_ref().map(|name| format!("; the nearest is `{name}`")).unwrap_or_default()
    )]
    Unused {
        /// The file.
        path: PathBuf,
        /// The template whose path is most like the file's.
        nearest: Option<String>,
    },
    /// A template does not parse, or asks for what the view does not have.
    #[error("the template {template} cannot be rendered")]
    Template {
        /// Its name, as a path below `templates/`.
        template: String,
        /// Why, with the line.
        source: Box<minijinja::Error>,
    },
}

/// The templates, ready to print.
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The embedded templates, each replaced by the file of the same path in `overrides` where there is one.
    ///
    /// # Errors
    ///
    /// When an override cannot be read or replaces nothing, or a template does not parse.
    pub fn load(overrides: Option<&Path>) -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_syntax(syntax()?);
        if let Some(folder) = overrides {
            expect_used(folder, folder)?;
        }
        for (name, text) in embedded::TEMPLATES {
            let text = match overrides.map(|folder| folder.join(name)) {
                Some(path) => match fs::read_to_string(&path) {
                    Ok(text) => text,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => (*text).to_owned(),
                    Err(source) => return Err(RenderError::Read { path, source }),
                },
                None => (*text).to_owned(),
            };
            environment
                .add_template_owned(*name, text)
                .map_err(|source| RenderError::Template {
                    template: (*name).to_owned(),
                    source: Box::new(source),
                })?;
        }
        Ok(Self { environment })
    }

    /// Prints one page.
    ///
    /// # Errors
    ///
    /// When the template asks for what the view does not have.
    pub fn render(&self, page: &Page) -> Result<String, RenderError> {
        self.environment
            .get_template(page.template)
            .and_then(|template| template.render(&page.view))
            .map_err(|source| RenderError::Template {
                template: page.template.to_owned(),
                source: Box::new(source),
            })
    }
}

/// Looks for files below `folder`, a folder of `root`, that replace no template. Hidden ones are left alone: systems and editors put
/// them anywhere.
fn expect_used(root: &Path, folder: &Path) -> Result<(), RenderError> {
    let failed = |path: &Path, source| RenderError::Read {
        path: path.to_owned(),
        source,
    };
    let entries = fs::read_dir(folder).map_err(|source| failed(folder, source))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(|source| failed(folder, source))?;
    paths.sort();
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if file.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            expect_used(root, &path)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
        let name = name.replace('\\', "/");
        let mut templates = embedded::TEMPLATES.iter().map(|(name, _)| *name);
        if !templates.clone().any(|known| known == name) {
            return Err(RenderError::Unused {
                nearest: nearest(&name, &mut templates),
                path,
            });
        }
    }
    Ok(())
}

/// Lines that hold only a block tag print nothing.
fn syntax() -> Result<SyntaxConfig, RenderError> {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .map_err(|source| RenderError::Template {
            template: "all templates".to_owned(),
            source: Box::new(source),
        })
}
