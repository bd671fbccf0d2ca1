//! A quarterly review: creates a certification campaign, activates it, reads what Marek Dvorak has
//! (one record is broken), keeps one access item and revokes the other, signs off, and completes
//! the campaign, which is refused before its deadline. Each step is printed and checked.
//!
//! - `cargo run -p sailpoint-v3 --example campaign` talks to a server on loopback that it starts
//!   itself (the module `local`, at the bottom), and to nothing else.

use std::time::Duration;

use sailpoint_v3::api::certification_campaigns::CertificationCampaigns;
use sailpoint_v3::api::certifications::{
    Certifications, ListIdentityAccessReviewItemsSort, ListIdentityCertificationsFilter,
};
use sailpoint_v3::models::CampaignStatus::{self, Active, Completed, Staged};
use sailpoint_v3::models::CertificationDecision::{Approve, Revoke};
use sailpoint_v3::models::{AccessReviewEntry, AutoCompleteAction, Campaign};
use sailpoint_v3::models::{CampaignCompleteOptions, CampaignType, ReviewDecision};
use sailpoint_v3::models::{SearchCampaignKind, SearchCampaignSettings};
use sailpoint_v3::{Error, ErrorBody};

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
    let campaigns = client.certification_campaigns();
    let certifications = client.certifications();
    let campaign = create(&campaigns).await?;
    campaigns.start_campaign(&campaign).await?;
    wait_for(&campaigns, &campaign, Active).await?;
    let certification = of_reviewer(&certifications, &campaign, "Priya Raman").await?;
    let items = read_items(&certifications, &certification).await?;
    decide(&certifications, &certification, &items).await?;
    complete(&campaigns, &campaign).await
}

/// Gives the id of the campaign, which the service puts together in the background.
async fn create(campaigns: &CertificationCampaigns) -> Outcome<String> {
    let scope = SearchCampaignSettings {
        query: Some("@accounts(source.name:\"Freight Ledger\")".into()),
        ..SearchCampaignSettings::new(SearchCampaignKind::Identity)
    };
    let body = Campaign {
        description: Some("Access to Freight Ledger, reviewed every quarter".into()),
        deadline: Some("2025-06-30T22:00:00Z".into()),
        search_campaign_info: Some(scope),
        ..Campaign::new("Quarterly Finance Review 2025-Q2", CampaignType::Search)
    };
    let created = campaigns.create_campaign(&body).await?;
    let id = created.id.ok_or("the campaign has no id")?;
    println!("Created {}: campaign {id}", created.name);
    wait_for(campaigns, &id, Staged).await?;
    Ok(id)
}

