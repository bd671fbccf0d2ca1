//! The objects of the specification and their members: the one table of which keyword stands where.

use super::Shape;

/// A member that an object may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its key.
    pub key: &'static str,
    /// What its value must be. Where 3.0 and 3.1 differ (`type`, `exclusiveMinimum`) this is what 3.0 wants.
    pub shape: Shape,
    /// Who has it.
    pub since: Since,
}

/// The first version of OpenAPI that has a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1, with all of JSON Schema 2020-12.
    V31,
    /// None: a draft of JSON Schema before that, which authors of 3.1 go on using.
    Draft,
}

/// Declares the kinds of objects with their members, so that each key stands in one place.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident {
        $($since:ident $($key:literal)|+ = $shape:expr;)*
        $(.. = $pattern:expr;)?
    })*) => {
        /// What an object is, by the Object names of the specification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ObjectKind {
            $($(#[$doc])* $name,)*
        }

        impl ObjectKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The members whose keys the specification names.
            pub fn members(self) -> &'static [Member] {
                match self {
                    $(Self::$name => &[$($(
                        Member { key: $key, shape: $shape, since: Since::$since },
                    )+)*],)*
                }
            }

            /// The member `key`, whatever version has it; `None` for extensions, unknown words and keys of the author's own.
            pub fn member(self, key: &str) -> Option<Member> {
                Some(match self {
                    $(Self::$name => match key {
                        $($($key => Member { key: $key, shape: $shape, since: Since::$since },)+)*
                        _ => return None,
                    },)*
                })
            }

            /// The shape of all members whose keys are the author's own, where the object has such.
            fn pattern(self) -> Option<Shape> {
                match self {
                    $($(Self::$name => Some($pattern),)?)*
                    _ => None,
                }
            }
        }
    };
}

use ObjectKind::*;
use Shape::{
    Any, Count, ExtensibleMap, Flag, List, Map, Number, One, ReferenceMap, Requirements,
    SchemaOrFlag, Text, TextMap, Texts, Values, Version,
};

