//! `src/error.rs`: each set of error answers once.

use super::rust::{TypePlace, cfg, cfg_not, macro_call, type_text};
use crate::plan::model::{Encoding, ErrorSet, ErrorSetId, Response, Status, TagId};
use crate::plan::rust::body_type;
use crate::plan::{Gate, Plan};
use crate::prose::{DocStyle, doc_comment};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct Errors {
    sets: Vec<SetView>,
    /// Whether the runtime's own set stands in for the shared one: always, or by this attribute.
    none_shared: bool,
    none_shared_cfg: String,
}

#[derive(Serialize)]
struct SetView {
    docs: String,
    cfg: String,
    ident: String,
    answers: Vec<AnswerView>,
    /// The call of the macro that writes it.
    call: String,
    has_default: bool,
    /// Whether one type is read for every status, so that there is nothing to match.
    is_one: bool,
}

/// One answer of a set, as a variant of its enum.
#[derive(Serialize)]
pub(super) struct AnswerView {
    docs: String,
    ident: String,
    /// The type of its body; empty where it has none.
    pub(super) ty: String,
    /// What a `match` on the status has for it.
    pattern: String,
    read: &'static str,
}

/// The call of the macro that writes an enum of answers.
pub(super) fn answers_call(ident: &str, answers: &[AnswerView]) -> String {
    let variant = |answer: &AnswerView| match answer.ty.as_str() {
        "" => answer.ident.clone(),
        _ => format!("{}(body)", answer.ident),
    };
    let variants: Vec<String> = answers.iter().map(variant).collect();
    macro_call(&format!("answers!({ident}"), &variants, ")".to_owned())
}

/// The variants of an operation's successes, and the arms that read them. A status that is not declared is read as the
/// default or the range is, else as the lowest: it is a success all the same.
pub(super) fn success_answers(
    plan: &Plan,
    successes: &[&Response],
) -> (Vec<AnswerView>, Vec<String>) {
    let answers: Vec<AnswerView> = successes
        .iter()
        .map(|response| {
            let encoding = response.content.as_ref().map(|content| &content.encoding);
            AnswerView {
                docs: doc_comment(&format!("{}.", meaning(response.status)), DocStyle::Outer),
                ident: variant(response.status),
                ty: encoding.map_or_else(String::new, |encoding| {
                    type_text(plan, &body_type(encoding), TypePlace::Crate)
                }),
                pattern: pattern(
                    response.status,
                    successes.iter().map(|success| success.status),
                ),
                read: encoding.map_or("", read),
            }
        })
        .collect();
    let rest = successes
        .iter()
        .rposition(|response| !matches!(response.status, Status::Code(_)))
        .unwrap_or(0);
    let arm = |pattern: &str, answer: &AnswerView| match (answer.read, &answer.ident) {
        ("", ident) => format!("{pattern} => Some(Self::{ident})"),
        (read, ident) => format!("{pattern} => body.{read}().map(Self::{ident})"),
    };
    let declared = answers
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != rest);
    let arms = declared
        .map(|(_, answer)| arm(&answer.pattern, answer))
        .chain(answers.get(rest).map(|answer| arm("_", answer)))
        .collect();
    (answers, arms)
}

fn read(encoding: &Encoding) -> &'static str {
    match encoding {
        Encoding::Text => "text",
        Encoding::Bytes => "bytes",
        _ => "json",
    }
}

/// Every set.
pub(super) fn errors(plan: &Plan) -> Errors {
    let none_shared = plan
        .api
        .error_sets
        .first()
        .is_none_or(|set| set.answers.is_empty());
    let sets = plan.api.error_sets.iter().enumerate();
    Errors {
        none_shared,
        none_shared_cfg: if none_shared {
            String::new()
        } else {
            cfg_not(&users(plan, ErrorSetId::default()))
        },
        sets: sets
            .filter(|(_, set)| !(set.answers.is_empty() && set.owner.is_none()))
            .map(|(index, set)| set_view(plan, ErrorSetId(index), set))
            .collect(),
    }
}

/// When some operation that uses an error set is compiled.
fn users(plan: &Plan, id: ErrorSetId) -> Gate {
    let operations = plan.api.operations.iter();
    let tags: BTreeSet<TagId> = operations
        .filter(|operation| operation.errors == id)
        .map(|operation| operation.tag)
        .collect();
    plan.gate(&tags)
}

