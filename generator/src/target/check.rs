//! Takes the settings of a target and what the API has, gives every setting that applies to nothing or cannot be used. It exists
//! because a setting with a slip of the pen in it would otherwise change nothing, unsaid: a client without credentials, a secret
//! that is printed.

use super::fault::{Faults, Setting, TargetFault};
use super::known::{Credentials, Known};
use super::{
    Auth, ConfigFile, Errors, Examples, FrontMatter, Levels, Names, Target, calls, jobs, package,
    paging, secrets,
};
use crate::closeness::nearest;
use crate::pointer::JsonPointer;
use crate::text::{is_device, is_token};
use std::path::Path;

/// Checks every setting of a target.
///
/// # Errors
///
/// Everything that is wrong, in the order of the file.
pub fn check(target: &Target, known: &Known<'_>) -> Result<(), Vec<TargetFault>> {
    let mut faults = Faults::new(&target.lines);
    package::check(&mut faults, &target.package, &target.folder);
    let variables = &target.server.required_variables;
    let key = ["server", "required_variables"];
    faults.expect_once(&key, variables);
    for setting in Setting::items(&key, variables) {
        let known = &known.server_variables;
        faults.expect_known(setting, setting.value, "server variable", known);
    }
    check_auth(&mut faults, &target.auth, known);
    check_env(&mut faults, target, known);
    check_errors(&mut faults, &target.errors, known);
    calls::check(&mut faults, target.rate_limit, &target.retries, known);
    check_names(&mut faults, &target.names, known);
    secrets::check(&mut faults, &target.secrets, known);
    paging::check(&mut faults, &target.paging, known);
    jobs::check(&mut faults, &target.jobs, known);
    let key = ["docs", "readme"];
    faults.expect_once(&key, &target.docs.readme);
    for setting in Setting::items(&key, &target.docs.readme) {
        faults.expect_known(setting, setting.value, "operation", &known.operations);
    }
    if let Some(levels) = &target.docs.levels {
        check_levels(&mut faults, levels, known);
    }
    if let Some(front_matter) = &target.docs.front_matter {
        check_front_matter(&mut faults, front_matter);
    }
    check_examples(&mut faults, &target.examples, &target.folder);
    match faults.into_list() {
        faults if faults.is_empty() => Ok(()),
        faults => Err(faults),
    }
}

fn check_auth(faults: &mut Faults<'_>, auth: &Auth, known: &Known<'_>) {
    if let Some(scheme) = &auth.scheme {
        let setting = Setting::new(&["auth", "scheme"], scheme);
        faults.expect_known(setting, scheme, "security scheme", &known.schemes);
    }
    let of_others = "only a client that signs in with client credentials asks for tokens, and this one does not";
    let has_tokens = known.credentials == Credentials::Client || has_unknown_scheme(auth, known);
    if let Some(url) = &auth.token_url {
        let setting = Setting::new(&["auth", "token_url"], url);
        if !has_tokens {
            faults.add(setting, of_others);
        }
        check_token_url(faults, setting, known);
    }
    if let Some(prefix) = &auth.prefix {
        let setting = Setting::new(&["auth", "prefix"], prefix);
        if !known.has_prefix {
            faults.add(
                setting,
                "no security scheme is an API key in the header `Authorization`",
            );
        } else if !prefix.is_empty() && !is_token(prefix) {
            faults.add(setting, "this cannot be the name of an HTTP scheme");
        }
    }
    check_scopes(faults, auth, known);
    if let Some(request) = auth.token_request
        && !has_tokens
    {
        faults.add(
            Setting::new(&["auth", "token_request"], request.name()),
            of_others,
        );
    }
}

fn check_scopes(faults: &mut Faults<'_>, auth: &Auth, known: &Known<'_>) {
    if has_unknown_scheme(auth, known) {
        return;
    }
    if let Some(rule) = auth.scopes
        && known.scope_lists.is_empty()
    {
        faults.add(
            Setting::new(&["auth", "scopes"], rule.name()),
            "no operation lists more than one scope of the client's security scheme",
        );
    }
    for (operation, rule) in &auth.scopes_of {
        let key = ["auth", "scopes_of", operation];
        let setting = Setting::new(&key, rule.name());
        if !known.operations.contains(&operation.as_str()) {
            faults.expect_known(setting, operation, "operation", &known.operations);
        } else if !known.scope_lists.contains(&operation.as_str()) {
            faults.add(
                setting,
                "the operation does not list more than one scope of the client's security scheme",
            );
        }
    }
}

