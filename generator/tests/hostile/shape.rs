//! Takes the emitted Rust, in files and in pages, gives its shape: every item as a text in which all names and literals are alike.
//!
//! Text from a document may become a name or a literal, and nothing else. So a document must give the same
//! shape whatever its texts are; an item, a parameter, a call or an attribute more is text that has become code. Only what
//! may follow a name is left out: doc comments, serde's renames, and JSON that is declared ahead because it is long.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use quote::ToTokens;
use sdk_generator::files::FileSet;
use std::collections::BTreeMap;

/// Words that are no names: they decide what the tokens around them mean.
const KEYWORDS: [&str; 30] = [
    "as",
    "async",
    "await",
    "const",
    "dyn",
    "else",
    "enum",
    "extern",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro_rules",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
    "where",
];

/// The shapes of all items, with how often each is there.
pub(crate) type Shape = BTreeMap<String, usize>;

/// The Rust in a file of the output: all of it, or the examples in a page.
pub(crate) fn sources(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".md") {
        examples(text)
    } else if path.ends_with(".rs") {
        vec![text.to_owned()]
    } else {
        Vec::new()
    }
}

/// The blocks of a page that rustdoc takes for Rust.
fn examples(page: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut open = false;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                open = match &kind {
                    CodeBlockKind::Indented => true,
                    CodeBlockKind::Fenced(info) => info.is_empty() || info.starts_with("rust"),
                };
                if open {
                    examples.push(String::new());
                }
            }
            Event::Text(text) if open => {
                if let Some(example) = examples.last_mut() {
                    example.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    examples
}

/// The shape of a file set; what does not parse is told as an error.
pub(crate) fn shape(files: &FileSet) -> Result<Shape, String> {
    let mut whole = Shape::new();
    for (path, bytes) in files.iter().filter(|(path, _)| is_emitted(path)) {
        add(
            &mut whole,
            &shape_of_file(path, &String::from_utf8_lossy(bytes))?,
        );
    }
    Ok(whole)
}

/// Whether a file was printed from the document; the runtime is a copy.
pub(crate) fn is_emitted(path: &str) -> bool {
    !path.starts_with("runtime/")
}

/// The shape of one file.
pub(crate) fn shape_of_file(path: &str, text: &str) -> Result<Shape, String> {
    let mut shape = Shape::new();
    for source in sources(path, text) {
        let file = syn::parse_file(&source)
            .map_err(|error| format!("{path} does not parse: {error}\n{source}"))?;
        for attribute in &file.attrs {
            count(&mut shape, &attribute.to_token_stream());
        }
        for item in &file.items {
            count(&mut shape, &item.to_token_stream());
        }
    }
    Ok(shape)
}

/// Adds the items of one shape to another.
pub(crate) fn add(whole: &mut Shape, part: &Shape) {
    for (item, count) in part {
        match whole.get_mut(item) {
            Some(known) => *known += count,
            None => {
                whole.insert(item.clone(), *count);
            }
        }
    }
}

fn count(shape: &mut Shape, tokens: &TokenStream) {
    let text = outline(tokens.clone());
    if !text.is_empty() {
        *shape.entry(text).or_default() += 1;
    }
}

/// The tokens with names and literals as `i`, and without what may follow a name.
fn outline(tokens: TokenStream) -> String {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut text = String::new();
    let mut rest = tokens.as_slice();
    while let Some(tree) = rest.first() {
        let skip = free_attribute(rest)
            .or_else(|| declared_ahead(rest))
            .or_else(|| header_of_an_answer(rest));
        if let Some(skipped) = skip {
            rest = rest.get(skipped..).unwrap_or_default();
            continue;
        }
        match tree {
            // The printer puts a comma behind the last item where it breaks the line.
            TokenTree::Punct(punct)
                if punct.as_char() == ',' && rest.get(1).is_none_or(|next| is_punct(next, '>')) => {
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    // It also puts braces around the only expression of a closure that it breaks.
                    Delimiter::Brace if text.ends_with('|') => ("", ""),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(&format!("{open}{}{close}", outline(group.stream())));
            }
            TokenTree::Ident(ident) if KEYWORDS.contains(&ident.to_string().as_str()) => {
                text.push_str(&format!(" {ident} "))
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => text.push_str(" i"),
            TokenTree::Punct(punct) => text.push(punct.as_char()),
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    text
}

/// How many tokens an attribute takes that may be there or not: documentation, an alias, and serde's names.
fn free_attribute(tokens: &[TokenTree]) -> Option<usize> {
    tokens.first().filter(|tree| is_punct(tree, '#'))?;
    let inner = usize::from(tokens.get(1).is_some_and(|tree| is_punct(tree, '!')));
    let TokenTree::Group(group) = tokens.get(1 + inner)? else {
        return None;
    };
    let content = group.stream().to_string();
    let literal = |text: &str| syn::parse_str::<syn::LitStr>(text.trim()).is_ok();
    let is_free = match content.split_once(['=', '(']) {
        Some((name, text)) if name.trim() == "doc" && content.trim_start().starts_with("doc =") => {
            literal(text)
        }
        Some((name, _)) if name.trim() == "doc" => {
            alias(&group.stream()).is_some_and(|text| literal(&text))
        }
        Some((name, _)) if name.trim() == "serde" => names_only(&group.stream()),
        Some((name, _)) if name.trim() == "allow" => only_scripts(&group.stream()),
        _ => false,
    };
    is_free.then_some(2 + inner)
}

/// The text behind `doc(alias = …)`.
fn alias(attribute: &TokenStream) -> Option<String> {
    let TokenTree::Group(arguments) = attribute.clone().into_iter().nth(1)? else {
        return None;
    };
    let text = arguments.stream().to_string();
    Some(
        text.strip_prefix("alias")?
            .trim_start()
            .strip_prefix('=')?
            .to_owned(),
    )
}

/// Whether a serde attribute says only how things are called.
fn names_only(attribute: &TokenStream) -> bool {
    let Some(TokenTree::Group(arguments)) = attribute.clone().into_iter().nth(1) else {
        return false;
    };
    let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
    arguments
        .split(|tree| is_punct(tree, ','))
        .all(|argument| match argument {
            [TokenTree::Ident(name), equals, TokenTree::Literal(_)] => {
                is_punct(equals, '=')
                    && ["rename", "rename_all", "skip_serializing_if"]
                        .iter()
                        .any(|known| name == known)
            }
            [TokenTree::Ident(name)] => ["default", "flatten", "untagged"]
                .iter()
                .any(|known| name == known),
            _ => false,
        })
}

/// Whether an `allow` names nothing but the lints about other scripts, and a reason: it is there when a name is not ASCII.
fn only_scripts(attribute: &TokenStream) -> bool {
    let Some(TokenTree::Group(lints)) = attribute.clone().into_iter().nth(1) else {
        return false;
    };
    let lints: Vec<TokenTree> = lints.stream().into_iter().collect();
    lints
        .split(|tree| is_punct(tree, ','))
        .all(|lint| match lint {
            [TokenTree::Ident(name)] => [
                "confusable_idents",
                "mixed_script_confusables",
                "non_camel_case_types",
                "non_snake_case",
                "uncommon_codepoints",
            ]
            .iter()
            .any(|known| name == known),
            [TokenTree::Ident(name), equals, TokenTree::Literal(_)] => {
                name == "reason" && is_punct(equals, '=')
            }
            lint => lint.is_empty(),
        })
}

/// How many tokens `.answer_header("…", "…")` takes: a header that no server could send is left out.
fn header_of_an_answer(tokens: &[TokenTree]) -> Option<usize> {
    let [dot, TokenTree::Ident(name), TokenTree::Group(arguments), ..] = tokens else {
        return None;
    };
    let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let texts = matches!(
        arguments.as_slice(),
        [TokenTree::Literal(_), TokenTree::Punct(comma), TokenTree::Literal(_)] if comma.as_char() == ','
    );
    (is_punct(dot, '.') && name == "answer_header" && texts).then_some(3)
}

/// How many tokens `let name = "…";` and `const NAME: &str = "…";` take: JSON that does not fit where it is used.
fn declared_ahead(tokens: &[TokenTree]) -> Option<usize> {
    let words: Vec<String> = tokens.iter().take(8).map(ToString::to_string).collect();
    let is_text = |index: usize| matches!(tokens.get(index), Some(TokenTree::Literal(_)));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["let", _, "=", _, ";", ..] if is_text(3) => Some(5),
        ["const", _, ":", "&", "str", "=", _, ";"] if is_text(6) => Some(8),
        _ => None,
    }
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// The items that one shape has more often than the other, for a message.
pub(crate) fn difference(found: &Shape, wanted: &Shape) -> Vec<String> {
    let more = |a: &Shape, b: &Shape, sign: &str| {
        a.iter()
            .filter(|(item, count)| b.get(*item).copied().unwrap_or_default() < **count)
            .map(|(item, _)| format!("{sign} {item}"))
            .collect::<Vec<_>>()
    };
    let mut lines = more(found, wanted, "+");
    lines.extend(more(wanted, found, "-"));
    lines
}
