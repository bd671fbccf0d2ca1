//! A server that records every request to the byte and answers by a script. It speaks raw TCP, so
//! that nothing between client and test normalises a path or repairs a header, and so that it can
//! misbehave.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk_runtime::{
    Auth, Client, ClientBuilder, Environment, ErrorShape, Method, NoErrorBody, Request,
    RetryPolicy, Service, TokenRequest, Value,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request.
pub(crate) enum Reply {
    /// Sends these bytes and closes.
    Raw(Vec<u8>),
    /// Waits, then sends these bytes and closes.
    Late(Duration, Vec<u8>),
    /// Sends these bytes and then no more, without closing.
    Stall(Vec<u8>),
    /// Never answers.
    Silence,
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Reply {
    with_headers(status, "content-type: application/json\r\n", body)
}

/// An answer with header lines, each ending in CR LF.
pub(crate) fn with_headers(status: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    let fixed = format!("content-length: {length}\r\nconnection: close");
    Reply::Raw(format!("HTTP/1.1 {status} X\r\n{headers}{fixed}\r\n\r\n{body}").into_bytes())
}

/// The same answer, later.
pub(crate) fn late(milliseconds: u64, reply: Reply) -> Reply {
    match reply {
        Reply::Raw(bytes) => Reply::Late(Duration::from_millis(milliseconds), bytes),
        other => other,
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Recorded {
    /// Method and target.
    pub(crate) fn line(&self) -> &str {
        let line = self
            .head
            .lines()
            .next()
            .expect("a request has a first line");
        line.strip_suffix(" HTTP/1.1")
            .expect("the tests speak HTTP/1.1")
    }

    pub(crate) fn target(&self) -> &str {
        self.line()
            .split_once(' ')
            .expect("a request line has a target")
            .1
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// The server. It ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// Starts a server; the script sees each request and how many came before it.
    pub(crate) async fn start(
        script: impl Fn(&Recorded, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let url = format!(
            "http://{}",
            listener
                .local_addr()
                .expect("a bound listener has an address")
        );
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (script, log) = (Arc::new(script), requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, log) = (script.clone(), log.clone());
                tokio::spawn(async move { serve(stream, &*script, &log).await });
            }
        });
        Self { url, requests }
    }

    /// A server that gives every request the same JSON.
    pub(crate) async fn always(status: u16, body: &'static str) -> Self {
        Self::start(move |_, _| json(status, body)).await
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests
            .lock()
            .expect("no test panics while it holds the log")
            .clone()
    }

    /// The only request.
    pub(crate) fn request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests[0].clone()
    }

    /// How many requests had this path.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.target() == path)
            .count()
    }

    /// The same, which makes every call once.
    pub(crate) fn client_without_retries(&self) -> Client {
        ClientBuilder::new(&OPEN)
            .base_url(&self.url)
            .retries(RetryPolicy::never())
            .build()
            .expect("the settings are right")
    }

    /// A client of an API that wants no credentials.
    pub(crate) fn client(&self) -> Client {
        ClientBuilder::new(&OPEN)
            .base_url(&self.url)
            .build()
            .expect("the settings are right")
    }
}

async fn serve(
    mut stream: TcpStream,
    script: &(dyn Fn(&Recorded, usize) -> Reply + Send + Sync),
    log: &Mutex<Vec<Recorded>>,
) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let before = {
        let mut log = log.lock().expect("no test panics while it holds the log");
        log.push(request.clone());
        log.len() - 1
    };
    let bytes = match script(&request, before) {
        Reply::Raw(bytes) => bytes,
        Reply::Late(time, bytes) => {
            tokio::time::sleep(time).await;
            bytes
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            return wait_for_close(&mut stream).await;
        }
        Reply::Silence => return wait_for_close(&mut stream).await,
    };
    let _ = stream.write_all(&bytes).await;
    let _ = stream.shutdown().await;
}

/// Holds the connection until the client gives up.
async fn wait_for_close(stream: &mut TcpStream) {
    let _ = stream.read(&mut [0; 1]).await;
}

async fn read(stream: &mut TcpStream) -> Option<Recorded> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let count = stream
            .read(&mut chunk)
            .await
            .ok()
            .filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let recorded = Recorded {
            head: head.to_owned(),
            body: body.to_owned(),
        };
        let length = recorded
            .header("content-length")
            .map_or(0, |length| length.parse().expect("a length is a number"));
        if body.len() >= length {
            return Some(recorded);
        }
    }
}

/// What the services below share: no credentials, the generic places of messages.
pub(crate) const BASE: Service = Service {
    name: "sdk-test",
    version: "1.2.3",
    origin: "https://api.invalid",
    base_path: "",
    variables: &[],
    auth: Auth::None,
    env: Environment {
        base_url: Some("T_BASE_URL"),
        client_id: Some("T_ID"),
        client_secret: Some("T_SECRET"),
        token: None,
    },
    errors: ErrorShape::GENERIC,
    rate_limit: None,
    config_file: None,
};

/// Needs no credentials.
pub(crate) static OPEN: Service = BASE;

/// Takes a token that the caller supplies.
pub(crate) static BEARER: Service = Service {
    auth: Auth::Bearer,
    env: Environment {
        token: Some("T_TOKEN"),
        ..Environment::NONE
    },
    ..BASE
};

const fn with_tokens(request: TokenRequest, scopes: &'static [&'static str]) -> Service {
    Service {
        base_path: "/v3",
        auth: Auth::ClientCredentials {
            token_url: "/oauth/token",
            request,
            scopes,
        },
        ..BASE
    }
}

/// Fetch tokens, each in its own way, below a base path.
pub(crate) static FORM: Service = with_tokens(TokenRequest::Form, &[]);
pub(crate) static BASIC_JSON: Service = with_tokens(TokenRequest::BasicJson, &[]);
pub(crate) static BASIC_FORM: Service = with_tokens(TokenRequest::BasicForm, &["a:read", "b"]);

/// A request that any JSON answers.
pub(crate) fn get(client: &Client, path: &'static str) -> Request<Value, NoErrorBody> {
    client.request(Method::GET, path).returns_json()
}
