//! What changes for callers of a crate, told from its files.

use sdk_generator::files::FileSet;
use sdk_generator::surface::{self, Surface, differences};
use std::path::Path;

/// A crate of these files of `src/`, with a manifest of these features.
fn files(features: &[&str], sources: &[(&str, &str)]) -> FileSet {
    let mut files = FileSet::default();
    let features: String = features
        .iter()
        .map(|name| format!("{name} = []\n"))
        .collect();
    files.insert(
        "Cargo.toml",
        format!("[package]\nname = \"pets\"\n[features]\n{features}"),
    );
    for (path, source) in sources {
        files.insert(format!("src/{path}"), *source);
    }
    files
}

/// What changes from one crate to the other, a line each.
fn told(old: &FileSet, new: &FileSet) -> Vec<String> {
    let surface = |files| Surface::of(files).unwrap();
    let report = surface::report(&differences(&surface(old), &surface(new)));
    report.lines().map(str::to_owned).collect()
}

const LIB: &str =
    "pub mod api; mod client; mod error; pub mod mock; pub mod models; pub use client::Client;
    pub use error::*; pub use sdk_runtime::{Body, Value};";
const API: &str = r#"
    impl Pets {
        pub fn list_pets(&self) -> Request<ListPets> { todo() }
        pub fn get_pet(&self, id: &str) -> Request<GetPet> { todo() }
        fn private(&self) {}
    }
    sdk_runtime::operations!(Pets {
        list_pets => ListPets(Vec<models::Pet>, ErrorBody),
        get_pet => GetPet(models::Pet, NoErrorBody),
    });
    sdk_runtime::paged!(paging::OFFSET { ListPets(models::Pet) in items });
    sdk_runtime::starts_job!(crate::jobs::REPORT { GetPet => ListPets });
    sdk_runtime::filter!(Pets::list_pets: ListPetsFilter(And) { name: Text[operators::Eq] = "name" });
    sdk_runtime::sorters!(Pets::list_pets: ListPetsSort { name = "name" });
    impl Request<ListPets> {
        pub fn limit(self, limit: i32) -> Self { todo() }
    }
"#;
const MODELS: &str = r#"
    #[derive(Clone, Debug)] #[non_exhaustive]
    pub struct Pet { pub id: Option<String>, pub owner: Option<Box<super::Person>> }
    #[derive(Clone)]
    pub struct NewPet { pub name: String }
    #[derive(Clone, Copy)] #[non_exhaustive]
    pub enum Kind { Cat, Dog }
    pub enum Answer { One(super::Pet), None }
    impl From<Kind> for String { fn from(_: Kind) -> Self { todo() } }
"#;

fn pets() -> FileSet {
    files(
        &["default", "pets"],
        &[
            ("lib.rs", LIB),
            ("api/mod.rs", "pub mod pets;"),
            ("api/pets.rs", API),
            ("models/mod.rs", "mod pets; pub use pets::*;"),
            ("models/pets.rs", MODELS),
            (
                "client.rs",
                "pub struct Client; pub static SERVICE: Service = todo();",
            ),
            ("error.rs", "pub enum ErrorBody { NotFound(String) }"),
            ("mock/pets.rs", "pub struct Unseen;"),
        ],
    )
}

/// The crate with a text of one of its files replaced.
fn with(path: &str, old: &str, new: &str) -> FileSet {
    let mut files = pets();
    let path = format!("src/{path}");
    let source = String::from_utf8(files.get(&path).unwrap().to_vec()).unwrap();
    assert!(source.contains(old), "{path} has no {old}");
    files.insert(path, source.replacen(old, new, 1));
    files
}

