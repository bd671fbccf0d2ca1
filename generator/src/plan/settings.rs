//! Takes the model of an API, gives what the settings of a target file are held against. It exists so that one function knows
//! how both are made.

use super::access;
use super::client::choose_scheme;
use super::model::{self as ir, Encoding, SecurityKind, Shape, Type, TypeDef, TypeId};
use super::{jobs, lists};
use crate::facts;
use crate::target::{Bodies, Credentials, Known, Target, Value};
use std::collections::{BTreeSet, HashMap};

/// What a target file can speak of.
pub(crate) fn known<'a>(
    api: &'a ir::Api,
    extensions: &'a BTreeSet<String>,
    target: &Target,
) -> Known<'a> {
    let scheme = choose_scheme(api, target);
    let components = api.types.iter().filter(|(_, def)| def.component);
    Known {
        schemes: api.security_schemes.keys().map(String::as_str).collect(),
        has_prefix: api
            .security_schemes
            .values()
            .any(|scheme| scheme.has_prefix),
        credentials: match scheme.map(|scheme| &scheme.kind) {
            None | Some(SecurityKind::MutualTls) => Credentials::None,
            Some(SecurityKind::ClientCredentials { .. }) => Credentials::Client,
            Some(SecurityKind::Basic) => Credentials::Password,
            Some(
                SecurityKind::Bearer | SecurityKind::Http { .. } | SecurityKind::ApiKey { .. },
            ) => Credentials::Token,
        },
        server_variables: names(&api.server.variables, |variable| &variable.name),
        operations: names(&api.operations, |operation| &operation.id),
        paths: jobs::paths(api),
        lists: lists::of(api),
        paged: paged(api),
        statuses: jobs::statuses(api),
        idempotent: api
            .operations
            .iter()
            .filter(|operation| operation.is_idempotent())
            .map(|operation| operation.id.as_str())
            .collect(),
        operation_extensions: extensions.iter().map(String::as_str).collect(),
        has_levels: api
            .operations
            .iter()
            .any(|operation| !operation.access.levels.is_empty()),
        scope_lists: access::with_lists(api, scheme),
        schemas: components.map(|(_, def)| def.name.as_str()).collect(),
        tags: names(&api.tags, |tag| &tag.name),
        properties: properties(api),
        words: words(api),
        bodies: if target.errors.message.is_empty() && target.errors.tracking_id.is_empty() {
            Bodies::default()
        } else {
            bodies(api, scheme)
        },
    }
}

/// The names of the extensions that operations have.
pub(crate) fn operation_extensions(facts: &facts::Document) -> BTreeSet<String> {
    let items = facts.paths.iter();
    let operations = items.flat_map(|item| &item.operations);
    operations
        .flat_map(|operation| operation.extensions.keys().cloned())
        .collect()
}

fn paged(api: &ir::Api) -> Vec<(&str, &str)> {
    let operations = api.operations.iter();
    let paged = operations.filter_map(|operation| {
        let paging = operation.paging.as_ref()?;
        Some((operation.id.as_str(), paging.style.as_str()))
    });
    paged.collect()
}

fn names<T>(list: &[T], name: fn(&T) -> &String) -> Vec<&str> {
    list.iter().map(|item| name(item).as_str()).collect()
}

fn properties(api: &ir::Api) -> Vec<(&str, &str)> {
    let mut properties = Vec::new();
    for (_, def) in api.types.iter() {
        if let Shape::Struct(object) = &def.shape {
            let fields = object.fields.iter();
            properties.extend(fields.map(|field| (def.name.as_str(), field.wire.as_str())));
        }
    }
    properties
}

/// Every text that the name phase makes a name from.
fn words(api: &ir::Api) -> Vec<&str> {
    let mut words = vec![api.title.as_str()];
    words.extend(names(&api.tags, |tag| &tag.name));
    for operation in &api.operations {
        words.push(&operation.id);
        let parameters = operation.parameters.iter();
        words.extend(parameters.map(|parameter| parameter.wire.as_str()));
    }
    for (_, def) in api.types.iter() {
        words.push(&def.name);
        match &def.shape {
            Shape::Struct(object) => {
                words.extend(object.fields.iter().map(|field| field.wire.as_str()));
                words.extend(object.flattened.iter().map(|union| union.name.as_str()));
            }
            Shape::Enum(of) => words.extend(names(&of.values, |value| &value.name)),
            Shape::Union(union) => words.extend(names(&union.variants, |variant| &variant.name)),
            Shape::Alias(_) => {}
        }
    }
    words
}

