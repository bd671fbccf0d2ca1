//! Everything that a command refuses, provoked through the binary: each text names the file at fault, with the line where there is
//! one, and ends with what to do. `cli/errors.txt` holds all of them as a person sees them; after a change, this rewrites it:
//!
//! ```text
//! UPDATE_GOLDENS=1 cargo test -p sdk-generator --test cli errors
//! ```

use super::command::{DOCUMENT, Place};
use std::fs;
use std::path::Path;

/// Set to anything, this variable makes the test rewrite the texts.
const UPDATE: &str = "UPDATE_GOLDENS";

/// What to do, as the program's own texts say it, and as those of clap about wrong words do.
const NEXT_STEPS: [&str; 2] = [" = help: ", "For more information, try '--help'."];

/// The words after the program's name, and what the text must name.
const CASES: &[(&str, &str)] = &[
    ("draw", "draw"),
    ("generate openapi.yaml", "--out"),
    (
        "generate openapi.yaml --out sdk --runtime elsewhere",
        "elsewhere",
    ),
    ("generate openapi.yaml --out sdk --runtime path=", "path="),
    ("generate absent.yaml --out sdk", "absent.yaml"),
    ("check absent.yaml --out sdk", "absent.yaml"),
    ("lint absent.yaml", "absent.yaml"),
    ("plan absent.yaml", "absent.yaml"),
    ("init absent.yaml", "absent.yaml"),
    ("bundle absent.yaml", "absent.yaml"),
    ("compare absent.yaml openapi.yaml", "absent.yaml"),
    ("explain absent.yaml getPet", "absent.yaml"),
    ("generate folder --out sdk", "folder"),
    ("generate swagger.yaml --out sdk", "--> swagger.yaml:1:"),
    ("generate broken.yaml --out sdk", "--> broken.yaml:3:"),
    ("plan swagger.yaml", "--> swagger.yaml:1:"),
    ("compare swagger.yaml openapi.yaml", "swagger.yaml"),
    (
        "generate openapi.yaml --out sdk --overlay absent.yaml",
        "absent.yaml",
    ),
    (
        "generate openapi.yaml --out sdk --overlay formless.yaml",
        "--> formless.yaml:",
    ),
    (
        "generate openapi.yaml --out sdk --overlay aimless.yaml --target unknown.toml",
        "unknown.toml",
    ),
    (
        "generate openapi.yaml --out sdk --target absent.toml",
        "absent.toml",
    ),
    ("generate openapi.yaml --out sdk --target folder", "folder"),
    (
        "generate openapi.yaml --out sdk --target latin.toml",
        "latin.toml",
    ),
    (
        "generate openapi.yaml --out sdk --target wrong.toml",
        "wrong.toml is no target file: TOML parse error at line 2",
    ),
    (
        "generate openapi.yaml --out sdk --target unknown.toml",
        "unknown.toml is no target file: TOML parse error at line 1",
    ),
    (
        "generate openapi.yaml --out sdk --target useless.toml",
        "useless.toml cannot be used:\n  line 2:",
    ),
    (
        "plan openapi.yaml --target useless.toml",
        "useless.toml cannot be used:\n  line 2:",
    ),
    (
        "generate openapi.yaml --out sdk --target licence.toml",
        "TERMS.txt",
    ),
    (
        "generate openapi.yaml --out . --target own.toml",
        "OWN.txt, which own.toml names",
    ),
    ("generate openapi.yaml --out sdk --name fn", "`fn`"),
    (
        "generate openapi.yaml --out sdk --templates absent",
        "absent",
    ),
    (
        "generate openapi.yaml --out sdk --templates templates/idle",
        "templates/idle/src/clients.rs.jinja",
    ),
    (
        "generate openapi.yaml --out sdk --templates templates/syntax",
        "src/lib.rs.jinja:2",
    ),
    (
        "generate openapi.yaml --out sdk --templates templates/undefined",
        "src/lib.rs.jinja:2",
    ),
    (
        "generate openapi.yaml --out sdk --templates templates/rust",
        "src/lib.rs is no Rust source at line 2",
    ),
    (
        "generate openapi.yaml --out sdk --templates templates/toml",
        "Cargo.toml is no TOML: TOML parse error at line 1",
    ),
    ("generate openapi.yaml --out somebodys", "somebodys"),
    ("generate openapi.yaml --out openapi.yaml", "openapi.yaml"),
    ("check openapi.yaml --out openapi.yaml", "openapi.yaml"),
    (
        "generate openapi.yaml --out openapi.yaml/sdk",
        "openapi.yaml",
    ),
    ("generate openapi.yaml --out begun", "begun"),
    ("explain ref-file-mising", "ref-file-mising"),
    (
        "explain ref-file-missing --overlay formless.yaml",
        "overlay",
    ),
    ("explain openapi.yaml getPets", "getPets"),
    (
        "explain openapi.yaml #/components/schemas/Idle",
        "#/components/schemas/Idle",
    ),
    ("bundle openapi.yaml --out whole.txt", "whole.txt"),
    ("bundle openapi.yaml --out openapi.yaml", "openapi.yaml"),
    (
        "bundle openapi.yaml --out absent/whole.yaml",
        "absent/whole.yaml",
    ),
    ("bundle broken.yaml --out whole.yaml", "--> broken.yaml:3:"),
    ("init openapi.yaml --out own.toml", "own.toml"),
    (
        "init openapi.yaml --out absent/target.toml",
        "absent/target.toml",
    ),
    ("completions tcsh", "tcsh"),
];

