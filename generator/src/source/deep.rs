//! Takes YAML text, tells where it nests too deeply to be given to the library.
//!
//! The library scans the whole text before the depth of anything can be counted, and its time grows with the square of the depth of
//! flow collections (minutes for 100,000 levels). This stops such a text cheaply when it stands in one line. Spread over
//! many lines it is still refused, but only after the scan. Brackets in quotes, in blocks of text and in comments nest nothing.

/// How many more brackets a line may open than it closes. It is far above what anybody writes.
const MAX_OPEN_IN_LINE: usize = 2_000;

/// What a line of YAML starts in.
#[derive(Default)]
struct State {
    /// The quote that is open.
    quote: Option<u8>,
    /// How far the owner of the block of text that is open is indented.
    block: Option<usize>,
}

/// The byte at which a line opens more brackets than [`MAX_OPEN_IN_LINE`].
pub(super) fn deep_line(text: &str) -> Option<usize> {
    if text.lines().all(|line| line.len() <= MAX_OPEN_IN_LINE) {
        return None;
    }
    let mut state = State::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(at) = state.line(line.as_bytes()) {
            return Some(start + at);
        }
        start += line.len();
    }
    None
}

impl State {
    fn line(&mut self, line: &[u8]) -> Option<usize> {
        let is_space = |byte: &&u8| **byte == b' ';
        let indent = line.iter().take_while(is_space).count();
        if let Some(owner) = self.block {
            if indent > owner || line.trim_ascii().is_empty() {
                return None;
            }
            self.block = None;
        }
        let mut open = 0_usize;
        let mut before = b' ';
        let mut end = line.len();
        let mut bytes = line.iter().copied().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let next = bytes.peek().map(|(_, next)| *next);
            match (self.quote, byte) {
                (Some(b'"'), b'\\') => _ = bytes.next(),
                (Some(b'\''), b'\'') if next == Some(b'\'') => _ = bytes.next(),
                (Some(quote), byte) if quote == byte => self.quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if b" [{,:\t".contains(&before) => self.quote = Some(byte),
                (None, b'#') if before == b' ' => {
                    end = at;
                    break;
                }
                (None, b'[' | b'{') => open = open.saturating_add(1),
                (None, b']' | b'}') => open = open.saturating_sub(1),
                (None, _) => {}
            }
            if open > MAX_OPEN_IN_LINE {
                return Some(at);
            }
            before = byte;
        }
        let code = line.get(..end).unwrap_or_default();
        if self.quote.is_none() && opens_block(code) {
            let is_marker = |byte: &&u8| matches!(byte, b' ' | b'-');
            self.block = Some(code.iter().take_while(is_marker).count());
        }
        None
    }
}

/// Whether a line ends with the sign of a block of text: `|` or `>`, with how its ends are kept and how far it is indented.
fn opens_block(line: &[u8]) -> bool {
    let last = line.trim_ascii().rsplit(|byte| *byte == b' ').next();
    match last {
        Some([b'|' | b'>', rest @ ..]) => {
            rest.len() <= 2 && rest.iter().all(|byte| b"+-123456789".contains(byte))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_brackets_that_nest_count() {
        let many = "[".repeat(3_000);
        for text in [
            format!("a: \"{many}\"\n"),
            format!("a: 'it''s {many}'\n"),
            format!("a: \"\n  {many}\n  {many}\"\nb: 1\n"),
            format!("a: |-\n  {many}\n\n  {many}\nb: 1\n"),
            format!("- a: >2 # folded\n     {many}\n  b: 1\n"),
            format!("a: 1 # {many}\n"),
        ] {
            assert_eq!(deep_line(&text), None, "{}", text.get(..12).unwrap());
        }
        for (text, at) in [
            (many.clone(), 2_000),
            (format!("a: {many}"), 2_003),
            (format!("a: |\n  b\nc: {many}"), 2_012),
            (format!("- a: |\n   b\n  c: {many}"), 2_017),
            (format!("a: \"b\"\nc: {{d: {many}"), 2_013),
            (format!("a: don't\nb: {many}"), 2_012),
        ] {
            assert_eq!(deep_line(&text), Some(at), "{}", text.get(..12).unwrap());
        }
    }
}
