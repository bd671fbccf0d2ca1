//! Sections of a TOML file with their comments: takes keys and values, gives text.

use crate::tokens::toml_string;
use std::fmt;

/// How long a line of a comment is.
const WIDTH: usize = 120;

/// A table of the file, or comments that belong to none.
pub(super) struct Section {
    title: Option<&'static str>,
    lines: Vec<String>,
    has_setting: bool,
}

impl Section {
    /// A table.
    pub(super) fn new(title: &'static str) -> Self {
        Self {
            title: Some(title),
            lines: Vec::new(),
            has_setting: false,
        }
    }

    /// Comments alone.
    pub(super) fn notes() -> Self {
        Self {
            title: None,
            lines: Vec::new(),
            has_setting: false,
        }
    }

    /// Adds a comment.
    pub(super) fn say(&mut self, text: &str) {
        let text = text.replace(|c: char| c.is_control(), " ");
        let options = textwrap::Options::new(WIDTH)
            .initial_indent("# ")
            .subsequent_indent("# ")
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        let lines = textwrap::wrap(&text, options);
        self.lines.extend(lines.into_iter().map(String::from));
    }

    /// Adds a setting that is in force.
    pub(super) fn set(&mut self, key: &str, value: String) {
        self.has_setting = true;
        self.lines.push(format!("{key} = {value}"));
    }

    /// Adds a setting that is commented out, and can be taken in as it is.
    pub(super) fn propose(&mut self, key: &str, value: String) {
        self.lines.push(format!("# {key} = {value}"));
    }

    /// Adds a setting that is commented out and shows its form; it is not meant to be taken in as it is.
    pub(super) fn example(&mut self, key: &str, value: String) {
        self.lines.push(format!("#     {key} = {value}"));
    }

    /// Whether there is nothing to say.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A table of which nothing is in force stands there all the same, so that a `#` is all that has to go.
        if let Some(title) = self.title {
            writeln!(f, "[{title}]")?;
        }
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A list of texts.
pub(super) fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| toml_string(item)).collect();
    format!("[{}]", items.join(", "))
}
