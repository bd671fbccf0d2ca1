//! Takes the arguments of a `check` and gives the command that fixes what it found, as a shell takes it.

use super::{Generate, Runtime};

/// The command that makes the folder what `check` wants it to be.
pub(super) fn command(arguments: &Generate) -> String {
    let mut words = vec![
        "sdk-generator".to_owned(),
        "generate".to_owned(),
        arguments.spec.display().to_string(),
        "--out".to_owned(),
        arguments.out.display().to_string(),
    ];
    let mut option = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            words.push(name.to_owned());
            words.push(value);
        }
    };
    for overlay in &arguments.overlays.files {
        option("--overlay", Some(overlay.display().to_string()));
    }
    option("--name", arguments.name.clone());
    option(
        "--target",
        arguments
            .target
            .as_ref()
            .map(|path| path.display().to_string()),
    );
    option(
        "--templates",
        arguments
            .templates
            .as_ref()
            .map(|path| path.display().to_string()),
    );
    option(
        "--runtime",
        match &arguments.runtime {
            Runtime::Vendored => None,
            Runtime::Path(path) => Some(format!("path={}", path.display())),
            Runtime::Version(version) => Some(format!("version={version}")),
        },
    );
    words
        .iter()
        .map(|word| quoted(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word as a POSIX shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
