//! The life of an access profile: creates "Warehouse forms", finds it page by page, changes it by a JSON Patch and deletes it. Each step is
//! checked and printed.
//!
//! - `cargo run -p sailpoint-v3 --features mock --example access_profile_life` plays the tenant itself, with
//!   the crate's mock: it keeps what is created, grants tokens, and refuses what the document does not allow.

#[cfg(feature = "mock")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    use sailpoint_v3::api::access_profiles::PatchAccessProfile;
    use sailpoint_v3::models::{AccessProfile, AccessProfileSourceRef, OwnerReference};
    use sailpoint_v3::{Client, JsonPatch, StatusCode, Value};

    let tenant = sailpoint_v3::mock::builder().stateful().start().await;
    let client: Client = tenant.client(Client::builder());
    let profiles = client.access_profiles();

    let profile = |name: &str| {
        let (owner, source) = (OwnerReference::default(), AccessProfileSourceRef::default());
        AccessProfile::new(name, owner, source)
    };
    let forms = profiles
        .create_access_profile(&profile("Warehouse forms"))
        .await?;
    let id = forms.id.ok_or("an access profile has an id")?;
    profiles
        .create_access_profile(&profile("Warehouse keys"))
        .await?;
    println!("Two access profiles were created.");

    let mut pages = profiles.list_access_profiles().limit(1).pages();
    let mut names = Vec::new();
    while let Some(page) = pages.try_next().await? {
        assert_eq!((page.items().len(), page.total()), (1, Some(2)));
        names.extend(page.into_items().into_iter().map(|profile| profile.name));
    }
    assert_eq!(names, ["Warehouse forms", "Warehouse keys"]);

    let patch = JsonPatch::new()
        .replace("/name", "Old forms")
        .add("/requestable", true);
    profiles
        .patch_access_profile(&id, &patch.into_inner())
        .await?;
    let read = profiles.get_access_profile(&id).await?;
    assert_eq!(
        (read.name.as_str(), read.requestable),
        ("Old forms", Some(true))
    );
    println!("One of them was changed.");

    profiles.delete_access_profile(&id).await?;
    let gone = profiles
        .get_access_profile(&id)
        .await
        .err()
        .and_then(|error| error.status());
    assert_eq!(gone, Some(StatusCode::NOT_FOUND));
    assert_eq!(profiles.list_access_profiles().await?.len(), 1);
    println!("It is gone.");

    // What was asked of the tenant, and that it was all as the document says.
    let sent: Value = tenant.calls::<PatchAccessProfile>()[0].json();
    assert_eq!(sent[0]["path"], "/name");
    assert_eq!(tenant.tokens_granted(), 1);
    assert!(tenant.refused().is_empty());
    Ok(())
}

#[cfg(not(feature = "mock"))]
fn main() {
    eprintln!(
        "It needs the mock: cargo run -p sailpoint-v3 --features mock --example access_profile_life"
    );
}
