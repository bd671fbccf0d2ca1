//! Percent-encoding: takes text, gives what may stand in one part of a URL (RFC 3986).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// Everything but RFC 3986, section 2.3: `ALPHA / DIGIT / "-" / "." / "_" / "~"`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same without those reserved characters of RFC 3986, section 2.2, that leave a query pair
/// what it is. `#` and `&` would end it, form decoders read `+` as a space, and URL parsers encode
/// `'` on their own.
const UNSAFE_IN_PAIR: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'?')
    .remove(b'@')
    .remove(b'[')
    .remove(b']');

/// What a path template's fixed text may not hold literally. `%`, `/` and the delimiters that a
/// path may hold stay.
const TEMPLATE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What the fixed text of a template's query may not hold literally.
const TEMPLATE_QUERY: &AsciiSet = &TEMPLATE.remove(b'?').add(b'\'');

/// Percent-encodes everything outside the unreserved set.
pub(crate) fn percent_encode(text: &str) -> String {
    percent_encoded(text).into_owned()
}

/// The same; text that needs no encoding, as most does not, is borrowed.
pub(crate) fn percent_encoded(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// Percent-encodes what would end a query pair or be changed on the way.
pub(crate) fn percent_encoded_keeping_reserved(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, UNSAFE_IN_PAIR).into()
}

/// The fixed text of a path template, encoded piece by piece.
pub(crate) fn encode_template_text(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, TEMPLATE)
}

/// The fixed text of the query that a path template may end with, encoded piece by piece.
pub(crate) fn encode_template_query(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, TEMPLATE_QUERY)
}
