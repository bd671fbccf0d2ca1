//! Types as text.

use crate::plan::Plan;
use crate::plan::rust::{ErrorType, RustType};

/// Where a type is written, which decides how models and types of the runtime are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Place {
    /// Beside the other models: `MfaMethod`.
    Models,
    /// Elsewhere in the crate, where `models` is imported: `models::MfaMethod`.
    Crate,
    /// Where nothing is imported: `crate::models::MfaMethod`.
    Errors,
}

/// A type as it is written at a place.
pub(in crate::pages) fn type_text(plan: &Plan, ty: &RustType, place: Place) -> String {
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
                Place::Models => ident.to_string(),
                Place::Crate => format!("models::{ident}"),
                Place::Errors => format!("crate::models::{ident}"),
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
            Place::Models => format!("BTreeMap<String, {}>", text(inner)),
            Place::Crate | Place::Errors => {
                format!("std::collections::BTreeMap<String, {}>", text(inner))
            }
        },
        RustType::Option(inner) => format!("Option<{}>", text(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", text(inner)),
        RustType::Secret(inner) => of("Secret", inner),
        RustType::Nullable(inner) => of("Nullable", inner),
        RustType::Ref(inner) => format!("&{}", text(inner)),
        RustType::Into(inner) => format!("impl Into<{}>", text(inner)),
    }
}

fn runtime(name: &str, place: Place) -> String {
    match place {
        Place::Models => name.to_owned(),
        Place::Crate | Place::Errors => format!("sdk_runtime::{name}"),
    }
}

/// The type of an operation's refusals, in the operation's file.
pub(in crate::pages) fn error_text(plan: &Plan, ty: ErrorType) -> String {
    match ty {
        ErrorType::Shared => "ErrorBody".to_owned(),
        // By its module, since an operation may be called so that its request has the same name.
        ErrorType::Own(id) => format!("error::{}", plan.api[id].ident),
    }
}
