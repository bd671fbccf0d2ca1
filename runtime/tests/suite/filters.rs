//! Filters and sorters as text: what a filter prints, read by a small parser of SailPoint's grammar (its "Standard Collection
//! Parameters"), is the filter again, whatever the values hold; and what it looks like where the grammar leaves a choice.

use sdk_runtime::{Date, DateTime, Filter, Sort};
use std::fmt;

sdk_runtime::operators!(
    Every(Eq, Ne, Gt, Ge, Lt, Le, In, Sw, Co, Ca, IsNull, Pr),
    EqIn(Eq, In),
);
sdk_runtime::filter!(Pets::list_pets: PetFilter(And, Or) {
    name: Text[Every] = "name",
    owner_name: Text[Every] = "owner.name",
    r#type: Text[EqIn] = "type",
    weight: Number[Every] = "weight",
    tame: Flag[Every] = "tame",
    born: DateTime[Every] = "born",
    seen: Date[Every] = "seen",
});
sdk_runtime::sorters!(Pets::list_pets: PetSort { name = "name", owner_name = "owner.name", r#type = "type" });

/// A filter as the grammar has it. What `and` and `or` join is a list, since both are associative.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Compared(String, String, Vec<Value>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    Bare(String),
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' => {}
            '(' | ')' | ',' => tokens.push(Token::Sign(c)),
            '"' => {
                let mut value = String::new();
                loop {
                    match chars.next().expect("a text has an end") {
                        '"' => break,
                        '\\' => value.push(chars.next().expect("something is escaped")),
                        c => value.push(c),
                    }
                }
                tokens.push(Token::Text(value));
            }
            c => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| !" (),\"".contains(*c)) {
                    word.push(c);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    tokens.reverse();
    tokens
}

/// Reads a filter; `and` binds closer than `or`.
fn parse(text: &str) -> Tree {
    let mut tokens = tokens(text);
    let tree = any(&mut tokens);
    assert_eq!(tokens, [], "there is more than a filter in {text:?}");
    tree
}

fn is_word(tokens: &[Token], word: &str) -> bool {
    matches!(tokens.last(), Some(Token::Word(found)) if found == word)
}

fn any(tokens: &mut Vec<Token>) -> Tree {
    let mut parts = vec![all(tokens)];
    while is_word(tokens, "or") {
        tokens.pop();
        parts.push(all(tokens));
    }
    joined(parts, Tree::Or)
}

fn all(tokens: &mut Vec<Token>) -> Tree {
    let mut parts = vec![one(tokens)];
    while is_word(tokens, "and") {
        tokens.pop();
        parts.push(one(tokens));
    }
    joined(parts, Tree::And)
}

/// Several trees as one, flat.
fn joined(mut parts: Vec<Tree>, of: fn(Vec<Tree>) -> Tree) -> Tree {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let is_or = matches!(of(Vec::new()), Tree::Or(_));
    let flat = parts.into_iter().flat_map(|part| match part {
        Tree::Or(inner) if is_or => inner,
        Tree::And(inner) if !is_or => inner,
        part => vec![part],
    });
    of(flat.collect())
}

fn word(tokens: &mut Vec<Token>) -> String {
    match tokens.pop() {
        Some(Token::Word(word)) => word,
        other => panic!("{other:?} is no word"),
    }
}

fn sign(tokens: &mut Vec<Token>, wanted: char) {
    assert_eq!(tokens.pop(), Some(Token::Sign(wanted)));
}

fn value(tokens: &mut Vec<Token>) -> Value {
    match tokens.pop() {
        Some(Token::Word(word)) => Value::Bare(word),
        Some(Token::Text(text)) => Value::Text(text),
        other => panic!("{other:?} is no value"),
    }
}

fn one(tokens: &mut Vec<Token>) -> Tree {
    if tokens.last() == Some(&Token::Sign('(')) {
        sign(tokens, '(');
        let tree = any(tokens);
        sign(tokens, ')');
        return tree;
    }
    let field = word(tokens);
    if field == "pr" {
        return Tree::Compared(word(tokens), field, Vec::new());
    }
    let operator = word(tokens);
    let values = match operator.as_str() {
        "isnull" => Vec::new(),
        "in" | "ca" => {
            sign(tokens, '(');
            let mut values = vec![value(tokens)];
            while tokens.last() == Some(&Token::Sign(',')) {
                sign(tokens, ',');
                values.push(value(tokens));
            }
            sign(tokens, ')');
            values
        }
        _ => vec![value(tokens)],
    };
    Tree::Compared(field, operator, values)
}

/// Numbers that are the same in every run (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count as u64).expect("a small number")
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 16] = [
            "\"", "\\", "\\\"", " ", "(", ")", ",", " and ", " or ", "name eq ", "a", "é", "日本",
            "💥", "\n", "%22",
        ];
        let count = self.below(6);
        (0..count).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }

    /// A comparison, made by the crate's own calls and as it should be read.
    fn compared(&mut self) -> (Filter<PetFilter>, Tree) {
        let text = self.text();
        let tree = |field: &str, operator: &str, values: &[Value]| {
            Tree::Compared(field.to_owned(), operator.to_owned(), values.to_vec())
        };
        let texts = [Value::Text(text.clone())];
        let number = i64::try_from(self.below(1_000)).expect("a number") - 500;
        let bare = |text: &dyn fmt::Display| [Value::Bare(text.to_string())];
        let (name, owner, born) = (
            PetFilter::name(),
            PetFilter::owner_name(),
            PetFilter::born(),
        );
        match self.below(14) {
            0 => (name.eq(&text), tree("name", "eq", &texts)),
            1 => (name.ne(text), tree("name", "ne", &texts)),
            2 => (owner.sw(text.as_str()), tree("owner.name", "sw", &texts)),
            3 => (owner.co(text), tree("owner.name", "co", &texts)),
            4 => {
                let values = [text, self.text(), self.text()];
                let read = values.clone().map(Value::Text);
                (
                    PetFilter::r#type().is_in(&values),
                    tree("type", "in", &read),
                )
            }
            5 => (owner.ca([text]), tree("owner.name", "ca", &texts)),
            6 => (name.is_null(), tree("name", "isnull", &[])),
            7 => (name.is_present(), tree("name", "pr", &[])),
            8 => (
                PetFilter::weight().gt(number),
                tree("weight", "gt", &bare(&number)),
            ),
            9 => (
                PetFilter::weight().le(0.5),
                tree("weight", "le", &bare(&0.5)),
            ),
            10 => (
                PetFilter::tame().eq(true),
                tree("tame", "eq", &bare(&"true")),
            ),
            11 => {
                let moment = "2018-12-18T23:05:55.001+02:00";
                (
                    born.lt(DateTime::from(moment)),
                    tree("born", "lt", &bare(&moment)),
                )
            }
            // What is no date cannot be anything else than a value.
            12 => (
                born.ge(format!("x{text}")),
                tree("born", "ge", &[Value::Text(format!("x{text}"))]),
            ),
            _ => {
                let day = "2018-12-18";
                (
                    PetFilter::seen().ge(Date::from(day)),
                    tree("seen", "ge", &bare(&day)),
                )
            }
        }
    }

    fn filter(&mut self, depth: usize) -> (Filter<PetFilter>, Tree) {
        if depth == 0 || self.below(4) == 0 {
            return self.compared();
        }
        let (left, left_tree) = self.filter(depth - 1);
        let (right, right_tree) = self.filter(depth - 1);
        let trees = vec![left_tree, right_tree];
        match self.below(2) {
            0 => (left.and(right), joined(trees, Tree::And)),
            _ => (left.or(right), joined(trees, Tree::Or)),
        }
    }
}

