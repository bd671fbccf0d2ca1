//! Tags: takes the parts of a description, tells what each of its tags is: the start or the end of an element, something that stands
//! by itself, or text.
//!
//! An element ends within the list, the quote or the emphasis of markdown that it starts in, and one that stands within a line ends
//! within its block. The time is linear: a search goes only over tags that it takes away.

use super::tokens::Element;
use super::{Piece, Role};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;

/// The elements that are open within one container of markdown.
#[derive(Default)]
struct Frame {
    open: Vec<Open>,
    counts: HashMap<Element, usize>,
}

struct Open {
    element: Element,
    /// The piece that starts it.
    piece: usize,
    /// How many blocks had started or ended before it.
    blocks: usize,
}

/// What each of the pieces is; what is no tag has the role of text.
pub(super) fn roles(pieces: &[Piece<'_>]) -> Vec<Role> {
    let mut roles = vec![Role::Text; pieces.len()];
    let mut frames = vec![Frame::default()];
    let mut blocks = 0;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(_) => {}
            Piece::Event((event, _)) => match event {
                Event::Start(tag) => {
                    blocks += usize::from(is_block(tag.to_end()));
                    // A paragraph may lie within an element, and an element may go over several.
                    if !matches!(tag, Tag::Paragraph) {
                        frames.push(Frame::default());
                    }
                }
                Event::End(tag) => {
                    blocks += usize::from(is_block(*tag));
                    if !matches!(tag, TagEnd::Paragraph) && frames.len() > 1 {
                        frames.pop();
                    }
                }
                _ => {}
            },
            Piece::Tag(tag) => {
                let (Some(element), Some(frame)) = (tag.element, frames.last_mut()) else {
                    continue;
                };
                blocks += usize::from(!element.is_inline() && element != Element::Break);
                let role = match (tag.is_end, element.is_void()) {
                    (_, true) => Role::Alone,
                    (false, false) => {
                        frame.open(element, at, blocks);
                        // Until its end is found.
                        if element.is_inline() {
                            Role::Text
                        } else {
                            Role::Alone
                        }
                    }
                    (true, false) => frame.close(element, at, blocks, &mut roles),
                };
                if let Some(place) = roles.get_mut(at) {
                    *place = role;
                }
            }
        }
    }
    roles
}

impl Frame {
    fn open(&mut self, element: Element, piece: usize, blocks: usize) {
        *self.counts.entry(element).or_default() += 1;
        self.open.push(Open {
            element,
            piece,
            blocks,
        });
    }

    fn close(&mut self, element: Element, at: usize, blocks: usize, roles: &mut [Role]) -> Role {
        let is_open = self.counts.get(&element).is_some_and(|count| *count > 0);
        while let Some(open) = self.open.pop_if(|_| is_open) {
            if let Some(count) = self.counts.get_mut(&open.element) {
                *count -= 1;
            }
            if open.element != element {
                continue;
            }
            // What is within a line cannot go over several blocks; it has no look of its own then.
            let is_split = element.is_inline() && open.blocks != blocks;
            let (start, end) = match is_split {
                true => (Role::Nothing, Role::Nothing),
                false => (Role::Start(at), Role::End(open.piece)),
            };
            if let Some(place) = roles.get_mut(open.piece) {
                *place = start;
            }
            return end;
        }
        if element.is_inline() {
            Role::Text
        } else {
            Role::Alone
        }
    }
}

fn is_block(tag: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    !matches!(tag, Emphasis | Strong | Strikethrough | Link | Image)
}
