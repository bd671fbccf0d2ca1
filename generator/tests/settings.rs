//! Every setting of a target file applies to something, or is an error that names its place, its value and the nearest thing.

#[path = "settings/access.rs"]
mod access;
#[path = "settings/calls.rs"]
mod calls;
mod common;
#[path = "settings/jobs.rs"]
mod jobs;
#[path = "settings/package.rs"]
mod package;
#[path = "settings/paging.rs"]
mod paging;

use sdk_generator::generate::{GenerateError, generate};
use sdk_generator::target::Target;
use std::fs;

const DOCUMENT: &str = include_str!("settings/openapi.yaml");

/// Generates with a target file; gives its faults, a line for each.
fn faults_in(document: &str, target: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a written file");
        path
    };
    write("examples/first.rs", "fn main() {}\n");
    write("examples/notes.txt", "No example.\n");
    write("TERMS.txt", "Ours.\n");
    let mut job = common::job(&write("openapi.yaml", document));
    job.name = Some("settings".to_owned());
    job.target = Target::read(&write("target.toml", target)).expect("a target file");
    match generate(&job) {
        Ok(outcome) => {
            assert!(outcome.files.is_some(), "{}", outcome.report());
            Vec::new()
        }
        Err(GenerateError::Settings { file, faults }) => {
            assert_eq!(file, folder.path().join("target.toml"));
            faults.iter().map(ToString::to_string).collect()
        }
        Err(error) => panic!("{error}"),
    }
}

/// Checks that the first of two target files passes, and that the only fault of the second is this.
#[track_caller]
fn check(good: &str, bad: &str, fault: &str) {
    assert_eq!(faults_in(DOCUMENT, good), [""; 0], "{good}");
    assert_eq!(faults_in(DOCUMENT, bad), [fault], "{bad}");
}

#[test]
fn the_name_of_a_package_is_cargos() {
    check(
        "[package]\nname = 'a-b_2'",
        "[package]\nname = 'serde'",
        "line 2: package.name = \"serde\": a crate's name is at most 64 ASCII letters, digits, `-` and `_`, begins with a letter, and is \
         neither a Rust keyword nor the name of a crate that the emitted code uses",
    );
}

#[test]
fn the_version_of_a_package_is_semantic() {
    check(
        "[package]\nversion = '1.2.3-beta.1+x'",
        "[package]\nversion = '1.2'",
        "line 2: package.version = \"1.2\": this is no version by semver.org, such as `1.2.3`: unexpected end of input while parsing \
         minor version number",
    );
}

#[test]
fn the_description_of_a_package_says_something() {
    check(
        "[package]\ndescription = 'Users.'",
        "[package]\ndescription = ' '",
        "line 2: package.description = \" \": the text is empty; leave the setting out",
    );
}

#[test]
fn keywords_are_those_of_crates_io() {
    check(
        "[package]\nkeywords = ['a', 'c++', 'api-client', '2fa', 'u_v']",
        "[package]\nkeywords = [\n  'a',\n  'api client',\n]",
        "line 4: package.keywords = \"api client\": crates.io takes keywords of at most 20 ASCII letters, digits, `-`, `_` and `+` that \
         begin with a letter or a digit",
    );
    check(
        "",
        "[package]\nkeywords = ['a', 'b', 'c', 'd', 'e', 'f']",
        "line 2: package.keywords = \"f\": crates.io takes at most five keywords",
    );
}

#[test]
fn categories_are_those_of_crates_io() {
    check(
        "[package]\ncategories = ['api-bindings', 'web-programming::http-client']",
        "[package]\ncategories = ['api-binding']",
        "line 2: package.categories = \"api-binding\": crates.io has no such category; the nearest is `api-bindings`",
    );
}

#[test]
fn required_variables_are_the_servers() {
    check(
        "[server]\nrequired_variables = ['tenant']",
        "[server]\nrequired_variables = ['tenat']",
        "line 2: server.required_variables = \"tenat\": the API has no server variable `tenat`; the nearest is `tenant`",
    );
}

#[test]
fn the_scheme_is_one_of_the_documents() {
    // What applies to client credentials alone is no fault of its own while the scheme is unknown.
    check(
        "[auth]\nscheme = 'userAuth'",
        "[auth]\nscheme = 'userAuht'\ntoken_url = '/token'\ntoken_request = 'form'\n[env]\nclient_id = 'ID'\ntoken = 'TOKEN'",
        "line 2: auth.scheme = \"userAuht\": the API has no security scheme `userAuht`; the nearest is `userAuth`",
    );
}