/// A folder in which each of these goes wrong.
fn place() -> Place {
    let place = Place::new();
    let idle = format!("{DOCUMENT}    Idle: {{ type: object }}\n");
    for (file, text) in [
        ("openapi.yaml", idle.as_str()),
        (
            "swagger.yaml",
            "swagger: '2.0'\ninfo: {title: Old, version: '1'}\npaths: {}\n",
        ),
        ("broken.yaml", "openapi: 3.0.3\npaths: [\n"),
        (
            "formless.yaml",
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: 7\n",
        ),
        (
            "aimless.yaml",
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.nowhere, remove: true}]\n",
        ),
        ("wrong.toml", "[package]\nname = 7\n"),
        ("unknown.toml", "[pakage]\n"),
        ("useless.toml", "[names.operations]\ngetPets = 'pet'\n"),
        ("licence.toml", "[package]\nlicense_file = 'TERMS.txt'\n"),
        ("own.toml", "[package]\nlicense_file = 'OWN.txt'\n"),
        ("OWN.txt", "Ours alone.\n"),
        ("folder/file", ""),
        ("somebodys/poem.txt", "Roses are red.\n"),
        ("templates/idle/src/clients.rs.jinja", ""),
        ("templates/rust/src/lib.rs.jinja", "\nfn {\n"),
        ("templates/toml/Cargo.toml.jinja", "[package\n"),
    ] {
        place.write(file, text);
    }
    place.write(
        "templates/undefined/src/lib.rs.jinja",
        "\n{{ nothing.at.all }}\n",
    );
    place.write("templates/syntax/src/lib.rs.jinja", "\n{% if %}\n");
    fs::write(place.path("latin.toml"), b"# caf\xe9\n").unwrap();
    // The generator made this folder, and somebody has put a file of their own where it would write one by now.
    place
        .run(&["generate", "openapi.yaml", "--out", "begun"])
        .exits(0);
    let record = place.read("begun/.sdk-generator");
    let kept: Vec<&str> = record
        .lines()
        .filter(|line| !line.contains("src/lib.rs"))
        .collect();
    place.write("begun/.sdk-generator", &(kept.join("\n") + "\n"));
    place.write("begun/src/lib.rs", "// By hand.\n");
    place
}

#[test]
#[cfg(unix)]
fn every_error_of_a_command_names_its_place_and_a_next_step() {
    let place = place();
    let folder = fs::canonicalize(place.path("")).unwrap();
    let (mut golden, mut faults) = (String::new(), Vec::new());
    for (words, named) in CASES {
        let list: Vec<&str> = words.split(' ').collect();
        let run = place.run(&list);
        let text = match words.starts_with("lint") && run.stderr.is_empty() {
            true => run.stdout,
            false => run.stderr,
        };
        let text = text.replace(&format!("{}/", folder.display()), "/…/");
        if !matches!(run.code, Some(1 | 2)) {
            faults.push(format!("`{words}` exits with {:?}", run.code));
        }
        if !text.contains(named) {
            faults.push(format!("`{words}` does not name {named:?}:\n{text}"));
        }
        if !NEXT_STEPS.iter().any(|step| text.contains(step)) {
            faults.push(format!("`{words}` does not say what to do:\n{text}"));
        }
        golden.push_str(&format!("$ sdk-generator {words}\n{text}\n"));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/errors.txt");
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &golden).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == committed,
        "{} differs. If this is meant, run:\n\n    {UPDATE}=1 cargo test -p sdk-generator --test cli errors\n\n{golden}",
        path.display()
    );
}
