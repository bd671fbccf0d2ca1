//! Takes the catalogue and gives the page that lists all of it, as Markdown.

use super::{Entry, entry};
use crate::diagnostics::Code;
use std::fmt::Write as _;

const HEAD: &str = "\
# Diagnostics

What `sdk-generator` can say about a document, by the code that stands in brackets after the severity. `sdk-generator explain CODE` prints
one of these sections, and `sdk-generator lint SPEC` finds the codes of a document. Each example
is a small document in which `lint` finds the code; some need a second file, which is shown or described.

This page is made from the catalogue in `generator/src/diagnostics/catalogue/`, by the test `diagnostics`.

";

/// The page: a table of all codes, then a section for each.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| code | what it says |\n|---|---|\n");
    for code in Code::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(page, "| [`{code}`](#{code}) | {} |", code.title());
    }
    for code in Code::ALL {
        push_section(&mut page, *code);
    }
    page
}

fn push_section(page: &mut String, code: Code) {
    let Entry { why, example, fix } = entry(code);
    let _ = write!(page, "\n## {code}\n\n{}\n\n{why}\n", code.title());
    for (name, text) in *example {
        // One document needs no name; of several files, each is named by the references to it.
        if example.len() > 1 {
            let _ = write!(page, "\n`{name}`:\n");
        }
        let language = name.rsplit('.').next().unwrap_or_default();
        let _ = write!(page, "\n```{language}\n{text}```\n");
    }
    let _ = write!(page, "\n**What to do:** {fix}\n");
}
