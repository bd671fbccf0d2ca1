//! Makes a document of any size, for measuring how cost grows: twice the size is twice as much of everything, and nothing else is different.
//!
//! Each group has what real documents have: operations of all methods, parameters in all places and styles, bodies of several
//! content types, objects that extend others, unions with and without a discriminator, enums, maps, trees, objects
//! described where they are used, an error of its own. A few schemas and responses are shared by all groups.

use serde_json::{Map, Value, json};

/// How many groups there are at size 1, each with [`OPERATIONS`] operations.
pub(crate) const GROUPS: usize = 5;

/// How many operations a group has.
pub(crate) const OPERATIONS: usize = 8;

/// The document of this size, as YAML.
///
/// # Errors
///
/// When it cannot be told in YAML, which would be a fault of this code.
pub(crate) fn document(size: usize) -> Result<String, serde_yaml::Error> {
    let mut paths = Map::new();
    let mut schemas = shared_schemas();
    let mut tags = Vec::new();
    for group in 0..GROUPS * size {
        let names = Names::new(group);
        tags.push(
            json!({"name": names.tag, "description": format!("Everything about {}.", names.tag)}),
        );
        paths.extend(collection(&names));
        paths.extend(item(&names));
        schemas.extend(models(&names));
        schemas.extend(unions(&names));
    }
    serde_yaml::to_string(&json!({
        "openapi": "3.0.3",
        "info": {"title": "Synthetic", "version": "1.0.0", "description": "A document that is as large as it is asked to be."},
        "servers": [{"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}],
        "security": [{"token": []}],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {
                "limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 250, "default": 50}},
                "offset": {"name": "offset", "in": "query", "schema": {"type": "integer", "format": "int32", "minimum": 0}},
                "trace": {"name": "X-Trace-Id", "in": "header", "schema": {"type": "string", "format": "uuid"}},
            },
            "responses": {
                "BadRequest": {"description": "The request is not well-formed.", "content": {"application/json": {"schema": reference("Problem")}}},
                "TooMany": {"description": "Too many requests.", "headers": {"Retry-After": {"schema": {"type": "integer"}}}, "content": {"application/json": {"schema": reference("Throttled")}}},
            },
        },
    }))
}

/// What the parts of a group are called.
struct Names {
    tag: String,
    /// The stem of its paths.
    path: String,
    /// The stem of its schemas.
    schema: String,
}

impl Names {
    fn new(group: usize) -> Self {
        const NOUNS: [&str; 10] = [
            "Account",
            "Badge",
            "Campaign",
            "Device",
            "Entitlement",
            "Factor",
            "Gateway",
            "Hook",
            "Identity",
            "Journal",
        ];
        let noun = NOUNS.get(group % NOUNS.len()).copied().unwrap_or_default();
        let series = group / NOUNS.len();
        Self {
            tag: format!("{noun}s {series}"),
            path: format!("/{}s-{series}", noun.to_lowercase()),
            schema: format!("{noun}{series}"),
        }
    }

    fn schema(&self, suffix: &str) -> String {
        format!("{}{suffix}", self.schema)
    }
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// A JSON body of this schema.
fn content(schema: &Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

/// An operation's responses: one of its own, and the errors.
fn responses(names: &Names, status: &str, body: Option<&Value>) -> Value {
    let mut success = json!({"description": "Done."});
    if let (Some(body), Some(success)) = (body, success.as_object_mut()) {
        success.insert("content".to_owned(), content(body));
    }
    json!({
        status: success,
        "400": {"$ref": "#/components/responses/BadRequest"},
        "422": {"description": "The request makes no sense.", "content": content(&reference(&names.schema("Fault")))},
        "429": {"$ref": "#/components/responses/TooMany"},
    })
}

/// The operations of all things of a group.
fn collection(names: &Names) -> Map<String, Value> {
    let id = &names.schema;
    let list = json!({"type": "array", "items": reference(id)});
    let mut paths = Map::new();
    paths.insert(names.path.clone(), json!({
        "get": {
            "operationId": format!("list{id}"), "tags": [names.tag], "summary": format!("List {}", names.tag),
            "description": "Lists them, **newest first**.\n\n- filtered by `filters`\n- sorted by `sorters`",
            "parameters": [
                {"$ref": "#/components/parameters/limit"},
                {"$ref": "#/components/parameters/offset"},
                {"$ref": "#/components/parameters/trace"},
                {"name": "ids", "in": "query", "style": "form", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "states", "in": "query", "style": "form", "explode": true, "schema": {"type": "array", "items": reference(&names.schema("State"))}},
                {"name": "columns", "in": "query", "style": "pipeDelimited", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "words", "in": "query", "style": "spaceDelimited", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "where", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "object", "properties": {"name": {"type": "string"}, "since": {"type": "string", "format": "date-time"}}}},
                {"name": "session", "in": "cookie", "schema": {"type": "string"}},
            ],
            "responses": responses(names, "200", Some(&list)),
        },
        "post": {
            "operationId": format!("create{id}"), "tags": [names.tag], "summary": format!("Create one of {}", names.tag),
            "requestBody": {"required": true, "content": content(&reference(&names.schema("Draft")))},
            "responses": responses(names, "201", Some(&reference(id))),
        },
    }));
    paths.insert(format!("{}/import", names.path), json!({
        "post": {
            "operationId": format!("import{id}"), "tags": [names.tag], "summary": "Import from a file",
            "requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}, "dryRun": {"type": "boolean", "default": false}}}}}},
            "responses": responses(names, "202", Some(&json!({"type": "object", "properties": {"job": {"type": "string"}, "accepted": {"type": "integer"}}}))),
        },
    }));
    paths
}

/// The operations of one thing of a group.
fn item(names: &Names) -> Map<String, Value> {
    let id = &names.schema;
    let patch = json!({"type": "array", "items": reference("PatchOperation")});
    let parameter = json!([{"name": "id", "in": "path", "required": true, "description": "Which one.", "schema": {"type": "string"}, "example": "2c91808568c529c60168cca6f90c1313"}]);
    let mut paths = Map::new();
    paths.insert(format!("{}/{{id}}", names.path), json!({
        "parameters": parameter,
        "get": {"operationId": format!("get{id}"), "tags": [names.tag], "summary": "Get one", "responses": responses(names, "200", Some(&reference(id)))},
        "put": {
            "operationId": format!("replace{id}"), "tags": [names.tag], "summary": "Replace one",
            "requestBody": {"required": true, "content": {"application/json": {"schema": reference(&names.schema("Draft"))}, "application/x-www-form-urlencoded": {"schema": reference(&names.schema("Draft"))}}},
            "responses": responses(names, "200", Some(&reference(id))),
        },
        "patch": {
            "operationId": format!("patch{id}"), "tags": [names.tag], "summary": "Change one",
            "requestBody": {"required": true, "content": {"application/json-patch+json": {"schema": patch}}},
            "responses": responses(names, "200", Some(&reference(id))),
        },
        "delete": {"operationId": format!("delete{id}"), "tags": [names.tag], "summary": "Delete one", "responses": responses(names, "204", None)},
    }));
    paths.insert(format!("{}/{{id}}/events", names.path), json!({
        "parameters": parameter,
        "get": {
            "operationId": format!("events{id}"), "tags": [names.tag], "summary": "What happened to one",
            "responses": responses(names, "200", Some(&json!({"type": "array", "items": reference(&names.schema("Event"))}))),
        },
    }));
    paths
}

/// The objects and enums of a group.
fn models(names: &Names) -> Map<String, Value> {
    let mut schemas = Map::new();
    schemas.insert(names.schema("State"), json!({"type": "string", "description": "Where it stands.", "enum": ["NEW", "ACTIVE", "on-hold", "CLOSED", "unknown value"]}));
    schemas.insert(names.schema.clone(), json!({
        "allOf": [
            reference("Entity"),
            {"type": "object", "required": ["state"], "properties": {
                "state": reference(&names.schema("State")),
                "owner": {"type": "object", "description": "Who answers for it.", "properties": {"id": {"type": "string"}, "kind": {"type": "string", "enum": ["IDENTITY", "GROUP"]}, "email": {"type": "string", "format": "email", "nullable": true}}},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "price": reference("Money"),
                "children": {"type": "array", "items": reference(&names.schema)},
                "accessKey": {"type": "string", "format": "password"},
                "score": {"type": "number", "format": "double", "minimum": 0, "maximum": 1},
                "raw": {"type": "string", "format": "byte"},
            }},
        ],
        "example": {"id": "1", "name": "one", "state": "NEW", "labels": {"a": "b"}},
    }));
    schemas.insert(
        names.schema("Draft"),
        json!({
            "type": "object", "required": ["name"],
            "properties": {
                "name": {"type": "string", "maxLength": 100, "example": "one"},
                "description": {"type": "string", "nullable": true},
                "state": reference(&names.schema("State")),
                "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
                "due": {"type": "string", "format": "date"},
            },
            "additionalProperties": {"type": "integer"},
        }),
    );
    schemas.insert(names.schema("Fault"), json!({
        "type": "object",
        "properties": {"field": {"type": "string"}, "problem": reference("Problem"), "state": reference(&names.schema("State"))},
    }));
    schemas
}

/// The unions of a group: one with a discriminator, one that is told apart by its shape.
fn unions(names: &Names) -> Map<String, Value> {
    let (opened, closed) = (names.schema("Opened"), names.schema("Closed"));
    let mut schemas = Map::new();
    schemas.insert(names.schema("Event"), json!({
        "oneOf": [reference(&opened), reference(&closed)],
        "discriminator": {"propertyName": "type", "mapping": {
            "OPENED": format!("#/components/schemas/{opened}"), "CLOSED": format!("#/components/schemas/{closed}"),
        }},
    }));
    schemas.insert(opened, json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "by": reference("Link"), "at": {"type": "string", "format": "date-time"}}}));
    schemas.insert(closed, json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}, "reason": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}}}));
    schemas
}

/// What every group uses.
fn shared_schemas() -> Map<String, Value> {
    let schemas = json!({
        "Entity": {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string", "readOnly": true}, "name": {"type": "string"}, "created": {"type": "string", "format": "date-time", "readOnly": true}}},
        "Link": {"type": "object", "properties": {"href": {"type": "string", "format": "uri"}, "title": {"type": "string"}}},
        "Money": {"type": "object", "required": ["amount", "currency"], "properties": {"amount": {"type": "integer", "format": "int64"}, "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}}},
        "PatchOperation": {"type": "object", "required": ["op", "path"], "properties": {"op": {"type": "string", "enum": ["add", "remove", "replace", "move", "copy", "test"]}, "path": {"type": "string"}, "value": {}}},
        "Problem": {"type": "object", "properties": {"detailCode": {"type": "string"}, "trackingId": {"type": "string"}, "messages": {"type": "array", "items": {"type": "object", "properties": {"locale": {"type": "string"}, "text": {"type": "string"}}}}}},
        "Throttled": {"type": "object", "properties": {"message": {"type": "string"}}},
    });
    match schemas {
        Value::Object(schemas) => schemas,
        _ => Map::new(),
    }
}
