//! Mixed calls of both crates against servers on which things go wrong, for some minutes: how many calls a second there were, how each
//! ended, and what memory the callers took, minute by minute. Its words are the minutes and the servers, each as `CRATE DAY URL`.
//!
//! `cargo xtask soak` makes a crate of this file, starts the servers and runs it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use onelogin::models as onelogin_models;
use sailpoint_v3::models;
use sdk_runtime::{AttemptFailure, AttemptOutcome, Error};

/// How many calls are made at once.
const CALLERS: usize = 128;
/// How far the memory of the last minute may be from that of the second, in hundredths.
const DRIFT: f64 = 5.0;
const ID: &str = "2c9180858a1b4e6f018a2d1c00000901";

/// How a call ended, in words that are counted.
type End = String;

/// A service, on a good day or a bad one.
#[derive(Clone)]
struct Server {
    day: String,
    client: Client,
}

#[derive(Clone)]
enum Client {
    SailPoint(sailpoint_v3::Client),
    OneLogin(onelogin::Client),
}

/// What is counted while the calls are made.
#[derive(Default)]
struct Counts {
    ended: AtomicU64,
    /// Attempts that had an answer, or whose connection broke. One that is signed anew after a 401 is one.
    exchanges: AtomicU64,
    ends: Mutex<BTreeMap<(String, End), u64>>,
}

impl Server {
    fn new(krate: &str, day: &str, url: &str, counts: &Arc<Counts>) -> Self {
        let seen = Arc::clone(counts);
        let observer = move |attempt: &sdk_runtime::Attempt<'_>| {
            if matches!(
                attempt.outcome(),
                AttemptOutcome::Status(_) | AttemptOutcome::Failed(AttemptFailure::Broken)
            ) {
                seen.exchanges.fetch_add(1, Ordering::Relaxed);
            }
        };
        let client = match krate {
            "sailpoint-v3" => sailpoint_v3::Client::builder()
                .base_url(url)
                .client_credentials("soak", "secret")
                .rate_limit(None)
                .on_attempt(observer)
                .build()
                .map(Client::SailPoint),
            "onelogin" => onelogin::Client::builder()
                .base_url(url)
                .client_credentials("soak", "secret")
                .rate_limit(None)
                .on_attempt(observer)
                .build()
                .map(Client::OneLogin),
            other => panic!("no calls are known of the crate `{other}`"),
        };
        Self {
            day: day.to_owned(),
            client: client.expect("a client"),
        }
    }

    /// Makes one call of the mix; gives how it ended.
    async fn call(&self, turn: usize) -> End {
        match &self.client {
            Client::SailPoint(client) => sailpoint(client, turn).await,
            Client::OneLogin(client) => onelogin(client, turn).await,
        }
    }

    /// Whether a call may end so on such a day.
    fn allows(&self, end: &str) -> bool {
        match self.day.as_str() {
            // A POST is not made again, and in an outage other calls are not made again without end.
            "Unavailable" => matches!(end, "well" | "status 503"),
            // Nor is one whose answer began.
            "CutBody" => matches!(end, "well" | "broken"),
            _ => end == "well",
        }
    }
}

fn end<T, E>(outcome: Result<T, Error<E>>) -> End {
    match outcome {
        Ok(_) => "well".to_owned(),
        Err(Error::Transport(_)) => "broken".to_owned(),
        Err(Error::Decode(problem)) => format!("unreadable: {problem}"),
        Err(error) => match error.status() {
            Some(status) => format!("status {}", status.as_u16()),
            None => "not sent".to_owned(),
        },
    }
}

async fn sailpoint(client: &sailpoint_v3::Client, turn: usize) -> End {
    match turn % 10 {
        0 => end(client.roles().list_roles().limit(50).await),
        1 => end(client.accounts().list_accounts().collect_all(2_000).await),
        2 => {
            let query = models::SearchQuery {
                query: Some("*".to_owned()),
                ..Default::default()
            };
            let search = models::Search {
                query: Some(query),
                ..Default::default()
            };
            end(client.search().search_post(&search).await)
        }
        3 => end(client.roles().get_role(ID).await),
        4 => {
            let change = sdk_runtime::JsonPatchOperation::replace("/name", "Payroll");
            end(client.roles().patch_role(ID, &[change]).await)
        }
        5 => end(client.roles().delete_role(ID).await),
        6 => {
            let order = models::ReportOrder::default();
            end(client.reports_data_extraction().start_report(&order).await)
        }
        7 => {
            let reports = client.reports_data_extraction();
            let download = reports
                .get_report(ID, models::ReportFileFormat::Csv)
                .send_stream()
                .await;
            match download {
                Ok(answer) => {
                    let mut body = answer.into_body();
                    loop {
                        match body.chunk().await {
                            Ok(Some(_)) => {}
                            Ok(None) => break "well".to_owned(),
                            Err(_) => break "broken".to_owned(),
                        }
                    }
                }
                refused => end(refused),
            }
        }
        8 => {
            let data = sailpoint_v3::FilePart::new(b"name,mail\n".repeat(1_000));
            let body = models::NonEmployeeUpload {
                data: data.with_name("people.csv"),
            };
            let records = client.non_employee_lifecycle_management();
            end(records
                .import_non_employee_records_in_bulk(ID)
                .body(&body)
                .await)
        }
        _ => end(client.lossy().sources().list_sources().send().await),
    }
}

