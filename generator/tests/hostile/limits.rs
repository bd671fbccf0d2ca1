//! Documents that reach for other files, for the stack or for all of memory, run as a program: a diagnostic, soon.
//!
//! The program is run, not the library, since a stack that overflows would take this process with it.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// More than any of these documents deserves: what hangs would do so for hours, and ten thousand files take a busy disk some seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a run came to.
struct Run {
    /// `None` when it was killed, by a signal or by us.
    code: Option<i32>,
    said: String,
    wrote: bool,
}

fn run(name: &str, text: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), text).expect("a written document");
    run_in(folder.path(), name)
}

fn run_in(folder: &Path, name: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sdk-generator"))
        .args([
            "generate",
            name,
            "--out",
            "out",
            "--runtime",
            "version=0.1.0",
        ])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stderr = child.stderr.take().expect("a pipe");
    // Read beside the wait, so that a full pipe holds nobody up.
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let start = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().expect("a status") {
            break status.code();
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("a killed program");
            child.wait().expect("a status");
            break None;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Run {
        code,
        said: reader.join().expect("text"),
        wrote: folder.join("out").exists(),
    }
}

/// The document must be refused with an error of this code, and nothing written.
#[track_caller]
fn assert_refused(name: &str, text: &str, code: &str) {
    let run = run(name, text);
    assert_eq!(run.code, Some(1), "{:.2000}", run.said);
    assert!(
        run.said.contains(&format!("error[{code}]")),
        "{:.2000}",
        run.said
    );
    assert!(!run.wrote);
}

/// The document must be generated from, with a warning of this code.
#[track_caller]
fn assert_warned(text: &str, code: &str) {
    let run = run("openapi.yaml", text);
    assert_eq!(run.code, Some(0), "{:.2000}", run.said);
    assert!(
        run.said.contains(&format!("warning[{code}]")),
        "{:.2000}",
        run.said
    );
}

/// The document must be generated from, or refused with some error; in neither case may it hang or abort.
#[track_caller]
fn assert_survived(text: &str) {
    let run = run("openapi.yaml", text);
    let refused = run.code == Some(1) && run.said.contains("error[") && !run.wrote;
    assert!(
        run.code == Some(0) || refused,
        "{:?}: {:.2000}",
        run.code,
        run.said
    );
}

/// A document with these schemas, of which one operation takes and gives the one called `A0`.
fn with_schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Limits, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: sendA\n      \
         requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A0'}}}}}}}}\n      \
         responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/A0'}}}}}}}}}}\n\
         components:\n  schemas:\n{schemas}"
    )
}

#[test]
fn references_stay_in_the_folder() {
    for reference in [
        "../outside.yaml#/A",
        "/etc/passwd",
        "inside/../../outside.yaml",
        "%2e%2e/outside.yaml",
    ] {
        assert_refused(
            "openapi.yaml",
            &with_schemas(&format!("    A0: {{$ref: '{reference}'}}\n")),
            "ref-outside-folder",
        );
    }
}

#[test]
fn references_to_a_network_cost_their_own_place() {
    for reference in [
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.yaml",
        "https://pwned.example/a.yaml",
        "//pwned.example/a.yaml",
    ] {
        assert_warned(
            &with_schemas(&format!("    A0: {{$ref: '{reference}'}}\n")),
            "ref-url",
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_no_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).expect("a folder");
    std::fs::write(folder.path().join("outside.yaml"), "type: string\n").expect("a file");
    std::os::unix::fs::symlink("../outside.yaml", inside.join("link.yaml")).expect("a link");
    std::fs::write(
        inside.join("openapi.yaml"),
        with_schemas("    A0: {$ref: link.yaml}\n"),
    )
    .expect("a document");
    let run = run_in(&inside, "openapi.yaml");
    assert_eq!(run.code, Some(1), "{}", run.said);
    assert!(
        run.said.contains("error[ref-outside-folder]"),
        "{}",
        run.said
    );
}

#[test]
fn a_reference_to_itself_costs_its_own_place() {
    for schemas in [
        "    A0: {$ref: '#/components/schemas/A0'}\n",
        "    A0: {$ref: '#/components/schemas/A1'}\n    A1: {$ref: '#/components/schemas/A0'}\n",
    ] {
        assert_warned(&with_schemas(schemas), "ref-to-itself");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let depth = 10_000;
    let json = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"a\", \"version\": \"1\"}}, \"paths\": {{}}, \"x\": {}1{}}}",
        "{\"a\":".repeat(depth),
        "}".repeat(depth)
    );
    assert_refused("openapi.json", &json, "nesting-too-deep");
    let items = "{items: ".repeat(depth) + "{type: string}" + &"}".repeat(depth);
    assert_refused(
        "openapi.yaml",
        &with_schemas(&format!("    A0: {items}\n")),
        "nesting-too-deep",
    );
    let example = format!(
        "    A0: {{type: string, example: {}{}}}\n",
        "[".repeat(depth),
        "]".repeat(depth)
    );
    assert_refused("openapi.yaml", &with_schemas(&example), "nesting-too-deep");
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "x0: &x0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*x{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "x{level}: &x{level} [{aliases}]");
    }
    assert_refused("openapi.yaml", &text, "yaml-alias-bomb");
}

