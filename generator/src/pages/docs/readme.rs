//! The crate's README: what a newcomer needs in the first hour, in the order in which it is needed.

use super::about;
use super::example::{Example, Setting, example, is_whole, program, scopes_program};
use super::{chosen, guide};
use crate::pages::words::words;
use crate::plan::model::{Operation, OperationId, Shape};
use crate::plan::{Auth, Plan};
use crate::prose::{anchor, code, preface, to_line, to_page};
use crate::target::RateLimit;
use crate::tokens;
use indexmap::IndexSet;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;

/// How many operations are shown.
const SHOWN: usize = 5;

#[derive(Serialize)]
pub(in crate::pages) struct Readme {
    title: String,
    about: String,
    package: String,
    library: String,
    /// The version that a dependency asks for.
    version: String,
    /// The environment variables, each with what it is.
    env: Vec<EnvRow>,
    /// A program that makes a client without the environment.
    builder: Example,
    /// A program that asks for scopes, where operations need any.
    scopes: Option<Example>,
    /// Where another crate would have its folder, and its repository.
    folder: String,
    repository: String,
    /// Whether the pages begin with front matter.
    front_matter: bool,
    first: Option<First>,
    /// Whether some parameter takes a filter or a sorter.
    expressions: bool,
    /// Further operations, as examples.
    more: Vec<Shown>,
    /// The methods that may be called again though their HTTP methods do not say so, as code.
    repeatable: Vec<String>,
    rate_limit: Option<RateLimit>,
    /// The chapters of the guide.
    chapters: Vec<guide::Entry>,
    /// Whether lists come in pages.
    lists: bool,
    /// Whether some operation starts a job that can be waited for.
    jobs: bool,
    /// Whether files are sent or saved.
    files: bool,
    /// Whether some property of a model is hidden.
    hides_properties: bool,
    features: Vec<String>,
    examples: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct EnvRow {
    variable: String,
    about: String,
}

/// The operation that a newcomer should copy first.
#[derive(Serialize)]
struct First {
    summary: String,
    example: Example,
    /// The same call, with its errors told apart.
    errors: Example,
    feature: String,
    method: &'static str,
    path: String,
    /// Its type, which a mock knows it by.
    operation: String,
}

/// An operation with its example.
#[derive(Serialize)]
struct Shown {
    summary: String,
    link: String,
    example: Example,
}

/// What the API is, in few words: a vendor's whole description is no way to begin with a crate, and stands in the documentation.
fn summary(plan: &Plan) -> String {
    let Some(whole) = plan.api.description.as_deref() else {
        return about(plan);
    };
    match preface(whole) {
        Some(beginning) if beginning == whole.trim() => about(plan),
        Some(beginning) => format!(
            "{}\n\n[The whole description of the API](docs/README.md)",
            to_page(beginning)
        ),
        None => format!(
            "A client for {}. [What the API is](docs/README.md)",
            to_line(&plan.api.title)
        ),
    }
}

/// The README.
pub(in crate::pages) fn readme(plan: &Plan) -> Readme {
    let shown = shown(plan);
    let mut operations = shown.iter().map(|id| &plan.api[*id]);
    let first = operations.next();
    Readme {
        title: to_line(&plan.name.package),
        about: summary(plan),
        package: plan.name.package.clone(),
        library: plan.name.library.clone(),
        version: asked_version(&plan.package.version),
        env: env_rows(plan),
        builder: made(plan),
        scopes: scopes(plan),
        folder: format!("../{}", plan.name.package),
        repository: repository(plan),
        front_matter: plan.front_matter.is_some(),
        expressions: plan.api.has_expressions(),
        first: first.map(|operation| First {
            summary: to_line(&words(operation).0),
            example: example(plan, operation, Setting::Program),
            errors: example(plan, operation, Setting::Errors),
            feature: plan.tag(operation.tag).feature.clone(),
            method: operation.method,
            path: tokens::string(&operation.path),
            operation: request_path(plan, operation),
        }),
        more: operations
            .map(|operation| Shown {
                summary: to_line(&words(operation).0),
                link: format!(
                    "docs/api/{}.md#{}",
                    plan.tag(operation.tag).page,
                    anchor(operation.ident.word())
                ),
                example: example(plan, operation, Setting::Short),
            })
            .collect(),
        repeatable: repeatable(plan),
        rate_limit: plan.client.rate_limit,
        chapters: guide::entries(plan),
        lists: chosen::paged(plan).is_some(),
        jobs: chosen::job(plan).is_some(),
        files: chosen::upload(plan).or(chosen::download(plan)).is_some(),
        hides_properties: hides_properties(plan),
        features: plan.tags().map(|(_, tag)| tag.feature.clone()).collect(),
        examples: plan.package.examples.clone(),
    }
}

/// The methods that may be called again though their HTTP methods do not say so, as code.
pub(super) fn repeatable(plan: &Plan) -> Vec<String> {
    let operations = plan.operations().map(|(_, operation)| operation);
    let repeatable = operations.filter(|operation| operation.is_repeatable);
    repeatable
        .map(|operation| code(operation.ident.word()))
        .collect()
}

/// The path of the type of an operation's request, from outside the crate.
pub(super) fn request_path(plan: &Plan, operation: &Operation) -> String {
    let (library, tag) = (&plan.name.library, plan.tag(operation.tag));
    format!("{library}::api::{}::{}", tag.module, operation.request)
}

/// A program that asks for the scopes of some operations that need any: of those that are shown, else of the first.
pub(super) fn scopes(plan: &Plan) -> Option<Example> {
    let shown = shown(plan);
    let all = plan.operations().map(|(id, _)| id);
    let needing = shown.iter().copied().chain(all);
    let mut needing = needing.filter(|id| !plan.api[*id].access.scopes.is_empty());
    let ids: Vec<OperationId> = needing.next().into_iter().chain(needing.next()).collect();
    let names: IndexSet<String> = ids
        .iter()
        .map(|id| tokens::string(&plan.api[*id].id))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    (!names.is_empty()).then(|| scopes_program(plan, &names.join(", ")))
}

/// The address of the repository, where one is known.
fn repository(plan: &Plan) -> String {
    let known = plan.package.settings.repository.clone();
    known.unwrap_or_else(|| "https://your.host/the-repository".to_owned())
}

/// The part of a version that decides what is compatible with it.
pub(super) fn asked_version(version: &str) -> String {
    let mut parts = version.split(['.', '-', '+']);
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        (None, _) => version.to_owned(),
    }
}

