//! Takes [`ir::Api`], gives every Rust name of the emitted crate. The only place that makes identifiers.
//!
//! Names follow from the item's own name and its place alone. Where two items want the same name, the one whose
//! wire name already is the identifier keeps it, then the one that stands first in the document; so one more item does not
//! rename the others.

mod case;
mod ident;

pub use ident::RustIdent;

use crate::ir::{self, ErrorSetId, Location, OperationId, Shape, TagId, TypeDef, TypeId};
use crate::target::Target;
use case::Cases;
use ident::{Kind, Scope};
use rayon::prelude::*;
use std::collections::HashMap;

/// Names that model files use themselves.
const RESERVED_TYPES: [&str; 17] = [
    "String",
    "Vec",
    "Option",
    "Box",
    "BTreeMap",
    "Value",
    "Base64",
    "FilePart",
    "Nullable",
    "Secret",
    "DateTime",
    "Date",
    "Serialize",
    "Deserialize",
    "Self",
    "Default",
    "Into",
];
/// Names that API files use themselves.
const RESERVED_API_TYPES: [&str; 10] = [
    "Client",
    "ErrorBody",
    "Method",
    "Operation",
    "Request",
    "String",
    "Vec",
    "Option",
    "Box",
    "Self",
];
/// Words that no module of a tag can have: methods that the client has for itself, files that stand beside the module's own, and names
/// of devices, which no file can have on Windows.
const RESERVED_MODULES: [&str; 29] = [
    "builder", "from_env", "clone", "mod", "main", "lib", "shared", "con", "prn", "aux", "nul",
    "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// Methods that every request has.
const RESERVED_SETTERS: [&str; 3] = ["send", "into_future", "into_request"];
/// Features that every crate has.
const RESERVED_FEATURES: [&str; 3] = ["default", "rustls", "native-tls"];

/// Every Rust name of the emitted crate.
#[derive(Debug)]
pub struct Names {
    /// The package, as in Cargo.toml.
    pub package: String,
    /// The library, as in `use`.
    pub library: String,
    types: HashMap<TypeId, TypeNames>,
    tags: Vec<TagNames>,
    operations: Vec<OperationNames>,
    error_sets: Vec<RustIdent>,
}

/// The names of a type.
#[derive(Debug)]
pub struct TypeNames {
    /// The type.
    pub ident: RustIdent,
    /// Its documentation page, without extension.
    pub page: String,
    /// Its fields or variants, in the order of the model.
    pub members: Vec<RustIdent>,
    /// The member that takes what the others do not: unknown enum values, additional properties, a union within an object.
    pub rest: RustIdent,
}

/// The names of a tag.
#[derive(Debug)]
pub struct TagNames {
    /// Its module, and the method of the client that leads to it.
    pub module: RustIdent,
    /// The struct that has its operations.
    pub api: RustIdent,
    /// Its Cargo feature.
    pub feature: String,
    /// Its documentation page, without extension.
    pub page: String,
    /// Its name in the front matter of a portal.
    pub label: String,
}

/// The names of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method.
    pub method: RustIdent,
    /// The type of its request, where it has optional parts.
    pub request: RustIdent,
    /// The enum of its answers, where they differ by status.
    pub response: Option<RustIdent>,
    /// Its parameters, in the order of the model.
    pub parameters: Vec<RustIdent>,
}

impl Names {
    /// The names of a type; `None` only for an id of another model.
    pub fn ty(&self, id: TypeId) -> Option<&TypeNames> {
        self.types.get(&id)
    }

    /// The names of a tag.
    pub fn tag(&self, id: TagId) -> Option<&TagNames> {
        self.tags.get(id.0)
    }

    /// The names of an operation.
    pub fn operation(&self, id: OperationId) -> Option<&OperationNames> {
        self.operations.get(id.0)
    }

    /// The enum of an error set.
    pub fn error_set(&self, id: ErrorSetId) -> &str {
        self.error_sets
            .get(id.0)
            .map_or("ErrorBody", RustIdent::as_str)
    }

    /// Whether some name is not ASCII, which the compiler has lints about.
    pub fn has_other_scripts(&self) -> bool {
        let types = self
            .types
            .values()
            .flat_map(|names| names.members.iter().chain([&names.ident]));
        let tags = self.tags.iter().map(|names| &names.api);
        let operations = self
            .operations
            .iter()
            .flat_map(|names| names.parameters.iter().chain([&names.method]));
        types
            .chain(tags)
            .chain(operations)
            .any(|ident| !ident.as_str().is_ascii())
    }
}

/// Names everything.
pub fn name(api: &ir::Api, target: &Target, package: Option<&str>) -> Names {
    let cases = Cases::new(&target.names.acronyms);
    let package = package
        .map(str::to_owned)
        .or_else(|| target.package.name.clone())
        .unwrap_or_else(|| package_name(&cases, &api.title));
    let tags = name_tags(api, target, &cases);
    let (operations, types) = rayon::join(
        || name_operations(api, target, &cases, &tags),
        || name_types(api, target, &cases),
    );
    Names {
        error_sets: name_error_sets(api, &operations),
        library: package.replace('-', "_"),
        package,
        types,
        tags,
        operations,
    }
}

