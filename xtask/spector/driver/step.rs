//! A call as it is planned: reads its values as the types of a method, and sets up the client.

use crate::pieces::{self, Pieces};
use crate::values::{File, TakeFiles, first_that_fits};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sdk_runtime::reqwest::Url;
use sdk_runtime::{Body, Client, ClientBuilder, FilePart, HeaderMap};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a request may take.
const TIME: Duration = Duration::from_secs(10);

/// What stands for the server's URL in expected values.
pub(crate) const SERVER: &str = "http://spector.invalid";

/// A call, and what should come of it.
#[derive(Clone, Deserialize)]
pub(crate) struct Step {
    pub(crate) adapter: usize,
    /// The path of the server's URL.
    base: String,
    /// The variables of the server's URL, to be set one by one where the client lets them; empty where it has none.
    variables: BTreeMap<String, String>,
    /// Kind and value.
    credentials: Vec<(String, String)>,
    /// What the text of a parameter may stand for, the likeliest first.
    arguments: BTreeMap<String, Vec<Value>>,
    /// What the body may be, the likeliest first.
    body: Vec<Value>,
    /// A body that is no JSON.
    raw_body: Option<Content>,
    /// The media type of a body that is bytes, where it is another than the method sends.
    body_media_type: Option<String>,
    /// What a body that is bytes is made of.
    body_pieces: Option<Pieces>,
    files: Vec<File>,
    /// Headers that no argument stands for.
    pub(crate) headers: BTreeMap<String, String>,
    /// The media type that is asked for, where it is another than the method reads.
    pub(crate) accept: Option<String>,
    /// What the answer is made of, where that is read piece by piece.
    pub(crate) pieces: Option<Pieces>,
    /// The path of a link at which the method is called.
    link: Option<String>,
    link_query: BTreeMap<String, String>,
    /// Whether the link is got by an operation that is no GET.
    pub(crate) gets_link: bool,
    pub(crate) expected: Expected,
    /// How the answer's headers are read by their types.
    #[serde(skip)]
    pub(crate) read_headers: Option<ReadHeaders>,
    /// The server's URL.
    #[serde(default)]
    pub(crate) server: String,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Expected {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) answer: Option<Content>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Content {
    text: Option<String>,
    base64: Option<String>,
}

impl Content {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match (&self.text, &self.base64) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(text)) => BASE64_STANDARD.decode(text).unwrap_or_default(),
            (None, None) => Vec::new(),
        }
    }
}

