//! A case: a document and the seeds of the mutations that it gets, with a name from which it can be made again.

use crate::documents::Document;
use crate::mutate::mutate;
use serde_json::Value;
use std::fmt::Write as _;

/// A document and the seeds of its mutations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// The document's number.
    pub(crate) document: usize,
    /// The seeds, in the order in which the mutations are made.
    pub(crate) seeds: Vec<u32>,
}

impl Case {
    /// The case of this number: its own numbers alone decide what it is, not the thread that it runs in.
    pub(crate) fn draw(number: usize, seed: u64, documents: &[Document]) -> Self {
        let mut rng =
            fastrand::Rng::with_seed(seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let total: f64 = documents.iter().map(|document| document.weight).sum();
        let mut left = rng.f64() * total;
        let document = documents
            .iter()
            .position(|document| {
                left -= document.weight;
                left < 0.0
            })
            .unwrap_or(0);
        let seeds = (0..rng.usize(1..=3)).map(|_| rng.u32(..)).collect();
        Self { document, seeds }
    }

    /// The case of this name.
    pub(crate) fn parse(name: &str, documents: &[Document]) -> Self {
        let (document, seeds) = name
            .rsplit_once(':')
            .unwrap_or_else(|| panic!("`{name}` is no case: it has no `:`"));
        Self {
            document: documents
                .iter()
                .position(|known| known.name == document)
                .unwrap_or_else(|| panic!("there is no document `{document}`")),
            seeds: seeds
                .split(',')
                .map(|seed| u32::from_str_radix(seed, 16).expect("a seed in hexadecimal digits"))
                .collect(),
        }
    }

    /// Its name.
    pub(crate) fn name(&self, documents: &[Document]) -> String {
        let seeds: Vec<String> = self.seeds.iter().map(|seed| format!("{seed:x}")).collect();
        format!("{}:{}", documents[self.document].name, seeds.join(","))
    }

    /// The mutated document, and what was done to it.
    pub(crate) fn document(&self, documents: &[Document]) -> (Value, Vec<String>) {
        let mut tree = documents[self.document].tree.clone();
        let told = self
            .seeds
            .iter()
            .map(|seed| mutate(&mut tree, u64::from(*seed)))
            .collect();
        (tree, told)
    }

    /// What was done to the document, and how to see it again.
    pub(crate) fn tell(&self, documents: &[Document]) -> String {
        let mut told = String::new();
        for mutation in self.document(documents).1 {
            let _ = writeln!(told, "  {mutation}");
        }
        let _ = writeln!(told, "  SDK_GENERATOR_MUTATION='{}'", self.name(documents));
        told
    }
}
