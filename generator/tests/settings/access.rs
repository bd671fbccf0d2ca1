//! The settings that say what a list of scopes means and where operations name levels of users.

use super::{DOCUMENT, faults_in};

const SCOPES: &str = "security: [{userAuth: [a, b]}]";

fn faults(target: &str) -> Vec<String> {
    let document = DOCUMENT
        .replace("security: [{userAuth: []}]", SCOPES)
        .replace(
            "      tags: [Users]\n",
            "      tags: [Users]\n      x-levels: [ADMIN]\n      x-number: 1\n",
        );
    faults_in(&document, target)
}

#[test]
fn the_rule_for_scopes_is_for_lists_of_them() {
    assert_eq!(faults("[auth]\nscopes = 'any'"), [""; 0]);
    assert_eq!(
        faults_in(DOCUMENT, "[auth]\nscopes = 'all'"),
        [
            "line 2: auth.scopes = \"all\": no operation lists more than one scope of the client's security scheme"
        ]
    );
    assert_eq!(
        faults("[auth.scopes_of]\nlistUsersBYID = 'any'\nlistUsers = 'all'"),
        [
            "line 3: auth.scopes_of.listUsers = \"all\": the API has no operation `listUsers`; the nearest is `listUsersBYID`"
        ]
    );
    assert_eq!(
        faults_in(DOCUMENT, "[auth.scopes_of]\nlistUsersBYID = 'any'"),
        [
            "line 2: auth.scopes_of.listUsersBYID = \"any\": the operation does not list more than one scope of the client's security scheme"
        ]
    );
}

#[test]
fn levels_are_texts_of_an_extension() {
    let levels = |extension: &str, heading: &str| {
        faults(&format!(
            "[docs.levels]\nextension = '{extension}'\nheading = '{heading}'"
        ))
    };
    assert_eq!(levels("x-levels", "Levels"), [""; 0]);
    assert_eq!(
        levels("x-level", "Levels"),
        [
            "line 2: docs.levels.extension = \"x-level\": the API has no extension of operations `x-level`; the nearest is `x-levels`"
        ]
    );
    assert_eq!(
        levels("x-number", "Levels"),
        ["line 2: docs.levels.extension = \"x-number\": no operation lists texts there"]
    );
    assert_eq!(
        levels("x-levels", " "),
        ["line 3: docs.levels.heading = \" \": the text is empty"]
    );
}

#[test]
fn texts_of_a_licence_are_files_that_the_crate_does_not_have_yet() {
    let text = |texts: &str| faults_in(DOCUMENT, &format!("[package]\nlicense_texts = {texts}"));
    assert_eq!(text("['TERMS.txt']"), [""; 0]);
    assert_eq!(
        text("['TERMS.txt', 'TERMS.txt', 'MIT.txt']"),
        [
            "line 2: package.license_texts = \"TERMS.txt\": the list has it already",
            "line 2: package.license_texts = \"MIT.txt\": there is no such file beside the target file"
        ]
    );
    assert_eq!(
        faults_in(
            DOCUMENT,
            "[package]\nlicense_file = 'TERMS.txt'\nlicense_texts = ['TERMS.txt']"
        ),
        ["line 3: package.license_texts = \"TERMS.txt\": `license_file` has it already"]
    );
}

#[test]
fn a_file_of_settings_is_one_of_the_working_directory_that_a_client_id_can_be_in() {
    let file = |name: &str| {
        format!(
            "[env.file]\nname = '{name}'\nbase_url = 'BaseURL'\nclient_id = 'ClientId'\nclient_secret = 'ClientSecret'"
        )
    };
    assert_eq!(faults_in(DOCUMENT, &file("config.json")), [""; 0]);
    assert_eq!(
        faults_in(DOCUMENT, &file("../config.json")),
        [
            "line 2: env.file.name = \"../config.json\": this is no name of a file in the working directory"
        ]
    );
    assert_eq!(
        faults_in(
            DOCUMENT,
            &format!("[auth]\nscheme = 'door'\n{}", file("a.json"))
        ),
        [
            "line 4: env.file.name = \"a.json\": the client does not sign in with a client id and secret, which the file holds"
        ]
    );
}
