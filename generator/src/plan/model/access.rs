//! What a caller must be allowed to do before an operation lets them in.

use crate::target::ScopeRule;

/// What an operation asks of whoever calls it, beside a valid credential.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The sets of scopes of the client's own scheme, of which one is enough; none where the token needs no scope.
    pub scopes: Vec<Vec<String>>,
    /// What a list of scopes means to it.
    pub rule: ScopeRule,
    /// What the extension of target.toml's `[docs.levels]` lists, as the document has it.
    pub levels: Vec<String>,
}