#[test]
fn the_token_url_is_one_that_the_client_uses() {
    for url in [
        "/token",
        "https://a.example/t",
        "https://{tenant}.example/t",
    ] {
        let target = format!("[auth]\ntoken_url = '{url}'");
        assert_eq!(faults_in(DOCUMENT, &target), [""; 0]);
    }
    for url in ["token", "", "ftp://a.example/t", "https:///t", "/a b"] {
        let target = format!("[auth]\ntoken_url = '{url}'");
        let wanted = format!(
            "line 2: auth.token_url = \"{url}\": this is neither an http or https URL nor a path that begins with `/`"
        );
        assert_eq!(faults_in(DOCUMENT, &target), [wanted]);
    }
    check(
        "",
        "[auth]\ntoken_url = 'https://{tennant}.example/t'",
        "line 2: auth.token_url = \"https://{tennant}.example/t\": the API has no server variable `tennant`; the nearest is `tenant`",
    );
    check(
        "",
        "[auth]\nscheme = 'door'\ntoken_url = '/token'",
        "line 3: auth.token_url = \"/token\": only a client that signs in with client credentials asks for tokens, and this one does not",
    );
}

#[test]
fn the_token_request_is_for_client_credentials() {
    check(
        "[auth]\ntoken_request = 'basic-json'",
        "[auth]\nscheme = 'key'\ntoken_request = 'form'",
        "line 3: auth.token_request = \"form\": only a client that signs in with client credentials asks for tokens, and this one does not",
    );
}

#[test]
fn environment_variables_are_those_that_the_client_reads() {
    check(
        "[env]\nbase_url = 'A'\nclient_id = 'B'\nclient_secret = 'C'\ntoken = 'D'",
        "[auth]\nscheme = 'key'\n[env]\nclient_id = 'A'",
        "line 4: env.client_id = \"A\": the client does not sign in with this; the nearest is `env.token`",
    );
    check(
        "[auth]\nscheme = 'door'\n[env]\nclient_id = 'A'\nclient_secret = 'B'",
        "[auth]\nscheme = 'door'\n[env]\ntoken = 'A'",
        "line 4: env.token = \"A\": the client does not sign in with this; the nearest is `env.client_id`",
    );
    for name in ["base_url", "client_id", "client_secret", "token"] {
        check(
            "",
            &format!("[env]\n{name} = '2-a'"),
            &format!(
                "line 2: env.{name} = \"2-a\": an environment variable's name is ASCII letters, digits and `_`, and begins with no digit"
            ),
        );
    }
}

#[test]
fn environment_variables_are_for_variables_of_the_server() {
    check(
        "[env.variables]\ntenant = 'TENANT'",
        "[env.variables]\ntennant = 'TENANT'",
        "line 2: env.variables.tennant = \"TENANT\": the API has no server variable `tennant`; the nearest is `tenant`",
    );
}

#[test]
fn pointers_lead_to_a_text_or_a_number_of_an_error_body() {
    let good = "['/trackingId', '/messages/0/text', '/cause/cause/trackingId', '/more/of/it', '/code', '/words/en', '/error_description', '/0/name']";
    for setting in ["message", "tracking_id"] {
        check(
            &format!("[errors]\n{setting} = {good}"),
            &format!("[errors]\n{setting} = ['/messages/0/txt']"),
            &format!(
                "line 2: errors.{setting} = \"/messages/0/txt\": no answer of the API has a text or a number there; \
                 the nearest is `/messages/0/text`"
            ),
        );
        for pointer in ["", "trackingId", "/a~2b", "/a~"] {
            check(
                "",
                &format!("[errors]\n{setting} = ['{pointer}']"),
                &format!(
                    "line 2: errors.{setting} = \"{pointer}\": this is no JSON pointer to a member (RFC 6901), such as `/error/message`"
                ),
            );
        }
        for pointer in ["/isFinal", "/messages", "/messages/x", "/trackingId/0"] {
            let target = format!("[errors]\n{setting} = ['{pointer}']");
            let faults = faults_in(DOCUMENT, &target);
            assert!(
                faults.len() == 1 && faults[0].contains("has a text or a number there"),
                "{faults:?}"
            );
        }
    }
}

#[test]
fn pointers_pass_where_no_error_body_is_declared() {
    let document = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example'}]\n\
        paths: {/a: {get: {operationId: a, responses: {'204': {description: A.}}}}}\n";
    assert_eq!(
        faults_in(document, "[errors]\nmessage = ['/message']"),
        [""; 0]
    );
}

#[test]
fn tracking_headers_are_names_of_headers() {
    check(
        "[errors]\ntracking_headers = ['X-Request-Id']",
        "[errors]\ntracking_headers = ['X-Request-Id', 'X Request']",
        "line 2: errors.tracking_headers = \"X Request\": this is no name of a header (RFC 9110, 5.1)",
    );
}

