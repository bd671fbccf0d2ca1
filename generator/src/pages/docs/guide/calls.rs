//! The chapters that are about every call: signing in, errors, retries, reading, testing, the mock, watching, and calls that are not async.

use super::super::Example;
use super::super::chosen;
use super::super::example::{Use, configured, used};
use super::super::readme::{self, EnvRow};
use crate::plan::model::Operation;
use crate::plan::{Auth, Plan};
use crate::prose::code;
use crate::target::{ConfigFile, RateLimit};
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct SignIn {
    library: String,
    env: Vec<EnvRow>,
    /// The file that settings are read from where the environment has none, its names as code.
    config_file: Option<ConfigFile>,
    builder: Example,
    /// Whether the client fetches tokens itself.
    fetches_tokens: bool,
    /// A client whose tokens come from elsewhere, where a token is what it signs with.
    provider: Option<Example>,
    /// The schemes that operations name, as code.
    schemes: Vec<String>,
    scopes: Option<Example>,
}

pub(super) fn sign_in(plan: &Plan) -> SignIn {
    let client = &plan.client;
    let file = client.config_file.as_ref();
    let fetches_tokens = matches!(client.auth, Auth::ClientCredentials { .. });
    SignIn {
        library: plan.name.library.clone(),
        env: readme::env_rows(plan),
        config_file: file.map(|file| file.printed(code)),
        builder: readme::made(plan),
        fetches_tokens,
        provider: (fetches_tokens || client.auth == Auth::Bearer).then(|| provider(plan)),
        schemes: client
            .schemes
            .iter()
            .map(|scheme| code(&scheme.name))
            .collect(),
        scopes: readme::scopes(plan),
    }
}

fn provider(plan: &Plan) -> Example {
    let imports = "use std::time::Duration;\n";
    let items = "struct Vault;\n\
        impl TokenProvider for Vault {\n\
        fn token(&self) -> ProviderFuture<'_> {\nBox::pin(async {\n\
        let token = std::fs::read_to_string(\"/run/secrets/token\")?;\n\
        let token = AccessToken::new(token.trim().to_owned());\n\
        Ok(token.expires_in(Duration::from_secs(600)))\n})\n}\n}\n";
    let names = ["AccessToken", "ProviderFuture", "TokenProvider"];
    let client = format!("{}.token_provider(Vault)", readme::place(plan));
    configured(plan, &names, imports, items, &client)
}

#[derive(Serialize)]
pub(super) struct Errors {
    library: String,
    /// A call whose errors are told apart.
    by_predicate: Option<Example>,
    /// A call of which a refusal's body is read.
    by_body: Option<Example>,
}

pub(super) fn errors(plan: &Plan) -> Errors {
    let first = chosen::first(plan);
    let by_predicate = |call: &str| {
        format!(
            "match {call}.await {{\n\
             Ok(answer) => println!(\"{{answer:#?}}\"),\n\
             Err(error) if error.is_not_found() => println!(\"it is not there\"),\n\
             Err(error) if error.is_auth() || error.is_forbidden() => {{\n\
             eprintln!(\"look at the credentials and their rights: {{error}}\")\n}}\n\
             Err(error) if error.is_retryable() => {{\n\
             eprintln!(\"come again, in {{:?}}: {{error}}\", error.retry_after())\n}}\n\
             Err(error) if error.is_after_success() => {{\n\
             eprintln!(\"done, but not readable: {{error}}\")\n}}\n\
             Err(error) => return Err(error.into()),\n}}\n"
        )
    };
    let by_body = |call: &str| {
        format!(
            "if let Err(Error::Api(refusal)) = {call}.await {{\n\
             eprintln!(\"{{}}: {{:?}}\", refusal.status(), refusal.message());\n\
             match refusal.error() {{\n\
             Some(body) => eprintln!(\"{{body:#?}}\"),\n\
             None => eprintln!(\"{{}} bytes\", refusal.body().len()),\n}}\n}}\n"
        )
    };
    Errors {
        library: plan.name.library.clone(),
        by_predicate: first.map(|operation| with_call(plan, operation, &[], "", by_predicate)),
        by_body: first.map(|operation| with_call(plan, operation, &["Error"], "", by_body)),
    }
}

