//! Runs that were killed, or that met another run: the folder holds the old files or the new ones, or the next run makes it do so;
//! and nothing is left in it or beside it.

use super::command::{DOCUMENT, generator};
use super::{CHECK, GENERATE, generated, names, output, siblings};
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn a_killed_run_leaves_the_old_files_or_the_new_ones_or_is_taken_back() {
    let place = generated();
    let documents = [DOCUMENT.to_owned(), changed_everywhere()];
    let mut sets = Vec::new();
    let mut whole = Duration::ZERO;
    for text in &documents {
        place.write("openapi.yaml", text);
        let start = Instant::now();
        place.run(&GENERATE).exits(0);
        whole = whole.max(start.elapsed());
        sets.push(output(&place));
    }
    assert_ne!(sets[0], sets[1]);
    place.write("sdk/.git/HEAD", "main");
    place.write("sdk/target/debug/a", "built");
    let (mut killed, mut old, mut new) = (0, 0, 0);
    let rounds = 60;
    // On a machine that has become busy since, a run takes longer than the first: then some are given more time.
    let waits = (0..rounds).map(|round| whole * 5 / 4 * round / rounds);
    let longer = (1..=6).map(|doubled| whole * 2_u32.pow(doubled));
    for (round, wait) in (0..).zip(waits.chain(longer)) {
        if round >= rounds && new > 0 {
            break;
        }
        // Alternately from one set to the other, so that every run has something to do; from what stands there whole.
        if place.path("sdk/.sdk-generator-run").exists() {
            place.run(&GENERATE).exits(0);
        }
        let current = usize::from(output(&place) == sets[1]);
        place.write("openapi.yaml", &documents[1 - current]);
        let mut command = generator(&place.path(""));
        command
            .args(GENERATE)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        std::thread::sleep(wait);
        let _ = process.kill();
        killed += u32::from(!process.wait().unwrap().success());
        let found = output(&place);
        match (found == sets[current], found == sets[1 - current]) {
            (true, _) => old += 1,
            (_, true) => new += 1,
            // Killed between two steps, of which the next run will know.
            _ => assert!(
                place.path("sdk/.sdk-generator-run").exists(),
                "round {round}"
            ),
        }
    }
    assert!(
        killed > 0 && old > 0 && new > 0,
        "{killed} killed, {old} old, {new} new"
    );
    place.run(&GENERATE).exits(0);
    place.run(&CHECK).exits(0);
    assert_eq!(place.read("sdk/.git/HEAD"), "main");
    assert_eq!(place.read("sdk/target/debug/a"), "built");
    let dotted = names(&place.path("sdk"));
    let dotted: Vec<&String> = dotted.iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(dotted, [".git", ".sdk-generator"]);
    assert_eq!(siblings(&place), ["openapi.yaml", "sdk"]);
}

#[test]
fn two_runs_at_once_do_not_disturb_each_other() {
    let place = generated();
    for text in [changed_everywhere(), DOCUMENT.to_owned()] {
        place.write("openapi.yaml", &text);
        let start = || {
            let mut command = generator(&place.path(""));
            command
                .args(GENERATE)
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        };
        let runs: Vec<_> = (0..4).map(|_| start()).collect();
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        place.run(&CHECK).exits(0);
    }
    assert_eq!(siblings(&place), ["openapi.yaml", "sdk"]);
}

/// The document with another title, and so another first page and other text in most files, and with a second model.
fn changed_everywhere() -> String {
    let text = DOCUMENT
        .replace("title: Pets", "title: Animals")
        .replace("Gets", "Fetches")
        .replace("What it is", "How it is");
    format!(
        "{text}        age: {{ type: integer }}\n        owner: {{ $ref: \"#/components/schemas/Owner\" }}\n    Owner:\n      type: object\n      properties:\n        name: {{ type: string }}\n"
    )
}
