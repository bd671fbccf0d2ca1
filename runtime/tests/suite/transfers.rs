//! Files that are uploaded and downloaded without being in memory, and who is told how far they have come.

use sdk_runtime::{Body, Error, FilePart, Method, NoErrorBody, Progress, Request, SaveError};
use serde::Serialize;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::server::{FORM, Reply, Server, json, with_headers};
use crate::tokens::TOKEN_PATH;

/// A file of this content, which is removed at the end.
struct TestFile(PathBuf);

impl TestFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let name = format!("sdk-runtime-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(content).unwrap();
        Self(path)
    }
}

impl Drop for TestFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What was told of progress.
type Told = Arc<Mutex<Vec<Progress>>>;

fn watch() -> (Told, impl Fn(Progress) + Send + Sync + 'static) {
    let told = Told::default();
    let watch = told.clone();
    (told, move |progress| watch.lock().unwrap().push(progress))
}

#[derive(Serialize)]
struct Upload {
    note: &'static str,
    file: FilePart,
}

#[tokio::test]
async fn a_file_is_sent_as_it_is_with_its_length_and_its_progress() {
    let content = "0123456789".repeat(20_000);
    let file = TestFile::new("whole", content.as_bytes());
    let server = Server::always(200, "null").await;
    let (told, watch) = watch();
    let request = server.client().request(Method::PUT, "/file");
    let request: Request<(), NoErrorBody> = request
        .body("text/csv", Body::file(&file.0).unwrap())
        .returns_nothing();
    request.on_upload(watch).await.unwrap();
    let sent = server.requests();
    assert_eq!(sent[0].header("content-length"), Some("200000"));
    assert_eq!(sent[0].header("content-type"), Some("text/csv"));
    assert!(sent[0].body == content);
    let told = told.lock().unwrap();
    let (first, last) = (told[0], told[told.len() - 1]);
    assert!(told.len() > 2 && first.bytes() < 200_000, "{told:?}");
    assert_eq!((last.bytes(), last.total()), (200_000, Some(200_000)));
}

#[tokio::test]
async fn a_file_is_a_part_of_a_form_and_is_read_again_when_the_call_is_made_again() {
    let file = TestFile::new("part.csv", b"a,b\n1,2\n");
    let server = Server::start(|_, count| match count {
        0 => with_headers(503, "", ""),
        _ => json(200, "null"),
    })
    .await;
    let body = Upload {
        note: "n",
        file: FilePart::open(&file.0)
            .unwrap()
            .with_content_type("text/csv"),
    };
    let request = server
        .client()
        .request(Method::PUT, "/form")
        .multipart(&body);
    let request: Request<(), NoErrorBody> = request.returns_nothing();
    request.await.unwrap();
    let sent = server.requests();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].body, sent[1].body);
    let body = &sent[1].body;
    assert!(body.contains("name=\"note\"\r\n\r\nn\r\n"), "{body}");
    assert!(
        body.contains("part.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\n1,2\n\r\n--"),
        "{body}"
    );
    let length = body.len().to_string();
    assert_eq!(sent[1].header("content-length"), Some(length.as_str()));
}

