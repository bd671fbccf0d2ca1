//! The kinds of diagnostic: one enum, each with the stable name that tests and scripts match on.

use serde::{Serialize, Serializer};
use std::fmt;

/// Declares [`Code`], so that a kind and its name stand on one line.
macro_rules! codes {
    ($($variant:ident = $name:literal,)*) => {
        /// A kind of diagnostic, such as `ref-outside-folder`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the catalogue explains each of them")]
        pub enum Code {
            $($variant,)*
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
        }
    };
}

codes! {
    AllOfConflict = "all-of-conflict",
    AllOfPlain = "all-of-plain",
    BodyParameter = "body-parameter",
    BodyParameterShared = "body-parameter-shared",
    BodySchemaOutsideContent = "body-schema-outside-content",
    CallbacksIgnored = "callbacks-ignored",
    CollectionFormat = "collection-format",
    CompositionEmpty = "composition-empty",
    Const = "const",
    ContentEncoding = "content-encoding",
    CookieNotSendable = "cookie-not-sendable",
    CountNotNatural = "count-not-natural",
    DefaultOfWrongType = "default-of-wrong-type",
    DefinitionsInSchema = "definitions-in-schema",
    DocumentNotAnObject = "document-not-an-object",
    DocumentTooLarge = "document-too-large",
    DuplicateKey = "duplicate-key",
    DuplicatePath = "duplicate-path",
    EncodingStyleUnknown = "encoding-style-unknown",
    EnumBesideItems = "enum-beside-items",
    EnumNull = "enum-null",
    EnumShape = "enum-shape",
    EnumValueType = "enum-value-type",
    EssentialMemberMissing = "essential-member-missing",
    ExampleOfWrongType = "example-of-wrong-type",
    ExclusiveLimitNumber = "exclusive-limit-number",
    FileUnreadable = "file-unreadable",
    FlagAsText = "flag-as-text",
    HeaderNotSendable = "header-not-sendable",
    HeaderParameterIgnored = "header-parameter-ignored",
    HttpSchemeUnknown = "http-scheme-unknown",
    InfoIncomplete = "info-incomplete",
    ItemsList = "items-list",
    ItemsMissing = "items-missing",
    JsonSyntax = "json-syntax",
    KeywordNotOfType = "keyword-not-of-type",
    KeywordOfJsonSchema = "keyword-of-json-schema",
    LimitNotWhole = "limit-not-whole",
    LinksIgnored = "links-ignored",
    ListExpected = "list-expected",
    MapExpected = "map-expected",
    MappingDangling = "mapping-dangling",
    MediaTypeMisspelt = "media-type-misspelt",
    MediaTypeWithoutSchema = "media-type-without-schema",
    MethodCase = "method-case",
    MoreOfTheSame = "more-of-the-same",
    NestingTooDeep = "nesting-too-deep",
    NoOperationId = "no-operation-id",
    NoServer = "no-server",
    NotOpenapi = "not-openapi",
    NotOpenapiHere = "not-openapi-here",
    NotUtf8 = "not-utf-8",
    NullAlternative = "null-alternative",
    NullMember = "null-member",
    NumberAsText = "number-as-text",
    NumberNotFinite = "number-not-finite",
    Oauth2FlowIncomplete = "oauth2-flow-incomplete",
    Oauth2FlowsMissing = "oauth2-flows-missing",
    ObjectAsText = "object-as-text",
    OpenapiVersion = "openapi-version",
    OpenapiVersionOdd = "openapi-version-odd",
    OverlayForm = "overlay-form",
    OverlayTargetMissing = "overlay-target-missing",
    OverlayUpdateUnfit = "overlay-update-unfit",
    OverlayWithoutEffect = "overlay-without-effect",
    ParameterContent = "parameter-content",
    ParameterDuplicate = "parameter-duplicate",
    ParameterFixedByPath = "parameter-fixed-by-path",
    ParameterIn = "parameter-in",
    PathFragment = "path-fragment",
    PathItemNotFollowed = "path-item-not-followed",
    PathItemReference = "path-item-reference",
    PathParameterOptional = "path-parameter-optional",
    PathParameterUndeclared = "path-parameter-undeclared",
    PathWithoutSlash = "path-without-slash",
    PathsMissing = "paths-missing",
    PatternProperties = "pattern-properties",
    PrefixItems = "prefix-items",
    RecursiveAlias = "recursive-alias",
    RefFileMissing = "ref-file-missing",
    RefFileUnreadable = "ref-file-unreadable",
    RefNotFollowed = "ref-not-followed",
    RefOutsideFolder = "ref-outside-folder",
    RefTargetEmpty = "ref-target-empty",
    RefTargetMissing = "ref-target-missing",
    RefToItself = "ref-to-itself",
    RefUrl = "ref-url",
    ReferenceNotText = "reference-not-text",
    ReferenceSiblings = "reference-siblings",
    RequiredFlag = "required-flag",
    RequiredUnknown = "required-unknown",
    ResponseKey = "response-key",
    ResponseSchemaOutsideContent = "response-schema-outside-content",
    ResponseWithoutDescription = "response-without-description",
    ResponsesMissing = "responses-missing",
    SchemaAndContent = "schema-and-content",
    SchemaExamples = "schema-examples",
    SchemaMissing = "schema-missing",
    SchemaNotObject = "schema-not-object",
    SecuritySchemeIncomplete = "security-scheme-incomplete",
    SecuritySchemeType = "security-scheme-type",
    ServerPathNotSendable = "server-path-not-sendable",
    ServerWithoutHost = "server-without-host",
    StyleUnknown = "style-unknown",
    TextExpected = "text-expected",
    TypeAsFormat = "type-as-format",
    TypeFromExample = "type-from-example",
    TypeFromKeywords = "type-from-keywords",
    TypeList = "type-list",
    TypeMisspelt = "type-misspelt",
    TypeNull = "type-null",
    TypeOutsideSchema = "type-outside-schema",
    TypeUnknown = "type-unknown",
    Untyped = "untyped",
    WebhooksIgnored = "webhooks-ignored",
    XNullable = "x-nullable",
    YamlAliasBomb = "yaml-alias-bomb",
    YamlManyDocuments = "yaml-many-documents",
    YamlMerge = "yaml-merge",
    YamlSyntax = "yaml-syntax",
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
