//! Hostile text in what a maintainer gives: the crate's name, `target.toml`, names of examples.

use crate::emitted::generate_text;
use crate::output::faults;
use crate::shape::{difference, shape};
use sdk_generator::generate::{GenerateError, Job, Outcome};
use sdk_generator::target::Target;

const DOCUMENT: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "Settings", "version": "1"},
  "servers": [{"url": "https://{host}", "variables": {"host": {"default": "settings.example"}}}],
  "paths": {"/pets": {
    "get": {"operationId": "listPets", "tags": ["Pets"], "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
      "responses": {"200": {"description": "Pets.", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}}
  }},
  "components": {
    "schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}},
    "securitySchemes": {"o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://settings.example/token", "scopes": {}}}}}
  },
  "security": [{"o": []}]
}"##;

fn generate(adapt: impl FnOnce(&mut Job)) -> Result<Outcome, GenerateError> {
    generate_text("openapi.json", DOCUMENT, adapt)
}

fn generate_with(target: &str) -> Result<Outcome, GenerateError> {
    let target: Target = toml::from_str(target).unwrap_or_else(|error| panic!("{error}\n{target}"));
    generate(|job| job.target = target)
}

#[test]
fn a_crate_name_is_a_crate_name_or_refused() {
    for name in [
        "", " ", "-", "_", "1a", "a b", "a\"", "a\nb", "../a", "a/b", "a\\b", "größe", "fn",
        "self", "crate", "type", "a.b", "{{ a }}", "a\u{0}",
    ] {
        let result = generate(|job| job.name = Some(name.to_owned()));
        assert!(
            matches!(result, Err(GenerateError::Name(_))),
            "{name:?} was taken"
        );
        let result = generate(|job| job.target.package.name = Some(name.to_owned()));
        assert!(
            matches!(result, Err(GenerateError::Settings { .. })),
            "{name:?} was taken from the target"
        );
    }
    for name in ["a", "my-sdk", "my_sdk2"] {
        assert!(
            generate(|job| job.name = Some(name.to_owned()))
                .is_ok_and(|outcome| outcome.files.is_some()),
            "{name}"
        );
    }
}

/// Crates that the emitted crate depends on, or that Rust has itself, cannot be called by its name any more.
#[test]
fn a_crate_name_that_hides_another_crate_is_refused() {
    for name in [
        "std",
        "core",
        "alloc",
        "serde",
        "tokio",
        "sdk-runtime",
        "sdk_runtime",
        "test",
        "proc_macro",
    ] {
        let result = generate(|job| job.name = Some(name.to_owned()));
        assert!(
            matches!(result, Err(GenerateError::Name(_))),
            "{name:?} was taken"
        );
    }
}

#[test]
fn an_example_is_a_file_of_the_examples_folder() {
    for name in [
        "../x.rs",
        "a/b.rs",
        "/etc/passwd.rs",
        "a\\b.rs",
        ".rs",
        ".hidden.rs",
        "x.txt",
        "",
        "..",
        "a\nb.rs",
        "a\"b.rs",
        "a\u{0}.rs",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("examples")).expect("a folder");
        std::fs::write(folder.path().join("x.rs"), "fn main() {}\n").expect("a file");
        let result = generate(|job| {
            job.target.folder = folder.path().to_owned();
            job.target.examples.files = vec![name.to_owned()];
        });
        assert!(
            matches!(result, Err(GenerateError::Settings { .. })),
            "{name:?} was taken"
        );
    }
}

#[test]
fn names_of_a_target_become_identifiers() {
    for name in [
        "x; fn pwned",
        "Self",
        "self",
        "Vec",
        "{{ pwned }}",
        "",
        "../pwned",
        "r#type",
        "a\"\n#[pwned]",
        "1",
        "Pet<T>",
    ] {
        let quoted = toml::Value::from(name).to_string();
        for section in ["schemas.Pet", "operations.listPets", "tags.Pets"] {
            let outcome = generate_with(&format!("[names]\n{section} = {quoted}\n"))
                .unwrap_or_else(|error| panic!("{section} = {name:?}: {error}"));
            let files = outcome.files.as_ref().expect("files");
            let found = faults(files, outcome.operations, outcome.types);
            assert_eq!(found, Vec::<String>::new(), "{section} = {name:?}");
            let harmless = generate_with(&format!("[names]\n{section} = 'Harmless'\n"))
                .unwrap_or_else(|error| panic!("{error}"));
            let wanted = shape(harmless.files.as_ref().expect("files")).expect("Rust");
            assert_eq!(
                difference(&shape(files).expect("Rust"), &wanted),
                Vec::<String>::new(),
                "{section} = {name:?}"
            );
        }
    }
}

/// Most settings are words of a grammar, and no other text is taken for one; the rest stays text.
#[test]
fn texts_of_a_target_are_refused_or_stay_texts() {
    let payload =
        "\"#; pub fn pwned() {} /* */ {{ pwned }}\n```\npwned()\n```\n---\n[pwned]\n<script>`\\";
    let quoted = toml::Value::from(payload).to_string();
    let front_matter = |language: &str, class: &str, slug: &str| {
        format!(
            "[docs.front_matter]\nlanguage = {language}\nsidebar_class_name = {class}\nslug = {slug}"
        )
    };
    let mut targets: Vec<String> = [
        "[package]\nversion = %",
        "[package]\nkeywords = [%]",
        "[package]\ncategories = [%]",
        "[auth]\nscheme = %",
        "[auth]\ntoken_url = %",
        "[env]\nbase_url = %",
        "[env]\nclient_id = %",
        "[env]\nclient_secret = %",
        "[env]\ntoken = %",
        "[env]\nvariables = {host = %}",
        "[errors]\nmessage = [%]",
        "[errors]\ntracking_id = [%]",
        "[errors]\ntracking_headers = [%]",
        "[names]\nacronyms = [%]",
        "[names]\nacronyms = ['']",
        "[secrets]\nproperties = [%]",
    ]
    .iter()
    .map(|target| target.replace('%', &quoted))
    .collect();
    targets.push(front_matter(&quoted, "'a'", "'/a'"));
    targets.push(front_matter("'rust'", &quoted, "'/a'"));
    targets.push(front_matter("'rust'", "'a'", &quoted));
    for target in targets {
        let result = generate_with(&target);
        assert!(
            matches!(result, Err(GenerateError::Settings { .. })),
            "{target} was taken"
        );
    }
    let outcome = generate_with(&format!("[package]\ndescription = {quoted}"))
        .unwrap_or_else(|error| panic!("{error}"));
    let files = outcome.files.as_ref().expect("files");
    assert_eq!(
        faults(files, outcome.operations, outcome.types),
        Vec::<String>::new()
    );
}
