//! Takes what changed and puts it into words: values cut short, and sentences.

use super::ChangeKind;
use super::item::Content;
use serde_json::Value;

/// The most characters of a value that are shown.
const MAX_VALUE: usize = 120;

/// A value in a few words.
pub(super) fn short(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        other => cut(&other.to_string()),
    }
}

/// The value of a keyword in a few words.
pub(super) fn short_content(content: &Content) -> String {
    match content {
        Content::One(value) => short(value),
        Content::Set(values) => {
            let all: Vec<String> = values.iter().map(short).collect();
            cut(&all.join(", "))
        }
    }
}

/// A text of bearable length, in one line.
fn cut(text: &str) -> String {
    let mut words = String::new();
    let mut chars = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char });
    words.extend(chars.by_ref().take(MAX_VALUE));
    if chars.next().is_some() {
        words.push('…');
    }
    words
}

/// What happened to the thing called `thing` of `owner`.
pub(super) fn sentence(
    kind: ChangeKind,
    thing: &str,
    owner: &str,
    old: Option<&str>,
    new: Option<&str>,
) -> String {
    let subject = if owner.is_empty() {
        format!("The {thing}")
    } else {
        format!("The {thing} of {owner}")
    };
    match (kind, old, new) {
        (ChangeKind::Changed, Some(old), Some(new)) => {
            format!("{subject} changed from `{old}` to `{new}`.")
        }
        (ChangeKind::Changed, ..) => format!("{subject} changed."),
        (ChangeKind::Added, _, Some(new)) => format!("{subject} was added: `{new}`."),
        (ChangeKind::Added, ..) => format!("{subject} was added."),
        (ChangeKind::Removed, Some(old), _) => format!("{subject} was removed: `{old}`."),
        (ChangeKind::Removed, ..) => format!("{subject} was removed."),
    }
}

/// What happened to a value in the list `name` of `owner`.
pub(super) fn element(kind: ChangeKind, value: &str, name: &str, owner: &str) -> String {
    let (verb, preposition) = match kind {
        ChangeKind::Removed => ("removed", "from"),
        _ => ("added", "to"),
    };
    format!("`{value}` was {verb} {preposition} `{name}` of {owner}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_cut_to_one_short_line() {
        let long = Value::String(format!("a\nb{}", "x".repeat(500)));
        let words = short(&long);
        assert!(words.starts_with("a bx") && words.ends_with('…'), "{words}");
        assert_eq!(words.chars().count(), MAX_VALUE + 1);
        assert_eq!(short(&serde_json::json!([1, "a"])), r#"[1,"a"]"#);
    }
}
