//! The option that every command on a document has: `--overlay FILE`.

use clap::Args;
use std::path::PathBuf;

/// What corrects the document before anything else looks at it.
#[derive(Args, Clone)]
pub(super) struct Overlays {
    /// An OpenAPI Overlay to apply to the document; several are applied in their order.
    #[arg(long = "overlay", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

impl Overlays {
    /// The files, each of which is there.
    pub(super) fn existing(&self) -> anyhow::Result<&[PathBuf]> {
        self.files
            .iter()
            .try_for_each(|file| super::must_exist(file))?;
        Ok(&self.files)
    }
}