/// Asks until the campaign has this status: what changes it is a job that the service runs.
async fn wait_for(
    campaigns: &CertificationCampaigns,
    id: &str,
    status: CampaignStatus,
) -> Outcome<Campaign> {
    for _ in 0..10 {
        let campaign = campaigns.get_campaign(id).await?;
        let now = campaign.status.clone().ok_or("the status is not told")?;
        println!("The campaign is {now}");
        if now == status {
            return Ok(campaign);
        }
        ensure(now != CampaignStatus::Error, "the job did not fail")?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{status} takes too long").into())
}

/// Gives the id of the one certification that this person has to decide.
async fn of_reviewer(api: &Certifications, campaign: &str, reviewer: &str) -> Outcome<String> {
    let of_campaign = ListIdentityCertificationsFilter::campaign_id().eq(campaign);
    let list = api.list_identity_certifications();
    let mut own = None;
    for certification in list.filters(of_campaign).await? {
        let name = certification.name.unwrap_or_default();
        let by = certification.reviewer.and_then(|reviewer| reviewer.name);
        println!("{name}: to be decided by {}", by.as_deref().unwrap_or("?"));
        own = own.or(certification.id.filter(|_| by.as_deref() == Some(reviewer)));
    }
    Ok(own.ok_or("the reviewer has nothing to decide")?)
}

/// One record of the page is not as documented: reading fails, unless what is broken may be lost.
async fn read_items(api: &Certifications, id: &str) -> Outcome<Vec<AccessReviewEntry>> {
    let list = || {
        let order = ListIdentityAccessReviewItemsSort::access_name();
        api.list_identity_access_review_items(id).sorters(order)
    };
    let read = list().await;
    let is_decode = matches!(read, Err(Error::Decode(_)));
    ensure(is_decode, "a broken record is not read as if it were whole")?;

    let response = list().lossy().send().await?;
    for deviation in response.deviations() {
        println!("Not as documented: {deviation}");
    }
    let left_out = response.deviations().iter().filter(|it| it.is_left_out());
    ensure(left_out.count() == 1, "one member alone is left out")?;
    let items = response.into_body();
    ensure(items.len() == 2, "both records are there")?;
    for item in &items {
        println!("To review: {}, is new: {:?}", name(item), item.new_access);
    }
    Ok(items)
}

fn name(item: &AccessReviewEntry) -> &str {
    let summary = item.access_summary.as_ref();
    let access = summary.and_then(|it| it.access.as_ref());
    access.and_then(|it| it.name.as_deref()).unwrap_or("?")
}

/// Who reads the ledger need not post to it.
async fn decide(api: &Certifications, id: &str, items: &[AccessReviewEntry]) -> Outcome {
    let mut decisions = Vec::new();
    for item in items {
        let item_id = item.id.as_deref().ok_or("the item has no id")?;
        let (decision, comment) = match name(item) {
            "Ledger Poster" => (Revoke, "Marek approves postings, so he posts none."),
            _ => (Approve, "Marek checks the balances."),
        };
        println!("{}: {decision}, {comment}", name(item));
        decisions.push(ReviewDecision {
            comments: Some(comment.into()),
            ..ReviewDecision::new(item_id, decision, false)
        });
    }
    let decided = api.make_identity_decision(id, &decisions).await?;
    ensure(decided.decisions_made == Some(2), "both items are decided")?;
    let signed = api.sign_off_identity_certification(id).await?;
    let time = signed.signed.as_option().ok_or("it is not signed off")?;
    println!("Signed off at {time}");
    ensure(signed.completed == Some(true), "the certification is done")
}

/// One reviewer has not signed off: the service decides for him, but not before the deadline.
async fn complete(campaigns: &CertificationCampaigns, id: &str) -> Outcome {
    let body = CampaignCompleteOptions {
        auto_complete_action: Some(AutoCompleteAction::Revoke),
    };
    let complete = || campaigns.complete_campaign(id).body(&body);
    let early = complete().await;
    if let Err(Error::Api(refusal)) = &early
        && let Some(ErrorBody::BadRequest(body)) = refusal.error()
    {
        println!("Refused: {}", refusal.message().unwrap_or("no reason"));
        println!("  detail code {:?}", body.detail_code);
    } else {
        return Err(format!("it is too early to complete, but: {early:?}").into());
    }
    println!("The deadline passes.");
    complete().await?;
    let campaign = wait_for(campaigns, id, Completed).await?;
    let done = campaign.completed_certifications.ok_or("no count")?;
    let total = campaign.total_certifications.ok_or("no total")?;
    println!("{done} of {total} certifications are done");
    ensure(done == total, "nothing is left to decide")
}

fn ensure(holds: bool, claim: &str) -> Outcome {
    match holds {
        true => Ok(()),
        false => Err(format!("expected that {claim}").into()),
    }
}

/// A tenant on loopback: one campaign of two certifications. The status that a job leads to shows
/// the second time it is asked for; the deadline passes when completing is refused.
mod local {
    use std::sync::{Mutex, PoisonError};

    use sailpoint_v3::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    const CAMPAIGN: &str = "2c9180858a1b4e6f018a2d1c00000701";
    const MAREKS: &str = "2c9180858a1b4e6f018a2d1c00000702";

    #[derive(Default)]
    struct Tenant {
        campaign: Value,
        /// What the status becomes, once it has been asked for.
        next: Option<&'static str>,
        decisions: usize,
        is_overdue: bool,
    }

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let tenant = Mutex::new(Tenant::default());
        let respond = move |request: &Request| {
            let mut tenant = tenant.lock().unwrap_or_else(PoisonError::into_inner);
            let (status, body) = answer(request, &mut tenant);
            ResponseTemplate::new(status).set_body_json(body)
        };
        let (server, mock) = (MockServer::start().await, Mock::given(any()));
        mock.respond_with(respond).mount(&server).await;
        // A proxy that the environment names would not reach this machine's loopback.
        let http = reqwest::Client::builder().no_proxy().build()?;
        let client = Client::builder().base_url(server.uri()).http_client(http);
        let client = client.client_credentials("local-id", "local-secret");
        Ok((server, client.build()?))
    }

    fn answer(request: &Request, tenant: &mut Tenant) -> (u16, Value) {
        let path: Vec<&str> = request.url.path().split('/').skip(1).collect();
        match (request.method.as_str(), path.as_slice()) {
            (_, ["oauth", "token"]) => (200, json!({"access_token": "local-token"})),
            ("POST", [_, "campaigns"]) => {
                tenant.campaign = request.body_json().unwrap_or_default();
                tenant.campaign["id"] = json!(CAMPAIGN);
                tenant.campaign["totalCertifications"] = json!(2);
                tenant.start("PENDING", "STAGED")
            }
            ("GET", [_, "campaigns", CAMPAIGN]) => {
                let campaign = tenant.campaign.clone();
                if let Some(next) = tenant.next.take() {
                    tenant.campaign["status"] = json!(next);
                }
                (200, campaign)
            }
            ("POST", [_, _, CAMPAIGN, "activate"]) => tenant.start("ACTIVATING", "ACTIVE"),
            ("POST", [_, _, CAMPAIGN, "complete"]) if tenant.is_overdue => {
                tenant.campaign["completedCertifications"] = json!(2);
                tenant.start("COMPLETING", "COMPLETED")
            }
            ("GET", [_, "certifications"]) => {
                let reviewer = json!({"name": "Tomas Lindqvist"});
                let other = json!({"name": "Access of Nadia Okafor", "reviewer": reviewer});
                (200, json!([certification(tenant), other]))
            }
            ("GET", [_, _, MAREKS, "access-review-items"]) => {
                let item = |number: u16, name: &str, is_new: Value| {
                    let id = format!("2c9180858a1b4e6f018a2d1c0000{number:04}");
                    let access = json!({"type": "ACCESS_PROFILE", "name": name});
                    json!({"id": id, "newAccess": is_new, "accessSummary": {"access": access}})
                };
                let broken = item(722, "Ledger Poster", json!("since March"));
                let whole = item(721, "Ledger Reader", json!(false));
                (200, json!([broken, whole]))
            }
            ("POST", [_, _, MAREKS, "decide"]) => {
                let decisions: Vec<Value> = request.body_json().unwrap_or_default();
                tenant.decisions = decisions.len();
                (200, certification(tenant))
            }
            ("POST", [_, _, MAREKS, "sign-off"]) if tenant.decisions == 2 => {
                let mut signed = certification(tenant);
                signed["completed"] = json!(true);
                signed["signed"] = json!("2025-06-02T09:15:00Z");
                (200, signed)
            }
            _ => {
                tenant.is_overdue = true;
                let refusal = json!({"detailCode": "400.1 Bad request content",
                    "messages": [{"text": "The campaign is not past its deadline."}]});
                (400, refusal)
            }
        }
    }

    fn certification(tenant: &Tenant) -> Value {
        json!({"id": MAREKS, "name": "Access of Marek Dvorak", "reviewer": {"name": "Priya Raman"},
            "decisionsMade": tenant.decisions, "decisionsTotal": 2, "completed": false})
    }

    impl Tenant {
        fn start(&mut self, now: &str, next: &'static str) -> (u16, Value) {
            self.campaign["status"] = json!(now);
            self.next = Some(next);
            (202, self.campaign.clone())
        }
    }
}
