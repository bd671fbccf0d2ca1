//! JSON pointers (RFC 6901): the address of a node in the document's tree.
//!
//! Every phase names places by pointer, so that a diagnostic can be traced to a line of the file that it
//! came from, and a `$ref` is a pointer once its file is known.

use std::fmt;
use std::sync::Arc;

/// An RFC 6901 pointer, kept in its escaped text form; the empty pointer is the whole document.
///
/// The facts and the plan name the same places a hundred thousand times, so a copy shares the text. The whole document has none,
/// which sorts before every text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JsonPointer(Option<Arc<str>>);

impl JsonPointer {
    /// The whole document.
    pub const fn root() -> Self {
        Self(None)
    }

    /// Reads the escaped text form; `None` when it neither is empty nor starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self::of_text(text))
    }

    /// The pointer of this escaped text form.
    fn of_text(text: &str) -> Self {
        Self((!text.is_empty()).then(|| text.into()))
    }

    /// The pointer made of these unescaped tokens.
    pub fn from_tokens<'t>(tokens: impl IntoIterator<Item = &'t str>) -> Self {
        tokens
            .into_iter()
            .fold(Self::root(), |pointer, token| pointer.child(token))
    }

    /// The member or element `token` (unescaped) of the node that `self` names.
    pub fn child(&self, token: &str) -> Self {
        let parent = self.as_str();
        let mut text = String::with_capacity(parent.len() + 1 + token.len());
        text.push_str(parent);
        text.push('/');
        for (index, plain) in token.split('~').enumerate() {
            text.push_str(if index > 0 { "~0" } else { "" });
            for (index, plain) in plain.split('/').enumerate() {
                text.push_str(if index > 0 { "~1" } else { "" });
                text.push_str(plain);
            }
        }
        Self::of_text(&text)
    }

    /// The element `index` of the array that `self` names.
    pub fn index(&self, index: usize) -> Self {
        Self::of_text(&format!("{}/{index}", self.as_str()))
    }

    /// The node that holds this one; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.as_str().rsplit_once('/')?;
        Some(Self::of_text(parent))
    }

    /// The last token, unescaped; `None` for the root.
    pub fn last(&self) -> Option<String> {
        let (_, token) = self.as_str().rsplit_once('/')?;
        Some(unescape(token))
    }

    /// The tokens, unescaped, from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.as_str().split('/').skip(1).map(unescape)
    }

    /// Whether the node that `self` names is `ancestor` or stands below it.
    pub fn starts_with(&self, ancestor: &Self) -> bool {
        self.as_str()
            .strip_prefix(ancestor.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The escaped text form.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

/// What a token of a pointer's text form stands for.
pub(crate) fn unescape(token: &str) -> String {
    if !token.contains('~') {
        return token.to_owned();
    }
    token.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for JsonPointer {
    /// Written as a URI fragment starts, `#/paths/…`, which is how people know pointers from `$ref`s.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_tokens_and_gives_them_back() {
        let pointer = JsonPointer::root().child("paths").child("/a~b/{id}");
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}");
        assert_eq!(pointer.last().as_deref(), Some("/a~b/{id}"));
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b/{id}"]);
        assert_eq!(pointer.parent(), JsonPointer::parse("/paths"));
    }

    #[test]
    fn an_ancestor_ends_at_a_token() {
        let ancestor = JsonPointer::root().child("a");
        assert!(ancestor.child("b").starts_with(&ancestor));
        assert!(!JsonPointer::root().child("ab").starts_with(&ancestor));
    }
}
