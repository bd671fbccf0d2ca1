//! Lists that come in pages: takes a request for the first page and how its API goes on from one to the next, gives the pages, or
//! their items one by one.
//!
//! | module | job |
//! |---|---|
//! | `style` | how an API pages, told once for all its operations |
//! | `position` | a place in a list, to be stored and gone on from |
//! | `walk` | from a page that came to the request for the next, or to the end |
//! | `search_after` | the body of a search that goes on behind an item |
//! | `place` | numbers, cursors and links in a page's headers and body |
//! | `pages`, `items` | the pages and the items, as streams |
//!
//! Only `pages` and `items` know the type of the items; the rest is compiled once.

mod items;
mod pages;
mod place;
mod position;
mod search_after;
mod style;
mod walk;

pub use items::Items;
pub use pages::{Page, Pages};
pub use position::Position;
pub use style::{Paging, Place};

use crate::Nullable;
use crate::request::Operation;

/// An operation that answers with a page of a list. The macro [`paged!`](crate::paged) says so of one.
pub trait Paged: Operation {
    /// What the list is of.
    type Item: Send + 'static;
    /// How its API goes on to the next page.
    const PAGING: &'static Paging;
    /// How many items to ask for in a page unless the caller says: the most that the operation gives.
    const PAGE_SIZE: Option<u32> = None;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// The member of an answer that holds a page's items; one that is missing holds none.
#[doc(hidden)]
pub trait IntoItems<T> {
    fn into_items(self) -> Vec<T>;
}

impl<T> IntoItems<T> for Vec<T> {
    fn into_items(self) -> Vec<T> {
        self
    }
}

impl<T> IntoItems<T> for Option<Vec<T>> {
    fn into_items(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

impl<T> IntoItems<T> for Nullable<Vec<T>> {
    fn into_items(self) -> Vec<T> {
        self.into_option().unwrap_or_default()
    }
}
