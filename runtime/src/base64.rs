//! Bytes that travel as Base64 text. Like dates, they keep the text that came, so that text which is no Base64 costs nobody the
//! whole response.

use std::fmt;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use ::base64::engine::{DecodePaddingMode, general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

/// Reads text with or without padding, as documents do not say which they mean.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &::base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes as Base64 text (RFC 4648, section 4; OpenAPI's format `byte`).
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Base64(String);

impl Base64 {
    /// Encodes bytes.
    pub fn from_bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self(STANDARD.encode(bytes))
    }

    /// The bytes that the text stands for.
    ///
    /// # Errors
    /// When the text is no Base64.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ::base64::DecodeError> {
        LENIENT.decode(&self.0)
    }

    /// The text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Base64 {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Base64 {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self::from_bytes(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from_bytes(bytes)
    }
}

/// Shows the length alone: bytes say nothing in a log.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}