#[test]
fn what_keeps_a_program_from_compiling_is_told_apart_from_what_does_not() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (
            "api/pets.rs",
            "get_pet(&self, id: &str)",
            "get_pet(&self, id: i64)",
            &[
                "breaks  api::pets::Pets::get_pet was: fn get_pet(&self, id: &str) -> Request<GetPet>",
                "        api::pets::Pets::get_pet is:  fn get_pet(&self, id: i64) -> Request<GetPet>",
            ],
        ),
        // Callers do not write the names of parameters.
        (
            "api/pets.rs",
            "get_pet(&self, id: &str)",
            "get_pet(&self, key: &str)",
            &[],
        ),
        (
            "api/pets.rs",
            "pub fn limit(self, limit: i32)",
            "pub fn offset(self, offset: i32)",
            &[
                "breaks  api::pets::Request<ListPets>::limit is gone: fn limit(self, limit: i32) -> Self",
                "adds    api::pets::Request<ListPets>::offset is new: fn offset(self, offset: i32) -> Self",
            ],
        ),
        (
            "api/pets.rs",
            "GetPet(models::Pet, NoErrorBody)",
            "GetPet(models::Kind, NoErrorBody)",
            &[
                "breaks  api::pets::GetPet was: gives Pet, is refused with NoErrorBody",
                "        api::pets::GetPet is:  gives Kind, is refused with NoErrorBody",
            ],
        ),
        (
            "api/pets.rs",
            "{ ListPets(models::Pet) in items }",
            "{}",
            &["breaks  api::pets::ListPets: pages is gone: of Pet, by OFFSET"],
        ),
        (
            "api/pets.rs",
            "{ GetPet => ListPets }",
            "{}",
            &["breaks  api::pets::GetPet: wait is gone: for ListPets"],
        ),
        (
            "api/pets.rs",
            "name: Text[operators::Eq] = \"name\"",
            "name: Text[operators::Eq, operators::Sw] = \"label\", id: Text[operators::Eq] = \"id\"",
            &[
                "breaks  api::pets::ListPetsFilter::name was: Text[Eq]",
                "        api::pets::ListPetsFilter::name is:  Text[Eq, Sw]",
                "adds    api::pets::ListPetsFilter::id is new: Text[Eq]",
            ],
        ),
        (
            "api/pets.rs",
            "{ name = \"name\" }",
            "{ age = \"age\" }",
            &[
                "breaks  api::pets::ListPetsSort::name is gone: field",
                "adds    api::pets::ListPetsSort::age is new: field",
            ],
        ),
        (
            "models/pets.rs",
            "pub id: Option<String>",
            "pub id: Option<i64>, pub age: Option<i32>",
            &[
                "breaks  models::Pet::id was: Option<String>",
                "        models::Pet::id is:  Option<i64>",
                "adds    models::Pet::age is new: Option<i32>",
            ],
        ),
        // Whoever makes a `NewPet` with all of its fields has one too few.
        (
            "models/pets.rs",
            "pub name: String",
            "pub name: String, pub age: Option<i32>",
            &["breaks  models::NewPet::age is new: Option<i32>"],
        ),
        (
            "models/pets.rs",
            "#[derive(Clone)]\n    pub struct NewPet",
            "#[derive(Clone)] #[non_exhaustive]\n    pub struct NewPet",
            &["breaks  models::NewPet: struct literal is gone: possible"],
        ),
        (
            "models/pets.rs",
            "Cat, Dog",
            "Cat, Dog, Cow",
            &["adds    models::Kind::Cow is new: variant"],
        ),
        (
            "models/pets.rs",
            "One(super::Pet), None",
            "One(super::Pet), Two(super::Pet), None",
            &["breaks  models::Answer::Two is new: variant of Pet"],
        ),
        (
            "models/pets.rs",
            "#[derive(Clone, Copy)]",
            "#[derive(Clone, PartialEq)]",
            &[
                "breaks  models::Kind: Copy is gone: implemented",
                "adds    models::Kind: PartialEq is new: implemented",
            ],
        ),
        (
            "models/pets.rs",
            "impl From<Kind> for String { fn from(_: Kind) -> Self { todo() } }",
            "",
            &["breaks  models::String: From<Kind> is gone: implemented"],
        ),
        // That a type is in another module, which callers do not see, is no change.
        (
            "models/pets.rs",
            "Box<super::Person>",
            "Box<crate::models::shared::Person>",
            &[],
        ),
        (
            "lib.rs",
            "pub use sdk_runtime::{Body, Value}",
            "pub use sdk_runtime::{Value}",
            &["breaks  Body is gone: re-export"],
        ),
        ("mock/pets.rs", "Unseen", "Unknown", &[]),
    ];
    for (path, old, new, expected) in cases {
        let mut lines = told(&pets(), &with(path, old, new));
        lines.pop();
        lines.retain(|line| !line.is_empty());
        assert_eq!(lines, *expected, "{old} to {new}");
    }
}

