//! Rust identifiers: what is allowed, and what to do when a name is not.

use super::word::Word;
use crate::plan::reason::{NameReasons, NameStep};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};
use unicode_normalization::UnicodeNormalization;

/// A valid Rust identifier, raw (`r#type`) where the word is a keyword. It remembers how it was made, which is no part of what it
/// is: two identifiers are equal when they are written the same.
#[derive(Clone, Debug, Default)]
pub struct RustIdent {
    text: String,
    reasons: NameReasons,
}

impl RustIdent {
    /// The identifier as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The word without `r#`, as people say it and as files are called.
    pub fn word(&self) -> &str {
        self.text.strip_prefix("r#").unwrap_or(&self.text)
    }

    /// Why it is not what the document says, where it is not.
    pub fn reasons(&self) -> NameReasons {
        self.reasons
    }
}

impl PartialEq for RustIdent {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for RustIdent {}

impl Hash for RustIdent {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for RustIdent {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RustIdent {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl serde::Serialize for RustIdent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether an identifier names a type or a value, which decides how a bad one is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    Type,
    Value,
}

/// Names that are taken in one place of the emitted code.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    used: HashSet<String>,
    /// The number to try next behind a word that is taken: the smaller ones are taken as well, and stay so.
    next: HashMap<String, usize>,
    #[cfg(test)]
    tried: usize,
}

impl Scope {
    /// A scope in which these words are taken from the start.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self {
            used: reserved.iter().map(|word| word.to_lowercase()).collect(),
            ..Self::default()
        }
    }

    /// Gives `wanted` as an identifier, with a number behind it if it is taken.
    ///
    /// Words that differ only in case are taken to be the same, since file names are made from them as well.
    pub(crate) fn claim(
        &mut self,
        wanted: impl Into<Word>,
        kind: NameKind,
        fallback: &str,
    ) -> RustIdent {
        let word = wanted
            .into()
            .change(NameStep::Letters, |wanted| valid(wanted, kind, fallback));
        let word = word.change(NameStep::Taken, |word| self.number(word.to_owned()));
        raw_if_keyword(word)
    }

    /// Gives `wanted`, a type's name, as an identifier, with the mark behind it if it is taken.
    pub(crate) fn claim_marked(&mut self, wanted: Word, mark: &str) -> RustIdent {
        let word = wanted.change(NameStep::Letters, |wanted| {
            valid(wanted, NameKind::Type, "Type")
        });
        let word = word.change(NameStep::Taken, |word| match self.has(word) {
            false => self.number(word.to_owned()),
            true => self.number(format!("{word}X{mark}")),
        });
        raw_if_keyword(word)
    }

    /// Gives `wanted` as the name of a page, with a number behind it if it is taken.
    pub(crate) fn claim_page(&mut self, wanted: &str) -> String {
        self.number(wanted.to_owned())
    }

    fn number(&mut self, word: String) -> String {
        let plain = word.to_lowercase();
        if self.used.insert(plain.clone()) {
            return word;
        }
        // A number right behind another would read as one.
        let gap = match word.ends_with(|c: char| c.is_ascii_digit()) {
            true => "_",
            false => "",
        };
        let next = self.next.entry(plain).or_insert(2);
        loop {
            let candidate = format!("{word}{gap}{next}");
            *next += 1;
            #[cfg(test)]
            {
                self.tried += 1;
            }
            if self.used.insert(candidate.to_lowercase()) {
                return candidate;
            }
        }
    }

    /// Whether a word is taken.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.used.contains(&word.to_lowercase())
    }
}

/// How long an identifier is, in bytes: files are called after it, and file systems have limits.
const MAX_BYTES: usize = 120;

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// How long the longest keyword is.
const MAX_KEYWORD: usize = 8;

/// Takes a word that is an identifier or a keyword.
fn raw_if_keyword(word: Word) -> RustIdent {
    // Only short words are worth asking about.
    let is_plain = |word: &str| word.len() > MAX_KEYWORD || is_plain(word);
    let word = word.change(NameStep::Keyword, |word| match is_plain(word) {
        true => word.to_owned(),
        false => format!("r#{word}"),
    });
    let (text, reasons) = word.into_parts();
    RustIdent { text, reasons }
}

/// Whether a word is an identifier and no keyword.
pub(crate) fn is_plain(word: &str) -> bool {
    // `gen` is a keyword since the edition 2024, which syn does not ask for.
    word != "gen" && syn::parse_str::<syn::Ident>(word).is_ok()
}

/// A word that is an identifier, or would be if it were no keyword.
pub(crate) fn valid(wanted: &str, kind: NameKind, fallback: &str) -> String {
    let may_stand = |c: &char| *c == '_' || unicode_ident::is_xid_continue(*c);
    let mut word: String = match wanted.is_ascii() {
        true => wanted.chars().filter(may_stand).collect(),
        // The compiler warns of letters that have a plainer form (NFKC), such as the ligature of f and i.
        false => wanted.nfkc().filter(may_stand).collect(),
    };
    let end = word
        .char_indices()
        .map(|(start, c)| start + c.len_utf8())
        .take_while(|end| *end <= MAX_BYTES)
        .last();
    word.truncate(end.unwrap_or_default());
    if word.chars().all(|c| c == '_') {
        word = fallback.to_owned();
    }
    if !word.starts_with(is_start) {
        let prefix = if kind == NameKind::Type { "N" } else { "n" };
        word = format!("{prefix}{word}");
    }
    match kind {
        NameKind::Type if NEVER_RAW.contains(&word.as_str()) => word.push_str("Type"),
        NameKind::Value if NEVER_RAW.contains(&word.as_str()) => word.push('_'),
        _ => {}
    }
    word
}

fn is_start(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_start(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(wanted: &str) -> String {
        Scope::default()
            .claim(wanted, NameKind::Value, "value")
            .to_string()
    }

    #[test]
    fn every_word_becomes_an_identifier() {
        assert_eq!(claim("type"), "r#type");
        assert_eq!(claim("self"), "self_");
        assert_eq!(claim("gen"), "r#gen");
        assert_eq!(claim("2fa"), "n2fa");
        assert_eq!(claim(""), "value");
        assert_eq!(claim("__"), "value");
        assert_eq!(claim("größe"), "größe");
        assert_eq!(claim("a\"; fn main() {"), "afnmain");
        for odd in ["²", "½", "💥", "\u{0}", "../..", "{{ x }}", "*/"] {
            let ident = claim(odd);
            assert!(
                syn::parse_str::<syn::Ident>(&ident).is_ok(),
                "{odd:?} became {ident:?}"
            );
        }
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut scope = Scope::with(&["Client"]);
        let mut claim = |wanted| scope.claim(wanted, NameKind::Type, "Type").to_string();
        assert_eq!(claim("Client"), "Client2");
        assert_eq!(claim("client"), "client3");
        assert_eq!(claim("Sha1"), "Sha1");
        assert_eq!(claim("Sha1"), "Sha1_2");
    }

    #[test]
    fn a_name_that_is_wanted_often_is_tried_once_each_time() {
        let mut scope = Scope::default();
        for place in 0..5_000 {
            let ident = scope.claim("same", NameKind::Value, "value");
            assert!(place < 2 || ident.as_str() == format!("same{}", place + 1));
        }
        assert!(scope.tried < 6_000, "{} numbers were tried", scope.tried);
    }
}
