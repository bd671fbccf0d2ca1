//! Multipart bodies: takes what was sent, gives its parts (RFC 7578).

use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use multer::Multipart;
use serde_json::Value;

use super::description::is_json;

/// A part of a body. The content of a file is text here too, since only texts have limits in a schema.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) text: String,
    is_json: bool,
}

impl Part {
    /// The items of a list that was sent as one part.
    pub(super) fn list(&self) -> Option<Value> {
        let value = serde_json::from_str(&self.text).ok();
        value.filter(|value: &Value| self.is_json && value.is_array())
    }
}

/// The parts in their order.
pub(super) fn parts(content_type: &str, body: &Bytes) -> Result<Vec<Part>, String> {
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| "the header `Content-Type` names no boundary of its parts".to_owned())?;
    let read = match read_whole(&boundary, body.clone()) {
        Some(Err(multer::Error::ReadHeaderFailed(_))) => {
            read_whole(&boundary, with_readable_names(body).into())
        }
        read => read,
    };
    match read {
        Some(Ok(parts)) => Ok(parts),
        Some(Err(error)) => Err(format!("it is no multipart body: {error}")),
        None => Err("it is no multipart body: it has no end".to_owned()),
    }
}

/// The parts of a body that is there as a whole, so that there is nothing to wait for; none where it has no end.
fn read_whole(boundary: &str, body: Bytes) -> Option<multer::Result<Vec<Part>>> {
    let read = pin!(read(Multipart::new(Whole(Some(body)), boundary)));
    match read.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(read) => Some(read),
        Poll::Pending => None,
    }
}

/// The same body with an underscore for each control character in a line that names a part. Names may hold them (the HTML standard has
/// only line breaks and quotation marks written as others), and no reader of headers takes them.
fn with_readable_names(body: &[u8]) -> Vec<u8> {
    const LINE: &[u8] = b"content-disposition:";
    let mut readable = body.to_vec();
    for line in readable.split_mut(|byte| *byte == b'\n') {
        let start = line.get(..LINE.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(LINE)) {
            let end = line.len() - usize::from(line.ends_with(b"\r"));
            let unreadable = line[..end]
                .iter_mut()
                .filter(|byte| byte.is_ascii_control());
            unreadable.for_each(|byte| *byte = b'_');
        }
    }
    readable
}

async fn read(mut multipart: Multipart<'_>) -> multer::Result<Vec<Part>> {
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let media_type = field
            .content_type()
            .map(|media_type| media_type.to_string());
        let content = field.bytes().await?;
        parts.push(Part {
            name,
            text: String::from_utf8_lossy(&content).into_owned(),
            is_json: media_type.as_deref().is_some_and(is_json),
        });
    }
    Ok(parts)
}

/// A body as a stream of one piece.
struct Whole(Option<Bytes>);

impl futures_core::Stream for Whole {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
