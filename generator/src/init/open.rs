//! What a document leaves open and a setting could answer: takes the plan and the settings, gives questions.

use super::{found, messages};
use crate::plan::Plan;
use crate::target::Target;

/// Something that a setting would answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The setting, as in `[names.operations]`.
    pub setting: &'static str,
    /// What is asked, as a sentence.
    pub text: String,
}

/// The questions that stay open with these settings.
pub fn open_questions(plan: &Plan, target: &Target) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut ask = |setting, text| questions.push(Question { setting, text });
    let required = &target.server.required_variables;
    let placeholders = found::placeholders(plan);
    let placeholders: Vec<&String> = placeholders
        .iter()
        .filter(|name| !required.contains(name))
        .collect();
    if let Some(first) = placeholders.first() {
        ask(
            "[server] required_variables",
            format!(
                "The default of the server variable `{first}`{} looks like a placeholder: must callers set it?",
                and_more(placeholders.len())
            ),
        );
    }
    if target.auth.scheme.is_none() && plan.api.security_schemes.len() > 1 {
        let names: Vec<String> = plan
            .api
            .security_schemes
            .keys()
            .map(|name| format!("`{name}`"))
            .collect();
        ask(
            "[auth] scheme",
            format!(
                "Of {}: which does the client sign in with?",
                names.join(", ")
            ),
        );
    }
    if target.errors.message.is_empty()
        && let Some(place) = messages::messages(plan).first()
    {
        ask(
            "[errors] message",
            format!("Are the server's own words at `{place}` of an error? Then errors show them."),
        );
    }
    if plan.package.settings.lacks_license() {
        ask(
            "[package] license",
            "Under which licence is the crate published? A registry takes none without it."
                .to_owned(),
        );
    }
    let odd = found::odd_methods(plan);
    if let Some((_, name)) = odd.first() {
        ask(
            "[names.operations]",
            format!("Methods that read badly: `{name}`{}.", and_more(odd.len())),
        );
    }
    let alike = found::alike(plan);
    if let Some((union, variants)) = alike.first() {
        ask(
            "an overlay",
            format!(
                "Nothing tells {variants} of the union `{union}`{} apart; a discriminator would.",
                match alike.len() {
                    1 => String::new(),
                    count => format!(", and those of {} others,", count.saturating_sub(1)),
                }
            ),
        );
    }
    questions
}

fn and_more(count: usize) -> String {
    match count.saturating_sub(1) {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}
