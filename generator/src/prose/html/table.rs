//! Tables: takes the parts between `<table>` and `</table>`, gives the events of a table of markdown, whose cells hold one line.

use super::build::Builder;
use super::tokens::Element;
use super::{Piece, Role};
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::ops::Range;

/// The most cells of a table that is read as one, the empty ones at the ends of its rows counted.
const MAX_CELLS: usize = 20_000;

/// What stands in a table, by the numbers of its pieces.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<Range<usize>>>,
    /// Where the open cell starts.
    cell: Option<usize>,
    /// What stands in no cell.
    stray: Vec<usize>,
}

/// Adds a table; gives the piece after it, or after its first tag where it is none.
pub(super) fn add(builder: &mut Builder<'_, '_>, at: usize, end: usize) -> usize {
    let (pieces, roles) = builder.parts();
    let Rows { rows, stray, .. } = Rows::read(pieces, roles, at + 1..end);
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    if columns == 0 || columns * rows.len() > MAX_CELLS {
        builder.split();
        return at + 1;
    }
    builder.begin_block();
    builder.push(Event::Start(Tag::Table(vec![Alignment::None; columns])));
    for (index, row) in rows.into_iter().enumerate() {
        let is_head = index == 0;
        let (start, stop) = match is_head {
            true => (Tag::TableHead, TagEnd::TableHead),
            false => (Tag::TableRow, TagEnd::TableRow),
        };
        builder.push(Event::Start(start));
        // The rule below the head has as many cells as the head.
        let missing = columns.saturating_sub(row.len());
        let empty = std::iter::repeat_n(end..end, if is_head { missing } else { 0 });
        for cell in row.into_iter().chain(empty) {
            builder.push(Event::Start(Tag::TableCell));
            builder.line(cell);
            builder.push(Event::End(TagEnd::TableCell));
        }
        builder.push(Event::End(stop));
    }
    builder.push(Event::End(TagEnd::Table));
    builder.run_pieces(&stray);
    builder.split();
    end + 1
}

impl Rows {
    fn read(pieces: &[Piece<'_>], roles: &[Role], range: Range<usize>) -> Self {
        let mut rows = Self::default();
        let mut at = range.start;
        while at < range.end {
            let element = match pieces.get(at) {
                Some(Piece::Tag(tag)) => tag.element.map(|element| (element, tag.is_end)),
                _ => None,
            };
            match (element, roles.get(at)) {
                // A table within a cell is text of the cell.
                (Some((Element::Table, _)), Some(Role::Start(end))) => {
                    at = *end;
                }
                (Some((Element::Row, is_end)), _) => {
                    rows.end_cell(at);
                    if !is_end {
                        rows.rows.push(Vec::new());
                    }
                }
                (Some((Element::Cell | Element::HeadCell, is_end)), _) => {
                    rows.end_cell(at);
                    if !is_end {
                        rows.cell = Some(at + 1);
                    }
                }
                (Some((Element::Block(_), _)), _) => {}
                (_, _) if rows.cell.is_none() => rows.stray.push(at),
                _ => {}
            }
            at += 1;
        }
        rows.end_cell(range.end);
        rows.rows.retain(|row| !row.is_empty());
        rows
    }

    fn end_cell(&mut self, at: usize) {
        if let Some(start) = self.cell.take() {
            if self.rows.is_empty() {
                self.rows.push(Vec::new());
            }
            if let Some(row) = self.rows.last_mut() {
                row.push(start..at);
            }
        }
    }
}