#[test]
fn names_are_for_things_of_the_document() {
    check(
        "[names.operations]\nlistUsersBYID = 'list'",
        "[names.operations]\nlistUserBYID = 'list'",
        "line 2: names.operations.listUserBYID = \"list\": the API has no operation `listUserBYID`; the nearest is `listUsersBYID`",
    );
    check(
        "[names.schemas]\nUser = 'Person'",
        "[names.schemas]\nuser = 'Person'",
        "line 2: names.schemas.user = \"Person\": the API has no schema `user`; the nearest is `User`",
    );
    check(
        "[names.tags]\nUsers = 'people'",
        "[names.tags]\n'Users ' = 'people'",
        "line 2: names.tags.\"Users \" = \"people\": the API has no tag `Users `; the nearest is `Users`",
    );
}

#[test]
fn acronyms_stand_in_names() {
    check(
        "[names]\nacronyms = ['BY', 'id']",
        "[names]\nacronyms = ['BYI', 'BYD']",
        "line 2: names.acronyms = \"BYD\": no name of the API has it in capitals; the nearest is `BYID`",
    );
}

#[test]
fn secrets_are_properties() {
    check(
        "[secrets]\nproperties = ['accessKey', 'User.name', 'Refusal.trackingId']",
        "[secrets]\nproperties = ['acessKey']",
        "line 2: secrets.properties = \"acessKey\": the API has no property `acessKey`; the nearest is `accessKey`",
    );
    check(
        "",
        "[secrets]\nproperties = ['User.trackingId']",
        "line 2: secrets.properties = \"User.trackingId\": the schema `User` has no property `trackingId`; the nearest is `User.pass.word`",
    );
    check(
        "",
        "[secrets]\nproperties = ['Usr.accessKey']",
        "line 2: secrets.properties = \"Usr.accessKey\": the API has no schema `Usr` with properties; the nearest is `User.accessKey`",
    );
}

#[test]
fn front_matter_is_what_a_portal_takes() {
    let front_matter = |language: &str, class: &str, slug: &str| {
        format!(
            "[docs.front_matter]\nlanguage = '{language}'\nsidebar_class_name = '{class}'\nslug = '{slug}'"
        )
    };
    let good = front_matter("rust", "rust sdk-a", "/tools/sdk");
    check(
        &good,
        &front_matter("", "a", "/a"),
        "line 2: docs.front_matter.language = \"\": a language is one word of ASCII letters, digits, `+`, `#`, `-`, `.` and `_`",
    );
    check(
        &good,
        &front_matter("rust", "a.b", "/a"),
        "line 3: docs.front_matter.sidebar_class_name = \"a.b\": a class is ASCII letters, digits, `-` and `_`; several are separated by \
         spaces",
    );
    check(
        &good,
        &front_matter("rust", "a", "tools"),
        "line 4: docs.front_matter.slug = \"tools\": an address begins with `/`, does not end with one, and is ASCII letters, digits, `/`, \
         `-`, `.`, `_` and `~`",
    );
}

#[test]
fn examples_are_files_of_the_folder() {
    check(
        "[examples]\nfiles = ['first.rs']",
        "[examples]\nfiles = ['frist.rs']",
        "line 2: examples.files = \"frist.rs\": the folder `examples` beside the target file has no such file; the nearest is `first.rs`",
    );
}

#[test]
fn no_list_has_an_item_twice() {
    for (setting, item) in [
        ("package]\nkeywords", "a"),
        ("package]\ncategories", "authentication"),
        ("server]\nrequired_variables", "tenant"),
        ("errors]\nmessage", "/trackingId"),
        ("errors]\ntracking_id", "/trackingId"),
        ("errors]\ntracking_headers", "A"),
        ("names]\nacronyms", "BY"),
        ("secrets]\nproperties", "accessKey"),
        ("examples]\nfiles", "first.rs"),
    ] {
        let key = setting.replace("]\n", ".");
        check(
            "",
            &format!("[{setting} = ['{item}', '{item}']"),
            &format!("line 2: {key} = \"{item}\": the list has it already"),
        );
    }
}

#[test]
fn all_faults_are_shown_together_in_the_order_of_the_file() {
    let faults = faults_in(
        DOCUMENT,
        "[secrets]\nproperties = ['a']\n[package]\nversion = 'x'\n[auth]\nscheme = 'b'\n",
    );
    let lines: Vec<&str> = faults.iter().filter_map(|fault| fault.get(..7)).collect();
    assert_eq!(lines, ["line 2:", "line 4:", "line 6:"]);
}

#[test]
fn the_committed_targets_have_no_dead_settings() {
    let specs = common::workspace().join("specs");
    let mut checked = 0;
    for entry in fs::read_dir(specs).expect("the folder") {
        let folder = entry.expect("an entry").path();
        let target = folder.join("target.toml");
        if !target.exists() {
            continue;
        }
        let mut job = common::job(&folder.join("openapi.yaml"));
        job.target = Target::read(&target).expect("a target file");
        let outcome = generate(&job).unwrap_or_else(|error| panic!("{error}"));
        assert!(outcome.files.is_some(), "{}", outcome.report());
        checked += 1;
    }
    assert!(checked >= 2, "targets are missing");
}
