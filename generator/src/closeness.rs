//! Takes words, tells how alike they are: whether one is a slip of the pen for the other, and which of many is the nearest. Exists
//! because misspelt types, media types and settings are told by their likeness to the right ones, not by a list of all the ways
//! to go wrong.

/// Whether at most `limit` letters have to be added, left out or changed to make one word of the other (Levenshtein's distance).
pub(crate) fn is_close(one: &str, other: &str, limit: usize) -> bool {
    // The distance is no less than the difference in length, which costs less to find.
    one.chars().count().abs_diff(other.chars().count()) <= limit
        && strsim::levenshtein(one, other) <= limit
}

/// The name that is most like this one, whatever its case; of two that are, the first.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    nearest_few(name, known, 1).pop()
}

/// As many names as are wanted, those that are most like this one first, whatever their case; of two that are alike, the first.
pub(crate) fn nearest_few<'n>(
    name: &str,
    known: impl Iterator<Item = &'n str>,
    wanted: usize,
) -> Vec<String> {
    let name = name.to_lowercase();
    let mut best: Vec<(f64, &str)> = Vec::with_capacity(wanted.saturating_add(1));
    for candidate in known {
        let likeness = strsim::normalized_damerau_levenshtein(&name, &candidate.to_lowercase());
        let place = best.partition_point(|(other, _)| *other >= likeness);
        if place < wanted && !best.iter().any(|(_, other)| *other == candidate) {
            best.insert(place, (likeness, candidate));
            best.truncate(wanted);
        }
    }
    let names = best.into_iter();
    names.map(|(_, candidate)| candidate.to_owned()).collect()
}

/// The name closest to `word`; `None` when not even the closest resembles it.
pub(crate) fn similar<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let folded = word.to_lowercase();
    // A third of the letters may differ, and in a short word still two.
    let limit = (folded.chars().count() / 3).max(2);
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(&folded, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= limit && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::{is_close, nearest, nearest_few, similar};

    #[test]
    fn a_slip_is_recognized_and_another_word_is_not() {
        let names = ["get", "post", "parameters", "x-sample"];
        assert_eq!(similar("gte", names), Some("get"));
        assert_eq!(similar("Parametres", names), Some("parameters"));
        assert_eq!(similar("responses", names), None);
        assert_eq!(similar("", names), None);
    }

    #[test]
    fn counts_letters_added_left_out_and_changed() {
        assert!(is_close("applcation/json", "application/json", 1));
        assert!(is_close("strng", "string", 1));
        assert!(is_close("interger", "integer", 2));
        assert!(!is_close("text/plain", "text/html", 2));
        assert!(!is_close("", "abc", 2));
        assert!(is_close("", "ab", 2));
    }

    #[test]
    fn the_nearest_name_is_found_whatever_its_case() {
        let known = ["listUsers", "userAuth", "applicationAuth"];
        let found = nearest("UserAuht", known.into_iter());
        assert_eq!(found.as_deref(), Some("userAuth"));
        assert_eq!(nearest("a", std::iter::empty()), None);
        let few = nearest_few("UserAuht", known.into_iter().chain(["userAuth"]), 2);
        assert_eq!(few, ["userAuth", "applicationAuth"]);
    }
}
