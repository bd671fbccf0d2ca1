//! Takes the facts and everything that is planned, works out the reasons.

use super::{Distinction, NullReason, Origin, TypeReason, Untyped};
use crate::facts::{self, Schema, SchemaType};
use crate::plan::model::{self as ir, Shape, Type, Union};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;

/// Gives every item of the API the reasons for its type and for null.
pub(in crate::plan) fn explain(facts: &facts::Document, api: &mut ir::Api) {
    let mut reasons = Reasons {
        facts,
        texts: HashSet::new(),
    };
    for (_, def) in api.types.iter_mut() {
        reasons.explain_def(def);
    }
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            reasons.explain_type(&mut parameter.origin, &parameter.ty);
        }
        let body = operation.body.iter_mut().map(|body| &mut body.content);
        for response in &mut operation.responses {
            for header in &mut response.headers {
                reasons.explain_type(&mut header.origin, &header.ty);
            }
            if let Some(content) = &mut response.content {
                reasons.explain_content(content);
            }
        }
        body.for_each(|content| reasons.explain_content(content));
    }
}

/// What reasons are worked out from.
struct Reasons<'f> {
    facts: &'f facts::Document,
    /// The texts of all reasons, each once.
    texts: HashSet<Arc<str>>,
}

impl<'f> Reasons<'f> {
    /// A text that reasons share.
    fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(shared) = self.texts.get(text) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&shared));
        shared
    }

    fn explain_content(&mut self, content: &mut ir::Content) {
        match content.encoding.ty() {
            Some(ty) => self.explain_type(&mut content.origin, ty),
            None => {
                content.origin.reason = TypeReason::Body {
                    media_type: self.share(&content.media_type),
                }
            }
        }
    }

    fn explain_def(&mut self, def: &mut ir::TypeDef) {
        let Some(schema) = def.origin.schema.and_then(|id| self.facts.schemas.get(id)) else {
            return;
        };
        let aliased = match &def.shape {
            Shape::Alias(ty) => Some(ty),
            _ => None,
        };
        def.origin.reason = match &def.shape {
            Shape::Struct(object)
                if object.flattened.is_none() && are_objects(self.facts, schema) =>
            {
                TypeReason::together(schema)
            }
            Shape::Union(Union { tag: Some(tag), .. }) if union_keyword(schema).is_none() => {
                TypeReason::Subtypes {
                    property: self.share(tag.as_str()),
                }
            }
            Shape::Union(union) => TypeReason::Union {
                keyword: union_keyword(schema).unwrap_or("anyOf"),
                by: match &union.tag {
                    Some(tag) => Distinction::Property(self.share(tag.as_str())),
                    None => Distinction::Shape,
                },
            },
            _ => self.reason(schema, aliased),
        };
        def.origin.null = def.nullable.then(|| self.null(schema)).flatten();
        match &mut def.shape {
            Shape::Struct(object) => {
                for field in &mut object.fields {
                    self.explain_type(&mut field.origin, &field.ty);
                    if field.nullable {
                        field.origin.null = self.null_of(&field.origin);
                    }
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    self.explain_type(&mut variant.origin, &variant.ty);
                }
            }
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }

    fn explain_type(&mut self, origin: &mut Origin, ty: &Type) {
        if origin.reason != TypeReason::Unknown {
            return;
        }
        let schema = origin.schema.and_then(|id| self.facts.schemas.get(id));
        origin.reason = match (schema, ty) {
            (None, _) => TypeReason::Untyped(Untyped::Unresolved),
            (Some(schema), Type::Any) => TypeReason::Untyped(untyped(schema)),
            (Some(_), Type::JsonPatchOperation) => TypeReason::JsonPatch,
            (
                Some(Schema {
                    component: Some(component),
                    ..
                }),
                _,
            ) if origin.is_reference => TypeReason::Reference {
                component: self.share(component),
            },
            (Some(schema), ty) => self.reason(schema, Some(ty)),
        };
    }

    /// Why a schema, where it stands, is of this type; the type is `None` for an object, an enum or a union with a name of its own.
    fn reason(&mut self, schema: &Schema, ty: Option<&Type>) -> TypeReason {
        let values = schema.enum_values.iter().filter(|value| !value.is_null());
        let values = values.count();
        if values > 0 {
            return TypeReason::Enum { values };
        }
        if let Some(Type::Any) = ty {
            return TypeReason::Untyped(untyped(schema));
        }
        if !schema.properties.is_empty() {
            return TypeReason::Properties;
        }
        if let Some(keyword) = union_keyword(schema) {
            let by = match (ty, &schema.discriminator) {
                (Some(Type::Named(_)) | None, Some(tag)) => {
                    Distinction::Property(self.share(&tag.property_name))
                }
                (Some(Type::Named(_)) | None, None) => Distinction::Shape,
                _ => Distinction::OneType,
            };
            return TypeReason::Union { keyword, by };
        }
        match schema.all_of.as_slice() {
            [] => {}
            // A reference with something beside it comes as an `allOf` of one.
            [only] => {
                let inner = self
                    .facts
                    .schemas
                    .of(only)
                    .and_then(|inner| inner.component.as_deref());
                return match inner.filter(|_| only.reference.is_some()) {
                    Some(component) => TypeReason::Reference {
                        component: self.share(component),
                    },
                    None => TypeReason::AllOf { members: 1 },
                };
            }
            members => {
                return TypeReason::AllOf {
                    members: members.len(),
                };
            }
        }
        match (ty, schema.ty, &schema.format) {
            (Some(Type::Tuple(_)), _, _) => TypeReason::Tuple,
            (_, Some(SchemaType::Array), _) => TypeReason::List,
            (_, Some(SchemaType::Object), _) => TypeReason::Map,
            (_, Some(ty), Some(format)) => TypeReason::Format {
                ty,
                format: self.share(format),
            },
            (_, Some(ty), None) => TypeReason::TypeKeyword(ty),
            (_, None, _) if schema.items.is_some() => TypeReason::List,
            (_, None, _) if schema.additional_properties.is_some() => TypeReason::Map,
            _ => TypeReason::Untyped(untyped(schema)),
        }
    }

    /// Why null is one of the values of what comes from `origin`.
    fn null_of(&mut self, origin: &Origin) -> Option<NullReason> {
        let schema = self.facts.schemas.get(origin.schema?)?;
        let reason = self.null(schema)?;
        Some(match &schema.component {
            Some(component) if origin.is_reference => NullReason::Component {
                component: self.share(component),
                reason: Box::new(reason),
            },
            _ => reason,
        })
    }

    /// Why null is one of the values of a schema; `None` where it is not.
    fn null(&mut self, schema: &Schema) -> Option<NullReason> {
        let later = schema.later();
        if later.is_some_and(|later| later.types.iter().any(|name| name == "null")) {
            return Some(NullReason::TypeList);
        }
        if let Some(member) = later.and_then(|later| later.null_member.as_ref()) {
            return Some(NullReason::Member {
                keyword: self.share(&member.keyword),
            });
        }
        if later.is_some_and(|later| later.const_value == Some(Value::Null)) {
            return Some(NullReason::Const);
        }
        if schema.enum_values.contains(&Value::Null) {
            return Some(NullReason::EnumValue);
        }
        if schema.nullable {
            return Some(NullReason::Nullable);
        }
        let members = match schema.one_of.as_slice() {
            [] => &schema.any_of,
            _ => &schema.one_of,
        };
        let members = members.iter().chain(&schema.all_of);
        let is_nullable = members
            .filter_map(|member| self.facts.schemas.of(member))
            .any(|member| member.nullable || member.enum_values.contains(&Value::Null));
        is_nullable.then(|| NullReason::Member {
            keyword: self.share(union_keyword(schema).unwrap_or("allOf")),
        })
    }
}

/// Whether a union beside which no properties stand has several members that are objects.
fn are_objects(facts: &facts::Document, schema: &Schema) -> bool {
    let members = schema.one_of.iter().chain(&schema.any_of);
    let members = members.filter_map(|member| facts.schemas.of(member));
    let objects = members.filter(|member| {
        let is_object = member.ty == Some(SchemaType::Object) || !member.all_of.is_empty();
        is_object || !member.properties.is_empty()
    });
    schema.properties.is_empty() && objects.count() > 1
}

fn union_keyword(schema: &Schema) -> Option<&'static str> {
    match (schema.one_of.is_empty(), schema.any_of.is_empty()) {
        (false, _) => Some("oneOf"),
        (true, false) => Some("anyOf"),
        (true, true) => None,
    }
}

fn untyped(schema: &Schema) -> Untyped {
    if union_keyword(schema).is_some() {
        Untyped::AnyMember
    } else if schema.ty.is_some() || !schema.all_of.is_empty() {
        Untyped::Nested
    } else if schema.not.is_some() {
        Untyped::OnlyExcluded
    } else {
        Untyped::NothingSaid
    }
}
