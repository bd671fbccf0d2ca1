//! Takes a Rust type of the plan, gives its text as it is written at a place of the crate. It stands below pages and the plan's JSON, which
//! both print types.

use super::Plan;
use super::rust::{ErrorType, RustType};

/// Where a type is written, which decides how models and types of the runtime are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypePlace {
    /// Beside the other models: `MfaMethod`.
    Models,
    /// Elsewhere in the crate, where `models` is imported: `models::MfaMethod`.
    Crate,
    /// Where nothing is imported: `crate::models::MfaMethod`.
    Anywhere,
}

/// A type as it is written at a place.
pub(crate) fn type_text(plan: &Plan, ty: &RustType, place: TypePlace) -> String {
    let text = |inner: &RustType| type_text(plan, inner, place);
    let of = |name: &str, inner: &RustType| format!("{}<{}>", runtime(name, place), text(inner));
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Str => "str".to_owned(),
        RustType::Primitive(name) => (*name).to_owned(),
        RustType::Bytes => "Vec<u8>".to_owned(),
        RustType::Runtime(name) => runtime(name, place),
        RustType::Model(id) => {
            let ident = &plan.ty(*id).ident;
            match place {
                TypePlace::Models => ident.to_string(),
                TypePlace::Crate => format!("models::{ident}"),
                TypePlace::Anywhere => format!("crate::models::{ident}"),
            }
        }
        RustType::Local(ident) => ident.clone(),
        RustType::Vec(inner) => format!("Vec<{}>", text(inner)),
        RustType::Slice(inner) => format!("[{}]", text(inner)),
        RustType::Tuple(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("{},", text(item)))
                .collect();
            format!("({})", items.join(" "))
        }
        RustType::Map(inner) => match place {
            TypePlace::Models => format!("BTreeMap<String, {}>", text(inner)),
            TypePlace::Crate | TypePlace::Anywhere => {
                format!("std::collections::BTreeMap<String, {}>", text(inner))
            }
        },
        RustType::Option(inner) => format!("Option<{}>", text(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", text(inner)),
        RustType::Secret(inner) => of("Secret", inner),
        RustType::Nullable(inner) => of("Nullable", inner),
        RustType::Ref(inner) => format!("&{}", text(inner)),
        RustType::Expression(name, of) => format!("{}<{of}>", runtime(name, place)),
        RustType::Into(inner) => format!("impl Into<{}>", text(inner)),
    }
}

fn runtime(name: &str, place: TypePlace) -> String {
    match place {
        TypePlace::Models => name.to_owned(),
        TypePlace::Crate | TypePlace::Anywhere => format!("sdk_runtime::{name}"),
    }
}

/// The type of an operation's refusals, in the operation's file.
pub(crate) fn error_text(plan: &Plan, ty: ErrorType) -> String {
    match ty {
        ErrorType::Shared => "ErrorBody".to_owned(),
        // By its module, since an operation may be called so that its request has the same name.
        ErrorType::Own(id) => format!("error::{}", plan.api[id].ident),
    }
}
