//! Takes JSON text that the parser refuses, gives it with what no JSON reader can hold replaced: half of a surrogate pair, and a
//! number beyond the doubles. Each costs its own place instead of the document.
//!
//! The replacement is as long as what it replaces, so that everything else stays where it was.

use super::reading::{Fault, FaultKind};
use crate::pointer::JsonPointer;
use std::ops::Range;

/// A text that can be read where the rest of it can.
pub(super) struct Mended {
    pub(super) text: String,
    pub(super) faults: Vec<Fault>,
}

/// An object or a list that is open.
enum Open {
    Object {
        key: Range<usize>,
        expects_key: bool,
    },
    List {
        index: usize,
    },
}

struct Scanner<'t> {
    text: &'t str,
    open: Vec<Open>,
    replaced: Vec<(Range<usize>, &'static str)>,
    faults: Vec<Fault>,
}

/// The character that stands for one that is none, as JSON escapes it.
const REPLACEMENT: &str = "\\ufffd";

/// Mends a text; `None` where there is nothing to mend.
pub(super) fn mend(text: &str) -> Option<Mended> {
    let mut scanner = Scanner {
        text,
        open: Vec::new(),
        replaced: Vec::new(),
        faults: Vec::new(),
    };
    scanner.run();
    if scanner.replaced.is_empty() {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for (range, replacement) in scanner.replaced {
        mended.push_str(text.get(from..range.start)?);
        mended.push_str(replacement);
        let missing = range.len().saturating_sub(replacement.len());
        mended.extend(std::iter::repeat_n(' ', missing));
        from = range.end;
    }
    mended.push_str(text.get(from..)?);
    Some(Mended {
        text: mended,
        faults: scanner.faults,
    })
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(byte) = self.byte(at) {
            at = match byte {
                b'"' => self.string(at),
                b'-' | b'0'..=b'9' => self.number(at),
                _ => {
                    self.mark(byte);
                    at + 1
                }
            };
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn mark(&mut self, byte: u8) {
        match byte {
            b'{' => self.open.push(Open::Object {
                key: 0..0,
                expects_key: true,
            }),
            b'[' => self.open.push(Open::List { index: 0 }),
            b'}' | b']' => _ = self.open.pop(),
            b',' => match self.open.last_mut() {
                Some(Open::Object { expects_key, .. }) => *expects_key = true,
                Some(Open::List { index }) => *index += 1,
                None => {}
            },
            _ => {}
        }
    }

    /// Reads a string that starts at a quote; gives the byte after it.
    fn string(&mut self, start: usize) -> usize {
        let mut halves = Vec::new();
        let mut at = start + 1;
        let end = loop {
            at = match self.byte(at) {
                None => break at,
                Some(b'"') => break at + 1,
                Some(b'\\') => match (self.unit(at), self.unit(at + 6)) {
                    (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => at + 12,
                    (Some(0xd800..=0xdfff), _) => {
                        halves.push(at..at + 6);
                        at + 6
                    }
                    _ => at + 2,
                },
                Some(_) => at + 1,
            };
        };
        if let Some(Open::Object { key, expects_key }) = self.open.last_mut()
            && *expects_key
        {
            *key = start..end;
            *expects_key = false;
        }
        if !halves.is_empty() {
            self.fault(FaultKind::HalfCharacter);
        }
        let replaced = halves.into_iter().map(|range| (range, REPLACEMENT));
        self.replaced.extend(replaced);
        end
    }

    /// The unit of UTF-16 that an escape says.
    fn unit(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    }

    /// Reads a number; gives the byte after it.
    fn number(&mut self, start: usize) -> usize {
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let end = start + rest.iter().take_while(|byte| is_part(byte)).count();
        let number = self.text.get(start..end).unwrap_or_default();
        if number.parse().is_ok_and(f64::is_infinite) {
            self.fault(FaultKind::NotFinite);
            self.replaced.push((start..end, "null"));
        }
        end
    }

    fn fault(&mut self, kind: FaultKind) {
        let mut pointer = JsonPointer::default();
        for open in &self.open {
            pointer = match open {
                Open::List { index } => pointer.index(*index),
                Open::Object { key, .. } => pointer.child(&self.key(key)),
            };
        }
        self.faults.push(Fault { pointer, kind });
    }

    /// What a key says, with the replacement for every character that is none.
    fn key(&self, key: &Range<usize>) -> String {
        let written = self.text.get(key.clone()).unwrap_or_default();
        serde_json::from_str(written).unwrap_or_else(|_| {
            let mended = mend(written).map(|mended| mended.text);
            mended
                .and_then(|mended| serde_json::from_str(&mended).ok())
                .unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (String, Vec<String>) {
        let mended = mend(text).unwrap();
        assert_eq!(mended.text.len(), text.len());
        let pointers = mended.faults.iter();
        let pointers = pointers.map(|fault| fault.pointer.as_str().to_owned());
        (mended.text, pointers.collect())
    }

    #[test]
    fn what_no_reader_can_hold_is_replaced_where_it_stands() {
        let text = r#"{"a": [1, -1e400, {"b\"": 2e308}], "c": "x\ud83d y\udc00\ud83d\ude00", "\ud83d": "\\ud83d"}"#;
        let (text, pointers) = mended(text);
        let expected = r#"{"a": [1, null  , {"b\"": null }], "c": "x\ufffd y\ufffd\ud83d\ude00", "\ufffd": "\\ud83d"}"#;
        assert_eq!(text, expected);
        assert_eq!(pointers, ["/a/1", "/a/2/b\"", "/c", "/\u{fffd}"]);
    }

    #[test]
    fn what_can_be_read_or_cannot_be_mended_stays() {
        for text in [
            "",
            "{",
            "\"a",
            "\"\\",
            "\"\\u",
            "\"\\ud8\u{e9}\"",
            "[1e308, 12]",
            "]],}",
            "-",
        ] {
            assert!(mend(text).is_none(), "{text}");
        }
    }
}
