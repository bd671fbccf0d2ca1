//! Takes a code and gives its entry: why it matters, a document that raises it, and what to do.
//!
//! A diagnostic has room for one or two sentences. Somebody who meets its code for the first time needs more, and finds it here: on the
//! command line (`sdk-generator explain`) and on the page that [`page()`] makes. Each example is a file of the tests, which
//! show that it raises its code, so that no example can be wrong.

/// The files of `tests/diagnostics/<code>/` with their texts, the root document first.
macro_rules! files {
    ($code:literal: $($file:literal),*) => {
        &[$((
            $file,
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/diagnostics/",
                $code,
                "/",
                $file
            )),
        )),*]
    };
}

mod document;
mod enums;
mod files;
mod keywords;
mod operations;
mod overlays;
mod page;
mod parameters;
mod plan;
mod references;
mod security;
mod shapes;
mod types;

pub use page::page;

use super::Code;
use crate::closeness::similar;

/// What there is to say about a code, beside its name and its title.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Why it matters, and what becomes of the place that has it.
    pub why: &'static str,
    /// Files and their texts, the root document first: `lint` finds this code in it.
    pub example: &'static [(&'static str, &'static str)],
    /// What to do about it.
    pub fix: &'static str,
}

/// The entry of a code.
pub const fn entry(code: Code) -> &'static Entry {
    match code {
        Code::DocumentNotAnObject => &files::DOCUMENT_NOT_AN_OBJECT,
        Code::DocumentTooLarge => &files::DOCUMENT_TOO_LARGE,
        Code::DuplicateKey => &files::DUPLICATE_KEY,
        Code::DuplicatePath => &files::DUPLICATE_PATH,
        Code::FileUnreadable => &files::FILE_UNREADABLE,
        Code::JsonSyntax => &files::JSON_SYNTAX,
        Code::MoreOfTheSame => &files::MORE_OF_THE_SAME,
        Code::NestingTooDeep => &files::NESTING_TOO_DEEP,
        Code::NotUtf8 => &files::NOT_UTF_8,
        Code::GroupedByPath => &operations::GROUPED_BY_PATH,
        Code::HalfCharacter => &files::HALF_CHARACTER,
        Code::NumberNotFinite => &files::NUMBER_NOT_FINITE,
        Code::YamlAliasBomb => &files::YAML_ALIAS_BOMB,
        Code::YamlManyDocuments => &files::YAML_MANY_DOCUMENTS,
        Code::YamlMerge => &files::YAML_MERGE,
        Code::YamlSyntax => &files::YAML_SYNTAX,
        Code::YamlTag => &files::YAML_TAG,
        Code::MappingDangling => &references::MAPPING_DANGLING,
        Code::PathItemReference => &references::PATH_ITEM_REFERENCE,
        Code::RefFileMissing => &references::REF_FILE_MISSING,
        Code::RefFileUnreadable => &references::REF_FILE_UNREADABLE,
        Code::RefOutsideFolder => &references::REF_OUTSIDE_FOLDER,
        Code::RefTargetEmpty => &references::REF_TARGET_EMPTY,
        Code::RefTargetMissing => &references::REF_TARGET_MISSING,
        Code::RefToItself => &references::REF_TO_ITSELF,
        Code::RefUrl => &references::REF_URL,
        Code::ReferenceNotText => &references::REFERENCE_NOT_TEXT,
        Code::CallbacksIgnored => &document::CALLBACKS_IGNORED,
        Code::InfoIncomplete => &document::INFO_INCOMPLETE,
        Code::LinksIgnored => &document::LINKS_IGNORED,
        Code::MethodCase => &document::METHOD_CASE,
        Code::OpenapiVersion => &document::OPENAPI_VERSION,
        Code::OpenapiVersionOdd => &document::OPENAPI_VERSION_ODD,
        Code::PathWithoutSlash => &document::PATH_WITHOUT_SLASH,
        Code::PathsMissing => &document::PATHS_MISSING,
        Code::WebhooksIgnored => &document::WEBHOOKS_IGNORED,
        Code::BodyParameter => &operations::BODY_PARAMETER,
        Code::BodyParameterShared => &operations::BODY_PARAMETER_SHARED,
        Code::BodySchemaOutsideContent => &operations::BODY_SCHEMA_OUTSIDE_CONTENT,
        Code::EncodingStyleUnknown => &operations::ENCODING_STYLE_UNKNOWN,
        Code::MediaTypeMisspelt => &operations::MEDIA_TYPE_MISSPELT,
        Code::ResponseKey => &operations::RESPONSE_KEY,
        Code::ResponseSchemaOutsideContent => &operations::RESPONSE_SCHEMA_OUTSIDE_CONTENT,
        Code::ResponseWithoutDescription => &operations::RESPONSE_WITHOUT_DESCRIPTION,
        Code::ResponsesMissing => &operations::RESPONSES_MISSING,
        Code::CollectionFormat => &parameters::COLLECTION_FORMAT,
        Code::FilterMalformed => &parameters::FILTER_MALFORMED,
        Code::ParameterDuplicate => &parameters::PARAMETER_DUPLICATE,
        Code::ParameterIn => &parameters::PARAMETER_IN,
        Code::PathParameterOptional => &parameters::PATH_PARAMETER_OPTIONAL,
        Code::SchemaAndContent => &parameters::SCHEMA_AND_CONTENT,
        Code::SchemaMissing => &parameters::SCHEMA_MISSING,
        Code::StyleUnknown => &parameters::STYLE_UNKNOWN,
        Code::TypeOutsideSchema => &parameters::TYPE_OUTSIDE_SCHEMA,
        Code::Oauth2FlowIncomplete => &security::OAUTH2_FLOW_INCOMPLETE,
        Code::Oauth2FlowsMissing => &security::OAUTH2_FLOWS_MISSING,
        Code::KeyWithoutPrefix => &security::KEY_WITHOUT_PREFIX,
        Code::SecurityMissing => &security::SECURITY_MISSING,
        Code::SecuritySchemeIncomplete => &security::SECURITY_SCHEME_INCOMPLETE,
        Code::SecuritySchemeNotSent => &security::SECURITY_SCHEME_NOT_SENT,
        Code::SecuritySchemeType => &security::SECURITY_SCHEME_TYPE,
        Code::SecuritySchemeUndeclared => &security::SECURITY_SCHEME_UNDECLARED,
        Code::SecuritySchemesInOnePlace => &security::SECURITY_SCHEMES_IN_ONE_PLACE,
        Code::CountNotNatural => &shapes::COUNT_NOT_NATURAL,
        Code::EssentialMemberMissing => &shapes::ESSENTIAL_MEMBER_MISSING,
        Code::FlagAsText => &shapes::FLAG_AS_TEXT,
        Code::ListExpected => &shapes::LIST_EXPECTED,
        Code::MapExpected => &shapes::MAP_EXPECTED,
        Code::NotOpenapiHere => &shapes::NOT_OPENAPI_HERE,
        Code::NullMember => &shapes::NULL_MEMBER,
        Code::NumberAsText => &shapes::NUMBER_AS_TEXT,
        Code::ObjectAsText => &shapes::OBJECT_AS_TEXT,
        Code::SchemaNotObject => &shapes::SCHEMA_NOT_OBJECT,
        Code::TextExpected => &shapes::TEXT_EXPECTED,
        Code::DefaultOfWrongType => &types::DEFAULT_OF_WRONG_TYPE,
        Code::ExampleOfWrongType => &types::EXAMPLE_OF_WRONG_TYPE,
        Code::ItemsList => &types::ITEMS_LIST,
        Code::ItemsMissing => &types::ITEMS_MISSING,
        Code::KeywordNotOfType => &types::KEYWORD_NOT_OF_TYPE,
        Code::LimitNotWhole => &types::LIMIT_NOT_WHOLE,
        Code::SchemaExamples => &types::SCHEMA_EXAMPLES,
        Code::TypeAsFormat => &types::TYPE_AS_FORMAT,
        Code::TypeFromExample => &types::TYPE_FROM_EXAMPLE,
        Code::TypeFromKeywords => &types::TYPE_FROM_KEYWORDS,
        Code::TypeList => &types::TYPE_LIST,
        Code::TypeMisspelt => &types::TYPE_MISSPELT,
        Code::TypeNull => &types::TYPE_NULL,
        Code::TypeUnknown => &types::TYPE_UNKNOWN,
        Code::Const => &enums::CONST,
        Code::EnumBesideItems => &enums::ENUM_BESIDE_ITEMS,
        Code::EnumNull => &enums::ENUM_NULL,
        Code::EnumShape => &enums::ENUM_SHAPE,
        Code::EnumValueType => &enums::ENUM_VALUE_TYPE,
        Code::RequiredFlag => &enums::REQUIRED_FLAG,
        Code::RequiredUnknown => &enums::REQUIRED_UNKNOWN,
        Code::XNullable => &enums::X_NULLABLE,
        Code::CompositionEmpty => &keywords::COMPOSITION_EMPTY,
        Code::ContentEncoding => &keywords::CONTENT_ENCODING,
        Code::DefinitionsInSchema => &keywords::DEFINITIONS_IN_SCHEMA,
        Code::ExclusiveLimitNumber => &keywords::EXCLUSIVE_LIMIT_NUMBER,
        Code::KeywordOfJsonSchema => &keywords::KEYWORD_OF_JSON_SCHEMA,
        Code::NullAlternative => &keywords::NULL_ALTERNATIVE,
        Code::PatternProperties => &keywords::PATTERN_PROPERTIES,
        Code::PrefixItems => &keywords::PREFIX_ITEMS,
        Code::ReferenceSiblings => &keywords::REFERENCE_SIBLINGS,
        Code::AllOfConflict => &plan::ALL_OF_CONFLICT,
        Code::AllOfPlain => &plan::ALL_OF_PLAIN,
        Code::HeaderParameterIgnored => &plan::HEADER_PARAMETER_IGNORED,
        Code::HttpSchemeChallenge => &plan::HTTP_SCHEME_CHALLENGE,
        Code::MediaTypeWithoutSchema => &plan::MEDIA_TYPE_WITHOUT_SCHEMA,
        Code::NoOperationId => &plan::NO_OPERATION_ID,
        Code::NoServer => &plan::NO_SERVER,
        Code::ParameterContent => &plan::PARAMETER_CONTENT,
        Code::ParameterFixedByPath => &plan::PARAMETER_FIXED_BY_PATH,
        Code::PathFragment => &plan::PATH_FRAGMENT,
        Code::PathParameterUndeclared => &plan::PATH_PARAMETER_UNDECLARED,
        Code::PathValueNotSendable => &plan::PATH_VALUE_NOT_SENDABLE,
        Code::TagCase => &plan::TAG_CASE,
        Code::RecursiveAlias => &plan::RECURSIVE_ALIAS,
        Code::RefNotFollowed => &plan::REF_NOT_FOLLOWED,
        Code::ServerWithoutHost => &plan::SERVER_WITHOUT_HOST,
        Code::Untyped => &plan::UNTYPED,
        Code::OverlayForm => &overlays::OVERLAY_FORM,
        Code::OverlayTargetMissing => &overlays::OVERLAY_TARGET_MISSING,
        Code::OverlayUpdateUnfit => &overlays::OVERLAY_UPDATE_UNFIT,
        Code::OverlayWithoutEffect => &overlays::OVERLAY_WITHOUT_EFFECT,
        Code::CookieNotSendable => &plan::COOKIE_NOT_SENDABLE,
        Code::HeaderNotSendable => &plan::HEADER_NOT_SENDABLE,
        Code::ServerPathNotSendable => &plan::SERVER_PATH_NOT_SENDABLE,
        Code::ValueImpossible => &plan::VALUE_IMPOSSIBLE,
    }
}