objects! {
    /// The OpenAPI Object: the whole document.
    Document {
        V30 "openapi" = Version;
        V30 "info" = One(Info);
        V30 "servers" = List(Server);
        V30 "paths" = ExtensibleMap(PathItem);
        V30 "components" = One(Components);
        V30 "security" = Requirements;
        V30 "tags" = List(Tag);
        V30 "externalDocs" = One(ExternalDocs);
        V31 "jsonSchemaDialect" = Text;
        V31 "webhooks" = Map(PathItem);
    }
    /// What the document says of itself.
    Info {
        V30 "title" | "description" | "termsOfService" | "version" = Text;
        V30 "contact" = One(Contact);
        V30 "license" = One(License);
        V31 "summary" = Text;
    }
    /// Whom to ask.
    Contact {
        V30 "name" | "url" | "email" = Text;
    }
    /// Under which terms the interface is used.
    License {
        V30 "name" | "url" = Text;
        V31 "identifier" = Text;
    }
    /// An address of the interface.
    Server {
        V30 "url" | "description" = Text;
        V30 "variables" = Map(ServerVariable);
    }
    /// A part of an address that may vary.
    ServerVariable {
        V30 "enum" = Texts;
        V30 "default" | "description" = Text;
    }
    /// A group of operations.
    Tag {
        V30 "name" | "description" = Text;
        V30 "externalDocs" = One(ExternalDocs);
    }
    /// A page elsewhere.
    ExternalDocs {
        V30 "description" | "url" = Text;
    }
    /// What is referred to from several places.
    Components {
        V30 "schemas" = Map(Schema);
        V30 "responses" = Map(Response);
        V30 "parameters" = Map(Parameter);
        V30 "examples" = Map(Example);
        V30 "requestBodies" = Map(RequestBody);
        V30 "headers" = Map(Header);
        V30 "securitySchemes" = Map(SecurityScheme);
        V30 "links" = Map(Link);
        V30 "callbacks" = Map(Callback);
        V31 "pathItems" = Map(PathItem);
    }
    /// The operations of a path.
    PathItem {
        V30 "summary" | "description" = Text;
        V30 "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" = One(Operation);
        V30 "servers" = List(Server);
        V30 "parameters" = List(Parameter);
    }
    /// A call.
    Operation {
        V30 "tags" = Texts;
        V30 "summary" | "description" | "operationId" = Text;
        V30 "externalDocs" = One(ExternalDocs);
        V30 "parameters" = List(Parameter);
        V30 "requestBody" = One(RequestBody);
        V30 "responses" = One(Responses);
        V30 "callbacks" = Map(Callback);
        V30 "deprecated" = Flag;
        V30 "security" = Requirements;
        V30 "servers" = List(Server);
    }
    /// A parameter in the path, the query, a header or a cookie.
    Parameter {
        V30 "name" | "in" | "description" | "style" = Text;
        V30 "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" = Flag;
        V30 "schema" = One(Schema);
        V30 "example" = Shape::Example;
        V30 "examples" = Map(Example);
        V30 "content" = Map(MediaType);
    }
    /// A header of an answer or of a part of a form.
    Header {
        V30 "description" | "style" = Text;
        V30 "required" | "deprecated" | "explode" = Flag;
        V30 "schema" = One(Schema);
        V30 "example" = Shape::Example;
        V30 "examples" = Map(Example);
        V30 "content" = Map(MediaType);
    }
    /// What is sent.
    RequestBody {
        V30 "description" = Text;
        V30 "content" = Map(MediaType);
        V30 "required" = Flag;
    }
    /// What may be answered, by status.
    Responses {
        .. = One(Response);
    }
    /// An answer.
    Response {
        V30 "description" = Text;
        V30 "headers" = Map(Header);
        V30 "content" = Map(MediaType);
        V30 "links" = Map(Link);
    }
    /// A body in one media type.
    MediaType {
        V30 "schema" = One(Schema);
        V30 "example" = Shape::Example;
        V30 "examples" = Map(Example);
        V30 "encoding" = Map(Encoding);
    }
    /// How a part of a form is written.
    Encoding {
        V30 "contentType" | "style" = Text;
        V30 "headers" = Map(Header);
        V30 "explode" | "allowReserved" = Flag;
    }
    /// Calls that the server makes, by the expression that gives their address.
    Callback {
        .. = One(PathItem);
    }
    /// Which call may follow.
    Link {
        V30 "operationRef" | "operationId" | "description" = Text;
        V30 "parameters" | "requestBody" = Any;
        V30 "server" = One(Server);
    }
    /// An example with a name.
    Example {
        V30 "summary" | "description" = Text;
        V30 "value" = Shape::Example;
        V30 "externalValue" = Text;
    }
    /// A way to sign in.
    SecurityScheme {
        V30 "type" | "description" | "name" | "in" | "scheme" | "bearerFormat" | "openIdConnectUrl" = Text;
        V30 "flows" = One(Flows);
    }
    /// The flows of OAuth 2.0.
    Flows {
        V30 "implicit" | "password" | "clientCredentials" | "authorizationCode" = One(Flow);
    }
    /// A flow of OAuth 2.0.
    Flow {
        V30 "authorizationUrl" | "tokenUrl" | "refreshUrl" = Text;
        V30 "scopes" = TextMap;
    }
    /// What values look like.
    Schema {
        V30 "type" | "title" | "description" | "format" | "pattern" = Text;
        V30 "properties" = Map(Schema);
        V30 "items" | "not" = One(Schema);
        V30 "allOf" | "oneOf" | "anyOf" = List(Schema);
        V30 "additionalProperties" = SchemaOrFlag;
        V30 "required" = Texts;
        V30 "enum" = Values;
        V30 "default" = Any;
        V30 "example" = Shape::Example;
        V30 "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" = Flag;
        V30 "exclusiveMinimum" | "exclusiveMaximum" = Flag;
        V30 "minimum" | "maximum" | "multipleOf" = Number;
        V30 "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" = Count;
        V30 "discriminator" = One(Discriminator);
        V30 "externalDocs" = One(ExternalDocs);
        // How a value is written as XML, which no client here sends.
        V30 "xml" = Any;
        V31 "const" | "dependentRequired" = Any;
        V31 "examples" = Values;
        V31 "prefixItems" = List(Schema);
        V31 "patternProperties" | "dependentSchemas" | "$defs" = Map(Schema);
        V31 "if" | "then" | "else" | "contains" | "propertyNames" | "contentSchema" = SchemaOrFlag;
        V31 "unevaluatedItems" | "unevaluatedProperties" = SchemaOrFlag;
        V31 "minContains" | "maxContains" = Count;
        V31 "contentEncoding" | "contentMediaType" = Text;
        V31 "$id" | "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$schema" | "$comment" = Text;
        Draft "definitions" = Map(Schema);
        Draft "additionalItems" = SchemaOrFlag;
        Draft "dependencies" = Any;
    }
    /// How the alternatives of a schema are distinguished.
    Discriminator {
        V30 "propertyName" = Text;
        V30 "mapping" = ReferenceMap;
    }
}

impl ObjectKind {
    /// The shape of the member `key`, whatever version has it; `None` for extensions and unknown words.
    pub fn any_shape(self, key: &str) -> Option<Shape> {
        match self.member(key) {
            Some(member) => Some(member.shape),
            // A callback may be a reference, whose key is no address.
            None if self == Callback && key == "$ref" => None,
            None => self.pattern().filter(|_| !key.starts_with("x-")),
        }
    }

    /// The shape that 3.0 wants the member `key` to have; `None` for what 3.0 does not know and the parser ignores.
    pub fn shape(self, key: &str) -> Option<Shape> {
        match self.member(key) {
            Some(member) => (member.since == Since::V30).then_some(member.shape),
            None => self.any_shape(key),
        }
    }

    /// Whether a `$ref` may stand for such an object in 3.0.
    pub fn may_refer(self) -> bool {
        matches!(
            self,
            PathItem
                | Parameter
                | Header
                | RequestBody
                | Response
                | Example
                | SecurityScheme
                | Link
                | Callback
                | Schema
        )
    }

    /// The one text without which such an object says nothing, where there is one.
    pub fn essential_text(self) -> Option<&'static str> {
        match self {
            ExternalDocs | Server => Some("url"),
            Tag | License | Parameter => Some("name"),
            ServerVariable => Some("default"),
            Discriminator => Some("propertyName"),
            _ => None,
        }
    }
}
