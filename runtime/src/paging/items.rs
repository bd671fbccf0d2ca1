//! The items of a list, one by one: takes its pages, gives their items, and the place of each, so that whoever stops can go on.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::pages::Pages;
use super::position::Position;
#[cfg(feature = "blocking")]
use crate::error::OperationName;
use crate::error::{Error, ErrorBody, PagingError, PagingFault};
use crate::reading::Deviation;

/// The items of a list that comes in pages: a [`Stream`], which [`try_next`](Self::try_next) reads without a further crate. A page is
/// asked for when the items of the page before are taken.
///
/// It ends after the last item, and after an error, unless the error is about items that do not decode: after such an error, the
/// next calls give the readable items of that page, and then those of the pages after it. A [lossy](crate::Request::lossy)
/// request leaves such items out without an error, and [`deviations`](Self::deviations) tells of them.
pub struct Items<T, E> {
    pages: Pages<T, E>,
    /// The page that the items come from.
    page: Position,
    items: vec::IntoIter<T>,
    deviations: Vec<Deviation>,
    /// How many items to pass over: they were taken before.
    skip: usize,
}

// No item is ever pinned.
impl<T, E> Unpin for Items<T, E> {}

impl<T, E> Items<T, E> {
    pub(crate) fn new(pages: Pages<T, E>, taken: usize) -> Self {
        Self {
            page: pages.position(),
            pages,
            items: Vec::new().into_iter(),
            deviations: Vec::new(),
            skip: taken,
        }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &OperationName {
        self.pages.operation()
    }

    /// Where the list goes on behind the items that were taken so far.
    pub fn position(&self) -> Position {
        match self.items.len() {
            // Nothing of a page is at hand: what was taken is that of all pages before.
            0 => Position {
                taken: self.skip,
                ..self.pages.position()
            },
            _ => self.page.clone(),
        }
    }

    /// Where the page that the last item came from was not as documented, and what was left out of it.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }
}

impl<T, E: ErrorBody> Items<T, E> {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// As for [`Request::send`](crate::Request::send), and when the list cannot be gone through.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// All items that are left, when they are no more than this many.
    ///
    /// # Errors
    /// As for [`try_next`](Self::try_next), and when there are more.
    pub async fn collect_all(mut self, at_most: usize) -> Result<Vec<T>, Error<E>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            if items.len() == at_most {
                let operation = self.pages.operation().clone();
                return Err(PagingError::new(operation, PagingFault::TooMany(at_most)).into());
            }
            items.push(item);
        }
        Ok(items)
    }
}

impl<T, E: ErrorBody> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                self.page.taken += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let at = self.pages.position();
            let (page, problem) = match ready!(self.pages.poll_arrival(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(arrival)) => arrival,
            };
            self.deviations = page.deviations().to_vec();
            let mut items = page.into_items().into_iter();
            // A server may give a shorter page this time; then the next one begins with what was taken, too.
            let taken = self.skip.min(items.len());
            self.skip -= taken;
            items.by_ref().take(taken).for_each(drop);
            self.page = Position { taken, ..at };
            self.items = items;
            if let Some(error) = problem {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

/// Names the operation and the place alone.
impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Items({}, {:?})",
            self.pages.operation(),
            self.position()
        )
    }
}
