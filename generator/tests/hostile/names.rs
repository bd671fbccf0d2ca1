//! Names that want to be the same identifier, or one that means something already: all in one document, which must compile
//! without a warning, and whose emitted tests must pass.

use crate::emitted::EmittedCrate;
use crate::output::assert_without_faults;
use serde_json::{Map, Value, json};

/// Values of one enum.
const VALUES: [&str; 30] = [
    "a",
    "A",
    "a-",
    "a_",
    "-1",
    "1",
    "+1",
    "",
    " ",
    "=",
    "<=",
    ">=",
    "<",
    ">",
    "unknown",
    "Unknown",
    "unrecognized",
    "Self",
    "self",
    "type",
    "é",
    "e\u{301}",
    "имя",
    "名前",
    "🐕",
    "²",
    "½",
    "None",
    "Err",
    "\"\\\n",
];

/// Properties of one object.
const PROPERTIES: [&str; 28] = [
    "type",
    "Type",
    "TYPE",
    "self",
    "Self",
    "super",
    "crate",
    "fooBar",
    "foo_bar",
    "foo-bar",
    "FooBar",
    "foo bar",
    "new",
    "default",
    "additional_properties",
    "é",
    "e\u{301}",
    "имя",
    "名前",
    "🐕",
    "1",
    "-1",
    "",
    " ",
    "_",
    "__",
    "r#fn",
    "async",
];

/// Components; each is an object that refers to the one before it.
const SCHEMAS: [&str; 61] = [
    "Pet",
    "pet",
    "PET",
    "pet_",
    "Pet2",
    "String",
    "Vec",
    "Option",
    "Result",
    "Box",
    "Value",
    "Client",
    "Request",
    "Error",
    "ErrorBody",
    "Self",
    "Default",
    "Serialize",
    "Deserialize",
    "i64",
    "bool",
    "str",
    "Ok",
    "Err",
    "Some",
    "None",
    "Into",
    "From",
    "Clone",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "BTreeMap",
    "Nullable",
    "Secret",
    "Date",
    "DateTime",
    "Service",
    "SERVICE",
    "Exchange",
    "Operation",
    "Method",
    "Response",
    "Models",
    "Vec²",
    "String½",
    "type",
    "self",
    "crate",
    "имя",
    "é",
    "e\u{301}",
    "\u{1f415}",
    "1st",
    "ListPetsErrorBody",
    "con",
    "NUL",
    "Aux",
    "com1",
    "Com1_2",
];

/// Operations, each with a tag: identifiers that are taken, that are the same in other cases, or that are the tag's own.
const OPERATIONS: [(&str, &str); 44] = [
    ("new", "models"),
    ("clone", "models"),
    ("send", "models"),
    ("get", "models"),
    ("Get", "api"),
    ("GET", "client"),
    ("list", "error"),
    ("find", "shared"),
    ("Find", "shared tag"),
    ("models", "api"),
    ("api", "models"),
    ("client", "shared"),
    ("Client", "client"),
    ("error", "error"),
    ("json", "json"),
    ("string", "lib"),
    ("vec", "lib"),
    ("option", "lib"),
    ("box", "lib"),
    ("result", "lib"),
    ("main", "main"),
    ("test", "test"),
    ("mod", "mod"),
    ("crate", "crate"),
    ("self", "self"),
    ("type", "type"),
    ("search", "search"),
    ("search_models", "models"),
    ("Search", "crate"),
    ("rustls", "rustls"),
    ("default", "Default"),
    ("Default", "default"),
    ("native-tls", "native-tls"),
    ("builder", "builder"),
    ("from_env", "from_env"),
    ("into_future", "serde"),
    ("request", "sdk-runtime"),
    ("method", "tokio"),
    ("operation", "con"),
    ("list_error_body", "error"),
    ("exchange", "имя"),
    ("service", "🐕"),
    ("parameters", "SERVICE"),
    ("responses", "Client"),
];