async fn onelogin(client: &onelogin::Client, turn: usize) -> End {
    match turn % 7 {
        0 => end(client.users_v2().list_users().limit(50).await),
        1 => end(client.users_v2().get_user(42).await),
        2 => {
            let user = onelogin_models::User {
                email: Some("ada@example.com".to_owned()),
                ..Default::default()
            };
            end(client.users_v2().update_user(42).body(&user).await)
        }
        3 => end(client.roles().get_role_users("7").await),
        4 => end(client.roles().add_role_users("7", &[1, 2, 3]).await),
        5 => end(client.user_mappings().list_mappings().await),
        _ => end(client.lossy().events().get_events().send().await),
    }
}

/// Calls server after server until it is told to stop.
async fn caller(
    number: usize,
    servers: Arc<Vec<Server>>,
    counts: Arc<Counts>,
    stop: Arc<AtomicBool>,
) {
    let mut turn = number;
    while !stop.load(Ordering::Relaxed) {
        let server = &servers[turn % servers.len()];
        let end = server.call(turn / servers.len()).await;
        counts.ended.fetch_add(1, Ordering::Relaxed);
        let mut ends = counts.ends.lock().unwrap_or_else(PoisonError::into_inner);
        *ends.entry((server.day.clone(), end)).or_default() += 1;
        turn += 1;
    }
}

/// The memory that this process has now, in KiB; none where the system does not tell.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (minutes, rest) = words.split_first().expect("the minutes");
    let minutes: u32 = minutes.parse().expect("a number of minutes");
    let counts = Arc::new(Counts::default());
    let servers = rest
        .chunks_exact(3)
        .map(|server| Server::new(&server[0], &server[1], &server[2], &counts));
    let servers: Arc<Vec<Server>> = Arc::new(servers.collect());
    let stop = Arc::new(AtomicBool::new(false));
    let callers = (0..CALLERS).map(|number| {
        tokio::spawn(caller(
            number,
            Arc::clone(&servers),
            Arc::clone(&counts),
            Arc::clone(&stop),
        ))
    });
    let callers: Vec<_> = callers.collect();
    let start = Instant::now();
    let (mut before, mut memories) = (0, Vec::new());
    for minute in 1..=minutes {
        tokio::time::sleep_until((start + Duration::from_secs(60) * minute).into()).await;
        let ended = counts.ended.load(Ordering::Relaxed);
        let memory = memory();
        memories.extend(memory);
        println!(
            "minute {minute}: {} calls a second, {} KiB",
            (ended - before) / 60,
            memory.unwrap_or_default()
        );
        before = ended;
    }
    stop.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.expect("a caller that does not panic");
    }
    let fine = tell(&servers, &counts) & tell_memory(&memories);
    std::process::exit(i32::from(!fine));
}

/// Prints how the calls ended; gives whether all ended as they may.
fn tell(servers: &[Server], counts: &Counts) -> bool {
    let ended = counts.ended.load(Ordering::Relaxed);
    let exchanges = counts.exchanges.load(Ordering::Relaxed);
    println!("{ended} calls ended, in {exchanges} attempts that a server heard of");
    let mut fine = true;
    let ends = counts.ends.lock().unwrap_or_else(PoisonError::into_inner);
    for ((day, end), count) in ends.iter() {
        let is_allowed = servers
            .iter()
            .any(|server| server.day == *day && server.allows(end));
        fine &= is_allowed;
        println!(
            "  {day}: {count} {end}{}",
            if is_allowed { "" } else { ", which is wrong" }
        );
    }
    fine
}

/// Prints how the memory went; gives whether it stayed.
fn tell_memory(memories: &[u64]) -> bool {
    let [_, second, .., last] = memories else {
        println!("too short to tell how memory goes");
        return true;
    };
    let drift = (*last as f64 / *second as f64 - 1.0) * 100.0;
    println!("memory from minute 2 to the last: {drift:+.1} %");
    drift <= DRIFT
}
