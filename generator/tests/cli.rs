//! The command line as scripts see it: exit codes, what goes to which stream, and output that is the same wherever it is made.

#[path = "cli/bundle.rs"]
mod bundle;
#[path = "cli/closed.rs"]
mod closed;
mod command;
#[path = "cli/errors.rs"]
mod errors;
#[path = "cli/lint.rs"]
mod lint;
#[path = "cli/plan.rs"]
mod plan;
#[path = "cli/voice.rs"]
mod voice;

use command::Place;
use sdk_generator::files::FileSet;
use std::fs;
use std::path::Path;

#[test]
fn generate_says_what_it_did() {
    let place = Place::new();
    let run = place
        .run(&["generate", "openapi.yaml", "--out", "sdk"])
        .exits(0);
    let files = FileSet::read(&place.path("sdk")).unwrap().len();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[..3],
        [
            format!("sdk: {files} files written, 0 unchanged, 0 removed").as_str(),
            "  operations  1 in, 1 out",
            "  types       1",
        ]
    );
    assert!(lines[3].starts_with("  Rust        "), "{}", run.stdout);
    assert_eq!(
        lines[4..],
        [
            "  untyped     0 fields",
            "  open        questions that settings answer (`sdk-generator init` writes the file of settings):",
            "    [package] license  Under which licence is the crate published? A registry takes none without it.",
        ]
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn a_document_at_fault_exits_1_and_writes_nothing() {
    let place = Place::new();
    place.write(
        "openapi.yaml",
        "swagger: '2.0'\ninfo: {title: Old, version: '1'}\npaths: {}\n",
    );
    for command in ["generate", "check"] {
        let run = place
            .run(&[command, "openapi.yaml", "--out", "sdk"])
            .exits(1);
        assert_eq!(run.stdout, "");
        assert!(
            run.stderr.contains("error[") && run.stderr.contains("openapi.yaml:"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("Nothing was written"), "{}", run.stderr);
    }
    let lint = place.run(&["lint", "openapi.yaml"]).exits(1);
    assert!(lint.stdout.contains("error["), "{}", lint.stdout);
    assert!(!place.path("sdk").exists());
}

#[test]
fn check_exits_1_when_there_is_nothing_yet() {
    let place = Place::new();
    let check = place
        .run(&["check", "openapi.yaml", "--out", "sdk"])
        .exits(1);
    assert!(
        check.stdout.contains("  missing  sdk/Cargo.toml\n"),
        "{}",
        check.stdout
    );
    assert!(!place.path("sdk").exists());
}

#[test]
fn wrong_usage_exits_2_and_writes_nothing() {
    let place = Place::new();
    place.write("bad.toml", "[package]\nname = 7\n");
    place.write("unknown.toml", "[pakage]\n");
    let generate = ["generate", "openapi.yaml", "--out", "sdk"];
    let with = |words: &[&'static str]| [generate.as_slice(), words].concat();
    for (words, said) in [
        (vec![], "Usage"),
        (vec!["draw"], "unrecognized subcommand"),
        (vec!["generate"], "required"),
        (vec!["generate", "openapi.yaml"], "--out"),
        (
            vec!["generate", "absent.yaml", "--out", "sdk"],
            "cannot read absent.yaml",
        ),
        (
            vec!["check", "absent.yaml", "--out", "sdk"],
            "cannot read absent.yaml",
        ),
        (
            with(&["--target", "absent.toml"]),
            "cannot read absent.toml",
        ),
        (
            with(&["--target", "bad.toml"]),
            "bad.toml is no target file",
        ),
        (
            with(&["--target", "unknown.toml"]),
            "unknown field `pakage`",
        ),
        (with(&["--runtime", "elsewhere"]), "expected `vendored`"),
        (with(&["--runtime", "path="]), "expected `vendored`"),
        (with(&["--name", "no name"]), "is no crate name"),
        (with(&["--name", "../up"]), "is no crate name"),
        (with(&["--name", "fn"]), "is no crate name"),
    ] {
        let run = place.run(&words).exits(2);
        assert!(run.stderr.contains(said), "{words:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{words:?}");
        assert!(!place.path("sdk").exists(), "{words:?}");
    }
}

#[test]
fn what_cannot_be_read_exits_2() {
    let place = Place::new();
    for words in [
        ["lint", "absent.yaml"].as_slice(),
        &[
            "generate",
            "openapi.yaml",
            "--out",
            "sdk",
            "--templates",
            "absent",
        ],
    ] {
        let run = place.run(words).exits(2);
        assert!(run.stderr.contains("absent"), "{words:?}: {}", run.stderr);
    }
    assert!(!place.path("sdk").exists());
}

#[test]
fn help_and_version_exit_0() {
    let place = Place::new();
    assert_eq!(
        place.run(&["--version"]).exits(0).stdout,
        format!("sdk-generator {}\n", env!("CARGO_PKG_VERSION"))
    );
    let help = place.run(&["generate", "--help"]).exits(0).stdout;
    for option in ["--out", "--name", "--target", "--templates", "--runtime"] {
        assert!(help.contains(option), "{option}");
    }
}

#[test]
fn the_same_bytes_come_out_wherever_it_runs() {
    let place = Place::new();
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for name in ["onelogin", "sailpoint-v3"] {
        copy(&specs.join(name), &place.path(name));
        fs::create_dir_all(place.path("deep/down")).unwrap();
        let absolute = place.path("");
        let absolute = absolute.to_str().unwrap().trim_end_matches('/');
        let mut sets = Vec::new();
        for (number, (folder, root)) in [("", "."), ("deep/down", "../.."), ("deep", absolute)]
            .into_iter()
            .enumerate()
        {
            let document = format!("{root}/{name}/openapi.yaml");
            let target = format!("{root}/{name}/target.toml");
            let out = format!("{root}/out-{name}-{number}");
            place
                .run_in(
                    folder,
                    &["generate", &document, "--target", &target, "--out", &out],
                )
                .exits(0);
            sets.push(FileSet::read(&place.path(&format!("out-{name}-{number}"))).unwrap());
        }
        assert!(sets[0].len() > 20);
        assert!(sets.iter().all(|set| *set == sets[0]), "{name}");
        let traces = |text: &[u8]| String::from_utf8_lossy(text).contains(absolute);
        assert!(
            sets[0].iter().all(|(_, text)| !traces(text)),
            "{name} tells where it was made"
        );
    }
}

#[test]
fn the_name_is_the_callers() {
    let place = Place::new();
    place
        .run(&["generate", "openapi.yaml", "--out", "sdk"])
        .exits(0);
    assert!(place.read("sdk/Cargo.toml").contains("\nname = \"pets\"\n"));
    place.write("target.toml", "[package]\nname = \"cats\"\n");
    place
        .run(&[
            "generate",
            "openapi.yaml",
            "--out",
            "sdk",
            "--target",
            "target.toml",
        ])
        .exits(0);
    assert!(place.read("sdk/Cargo.toml").contains("\nname = \"cats\"\n"));
    place
        .run(&[
            "generate",
            "openapi.yaml",
            "--out",
            "sdk",
            "--target",
            "target.toml",
            "--name",
            "my-dogs",
        ])
        .exits(0);
    assert!(
        place
            .read("sdk/Cargo.toml")
            .contains("\nname = \"my-dogs\"\n")
    );
    assert!(place.read("sdk/README.md").contains("my_dogs::"));
}

#[test]
fn what_the_manifest_says_is_the_callers() {
    let place = Place::new();
    let words = [
        "generate",
        "openapi.yaml",
        "--out",
        "sdk",
        "--target",
        "target.toml",
    ];
    let package = |settings: &str| {
        place.write("target.toml", &format!("[package]\n{settings}"));
        let told = place.run(&words).exits(0).stdout;
        let manifest: toml::Table = toml::from_str(&place.read("sdk/Cargo.toml")).unwrap();
        (
            manifest["package"].clone(),
            told.contains("[package] license "),
        )
    };
    let (plain, is_told) = package("");
    assert!(plain.get("license").is_none() && plain.get("publish").is_none() && is_told);
    place.write("TERMS.txt", "Ours alone.\n");
    let (own, is_told) = package(
        "license_file = 'TERMS.txt'\nauthors = ['Ann']\nrepository = 'https://example.com/r'\n\
         homepage = 'https://example.com/h'\ndocumentation = 'https://example.com/d'\npublish = ['ours']\n",
    );
    let said = |key: &str| own[key].clone();
    assert_eq!(said("license-file").as_str(), Some("TERMS.txt"));
    assert_eq!(place.read("sdk/TERMS.txt"), "Ours alone.\n");
    assert_eq!(said("authors")[0].as_str(), Some("Ann"));
    assert_eq!(said("repository").as_str(), Some("https://example.com/r"));
    assert_eq!(said("homepage").as_str(), Some("https://example.com/h"));
    assert_eq!(
        said("documentation").as_str(),
        Some("https://example.com/d")
    );
    assert_eq!(said("publish")[0].as_str(), Some("ours"));
    assert!(!is_told);
    let (free, is_told) = package("license = 'MIT'\n");
    assert_eq!(free["license"].as_str(), Some("MIT"));
    assert!(!is_told && !place.path("sdk/TERMS.txt").exists());
    let (closed, is_told) = package("publish = false\n");
    assert_eq!(closed["publish"].as_bool(), Some(false));
    assert!(!is_told);
}

#[test]
fn the_runtime_is_found_where_the_caller_says() {
    let place = Place::new();
    let runtime = |place: &Place| {
        let manifest: toml::Table = toml::from_str(&place.read("deep/sdk/Cargo.toml")).unwrap();
        manifest["dependencies"]["sdk-runtime"].clone()
    };
    let out = ["generate", "openapi.yaml", "--out", "deep/sdk"];
    place.run(&out).exits(0);
    assert_eq!(runtime(&place)["path"].as_str(), Some("runtime"));
    assert_eq!(runtime(&place)["package"].as_str(), Some("pets-runtime"));
    let copy: toml::Table = toml::from_str(&place.read("deep/sdk/runtime/Cargo.toml")).unwrap();
    assert_eq!(copy["package"]["name"].as_str(), Some("pets-runtime"));
    assert!(place.path("deep/sdk/runtime/src/lib.rs").exists());
    // A path on the command line is told from the caller's folder; in the manifest it is told from the crate's.
    place
        .run(&[out.as_slice(), &["--runtime", "path=lib/runtime"]].concat())
        .exits(0);
    assert_eq!(runtime(&place)["path"].as_str(), Some("../../lib/runtime"));
    assert!(!place.path("deep/sdk/runtime").exists());
    place
        .run(&[out.as_slice(), &["--runtime", "version=0.7"]].concat())
        .exits(0);
    assert_eq!(runtime(&place)["version"].as_str(), Some("0.7"));
    assert!(runtime(&place).get("path").is_none());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn a_setting_that_applies_to_nothing_exits_2_and_writes_nothing() {
    let place = Place::new();
    place.write(
        "target.toml",
        "[names.operations]\ngetPets = 'pet'\n[secrets]\nproperties = ['nam']\n",
    );
    let words = ["openapi.yaml", "--out", "sdk", "--target", "target.toml"];
    for command in ["generate", "check"] {
        let run = place.run(&[&[command], &words[..]].concat()).exits(2);
        assert_eq!(
            run.stderr,
            "error: 2 settings of target.toml cannot be used:\n  \
             line 2: names.operations.getPets = \"pet\": the API has no operation `getPets`; the nearest is `getPet`\n  \
             line 4: secrets.properties = \"nam\": the API has no property `nam`; the nearest is `name`\n \
             = help: change or remove these lines; `sdk-generator plan SPEC` prints every name that settings can use\n"
        );
    }
    assert!(!place.path("sdk").exists());
}

#[test]
fn a_file_that_replaces_no_template_exits_2_and_writes_nothing() {
    let place = Place::new();
    place.write("templates/src/clients.rs.jinja", "// Mine.\n");
    place.write("templates/.hidden", "An editor's.\n");
    let words = [
        "generate",
        "openapi.yaml",
        "--out",
        "sdk",
        "--templates",
        "templates",
    ];
    let run = place.run(&words).exits(2);
    assert_eq!(
        run.stderr,
        "error: templates/src/clients.rs.jinja replaces no template: no built-in template has this path; the nearest is \
             `src/client.rs.jinja`\n \
         = help: give the file the path of a built-in template, or take it out of the folder of templates\n"
    );
    assert!(!place.path("sdk").exists());
    fs::remove_file(place.path("templates/src/clients.rs.jinja")).unwrap();
    place.run(&words).exits(0);
}