#[test]
fn what_a_filter_prints_is_read_as_the_filter() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..5_000 {
        let (filter, tree) = dice.filter(4);
        assert_eq!(parse(filter.as_str()), tree, "{filter}");
    }
}

#[test]
fn filters_look_as_the_standard_writes_them() {
    let name = PetFilter::name();
    for (filter, text) in [
        (name.sw("Rajesh"), r#"name sw "Rajesh""#),
        (name.eq(r#""Employees""#), r#"name eq "\"Employees\"""#),
        (name.eq(r"a\b"), r#"name eq "a\\b""#),
        (
            PetFilter::owner_name().is_in(["a", "b"]),
            r#"owner.name in ("a","b")"#,
        ),
        (name.is_null(), "name isnull"),
        (name.is_present(), "pr name"),
        (
            PetFilter::born().gt("2018-12-18T23:05:55Z"),
            "born gt 2018-12-18T23:05:55Z",
        ),
        (
            PetFilter::born().gt("2018-12-18T23:05:55Z or pr name"),
            r#"born gt "2018-12-18T23:05:55Z or pr name""#,
        ),
        (
            name.eq("a").and(name.eq("b")).and(name.eq("c")),
            r#"name eq "a" and name eq "b" and name eq "c""#,
        ),
        (
            name.eq("a").or(name.eq("b")).and(name.eq("c")),
            r#"(name eq "a" or name eq "b") and name eq "c""#,
        ),
        (
            name.eq("c").and(name.eq("a").or(name.eq("b"))),
            r#"name eq "c" and (name eq "a" or name eq "b")"#,
        ),
        (
            Filter::from(r#"name eq "a" or pr name"#).and(name.eq("c")),
            r#"(name eq "a" or pr name) and name eq "c""#,
        ),
        (name.eq("c").and("pr name"), r#"name eq "c" and (pr name)"#),
    ] {
        assert_eq!(filter.as_str(), text);
    }
}

#[test]
fn filters_are_sorted_by_fields_with_commas_between_them() {
    let order: Sort<PetSort> = PetSort::r#type()
        .then(PetSort::name().descending())
        .then(PetSort::owner_name());
    assert_eq!(order.as_str(), "type,-name,owner.name");
    assert_eq!(
        Sort::<PetSort>::from("-type").then("name").as_str(),
        "-type,name"
    );
}