/// How long a crate name made from a title is; crates.io takes 64.
const MAX_PACKAGE: usize = 48;

/// A crate name from a title: ASCII letters, digits and hyphens, beginning with a letter (Cargo's rule).
fn package_name(cases: &Cases, title: &str) -> String {
    let kebab: String = cases
        .kebab(title)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let kebab: String = kebab.trim_matches('-').chars().take(MAX_PACKAGE).collect();
    let kebab = kebab.trim_end_matches('-');
    match kebab.chars().next() {
        None => "api-client".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("api-{kebab}"),
        Some(_) if !ident::is_plain(kebab) && !kebab.contains('-') => {
            format!("{kebab}-client")
        }
        Some(_) => kebab.to_owned(),
    }
}

/// The shared set is `ErrorBody`; a set of an operation's own is called after the operation.
fn name_error_sets(api: &ir::Api, operations: &[OperationNames]) -> Vec<RustIdent> {
    let mut scope = Scope::default();
    let sets = api.error_sets.iter().map(|set| {
        let owner = set.owner.and_then(|owner| operations.get(owner.0));
        let prefix = owner.map_or("", |names| names.request.word());
        scope.claim(&format!("{prefix}ErrorBody"), Kind::Type, "ErrorBody")
    });
    sets.collect()
}

fn name_types(api: &ir::Api, target: &Target, cases: &Cases) -> HashMap<TypeId, TypeNames> {
    let wanted = |def: &TypeDef| match target.names.schemas.get(&def.name) {
        Some(name) if def.component => name.clone(),
        _ => cases.pascal(&def.name),
    };
    // What is within a type is named apart from all others.
    let types: Vec<(TypeId, &TypeDef)> = api.types.iter().filter(|(_, def)| !def.joined).collect();
    let mut wishes: Vec<Wish> = types
        .into_par_iter()
        .map(|(id, def)| {
            let wanted = wanted(def);
            let mut word = ident::valid(&wanted, Kind::Type, "Type");
            if RESERVED_TYPES.contains(&word.as_str()) {
                word.push_str("Model");
            }
            Wish {
                order: (!def.component, wanted != def.name),
                word,
                members: name_members(def, cases),
                id,
                def,
            }
        })
        .collect();
    // Components are the author's names and come before ours; of two equal wishes the exact one comes first.
    wishes.sort_by_key(|wish| wish.order);
    let mut scope = Scope::default();
    let mut pages = Scope::default();
    let names = wishes.into_iter().map(|wish| {
        let ident = scope.claim_marked(&wish.word, &mark(wish.def));
        let (members, rest) = wish.members;
        let names = TypeNames {
            page: pages.claim_page(&cases.kebab(ident.word())),
            ident,
            members,
            rest,
        };
        (wish.id, names)
    });
    names.collect()
}

/// What a type would be called if it were alone.
struct Wish<'a> {
    id: TypeId,
    def: &'a TypeDef,
    /// Which of two equal wishes comes first.
    order: (bool, bool),
    word: String,
    members: (Vec<RustIdent>, RustIdent),
}

/// What tells a type from others that want the same name: a number made from its own place alone, so that one more type
/// renames no other.
fn mark(def: &TypeDef) -> String {
    // FNV-1a, whose definition will not change as a library's might.
    let hash = def
        .pointer
        .as_str()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
    format!("{:04X}", (hash >> 16) ^ (hash & 0xffff))
}

fn name_members(def: &TypeDef, cases: &Cases) -> (Vec<RustIdent>, RustIdent) {
    let mut scope = Scope::with(&[]);
    match &def.shape {
        Shape::Struct(object) => {
            let wires: Vec<&str> = object
                .fields
                .iter()
                .map(|field| field.wire.as_str())
                .collect();
            let members = name_all(&mut scope, &wires, Kind::Value, |wire| {
                cases.snake(&spell(wire))
            });
            let rest = match &object.flattened {
                Some(union) => cases.snake(&union.name),
                None => "additional_properties".to_owned(),
            };
            (members, scope.claim(&rest, Kind::Value, "rest"))
        }
        Shape::Enum(of) => {
            let wires: Vec<&str> = of.values.iter().map(|value| value.name.as_str()).collect();
            name_variants(scope, &wires, cases)
        }
        Shape::Union(union) => {
            let wires: Vec<&str> = union
                .variants
                .iter()
                .map(|variant| variant.name.as_str())
                .collect();
            name_variants(scope, &wires, cases)
        }
        Shape::Alias(_) => (Vec::new(), scope.claim("value", Kind::Value, "value")),
    }
}

/// Names the variants of an enum, and the one that takes what the others do not.
fn name_variants(mut scope: Scope, wires: &[&str], cases: &Cases) -> (Vec<RustIdent>, RustIdent) {
    let members = name_all(&mut scope, wires, Kind::Type, |wire| {
        cases.pascal(&spell(wire))
    });
    let rest = if scope.has("Unknown") {
        "Unrecognized"
    } else {
        "Unknown"
    };
    (members, scope.claim(rest, Kind::Type, rest))
}

