//! Doc comments: takes Rust text, gives it with a mark in the place of each comment, and puts the comments back into what was printed.
//!
//! A third of what is emitted is documentation. There is nothing to lay out in it, a comment cannot fail to parse, and yet `syn`
//! would take longer over it than over the code.

/// The comments of a text, line by line, by the numbers of their marks.
#[derive(Default)]
pub(super) struct Comments<'t>(Vec<Vec<&'t str>>);

/// What stands around the number of a mark: prose has a space behind the slashes.
const OPEN: &str = "///~";
const CLOSE: &str = "~";

impl<'t> Comments<'t> {
    /// Takes the comments out of a text.
    pub(super) fn set_aside(source: &'t str) -> (String, Self) {
        let mut text = String::with_capacity(source.len());
        let mut comments = Self::default();
        // The indent of the comment that the last line belongs to.
        let mut open: Option<&str> = None;
        for line in source.lines() {
            let comment = line.trim_start();
            let indent = line.get(..line.len() - comment.len()).unwrap_or_default();
            if !comment.starts_with("///") || comment.starts_with("////") {
                open = None;
                text.push_str(line);
                text.push('\n');
                continue;
            }
            if open != Some(indent) {
                text.push_str(&format!("{indent}{OPEN}{}{CLOSE}\n", comments.0.len()));
                comments.0.push(Vec::new());
                open = Some(indent);
            }
            if let Some(lines) = comments.0.last_mut() {
                lines.push(comment.trim_end());
            }
        }
        (text, comments)
    }

    /// Puts the comments in the place of their marks, each at the mark's indent.
    pub(super) fn put_back(&self, printed: &str) -> String {
        let mut text = String::with_capacity(printed.len() * 2);
        for line in printed.lines() {
            let mark = line.trim_start();
            let indent = line.get(..line.len() - mark.len()).unwrap_or_default();
            match self.behind(mark) {
                Some(comment) => comment
                    .iter()
                    .for_each(|line| text.extend([indent, line, "\n"])),
                None => text.extend([line, "\n"]),
            }
        }
        text
    }

    /// The comment that a mark stands for.
    fn behind(&self, mark: &str) -> Option<&[&'t str]> {
        let number = mark.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        Some(self.0.get(number.parse::<usize>().ok()?)?.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_come_back_where_they_stood() {
        let source = "/// One.\n///\n/// Two.\npub struct A {\n    /// Three.\n    pub b: u8,\n}\n//// Four.\n";
        let (text, comments) = Comments::set_aside(source);
        assert_eq!(
            text,
            "///~0~\npub struct A {\n    ///~1~\n    pub b: u8,\n}\n//// Four.\n"
        );
        assert_eq!(comments.put_back(&text), source);
        let moved = comments.put_back("mod m {\n    ///~0~\n    struct A;\n}\n");
        assert_eq!(
            moved,
            "mod m {\n    /// One.\n    ///\n    /// Two.\n    struct A;\n}\n"
        );
    }

    #[test]
    fn what_only_looks_like_a_mark_stays() {
        let (_, comments) = Comments::set_aside("/// One.\n");
        for text in ["///~1~\n", "///~x~\n", "/// ~0~\n", "let a = \"///~0~\";\n"] {
            assert_eq!(comments.put_back(text), text);
        }
    }
}