/// What a document may not nest by brackets it can nest by names.
#[test]
fn nesting_by_reference_ends() {
    let depth = 10_000;
    for link in [
        "{type: object, properties: {next: {$ref: '#/components/schemas/NEXT'}}}",
        "{type: object, required: [next], properties: {next: {$ref: '#/components/schemas/NEXT'}}}",
        "{type: array, items: {$ref: '#/components/schemas/NEXT'}}",
        "{allOf: [{type: object, properties: {a: {type: string}}}, {$ref: '#/components/schemas/NEXT'}]}",
        "{oneOf: [{$ref: '#/components/schemas/NEXT'}]}",
        "{$ref: '#/components/schemas/NEXT'}",
    ] {
        let mut schemas: String = (0..depth)
            .map(|index| {
                format!(
                    "    A{index}: {}\n",
                    link.replace("NEXT", &format!("A{}", index + 1))
                )
            })
            .collect();
        let _ = writeln!(schemas, "    A{depth}: {{type: string}}");
        assert_survived(&with_schemas(&schemas));
    }
}

#[test]
fn what_is_used_twice_at_every_level_is_not_counted_twice() {
    let levels = 40;
    for level in [
        "{allOf: [{$ref: '#/components/schemas/NEXT'}, {$ref: '#/components/schemas/NEXT'}]}",
        "{type: object, properties: {a: {$ref: '#/components/schemas/NEXT'}, b: {$ref: '#/components/schemas/NEXT'}}}",
        "{type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/NEXT'}, b: {$ref: '#/components/schemas/NEXT'}}}",
    ] {
        let mut schemas: String = (0..levels)
            .map(|index| {
                format!(
                    "    A{index}: {}\n",
                    level.replace("NEXT", &format!("A{}", index + 1))
                )
            })
            .collect();
        let _ = writeln!(
            schemas,
            "    A{levels}: {{type: object, properties: {{a: {{type: string}}}}}}"
        );
        assert_survived(&with_schemas(&schemas));
    }
}

#[test]
fn wide_types_within_wide_types_have_small_examples() {
    let mut schemas = String::new();
    for level in 0..8 {
        let properties: Vec<String> = (0..30)
            .map(|property| {
                format!(
                    "p{property}: {{$ref: '#/components/schemas/A{}'}}",
                    level + 1
                )
            })
            .collect();
        let _ = writeln!(
            schemas,
            "    A{level}: {{type: object, properties: {{{}}}}}",
            properties.join(", ")
        );
    }
    schemas.push_str("    A8: {type: object, properties: {a: {type: string}}}\n");
    assert_survived(&with_schemas(&schemas));
}

/// No value can be one of these; documents in the wild have them all the same.
#[test]
fn an_object_that_requires_itself_has_an_example_that_ends() {
    for schemas in [
        "    A0: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A0'}}}\n",
        "    A0: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/A1'}}}\n    \
             A1: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A0'}}}\n",
        "    A0: {type: object, required: [a], properties: {a: {allOf: [{$ref: '#/components/schemas/A0'}]}}}\n",
        "    A0: {allOf: [{$ref: '#/components/schemas/A0'}, {type: object, properties: {a: {type: string}}}]}\n",
        "    A0: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A0'}, b: {type: string}}, additionalProperties: {$ref: '#/components/schemas/A0'}}\n",
    ] {
        assert_survived(&with_schemas(schemas));
    }
}

/// Each union is one of the others in hundreds of ways, which lead round in circles or on to the next.
#[test]
fn unions_of_unions_end() {
    let reference = |index: usize| format!("{{$ref: '#/components/schemas/A{index}'}}");
    let mut all_of_each = String::new();
    let all: Vec<String> = (0..40).map(reference).collect();
    let mut chain = String::new();
    let mut ring = String::new();
    for index in 0..40 {
        let _ = writeln!(all_of_each, "    A{index}: {{oneOf: [{}]}}", all.join(", "));
    }
    for index in 0..2_000 {
        let add = |text: &mut String, next: usize| {
            let _ = writeln!(
                text,
                "    A{index}: {{anyOf: [{}, {{type: integer}}]}}",
                reference(next)
            );
        };
        add(&mut chain, index + 1);
        add(&mut ring, (index + 1) % 2_000);
    }
    chain.push_str("    A2000: {type: object, properties: {a: {type: string}}}\n");
    for schemas in [all_of_each, chain, ring] {
        assert_survived(&with_schemas(&schemas));
    }
}

#[test]
fn names_without_end_are_cut_or_refused() {
    for length in [300, 10_000] {
        let name = "Long".repeat(length / 4);
        let schemas = format!(
            "    A0: {{type: object, properties: {{{name}: {{$ref: '#/components/schemas/{name}'}}}}}}\n    {name}: {{type: string, enum: [{name}]}}\n"
        );
        assert_survived(&with_schemas(&schemas));
        let text = with_schemas("    A0: {type: string}\n");
        assert_survived(&text.replace("sendA", &name));
        assert_survived(&text.replace("Limits", &name));
        assert_survived(&text.replace(
            "operationId:",
            &format!("tags: [{name}]\n      operationId:"),
        ));
    }
}
