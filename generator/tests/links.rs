//! The committed documentation: every link leads somewhere, and every fact of the documents is on the pages.
//!
//! The facts are read from the documents here, by a reading of this test's own, so that an operation, a parameter, an answer or a
//! header that the generator loses is missed.

use sdk_generator::files::FileSet;
use sdk_generator::format::broken_links;
use sdk_generator::pipeline;
use serde_yaml::Value;
use std::fs;
use std::path::{Path, PathBuf};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "patch", "head", "options"];
/// Headers that OpenAPI 3.0.3 (4.7.12.1) takes out of the parameters.
const NO_PARAMETERS: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(relative)
}

fn crates() -> Vec<String> {
    let entries = fs::read_dir(path("generated")).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn files(krate: &str) -> FileSet {
    FileSet::read(&path(&format!("generated/{krate}"))).unwrap()
}

#[test]
fn every_link_leads_somewhere() {
    let crates = crates();
    assert!(crates.len() >= 2, "{crates:?}");
    for krate in crates {
        let files = files(&krate);
        let pages = files
            .iter()
            .filter(|(path, _)| path.ends_with(".md"))
            .count();
        assert!(pages > 10, "{krate} has {pages} pages");
        assert_eq!(broken_links(&files), [], "{krate}");
    }
}

/// How many pages of a crate are taken away, one at a time.
const MAX_LOST: usize = 20;

#[test]
fn a_link_to_nowhere_is_found() {
    for krate in crates() {
        let whole = files(&krate);
        // Of every page that another one links to, the loss is noticed.
        let pages: Vec<&str> = whole
            .iter()
            .map(|(path, _)| path)
            .filter(|path| path.starts_with("docs/") && path.ends_with(".md"))
            // It lists the pages, and none of them has to lead back to it.
            .filter(|path| *path != "docs/SUMMARY.md")
            .collect();
        for lost in pages.iter().step_by(1 + pages.len() / MAX_LOST) {
            let mut files = FileSet::default();
            for (path, text) in whole.iter().filter(|(path, _)| path != lost) {
                files.insert(path, text);
            }
            let broken = broken_links(&files);
            assert!(!broken.is_empty(), "{krate}: nobody misses {lost}");
        }
        // So is the loss of one heading.
        let mut files = whole.clone();
        let page = "docs/README.md";
        let text = String::from_utf8(files.get(page).unwrap().to_vec()).unwrap();
        files.insert(page, text.replace("## Operations", "## Something else"));
        let broken = broken_links(&files);
        assert!(
            broken
                .iter()
                .any(|link| link.target == "../README.md#operations"),
            "{krate}: {broken:?}"
        );
    }
}

#[test]
fn every_operation_has_every_column() {
    let mut mfa = 0;
    for krate in crates() {
        let root = path(&format!("specs/{krate}/openapi.yaml"));
        let tree = pipeline::load(&root, &[]).value.expect("a document");
        let document: Value = serde_yaml::to_value(tree).unwrap();
        let files = files(&krate);
        for operation in operations(&document) {
            let page = format!(
                "docs/api/{}.md",
                operation
                    .tag
                    .to_lowercase()
                    .replace(' ', "-")
                    .replace(':', "")
            );
            let text = files
                .get(&page)
                .unwrap_or_else(|| panic!("{krate} has no {page}"));
            let text = String::from_utf8_lossy(text);
            assert_operation(
                &document,
                &operation,
                &text,
                &format!("{krate}: {} {}", operation.method, operation.path),
            );
            mfa += usize::from(
                operation.tag.contains("MFA") || operation.tag.contains("Multi Factor"),
            );
        }
    }
    assert_eq!(mfa, 31);
}

/// An operation as the document has it.
struct Operation<'a> {
    tag: &'a str,
    method: String,
    path: &'a str,
    node: &'a Value,
    shared: &'a Value,
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_mapping().unwrap() {
        for method in METHODS {
            if let Some(node) = item.get(method) {
                operations.push(Operation {
                    tag: node["tags"][0].as_str().unwrap(),
                    method: method.to_uppercase(),
                    path: path.as_str().unwrap(),
                    node,
                    shared: &item["parameters"],
                });
            }
        }
    }
    operations
}

