//! Splits names into words and joins them again, with the acronyms that `heck` cannot know.
//!
//! `heck` finds words by changes of case, so `setMFAKBAConfig` is `set_mfakba_config` to it and `generateMFAtoken` is
//! `generate_mf_atoken`. Given the acronyms `MFA` and `KBA` this module marks their ends first.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Acronyms that every API uses, and words whose own capitals mean nothing.
const COMMON: [&str; 18] = [
    "API", "CSV", "DNS", "HTTP", "HTTPS", "ID", "IP", "JSON", "JWT", "PDF", "SAML", "SMS", "SQL",
    "SSO", "URI", "URL", "UUID", "XML",
];

/// Names written with inner capitals, as one word.
const BRANDS: [(&str, &str); 5] = [
    ("OAuth", "Oauth"),
    ("OpenID", "Openid"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("IPv", "Ipv"),
];

/// Short words that follow an acronym in names, as in `createAPInProperties`: there, the last capital begins them.
const CONNECTIVES: [&str; 15] = [
    "An", "And", "As", "At", "By", "For", "From", "If", "In", "Is", "Of", "On", "Or", "To", "With",
];

/// Splits and joins names.
#[derive(Debug, Default)]
pub(crate) struct Cases {
    acronyms: Vec<String>,
}

impl Cases {
    /// With these acronyms beside the common ones.
    pub(crate) fn new(acronyms: &[String]) -> Self {
        let mut acronyms: Vec<String> = acronyms
            .iter()
            .map(|acronym| acronym.to_uppercase())
            .collect();
        acronyms.extend(COMMON.iter().map(|acronym| (*acronym).to_owned()));
        acronyms.sort_by_key(|acronym| std::cmp::Reverse(acronym.len()));
        acronyms.dedup();
        acronyms.retain(|acronym| !acronym.is_empty());
        Self { acronyms }
    }

    /// `set_mfa_kba_config`
    pub(crate) fn snake(&self, name: &str) -> String {
        self.mark(name).to_snake_case()
    }

    /// `SetMfaKbaConfig`
    pub(crate) fn pascal(&self, name: &str) -> String {
        self.mark(name).to_upper_camel_case()
    }

    /// `set-mfa-kba-config`
    pub(crate) fn kebab(&self, name: &str) -> String {
        self.mark(name).to_kebab_case()
    }

    /// Puts separators around acronyms in runs of capitals.
    fn mark(&self, name: &str) -> String {
        // An apostrophe stands within a word: what is left of `user's` without it reads as `users`, not as `user s`.
        let mut name = name.replace(['\'', '’'], "");
        for (brand, word) in BRANDS {
            if name.contains(brand) {
                name = name.replace(brand, word);
            }
        }
        let mut marked = String::with_capacity(name.len() + 8);
        let mut rest = name.as_str();
        while let Some(start) = rest.find(char::is_uppercase) {
            let (before, from_run) = rest.split_at_checked(start).unwrap_or((rest, ""));
            let run_len = from_run
                .find(|c: char| !c.is_uppercase())
                .unwrap_or(from_run.len());
            let (run, after) = from_run.split_at_checked(run_len).unwrap_or((from_run, ""));
            marked.push_str(before);
            if let Some(beyond) = beyond_plural(run, after) {
                marked.push_str(&format!("_{}s_", self.words_of(run).to_lowercase()));
                rest = beyond;
                continue;
            }
            let head = run.char_indices().next_back();
            let head = head.and_then(|(at, _)| from_run.split_at_checked(at));
            if let Some((head, word)) = head
                && !head.is_empty()
                && is_connective(word)
            {
                marked.push_str(&format!("_{}_", self.words_of(head)));
                // What is left of the run is the word's own capital.
                let (initial, _) = word
                    .split_at_checked(run.len() - head.len())
                    .unwrap_or((word, ""));
                marked.push_str(initial);
                rest = after;
                continue;
            }
            marked.push_str(&self.mark_run(run, after.starts_with(char::is_lowercase)));
            rest = after;
        }
        marked.push_str(rest);
        marked
    }

    /// The acronyms of a run, apart; the run itself where it is not made of those that are known.
    fn words_of(&self, run: &str) -> String {
        self.segment(run)
            .map_or_else(|| run.to_owned(), |words| words.join("_"))
    }

    /// Marks a run of capitals, if it is made of acronyms only; `word_follows` when a lower-case letter comes next.
    fn mark_run(&self, run: &str, word_follows: bool) -> String {
        if word_follows {
            // `MFAConfig`: the last capital begins the next word. `MFAtoken`: it does not, if all are acronyms.
            let last = run.char_indices().next_back().map_or(0, |(at, _)| at);
            if let Some((head, initial)) = run.split_at_checked(last)
                && !head.is_empty()
                && let Some(words) = self.segment(head)
            {
                return format!("_{}_{initial}", words.join("_"));
            }
        }
        match self.segment(run) {
            // One acronym alone is told apart from the word before it by its capital already.
            Some(words)
                if word_follows && words.len() == 1 && words.iter().all(|word| word.len() < 3) =>
            {
                run.to_owned()
            }
            Some(words) => format!("_{}_", words.join("_")),
            None => run.to_owned(),
        }
    }

    /// Takes a run apart into acronyms, longest first; `None` when something is left over.
    fn segment<'r>(&self, run: &'r str) -> Option<Vec<&'r str>> {
        if run.is_empty() {
            return Some(Vec::new());
        }
        // Names are short; a longer run is no acronym, and giving up keeps this from trying every split of it.
        if run.len() > 24 {
            return None;
        }
        self.acronyms.iter().find_map(|acronym| {
            let rest = run.strip_prefix(acronym.as_str())?;
            let mut words = self.segment(rest)?;
            let (word, _) = run.split_at_checked(acronym.len())?;
            words.insert(0, word);
            Some(words)
        })
    }
}

