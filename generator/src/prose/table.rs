//! Tables: takes cells of inline markdown, gives a GFM table.

use pulldown_cmark::Alignment;

/// A table that is being composed.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    lines: Vec<String>,
    cells: Vec<String>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self {
            alignments,
            lines: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Adds a cell to the current row.
    pub(super) fn push(&mut self, cell: &str) {
        self.cells.push(cell.trim().to_owned());
    }

    /// The table's lines.
    pub(super) fn finish(self) -> String {
        self.lines.join("\n")
    }

    /// Ends the current row; the first is the head, and the delimiter row follows it.
    pub(super) fn end_row(&mut self, is_head: bool) {
        let cells = std::mem::take(&mut self.cells);
        self.lines.push(row(cells.iter().map(String::as_str)));
        if is_head {
            let rule = |alignment: &Alignment| match alignment {
                Alignment::None => "---",
                Alignment::Left => ":--",
                Alignment::Center => ":-:",
                Alignment::Right => "--:",
            };
            self.lines.push(row(self.alignments.iter().map(rule)));
        }
    }
}

fn row<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let mut line = "|".to_owned();
    for cell in cells {
        line.push(' ');
        line.push_str(cell);
        line.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    line
}
