//! Bodies piece by piece: reads what comes by the runtime, and what was expected by itself.

use sdk_runtime::{Download, Value};
use serde::Deserialize;

/// What a body is made of.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Pieces {
    Events,
    Lines,
}

impl Pieces {
    /// Reads a body to its end, and compares its pieces with what was expected.
    pub(crate) async fn compare(self, body: Download, expected: &[u8]) -> Result<(), String> {
        match self {
            Self::Events => events(body, &String::from_utf8_lossy(expected)).await,
            Self::Lines => {
                let mut values = body.json_lines::<Value>();
                let mut got = Vec::new();
                while let Some(value) = values.value().await.map_err(|error| error.to_string())? {
                    got.push(value);
                }
                differ(&got, &lines(expected)?)
            }
        }
    }
}

/// The values of a body with one a line.
pub(crate) fn lines(body: &[u8]) -> Result<Vec<Value>, String> {
    let lines = body.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice(line).map_err(|error| error.to_string()))
        .collect()
}

async fn events(body: Download, expected: &str) -> Result<(), String> {
    let mut events = body.events();
    let mut got = Vec::new();
    while let Some(event) = events.event().await.map_err(|error| error.to_string())? {
        got.push((event.event, event.data, event.id));
    }
    // The suite's events have each field once, and every event has data.
    let field = |event: &str, name: &str| {
        let mut lines = event.lines();
        lines
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .map(str::to_owned)
    };
    let blocks = expected.split("\n\n").filter(|event| !event.is_empty());
    let wanted = blocks.map(|event| {
        let name = field(event, "event").unwrap_or_else(|| "message".to_owned());
        let id = field(event, "id").filter(|id| !id.contains('\0'));
        let data = field(event, "data").unwrap_or_default();
        (name, data, id.unwrap_or_default())
    });
    differ(&got, &wanted.collect::<Vec<_>>())?;
    let retry = field(expected, "retry").and_then(|text| text.parse().ok());
    let got = events.retry();
    differ(&got, &retry.map(std::time::Duration::from_millis))
}

fn differ<T: PartialEq + std::fmt::Debug>(got: &T, expected: &T) -> Result<(), String> {
    match got == expected {
        true => Ok(()),
        false => Err(format!("the answer: expected {expected:?}, got {got:?}")),
    }
}