fn hides_properties(plan: &Plan) -> bool {
    plan.reached_types()
        .iter()
        .any(|(_, def)| match &def.shape {
            Shape::Struct(object) => object.fields.iter().any(|field| field.secret),
            _ => false,
        })
}

pub(super) fn env_rows(plan: &Plan) -> Vec<EnvRow> {
    let client = &plan.client;
    let basic = client.auth == Auth::Basic;
    let settings = client.env.iter().filter_map(|env| {
        let about = match env.setting {
            "base_url" if client.server.origin.is_empty() => {
                "scheme and host of the service".to_owned()
            }
            "base_url" => format!(
                "scheme and host in place of {}",
                code(&client.server.origin)
            ),
            "client_id" if basic => "the user name".to_owned(),
            "client_secret" if basic => "the password".to_owned(),
            "client_id" => "the client id".to_owned(),
            "client_secret" => "the client secret".to_owned(),
            _ => "the token or key".to_owned(),
        };
        Some(EnvRow {
            variable: code(env.variable.as_ref()?),
            about,
        })
    });
    let variables = client.variables.iter().filter_map(|variable| {
        let must = if variable.default.is_empty() {
            ""
        } else {
            ", optional"
        };
        Some(EnvRow {
            variable: code(variable.env.as_ref()?),
            about: format!("{} of the server's URL{must}", code(&variable.name)),
        })
    });
    let schemes = client.schemes.iter().flat_map(|scheme| {
        scheme.env.iter().map(|variable| EnvRow {
            variable: code(variable),
            about: format!("for {}", code(&scheme.name)),
        })
    });
    settings.chain(variables).chain(schemes).collect()
}

/// A program that makes a client without the environment.
pub(super) fn made(plan: &Plan) -> Example {
    let credentials = match plan.client.auth {
        Auth::None => "",
        Auth::Bearer => ".bearer_token(\"token\")",
        Auth::Basic => ".basic(\"user\", \"password\")",
        Auth::Http { .. } => ".http_credential(\"credential\")",
        Auth::ApiKey { .. } => ".api_key(\"key\")",
        Auth::ClientCredentials { .. } => ".client_credentials(\"id\", \"secret\")",
    };
    let calls = format!("{}{credentials}.build()", place(plan));
    program(plan, &calls)
}

/// The calls that say where the service is, as far as the document does not.
pub(super) fn place(plan: &Plan) -> String {
    let client = &plan.client;
    let mut calls = String::from("Client::builder()");
    if client.server.origin.is_empty() {
        calls.push_str(".base_url(\"https://api.example.com\")");
    }
    for variable in client
        .variables
        .iter()
        .filter(|variable| variable.default.is_empty())
    {
        let name = tokens::string(&variable.name);
        calls.push_str(&format!(".server_variable({name}, \"example\")"));
    }
    calls
}

/// What people do most: the settings' choice, else a read that asks for little, then one operation of each kind, from the group
/// with the most operations on.
pub(super) fn shown(plan: &Plan) -> Vec<OperationId> {
    if !plan.readme.is_empty() {
        return plan.readme.clone();
    }
    let mut sizes: HashMap<_, usize> = HashMap::new();
    for (_, operation) in plan.operations() {
        let size = sizes.entry(operation.tag).or_default();
        *size = size.saturating_add(1);
    }
    let mut ranked: Vec<_> = plan.operations().collect();
    ranked.sort_by_cached_key(|(id, operation)| {
        let required = chosen::required_inputs(operation);
        let size = sizes.get(&operation.tag).copied().unwrap_or_default();
        (operation.deprecated, required, Reverse(size), *id)
    });
    let kinds: [fn(&Operation) -> bool; SHOWN] = [
        |operation| operation.method == "GET",
        |operation| operation.method == "GET" && operation.path.ends_with('}'),
        |operation| operation.method == "POST" && operation.body.is_some(),
        |operation| matches!(operation.method, "PUT" | "PATCH"),
        |operation| operation.method == "DELETE",
    ];
    let mut found: Vec<OperationId> = Vec::new();
    let any: [fn(&Operation) -> bool; SHOWN] = [|_| true; SHOWN];
    for kind in kinds.into_iter().chain(any) {
        // Whether an operation can be shown whole is asked last, since the answer takes the making of its inputs.
        let chosen = ranked.iter().find(|(id, operation)| {
            kind(operation) && !found.contains(id) && is_whole(plan, operation)
        });
        found.extend(chosen.map(|(id, _)| *id));
    }
    found.truncate(SHOWN);
    found
}
