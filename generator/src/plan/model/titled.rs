//! Titles that inline types are called by.

use super::TypeDef;

/// A title that an inline type is called by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titled {
    /// The title.
    pub title: String,
    /// The words of the place alone, for where the title turns out to be of several types.
    pub place: String,
    /// Whether the title is the type's own, or of a type that it stands in.
    pub is_own: bool,
}

impl TypeDef {
    /// The title of its own that it is called by.
    pub fn title(&self) -> Option<&str> {
        let titled = self.titled.as_ref().filter(|titled| titled.is_own);
        titled.map(|titled| titled.title.as_str())
    }
}