fn check_levels(faults: &mut Faults<'_>, levels: &Levels, known: &Known<'_>) {
    let setting = Setting::new(&["docs", "levels", "extension"], &levels.extension);
    let extensions = &known.operation_extensions;
    if !extensions.contains(&setting.value) {
        faults.expect_known(
            setting,
            setting.value,
            "extension of operations",
            extensions,
        );
    } else if !known.has_levels {
        faults.add(setting, "no operation lists texts there");
    }
    if levels.heading.trim().is_empty() {
        let key = ["docs", "levels", "heading"];
        faults.add(Setting::new(&key, &levels.heading), "the text is empty");
    }
}

/// Whether the scheme that was meant is unknown, so that nobody can say which credentials the client has.
fn has_unknown_scheme(auth: &Auth, known: &Known<'_>) -> bool {
    let scheme = auth.scheme.as_deref();
    scheme.is_some_and(|scheme| !known.schemes.contains(&scheme))
}

fn check_token_url(faults: &mut Faults<'_>, setting: Setting<'_>, known: &Known<'_>) {
    let url = setting.value;
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    let has_place = match host {
        Some(host) => !host.is_empty() && !host.starts_with(['/', '?', '#']),
        None => url.starts_with('/'),
    };
    let is_plain = url
        .chars()
        .all(|c| c.is_ascii_graphic() && !"\"<>\\^`|".contains(c));
    if !has_place || !is_plain {
        faults.add(
            setting,
            "this is neither an http or https URL nor a path that begins with `/`",
        );
        return;
    }
    for part in url.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        faults.expect_known(setting, name, "server variable", &known.server_variables);
    }
}

fn check_env(faults: &mut Faults<'_>, target: &Target, known: &Known<'_>) {
    let credentials = known.credentials;
    let env = &target.env;
    let any = has_unknown_scheme(&target.auth, known);
    let has_pair = matches!(credentials, Credentials::Client | Credentials::Password);
    let has_token = matches!(credentials, Credentials::Client | Credentials::Token);
    let settings = [
        ("base_url", &env.base_url, true),
        ("client_id", &env.client_id, any || has_pair),
        ("client_secret", &env.client_secret, any || has_pair),
        ("token", &env.token, any || has_token),
    ];
    for (name, value, is_used) in settings {
        let Some(value) = value else { continue };
        let key = ["env", name];
        let setting = Setting::new(&key, value);
        if !is_used {
            let nearest = match credentials {
                Credentials::Token => Some("env.token".to_owned()),
                Credentials::Password => Some("env.client_id".to_owned()),
                Credentials::Client | Credentials::None => None,
            };
            faults.add_with(setting, "the client does not sign in with this", nearest);
        }
        check_env_name(faults, setting);
    }
    if let Some(file) = &env.file {
        check_file(faults, file, any || credentials == Credentials::Client);
    }
    for (variable, value) in &env.variables {
        let key = ["env", "variables", variable];
        let setting = Setting::new(&key, value);
        faults.expect_known(
            setting,
            variable,
            "server variable",
            &known.server_variables,
        );
        check_env_name(faults, setting);
    }
}

fn check_file(faults: &mut Faults<'_>, file: &ConfigFile, is_used: bool) {
    let key = ["env", "file", "name"];
    let setting = Setting::new(&key, &file.name);
    if !is_used {
        faults.add(
            setting,
            "the client does not sign in with a client id and secret, which the file holds",
        );
    } else if file.name.is_empty() || file.name.contains(['/', '\\']) {
        faults.add(
            setting,
            "this is no name of a file in the working directory",
        );
    }
}

fn check_env_name(faults: &mut Faults<'_>, setting: Setting<'_>) {
    let name = setting.value;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        faults.add(
            setting,
            "an environment variable's name is ASCII letters, digits and `_`, and begins with no digit",
        );
    }
}

fn check_errors(faults: &mut Faults<'_>, errors: &Errors, known: &Known<'_>) {
    for (name, pointers) in [
        ("message", &errors.message),
        ("tracking_id", &errors.tracking_id),
    ] {
        let key = ["errors", name];
        faults.expect_once(&key, pointers);
        for setting in Setting::items(&key, pointers) {
            check_pointer(faults, setting, known);
        }
    }
    let key = ["errors", "tracking_headers"];
    faults.expect_once(&key, &errors.tracking_headers);
    for setting in Setting::items(&key, &errors.tracking_headers) {
        if !is_token(setting.value) {
            faults.add(setting, "this is no name of a header (RFC 9110, 5.1)");
        }
    }
}

