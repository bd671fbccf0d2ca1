//! What a test says of one operation.

use std::collections::VecDeque;
use std::marker::PhantomData;

use serde::Serialize;

use super::answers;
use super::api::Operation as Known;
use super::hostile::Hostile;
use super::player::Player;
use super::reply::Reply;
use crate::request::Operation;
use crate::testing::Answer;

/// One operation of a server, for which a test sets the answers. A later setting replaces an earlier one.
#[must_use = "an operation answers as before until it is told something"]
pub struct On<'m, O> {
    player: &'m Player,
    place: usize,
    operation: PhantomData<fn() -> O>,
}

impl<'m, O: Operation> On<'m, O> {
    pub(super) fn new(player: &'m Player, place: usize) -> Self {
        Self {
            player,
            place,
            operation: PhantomData,
        }
    }

    /// Answers every call with this, as the operation's success: a value of the type that its request gives, or what becomes one, such
    /// as an array of a list's items.
    ///
    /// # Panics
    /// When the value cannot be written as JSON.
    pub fn returns(self, value: impl Into<O::Output>)
    where
        O::Output: Serialize,
    {
        let value = match serde_json::to_value(value.into()) {
            Ok(value) => value,
            Err(error) => panic!("the answer cannot be written as JSON: {error}"),
        };
        let reply = self.player.success(self.operation(), &value);
        self.answers([reply]);
    }

    /// Answers the first call with the first of these, and so on; the last one answers all calls that follow.
    ///
    /// ```text
    /// server.on::<ListPets>().returns_sequence([503.into(), 503.into(), Answer::json(200, &pets)]);
    /// ```
    pub fn returns_sequence(self, answers: impl IntoIterator<Item = impl Into<Answer>>) {
        let replies = answers
            .into_iter()
            .map(|answer| Reply::from(&answer.into()));
        self.answers(replies.collect::<VecDeque<_>>());
    }

    /// Refuses every call with this status, and the body that the document declares for it.
    ///
    /// # Panics
    /// When the status is that of a success.
    #[track_caller]
    pub fn refuses(self, status: u16) {
        assert!(
            status >= 300,
            "{status} refuses nothing; `returns` and `returns_sequence` say what a success holds"
        );
        let (service, loaded) = (self.player.api.service, self.player.loaded());
        let reply = answers::refusal(service, loaded, self.operation(), status);
        self.answers([reply]);
    }

    /// Causes this fault in every call, whatever the answer is.
    pub fn hostile(self, hostile: Hostile) {
        let mut inner = self.player.inner();
        inner.hostile.insert(Some(self.place), hostile);
        inner.counts.remove(&Some(self.place));
    }

    /// Answers by default again, as if nothing had been set.
    pub fn forget(self) {
        let mut inner = self.player.inner();
        inner.scripts.remove(&self.place);
        inner.hostile.remove(&Some(self.place));
    }

    fn answers(&self, replies: impl Into<VecDeque<Reply>>) {
        let mut inner = self.player.inner();
        inner.scripts.insert(self.place, replies.into());
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "the place is one that the same description gave"
    )]
    fn operation(&self) -> &'static Known {
        &self.player.loaded().operations[self.place]
    }
}
