//! `cargo xtask together`: generates a crate from each of some documents, each with its own copy of the runtime, puts all of them into
//! one application, builds it with warnings as errors, and lets it call one operation of each crate.
//!
//! The application makes its clients with `Client::from_env()`; a server on loopback answers and notes what it was asked.

use crate::targets::{Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use sdk_generator::files::{self, FileSet};
use sdk_generator::format::Origin;
use sdk_generator::generate::{Job, generate};
use sdk_generator::pipeline;
use sdk_generator::plan::{Plan, RuntimeSource, Wish};
use sdk_generator::target::Target;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

/// The words after `together`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// The OpenAPI documents.
    #[arg(value_name = "SPEC", required = true)]
    specs: Vec<PathBuf>,
}

/// How long a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// A crate of the application.
struct Member {
    package: String,
    library: String,
    /// The page of the method whose example is run.
    page: String,
    /// The example.
    example: String,
    /// The environment variables, with what they are set to.
    env: Vec<(String, String)>,
}

/// Runs the command.
///
/// # Errors
///
/// When a document cannot be generated from, or the application cannot be built, or does not do its calls.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let temporary = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = temporary.path();
    let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen on loopback")?;
    let address = format!("http://{}", listener.local_addr()?);
    let mut members = Vec::new();
    for (index, spec) in arguments.specs.iter().enumerate() {
        let member = emit(folder, spec, index, &address)
            .with_context(|| format!("{} gives no crate", spec.display()))?;
        println!("{}: the example of {}", member.package, member.page);
        members.push(member);
    }
    write_application(repo, folder, &members)?;
    let command = |words: &[&str]| {
        let mut command = cargo(repo);
        command
            .args(words)
            .current_dir(folder.join("application"))
            .env("CARGO_TARGET_DIR", repo.path("target/together"))
            .env("RUSTFLAGS", "-D warnings")
            .envs(members.iter().flat_map(|member| member.env.clone()));
        command
    };
    if !command(&["build", "--quiet"]).status()?.success() {
        return Err(advised(
            "the application does not build without a warning",
            "read what cargo says above; it is a fault of the generator, of which the document is the smallest test",
        ));
    }
    let (sender, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Ok(line) = answer(&stream) {
                let _ = sender.send(line);
            }
        }
    });
    let status = command(&["run", "--quiet"]).status()?;
    if !status.success() {
        return Err(advised(
            "a client of the application cannot be made",
            "read what it says above: `from_env` names the setting that is missing",
        ));
    }
    for member in &members {
        let line = asked
            .recv_timeout(PATIENCE)
            .with_context(|| format!("no request came for {}", member.package))
            .advise("read what the application says above: it called another address")?;
        println!("{}: {line}", member.package);
    }
    println!(
        "{} crates in one application, and a call of each",
        members.len()
    );
    Ok(ExitCode::SUCCESS)
}

fn emit(folder: &Path, spec: &Path, index: usize, address: &str) -> anyhow::Result<Member> {
    let job = Job {
        overlays: Vec::new(),
        document: spec.to_owned(),
        target: Target::default(),
        name: Some(format!("member-{index}")),
        templates: None,
        runtime: RuntimeSource::Vendored,
        origin: Origin {
            command: "cargo xtask together".to_owned(),
            source: spec
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        },
    };
    let outcome = generate(&job)?;
    let Some(files) = &outcome.files else {
        return Err(advised(
            outcome.report(),
            "correct the document where it says so, or leave it out",
        ));
    };
    files::write(files, &folder.join(format!("member-{index}")))?;
    let wish = Wish {
        target: &job.target,
        name: job.name.as_deref(),
        runtime: &job.runtime,
    };
    let run = pipeline::load(spec, &[]).read().plan(&wish);
    let Ok(Some(plan)) = run.map(|run| run.value) else {
        return Err(advised(
            "the document has no plan, though it gave a crate",
            "report it with the document: it is a fault of the generator",
        ));
    };
    let (page, example) = example(files)
        .context("no example needs nothing but a client")
        .advise("leave the document out: the command has nothing else to give")?;
    Ok(Member {
        package: plan.name.package.clone(),
        library: plan.name.library.clone(),
        page,
        example,
        env: env(&plan, address),
    })
}

/// The example of a method that needs nothing but a client, as the crate's documentation has it: its page, and the Rust in it.
fn example(files: &FileSet) -> Option<(String, String)> {
    let pages = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/api/"));
    let mut examples = pages.filter_map(|(path, page)| {
        let page = std::str::from_utf8(page).ok()?;
        let (_, block) = page.split_once("```rust,no_run\n")?;
        let (code, _) = block.split_once("```")?;
        Some((path.to_owned(), code.to_owned()))
    });
    examples.find(|(_, code)| code.contains(EXAMPLE))
}

/// How an example begins that needs nothing but a client.
const EXAMPLE: &str = "async fn example(client: &Client) ->";

fn env(plan: &Plan, address: &str) -> Vec<(String, String)> {
    let settings = plan.client.env.iter().filter_map(|env| {
        let value = match env.setting {
            "base_url" => address,
            _ => "something",
        };
        Some((env.variable.clone()?, value.to_owned()))
    });
    let schemes = plan.client.schemes.iter().flat_map(|scheme| &scheme.env);
    settings
        .chain(schemes.map(|variable| (variable.clone(), "something".to_owned())))
        .collect()
}

fn write_application(repo: &Repo, folder: &Path, members: &[Member]) -> anyhow::Result<()> {
    let mut manifest = "[package]\nname = \"application\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
                        tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n"
        .to_owned();
    let mut program = String::new();
    let mut calls = String::new();
    for (index, member) in members.iter().enumerate() {
        let Member {
            package,
            library,
            example,
            ..
        } = member;
        writeln!(manifest, "{package} = {{ path = \"../{package}\" }}")?;
        let example = example.replace(EXAMPLE, &format!("pub {EXAMPLE}"));
        writeln!(program, "mod call_{index} {{\n{example}}}\n")?;
        // The server's answer need not be what the operation promises; that it was asked is what counts.
        writeln!(
            calls,
            "    let client = {library}::Client::from_env()?;\n    println!(\"{package}: {{:?}}\", call_{index}::example(&client).await.map_err(|error| error.to_string()));"
        )?;
    }
    write!(
        program,
        "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{calls}    Ok(())\n}}\n"
    )?;
    let place = folder.join("application");
    fs::create_dir_all(place.join("src"))?;
    fs::write(place.join("Cargo.toml"), manifest)?;
    fs::write(place.join("src/main.rs"), program)?;
    fs::copy(repo.path("Cargo.lock"), place.join("Cargo.lock"))
        .context("cannot copy the lock file")?;
    Ok(())
}

/// Answers one request with an empty object; gives its first line, and whether it was signed.
fn answer(mut stream: &TcpStream) -> anyhow::Result<String> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().context("an empty request")??;
    let mut signed = "";
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if line.to_ascii_lowercase().starts_with("authorization:") {
            signed = ", signed";
        }
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    stream.write_all(head.as_bytes())?;
    Ok(format!("{first}{signed}"))
}
