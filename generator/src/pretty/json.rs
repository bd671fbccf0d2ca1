//! Calls of `json!`: takes the tokens of a file, gives them with a name in the place of each call, and puts the calls back into what
//! was printed, laid out as the JSON that they are. `prettyplease` does not know what the macro takes, and prints its tokens apart.

use super::MAX_LINE;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// How much further an inner line stands.
const INDENT: usize = 4;

/// The longest name that stands for a call: a call that is longer is laid out over several lines.
const LONGEST_NAME: usize = 60;

/// The calls of a file, by the numbers of their names.
pub(super) struct JsonCalls {
    /// What the names begin with, which stands nowhere else in the file.
    prefix: String,
    calls: Vec<Json>,
}

impl JsonCalls {
    /// Takes the calls out of the tokens of `source`.
    pub(super) fn set_aside(source: &str, tokens: TokenStream) -> (TokenStream, Self) {
        let mut prefix = "json_call_".to_owned();
        while source.contains(&prefix) {
            prefix.push('_');
        }
        let mut calls = Self {
            prefix,
            calls: Vec::new(),
        };
        let tokens = calls.without_calls(tokens);
        (tokens, calls)
    }

    fn without_calls(&mut self, tokens: TokenStream) -> TokenStream {
        let mut given = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let json = match given.as_slice() {
                        [.., TokenTree::Ident(name), TokenTree::Punct(mark)]
                            if name == "json" && mark.as_char() == '!' =>
                        {
                            Json::read(&group.stream())
                        }
                        _ => None,
                    };
                    if let Some(json) = json {
                        given.truncate(given.len().saturating_sub(2));
                        given.push(self.name(json, &group));
                    } else {
                        let inner = self.without_calls(group.stream());
                        let mut inner = Group::new(group.delimiter(), inner);
                        inner.set_span(group.span());
                        given.push(TokenTree::Group(inner));
                    }
                }
                token => given.push(token),
            }
        }
        given.into_iter().collect()
    }

    /// A name as long as the call that it stands for.
    fn name(&mut self, json: Json, call: &Group) -> TokenTree {
        let mut name = format!("{}{}", self.prefix, self.calls.len());
        let length = call_of(&json.line()).len().min(LONGEST_NAME);
        let missing = length.saturating_sub(name.len());
        name.extend(std::iter::repeat_n('_', missing));
        self.calls.push(json);
        TokenTree::Ident(Ident::new(&name, call.span()))
    }

    /// Puts the calls in the place of their names.
    pub(super) fn put_back(&self, printed: String) -> String {
        if self.calls.is_empty() {
            return printed;
        }
        let mut text = String::with_capacity(printed.len());
        for line in printed.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let mut parts = line.split(self.prefix.as_str());
            let mut column = 0;
            let mut add = |part: &str| {
                text.push_str(part);
                column = match part.rsplit_once('\n') {
                    Some((_, last)) => last.len(),
                    None => column + part.len(),
                };
                column
            };
            let mut at = add(parts.next().unwrap_or_default());
            for part in parts {
                let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
                let number = part.get(..part.len() - rest.len()).unwrap_or_default();
                let call = number
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| self.calls.get(at));
                let rest = rest.trim_start_matches('_');
                if let Some(json) = call {
                    at = add(&json.call(indent, MAX_LINE.saturating_sub(at)));
                }
                at = add(rest).max(at);
            }
        }
        text
    }
}

/// What stands in a call.
enum Json {
    Plain(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn call_of(json: &str) -> String {
    format!("json!({json})")
}

impl Json {
    fn read(tokens: &TokenStream) -> Option<Self> {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        Self::of(&tokens)
    }

    fn of(tokens: &[TokenTree]) -> Option<Self> {
        match tokens {
            [TokenTree::Group(group)] => {
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| is_mark(token, ',');
                let mut parts = tokens.split(is_comma).filter(|part| !part.is_empty());
                match group.delimiter() {
                    Delimiter::Bracket => {
                        parts.map(Self::of).collect::<Option<_>>().map(Self::List)
                    }
                    Delimiter::Brace => parts
                        .try_fold(Vec::new(), |mut members, part| {
                            let (name, value) = part.split_first()?;
                            let (colon, value) = value.split_first()?;
                            let value = is_mark(colon, ':').then(|| Self::of(value))??;
                            members.push((name.to_string(), value));
                            Some(members)
                        })
                        .map(Self::Object),
                    Delimiter::Parenthesis | Delimiter::None => None,
                }
            }
            [minus, TokenTree::Literal(number)] if is_mark(minus, '-') => {
                Some(Self::Plain(format!("-{number}")))
            }
            [TokenTree::Literal(literal)] => Some(Self::Plain(literal.to_string())),
            [TokenTree::Ident(word)] => Some(Self::Plain(word.to_string())),
            _ => None,
        }
    }

    /// On one line.
    fn line(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| format!("{name}: {}", value.line());
                let members: Vec<String> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(", "))
            }
        }
    }

    fn call(&self, indent: usize, room: usize) -> String {
        call_of(&self.text(indent, room.saturating_sub("json!()".len())))
    }

    /// On one line where there is room, else a line for each part.
    fn text(&self, indent: usize, room: usize) -> String {
        let line = self.line();
        if line.len() <= room {
            return line;
        }
        let within = indent + INDENT;
        let start = " ".repeat(within);
        let end = " ".repeat(indent);
        let room = |name: usize| MAX_LINE.saturating_sub(within + name + ",".len());
        match self {
            Self::Plain(_) => line,
            Self::List(items) => {
                let item = |item: &Self| format!("{start}{},\n", item.text(within, room(0)));
                let items: String = items.iter().map(item).collect();
                let items = items.strip_suffix(",\n").unwrap_or(&items);
                format!("[\n{items}\n{end}]")
            }
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| {
                    let value = value.text(within, room(name.len() + ": ".len()));
                    format!("{start}{name}: {value},\n")
                };
                let members: String = members.iter().map(member).collect();
                let members = members.strip_suffix(",\n").unwrap_or(&members);
                format!("{{\n{members}\n{end}}}")
            }
        }
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}
