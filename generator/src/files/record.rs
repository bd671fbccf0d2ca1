//! The record of what was written: takes paths, gives the text of a file that stands in the output folder, and reads it back.
//!
//! It is committed with the crate, so that a run on another machine knows it as well. It names paths and nothing of what the files
//! hold: so it changes only when files come and go, and two branches that both generate merge without a conflict. That somebody
//! edited a generated file is told by `check` and by version control, which know what was changed in it, too.

use super::look::is_plain;
use std::collections::BTreeSet;

/// The record's place in the output folder. The dot keeps it apart from what a reader of the crate looks for.
pub const RECORD: &str = ".sdk-generator";

/// The record's first line, by which it is known.
const TITLE: &str = "# Written by sdk-generator, which replaces and removes these files, and no others. Commit this with them.";

/// The record of these paths, in their order; it does not name itself.
pub(super) fn print<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let mut text = format!("{TITLE}\n");
    for path in paths.filter(|path| *path != RECORD) {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The paths that a record names; `None` when the text is no record. A path that leads out of the folder is nobody's.
pub(super) fn read(text: &str) -> Option<BTreeSet<String>> {
    let mut lines = text.lines();
    (lines.next()? == TITLE).then(|| {
        lines
            .filter(|path| is_plain(path))
            .map(str::to_owned)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_back_and_leads_nowhere_else() {
        let text = print(["Cargo.toml", RECORD, "src/lib.rs"].into_iter());
        let paths = ["Cargo.toml".to_owned(), "src/lib.rs".to_owned()];
        assert_eq!(read(&text), Some(BTreeSet::from(paths.clone())));
        let hostile = text.replace('\n', "\r\n") + "../up\n/etc/passwd\n\nsrc/../../up\n";
        assert_eq!(read(&hostile), Some(BTreeSet::from(paths)));
        assert_eq!(read("src/lib.rs\n"), None);
        assert_eq!(read(""), None);
    }
}
