//! Takes two words, says whether one is a misspelling of the other. Exists because misspelt types and media types are
//! recognized by their likeness to the right ones, not by a list of all the ways to misspell them.

/// Whether at most `limit` letters have to be added, left out or changed to make one word of the other (Levenshtein's distance).
pub(super) fn is_close(one: &str, other: &str, limit: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > limit {
        return false;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, a) in one.iter().enumerate() {
        let mut left = line + 1;
        let mut next = vec![left];
        for (b, pair) in other.iter().zip(row.windows(2)) {
            let (&[diagonal, above], change) = (pair, usize::from(a != b)) else {
                continue;
            };
            left = (diagonal + change).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().is_some_and(|distance| *distance <= limit)
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
