//! Why a value cannot be read: serde's error for the second reading, which knows the place and never
//! quotes the value.

use std::cell::Cell;
use std::fmt::{self, Display};

use serde::de::{Error, Expected, Unexpected};
use serde_json::Value;

/// A step from a value to one within it.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A member of an object.
    Member(String),
    /// An item of a list.
    Item(usize),
}

/// The JSON pointer of steps that were taken from the inside out.
pub(super) fn pointer(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps.iter().rev() {
        text.push('/');
        match step {
            Step::Member(name) => text.push_str(&name.replace('~', "~0").replace('/', "~1")),
            Step::Item(index) => text.push_str(&index.to_string()),
        }
    }
    text
}

/// What kind of value this is, in words.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number",
        Value::Number(_) => "an integer",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// What came for a member that is not there.
const NOTHING: &str = "nothing";

thread_local! {
    static RELAYED: Cell<Option<Fault>> = const { Cell::new(None) };
}

/// Hands a fault on as another error: where that is a fault again it is this one, with its place.
pub(crate) fn relay<E: Error>(fault: Fault) -> E {
    let text = match fault.pointer().as_str() {
        "" => fault.message(),
        pointer => format!("at `{pointer}`: {}", fault.message()),
    };
    RELAYED.set(Some(fault));
    let error = E::custom(text);
    RELAYED.take();
    error
}

/// Why a value cannot be read, and where, told from the inside out.
#[doc(hidden)]
#[derive(Debug)]
pub struct Fault {
    /// What was expected; what is wrong, where a type says so in words of its own.
    expected: String,
    in_own_words: bool,
    /// What came; `None` until whoever knows the value says so.
    found: Option<&'static str>,
    /// Whether more than a scalar is wrong: a member is missing, or a list stands for an object.
    structural: bool,
    steps: Vec<Step>,
}

impl Fault {
    /// A value of another kind than what stands there may have.
    pub(super) fn kind(expected: impl Into<String>, value: &Value) -> Self {
        Self {
            expected: expected.into(),
            in_own_words: false,
            found: Some(kind_of(value)),
            structural: true,
            steps: Vec::new(),
        }
    }

    /// A scalar of another kind.
    pub(super) fn scalar(expected: impl Into<String>, value: &Value) -> Self {
        Self {
            structural: false,
            ..Self::kind(expected, value)
        }
    }

    /// Says where the value stands, and what it is where nobody did.
    pub(super) fn at(mut self, step: Step, value: &Value) -> Self {
        self.found.get_or_insert(kind_of(value));
        self.steps.push(step);
        self
    }

    pub(crate) fn is_structural(&self) -> bool {
        self.structural
    }

    pub(super) fn expected(&self) -> &str {
        &self.expected
    }

    pub(super) fn found(&self) -> &'static str {
        self.found.unwrap_or("something else")
    }

    pub(super) fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    pub(super) fn pointer(&self) -> String {
        pointer(&self.steps)
    }

    /// What is wrong, in words.
    pub(super) fn message(&self) -> String {
        match self.found {
            _ if self.in_own_words => self.expected.clone(),
            Some(NOTHING) => format!("{} is missing", self.expected),
            found => {
                let found = found.unwrap_or("something else");
                format!("{} was expected, {found} came", self.expected)
            }
        }
    }
}

/// The kind of what serde met, without its value.
fn kind(unexpected: &Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) => "a text",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "something else",
    }
}

impl Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        // A fault on its way through a type that knows no faults is itself again.
        RELAYED.take().unwrap_or_else(|| Self {
            expected: message.to_string(),
            in_own_words: true,
            found: None,
            structural: true,
            steps: Vec::new(),
        })
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self {
            in_own_words: false,
            found: Some(kind(&unexpected)),
            structural: matches!(unexpected, Unexpected::Seq | Unexpected::Map),
            ..Self::custom(expected)
        }
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self {
            in_own_words: false,
            found: Some(match unexpected {
                Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer out of its range",
                other => kind(&other),
            }),
            structural: false,
            ..Self::custom(expected)
        }
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self {
            in_own_words: false,
            found: Some("a list of another length"),
            ..Self::custom(expected)
        }
    }

    fn missing_field(name: &'static str) -> Self {
        Self {
            in_own_words: false,
            found: Some(NOTHING),
            steps: vec![Step::Member(name.to_owned())],
            ..Self::custom("a required member")
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Fault {}
