//! What a run does at the moment, for whoever waits for it: takes the name of each phase as it begins, shows it when it lasts.
//!
//! On a terminal that is a line with a spinner, a second after the run began, which goes before anything else is printed. Elsewhere it
//! is a line on standard error for each phase that lasts longer than a second. The spinner hides nothing and changes no setting of the
//! terminal, so a run that is broken off, by Ctrl-C for one, leaves nothing to be put right.

use super::say;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long nobody minds to wait.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the spinner turns.
const TURN: Duration = Duration::from_millis(100);

/// A run that is watched until this goes.
pub(super) struct Progress {
    watch: Option<(Sender<String>, JoinHandle<()>)>,
}

impl Progress {
    /// Watches a run, unless it is to be quiet.
    pub(super) fn new() -> Self {
        if say::is_quiet() {
            return Self::silent();
        }
        let (sender, receiver) = mpsc::channel();
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let spins = io::stderr().is_terminal() && !is_dumb;
        let watch = thread::Builder::new()
            .name("progress".to_owned())
            .spawn(move || {
                if spins {
                    spin(&receiver);
                } else {
                    print(&receiver);
                }
            });
        // A system that has no thread left has worse to tell.
        Self {
            watch: watch.ok().map(|thread| (sender, thread)),
        }
    }

    /// Says nothing.
    pub(super) const fn silent() -> Self {
        Self { watch: None }
    }

    /// A phase begins.
    pub(super) fn phase(&self, doing: impl Into<String>) {
        if let Some((sender, _)) = &self.watch {
            // It fails only when the other thread has gone, and then there is nobody to tell.
            let _ = sender.send(doing.into());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.watch.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

/// Shows the phase beside a spinner, once the run has lasted.
fn spin(phases: &Receiver<String>) {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    let shown_at = Instant::now() + PATIENCE;
    loop {
        let wait = shown_at.saturating_duration_since(Instant::now());
        let next = if bar.is_hidden() {
            phases.recv_timeout(wait)
        } else {
            phases.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(doing) => bar.set_message(doing),
            Err(RecvTimeoutError::Timeout) => {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(TURN);
                if bar.is_hidden() {
                    // There is no terminal after all.
                    return;
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                bar.finish_and_clear();
                return;
            }
        }
    }
}

/// Prints a line for each phase that lasts.
fn print(phases: &Receiver<String>) {
    let mut lasting: Option<String> = None;
    loop {
        let next = match lasting {
            Some(_) => phases.recv_timeout(PATIENCE),
            None => phases.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(doing) => lasting = Some(doing),
            Err(RecvTimeoutError::Timeout) => {
                if let Some(doing) = lasting.take() {
                    say::err_line(format_args!("{doing} …"));
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
