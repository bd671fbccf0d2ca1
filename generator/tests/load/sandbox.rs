//! Nothing outside the root document's folder is opened.

use crate::support::{load, load_yaml, write};
use tempfile::{TempDir, tempdir};

/// A folder that holds `api/root.yaml`, which refers to `text`, and a secret beside `api`.
fn with_reference(text: &str) -> TempDir {
    let folder = tempdir().expect("a folder");
    let root = format!("components:\n  schemas:\n    A:\n      items: {{$ref: '{text}'}}\n");
    write(folder.path(), "api/root.yaml", root.as_bytes());
    write(folder.path(), "secret.yaml", b"title: secret\n");
    write(folder.path(), "api-secret/s.yaml", b"title: secret\n");
    folder
}

#[test]
fn references_out_of_the_folder_are_refused() {
    let outside = tempdir().expect("a folder");
    write(outside.path(), "s.yaml", b"title: secret\n");
    let absolute = outside.path().join("s.yaml").to_string_lossy().into_owned();
    let ways = [
        "../secret.yaml",
        "./x/../../secret.yaml",
        "%2e%2e/secret.yaml",
        "..%2Fsecret.yaml",
        "../api-secret/s.yaml",
        "../../../../../../../../../../../../../../etc/passwd",
        "/etc/passwd",
        "../gone.yaml",
        &absolute,
    ];
    for way in ways {
        let folder = with_reference(way);
        let outcome = load(&folder.path().join("api/root.yaml"));
        assert_eq!(
            outcome.only_place(),
            ("ref-outside-folder", "root.yaml:4:15".to_owned()),
            "{way}"
        );
        assert_eq!(
            outcome.sources.expect("sources").files().count(),
            1,
            "{way}"
        );
        assert!(
            !outcome
                .tree
                .expect("a tree")
                .to_string()
                .contains("secret\""),
            "{way}"
        );
    }
}

#[test]
fn a_way_that_stays_within_the_folder_is_fine() {
    let folder = with_reference("a/b/one.yaml");
    write(
        folder.path(),
        "api/a/b/one.yaml",
        b"items: {$ref: ../../c/two.yaml}\n",
    );
    write(
        folder.path(),
        "api/c/two.yaml",
        b"items: {$ref: ../../secret.yaml}\n",
    );
    let outcome = load(&folder.path().join("api/root.yaml"));
    assert_eq!(
        outcome.only_place(),
        ("ref-outside-folder", "c/two.yaml:1:9".to_owned())
    );
    assert_eq!(
        outcome.at("/components/schemas/one/items/$ref"),
        "#/components/schemas/two"
    );
}

#[cfg(unix)]
#[test]
fn links_are_judged_by_where_they_lead() {
    use std::os::unix::fs::symlink;
    let folder = with_reference("link.yaml");
    let api = folder.path().join("api");
    symlink("../secret.yaml", api.join("link.yaml")).expect("a link");
    let outcome = load(&api.join("root.yaml"));
    assert_eq!(
        outcome.only_place(),
        ("ref-outside-folder", "root.yaml:4:15".to_owned())
    );

    let folder = with_reference("dir/s.yaml");
    let api = folder.path().join("api");
    symlink("../api-secret", api.join("dir")).expect("a link");
    assert_eq!(load(&api.join("root.yaml")).codes(), ["ref-outside-folder"]);

    let folder = with_reference("link.yaml");
    let api = folder.path().join("api");
    write(
        &api,
        "real.yaml",
        b"title: fine\nitems: {$ref: ./real.yaml}\n",
    );
    symlink("real.yaml", api.join("link.yaml")).expect("a link");
    let outcome = load(&api.join("root.yaml"));
    outcome.assert_clean();
    assert_eq!(
        outcome.sources.expect("sources").files().count(),
        2,
        "one file, however it is called"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = with_reference("pipe");
    let pipe = folder.path().join("api/pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let outcome = crate::support::soon(|| load(&folder.path().join("api/root.yaml")));
    assert_eq!(outcome.codes(), ["file-unreadable", "ref-file-unreadable"]);
}

#[test]
fn a_document_in_memory_has_no_folder() {
    let outcome = load_yaml("components: {schemas: {A: {items: {$ref: Cargo.toml}}}}\n");
    assert_eq!(outcome.codes(), ["ref-outside-folder"]);
}

#[test]
fn a_root_named_without_a_folder_has_one() {
    // The package's own folder is the working directory of its tests, so a bare name can be tried without changing it.
    let outcome = load(std::path::Path::new("Cargo.toml"));
    assert_ne!(outcome.codes(), ["file-unreadable"]);
    assert!(
        outcome
            .sources
            .expect("sources")
            .files()
            .all(|file| file.name() == "Cargo.toml")
    );
}
