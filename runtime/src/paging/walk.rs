//! Going from page to page: takes the request as the caller made it and each page that comes, gives the request for the next one,
//! or the end. It knows no operation's types, so that it is compiled once.

use serde_json::Value;

use super::place::count;
use super::position::At;
use super::search_after::SearchAfter;
use super::style::{Advance, Paging};
use crate::decode::Received;
use crate::error::{OperationName, PagingError, PagingFault};
use crate::request_builder::RequestBuilder;

/// The way through a list.
pub(super) struct Walk {
    request: RequestBuilder,
    paging: &'static Paging,
    /// How many items a page has at least unless it is the last: as many as are asked for, where that is no more than the document
    /// allows. A server gives its own most to whoever asks for more.
    full: Option<u64>,
    /// How many items the longest page had that came.
    longest: u64,
    /// The page that is asked for next, or that was asked for last.
    pub(super) at: At,
    /// A place that was passed; to come to it again means to go round in a circle.
    passed: At,
    /// How many pages came, and how many until the next place to remember: these places are ever farther apart, so that a circle
    /// of any length is found while one place is remembered (R. P. Brent's algorithm, 1980).
    pages: u64,
    remember_at: u64,
}

impl Walk {
    pub(super) fn new(
        mut request: RequestBuilder,
        paging: &'static Paging,
        page_size: Option<u32>,
        at: At,
    ) -> Self {
        let page_size = page_size.map(u64::from);
        let mut full = None;
        if let Some(limit) = paging.limit {
            full = page_size;
            match (request.query_value(limit), page_size) {
                (Some(asked), _) => {
                    let asked: Option<u64> = asked.parse().ok();
                    full = asked.filter(|asked| page_size.is_some_and(|most| *asked <= most));
                }
                (None, Some(page_size)) => request = request.query(limit, &page_size),
                (None, None) => {}
            }
        }
        if let Some(name) = paging.count
            && request.query_value(name).is_none()
        {
            request = request.query(name, &true);
        }
        Self {
            request,
            paging,
            full,
            longest: 0,
            passed: at.clone(),
            at,
            pages: 0,
            remember_at: 1,
        }
    }

    pub(super) fn operation(&self) -> &OperationName {
        self.request.operation()
    }

    /// The request for the page that comes next; none at the end.
    pub(super) fn request(&self) -> Result<Option<RequestBuilder>, PagingError> {
        let mut request = self.request.clone();
        if !matches!(self.at, At::Start | At::Link(_)) {
            for name in self.paging.first_only {
                request = request.query(name, &Value::Null);
            }
        }
        let request = match (self.paging.advance, &self.at) {
            (_, At::End) => return Ok(None),
            (Advance::After(search), At::Start) => self.search(request, search, None)?,
            (Advance::After(search), At::After(values)) => {
                self.search(request, search, Some(values))?
            }
            (_, At::Start) => request,
            (Advance::Offset(name), At::Offset(offset)) => request.query(name, offset),
            (Advance::Page { parameter, .. }, At::Page(page)) => request.query(parameter, page),
            (Advance::Cursor { parameter, .. }, At::Cursor(cursor)) => {
                request.query(parameter, cursor)
            }
            (Advance::Link(_), At::Link(link)) => request.at_url(link),
            _ => return Err(self.fault(PagingFault::ForeignPosition)),
        };
        Ok(Some(request))
    }

    /// Goes on behind a page, of which this many items could be read and which tells this total.
    pub(super) fn pass(
        &mut self,
        received: &Received,
        read: usize,
        all_read: bool,
        total: Option<u64>,
    ) -> Result<(), PagingError> {
        let items = match all_read {
            true => read,
            false => count(received, self.paging.items).unwrap_or(read),
        };
        let items = u64::try_from(items).unwrap_or(u64::MAX);
        self.longest = self.longest.max(items);
        let next = self.next(received, items, total);
        let next = next.map_err(|fault| self.fault(fault));
        // A page without a next one that can be had is the last; so the list ends after an error, too.
        let before = std::mem::replace(&mut self.at, At::End);
        let next = next?;
        if next != At::End && (next == before || next == self.passed) {
            return Err(self.fault(PagingFault::Circle));
        }
        self.pages += 1;
        if self.pages == self.remember_at {
            self.remember_at *= 2;
            self.passed = next.clone();
        }
        self.at = next;
        Ok(())
    }

    /// The place behind a page of this many items.
    fn next(&self, received: &Received, items: u64, total: Option<u64>) -> Result<At, PagingFault> {
        Ok(match self.paging.advance {
            Advance::Offset(name) => {
                let offset = match self.at {
                    At::Offset(offset) => offset,
                    _ => self.caller_number(name).unwrap_or(0),
                };
                let next = offset.saturating_add(items);
                match items == 0 || self.is_last(total.map(|total| next >= total), items) {
                    true => At::End,
                    false => At::Offset(next),
                }
            }
            Advance::Page { parameter, pages } => {
                let page = match self.at {
                    At::Page(page) => page,
                    _ => self.caller_number(parameter).unwrap_or(1),
                };
                let told = pages.and_then(|place| place.number(received));
                let told = told.map(|pages| page >= pages);
                // Pages of a list are all as long as the longest, whatever was asked for.
                let by_total = || Some(page.saturating_mul(self.longest) >= total?);
                match items == 0 || self.is_last(told.or_else(by_total), items) {
                    true => At::End,
                    false => At::Page(page.saturating_add(1)),
                }
            }
            Advance::Cursor { next, .. } => next.text(received).map_or(At::End, At::Cursor),
            Advance::Link(next) => next.link(received).map_or(At::End, At::Link),
            // A search engine may give fewer than are asked for, and an empty page costs it nothing.
            Advance::After(_) if items == 0 => At::End,
            Advance::After(search) => {
                let page = received.tree();
                let items = page.pointer(self.paging.items).and_then(Value::as_array);
                let last = items.and_then(|items| items.last());
                At::After(search.values_of(self.request.body_bytes(), last)?)
            }
        })
    }

    /// Whether a page is the last: by what it tells, or else by having fewer items than a full one.
    fn is_last(&self, told: Option<bool>, items: u64) -> bool {
        told.unwrap_or_else(|| self.full.is_some_and(|full| items < full))
    }

    /// How many items the list has in all, where the page tells it.
    pub(super) fn total(&self, received: &Received) -> Option<u64> {
        self.paging.total.and_then(|place| place.number(received))
    }

    /// A number that the caller's own request starts with.
    fn caller_number(&self, name: &str) -> Option<u64> {
        self.request.query_value(name)?.parse().ok()
    }

    /// The request with a body that asks for what comes after these values.
    fn search(
        &self,
        request: RequestBuilder,
        search: SearchAfter,
        values: Option<&[Value]>,
    ) -> Result<RequestBuilder, PagingError> {
        let body = search.body(request.body_bytes(), values);
        Ok(request.json(&body.map_err(|fault| self.fault(fault))?))
    }

    fn fault(&self, fault: PagingFault) -> PagingError {
        PagingError::new(self.request.operation().clone(), fault)
    }
}