/// Reads an answer's headers: their names, and the values of the fields that hold them.
pub(crate) type ReadHeaders = fn(&HeaderMap) -> Vec<(&'static str, Option<Value>)>;

impl Step {
    /// The same, with a way to read the answer's headers by their types.
    pub(crate) fn with_headers(self, read: ReadHeaders) -> Self {
        let read_headers = Some(read);
        Self { read_headers, ..self }
    }

    /// The client of a crate, set up for the call.
    pub(crate) fn client<C: From<Client> + AsRef<Client>>(
        &self,
        builder: fn() -> ClientBuilder<C>,
    ) -> Result<(C, Vec<String>), String> {
        let set_up = || {
            let mut builder = builder().timeout(TIME);
            for (kind, value) in &self.credentials {
                builder = match kind.as_str() {
                    "api_key" => builder.api_key(value.clone()),
                    "http" => builder.http_credential(value.clone()),
                    _ => builder.bearer_token(value.clone()),
                };
            }
            builder
        };
        let whole = format!("{}{}", self.server, self.base);
        if !self.variables.is_empty() {
            let is_right = |client: &C| client.as_ref().base_url().trim_end_matches('/') == whole;
            // Every variable by its name, or the server by its URL and the others by their names.
            let (servers, others): (Vec<_>, Vec<_>) = self
                .variables
                .iter()
                .partition(|(_, value)| *value == SERVER);
            let mut by_url = set_up().base_url(self.server.clone());
            for (name, value) in others {
                by_url = by_url.server_variable(name, value.clone());
            }
            let mut by_name = set_up();
            for (name, value) in &self.variables {
                let value = if value == SERVER { &self.server } else { value };
                by_name = by_name.server_variable(name, value.clone());
            }
            let by_name = if servers.is_empty() {
                None
            } else {
                Some(by_name)
            };
            for builder in by_name.into_iter().chain([by_url]) {
                if let Some(client) = builder.build().ok().filter(is_right) {
                    return Ok((client, Vec::new()));
                }
            }
        }
        let client = set_up().base_url(whole).build();
        let client = client.map_err(|error| format!("no client: {error}"))?;
        let by_hand = (!self.variables.is_empty()).then(|| "server".to_owned());
        Ok((client, by_hand.into_iter().collect()))
    }

    /// The value of a parameter.
    pub(crate) fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, String> {
        match self.arguments.get(name) {
            Some(values) => first_that_fits(values, &format!("the argument `{name}`")).map(Some),
            None => Ok(None),
        }
    }

    /// The value of a parameter that the method asks for.
    pub(crate) fn argument<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        self.optional(name)?
            .ok_or_else(|| format!("the expected request has no value for the argument `{name}`"))
    }

    /// The value of the body.
    pub(crate) fn optional_body<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        match self.body.as_slice() {
            [] => Ok(None),
            values => first_that_fits(values, "the body").map(Some),
        }
    }

    /// The value of a body that the method asks for.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, String> {
        self.optional_body()?
            .ok_or_else(|| "the expected request has no body".to_owned())
    }

    /// A body that is bytes.
    pub(crate) fn optional_bytes(&self) -> Result<Option<Body>, String> {
        let body = match (&self.raw_body, self.body_pieces) {
            (Some(content), Some(Pieces::Lines)) => {
                let body = Body::json_lines(pieces::lines(&content.bytes())?);
                Some(body.map_err(|error| format!("no JSON lines: {error}"))?)
            }
            (content, _) => content.as_ref().map(|content| Body::from(content.bytes())),
        };
        Ok(match &self.body_media_type {
            Some(media_type) => body.map(|body| body.with_media_type(media_type.clone())),
            None => body,
        })
    }

    /// A body that is bytes and that the method asks for.
    pub(crate) fn bytes(&self) -> Result<Body, String> {
        self.optional_bytes()?
            .ok_or_else(|| "the expected request has no body".to_owned())
    }

    /// A body that is text.
    pub(crate) fn optional_text(&self) -> Result<Option<String>, String> {
        self.raw_body
            .as_ref()
            .map(|content| String::from_utf8(content.bytes()).map_err(|_| "the body is no text".to_owned()))
            .transpose()
    }

    /// A body that is text and that the method asks for.
    pub(crate) fn text(&self) -> Result<String, String> {
        self.optional_text()?
            .ok_or_else(|| "the expected request has no body".to_owned())
    }

    /// Puts the files of a part into the field that stands for it.
    pub(crate) fn put_files(&self, part: &str, field: &mut impl TakeFiles) {
        let files = self.files.iter().filter(|file| file.field == part);
        let files = files.map(|file| {
            let bytes = BASE64_STANDARD.decode(&file.base64).unwrap_or_default();
            let part = FilePart::new(bytes).with_name(file.name.clone());
            match &file.media_type {
                Some(media_type) => part.with_content_type(media_type.clone()),
                None => part,
            }
        });
        field.take_files(files.collect());
    }

    /// The link at which the method is called.
    pub(crate) fn link(&self) -> Result<Option<String>, String> {
        let Some(path) = &self.link else {
            return Ok(None);
        };
        let url = format!("{}{path}", self.server);
        let url = match self.link_query.is_empty() {
            true => Url::parse(&url),
            false => Url::parse_with_params(&url, &self.link_query),
        };
        url.map(|url| Some(url.into()))
            .map_err(|error| format!("the link is no URL: {error}"))
    }
}
