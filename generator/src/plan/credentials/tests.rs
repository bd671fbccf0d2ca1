//! What operations are called with, by what their documents ask for.

use crate::diagnostics::{Code, Diagnostics};
use crate::plan::{Plan, RuntimeSource, Wish, plan};
use crate::target::Target;
use crate::{lower, parse, repair};
use serde_json::{Value, json};

/// The plan of a document with one operation for each list of alternatives, the first of which is the client's own for most.
fn planned(schemes: Value, security: &[Value]) -> (Plan, Diagnostics) {
    let paths = security.iter().enumerate().map(|(index, security)| {
        let operation = json!({
            "operationId": format!("call{index}"),
            "security": security,
            "responses": { "204": { "description": "" } },
        });
        (format!("/{index}"), json!({ "get": operation }))
    });
    let paths: serde_json::Map<String, Value> = paths.collect();
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "servers": [{ "url": "https://h.example" }],
        "paths": paths, "components": { "securitySchemes": schemes },
    });
    let (mut diagnostics, target) = (Diagnostics::default(), Target::default());
    let document = repair::repair(document, &mut diagnostics);
    let document = parse::parse(document, &mut diagnostics).expect("a document");
    let wish = Wish {
        target: &target,
        name: Some("t"),
        runtime: &RuntimeSource::Vendored,
    };
    let mut told = Diagnostics::default();
    let plan = plan(lower::lower(document), &wish, &mut told).expect("settings that apply");
    (plan, told)
}

/// The call of each operation, with the names of the schemes that it names.
fn calls(plan: &Plan) -> Vec<String> {
    let call = |operation| {
        let method = plan
            .credentials_call(operation)
            .map_or("", |call| call.method);
        let alternatives = plan.alternatives(operation).into_iter().map(|schemes| {
            let names: Vec<&str> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
            names.join("+")
        });
        let named: Vec<String> = alternatives.collect();
        format!("{method} {}", named.join("|")).trim().to_owned()
    };
    plan.api.operations.iter().map(call).collect()
}

fn codes(told: &Diagnostics) -> Vec<(Code, &str, Option<&str>)> {
    let told = told.iter();
    told.map(|told| (told.code, told.pointer.as_str(), told.operation.as_deref()))
        .collect()
}

fn schemes() -> Value {
    json!({
        "own": { "type": "http", "scheme": "bearer" },
        "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
        "sameKey": { "type": "apiKey", "in": "header", "name": "x-key" },
        "query": { "type": "apiKey", "in": "query", "name": "k" },
        "person": { "type": "http", "scheme": "basic" },
        "other": { "type": "http", "scheme": "bearer" },
        "certificate": { "type": "mutualTLS" },
    })
}

#[test]
fn each_operation_is_called_with_what_it_asks_for() {
    let cases = [
        (json!([{ "own": [] }]), ""),
        (json!([{ "own": [] }, { "key": [] }]), "signed_with own|key"),
        (json!([{ "key": [] }, { "own": [] }]), "signed_with key|own"),
        // One token does for either, and for each of them with a key.
        (json!([{ "other": [] }, { "own": [] }]), ""),
        (
            json!([{ "other": [], "key": [] }, { "own": [], "key": [] }]),
            "signed_with own+key",
        ),
        // Credentials are sent where there are some, whichever comes first in the document.
        (json!([{}, { "own": [] }]), "signed_with own|"),
        (json!([{ "own": [] }, {}]), "signed_with own|"),
        (
            json!([{ "key": [] }, {}, { "own": [] }]),
            "signed_with key|own|",
        ),
        (json!([{ "unknown": [] }, {}]), "anonymous"),
        (json!([]), "anonymous"),
        (json!([{}]), "anonymous"),
        (json!([{ "person": [] }]), "basic_auth"),
        (json!([{ "own": [], "key": [] }]), "signed_with own+key"),
        (json!([{ "query": [] }]), "signed_with query"),
        (json!([{ "other": [] }]), "signed_with other"),
        (
            json!([{ "key": [], "query": [] }, { "person": [] }]),
            "signed_with key+query|person",
        ),
        // One header holds one token, which has to satisfy both.
        (json!([{ "other": [], "own": [] }]), ""),
        (json!([{ "key": [], "sameKey": [] }]), "signed_with key"),
        // What is more than an earlier alternative is never the first to be had, and nothing is said twice.
        (
            json!([{ "query": [] }, { "query": [] }, { "query": [], "key": [] }]),
            "signed_with query",
        ),
    ];
    let security: Vec<Value> = cases.iter().map(|(security, _)| security.clone()).collect();
    let (plan, told) = planned(schemes(), &security);
    for ((security, expected), call) in cases.iter().zip(calls(&plan)) {
        assert_eq!(call, *expected, "{security}");
    }
    let told = codes(&told);
    assert!(
        told.iter()
            .all(|(code, ..)| *code == Code::SecuritySchemeUndeclared)
    );
}

