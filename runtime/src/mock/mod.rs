//! For tests of code that calls an API, and for trying things out: a server on loopback that plays the whole API from its document
//! (feature `mock`).
//!
//! An emitted crate has a description of its API beside its code: [`Api`] reads it, [`Builder`] configures a server, [`Mock`] is the
//! running one. It checks each request against the description first: a request that the document does not allow is refused with 400,
//! and one with missing or unknown credentials with 401. [`Mock::refused`] lists both. The answer to an allowed request is the first
//! that there is of these: what a test set for the operation ([`Mock::on`]), what was created before ([`Builder::stateful`]), and an
//! example: the document's if that matches its schema, otherwise one made up from the schema.
//!
//! | module | job |
//! |---|---|
//! | `api`, `description` | the description of an API, read once |
//! | `route` | the path of a request to the operation that it is for |
//! | `schema`, `flat`, `made`, `pattern` | schemas to validators, to the members that a value has, and to values |
//! | `check`, `parameters`, `body`, `security` | a request against its operation |
//! | `tokens` | the token endpoint |
//! | `state`, `lists`, `change` | what was created, read, changed and deleted |
//! | `hostile` | answers that no test of one's own thinks of |
//! | `player`, `find`, `answers`, `pages` | a request to its answer |
//! | `builder`, `server`, `on`, `call`, `listen`, `reply` | what callers see, and the sockets behind it |
//! | `faults` | the server held against its own description |
//! | `serve` | the server as a program |
//!
//! A request may have parameters that the document does not name, of formats only dates, UUIDs and the ranges of `int32` and `int64`
//! are checked, and a value that keeps several members of a `oneOf` is taken: real servers do the same, and documents rarely mean
//! otherwise.

mod answers;
mod api;
mod body;
mod builder;
mod call;
mod change;
mod check;
mod description;
mod faults;
mod find;
mod flat;
mod hostile;
mod listen;
mod lists;
mod made;
mod multipart;
mod on;
mod pages;
mod parameters;
mod pattern;
mod player;
mod reply;
mod route;
mod schema;
mod security;
mod serve;
mod server;
mod state;
mod tokens;

pub use api::Api;
pub use builder::Builder;
pub use call::Call;
pub use check::Refused;
pub use hostile::Hostile;
pub use on::On;
pub use serve::{ServeError, serve};
pub use server::Mock;

pub use crate::testing::Answer;
