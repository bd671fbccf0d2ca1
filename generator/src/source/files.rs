//! Takes the texts of the files and gives the line that a pointer into the merged tree came from.
//!
//! Lines are not counted before somebody asks.

use super::places::Places;
use super::position::Position;
use crate::pointer::JsonPointer;
use std::collections::HashMap;
use std::sync::OnceLock;

const BOM: char = '\u{feff}';

/// After how many bytes the count of characters is kept.
const BLOCK: usize = 4096;

/// How many characters begin in these bytes of UTF-8: as many as there are bytes that continue none.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The number of a file, in the order of opening; the root document is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(usize);

impl FileId {
    /// How many files were opened before it.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// A file that was read.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    /// As far as the file can be decoded, and with its byte order mark.
    text: String,
    /// All of the file when it is not UTF-8.
    raw: Option<Vec<u8>>,
    /// Whether all of the file could be decoded.
    is_text: bool,
    has_json_name: bool,
    is_json: bool,
    line_starts: OnceLock<Vec<usize>>,
    /// How many characters stand before each block of [`BLOCK`] bytes.
    characters: OnceLock<Vec<usize>>,
    /// Where its nodes stand, when it could be read.
    places: Option<Places>,
}

impl SourceFile {
    pub(crate) fn new(name: String, bytes: Vec<u8>) -> Self {
        let has_json_name = name.to_ascii_lowercase().ends_with(".json");
        let (text, raw, is_text) = match decode_utf16(&bytes) {
            Some(Ok(text)) => (text, Some(bytes), true),
            Some(Err(text)) => (text, Some(bytes), false),
            None => match String::from_utf8(bytes) {
                Ok(text) => (text, None, true),
                Err(error) => {
                    let valid = error.as_bytes().utf8_chunks().next();
                    let valid = valid.map(|chunk| chunk.valid().to_owned());
                    (valid.unwrap_or_default(), Some(error.into_bytes()), false)
                }
            },
        };
        let is_json = match text.trim_start_matches(BOM).trim_start().chars().next() {
            Some('{' | '[') => true,
            // A YAML document under the name of a JSON file starts with a key, a comment or a marker.
            Some(first) => {
                has_json_name && !(first.is_alphabetic() || first == '#' || first == '-')
            }
            None => has_json_name,
        };
        Self {
            name,
            text,
            raw,
            is_text,
            has_json_name,
            is_json,
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
            places: None,
        }
    }

    /// The name by which diagnostics call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What was read, byte for byte.
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// Whether the text is JSON: it opens an object or an array, or it has the name of a JSON file and is not plainly YAML.
    pub(crate) fn is_json(&self) -> bool {
        self.is_json
    }

    /// Whether the name says that the file is JSON.
    pub(crate) fn has_json_name(&self) -> bool {
        self.has_json_name
    }

    /// Keeps where its nodes stand.
    pub(super) fn set_places(&mut self, places: Places) {
        self.places = Some(places);
    }

    /// Takes the file for YAML from now on.
    pub(crate) fn take_for_yaml(&mut self) {
        self.is_json = false;
    }

    /// The text without its byte order mark, up to the first byte that cannot be decoded.
    pub(crate) fn text(&self) -> &str {
        self.text.trim_start_matches(BOM)
    }

    /// Whether all of the file is text.
    pub(crate) fn is_text(&self) -> bool {
        self.is_text
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let breaks = self
                .text()
                .match_indices('\n')
                .map(|(at, _)| at.saturating_add(1));
            std::iter::once(0).chain(breaks).collect()
        })
    }

    /// The position of the byte `offset` of the text.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let text = self.text();
        let offset = offset.min(text.len());
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|index| starts.get(index))
            .copied()
            .unwrap_or(0);
        let before = self.characters_before(start);
        let column = self
            .characters_before(offset)
            .saturating_sub(before)
            .saturating_add(1);
        Position {
            file: self.name.clone(),
            line: line.max(1),
            column,
        }
    }

    /// How many characters begin before the byte `offset`. Minified documents have lines of megabytes, so that not every
    /// diagnostic may count from the start.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text().as_bytes();
        let blocks = self.characters.get_or_init(|| {
            let mut counts = vec![0_usize];
            let mut before = 0_usize;
            for block in bytes.chunks(BLOCK) {
                before = before.saturating_add(characters(block));
                counts.push(before);
            }
            counts
        });
        let index = offset / BLOCK;
        let start = index.saturating_mul(BLOCK);
        let within = characters(bytes.get(start..offset).unwrap_or_default());
        blocks
            .get(index)
            .copied()
            .unwrap_or_default()
            .saturating_add(within)
    }

    /// The position of the node at `pointer`, a pointer into this file.
    pub(crate) fn locate(&self, pointer: &JsonPointer) -> Position {
        let start = self
            .places
            .as_ref()
            .and_then(|places| places.find(self.text(), pointer));
        self.position(start.unwrap_or(0))
    }

    fn line(&self, line: usize) -> Option<&str> {
        let start = *self.line_starts().get(line.checked_sub(1)?)?;
        self.text().get(start..)?.lines().next()
    }
}

/// The text of bytes that begin with the byte order mark of UTF-16, which YAML 1.2 (section 5.2) allows; `Err` with what
/// comes before the first fault, and `None` when there is no such mark.
fn decode_utf16(bytes: &[u8]) -> Option<Result<String, String>> {
    let (rest, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    let mut text = String::with_capacity(rest.len());
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(char) => text.push(char),
            Err(_) => return Some(Err(text)),
        }
    }
    Some(if odd.is_empty() { Ok(text) } else { Err(text) })
}

/// The files of a document, and which part of the merged tree came from where.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    pub(crate) origins: HashMap<JsonPointer, (FileId, JsonPointer)>,
}

impl Sources {
    /// Where the node at `pointer` stands, or the nearest node above it that is known; `None` when no file was read.
    pub fn locate(&self, pointer: &JsonPointer) -> Option<Position> {
        let (file, pointer) = self.origin(pointer);
        Some(self.file(file)?.locate(&pointer))
    }

    /// The text of the line of `position`, without its line break.
    pub fn line(&self, position: &Position) -> Option<&str> {
        self.files
            .iter()
            .find(|file| file.name == position.file)?
            .line(position.line)
    }

    /// The files that were read, the root document first, the others in the order in which they were met.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    pub(crate) fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len().saturating_sub(1))
    }

    pub(crate) fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0)
    }

    /// Remembers that what is at `merged` came from `pointer` in `file`.
    pub fn record(&mut self, merged: JsonPointer, file: FileId, pointer: JsonPointer) {
        self.origins.insert(merged, (file, pointer));
    }

    /// Remembers that the element `index` of the merged array at `array` was the element `was` where it came from, since
    /// elements before it were left out.
    pub(crate) fn record_shift(&mut self, array: &JsonPointer, index: usize, was: usize) {
        let (file, pointer) = self.origin(array);
        self.record(array.index(index), file, pointer.index(was));
    }

    /// The file and the pointer into it of a node of the merged tree.
    pub(crate) fn origin(&self, pointer: &JsonPointer) -> (FileId, JsonPointer) {
        let mut below = Vec::new();
        let mut above = pointer.clone();
        loop {
            if let Some((file, base)) = self.origins.get(&above) {
                let pointer = below
                    .iter()
                    .rev()
                    .fold(base.clone(), |base, token: &String| base.child(token));
                return (*file, pointer);
            }
            below.extend(above.last());
            match above.parent() {
                Some(parent) => above = parent,
                None => return (FileId(0), pointer.clone()),
            }
        }
    }
}