/// A pointer must lead to a text or a number in the body of an answer. Where the document declares no error body, nobody knows.
fn check_pointer(faults: &mut Faults<'_>, setting: Setting<'_>, known: &Known<'_>) {
    let text = setting.value;
    let is_escaped = text
        .split('~')
        .skip(1)
        .all(|after| after.starts_with(['0', '1']));
    let pointer = JsonPointer::parse(text).filter(|_| !text.is_empty() && is_escaped);
    let Some(pointer) = pointer else {
        let problem = "this is no JSON pointer to a member (RFC 6901), such as `/error/message`";
        faults.add(setting, problem);
        return;
    };
    if known.bodies.errors.is_empty() {
        return;
    }
    let tokens: Vec<String> = pointer.tokens().collect();
    if let Err((depth, names)) = known.bodies.follow(&tokens) {
        let wanted = tokens.get(depth).map(String::as_str).unwrap_or_default();
        let nearest = nearest(wanted, names.iter().copied()).map(|name| {
            let before = tokens.iter().take(depth).map(String::as_str);
            JsonPointer::from_tokens(before.chain([name.as_str()]))
                .as_str()
                .to_owned()
        });
        let problem = "no answer of the API has a text or a number there";
        faults.add_with(setting, problem, nearest);
    }
}

fn check_names(faults: &mut Faults<'_>, names: &Names, known: &Known<'_>) {
    for (table, kind, names, known) in [
        (
            "operations",
            "operation",
            &names.operations,
            &known.operations,
        ),
        ("schemas", "schema", &names.schemas, &known.schemas),
        ("tags", "tag", &names.tags, &known.tags),
    ] {
        for (name, value) in names {
            let key = ["names", table, name];
            faults.expect_known(Setting::new(&key, value), name, kind, known);
        }
    }
    let key = ["names", "acronyms"];
    faults.expect_once(&key, &names.acronyms);
    for setting in Setting::items(&key, &names.acronyms) {
        let capitals = setting.value.to_uppercase();
        let is_met = |word: &&str| word.contains(&capitals);
        if capitals.is_empty() || !known.words.iter().any(is_met) {
            let runs = known.words.iter().flat_map(|word| capital_runs(word));
            let nearest = nearest(setting.value, runs);
            faults.add_with(setting, "no name of the API has it in capitals", nearest);
        }
    }
}

/// The runs of capitals in a name.
fn capital_runs(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_uppercase() && !c.is_numeric())
        .filter(|run| run.chars().filter(|c| c.is_uppercase()).count() > 1)
}

fn check_front_matter(faults: &mut Faults<'_>, front_matter: &FrontMatter) {
    let word = |text: &str, more: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let key = ["docs", "front_matter", "language"];
    if !word(&front_matter.language, "+#-._") {
        faults.add(
            Setting::new(&key, &front_matter.language),
            "a language is one word of ASCII letters, digits, `+`, `#`, `-`, `.` and `_`",
        );
    }
    let key = ["docs", "front_matter", "sidebar_class_name"];
    if !word(&front_matter.sidebar_class_name, "-_ ") {
        faults.add(
            Setting::new(&key, &front_matter.sidebar_class_name),
            "a class is ASCII letters, digits, `-` and `_`; several are separated by spaces",
        );
    }
    let key = ["docs", "front_matter", "slug"];
    let slug = &front_matter.slug;
    if !slug.starts_with('/') || slug.ends_with('/') || !word(slug, "/-._~") {
        faults.add(
            Setting::new(&key, slug),
            "an address begins with `/`, does not end with one, and is ASCII letters, digits, `/`, `-`, `.`, `_` and `~`",
        );
    }
}

fn check_examples(faults: &mut Faults<'_>, examples: &Examples, folder: &Path) {
    let key = ["examples", "files"];
    faults.expect_once(&key, &examples.files);
    if examples.files.is_empty() {
        return;
    }
    let entries = std::fs::read_dir(folder.join("examples"));
    let found: Vec<String> = entries
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| is_example_name(name))
        .collect();
    for setting in Setting::items(&key, &examples.files) {
        if !is_example_name(setting.value) {
            faults.add(
                setting,
                "an example is a file name of ASCII letters, digits, `-` and `_` that ends in `.rs`, and no name of a device on Windows",
            );
        } else if !found.iter().any(|name| name == setting.value) {
            faults.add_with(
                setting,
                "the folder `examples` beside the target file has no such file",
                nearest(setting.value, found.iter().map(String::as_str)),
            );
        }
    }
}

fn is_example_name(file: &str) -> bool {
    file.strip_suffix(".rs").is_some_and(|name| {
        !name.is_empty()
            && !is_device(name)
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    })
}
