//! Takes two words and tells whether one is a misspelling of the other. Exists because misspelled types and media types are
//! recognised by their likeness to the right ones, and not by a list of all possible mistakes.

/// Whether at most `limit` letters have to be added, left out or changed to make one word of the other.
pub(super) fn is_close(one: &str, other: &str, limit: usize) -> bool {
    // A document can hold a word of many megabytes, and the time that a comparison takes grows with both lengths.
    let lengths_are_close = one.chars().count().abs_diff(other.chars().count()) <= limit;
    lengths_are_close && strsim::levenshtein(one, other) <= limit
}

#[cfg(test)]
mod tests {
    use super::is_close;

    #[test]
    fn counts_letters_added_left_out_and_changed() {
        assert!(is_close("applcation/json", "application/json", 1));
        assert!(is_close("strng", "string", 1));
        assert!(is_close("interger", "integer", 2));
        assert!(!is_close("text/plain", "text/html", 2));
        assert!(!is_close("", "abc", 2));
        assert!(is_close("", "ab", 2));
    }
}
