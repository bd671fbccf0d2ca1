//! Documents that were made to hurt, through the whole generator: each ends in inert output that compiles, or in a diagnostic.

mod common;

#[path = "hostile/compiled.rs"]
mod compiled;
#[path = "hostile/documents.rs"]
mod documents;
#[path = "hostile/emitted.rs"]
mod emitted;
#[path = "hostile/every_place.rs"]
mod every_place;
#[path = "hostile/harmless.rs"]
mod harmless;
#[path = "hostile/judged.rs"]
mod judged;
#[path = "hostile/limits.rs"]
mod limits;
#[path = "hostile/names.rs"]
mod names;
#[path = "hostile/output.rs"]
mod output;
#[path = "hostile/payloads.rs"]
mod payloads;
#[path = "hostile/places.rs"]
mod places;
#[path = "hostile/settings.rs"]
mod settings;
#[path = "hostile/shape.rs"]
mod shape;
#[path = "hostile/whole.rs"]
mod whole;
