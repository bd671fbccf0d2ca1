//! Takes text of Rust, gives the same laid out as people are used to, or tells why it is none. `syn` reads it and `prettyplease`
//! prints it: text that does not parse goes no further.
//!
//! It stands before the pages, so that an example in markdown is laid out when the page is made, and nobody has to look for Rust in
//! a printed page, where a description could hold what looks like it.

mod docs;
mod json;
mod methods;

use docs::Comments;
use json::JsonCalls;
use methods::tidy_methods;
use syn::spanned::Spanned;

/// How long a line is, as rustfmt has it.
pub(crate) const MAX_LINE: usize = 100;

/// Why text is no Rust source.
#[derive(Clone, Debug, thiserror::Error)]
#[error("line {line}, column {column}: {message}\n    {excerpt}")]
pub struct NoRust {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What the parser said.
    pub message: String,
    /// The line's text.
    pub excerpt: String,
}

/// Lays out a file of Rust.
///
/// # Errors
///
/// When the text does not parse.
pub fn rust(text: &str) -> Result<String, NoRust> {
    let laid_out = parsed(text);
    // Spans keep every text that was ever parsed for as long as the thread lives, and nobody asks for these any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    laid_out
}

fn parsed(text: &str) -> Result<String, NoRust> {
    let (code, comments) = Comments::set_aside(text);
    let printed = laid_out(&code).map(|printed| comments.put_back(&printed));
    // Without comments the lines have other numbers, so that a fault is looked for in the whole text.
    let printed = printed.or_else(|_| laid_out(text));
    printed.map_err(|error| {
        let start = error.span().start();
        let line = text.lines().nth(start.line.saturating_sub(1));
        NoRust {
            line: start.line,
            column: start.column + 1,
            message: error.to_string(),
            excerpt: line.unwrap_or_default().trim().to_owned(),
        }
    })
}

fn laid_out(text: &str) -> syn::Result<String> {
    if !text.contains("json!") {
        return syn::parse_file(text).map(|file| spaced(file, text));
    }
    let (tokens, calls) = JsonCalls::set_aside(text, text.parse()?);
    let file: syn::File = syn::parse2(tokens)?;
    Ok(calls.put_back(spaced(file, text)))
}

/// Prints a file with an empty line between items that are not of one group, which `prettyplease` does not do.
fn spaced(mut file: syn::File, source: &str) -> String {
    let items = std::mem::take(&mut file.items);
    let mut text = prettyplease::unparse(&file);
    let mut last = Group::None;
    for item in items {
        let group = Group::of(&item);
        let joins = match group {
            // What reads and writes a type is a part of it.
            Group::Call => last == Group::Type,
            Group::None | Group::Type => false,
            group => group == last,
        };
        if !text.is_empty() && !joins {
            text.push('\n');
        }
        last = group;
        text.push_str(&match &item {
            syn::Item::Impl(_) => tidy_methods(&unparse(item)),
            syn::Item::Macro(call) => match runtime_call(call, source) {
                Some(printed) => printed,
                None => unparse(item),
            },
            _ => unparse(item),
        });
    }
    text
}

fn unparse(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// A call of one of the runtime's macros, laid out as the template has it: nobody else knows what its tokens mean.
fn runtime_call(call: &syn::ItemMacro, source: &str) -> Option<String> {
    let path = &call.mac.path;
    if path.segments.first()?.ident != "sdk_runtime" {
        return None;
    }
    let start = path.span().byte_range().start;
    let end = call.mac.delimiter.span().close().byte_range().end;
    let text = source.get(start..end)?;
    // The attributes before it are printed with an empty call, which is then replaced.
    let mut empty = call.clone();
    empty.mac.tokens = proc_macro2::TokenStream::new();
    let printed = unparse(syn::Item::Macro(empty));
    let attributes = printed.get(..printed.find("sdk_runtime::")?)?;
    Some(format!("{attributes}{text};\n"))
}

/// Items that stand together without empty lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    None,
    Uses,
    Exports,
    Modules,
    Type,
    Call,
}

impl Group {
    fn of(item: &syn::Item) -> Self {
        match item {
            syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Inherited) => Self::Uses,
            syn::Item::Use(_) => Self::Exports,
            syn::Item::Mod(item) if item.content.is_none() => Self::Modules,
            syn::Item::Struct(_) | syn::Item::Enum(_) => Self::Type,
            syn::Item::Macro(_) => Self::Call,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_macro_is_laid_out() {
        let source = r#"fn a() {
            let body = vec![models::Answer { id: "7d2f6c1e-58b4-4a0e-9c37-b1e0a4f2d963".to_owned(), text: "placeholder".into() }];
            let maker = Some(json!({ "name" : "Anna" , "sizes" : [ - 1 , 2.5 ] , "none" : null }));
            let long = json!({"first": "a text of some length", "second": "a text of some length", "third": ["x"], "in": {}});
        }"#;
        let expected = r#"fn a() {
    let body = vec![
        models::Answer {
            id: "7d2f6c1e-58b4-4a0e-9c37-b1e0a4f2d963".to_owned(),
            text: "placeholder".into(),
        },
    ];
    let maker = Some(json!({"name": "Anna", "sizes": [-1, 2.5], "none": null}));
    let long = json!({
        "first": "a text of some length",
        "second": "a text of some length",
        "third": ["x"],
        "in": {}
    });
}
"#;
        assert_eq!(rust(source).unwrap(), expected);
    }

    #[test]
    fn a_text_that_reads_like_the_name_of_a_call_stays() {
        let source = "fn a() {\n    let a = (\"json_call_0\", json!(1), json!(b.c));\n}\n";
        assert_eq!(rust(source).unwrap(), source);
    }

    #[test]
    fn what_is_no_rust_is_told_with_its_place() {
        let fault = rust("/// A.\n/// B.\nfn a() { let }\n").unwrap_err();
        assert_eq!((fault.line, fault.excerpt.as_str()), (3, "fn a() { let }"));
    }
}
