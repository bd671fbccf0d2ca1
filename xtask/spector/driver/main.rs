//! The driver of `cargo xtask spector`: takes a file of calls and the URL of a Spector server, makes the calls through the generated
//! crates, prints what came of each scenario as a line of JSON, and at last the server's own verdicts.
//!
//! All but `calls` is the same for all crates. That is written for them: an adapter for each operation, which reads the values of a call
//! as the types of its method, calls that and hands the request to `Step::send`.

// Which of this is used depends on the part of the suite that is run.
#![allow(dead_code)]

mod calls;
mod pieces;
mod send;
mod step;
mod values;

use sdk_runtime::reqwest;
use serde::Deserialize;
use serde_json::{Value, json};
use std::pin::Pin;
use step::Step;

/// Notes on what the driver had to do by hand, or what is wrong.
type Outcome = Result<Vec<String>, String>;

type Adapter = Pin<Box<dyn Future<Output = Outcome>>>;

/// The calls of a scenario.
#[derive(Deserialize)]
struct Scenario {
    name: String,
    steps: Vec<Step>,
}

async fn run(scenario: Scenario, server: &str) -> Value {
    let mut notes = Vec::new();
    let mut problem = None;
    for mut step in scenario.steps {
        step.server = server.to_owned();
        let at = step.adapter;
        // A task of its own, so that a panic costs this scenario alone.
        let outcome = tokio::task::spawn_local(calls::call(at, step)).await;
        match outcome {
            Ok(Ok(more)) => notes.extend(more),
            Ok(Err(said)) => problem = problem.or(Some(said)),
            Err(error) => problem = problem.or(Some(format!("panicked: {error}"))),
        }
    }
    json!({"scenario": scenario.name, "problem": problem, "notes": notes})
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(server)) = (arguments.next(), arguments.next()) else {
        return Err("usage: driver CALLS URL".into());
    };
    let scenarios: Vec<Scenario> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        for scenario in scenarios {
            println!("{}", run(scenario, &server).await);
        }
        let coverage = reqwest::get(format!("{server}/.coverage")).await?;
        println!("{}", coverage.text().await?);
        Ok(())
    })
}
