//! Methods: takes an `impl` as `prettyplease` prints it, gives it as people are used to see it.

use super::MAX_LINE;

/// What the head of a method begins with, and the attribute that names its page.
const HEADS: [&str; 3] = ["    pub fn ", "    fn ", "    #[doc = "];

/// Puts an empty line behind every method but the last, and the head of a method on one line where it fits: `prettyplease` breaks
/// lines a tenth earlier than people do.
pub(super) fn tidy_methods(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len() + 64);
    let mut rest = printed;
    while let Some((line, behind)) = rest.split_once('\n') {
        rest = behind;
        if let Some((head, behind)) = joined_head(line, behind) {
            text.push_str(&head);
            rest = behind;
        } else {
            text.push_str(line);
        }
        text.push('\n');
        if line == "    }" && !rest.starts_with('}') {
            text.push('\n');
        }
    }
    text
}

/// The head that `line` begins and that ends within `rest`, on one line, and what stands behind it.
fn joined_head<'t>(line: &str, rest: &'t str) -> Option<(String, &'t str)> {
    if !line.ends_with('(') || !HEADS.iter().any(|head| line.starts_with(head)) {
        return None;
    }
    let (arguments, end) = rest.split_once("\n    )")?;
    let (end, behind) = end.split_once('\n')?;
    let arguments: Vec<&str> = arguments
        .lines()
        .map(|argument| argument.strip_prefix("        "))
        .collect::<Option<_>>()?;
    // An argument that takes several lines itself is too long.
    if arguments.iter().any(|argument| argument.starts_with(' ')) {
        return None;
    }
    let arguments = arguments.join(" ");
    let head = format!("{line}{}){end}", arguments.trim_end_matches(','));
    (head.len() <= MAX_LINE).then_some((head, behind))
}

#[cfg(test)]
mod tests {
    use crate::pretty::rust;

    #[test]
    fn the_head_of_a_method_is_on_one_line_where_it_fits() {
        let head = |length: usize| {
            let name = "a".repeat(length - "    pub fn (&self, id: &str) -> Request<B> {".len());
            format!("pub fn {name}(&self, id: &str) -> Request<B> {{\n")
        };
        let (fits, long) = (head(100), head(101));
        let printed = rust(&format!("impl A {{\n{fits}c()\n}}\n{long}c()\n}}\n}}\n"));
        let printed = printed.unwrap();
        let expected = format!("impl A {{\n    {fits}        c()\n    }}\n\n");
        assert!(printed.starts_with(&expected), "{printed}");
        assert!(
            printed.contains("        id: &str,\n    ) -> "),
            "{printed}"
        );
    }
}
