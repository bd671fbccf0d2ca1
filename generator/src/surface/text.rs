//! Takes tokens of Rust and gives them as one line of text, spaced as a person would.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// A piece of syntax as a line of text.
pub(super) fn text(syntax: &impl ToTokens) -> String {
    line(syntax, Line::default())
}

/// The same with the last name of each path alone: modules are not told.
pub(super) fn bare(syntax: &impl ToTokens) -> String {
    let without_modules = Line {
        is_bare: true,
        ..Line::default()
    };
    line(syntax, without_modules)
}

fn line(syntax: &impl ToTokens, mut line: Line) -> String {
    line.add(syntax.to_token_stream());
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
    /// Whether the last token was a word.
    after_word: bool,
    is_bare: bool,
}

impl Line {
    fn add(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.add_group(group.delimiter(), group.stream()),
                TokenTree::Punct(punct) => {
                    self.add_punct(punct.as_char(), punct.spacing() == Spacing::Joint);
                }
                word => self.add_word(&word.to_string()),
            }
        }
    }

    fn add_group(&mut self, delimiter: Delimiter, tokens: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => (" { ", " }"),
            Delimiter::None => ("", ""),
        };
        self.text.push_str(open);
        self.after_word = false;
        self.add(tokens);
        self.text.push_str(close);
        self.after_word = true;
    }

    fn add_punct(&mut self, punct: char, is_joint: bool) {
        let is_second = |first: char| self.text.ends_with(first);
        let (before, after) = match punct {
            '-' if is_joint => (" ", ""),
            '>' if is_second('-') => ("", " "),
            ':' if !is_joint && !is_second(':') => ("", " "),
            ',' | ';' => ("", " "),
            '+' | '=' => (" ", " "),
            _ => ("", ""),
        };
        if self.is_bare && punct == ':' && is_second(':') {
            self.drop_module();
            return;
        }
        self.text.push_str(before);
        self.text.push(punct);
        self.text.push_str(after);
        self.after_word = punct == '>' && after.is_empty();
    }

    /// Drops the name before a `::`, of which the first colon is there.
    fn drop_module(&mut self) {
        self.text.pop();
        let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
        let kept = self.text.trim_end_matches(is_of_name).len();
        self.text.truncate(kept);
        self.after_word = false;
    }

    fn add_word(&mut self, word: &str) {
        if self.after_word {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.after_word = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_spaced_as_a_person_would() {
        for line in [
            "fn find(&self, name: &str, ids: &[i64]) -> Request<FindUsers>",
            "fn new(name: impl Into<String>) -> Self",
            "Option<Nullable<Vec<Role>>>",
            "fn f<'a, T: Clone + Send>(&'a mut self, (a, b): (T, [u8; 4])) -> std::io::Result<()>",
        ] {
            let tokens: TokenStream = line.parse().expect("tokens");
            assert_eq!(text(&tokens), line);
        }
        let ty: TokenStream = "&mut Option<Vec<::crate::models::Role>>"
            .parse()
            .expect("tokens");
        assert_eq!(bare(&ty), "&mut Option<Vec<Role>>");
    }
}
