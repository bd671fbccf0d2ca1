//! Fragments in which escaping or grammar matters, handed to templates as strings: takes any text or JSON value,
//! gives one literal that reads back as exactly that.
//!
//! Templates never put quotation marks around text themselves. In every notation the characters that hide or
//! reorder text are written as escapes, so that what a reviewer sees of a generated file is what is there, and
//! rustc's lint `text_direction_codepoint_in_literal` has nothing to refuse.

use proc_macro2::Literal;
use serde_json::Value;

use crate::pretty::MAX_LINE;
use crate::text::is_hidden;

/// The most `#` that Rust allows around a raw string.
const MAX_HASHES: usize = 255;

/// A Rust string literal for any text.
pub fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A Rust string literal that holds `value` as JSON: on one line when it is short, indented by two spaces
/// otherwise. Raw, with as many `#` as it takes, where quotation marks would otherwise need escapes.
pub fn json(value: &Value) -> String {
    let mut text = String::new();
    lay_out(value, 0, &mut text);
    let hashes = hashes_needed(&text);
    if hashes == 0 || hashes > MAX_HASHES {
        return string(&text);
    }
    let hashes = "#".repeat(hashes);
    format!("r{hashes}\"{text}\"{hashes}")
}

/// A TOML 1.0 basic string for any text.
pub fn toml_string(text: &str) -> String {
    quoted(text)
}

/// A YAML 1.2 double-quoted scalar, on one line, for any text.
pub fn yaml_string(text: &str) -> String {
    quoted(text)
}

/// JSON as people lay it out: what fits on a line stands on one, with a space after each `:` and `,`.
fn lay_out(value: &Value, indent: usize, text: &mut String) {
    let mut line = String::new();
    if is_one_line(value, MAX_LINE.saturating_sub(indent), &mut line) {
        text.push_str(&line);
        return;
    }
    // A list of one stands around it.
    if let Some([only]) = value.as_array().map(Vec::as_slice) {
        text.push('[');
        lay_out(only, indent, text);
        text.push(']');
        return;
    }
    let (open, close) = match value {
        Value::Object(_) => ('{', '}'),
        _ => ('[', ']'),
    };
    let indent = indent + 2;
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, item)| (format!("{}: ", scalar(&Value::from(name.as_str()))), item))
            .collect(),
        Value::Array(items) => items.iter().map(|item| (String::new(), item)).collect(),
        _ => Vec::new(),
    };
    text.push(open);
    // Short entries share lines; a long one begins a line, and the one behind it does, too.
    let mut width = MAX_LINE;
    let last = entries.len().saturating_sub(1);
    for (index, (name, item)) in entries.into_iter().enumerate() {
        let room = MAX_LINE.saturating_sub(indent + name.len());
        let mut line = String::new();
        let is_short = is_one_line(item, room, &mut line);
        let wanted = name.len() + line.len() + 2;
        if is_short && width + wanted <= MAX_LINE {
            text.push(' ');
            width += wanted;
        } else {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', indent));
            width = if is_short { indent + wanted } else { MAX_LINE };
        }
        text.push_str(&name);
        match is_short {
            true => text.push_str(&line),
            false => lay_out(item, indent, text),
        }
        text.push_str(if index == last { "" } else { "," });
    }
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent - 2));
    text.push(close);
}

/// Writes a value on one line; false, with some of it written, when it is longer than `width`. A scalar is never too long.
fn is_one_line(value: &Value, width: usize, line: &mut String) -> bool {
    match value {
        Value::Object(members) if !members.is_empty() => {
            line.push('{');
            for (index, (name, item)) in members.iter().enumerate() {
                line.push_str(if index == 0 { "" } else { ", " });
                line.push_str(&scalar(&Value::from(name.as_str())));
                line.push_str(": ");
                if !is_one_line(item, width, line) || line.len() > width {
                    return false;
                }
            }
            line.push('}');
        }
        Value::Array(items) if !items.is_empty() => {
            line.push('[');
            for (index, item) in items.iter().enumerate() {
                line.push_str(if index == 0 { "" } else { ", " });
                if !is_one_line(item, width, line) || line.len() > width {
                    return false;
                }
            }
            line.push(']');
        }
        plain => {
            line.push_str(&scalar(plain));
            return true;
        }
    }
    line.len() <= width
}

/// A name or a scalar as JSON, in which nothing is hidden.
fn scalar(value: &Value) -> String {
    let text = value.to_string();
    if !text.contains(is_hidden) {
        return text;
    }
    // Outside strings JSON is visible ASCII, so that each of these stands in one and may be written as an escape.
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        if is_hidden(ch) {
            let mut units = [0; 2];
            escaped.extend(
                ch.encode_utf16(&mut units)
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}")),
            );
        } else {
            escaped.push(ch);
        }
    }
    escaped
}

/// How many `#` a raw string of `text` needs; 0 when `text` has nothing that an ordinary string must escape.
fn hashes_needed(text: &str) -> usize {
    if !text.contains(['"', '\\']) {
        return 0;
    }
    let after_quote = text.split('"').skip(1);
    1 + after_quote
        .map(|rest| rest.len() - rest.trim_start_matches('#').len())
        .max()
        .unwrap_or(0)
}

