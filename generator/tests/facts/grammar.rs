//! The grammar of OpenAPI 3.0.3 and 3.1: which keyword has a meaning in which object, and what its value is made of.

/// The first version of OpenAPI that gives a keyword a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Since {
    V30,
    V31,
    /// A draft of JSON Schema before 2020-12; neither version gives it a meaning.
    Draft,
}

/// What the value of a keyword is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Any,
    Text,
    Flag,
    Number,
    Count,
    Values,
    Texts,
    TextMap,
    Requirements,
    One(ObjectKind),
    SchemaOrFlag,
    List(ObjectKind),
    Map(ObjectKind),
}

/// Declares the kinds of objects with their keywords.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident {
        $($since:ident $($key:literal)|+ = $shape:expr;)*
        $(.. = $pattern:expr;)?
    })*) => {
        /// What an object is, by the Object names of the specification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum ObjectKind {
            $($(#[$doc])* $name,)*
        }

        impl ObjectKind {
            /// The shape of a keyword, and who gives it a meaning; `None` for extensions and unknown words.
            pub(crate) fn member(self, key: &str) -> Option<(Since, Shape)> {
                Some(match self {
                    $(Self::$name => match key {
                        $($($key => (Since::$since, $shape),)+)*
                        $(key if !key.starts_with("x-") => (Since::V30, $pattern),)?
                        _ => return None,
                    },)*
                })
            }
        }
    };
}

use ObjectKind::*;
use Shape::{
    Any, Count, Flag, List, Map, Number, One, Requirements, SchemaOrFlag, Text, TextMap, Texts,
    Values,
};

objects! {
    /// The OpenAPI Object: the whole document.
    Document {
        V30 "openapi" = Text;
        V30 "info" = One(Info);
        V30 "servers" = List(Server);
        V30 "paths" = Map(PathItem);
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
        V30 "example" = Any;
        V30 "examples" = Map(Example);
        V30 "content" = Map(MediaType);
    }
    /// A header of an answer or of a part of a form.
    Header {
        V30 "description" | "style" = Text;
        V30 "required" | "deprecated" | "explode" = Flag;
        V30 "schema" = One(Schema);
        V30 "example" = Any;
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
        V30 "example" = Any;
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
        V30 "value" = Any;
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
        V30 "example" = Any;
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
        V30 "mapping" = TextMap;
    }
}

impl ObjectKind {
    /// Whether a `$ref` may stand for such an object.
    pub(crate) fn may_refer(self) -> bool {
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
}
