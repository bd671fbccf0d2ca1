//! Schemas that have a name and wait until their parts are planned, so that a long chain of references needs no deep stack.

use super::super::Planning;
use super::super::forms::Key;
use super::schemas::{Hint, SchemaRef, nullable};
use crate::facts::Schema;
use crate::plan::model::{Shape, Struct, Type, TypeDef, TypeId};

/// What a schema is whose parts are still to be planned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenKind {
    /// An object.
    Object,
    /// One of several types.
    Union,
    /// One of the types that are made of it.
    Family,
    /// The properties that a base has itself.
    Base,
    /// An object that several schemas describe, each a part of it.
    Merged,
}

/// A schema that has a name, and whose parts are still to be planned.
pub(in crate::plan) struct OpenSchema<'f> {
    id: TypeId,
    schema: &'f Schema,
    hint: Hint,
    kind: OpenKind,
    /// The schemas that describe the same object beside this one.
    beside: Vec<&'f Schema>,
    /// Whether it is a part of a form, where binary text is bytes as they are.
    form: bool,
}

impl<'f> Planning<'f> {
    /// What a schema is that has a name before its parts are planned; `None` for what is planned at once.
    pub(super) fn open_kind(&self, schema: &'f Schema, component: bool) -> Option<OpenKind> {
        if self.is_base(schema) {
            Some(OpenKind::Family)
        } else if self.is_object(schema) {
            Some(OpenKind::Object)
        } else {
            (component && self.is_union(schema)).then_some(OpenKind::Union)
        }
    }

    /// Lets a schema with a name wait until its parts are planned.
    pub(super) fn open(&mut self, id: TypeId, schema: &'f Schema, hint: Hint, kind: OpenKind) {
        self.open_schemas.push_back(OpenSchema {
            id,
            schema,
            hint,
            kind,
            beside: Vec::new(),
            form: self.form,
        });
    }

    /// Plans an object that several schemas describe: it has the properties of all.
    pub(super) fn plan_merged(&mut self, parts: &[SchemaRef<'f>], place: &Hint) -> Type {
        let behind = parts.iter().filter_map(|part| self.behind(*part));
        let schemas: Vec<&'f Schema> = behind.collect();
        let Some((first, rest)) = schemas.split_first() else {
            return Type::Any;
        };
        let key: Vec<Key> = schemas.iter().map(|schema| self.key(schema)).collect();
        let id = match self.merged.get(&key) {
            Some(id) => *id,
            None => {
                // The last to describe it knows best what it is.
                let inline = parts.iter().rev().filter_map(|part| part.inline());
                let mut titles = inline.filter_map(|schema| self.titles.of(schema));
                let hint = titles.next().map(|title| place.titled(title));
                let hint = hint.unwrap_or_else(|| place.clone());
                let def = TypeDef {
                    shape: Shape::Struct(Struct::default()),
                    ..self.definition(&hint, false, first)
                };
                let id = self.types.add(def);
                self.merged.insert(key, id);
                self.open_schemas.push_back(OpenSchema {
                    id,
                    schema: first,
                    hint,
                    kind: OpenKind::Merged,
                    beside: rest.to_vec(),
                    form: self.form,
                });
                id
            }
        };
        let is_nullable = schemas.iter().all(|schema| self.is_nullable(schema));
        nullable(Type::Named(id), is_nullable)
    }

    /// Plans the schemas that wait for it, and those that they lead to.
    pub(in crate::plan) fn plan_open_schemas(&mut self) {
        let form = self.form;
        while let Some(open) = self.open_schemas.pop_front() {
            self.form = open.form;
            let shape = match open.kind {
                OpenKind::Object => self.plan_object(&[open.schema], &open.hint, false),
                OpenKind::Base => self.plan_object(&[open.schema], &open.hint, true),
                OpenKind::Merged => {
                    let schemas: Vec<_> = [open.schema].into_iter().chain(open.beside).collect();
                    self.plan_object(&schemas, &open.hint, false)
                }
                OpenKind::Union => self.plan_union(open.schema, &open.hint),
                OpenKind::Family => self.plan_family(open.schema, &open.hint.words),
            };
            let shape = self.adopt(open.id, shape);
            if let Some(def) = self.types.get_mut(open.id) {
                def.shape = shape;
            }
        }
        self.form = form;
    }

    /// What a component is that comes down to one type written in place: that type itself, not another name for it.
    fn adopt(&mut self, id: TypeId, shape: Shape) -> Shape {
        let Shape::Alias(Type::Named(only)) = shape else {
            return shape;
        };
        let Some(inner) = self.types.get_mut(only).filter(|def| !def.component) else {
            return shape;
        };
        if only == id {
            return shape;
        }
        let adopted = std::mem::replace(&mut inner.shape, Shape::Alias(Type::Named(id)));
        inner.joined = true;
        let words = (inner.description.clone(), inner.example.clone());
        for open in &mut self.open_schemas {
            if open.id == only {
                open.id = id;
            }
        }
        if let Some(def) = self.types.get_mut(id) {
            def.description = def.description.take().or(words.0);
            def.example = def.example.take().or(words.1);
        }
        adopted
    }
}
