//! The decisions about operations: their methods, what these take, and what they give.

use super::types::{name, of_ty};
use super::{Decision, Evidence, Subject};
use crate::plan::model::{Content, Credentials, Operation, OperationId, Response};
use crate::plan::reason::{CredentialsReason, ErrorReason};
use crate::plan::rust::body_type;
use crate::plan::{TypePlace, type_text};

/// Why a method is what it is.
pub(super) fn of_operation(
    evidence: &Evidence<'_>,
    id: OperationId,
    operation: &Operation,
) -> Vec<Decision> {
    let plan = evidence.plan;
    let tag = plan.tag(operation.tag);
    let mut decisions = vec![
        name(&operation.ident),
        Decision::new(
            format!("reached by `Client::{}()`", tag.module),
            format!("{}; {}", tagged(evidence, operation), tag.module.reasons()),
        ),
        Decision::new(
            format!(
                "gives `{}`",
                type_text(plan, &operation.output_type(), TypePlace::Crate)
            ),
            operation.answer_reason(),
        ),
        error(evidence, id, operation),
    ];
    let inputs = operation.inputs();
    let setters = match inputs.iter().any(|input| !input.required) {
        true => " with setters",
        false => "",
    };
    decisions.push(Decision::new(
        format!("a request type `{}`{setters}", operation.request),
        "every operation has one: its optional inputs are setters, now and later",
    ));
    let reason = plan.credentials_reason(operation);
    let what = match &operation.credentials {
        _ if reason == CredentialsReason::NoScheme => "sent without credentials",
        Credentials::Client => "sent with the client's credentials",
        Credentials::Basic => "sent with HTTP Basic",
        Credentials::Anonymous => "sent without credentials",
        Credentials::Schemes(_) => "signed with the schemes that the document names",
    };
    decisions.push(Decision::new(what, reason));
    if let Some(paging) = &operation.paging {
        decisions.push(Decision::new(
            format!("paged in the style `{}`", paging.style),
            "it has the parameters that the style of target.toml names, or is named there, and answers with a list",
        ));
    }
    if let Some(job) = &operation.job {
        decisions.push(Decision::new(
            format!("starts a job of the kind `{}`", job.kind),
            "target.toml names it among those that do",
        ));
    }
    decisions
}

/// Why an operation stands among those of its tag.
fn tagged(evidence: &Evidence<'_>, operation: &Operation) -> String {
    let first = operation.pointer.child("tags").index(0);
    match evidence.document.pointer(first.as_str()) {
        Some(_) => format!(
            "its first tag is `{}`",
            evidence.plan.tag(operation.tag).name
        ),
        None => "it has no tag, and stands with those whose paths start alike".to_owned(),
    }
}

fn error(evidence: &Evidence<'_>, id: OperationId, operation: &Operation) -> Decision {
    let set = &evidence.plan.api[operation.errors];
    let reason = set.reason(id);
    let decision = Decision::new(format!("refusals are read as `{}`", set.ident), reason);
    match reason {
        ErrorReason::SameAs(owner) => decision.at_place(&evidence.plan.api[owner].pointer),
        ErrorReason::Shared | ErrorReason::Own => decision,
    }
}

/// Why a parameter is what it is.
pub(super) fn of_parameter(
    evidence: &Evidence<'_>,
    operation: &Operation,
    index: usize,
) -> Vec<Decision> {
    let Some(parameter) = operation.parameters.get(index) else {
        return Vec::new();
    };
    let mut decisions = vec![of_ty(evidence, &parameter.ty, &parameter.origin)];
    decisions.extend(taken(evidence, Subject::Parameter { operation, index }));
    decisions.push(name(&parameter.ident));
    decisions
}

/// Why a body is what it is.
pub(super) fn of_body(evidence: &Evidence<'_>, operation: &Operation) -> Vec<Decision> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let mut decisions = content(evidence, &body.content, &body.others);
    decisions.extend(taken(evidence, Subject::Body(operation)));
    decisions
}

/// Why an input is taken as it is.
fn taken(evidence: &Evidence<'_>, subject: Subject<'_>) -> Option<Decision> {
    let input = subject.input()?;
    let ty = type_text(
        evidence.plan,
        &evidence.plan.input_type(&input),
        TypePlace::Crate,
    );
    let way = match input.required {
        true => "an argument of the method",
        false => "a setter of the request",
    };
    Some(Decision::new(
        format!("{way}, taken as `{ty}`"),
        input.reason(),
    ))
}

/// Why an answer is what it is.
pub(super) fn of_response(
    evidence: &Evidence<'_>,
    operation: &Operation,
    response: &Response,
) -> Vec<Decision> {
    let is_success = operation
        .successes()
        .iter()
        .any(|success| success.status == response.status);
    let mut decisions = vec![match (is_success, response.status.is_error()) {
        (true, _) => Decision::new(
            "given to callers as an answer",
            format!("the status `{}` stands for success", response.status),
        ),
        (false, true) => Decision::new(
            "given to callers as an error",
            format!("the status `{}` stands for a refusal", response.status),
        ),
        (false, false) => Decision::new(
            "not given to callers as an answer of its own",
            format!(
                "the status `{}` is neither success nor refusal",
                response.status
            ),
        ),
    }];
    match &response.content {
        Some(body) => decisions.extend(content(evidence, body, &response.others)),
        None => decisions.push(Decision::new(
            "nothing is read from its body",
            "it declares no media type with a schema",
        )),
    }
    decisions
}

/// Why a body is sent or read as it is.
fn content(evidence: &Evidence<'_>, content: &Content, others: &[String]) -> Vec<Decision> {
    let others = match others {
        [] => "it is the only media type".to_owned(),
        others => format!(
            "it is the one that can be typed best; the others are {}",
            others.join(", ")
        ),
    };
    let media_type = Decision::new(format!("media type `{}`", content.media_type), others)
        .at_place(&content.origin.pointer);
    let ty = match content.encoding.ty() {
        Some(ty) => of_ty(evidence, ty, &content.origin),
        None => Decision::new(
            format!(
                "type `{}`",
                type_text(
                    evidence.plan,
                    &body_type(&content.encoding),
                    TypePlace::Crate
                )
            ),
            format!("bodies of `{}` are taken as they are", content.media_type),
        ),
    };
    vec![media_type, ty]
}
