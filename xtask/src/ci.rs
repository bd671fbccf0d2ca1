//! Not yet.
use crate::targets::Repo;
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Arguments {
    #[arg(value_name = "TARGET")]
    pub(crate) targets: Vec<String>,
}
pub(crate) fn run(_: &Repo) -> anyhow::Result<std::process::ExitCode> { anyhow::bail!("not built yet") }
