//! Values in a filter: takes one of the kind that a field has, writes it as the server reads it.

use std::fmt::{Display, Write as _};

/// The kinds of values that fields have.
pub mod kind {
    /// Texts, and values of enums, which are texts too. Written in quotes.
    #[derive(Clone, Copy, Debug)]
    pub enum Text {}

    /// Numbers.
    #[derive(Clone, Copy, Debug)]
    pub enum Number {}

    /// `true` and `false`.
    #[derive(Clone, Copy, Debug)]
    pub enum Flag {}

    /// Points in time, as RFC 3339 writes them.
    #[derive(Clone, Copy, Debug)]
    pub enum DateTime {}

    /// Days, as RFC 3339 writes them.
    #[derive(Clone, Copy, Debug)]
    pub enum Date {}
}

/// A value that fields of the kind `K` can be compared with.
///
/// Texts are whatever has a `Display`: `&str`, `String`, a value of an open enum, an id of another crate. Date-times and dates are
/// so too: [`DateTime`](crate::DateTime), [`Date`](crate::Date), a text, a `jiff::Timestamp`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of the kind `{K}`, which the field has",
    label = "no value of the kind `{K}`"
)]
pub trait Literal<K> {
    /// Writes the value behind the text of a filter.
    fn write(&self, text: &mut String);
}

impl<V: Display> Literal<kind::Text> for V {
    fn write(&self, text: &mut String) {
        write_quoted(&self.to_string(), text);
    }
}

impl<V: Display> Literal<kind::DateTime> for V {
    fn write(&self, text: &mut String) {
        write_moment(&self.to_string(), text);
    }
}

impl<V: Display> Literal<kind::Date> for V {
    fn write(&self, text: &mut String) {
        write_moment(&self.to_string(), text);
    }
}

/// Says that values of a type, and references to them, are of a kind and written as `Display` does.
macro_rules! bare {
    ($kind:ident: $($ty:ty)*) => {
        $(
            impl Literal<kind::$kind> for $ty {
                fn write(&self, text: &mut String) {
                    // Writing to a text does not fail.
                    let _ = write!(text, "{self}");
                }
            }

            impl Literal<kind::$kind> for &$ty {
                fn write(&self, text: &mut String) {
                    Literal::<kind::$kind>::write(*self, text);
                }
            }
        )*
    };
}

bare!(Number: i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64);
bare!(Flag: bool);

fn write_quoted(value: &str, text: &mut String) {
    text.push('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
}

/// Writes a date bare, as it has to be; in quotes what is no date, so that it cannot be anything else either.
fn write_moment(value: &str, text: &mut String) {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '+');
    if value.starts_with(|c: char| c.is_ascii_digit()) && value.chars().all(is_bare) {
        text.push_str(value);
    } else {
        write_quoted(value, text);
    }
}

/// Writes values in parentheses, with commas between them.
pub(super) fn write_list<K, V: Literal<K>>(values: impl IntoIterator<Item = V>, text: &mut String) {
    text.push('(');
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        value.write(text);
    }
    text.push(')');
}