fn set_view(plan: &Plan, id: ErrorSetId, set: &ErrorSet) -> SetView {
    let owner = set.owner.map(|owner| &plan.api[owner]);
    let those = plan.api.operations.iter().filter(|one| one.errors == id);
    let what = match (owner, those.count()) {
        (None, _) => "a request".to_owned(),
        (Some(operation), 0 | 1) => crate::prose::code(&operation.label()),
        (Some(operation), count) => {
            let others = count - 1;
            let calls = if others == 1 { "call" } else { "calls" };
            format!(
                "{} or {others} other {calls}",
                crate::prose::code(&operation.label())
            )
        }
    };
    let answers: Vec<AnswerView> = set
        .answers
        .iter()
        .map(|(status, encoding)| AnswerView {
            docs: doc_comment(&format!("{}.", meaning(*status)), DocStyle::Outer),
            ident: variant(*status),
            ty: type_text(plan, &body_type(encoding), TypePlace::Anywhere),
            pattern: pattern(*status, set.answers.keys().copied()),
            read: read(encoding),
        })
        .collect();
    SetView {
        docs: doc_comment(
            &format!("What the server says when it refuses {what}, by status."),
            DocStyle::Outer,
        ),
        cfg: cfg(&users(plan, id)),
        ident: set.ident.to_string(),
        has_default: set.answers.contains_key(&Status::Default),
        is_one: set.answers.keys().eq([&Status::Default]),
        call: answers_call(set.ident.as_str(), &answers),
        answers,
    }
}

/// What a `match` has for a status: a range without the codes that are declared beside it.
fn pattern(status: Status, declared: impl Iterator<Item = Status>) -> String {
    let start = match status {
        Status::Code(code) => return code.to_string(),
        Status::Range(start) => start,
        Status::Default => return "_".to_owned(),
    };
    let end = start + 99;
    let codes = declared.filter_map(|status| match status {
        Status::Code(code) if (start..=end).contains(&code) => Some(code),
        _ => None,
    });
    let codes: BTreeSet<u16> = codes.collect();
    let mut pieces = Vec::new();
    let mut first = start;
    for next in codes.into_iter().chain([end + 1]) {
        match next - first {
            0 => {}
            1 => pieces.push(first.to_string()),
            _ => pieces.push(format!("{first}..={}", next - 1)),
        }
        first = next + 1;
    }
    match pieces.is_empty() {
        // Every code of it is declared, so that it is never met.
        true => format!("{start}..={end}"),
        false => pieces.join(" | "),
    }
}

fn meaning(status: Status) -> String {
    match status {
        Status::Code(code) => match reason(code) {
            Some(reason) => format!("{code} {reason}"),
            None => code.to_string(),
        },
        Status::Range(_) => format!("Any other {status}"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// The name of a status as an enum variant, and as tests call its body.
pub(super) fn variant(status: Status) -> String {
    match status {
        Status::Code(200) => "Ok".to_owned(),
        Status::Code(code) => match reason(code) {
            Some(reason) => reason.split([' ', '-', '\'']).collect(),
            None => format!("Status{code}"),
        },
        Status::Range(200) => "Success".to_owned(),
        Status::Range(300) => "Redirection".to_owned(),
        Status::Range(400) => "ClientError".to_owned(),
        Status::Range(500) => "ServerError".to_owned(),
        Status::Range(start) => format!("Status{}xx", start / 100),
        Status::Default => "Other".to_owned(),
    }
}

/// Reason phrases of the IANA HTTP status code registry.
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        208 => "Already Reported",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        305 => "Use Proxy",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "Uri Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "Http Version Not Supported",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        511 => "Network Authentication Required",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_leaves_out_the_codes_that_stand_beside_it() {
        let pattern = |codes: &[u16]| {
            let codes = codes.iter().map(|code| Status::Code(*code));
            pattern(Status::Range(400), codes)
        };
        assert_eq!(pattern(&[]), "400..=499");
        assert_eq!(pattern(&[200, 500]), "400..=499");
        assert_eq!(pattern(&[400]), "401..=499");
        assert_eq!(pattern(&[404, 401, 499]), "400 | 402..=403 | 405..=498");
    }
}
