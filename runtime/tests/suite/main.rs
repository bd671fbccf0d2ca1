//! The runtime against real sockets on loopback, through its public surface alone.

mod answers;
mod bodies;
mod config;
mod credentials;
mod elsewhere;
mod exchange;
mod faults;
mod links;
mod media_types;
mod missing;
mod optional;
mod patch;
mod reading;
mod requests;
mod schemes;
mod secrecy;
mod server;
mod streams;
mod styles;
mod token_failures;
mod tokens;
mod types;
mod unions;
