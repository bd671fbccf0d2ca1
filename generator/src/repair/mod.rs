//! Takes the loaded tree, gives a tree that the OpenAPI 3.0 parser accepts, with a diagnostic for each mend.
//!
//! Each fault that real documents show has one small function of its own, and so has each word of OpenAPI 3.1 that
//! 3.0 says differently. They are listed below by the kind of object that they mend; one walk (`walk`) visits every object and
//! runs those that it gives a reason for. Members of a wrong shape are one kind of fault everywhere, and are met in `fit`. A
//! repair changes nothing in an object that does not have its fault.

mod bodies;
mod closeness;
mod fields;
mod fit;
mod head;
mod last_resort;
mod operations;
mod parameters;
mod schema;
mod security;
mod site;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use last_resort::last_resort;

use crate::diagnostics::{Code, Diagnostics};
use fields::Kind;
use schema::keywords::*;
use schema::{composition, enums, infer, later, limits, objects, types, values};
use serde_json::{Map, Value};
use site::{Facts, Site};

/// A repair: what its diagnostics are called, what must be present for it to have a reason to run, and the function.
struct Repair {
    code: Code,
    when: u64,
    mend: fn(&mut Map<String, Value>, &mut Site<'_, '_>),
}

type Mend = fn(&mut Map<String, Value>, &mut Site<'_, '_>);

const fn repair_if(when: u64, code: &'static str, mend: Mend) -> Repair {
    let code = Code(code);
    Repair { code, when, mend }
}

const fn always(code: &'static str, mend: Mend) -> Repair {
    repair_if(ALWAYS, code, mend)
}

/// Runs every repair.
pub fn repair(mut tree: Value, diagnostics: &mut Diagnostics) -> Value {
    walk::walk(
        &mut tree,
        &mut Facts::default(),
        diagnostics,
        &mut walk::mend,
    );
    tree
}

/// The repairs of objects of a kind, in the order in which they run.
fn repairs(kind: Kind) -> &'static [Repair] {
    match kind {
        Kind::Schema => SCHEMA,
        Kind::Document => DOCUMENT,
        Kind::Components => COMPONENTS,
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::Parameter => PARAMETER,
        Kind::Header => HEADER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::Responses => RESPONSES,
        Kind::Response => RESPONSE,
        Kind::Encoding => ENCODING,
        Kind::Example => EXAMPLE_OBJECT,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::Flows => FLOWS,
        _ => &[],
    }
}

const DOCUMENT: &[Repair] = &[
    always("openapi-version-odd", head::version_odd),
    always("info-incomplete", head::info_incomplete),
    always("paths-missing", head::paths_missing),
    always("path-without-slash", head::path_without_slash),
    always("webhooks-ignored", head::webhooks_ignored),
    always("body-parameter-shared", head::body_parameter_shared),
];

const COMPONENTS: &[Repair] = &[
    always("callbacks-ignored", head::callbacks_ignored),
    always("links-ignored", head::links_ignored),
];

const PATH_ITEM: &[Repair] = &[
    always("path-item-reference", head::path_item_reference),
    always("method-case", head::method_case),
    always("parameter-duplicate", operations::parameter_duplicate),
];

const OPERATION: &[Repair] = &[
    always("callbacks-ignored", head::callbacks_ignored),
    always("responses-missing", operations::responses_missing),
    always("body-parameter", operations::body_parameter),
    always("parameter-duplicate", operations::parameter_duplicate),
];

const PARAMETER: &[Repair] = &[
    always("reference-not-text", later::reference_not_text),
    always("parameter-in", parameters::parameter_in),
    always("collection-format", parameters::collection_format),
    always("type-outside-schema", parameters::type_outside_schema),
    always("schema-missing", parameters::schema_missing),
    always("schema-and-content", parameters::schema_and_content),
    always(
        "path-parameter-optional",
        parameters::path_parameter_optional,
    ),
    always("style-unknown", parameters::style_unknown),
    always("media-type-misspelt", bodies::media_type_misspelt),
];

const HEADER: &[Repair] = &[
    always("reference-not-text", later::reference_not_text),
    always("type-outside-schema", parameters::type_outside_schema),
    always("schema-missing", parameters::schema_missing),
    always("schema-and-content", parameters::schema_and_content),
    always("style-unknown", parameters::style_unknown),
];

