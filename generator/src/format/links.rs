//! Takes the files of a crate, gives the links of its markdown pages that lead nowhere.

use crate::files::FileSet;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

/// A link that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// The page that it stands in.
    pub page: String,
    /// Where it leads.
    pub target: String,
}

/// What a page says about itself: its anchors, and where its links lead.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: BTreeSet<String>,
}

/// Finds every link of the markdown pages that names a file or an anchor that does not exist.
///
/// Links to other sites are not followed. Pages below `src/` are parts of rustdoc's, which sees to their links itself.
pub fn broken_links(files: &FileSet) -> Vec<BrokenLink> {
    let pages: BTreeMap<&str, Page> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".md") && !path.starts_with("src/"))
        .map(|(path, bytes)| (path, read(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in &page.links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link
                .split_once('#')
                .map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
            let target = if file.is_empty() {
                (*path).to_owned()
            } else {
                resolve(path, file)
            };
            let exists = files.get(&target).is_some();
            let found = match anchor {
                None => exists,
                Some(anchor) => pages
                    .get(target.as_str())
                    .is_some_and(|page| page.anchors.contains(anchor)),
            };
            if !found {
                broken.push(BrokenLink {
                    page: (*path).to_owned(),
                    target: link.clone(),
                });
            }
        }
    }
    broken
}

fn read(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading: Option<String> = None;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let anchor = crate::prose::anchor(&heading.take().unwrap_or_default());
                let count = counts.entry(anchor.clone()).or_default();
                // A heading that stands twice gets a number, as GitHub and Docusaurus have it.
                page.anchors.insert(if *count == 0 {
                    anchor
                } else {
                    format!("{anchor}-{count}")
                });
                *count += 1;
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.insert(dest_url.to_string());
            }
            _ => {}
        }
    }
    page
}

/// The path that a relative link of a page leads to.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_nothing_is_found() {
        let mut files = FileSet::default();
        files.insert("docs/a.md", "# Top\n\n[ok](b.md#one-two) [ok](#top) [no](c.md) [no](b.md#three) [out](https://example.com)\n");
        files.insert("docs/b.md", "## One two\n");
        let broken: Vec<String> = broken_links(&files)
            .into_iter()
            .map(|link| link.target)
            .collect();
        assert_eq!(broken, ["b.md#three", "c.md"]);
    }
}