/// Whether a name goes on with one of the short words, which ends before another capital or at the end.
fn is_connective(text: &str) -> bool {
    CONNECTIVES.iter().any(|word| {
        let after = text.strip_prefix(word);
        after.is_some_and(|after| !after.starts_with(char::is_lowercase))
    })
}

/// What follows the plural of an acronym, such as `URLs`, whose last capital does not begin a word; `None` when it is none.
fn beyond_plural<'n>(run: &str, after: &'n str) -> Option<&'n str> {
    let beyond = after.strip_prefix('s')?;
    (run.chars().nth(1).is_some() && !beyond.starts_with(char::is_lowercase)).then_some(beyond)
}

#[cfg(test)]
mod tests {
    use super::Cases;

    fn cases() -> Cases {
        Cases::new(&["MFA".to_owned(), "KBA".to_owned()])
    }

    #[test]
    fn acronyms_are_words() {
        assert_eq!(cases().snake("setMFAKBAConfig"), "set_mfa_kba_config");
        assert_eq!(cases().snake("generateMFAtoken"), "generate_mfa_token");
        assert_eq!(cases().snake("deleteMFAConfig"), "delete_mfa_config");
        assert_eq!(cases().snake("getMFAFactors"), "get_mfa_factors");
        assert_eq!(cases().pascal("MFA Configuration"), "MfaConfiguration");
        assert_eq!(cases().snake("removeMfaFactors"), "remove_mfa_factors");
        assert_eq!(cases().snake("OAuth2"), "oauth2");
        assert_eq!(cases().pascal("OAuthToken"), "OauthToken");
    }

    #[test]
    fn plurals_of_acronyms_are_words() {
        assert_eq!(cases().snake("requestURLs"), "request_urls");
        assert_eq!(cases().kebab("APIs"), "apis");
        assert_eq!(cases().snake("listVMsByOwner"), "list_vms_by_owner");
        assert_eq!(cases().pascal("userIDs"), "UserIds");
        assert_eq!(cases().snake("HTTPAPIs2"), "http_apis_2");
        assert_eq!(cases().snake("List user's tokens"), "list_users_tokens");
        // One capital is no acronym, and a word that begins with `s` is no plural.
        assert_eq!(cases().snake("As"), "as");
        assert_eq!(cases().snake("SSOsettings"), "sso_settings");
    }

    #[test]
    fn a_short_word_after_an_acronym_begins_with_its_capital() {
        assert_eq!(
            cases().snake("createAPInProperties"),
            "create_ap_in_properties"
        );
        assert_eq!(cases().snake("listMFAForUser"), "list_mfa_for_user");
        assert_eq!(cases().pascal("VMOf"), "VmOf");
        // No word ends there.
        assert_eq!(cases().snake("MFAtoken"), "mfa_token");
        assert_eq!(cases().snake("HTTPInput"), "http_input");
        assert_eq!(cases().snake("XMLInner"), "xml_inner");
    }

    #[test]
    fn what_is_no_acronym_stays_as_heck_has_it() {
        assert_eq!(cases().snake("IDENTITY"), "identity");
        assert_eq!(cases().snake("Identity"), "identity");
        assert_eq!(cases().snake("IdP"), "id_p");
        assert_eq!(cases().snake("userID"), "user_id");
        assert_eq!(
            cases().kebab("Multi Factor Authentication V1"),
            "multi-factor-authentication-v1"
        );
        assert_eq!(cases().snake("user_id"), "user_id");
    }
}
