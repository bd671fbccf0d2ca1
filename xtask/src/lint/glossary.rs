//! One word for one thing: takes the texts and the terms of `glossary.yaml`, gives the texts that use another word.

use super::Finding;
use super::said::Said;
use crate::targets::{Repo, Target};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde::Deserialize;
use std::fs;
use std::io;

/// A word for a thing, and the words that are not to be used for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    term: String,
    /// What it means, for readers of the glossary.
    means: String,
    #[serde(default)]
    instead_of: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    terms: Vec<Term>,
}

/// The terms of a target; none where it has no glossary.
///
/// # Errors
///
/// When the glossary cannot be read or understood.
pub(super) fn read(repo: &Repo, target: &Target) -> anyhow::Result<Vec<Term>> {
    let name = target.glossary();
    match fs::read_to_string(repo.path(&name)) {
        Ok(text) => parse(&text, &name),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error)
            .with_context(|| format!("cannot read {name}"))
            .advise("make it readable, or take it away"),
    }
}

fn parse(text: &str, name: &str) -> anyhow::Result<Vec<Term>> {
    let glossary: Glossary = serde_yaml::from_str(text)
        .with_context(|| format!("{name} is no glossary"))
        .advise("write it as `terms`, a list of `term`, `means` and `instead_of`")?;
    let is_empty = |text: &String| text.trim().is_empty();
    for term in &glossary.terms {
        let texts = [&term.term, &term.means].into_iter();
        if texts.chain(&term.instead_of).any(is_empty) {
            return Err(advised(
                format!("{name}: the term `{}` has an empty text", term.term),
                "fill it, or take the term away",
            ));
        }
    }
    Ok(glossary.terms)
}

/// Finds the texts that use another word.
pub(super) fn find(all: &[Said<'_>], terms: &[Term]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in all {
        let Some(text) = said.text else { continue };
        let text = prose(text);
        for (term, other) in terms
            .iter()
            .flat_map(|term| term.instead_of.iter().map(move |other| (term, other)))
        {
            if has_words(&text, &prose(other)) {
                findings.push(Finding::new(
                    said.pointer.clone(),
                    format!(
                        "{} says `{other}`: the word for it is `{}` ({})",
                        said.what,
                        term.term,
                        term.means.trim().trim_end_matches('.')
                    ),
                ));
            }
        }
    }
    findings
}

/// A text in lower case without what stands between backticks, in one line.
fn prose(text: &str) -> String {
    let plain: Vec<&str> = text.split('`').step_by(2).collect();
    let plain = plain.join("`").to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has these words, whole, in the singular or the plural.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(start, _)| {
        let (before, after) = (text.get(..start), text.get(start + words.len()..));
        let before = before.unwrap_or_default().chars().next_back();
        let after = after.unwrap_or_default();
        let after = after.strip_prefix('s').unwrap_or(after).chars().next();
        let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_end(before) && is_end(after)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{facts_of, messages, said::gather};
    use super::{find, parse};

    const TERMS: &str = "terms:\n  - {term: account, means: A login on one source., instead_of: [user account]}\n  - {term: page, means: A part of a list.}\n";

    #[test]
    fn another_word_for_a_thing_is_found_with_the_term() {
        let terms = parse(TERMS, "glossary.yaml").unwrap();
        let facts = facts_of(
            "    One: {type: string, description: 'Which User\n        accounts are meant.'}\n    \
             Two: {type: string, description: 'A `user account`, or a user accountant.'}\n",
        );
        let found = find(&gather(&facts), &terms);
        assert_eq!(
            messages(&found),
            [
                "the description of the schema `One` says `user account`: the word for it is `account` (A login on one source)"
            ]
        );
    }

    #[test]
    fn a_glossary_that_cannot_be_understood_is_an_error() {
        for text in [
            "terms: 1",
            "terms: [{term: a, means: b, instead: [c]}]",
            "terms: [{term: a}]",
            "terms: [{term: a, means: ''}]",
        ] {
            assert!(parse(text, "glossary.yaml").is_err(), "{text}");
        }
    }
}
