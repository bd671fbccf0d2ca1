//! `plan` and `explain SPEC NAME`: the crate as other programs and people ask about it.

use crate::command::{DOCUMENT, Place};
use serde_json::{Value, json};

fn plan(place: &Place) -> Value {
    let run = place.run(&["plan", "openapi.yaml"]).exits(0);
    assert_eq!(run.stderr, "");
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn plan_tells_which_item_calls_an_operation() {
    let place = Place::new();
    let plan = plan(&place);
    assert_eq!(plan["crate"]["library"], "pets");
    assert_eq!(
        plan["crate"]["features"],
        json!([{"name": "pets", "tag": "Pets"}])
    );
    assert_eq!(plan["server"]["origin"], "https://example.com");
    assert_eq!(plan["auth"]["kind"], "none");
    let operation = &plan["operations"][0];
    assert_eq!(operation["operation_id"], "getPet");
    assert_eq!(operation["method"], "GET");
    assert_eq!(operation["path"], "/pets/{id}");
    assert_eq!(operation["call"], "Client::pets().get_pet");
    assert_eq!(operation["rust_path"], "api::pets::Pets::get_pet");
    assert_eq!(operation["answer"]["type"], "models::Pet");
    assert_eq!(operation["error"]["type"], "ErrorBody");
    assert_eq!(operation["body"], Value::Null);
    assert_eq!(operation["paging"], Value::Null);
    assert_eq!(operation["pointer"], "/paths/~1pets~1{id}/get");
    assert_eq!(
        operation["source"],
        json!({"file": "openapi.yaml", "line": 6, "column": 5})
    );
    assert_eq!(
        operation["arguments"],
        json!([{
            "name": "id",
            "wire": "id",
            "in": "path",
            "type": "&str",
            "value_type": "String",
            "by_reference": true,
            "style": "simple",
            "explode": false,
            "required": true,
            "reason": "the path names it, so no call can do without it",
            "name_reason": "it is the document's own name",
            "deprecated": false,
            "filter": null,
            "sort": null,
            "pointer": "/paths/~1pets~1{id}/get/parameters/0",
            "source": {"file": "openapi.yaml", "line": 11, "column": 13},
        }])
    );
}

#[test]
fn plan_tells_what_a_type_is_made_of() {
    let place = Place::new();
    let pet = &plan(&place)["types"][0];
    assert_eq!(pet["rust_path"], "models::Pet");
    assert_eq!(pet["kind"], "struct");
    assert_eq!(pet["file"], "src/models/pets.rs");
    assert_eq!(pet["file_reason"], "only operations of `Pets` reach it");
    assert_eq!(pet["type_reason"], "an object with `properties`");
    assert_eq!(
        pet["fields"],
        json!([{
            "wire": "name",
            "ident": "name",
            "name_reason": "it is the document's own name",
            "type": "String",
            "type_reason": "`type: string`",
            "presence": "always",
            "reason": "the property is required and never null",
            "required": true,
            "nullable": false,
            "boxed": null,
            "secret": false,
            "read_only": false,
            "write_only": false,
            "deprecated": false,
            "pointer": "/components/schemas/Pet/properties/name",
            "source": {"file": "openapi.yaml", "line": 24, "column": 9},
        }])
    );
}

#[test]
fn plan_tells_how_a_body_is_sent() {
    let place = Place::new();
    place.write(
        "upload.yaml",
        r#"
openapi: 3.0.3
info: {title: Uploads, version: "1"}
paths:
  /uploads:
    post:
      operationId: upload
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {photo: {type: string, format: binary}}}
            encoding: {photo: {contentType: image/png}}
      responses: {"204": {description: Done}}
"#,
    );
    let run = place.run(&["plan", "upload.yaml"]).exits(0);
    let plan: Value = serde_json::from_str(&run.stdout).unwrap();
    let body = &plan["operations"][0]["body"];
    assert_eq!(body["name"], "body");
    assert_eq!(body["type"], "&models::UploadRequest");
    assert_eq!(body["value_type"], "models::UploadRequest");
    assert_eq!(body["by_reference"], true);
    assert_eq!(body["required"], false);
    assert_eq!(body["encoding"], "multipart");
    assert_eq!(
        body["members"],
        json!([{"wire": "photo", "media_type": "image/png", "style": null, "explode": null}])
    );
}

