//! Multipart bodies: takes what was sent, gives the names and texts of its parts (RFC 7578).

use std::convert::Infallible;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use multer::Multipart;

/// The parts in their order; the content of a file is text here too, since only texts have limits in a schema.
pub(super) fn parts(content_type: &str, body: &Bytes) -> Result<Vec<(String, String)>, String> {
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| "the header `Content-Type` names no boundary of its parts".to_owned())?;
    let whole = Whole(Some(body.clone()));
    let read = pin!(read(Multipart::new(whole, boundary)));
    // All of the body is there, so that there is nothing to wait for.
    match read.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(parts)) => Ok(parts),
        Poll::Ready(Err(error)) => Err(format!("it is no multipart body: {error}")),
        Poll::Pending => Err("it is no multipart body: it has no end".to_owned()),
    }
}

async fn read(mut multipart: Multipart<'_>) -> multer::Result<Vec<(String, String)>> {
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await?;
        parts.push((name, String::from_utf8_lossy(&content).into_owned()));
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
