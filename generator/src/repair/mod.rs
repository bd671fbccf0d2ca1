//! Takes the loaded tree, gives a tree that the OpenAPI 3.0 parser accepts, with a diagnostic for each fix.
//!
//! Each fault that real documents show has one small function of its own, and so has each word of OpenAPI 3.1 that
//! 3.0 says differently. They are listed below by the kind of object that they fix; one walk (`walk`) visits every object and
//! runs those that it gives a reason for. Members of a wrong shape are one kind of fault everywhere, and are handled in `fit`. A
//! repair changes nothing in an object that does not have its fault.

mod bodies;
mod fit;
mod head;
mod kept;
mod last_resort;
mod operations;
mod parameters;
mod schema;
mod security;
mod site;
mod walk;

#[cfg(test)]
mod tests;

pub(crate) use kept::{ENUM_NULL, EXTENSION};
pub(crate) use last_resort::last_resort;

use crate::diagnostics::{Code, Diagnostics};
use crate::grammar::ObjectKind;
use schema::keywords::*;
use schema::{composition, enums, infer, later, limits, null, objects, types, values};
use serde_json::{Map, Value};
use site::{DocumentState, RepairSite};

/// A repair: what its diagnostics are called, what must be present for it to have a reason to run, and the function.
struct Repair {
    code: Code,
    when: u64,
    fix: Fix,
}

type Fix = fn(&mut Map<String, Value>, &mut RepairSite<'_, '_>);

const fn repair_if(when: u64, code: Code, fix: Fix) -> Repair {
    Repair { code, when, fix }
}

const fn always(code: Code, fix: Fix) -> Repair {
    repair_if(ALWAYS, code, fix)
}

/// Runs every repair.
pub fn repair(mut tree: Value, diagnostics: &mut Diagnostics) -> Value {
    let mut document = DocumentState::default();
    walk::walk(
        &mut tree,
        &mut document,
        diagnostics,
        &mut walk::repair_object,
    );
    kept::store(&mut tree, &mut document);
    tree
}

/// The repairs of objects of a kind, in the order in which they run.
fn repairs(kind: ObjectKind) -> &'static [Repair] {
    match kind {
        ObjectKind::Schema => SCHEMA,
        ObjectKind::Document => DOCUMENT,
        ObjectKind::Components => COMPONENTS,
        ObjectKind::PathItem => PATH_ITEM,
        ObjectKind::Operation => OPERATION,
        ObjectKind::Parameter => PARAMETER,
        ObjectKind::Header => HEADER,
        ObjectKind::RequestBody => REQUEST_BODY,
        ObjectKind::Responses => RESPONSES,
        ObjectKind::Response => RESPONSE,
        ObjectKind::Encoding => ENCODING,
        ObjectKind::Example => EXAMPLE_OBJECT,
        ObjectKind::SecurityScheme => SECURITY_SCHEME,
        ObjectKind::Flows => FLOWS,
        _ => &[],
    }
}

const DOCUMENT: &[Repair] = &[
    always(Code::OpenapiVersionOdd, head::version_odd),
    always(Code::InfoIncomplete, head::info_incomplete),
    always(Code::PathsMissing, head::paths_missing),
    always(Code::PathWithoutSlash, head::path_without_slash),
    always(Code::WebhooksIgnored, head::webhooks_ignored),
    always(Code::BodyParameterShared, head::body_parameter_shared),
];

const COMPONENTS: &[Repair] = &[
    always(Code::CallbacksIgnored, head::callbacks_ignored),
    always(Code::LinksIgnored, head::links_ignored),
];

const PATH_ITEM: &[Repair] = &[
    always(Code::PathItemReference, head::path_item_reference),
    always(Code::MethodCase, head::method_case),
    always(Code::ParameterDuplicate, operations::parameter_duplicate),
];

const OPERATION: &[Repair] = &[
    always(Code::CallbacksIgnored, head::callbacks_ignored),
    always(Code::ResponsesMissing, operations::responses_missing),
    always(Code::BodyParameter, operations::body_parameter),
    always(Code::ParameterDuplicate, operations::parameter_duplicate),
];

const PARAMETER: &[Repair] = &[
    always(Code::ReferenceNotText, later::reference_not_text),
    always(Code::ParameterIn, parameters::parameter_in),
    always(Code::CollectionFormat, parameters::collection_format),
    always(Code::TypeOutsideSchema, parameters::type_outside_schema),
    always(Code::SchemaMissing, parameters::schema_missing),
    always(Code::SchemaAndContent, parameters::schema_and_content),
    always(
        Code::PathParameterOptional,
        parameters::path_parameter_optional,
    ),
    always(Code::StyleUnknown, parameters::style_unknown),
    always(Code::MediaTypeMisspelt, bodies::media_type_misspelt),
];