/// The members of a token endpoint's refusal (RFC 6749, 5.2), which documents do not declare.
const TOKEN_ERROR: [&str; 3] = ["error", "error_description", "error_uri"];

fn bodies(api: &ir::Api, scheme: Option<&ir::SecurityScheme>) -> Bodies {
    let mut graph = Graph {
        types: &api.types,
        bodies: Bodies::default(),
        named: HashMap::new(),
        open: Vec::new(),
    };
    let responses = api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses);
    for response in responses {
        let encoding = response.content.as_ref().map(|content| &content.encoding);
        if let Some(Encoding::Json(ty)) = encoding {
            let root = graph.value_of(ty);
            if response.status.is_error() {
                graph.bodies.errors.push(root);
            } else {
                graph.bodies.successes.push(root);
            }
        }
    }
    graph.fill();
    let has_tokens =
        scheme.is_some_and(|scheme| matches!(scheme.kind, SecurityKind::ClientCredentials { .. }));
    if has_tokens && !graph.bodies.errors.is_empty() {
        let text = graph.scalar();
        let members = TOKEN_ERROR.iter().map(|name| ((*name).to_owned(), text));
        let root = graph.add(Value {
            members: members.collect(),
            ..Value::default()
        });
        graph.bodies.errors.push(root);
    }
    graph.bodies
}

/// Makes the graph of what bodies hold.
struct Graph<'a> {
    types: &'a ir::Types,
    bodies: Bodies,
    /// The named types that have a place.
    named: HashMap<TypeId, usize>,
    /// Those whose parts are still to be added, which need no deep stack so.
    open: Vec<(usize, &'a TypeDef)>,
}

impl<'a> Graph<'a> {
    fn add(&mut self, value: Value) -> usize {
        self.bodies.values.push(value);
        self.bodies.values.len() - 1
    }

    fn scalar(&mut self) -> usize {
        self.add(Value {
            is_scalar: true,
            ..Value::default()
        })
    }

    fn value_of(&mut self, ty: &Type) -> usize {
        match ty {
            Type::Named(id) => self.named(*id),
            Type::Nullable(inner) | Type::Secret(inner) => self.value_of(inner),
            Type::Array(inner) => {
                let items = Some(self.value_of(inner));
                self.add(Value {
                    items,
                    ..Value::default()
                })
            }
            Type::Map(inner) => {
                let rest = Some(self.value_of(inner));
                self.add(Value {
                    rest,
                    ..Value::default()
                })
            }
            Type::Tuple(items) => {
                let items = items.iter().enumerate();
                let members = items.map(|(index, ty)| (index.to_string(), self.value_of(ty)));
                let members = members.collect();
                self.add(Value {
                    members,
                    ..Value::default()
                })
            }
            Type::JsonPatchOperation | Type::Any => self.add(Value {
                is_any: true,
                ..Value::default()
            }),
            Type::Boolean => self.add(Value::default()),
            Type::String
            | Type::Base64
            | Type::Base64Url
            | Type::Binary
            | Type::DateTime
            | Type::Date
            | Type::Int32
            | Type::Int64
            | Type::Uint64
            | Type::Double => self.scalar(),
        }
    }

    fn named(&mut self, id: TypeId) -> usize {
        if let Some(place) = self.named.get(&id) {
            return *place;
        }
        let place = self.add(Value::default());
        self.named.insert(id, place);
        if let Some(def) = self.types.get(id) {
            self.open.push((place, def));
        }
        place
    }

    /// Adds the parts of every named type that was met.
    fn fill(&mut self) {
        while let Some((place, def)) = self.open.pop() {
            let value = match &def.shape {
                Shape::Struct(object) => Value {
                    members: object
                        .fields
                        .iter()
                        .map(|field| (field.wire.as_str().to_owned(), self.value_of(&field.ty)))
                        .collect(),
                    rest: object.additional.as_ref().map(|ty| self.value_of(ty)),
                    alternatives: object
                        .flattened
                        .iter()
                        .map(|union| self.value_of(&union.ty))
                        .collect(),
                    ..Value::default()
                },
                Shape::Enum(_) => Value {
                    is_scalar: true,
                    ..Value::default()
                },
                Shape::Union(union) => Value {
                    alternatives: union
                        .variants
                        .iter()
                        .map(|variant| self.value_of(&variant.ty))
                        .collect(),
                    ..Value::default()
                },
                Shape::Alias(ty) => Value {
                    alternatives: vec![self.value_of(ty)],
                    ..Value::default()
                },
            };
            if let Some(slot) = self.bodies.values.get_mut(place) {
                *slot = value;
            }
        }
    }
}
