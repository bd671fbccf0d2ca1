//! Prints a tree as YAML that a person writes on in: texts folded, short lists on one line, quotes where they are needed.
//!
//! The libraries that print YAML put a long text on one line, which nobody can review.

use serde_json::Value;
use std::fmt::Write as _;

/// The width that texts and lists are kept within, in letters.
const WIDTH: usize = 110;

/// The tree as YAML.
pub(super) fn print(tree: &Value) -> String {
    let mut out = String::new();
    match tree {
        Value::Object(_) | Value::Array(_) if !is_empty(tree) => block(&mut out, tree, 0, false),
        _ => {
            out.push_str(&inline(tree, 0));
            out.push('\n');
        }
    }
    out
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => false,
    }
}

/// Writes an object or a list over several lines. The first line is indented already where it follows a dash.
fn block(out: &mut String, value: &Value, indent: usize, after_dash: bool) {
    let mut is_first = after_dash;
    let mut begin = |out: &mut String| {
        if !std::mem::take(&mut is_first) {
            pad(out, indent);
        }
    };
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                begin(out);
                out.push_str(&scalar_text(key));
                out.push(':');
                after_key(out, member, indent);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                begin(out);
                out.push_str("- ");
                match element {
                    Value::Object(_) | Value::Array(_) if fits(element, indent + 2).is_none() => {
                        block(out, element, indent + 2, true);
                    }
                    _ => {
                        out.push_str(&inline(element, indent + 2));
                        out.push('\n');
                    }
                }
            }
        }
        _ => {}
    }
}

/// Writes what follows a key and its colon.
fn after_key(out: &mut String, member: &Value, indent: usize) {
    match member {
        Value::Object(_) | Value::Array(_) if fits(member, indent + 12).is_none() => {
            out.push('\n');
            block(out, member, indent + 2, false);
        }
        _ => {
            let _ = writeln!(out, " {}", inline(member, indent + 2));
        }
    }
}

/// A value on the line of its key, and the lines that a folded text takes below it.
fn inline(value: &Value, indent: usize) -> String {
    match value {
        Value::String(text) => long_text(text, indent).unwrap_or_else(|| scalar_text(text)),
        Value::Object(_) | Value::Array(_) => {
            fits(value, indent).unwrap_or_else(|| value.to_string())
        }
        other => other.to_string(),
    }
}

/// An empty object or list, or a short list of plain scalars, on one line.
fn fits(value: &Value, indent: usize) -> Option<String> {
    match value {
        Value::Object(members) => members.is_empty().then(|| "{}".to_owned()),
        Value::Array(elements) => {
            let mut texts = Vec::new();
            for element in elements {
                texts.push(match element {
                    Value::Object(_) | Value::Array(_) => return None,
                    Value::String(text) => flow_text(text),
                    other => other.to_string(),
                });
            }
            let line = format!("[{}]", texts.join(", "));
            (line.len() + indent <= WIDTH).then_some(line)
        }
        _ => None,
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A text that does not fit on one line, folded, or line by line where it has lines of its own. `None` where neither can hold it.
fn long_text(text: &str, indent: usize) -> Option<String> {
    let has_lines = text.contains('\n');
    if !has_lines && text.len() + indent <= WIDTH - 20 {
        return None;
    }
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let is_plain = |line: &&str| {
        !line.ends_with([' ', '\t'])
            && !line.contains(|letter: char| letter.is_control() || letter == '\u{feff}')
    };
    if !lines.iter().all(is_plain) || text.starts_with([' ', '\n', '\t']) {
        return None;
    }
    let end = text.len() - text.trim_end_matches('\n').len();
    let chomp = match end {
        0 => "-",
        1 => "",
        _ => return None,
    };
    let mut out = String::new();
    if has_lines {
        let _ = write!(out, "|{chomp}");
        for line in lines {
            out.push('\n');
            if !line.is_empty() {
                pad(&mut out, indent);
                out.push_str(line);
            }
        }
        return Some(out);
    }
    if text.contains("  ") {
        return None;
    }
    out.push_str(">-");
    let mut column = usize::MAX;
    for word in text.split(' ') {
        if column.saturating_add(1 + word.len()) > WIDTH {
            out.push('\n');
            pad(&mut out, indent);
            column = indent;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    Some(out)
}

/// A text as a scalar on one line.
fn scalar_text(text: &str) -> String {
    let is_safe_start =
        text.starts_with(|first: char| first.is_alphabetic() || first == '/' || first == '$');
    let is_plain = is_safe_start
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(|letter: char| letter.is_control() || letter == '\u{feff}')
        && !is_word_of_yaml(text);
    if is_plain {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A text in a list on one line, where commas and brackets mean something.
fn flow_text(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}', '?', ':']) {
        quoted(text)
    } else {
        scalar_text(text)
    }
}

fn quoted(text: &str) -> String {
    if text.contains(|letter: char| letter.is_control() || letter == '\u{feff}') {
        // JSON's quotes are YAML's double quotes.
        Value::from(text).to_string()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Whether a plain scalar of this text would not be a text.
fn is_word_of_yaml(text: &str) -> bool {
    let words = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ];
    words.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::print;
    use serde_json::json;

    #[test]
    fn what_is_printed_reads_as_a_person_would_write_it() {
        let long = "A text of many words that does not fit on one line, and is folded where a word ends, so that a \
                    change of one word is a change of one line or two.";
        let tree = json!({
            "title": "Short: quoted",
            "description": long,
            "lines": "One.\n\n- two\n- three",
            "'204'": {"type": "string", "enum": ["A", "B, C", "no"]},
            "list": [{"a": 1, "b": [{"c": null}]}, [], {}],
        });
        let text = print(&tree);
        assert_eq!(
            text,
            "title: 'Short: quoted'\n\
             description: >-\n  A text of many words that does not fit on one line, and is folded where a word ends, so that a change of one\n  \
             word is a change of one line or two.\n\
             lines: |-\n  One.\n\n  - two\n  - three\n\
             '''204''':\n  type: string\n  enum: [A, 'B, C', 'no']\n\
             list:\n  - a: 1\n    b:\n      - c: null\n  - []\n  - {}\n"
        );
    }
}