/// What a reference leads to; anything else is itself.
fn follow<'a>(document: &'a Value, node: &'a Value) -> &'a Value {
    match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => {
            let steps = reference.trim_start_matches("#/").split('/');
            follow(document, steps.fold(document, |node, step| &node[step]))
        }
        None => node,
    }
}

fn assert_operation(document: &Value, operation: &Operation<'_>, page: &str, place: &str) {
    let request = format!("| **{}** `{}` |", operation.method, operation.path);
    let line = page
        .lines()
        .find(|line| line.contains(&request))
        .unwrap_or_else(|| panic!("{place} is not in the method table"));
    let cells = cells(line);
    assert_eq!(cells.len(), 3, "{place}: {line}");
    let name = cells[0].split("**").nth(1).unwrap();
    assert_eq!(
        cells[2],
        operation.node["summary"].as_str().unwrap(),
        "{place}"
    );
    let part = between(page, &format!("\n## {name}\n"), "\n## ", place);

    assert_parameters(
        document,
        operation,
        between(part, "\n### Parameters\n", "\n### ", place),
        place,
    );
    let result = between(part, "\n### Return type\n", "\n### ", place);
    assert!(!result.trim().is_empty(), "{place} has no return type");
    assert_responses(
        document,
        operation,
        between(part, "\n### Responses\n", "\n### ", place),
        place,
    );

    let authorization = between(part, "\n### Authorization\n", "\n### ", place);
    let requirements = operation
        .node
        .get("security")
        .unwrap_or(&document["security"])
        .as_sequence()
        .unwrap();
    for (scheme, scopes) in requirements
        .iter()
        .flat_map(|one| one.as_mapping().unwrap())
    {
        assert!(
            authorization.contains(&format!("`{}`", scheme.as_str().unwrap())),
            "{place}: {authorization}"
        );
        for scope in scopes.as_sequence().unwrap() {
            assert!(
                authorization.contains(&format!("`{}`", scope.as_str().unwrap())),
                "{place}: {authorization}"
            );
        }
    }

    let headers = between(part, "\n### HTTP request headers\n", "\n### ", place);
    let body = follow(document, &operation.node["requestBody"]);
    assert_types(
        headers,
        "- **Content-Type**: ",
        body["content"]
            .as_mapping()
            .into_iter()
            .flat_map(|map| map.keys()),
        place,
    );
    let answers = operation.node["responses"].as_mapping().unwrap().iter();
    let types = answers
        .filter(|(status, _)| status.as_str().unwrap().starts_with('2'))
        .map(|(_, answer)| answer)
        .filter_map(|answer| follow(document, answer)["content"].as_mapping())
        .flat_map(|map| map.keys());
    assert_types(headers, "- **Accept**: ", types, place);

    let example = between(part, "\n### Example\n", "\n[[Back to top]]", place);
    assert!(
        example.contains("```rust") && example.contains(&format!("{name}(")),
        "{place} has no example: {example}"
    );
}

fn assert_parameters(document: &Value, operation: &Operation<'_>, part: &str, place: &str) {
    let listed = [&operation.node["parameters"], operation.shared];
    let parameters: Vec<&Value> = listed
        .iter()
        .flat_map(|list| list.as_sequence().into_iter().flatten())
        .map(|parameter| follow(document, parameter))
        .filter(|parameter| {
            !(parameter["in"] == "header"
                && NO_PARAMETERS.contains(&parameter["name"].as_str().unwrap()))
        })
        .collect();
    let body = operation
        .node
        .get("requestBody")
        .map(|body| follow(document, body));
    if parameters.is_empty() && body.is_none() {
        assert!(
            part.contains("does not need any parameter"),
            "{place}: {part}"
        );
        return;
    }
    let rows = rows(
        part,
        "Param Type | Name | Data Type | Required | Description | Notes",
        place,
    );
    assert_eq!(
        rows.len(),
        parameters.len() + usize::from(body.is_some()),
        "{place}: {part}"
    );
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap();
        let sent = format!("sent as {name}");
        let row = rows
            .iter()
            .find(|row| row[1] == format!("`{name}`") || row[5].replace('\\', "").ends_with(&sent));
        let row = row.unwrap_or_else(|| panic!("{place} has no parameter {name}: {part}"));
        assert_eq!(
            row[0].to_lowercase(),
            parameter["in"].as_str().unwrap(),
            "{place}: {name}"
        );
        assert_row(row, parameter, place);
    }
    if let Some(body) = body {
        assert_row(
            rows.iter().find(|row| row[0] == "Body").unwrap(),
            body,
            place,
        );
    }
}