/// `text` between quotation marks, with escapes that TOML basic strings and YAML double-quoted scalars share.
fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for ch in text.chars() {
        match ch {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            // YAML counts these two among what is not printable, although they hide nothing.
            '\u{FFFE}' | '\u{FFFF}' => literal.push_str(&format!("\\u{:04X}", u32::from(ch))),
            _ if is_hidden(ch) && u32::from(ch) <= 0xFFFF => {
                literal.push_str(&format!("\\u{:04X}", u32::from(ch)))
            }
            _ if is_hidden(ch) => literal.push_str(&format!("\\U{:08X}", u32::from(ch))),
            _ => literal.push(ch),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Text that some notation could take for its own syntax.
    const HOSTILE: [&str; 22] = [
        "",
        "plain",
        "a\"b\\c",
        "line\nbreak\r\nand\ttab",
        "bare\rreturn",
        "\u{0}\u{1}\u{7}\u{8}\u{b}\u{c}\u{1b}\u{1f}\u{7f}\u{80}\u{85}\u{9f}",
        "\u{202e}evil\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff}\u{2028}\u{2029}",
        "\u{e0041}tags\u{e007f}",
        "😀 emoji, ünïcode, 漢字, e\u{301}",
        "\"#\"##\"###",
        "*/ /* // #[cfg(test)] {{ x }} {% y %} \\u{41} \\n",
        "'single' '''triple''' \"\"\"three\"\"\"",
        "# not a comment",
        "- not a list",
        "key: value",
        "---",
        "...",
        "yes",
        "null",
        "%TAG",
        "\u{fffe}\u{ffff}",
        " leading and trailing ",
    ];

    fn read_rust(literal: &str) -> String {
        syn::parse_str::<syn::LitStr>(literal)
            .unwrap_or_else(|error| panic!("{literal}: {error}"))
            .value()
    }

    #[test]
    fn rust_strings_read_back_and_hide_nothing() {
        for text in HOSTILE {
            let literal = string(text);
            assert_eq!(read_rust(&literal), text, "{literal}");
            assert!(!literal.contains(is_hidden), "{literal:?}");
        }
    }

    #[test]
    fn toml_strings_read_back_and_hide_nothing() {
        for text in HOSTILE {
            let literal = toml_string(text);
            let document: toml::Table =
                toml::from_str(&format!("key = {literal}\nlast = 1")).unwrap();
            assert_eq!(document["key"].as_str(), Some(text), "{literal}");
            assert_eq!(document.len(), 2);
            assert!(!literal.contains(is_hidden), "{literal:?}");
        }
    }

    #[test]
    fn yaml_strings_read_back_and_hide_nothing() {
        for text in HOSTILE {
            let literal = yaml_string(text);
            let document: serde_yaml::Mapping =
                serde_yaml::from_str(&format!("---\nkey: {literal}\nlast: 1\n")).unwrap();
            assert_eq!(document["key"].as_str(), Some(text), "{literal}");
            assert_eq!(document.len(), 2);
            assert!(!literal.contains(is_hidden), "{literal:?}");
        }
    }

    #[test]
    fn json_reads_back_whatever_strings_it_holds() {
        for text in HOSTILE {
            for value in [
                json!(text),
                json!({ text: [text, 1.5, null, true], "pad": "x".repeat(MAX_LINE) }),
            ] {
                let literal = json(&value);
                let read: Value = serde_json::from_str(&read_rust(&literal)).unwrap();
                assert_eq!(read, value, "{literal}");
                assert!(
                    !literal.contains(|c| c != '\n' && is_hidden(c)),
                    "{literal:?}"
                );
            }
        }
    }

    #[test]
    fn short_json_stands_on_one_line_and_long_json_is_indented() {
        assert_eq!(
            json(&json!({"a": [1, 2], "b": {}})),
            r##"r#"{"a": [1, 2], "b": {}}"#"##
        );
        assert_eq!(json(&json!(true)), r#""true""#);
        let long = json(&json!({"first": "x".repeat(MAX_LINE), "second": [1, {}]}));
        let lines: Vec<&str> = long.lines().collect();
        assert_eq!(lines.first(), Some(&"r#\"{"));
        assert!(lines[1].starts_with("  \"first\": \"xxx"), "{long}");
        assert_eq!(lines[2], r#"  "second": [1, {}]"#);
        let many = json(&(10..70).map(|n| Value::from(n.to_string())).collect());
        assert_eq!(many.lines().count(), 6, "{many}");
        assert!(many.lines().all(|line| line.len() <= MAX_LINE), "{many}");
        assert_eq!(lines.last(), Some(&"}\"#"));
    }

    #[test]
    fn json_takes_as_many_hashes_as_it_needs_or_none() {
        assert!(
            json(&json!("\"##")).starts_with("r###\""),
            "the backslash and the closing quote are inside"
        );
        let endless = json!(format!("\"{}", "#".repeat(300)));
        let literal = json(&endless);
        assert!(literal.starts_with('"'), "{literal}");
        assert_eq!(
            serde_json::from_str::<Value>(&read_rust(&literal)).unwrap(),
            endless
        );
    }

    #[test]
    fn literals_survive_the_printer() {
        let value = json!({"text": "a\"#b\n{{ c }} */", "more": ["x".repeat(MAX_LINE)]});
        let source = format!(
            "const A: &str = {};\nconst B: &str = {};",
            json(&value),
            string("q\"\n\u{202e}")
        );
        let printed = prettyplease::unparse(&syn::parse_file(&source).unwrap());
        let literals: Vec<String> = syn::parse_file(&printed)
            .unwrap()
            .items
            .iter()
            .map(|item| match item {
                syn::Item::Const(item) => match &*item.expr {
                    syn::Expr::Lit(syn::ExprLit {
                        lit: syn::Lit::Str(text),
                        ..
                    }) => text.value(),
                    _ => panic!("not a string: {printed}"),
                },
                _ => panic!("not a constant: {printed}"),
            })
            .collect();
        assert_eq!(literals.len(), 2);
        assert_eq!(serde_json::from_str::<Value>(&literals[0]).unwrap(), value);
        assert_eq!(literals[1], "q\"\n\u{202e}");
    }
}
