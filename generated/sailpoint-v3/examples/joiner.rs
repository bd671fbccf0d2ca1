//! A joiner gets a role: finds Nadia Okafor among the identities, lists the roles that can be
//! requested, requests one for her, approves in place of her manager, follows the request until it
//! is done, and meets a refusal of a second approval. Each step is printed and checked.
//!
//! - `cargo run -p sailpoint-v3 --example joiner` talks to a server on loopback that it starts
//!   itself (the module `local`, at the bottom), and to nothing else.

use std::time::Duration;

use sailpoint_v3::api::access_request_approvals::ListPendingApprovalsFilter;
use sailpoint_v3::api::access_requests::ListAccessRequestStatusFilter;
use sailpoint_v3::api::public_identities::GetPublicIdentitiesFilter;
use sailpoint_v3::api::roles::{ListRolesFilter, ListRolesSort};
use sailpoint_v3::models::AccessRequestState::{self, Executing, RequestCompleted};
use sailpoint_v3::models::{AccessItemKind, AccessRequest, AccessRequestItem, AccessRequestType};
use sailpoint_v3::models::{IdentityReference, Role};
use sailpoint_v3::{Client, Error, ErrorBody};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// The person who joins, and who decides on her requests.
struct Joiner {
    id: String,
    name: String,
    manager: IdentityReference,
}

#[tokio::main]
async fn main() {
    if let Err(error) = tell().await {
        eprintln!("The story ends early: {error}");
        std::process::exit(1);
    }
}

async fn tell() -> Outcome {
    let (_server, client) = local::start().await?;
    let joiner = find(&client, "nadia.okafor").await?;
    let role = choose(&client, "Logistics Analyst").await?;
    let request = request(&client, &joiner, &role).await?;
    let approval = pending(&client, &joiner).await?;
    approve(&client, &approval).await?;
    follow(&client, &request).await?;
    approve_again(&client, &approval).await
}

async fn find(client: &Client, alias: &str) -> Outcome<Joiner> {
    let identities = client.public_identities().get_public_identities();
    let by_alias = GetPublicIdentitiesFilter::alias().eq(alias);
    let mut found = identities.filters(by_alias).await?.into_iter();
    let identity = found.next().ok_or("nobody has this alias")?;
    ensure(found.next().is_none(), "no two identities share an alias")?;
    let joiner = Joiner {
        id: identity.id.ok_or("the identity has no id")?,
        name: identity.name.ok_or("the identity has no name")?,
        manager: identity.manager.ok_or("she has no manager")?,
    };
    let manager = joiner.manager.name.as_deref().unwrap_or("nobody");
    println!("{} joins; her manager is {manager}", joiner.name);
    Ok(joiner)
}

async fn choose(client: &Client, name: &str) -> Outcome<Role> {
    let requestable = ListRolesFilter::requestable().eq(true);
    let newest_first = ListRolesSort::created().descending();
    let list = client.roles().list_roles();
    let roles = list
        .filters(requestable)
        .sorters(newest_first)
        .limit(50)
        .await?;
    for role in &roles {
        let description = role.description.as_deref().unwrap_or("not described");
        println!("Can be requested: {}, {description}", role.name);
    }
    let role = roles.into_iter().find(|role| role.name == name);
    Ok(role.ok_or("there is no such role")?)
}

/// Gives the id of the request. The service works on it later: it is accepted, not granted.
async fn request(client: &Client, joiner: &Joiner, role: &Role) -> Outcome<String> {
    let role_id = role.id.as_deref().ok_or("the role has no id")?;
    let item = AccessRequestItem {
        comment: Some("Nadia plans the freight from Rotterdam.".into()),
        ..AccessRequestItem::new(AccessItemKind::Role, role_id)
    };
    let body = AccessRequest {
        request_type: AccessRequestType::GrantAccess.into(),
        ..AccessRequest::new(vec![joiner.id.clone()], vec![item])
    };
    let submitted = client.access_requests().create_access_request(&body);
    let tracked = submitted.await?.new_requests.unwrap_or_default();
    let ids = tracked.into_iter().flat_map(|new| new.access_request_ids);
    let id = ids.flatten().next().ok_or("no new request was made")?;
    println!("Requested {} for {}: request {id}", role.name, joiner.name);
    let state = state(client, &id).await?;
    println!("The request is {state}");
    ensure(state == Executing, "it waits for its approval")?;
    Ok(id)
}

/// Gives the id of the one approval that waits for the manager.
async fn pending(client: &Client, joiner: &Joiner) -> Outcome<String> {
    let manager = joiner
        .manager
        .id
        .as_deref()
        .ok_or("the manager has no id")?;
    let for_joiner = ListPendingApprovalsFilter::requested_for_id().eq(&joiner.id);
    let list = client.access_request_approvals().list_pending_approvals();
    let approvals = list.owner_id(manager).filters(for_joiner).await?;
    ensure(approvals.len() == 1, "one approval waits for the manager")?;
    let approval = approvals.into_iter().next().ok_or("no approval")?;
    let owner = approval.owner.and_then(|owner| owner.name);
    let name = approval.name.unwrap_or_default();
    println!("{name} waits for {}", owner.unwrap_or_default());
    Ok(approval.id.ok_or("the approval has no id")?)
}

async fn approve(client: &Client, approval: &str) -> Outcome {
    let approvals = client.access_request_approvals();
    approvals.approve_access_request(approval).await?;
    println!("Approved {approval}");
    let left = approvals.list_pending_approvals().await?;
    ensure(left.is_empty(), "what is approved does not wait any more")
}