const HEADER: &[Repair] = &[
    always(Code::ReferenceNotText, later::reference_not_text),
    always(Code::TypeOutsideSchema, parameters::type_outside_schema),
    always(Code::SchemaMissing, parameters::schema_missing),
    always(Code::SchemaAndContent, parameters::schema_and_content),
    always(Code::StyleUnknown, parameters::style_unknown),
];

const REQUEST_BODY: &[Repair] = &[
    always(Code::ReferenceNotText, later::reference_not_text),
    always(
        Code::BodySchemaOutsideContent,
        operations::body_schema_outside_content,
    ),
    always(Code::MediaTypeMisspelt, bodies::media_type_misspelt),
];

const RESPONSES: &[Repair] = &[always(Code::ResponseKey, bodies::response_key)];

const RESPONSE: &[Repair] = &[
    always(Code::ReferenceNotText, later::reference_not_text),
    always(Code::LinksIgnored, head::links_ignored),
    always(
        Code::ResponseWithoutDescription,
        bodies::response_without_description,
    ),
    always(
        Code::ResponseSchemaOutsideContent,
        operations::response_schema_outside_content,
    ),
    always(Code::MediaTypeMisspelt, bodies::media_type_misspelt),
];

const EXAMPLE_OBJECT: &[Repair] = &[always(Code::ReferenceNotText, later::reference_not_text)];

const ENCODING: &[Repair] = &[always(
    Code::EncodingStyleUnknown,
    parameters::encoding_style_unknown,
)];

const SECURITY_SCHEME: &[Repair] = &[
    always(Code::ReferenceNotText, later::reference_not_text),
    always(Code::SecuritySchemeType, security::scheme_type),
    always(Code::SecuritySchemeIncomplete, security::scheme_incomplete),
    always(Code::Oauth2FlowsMissing, security::flows_missing),
];

const FLOWS: &[Repair] = &[always(
    Code::Oauth2FlowIncomplete,
    security::flow_incomplete,
)];

const SCHEMA: &[Repair] = &[
    repair_if(REFERENCE, Code::ReferenceNotText, later::reference_not_text),
    repair_if(
        REFERENCE,
        Code::ReferenceSiblings,
        later::reference_siblings,
    ),
    repair_if(
        DEFINITIONS,
        Code::DefinitionsInSchema,
        later::definitions_in_schema,
    ),
    repair_if(LATER, Code::KeywordOfJsonSchema, later::later_keyword),
    repair_if(TYPE_UNKNOWN, Code::TypeList, types::type_list),
    repair_if(TYPE_UNKNOWN, Code::TypeNull, null::type_null),
    repair_if(TYPE_UNKNOWN, Code::TypeAsFormat, types::type_as_format),
    repair_if(TYPE_UNKNOWN, Code::TypeMisspelt, types::type_misspelt),
    repair_if(TYPE_UNKNOWN, Code::TypeUnknown, types::type_unknown),
    repair_if(
        COMPOSITION,
        Code::CompositionEmpty,
        composition::composition_empty,
    ),
    repair_if(COMPOSITION, Code::NullAlternative, null::null_alternative),
    repair_if(CONST, Code::Const, later::const_to_enum),
    repair_if(EXAMPLES, Code::SchemaExamples, later::examples_to_example),
    repair_if(
        EXCLUSIVE,
        Code::ExclusiveLimitNumber,
        later::exclusive_limit_number,
    ),
    repair_if(PREFIX_ITEMS, Code::PrefixItems, later::tuple_items),
    repair_if(ITEMS, Code::ItemsList, later::items_list),
    repair_if(
        PATTERN_PROPERTIES,
        Code::PatternProperties,
        later::pattern_properties,
    ),
    repair_if(CONTENT, Code::ContentEncoding, later::content_encoding),
    repair_if(NULLABLE, Code::XNullable, null::nullable_extension),
    repair_if(
        REQUIRED | PROPERTIES,
        Code::RequiredFlag,
        objects::required_flag,
    ),
    repair_if(ENUM, Code::EnumShape, enums::enum_shape),
    repair_if(ENUM, Code::EnumNull, null::enum_null),
    repair_if(NO_TYPE, Code::TypeFromKeywords, infer::type_from_keywords),
    repair_if(NO_TYPE, Code::TypeFromExample, infer::type_from_example),
    repair_if(ENUM, Code::EnumBesideItems, enums::enum_beside_items),
    repair_if(ENUM, Code::EnumValueType, enums::enum_value_type),
    repair_if(REQUIRED, Code::RequiredUnknown, objects::required_unknown),
    repair_if(FOREIGN, Code::KeywordNotOfType, types::keyword_not_of_type),
    repair_if(TYPE_ARRAY, Code::ItemsMissing, types::items_missing),
    repair_if(LIMIT, Code::LimitNotWhole, limits::limit_not_whole),
    repair_if(
        DEFAULT,
        Code::DefaultOfWrongType,
        values::default_of_wrong_type,
    ),
    repair_if(
        EXAMPLE,
        Code::ExampleOfWrongType,
        values::example_of_wrong_type,
    ),
];
