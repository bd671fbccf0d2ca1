//! The kinds of diagnostic: one enum, each with the stable name that tests and scripts match on.

use serde::{Serialize, Serializer};
use std::fmt;

/// Declares [`Code`], so that a kind, its title and its name stand together.
macro_rules! codes {
    ($(#[doc = $title:literal] $variant:ident = $name:literal,)*) => {
        /// A kind of diagnostic, such as `ref-outside-folder`. The [catalogue](super::catalogue) explains each of them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every kind, in the order of the names.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its stable name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it says, as one sentence.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title.trim_ascii(),)*
                }
            }
        }
    };
}

codes! {
    /// Members of an `allOf` give one property different types.
    AllOfConflict = "all-of-conflict",
    /// Several members of an `allOf` describe values that are not objects.
    AllOfPlain = "all-of-plain",
    /// A parameter is in the body, as in Swagger 2.0.
    BodyParameter = "body-parameter",
    /// A shared parameter is in the body, as in Swagger 2.0.
    BodyParameterShared = "body-parameter-shared",
    /// The schema of a request body is not under `content`.
    BodySchemaOutsideContent = "body-schema-outside-content",
    /// The document describes callbacks, which a client does not have.
    CallbacksIgnored = "callbacks-ignored",
    /// A parameter has the `collectionFormat` of Swagger 2.0.
    CollectionFormat = "collection-format",
    /// `allOf`, `oneOf` or `anyOf` has no members.
    CompositionEmpty = "composition-empty",
    /// A schema has `const`.
    Const = "const",
    /// A schema has `contentEncoding` or `contentMediaType`.
    ContentEncoding = "content-encoding",
    /// A cookie parameter has a name that no cookie can have.
    CookieNotSendable = "cookie-not-sendable",
    /// A length or a number of items is not a whole number.
    CountNotNatural = "count-not-natural",
    /// A default is not of the type of its schema.
    DefaultOfWrongType = "default-of-wrong-type",
    /// A schema holds other schemas under `$defs` or `definitions`.
    DefinitionsInSchema = "definitions-in-schema",
    /// The document is not an object.
    DocumentNotAnObject = "document-not-an-object",
    /// A file, or all files together, are too large to read.
    DocumentTooLarge = "document-too-large",
    /// A key appears twice in one object.
    DuplicateKey = "duplicate-key",
    /// A path appears twice under `paths`.
    DuplicatePath = "duplicate-path",
    /// The encoding of a form names a style that forms do not have.
    EncodingStyleUnknown = "encoding-style-unknown",
    /// A list has an `enum` of values that are not lists.
    EnumBesideItems = "enum-beside-items",
    /// An `enum` has null among its values, or no values.
    EnumNull = "enum-null",
    /// An `enum` is not a list.
    EnumShape = "enum-shape",
    /// An `enum` has values that are not of its type.
    EnumValueType = "enum-value-type",
    /// An object lacks the one key that it cannot do without.
    EssentialMemberMissing = "essential-member-missing",
    /// An example is not of the type of its schema.
    ExampleOfWrongType = "example-of-wrong-type",
    /// An exclusive limit is a number.
    ExclusiveLimitNumber = "exclusive-limit-number",
    /// A file exists but cannot be read.
    FileUnreadable = "file-unreadable",
    /// An `x-filter` or `x-sort` does not have its form.
    FilterMalformed = "filter-malformed",
    /// A true or false is written as a string or a number.
    FlagAsText = "flag-as-text",
    /// Operations without a tag are grouped by their paths.
    GroupedByPath = "grouped-by-path",
    /// A text in JSON holds half of a character.
    HalfCharacter = "half-character",
    /// A header parameter has a name that no header can have.
    HeaderNotSendable = "header-not-sendable",
    /// A header parameter has a name that parameters cannot set.
    HeaderParameterIgnored = "header-parameter-ignored",
    /// An HTTP security scheme answers a challenge of the server.
    HttpSchemeChallenge = "http-scheme-challenge",
    /// The document has no title or no version.
    InfoIncomplete = "info-incomplete",
    /// `items` is a list of schemas.
    ItemsList = "items-list",
    /// A list does not say what type its items have.
    ItemsMissing = "items-missing",
    /// A file is not valid JSON.
    JsonSyntax = "json-syntax",
    /// An API key goes into `Authorization` without the name of a scheme.
    KeyWithoutPrefix = "key-without-prefix",
    /// A keyword has no meaning for the type of its schema.
    KeywordNotOfType = "keyword-not-of-type",
    /// A keyword of JSON Schema has no counterpart in OpenAPI 3.0.
    KeywordOfJsonSchema = "keyword-of-json-schema",
    /// The limit of an integer is not a whole number of 64 bits.
    LimitNotWhole = "limit-not-whole",
    /// The document describes links, for which no code is generated.
    LinksIgnored = "links-ignored",
    /// Something other than a list is where a list belongs.
    ListExpected = "list-expected",
    /// A list is where an object belongs.
    MapExpected = "map-expected",
    /// A discriminator maps a value to a schema that does not exist.
    MappingDangling = "mapping-dangling",
    /// A media type is misspelled.
    MediaTypeMisspelt = "media-type-misspelt",
    /// A body has no schema.
    MediaTypeWithoutSchema = "media-type-without-schema",
    /// The method of an operation is not written in lower case.
    MethodCase = "method-case",
    /// Many diagnostics of one kind are not shown.
    MoreOfTheSame = "more-of-the-same",
    /// Objects and lists are nested too deeply.
    NestingTooDeep = "nesting-too-deep",
    /// An operation has no `operationId`.
    NoOperationId = "no-operation-id",
    /// The document has no server.
    NoServer = "no-server",
    /// A value is not what OpenAPI allows at its place.
    NotOpenapiHere = "not-openapi-here",
    /// A file is not encoded in UTF-8.
    NotUtf8 = "not-utf-8",
    /// `null` is one of the alternatives of a schema.
    NullAlternative = "null-alternative",
    /// A value is null where something else belongs.
    NullMember = "null-member",
    /// A number is written as a string.
    NumberAsText = "number-as-text",
    /// A number is infinite or not a number.
    NumberNotFinite = "number-not-finite",
    /// An OAuth 2.0 flow has no URL that it needs.
    Oauth2FlowIncomplete = "oauth2-flow-incomplete",
    /// An OAuth 2.0 security scheme has no `flows`.
    Oauth2FlowsMissing = "oauth2-flows-missing",
    /// A string is where an object belongs.
    ObjectAsText = "object-as-text",
    /// The document is not written in OpenAPI 3.
    OpenapiVersion = "openapi-version",
    /// The version of OpenAPI is not written as usual, or is newer than 3.1.
    OpenapiVersionOdd = "openapi-version-odd",
    /// An overlay does not have the form of one.
    OverlayForm = "overlay-form",
    /// The target of an overlay's action is not in the document.
    OverlayTargetMissing = "overlay-target-missing",
    /// The update of an overlay's action does not fit what it updates.
    OverlayUpdateUnfit = "overlay-update-unfit",
    /// An action of an overlay changes nothing.
    OverlayWithoutEffect = "overlay-without-effect",
    /// A parameter has a media type that is not JSON.
    ParameterContent = "parameter-content",
    /// A parameter is declared twice.
    ParameterDuplicate = "parameter-duplicate",
    /// A query parameter already has a value in the path.
    ParameterFixedByPath = "parameter-fixed-by-path",
    /// A parameter does not say where it is sent.
    ParameterIn = "parameter-in",
    /// A path has a part after `#`.
    PathFragment = "path-fragment",
    /// A path item has a `$ref` that cannot be followed.
    PathItemReference = "path-item-reference",
    /// A path parameter is not required.
    PathParameterOptional = "path-parameter-optional",
    /// A path names a parameter that the operation does not declare.
    PathParameterUndeclared = "path-parameter-undeclared",
    /// A path parameter may have a value that no path can carry.
    PathValueNotSendable = "path-value-not-sendable",
    /// A path does not start with a slash.
    PathWithoutSlash = "path-without-slash",
    /// The document has no paths.
    PathsMissing = "paths-missing",
    /// A schema has `patternProperties`.
    PatternProperties = "pattern-properties",
    /// A schema has `prefixItems`.
    PrefixItems = "prefix-items",
    /// A list or map contains itself without an object in between.
    RecursiveAlias = "recursive-alias",
    /// A reference names a file that does not exist.
    RefFileMissing = "ref-file-missing",
    /// A reference names a file that could not be read.
    RefFileUnreadable = "ref-file-unreadable",
    /// A reference does not lead to a component of the right kind.
    RefNotFollowed = "ref-not-followed",
    /// A reference names a file outside the folder of the document.
    RefOutsideFolder = "ref-outside-folder",
    /// A reference names a place that is empty.
    RefTargetEmpty = "ref-target-empty",
    /// A reference names a place that does not exist.
    RefTargetMissing = "ref-target-missing",
    /// References lead back to themselves.
    RefToItself = "ref-to-itself",
    /// A reference is a URL.
    RefUrl = "ref-url",
    /// The value of `$ref` is not a string.
    ReferenceNotText = "reference-not-text",
    /// A reference has other keys beside it.
    ReferenceSiblings = "reference-siblings",
    /// `required` is true or false instead of a list.
    RequiredFlag = "required-flag",
    /// `required` names a property that the object does not have.
    RequiredUnknown = "required-unknown",
    /// The key of a response is not a status code.
    ResponseKey = "response-key",
    /// The schema of a response is not under `content`.
    ResponseSchemaOutsideContent = "response-schema-outside-content",
    /// A response has no `description`.
    ResponseWithoutDescription = "response-without-description",
    /// An operation does not say what responses it has.
    ResponsesMissing = "responses-missing",
    /// A parameter has both a schema and content.
    SchemaAndContent = "schema-and-content",
    /// A schema has `examples` instead of `example`.
    SchemaExamples = "schema-examples",
    /// A parameter or header has no schema.
    SchemaMissing = "schema-missing",
    /// A schema is not an object.
    SchemaNotObject = "schema-not-object",
    /// An operation asks for no credentials, unlike its siblings.
    SecurityMissing = "security-missing",
    /// A security scheme does not say all that it needs.
    SecuritySchemeIncomplete = "security-scheme-incomplete",
    /// An operation asks for mutual TLS, which no request carries.
    SecuritySchemeNotSent = "security-scheme-not-sent",
    /// A security scheme has a type that OpenAPI 3 does not know.
    SecuritySchemeType = "security-scheme-type",
    /// An operation asks for a security scheme that is not declared.
    SecuritySchemeUndeclared = "security-scheme-undeclared",
    /// Two security schemes that are asked for at once go to the same place of a request.
    SecuritySchemesInOnePlace = "security-schemes-in-one-place",
    /// The path of the server cannot stand in a URL.
    ServerPathNotSendable = "server-path-not-sendable",
    /// The URL of the server has no host.
    ServerWithoutHost = "server-without-host",
    /// A parameter has a style that its place does not allow.
    StyleUnknown = "style-unknown",
    /// Two tags differ in nothing but capital letters.
    TagCase = "tag-case",
    /// Something other than a string is where a string belongs.
    TextExpected = "text-expected",
    /// The type of a schema is the name of a format or of a type elsewhere.
    TypeAsFormat = "type-as-format",
    /// A schema has no type, and its example shows one.
    TypeFromExample = "type-from-example",
    /// A schema has no type, and its keywords show one.
    TypeFromKeywords = "type-from-keywords",
    /// A schema has a list of types.
    TypeList = "type-list",
    /// The type of a schema is misspelled.
    TypeMisspelt = "type-misspelt",
    /// A schema has the type `null`.
    TypeNull = "type-null",
    /// The type of a parameter is beside its name, as in Swagger 2.0.
    TypeOutsideSchema = "type-outside-schema",
    /// The type of a schema is not known.
    TypeUnknown = "type-unknown",
    /// A schema does not say what type its values have.
    Untyped = "untyped",
    /// A type requires itself, so that it has no value.
    ValueImpossible = "value-impossible",
    /// The document describes webhooks, which a client does not have.
    WebhooksIgnored = "webhooks-ignored",
    /// A schema has `x-nullable`.
    XNullable = "x-nullable",
    /// YAML aliases expand a file to many times its size.
    YamlAliasBomb = "yaml-alias-bomb",
    /// A file holds several YAML documents.
    YamlManyDocuments = "yaml-many-documents",
    /// A YAML merge key has a value that cannot be merged.
    YamlMerge = "yaml-merge",
    /// A file is not valid YAML.
    YamlSyntax = "yaml-syntax",
    /// A YAML tag has no meaning in an OpenAPI document.
    YamlTag = "yaml-tag",
}

impl Code {
    /// The kind of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
