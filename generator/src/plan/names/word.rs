//! A name on its way from the document to an identifier, which remembers the steps that changed it.

use crate::plan::reason::{NameReasons, NameStep};

/// A word that is to become an identifier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    text: String,
    reasons: NameReasons,
}

impl Word {
    /// A name that `target.toml` gives.
    pub(super) fn setting(name: &str) -> Self {
        Self::from(name).because(NameStep::Setting)
    }

    /// The same word, for this reason too.
    pub(super) fn because(self, step: NameStep) -> Self {
        Self {
            reasons: self.reasons.with(step),
            ..self
        }
    }

    /// What `step` makes of it; a step that changes nothing is no reason.
    pub(super) fn change(self, step: NameStep, change: impl FnOnce(&str) -> String) -> Self {
        let text = change(&self.text);
        match text == self.text {
            true => self,
            false => Self { text, ..self }.because(step),
        }
    }

    /// The word as it is now.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The word, and why it is what it is.
    pub(super) fn into_parts(self) -> (String, NameReasons) {
        (self.text, self.reasons)
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            reasons: NameReasons::default(),
        }
    }
}

impl From<&String> for Word {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}