#[tokio::test]
async fn a_file_is_read_again_for_a_new_token_and_told_of_once_at_a_time() {
    let file = TestFile::new("token", &[b'x'; 100_000]);
    let granted = AtomicUsize::new(0);
    let server = Server::start(move |request, _| match request.target() {
        TOKEN_PATH => {
            let number = granted.fetch_add(1, Ordering::SeqCst);
            json(200, &format!(r#"{{"access_token": "t{number}"}}"#))
        }
        _ if request.header("authorization") == Some("Bearer t0") => json(401, "{}"),
        _ => json(200, "null"),
    })
    .await;
    let (told, watch) = watch();
    let request = crate::tokens::client(&FORM, &server).request(Method::PUT, "/file");
    let request: Request<(), NoErrorBody> = request
        .body("text/csv", Body::file(&file.0).unwrap())
        .returns_nothing();
    request.on_upload(watch).await.unwrap();
    let mut sent = server.requests();
    sent.retain(|request| request.target() != TOKEN_PATH);
    let signed: Vec<_> = sent.iter().map(|one| one.header("authorization")).collect();
    assert_eq!(signed, [Some("Bearer t0"), Some("Bearer t1")]);
    assert!(sent.iter().all(|request| request.body.len() == 100_000));
    // From the start once more, and never back and forth.
    let told = told.lock().unwrap();
    let falls = told
        .windows(2)
        .filter(|pair| pair[1].bytes() < pair[0].bytes());
    assert_eq!(falls.count(), 1, "{told:?}");
}

/// What is passed on by value is held twice in a future, and copied: this stays small where nothing is.
#[tokio::test]
async fn the_future_of_a_call_is_small() {
    let server = Server::always(200, "null").await;
    let request = server.client().request(Method::GET, "/x");
    let request: Request<(), NoErrorBody> = request.returns_nothing();
    let size = size_of_val(&request.send());
    assert!(size < 6_000, "{size} bytes");
}

#[tokio::test]
async fn a_file_that_is_not_there_or_has_no_part_of_its_own_is_refused() {
    assert!(Body::file("/no/such/file").is_err() && FilePart::open("/no/such/file").is_err());
    let file = TestFile::new("inner", b"x");
    let nested = [("list", vec![vec![FilePart::open(&file.0).unwrap()]])];
    let nested: std::collections::BTreeMap<_, _> = nested.into();
    let server = Server::always(200, "null").await;
    let request = server
        .client()
        .request(Method::POST, "/form")
        .multipart(&nested);
    let request: Request<(), NoErrorBody> = request.returns_nothing();
    let error = request.await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(error.to_string().contains("give its bytes"), "{error}");
}

#[tokio::test]
async fn a_file_that_becomes_shorter_breaks_the_exchange() {
    let file = TestFile::new("shrinks", &[b'x'; 1000]);
    let server = Server::always(200, "null").await;
    let body = Body::file(&file.0).unwrap();
    std::fs::write(&file.0, b"short").unwrap();
    let request = server
        .client()
        .request(Method::POST, "/file")
        .body("text/csv", body);
    let request: Request<(), NoErrorBody> = request.returns_nothing();
    let error = request.await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}

fn download(server: &Server) -> Request<Vec<u8>, NoErrorBody> {
    server
        .client()
        .request(Method::GET, "/file")
        .returns_bytes()
}

#[tokio::test]
async fn a_download_is_written_to_a_file_with_its_progress() {
    let content = "0123456789".repeat(50_000);
    let body = content.clone();
    let server = Server::start(move |_, _| with_headers(200, "", &body)).await;
    let old = TestFile::new("saved", b"old");
    let (told, watch) = watch();
    let response = download(&server).send_stream().await.unwrap();
    let download = response.into_body().on_progress(watch);
    assert_eq!(download.total(), Some(500_000));
    assert_eq!(download.save_to(&old.0).await.unwrap(), 500_000);
    assert!(std::fs::read_to_string(&old.0).unwrap() == content);
    let last = *told.lock().unwrap().last().unwrap();
    assert_eq!((last.bytes(), last.total()), (500_000, Some(500_000)));
}

#[tokio::test]
async fn a_download_that_breaks_leaves_the_file_as_it_was() {
    let head = "HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\nhalf";
    let server = Server::start(move |_, _| Reply::Raw(head.as_bytes().to_vec())).await;
    let old = TestFile::new("kept", b"old");
    let response = download(&server).send_stream().await.unwrap();
    let error = response.into_body().save_to(&old.0).await.unwrap_err();
    assert!(matches!(error, SaveError::Transport(_)), "{error}");
    assert_eq!(std::fs::read(&old.0).unwrap(), b"old");
    assert!(!old.0.with_extension("part").exists());
    let nowhere = old.0.join("no").join("folder");
    let response = download(&server).send_stream().await.unwrap();
    let error = response.into_body().save_to(&nowhere).await.unwrap_err();
    assert!(matches!(error, SaveError::File(..)), "{error}");
    // A folder is not replaced, and nothing is left beside it.
    let server = Server::always(200, "all").await;
    let folder = old.0.with_extension("folder");
    std::fs::create_dir_all(&folder).unwrap();
    let response = download(&server).send_stream().await.unwrap();
    let error = response.into_body().save_to(&folder).await.unwrap_err();
    let left = folder.with_extension("folder.part").exists();
    std::fs::remove_dir(&folder).unwrap();
    assert!(matches!(error, SaveError::File(..)) && !left, "{error}");
}
