//! Exports all identities of a tenant, page by page, and those that a search finds, each to a file of
//! JSON lines. Behind each page, its place in the list is stored with the length of the file. The service
//! fails in the middle of both lists; the next run goes on where the one before stopped, and in the
//! end nothing is missing and nothing there twice.
//!
//! - `cargo run -p sailpoint-v3 --example export` talks to a server on loopback that it starts
//!   itself (the module `local`, at the bottom), and to nothing else. Its files are in the folder
//!   for temporary files, and are removed at the end.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sailpoint_v3::models::{Search, SearchIndex, SearchQuery};
use sailpoint_v3::{Client, ErrorBody, Pages, Position, Value};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() {
    if let Err(error) = tell().await {
        eprintln!("The story ends early: {error}");
        std::process::exit(1);
    }
}

async fn tell() -> Outcome {
    let (_server, client) = local::start().await?;
    let name = format!("sailpoint-export-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder)?;
    let told = runs(&client, &folder).await;
    fs::remove_dir_all(&folder)?;
    told
}

async fn runs(client: &Client, folder: &Path) -> Outcome {
    let identities = Export::into(folder, "identities");
    let hits = Export::into(folder, "hits");

    println!("The first run");
    let outcome = export_identities(client, &identities).await;
    stopped(&identities, outcome)?;
    let outcome = export_hits(client, &hits).await;
    stopped(&hits, outcome)?;

    println!("The second run");
    export_identities(client, &identities).await?;
    export_hits(client, &hits).await?;
    identities.check(local::IDENTITIES)?;
    hits.check(local::HITS)?;

    println!("The third run finds nothing left to do");
    export_identities(client, &identities).await?;
    identities.check(local::IDENTITIES)
}

/// Identities are skipped by number, so they are ordered by what does not change.
async fn export_identities(client: &Client, export: &Export) -> Outcome {
    let identities = client.public_identities().get_public_identities();
    let identities = identities.sorters("name");
    let pages = |place| identities.pages_from(place);
    export.run(pages, serde_json::to_vec).await
}

/// A search goes on behind its last hit, as far as there are any. Many people have the same name;
/// the crate orders by the id as well, so that each hit has a place of its own.
async fn export_hits(client: &Client, export: &Export) -> Outcome {
    let search = Search {
        indices: Some(vec![SearchIndex::Identities]),
        query: Some(SearchQuery {
            query: Some("attributes.city:Rotterdam".into()),
            ..Default::default()
        }),
        sort: Some(vec!["displayName".to_owned()]),
        ..Default::default()
    };
    let hits = client.search().search_post(&search);
    let pages = |place| hits.pages_from(place);
    export.run(pages, serde_json::to_vec).await
}

/// Shows what a run leaves that did not come to its end, and makes it worse: a process that is killed
/// may have written lines whose place it did not store, the last of them in part.
fn stopped(export: &Export, outcome: Outcome) -> Outcome {
    let error = outcome.err().ok_or("expected that the service fails")?;
    let (place, length) = export.stored()?;
    println!("  stopped: {error}");
    println!("  safe: {length} bytes, and the place {place:?}");
    let mut file = OpenOptions::new().append(true).open(&export.lines)?;
    file.write_all(b"{\"id\": \"half of a li")?;
    Ok(())
}

/// A file of JSON lines, and beside it the place up to which it holds the list.
struct Export {
    name: &'static str,
    lines: PathBuf,
    place: PathBuf,
}

impl Export {
    fn into(folder: &Path, name: &'static str) -> Self {
        Self {
            name,
            lines: folder.join(format!("{name}.jsonl")),
            place: folder.join(format!("{name}.place.json")),
        }
    }

    /// Where to go on, and how long the file is up to there.
    fn stored(&self) -> Outcome<(Position, u64)> {
        match fs::read(&self.place) {
            Ok(stored) => Ok(serde_json::from_slice(&stored)?),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok((Position::START, 0)),
            Err(error) => Err(error.into()),
        }
    }

    /// Stores both in one step: the file is the old one or the new one, never a half.
    fn store(&self, place: &Position, length: u64) -> Outcome {
        let new = self.place.with_extension("new");
        fs::write(&new, serde_json::to_vec(&(place, length))?)?;
        Ok(fs::rename(new, &self.place)?)
    }

    /// Writes what is left of a list, and stores the place behind each page that is safe on disk.
    async fn run<T>(
        &self,
        pages: impl FnOnce(Position) -> Pages<T, ErrorBody>,
        line: impl Fn(&T) -> serde_json::Result<Vec<u8>>,
    ) -> Outcome {
        let (place, mut length) = self.stored()?;
        println!("  {} from {place:?} on", self.name);
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(false).write(true);
        let mut file = options.open(&self.lines)?;
        // What stands behind the stored place will come again.
        file.set_len(length)?;
        file.seek(SeekFrom::Start(length))?;
        let mut pages = pages(place);
        while let Some(page) = pages.try_next().await? {
            let mut lines = Vec::new();
            for item in page.items() {
                lines.extend(line(item)?);
                lines.push(b'\n');
            }
            file.write_all(&lines)?;
            file.sync_data()?;
            length += u64::try_from(lines.len())?;
            self.store(page.next(), length)?;
            let count = page.items().len();
            println!("    {count} {}; next {:?}", self.name, page.next());
        }
        Ok(())
    }

    /// Counts what is in the file, by its ids.
    fn check(&self, expected: usize) -> Outcome {
        let text = fs::read_to_string(&self.lines)?;
        let mut ids = BTreeSet::new();
        for line in text.lines() {
            let item: Value = serde_json::from_str(line)?;
            let id = item["id"].as_str().ok_or("an item has no id")?;
            if !ids.insert(id.to_owned()) {
                return Err(format!("{id} is there twice").into());
            }
        }
        let (name, count) = (self.name, ids.len());
        println!("  {count} {name} in the file, none of them twice");
        match count == expected {
            true => Ok(()),
            false => Err(format!("expected {expected} {name}").into()),
        }
    }
}

/// A tenant on loopback, which fails once in the middle of each of its two lists.
mod local {
    use std::sync::{Mutex, PoisonError};

    use sailpoint_v3::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    pub const IDENTITIES: usize = 1_130;
    pub const HITS: usize = 930;

    /// How many pages of each list were asked for.
    #[derive(Default)]
    struct Asked {
        identities: u32,
        hits: u32,
    }

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let asked = Mutex::new(Asked::default());
        let respond = move |request: &Request| {
            let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
            answer(request, &mut asked)
        };
        let (server, mock) = (MockServer::start().await, Mock::given(any()));
        mock.respond_with(respond).mount(&server).await;
        // A proxy that the environment names would not reach this machine's loopback.
        let http = reqwest::Client::builder().no_proxy().build()?;
        let client = Client::builder().base_url(server.uri()).http_client(http);
        let client = client.client_credentials("local-id", "local-secret");
        Ok((server, client.build()?))
    }

    fn answer(request: &Request, asked: &mut Asked) -> ResponseTemplate {
        let path = request.url.path();
        let count = match path.rsplit('/').next() {
            Some("token") => return ok(&json!({"access_token": "local-token"})),
            Some("public-identities") => &mut asked.identities,
            Some("search") => &mut asked.hits,
            _ => return ResponseTemplate::new(404),
        };
        *count += 1;
        if *count == 3 {
            let text = json!([{"text": "The service is restarting."}]);
            return ResponseTemplate::new(500).set_body_json(json!({"messages": text}));
        }
        match path.ends_with("search") {
            true => hits(request),
            false => identities(request),
        }
    }

    fn ok(body: &Value) -> ResponseTemplate {
        ResponseTemplate::new(200).set_body_json(body)
    }

    fn number(request: &Request, name: &str) -> usize {
        let mut query = request.url.query_pairs();
        let value = query.find(|(key, _)| key == name);
        value.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
    }

    /// The identities from an offset on.
    fn identities(request: &Request) -> ResponseTemplate {
        let all = (0..IDENTITIES).skip(number(request, "offset"));
        let page: Vec<Value> = all.take(number(request, "limit")).map(identity).collect();
        ok(&page.into()).insert_header("X-Total-Count", IDENTITIES.to_string())
    }

    fn identity(number: usize) -> Value {
        json!({"id": format!("{number:032x}"), "name": format!("identity {number}"),
            "alias": format!("i{number}"), "status": "Active"})
    }

    /// The hits behind the last one of the page before, by name and then by id.
    fn hits(request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let after = &body["searchAfter"];
        let after = (text(&after[0]), text(&after[1]));
        let place = |hit: &Value| (text(&hit["displayName"]), text(&hit["id"]));
        let mut hits: Vec<Value> = (0..HITS).map(hit).collect();
        hits.retain(|hit| place(hit) > after);
        hits.sort_by_key(place);
        hits.truncate(number(request, "limit"));
        ok(&hits.into())
    }

    fn hit(number: usize) -> Value {
        let names = ["Nadia Okafor", "Tomas Lindqvist", "Lucia Ferri"];
        json!({"_type": "identity", "id": format!("{:032x}", number * 7_919 % HITS),
            "name": format!("identity-{number}"), "displayName": names[number % names.len()]})
    }
}
