//! A place in a list, for whoever wants to go on from there later.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A place in a list that comes in pages: how far [`Items`](crate::Items) and [`Pages`](crate::Pages) have come. You can store it with
/// serde and continue from it in another process, with the same request and `stream_from`.
///
/// The list may change in the meantime: if the server counts items from the start, the items move when some are removed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub(super) at: At,
    /// How many items of that page were taken.
    #[serde(default)]
    pub(super) taken: usize,
}

/// Which page.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum At {
    /// The first one, as the request has it.
    Start,
    /// After this many items.
    Offset(u64),
    /// The page of this number.
    Page(u64),
    /// The page of this cursor.
    Cursor(String),
    /// The page at this URL.
    Link(String),
    /// The items whose sort fields come after these values.
    After(Vec<Value>),
    /// Nothing is left.
    End,
}

impl Position {
    /// The start of a list.
    pub const START: Self = Self::page(At::Start);

    pub(super) const fn page(at: At) -> Self {
        Self { at, taken: 0 }
    }

    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    /// Whether nothing is left of the list.
    pub fn is_end(&self) -> bool {
        self.at == At::End
    }
}

impl Default for Position {
    fn default() -> Self {
        Self::START
    }
}

/// Shows no cursor, link or value: they may hold what does not belong in a log.
impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            At::Start => f.write_str("Position(start")?,
            At::Offset(offset) => write!(f, "Position(offset {offset}")?,
            At::Page(page) => write!(f, "Position(page {page}")?,
            At::Cursor(_) => f.write_str("Position(cursor …")?,
            At::Link(_) => f.write_str("Position(link …")?,
            At::After(_) => f.write_str("Position(after …")?,
            At::End => f.write_str("Position(end")?,
        }
        match self.taken {
            0 => f.write_str(")"),
            taken => write!(f, ", {taken} items on)"),
        }
    }
}
