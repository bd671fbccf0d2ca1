//! How an API pages its lists: what the generator emits once for each style that `target.toml` tells.

use super::search_after::SearchAfter;

/// How an API goes on from one page of a list to the next.
///
/// ```
/// use sdk_runtime::{Paging, Place};
///
/// /// Records are skipped and counted.
/// static RECORDS: Paging = Paging::offset("offset")
///     .limit("limit")
///     .total(Place::Header("X-Total-Count"))
///     .counts_when("count");
///
/// /// Each page tells the cursor of the next.
/// static CURSOR: Paging = Paging::cursor("cursor", Place::Header("After-Cursor"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    pub(super) advance: Advance,
    /// The query parameter that says how many items a page may have.
    pub(super) limit: Option<&'static str>,
    /// Where a page tells how many items the list has.
    pub(super) total: Option<Place>,
    /// The query parameter that must be `true` for it to tell that.
    pub(super) count: Option<&'static str>,
    /// Where in the body the items are, as a JSON pointer (RFC 6901).
    pub(super) items: &'static str,
    /// The query parameters that only the first request may have.
    pub(super) first_only: &'static [&'static str],
}

/// What tells the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Advance {
    /// A query parameter says how many items to skip.
    Offset(&'static str),
    /// A query parameter says which page; the first is 1.
    Page {
        parameter: &'static str,
        /// Where a page tells how many pages there are.
        pages: Option<Place>,
    },
    /// A query parameter takes what the page before told.
    Cursor {
        parameter: &'static str,
        next: Place,
    },
    /// The page before told the URL.
    Link(Place),
    /// A member of the body takes the sort fields' values of the last item.
    After(SearchAfter),
}

/// Where a page tells something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this response header. A link in it may have the form of `Link` (RFC 8288).
    Header(&'static str),
    /// In the body, at this JSON pointer (RFC 6901).
    Body(&'static str),
}

impl Paging {
    const fn new(advance: Advance) -> Self {
        Self {
            advance,
            limit: None,
            total: None,
            count: None,
            items: "",
            first_only: &[],
        }
    }

    /// By the number of items to skip, in this query parameter.
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Advance::Offset(parameter))
    }

    /// By the number of the page, from 1 on, in this query parameter; `pages` is where a page tells how many there are.
    pub const fn page(parameter: &'static str, pages: Option<Place>) -> Self {
        Self::new(Advance::Page { parameter, pages })
    }

    /// By a cursor that each page tells, in this query parameter. There is none after the last page.
    pub const fn cursor(parameter: &'static str, next: Place) -> Self {
        Self::new(Advance::Cursor { parameter, next })
    }

    /// By the URL of the next page, absolute or relative, which each page tells. One of another origin is refused.
    pub const fn link(next: Place) -> Self {
        Self::new(Advance::Link(next))
    }

    /// By the values that the last item has in the fields that the list is sorted by: the member of the body that takes
    /// these values, and the one that names the fields, which may have a sign in front. `unique` is a field by which no
    /// two items are the same: it is added where the caller does not sort by it, since items could otherwise be left out.
    pub const fn search_after(
        after: &'static str,
        sort: &'static str,
        unique: &'static str,
    ) -> Self {
        Self::new(Advance::After(SearchAfter {
            after,
            sort,
            unique,
        }))
    }

    /// The query parameter that says how many items a page may have.
    #[must_use]
    pub const fn limit(self, parameter: &'static str) -> Self {
        Self {
            limit: Some(parameter),
            ..self
        }
    }

    /// Where a page tells how many items the list has in all.
    #[must_use]
    pub const fn total(self, place: Place) -> Self {
        Self {
            total: Some(place),
            ..self
        }
    }

    /// The query parameter that must be `true` for a page to tell the total.
    #[must_use]
    pub const fn counts_when(self, parameter: &'static str) -> Self {
        Self {
            count: Some(parameter),
            ..self
        }
    }

    /// Where in the body the items are, as a JSON pointer; the body itself is the list unless told.
    #[must_use]
    pub const fn items(self, pointer: &'static str) -> Self {
        Self {
            items: pointer,
            ..self
        }
    }

    /// The query parameters that only the request for the first page may have: the cursor stands for them.
    #[must_use]
    pub const fn first_only(self, parameters: &'static [&'static str]) -> Self {
        Self {
            first_only: parameters,
            ..self
        }
    }
}