#[test]
fn plan_tells_which_struct_reads_the_headers_of_an_answer() {
    let place = Place::new();
    assert_eq!(
        plan(&place)["operations"][0]["answer"]["headers"],
        Value::Null
    );
    let declared =
        "          headers:\n            X-Total-Count: {schema: {type: integer, format: int64}}\n";
    let content = "          content:\n";
    assert!(DOCUMENT.contains(content), "{DOCUMENT}");
    let with_headers = DOCUMENT.replacen(content, &format!("{declared}{content}"), 1);
    place.write("openapi.yaml", &with_headers);
    assert_eq!(
        plan(&place)["operations"][0]["answer"]["headers"],
        json!({
            "name": "GetPetHeaders",
            "rust_path": "headers::GetPetHeaders",
            "fields": [{"wire": "X-Total-Count", "ident": "x_total_count", "type": "Option<i64>"}],
        })
    );
}

#[test]
fn plan_takes_the_settings_of_a_target() {
    let place = Place::new();
    place.write(
        "target.toml",
        "[names.schemas]\nPet = \"Animal\"\n[secrets]\nproperties = [\"name\"]\n",
    );
    let run = place
        .run(&["plan", "openapi.yaml", "--target", "target.toml"])
        .exits(0);
    let plan: Value = serde_json::from_str(&run.stdout).unwrap();
    let pet = &plan["types"][0];
    assert_eq!(pet["rust_path"], "models::Animal");
    assert_eq!(pet["name_reason"], "target.toml gives it this name");
    assert_eq!(pet["fields"][0]["type"], "Secret<String>");
    let told = place
        .run(&[
            "explain",
            "openapi.yaml",
            "models::Animal::name",
            "--target",
            "target.toml",
        ])
        .exits(0);
    assert!(
        told.stdout.contains("target.toml lists it under `secrets`"),
        "{}",
        told.stdout
    );
}

#[test]
fn explain_tells_the_line_and_the_reasons() {
    let place = Place::new();
    let told = place
        .run(&["explain", "openapi.yaml", "models::Pet::name"])
        .exits(0);
    for part in [
        "field models::Pet::name: String\n",
        "--> openapi.yaml:24:9\n",
        "`type: string`",
        "the property is required and never null",
        "src/models/pets.rs",
    ] {
        assert!(told.stdout.contains(part), "{part}: {}", told.stdout);
    }
    let unknown = place
        .run(&["explain", "openapi.yaml", "models::Pet::nmae"])
        .exits(2);
    assert_eq!(unknown.stdout, "");
    assert!(
        unknown.stderr.contains("models::Pet::name"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn explain_tells_the_repair_on_the_way() {
    let place = Place::new();
    place.write(
        "openapi.yaml",
        &DOCUMENT.replace("name: { type: string,", "name: { type: strng,"),
    );
    let told = place.run(&["explain", "openapi.yaml", "Pet.name"]).exits(0);
    assert!(
        told.stdout.contains("Repairs and diagnostics:") && told.stdout.contains("strng"),
        "{}",
        told.stdout
    );
}

#[test]
fn a_document_at_fault_has_no_plan() {
    let place = Place::new();
    place.write("openapi.yaml", "openapi: 3.0.3\npaths: [\n");
    for arguments in [
        ["plan", "openapi.yaml", ""],
        ["explain", "openapi.yaml", "a"],
    ] {
        let arguments: Vec<&str> = arguments
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let run = place.run(&arguments).exits(1);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("error["), "{}", run.stderr);
    }
}
