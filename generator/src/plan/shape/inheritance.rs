//! Inheritance: a schema that others name in their `allOf`, and that says by a `discriminator` which of them a value is, stands for
//! any of them wherever it is referred to (OpenAPI 3.0.3, 4.7.25).
//!
//! Such a schema is a union of the types that are made of it, and of itself for what is none of those. Within `allOf` it goes on to
//! mean its own properties alone. A discriminator that is declared further up, on something that the schema is itself made of, tells its
//! descendants apart as well.

use super::super::Planning;
use super::keywords;
use super::open::OpenKind;
use super::tags::mapped_values;
use super::unions::Member;
use crate::facts::{self, Discriminator, Schema, SchemaId, SchemaUse};
use crate::plan::model::{RustIdent, Shape, Type, TypeDef, Union, Variant, WireName};
use crate::plan::reason::Origin;
use crate::pointer;
use std::collections::{HashMap, HashSet};

/// How far up a discriminator is looked for, and how far down types that are made of a schema: nobody builds higher.
const MAX_GENERATIONS: usize = 16;

/// What the rest of the values of a base is called as a variant, and after the base's name as a type.
const BASE: &str = "base";

/// Which components are made of which: the reverse of `allOf`.
#[derive(Debug, Default)]
pub(in crate::plan) struct Families<'f> {
    children: HashMap<SchemaId, Vec<&'f SchemaUse>>,
}

impl<'f> Families<'f> {
    /// Finds them.
    pub(in crate::plan) fn find(facts: &'f facts::Document) -> Self {
        let mut families = Self::default();
        for used in facts.components.schemas.values() {
            let Some(schema) = facts.schemas.of(used).filter(|_| used.reference.is_none()) else {
                continue;
            };
            for member in schema.all_of.iter().filter(|of| of.reference.is_some()) {
                let Some(parent) = member.schema else {
                    continue;
                };
                let children = families.children.entry(parent).or_default();
                if !children.iter().any(|child| child.schema == used.schema) {
                    children.push(used);
                }
            }
        }
        families
    }

    fn children(&self, schema: &Schema) -> &[&'f SchemaUse] {
        self.children.get(&schema.id).map_or(&[], Vec::as_slice)
    }
}

/// A schema that stands for the types that are made of it.
struct Family<'f> {
    discriminator: &'f Discriminator,
    /// The types, those of the mapping first.
    members: Vec<Member<'f>>,
}

impl<'f> Planning<'f> {
    /// Whether a schema stands for the types that are made of it.
    pub(super) fn is_base(&self, schema: &'f Schema) -> bool {
        self.family(schema).is_some()
    }

