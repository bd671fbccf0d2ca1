//! Code: takes any text, gives a code span or a fenced block that holds exactly it.
//!
//! A fence or a run of backticks must be longer than any run inside, or the text would end its own code early and
//! the rest of it would be read as markdown. The fence always says `text`: rustdoc compiles and runs every code
//! block that names no other language, so that a description could otherwise run code on the consumer's machine.

use super::escape::{Place, escape};

/// The info string of every fenced block that leaves this module.
pub(super) const INFO: &str = "text";

/// The length of the longest run of backticks in `text`.
fn longest_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for ch in text.chars() {
        run = if ch == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// A fenced block, without a final newline.
pub(super) fn fence(content: &str) -> String {
    let marks = "`".repeat((longest_run(content) + 1).max(3));
    let mut block = format!("{marks}{INFO}\n");
    for line in content.trim_end().lines() {
        block.push_str(line.trim_end());
        block.push('\n');
    }
    block.push_str(&marks);
    block
}

/// A code span for text that is clean and on one line.
///
/// In a table cell GFM splits the row before it looks for code, so that a pipe needs a backslash even in a span,
/// and a backslash that stands before a pipe cannot be written in one; such text comes out as escaped text.
pub(super) fn span(text: &str, cell: bool) -> String {
    if cell && text.contains("\\|") {
        let mut out = String::new();
        escape(
            text,
            Place {
                line_start: true,
                cell,
                page: true,
            },
            &mut out,
        );
        return out;
    }
    if text.trim_matches(' ').is_empty() {
        return "` `".to_owned();
    }
    let marks = "`".repeat(longest_run(text) + 1);
    let touches_marks = text.starts_with('`') || text.ends_with('`');
    // CommonMark takes one space from each side when both have one, so that one more keeps them.
    let is_stripped = text.starts_with(' ') && text.ends_with(' ');
    let pad = if touches_marks || is_stripped {
        " "
    } else {
        ""
    };
    let text = if cell {
        text.replace('|', "\\|")
    } else {
        text.to_owned()
    };
    format!("{marks}{pad}{text}{pad}{marks}")
}
