//! Values as Rust expressions, for the examples in the documentation and the arguments in tests: takes a value and its type, gives
//! nodes. A value that no Rust expression can make (a type that requires itself has none) gives none.

use super::patches::patch_expr;
use crate::plan::Plan;
use crate::plan::model::{Field, Flattened, Presence, Shape, Struct, Type, TypeDef, TypeId};
use crate::plan::names::RustIdent;
use serde_json::{Map, Value};

/// A Rust expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A text: `"a"`.
    Text(String),
    /// `"a".to_owned()`.
    Owned(String),
    /// `"a".into()`.
    Into(String),
    /// The same, of a file that holds this text.
    File(String),
    /// A variable.
    Name(&'static str),
    /// A number or a flag, as JSON writes it.
    Scalar(Value),
    /// `b"a".to_vec()`.
    Bytes(&'static str),
    /// `Body::from("a").with_media_type("b/c")`.
    BodyOf(&'static str, &'static str),
    /// `(a, b,)`.
    Tuple(Vec<Expr>),
    /// `vec![a, b]`.
    Vec(Vec<Expr>),
    /// `[a, b]`.
    Array(Vec<Expr>),
    /// `BTreeMap::from([…])`.
    Map(Vec<(String, Expr)>),
    /// `&a`.
    Ref(Box<Expr>),
    /// `None`.
    None,
    /// `Some(a)`.
    Some(Box<Expr>),
    /// `Box::new(a)`.
    Boxed(Box<Expr>),
    /// `Secret::from(a)`.
    Secret(Box<Expr>),
    /// `Nullable::Null`.
    Null,
    /// `Nullable::Value(a)`.
    NotNull(Box<Expr>),
    /// `models::A::B`, or `models::A::B(c)`.
    Variant(TypeId, RustIdent, Option<Box<Expr>>),
    /// `models::A::new(a, b)`.
    New(TypeId, Vec<Expr>),
    /// `models::A { a: b, ..base }`.
    Struct(TypeId, Vec<(RustIdent, Expr)>, Base),
    /// `JsonPatchOperation::replace(a, b)`.
    Patch(&'static str, Vec<Expr>),
    /// `json!(…)`.
    Json(Value),
    /// JSON that is too large for the macro `json!`, which takes a step of the compiler's recursion for every node.
    ParsedJson(Value),
}

/// Where a struct's other fields come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    /// It has none.
    Complete,
    /// `..Default::default()`.
    Default,
    /// `..models::A::new(a, b)`.
    New(Vec<Expr>),
}

impl Plan {
    /// An argument for a value of a type, as [`Plan::argument_type`] declares it.
    pub fn argument_expr(&self, value: &Value, ty: &Type) -> Option<Expr> {
        let ty = ty.revealed();
        Some(match (self.through_alias(ty), value) {
            (Type::String, Value::String(text)) => Expr::Text(text.clone()),
            (Type::Array(inner), Value::Array(items)) => {
                let items = items.iter().map(|item| self.expr_at(item, inner, 0));
                Expr::Ref(Box::new(Expr::Array(items.collect::<Option<_>>()?)))
            }
            (Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean, _) => {
                Expr::Scalar(value.clone())
            }
            (plain, _) if self.is_by_value(plain) => self.expr_at(value, ty, 0)?,
            _ => Expr::Ref(Box::new(self.expr_at(value, ty, 0)?)),
        })
    }

    /// An expression for a value of a type, `depth` levels deep in the whole: unions of unions that hold each other would have no
    /// end otherwise.
    fn expr_at(&self, value: &Value, ty: &Type, depth: usize) -> Option<Expr> {
        let deeper = |value: &Value, ty: &Type| self.expr_at(value, ty, depth + 1);
        Some(match (ty, value) {
            (Type::String, Value::String(text)) => Expr::Owned(text.clone()),
            (Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url, Value::String(text)) => {
                Expr::Into(text.clone())
            }
            (Type::Binary, Value::String(text)) => Expr::File(text.clone()),
            (Type::Int32 | Type::Int64 | Type::Uint64 | Type::Double | Type::Boolean, _) => {
                Expr::Scalar(value.clone())
            }
            (Type::Tuple(types), Value::Array(items)) => {
                let items = items.iter().zip(types).map(|(item, ty)| deeper(item, ty));
                Expr::Tuple(items.collect::<Option<_>>()?)
            }
            (Type::Array(inner), Value::Array(items)) => {
                let items = items.iter().map(|item| deeper(item, inner));
                Expr::Vec(items.collect::<Option<_>>()?)
            }
            (Type::Map(inner), Value::Object(members)) => {
                let members = members
                    .iter()
                    .map(|(name, item)| Some((name.clone(), deeper(item, inner)?)));
                Expr::Map(members.collect::<Option<_>>()?)
            }
            (Type::Nullable(_), Value::Null) => Expr::None,
            (Type::Nullable(inner), _) => Expr::Some(Box::new(deeper(value, inner)?)),
            (Type::Secret(inner), _) => match deeper(value, inner)? {
                Expr::Owned(text) => Expr::Into(text),
                inner => Expr::Secret(Box::new(inner)),
            },
            (Type::Named(id), _) => return self.named_expr(value, *id, depth),
            (Type::JsonPatchOperation, Value::Object(members)) => patch_expr(members)?,
            (Type::Any, Value::String(text)) => Expr::Into(text.clone()),
            _ if is_small(value, 0, &mut JSON_MACRO_NODES.clone()) => Expr::Json(value.clone()),
            _ => Expr::ParsedJson(value.clone()),
        })
    }

    fn named_expr(&self, value: &Value, id: TypeId, depth: usize) -> Option<Expr> {
        let def = self.ty(id);
        let variant = |ident: &RustIdent, inner| Expr::Variant(id, ident.clone(), inner);
        match &def.shape {
            Shape::Alias(inner) => self.expr_at(value, inner, depth + 1),
            Shape::Enum(of) => match of.values.iter().find(|known| known.value == *value) {
                Some(known) => Some(variant(&known.ident, None)),
                None => {
                    let other = self.expr_at(value, &of.rest, depth + 1)?;
                    Some(variant(&def.rest, Some(Box::new(other))))
                }
            },
            Shape::Union(union) => match self.variant_at(value, union, depth) {
                Some((found, inner)) => {
                    let inner = self.expr_at(&inner, &found.ty, depth + 1)?;
                    let inner = boxed_if(inner, found.boxed.is_some());
                    Some(variant(&found.ident, Some(Box::new(inner))))
                }
                None => {
                    let other = self.expr_at(value, &Type::Any, depth + 1)?;
                    Some(variant(&def.rest, Some(Box::new(other))))
                }
            },
            Shape::Struct(object) => {
                let empty = Map::new();
                let members = value.as_object().unwrap_or(&empty);
                self.struct_expr(members, object, def, id, depth)
            }
        }
    }

    fn struct_expr(
        &self,
        members: &Map<String, Value>,
        object: &Struct,
        def: &TypeDef,
        id: TypeId,
        depth: usize,
    ) -> Option<Expr> {
        let mut fields = Vec::new();
        let mut arguments = Vec::new();
        for field in &object.fields {
            let value = members.get(field.wire.as_str());
            if def.has_constructor && field.presence == Presence::Always {
                let value = value.unwrap_or(&Value::Null);
                arguments.push(self.field_expr(value, field, true, depth)?);
            } else if let Some(value) = value {
                let expr = self.field_expr(value, field, false, depth)?;
                fields.push((field.ident.clone(), expr));
            }
        }
        if let Some(union) = &object.flattened {
            let inner = self.flattened_expr(members, object, union, depth)?;
            if def.has_constructor {
                arguments.push(inner);
            } else {
                fields.push((def.rest.clone(), boxed_if(inner, union.boxed.is_some())));
            }
        }
        let total = object.fields.len()
            + usize::from(object.additional.is_some() || object.flattened.is_some())
            + usize::from(def.keeps_unknown());
        Some(match (def.has_constructor, fields.is_empty()) {
            (true, true) => Expr::New(id, arguments),
            (true, false) => Expr::Struct(id, fields, Base::New(arguments)),
            (false, _) if fields.len() < total => Expr::Struct(id, fields, Base::Default),
            (false, _) => Expr::Struct(id, fields, Base::Complete),
        })
    }

    fn flattened_expr(
        &self,
        members: &Map<String, Value>,
        object: &Struct,
        union: &Flattened,
        depth: usize,
    ) -> Option<Expr> {
        let is_own = |name: &str| {
            let mut fields = object.fields.iter();
            fields.any(|field| field.wire.as_str() == name)
        };
        let rest: Map<String, Value> = members
            .iter()
            .filter(|(name, _)| !is_own(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        self.expr_at(&Value::Object(rest), &union.ty, depth + 1)
    }

    /// The value of a field; `argument` when it is one of a constructor, which takes text as it is.
    fn field_expr(
        &self,
        value: &Value,
        field: &Field,
        argument: bool,
        depth: usize,
    ) -> Option<Expr> {
        if value.is_null() {
            return match field.presence {
                Presence::Nullable => Some(Expr::Null),
                Presence::Optional => Some(Expr::None),
                // A type that requires itself has no value.
                Presence::Always => None,
            };
        }
        if let (Type::String, Value::String(text), false) =
            (self.through_alias(&field.ty), value, field.boxed.is_some())
        {
            let text = text.clone();
            return Some(match field.presence {
                Presence::Always if argument => Expr::Text(text),
                Presence::Always if field.secret => Expr::Into(text),
                Presence::Always => Expr::Owned(text),
                Presence::Nullable => Expr::Into(text),
                Presence::Optional => Expr::Some(Box::new(Expr::Into(text))),
            });
        }
        let mut inner = boxed_if(
            self.expr_at(value, &field.ty, depth + 1)?,
            field.boxed.is_some(),
        );
        if field.secret {
            inner = Expr::Secret(Box::new(inner));
        }
        Some(match field.presence {
            Presence::Always => inner,
            Presence::Optional => Expr::Some(Box::new(inner)),
            Presence::Nullable => Expr::NotNull(Box::new(inner)),
        })
    }
}

fn boxed_if(expr: Expr, boxed: bool) -> Expr {
    if boxed {
        Expr::Boxed(Box::new(expr))
    } else {
        expr
    }
}

/// How many nodes of JSON the macro `json!` is given.
const JSON_MACRO_NODES: usize = 40;
/// How deep the JSON is that the macro `json!` is given.
const JSON_MACRO_DEPTH: usize = 8;

fn is_small(value: &Value, depth: usize, nodes: &mut usize) -> bool {
    *nodes = nodes.saturating_sub(1);
    *nodes > 0
        && depth < JSON_MACRO_DEPTH
        && match value {
            Value::Array(items) => items.iter().all(|item| is_small(item, depth + 1, nodes)),
            Value::Object(members) => members
                .values()
                .all(|item| is_small(item, depth + 1, nodes)),
            _ => true,
        }
}

impl Expr {
    /// Visits this expression and every one within it.
    pub fn each<'e>(&'e self, visit: &mut impl FnMut(&'e Self)) {
        visit(self);
        match self {
            Self::Tuple(items)
            | Self::Vec(items)
            | Self::Array(items)
            | Self::New(_, items)
            | Self::Patch(_, items) => items.iter().for_each(|item| item.each(visit)),
            Self::Map(members) => members.iter().for_each(|(_, item)| item.each(visit)),
            Self::Ref(inner)
            | Self::Some(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner)
            | Self::NotNull(inner)
            | Self::Variant(_, _, Some(inner)) => inner.each(visit),
            Self::Struct(_, fields, base) => {
                fields.iter().for_each(|(_, field)| field.each(visit));
                if let Base::New(arguments) = base {
                    arguments.iter().for_each(|argument| argument.each(visit));
                }
            }
            _ => {}
        }
    }

    /// Whether a file is in it.
    pub fn has_file(&self) -> bool {
        let mut found = false;
        self.each(&mut |expr| found |= matches!(expr, Self::File(_)));
        found
    }

    /// Puts a variable in the place of the first file in it; tells whether there is one.
    pub fn name_file(&mut self, name: &'static str) -> bool {
        match self {
            Self::File(_) => {
                *self = Self::Name(name);
                true
            }
            Self::Tuple(items)
            | Self::Vec(items)
            | Self::Array(items)
            | Self::New(_, items)
            | Self::Patch(_, items) => items.iter_mut().any(|item| item.name_file(name)),
            Self::Map(members) => members.iter_mut().any(|(_, item)| item.name_file(name)),
            Self::Ref(inner)
            | Self::Some(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner)
            | Self::NotNull(inner)
            | Self::Variant(_, _, Some(inner)) => inner.name_file(name),
            Self::Struct(_, fields, base) => {
                let mut fields = fields.iter_mut();
                fields.any(|(_, field)| field.name_file(name))
                    || match base {
                        Base::New(arguments) => {
                            arguments.iter_mut().any(|item| item.name_file(name))
                        }
                        Base::Complete | Base::Default => false,
                    }
            }
            _ => false,
        }
    }
}
