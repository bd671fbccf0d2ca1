//! Which operation a request is for: by its path, and among those of one path by what they take.

use super::api::{Loaded, Operation};
use super::call::Call;
use super::check;
use super::player::Player;
use super::route::Route;

impl Player {
    /// The operation that a request is for; the path that is sent may have the service's base path before it, which is taken off.
    pub(super) fn find(&self, call: &mut Call) -> Option<usize> {
        let loaded = self.loaded();
        let below = below(self.api.service.base_path, &call.path).map(str::to_owned);
        for path in [Some(call.path.clone()), below].into_iter().flatten() {
            let mut found = loaded.find(&call.method, &path, &call.query);
            let mut first = |takes: fn(&Loaded, &Operation, &Call) -> bool| {
                found.iter().position(|(place, values)| {
                    call.parameters = values.clone();
                    let operation = loaded.operations.get(*place);
                    operation.is_some_and(|operation| takes(loaded, operation, call))
                })
            };
            // With one alone there is nothing to choose, and what is wrong with its request is to be told.
            let chosen = match found.len() {
                0 | 1 => 0,
                _ => first(check::takes)
                    .or_else(|| first(check::takes_path))
                    .unwrap_or_default(),
            };
            if chosen < found.len() {
                let (place, values) = found.swap_remove(chosen);
                call.path = path;
                call.parameters = values;
                return Some(place);
            }
        }
        None
    }

    /// What is wrong with a request that is for no operation.
    pub(super) fn unknown(&self, call: &Call) -> (u16, String) {
        let path = below(self.api.service.base_path, &call.path).unwrap_or(&call.path);
        let methods = self.loaded().methods(path, &call.query);
        match methods.is_empty() {
            true => (
                404,
                "path: the document has no operation of this path".to_owned(),
            ),
            false => {
                let methods = methods.join(", ");
                (
                    405,
                    format!("method: the document has {methods} of this path"),
                )
            }
        }
    }
}

/// A path without the service's base path, where it begins with it; variables of the base path have any value.
fn below<'p>(base: &str, path: &'p str) -> Option<&'p str> {
    let count = base.matches('/').count();
    let mut slashes = path.match_indices('/').map(|(place, _)| place);
    let start = slashes.nth(count).filter(|_| count > 0)?;
    let (own, below) = path.split_at_checked(start)?;
    Route::parse(base).values(own, &[]).map(|_| below)
}