/// The code whose name is nearest to `name`, if it resembles it.
pub fn nearest(name: &str) -> Option<Code> {
    similar(name, Code::ALL.iter().map(|code| code.name())).and_then(Code::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_own_example() {
        for code in Code::ALL {
            let (name, text) = entry(*code).example.first().expect("an example");
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
            let file = folder.join(code.name()).join(name);
            let found = std::fs::read_to_string(&file).expect("the file of the example");
            assert_eq!(*text, found, "{code}");
        }
    }

    #[test]
    fn titles_and_texts_are_sentences() {
        for code in Code::ALL {
            let Entry { why, fix, .. } = entry(*code);
            for text in [code.title(), why, fix] {
                assert!(text.ends_with(['.', ')']), "{code}: {text}");
                assert!(
                    !text.contains("  ") && !text.contains('\n'),
                    "{code}: {text}"
                );
            }
        }
    }

    #[test]
    fn the_nearest_code_is_found() {
        for (typed, meant) in [
            ("ref-file-mising", Code::RefFileMissing),
            ("REF-URL", Code::RefUrl),
            ("no-operationid", Code::NoOperationId),
        ] {
            assert_eq!(nearest(typed), Some(meant), "{typed}");
        }
        for other in ["", "bogus-code", "zzz"] {
            assert_eq!(nearest(other), None, "{other}");
        }
    }
}
