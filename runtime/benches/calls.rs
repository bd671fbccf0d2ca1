#![allow(
    missing_docs,
    reason = "a benchmark has no readers of its documentation"
)]
//! What a call costs beside the same call written by hand with reqwest and serde: calls per second and allocations, against a server on
//! loopback that answers at once, with everything on that is on by default. Then a body of 1 GiB up and down, and the memory that it
//! takes. `cargo bench -p sdk-runtime --bench calls` prints both and the ratios.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use sdk_runtime::{
    Auth, Body, Client, ClientBuilder, Environment, ErrorShape, Method, NoErrorBody, Request,
    Service, reqwest,
};
use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};

static SERVICE: Service = Service {
    name: "bench",
    version: "0.1.0",
    origin: "http://127.0.0.1",
    base_path: "",
    variables: &[],
    auth: Auth::Bearer,
    env: Environment::NONE,
    errors: ErrorShape::GENERIC,
    rate_limit: None,
    config_file: None,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct User {
    id: String,
    name: String,
    active: bool,
    logins: i64,
}

const USER: &str =
    r#"{"id": "2c9180835d191a86", "name": "Ada Moreau", "active": true, "logins": 12}"#;

/// How many calls a round has.
const CALLS: u32 = 2_000;
/// How many rounds each way has, in turn.
const ROUNDS: usize = 61;
/// How long the large body is, in bytes.
const LARGE: u64 = 1 << 30;

/// Answers each request on a connection: `/large` with a large body, everything else with a user.
fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let mut buffer = vec![0; 256 << 10];
    let mut held = Vec::new();
    let mut is_first = true;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{USER}",
        USER.len()
    );
    stream.set_nodelay(true)?;
    loop {
        let Some(end) = held.windows(4).position(|window| window == b"\r\n\r\n") else {
            let read = stream.read(&mut buffer)?;
            if read == 0 {
                return Ok(());
            }
            held.extend_from_slice(&buffer[..read]);
            continue;
        };
        let head = String::from_utf8_lossy(&held[..end]).to_ascii_lowercase();
        if is_first {
            let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
            lines[1..].sort();
            *HEAD.lock().expect("no thread has panicked") = lines;
            is_first = false;
        }
        let length = head.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()?.parse::<u64>().ok());
        let already = (held.len() - end - 4) as u64;
        let mut left = length.unwrap_or(0).saturating_sub(already);
        held.clear();
        while left > 0 {
            left -= stream.read(&mut buffer)? as u64;
        }
        if head.starts_with("get /large") {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {LARGE}\r\n\r\n")?;
            for _ in 0..LARGE / buffer.len() as u64 {
                stream.write_all(&buffer)?;
            }
        } else {
            stream.write_all(answer.as_bytes())?;
        }
    }
}

/// The head of the first request on the last connection that the server saw, its headers in order of their names.
static HEAD: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn last_head() -> Vec<String> {
    std::mem::take(&mut *HEAD.lock().expect("no thread has panicked"))
}

/// Starts the server; gives its URL.
fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener
        .local_addr()
        .expect("a bound listener has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let _ = serve(stream);
            });
        }
    });
    format!("http://{address}")
}

fn get_user(client: &Client) -> Request<User, NoErrorBody> {
    let request = client.request(Method::GET, "/users/{id}");
    request
        .path("id", "2c9180835d191a86")
        .query("detail", &true)
        .returns_json()
}

async fn get_by_hand(client: &reqwest::Client, url: &str) -> User {
    let url = format!("{url}/users/{}?detail={}", "2c9180835d191a86", true);
    let request = client
        .get(url)
        .bearer_auth("token")
        .header("accept", "application/json");
    let response = request
        .timeout(Duration::from_secs(60))
        .send()
        .await
        .expect("an answer");
    let body = response
        .error_for_status()
        .expect("a success")
        .bytes()
        .await
        .expect("a body");
    serde_json::from_slice(&body).expect("a user")
}