/// Names a list of wire names in one scope; those that already are what they want to be go first.
fn name_all(
    scope: &mut Scope,
    wires: &[&str],
    kind: Kind,
    wish: impl Fn(&str) -> String,
) -> Vec<RustIdent> {
    let fallback = if kind == Kind::Type { "Value" } else { "value" };
    let mut order: Vec<(usize, &str, String)> = wires
        .iter()
        .enumerate()
        .map(|(index, wire)| (index, *wire, wish(wire)))
        .collect();
    order.sort_by_key(|(index, wire, wish)| (wish != wire, *index));
    let mut named: Vec<(usize, RustIdent)> = order
        .iter()
        .map(|(index, _, wish)| (*index, scope.claim(wish, kind, fallback)))
        .collect();
    named.sort_by_key(|(index, _)| *index);
    named.into_iter().map(|(_, ident)| ident).collect()
}

/// Puts words in the place of signs, where a name is made of little else.
fn spell(wire: &str) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    if let Some(number) = wire
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return format!("minus {number}");
    }
    if let Some(number) = wire
        .strip_prefix('+')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return format!("plus {number}");
    }
    if wire.chars().any(char::is_alphanumeric) {
        return wire.to_owned();
    }
    let words: Vec<&str> = wire.chars().map(sign).collect();
    words.join(" ")
}

fn sign(c: char) -> &'static str {
    match c {
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '~' => "like",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        ' ' => "space",
        '_' => "underscore",
        _ => "sign",
    }
}

fn name_tags(api: &ir::Api, target: &Target, cases: &Cases) -> Vec<TagNames> {
    let mut modules = Scope::with(&RESERVED_MODULES);
    let mut apis = Scope::with(&RESERVED_API_TYPES);
    let mut features = Scope::with(
        &RESERVED_FEATURES
            .map(|feature| feature.replace('-', "_"))
            .each_ref()
            .map(String::as_str),
    );
    api.tags
        .iter()
        .map(|tag| {
            let name = target.names.tags.get(&tag.name).unwrap_or(&tag.name);
            // Modules and features are ASCII: Rust finds no file for another module, and crates.io takes no other feature.
            let mut word = cases.snake(name);
            word.retain(|c| c.is_ascii_alphanumeric() || c == '_');
            let module = modules.claim(&word, Kind::Value, "operations");
            let feature = features
                .claim(module.word(), Kind::Value, "operations")
                .word()
                .replace('_', "-");
            TagNames {
                api: apis.claim(&cases.pascal(name), Kind::Type, "Operations"),
                page: module.word().replace('_', "-"),
                label: tag.name.split_whitespace().collect::<Vec<_>>().join("_"),
                feature,
                module,
            }
        })
        .collect()
}

fn name_operations(
    api: &ir::Api,
    target: &Target,
    cases: &Cases,
    tags: &[TagNames],
) -> Vec<OperationNames> {
    let mut methods: HashMap<TagId, Scope> = HashMap::new();
    let mut requests: HashMap<TagId, Scope> = HashMap::new();
    let wishes: Vec<String> = api
        .operations
        .iter()
        .map(
            |operation| match target.names.operations.get(&operation.id) {
                Some(name) => name.clone(),
                None => cases.snake(&operation.id),
            },
        )
        .collect();
    let mut names: Vec<OperationNames> = api
        .operations
        .iter()
        .zip(wishes)
        .map(|(operation, wish)| {
            let api_struct = tags
                .get(operation.tag.0)
                .map_or("Operations", |names| names.api.word());
            let method =
                methods
                    .entry(operation.tag)
                    .or_default()
                    .claim(&wish, Kind::Value, "operation");
            let request = requests
                .entry(operation.tag)
                .or_insert_with(|| {
                    let mut scope = Scope::with(&RESERVED_API_TYPES);
                    scope.claim(api_struct, Kind::Type, "Operations");
                    scope
                })
                .claim(&cases.pascal(method.word()), Kind::Type, "Operation");
            OperationNames {
                parameters: name_parameters(operation, cases),
                method,
                request,
                response: None,
            }
        })
        .collect();
    // After all requests, so that none of them is renamed by an answer.
    for (operation, names) in api.operations.iter().zip(&mut names) {
        if let ir::Outcome::Several(_) = operation.outcome()
            && let Some(scope) = requests.get_mut(&operation.tag)
        {
            let wish = format!("{}Response", names.request.word());
            names.response = Some(scope.claim(&wish, Kind::Type, "Response"));
        }
    }
    names
}

fn name_parameters(operation: &ir::Operation, cases: &Cases) -> Vec<RustIdent> {
    let mut reserved = RESERVED_SETTERS.to_vec();
    reserved.extend(operation.body.is_some().then_some("body"));
    let mut scope = Scope::with(&reserved);
    operation
        .parameters
        .iter()
        .map(|parameter| {
            let mut word = cases.snake(&spell(parameter.wire.as_str()));
            // Two parameters may share a name if they go to different places.
            if scope.has(&word) {
                let place = match parameter.location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                word = format!("{word}_{place}");
            }
            scope.claim(&word, Kind::Value, "parameter")
        })
        .collect()
}
