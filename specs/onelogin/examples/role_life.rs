//! The life of a role: creates "Night shift", finds it, renames it and deletes it. Each step is checked and printed.
//!
//! - `cargo run -p onelogin --features mock --example role_life` plays the tenant itself, with the
//!   crate's mock: it keeps what is created, grants tokens, and refuses what the document does not allow.

#[cfg(feature = "mock")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    use onelogin::api::roles::{CreateRole, ListRoles};
    use onelogin::mock::Hostile;
    use onelogin::models::Role;
    use onelogin::{Client, StatusCode};

    let tenant = onelogin::mock::builder().stateful().start().await;
    let client: Client = tenant.client(Client::builder());
    let roles = client.roles();

    let mut night = Role::new("Night shift");
    night.apps = Some(vec![50010101]);
    let created = roles.create_role().body(&night).await?;
    let id = created.id.ok_or("a role has an id")?.to_string();
    println!("Role {id} was created.");

    roles.create_role().body(&Role::new("Day shift")).await?;
    // A page holds one role; the cursor in its headers leads to the next.
    let found = roles.list_roles(50010101).limit(1).collect_all(10).await?;
    let names: Vec<&str> = found.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["Night shift", "Day shift"]);
    let read = roles.get_role(&id).await?;
    assert_eq!(read.apps, night.apps);

    let renamed = Role::new("Early shift");
    roles.update_role(&id).body(&renamed).await?;
    assert_eq!(roles.get_role(&id).await?.name, "Early shift");
    println!("Role {id} was renamed.");

    // A bad day: the token ends midway, and the client fetches another.
    tenant.hostile(Hostile::ExpiredToken);
    roles.delete_role(&id).await?;
    let gone = roles
        .get_role(&id)
        .await
        .err()
        .and_then(|error| error.status());
    assert_eq!(gone, Some(StatusCode::NOT_FOUND));
    println!("Role {id} is gone.");

    // What was asked of the tenant, and that it was all as the document says.
    let sent: Role = tenant.calls::<CreateRole>()[0].json();
    assert_eq!(sent.name, "Night shift");
    assert_eq!(tenant.calls::<ListRoles>()[0].query("app_id"), ["50010101"]);
    assert_eq!(tenant.tokens_granted(), 2);
    assert!(tenant.refused().is_empty());
    Ok(())
}

#[cfg(not(feature = "mock"))]
fn main() {
    eprintln!("It needs the mock: cargo run -p onelogin --features mock --example role_life");
}
