//! Brings thousands of contractors into a tenant: writes a CSV file, uploads it with a bar, waits until
//! the service has worked it off, orders a report on the source, waits for that, and downloads it to a
//! file with a bar. In the end the report has everybody who was in the upload.
//!
//! - `cargo run -p sailpoint-v3 --example bulk_upload` talks to a server on loopback that it starts
//!   itself (the module `local`, at the bottom), and to nothing else. Its files are in the folder
//!   for temporary files, and are removed at the end.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sailpoint_v3::models::{NonEmployeeUpload, ReportArguments, ReportFileFormat};
use sailpoint_v3::models::{ReportKind, ReportOrder};
use sailpoint_v3::{Client, FilePart, Progress};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// The source of the contractors.
const SOURCE: &str = "2c9180858a1b4e6f018a2d1c00000901";

const CONTRACTORS: usize = 8_000;

/// How often the state of a job is asked for. The local server is quick; a program for a tenant leaves
/// this out, and the crate asks after a second first and at most every 15 seconds later.
const OFTEN: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() {
    if let Err(error) = tell().await {
        eprintln!("The story ends early: {error}");
        std::process::exit(1);
    }
}

async fn tell() -> Outcome {
    let (_server, client) = local::start().await?;
    let name = format!("sailpoint-bulk-upload-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder)?;
    let told = bring(&client, &folder).await;
    fs::remove_dir_all(&folder)?;
    told
}

async fn bring(client: &Client, folder: &Path) -> Outcome {
    let (csv, saved) = (folder.join("contractors.csv"), folder.join("report.csv"));
    write_contractors(&csv)?;
    upload(client, &csv).await?;
    let report = order_report(client).await?;
    download(client, &report, &saved).await?;
    compare(&csv, &saved)
}

fn write_contractors(csv: &Path) -> Outcome {
    let mut text =
        "accountName,firstName,lastName,phone,email,manager,startDate,endDate\n".to_owned();
    for number in 0..CONTRACTORS {
        writeln!(
            text,
            "contractor.{number},Contractor,Number {number},+31 10 555 0142,\
             contractor.{number}@meridian-freight.example,tomas.lindqvist,\
             2027-01-01T00:00:00Z,2027-12-31T00:00:00Z"
        )?;
    }
    println!("{CONTRACTORS} contractors in {} bytes", text.len());
    Ok(fs::write(csv, text)?)
}

/// Uploads the file, which is read while it is sent, and waits until its records are written.
async fn upload(client: &Client, csv: &Path) -> Outcome {
    let body = NonEmployeeUpload {
        data: FilePart::open(csv)?.with_content_type("text/csv"),
    };
    let records = client.non_employee_lifecycle_management();
    let upload = records.import_non_employee_records_in_bulk(SOURCE);
    let upload = upload.body(&body).on_upload(bar("upload"));
    let job = upload.wait().every(OFTEN).await?;
    println!("The upload is {:?}", job.status.ok_or("no status")?);
    Ok(())
}

/// Gives the id by which the finished report is had.
async fn order_report(client: &Client) -> Outcome<String> {
    let order = ReportOrder {
        report_type: Some(ReportKind::Accounts),
        arguments: Some(ReportArguments {
            application: Some(SOURCE.into()),
            source_name: Some("Contractors".into()),
            ..Default::default()
        }),
    };
    let start = client.reports_data_extraction().start_report(&order);
    let report = start.wait().every(OFTEN).await?;
    let rows = report.rows.unwrap_or_default();
    println!("The report has {rows} rows");
    Ok(report.id.ok_or("the report has no id")?)
}

/// Saves the report without having it in memory.
async fn download(client: &Client, report: &str, file: &Path) -> Outcome {
    let reports = client.reports_data_extraction();
    let request = reports.get_report(report, ReportFileFormat::Csv);
    let download = request.send_stream().await?.into_body();
    let download = download.on_progress(bar("download"));
    let bytes = download.save_to(file).await?;
    println!("Saved {bytes} bytes");
    Ok(())
}

fn compare(csv: &Path, saved: &Path) -> Outcome {
    let (sent, saved) = (fs::read_to_string(csv)?, fs::read_to_string(saved)?);
    let listed = saved.lines().filter(|line| line.contains('@')).count();
    println!("{listed} of {CONTRACTORS} contractors are in the report");
    match sent.lines().eq(saved.lines()) {
        true => Ok(()),
        false => Err("expected that the report has what was uploaded".into()),
    }
}

/// Draws a bar of 20 signs, anew whenever it has grown.
fn bar(what: &'static str) -> impl Fn(Progress) + Send + Sync + 'static {
    let drawn = AtomicUsize::new(usize::MAX);
    move |progress| {
        let bytes = progress.bytes();
        let total = progress.total().unwrap_or(bytes).max(1);
        let length = usize::try_from(bytes * 20 / total).unwrap_or(20);
        if drawn.swap(length, Ordering::Relaxed) == length {
            return;
        }
        let end = if bytes == total { "\n" } else { "" };
        let signs = "#".repeat(length);
        print!("\r{what:>8} [{signs:<20}] {bytes} of {total} bytes{end}");
        // A bar that cannot be drawn is no reason to fail.
        let _ = std::io::stdout().flush();
    }
}

/// A tenant on loopback: works an upload off, and gives the same records as a report.
mod local {
    use std::sync::{Mutex, PoisonError};

    use sailpoint_v3::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    use super::SOURCE;

    const REPORT: &str = "2c9180858a1b4e6f018a2d1c00000902";

    /// What was uploaded, and how often the states of the two jobs were asked for.
    #[derive(Default)]
    struct Tenant {
        records: String,
        upload_asked: usize,
        report_asked: usize,
    }

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let tenant = Mutex::new(Tenant::default());
        let respond = move |request: &Request| {
            let mut tenant = tenant.lock().unwrap_or_else(PoisonError::into_inner);
            answer(request, &mut tenant)
        };
        let (server, mock) = (MockServer::start().await, Mock::given(any()));
        mock.respond_with(respond).mount(&server).await;
        // A proxy that the environment names would not reach this machine's loopback.
        let http = reqwest::Client::builder().no_proxy().build()?;
        let client = Client::builder().base_url(server.uri()).http_client(http);
        let client = client.client_credentials("local-id", "local-secret");
        Ok((server, client.build()?))
    }

    fn answer(request: &Request, tenant: &mut Tenant) -> ResponseTemplate {
        let path: Vec<&str> = request.url.path().split('/').skip(1).collect();
        let (status, body) = match (request.method.as_str(), path.as_slice()) {
            (_, ["oauth", "token"]) => (200, json!({"access_token": "local-token"})),
            ("POST", [_, "non-employee-sources", SOURCE, ..]) => {
                tenant.records = uploaded(&request.body);
                (202, json!({"sourceId": SOURCE, "status": "PENDING"}))
            }
            ("GET", [_, "non-employee-sources", SOURCE, ..]) => {
                let states = ["PENDING", "IN_PROGRESS", "COMPLETED"];
                (200, status_of(SOURCE, &states, &mut tenant.upload_asked))
            }
            ("POST", [_, "reports", "run"]) => (200, json!({"id": REPORT, "type": "QUARTZ"})),
            ("GET", [_, "reports", REPORT, "result"]) => {
                let states = ["PENDING", "SUCCESS"];
                let mut body = status_of(REPORT, &states, &mut tenant.report_asked);
                body["rows"] = tenant.records.lines().skip(1).count().into();
                (200, body)
            }
            ("GET", [_, "reports", REPORT]) => {
                let report = tenant.records.clone();
                return ResponseTemplate::new(200).set_body_raw(report, "application/csv");
            }
            _ => (
                404,
                json!({"messages": [{"text": "There is nothing here."}]}),
            ),
        };
        ResponseTemplate::new(status).set_body_json(body)
    }

    /// The next state of a job; the last one stays.
    fn status_of(id: &str, states: &[&str], asked: &mut usize) -> Value {
        let state = states.get(*asked).or(states.last());
        *asked += 1;
        json!({"id": id, "status": state})
    }

    /// The lines of the one file of a multipart body.
    fn uploaded(body: &[u8]) -> String {
        let body = String::from_utf8_lossy(body);
        let lines = body.lines().filter(|line| line.contains(','));
        lines.map(|line| format!("{line}\n")).collect()
    }
}
