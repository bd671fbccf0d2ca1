//! The load phase as the rest of the generator meets it: files in a folder go in, one tree and diagnostics come out.

#[path = "load/hostile.rs"]
mod hostile;
#[path = "load/lost.rs"]
mod lost;
#[path = "load/places.rs"]
mod places;
#[path = "load/references.rs"]
mod references;
#[path = "load/rendering.rs"]
mod rendering;
#[path = "load/sandbox.rs"]
mod sandbox;
#[path = "load/support.rs"]
mod support;
#[path = "load/text.rs"]
mod text;
