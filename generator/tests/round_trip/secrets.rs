//! Values with secrets in them: takes a value that has everything, puts a text that is easily found wherever the document or a name
//! says that there is a secret, and wants it not to be printed.
//!
//! The names are written down here, so that the generator's own rule is not what it is judged by.

use super::documents::{Model, Subject};
use super::make::Place;
use super::plant::planted;
use super::samples::{Expected, Sample};
use super::view::Schemas;
use sdk_generator::facts::SchemaType;
use serde_json::{Value, json};

/// What no text may show.
pub(crate) const SECRET: &str = "pl4nted-s3cret";

/// Names of properties whose text is a secret in any API.
const NAMES: [&str; 30] = [
    "password",
    "Password",
    "new_password",
    "newPassword",
    "old_password",
    "oldPassword",
    "password_confirmation",
    "passphrase",
    "secret",
    "client_secret",
    "clientSecret",
    "accessKey",
    "access_key",
    "apiKey",
    "api_key",
    "privateKey",
    "private_key",
    "secretKey",
    "token",
    "access_token",
    "accessToken",
    "refresh_token",
    "refreshToken",
    "id_token",
    "mfa_token",
    "state_token",
    "otp_token",
    "session_token",
    "bearerToken",
    "otp",
];

/// A value whose every secret is the text; nothing where it has none.
pub(crate) fn of(
    subject: &Subject,
    schemas: &Schemas<'_>,
    model: &Model<'_>,
    whole: &Value,
    places: &[Place],
) -> Option<Sample> {
    let mut value = whole.clone();
    let mut count = 0;
    for place in places.iter().filter(|place| is_secret(schemas, place)) {
        if let Some(with) = planted(&value, place, &json!(SECRET)) {
            value = with;
            count += 1;
        }
    }
    (count > 0).then(|| Sample {
        library: subject.library.clone(),
        ty: model.name().to_owned(),
        value,
        how: format!("{count} secrets"),
        expected: Expected::Hidden,
    })
}

fn is_secret(schemas: &Schemas<'_>, place: &Place) -> bool {
    let all = schemas.gather(&place.seeds);
    let is_plain = all.iter().all(|schema| {
        let format = schema.format.as_deref();
        schema.enum_values.is_empty() && matches!(format, None | Some("password"))
    });
    let is_marked = all
        .iter()
        .any(|schema| schema.format.as_deref() == Some("password"));
    // An item of a list is called by its number; the list has the name.
    let names = place.steps.iter().rev().map(|step| step.name.as_str());
    let name = names
        .into_iter()
        .find(|name| name.parse::<usize>().is_err());
    let is_named = name.is_some_and(|name| NAMES.contains(&name));
    schemas.kind(&all) == Some(SchemaType::String) && is_plain && (is_marked || is_named)
}