#[test]
fn what_is_new_or_gone_as_a_whole_is_told_once() {
    let without = with(
        "models/pets.rs",
        "#[derive(Clone)]\n    pub struct NewPet { pub name: String }",
        "",
    );
    assert_eq!(
        told(&pets(), &without),
        [
            "breaks  models::NewPet is gone: struct",
            "",
            "1 change, which may keep programs from compiling"
        ]
    );
    assert_eq!(
        told(&without, &pets()),
        [
            "adds    models::NewPet is new: struct",
            "",
            "1 change; programs that use the crate compile as before"
        ]
    );
    let operation = with(
        "api/pets.rs",
        "pub fn list_pets(&self) -> Request<ListPets> { todo() }",
        "",
    );
    let source = String::from_utf8(operation.get("src/api/pets.rs").unwrap().to_vec()).unwrap();
    let (before, after) = source.split_once("list_pets => ").unwrap();
    let (_, after) = after.split_once(",\n").unwrap();
    let (after, _) = after.split_once("sdk_runtime::paged!").unwrap();
    let mut gone = operation;
    gone.insert("src/api/pets.rs", format!("{before}{after}"));
    let lines = told(&pets(), &gone);
    assert_eq!(
        lines[0],
        "breaks  api::pets::GetPet: wait is gone: for ListPets"
    );
    assert_eq!(
        lines[1],
        "breaks  api::pets::Pets::list_pets is gone: fn list_pets(&self) -> Request<ListPets>"
    );
    assert_eq!(lines.len(), 4, "{lines:#?}");
}

#[test]
fn features_are_items() {
    let mut fewer = pets();
    fewer.insert("Cargo.toml", "[features]\ndefault = []\n");
    assert_eq!(
        told(&pets(), &fewer)[0],
        "breaks  feature pets is gone: feature"
    );
}

#[test]
fn a_file_that_is_no_rust_is_named() {
    let broken = with("error.rs", "pub enum", "pub enum enum");
    let error = Surface::of(&broken).unwrap_err().to_string();
    assert!(
        error.starts_with("src/error.rs cannot be read as Rust: "),
        "{error}"
    );
    assert_eq!(surface::summary("pets", &broken, &pets()), "");
}

#[test]
fn a_summary_ends_and_says_how_much_is_left() {
    let variants: String = (0..60).map(|number| format!("V{number}, ")).collect();
    let more = with("models/pets.rs", "Cat, Dog", &format!("{variants} Dog"));
    let summary = surface::summary("pets", &pets(), &more);
    assert!(
        summary.starts_with(
            "\nWhat changes for callers of pets:\n\nbreaks  models::Kind::Cat is gone"
        )
    );
    assert!(
        summary.ends_with(
            "\n… and 21 more\n\n61 changes, 1 of which may keep programs from compiling\n"
        ),
        "{summary}"
    );
    assert_eq!(surface::summary("pets", &pets(), &pets()), "");
    assert_eq!(surface::summary("pets", &FileSet::default(), &pets()), "");
}

/// A crate without the calls of one of the runtime's macros.
fn without_macro(files: &FileSet, name: &str) -> FileSet {
    let call = format!("sdk_runtime::{name}!");
    let mut without = FileSet::default();
    for (path, content) in files.iter() {
        let content = String::from_utf8_lossy(content);
        without.insert(path, content.replace(&call, "sdk_runtime::nothing!"));
    }
    without
}

/// What the macros of a crate declare is read from all of their calls.
#[test]
fn every_operation_of_a_committed_crate_has_its_items() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    for (name, expected) in [
        (
            "onelogin",
            [
                ("operations", 161),
                ("paged", 11),
                ("starts_job", 1),
                ("filter", 0),
                ("sorters", 0),
            ],
        ),
        (
            "sailpoint-v3",
            [
                ("operations", 358),
                ("paged", 56),
                ("starts_job", 9),
                ("filter", 44),
                ("sorters", 32),
            ],
        ),
    ] {
        let files = FileSet::read(&committed.join(name)).unwrap();
        let whole = Surface::of(&files).unwrap();
        for (call, count) in expected {
            let without = Surface::of(&without_macro(&files, call)).unwrap();
            let gone = differences(&whole, &without);
            assert!(gone.iter().all(|item| item.breaks), "{gone:#?}");
            assert_eq!(gone.len(), count, "{name}: {call}");
        }
    }
}