fn assert_row(row: &[String], node: &Value, place: &str) {
    assert!(row[2].contains('`'), "{place}: no data type in {row:?}");
    let required = node["required"].as_bool().unwrap_or(false);
    assert_eq!(
        row[3],
        if required { "True" } else { "False" },
        "{place}: {row:?}"
    );
    assert_eq!(row[5].contains("optional"), !required, "{place}: {row:?}");
    assert_eq!(
        row[4].is_empty(),
        node.get("description").is_none(),
        "{place}: the description in {row:?}"
    );
}

fn assert_responses(document: &Value, operation: &Operation<'_>, part: &str, place: &str) {
    let rows = rows(
        part,
        "Code | Description | Data Type | Response headers",
        place,
    );
    let responses = operation.node["responses"].as_mapping().unwrap();
    assert_eq!(rows.len(), responses.len(), "{place}: {part}");
    for (code, response) in responses {
        let (code, response) = (code.as_str().unwrap(), follow(document, response));
        let row = rows
            .iter()
            .find(|row| row[0] == code)
            .unwrap_or_else(|| panic!("{place} has no {code}: {part}"));
        assert!(row[1].len() > 5, "{place}: {row:?}");
        let contents = response["content"].as_mapping();
        let typed = contents
            .into_iter()
            .flat_map(|map| map.values())
            .any(|media| media.get("schema").is_some());
        // A text needs no schema to be one.
        assert!(row[2] != "-" || !typed, "{place}: {row:?}");
        let headers = response["headers"].as_mapping();
        assert_eq!(row[3] != "-", headers.is_some(), "{place}: {row:?}");
        for header in headers.into_iter().flat_map(|headers| headers.keys()) {
            assert!(
                row[3].contains(&format!("`{}`", header.as_str().unwrap())),
                "{place}: {row:?}"
            );
        }
    }
}

fn assert_types<'a>(part: &str, label: &str, types: impl Iterator<Item = &'a Value>, place: &str) {
    let told = part
        .lines()
        .find_map(|line| line.strip_prefix(label))
        .unwrap_or_else(|| panic!("{place} has no {label}"));
    let mut types = types.peekable();
    if types.peek().is_none() {
        assert_eq!(told, "Not defined", "{place}");
    }
    for one in types {
        assert!(
            told.contains(&format!("`{}`", one.as_str().unwrap())),
            "{place}: {label}{told}"
        );
    }
}

/// What stands between two marks, or behind the first.
fn between<'a>(text: &'a str, start: &str, end: &str, place: &str) -> &'a str {
    let (_, rest) = text
        .split_once(start)
        .unwrap_or_else(|| panic!("{place} has no `{}`", start.trim()));
    rest.split_once(end).map_or(rest, |(part, _)| part)
}

/// The rows of the table with this head.
fn rows(part: &str, head: &str, place: &str) -> Vec<Vec<String>> {
    let columns = head.split(" | ").count();
    let lines = part.lines().skip_while(|line| *line != head);
    let rows: Vec<Vec<String>> = lines
        .skip(2)
        .take_while(|line| !line.is_empty())
        .map(cells)
        .collect();
    assert!(!rows.is_empty(), "{place} has no table `{head}`: {part}");
    assert!(
        rows.iter().all(|row| row.len() == columns),
        "{place}: {rows:?}"
    );
    rows
}

/// The cells of a row; a `|` in a cell has a backslash before it.
fn cells(line: &str) -> Vec<String> {
    let line = line.replace("\\|", "\u{0}");
    line.split('|')
        .map(|cell| cell.trim().replace('\u{0}', "|"))
        .collect()
}