/// Calls a second, four callers at once: a single one mostly waits for the server to wake up, which says nothing of either way. Each is a
/// task of its own, as in a program, so that only the one whose answer has come goes on.
async fn round<C>(call: impl Fn() -> C + Clone + Send + 'static) -> f64
where
    C: Future<Output = User> + Send,
{
    let start = Instant::now();
    let callers: Vec<_> = (0..4)
        .map(|_| {
            let call = call.clone();
            tokio::spawn(async move {
                for _ in 0..CALLS / 4 {
                    assert!(call().await.active);
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("all calls are answered");
    }
    f64::from(CALLS) / start.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// The most memory that this process has had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

fn client(url: &str) -> Client {
    let builder = ClientBuilder::new(&SERVICE).base_url(url);
    builder.bearer_token("token").build().expect("a client")
}

fn client_by_hand() -> reqwest::Client {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("bench/0.1.0");
    builder.build().expect("a client")
}

/// The rates by hand and ours, side by side. Each time the clients are new: which of the server's threads shares a processor with this
/// one is then left to chance again, and is not the same in all rounds.
fn rates(runtime: &Runtime, url: &str, is_ours_first: bool) -> (f64, f64) {
    let (by_hand, client) = (client_by_hand(), client(url));
    let url = url.to_owned();
    let theirs = move || {
        let (by_hand, url) = (by_hand.clone(), url.clone());
        async move { get_by_hand(&by_hand, &url).await }
    };
    let ours = move || {
        let client = client.clone();
        async move { get_user(&client).await.expect("a user") }
    };
    drop(runtime.block_on(theirs()));
    let their_head = last_head();
    drop(runtime.block_on(ours()));
    assert_eq!(last_head(), their_head, "both send the same");
    let their_rate = || runtime.block_on(round(theirs.clone()));
    let our_rate = || runtime.block_on(round(ours.clone()));
    // Neither always follows the other: what a processor does after a pause is not the same.
    match is_ours_first {
        true => {
            let ours = our_rate();
            (their_rate(), ours)
        }
        false => (their_rate(), our_rate()),
    }
}

fn calls(runtime: &Runtime, url: &str) {
    let rates = (0..ROUNDS).map(|number| rates(runtime, url, number % 2 == 0));
    let rates: Vec<(f64, f64)> = rates.collect();
    let of = |value: fn(&(f64, f64)) -> f64| median(rates.iter().map(value).collect());
    println!(
        "calls per second: by hand {:.0}, ours {:.0}; of {ROUNDS} rounds side by side the median ratio is {:.3}",
        of(|(theirs, _)| *theirs),
        of(|(_, ours)| *ours),
        of(|(theirs, ours)| ours / theirs)
    );
    let (by_hand, client) = (client_by_hand(), client(url));
    let theirs = || drop(runtime.block_on(get_by_hand(&by_hand, url)));
    let ours = || drop(runtime.block_on(async { get_user(&client).await.expect("a user") }));
    // The first call makes the connection. All of it runs on this thread, whose allocations are counted.
    theirs();
    ours();
    let their_count = allocation_counter::measure(theirs).count_total;
    let our_count = allocation_counter::measure(ours).count_total;
    println!("allocations a call: by hand {their_count}, ours {our_count}");
}

async fn transfers(client: &Client) {
    let before = peak();
    let start = Instant::now();
    let request: Request<Vec<u8>, NoErrorBody> =
        client.request(Method::GET, "/large").returns_bytes();
    let mut download = request.send_stream().await.expect("an answer").into_body();
    let mut read = 0;
    while let Some(chunk) = download.chunk().await.expect("a chunk") {
        read += chunk.len() as u64;
    }
    assert_eq!(read, LARGE);
    let (down, time) = (peak(), start.elapsed());
    println!(
        "1 GiB down: {:.1} s, peak {before} MiB before, {down} MiB after",
        time.as_secs_f64()
    );

    let path = std::env::temp_dir().join(format!("sdk-runtime-bench-{}", std::process::id()));
    let file = std::fs::File::create(&path).expect("a file");
    // Nothing is written: the file is holes.
    file.set_len(LARGE).expect("a long file");
    let start = Instant::now();
    let body = Body::file(&path).expect("a file");
    let request = client
        .request(Method::PUT, "/file")
        .body("application/octet-stream", body);
    let request: Request<(), NoErrorBody> = request.returns_nothing();
    let sent = request.await;
    let _ = std::fs::remove_file(&path);
    sent.expect("an answer");
    let up = peak();
    println!(
        "1 GiB up: {:.1} s, peak {up} MiB",
        start.elapsed().as_secs_f64()
    );
    assert!(
        up - before <= 16,
        "the memory of a transfer does not grow with what is transferred"
    );
}

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let url = start();
    calls(&runtime, &url);
    runtime.block_on(transfers(&client(&url)));
}
