//! Macros that emitted crates call, so that what every emitted type needs is written once. They
//! expand to thin forwarding code; the work is done by functions of this crate.
//!
//! | module | job |
//! |---|---|
//! | `request` | the type of a crate's requests, with the calls that all of them have |
//! | `operations` | which operations there are, which are paged, and which start a job |
//! | `models` | enums of texts, and of the bodies of several answers |
//! | `scopes` | what each operation asks of a token |

mod models;
mod operations;
mod request;
mod scopes;