    /// The types that a schema stands for, beside itself; `None` where there are none, and where a union says it by itself.
    fn family(&self, schema: &'f Schema) -> Option<Family<'f>> {
        let may_be = schema.discriminator.is_some() || !self.families.children(schema).is_empty();
        if !may_be || !keywords::members(schema).is_empty() {
            return None;
        }
        let discriminator = self.discriminator_of(schema)?;
        let mut members: Vec<Member<'f>> = Vec::new();
        if schema.discriminator.is_some() {
            for target in discriminator.mapping.values() {
                members.extend(self.component_member(target));
            }
        }
        let is_mapped = !discriminator.mapping.is_empty();
        for used in self.descendants(schema, discriminator) {
            let Some(inner) = self.facts.schemas.of(used) else {
                continue;
            };
            let member = Member {
                used,
                schema: inner,
            };
            // Where the author lists the values, what is not among them is another name or a step between.
            let is_step = self.is_bare(inner) || !self.families.children(inner).is_empty();
            let is_listed = !mapped_values(discriminator, &member).is_empty();
            if is_listed || !is_mapped || !is_step {
                members.push(member);
            }
        }
        let mut seen = HashSet::from([schema.id]);
        members.retain(|member| seen.insert(member.schema.id));
        (!members.is_empty()).then_some(Family {
            discriminator,
            members,
        })
    }

    /// The discriminator of a schema, or the nearest of what it is made of.
    pub(super) fn discriminator_of(&self, schema: &'f Schema) -> Option<&'f Discriminator> {
        let mut generation = vec![schema];
        let mut seen = HashSet::new();
        for _ in 0..MAX_GENERATIONS {
            let found = generation
                .iter()
                .find_map(|schema| schema.discriminator.as_deref());
            if found.is_some() || generation.is_empty() {
                return found;
            }
            let parents = generation.iter().flat_map(|schema| &schema.all_of);
            let parents = parents.filter_map(|member| self.facts.schemas.of(member));
            generation = parents.filter(|parent| seen.insert(parent.id)).collect();
        }
        None
    }

    /// The components that are made of a schema, and those made of them, down to where another property tells what follows.
    fn descendants(&self, schema: &'f Schema, by: &Discriminator) -> Vec<&'f SchemaUse> {
        let mut found = Vec::new();
        let mut seen = HashSet::from([schema.id]);
        let mut generation = vec![schema];
        for _ in 0..MAX_GENERATIONS {
            let mut next = Vec::new();
            for parent in generation {
                for used in self.families.children(parent) {
                    let Some(child) = self.facts.schemas.of(used) else {
                        continue;
                    };
                    if !seen.insert(child.id) {
                        continue;
                    }
                    found.push(*used);
                    if !is_told_otherwise(child, by) {
                        next.push(child);
                    }
                }
            }
            generation = next;
        }
        found
    }

    /// The component that a value of a mapping names.
    fn component_member(&self, target: &str) -> Option<Member<'f>> {
        let name = target.strip_prefix("#/components/schemas/");
        let name = name.map_or_else(|| target.to_owned(), pointer::unescape);
        let used = self.facts.components.schemas.get(&name)?;
        let schema = self.facts.schemas.of(used)?;
        Some(Member { used, schema })
    }

    /// Whether a schema is `allOf` of one reference and says nothing more.
    fn is_bare(&self, schema: &'f Schema) -> bool {
        schema.properties.is_empty() && self.only_member(schema).is_some()
    }

    /// Whether a component says nothing but that it is made of a base, so that it has the base's properties and is a type of its own.
    pub(super) fn is_bare_member(&self, schema: &'f Schema) -> bool {
        if schema.component.is_none() || !schema.properties.is_empty() {
            return false;
        }
        let Some(parent) = self.only_member(schema) else {
            return false;
        };
        let parent = self.facts.schemas.of(parent);
        let family = parent.and_then(|parent| self.family(parent));
        family.is_some_and(|family| {
            family
                .members
                .iter()
                .any(|member| member.schema.id == schema.id)
        })
    }

    /// Plans a base: a union of the types that are made of it, with its own properties for the rest.
    pub(super) fn plan_family(&mut self, schema: &'f Schema, name: &str) -> Shape {
        let Some(Family {
            discriminator,
            members,
        }) = self.family(schema)
        else {
            return Shape::Alias(Type::Any);
        };
        let property = &discriminator.property_name;
        let mut values = self.values_of(property, Some(discriminator), &members);
        let mut seen = HashSet::new();
        let mut variants: Vec<Variant> = Vec::new();
        for (member, mut tags) in members.iter().zip(values.drain(..)) {
            let name = member.schema.component.clone().unwrap_or_default();
            let ty = match is_told_otherwise(member.schema, discriminator) {
                true => self.plan_component(member.used),
                false => self.plan_member(member.used, member.schema),
            };
            let ty = match ty {
                Type::Nullable(ty) => *ty,
                ty => ty,
            };
            tags.retain(|tag| seen.insert(tag.clone()));
            if tags.is_empty() || variants.iter().any(|variant| variant.ty == ty) {
                continue;
            }
            variants.push(Variant {
                name,
                ty,
                tags,
                boxed: None,
                description: None,
                ident: RustIdent::default(),
                origin: Origin::of_use(member.used),
            });
        }
        variants.push(Variant {
            name: BASE.to_owned(),
            ty: self.plan_base(schema, name),
            tags: Vec::new(),
            boxed: None,
            description: Some(format!(
                "What is none of the others: the properties that all of them have, for a `{property}` that is missing or not known."
            )),
            ident: RustIdent::default(),
            origin: Origin::of_schema(schema),
        });
        Shape::Union(Union {
            tag: Some(WireName(property.clone())),
            variants,
        })
    }

    /// The type of a member of a family: the component's own, even where the component is a base in its turn.
    fn plan_member(&mut self, used: &'f SchemaUse, schema: &'f Schema) -> Type {
        match self.is_base(schema) {
            true => {
                let name = schema.component.clone().unwrap_or_default();
                self.plan_base(schema, &name)
            }
            false => self.plan_component(used),
        }
    }

    /// The struct of a base's own properties. What types that are not known add to them is kept.
    fn plan_base(&mut self, schema: &'f Schema, name: &str) -> Type {
        let key = self.key(schema);
        if let Some(id) = self.bases.get(&key) {
            return Type::Named(*id);
        }
        let id = self.types.add(TypeDef {
            description: super::super::text(schema.description.as_ref()),
            deprecated: schema.deprecated,
            origin: Origin::of_schema(schema),
            shape: Shape::Struct(Default::default()),
            ..TypeDef::new(format!("{name} {BASE}"), false, schema.pointer.clone())
        });
        self.bases.insert(key, id);
        self.open(id, schema, super::schemas::Hint::of(name), OpenKind::Base);
        Type::Named(id)
    }

    /// Gives the struct of a base the name of its component, where nobody refers to the base as what it stands for.
    pub(in crate::plan) fn settle_bases(&mut self) {
        for (key, id) in std::mem::take(&mut self.bases) {
            let is_union = self.named.contains_key(&key);
            let schema = self.types.get(id).and_then(|def| def.origin.schema);
            let schema = schema.and_then(|id| self.facts.schemas.get(id));
            let name = schema.and_then(|schema| schema.component.clone());
            if let (false, false, Some(name), Some(def)) = (
                is_union,
                key.is_form_variant(),
                name,
                self.types.get_mut(id),
            ) {
                def.name = name;
                def.component = true;
            }
        }
    }
}

/// Whether a schema declares a discriminator of its own, another than this one: what is made of it, it tells apart itself.
fn is_told_otherwise(schema: &Schema, by: &Discriminator) -> bool {
    let own = schema.discriminator.as_ref();
    own.is_some_and(|own| own.property_name != by.property_name)
}
