//! The repository's own commands, run as `cargo xtask …`.
//!
//! Exit codes: 0 done; 1 something that was looked at is not as it should be (the committed output has drifted, a check or a test
//! failed); 2 the command could not do its work.

mod ci;
mod codegen;
mod conformance;
mod docs;
mod drift;
mod examples;
mod lint;
mod npm;
mod peers;
mod prism;
mod schemathesis;
mod serving;
mod soak;
mod spector;
mod stories;
mod targets;
mod together;
mod trial;
mod upstream;

use anstream::{AutoStream, ColorChoice};
use clap::{Parser, Subcommand};
use sdk_generator::advice;
use sdk_generator::diagnostics::styles::Styles;
use std::io;
use std::process::ExitCode;
use targets::Repo;

/// The repository's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes generated/ again from specs/ and templates/.
    Codegen(codegen::Arguments),
    /// Lets Prism, a mock server that nobody here wrote, check every request of the generated clients; with `--mock`, lets Schemathesis
    /// check their mocks.
    Conformance(conformance::Arguments),
    /// Makes a book that can be searched of each crate's pages.
    Docs(docs::Arguments),
    /// Reads a document's own examples as the types of their places, and tells which are not as documented.
    Examples(examples::Arguments),
    /// Times the generator beside openapi-to-rust and ploidy: generating, and checking what was generated.
    Peers(peers::Arguments),
    /// Calls the mocks of the crates for minutes, with things going wrong on them, and watches calls and memory.
    Soak(soak::Arguments),
    /// Holds generated clients against the scenarios of Microsoft's http-specs and its Spector server.
    Spector(spector::Arguments),
    /// Runs the examples of the crates, which check what comes of their calls to services on loopback.
    Stories,
    /// Generates from any document, and checks the crate: clippy, its tests, its documentation and links.
    Try(trial::Arguments),
    /// Puts crates of several documents into one application, builds it and lets it call one operation of each.
    Together(together::Arguments),
    /// Compares our document of an API with the vendor's, less the declared corrections.
    Upstream(upstream::Arguments),
    /// Runs every check that a change must pass, but the tests: they are `cargo test --workspace`.
    Ci,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = Repo::here().and_then(|repo| match cli.command {
        Command::Codegen(arguments) => codegen::run(&repo, &arguments),
        Command::Conformance(arguments) => conformance::run(&repo, &arguments),
        Command::Docs(arguments) => docs::run(&repo, &arguments),
        Command::Examples(arguments) => examples::run(&repo, &arguments),
        Command::Peers(arguments) => peers::run(&repo, &arguments),
        Command::Soak(arguments) => soak::run(&repo, &arguments),
        Command::Spector(arguments) => spector::run(&repo, &arguments),
        Command::Stories => stories::run(&repo).map(|()| ExitCode::SUCCESS),
        Command::Try(arguments) => trial::run(&repo, &arguments),
        Command::Together(arguments) => together::run(&repo, &arguments),
        Command::Upstream(arguments) => upstream::run(&repo, &arguments),
        Command::Ci => ci::run(&repo),
    });
    result.unwrap_or_else(|error| {
        eprint!("{}", advice::text(&error, &styles()));
        ExitCode::from(2)
    })
}

/// The styles of what goes to standard error, by the conventions of terminals and `NO_COLOR`.
fn styles() -> Styles {
    match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => Styles::PLAIN,
        _ => Styles::COLOURED,
    }
}
