//! Takes pages, gives their text. Templates print what the view decided; an undefined name is an error.

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
    /// When an override cannot be read, or a template does not parse.
    pub fn load(overrides: Option<&Path>) -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_syntax(syntax()?);
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
