//! Takes a wire name, gives the words from which a Rust name is made where the wire name is made of signs: `<=` reads as "less equal".

/// Puts words in the place of signs, where a name is made of little else.
pub(super) fn spell(wire: &str) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    if let Some(number) = wire
        .strip_prefix('-')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return format!("minus {number}");
    }
    if let Some(number) = wire
        .strip_prefix('+')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return format!("plus {number}");
    }
    if wire.chars().any(char::is_alphanumeric) {
        return wire.to_owned();
    }
    let words: Vec<&str> = wire.chars().map(sign).collect();
    words.join(" ")
}

fn sign(c: char) -> &'static str {
    match c {
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '~' => "like",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        ' ' => "space",
        '_' => "underscore",
        _ => "sign",
    }
}
