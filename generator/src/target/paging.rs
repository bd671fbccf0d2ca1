//! How the API's lists come in pages, as a target file tells it: once for each style. Which operations a style applies to is found by
//! rule: those that have its parameters and answer with a list where the style says.

use super::fault::{Faults, Setting};
use super::known::Known;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How lists come in pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paging {
    /// The operations that answer with a list as a whole, by operationId.
    pub unpaged: Vec<String>,
    /// The styles, by the names of the constants that they become.
    pub styles: BTreeMap<String, PagingStyle>,
}

/// A style. One of `offset`, `page`, `cursor` and `search_after` says what the next page is asked by; with none of them, `next` is
/// where a page tells the URL of the next.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PagingStyle {
    /// The query parameter that says how many items to skip.
    pub offset: Option<String>,
    /// The query parameter that takes the page's number, from 1 on.
    pub page: Option<String>,
    /// The query parameter that takes the cursor that the page before told.
    pub cursor: Option<String>,
    /// The members of the body by which a search goes on behind an item.
    pub search_after: Option<SearchAfter>,
    /// Where a page tells the cursor or the URL of the next.
    pub next: Option<Place>,
    /// Where a page tells how many pages there are.
    pub pages: Option<Place>,
    /// The query parameter that says how many items a page may have.
    pub limit: Option<String>,
    /// How many items to ask for in a page, where that is not the most that the document allows.
    pub page_size: Option<u32>,
    /// The query parameter that must be `true` for the total to be told.
    pub count: Option<String>,
    /// Where a page tells how many items there are.
    pub total: Option<Place>,
    /// The member of the answer that holds the items, or `*` for its only list, whatever that is called; the answer itself unless given.
    pub items: Option<String>,
    /// The query parameters that only the first request may have.
    pub first_only: Vec<String>,
    /// The only operations that the style is for, by operationId; all that fit unless given.
    pub operations: Vec<String>,
}

/// Where a page tells something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// In this header.
    Header(String),
    /// In the body, at this JSON pointer.
    Body(String),
}

/// A search that goes on behind an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchAfter {
    /// The member of the body that takes the values of the last item.
    pub member: String,
    /// The member of the body that names the fields to sort by.
    pub sort: String,
    /// A field by which no two items are the same.
    pub unique: String,
}

/// What the next page of a list is asked by.
#[derive(Clone, Copy, Debug)]
pub enum Advance<'t> {
    /// How many items to skip.
    Offset(&'t str),
    /// The page's number, and where the number of pages is told.
    Page(&'t str, Option<&'t Place>),
    /// The cursor that the page before told there.
    Cursor(&'t str, &'t Place),
    /// The URL that the page before told there.
    Link(&'t Place),
    /// The last item's values.
    SearchAfter(&'t SearchAfter),
}

impl PagingStyle {
    /// What the next page is asked by; none where the settings say nothing or two things.
    pub fn advance(&self) -> Option<Advance<'_>> {
        let next = self.next.as_ref();
        match (&self.offset, &self.page, &self.cursor, &self.search_after) {
            (Some(name), None, None, None) => Some(Advance::Offset(name)),
            (None, Some(name), None, None) => Some(Advance::Page(name, self.pages.as_ref())),
            (None, None, Some(name), None) => next.map(|next| Advance::Cursor(name, next)),
            (None, None, None, Some(search)) => Some(Advance::SearchAfter(search)),
            (None, None, None, None) => next.map(Advance::Link),
            _ => None,
        }
    }

    /// The query parameters that an operation of this style has.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let names = [
            &self.offset,
            &self.page,
            &self.cursor,
            &self.limit,
            &self.count,
        ];
        let names = names.into_iter().flatten();
        names.chain(&self.first_only).map(String::as_str)
    }
}

/// Checks the styles and the lists that are said to come whole.
pub(super) fn check(faults: &mut Faults<'_>, paging: &Paging, known: &Known<'_>) {
    for (name, style) in &paging.styles {
        check_style(faults, name, style, known);
    }
    let key = ["paging", "unpaged"];
    faults.expect_once(&key, &paging.unpaged);
    for setting in Setting::items(&key, &paging.unpaged) {
        let id = setting.value;
        if known.paged.iter().any(|(paged, _)| *paged == id) {
            faults.add(setting, "a style pages this operation");
        } else if known.operations.contains(&id) && !known.lists.contains(&id) {
            faults.add(setting, "the operation does not answer with a list");
        } else {
            faults.expect_known(setting, id, "operation", &known.operations);
        }
    }
    if paging.styles.is_empty() {
        return;
    }
    let is_told = |id: &&str| {
        known.paged.iter().any(|(paged, _)| paged == id)
            || paging.unpaged.iter().any(|unpaged| unpaged == id)
    };
    let missing: Vec<&str> = known
        .lists
        .iter()
        .copied()
        .filter(|id| !is_told(id))
        .collect();
    match missing.as_slice() {
        [] => {}
        [id] => {
            let problem = "the operation answers with a list that no style pages; name it here if it comes as a whole";
            faults.add(Setting::new(&key, id), problem);
        }
        _ => {
            let problem = "these operations answer with lists that no style pages; name those here that come as a whole";
            faults.add_missing(&key, missing, problem);
        }
    }
}

/// Whether a constant can be called so, in capitals.
pub(super) fn is_constant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn check_style(faults: &mut Faults<'_>, name: &str, style: &PagingStyle, known: &Known<'_>) {
    let key = ["paging", "styles", name];
    let setting = Setting::new(&key, name);
    if !is_constant(name) {
        faults.add(
            setting,
            "a style's name is lower-case ASCII letters, digits and `_`, and begins with a letter",
        );
    }
    if style.advance().is_none() {
        faults.add(
            setting,
            "a style has one of `offset`, `page`, `cursor` and `search_after`, and `next` beside `cursor` or alone",
        );
        return;
    }
    let of_style = |id: &str| {
        let mut paged = known.paged.iter();
        paged.any(|(paged, style)| *paged == id && *style == name)
    };
    let key = ["paging", "styles", name, "operations"];
    for setting in Setting::items(&key, &style.operations) {
        if !known.operations.contains(&setting.value) {
            faults.expect_known(setting, setting.value, "operation", &known.operations);
        } else if !of_style(setting.value) {
            faults.add(
                setting,
                "the operation has not all that the style names, or another style names more of what it has",
            );
        }
    }
    if style.operations.is_empty() && !known.paged.iter().any(|(_, paged)| *paged == name) {
        let problem = "no operation has all that the style names and answers with a list there";
        faults.add(setting, problem);
    }
}
