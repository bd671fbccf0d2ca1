//! How the parts of a message are set off on a terminal: takes nothing but the wish for colours, gives the styles that a renderer writes.
//!
//! A plain style writes nothing, so that one renderer makes both texts. The colours are those that rustc and Cargo made known.

use super::Severity;
use anstyle::{AnsiColor, Color, Style};

/// The styles of the parts of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styles {
    /// What is wrong, and the label of a remark.
    pub strong: Style,
    /// A path with its line and column.
    pub path: Style,
    /// What frames a line of the document.
    pub frame: Style,
    error: Style,
    warning: Style,
    note: Style,
}

impl Styles {
    /// No style at all.
    pub const PLAIN: Self = Self {
        strong: Style::new(),
        path: Style::new(),
        frame: Style::new(),
        error: Style::new(),
        warning: Style::new(),
        note: Style::new(),
    };

    /// For a terminal.
    pub const COLOURED: Self = Self {
        strong: Style::new().bold(),
        path: coloured(AnsiColor::Cyan),
        frame: coloured(AnsiColor::BrightBlue).bold(),
        error: coloured(AnsiColor::BrightRed).bold(),
        warning: coloured(AnsiColor::BrightYellow).bold(),
        note: coloured(AnsiColor::BrightGreen).bold(),
    };

    /// The style of a severity, its code and its mark.
    pub const fn of(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}

const fn coloured(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(color)))
}