/// An async example of a call with what is required, and with these imports.
pub(super) fn with_call(
    plan: &Plan,
    operation: &Operation,
    names: &[&'static str],
    imports: &str,
    statements: impl FnOnce(&str) -> String,
) -> Example {
    let wanted = Use {
        names,
        imports,
        ..Use::CALL
    };
    used(plan, operation, &wanted, statements)
}

#[derive(Serialize)]
pub(super) struct Retries {
    /// The methods that may be called again though their HTTP methods do not say so, as code.
    repeatable: Vec<String>,
    rate_limit: Option<RateLimit>,
    client: Example,
    call: Option<Example>,
}

const DURATION: &str = "use std::time::Duration;\n";

pub(super) fn retries(plan: &Plan) -> Retries {
    let client = "Client::builder().read_env()\
        .timeout(Duration::from_secs(20))\
        .deadline(Duration::from_secs(90))\
        .retries(RetryPolicy::default().max_attempts(6).longest_wait(Duration::from_secs(30)))\
        .rate_limit(Some(RateLimit::new(50, Duration::from_secs(10))))";
    let call = |call: &str| {
        format!(
            "let answer = {call}.retries(RetryPolicy::never()).timeout(Duration::from_secs(5)).await?;\n\
             println!(\"{{answer:#?}}\");\n"
        )
    };
    Retries {
        repeatable: readme::repeatable(plan),
        rate_limit: plan.client.rate_limit,
        client: configured(plan, &["RateLimit", "RetryPolicy"], DURATION, "", client),
        call: chosen::first(plan)
            .map(|operation| with_call(plan, operation, &["RetryPolicy"], DURATION, call)),
    }
}

#[derive(Serialize)]
pub(super) struct ReadingChapter {
    lossy: Option<Example>,
}

pub(super) fn reading(plan: &Plan) -> ReadingChapter {
    let lossy = |call: &str| {
        format!(
            "let response = {call}.lossy().send().await?;\n\
             for deviation in response.deviations() {{\neprintln!(\"{{deviation}}\");\n}}\n\
             println!(\"{{:#?}}\", response.body());\n"
        )
    };
    let first = chosen::first(plan);
    ReadingChapter {
        lossy: first.map(|operation| with_call(plan, operation, &[], "", lossy)),
    }
}

#[derive(Serialize)]
pub(super) struct Testing {
    package: String,
    library: String,
    version: String,
    /// The path of a call, as a literal.
    path: String,
    server: Option<Example>,
}

pub(super) fn testing(plan: &Plan) -> Testing {
    let first = chosen::first(plan);
    let server = |operation: &Operation| {
        let (method, path) = (operation.method, tokens::string(&operation.path));
        let imports = format!("use {}::testing::{{Answer, Server}};\n", plan.name.library);
        let wanted = Use {
            names: &["json"],
            imports: &imports,
            has_client: false,
            ..Use::CALL
        };
        used(plan, operation, &wanted, |call| {
            format!(
                "let server = Server::start().await;\n\
                 let missing = Answer::json(404, &json!({{\"message\": \"there is none\"}}));\n\
                 server.answer(\"{method}\", {path}, missing);\n\
                 let client: Client = server.client(Client::builder());\n\
                 let outcome = {call}.await;\n\
                 assert!(outcome.is_err_and(|error| error.is_not_found()));\n\
                 let asked = server.asked();\n\
                 assert_eq!(asked[0].method(), \"{method}\");\n"
            )
        })
    };
    Testing {
        package: plan.name.package.clone(),
        library: plan.name.library.clone(),
        version: readme::asked_version(&plan.package.version),
        path: first.map_or_else(
            || tokens::string("/path"),
            |operation| tokens::string(&operation.path),
        ),
        server: first.map(server),
    }
}

#[derive(Serialize)]
pub(super) struct MockChapter {
    package: String,
    version: String,
    server: Option<Example>,
    /// Whether there are jobs that can be waited for.
    jobs: bool,
}

pub(super) fn mock(plan: &Plan) -> MockChapter {
    let server = |operation: &Operation| {
        let imports = format!("use {}::mock;\n", plan.name.library);
        let request = readme::request_path(plan, operation);
        let wanted = Use {
            imports: &imports,
            has_client: false,
            ..Use::CALL
        };
        used(plan, operation, &wanted, |call| {
            format!(
                "let server = mock::start().await;\n\
                 let client: Client = server.client(Client::builder());\n\
                 server.on::<{request}>().refuses(404);\n\
                 let outcome = {call}.await;\n\
                 assert!(outcome.is_err_and(|error| error.is_not_found()));\n\
                 assert_eq!(server.calls::<{request}>().len(), 1);\n"
            )
        })
    };
    MockChapter {
        package: plan.name.package.clone(),
        version: readme::asked_version(&plan.package.version),
        server: chosen::first(plan).map(server),
        jobs: !plan.jobs.is_empty(),
    }
}

#[derive(Serialize)]
pub(super) struct Watching {
    package: String,
    version: String,
    observer: Example,
    layer: Example,
}

pub(super) fn watching(plan: &Plan) -> Watching {
    let library = &plan.name.library;
    let observer = "Client::builder().read_env().on_attempt(|attempt| {\n\
        eprintln!(\"{}, attempt {}: {:?} in {:?}\", attempt.operation(), attempt.number(), attempt.outcome(), attempt.duration());\n\
        })";
    let imports = format!(
        "use {library}::reqwest::{{Request, header::HeaderValue}};\nuse {library}::tower::util::MapRequestLayer;\n"
    );
    let layer = "Client::builder().read_env().layer(MapRequestLayer::new(|mut request: Request| {\n\
        let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();\n\
        request.headers_mut().insert(\"x-sent-at\", HeaderValue::from(now.as_secs()));\n\
        request\n}))";
    Watching {
        package: plan.name.package.clone(),
        version: readme::asked_version(&plan.package.version),
        observer: configured(plan, &[], "", "", observer),
        layer: configured(plan, &[], &imports, "", layer),
    }
}

#[derive(Serialize)]
pub(super) struct Blocking {
    package: String,
    version: String,
    call: Option<Example>,
    list: Option<Example>,
    /// Whether the crate has jobs.
    jobs: bool,
}

pub(super) fn blocking(plan: &Plan) -> Blocking {
    let wanted = Use {
        is_async: false,
        ..Use::CALL
    };
    let call = |call: &str| format!("let answer = {call}.call()?;\nprintln!(\"{{answer:#?}}\");\n");
    let list = |call: &str| {
        format!("for item in {call}.stream().blocking() {{\nprintln!(\"{{:?}}\", item?);\n}}\n")
    };
    Blocking {
        package: plan.name.package.clone(),
        version: readme::asked_version(&plan.package.version),
        call: chosen::first(plan).map(|operation| used(plan, operation, &wanted, call)),
        list: chosen::paged(plan).map(|operation| used(plan, operation, &wanted, list)),
        jobs: chosen::job(plan).is_some(),
    }
}
