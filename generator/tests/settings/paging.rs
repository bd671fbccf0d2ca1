//! The settings of paging: what each style must be, what it applies to, and that no list is forgotten.

use super::faults_in;

/// Lists in pages of each kind, one that comes as a whole, and what is no list.
const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: Pages, version: '1'}
paths:
  /records:
    get:
      operationId: listRecords
      parameters:
      - {name: offset, in: query, schema: {type: integer}}
      - {name: limit, in: query, schema: {type: integer, maximum: 250}}
      responses: {'200': {description: Some., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /events:
    get:
      operationId: listEvents
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        '200':
          description: Some.
          content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {type: integer}}}}}}
  /kinds:
    get:
      operationId: listKinds
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /one:
    get:
      operationId: getOne
      responses: {'200': {description: One., content: {application/json: {schema: {type: string}}}}}
";

/// Settings that fit the document.
const GOOD: &str = "
[paging]
unpaged = ['listKinds']
[paging.styles.records]
offset = 'offset'
limit = 'limit'
[paging.styles.events]
cursor = 'after'
next = { body = '/next' }
items = 'data'
";

#[track_caller]
fn check(replaced: &str, by: &str, faults: &[&str]) {
    assert!(GOOD.contains(replaced), "{replaced}");
    assert_eq!(faults_in(DOCUMENT, &GOOD.replace(replaced, by)), faults);
}

#[test]
fn settings_that_fit_are_no_faults() {
    assert_eq!(faults_in(DOCUMENT, GOOD), [""; 0]);
    assert_eq!(faults_in(DOCUMENT, ""), [""; 0]);
}

#[test]
fn a_style_that_no_operation_fits_is_a_fault() {
    check(
        "items = 'data'",
        "items = 'date'",
        &[
            "line 3: paging.unpaged = \"listEvents\": the operation answers with a list that no style pages; name it here if it comes as a whole",
            "line 7: paging.styles.events = \"events\": no operation has all that the style names and answers with a list there",
        ],
    );
    check(
        "limit = 'limit'",
        "limit = 'limti'",
        &[
            "line 3: paging.unpaged = \"listRecords\": the operation answers with a list that no style pages; name it here if it comes as a whole",
            "line 4: paging.styles.records = \"records\": no operation has all that the style names and answers with a list there",
        ],
    );
}

/// Some APIs call each list as what it is of; a style for all of them cannot name it.
#[test]
fn the_items_may_be_the_only_list_of_an_answer() {
    check("items = 'data'", "items = '*'", &[]);
    let two = DOCUMENT.replace(
        "items: {type: integer}}}",
        "items: {type: integer}}, more: {type: array, items: {type: string}}}",
    );
    assert_eq!(
        faults_in(&two, &GOOD.replace("items = 'data'", "items = '*'")),
        [
            "line 3: paging.unpaged = \"listEvents\": the operation answers with a list that no style pages; name it here if it comes as a whole",
            "line 7: paging.styles.events = \"events\": no operation has all that the style names and answers with a list there",
        ]
    );
}

#[test]
fn a_style_says_one_thing_and_has_the_name_of_a_constant() {
    check(
        "limit = 'limit'",
        "page = 'limit'",
        &[
            "line 3: paging.unpaged = \"listRecords\": the operation answers with a list that no style pages; name it here if it comes as a whole",
            "line 4: paging.styles.records = \"records\": a style has one of `offset`, `page`, `cursor` and `search_after`, and `next` \
             beside `cursor` or alone",
        ],
    );
    check(
        "styles.records",
        "styles.Records",
        &[
            "line 4: paging.styles.Records = \"Records\": a style's name is lower-case ASCII letters, digits and `_`, and begins with a letter",
        ],
    );
}

/// A path's parameter says which thing is meant, whatever it is called.
#[test]
fn an_object_with_a_list_is_no_list_where_no_query_parameter_says_which_part() {
    let document = DOCUMENT.replace("/events:", "/events/{after}:").replace(
        "{name: after, in: query,",
        "{name: after, in: path, required: true,",
    );
    let settings = GOOD.split_once("[paging.styles.events]").expect("styles").0;
    assert_eq!(faults_in(&document, settings), [""; 0]);
    assert_eq!(
        faults_in(
            DOCUMENT,
            &settings.replace("['listKinds']", "['listKinds', 'listEvents']")
        ),
        [""; 0]
    );
}

#[test]
fn every_list_is_paged_or_said_to_come_whole() {
    check(
        "unpaged = ['listKinds']",
        "unpaged = []",
        &[
            "line 3: paging.unpaged = \"listKinds\": the operation answers with a list that no style pages; name it here if it comes as a whole",
        ],
    );
    // Several are told at once, in the words of the file, so that whoever agrees copies them.
    let whole = DOCUMENT.replace(
        "operationId: getOne\n",
        "operationId: getOne\n      deprecated: false\n",
    );
    let more = whole.replace(
        "{schema: {type: string}}}}}\n",
        "{schema: {type: array, items: {type: string}}}}}}\n",
    );
    assert_eq!(
        faults_in(&more, &GOOD.replace("['listKinds']", "[]")),
        [
            "line 3: paging.unpaged = [\"listKinds\", \"getOne\"]: these operations answer with lists that no style pages; name those here \
             that come as a whole",
        ]
    );
    check(
        "unpaged = ['listKinds']",
        "unpaged = ['listKinds', 'listRecords', 'getOne', 'listKind']",
        &[
            "line 3: paging.unpaged = \"listRecords\": a style pages this operation",
            "line 3: paging.unpaged = \"getOne\": the operation does not answer with a list",
            "line 3: paging.unpaged = \"listKind\": the API has no operation `listKind`; the nearest is `listKinds`",
        ],
    );
}

#[test]
fn the_operations_of_a_style_are_ones_that_it_fits() {
    check(
        "limit = 'limit'",
        "limit = 'limit'\noperations = ['listRecords']",
        &[],
    );
    check(
        "items = 'data'",
        "items = 'data'\noperations = ['listEvents', 'listEvent', 'getOne']",
        &[
            "line 11: paging.styles.events.operations = \"listEvent\": the API has no operation `listEvent`; the nearest is `listEvents`",
            "line 11: paging.styles.events.operations = \"getOne\": the operation has not all that the style names, or another style names \
             more of what it has",
        ],
    );
}
