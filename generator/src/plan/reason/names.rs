//! Why something is called what it is called in Rust: each step from the name in the document to the identifier.

use std::fmt;

/// A step by which a name of the document becomes an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameStep {
    /// `target.toml` gives the name.
    Setting,
    /// It has a title that is a type's name.
    Title,
    /// It stands within a type that has such a title, and has none itself.
    WithinTitle,
    /// The words come from where the item stands: it has no name of its own.
    Place,
    /// A name that is made of signs is written out in words.
    Spelled,
    /// Words are joined as Rust joins them in fields, methods, arguments and modules.
    SnakeCase,
    /// Words are joined as Rust joins them in types and variants.
    UpperCamelCase,
    /// What cannot stand in an identifier is left out, or something is put before it.
    Letters,
    /// The emitted code uses the word itself.
    Reserved,
    /// Two parameters of one name go to different places of the request.
    Location,
    /// Another item has the name.
    Taken,
    /// The word is a keyword.
    Keyword,
}

impl NameStep {
    /// The steps in the order in which they are taken.
    const ORDER: [Self; 12] = [
        Self::Setting,
        Self::Title,
        Self::WithinTitle,
        Self::Place,
        Self::Spelled,
        Self::SnakeCase,
        Self::UpperCamelCase,
        Self::Letters,
        Self::Reserved,
        Self::Location,
        Self::Taken,
        Self::Keyword,
    ];

    fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

impl fmt::Display for NameStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Setting => "target.toml gives it this name",
            Self::Title => "it is called by its `title`",
            Self::WithinTitle => {
                "it has no name of its own in the document, so the words are those of the type that it stands in, which is called by its `title`, and of its place there"
            }
            Self::Place => {
                "it has no name of its own in the document, so the words are those of the place where it stands"
            }
            Self::Spelled => "the document's name is made of signs, which are written out in words",
            Self::SnakeCase => {
                "Rust writes fields, methods, arguments and modules in snake_case"
            }
            Self::UpperCamelCase => "Rust writes types and variants in UpperCamelCase",
            Self::Letters => {
                "the document's name is not an identifier: signs are left out, and it cannot start with a digit"
            }
            Self::Reserved => "the emitted code uses the plain word itself",
            Self::Location => {
                "another parameter of the operation has the same name, so the place in the request is added"
            }
            Self::Taken => {
                "the plain name is taken, by another item or by the emitted code, so something is added"
            }
            Self::Keyword => "the word is a keyword of Rust, so it is written as a raw identifier",
        })
    }
}

/// All steps that led to a name; none where the identifier is what the document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameReasons(u16);

impl NameReasons {
    /// The steps with one more.
    #[must_use]
    pub fn with(self, step: NameStep) -> Self {
        Self(self.0 | step.bit())
    }

    /// The steps, in the order in which they were taken.
    pub fn steps(self) -> impl Iterator<Item = NameStep> {
        let steps = NameStep::ORDER.into_iter();
        steps.filter(move |step| self.0 & step.bit() != 0)
    }
}

impl fmt::Display for NameReasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        for step in self.steps() {
            if !std::mem::take(&mut is_first) {
                f.write_str("; ")?;
            }
            write!(f, "{step}")?;
        }
        match is_first {
            true => f.write_str("it is the document's own name"),
            false => Ok(()),
        }
    }
}
