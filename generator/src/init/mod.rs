//! The first `target.toml` of a document: takes the plan that was made without settings, gives the file with what was found and
//! what only a person can say.
//!
//! A line with a setting is in force; a line that is commented out shows what the generator does by itself, or what it proposes, and
//! can be taken in by removing its `#`. What stays open is a [`Question`], which `generate` tells of as well.

mod found;
mod lists;
mod messages;
mod open;
mod text;

pub use open::{Question, open_questions};

use crate::plan::{Auth, Plan};
use crate::target::TokenRequest;
use crate::tokens::toml_string;
use text::{Section, list};

/// The text of a `target.toml` for a document of this name.
pub fn settings(plan: &Plan, document: &str) -> String {
    let mut text = format!(
        "# Settings of the crate that is made from {}. What is commented out is done anyway, or is a proposal;\n\
         # remove the `#` to change it. Every setting must apply to something in the document.\n",
        one_line(document)
    );
    let sections = [
        package(plan),
        server(plan),
        auth(plan),
        env(plan),
        env_variables(plan),
        errors(plan),
        names(plan),
        renamed(plan),
        secrets(plan),
        unions(plan),
        lists(plan),
    ];
    for section in sections.into_iter().filter(|section| !section.is_empty()) {
        text.push('\n');
        text.push_str(&section.to_string());
    }
    text
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn package(plan: &Plan) -> Section {
    let mut section = Section::new("package");
    section.say("The crate's name, from the document's title.");
    section.set("name", toml_string(&plan.name.package));
    section.say("Its version, which is its own and not the API's.");
    section.propose("version", toml_string("0.1.0"));
    section.say("One line for the registry.");
    section.set("description", toml_string(&found::description(plan)));
    section.say(
        "Under which licence do you publish it? An SPDX expression; nothing is said without one.",
    );
    section.propose("license", toml_string("MIT OR Apache-2.0"));
    section
}

fn server(plan: &Plan) -> Section {
    let mut section = Section::new("server");
    let server = &plan.client.server;
    match server.origin.is_empty() {
        true => section.say("The document has no server: callers give the client a base URL."),
        false => section.say(&format!(
            "Calls go to {}{} unless callers say otherwise.",
            server.origin, server.path
        )),
    }
    let placeholders = found::placeholders(plan);
    if !placeholders.is_empty() {
        section.say(
            "Is the default of these variables only a placeholder? Then callers must set them.",
        );
        section.propose("required_variables", list(&placeholders));
    }
    section
}

fn auth(plan: &Plan) -> Section {
    let mut section = Section::new("auth");
    let schemes = found::schemes(plan);
    for line in &schemes {
        section.say(line);
    }
    if schemes.is_empty() {
        section
            .say("The document declares no security scheme: calls are sent without credentials.");
    }
    if let Some(chosen) = found::chosen_scheme(plan) {
        section.set("scheme", toml_string(chosen));
    }
    if let Auth::ClientCredentials { token_url, .. } = &plan.client.auth {
        section.say("Where tokens come from; a path is relative to the base URL.");
        section.propose("token_url", toml_string(token_url));
        section.say("How they are asked for: form, basic-form or basic-json.");
        section.propose("token_request", toml_string(TokenRequest::Form.name()));
    }
    section
}

fn env(plan: &Plan) -> Section {
    let mut section = Section::new("env");
    section.say("The environment variables that `Client::from_env()` reads.");
    for variable in &plan.client.env {
        if let Some(name) = &variable.variable {
            section.propose(variable.setting, toml_string(name));
        }
    }
    section
}

fn env_variables(plan: &Plan) -> Section {
    let mut section = Section::new("env.variables");
    let prefix = plan.name.library.to_uppercase();
    for variable in &plan.client.variables {
        let name = found::env_name(&prefix, &variable.name);
        section.propose(&toml_string(&variable.name), toml_string(&name));
    }
    section
}

fn errors(plan: &Plan) -> Section {
    let mut section = Section::new("errors");
    let messages = messages::messages(plan);
    if !messages.is_empty() {
        section.say("Where error answers hold words for people; the first that is there is shown.");
        section.set("message", list(&messages));
    }
    let ids = messages::tracking_ids(plan);
    if !ids.is_empty() {
        section.say("Where they hold the id by which the service finds the request.");
        section.set("tracking_id", list(&ids));
    }
    let headers = messages::tracking_headers(plan);
    if !headers.is_empty() {
        section.say("The same, in headers.");
        section.set("tracking_headers", list(&headers));
    }
    section
}

fn names(plan: &Plan) -> Section {
    let mut section = Section::new("names");
    let runs = found::runs_of_capitals(plan);
    if !runs.is_empty() {
        section.say("Capitals that names run together. Which words are in them? For example, MFAKBA is MFA and KBA.");
        section.propose("acronyms", list(&runs));
    }
    section
}

fn renamed(plan: &Plan) -> Section {
    let mut section = Section::new("names.operations");
    let odd = found::odd_methods(plan);
    if !odd.is_empty() {
        section.say("Methods whose names read badly. What would a caller look for?");
    }
    for (id, name) in odd {
        section.propose(&toml_string(id), toml_string(name));
    }
    section
}

fn secrets(plan: &Plan) -> Section {
    let mut section = Section::new("secrets");
    let hidden = found::hidden(plan);
    if !hidden.is_empty() {
        section.say(&format!(
            "Never printed, by the document or by name: {}.",
            hidden.join(", ")
        ));
        section.say("Properties of these that may be printed; each a name, or `Schema.property`:");
        section.example("visible", list(&hidden));
    }
    section.say("Further properties that must not be printed:");
    section.example("properties", list(&["Schema.property".to_owned()]));
    section
}

fn unions(plan: &Plan) -> Section {
    let mut section = Section::notes();
    for (union, variants) in found::alike(plan) {
        section.say(&format!(
            "The union {union} cannot tell {variants} apart, whose properties are the same: the first that fits is taken. \
             A `discriminator` in the document, or in an overlay, would."
        ));
    }
    section
}

fn lists(plan: &Plan) -> Section {
    let mut section = Section::notes();
    let lists = lists::paged(plan);
    if !lists.is_empty() {
        section
            .say("Operations that answer with a part of a list, by the parameters that say which:");
    }
    for line in lists {
        section.say(&format!("  {line}"));
    }
    section
}
