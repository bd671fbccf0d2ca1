//! Bytes that travel as Base64 text. Like dates, they keep the text that came, so that text which is no Base64 costs nobody the
//! whole response.

use std::fmt;

use ::base64::Engine as _;
use ::base64::engine::DecodePaddingMode;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// Reads text with or without padding, as documents do not say which they mean.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Makes a type of bytes that travel as text, written by one engine and read in its alphabet.
macro_rules! base64_text {
    ($(#[$doc:meta])* $name:ident, $write:expr, $alphabet:expr) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Encodes bytes.
            pub fn from_bytes(bytes: impl AsRef<[u8]>) -> Self {
                Self($write.encode(bytes))
            }

            /// The bytes that the text stands for.
            ///
            /// # Errors
            /// When the text is no Base64.
            pub fn to_bytes(&self) -> Result<Vec<u8>, ::base64::DecodeError> {
                GeneralPurpose::new(&$alphabet, LENIENT).decode(&self.0)
            }

            /// The text as it travels.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                Self::from_bytes(bytes)
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Self::from_bytes(bytes)
            }
        }

        /// Shows the length alone: bytes say nothing in a log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} characters)", stringify!($name), self.0.len())
            }
        }
    };
}

base64_text!(
    /// Bytes as Base64 text (RFC 4648, section 4; OpenAPI's format `byte`).
    Base64,
    STANDARD,
    ::base64::alphabet::STANDARD
);

base64_text!(
    /// Bytes as Base64 text that addresses and file names can hold, without padding (RFC 4648, section 5; `base64url`).
    Base64Url,
    URL_SAFE_NO_PAD,
    ::base64::alphabet::URL_SAFE
);