#[test]
fn credentials_that_no_operation_needs_are_optional() {
    let own = || json!([{ "own": [] }]);
    for (security, expected) in [
        (vec![own()], false),
        (vec![own(), json!([{}, { "own": [] }])], false),
        (vec![json!([{}, { "own": [] }]), json!([])], true),
        (vec![json!([{ "key": [] }, { "own": [] }])], true),
        (vec![json!([{ "key": [], "own": [] }])], false),
        (vec![json!([])], true),
    ] {
        let (plan, _) = planned(schemes(), &security);
        assert_eq!(plan.client.optional_credentials, expected, "{security:?}");
    }
}

#[test]
fn what_no_request_can_carry_is_told() {
    let own = || json!([{ "own": [] }]);
    let (plan, told) = planned(
        schemes(),
        &[
            own(),
            own(),
            own(),
            own(),
            json!([{ "unknown": [] }]),
            json!([{ "unknown": [], "own": [] }, { "key": [] }]),
            json!([{ "own": [], "person": [] }]),
            json!([{ "certificate": [] }]),
            json!([{ "certificate": [], "key": [] }]),
            json!([{ "certificate": [] }, { "key": [] }]),
        ],
    );
    assert_eq!(
        calls(&plan).get(4..).expect("the operations"),
        [
            "",
            "signed_with key",
            "",
            "anonymous",
            "signed_with key",
            "signed_with key"
        ]
    );
    let undeclared = Code::SecuritySchemeUndeclared;
    let not_sent = Code::SecuritySchemeNotSent;
    assert_eq!(
        codes(&told),
        [
            (
                undeclared,
                "/paths/~14/get/security/0/unknown",
                Some("GET /4")
            ),
            (
                undeclared,
                "/paths/~15/get/security/0/unknown",
                Some("GET /5")
            ),
            (
                Code::SecuritySchemesInOnePlace,
                "/paths/~16/get/security/0/person",
                Some("GET /6")
            ),
            (
                not_sent,
                "/paths/~17/get/security/0/certificate",
                Some("GET /7")
            ),
            (
                not_sent,
                "/paths/~18/get/security/0/certificate",
                Some("GET /8")
            ),
            (
                not_sent,
                "/paths/~19/get/security/0/certificate",
                Some("GET /9")
            ),
        ]
    );
}

#[test]
fn two_passwords_are_not_taken_for_one() {
    let schemes = json!({
        "own": { "type": "apiKey", "in": "query", "name": "k" },
        "person": { "type": "http", "scheme": "basic" },
        "robot": { "type": "http", "scheme": "basic" },
    });
    let own = || json!([{ "own": [] }]);
    let security = [
        own(),
        own(),
        json!([{ "person": [] }]),
        json!([{ "robot": [] }]),
    ];
    let (plan, _) = planned(schemes, &security);
    assert_eq!(
        calls(&plan),
        ["", "", "signed_with person", "signed_with robot"]
    );
}

#[test]
fn no_two_schemes_share_a_constant_or_a_variable() {
    let key = |name| json!({ "type": "apiKey", "in": "header", "name": name });
    let schemes = json!({
        "own": { "type": "http", "scheme": "bearer" }, "token": key("A"), "api-key": key("B"), "api_key": key("C"),
        "2fa": key("D"), "鍵": key("E"), "ALL": { "type": "http", "scheme": "basic" },
    });
    let own = || json!([{ "own": [] }]);
    let all =
        json!([{ "token": [], "api-key": [], "api_key": [], "2fa": [], "鍵": [], "ALL": [], }]);
    let (plan, _) = planned(schemes, &[own(), own(), all]);
    let named = plan.client.schemes.iter();
    let named: Vec<(&str, Vec<&str>)> = named
        .map(|scheme| {
            let env = scheme.env.iter().map(String::as_str);
            (scheme.ident.as_str(), env.collect())
        })
        .collect();
    let mut idents: Vec<&str> = named.iter().map(|(ident, _)| *ident).collect();
    idents.sort_unstable();
    assert_eq!(
        idents,
        ["ALL", "API_KEY", "API_KEY2", "N2FA", "TOKEN", "鍵"]
    );
    let mut env: Vec<&str> = named.iter().flat_map(|(_, env)| env.clone()).collect();
    env.sort_unstable();
    // `T_TOKEN` is the client's own.
    let expected = [
        "T_ALL_PASSWORD",
        "T_ALL_USERNAME",
        "T_API_KEY",
        "T_API_KEY2",
        "T_N2FA",
        "T_SCHEME",
        "T_TOKEN_2",
    ];
    assert_eq!(env, expected);
}