const REQUEST_BODY: &[Repair] = &[
    always("reference-not-text", later::reference_not_text),
    always(
        "body-schema-outside-content",
        operations::body_schema_outside_content,
    ),
    always("media-type-misspelt", bodies::media_type_misspelt),
];

const RESPONSES: &[Repair] = &[always("response-key", bodies::response_key)];

const RESPONSE: &[Repair] = &[
    always("reference-not-text", later::reference_not_text),
    always("links-ignored", head::links_ignored),
    always(
        "response-without-description",
        bodies::response_without_description,
    ),
    always(
        "response-schema-outside-content",
        operations::response_schema_outside_content,
    ),
    always("media-type-misspelt", bodies::media_type_misspelt),
];

const EXAMPLE_OBJECT: &[Repair] = &[always("reference-not-text", later::reference_not_text)];

const ENCODING: &[Repair] = &[always(
    "encoding-style-unknown",
    parameters::encoding_style_unknown,
)];

const SECURITY_SCHEME: &[Repair] = &[
    always("reference-not-text", later::reference_not_text),
    always("security-scheme-type", security::scheme_type),
    always("security-scheme-incomplete", security::scheme_incomplete),
    always("oauth2-flows-missing", security::flows_missing),
];

const FLOWS: &[Repair] = &[always("oauth2-flow-incomplete", security::flow_incomplete)];

const SCHEMA: &[Repair] = &[
    repair_if(REFERENCE, "reference-not-text", later::reference_not_text),
    repair_if(REFERENCE, "reference-siblings", later::reference_siblings),
    repair_if(
        DEFINITIONS,
        "definitions-in-schema",
        later::definitions_in_schema,
    ),
    repair_if(LATER, "keyword-of-json-schema", later::later_keyword),
    repair_if(TYPE_ODD, "type-list", types::type_list),
    repair_if(TYPE_ODD, "type-null", types::type_null),
    repair_if(TYPE_ODD, "type-as-format", types::type_as_format),
    repair_if(TYPE_ODD, "type-misspelt", types::type_misspelt),
    repair_if(TYPE_ODD, "type-unknown", types::type_unknown),
    repair_if(
        COMPOSITION,
        "composition-empty",
        composition::composition_empty,
    ),
    repair_if(
        COMPOSITION,
        "null-alternative",
        composition::null_alternative,
    ),
    repair_if(CONST, "const", later::const_to_enum),
    repair_if(EXAMPLES, "schema-examples", later::examples_to_example),
    repair_if(
        EXCLUSIVE,
        "exclusive-limit-number",
        later::exclusive_limit_number,
    ),
    repair_if(PREFIX_ITEMS, "prefix-items", later::tuple_items),
    repair_if(ITEMS, "items-list", later::items_list),
    repair_if(
        PATTERN_PROPERTIES,
        "pattern-properties",
        later::pattern_properties,
    ),
    repair_if(CONTENT, "content-encoding", later::content_encoding),
    repair_if(NULLABLE, "x-nullable", objects::nullable_extension),
    repair_if(
        REQUIRED | PROPERTIES,
        "required-flag",
        objects::required_flag,
    ),
    repair_if(ENUM, "enum-shape", enums::enum_shape),
    repair_if(ENUM, "enum-null", enums::enum_null),
    repair_if(NO_TYPE, "type-from-keywords", infer::type_from_keywords),
    repair_if(NO_TYPE, "type-from-example", infer::type_from_example),
    repair_if(ENUM, "enum-beside-items", enums::enum_beside_items),
    repair_if(ENUM, "enum-value-type", enums::enum_value_type),
    repair_if(REQUIRED, "required-unknown", objects::required_unknown),
    repair_if(FOREIGN, "keyword-not-of-type", types::keyword_not_of_type),
    repair_if(TYPE_ARRAY, "items-missing", types::items_missing),
    repair_if(LIMIT, "limit-not-whole", limits::limit_not_whole),
    repair_if(
        DEFAULT,
        "default-of-wrong-type",
        values::default_of_wrong_type,
    ),
    repair_if(
        EXAMPLE,
        "example-of-wrong-type",
        values::example_of_wrong_type,
    ),
];