/// Asks until the service has done its part.
async fn follow(client: &Client, request: &str) -> Outcome {
    for _ in 0..10 {
        let state = state(client, request).await?;
        println!("The request is {state}");
        if state != Executing {
            return ensure(state == RequestCompleted, "the role is granted");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("the request takes too long".into())
}

async fn state(client: &Client, request: &str) -> Outcome<AccessRequestState> {
    let this = ListAccessRequestStatusFilter::access_request_id().eq(request);
    let list = client.access_requests().list_access_request_status();
    let item = list.filters(this).await?.into_iter().next();
    let state = item.and_then(|item| item.state);
    Ok(state.ok_or("the request is not listed")?)
}

/// Shows what a refusal looks like.
async fn approve_again(client: &Client, approval: &str) -> Outcome {
    let approvals = client.access_request_approvals();
    let again = approvals.approve_access_request(approval).await;
    if let Err(Error::Api(refusal)) = &again
        && let Some(ErrorBody::BadRequest(body) | ErrorBody::NotFound(body)) = refusal.error()
    {
        let reason = refusal.message().unwrap_or("no reason");
        println!("Refused with {}: {reason}", refusal.status());
        println!("  detail code {:?}", body.detail_code);
        println!("  tracking id {:?}", body.tracking_id);
        return Ok(());
    }
    Err(format!("an approval is given once, but: {again:?}").into())
}

fn ensure(holds: bool, claim: &str) -> Outcome {
    match holds {
        true => Ok(()),
        false => Err(format!("expected that {claim}").into()),
    }
}

/// A tenant on loopback: one joiner, two roles, and at most one request with its approval.
mod local {
    use std::sync::{Mutex, PoisonError};

    use sailpoint_v3::{Client, ConfigError, Value, json};
    use sdk_runtime::reqwest;
    use sdk_runtime::testing::wiremock::matchers::any;
    use sdk_runtime::testing::wiremock::{Mock, MockServer, Request, ResponseTemplate};

    const NADIA: &str = "2c9180858a1b4e6f018a2d1c00000101";
    const TOMAS: &str = "2c9180858a1b4e6f018a2d1c00000102";
    const REQUEST: &str = "2c9180858a1b4e6f018a2d1c00000801";
    const APPROVAL: &str = "2c9180858a1b4e6f018a2d1c00000802";

    /// How far the request is.
    enum Progress {
        Nothing,
        Requested,
        /// With how often its status was read since it was approved.
        Approved(u32),
    }
    use Progress::{Approved, Nothing, Requested};

    pub async fn start() -> Result<(MockServer, Client), ConfigError> {
        let progress = Mutex::new(Nothing);
        let respond = move |request: &Request| {
            let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
            let (status, body) = answer(request, &mut progress);
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

    fn answer(request: &Request, progress: &mut Progress) -> (u16, Value) {
        let path: Vec<&str> = request.url.path().split('/').skip(1).collect();
        let is_asked = |filter: &str| {
            let mut query = request.url.query_pairs();
            query.any(|(_, value)| value == filter)
        };
        let body: Value = request.body_json().unwrap_or_default();
        let [nadia, tomas] = [(NADIA, "Nadia Okafor"), (TOMAS, "Tomas Lindqvist")]
            .map(|(id, name)| json!({"type": "IDENTITY", "id": id, "name": name}));
        let role = |number: u16, name: &str, description: &str| {
            let id = format!("2c9180858a1b4e6f018a2d1c0000{number:04}");
            json!({"id": id, "name": name, "description": description, "owner": tomas})
        };
        let analyst = role(501, "Logistics Analyst", "plans and follows shipments");
        let answer = match (request.method.as_str(), path.as_slice(), &*progress) {
            (_, ["oauth", "token"], _) => json!({"access_token": "local-token"}),
            ("GET", [_, "public-identities"], _) if is_asked(r#"alias eq "nadia.okafor""#) => {
                json!([{"id": NADIA, "name": "Nadia Okafor", "alias": "nadia.okafor",
                    "identityState": "ACTIVE", "manager": tomas}])
            }
            ("GET", [_, "roles"], _) if is_asked("requestable eq true") => {
                json!([analyst, role(502, "Finance Controller", "closes the books")])
            }
            ("POST", [_, "access-requests"], Nothing) => {
                *progress = Requested;
                let items = &body["requestedItems"];
                let new = json!({"requestedFor": NADIA, "requestedItemsDetails": items,
                    "accessRequestIds": [REQUEST]});
                return (202, json!({"newRequests": [new], "existingRequests": []}));
            }
            ("GET", [_, _, "pending"], Requested) => {
                json!([{"id": APPROVAL, "accessRequestId": REQUEST, "name": analyst["name"],
                    "requestedFor": nadia, "owner": tomas}])
            }
            ("POST", [_, _, APPROVAL, "approve"], Requested) => {
                *progress = Approved(0);
                return (202, json!({}));
            }
            ("GET", [_, "access-request-status"], Requested | Approved(0)) => {
                if let Approved(readings) = progress {
                    *readings += 1;
                }
                json!([{"accessRequestId": REQUEST, "state": "EXECUTING"}])
            }
            ("GET", [_, "access-request-status"], Approved(_)) => {
                json!([{"accessRequestId": REQUEST, "state": "REQUEST_COMPLETED"}])
            }
            ("GET", [_, _, "pending"], _) => json!([]),
            _ => {
                let refusal = json!({"detailCode": "404.1 Object not found",
                    "trackingId": "7d0c3a54-91b2-4c7e-8f20-1a5b6c7d9001",
                    "messages": [{"text": "There is no such pending approval."}]});
                return (404, refusal);
            }
        };
        (200, answer)
    }
}
