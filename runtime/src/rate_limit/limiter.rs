//! Turns of requests: takes those who want to send, gives each a slot when the limit has room, first
//! come, first served. Shared by all clones of a client.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use tokio::sync::{self, Notify};
use tokio::time::{Instant, timeout_at};

use super::{RateLimit, told};
use crate::deadline::after;

/// Gives out slots.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: RateLimit,
    state: Mutex<State>,
    /// Held by the one whose turn it is. Those who wait for it stand in a queue, and whoever is dropped
    /// leaves it.
    turn: sync::Mutex<()>,
    /// Told when a slot is given back; only the one whose turn it is listens.
    given_back: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Slots of requests whose answers have not begun.
    in_flight: usize,
    /// When the slots of those that were answered are free again, the earliest first.
    free_at: VecDeque<Instant>,
    /// Until when the server asked all requests to wait.
    paused_until: Option<Instant>,
}

/// What there is for the one whose turn it is.
enum Room {
    Slot(Slot),
    /// None before this time.
    At(Instant),
    /// None before some answer begins.
    Unknown,
}

/// The right to send one request. Giving it back, also by dropping the call, starts the window in which
/// it stays taken.
#[derive(Debug)]
pub(crate) struct Slot {
    limiter: Arc<Limiter>,
    was_used: bool,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Arc<Self> {
        Arc::new(Self {
            limit,
            state: Mutex::default(),
            turn: sync::Mutex::new(()),
            given_back: Notify::new(),
        })
    }

    pub(crate) fn limit(&self) -> RateLimit {
        self.limit
    }

    /// Waits for a slot; `None` when there is none before this time. That is told at once where it is
    /// known.
    pub(crate) async fn slot(self: &Arc<Self>, deadline: Instant) -> Option<Slot> {
        if self.is_closed_until(deadline) {
            return None;
        }
        if let Some(slot) = self.slot_at_once() {
            return Some(slot);
        }
        // In a box, since it is large and mostly not needed: this is a part of every call.
        let slot = Box::pin(timeout_at(deadline, self.next_slot(deadline)));
        slot.await.ok().flatten()
    }

    /// Whether it is known that there is no slot before this time, whoever's turn it is.
    pub(crate) fn is_closed_until(&self, time: Instant) -> bool {
        let state = self.state();
        let is_later = |at: &Instant| *at > time;
        let is_full = state.in_flight + state.free_at.len() >= self.count();
        state.paused_until.as_ref().is_some_and(is_later)
            || is_full && state.free_at.front().is_some_and(is_later)
    }

    /// A slot that is there, where nobody waits for one.
    fn slot_at_once(self: &Arc<Self>) -> Option<Slot> {
        let _turn = self.turn.try_lock().ok()?;
        match self.room() {
            Room::Slot(slot) => Some(slot),
            Room::At(_) | Room::Unknown => None,
        }
    }

    async fn next_slot(self: &Arc<Self>, deadline: Instant) -> Option<Slot> {
        let _turn = self.turn.lock().await;
        loop {
            match self.room() {
                Room::Slot(slot) => return Some(slot),
                Room::At(time) if time > deadline => return None,
                // A slot that was not used may be given back before.
                Room::At(time) => drop(timeout_at(time, self.given_back.notified()).await),
                Room::Unknown => self.given_back.notified().await,
            }
        }
    }

    fn room(self: &Arc<Self>) -> Room {
        let mut state = self.state();
        let now = Instant::now();
        while state.free_at.front().is_some_and(|free| *free <= now) {
            state.free_at.pop_front();
        }
        state.paused_until = state.paused_until.filter(|until| *until > now);
        if let Some(until) = state.paused_until {
            return Room::At(until);
        }
        match state.free_at.front() {
            _ if state.in_flight + state.free_at.len() < self.count() => {
                state.in_flight += 1;
                Room::Slot(Slot {
                    limiter: Arc::clone(self),
                    was_used: true,
                })
            }
            Some(free) => Room::At(*free),
            None => Room::Unknown,
        }
    }

    /// Takes note of what an answer tells of the server's own limit: where it asks for a pause, all
    /// clones of the client keep it.
    pub(crate) fn learn(&self, status: StatusCode, headers: &HeaderMap) {
        if let Some(pause) = told::pause(status, headers) {
            self.pause(pause);
        }
    }

    fn pause(&self, pause: Duration) {
        let until = after(pause);
        let mut state = self.state();
        state.paused_until = state.paused_until.max(Some(until));
    }

    fn count(&self) -> usize {
        usize::try_from(self.limit.count()).unwrap_or(usize::MAX)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves no half-done change here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Gives the slot back at once: nothing was sent with it.
    pub(crate) fn give_back_unused(mut self) {
        self.was_used = false;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        state.in_flight = state.in_flight.saturating_sub(1);
        if self.was_used {
            state.free_at.push_back(after(self.limiter.limit.window()));
        }
        drop(state);
        self.limiter.given_back.notify_one();
    }
}
