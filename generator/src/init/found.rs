//! What a plan shows about its document that a person should see: takes the plan, gives words and names.

use crate::plan::model::{Operation, SecurityKind, SecurityScheme, Shape, Type, TypeDef};
use crate::plan::reason::NameStep;
use crate::plan::{Auth, Plan};
use crate::prose::to_line;
use std::collections::BTreeSet;

/// How many items of one kind are listed.
pub(super) const MOST: usize = 12;

/// From this length on the name of a method is hard to read.
const LONG: usize = 45;

/// From this length on a line about a crate is too long to be read in a list.
const DESCRIPTION: usize = 120;

/// A line about the crate, from the title where that is short enough.
pub(super) fn description(plan: &Plan) -> String {
    let title = to_line(&plan.api.title);
    let client = format!("A client for {title}");
    match client.chars().count() > DESCRIPTION {
        true => "A client for this API".to_owned(),
        false => client,
    }
}

/// The server variables that look as if everybody had a value of their own.
pub(super) fn placeholders(plan: &Plan) -> Vec<String> {
    const WORDS: [&str; 9] = [
        "your",
        "example",
        "tenant",
        "subdomain",
        "company",
        "acme",
        "domain",
        "instance",
        "account",
    ];
    let variables = plan.client.server.variables.iter();
    let stands_for_another = |default: &str, name: &str| {
        let has_word = |text: &str| WORDS.iter().any(|word| text.to_lowercase().contains(word));
        default.is_empty() || has_word(default) || has_word(name)
    };
    variables
        .filter(|variable| stands_for_another(&variable.default, &variable.name))
        .map(|variable| variable.name.clone())
        .collect()
}

/// A line for each security scheme: what it is, and how many operations ask for it.
pub(super) fn schemes(plan: &Plan) -> Vec<String> {
    let schemes = plan.api.security_schemes.values();
    let line = |scheme: &SecurityScheme| {
        let asks = |operation: &&Operation| {
            let mut asked = operation.requirements();
            asked.any(|requirement| requirement.scheme == scheme.name)
        };
        let count = plan.api.operations.iter().filter(asks).count();
        format!(
            "The document has {}: {}; {count} of {} operations ask for it.",
            crate::prose::code(&scheme.name),
            kind(&scheme.kind),
            plan.api.operations.len()
        )
    };
    schemes.map(line).collect()
}

fn kind(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ClientCredentials { token_url, .. } => {
            format!("OAuth 2.0 client credentials, with tokens from {token_url}")
        }
        SecurityKind::Bearer => "a bearer token that the caller brings".to_owned(),
        SecurityKind::Basic => "a user name and a password".to_owned(),
        SecurityKind::Http { scheme } => format!("the HTTP scheme {scheme}"),
        SecurityKind::ApiKey { name, .. } => format!("a key in {name}"),
        SecurityKind::MutualTls => "a certificate of the connection".to_owned(),
    }
}

/// The scheme that the client signs in with, by its name in the document.
pub(super) fn chosen_scheme(plan: &Plan) -> Option<&str> {
    if plan.client.auth == Auth::None {
        return None;
    }
    let target = crate::target::Target::default();
    let scheme = crate::plan::choose_scheme(&plan.api, &target)?;
    Some(&scheme.name)
}

/// An environment variable for a server variable.
pub(super) fn env_name(prefix: &str, variable: &str) -> String {
    let word: String = variable
        .chars()
        .map(|c| match c.is_ascii_alphanumeric() {
            true => c.to_ascii_uppercase(),
            false => '_',
        })
        .collect();
    format!("{prefix}_{word}")
}

/// Runs of capitals in the names of operations that are longer than most abbreviations.
pub(super) fn runs_of_capitals(plan: &Plan) -> Vec<String> {
    let mut runs = BTreeSet::new();
    for operation in &plan.api.operations {
        let is_end = |c: char| !c.is_uppercase();
        // The last capital of a run begins the next word: `KBAConfig` is `KBA` and `Config`.
        for run in operation.id.split(is_end).filter(|run| run.len() > 5) {
            let run: String = run
                .chars()
                .take(run.chars().count().saturating_sub(1))
                .collect();
            runs.insert(run);
        }
    }
    // A document that shouts all its names has no abbreviations in them.
    let shouted = |run: &String| {
        plan.api
            .operations
            .iter()
            .any(|operation| operation.id == *run)
    };
    runs.into_iter()
        .filter(|run| !shouted(run))
        .take(MOST)
        .collect()
}

/// The methods whose names are long, or have a number behind them because another has the name: operationId and name.
pub(super) fn odd_methods(plan: &Plan) -> Vec<(&str, &str)> {
    let is_odd = |operation: &&Operation| {
        let taken = operation
            .ident
            .reasons()
            .steps()
            .any(|step| step == NameStep::Taken);
        taken || operation.ident.word().len() > LONG
    };
    let odd = plan.api.operations.iter().filter(is_odd);
    odd.map(|operation| (operation.id.as_str(), operation.ident.word()))
        .take(MOST)
        .collect()
}

/// The properties that are never printed, as settings name them.
pub(super) fn hidden(plan: &Plan) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (_, def) in plan.reached_types() {
        if let Shape::Struct(object) = &def.shape {
            let secret = object.fields.iter().filter(|field| field.secret);
            found.extend(secret.map(|field| field.wire.as_str().to_owned()));
        }
    }
    found.into_iter().take(MOST).collect()
}

/// The unions without a tag in which two objects have the same properties: the union, and the two.
pub(super) fn alike(plan: &Plan) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, def) in plan.reached_types() {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        if union.tag.is_some() {
            continue;
        }
        let objects: Vec<(&str, BTreeSet<&str>)> = union
            .variants
            .iter()
            .filter_map(|variant| Some((variant.ident.word(), properties(plan, &variant.ty)?)))
            .collect();
        let same = objects.iter().enumerate().find_map(|(index, (name, of))| {
            let mut rest = objects.iter().skip(index.saturating_add(1));
            let (other, _) = rest.find(|(_, other)| other == of)?;
            Some((*name, *other))
        });
        if let Some((one, other)) = same {
            found.push((def.ident.to_string(), format!("{one} and {other}")));
        }
    }
    found.truncate(MOST);
    found
}

fn properties<'p>(plan: &'p Plan, ty: &'p Type) -> Option<BTreeSet<&'p str>> {
    match &of(plan, ty)?.shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter();
            Some(fields.map(|field| field.wire.as_str()).collect())
        }
        _ => None,
    }
}

/// The definition of a named type, behind aliases.
pub(super) fn of<'p>(plan: &'p Plan, ty: &'p Type) -> Option<&'p TypeDef> {
    match plan.through_alias(ty) {
        Type::Named(id) => Some(plan.ty(*id)),
        _ => None,
    }
}
