//! The server as a program: takes the words of a command line, plays the API until the process ends.

use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

use super::api::Api;
use super::builder::Builder;
use super::hostile::Hostile;
use crate::service::Environment;

/// What `--help` prints.
const HELP: &str = "\
Plays the API on loopback, and prints a line for each request.

  --port PORT            listen at this port (default: any free port)
  --stateful             keep created objects
  --hostile NAME         cause this fault, such as TooManyRequests
  --any-token            accept any token, not only those that were granted here
  --token-lifetime SECS  how long a token lives (default: 3600)
  --help                 print this";

/// Why the server does not run.
#[non_exhaustive]
pub enum ServeError {
    /// A word is unknown, or its value is.
    Word(String),
    /// The port is taken.
    Port(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "{word}; `--help` lists the options"),
            Self::Port(error) => write!(f, "cannot listen: {error}; choose another `--port`"),
        }
    }
}

/// As for people, since a program that fails shows this.
impl fmt::Debug for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Word(_) => None,
            Self::Port(error) => Some(error),
        }
    }
}

/// Plays an API as the words of a command line say, and prints where it listens, then a line for each request: method, path and status.
///
/// # Errors
/// When a word is unknown, or the port is taken.
pub async fn serve(
    api: &'static Api,
    arguments: impl IntoIterator<Item = String>,
) -> Result<(), ServeError> {
    let Some(builder) = configured(api, arguments)? else {
        println!("{HELP}");
        return Ok(());
    };
    // Whoever started it may have stopped reading.
    let builder = builder.observe(|method, path, status| {
        let _ = writeln!(io::stdout(), "{method} {path} {status}");
    });
    let mut mock = builder.try_start().await.map_err(ServeError::Port)?;
    let service = api.service;
    println!("{} {} at {}", service.name, service.version, mock.url());
    if let Some(settings) = settings(&service.env, &mock.url()) {
        println!("{settings}");
    }
    mock.ended().await;
    Ok(())
}

/// The command with which a shell lets a client that is configured by its environment call the mock, which takes any id and secret;
/// `None` where no variable holds the base URL.
fn settings(env: &Environment, url: &str) -> Option<String> {
    let mut settings = format!("export {}={url}", env.base_url?);
    for credential in [env.client_id, env.client_secret].into_iter().flatten() {
        settings.push_str(&format!(" {credential}=any"));
    }
    Some(settings)
}

/// The server that is asked for; `None` when help is.
fn configured(
    api: &'static Api,
    arguments: impl IntoIterator<Item = String>,
) -> Result<Option<Builder>, ServeError> {
    let mut words = arguments.into_iter();
    let mut builder = Builder::new(api).forgetful();
    while let Some(word) = words.next() {
        let mut value = || {
            let missing = || ServeError::Word(format!("`{word}` has no value"));
            words.next().ok_or_else(missing)
        };
        let bad = |value: &str| ServeError::Word(format!("`{word}` cannot be {value:?}"));
        builder = match word.as_str() {
            "--help" | "-h" => return Ok(None),
            "--port" => {
                let value = value()?;
                builder.port(value.parse().map_err(|_| bad(&value))?)
            }
            "--token-lifetime" => {
                let value = value()?;
                let seconds = value.parse().map_err(|_| bad(&value))?;
                builder.token_lifetime(Duration::from_secs(seconds))
            }
            "--hostile" => {
                let value = value()?;
                let mut all = Hostile::ALL.into_iter();
                let named = all.find(|hostile| format!("{hostile:?}").eq_ignore_ascii_case(&value));
                builder.hostile(named.ok_or_else(|| bad(&value))?)
            }
            "--stateful" => builder.stateful(),
            "--any-token" => builder.any_token(),
            _ => return Err(ServeError::Word(format!("`{word}` is unknown"))),
        };
    }
    Ok(Some(builder))
}
