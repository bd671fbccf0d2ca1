//! Takes a word that names nothing and the names that exist, and gives the one that was probably meant. Exists so that every
//! message about an unknown name can offer one, by the same rule.

/// The name closest to `word`; `None` when not even the closest resembles it.
pub(crate) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
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
    use super::nearest;

    #[test]
    fn a_slip_is_recognized_and_another_word_is_not() {
        let names = ["get", "post", "parameters", "x-sample"];
        assert_eq!(nearest("gte", names), Some("get"));
        assert_eq!(nearest("Parametres", names), Some("parameters"));
        assert_eq!(nearest("responses", names), None);
        assert_eq!(nearest("", names), None);
    }
}
