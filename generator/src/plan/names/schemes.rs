//! Takes the names of security schemes, gives those of the constants that stand for them.

use super::case::Cases;
use super::ident::{NameKind, RustIdent, Scope, valid};
use super::spell::spell;
use crate::target::Target;

/// Names constants, in this order.
pub(in crate::plan) fn name_schemes(schemes: &[&str], target: &Target) -> Vec<RustIdent> {
    let cases = Cases::new(&target.names.acronyms);
    let mut scope = Scope::default();
    let names = schemes.iter().map(|name| {
        // Capitals come last, since what makes a word valid may put a small letter before it.
        let word = valid(&cases.snake(&spell(name)), NameKind::Value, "scheme").to_uppercase();
        scope.claim(&word, NameKind::Value, "SCHEME")
    });
    names.collect()
}
