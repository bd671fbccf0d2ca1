//! `[secrets]`: which properties are never printed. Takes names of properties, gives whether they are secret by the settings or by
//! what they are called, and finds fault with settings that apply to nothing.
//!
//! A document marks a secret with `format: password`, and most do not. So a name that says that its text is a password, a token or
//! a key is believed, which a setting can narrow: to hide too much costs a call of `expose()`, to hide too little a leak.

use super::fault::{Faults, Setting};
use super::known::Known;
use crate::closeness::nearest;
use heck::ToSnakeCase;
use serde::Deserialize;

/// Properties that are never printed, beside those that the document marks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// A property's name, in every schema, or `Schema.property`.
    pub properties: Vec<String>,
    /// Words that make the text of a property secret whose name has them, beside the built-in ones.
    pub words: Vec<String>,
    /// Properties that are printed although their names sound secret: each a name, or `Schema.property`.
    pub visible: Vec<String>,
}

/// Words of which one is enough.
const WORDS: [&str; 14] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "secret",
    "credential",
    "otp",
    "cvc",
    "cvv",
    "apikey",
    "accesskey",
    "authorization",
    "jwt",
];

/// What makes a key a secret, before the word `key`.
const KEYS: [&str; 8] = [
    "api",
    "access",
    "private",
    "secret",
    "signing",
    "encryption",
    "shared",
    "auth",
];

/// Words beside `token` that tell of a place in a list, or of a device that is told of news.
const PLACES: [&str; 12] = [
    "page",
    "paging",
    "pagination",
    "next",
    "previous",
    "prev",
    "continuation",
    "continue",
    "cursor",
    "sync",
    "delta",
    "skip",
];

/// Last words of names that tell something of a secret, and not the secret.
const ABOUT: [&str; 36] = [
    "type",
    "kind",
    "url",
    "uri",
    "link",
    "href",
    "endpoint",
    "id",
    "ids",
    "name",
    "policy",
    "rule",
    "expiry",
    "expiration",
    "expires",
    "at",
    "on",
    "date",
    "time",
    "ttl",
    "lifetime",
    "in",
    "length",
    "algorithm",
    "status",
    "state",
    "enabled",
    "required",
    "label",
    "hint",
    "format",
    "method",
    "count",
    "version",
    "strength",
    "description",
];

impl Secrets {
    /// Whether the settings name this property.
    pub fn name(&self, schema: &str, property: &str) -> bool {
        contains(&self.properties, schema, property)
    }

    /// Whether a property that is text is secret by what it is called.
    pub fn sound_like(&self, schema: &str, property: &str) -> bool {
        self.has_secret_word(property) && !contains(&self.visible, schema, property)
    }

    fn has_secret_word(&self, property: &str) -> bool {
        let name = property.to_snake_case();
        let words: Vec<&str> = name.split('_').map(singular).collect();
        let Some(last) = words.last() else {
            return false;
        };
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let own = |word: &&str| self.words.iter().any(|own| own.eq_ignore_ascii_case(word));
        if words.iter().any(own) {
            return true;
        }
        let is_key = words.windows(2).any(|pair| match pair {
            [what, "key"] => KEYS.contains(what),
            _ => false,
        });
        let is_token = words.contains(&"token") && !has(&PLACES);
        !ABOUT.contains(last) && (has(&WORDS) || is_key || is_token)
    }
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s')
        .filter(|one| !one.ends_with('s'))
        .unwrap_or(word)
}

fn contains(entries: &[String], schema: &str, property: &str) -> bool {
    entries.iter().any(|entry| match entry.split_once('.') {
        Some((of, name)) => of == schema && name == property,
        None => entry == property,
    })
}

/// Finds entries that apply to nothing.
pub(super) fn check(faults: &mut Faults<'_>, secrets: &Secrets, known: &Known<'_>) {
    let key = ["secrets", "properties"];
    faults.expect_once(&key, &secrets.properties);
    for setting in Setting::items(&key, &secrets.properties) {
        check_property(faults, setting, known);
    }
    let key = ["secrets", "words"];
    faults.expect_once(&key, &secrets.words);
    for setting in Setting::items(&key, &secrets.words) {
        let only = Secrets {
            words: vec![setting.value.to_owned()],
            ..Secrets::default()
        };
        let mut names = known.properties.iter().map(|(_, name)| *name);
        if !names
            .any(|name| only.has_secret_word(name) && !Secrets::default().has_secret_word(name))
        {
            faults.add(
                setting,
                "no property has this word in its name that is not hidden without it",
            );
        }
    }
    let key = ["secrets", "visible"];
    faults.expect_once(&key, &secrets.visible);
    for setting in Setting::items(&key, &secrets.visible) {
        let entry = [setting.value.to_owned()];
        let applies = |(schema, name): &&(&str, &str)| contains(&entry, schema, name);
        let mut named = known.properties.iter().filter(applies).peekable();
        if named.peek().is_none() {
            check_property(faults, setting, known);
        } else if !named.any(|(_, name)| secrets.has_secret_word(name)) {
            faults.add(
                setting,
                "its name does not sound secret, so it is printed anyway",
            );
        }
    }
}

/// A setting must name a property, or a schema and a property of it.
fn check_property(faults: &mut Faults<'_>, setting: Setting<'_>, known: &Known<'_>) {
    let Some((schema, property)) = setting.value.split_once('.') else {
        let properties: Vec<&str> = known.properties.iter().map(|(_, name)| *name).collect();
        faults.expect_known(setting, setting.value, "property", &properties);
        return;
    };
    if known.properties.contains(&(schema, property)) {
        return;
    }
    let has_schema = known.properties.iter().any(|(of, _)| *of == schema);
    let candidates = known.properties.iter();
    let candidates: Vec<String> = candidates
        .filter(|(of, _)| !has_schema || *of == schema)
        .map(|(of, name)| format!("{of}.{name}"))
        .collect();
    let problem = if has_schema {
        format!("the schema `{schema}` has no property `{property}`")
    } else {
        format!("the API has no schema `{schema}` with properties")
    };
    let nearest = nearest(setting.value, candidates.iter().map(String::as_str));
    faults.add_with(setting, problem, nearest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(property: &str) -> bool {
        Secrets::default().sound_like("Schema", property)
    }

    #[test]
    fn names_of_passwords_tokens_and_keys_sound_secret() {
        for name in [
            "password",
            "newPassword",
            "password_confirmation",
            "client_secret",
            "clientSecret",
            "accessToken",
            "refresh_token",
            "tokens",
            "token",
            "apiKey",
            "x-api-key",
            "privateKey",
            "secretAccessKey",
            "otp_token",
            "APIKey",
        ] {
            assert!(sounds(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_tell_of_secrets_do_not() {
        for name in [
            "tokenType",
            "token_url",
            "nextPageToken",
            "next_token",
            "passwordPolicy",
            "passwordChangedAt",
            "secretId",
            "key",
            "publicKey",
            "sortKey",
            "name",
            "tokenExpiresIn",
            "apiKeyName",
        ] {
            assert!(!sounds(name), "{name}");
        }
    }

    #[test]
    fn settings_extend_and_narrow() {
        let secrets = Secrets {
            words: vec!["answer".to_owned()],
            visible: vec!["Public.token".to_owned(), "jwt".to_owned()],
            ..Secrets::default()
        };
        assert!(secrets.sound_like("Any", "securityAnswer"));
        assert!(secrets.sound_like("Private", "token"));
        assert!(!secrets.sound_like("Public", "token"));
        assert!(!secrets.sound_like("Any", "jwt"));
    }
}