fn schema(name: &str) -> Value {
    let token = name.replace('~', "~0").replace('/', "~1");
    let token = percent_encoding::utf8_percent_encode(&token, percent_encoding::NON_ALPHANUMERIC);
    json!({ "$ref": format!("#/components/schemas/{token}") })
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn schemas() -> Value {
    let mut schemas = Map::new();
    for (index, name) in SCHEMAS.iter().enumerate() {
        let mut properties = json!({
            "id": { "type": "string", "description": "A long text, so that the example takes several lines", "example": "an example that is long enough" },
            "when": { "type": "string", "format": "date-time" },
            "list": { "type": "array", "items": { "type": "string" } },
            "map": { "type": "object", "additionalProperties": { "type": "string" } },
            "maybe": { "type": "string", "nullable": true },
            "any": { "description": "Anything." }
        });
        if let (Some(before), Some(members)) = (
            index.checked_sub(1).and_then(|index| SCHEMAS.get(index)),
            properties.as_object_mut(),
        ) {
            members.insert("before".to_owned(), schema(before));
        }
        schemas.insert(
            (*name).to_owned(),
            json!({ "type": "object", "required": ["id"], "properties": properties }),
        );
    }
    let properties: Map<String, Value> = PROPERTIES
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "type": "string" })))
        .collect();
    schemas.insert(
        "AllProperties".to_owned(),
        json!({ "type": "object", "required": PROPERTIES, "properties": properties, "additionalProperties": { "type": "string" } }),
    );
    schemas.insert(
        "AllValues".to_owned(),
        json!({ "type": "string", "enum": VALUES }),
    );
    Value::Object(schemas)
}

/// Parameters that are called like each other and like what a request has itself.
fn parameters() -> Value {
    let mut parameters = vec![
        json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }),
        json!({ "name": "id", "in": "query", "required": true, "schema": { "type": "string" } }),
        json!({ "name": "id", "in": "header", "schema": { "type": "string" } }),
        json!({ "name": "value", "in": "query", "schema": schema("AllValues") }),
    ];
    for name in [
        "body",
        "client",
        "self",
        "send",
        "into_future",
        "type",
        "fooBar",
        "foo_bar",
        "id_query",
        "request",
        "models",
        "answer",
        "Self",
        "0",
    ] {
        parameters.push(json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
    }
    Value::Array(parameters)
}

fn document() -> Value {
    let mut paths = Map::new();
    for (index, (id, tag)) in OPERATIONS.iter().enumerate() {
        let of = |offset: usize| {
            SCHEMAS
                .get((index + offset) % SCHEMAS.len())
                .map_or_else(|| schema("Pet"), |name| schema(name))
        };
        // Operations contradict each other about the body of a refusal, so that each has an error type of its own.
        paths.insert(
            format!("/o{index}/{{id}}"),
            json!({ "post": {
                "operationId": id, "tags": [tag], "parameters": parameters(),
                "requestBody": { "required": index % 2 == 0, "content": content(&of(0)) },
                "responses": { "200": { "description": "Done.", "content": content(&of(1)) }, "400": { "description": "No.", "content": content(&of(2)) } }
            } }),
        );
    }
    // The same body twice, so that a test shares it by a name.
    for path in ["/service/one", "/service/two"] {
        paths.insert(path.to_owned(), json!({ "get": { "responses": { "200": { "description": "Done.", "content": content(&schema("Service")) } } } }));
    }
    paths.insert(
        "/all".to_owned(),
        json!({ "put": {
            "operationId": "list", "tags": ["models"],
            "requestBody": { "required": true, "content": content(&schema("AllProperties")) },
            "responses": { "200": { "description": "Done.", "content": content(&schema("AllValues")) } }
        } }),
    );
    for name in SCHEMAS {
        let path = format!("/s/{}", paths.len());
        paths.insert(path, json!({ "put": { "requestBody": { "content": content(&schema(name)) }, "responses": { "204": { "description": "Done." } } } }));
    }
    json!({
        "openapi": "3.0.3", "info": { "title": "Collisions", "version": "1" },
        "servers": [{ "url": "https://collisions.example" }],
        "paths": paths, "components": { "schemas": schemas() }
    })
}

#[test]
fn everything_has_a_place_of_its_own() {
    assert_without_faults(&document().to_string());
}

#[test]
fn what_collides_compiles_and_passes_its_own_tests() {
    let emitted = EmittedCrate::of(&document().to_string());
    emitted.cargo(&["doc", "--no-deps"]);
    emitted.cargo(&["test", "--quiet"]);
}

/// A crate may have one tag or many, and say something about refusals or nothing.
#[test]
fn the_smallest_documents_compile() {
    let empty = json!({ "204": { "description": "Done." } });
    let refusing = json!({ "204": { "description": "Done." }, "400": { "description": "No.", "content": content(&json!({ "type": "string" })) } });
    for (responses, tags) in [
        (&empty, vec![]),
        (&empty, vec!["one"]),
        (&empty, vec!["one", "two"]),
        (&refusing, vec!["one"]),
    ] {
        let paths: Map<String, Value> = tags
            .iter()
            .map(|tag| {
                (
                    format!("/{tag}"),
                    json!({ "get": { "operationId": tag, "tags": [tag], "responses": responses } }),
                )
            })
            .collect();
        let document = json!({ "openapi": "3.0.3", "info": { "title": "Small", "version": "1" }, "paths": paths });
        let emitted = EmittedCrate::of(&document.to_string());
        emitted.cargo(&["test", "--no-run"]);
    }
}
